//! Durations (`3년`, `5개월간`, `사흘`, `이틀 반`, `5박 7일`) and offsets (`3일 전`).

use crate::cursor::Cursor;
use crate::expression::{Expression, Offset, Stretch};
use crate::follow::{direction, eat_span, is_length};

use crate::number::{named_days, native, sino};
use crate::point::SURELY_COUNTED;
use crate::value::Duration;

/// A unit of durations.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Unit {
    Years,
    Months,
    Weeks,
    Days,
    /// Working days: `영업일`.
    WorkingDays,
    /// `년`, which like `월` and `일` also names a point on the calendar.
    CalendarYear,
    CalendarMonth,
    CalendarDay,
}

/// Units after a number, each before its prefixes.
const UNITS: &[(&str, Unit)] = &[
    ("주년", Unit::Years),
    ("개년", Unit::Years),
    ("년도", Unit::CalendarYear),
    ("년대", Unit::CalendarYear),
    ("년", Unit::CalendarYear),
    ("개월", Unit::Months),
    ("월", Unit::CalendarMonth),
    ("달", Unit::Months),
    ("해", Unit::Years),
    ("주일", Unit::Weeks),
    ("주기", Unit::Years),
    ("주", Unit::Weeks),
    ("영업일", Unit::WorkingDays),
    ("일", Unit::CalendarDay),
];

impl Unit {
    fn of(self, number: u32) -> Duration {
        match self {
            Unit::Years | Unit::CalendarYear => Duration { years: number, ..Duration::default() },
            Unit::Months | Unit::CalendarMonth => Duration { months: number, ..Duration::default() },
            Unit::Weeks => Duration { weeks: number, ..Duration::default() },
            Unit::Days | Unit::WorkingDays | Unit::CalendarDay => Duration { days: number, ..Duration::default() },
        }
    }

    /// Returns half of the unit (`반`).
    fn half(self) -> Option<Duration> {
        Some(match self {
            Unit::Years | Unit::CalendarYear => Duration { months: 6, ..Duration::default() },
            Unit::Months | Unit::CalendarMonth => Duration { days: 15, ..Duration::default() },
            Unit::Days | Unit::CalendarDay => Duration { hours: 12, ..Duration::default() },
            Unit::Weeks | Unit::WorkingDays => return None,
        })
    }

    fn is_calendar(self) -> bool {
        matches!(self, Unit::CalendarYear | Unit::CalendarMonth | Unit::CalendarDay)
    }
}

/// A parsed duration.
#[derive(Clone, Copy)]
struct Length {
    /// The value; `None` if its number is unknown.
    duration: Option<Duration>,
    /// Whether the text may also be a point on the calendar: `23일`, `1년`.
    doubtful: bool,
    /// Whether the number is approximate: `10여 년`.
    approximate: bool,
    /// Whether the number is in digits.
    numbered: bool,
    /// The smallest unit.
    unit: Unit,
}

impl Length {
    fn is_few_days(self) -> bool {
        self.duration.is_some_and(|duration| (1..=SURELY_COUNTED).contains(&duration.days))
    }

    /// Returns whether the text may be a year and a month on the calendar: `24년 6월`.
    fn doubtful_month(self) -> bool {
        self.doubtful && self.duration.is_some_and(|duration| duration.months > 0)
    }
}

/// Reads a duration or an offset.
///
/// `sentenced` is whether it follows a prison sentence (`징역`), where `10월` is ten months.
pub(crate) fn read(cursor: &mut Cursor<'_>, sentenced: bool) -> Option<Expression> {
    let mut ahead = *cursor;
    let start = cursor.at;
    let by_working_days = ahead.eat_any(&["영업일 기준으로 ", "영업일 기준 "]).is_some();
    let prefix = eat_prefix(&mut ahead);
    let prefixed = prefix.is_some();
    let few = is_a_few(ahead.rest());
    let mut length = read_length(&mut ahead, sentenced)?;
    if few && length.duration.is_none() {
        length.duration = Some(length.unit.of(A_FEW));
    }
    // `수년간` has no number at all, `2~3년` has an inexact one.
    if length.duration.is_none() && !length.numbered {
        return None;
    }
    let working = by_working_days || length.unit == Unit::WorkingDays;
    if by_working_days && !matches!(length.unit, Unit::Days | Unit::CalendarDay) {
        return None;
    }
    let end = ahead;
    let expression =
        if let Some(after) = direction(&mut ahead, !length.doubtful || prefixed || working || length.is_few_days()) {
            let duration = length.duration.filter(|_| !length.approximate);
            Expression::Offset(Offset { duration, after, from: None, weekday: None, working })
        } else if working {
            return None;
        } else if is_recurring(&mut ahead) {
            Expression::Vague
        } else {
            let spanned = eat_span(&mut ahead);
            let certain = spanned || prefixed || !length.doubtful || is_length(end);
            let stretch = || prefix.or_else(|| stretch_around(cursor.text, start, ahead));
            certain.then(|| Expression::Duration(length.duration, stretch()))?
        };
    *cursor = ahead;
    Some(if few { Expression::Few(Box::new(expression)) } else { expression })
}

