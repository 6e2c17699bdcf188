//! Expressions: what the words of a date mention say, before anything is known of the day they were written on.

use crate::holiday::Holiday;
use crate::value::Duration;

/// A date mention as it was read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Expression {
    /// One place on the calendar.
    Point(Point),
    /// From one place to another: `23일부터 29일까지`, `1~3월`; open when an end is missing (`~26일`).
    Range(Option<Point>, Option<Point>),
    /// A length of time, none without a number that can be known (`2~3년`), and where an adverb places it.
    Duration(Option<Duration>, Option<Stretch>),
    /// A length of time counted from somewhere: `3일 전`, `2주 뒤`.
    Offset(Offset),
    /// From one place up to a length of time after it: `오늘부터 2주 안에`, `23일부터 사흘 뒤까지`.
    UpTo(Point, Duration),
    /// An offset or a length of time whose number is not told, with a few for it: `며칠 전`, `몇 달간`. Newspapers' dates
    /// do not have it.
    Few(Box<Expression>),
    /// The weekend, without saying which.
    Weekend,
    /// Recurring or without a place of its own: `매월`, `연말`.
    Vague,
    /// A time of day or a length of time shorter than a day.
    Time,
}

impl Expression {
    /// Returns whether it is a date mention, for those who count to the day or for newspapers.
    pub fn is_date(&self, to_the_day: bool) -> bool {
        match self {
            Expression::Time => false,
            Expression::Few(_) => to_the_day,
            _ => true,
        }
    }

    /// Returns whether it names a place on the calendar, from which the words behind it speak of that place.
    pub fn is_point(&self) -> bool {
        use Expression::{Offset, Point, Range, UpTo};
        matches!(self, Point(_) | Range(..) | UpTo(..) | Offset(_))
    }
}

/// Where a length of time lies that an adverb places.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Stretch {
    /// `지난 3주간`: up to the publication.
    Before,
    /// `다가오는 3일`, `앞으로 5년간`: from the day after it.
    After,
    /// `5일 이내`: from it.
    Within,
}

/// A length of time before or after a day.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Offset {
    /// How far; none when the number cannot be known.
    pub duration: Option<Duration>,
    /// Whether it is counted forwards.
    pub after: bool,
    /// From where; from the publication or the day last spoken of when nothing is said.
    pub from: Option<Point>,
    /// The weekday in the week so reached: `2주 후 월요일`.
    pub weekday: Option<u32>,
    /// Whether only working days count: `영업일 기준 3일 뒤`, `3영업일 뒤`.
    pub working: bool,
}

/// A place on the calendar, as far as it is said. What is missing comes from the context.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Point {
    /// Which of several is meant: `지난`, `오는`.
    pub adverb: Option<Adverb>,
    /// The year.
    pub year: Option<YearRef>,
    /// The month.
    pub month: Option<MonthRef>,
    /// The day or whatever else is in the year or the month.
    pub unit: Option<Unit>,
    /// A weekday beside a day, or by itself, or in a week.
    pub weekday: Option<u32>,
    /// Counted in the lunar calendar.
    pub lunar: bool,
    /// The number in the brackets behind: `이날(23일)`.
    pub confirmed: Option<u32>,
}

/// A word before a date that says on which side of the publication it lies.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Adverb {
    /// `지난`: the last before.
    Past,
    /// `오는`, `다가오는`: the first after.
    Coming,
    /// `이번`: of this year, month or week.
    This,
    /// `다음`: of the next.
    Next,
}

/// A year.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum YearRef {
    /// `2024년`, and `'24년` made whole.
    Number(i32),
    /// So many years from the publication: `지난해`, `올해`, `내년`.
    FromPublication(i32),
    /// So many years from the year last spoken of: `같은 해`, `이듬해`, `전년`.
    FromLast(i32),
}

/// A month.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum MonthRef {
    /// `5월`.
    Number(u32),
    /// So many months from the publication: `지난달`, `이달`, `내달`.
    FromPublication(i32),
    /// So many months from the month last spoken of: `같은 달`, `전월`.
    FromLast(i32),
}

/// A day, or another unit in a year or a month.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Unit {
    /// `23일`.
    Day(u32),
    /// The last day of the month: `말일`.
    LastDay,
    /// So many days from the publication: `오늘`, `어제`, `모레`.
    DayFromPublication(i32),
    /// So many days from the day last spoken of: `이날`, `전날`, `다음 날`.
    DayFromLast(i32),
    /// So many weeks from the publication: `지난주`, `다음 주`.
    WeekFromPublication(i32),
    /// So many weeks from the day last spoken of: `같은 주`.
    WeekFromLast(i32),
    /// The so-many-th week of a month or a year, `0` for the last: `첫째 주`.
    NthWeek(u32),
    /// The so-many-th of the weekday in a month, `0` for the last: `첫 번째 금요일`.
    NthWeekday(u32),
    /// Saturday and Sunday, so many weeks from the publication: `이번 주말`.
    WeekendFromPublication(i32),
    /// `2분기`.
    Quarter(u32),
    /// The quarter so many quarters from that of the publication: `이번 분기`, `전 분기`.
    QuarterFromPublication(i32),
    /// `상반기`: 1, `하반기`: 2.
    Half(u32),
    /// `1990년대`: 199.
    Decade(i32),
    /// `20세기`: 20.
    Century(i32),
    /// `설날`.
    Holiday(Holiday),
    /// A month and day by which an event is known, `5·18`, and whether it is the day of remembering it (`3·1절`).
    Event { month: u32, day: u32, remembered: bool },
    /// A part without borders: `초`, `말`, `중순`, `여름`. The value is what it is part of.
    Part,
    /// The bare `시즌` after an adverb, the end of a year by itself: no value.
    Unknown,
}

impl Point {
    /// Returns whether it says nothing but a day number, which many contexts can complete.
    pub fn is_bare_day(&self) -> bool {
        matches!(self.unit, Some(Unit::Day(_))) && self.year.is_none() && self.month.is_none()
    }

    /// Returns whether it is a day by its number, with or without its month.
    pub fn is_day_by_number(&self) -> bool {
        matches!(self.unit, Some(Unit::Day(_)))
    }

    /// Returns whether it is a day counted from another, or a weekday.
    pub fn is_counted_day(&self) -> bool {
        match self.unit {
            Some(Unit::DayFromLast(_) | Unit::DayFromPublication(_)) => true,
            None => self.weekday.is_some() && self.month.is_none() && self.year.is_none(),
            _ => false,
        }
    }

    /// Returns whether the text names year, month and day.
    pub fn is_full_date(&self) -> bool {
        matches!(self.year, Some(YearRef::Number(_)))
            && matches!(self.month, Some(MonthRef::Number(_)))
            && matches!(self.unit, Some(Unit::Day(_)))
            && !self.lunar
    }
}
