//! Mentions and the entities to which they refer: the result of tagging a document.

use std::ops::Range;

use gisa_dates::{Basis, DateValue};
use serde::{Deserialize, Serialize};

use crate::rule::Rule;
use gisa_text::{Document, Label, composed};

/// A labelled span of a document.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[non_exhaustive]
pub struct Mention<'t> {
    /// The label.
    pub label: Label,
    /// The text of the mention: `document.text[bytes]`.
    pub text: &'t str,
    /// The range in characters of the document (Unicode scalar values, as Python counts), half-open.
    pub chars: Range<usize>,
    /// The range in bytes of the document, half-open.
    pub bytes: Range<usize>,
    /// The sentence of the mention, an index into [`Tagged::sentences`].
    pub sentence: usize,
    /// The entity to which the mention refers, an index into [`Tagged::entities`].
    pub entity: usize,
    /// The calendar value of a date, if the text and the publication day determine one; displayed and serialized in
    /// ISO 8601.
    pub value: Option<DateValue>,
    /// The basis of the value of a date; `None` without a value.
    pub basis: Option<Basis>,
    /// The title of a person, after the name in the same phrase: `대표` in `김하늘 한빛전자 대표`.
    pub title: Option<TitleMention<'t>>,
    /// The probability that the span and its label are correct, from 0 to 1: for mentions of the model its calibrated
    /// probability, for a recalled mention that of the mention it was recalled from, and for a surname that refers to a
    /// full name the higher of the two; for dates found by their form the measured share that is correct.
    pub confidence: f32,
    /// The rule that proposed the mention, for tracing errors.
    pub rule: Rule,
}

impl<'t> Mention<'t> {
    /// Creates a mention with the confidence 1 and the rule [`Rule::Model`] in the first sentence, of the first entity.
    ///
    /// It is meant for tests of code that reads mentions.
    ///
    /// # Panics
    ///
    /// If `bytes` is not a range of the text on character boundaries.
    ///
    /// ```
    /// use gisa_entity::{Label, Mention};
    ///
    /// let mention = Mention::new("이장우 시장은", 0..9, Label::Person);
    /// assert_eq!((mention.text, mention.chars), ("이장우", 0..3));
    /// ```
    pub fn new(document: &'t str, bytes: Range<usize>, label: Label) -> Mention<'t> {
        let (start, text) = (document[..bytes.start].chars().count(), &document[bytes.clone()]);
        Mention {
            label,
            text,
            chars: start..start + text.chars().count(),
            bytes,
            sentence: 0,
            entity: 0,
            value: None,
            basis: None,
            title: None,
            confidence: 1.0,
            rule: Rule::Model,
        }
    }
}

/// The title of a person in the text.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct TitleMention<'t> {
    /// The title without particles: `document.text[bytes]`.
    pub text: &'t str,
    /// The range in characters of the document, half-open.
    pub chars: Range<usize>,
    /// The range in bytes of the document, half-open.
    pub bytes: Range<usize>,
}

/// An entity: the referent of one or more mentions of a document.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct Entity {
    /// The label of its mentions.
    pub label: Label,
    /// The fullest name in the document, or the canonical name in a gazetteer. Names and aliases are
    /// [`composed`](crate::composed).
    pub name: String,
    /// The other forms by which the document mentions it, in the order of the text.
    pub aliases: Vec<String>,
    /// The mentions, as indices into [`Tagged::mentions`].
    pub mentions: Vec<usize>,
}

/// A document with its mentions.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[non_exhaustive]
pub struct Tagged<'t> {
    /// The document.
    pub document: Document<'t>,
    /// The sentences as byte ranges, in order.
    pub sentences: Vec<Range<usize>>,
    /// The mentions, in the order of the text; they do not overlap.
    pub mentions: Vec<Mention<'t>>,
    /// The entities, in the order of their first mention.
    pub entities: Vec<Entity>,
}

impl Tagged<'_> {
    /// Returns the name of the entity to which a mention refers.
    pub fn name(&self, mention: &Mention<'_>) -> &str {
        &self.entities[mention.entity].name
    }

    /// Drops the mentions with a lower confidence, save those of the user's names, and the entities that are left
    /// without a mention.
    pub(crate) fn retain_confident(&mut self, min_confidence: f32) {
        let is_kept = |mention: &Mention<'_>| mention.rule == Rule::User || mention.confidence >= min_confidence;
        if self.mentions.iter().all(is_kept) {
            return;
        }
        self.mentions.retain(is_kept);
        self.entities.iter_mut().for_each(|entity| entity.mentions.clear());
        for (index, mention) in self.mentions.iter().enumerate() {
            self.entities[mention.entity].mentions.push(index);
        }
        let mut kept = 0;
        self.entities.retain_mut(|entity| {
            let is_mentioned = !entity.mentions.is_empty();
            for &index in &entity.mentions {
                self.mentions[index].entity = kept;
            }
            let is_written = |alias: &String| {
                entity.mentions.iter().any(|&index| composed(self.mentions[index].text) == alias.as_str())
            };
            entity.aliases.retain(is_written);
            kept += usize::from(is_mentioned);
            is_mentioned
        });
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn entities_without_a_sure_mention_are_dropped() {
        let text = "이장우 시장, 김하늘, 이 시장, 서울";
        let mention = |start: &str, label, entity, confidence| {
            let at = text.find(start).unwrap();
            let end = at + start.trim_end_matches(" 시장,").len();
            Mention { entity, confidence, ..Mention::new(text, at..end, label) }
        };
        let entity = |label, name: &str, aliases: &[&str], mentions: &[usize]| Entity {
            label,
            name: name.to_owned(),
            aliases: aliases.iter().map(|&alias| alias.to_owned()).collect(),
            mentions: mentions.to_vec(),
        };
        let user = Mention { rule: Rule::User, ..mention("서울", Label::Location, 2, 0.1) };
        let all = Tagged {
            document: Document::new(text),
            sentences: std::iter::once(0..text.len()).collect(),
            mentions: vec![
                mention("이장우", Label::Person, 0, 0.9),
                mention("김하늘", Label::Person, 1, 0.3),
                mention("이 시장,", Label::Person, 0, 0.6),
                user,
            ],
            entities: vec![
                entity(Label::Person, "이장우", &["이"], &[0, 2]),
                entity(Label::Person, "김하늘", &[], &[1]),
                entity(Label::Location, "서울특별시", &["서울"], &[3]),
            ],
        };
        let seoul = |at| entity(Label::Location, "서울특별시", &["서울"], &[at]);
        for (min_confidence, expected) in [
            (0.5, vec![entity(Label::Person, "이장우", &["이"], &[0, 1]), seoul(2)]),
            (0.8, vec![entity(Label::Person, "이장우", &[], &[0]), seoul(1)]),
            (1.0, vec![seoul(0)]),
        ] {
            let mut tagged = all.clone();
            tagged.retain_confident(min_confidence);
            assert_eq!(tagged.entities, expected, "{min_confidence}");
            for (index, entity) in tagged.entities.iter().enumerate() {
                assert!(entity.mentions.iter().all(|&mention| tagged.mentions[mention].entity == index));
            }
        }
    }
}