/// Number of units in a few (`며칠`, `몇 달`), when resolved to the day.
const A_FEW: u32 = 3;

/// Returns whether a text starts with a few of a unit.
fn is_a_few(text: &str) -> bool {
    text.starts_with("며칠") || text.starts_with('몇') && !text.starts_with("몇십") && !text.starts_with("몇백")
}

/// Reads an adverb that gives the position of the duration after it: `지난 3년간`, `다음 10년`.
fn eat_prefix(cursor: &mut Cursor<'_>) -> Option<Stretch> {
    const PREFIXES: &[(&str, Stretch)] =
        &[("지난", Stretch::Before), ("다가오는", Stretch::After), ("다음", Stretch::After), ("이번", Stretch::Within)];
    let mut ahead = *cursor;
    let prefix = ahead.eat_entry(PREFIXES)?;
    let found = ahead.space();
    // `지난 5월 3일` and `지난 3일` are days; `지난 3년`, `지난 2주` and `지난 3일간` are not.
    let mut length = ahead;
    let found = found
        && read_length(&mut length, false).is_some_and(|read| !read.doubtful || is_length(length))
        && !is_month_ahead(ahead);
    found.then(|| {
        *cursor = ahead;
        prefix
    })
}

/// Returns the position that words outside the mention give: `최근 3년간`, `앞으로 5년간`, `5일 이내`.
fn stretch_around(text: &str, start: usize, end: Cursor<'_>) -> Option<Stretch> {
    let before = text[..start].trim_end();
    if before.ends_with("과거") || before.ends_with("최근") {
        return Some(Stretch::Before);
    }
    if before.ends_with("앞으로") || before.ends_with("향후") {
        return Some(Stretch::After);
    }
    let behind = end.rest().trim_start();
    let within = ["이내", "내에", "내로", "안에"].iter().any(|word| behind.starts_with(word));
    within.then_some(Stretch::Within)
}

fn is_month_ahead(cursor: Cursor<'_>) -> bool {
    let mut ahead = cursor;
    ahead.digits().is_some() && ahead.rest().starts_with('월')
}

/// Reads the particle of recurring times, which are not durations: `3년마다`.
fn is_recurring(cursor: &mut Cursor<'_>) -> bool {
    cursor.eat("마다")
}

fn read_length(cursor: &mut Cursor<'_>, sentenced: bool) -> Option<Length> {
    read_nights(cursor).or_else(|| read_named(cursor)).or_else(|| read_counted(cursor, sentenced))
}

/// Reads `5박 7일`, `1박2일`.
fn read_nights(cursor: &mut Cursor<'_>) -> Option<Length> {
    let mut ahead = *cursor;
    ahead.digits()?;
    if !ahead.eat("박") {
        return None;
    }
    ahead.space();
    let (days, _) = ahead.digits()?;
    if !ahead.eat("일") {
        return None;
    }
    *cursor = ahead;
    let duration = Duration { days, ..Duration::default() };
    Some(Length { duration: Some(duration), doubtful: false, approximate: false, numbered: true, unit: Unit::Days })
}

