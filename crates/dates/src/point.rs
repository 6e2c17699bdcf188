//! Points on the calendar: years, months, days, weeks, quarters and holidays, by number or by name.

use crate::cursor::{Cursor, is_space};
use crate::expression::{Adverb, MonthRef, Point, Unit, YearRef};
use crate::follow::{direction, ends_word, is_length};
use crate::holiday::HOLIDAYS;
use crate::number::sino;
use crate::{event, numeric};
use gisa_text::particle::is_particle_chain;

pub(crate) use week::{eat_weekday, eat_weekdays_in_brackets};
pub(crate) use year::century_of;

use names::{ADVERBS, DAYS, MONTHS, WEEKS, YEARS};
use part::{read_decade, read_half, read_part, read_quarter};
use week::{eat_weekday_behind, read_nth_week, read_week, read_weekday};
use year::{read_this_year, read_year, read_year_behind};

mod names;
mod part;
mod week;
mod year;

/// Returns the first words of points on the calendar that do not start with a digit.
pub(crate) fn first_words() -> impl Iterator<Item = &'static str> {
    const OTHERS: [&str; 14] =
        ["올", "음력", "양력", "상반", "하반", "말일", "월요", "화요", "수요", "목요", "금요", "토요", "일요", "전 분"];
    let years = YEARS.iter().map(|entry| entry.0).chain(MONTHS.iter().map(|entry| entry.0));
    let days = WEEKS.iter().map(|entry| entry.0).chain(DAYS.iter().map(|entry| entry.0));
    let holidays = HOLIDAYS.iter().map(|entry| entry.0).chain(ADVERBS.iter().map(|entry| entry.0));
    years.chain(days).chain(holidays).chain(OTHERS)
}

/// Reads a point on the calendar, with its adverb.
pub(crate) fn read(cursor: &mut Cursor<'_>) -> Option<Point> {
    numeric::read(cursor)
        .or_else(|| event::read(cursor))
        .or_else(|| read_relative_day(cursor))
        .or_else(|| read_with_weekday_first(cursor))
        .or_else(|| read_calendar(cursor))
        .or_else(|| read_week(cursor))
        .or_else(|| read_weekday(cursor))
        .or_else(|| read_holiday_of(cursor, Point::default()))
}

fn read_relative_day(cursor: &mut Cursor<'_>) -> Option<Point> {
    let mut ahead = *cursor;
    let unit = ahead.eat_entry(DAYS)?;
    let confirmed = confirmed(ahead);
    if !ends_word(ahead, "날") && !ends_word(ahead, "제") || ahead.rest().starts_with("야") {
        return None;
    }
    *cursor = ahead;
    Some(Point { unit: Some(unit), confirmed, ..Point::default() })
}

/// Reads the adverb, year and month before a list of numbers, each of which may be missing.
pub(crate) fn read_before_list(cursor: &mut Cursor<'_>) -> Point {
    let mut point = Point { adverb: read_adverb(cursor), ..Point::default() };
    point.year = read_year(cursor);
    if point.year.is_none() && cursor.eat("올") {
        point.year = Some(YearRef::FromPublication(0));
    }
    while cursor.space() {}
    point.month = read_month(cursor);
    while cursor.space() {}
    point
}

/// Returns the number of the day in brackets after a relative day: `이날(23일)`.
fn confirmed(cursor: Cursor<'_>) -> Option<u32> {
    let mut ahead = cursor;
    ahead.space();
    let (day, _) = ahead.eat("(").then(|| ahead.digits()).flatten()?;
    (ahead.eat("일")
        && (ahead.rest().starts_with(')') || ahead.rest().starts_with('·') || ahead.rest().starts_with(',')))
    .then_some(day)
}

/// Reads `월요일, 1월 22일`, `일요일 1월 21일 2018년`: a weekday before its date.
fn read_with_weekday_first(cursor: &mut Cursor<'_>) -> Option<Point> {
    let mut ahead = *cursor;
    let weekday = eat_weekday(&mut ahead)?;
    ahead.eat(",");
    if !ahead.space() {
        return None;
    }
    let point = read_calendar(&mut ahead)?;
    let named = matches!(point.month, Some(MonthRef::Number(_))) && matches!(point.unit, Some(Unit::Day(_)));
    named.then(|| {
        *cursor = ahead;
        Point { weekday: Some(weekday), ..point }
    })
}

