//! Places on the calendar: years, months, days, weeks, quarters, holidays, by number or by name.

use crate::date::cursor::{Cursor, is_space};
use crate::date::expression::{Adverb, MonthRef, Point, Unit, YearRef};
use crate::date::follow::{direction, ends_word, is_length};
use crate::date::holiday::HOLIDAYS;
use crate::date::number::{ordinal, sino};
use crate::date::{event, numeric};
use crate::particle::is_particle_chain;

const YEARS: &[(&str, YearRef)] = &[
    ("지난 한 해", YearRef::FromPublication(-1)),
    ("지지난해", YearRef::FromPublication(-2)),
    ("지난해", YearRef::FromPublication(-1)),
    ("지난 해", YearRef::FromPublication(-1)),
    ("재작년", YearRef::FromPublication(-2)),
    ("작년", YearRef::FromPublication(-1)),
    ("올 한 해", YearRef::FromPublication(0)),
    ("올 한해", YearRef::FromPublication(0)),
    ("올해", YearRef::FromPublication(0)),
    ("올 해", YearRef::FromPublication(0)),
    ("금년", YearRef::FromPublication(0)),
    ("내후년", YearRef::FromPublication(2)),
    ("내년", YearRef::FromPublication(1)),
    ("명년", YearRef::FromPublication(1)),
    ("이듬해", YearRef::FromLast(1)),
    ("이듬 해", YearRef::FromLast(1)),
    ("다다음 해", YearRef::FromLast(2)),
    ("다음 해", YearRef::FromLast(1)),
    ("다음해", YearRef::FromLast(1)),
    ("익년", YearRef::FromLast(1)),
    ("같은 해", YearRef::FromLast(0)),
    ("같은해", YearRef::FromLast(0)),
    ("그해", YearRef::FromLast(0)),
    ("그 해", YearRef::FromLast(0)),
    ("동년", YearRef::FromLast(0)),
    ("전년", YearRef::FromLast(-1)),
];

const MONTHS: &[(&str, MonthRef)] = &[
    ("지지난달", MonthRef::FromPublication(-2)),
    ("지난달", MonthRef::FromPublication(-1)),
    ("지난 달", MonthRef::FromPublication(-1)),
    ("저번 달", MonthRef::FromPublication(-1)),
    ("저번달", MonthRef::FromPublication(-1)),
    ("이번 달", MonthRef::FromPublication(0)),
    ("이번달", MonthRef::FromPublication(0)),
    ("이달", MonthRef::FromPublication(0)),
    ("이 달", MonthRef::FromPublication(0)),
    ("금월", MonthRef::FromPublication(0)),
    ("다다음 달", MonthRef::FromPublication(2)),
    ("다다음달", MonthRef::FromPublication(2)),
    ("다음 달", MonthRef::FromPublication(1)),
    ("다음달", MonthRef::FromPublication(1)),
    ("다가오는 달", MonthRef::FromPublication(1)),
    ("내달", MonthRef::FromPublication(1)),
    ("같은 달", MonthRef::FromLast(0)),
    ("같은달", MonthRef::FromLast(0)),
    ("그달", MonthRef::FromLast(0)),
    ("동월", MonthRef::FromLast(0)),
    ("전월", MonthRef::FromLast(-1)),
    ("전달", MonthRef::FromLast(-1)),
];

