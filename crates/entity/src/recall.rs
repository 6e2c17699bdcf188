//! Recall: names of which the model is sure in one place of a document are looked for in all others.
//!
//! An article has some names many times, and the model does not predict each of them every time. A name is recalled
//! where a word begins with it and ends with it or with its particles, never inside a longer word, and only where
//! nothing else is found. A surname alone before a title is recalled (`이 시장`) if the document has a full name with this
//! surname and title. A recalled mention is as sure as the surest mention that it was recalled from.

use rustc_hash::FxHashMap;

use crate::candidate::{Candidate, Evidence};
use crate::link::{is_korean_name, same_office};
use crate::lists::Lists;
use crate::rule::Rule;
use crate::sentence::AnalyzedSentence;
use gisa_text::Label;
use gisa_text::particle::is_particle_chain;

/// The lowest confidence of a name that is recalled.
const SURE: f32 = 0.7;

/// The fewest characters of a person's name that is recalled. Names of two syllables have the form of common words.
const MIN_PERSON_CHARS: usize = 3;

/// The names of a document that are recalled in all of it, by their first two characters.
#[derive(Default)]
pub(crate) struct Memory<'t, 'g> {
    names: FxHashMap<(char, char), Vec<SureName<'t, 'g>>>,
    /// The titles of the people with each surname, with the highest confidence of their names.
    surnames: FxHashMap<char, Vec<(&'static str, f32)>>,
}

/// A name that is recalled, its label, canonical name and highest confidence.
struct SureName<'t, 'g> {
    form: &'t str,
    label: Label,
    name: Option<&'g str>,
    confidence: f32,
}

impl<'t, 'g> Memory<'t, 'g> {
    /// Collects the names of which the model is sure among the candidates of a document.
    pub fn of(text: &'t str, candidates: &[Candidate<'g>]) -> Memory<'t, 'g> {
        let mut memory = Memory::default();
        for candidate in candidates.iter().filter(|candidate| candidate.evidence == Evidence::Model) {
            memory.learn(&text[candidate.range.clone()], candidate);
        }
        memory
    }

    fn learn(&mut self, form: &'t str, candidate: &Candidate<'g>) {
        let chars = form.chars().count();
        let is_long = match candidate.label {
            Label::Person => chars >= MIN_PERSON_CHARS,
            Label::Organisation => chars >= 2,
            _ => false,
        };
        if !is_long || candidate.confidence < SURE {
            return;
        }
        if let Some(title) = candidate.title_form().filter(|_| is_korean_name(form, chars)) {
            self.learn_surname(form, title, candidate.confidence);
        }
        let group = self.names.entry(first_two(form)).or_default();
        match group.iter_mut().find(|sure| sure.form == form && sure.label == candidate.label) {
            Some(sure) => sure.confidence = sure.confidence.max(candidate.confidence),
            None => group.push(SureName {
                form,
                label: candidate.label,
                name: candidate.name,
                confidence: candidate.confidence,
            }),
        }
    }

    fn learn_surname(&mut self, name: &str, title: &'static str, confidence: f32) {
        let titles = self.surnames.entry(name.chars().next().unwrap_or(' ')).or_default();
        match titles.iter_mut().find(|(other, _)| *other == title) {
            Some((_, highest)) => *highest = highest.max(confidence),
            None => titles.push((title, confidence)),
        }
    }

    /// Adds candidates where a word of the sentence begins with a recalled name, or is the surname of one.
    pub fn recall(&self, lists: &Lists, sentence: &AnalyzedSentence<'_>, candidates: &mut Vec<Candidate<'g>>) {
        for (index, word) in sentence.words.iter().enumerate() {
            self.recall_surname(lists, sentence, index, candidates);
            let rest = &sentence.text[word.range.start..sentence.range.end];
            let Some(group) = self.names.get(&first_two(rest)) else { continue };
            for sure in group {
                let range = word.range.start..word.range.start + sure.form.len();
                if !rest.starts_with(sure.form) || !is_particle_chain(sure.form, sentence.rest_of_word(range.end)) {
                    continue;
                }
                let title = match sure.label {
                    Label::Person => lists.title_of(sentence, index, range.end),
                    _ => None,
                };
                let candidate = Candidate::new(sure.label, range, Evidence::Recalled, sure.confidence, Rule::Recall);
                candidates.push(Candidate { name: sure.name, title, ..candidate });
            }
        }
    }
}

impl Memory<'_, '_> {
    fn recall_surname(
        &self,
        lists: &Lists,
        sentence: &AnalyzedSentence<'_>,
        index: usize,
        candidates: &mut Vec<Candidate<'_>>,
    ) {
        let mut chars = sentence.word(index).chars();
        let (Some(surname), None) = (chars.next(), chars.next()) else { return };
        let Some(titles) = self.surnames.get(&surname) else { return };
        let range = sentence.words[index].range.clone();
        let Some(title) = lists.title_after(sentence, index, range.end) else { return };
        let matching =
            titles.iter().filter(|(form, _)| *form == title.form || same_office(Some(form), Some(title.form)));
        if let Some((_, confidence)) = matching.max_by(|a, b| a.1.total_cmp(&b.1)) {
            let candidate = Candidate::new(Label::Person, range, Evidence::Recalled, *confidence, Rule::Surname);
            candidates.push(Candidate { title: Some(title), ..candidate });
        }
    }
}

fn first_two(text: &str) -> (char, char) {
    let mut chars = text.chars();
    (chars.next().unwrap_or('\0'), chars.next().unwrap_or('\0'))
}
