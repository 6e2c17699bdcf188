//! Names that the gazetteers contain.

use std::ops::Range;
use std::sync::Arc;

use gisa_tokenizer::{PosTag, SemanticClass};

use crate::candidate::{Candidate, Score, USER};
use crate::gazetteer::{Entry, Gazetteer};
use crate::lists::Lists;
use crate::recognizer::Recognizer;
use crate::rule::Rule;
use crate::sentence::AnalyzedSentence;
use gisa_text::Label;
use gisa_text::particle::{is_follower, is_particle_chain};

/// Recognizes names of the built-in and the user's gazetteers.
pub(crate) struct GazetteerRecognizer {
    lists: Arc<Lists>,
    user: Gazetteer,
}

impl GazetteerRecognizer {
    pub fn new(lists: Arc<Lists>, user: Gazetteer) -> GazetteerRecognizer {
        GazetteerRecognizer { lists, user }
    }

    fn propose_user<'g>(&'g self, sentence: &AnalyzedSentence<'_>, start: usize, candidates: &mut Vec<Candidate<'g>>) {
        for entry in self.user.starting(&sentence.text[start..sentence.range.end]) {
            let range = start..start + entry.form.len();
            if can_follow(entry, sentence.rest_of_word(range.end)) {
                candidates.push(candidate(entry, range, USER, Rule::User));
                return;
            }
        }
    }
}

/// Recognizes names of the user's gazetteers only.
pub(crate) struct UserNameRecognizer {
    known: GazetteerRecognizer,
}

impl UserNameRecognizer {
    pub fn new(known: GazetteerRecognizer) -> UserNameRecognizer {
        UserNameRecognizer { known }
    }
}

impl Recognizer for UserNameRecognizer {
    fn propose<'g>(&'g self, sentence: &AnalyzedSentence<'_>, candidates: &mut Vec<Candidate<'g>>) {
        for word in sentence.words {
            self.known.propose_user(sentence, word.range.start, candidates);
        }
    }
}

impl Recognizer for GazetteerRecognizer {
    fn propose<'g>(&'g self, sentence: &AnalyzedSentence<'_>, candidates: &mut Vec<Candidate<'g>>) {
        for (index, word) in sentence.words.iter().enumerate() {
            let start = word.range.start;
            if !self.user.is_empty() {
                self.propose_user(sentence, start, candidates);
            }
            for entry in self.lists.names.starting(&sentence.text[start..sentence.range.end]) {
                let range = start..start + entry.form.len();
                if !can_follow(entry, sentence.rest_of_word(range.end)) {
                    continue;
                }
                // A form that is also a common word needs the analysis as evidence.
                let common = self.lists.stopwords.contains(&(&*entry.form, entry.label));
                let score = score(entry, sentence, &range).saturating_sub(if common { 10 } else { 0 });
                let score = score.saturating_add(preference(entry.label, sentence.rest_of_word(range.end)));
                let title = match entry.label {
                    Label::Person => self.lists.title_of(sentence, index, range.end),
                    _ => None,
                };
                // A person's name that is also a common word is one before a title.
                let score = if title.is_some() { score.saturating_add(16) } else { score };
                candidates.push(Candidate { title, ..candidate(entry, range, score, Rule::Gazetteer) });
            }
        }
    }
}

fn candidate(entry: &Entry, range: Range<usize>, score: Score, rule: Rule) -> Candidate<'_> {
    Candidate { name: Some(&*entry.name), ..Candidate::new(entry.label, range, score, rule) }
}

/// Words that may directly follow a place, besides particles.
const AFTER_PLACE: [&str; 24] = [
    "시각", "시간", "산", "발", "행", "내", "외", "권", "측", "쪽", "현지", "지역", "일대", "전역", "시내", "시민",
    "도심", "출신", "국적", "소재", "인근", "당국", "경기", "남부",
];

/// Words that may directly follow an organisation, besides particles.
const AFTER_ORGANISATION: [&str; 12] =
    ["측", "쪽", "발", "산", "내", "들", "법", "출신", "소속", "관계자", "본사", "그룹"];

/// Returns whether a name may end where the rest of its word begins.
fn can_follow(entry: &Entry, rest: &str) -> bool {
    if entry.label == Label::Location && rest.starts_with('인') {
        return false; // `한국인` are people; the copula's `인` hardly ever follows a place's name.
    }
    if is_particle_chain(&entry.form, rest) {
        return true;
    }
    let followers: &[&str] = match entry.label {
        Label::Location => &AFTER_PLACE,
        Label::Organisation => &AFTER_ORGANISATION,
        Label::Person => &["씨", "측", "님", "표"],
        _ => &[],
    };
    is_follower(followers, rest)
}

/// Returns the score of a listed name: high for a long form, and for a short one depending on whether the analysis has
/// a proper noun there.
fn score(entry: &Entry, sentence: &AnalyzedSentence<'_>, range: &Range<usize>) -> Score {
    let chars = entry.form.chars().count();
    let base: Score = match chars {
        1 => return single_score(entry, sentence, range),
        2 => 52,
        3 => 62,
        _ => 68,
    };
    let Some(morpheme) = sentence.morpheme_on(range) else {
        let whole = sentence.is_border(range.start) && sentence.is_border(range.end);
        return if whole || chars >= 4 { base } else { base - 6 };
    };
    let tag = morpheme.tag();
    let class = morpheme.class();
    let agrees = match entry.label {
        Label::Location => class == SemanticClass::Place,
        Label::Person => class == SemanticClass::Person,
        _ => tag.is(PosTag::Nnp) || tag.is(PosTag::Sl),
    };
    if agrees {
        base + 8
    } else if tag.is(PosTag::Nnp) || tag.is(PosTag::Sl) || tag.is(PosTag::Nng) {
        base
    } else {
        base - 12
    }
}

/// Returns the advantage of one label among names of the same form (`아마존`, `뮌헨`): of the place before a locative
/// particle, otherwise of the organisation.
fn preference(label: Label, rest: &str) -> Score {
    let locative = rest.starts_with("에서") || rest.starts_with("으로") || rest == "로" || rest == "에";
    match label {
        Label::Location => Score::from(locative) * 2,
        _ => 1,
    }
}

/// Returns the score of a one-character name, which must be a Chinese character (`美`) at the start of an eojeol.
fn single_score(entry: &Entry, sentence: &AnalyzedSentence<'_>, range: &Range<usize>) -> Score {
    let is_hanja = entry.form.chars().all(|c| matches!(c, '\u{4e00}'..='\u{9fff}' | '\u{f900}'..='\u{faff}'));
    let index = sentence.words.partition_point(|word| word.range.start < range.start);
    let alone = sentence.words.get(index).is_some_and(|word| word.range.start == range.start && word.starts_eojeol);
    if is_hanja && alone { 60 } else { 0 }
}
