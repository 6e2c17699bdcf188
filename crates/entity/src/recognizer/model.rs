//! Mentions that the trained model predicts, as candidates with a person's title, the canonical name in a list, and the
//! rule by which they are linked.

use std::ops::Range;

use crate::candidate::{Candidate, Evidence};
use crate::lists::Lists;
use crate::rule::Rule;
use crate::sentence::AnalyzedSentence;
use crate::span::each_mention;
use crate::title::Title;
use gisa_model::{Buffers, Model, Prediction};
use gisa_text::Label;

/// Recognizes mentions with a trained model.
pub(crate) struct ModelRecognizer {
    model: Model,
    /// The labels, in the order of the model's tags.
    labels: Vec<Label>,
}

impl ModelRecognizer {
    /// Creates a recognizer with all labels of a model.
    pub fn new(model: Model) -> ModelRecognizer {
        let labels = model.header().labels.iter().map(|name| Label::named(name)).collect();
        ModelRecognizer { model, labels }
    }

    /// Returns the labels of the model, in the order of its tags.
    pub fn labels(&self) -> &[Label] {
        &self.labels
    }

    /// Adds the mentions that the model predicts for a text, given its sentences.
    pub fn propose<'g>(
        &self,
        lists: &'g Lists,
        text: &str,
        sentences: &[AnalyzedSentence<'_>],
        buffers: &mut Buffers,
        candidates: &mut Vec<Candidate<'g>>,
    ) {
        let mut before: Option<(Label, usize)> = None;
        self.model.tag(text, sentences.iter().map(|sentence| sentence.morphemes), buffers, |found| {
            let Prediction { range, label, confidence, sentence } = found;
            let sentence = &sentences[sentence];
            let label = self.labels[label];
            if is_in_address(sentence.text, &range) {
                return;
            }
            let range = sentence.without_cuts(range);
            let range = if label == Label::Quantity { with_unit(sentence.text, range) } else { range };
            each_mention(sentence, label, range.clone(), |part| {
                let label =
                    if part == range { label } else { label_of_part(lists, &sentence.text[part.clone()], label) };
                let range = part;
                let candidate = candidate(lists, sentence, label, range, confidence, before);
                before = Some((candidate.label, candidate.range.end));
                candidates.push(candidate);
            });
        });
    }
}

/// The number of bytes on either side of a range in which an address is looked for.
const ADDRESS_BYTES: usize = 64;

/// Returns whether a range is part of an e-mail or web address, in which nothing is a mention: `haneul@example.com`.
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

/// Extends a quantity by a one-character unit symbol directly after it (`1.8㎞`), which is rare in training texts.
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
    Candidate { name, title, ..Candidate::new(label, range, Evidence::Model, confidence, rule) }
}

/// Returns the label of a part of a predicted mention: the predicted one, unless the lists have the part with another.
fn label_of_part(lists: &Lists, part: &str, label: Label) -> Label {
    let mut listed = lists.names.starting(part).filter(|entry| entry.form.len() == part.len()).map(|entry| entry.label);
    match listed.next() {
        Some(first) if first != label && listed.all(|other| other != label) => first,
        _ => label,
    }
}

/// Returns the canonical name in the lists; an administration called by its place has that of the place.
fn known<'g>(lists: &'g Lists, text: &str, label: Label) -> Option<&'g str> {
    let of = |label| lists.names.starting(text).find(|entry| entry.form.len() == text.len() && entry.label == label);
    let entry = match label {
        Label::Organisation => of(label).or_else(|| of(Label::Location)),
        _ => of(label),
    };
    entry.map(|entry| &*entry.name)
}

/// Returns the rule by which a person's mention is linked: a surname or a letter is short for another name.
fn person_rule(text: &str) -> Rule {
    let mut chars = text.chars();
    match (chars.next(), chars.next()) {
        (Some('가'..='힣'), None) => Rule::Surname,
        (Some('A'..='Z'), None) => Rule::Letter,
        _ => Rule::Model,
    }
}

/// Returns whether an organisation is in brackets directly after another: `국립보건원(NIH)`.
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
