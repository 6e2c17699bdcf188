//! Values of date mentions on the calendar, formatted as ISO 8601 and parsed from it.

use std::fmt;
use std::str::FromStr;

use gisa_text::Day;

/// A period of the calendar: a day, a month, a year ….
///
/// ```
/// use gisa_dates::Period;
///
/// let quarter: Period = "2024-Q2".parse()?;
/// assert_eq!(quarter, Period::Quarter(2024, 2));
/// assert_eq!(quarter.first_day().unwrap().to_string(), "2024-04-01");
/// assert_eq!(quarter.last_day().unwrap().to_string(), "2024-06-30");
/// # Ok::<(), gisa_dates::ParseDateError>(())
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Period {
    /// `2024-06-23`.
    Day(Day),
    /// `2024-06`: year, month.
    Month(i32, u32),
    /// `2024`.
    Year(i32),
    /// `2024-Q2`: year, quarter.
    Quarter(i32, u32),
    /// `2024-H1`: year, half.
    Half(i32, u32),
    /// `2024-W26`: ISO week year, week.
    Week(i32, u32),
    /// `199`: the years without their last digit.
    Decade(i32),
    /// `19`: the years without their last two digits, so the twentieth century is `19`.
    Century(i32),
}

impl Period {
    /// Returns the first day of the period; `None` if it is outside the calendar.
    pub fn first_day(self) -> Option<Day> {
        match self {
            Period::Day(day) => Some(day),
            Period::Month(year, month) => Day::new(year, month, 1),
            Period::Year(year) => Day::new(year, 1, 1),
            Period::Quarter(year, quarter) => Day::new(year, quarter.checked_mul(3)?.checked_sub(2)?, 1),
            Period::Half(year, half) => Day::new(year, half.checked_mul(6)?.checked_sub(5)?, 1),
            Period::Week(year, week) => Day::of_iso_week(year, week, 1),
            Period::Decade(decade) => Day::new(decade.checked_mul(10)?, 1, 1),
            Period::Century(century) => Day::new(century.checked_mul(100)?, 1, 1),
        }
    }

    /// Returns the last day of the period; `None` if it is outside the calendar.
    pub fn last_day(self) -> Option<Day> {
        let end_of_month = |year, month| (28..=31).rev().find_map(|day| Day::new(year, month, day));
        match self {
            Period::Day(day) => Some(day),
            Period::Month(year, month) => end_of_month(year, month),
            Period::Year(year) => Day::new(year, 12, 31),
            Period::Quarter(year, quarter) => end_of_month(year, quarter.checked_mul(3)?),
            Period::Half(year, half) => end_of_month(year, half.checked_mul(6)?),
            Period::Week(year, week) => Day::of_iso_week(year, week, 7),
            Period::Decade(decade) => Day::new(decade.checked_mul(10)?.checked_add(9)?, 12, 31),
            Period::Century(century) => Day::new(century.checked_mul(100)?.checked_add(99)?, 12, 31),
        }
    }

    /// Returns the period if the calendar has it and its years have at most four digits.
    pub(crate) fn checked(self) -> Option<Period> {
        let numbered = match self {
            Period::Quarter(_, quarter) => (1..=4).contains(&quarter),
            Period::Half(_, half) => (1..=2).contains(&half),
            _ => true,
        };
        let (first, last) = (self.first_day()?, self.last_day()?);
        (numbered && first.year() >= 0 && last.year() <= 9999).then_some(self)
    }

    /// Returns the day if the period is one.
    pub(crate) fn as_day(self) -> Option<Day> {
        match self {
            Period::Day(day) => Some(day),
            _ => None,
        }
    }

    /// Returns the year of the period; `None` for a decade and a century.
    pub(crate) fn year(self) -> Option<i32> {
        match self {
            Period::Day(day) => Some(day.year()),
            Period::Month(year, _)
            | Period::Year(year)
            | Period::Quarter(year, _)
            | Period::Half(year, _)
            | Period::Week(year, _) => Some(year),
            Period::Decade(_) | Period::Century(_) => None,
        }
    }

    /// Returns the year and month of a day or month; `None` for other periods.
    pub(crate) fn month(self) -> Option<(i32, u32)> {
        match self {
            Period::Day(day) => Some((day.year(), day.month())),
            Period::Month(year, month) => Some((year, month)),
            _ => None,
        }
    }
}

impl fmt::Display for Period {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Period::Day(day) => day.fmt(f),
            Period::Month(year, month) => write!(f, "{year:04}-{month:02}"),
            Period::Year(year) => write!(f, "{year:04}"),
            Period::Quarter(year, quarter) => write!(f, "{year:04}-Q{quarter}"),
            Period::Half(year, half) => write!(f, "{year:04}-H{half}"),
            Period::Week(year, week) => write!(f, "{year:04}-W{week:02}"),
            Period::Decade(decade) => write!(f, "{decade:03}"),
            Period::Century(century) => write!(f, "{century:02}"),
        }
    }
}

