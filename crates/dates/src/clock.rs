//! Times of day and durations shorter than a day: `오전 10시 30분`, `2시간 40분 동안`, `후반 27분`, `새벽`.
//!
//! They are mentions (`TI`) without a calendar value.

use crate::cursor::Cursor;
use crate::follow::{direction, ends_word};
use crate::number::native;

/// Parts of a day before a clock time, each before its prefixes.
const PARTS: [&str; 12] =
    ["이른 아침", "오전", "오후", "새벽", "아침", "한낮", "대낮", "한밤", "낮", "밤", "저녁", "심야"];

/// Parts of a day that are mentions by themselves.
const ALONE: [&str; 15] = [
    "이른 아침",
    "오전",
    "오후",
    "새벽",
    "아침",
    "한낮",
    "대낮",
    "점심",
    "저녁",
    "한밤중",
    "한밤",
    "심야",
    "자정",
    "정오",
    "밤",
];

const HALVES: [&str; 5] = ["전반", "후반", "연장 전반", "연장 후반", "연장"];

/// Returns the first words of times that do not start with a number.
pub(crate) fn first_words() -> impl Iterator<Item = &'static str> {
    PARTS.into_iter().chain(ALONE).chain(HALVES)
}

/// Reads a time of day or a short duration.
pub(crate) fn read(cursor: &mut Cursor<'_>) -> Option<()> {
    [read_match_minute, read_clock, read_length, read_part].iter().find_map(|reader| {
        let mut ahead = *cursor;
        reader(&mut ahead)?;
        let word = &ahead.text[cursor.at..ahead.at];
        ends_word(ahead, word).then(|| *cursor = ahead)
    })
}

/// Reads `후반 27분`, `전반 추가시간 2분`.
fn read_match_minute(cursor: &mut Cursor<'_>) -> Option<()> {
    cursor.eat_any(&HALVES)?;
    cursor.space();
    if cursor.eat("추가") {
        cursor.space();
        cursor.eat("시간");
        cursor.space();
    }
    read_number(cursor)?;
    cursor.eat("분").then_some(())
}

/// Reads `오전 10시 30분`, `9시`, `10:30`, `오전 1시∼3시 30분`, `오후 2~3시`.
fn read_clock(cursor: &mut Cursor<'_>) -> Option<()> {
    let part = cursor.eat_any(&PARTS).is_some();
    if part {
        cursor.space();
    }
    let mut range = *cursor;
    if range.digits().is_some()
        && eat_range_sign(&mut range)
        && range.digits().is_some_and(|(hour, _)| hour <= 24)
        && range.eat("시")
        && !range.rest().starts_with("간")
    {
        *cursor = range;
        return Some(());
    }
    read_time(cursor, part)?;
    let mut to = *cursor;
    if eat_range_sign(&mut to) {
        let part = to.eat_any(&PARTS).is_some();
        to.space();
        if read_time(&mut to, part).is_some() {
            *cursor = to;
        }
    }
    Some(())
}

fn eat_range_sign(cursor: &mut Cursor<'_>) -> bool {
    let mut ahead = *cursor;
    ahead.space();
    let found = ahead.eat_if(|c| matches!(c, '~' | '∼' | '～' | '-' | '–'));
    ahead.space();
    if found {
        *cursor = ahead;
    }
    found
}

/// Reads `10시 30분 5초`, `9시 반`, `10:30`, `두 시`.
fn read_time(cursor: &mut Cursor<'_>, part: bool) -> Option<()> {
    let mut ahead = *cursor;
    let (hour, digits) = match ahead.digits() {
        Some(found) => found,
        None => (native(&mut ahead).and_then(|count| count.0).filter(|&hour| hour <= 12)?, 0),
    };
    if hour > 30 || digits > 2 {
        return None;
    }
    if digits > 0 && ahead.eat(":") {
        let (minute, minute_digits) = ahead.digits()?;
        if minute > 59 || minute_digits != 2 || ahead.rest().starts_with(':') && !part {
            return None;
        }
        *cursor = ahead;
        return Some(());
    }
    if digits == 0 {
        ahead.space();
    }
    if !ahead.eat("시") || ahead.rest().starts_with("간") {
        return None;
    }
    // `세 시` is an hour only with a part of the day or minutes.
    let mut minutes = ahead;
    minutes.space();
    let half = minutes.eat("반") && ends_word(minutes, "반");
    let found = half || (minutes.digits().is_some() && minutes.eat("분"));
    if found {
        ahead = minutes;
        let mut seconds = ahead;
        seconds.space();
        if seconds.digits().is_some() && seconds.eat("초") && ends_word(seconds, "초") {
            ahead = seconds;
        }
    }
    if digits == 0 && !part && !found {
        return None;
    }
    *cursor = ahead;
    Some(())
}

/// Reads `2시간 40분 동안`, `한 시간`, `93분`, `30초`, `40분 뒤`, `3시간 40여분`.
fn read_length(cursor: &mut Cursor<'_>) -> Option<()> {
    let mut ahead = *cursor;
    let spelled = ahead.peek().is_some_and(|c| !c.is_ascii_digit());
    read_number(&mut ahead)?;
    let mut count = ahead;
    count.space();
    if count.eat("여") {
        ahead = count;
    }
    ahead.space();
    let hours = ahead.eat("시간");
    let minutes = !hours && !spelled && ahead.eat("분");
    if !hours && !minutes && (spelled || !ahead.eat("초")) || ahead.rest().starts_with("의 ") && minutes {
        return None;
    }
    if hours {
        let mut half = ahead;
        half.space();
        if half.eat("반") && ends_word(half, "반") {
            ahead = half;
        }
        eat_smaller(&mut ahead, "분");
    }
    if hours || minutes {
        eat_smaller(&mut ahead, "초");
    }
    let mut span = ahead;
    span.space();
    let spanned = span.eat("동안")
        || ahead.rest().starts_with("간") && {
            span = ahead;
            span.eat("간")
        };
    if spanned && ends_word(span, "동안") {
        ahead = span;
    } else {
        direction(&mut ahead, true);
    }
    *cursor = ahead;
    Some(())
}

fn eat_smaller(cursor: &mut Cursor<'_>, unit: &str) {
    let mut ahead = *cursor;
    ahead.space();
    let found = ahead.digits().is_some();
    ahead.eat("여");
    ahead.space();
    if found && ahead.eat(unit) && ends_word(ahead, unit) {
        *cursor = ahead;
    }
}

/// Maximum number of separators in a number: thousands, a fraction and the other end of a range.
const PARTS_OF_NUMBER: usize = 4;

/// Reads a number in digits, with thousands, a fraction or a range, or in words.
fn read_number(cursor: &mut Cursor<'_>) -> Option<()> {
    let mut ahead = *cursor;
    if ahead.digits().is_none() {
        return native(cursor).map(|_| ());
    }
    for _ in 0..PARTS_OF_NUMBER {
        let mut next = ahead;
        if next.eat_if(|c| matches!(c, '~' | '∼' | '-' | '～' | '.' | ',')) && next.digits().is_some() {
            ahead = next;
        }
    }
    *cursor = ahead;
    Some(())
}

/// Reads `새벽`, `정오`: a part of the day by itself.
fn read_part(cursor: &mut Cursor<'_>) -> Option<()> {
    cursor.eat_any(&ALONE).map(|_| ())
}
