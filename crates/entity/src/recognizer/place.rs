//! Places: names that end in a word for a place, and administrations called by their place.

use std::sync::Arc;

use crate::candidate::{Candidate, THRESHOLD};
use crate::lists::Lists;
use crate::recognizer::Recognizer;
use crate::recognizer::organisation::{affiliated, head_score};
use crate::rule::Rule;
use crate::sentence::AnalyzedSentence;
use gisa_text::Label;

/// Recognizes places by the form of their names.
pub(crate) struct PlaceRecognizer {
    lists: Arc<Lists>,
}

impl PlaceRecognizer {
    pub fn new(lists: Arc<Lists>) -> PlaceRecognizer {
        PlaceRecognizer { lists }
    }
}

impl Recognizer for PlaceRecognizer {
    fn propose<'g>(&'g self, sentence: &AnalyzedSentence<'_>, candidates: &mut Vec<Candidate<'g>>) {
        for index in 0..sentence.words.len() {
            if let Some((range, affiliation)) = affiliated(&self.lists, sentence, index, Label::Location) {
                let rest = sentence.rest_of_word(range.end);
                if matches!(affiliation.form, "산" | "만" | "제도") && !sentence.is_border(range.end) {
                    continue;
                }
                let head = &sentence.text[range.start..range.end - affiliation.form.len()];
                if affiliation.form == "산" && self.lists.names.has(head) {
                    continue; // `중국산` was made in China.
                }
                if affiliation.form == "시장" && !rest.starts_with("에") {
                    continue; // `벨뷰시장을 만나` is a mayor; a market is where something happens.
                }
                let score = head_score(&self.lists, sentence, index, &range, affiliation, Label::Location);
                candidates.push(Candidate::new(Label::Location, range, score, Rule::Suffix));
            }
        }
        propose_administrations(sentence, candidates);
    }
}

/// Words of saying and deciding: a place that is their subject acts as an administration.
const ACTS: [&str; 24] = [
    "밝혔",
    "밝힌",
    "발표",
    "추진",
    "개최",
    "시행",
    "운영한다",
    "지원한다",
    "선정",
    "체결",
    "마련",
    "나선다",
    "나섰다",
    "주장",
    "요구",
    "경고",
    "촉구",
    "비난",
    "결정했",
    "제안",
    "도발",
    "위협",
    "합의",
    "반발",
];

/// Words of matches: a place that is their subject or object is its team.
const MATCHES: [&str; 14] =
    ["꺾", "승점", "이겼", "패했", "졌다", "우승", "16강", "8강", "4강", "결승", "역전", "득점", "실점", "동점"];

/// Proposes as organisations the places that act: `대전시는 … 밝혔다`, `북한이 … 위협`, `한국은 … 꺾고`.
fn propose_administrations(sentence: &AnalyzedSentence<'_>, candidates: &mut Vec<Candidate<'_>>) {
    let text = sentence.str();
    let plays = MATCHES.iter().any(|word| text.contains(word));
    let last_act = ACTS.iter().filter_map(|word| text.rfind(word)).max();
    let mut found = Vec::new();
    for place in candidates.iter().filter(|c| c.label == Label::Location && c.score >= THRESHOLD) {
        let name = &sentence.text[place.range.clone()];
        let rest = sentence.rest_of_word(place.range.end);
        let after = &sentence.text[place.range.end..sentence.range.end];
        let is_agent = matches!(rest, "는" | "은" | "가" | "이");
        let is_division = name.ends_with(['시', '도', '군', '구']) && name.chars().count() >= 3;
        let is_power = place.rule == Rule::Gazetteer && POWERS.contains(&name);
        let says = is_agent && last_act.is_some_and(|at| sentence.range.start + at >= place.range.end);
        let reported = after.starts_with("에 따르면");
        let team = plays && (is_agent || matches!(rest, "를" | "을")) && (is_power || is_division);
        if is_division && (reported || says) || is_power && says || team {
            let score = place.score.saturating_add(5).min(99);
            found.push(Candidate {
                name: place.name,
                ..Candidate::new(Label::Organisation, place.range.clone(), score, Rule::Administration)
            });
        }
    }
    candidates.append(&mut found);
}

/// Countries that the news often mentions as governments and as teams.
const POWERS: [&str; 24] = [
    "한국",
    "대한민국",
    "북한",
    "미국",
    "중국",
    "일본",
    "러시아",
    "영국",
    "프랑스",
    "독일",
    "이란",
    "이스라엘",
    "우크라이나",
    "대만",
    "인도",
    "터키",
    "튀르키예",
    "브라질",
    "아르헨티나",
    "스페인",
    "이탈리아",
    "네덜란드",
    "포르투갈",
    "호주",
];