impl FromStr for Period {
    type Err = ParseDateError;

    fn from_str(text: &str) -> Result<Period, ParseDateError> {
        read_period(text).ok_or_else(|| ParseDateError { text: text.to_owned() })
    }
}

fn read_period(text: &str) -> Option<Period> {
    let number = |text: &str| {
        let digits = !text.is_empty() && text.bytes().all(|b| b.is_ascii_digit());
        digits.then(|| text.parse::<u32>().ok()).flatten()
    };
    if let Ok(day) = text.parse::<Day>() {
        return Some(Period::Day(day));
    }
    let period = match text.split_once('-') {
        None => {
            let value = number(text)?.cast_signed();
            match text.len() {
                4 => Period::Year(value),
                3 => Period::Decade(value),
                2 => Period::Century(value),
                _ => return None,
            }
        }
        Some((year, rest)) if year.len() == 4 => {
            let year = number(year)?.cast_signed();
            match (rest.as_bytes().first()?, rest.len()) {
                (b'Q', 2) => Period::Quarter(year, number(&rest[1..])?),
                (b'H', 2) => Period::Half(year, number(&rest[1..])?),
                (b'W', 3) => Period::Week(year, number(&rest[1..])?),
                (_, 2) => Period::Month(year, number(rest)?),
                _ => return None,
            }
        }
        Some(_) => return None,
    };
    period.checked()
}

/// A duration in units of the calendar: `P1Y6M`, `P2W`, `P2DT12H`.
///
/// ```
/// use gisa_dates::Duration;
///
/// let sentence: Duration = "P1Y6M".parse()?;
/// assert_eq!(sentence, Duration { years: 1, months: 6, ..Duration::default() });
/// # Ok::<(), gisa_dates::ParseDateError>(())
/// ```
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub struct Duration {
    /// Number of years.
    pub years: u32,
    /// Number of months.
    pub months: u32,
    /// Number of weeks. As in ISO 8601, they are formatted as weeks if they are the only unit, otherwise as days.
    pub weeks: u32,
    /// Number of days.
    pub days: u32,
    /// Number of hours, from half days.
    pub hours: u32,
}

impl Duration {
    /// Returns whether the duration is zero.
    pub fn is_zero(self) -> bool {
        self == Duration::default()
    }

    /// Returns the sum of two durations; `None` on overflow. Weeks are converted to days if there are other units.
    pub(crate) fn plus(self, other: Duration) -> Option<Duration> {
        let sum = self.sum(other)?;
        if sum == (Duration { weeks: sum.weeks, ..Duration::default() }) {
            return Some(sum);
        }
        Some(Duration { days: sum.days.checked_add(sum.weeks.checked_mul(7)?)?, weeks: 0, ..sum })
    }

    fn sum(self, other: Duration) -> Option<Duration> {
        Some(Duration {
            years: self.years.checked_add(other.years)?,
            months: self.months.checked_add(other.months)?,
            weeks: self.weeks.checked_add(other.weeks)?,
            days: self.days.checked_add(other.days)?,
            hours: self.hours.checked_add(other.hours)?,
        })
    }
}

impl fmt::Display for Duration {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Duration { years, months, weeks, days, hours } = *self;
        let only_weeks = weeks > 0 && years == 0 && months == 0 && days == 0 && hours == 0;
        if only_weeks {
            return write!(f, "P{weeks}W");
        }
        f.write_str("P")?;
        let days = u64::from(days) + u64::from(weeks) * 7;
        for (number, unit) in [(u64::from(years), 'Y'), (u64::from(months), 'M'), (days, 'D')] {
            if number > 0 {
                write!(f, "{number}{unit}")?;
            }
        }
        match hours {
            0 if years == 0 && months == 0 && days == 0 => f.write_str("0D"),
            0 => Ok(()),
            hours => write!(f, "T{hours}H"),
        }
    }
}

impl FromStr for Duration {
    type Err = ParseDateError;

    fn from_str(text: &str) -> Result<Duration, ParseDateError> {
        read_duration(text).ok_or_else(|| ParseDateError { text: text.to_owned() })
    }
}

fn read_duration(text: &str) -> Option<Duration> {
    let mut rest = text.strip_prefix('P').filter(|rest| !rest.is_empty())?;
    let mut duration = Duration::default();
    let mut in_time = false;
    while !rest.is_empty() {
        if let Some(after) = rest.strip_prefix('T') {
            (in_time, rest) = (true, after);
        }
        let digits = rest.bytes().take_while(u8::is_ascii_digit).count();
        let number = rest[..digits].parse().ok()?;
        let unit = rest[digits..].chars().next()?;
        match (unit, in_time) {
            ('Y', false) => duration.years = number,
            ('M', false) => duration.months = number,
            ('W', false) => duration.weeks = number,
            ('D', false) => duration.days = number,
            ('H', true) => duration.hours = number,
            _ => return None,
        }
        rest = rest.get(digits + unit.len_utf8()..)?;
    }
    // ISO 8601 does not combine weeks with other units.
    let weeks = Duration { weeks: duration.weeks, ..Duration::default() };
    (duration.weeks == 0 || duration == weeks).then_some(duration)
}

