//! A morpheme: the smallest unit of the analysis, with its place in the text.

use std::ops::Range;

use crate::{SemanticClass, Tag};

/// Which dictionary a morpheme was found in.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Origin {
    /// The system dictionary.
    System,
    /// The user dictionary.
    User,
    /// Neither: made from the character classes, as `MeCab` makes unknown words.
    Unknown,
}

/// A morpheme of a text: byte range, part of speech, semantic class.
///
/// A morpheme is small and [`Copy`]; it holds its place and not its characters, which are
/// `&text[morpheme.range()]` for the text that was analysed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Morpheme {
    pub(crate) start: usize,
    pub(crate) end: usize,
    pub(crate) tag: Tag,
    pub(crate) class: SemanticClass,
    pub(crate) origin: Origin,
}

impl Morpheme {
    /// The first byte of the morpheme in the text.
    pub fn start(&self) -> usize {
        self.start
    }

    /// The byte after the last one.
    pub fn end(&self) -> usize {
        self.end
    }

    /// The bytes of the text that the morpheme stands on, half open.
    pub fn range(&self) -> Range<usize> {
        self.start..self.end
    }

    /// The characters of the morpheme in the text that was analysed.
    ///
    /// # Panics
    ///
    /// When `text` is another text and the range does not fit it.
    pub fn surface<'t>(&self, text: &'t str) -> &'t str {
        &text[self.range()]
    }

    /// The part of speech.
    pub fn tag(&self) -> Tag {
        self.tag
    }

    /// What the morpheme names, as far as the dictionary says.
    pub fn class(&self) -> SemanticClass {
        self.class
    }

    /// Which dictionary the morpheme comes from.
    pub fn origin(&self) -> Origin {
        self.origin
    }
}
