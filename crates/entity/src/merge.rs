//! Merging: places that stand side by side are one mention (`경주시 양남면 신대리`), as KLUE-NER has it.

use crate::Label;
use crate::candidate::Candidate;

/// Merges chosen places with only a space between them, and a place with the police, court or government of it.
pub(crate) fn merge_places(text: &str, candidates: &mut Vec<Candidate<'_>>) {
    let mut merged: Vec<Candidate<'_>> = Vec::with_capacity(candidates.len());
    for candidate in candidates.drain(..) {
        match merged.last_mut() {
            Some(last) if last.rule != "user" && candidate.rule != "user" && belong(text, last, &candidate) => {
                last.range.end = candidate.range.end;
                last.label = candidate.label;
                last.name = None;
                last.rule = "merged";
            }
            _ => merged.push(candidate),
        }
    }
    *candidates = merged;
}

/// Ends of organisations that take the place before them into their name.
const LOCAL: [&str; 8] = ["경찰서", "소방서", "정부", "경찰청", "지법", "지검", "경찰", "당국"];

fn belong(text: &str, place: &Candidate<'_>, next: &Candidate<'_>) -> bool {
    place.label == Label::Location
        && text.get(place.range.end..next.range.start) == Some(" ")
        && match next.label {
            Label::Location => true,
            Label::Organisation => LOCAL.iter().any(|end| text[next.range.clone()].ends_with(end)),
            _ => false,
        }
}
