//! Mentions and the entities they refer to: what tagging a document gives.

use std::ops::Range;

use crate::{Document, Label};
use gisa_dates::Basis;

/// A span of a document with a label.
#[derive(Clone, Debug, PartialEq)]
pub struct Mention<'t> {
    /// What the mention is.
    pub label: Label,
    /// The characters of the mention: `document.text[bytes]`.
    pub text: &'t str,
    /// Where the mention stands, in characters (Unicode scalar values, as Python counts), half open.
    pub chars: Range<usize>,
    /// Where the mention stands, in bytes, half open.
    pub bytes: Range<usize>,
    /// The sentence it stands in, an index into [`Tagged::sentences`].
    pub sentence: usize,
    /// The entity it refers to, an index into [`Tagged::entities`].
    pub entity: usize,
    /// The calendar value of a date mention in ISO 8601, where the text and the publication day give one.
    pub value: Option<String>,
    /// On what the value of a date rests; none without a value.
    pub basis: Option<Basis>,
    /// How probable it is that the span and its label are right, from 0 to 1. For what the model finds it is the model's
    /// probability at the temperature of its file; for what rules find it says how sure the rule is.
    pub confidence: f32,
    /// The rule that decided, for tracing errors: `title`, `gazetteer`, `suffix` ….
    pub rule: &'static str,
}

/// What one or more mentions of a document refer to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Entity {
    /// What its mentions are.
    pub label: Label,
    /// Its fullest name in the document, or the name that a gazetteer gives for it. It is composed, as the other forms
    /// are: [`composed`](gisa_text::composed).
    pub name: String,
    /// The other forms under which it is mentioned, in the order of the text.
    pub aliases: Vec<String>,
    /// Its mentions, as indices into [`Tagged::mentions`].
    pub mentions: Vec<usize>,
}

/// A document with its mentions.
#[derive(Clone, Debug)]
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
    /// The name of the entity that a mention refers to.
    pub fn name(&self, mention: &Mention<'_>) -> &str {
        &self.entities[mention.entity].name
    }
}