/// Reads a year, a month or a day, with the units in it.
fn read_calendar(cursor: &mut Cursor<'_>) -> Option<Point> {
    let mut ahead = *cursor;
    if let Some(adverb) = read_adverb(&mut ahead)
        && let Some(point) = read_without_adverb(&mut ahead, Some(adverb))
    {
        *cursor = ahead;
        return Some(point);
    }
    // `지난 달`, `다음 달`: the adverb is part of the name.
    read_without_adverb(cursor, None)
}

fn read_without_adverb(cursor: &mut Cursor<'_>, adverb: Option<Adverb>) -> Option<Point> {
    let mut ahead = *cursor;
    let mut point = Point { adverb, ..Point::default() };
    point.lunar = ahead.eat("음력");
    if point.lunar || ahead.eat("양력") {
        ahead.space();
    }
    point.year = read_year(&mut ahead).or_else(|| read_this_year(&mut ahead));
    if point.year.is_some() {
        let end = ahead;
        let longer = read_in_year(&mut ahead, point);
        *cursor = if longer.is_some() { ahead } else { end };
        return longer.or(Some(point));
    }
    let found = read_in_year(&mut ahead, point)?;
    *cursor = ahead;
    Some(found)
}

fn read_adverb(cursor: &mut Cursor<'_>) -> Option<Adverb> {
    let mut ahead = *cursor;
    let adverb = ahead.eat_entry(ADVERBS)?;
    let apart = ahead.space() || ahead.peek().is_some_and(|c| c.is_ascii_digit());
    apart.then(|| {
        *cursor = ahead;
        adverb
    })
}

