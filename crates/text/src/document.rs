//! A document: the text to read and the day it was published.

use crate::Day;

/// A text and what is known of it.
///
/// Mentions are found inside lines: a line break ends a sentence, so a headline and the body that follows it are kept
/// apart. Persons named in full anywhere in the document explain the bare surnames in it.
#[derive(Clone, Copy, Debug)]
pub struct Document<'t> {
    /// The text. Decomposed Hangul (NFD) is read as the same text composed.
    pub text: &'t str,
    /// The day of publication, against which dates such as `23일` are read. Without it they have no value.
    pub published: Option<Day>,
}

impl<'t> Document<'t> {
    /// A document without a publication day.
    pub fn new(text: &'t str) -> Document<'t> {
        Document { text, published: None }
    }

    /// The document with its publication day.
    #[must_use]
    pub fn published(self, day: Day) -> Document<'t> {
        Document { published: Some(day), ..self }
    }
}
