//! What is read of a page: the parts of its article, and what it says about the article.

use std::ops::Range;

use gisa_text::Day;

/// The parts of an article inside the text it was read from.
///
/// All ranges are byte ranges into that text, on character boundaries, trimmed and not empty; those of one kind are in
/// order, and no two of any kind overlap.
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
    /// The words under pictures.
    pub captions: Vec<Range<usize>>,
    /// Datelines and reporters' lines.
    pub bylines: Vec<Range<usize>>,
    /// When the article appeared, as far as the text says.
    #[cfg_attr(feature = "serde", serde(serialize_with = "written"))]
    pub published: Option<Day>,
    /// When it was last changed.
    #[cfg_attr(feature = "serde", serde(serialize_with = "written"))]
    pub modified: Option<Day>,
    /// The newspaper, agency or broadcaster.
    pub press: Option<String>,
    /// The reporters' names without titles, each once, in the order of the text.
    pub reporters: Vec<String>,
    /// The sections the newspaper files it under, widest first.
    pub sections: Vec<String>,
    /// The address of the article, where the text says it.
    pub url: Option<String>,
}

/// Serializes a day as it is written.
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