/// Reads a unit after a year or by itself: a month with the units in it, a quarter, a day ….
fn read_in_year(cursor: &mut Cursor<'_>, base: Point) -> Option<Point> {
    let mut ahead = *cursor;
    if base.year.is_some() {
        ahead.space();
        if ahead.eat("음력") {
            ahead.space();
        }
    }
    let lunar = base.lunar || cursor.text[cursor.at..ahead.at].contains("음력");
    let base = Point { lunar, ..base };
    let mut attempt = ahead;
    if let Some(month) = read_month(&mut attempt) {
        let point = Point { month: Some(month), ..base };
        let end = attempt;
        let Some(found) = read_in_month(&mut attempt, point) else {
            *cursor = end;
            return Some(point);
        };
        *cursor = attempt;
        return Some(Point { year: found.year.or_else(|| read_year_behind(cursor, &found)), ..found });
    }
    let readers: [fn(&mut Cursor<'_>, Point) -> Option<Point>; 6] =
        [read_quarter, read_half, read_decade, read_nth_week, read_day, read_part];
    for reader in readers {
        let mut attempt = ahead;
        if let Some(point) = reader(&mut attempt, base) {
            *cursor = attempt;
            return Some(point);
        }
    }
    if base.year.is_some() || base.adverb.is_some() {
        let mut attempt = ahead;
        let found = read_holiday_of(&mut attempt, base).or_else(|| event::read_in(&mut attempt, base));
        if found.is_some() {
            *cursor = attempt;
            return found;
        }
    }
    None
}

fn read_month(cursor: &mut Cursor<'_>) -> Option<MonthRef> {
    let mut ahead = *cursor;
    if let Some(month) = ahead.eat_entry(MONTHS) {
        *cursor = ahead;
        return Some(month);
    }
    if let Some((month, digits)) = ahead.digits() {
        if digits > 2 || !ahead.eat("월") {
            return None;
        }
        // `1월 달` means `1월`.
        let mut behind = ahead;
        if (behind.space() && behind.eat("달") || behind.eat("달")) && ends_word(behind, "달") {
            ahead = behind;
        }
        *cursor = ahead;
        return Some(MonthRef::Number(month));
    }
    let month = read_spelled(&mut ahead, "월").filter(|month| (1..=12).contains(month))?;
    // A spelled month needs a day after it, since `오월` is also a name.
    let mut day = ahead;
    (day.space() && read_spelled(&mut day, "일").is_some()).then(|| {
        *cursor = ahead;
        MonthRef::Number(month)
    })
}

/// Reads a spelled number before `월` or `일`.
fn read_spelled(cursor: &mut Cursor<'_>, unit: &str) -> Option<u32> {
    let word = cursor.rest_of_word();
    // The last `일` of `십일일` is the unit, so the last occurrence of the unit is tried first.
    word.rmatch_indices(unit).filter(|(at, _)| *at > 0).find_map(|(at, _)| {
        let mut number = Cursor::new(&word[..at], 0);
        let value = sino(&mut number).filter(|_| number.rest().is_empty())?;
        let mut ahead = *cursor;
        ahead.at += at + unit.len();
        ends_word(ahead, unit).then(|| {
            *cursor = ahead;
            value
        })
    })
}

/// Reads a unit after a month: a day, a week or a part.
fn read_in_month(cursor: &mut Cursor<'_>, base: Point) -> Option<Point> {
    let mut ahead = *cursor;
    ahead.eat("의");
    let mut day = ahead;
    day.eat("-");
    while day.space() {}
    if let Some(point) = read_day(&mut day, base) {
        *cursor = day;
        return Some(point);
    }
    let possessive = ahead.at > cursor.at;
    ahead.space();
    let readers: &[fn(&mut Cursor<'_>, Point) -> Option<Point>] =
        if possessive { &[read_nth_week] } else { &[read_nth_week, read_part] };
    for reader in readers {
        let mut attempt = ahead;
        if let Some(point) = reader(&mut attempt, base) {
            *cursor = attempt;
            return Some(point);
        }
    }
    None
}

/// Reads `23일`, `23일(일)`, `23일 일요일`, `말일`.
fn read_day(cursor: &mut Cursor<'_>, base: Point) -> Option<Point> {
    let mut ahead = *cursor;
    let unit = if ahead.eat("말일") {
        Unit::LastDay
    } else if let Some((day, digits)) = ahead.digits() {
        let alone = base.month.is_none();
        if digits > 2 || !ahead.eat("일") || alone && (day > 31 || is_length(ahead) || is_offset(day, ahead)) {
            return None;
        }
        Unit::Day(day)
    } else {
        let day = read_spelled(&mut ahead, "일")?;
        let alone = base.month.is_none();
        if alone && day <= 10 {
            return None;
        }
        Unit::Day(day)
    };
    let weekday = eat_weekday_behind(&mut ahead);
    *cursor = ahead;
    Some(Point { unit: Some(unit), weekday, ..base })
}

/// Returns whether a number of days is an offset (`3일 전`); a large number is one before a particle only (`20일 전에`).
fn is_offset(day: u32, mut behind: Cursor<'_>) -> bool {
    direction(&mut behind, day <= SURELY_COUNTED).is_some()
}

/// Maximum number of days that is an offset before `전` and a space.
pub(crate) const SURELY_COUNTED: u32 = 10;

/// Reads the name of a holiday, after a year or an adverb or by itself.
fn read_holiday_of(cursor: &mut Cursor<'_>, base: Point) -> Option<Point> {
    HOLIDAYS.iter().find_map(|&(name, holiday)| {
        let mut ahead = *cursor;
        let loose = name.chars().count() >= 4;
        let found = if loose { ahead.eat_loosely(name) } else { ahead.eat(name) };
        let found = found && ends_holiday(ahead, name);
        found.then(|| {
            *cursor = ahead;
            Point { unit: Some(Unit::Holiday(holiday)), ..base }
        })
    })
}

/// Returns whether the name of a holiday may end here. `설` has other meanings (`창립설`, `설 의원`).
fn ends_holiday(cursor: Cursor<'_>, name: &str) -> bool {
    let word = cursor.rest_of_word();
    if name == "설" || name == "동지" || name == "구정" {
        let next = cursor.rest().trim_start_matches(is_space);
        let festive = ["연휴", "명절", "당일", "대목", "선물", "차례", "귀성", "민생", "특집", "전후"];
        return (word.is_empty() || is_particle_chain(name, word) && word != "이" && word != "은")
            && festive.iter().any(|noun| next.starts_with(noun));
    }
    is_particle_chain(name, word)
        || ["날", "절", "연휴", "명절", "맞이", "전날"].iter().any(|noun| word.starts_with(noun))
        || word.starts_with("선물")
}