/// The value of a date mention: a period of the calendar, a range, or a duration.
///
/// Values are formatted as ISO 8601 and parsed from it:
///
/// ```
/// use gisa_dates::{DateValue, Period};
///
/// for text in [
///     "2024-06-23", "2024-05", "2024", "2024-Q2", "2024-H1", "2024-W26", "199", "2024-06-23/2024-06-29",
///     "2019-01/2019-03", "../2024-06-30", "2024-06-23/..", "P3Y", "P5M", "P1W", "P8D", "P1Y6M", "P2DT12H",
/// ] {
///     assert_eq!(text.parse::<DateValue>()?.to_string(), text);
/// }
/// assert!("2023-02-29".parse::<DateValue>().is_err());
/// # Ok::<(), gisa_dates::ParseDateError>(())
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, serde::Serialize, serde::Deserialize)]
#[serde(try_from = "String", into = "String")]
pub enum DateValue {
    /// One period of the calendar.
    Period(Period),
    /// A range from one period to another, both included. At most one end is open (`None`).
    Range(Option<Period>, Option<Period>),
    /// A duration without a position on the calendar.
    Duration(Duration),
}

impl DateValue {
    /// Creates a range, or a period if both ends are equal; `None` if it runs backwards or both ends are open.
    pub(crate) fn range(from: Option<Period>, to: Option<Period>) -> Option<DateValue> {
        match (from, to) {
            (None, None) => None,
            (Some(from), Some(to)) if from == to => Some(DateValue::Period(from)),
            (Some(from), Some(to)) => {
                (from.first_day()? <= to.first_day()?).then_some(DateValue::Range(Some(from), Some(to)))
            }
            (from, to) => Some(DateValue::Range(from, to)),
        }
    }

    /// Returns the first day of the value; `None` for durations and ranges without a start.
    pub fn first_day(self) -> Option<Day> {
        match self {
            DateValue::Period(period) => period.first_day(),
            DateValue::Range(from, _) => from?.first_day(),
            DateValue::Duration(_) => None,
        }
    }

    /// Returns the last day of the value; `None` for durations and ranges without an end.
    pub fn last_day(self) -> Option<Day> {
        match self {
            DateValue::Period(period) => period.last_day(),
            DateValue::Range(_, to) => to?.last_day(),
            DateValue::Duration(_) => None,
        }
    }
}

impl fmt::Display for DateValue {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let end = |end: &Option<Period>| end.map_or_else(|| "..".to_owned(), |period| period.to_string());
        match self {
            DateValue::Period(period) => period.fmt(f),
            DateValue::Range(from, to) => write!(f, "{}/{}", end(from), end(to)),
            DateValue::Duration(duration) => duration.fmt(f),
        }
    }
}

impl From<DateValue> for String {
    fn from(value: DateValue) -> String {
        value.to_string()
    }
}

impl TryFrom<String> for DateValue {
    type Error = ParseDateError;

    fn try_from(text: String) -> Result<DateValue, ParseDateError> {
        text.parse()
    }
}

impl FromStr for DateValue {
    type Err = ParseDateError;

    fn from_str(text: &str) -> Result<DateValue, ParseDateError> {
        if text.starts_with('P') {
            return text.parse().map(DateValue::Duration);
        }
        let Some((from, to)) = text.split_once('/') else {
            return text.parse().map(DateValue::Period);
        };
        let end = |end: &str| if end == ".." { Ok(None) } else { end.parse().map(Some) };
        DateValue::range(end(from)?, end(to)?).ok_or_else(|| ParseDateError { text: text.to_owned() })
    }
}

/// The error of parsing a text that is not the value of a date.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{text:?} is no date, range of dates or duration in ISO 8601")]
pub struct ParseDateError {
    text: String,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_no_value() {
        for text in [
            "",
            "P",
            "P1",
            "1Y",
            "PT1Y",
            "2024-13",
            "2024-Q5",
            "2024-Q0",
            "2024-H3",
            "2024-W54",
            "2023-W53",
            "../..",
            "2024-06-23/",
            "2024-07/2024-06",
            "20240623",
            "가",
            "2024-W5가",
            "P1Y2W",
        ] {
            assert!(text.parse::<DateValue>().is_err(), "{text:?}");
        }
    }

    #[test]
    fn days_of_periods() {
        for (period, first, last) in [
            ("2024-02", "2024-02-01", "2024-02-29"),
            ("2024-H2", "2024-07-01", "2024-12-31"),
            ("2020-W53", "2020-12-28", "2021-01-03"),
            ("199", "1990-01-01", "1999-12-31"),
            ("19", "1900-01-01", "1999-12-31"),
        ] {
            let period: Period = period.parse().unwrap();
            assert_eq!(period.first_day().unwrap().to_string(), first);
            assert_eq!(period.last_day().unwrap().to_string(), last);
        }
    }
}
