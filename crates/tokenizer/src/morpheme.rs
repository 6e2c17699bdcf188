//! A morpheme: the smallest unit of the analysis, with its place in the text.

use std::ops::Range;

use serde::{Deserialize, Serialize};

use crate::class::SemanticClass;
use crate::tag::Tag;

/// The dictionary that a morpheme was found in.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
#[non_exhaustive]
pub enum MorphemeSource {
    /// The system dictionary.
    System,
    /// The user dictionary.
    User,
    /// No dictionary: an unknown word, made of characters of one class as MeCab makes them.
    Unknown,
}

/// A morpheme of a text: byte range, part of speech, semantic class.
///
/// A morpheme is small and [`Copy`]. It holds its position and not its characters, which are `&text[morpheme.range()]`
/// in the text that was analysed.
///
/// It is serialized with its byte offsets, and with the tag and the class as the dictionary writes them:
///
/// ```
/// use gisa_tokenizer::{Morpheme, MorphemeSource, PosTag, SemanticClass};
///
/// let morpheme = Morpheme::new(0..6, PosTag::Nnp.into(), SemanticClass::Place, MorphemeSource::System);
/// assert_eq!(morpheme.surface("서울에서"), "서울");
/// assert_eq!(
///     serde_json::to_string(&morpheme)?,
///     r#"{"start":0,"end":6,"tag":"NNP","class":"지명","source":"system"}"#
/// );
/// # Ok::<(), serde_json::Error>(())
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Morpheme {
    start: usize,
    end: usize,
    tag: Tag,
    class: SemanticClass,
    source: MorphemeSource,
}

impl Morpheme {
    /// Creates a morpheme by hand, as tests do; [`Worker`](crate::Worker) makes those of a text.
    ///
    /// `range` is in bytes of the text.
    pub fn new(range: Range<usize>, tag: Tag, class: SemanticClass, source: MorphemeSource) -> Morpheme {
        Morpheme { start: range.start, end: range.end, tag, class, source }
    }

    /// Returns the first byte of the morpheme in the text.
    pub fn start(&self) -> usize {
        self.start
    }

    /// Returns the byte after the last one.
    pub fn end(&self) -> usize {
        self.end
    }

    /// Returns the bytes of the text that the morpheme covers, half open.
    pub fn range(&self) -> Range<usize> {
        self.start..self.end
    }

    /// Returns the characters of the morpheme in the text that was analysed.
    ///
    /// # Panics
    ///
    /// When `text` is another text, in which the range does not lie on character boundaries.
    pub fn surface<'t>(&self, text: &'t str) -> &'t str {
        &text[self.range()]
    }

    /// Returns the part of speech.
    pub fn tag(&self) -> Tag {
        self.tag
    }

    /// Returns the semantic class that the dictionary gives the morpheme.
    pub fn class(&self) -> SemanticClass {
        self.class
    }

    /// Returns the dictionary that the morpheme was found in.
    pub fn source(&self) -> MorphemeSource {
        self.source
    }
}
