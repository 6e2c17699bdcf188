//! Expressions: the parsed form of date mentions, independent of the day of publication.

use crate::holiday::Holiday;
use crate::value::Duration;

/// A parsed date mention.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Expression {
    /// One point on the calendar.
    Point(Point),
    /// A range between two points: `23일부터 29일까지`, `1~3월`; open if an end is missing (`~26일`).
    Range(Option<Point>, Option<Point>),
    /// A duration, `None` if its number is unknown (`2~3년`), and its position if an adverb gives one.
    Duration(Option<Duration>, Option<Stretch>),
    /// A duration before or after a point: `3일 전`, `2주 뒤`.
    Offset(Offset),
    /// A range from a point to an offset from it: `오늘부터 2주 안에`, `23일부터 사흘 뒤까지`.
    UpTo(Point, Duration),
    /// An offset or a duration of a few units: `며칠 전`, `몇 달간`. In newspapers it is not a date.
    Few(Box<Expression>),
    /// A weekend without an adverb.
    Weekend,
    /// A recurring or vague time: `매월`, `연말`.
    Vague,
    /// A time of day or a duration shorter than a day.
    Time,
}

impl Expression {
    /// Returns whether the expression is a date mention, either when resolved to the day or in newspapers.
    pub fn is_date(&self, to_the_day: bool) -> bool {
        match self {
            Expression::Time => false,
            Expression::Few(_) => to_the_day,
            _ => true,
        }
    }

    /// Returns whether the expression is a point or range on the calendar, which the words after it refer to.
    pub fn is_point(&self) -> bool {
        use Expression::{Offset, Point, Range, UpTo};
        matches!(self, Point(_) | Range(..) | UpTo(..) | Offset(_))
    }
}

/// The position of a duration relative to the day of publication.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Stretch {
    /// Up to the publication: `지난 3주간`.
    Before,
    /// From the day after the publication: `다가오는 3일`, `앞으로 5년간`.
    After,
    /// From the publication: `5일 이내`.
    Within,
}

/// A duration before or after a day.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Offset {
    /// The duration; `None` if its number is unknown.
    pub duration: Option<Duration>,
    /// Whether the offset is after the day.
    pub after: bool,
    /// The day that the offset is relative to; `None` for the publication or the last day mentioned.
    pub from: Option<Point>,
    /// A weekday in the week of the result: `2주 후 월요일`.
    pub weekday: Option<u32>,
    /// Whether only working days count: `영업일 기준 3일 뒤`, `3영업일 뒤`.
    pub working: bool,
}

/// A point on the calendar as the mention gives it. Missing parts come from the context.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Point {
    /// The adverb that selects one of several candidates: `지난`, `오는`.
    pub adverb: Option<Adverb>,
    /// The year.
    pub year: Option<YearRef>,
    /// The month.
    pub month: Option<MonthRef>,
    /// The day, or another unit in the year or the month.
    pub unit: Option<Unit>,
    /// The weekday of a day, in a week, or by itself.
    pub weekday: Option<u32>,
    /// Whether the date is lunar.
    pub lunar: bool,
    /// The number of the day in brackets after the mention: `이날(23일)`.
    pub confirmed: Option<u32>,
}

/// An adverb before a date that gives its side of the publication.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Adverb {
    /// The last before the publication: `지난`.
    Past,
    /// The first after the publication: `오는`, `다가오는`.
    Coming,
    /// Of the current year, month or week: `이번`.
    This,
    /// Of the next year, month or week: `다음`.
    Next,
}

/// A year.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum YearRef {
    /// A number of four digits: `2024년`, `'24년`.
    Number(i32),
    /// A number of years from the publication: `지난해`, `올해`, `내년`.
    FromPublication(i32),
    /// A number of years from the last year mentioned: `같은 해`, `이듬해`, `전년`.
    FromLast(i32),
}

/// A month.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum MonthRef {
    /// `5월`.
    Number(u32),
    /// A number of months from the publication: `지난달`, `이달`, `내달`.
    FromPublication(i32),
    /// A number of months from the last month mentioned: `같은 달`, `전월`.
    FromLast(i32),
}

/// A day, or another unit in a year or a month.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Unit {
    /// `23일`.
    Day(u32),
    /// The last day of the month: `말일`.
    LastDay,
    /// A number of days from the publication: `오늘`, `어제`, `모레`.
    DayFromPublication(i32),
    /// A number of days from the last day mentioned: `이날`, `전날`, `다음 날`.
    DayFromLast(i32),
    /// A number of weeks from the publication: `지난주`, `다음 주`.
    WeekFromPublication(i32),
    /// A number of weeks from the last day mentioned: `같은 주`.
    WeekFromLast(i32),
    /// The nth week of a month or a year, `0` for the last: `첫째 주`.
    NthWeek(u32),
    /// The nth occurrence of the weekday in a month, `0` for the last: `첫 번째 금요일`.
    NthWeekday(u32),
    /// Saturday and Sunday, a number of weeks from the publication: `이번 주말`.
    WeekendFromPublication(i32),
    /// `2분기`.
    Quarter(u32),
    /// A number of quarters from that of the publication: `이번 분기`, `전 분기`.
    QuarterFromPublication(i32),
    /// `상반기`: 1, `하반기`: 2.
    Half(u32),
    /// `1990년대`: 199.
    Decade(i32),
    /// `20세기`: 20.
    Century(i32),
    /// `설날`.
    Holiday(Holiday),
    /// An event known by its month and day, `5·18`, and whether its anniversary is meant (`3·1절`).
    Event { month: u32, day: u32, remembered: bool },
    /// A vague part of a period, with the value of the period: `초`, `말`, `중순`, `여름`.
    Part,
    /// A unit without a value: `시즌` after an adverb, the end of a year by itself.
    Unknown,
}

impl Point {
    /// Returns whether the point is the number of a day without a month or year.
    pub fn is_bare_day(&self) -> bool {
        matches!(self.unit, Some(Unit::Day(_))) && self.year.is_none() && self.month.is_none()
    }

    /// Returns whether the point is the number of a day, with or without a month.
    pub fn is_day_by_number(&self) -> bool {
        matches!(self.unit, Some(Unit::Day(_)))
    }

    /// Returns whether the point is a day relative to another, or a weekday.
    pub fn is_counted_day(&self) -> bool {
        match self.unit {
            Some(Unit::DayFromLast(_) | Unit::DayFromPublication(_)) => true,
            None => self.weekday.is_some() && self.month.is_none() && self.year.is_none(),
            _ => false,
        }
    }

    /// Returns whether the point has the numbers of its year, month and day.
    pub fn is_full_date(&self) -> bool {
        matches!(self.year, Some(YearRef::Number(_)))
            && matches!(self.month, Some(MonthRef::Number(_)))
            && matches!(self.unit, Some(Unit::Day(_)))
            && !self.lunar
    }
}