/// Weekends before weeks: the longer before what begins it.
const WEEKS: &[(&str, Unit)] = &[
    ("지난 주말", Unit::WeekendFromPublication(-1)),
    ("지난주말", Unit::WeekendFromPublication(-1)),
    ("지난주 주말", Unit::WeekendFromPublication(-1)),
    ("이번 주말", Unit::WeekendFromPublication(0)),
    ("이번주말", Unit::WeekendFromPublication(0)),
    ("이번 주 주말", Unit::WeekendFromPublication(0)),
    ("그 주말", Unit::WeekendFromPublication(0)),
    ("다다음 주말", Unit::WeekendFromPublication(2)),
    ("다음 주말", Unit::WeekendFromPublication(1)),
    ("다음 주 주말", Unit::WeekendFromPublication(1)),
    ("다음주 주말", Unit::WeekendFromPublication(1)),
    ("지지난주", Unit::WeekFromPublication(-2)),
    ("지지난 주", Unit::WeekFromPublication(-2)),
    ("지난주", Unit::WeekFromPublication(-1)),
    ("지난 주", Unit::WeekFromPublication(-1)),
    ("저번 주", Unit::WeekFromPublication(-1)),
    ("저번주", Unit::WeekFromPublication(-1)),
    ("이번 주", Unit::WeekFromPublication(0)),
    ("이번주", Unit::WeekFromPublication(0)),
    ("이 주", Unit::WeekFromPublication(0)),
    ("금주", Unit::WeekFromPublication(0)),
    ("다다음 주", Unit::WeekFromPublication(2)),
    ("다다음주", Unit::WeekFromPublication(2)),
    ("다음 주", Unit::WeekFromPublication(1)),
    ("다음주", Unit::WeekFromPublication(1)),
    ("다가오는 주", Unit::WeekFromPublication(1)),
    ("내주", Unit::WeekFromPublication(1)),
    ("같은 주", Unit::WeekFromLast(0)),
    ("그 주", Unit::WeekFromLast(0)),
];

const DAYS: &[(&str, Unit)] = &[
    ("내일모레", Unit::DayFromPublication(2)),
    ("내일 모레", Unit::DayFromPublication(2)),
    ("그끄저께", Unit::DayFromPublication(-3)),
    ("그저께", Unit::DayFromPublication(-2)),
    ("엊그제", Unit::Unknown),
    ("그제", Unit::DayFromPublication(-2)),
    ("어저께", Unit::DayFromPublication(-1)),
    ("어제", Unit::DayFromPublication(-1)),
    ("오늘", Unit::DayFromPublication(0)),
    ("금일", Unit::DayFromPublication(0)),
    ("내일", Unit::DayFromPublication(1)),
    ("명일", Unit::DayFromPublication(1)),
    ("모레", Unit::DayFromPublication(2)),
    ("그글피", Unit::DayFromPublication(4)),
    ("글피", Unit::DayFromPublication(3)),
    ("이날", Unit::DayFromLast(0)),
    ("이 날", Unit::DayFromLast(0)),
    ("그날", Unit::DayFromLast(0)),
    ("그 날", Unit::DayFromLast(0)),
    ("당일", Unit::DayFromLast(0)),
    ("같은 날", Unit::DayFromLast(0)),
    ("같은날", Unit::DayFromLast(0)),
    ("하루 전날", Unit::DayFromLast(-1)),
    ("바로 전날", Unit::DayFromLast(-1)),
    ("그 전날", Unit::DayFromLast(-1)),
    ("그전날", Unit::DayFromLast(-1)),
    ("전날", Unit::DayFromLast(-1)),
    ("전일", Unit::DayFromLast(-1)),
    ("바로 다음 날", Unit::DayFromLast(1)),
    ("바로 다음날", Unit::DayFromLast(1)),
    ("그 다음 날", Unit::DayFromLast(1)),
    ("그다음 날", Unit::DayFromLast(1)),
    ("그 다음날", Unit::DayFromLast(1)),
    ("그다음날", Unit::DayFromLast(1)),
    ("다음 날", Unit::DayFromLast(1)),
    ("다음날", Unit::DayFromLast(1)),
    ("이튿날", Unit::DayFromLast(1)),
    ("익일", Unit::DayFromLast(1)),
];

const WEEKDAYS: [char; 7] = ['월', '화', '수', '목', '금', '토', '일'];

const ADVERBS: &[(&str, Adverb)] = &[
    ("지난", Adverb::Past),
    ("오는", Adverb::Coming),
    ("다가오는", Adverb::Coming),
    ("돌아오는", Adverb::Coming),
    ("이번", Adverb::This),
    ("다음", Adverb::Next),
];

