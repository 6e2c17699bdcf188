//! Quantities: `QT`. Numbers with what they count, ordinals, and numbers alone.

use std::ops::Range;

use regex::Regex;

use crate::candidate::{Candidate, Score};
use crate::recognizer::Recognizer;
use crate::rule::Rule;
use crate::sentence::AnalyzedSentence;
use gisa_text::Label;
use gisa_text::particle::{is_follower, is_particle_chain};

/// The score of a quantity, below that of dates and times.
const SCORE: Score = 70;

/// Units written in Latin letters or signs, longer ones before those that begin them.
const UNITS: &str = "%포인트|%p|%P|%|㎞|km|㎜|mm|㎝|cm|㎏|kg|㎡|㎥|kW|MW|GW|Mbps|GB|TB|MB|ha|mg|ml|ℓ|t|g|m|D|G|人";

/// Counters (단위 명사) that may be separated from their number by a space; attached ones may be any word of up to three
/// syllables.
const COUNTERS: &str = "명|인|개국|개소|개교|개월|개|건|곳|대|번째|번|회|차례|차|위|점|살|세대|세트|세|권|편|장|마리|가지|배|척|채|\
그루|원|달러|엔|위안|유로|파운드|퍼센트|포인트|평|톤|리터|도|층|호선|호|조|팀|학년|등급|등|골|승|패|홈런|안타|라운드|표|석|가구|\
사람|종목|종|킬로미터|킬로그램|킬로|미터|헥타르|에이커|마일|야드|인치|피트|번 홀|조회 수";

/// Korean numerals before a counter.
const NATIVE: &str = "(?:한두|한|두세|두|세|네|다섯|여섯|일곱|여덟|아홉|열한|열두|열|스무|스물|서른|마흔|수십|수백|수천|수만|수|몇|첫|서너|여러)";

/// Counters that are written together with a Korean numeral (`한번`, `세명`). Others would make quantities of common
/// words and places: `수도`, `한편`, `세종`, `열차`.
const ATTACHED: &str = "번째|번|명|개|가지|차례|살|사람|마디|곳|시즌";

/// Recognizes quantities.
pub(crate) struct QuantityRecognizer {
    digits: Regex,
    native: Regex,
}

impl QuantityRecognizer {
    pub fn new() -> QuantityRecognizer {
        let compile =
            |alternatives: &[String]| Regex::new(&alternatives.join("|")).expect("the patterns are fixed and tested");
        let number = r"(?:[-−]?[0-9][0-9,]*(?:\.[0-9]+)?)";
        let scaled = format!(r"{number}(?:\s?[조억만천백십]+(?:\s?[0-9][0-9,]*(?:\.[0-9]+)?)?)*");
        let range = format!(r"(?:제\s?)?{scaled}(?:\s?[~∼-]\s?{scaled})?");
        let digits = [
            format!(r"{range}\s?(?:여\s?)?(?:{UNITS})(?:\s?대)?"),
            format!(r"{range}\s(?:여\s?)?(?:{COUNTERS})"),
            format!(r"{range}(?:여\s?)?[가-힣]{{0,4}}"),
        ];
        let native = [
            format!(r"{NATIVE}\s(?:{COUNTERS}|마디|줄|송이|폭|배우|자리|군데|잔|병|쪽|방)"),
            format!(r"{NATIVE}(?:{ATTACHED})"),
            "하나|둘|셋|넷".to_owned(),
            r"(?:두|세|네|다섯|여섯)\s[가-힣]{2}".to_owned(),
        ];
        QuantityRecognizer { digits: compile(&digits), native: compile(&native) }
    }
}

impl Recognizer for QuantityRecognizer {
    fn propose<'g>(&'g self, sentence: &AnalyzedSentence<'_>, candidates: &mut Vec<Candidate<'g>>) {
        let text = sentence.str();
        let digits = self.digits.find_iter(text).filter_map(|found| digits_end(text, found.range()));
        let native = self.native.find_iter(text).filter_map(|found| native_end(text, found.range()));
        candidates.extend(digits.chain(native).map(|range| {
            let range = sentence.range.start + range.start..sentence.range.start + range.end;
            Candidate::new(Label::Quantity, range, SCORE, Rule::Quantity)
        }));
    }
}

/// Words that may directly follow a quantity, besides particles.
const FOLLOWERS: [&str; 20] = [
    "가량", "정도", "안팎", "여", "짜리", "씩", "쯤", "당", "어치", "규모", "꼴", "급", "들", "남짓", "이상", "이하",
    "때", "미만", "만점", "권",
];

