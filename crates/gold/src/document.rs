//! Gold documents: texts with their annotated mentions, in whatever format they were stored.
//!
//! A [`GoldReader`](crate::GoldReader) reads them; an [`Evaluation`](crate::Evaluation) compares them with the mentions
//! that a tagger predicts, and training learns from them.

use std::fmt;
use std::ops::Range;
use std::str::FromStr;

use serde::de::DeserializeOwned;

use gisa_text::{Day, Document, Label};

/// A text with its annotated mentions.
///
/// Labels are [`Label`]s, or any words when read by
/// [`GoldReader::with_any_labels`](crate::GoldReader::with_any_labels).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct GoldDocument<L = Label> {
    /// The id of the document, or the number of its first line if the file gives no id.
    pub id: String,
    /// The source of the text: the last part of the id after a hyphen, if it consists of letters only.
    ///
    /// KLUE-NER's ids have such a part: `klue-ner-v1_dev_00001-wikitree` is news, `…-nsmc` is a film review.
    pub source: Option<String>,
    /// The text.
    pub text: String,
    /// The publication day, if the file gives it.
    pub published: Option<Day>,
    /// The part of its corpus that the document belongs to, such as `train` or `dev`, if the file gives it.
    pub split: Option<String>,
    /// The id of the text in the corpus it was taken from (`news` in JSON Lines), if the file gives it.
    pub origin: Option<String>,
    /// The mentions in text order. They do not overlap.
    pub mentions: Vec<GoldMention<L>>,
    /// The first line of the document in its file, counted from 1.
    pub line: u64,
}

impl<L> GoldDocument<L> {
    /// Creates a document from a text and its mentions, which are in text order and do not overlap; its id is `1`, as if
    /// it were the first of a file without ids.
    ///
    /// ```
    /// use gisa_gold::{GoldDocument, GoldMention};
    /// use gisa_text::Label;
    ///
    /// let document = GoldDocument::new("이장우 시장", vec![GoldMention { label: Label::Person, chars: 0..3 }]);
    /// assert_eq!((document.id.as_str(), document.split), ("1", None));
    /// ```
    pub fn new(text: impl Into<String>, mentions: Vec<GoldMention<L>>) -> GoldDocument<L> {
        GoldDocument {
            id: "1".to_owned(),
            source: None,
            text: text.into(),
            published: None,
            split: None,
            origin: None,
            mentions,
            line: 1,
        }
    }

    /// Returns whether the document belongs to one of these splits.
    pub fn is_in_split(&self, splits: &[String]) -> bool {
        self.split.as_ref().is_some_and(|split| splits.contains(split))
    }

    /// Returns the text and its publication day, without the mentions.
    pub fn document(&self) -> Document<'_> {
        Document { text: &self.text, published: self.published }
    }

    /// Replaces the label of each mention.
    ///
    /// [`Label::named`] converts the words that [`GoldReader::with_any_labels`](crate::GoldReader::with_any_labels)
    /// reads.
    pub fn map_labels<M>(self, mut label: impl FnMut(&L) -> M) -> GoldDocument<M> {
        let mentions = self.mentions.into_iter();
        GoldDocument {
            id: self.id,
            source: self.source,
            text: self.text,
            published: self.published,
            split: self.split,
            origin: self.origin,
            mentions: mentions
                .map(|GoldMention { label: of, chars }| GoldMention { label: label(&of), chars })
                .collect(),
            line: self.line,
        }
    }
}

/// An annotated span of a text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct GoldMention<L = Label> {
    /// The label of the mention.
    pub label: L,
    /// The half-open range of the mention, in characters (Unicode scalar values, as Python counts).
    pub chars: Range<usize>,
}

/// A type of labels that gold mentions can have: [`Label`], or [`String`] for any word.
pub trait GoldLabel: Clone + PartialEq + fmt::Display + FromStr<Err: fmt::Display> + DeserializeOwned {}

impl<L: Clone + PartialEq + fmt::Display + FromStr<Err: fmt::Display> + DeserializeOwned> GoldLabel for L {}

/// Returns the source that an id ends with: a part of letters only, so that `2024-06-23` and UUIDs have none.
pub(crate) fn source_of(id: &str) -> Option<String> {
    let (_, source) = id.rsplit_once('-')?;
    (!source.is_empty() && source.chars().all(char::is_alphabetic)).then(|| source.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_id_tells_its_source() {
        for (id, expected) in [
            ("klue-ner-v1_dev_00001-wikitree", Some("wikitree")),
            ("1-연합뉴스", Some("연합뉴스")),
            ("wikitree", None),
            ("2024-06-23", None),
            ("6f1c-0a9b", None),
            ("a-", None),
            ("a-b c", None),
        ] {
            assert_eq!(source_of(id).as_deref(), expected, "{id}");
        }
    }
}