/// The words with which places on the calendar begin that begin with no digit.
pub(crate) fn first_words() -> impl Iterator<Item = &'static str> {
    const OTHERS: [&str; 14] =
        ["올", "음력", "양력", "상반", "하반", "말일", "월요", "화요", "수요", "목요", "금요", "토요", "일요", "전 분"];
    let years = YEARS.iter().map(|entry| entry.0).chain(MONTHS.iter().map(|entry| entry.0));
    let days = WEEKS.iter().map(|entry| entry.0).chain(DAYS.iter().map(|entry| entry.0));
    let holidays = HOLIDAYS.iter().map(|entry| entry.0).chain(ADVERBS.iter().map(|entry| entry.0));
    years.chain(days).chain(holidays).chain(OTHERS)
}

/// Reads a place on the calendar, with the adverb that belongs to it.
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

/// Reads what a list of numbers may have before it: an adverb, a year, a month.
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

/// Goes over weekdays in brackets behind a list of days: `27, 28일(토·일)`.
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

/// The number of the day in the brackets behind: `이날(23일)`.
fn confirmed(cursor: Cursor<'_>) -> Option<u32> {
    let mut ahead = cursor;
    ahead.space();
    let (day, _) = ahead.eat("(").then(|| ahead.digits()).flatten()?;
    (ahead.eat("일")
        && (ahead.rest().starts_with(')') || ahead.rest().starts_with('·') || ahead.rest().starts_with(',')))
    .then_some(day)
}

/// `월요일, 1월 22일`, `일요일 1월 21일 2018년`: a weekday before the date that it goes with.
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

/// A year, a month or a day, each with what belongs to it.
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

/// `2024년`, `'24년`, `98년도`, `지난해`.
fn read_year(cursor: &mut Cursor<'_>) -> Option<YearRef> {
    let mut ahead = *cursor;
    if let Some(year) = ahead.eat_entry(YEARS) {
        // `작년도`, `내년도 예산`; in `올해도` it is a particle.
        if ahead.cursor_ends_with("년") && ahead.rest().starts_with('도') {
            let mut longer = ahead;
            longer.at += '도'.len_utf8();
            if longer.rest_of_word().is_empty() && !longer.rest().starts_with(['.', ',']) {
                ahead = longer;
            }
        }
        *cursor = ahead;
        return Some(year);
    }
    let short = ahead.eat_if(|c| matches!(c, '\'' | '‘' | '’'));
    let (number, digits) = match ahead.digits() {
        Some((_, digits)) if short && digits != 2 => return None,
        Some(found) => found,
        None if !short => {
            let number = sino(&mut ahead).filter(|&number| number > 1000)?;
            (number, 4)
        }
        None => return None,
    };
    let mut unit = ahead;
    let spaced = unit.space();
    if !unit.eat("년") || spaced && digits != 4 {
        return None;
    }
    if unit.rest().starts_with('대') {
        return None;
    }
    let suffixed = unit.eat("도");
    let year = match digits {
        4 => number.cast_signed(),
        3 if !is_length(unit) && direction(&mut unit.clone(), true).is_none() => number.cast_signed(),
        2 if short || suffixed || is_short_year(number, unit) => century_of(number),
        _ => return None,
    };
    let length = !short && digits <= 3 && (is_length(unit) || direction(&mut unit.clone(), true).is_some());
    if length || year == 0 {
        return None;
    }
    *cursor = unit;
    Some(YearRef::Number(year))
}

/// Whether a number of two digits before `년` is a year: one of the last century, or with a month behind it.
fn is_short_year(number: u32, behind: Cursor<'_>) -> bool {
    let mut ahead = behind;
    ahead.space();
    let month = ahead.digits().is_some_and(|(month, _)| (1..=12).contains(&month)) && ahead.rest().starts_with('월');
    month || number >= 60 && !behind.rest_of_word().is_empty()
}

/// The year meant by its last two digits: of the last hundred years up to 2049.
pub(crate) fn century_of(number: u32) -> i32 {
    let number = number.cast_signed();
    if number < 50 { 2000 + number } else { 1900 + number }
}

