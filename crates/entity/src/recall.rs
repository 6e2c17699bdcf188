//! Recall: names found with a high score in one place of a document support weaker evidence in others.
//!
//! An article names a person in full once, with the title, and by surname or bare name afterwards. Names found with a
//! high score are looked for wherever a word begins with them. A surname before a title is ambiguous (`이 시장`: this
//! market, Mayor Lee) and is accepted if the document has a full name with that surname.

use rustc_hash::FxHashMap;

use crate::candidate::{Candidate, Score, THRESHOLD, select};
use crate::rule::Rule;
use crate::sentence::AnalyzedSentence;
use gisa_text::Label;
use gisa_text::particle::is_particle_chain;

/// The lowest score of a name to be recalled; for a Korean name with its title it is the threshold.
const SURE: Score = 68;

/// The score of a recalled name, below that of a name with evidence of its own.
const RECALLED: Score = 64;

/// A name to be recalled, its label, and its canonical name.
type SureName<'g> = (String, Label, Option<&'g str>);

/// The names of a document that are recalled in all of it.
#[derive(Default)]
pub(crate) struct Memory<'g> {
    /// The names with their label and canonical name, by their first two characters.
    names: FxHashMap<(char, char), Vec<SureName<'g>>>,
    /// The titles of the people with each surname.
    surnames: FxHashMap<char, Vec<Option<&'static str>>>,
}

impl<'g> Memory<'g> {
    /// Collects the names with a high score among the candidates of a document.
    pub fn of(text: &str, candidates: &[Candidate<'g>]) -> Memory<'g> {
        let mut sure: Vec<Candidate<'g>> = candidates.to_vec();
        select(&mut sure);
        let mut memory = Memory::default();
        for candidate in sure.iter().filter(|c| matches!(c.label, Label::Person | Label::Organisation)) {
            memory.learn(&text[candidate.range.clone()], candidate);
        }
        memory
    }

    fn learn(&mut self, name: &str, candidate: &Candidate<'g>) {
        let chars = name.chars().count();
        if candidate.label == Label::Person && is_korean_name(name, chars) && candidate.score >= 50 {
            let titles = self.surnames.entry(name.chars().next().unwrap_or(' ')).or_default();
            if !titles.contains(&candidate.title_form()) {
                titles.push(candidate.title_form());
            }
        }
        let likely = candidate.rule == Rule::Title && candidate.score >= THRESHOLD && !looks_inflected(name);
        let sure = candidate.score >= SURE || likely;
        if !sure || chars < 2 || candidate.label == Label::Person && chars < 3 {
            return;
        }
        let entry = (name.to_owned(), candidate.label, candidate.name);
        let group = self.names.entry(first_two(name)).or_default();
        if !group.contains(&entry) {
            group.push(entry);
        }
    }

    /// Raises the score of a surname before a title if the document has a full name with that surname.
    pub fn explain_surname(&self, text: &str, candidate: &mut Candidate<'_>) {
        if candidate.rule == Rule::Surname {
            candidate.score = self.surname_score(text, candidate);
        }
    }

    /// Adds candidates where a word of the sentence begins with a recalled name.
    pub fn recall(&self, sentence: &AnalyzedSentence<'_>, candidates: &mut Vec<Candidate<'g>>) {
        for word in sentence.words {
            let rest = &sentence.text[word.range.start..sentence.range.end];
            let Some(group) = self.names.get(&first_two(rest)) else { continue };
            for (name, label, canonical) in group {
                let range = word.range.start..word.range.start + name.len();
                if rest.starts_with(name.as_str()) && is_particle_chain(name, sentence.rest_of_word(range.end)) {
                    candidates
                        .push(Candidate { name: *canonical, ..Candidate::new(*label, range, RECALLED, Rule::Recall) });
                }
            }
        }
    }

    /// Returns the score of a surname before a title: high if the document names someone with that surname and title in
    /// full, moderate if it names someone with that surname.
    fn surname_score(&self, text: &str, candidate: &Candidate<'_>) -> Score {
        let surname = text[candidate.range.clone()].chars().next().unwrap_or(' ');
        match self.surnames.get(&surname) {
            Some(titles) if titles.iter().any(|title| same_office(*title, candidate.title_form())) => {
                candidate.score.max(84)
            }
            Some(_) => candidate.score.max(56),
            None => candidate.score,
        }
    }
}

/// Returns whether a name ends like a word of two syllables with a particle or an ending: `경찰은`, `소환이`, `자세한`.
fn looks_inflected(name: &str) -> bool {
    const ENDS: &str = "은는이가을를의에와과로으도만한된들해인팀국제업";
    name.chars().next_back().is_some_and(|last| ENDS.contains(last))
}

/// Returns whether two titles may be those of one person: one ends with the other (`원내대표` and `대표`).
pub(crate) fn same_office(a: Option<&str>, b: Option<&str>) -> bool {
    match (a, b) {
        (Some(a), Some(b)) => is_fuller(a, b) || is_fuller(b, a),
        _ => false,
    }
}

/// Returns whether a title is another with more before it (`원내대표`, `대표`), but not its deputy (`부시장`, `시장`).
fn is_fuller(long: &str, short: &str) -> bool {
    long.strip_suffix(short).is_some_and(|more| !more.ends_with(['부', '전', '차']))
}

/// Returns whether a name has the form of a Korean full name.
pub(crate) fn is_korean_name(name: &str, chars: usize) -> bool {
    (2..=4).contains(&chars) && name.chars().all(|c| matches!(c, '가'..='힣'))
}

fn first_two(text: &str) -> (char, char) {
    let mut chars = text.chars();
    (chars.next().unwrap_or('\0'), chars.next().unwrap_or('\0'))
}
