//! The text after a number with `년`, `월` or `일`, which shows whether it is a duration or a point on the calendar.

use crate::cursor::{Cursor, is_space};
use gisa_text::particle::{is_follower, is_particle_chain};

/// Words after a duration, with or without a space, that are part of the mention.
const SPANS: [&str; 8] = ["여간", "동안", "내내", "연속", "간", "째", "차", "여"];

/// Words that show that the number before them is a duration, but are not part of the mention.
const SIGNS: [&str; 37] = [
    "만에",
    "만의",
    "만이",
    "만인",
    "만",
    "정도",
    "가량",
    "넘게",
    "넘는",
    "넘도록",
    "이상",
    "이하",
    "미만",
    "이내",
    "안에",
    "안팎",
    "내에",
    "내로",
    "남짓",
    "가까이",
    "걸쳐",
    "걸려",
    "걸린",
    "걸리",
    "걸렸",
    "짜리",
    "치",
    "된",
    "지난 뒤",
    "씩",
    "앞두",
    "앞둔",
    "앞으로",
    "남겨",
    "남은",
    "남아",
    "남았",
];

/// Nouns before which `전` means `all` and not `ago`: `23일 전 세계`.
const ALL: [&str; 30] = [
    "세계",
    "국민",
    "직원",
    "임직원",
    "대통령",
    "총리",
    "장관",
    "차관",
    "의원",
    "회장",
    "부회장",
    "사장",
    "대표",
    "감독",
    "시장",
    "지사",
    "위원장",
    "지역",
    "구간",
    "노선",
    "종목",
    "제품",
    "매장",
    "점포",
    "학년",
    "과정",
    "경기",
    "좌석",
    "세대",
    "교육감",
];

/// Returns whether the rest of a word after `전`, `후` or `뒤` is empty or a particle of an offset.
fn is_adverbial(rest: &str) -> bool {
    rest.is_empty()
        || ["에", "부터", "까지", "의", "인", "보다", "쯤", "께", "만", "이", "과", "엔", "로", "으로", "경"]
            .iter()
            .any(|particle| rest.strip_prefix(particle).is_some_and(|after| is_particle_chain(particle, after)))
}

/// Reads the word that turns a duration into an offset, and returns whether the offset is after the day.
///
/// `certain` is whether the duration cannot be a point on the calendar (`3개월 전`); after `23일 전` the next noun
/// decides.
pub(crate) fn direction(cursor: &mut Cursor<'_>, certain: bool) -> Option<bool> {
    let mut ahead = *cursor;
    ahead.space();
    let after = match ahead.peek()? {
        '전' => false,
        '후' | '뒤' => true,
        '지' if ahead.rest().starts_with("지나서") => {
            ahead.at += "지나서".len();
            *cursor = ahead;
            return Some(true);
        }
        _ => return None,
    };
    ahead.at += '전'.len_utf8();
    let word = ahead.rest_of_word();
    if !is_adverbial(word) {
        return None;
    }
    let next = ahead.rest().trim_start_matches(is_space);
    let all = !after && word.is_empty() && ALL.iter().any(|noun| next.starts_with(noun));
    let counts = if certain { !all } else { !word.is_empty() || after || next.len() == ahead.rest().len() };
    (counts && !all).then(|| {
        *cursor = ahead;
        after
    })
}

/// Skips a word that is part of the duration before it (`간`, `동안`, `째`), and returns whether there was one.
pub(crate) fn eat_span(cursor: &mut Cursor<'_>) -> bool {
    SPANS.iter().any(|span| {
        let mut ahead = *cursor;
        let spaced = ahead.space();
        // `3일 간다` and `3일 차를` are not durations: a single syllable after a space may be followed by a particle only.
        let found = ahead.eat(span) && (!spaced || span.chars().count() == 2 || *span == "간" || *span == "째");
        let found = found && ends_word(ahead, span);
        if found {
            *cursor = ahead;
        }
        found
    })
}

/// Returns whether the next word shows that the number before it is a duration.
pub(crate) fn is_length(cursor: Cursor<'_>) -> bool {
    let mut ahead = cursor;
    let spaced = ahead.space();
    let word = ahead.rest_of_word();
    let sign = SIGNS.iter().any(|sign| {
        ahead.rest().starts_with(sign) && (*sign != "만" || is_alone("만", word)) && (*sign != "치" || !spaced)
    });
    sign || ["동안", "내내", "연속", "간", "째"]
        .iter()
        .any(|span| is_follower(&[span], word) || (!spaced && word.starts_with(span)))
}

fn is_alone(word: &str, text: &str) -> bool {
    text.strip_prefix(word).is_some_and(|after| is_particle_chain(word, after))
}

/// Returns whether the rest of the word is empty, a chain of particles, or one of [`FOLLOWERS`].
pub(crate) fn ends_word(cursor: Cursor<'_>, last: &str) -> bool {
    let rest = cursor.rest_of_word();
    is_particle_chain(last, rest) || is_follower(&FOLLOWERS, rest)
}

/// Words other than particles that may directly follow a date or time.
pub(crate) const FOLLOWERS: [&str; 38] = [
    "경",
    "쯤",
    "께",
    "자",
    "까지",
    "만",
    "치",
    "당시",
    "밤",
    "오전",
    "오후",
    "새벽",
    "이후",
    "이전",
    "생",
    "산",
    "말",
    "초",
    "중",
    "대비",
    "현재",
    "기준",
    "들어",
    "여",
    "정도",
    "작",
    "출생",
    "가량",
    "짜리",
    "째",
    "된",
    "넘게",
    "남짓",
    "안",
    "들어서",
    "맞이",
    "이내",
    "판",
];