/// `올` before a part of the year: `올 1월`, `올 상반기`, `올봄`.
fn read_this_year(cursor: &mut Cursor<'_>) -> Option<YearRef> {
    let mut ahead = *cursor;
    if !ahead.eat("올") {
        return None;
    }
    ahead.space();
    let mut part = ahead;
    let year = Some(YearRef::FromPublication(0));
    let fits = read_in_year(&mut part, Point { year, ..Point::default() })
        .is_some_and(|point| point.month.is_some() || !matches!(point.unit, Some(Unit::Day(_))));
    fits.then(|| {
        *cursor = ahead;
        YearRef::FromPublication(0)
    })
}

/// What comes behind a year, or by itself: a month with what belongs to it, a quarter, a day ….
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

/// A year behind a month and day, as in English: `1월 22일, 2018년`.
fn read_year_behind(cursor: &mut Cursor<'_>, point: &Point) -> Option<YearRef> {
    let mut ahead = *cursor;
    ahead.eat(",");
    let spaced = ahead.space();
    let year = match ahead.digits() {
        Some((year, 4)) if (1900..2100).contains(&year) => year,
        Some(_) => return None,
        None => sino(&mut ahead).filter(|year| (1900..2100).contains(year))?,
    };
    ahead.eat("년");
    let named = matches!(point.month, Some(MonthRef::Number(_))) && matches!(point.unit, Some(Unit::Day(_)));
    let ends = ahead.rest().is_empty() || ahead.rest().starts_with("에") || ahead.rest().starts_with('.');
    (spaced && named && ends).then(|| {
        *cursor = ahead;
        YearRef::Number(year.cast_signed())
    })
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
        // `1월 달`
        let mut behind = ahead;
        if (behind.space() && behind.eat("달") || behind.eat("달")) && ends_word(behind, "달") {
            ahead = behind;
        }
        *cursor = ahead;
        return Some(MonthRef::Number(month));
    }
    let month = read_spelled(&mut ahead, "월").filter(|month| (1..=12).contains(month))?;
    // A month in letters is one before a day only: `오월` is a name too.
    let mut day = ahead;
    (day.space() && read_spelled(&mut day, "일").is_some()).then(|| {
        *cursor = ahead;
        MonthRef::Number(month)
    })
}

