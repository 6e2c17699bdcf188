//! Days of the calendar, as publication days and as values of date mentions.
//!
//! [`Day::from_str`] parses ISO 8601, the form of days in gisa's input and output. [`Day::parse_published`] also parses
//! the other forms of publication days in corpora and gold files, and [`Day::parse_prefix`] the date at the start of
//! running text, such as the lines of a page.

use std::fmt;
use std::str::FromStr;

use jiff::ToSpan;
use jiff::civil::{Date, ISOWeekDate, Weekday};

pub use self::published::ParsePublishedError;

mod cursor;
mod published;
mod written;

/// A day of the proleptic Gregorian calendar, written `2024-06-23` (ISO 8601).
///
/// ```
/// use gisa_text::Day;
///
/// let day: Day = "2024-06-23".parse()?;
/// assert_eq!((day.year(), day.month(), day.day()), (2024, 6, 23));
/// assert_eq!(day.to_string(), "2024-06-23");
/// assert!(Day::new(2023, 2, 29).is_none());
/// # Ok::<(), gisa_text::ParseDayError>(())
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, serde::Serialize, serde::Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Day(Date);

impl Day {
    /// Returns the day of a year, month and day; `None` if the calendar has no such day.
    pub fn new(year: i32, month: u32, day: u32) -> Option<Day> {
        let year = i16::try_from(year).ok()?;
        Date::new(year, i8::try_from(month).ok()?, i8::try_from(day).ok()?).ok().map(Day)
    }

    /// Returns the year.
    pub fn year(self) -> i32 {
        i32::from(self.0.year())
    }

    /// Returns the month, 1 to 12.
    pub fn month(self) -> u32 {
        u32::from(self.0.month().unsigned_abs())
    }

    /// Returns the day of the month, 1 to 31.
    pub fn day(self) -> u32 {
        u32::from(self.0.day().unsigned_abs())
    }

    /// Returns the day of the week, 1 for Monday to 7 for Sunday.
    pub fn weekday(self) -> u32 {
        u32::from(self.0.weekday().to_monday_one_offset().unsigned_abs())
    }

    /// Returns the year and the number of the day's ISO week. The year may differ from that of the day.
    pub fn iso_week(self) -> (i32, u32) {
        let week = self.0.iso_week_date();
        (i32::from(week.year()), u32::from(week.week().unsigned_abs()))
    }

    /// Returns a day of an ISO week, with 1 for Monday to 7 for Sunday; `None` if the year has no such week.
    pub fn of_iso_week(year: i32, week: u32, weekday: u32) -> Option<Day> {
        let weekday = Weekday::from_monday_one_offset(i8::try_from(weekday).ok()?).ok()?;
        let (year, week) = (i16::try_from(year).ok()?, i8::try_from(week).ok()?);
        ISOWeekDate::new(year, week, weekday).ok().map(|day| Day(day.date()))
    }

    /// Returns the day a number of days later, or earlier if it is negative; `None` outside the calendar.
    pub fn plus_days(self, days: i32) -> Option<Day> {
        self.0.checked_add(days.days()).ok().map(Day)
    }

    /// Returns the number of days from this day to another, which is negative if the other is earlier.
    pub fn days_until(self, other: Day) -> i32 {
        self.0.until(other.0).map_or(0, |span| span.get_days())
    }
}

impl fmt::Display for Day {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:04}-{:02}-{:02}", self.year(), self.month(), self.day())
    }
}

impl From<Day> for String {
    fn from(day: Day) -> String {
        day.to_string()
    }
}

impl TryFrom<String> for Day {
    type Error = ParseDayError;

    fn try_from(text: String) -> Result<Day, ParseDayError> {
        text.parse()
    }
}

impl FromStr for Day {
    type Err = ParseDayError;

    fn from_str(text: &str) -> Result<Day, ParseDayError> {
        let error = || ParseDayError { text: text.to_owned() };
        let mut numbers = text.splitn(3, '-').map(|part| {
            let digits = !part.is_empty() && part.bytes().all(|b| b.is_ascii_digit());
            digits.then(|| part.parse::<u32>().ok()).flatten()
        });
        let mut next = || numbers.next().flatten().ok_or_else(error);
        let (year, month, day) = (next()?, next()?, next()?);
        i32::try_from(year).ok().and_then(|year| Day::new(year, month, day)).ok_or_else(error)
    }
}

/// The error of parsing a text that is not a day in ISO 8601.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{text:?} is no day of the calendar; a day is written 2024-06-23")]
pub struct ParseDayError {
    text: String,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn days_read_back() {
        for text in ["2024-06-23", "1900-01-01", "2100-12-31", "2024-02-29"] {
            assert_eq!(text.parse::<Day>().unwrap().to_string(), text);
        }
        for text in ["", "2024", "2024-06", "2023-02-29", "2024-13-01", "2024-06-23T10:00", "-1-1-1", "20240623"] {
            assert!(text.parse::<Day>().is_err(), "{text:?}");
        }
    }

    #[test]
    fn weeks() {
        let day = |text: &str| text.parse::<Day>().unwrap();
        assert_eq!(day("2024-06-23").weekday(), 7);
        assert_eq!(day("2024-06-24").iso_week(), (2024, 26));
        assert_eq!(day("2021-01-01").iso_week(), (2020, 53));
        assert_eq!(Day::of_iso_week(2020, 53, 5), Some(day("2021-01-01")));
        assert_eq!(Day::of_iso_week(2021, 53, 1), None);
    }

    #[test]
    fn days_count() {
        let day: Day = "2024-02-28".parse().unwrap();
        assert_eq!(day.plus_days(2).unwrap().to_string(), "2024-03-01");
        assert_eq!(day.days_until("2024-03-01".parse().unwrap()), 2);
        assert_eq!(day.days_until("2023-02-28".parse().unwrap()), -365);
    }
}