/// Reads `사흘`, `일주일`, `반년`, `이틀 반`.
fn read_named(cursor: &mut Cursor<'_>) -> Option<Length> {
    const NAMED: &[(&str, Duration)] = &[
        ("일주일", Duration { years: 0, months: 0, weeks: 1, days: 0, hours: 0 }),
        ("보름", Duration { years: 0, months: 0, weeks: 0, days: 15, hours: 0 }),
        ("반년", Duration { years: 0, months: 6, weeks: 0, days: 0, hours: 0 }),
        ("반 년", Duration { years: 0, months: 6, weeks: 0, days: 0, hours: 0 }),
        ("일년", Duration { years: 1, months: 0, weeks: 0, days: 0, hours: 0 }),
    ];
    let mut ahead = *cursor;
    let mut duration = if let Some(duration) = ahead.eat_entry(NAMED) {
        Some(duration)
    } else {
        let days = named_days(&mut ahead)?;
        let mut next = ahead;
        // `하루 이틀` is not an exact number.
        let vague = next.space() && named_days(&mut next).is_some();
        if vague {
            ahead = next;
        }
        days.0.filter(|_| !vague).map(|days| Duration { days, ..Duration::default() })
    };
    if let Some(known) = duration
        && known.weeks == 0
        && eat_half(&mut ahead)
    {
        let half = if known.days > 0 { Unit::Days.half() } else { Unit::Years.half() };
        duration = half.and_then(|half| known.plus(half));
    }
    let approximate = ahead.eat("여");
    *cursor = ahead;
    Some(Length { duration, doubtful: false, approximate, numbered: false, unit: Unit::Days })
}

/// Reads ` 반` (a half) after a duration.
fn eat_half(cursor: &mut Cursor<'_>) -> bool {
    let mut ahead = *cursor;
    ahead.space();
    let found = ahead.eat("반") && super::follow::ends_word(ahead, "반");
    if found {
        *cursor = ahead;
    }
    found
}

/// Reads a number with its unit, and the smaller units after it: `1년 6개월`, `석 달`, `10여 년`, `2년 1개월 21일`.
fn read_counted(cursor: &mut Cursor<'_>, sentenced: bool) -> Option<Length> {
    let mut ahead = *cursor;
    let first = read_part(&mut ahead)?;
    let mut length = Length {
        duration: first.number.map(|number| first.unit.of(number)),
        doubtful: first.unit.is_calendar() && !first.approximate && !first.spelled && first.number.is_some(),
        approximate: first.approximate,
        numbered: first.digits > 0,
        unit: first.unit,
    };
    loop {
        let mut next = ahead;
        next.space();
        if next.eat("하고") || next.eat(",") {
            next.space();
        }
        let Some(part) = read_part(&mut next) else { break };
        if !follows(length.unit, part.unit) {
            break;
        }
        let known = length.duration.zip(part.number);
        length.duration = known.and_then(|(duration, number)| duration.plus(part.unit.of(number)));
        // `1년 6개월` and `1년 6월` are durations, `2024년 6월` is a month.
        let months_of_year = length.unit == Unit::CalendarYear && part.unit == Unit::CalendarMonth;
        let is_date = months_of_year && first.digits != 1 && !sentenced || length.unit == Unit::CalendarMonth;
        length.doubtful = length.doubtful && is_date;
        length.approximate |= part.approximate;
        length.unit = part.unit;
        ahead = next;
    }
    if eat_half(&mut ahead)
        && let (Some(duration), Some(half)) = (length.duration, length.unit.half())
    {
        length.duration = duration.plus(half);
        length.doubtful = false;
    }
    let mut behind = ahead;
    if behind.eat("여") && super::follow::ends_word(behind, "여") {
        ahead = behind;
        length.approximate = true;
        length.doubtful = false;
    }
    if sentenced && (first.number.is_some_and(|number| number < 100)) {
        length.doubtful = false;
    }
    if first.unit == Unit::CalendarDay && first.number.is_some_and(|number| number > 31) {
        length.doubtful = false;
    }
    if first.unit == Unit::CalendarYear && first.digits <= 3 && !length.doubtful_month() {
        length.doubtful = false;
    }
    *cursor = ahead;
    Some(length)
}

/// Returns whether a smaller unit may follow a larger one.
fn follows(unit: Unit, next: Unit) -> bool {
    let rank = |unit| match unit {
        Unit::Years | Unit::CalendarYear => 0,
        Unit::Months | Unit::CalendarMonth => 1,
        Unit::Weeks => 2,
        Unit::Days | Unit::WorkingDays | Unit::CalendarDay => 3,
    };
    rank(unit) < rank(next) && unit != Unit::Weeks && next != Unit::WorkingDays
}

