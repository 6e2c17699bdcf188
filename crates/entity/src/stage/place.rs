//! Places: names that end in a word for a place, and places that act as administrations.

use std::sync::Arc;

use crate::Label;
use crate::candidate::{Candidate, THRESHOLD};
use crate::gazetteer::Lists;
use crate::sentence::Sentence;
use crate::stage::Stage;
use crate::stage::organisation::{affiliated, head_score};

/// The finder of places by their form.
pub(crate) struct Place {
    lists: Arc<Lists>,
}

impl Place {
    pub fn new(lists: Arc<Lists>) -> Place {
        Place { lists }
    }
}

impl Stage for Place {
    fn propose<'g>(&'g self, sentence: &Sentence<'_>, candidates: &mut Vec<Candidate<'g>>) {
        for index in 0..sentence.words.len() {
            if let Some((range, affiliation)) = affiliated(&self.lists, sentence, index, Label::Location) {
                let rest = sentence.rest_of_word(range.end);
                if affiliation.form == "시장" && !rest.starts_with("에") {
                    continue; // `벨뷰시장을 만나` is a mayor; a market is where something happens.
                }
                let score = head_score(&self.lists, sentence, index, &range, affiliation, Label::Location);
                candidates.push(Candidate::new(Label::Location, range, score, "suffix"));
            }
        }
        propose_administrations(sentence, candidates);
    }
}

/// Verbs of saying and deciding: a place that is their subject acts as an administration.
const ACTS: [&str; 16] = [
    "밝혔다",
    "밝힌",
    "밝혔",
    "발표",
    "추진",
    "개최",
    "시행",
    "운영한다",
    "지원한다",
    "선정",
    "체결",
    "마련",
    "계획",
    "예정",
    "나선다",
    "나섰다",
];

/// Proposes as organisations the places that are subjects of such verbs: `대전시는 … 밝혔다`.
fn propose_administrations(sentence: &Sentence<'_>, candidates: &mut Vec<Candidate<'_>>) {
    let mut found = Vec::new();
    for place in candidates.iter().filter(|c| c.label == Label::Location && c.score >= THRESHOLD) {
        let text = &sentence.text[place.range.clone()];
        let rest = sentence.rest_of_word(place.range.end);
        let is_division = text.ends_with(['시', '도', '군', '구']) && text.chars().count() >= 3;
        let agent = matches!(rest, "는" | "은" | "가" | "이");
        let reported = sentence.text[place.range.end..sentence.range.end].starts_with("에 따르면");
        if is_division && (reported || agent && acts(sentence, place.range.end)) {
            let score = place.score.saturating_add(5).min(99);
            found.push(Candidate {
                name: place.name,
                ..Candidate::new(Label::Organisation, place.range.clone(), score, "administration")
            });
        }
    }
    candidates.append(&mut found);
}

fn acts(sentence: &Sentence<'_>, from: usize) -> bool {
    let rest = &sentence.text[from..sentence.range.end];
    ACTS.iter().any(|verb| rest.contains(verb))
}
