//! Tense: whether the words after a date refer to the past or to the future.
//!
//! The first word with a tense decides: past for `열린` and `밝혔다`; future for `열릴 예정`, `하기로`, `앞두고` and `연다`. A
//! verb in the present that modifies a noun (`열리는 회의`) has none.

/// The tense of the words after a date.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Tense {
    /// The past.
    Past,
    /// The future, as of a plan.
    Future,
    /// The present, which with a date mostly refers to the future.
    Present,
    /// No tense.
    Open,
}

/// Parts of words that mark the future.
const FUTURE: [&str; 12] =
    ["예정", "계획", "앞두", "앞둔", "방침", "전망", "내다봤", "내다보", "기로", "려고", "예고", "예보"];

/// Nouns that mark the future after a verb that ends in `ㄹ`: `열릴 예정`, `나올 것으로`.
const AFTER_RIEUL: [&str; 9] = ["예정", "계획", "것", "전망", "방침", "듯", "가능성", "때까지", "준비"];

/// Endings of past verbs that modify a noun.
const PAST_ENDINGS: [&str; 36] = [
    "열린",
    "치러진",
    "이뤄진",
    "벌어진",
    "펼쳐진",
    "알려진",
    "숨진",
    "빠진",
    "터진",
    "가진",
    "던",
    "된",
    "받은",
    "맺은",
    "마친",
    "끝난",
    "일어난",
    "떠난",
    "나온",
    "낸",
    "보낸",
    "펴낸",
    "나타난",
    "드러난",
    "시킨",
    "일으킨",
    "선보인",
    "들어온",
    "찾은",
    "맞은",
    "내린",
    "올린",
    "꾸린",
    "걸린",
    "당한",
    "넘긴",
];

/// Nouns of actions that form a past verb with `한`: `발표한 자료`. Adjectives have the same form and no tense.
const ACTED: [&str; 44] = [
    "발표", "개최", "방문", "발생", "출시", "공개", "시작", "시행", "보도", "체결", "개봉", "개막", "폐막", "사망",
    "입국", "출국", "귀국", "취임", "설립", "실시", "진행", "기록", "선언", "제출", "참석", "출연", "방송", "발언",
    "통과", "제정", "출범", "도입", "출발", "도착", "합의", "결정", "게재", "발간", "창업", "창단", "입단", "합류",
    "데뷔", "주최",
];

/// Returns the tense of the words after a date, up to the end of the sentence or the next date.
pub(crate) fn of(behind: &str) -> Tense {
    let mut words = spoken(behind).take(40).peekable();
    let mut first = true;
    while let Some(word) = words.next() {
        let word = word.trim_matches(|c: char| !c.is_alphanumeric());
        let is_particle = std::mem::take(&mut first) && !behind.starts_with([' ', '\u{a0}']);
        // An event that is postponed to a day or set for it may be reported before or after the day.
        if is_particle && (word == "로" || word == "까지" || word == "까지로") {
            return until(words);
        }
        if let Some(tense) = of_word(word, words.peek().copied().unwrap_or_default()) {
            return tense;
        }
    }
    Tense::Open
}

/// Returns the words outside quotation marks, since quotations have their own tense.
fn spoken(behind: &str) -> impl Iterator<Item = &str> {
    let mut depth = 0_u32;
    let mut straight = false;
    behind.split([' ', '\u{a0}', '\n', '\t']).filter(move |word| {
        let outside = depth == 0 && !straight;
        for c in word.chars() {
            match c {
                '“' | '‘' => depth += 1,
                '”' | '’' => depth = depth.saturating_sub(1),
                '"' => straight = !straight,
                _ => {}
            }
        }
        !word.is_empty() && outside && !word.starts_with(['“', '"', '‘'])
    })
}

/// Returns the tense after `까지`, where a past verb gives the time of a decision and only a plan gives the tense.
fn until<'w>(mut words: impl Iterator<Item = &'w str>) -> Tense {
    let tense = |word: &str| {
        let planned = FUTURE.iter().any(|sign| word.contains(sign));
        if planned { Some(Tense::Future) } else { is_present(word).then_some(Tense::Present) }
    };
    words.find_map(tense).unwrap_or(Tense::Open)
}

fn of_word(word: &str, next: &str) -> Option<Tense> {
    if FUTURE.iter().any(|sign| word.contains(sign)) {
        return Some(Tense::Future);
    }
    if word.contains('겠') {
        return Some(Tense::Future);
    }
    let last = word.chars().next_back()?;
    if final_of(last) == Some(RIEUL) && !["을", "를"].contains(&&*last.to_string()) {
        let next = next.trim_matches(|c: char| !c.is_alphanumeric());
        if AFTER_RIEUL.iter().any(|noun| next.starts_with(noun)) {
            return Some(Tense::Future);
        }
    }
    if word.chars().any(is_past_syllable) {
        return Some(Tense::Past);
    }
    if is_present(word) {
        return Some(Tense::Present);
    }
    let acted = word.strip_suffix('한').is_some_and(|noun| ACTED.iter().any(|act| noun.ends_with(act)));
    (acted || PAST_ENDINGS.iter().any(|ending| word.ends_with(ending))).then_some(Tense::Past)
}

/// Returns whether a word is a verb in the present, which with a day refers to the future: `한다`, `열린다고`, `받는다`.
fn is_present(word: &str) -> bool {
    let mut before = None;
    for c in word.chars() {
        if c == '다' && before.is_some_and(|c| final_of(c) == Some(NIEUN)) {
            return true;
        }
        before = Some(c);
    }
    false
}

/// Returns whether a syllable marks the past: one that ends in `ㅆ` (`했`, `됐`, `었`), except `있` and `겠`.
fn is_past_syllable(c: char) -> bool {
    final_of(c) == Some(SSANGSIOT) && c != '있' && c != '겠'
}

const NIEUN: u32 = 4;
const RIEUL: u32 = 8;
const SSANGSIOT: u32 = 20;

/// Returns the index of a syllable's final consonant: a precomposed syllable is 0xAC00 + (initial * 21 + medial) * 28 +
/// final (The Unicode Standard, 3.12).
fn final_of(c: char) -> Option<u32> {
    matches!(c, '가'..='힣').then(|| (u32::from(c) - 0xAC00) % 28)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_first_word_that_tells_decides() {
        for (behind, expected) in [
            (" 밝혔다.", Tense::Past),
            (" 열릴 예정이다.", Tense::Future),
            (" 열린 회의에서 말한다.", Tense::Past),
            (" 시청에서 개최한 행사다.", Tense::Past),
            (" 중요한 회의", Tense::Open),
            ("까지 연장했다.", Tense::Open),
            ("까지 신청을 받는다고 밝혔다.", Tense::Present),
            ("부터 시행하기로 했다.", Tense::Future),
            (" 개막을 앞두고 준비했다.", Tense::Future),
            (" 문을 연다.", Tense::Present),
            (" 열리는 회의에 참석한다고 말했다.", Tense::Present),
            (" “내일 열겠다”고 밝혔다.", Tense::Past),
            (" 나올 것으로 보인다.", Tense::Future),
            (" 개막", Tense::Open),
            ("에 비가 오겠다.", Tense::Future),
            (" 매출을 것이다", Tense::Open),
        ] {
            assert_eq!(of(behind), expected, "{behind}");
        }
    }
}