/// A number with its unit.
struct Part {
    number: Option<u32>,
    /// The number of digits; 0 for a number in words.
    digits: usize,
    unit: Unit,
    spelled: bool,
    approximate: bool,
}

fn read_part(cursor: &mut Cursor<'_>) -> Option<Part> {
    let mut ahead = *cursor;
    let (number, digits, native_number) = match read_digits(&mut ahead) {
        Some((number, digits)) => (number, digits, false),
        None => match native(&mut ahead) {
            Some(count) => (count.0, 0, true),
            None => (Some(sino(&mut ahead)?), 0, false),
        },
    };
    let mut behind = ahead;
    behind.space();
    let approximate = behind.eat("여");
    if approximate {
        ahead = behind;
    }
    let spaced = ahead.space();
    let unit = ahead.eat_entry(UNITS)?;
    let word = &ahead.text[cursor.at..ahead.at];
    // `주년` and `주기` are not durations, and `한일`, `수주` and similar are other words; `두 해` is a duration, `3해` is not.
    let is_other = word.ends_with("주년") || word.ends_with("주기") || word.ends_with("년대") || word.ends_with("년도");
    let is_spelled = digits == 0;
    let fits = match unit {
        Unit::CalendarMonth => !is_spelled,
        Unit::CalendarDay => !native_number && (!is_spelled || spelled_days(ahead)),
        Unit::CalendarYear if native_number => number.is_none() || word.ends_with(" 년"),
        Unit::Years if word.ends_with('해') => native_number && (spaced || number.is_some()),
        Unit::Months if word.ends_with('달') => native_number,
        Unit::Weeks if !native_number => is_weeks(ahead, is_spelled),
        Unit::Weeks => spaced && is_weeks(ahead, true),
        _ => true,
    };
    let homograph =
        ["수주", "한주", "수해", "수달", "반해", "한해", "이주", "사주", "오주", "이년", "세주"].contains(&word);
    (fits && !is_other && !homograph && (!is_spelled || !spaced || native_number || number.is_some_and(|n| n >= 1)))
        .then(|| {
            *cursor = ahead;
            Part { number, digits, unit, spelled: is_spelled, approximate }
        })
}

/// Reads digits with thousands separators, or a range or a fraction, whose number is unknown.
fn read_digits(cursor: &mut Cursor<'_>) -> Option<(Option<u32>, usize)> {
    let mut ahead = *cursor;
    let (mut number, digits) = ahead.digits()?;
    let mut known = true;
    while ahead.rest().starts_with(',') {
        let mut next = ahead;
        next.at += 1;
        match next.digits() {
            Some((thousands, 3)) => {
                number = number.checked_mul(1000)?.checked_add(thousands)?;
                ahead = next;
            }
            _ => break,
        }
    }
    if ahead.eat_if(|c| matches!(c, '~' | '∼' | '-' | '～' | '.' | '–')) {
        ahead.digits()?;
        known = false;
    }
    *cursor = ahead;
    Some((known.then_some(number), digits))
}

/// Returns whether `일` after a spelled number counts days: `삼일 후`, not `이 일`.
fn spelled_days(cursor: Cursor<'_>) -> bool {
    let mut ahead = cursor;
    let mut span = cursor;
    direction(&mut ahead, true).is_some() || eat_span(&mut span)
}

/// Returns whether `주` after a number counts weeks and not shares.
fn is_weeks(cursor: Cursor<'_>, surely: bool) -> bool {
    let text = &cursor.text[..cursor.at];
    if text.ends_with("주일") {
        return true;
    }
    let mut ahead = cursor;
    let mut span = cursor;
    let word = cursor.rest_of_word();
    if word.starts_with('차') || word.starts_with('당') {
        return false;
    }
    let shows = direction(&mut ahead, true).is_some() || eat_span(&mut span) || is_length(cursor);
    shows
        || surely && super::follow::ends_word(cursor, "주")
        || cursor.rest().starts_with("마다")
        || cursor.rest().starts_with(" 격리")
        || cursor.rest().starts_with(" 진단")
}