/// A number in letters before `월` or `일`.
fn read_spelled(cursor: &mut Cursor<'_>, unit: &str) -> Option<u32> {
    let word = cursor.rest_of_word();
    // The last `일` of `십일` is the unit: of all ends the last before the unit is tried first.
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

/// What comes behind a month: a day, a week, a part.
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

/// `23일`, `23일(일)`, `23일 일요일`, `말일`.
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

/// Whether a number of days is counted from a day: `3일 전`; of larger numbers only before a particle (`20일 전에`).
fn is_offset(day: u32, mut behind: Cursor<'_>) -> bool {
    direction(&mut behind, day <= SURELY_COUNTED).is_some()
}

/// Days up to this number are surely counted before `전` and a space.
pub(crate) const SURELY_COUNTED: u32 = 10;

/// A weekday in brackets or behind a space: `(일)`, ` (일요일)`, ` 일요일`.
fn eat_weekday_behind(cursor: &mut Cursor<'_>) -> Option<u32> {
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

/// `2분기`, `3/4분기`, `3사분기`.
fn read_quarter(cursor: &mut Cursor<'_>, base: Point) -> Option<Point> {
    let mut ahead = *cursor;
    let (quarter, _) = ahead.digits()?;
    let _ = ahead.eat("/4") || ahead.eat("사");
    ahead.space();
    (ahead.eat("분기") && (1..=4).contains(&quarter)).then(|| {
        *cursor = ahead;
        Point { unit: Some(Unit::Quarter(quarter)), ..base }
    })
}

/// `상반기`, `하반기`.
fn read_half(cursor: &mut Cursor<'_>, base: Point) -> Option<Point> {
    let half = cursor.eat_entry(&[("상반기", 1), ("하반기", 2)])?;
    Some(Point { unit: Some(Unit::Half(half)), ..base })
}

/// `1990년대`, `90년대 초반`, `20세기`.
fn read_decade(cursor: &mut Cursor<'_>, base: Point) -> Option<Point> {
    if base.year.is_some() {
        return None;
    }
    let mut ahead = *cursor;
    let (number, digits) = ahead.digits()?;
    let number = number.cast_signed();
    let unit = if ahead.eat("년대") && number % 10 == 0 {
        match digits {
            4 => Unit::Decade(number / 10),
            2 if number < 30 => Unit::Decade(200 + number / 10),
            2 => Unit::Decade(190 + number / 10),
            _ => return None,
        }
    } else if ahead.eat("세기") && (1..=30).contains(&number) {
        Unit::Century(number - 1)
    } else {
        return None;
    };
    let mut part = ahead;
    if part.space() && eat_part(&mut part) {
        ahead = part;
    }
    *cursor = ahead;
    Some(Point { unit: Some(unit), ..base })
}

/// `첫째 주`, `둘째 주 일요일`, `첫 번째 금요일`, `마지막 주`.
fn read_nth_week(cursor: &mut Cursor<'_>, base: Point) -> Option<Point> {
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

/// A part of a year or a month without borders; by itself only with an adverb.
fn read_part(cursor: &mut Cursor<'_>, base: Point) -> Option<Point> {
    let mut ahead = *cursor;
    if base.year.is_none() && base.month.is_none() {
        const SEASONS: [&str; 6] = ["봄", "여름", "가을", "겨울", "시즌", "분기"];
        let kind = ahead.eat_any(&SEASONS)?;
        let unit = match (kind, base.adverb) {
            (5, Some(Adverb::This)) => Unit::QuarterFromPublication(0),
            (5, Some(Adverb::Past)) => Unit::QuarterFromPublication(-1),
            (5, Some(Adverb::Next)) => Unit::QuarterFromPublication(1),
            // The winter of two years, the season of a sport nobody names: no place on the calendar.
            (3 | 4, _) => Unit::Unknown,
            _ => Unit::Part,
        };
        ahead.eat("철");
        return (base.adverb.is_some() && ends_word(ahead, "분기")).then(|| {
            *cursor = ahead;
            Point { unit: Some(unit), ..base }
        });
    }
    eat_part(&mut ahead).then(|| {
        *cursor = ahead;
        Point { unit: Some(Unit::Part), ..base }
    })
}

/// Goes over the word for a part of a longer time.
fn eat_part(cursor: &mut Cursor<'_>) -> bool {
    const PARTS: [&str; 25] = [
        "하계",
        "동계",
        "초순",
        "중순",
        "하순",
        "상순",
        "초반",
        "중반",
        "후반",
        "전반기",
        "후반기",
        "연초",
        "연말",
        "월초",
        "월말",
        "초",
        "말",
        "봄철",
        "봄",
        "여름철",
        "여름",
        "가을",
        "겨울철",
        "겨울",
        "시즌",
    ];
    PARTS.iter().any(|part| {
        let mut ahead = *cursor;
        let found = ahead.eat(part) && ends_word(ahead, part);
        if found {
            *cursor = ahead;
        }
        found
    })
}

/// `지난주`, `다음 주 화요일`, `이번 주말`, `지난주 초`.
fn read_week(cursor: &mut Cursor<'_>) -> Option<Point> {
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

/// `금요일`, `지난 금요일`, `다음 일요일`.
fn read_weekday(cursor: &mut Cursor<'_>) -> Option<Point> {
    let mut ahead = *cursor;
    let adverb = read_adverb(&mut ahead);
    let weekday = eat_weekday(&mut ahead)?;
    let confirmed = confirmed(ahead);
    ends_word(ahead, "일").then(|| {
        *cursor = ahead;
        Point { adverb, weekday: Some(weekday), confirmed, ..Point::default() }
    })
}

/// A holiday by name, behind a year or an adverb or by itself.
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

/// Whether the name of a holiday may end here. `설` is a word of its own elsewhere (`창립설`, `설 의원`).
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

trait EndsWith {
    fn cursor_ends_with(&self, word: &str) -> bool;
}

impl EndsWith for Cursor<'_> {
    /// Whether this text stands right before the place.
    fn cursor_ends_with(&self, word: &str) -> bool {
        self.text[..self.at].ends_with(word)
    }
}
