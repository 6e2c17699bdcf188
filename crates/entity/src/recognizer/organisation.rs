//! Organisations: names that end in a word for an organisation, and abbreviations in brackets after a name.

use std::ops::Range;
use std::sync::Arc;

use gisa_tokenizer::{PosTag, SemanticClass};

use crate::candidate::{Candidate, Score};
use crate::lists::{Affiliation, Lists};
use crate::recognizer::Recognizer;
use crate::rule::Rule;
use crate::sentence::AnalyzedSentence;
use gisa_text::Label;
use gisa_text::particle::is_particle_chain;

/// Recognizes organisations by the form of their names.
pub(crate) struct OrganisationRecognizer {
    lists: Arc<Lists>,
}

impl OrganisationRecognizer {
    pub fn new(lists: Arc<Lists>) -> OrganisationRecognizer {
        OrganisationRecognizer { lists }
    }
}

impl Recognizer for OrganisationRecognizer {
    fn propose<'g>(&'g self, sentence: &AnalyzedSentence<'_>, candidates: &mut Vec<Candidate<'g>>) {
        for index in 0..sentence.words.len() {
            if let Some((range, affiliation)) = affiliated(&self.lists, sentence, index, Label::Organisation) {
                let score = head_score(&self.lists, sentence, index, &range, affiliation, Label::Organisation);
                candidates.push(Candidate::new(Label::Organisation, range, score, Rule::Suffix));
            }
            propose_marked(sentence, index, candidates);
            propose_abbreviation(sentence, index, candidates);
        }
    }
}

/// The maximum length of the end of a name, in characters.
const MAX_AFFILIATION_CHARS: usize = 7;

/// Returns the stem of a word that ends like a name with this label, and that end.
pub(crate) fn affiliated<'l>(
    lists: &'l Lists,
    sentence: &AnalyzedSentence<'_>,
    index: usize,
    label: Label,
) -> Option<(Range<usize>, &'l Affiliation)> {
    let start = sentence.words[index].range.start;
    let word = sentence.word(index);
    let ends = word.char_indices().map(|(at, c)| at + c.len_utf8()).rev();
    for end in ends.filter(|&end| is_particle_chain(&word[..end], &word[end..])) {
        let stem = &word[..end];
        let chars = stem.chars().count();
        let starts = stem.char_indices().map(|(at, _)| at).skip(chars.saturating_sub(MAX_AFFILIATION_CHARS).max(1));
        let found = starts.filter_map(|at| lists.affiliations.get(&stem[at..])).find(|affiliation| {
            affiliation.label.is_none_or(|l| l == label) && is_own_word(sentence, start + end - affiliation.form.len())
        });
        if let Some(affiliation) = found {
            let known = lists.stopwords.contains(&(stem, label));
            return (!known).then_some((start..start + end, affiliation));
        }
    }
    None
}

/// Returns whether a nominal or unknown morpheme begins at the end of a name, so that this end is a word of its own and
/// not a particle or ending of the same form.
fn is_own_word(sentence: &AnalyzedSentence<'_>, at: usize) -> bool {
    let next = sentence.morphemes.partition_point(|morpheme| morpheme.end() <= at);
    sentence.morphemes.get(next).is_none_or(|morpheme| {
        let tag = morpheme.tag().first();
        tag.is_nominal() || tag == PosTag::Xsn || tag == PosTag::Sl || tag == PosTag::Unknown
    })
}

/// Returns the score of a word with such an end, which depends on what precedes the end.
pub(crate) fn head_score(
    lists: &Lists,
    sentence: &AnalyzedSentence<'_>,
    index: usize,
    range: &Range<usize>,
    affiliation: &Affiliation,
    label: Label,
) -> Score {
    if let Some(morpheme) = sentence.morpheme_on(range) {
        // The dictionary has the whole name: its class decides.
        return match (morpheme.class(), label) {
            (SemanticClass::Place, Label::Location) => 58,
            (SemanticClass::None, Label::Organisation) if morpheme.tag().is(PosTag::Nnp) => 60,
            _ => 20,
        };
    }
    let head_end = range.end - affiliation.form.len();
    let head = &sentence.text[range.start..head_end];
    let national = label == Label::Organisation && NATIONAL.iter().any(|start| head.starts_with(start));
    if lists.names.starting(head).any(|entry| entry.label == Label::Location && *entry.form == *head) {
        // `경기도지사` is a title, though a 지사 may be a branch.
        return match (affiliation.ambiguous, lists.titles.contains_key(affiliation.form)) {
            (true, true) => 30,
            (true, false) => 60,
            (false, _) => 66,
        };
    }
    if !sentence.is_border(head_end) {
        return if national { 54 } else { 20 };
    }
    let short = affiliation.form.chars().count() == 1;
    let mut morphemes = sentence.morphemes_of(index).iter().filter(|morpheme| morpheme.end() <= head_end);
    let named = morphemes.any(|morpheme| match morpheme.class() {
        SemanticClass::Place => true,
        SemanticClass::Person => !short && head.chars().count() > 2,
        _ => !short && (morpheme.tag().is(PosTag::Nnp) || morpheme.tag().is(PosTag::Sl)),
    });
    match (named || national, affiliation.ambiguous) {
        (true, false) => 66,
        (true, true) => 56,
        (false, false) if head.chars().count() >= 4 => 52,
        _ => 30,
    }
}

/// Beginnings of the names of national organisations.
const NATIONAL: [&str; 7] = ["한국", "대한", "국립", "전국", "국제", "세계", "중앙"];

/// Proposes the name after the sign for a stock company: `㈜한빛`, `(주)한빛`.
fn propose_marked(sentence: &AnalyzedSentence<'_>, index: usize, candidates: &mut Vec<Candidate<'_>>) {
    let gap = sentence.gap_before(index);
    let word = &sentence.words[index];
    let marked = gap.ends_with('㈜')
        || gap == ")" && index > 0 && sentence.word(index - 1) == "주" && sentence.gap_before(index - 1).ends_with('(');
    let text = sentence.word(index);
    // After a name the sign is followed by a particle: `한빛전자㈜의`.
    let is_particle = text.char_indices().nth(1).is_none() || is_particle_chain("", text);
    if marked && !is_particle {
        let length = gisa_text::particle::stem_length(text, 2);
        candidates.push(Candidate::new(
            Label::Organisation,
            word.range.start..word.range.start + length,
            80,
            Rule::Company,
        ));
    }
}

/// Proposes an abbreviation in brackets directly after an organisation: `국립보건원(NIH)`.
fn propose_abbreviation(sentence: &AnalyzedSentence<'_>, index: usize, candidates: &mut Vec<Candidate<'_>>) {
    let word = sentence.word(index);
    let is_abbreviation = word.len() >= 2 && word.bytes().all(|b| b.is_ascii_uppercase() || b == b'-' || b == b'&');
    if !is_abbreviation || sentence.gap_before(index) != "(" || !sentence.gap_after(index).starts_with(')') {
        return;
    }
    let bracket = sentence.words[index].range.start - 1;
    let behind = candidates.iter().rev().take(16).any(|candidate| {
        candidate.label == Label::Organisation && candidate.range.end == bracket && candidate.score >= 50
    });
    if behind {
        let range = sentence.words[index].range.clone();
        candidates.push(Candidate::new(Label::Organisation, range, 75, Rule::Abbreviation));
    }
}
