//! Merging: adjacent places are one mention (`경주시 양남면 신대리`), as in KLUE-NER, and so is a place with its facility,
//! police or court.

use crate::candidate::Candidate;
use crate::rule::Rule;
use gisa_text::Label;
use gisa_text::particle::is_particle_chain;

/// Merges selected places with only a space between them, a place with its police, court or government, and an
/// organisation with its branch.
pub(crate) fn merge_places(text: &str, candidates: &mut Vec<Candidate<'_>>) {
    let mut merged: Vec<Candidate<'_>> = Vec::with_capacity(candidates.len());
    for candidate in candidates.drain(..) {
        match merged.last_mut() {
            Some(last) if last.rule != Rule::User && candidate.rule != Rule::User && belong(text, last, &candidate) => {
                last.range.end = candidate.range.end;
                last.label = candidate.label;
                last.name = None;
                last.rule = Rule::Merged;
            }
            _ => merged.push(candidate),
        }
    }
    *candidates = merged;
}

/// Ends of organisations that take the place before them into their name.
const LOCAL: [&str; 8] = ["경찰서", "소방서", "정부", "경찰청", "지법", "지검", "경찰", "당국"];

/// Ends of branches, which take the organisation before them into their name: `수원지법 평택지원`.
const BRANCHES: [&str; 4] = ["지원", "지청", "지부", "지점"];

fn belong(text: &str, first: &Candidate<'_>, next: &Candidate<'_>) -> bool {
    let ends = |ends: &[&str]| ends.iter().any(|end| text[next.range.clone()].ends_with(end));
    text.get(first.range.end..next.range.start) == Some(" ")
        && match (first.label, next.label) {
            (Label::Location, Label::Location) => true,
            (Label::Location, Label::Organisation) => ends(&LOCAL),
            (Label::Organisation, Label::Organisation) => ends(&BRANCHES),
            _ => false,
        }
}

/// Words for a facility that form one place with the place before them: `산티아고 국제공항`.
const FACILITIES: [&str; 24] = [
    "국제공항",
    "공항",
    "광장",
    "공원",
    "경기장",
    "보조경기장",
    "주경기장",
    "월드컵경기장",
    "체육관",
    "실내체육관",
    "종합운동장",
    "운동장",
    "터미널",
    "버스터미널",
    "해수욕장",
    "대교",
    "휴게소",
    "산업단지",
    "국가산업단지",
    "신도시",
    "혁신도시",
    "컨벤션센터",
    "한옥마을",
    "청사",
];

/// Extends selected places by the facility that follows them.
pub(crate) fn extend_places(text: &str, candidates: &mut [Candidate<'_>]) {
    for index in 0..candidates.len() {
        let limit = candidates.get(index + 1).map_or(text.len(), |next| next.range.start);
        let place = &mut candidates[index];
        if place.label != Label::Location || place.rule == Rule::User {
            continue;
        }
        let Some(rest) = text[place.range.end..limit].strip_prefix(' ') else { continue };
        let word = &rest[..rest.find(|c: char| !c.is_alphanumeric()).unwrap_or(rest.len())];
        let facility = FACILITIES
            .iter()
            .filter(|facility| word.strip_prefix(**facility).is_some_and(|after| is_particle_chain(facility, after)));
        if let Some(facility) = facility.max_by_key(|facility| facility.len()) {
            place.range.end += 1 + facility.len();
            place.name = None;
            place.rule = Rule::Merged;
        }
    }
}
