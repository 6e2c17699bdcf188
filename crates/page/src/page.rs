//! The result of reading a page: the parts of its article, and its metadata.

use std::ops::Range;

use gisa_text::Day;

/// The parts and metadata of an article, found in the text of a page.
///
/// All ranges are half-open byte ranges of that text on character boundaries, trimmed and not empty. Those of one field
/// are in text order, and no two ranges of any fields overlap.
///
/// With the feature `serde`, pages can be serialized: ranges as `{"start": …, "end": …}`, days as ISO 8601 (`"2024-06-23"`).
#[derive(Clone, Debug, Default, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize))]
#[non_exhaustive]
pub struct Page {
    /// The headline.
    pub title: Option<Range<usize>>,
    /// Subtitles between the headline and the body.
    pub leads: Vec<Range<usize>>,
    /// The paragraphs, subheads among them.
    pub body: Vec<Range<usize>>,
    /// The captions of pictures.
    pub captions: Vec<Range<usize>>,
    /// Datelines and bylines.
    pub bylines: Vec<Range<usize>>,
    /// The day of publication, if the text gives it.
    #[cfg_attr(feature = "serde", serde(serialize_with = "written"))]
    pub published: Option<Day>,
    /// The day of the last modification, if the text gives it.
    #[cfg_attr(feature = "serde", serde(serialize_with = "written"))]
    pub modified: Option<Day>,
    /// The newspaper, agency or broadcaster.
    pub press: Option<String>,
    /// The names of the reporters without titles, each once, in text order.
    pub reporters: Vec<String>,
    /// The sections of the newspaper that the article is in, widest first.
    pub sections: Vec<String>,
    /// The address (URL) of the article, if the text gives it.
    pub url: Option<String>,
}

/// Serializes a day as ISO 8601.
#[cfg(feature = "serde")]
#[expect(clippy::ref_option, clippy::trivially_copy_pass_by_ref, reason = "serde hands over a reference to the field")]
fn written<S: serde::Serializer>(day: &Option<Day>, serializer: S) -> Result<S::Ok, S::Error> {
    match day {
        Some(day) => serializer.collect_str(day),
        None => serializer.serialize_none(),
    }
}

#[cfg(all(test, feature = "serde"))]
mod tests {
    use super::*;

    #[test]
    fn pages_are_serialized_with_days_as_they_are_written() {
        let page = Page { title: Some(0..3), published: Day::new(2024, 6, 23), ..Page::default() };
        let value = serde_json::to_value(&page).unwrap();
        assert_eq!(value["title"], serde_json::json!({ "start": 0, "end": 3 }));
        assert_eq!(value["published"], "2024-06-23");
        assert!(value["modified"].is_null());
    }
}