/// Returns the quantity in digits of a match that may include particles after its counter: the shortest that particles
/// or [`FOLLOWERS`] may follow. `None` if it is part of a longer word.
fn digits_end(text: &str, found: Range<usize>) -> Option<Range<usize>> {
    let word_end = alone(text, &found)?;
    let is_hangul = |c: char| matches!(c, '가'..='힣');
    let number_end = found.start + text[found.clone()].trim_end_matches(is_hangul).len();
    let ends = text[number_end..found.end].char_indices().map(|(at, c)| number_end + at + c.len_utf8());
    std::iter::once(number_end)
        .chain(ends)
        .filter(|&end| end > found.start)
        .find(|&end| {
            let after = &text[end..word_end];
            let counted = end > number_end || !after.starts_with(is_counter_syllable);
            counted && can_follow(&text[found.start..end], after)
        })
        .map(|end| found.start..end)
}

/// Returns the quantity in Korean numerals of a match of the numeral and its noun. If a space separates them, the match
/// has the first two syllables of the noun, which may be up to four syllables longer.
fn native_end(text: &str, found: Range<usize>) -> Option<Range<usize>> {
    let word_end = alone(text, &found)?;
    let longer = if text[found.clone()].contains(char::is_whitespace) { 4 } else { 0 };
    let ends = text[found.end..word_end].char_indices().map(|(at, c)| found.end + at + c.len_utf8());
    std::iter::once(found.end)
        .chain(ends.take(longer))
        .find(|&end| can_follow(&text[found.start..end], &text[end..word_end]))
        .map(|end| found.start..end)
}

/// Returns the end of the word in which a match ends; `None` if the match is part of a word, an address or a telephone
/// number.
fn alone(text: &str, found: &Range<usize>) -> Option<usize> {
    let before = text[..found.start].chars().next_back();
    if before.is_some_and(|c| c.is_alphanumeric() || matches!(c, '.' | ',' | '-' | '/' | '@' | '_')) {
        return None;
    }
    let rest = &text[found.end..];
    let goes_on = rest.starts_with(['-', '/', '@', '_', ':'])
        || rest.strip_prefix('.').is_some_and(|after| after.starts_with(char::is_alphanumeric));
    let word = rest.find(|c: char| !c.is_alphanumeric()).unwrap_or(rest.len());
    (!goes_on).then_some(found.end + word)
}

/// Syllables that are counters although there are particles of the same form (`3만`, `2도`, `5인`, `3일`, `4대`).
fn is_counter_syllable(c: char) -> bool {
    matches!(c, '만' | '도' | '인' | '일' | '대')
}

fn can_follow(quantity: &str, word: &str) -> bool {
    is_particle_chain(quantity, word) || is_follower(&FOLLOWERS, word)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::candidate::select;

    #[test]
    fn forms() {
        let recognizer = QuantityRecognizer::new();
        for (text, expected) in [
            ("3조 5천억 원을", "3조 5천억 원"),
            ("군인 18명이", "18명"),
            ("물가가 1.5% 올랐다", "1.5%"),
            ("제11대 총장", "제11대"),
            ("두 번째 경기", "두 번째"),
            ("100여명이", "100여명"),
            ("4천300t급", "4천300t"),
            ("지하철 4호선에서", "4호선"),
            ("042-123-4567", ""),
            ("B2B 사업", ""),
            ("최모(32)씨", "32"),
            ("평균 8.3% 인상", "8.3%"),
            ("29라운드에서 3골을", "29라운드 3골"),
            ("5만 8200원에", "5만 8200원"),
            ("10만 명의", "10만 명"),
            ("3-1로 이겼다", "3-1"),
            ("배우 하나가", "하나"),
            ("두 배우가", "두 배우"),
            ("세 남자의", "세 남자"),
            ("차례로 둘러본다", ""),
            ("두 연구소가", "두 연구소"),
            ("한 송이", "한 송이"),
            ("4대를 5도에서", "4대 5도"),
        ] {
            let sentence = AnalyzedSentence { text, range: 0..text.len(), morphemes: &[], words: &[] };
            let mut candidates = Vec::new();
            recognizer.propose(&sentence, &mut candidates);
            select(&mut candidates);
            let found: Vec<&str> = candidates.iter().map(|c| &text[c.range.clone()]).collect();
            assert_eq!(found.join(" "), expected, "in {text:?}");
        }
    }
}
