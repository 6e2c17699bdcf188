//! Names that the user's gazetteers contain.

use crate::candidate::{Candidate, Evidence};
use crate::gazetteer::{Entry, Gazetteer};
use crate::rule::Rule;
use crate::sentence::AnalyzedSentence;
use gisa_text::Label;
use gisa_text::particle::{is_follower, is_particle_chain};

/// Recognizes the names of the user's gazetteers, whatever their labels.
pub(crate) struct GazetteerRecognizer {
    names: Gazetteer,
}

impl GazetteerRecognizer {
    pub fn new(names: Gazetteer) -> GazetteerRecognizer {
        GazetteerRecognizer { names }
    }

    /// Appends the longest name at the start of each word of the sentence.
    pub fn propose<'g>(&'g self, sentence: &AnalyzedSentence<'_>, candidates: &mut Vec<Candidate<'g>>) {
        if self.names.is_empty() {
            return;
        }
        for word in sentence.words {
            let start = word.range.start;
            let found = self.names.starting(&sentence.text[start..sentence.range.end]).find_map(|entry| {
                let range = start..start + entry.form.len();
                can_follow(entry, sentence.rest_of_word(range.end)).then_some((entry, range))
            });
            if let Some((entry, range)) = found {
                let candidate = Candidate::new(entry.label, range, Evidence::User, 1.0, Rule::User);
                candidates.push(Candidate { name: Some(&*entry.name), ..candidate });
            }
        }
    }
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
