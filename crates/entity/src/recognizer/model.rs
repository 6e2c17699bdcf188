//! What the trained model finds, with what the rest of the tagger wants to know of it: the title that goes with a
//! person, the canonical name that a list has, and how a mention stands to the one before it.

use std::ops::Range;

use gisa_tokenizer::Morpheme;

use crate::Label;
use crate::candidate::{Candidate, Score, THRESHOLD};
use crate::lists::Lists;
use crate::rule::Rule;
use crate::sentence::AnalyzedSentence;
use crate::title::Title;
use gisa_model::{Buffers, Model, Prediction};

/// What a mention is worth of which the model has no doubt: less than a user's entry, more than any rule.
const CERTAIN: f32 = 96.0;

/// A model and its labels.
pub(crate) struct ModelRecognizer {
    model: Model,
    /// In the order of the model's tags.
    labels: Vec<Label>,
}

impl ModelRecognizer {
    /// A model with whatever labels it has.
    pub fn new(model: Model) -> ModelRecognizer {
        let labels = model.header().labels.iter().map(|name| Label::named(name)).collect();
        ModelRecognizer { model, labels }
    }

    /// The model's labels, in the order of its tags.
    pub fn labels(&self) -> &[Label] {
        &self.labels
    }

    /// Adds what the model finds in a sentence.
    pub fn propose<'g>(
        &self,
        lists: &'g Lists,
        sentence: &AnalyzedSentence<'_>,
        buffers: &mut Buffers,
        candidates: &mut Vec<Candidate<'g>>,
    ) {
        let morphemes: &[Morpheme] = sentence.morphemes;
        let mut before: Option<(Label, usize)> = None;
        self.model.tag(sentence.text, morphemes, buffers, |found| {
            let Prediction { range, label, confidence } = found;
            let label = self.labels[label];
            if is_in_address(sentence.text, &range) {
                return;
            }
            let range = if label == Label::Quantity { with_unit(sentence.text, range) } else { range };
            let candidate = candidate(lists, sentence, label, range, confidence, before);
            before = Some((label, candidate.range.end));
            candidates.push(candidate);
        });
    }
}

/// So much of an address is looked at on both sides of a range.
const ADDRESS_BYTES: usize = 64;

/// Whether a range is part of an e-mail or web address, which names nobody by itself: `haneul@example.com`.
fn is_in_address(text: &str, range: &Range<usize>) -> bool {
    let is_part = |byte: u8| byte.is_ascii_alphanumeric() || b"._-+@:/".contains(&byte);
    let bytes = text.as_bytes();
    if !bytes[range.clone()].iter().all(|&byte| is_part(byte)) {
        return false;
    }
    let before = bytes[..range.start].iter().rev().take(ADDRESS_BYTES).take_while(|&&byte| is_part(byte)).count();
    let after = bytes[range.end..].iter().take(ADDRESS_BYTES).take_while(|&&byte| is_part(byte)).count();
    let address = &text[range.start - before..range.end + after];
    address.contains('@') || address.contains("://") || address.starts_with("www.")
}

/// A quantity with the sign of a unit in one character right behind it, of which no training text has many: `1.8㎞`.
fn with_unit(text: &str, range: Range<usize>) -> Range<usize> {
    let sign = text[range.end..].chars().next().filter(|c| matches!(c, '\u{3380}'..='\u{33df}' | 'ℓ' | '℃' | '℉'));
    range.start..range.end + sign.map_or(0, char::len_utf8)
}

fn candidate<'g>(
    lists: &'g Lists,
    sentence: &AnalyzedSentence<'_>,
    label: Label,
    range: Range<usize>,
    confidence: f32,
    before: Option<(Label, usize)>,
) -> Candidate<'g> {
    let text = &sentence.text[range.clone()];
    let rule = match label {
        Label::Person => person_rule(text),
        Label::Organisation if is_in_brackets(sentence, &range, before) => Rule::Abbreviation,
        _ => Rule::Model,
    };
    let name = known(lists, text, label);
    let title = if label == Label::Person { title(lists, sentence, &range) } else { None };
    #[expect(clippy::cast_sign_loss, reason = "a probability is not below zero")]
    let score = ((confidence * CERTAIN).round() as Score).max(THRESHOLD);
    Candidate { confidence, name, title, ..Candidate::new(label, range, score, rule) }
}

/// The canonical name that a list has. A place that acts as an administration has that of the place.
fn known<'g>(lists: &'g Lists, text: &str, label: Label) -> Option<&'g str> {
    let of = |label| lists.names.starting(text).find(|entry| entry.form.len() == text.len() && entry.label == label);
    let entry = match label {
        Label::Organisation => of(label).or_else(|| of(Label::Location)),
        _ => of(label),
    };
    entry.map(|entry| &*entry.name)
}

/// How a person's mention is linked: a surname and a letter stand for a name that is in the text or not at all.
fn person_rule(text: &str) -> Rule {
    let mut chars = text.chars();
    match (chars.next(), chars.next()) {
        (Some('가'..='힣'), None) => Rule::Surname,
        (Some('A'..='Z'), None) => Rule::Letter,
        _ => Rule::Model,
    }
}

/// Whether an organisation stands in brackets right behind another: `국립보건원(NIH)`.
fn is_in_brackets(sentence: &AnalyzedSentence<'_>, range: &Range<usize>, before: Option<(Label, usize)>) -> bool {
    before.is_some_and(|(label, end)| {
        label == Label::Organisation
            && sentence.text.get(end..range.start) == Some("(")
            && sentence.text[range.end..].starts_with(')')
    })
}

fn title(lists: &Lists, sentence: &AnalyzedSentence<'_>, range: &Range<usize>) -> Option<Title> {
    let index = sentence.words.partition_point(|word| word.range.end <= range.start);
    sentence.words.get(index).filter(|word| word.range.start <= range.start)?;
    lists.title_of(sentence, index, range.end)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_are_no_names() {
        for (text, part, expected) in [
            ("haneul@example.com", "haneul", true),
            ("기자 haneul.kim@example.com", "example.com", true),
            ("김하늘 기자 haneul@example.com", "김하늘", false),
            ("https://example.com/news", "example", true),
            ("www.example.com에서", "example", true),
            ("Example.com이 밝혔다", "Example.com", false),
            ("KAIST와", "KAIST", false),
        ] {
            let start = text.find(part).unwrap();
            assert_eq!(is_in_address(text, &(start..start + part.len())), expected, "{part} in {text}");
        }
    }

    #[test]
    fn signs_of_units_belong_to_quantities() {
        for (text, part, expected) in [
            ("1.8㎞를", "1.8", "1.8㎞"),
            ("35㎞", "35㎞", "35㎞"),
            ("20℃가", "20", "20℃"),
            ("3명", "3", "3"),
            ("7", "7", "7"),
        ] {
            let start = text.find(part).unwrap();
            assert_eq!(&text[with_unit(text, start..start + part.len())], expected, "{text}");
        }
    }
}
