//! Weeks and weekdays: `지난주`, `다음 주 화요일`, `6월 첫째 주`, `금요일`, and the weekday beside a day.

use crate::cursor::Cursor;
use crate::expression::{Point, Unit};
use crate::follow::ends_word;
use crate::number::ordinal;
use crate::point::names::WEEKS;
use crate::point::part::eat_part;
use crate::point::{confirmed, read_adverb};

const WEEKDAYS: [char; 7] = ['월', '화', '수', '목', '금', '토', '일'];

/// Skips weekdays in brackets after a list of days: `27, 28일(토·일)`.
pub(crate) fn eat_weekdays_in_brackets(cursor: &mut Cursor<'_>) -> bool {
    let mut ahead = *cursor;
    ahead.space();
    let mut days = 0;
    if ahead.eat("(") {
        while ahead.eat_if(|c| WEEKDAYS.contains(&c)) {
            days += 1;
            ahead.eat("요일");
            ahead.eat_if(|c| matches!(c, '·' | ',' | '~' | '∼' | '-'));
            ahead.space();
        }
    }
    let found = days > 0 && ahead.eat(")");
    if found {
        *cursor = ahead;
    }
    found
}

/// Reads a weekday in brackets or after a space: `(일)`, ` (일요일)`, ` 일요일`.
pub(super) fn eat_weekday_behind(cursor: &mut Cursor<'_>) -> Option<u32> {
    let mut ahead = *cursor;
    ahead.eat(",");
    ahead.space();
    let weekday = if ahead.eat("(") {
        let c = ahead.peek()?;
        let index = WEEKDAYS.iter().position(|&day| day == c)?;
        ahead.at += c.len_utf8();
        ahead.eat("요일");
        if !ahead.eat(")") {
            return None;
        }
        index as u32 + 1
    } else {
        eat_weekday(&mut ahead).filter(|_| ends_word(ahead, "일"))?
    };
    *cursor = ahead;
    Some(weekday)
}

pub(crate) fn eat_weekday(cursor: &mut Cursor<'_>) -> Option<u32> {
    let mut ahead = *cursor;
    let c = ahead.peek()?;
    let index = WEEKDAYS.iter().position(|&day| day == c)?;
    ahead.at += c.len_utf8();
    ahead.eat("요일").then(|| {
        *cursor = ahead;
        index as u32 + 1
    })
}

/// Reads `첫째 주`, `둘째 주 일요일`, `첫 번째 금요일`, `마지막 주`.
pub(super) fn read_nth_week(cursor: &mut Cursor<'_>, base: Point) -> Option<Point> {
    let mut ahead = *cursor;
    let nth = ordinal(&mut ahead)?;
    ahead.space();
    if let Some(weekday) = eat_weekday(&mut ahead) {
        *cursor = ahead;
        return Some(Point { unit: Some(Unit::NthWeekday(nth)), weekday: Some(weekday), ..base });
    }
    if !ahead.eat("주") || ahead.rest().starts_with("차") {
        return None;
    }
    ahead.eat("말");
    let mut day = ahead;
    day.space();
    let weekday = eat_weekday(&mut day);
    if weekday.is_some() {
        ahead = day;
    }
    if !ends_word(ahead, "주") || weekday.is_none() && base.month.is_none() && base.year.is_none() {
        return None;
    }
    *cursor = ahead;
    let unit = if weekday.is_some() { Unit::NthWeekday(nth) } else { Unit::NthWeek(nth) };
    Some(Point { unit: Some(unit), weekday, ..base })
}

/// Reads `지난주`, `다음 주 화요일`, `이번 주말`, `지난주 초`.
pub(super) fn read_week(cursor: &mut Cursor<'_>) -> Option<Point> {
    let mut ahead = *cursor;
    let unit = ahead.eat_entry(WEEKS)?;
    let mut behind = ahead;
    behind.space();
    let mut weekday = eat_weekday(&mut behind);
    if weekday.is_some() {
        ahead = behind;
    } else {
        let mut part = ahead;
        part.space();
        if eat_part(&mut part) {
            ahead = part;
        }
    }
    if matches!(unit, Unit::WeekendFromPublication(_)) {
        weekday = None;
    }
    // `내주고`, `금주를` are other words.
    let word = &ahead.text[cursor.at..ahead.at];
    if matches!(word, "내주" | "금주")
        && !matches!(ahead.rest_of_word(), "" | "에" | "에는" | "부터" | "까지" | "의" | "엔")
    {
        return None;
    }
    let last = if weekday.is_some() { "일" } else { "주" };
    ends_word(ahead, last).then(|| {
        *cursor = ahead;
        Point { unit: Some(unit), weekday, confirmed: None, ..Point::default() }
    })
}

/// Reads `금요일`, `지난 금요일`, `다음 일요일`.
pub(super) fn read_weekday(cursor: &mut Cursor<'_>) -> Option<Point> {
    let mut ahead = *cursor;
    let adverb = read_adverb(&mut ahead);
    let weekday = eat_weekday(&mut ahead)?;
    let confirmed = confirmed(ahead);
    ends_word(ahead, "일").then(|| {
        *cursor = ahead;
        Point { adverb, weekday: Some(weekday), confirmed, ..Point::default() }
    })
}
