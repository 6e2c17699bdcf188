//! Mentions and the entities they refer to: what tagging a document gives.

use std::ops::Range;

use gisa_dates::{Basis, DateValue};
use serde::{Deserialize, Serialize};

use crate::{Document, Label, Rule};

/// A span of a document with a label.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[non_exhaustive]
pub struct Mention<'t> {
    /// What the mention is.
    pub label: Label,
    /// The characters of the mention: `document.text[bytes]`.
    pub text: &'t str,
    /// The characters (Unicode scalar values, as Python counts) of the document it covers, half open.
    pub chars: Range<usize>,
    /// The bytes of the document it covers, half open.
    pub bytes: Range<usize>,
    /// The sentence it stands in, an index into [`Tagged::sentences`].
    pub sentence: usize,
    /// The entity it refers to, an index into [`Tagged::entities`].
    pub entity: usize,
    /// The calendar value of a date mention, where the text and the publication day give one. It is written, and
    /// serialized, in ISO 8601.
    pub value: Option<DateValue>,
    /// On what the value of a date rests; `None` without a value.
    pub basis: Option<Basis>,
    /// The title that goes with a person's mention, behind it in the same phrase: `대표` for `김하늘 한빛전자 대표`.
    pub title: Option<TitleMention<'t>>,
    /// The probability that the span and its label are right, from 0 to 1. For what the model finds it is the model's
    /// probability at the temperature of its file; for what rules find it says how sure the rule is.
    pub confidence: f32,
    /// The rule that decided, for tracing errors.
    pub rule: Rule,
}

impl<'t> Mention<'t> {
    /// Creates a mention as a tagger would give it, for tests of what reads mentions: of the first sentence and entity,
    /// certain, found by the model.
    ///
    /// # Panics
    ///
    /// When the bytes are no range of the text on character boundaries.
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

/// A title in the text, that of a person's mention.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct TitleMention<'t> {
    /// The characters of the title, without particles: `document.text[bytes]`.
    pub text: &'t str,
    /// The characters of the document it covers, half open.
    pub chars: Range<usize>,
    /// The bytes of the document it covers, half open.
    pub bytes: Range<usize>,
}

/// What one or more mentions of a document refer to.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct Entity {
    /// What its mentions are.
    pub label: Label,
    /// Its fullest name in the document, or the name that a gazetteer gives for it. It is composed, as the other forms
    /// are: [`composed`](crate::composed).
    pub name: String,
    /// The other forms under which it is mentioned, in the order of the text.
    pub aliases: Vec<String>,
    /// Its mentions, as indices into [`Tagged::mentions`].
    pub mentions: Vec<usize>,
}

/// A document with its mentions.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[non_exhaustive]
pub struct Tagged<'t> {
    /// The document that was read.
    pub document: Document<'t>,
    /// The sentences as byte ranges, in order.
    pub sentences: Vec<Range<usize>>,
    /// The mentions, in the order of the text; they do not overlap.
    pub mentions: Vec<Mention<'t>>,
    /// The entities, in the order of their first mention.
    pub entities: Vec<Entity>,
}

impl Tagged<'_> {
    /// Returns the name of the entity that a mention refers to.
    pub fn name(&self, mention: &Mention<'_>) -> &str {
        &self.entities[mention.entity].name
    }
}
