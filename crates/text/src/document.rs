//! Documents: a text to analyse and the day on which it was published.

use crate::day::Day;

/// A text with its publication day.
///
/// A line break ends a sentence, so a headline is separate from the body that follows it. A bare surname refers to a
/// person who is named in full anywhere in the document.
#[derive(Clone, Copy, Debug, PartialEq, Eq, serde::Serialize)]
pub struct Document<'t> {
    /// The text. Decomposed Hangul (NFD) is equivalent to composed Hangul.
    pub text: &'t str,
    /// The day of publication, from which dates such as `23일` are resolved. Without it they have no value.
    pub published: Option<Day>,
}

impl<'t> Document<'t> {
    /// Creates a document without a publication day.
    pub fn new(text: &'t str) -> Document<'t> {
        Document { text, published: None }
    }

    /// Sets the publication day.
    #[must_use]
    pub fn published(self, day: Day) -> Document<'t> {
        Document { published: Some(day), ..self }
    }
}
