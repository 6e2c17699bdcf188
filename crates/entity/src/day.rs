//! Days of the calendar, as publication days and as values of date mentions.

use std::fmt;
use std::str::FromStr;

use jiff::ToSpan;
use jiff::civil::Date;

/// A day of the proleptic Gregorian calendar, written `2024-06-23` (ISO 8601).
///
/// ```
/// use gisa_entity::Day;
///
/// let day: Day = "2024-06-23".parse()?;
/// assert_eq!((day.year(), day.month(), day.day()), (2024, 6, 23));
/// assert_eq!(day.to_string(), "2024-06-23");
/// assert!(Day::new(2023, 2, 29).is_none());
/// # Ok::<(), gisa_entity::ParseDayError>(())
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Day(Date);

impl Day {
    /// The day of these numbers, or none when the calendar has no such day.
    pub fn new(year: i32, month: u32, day: u32) -> Option<Day> {
        let year = i16::try_from(year).ok()?;
        Date::new(year, i8::try_from(month).ok()?, i8::try_from(day).ok()?).ok().map(Day)
    }

    /// The year.
    pub fn year(self) -> i32 {
        i32::from(self.0.year())
    }

    /// The month, 1 to 12.
    pub fn month(self) -> u32 {
        u32::from(self.0.month().unsigned_abs())
    }

    /// The day of the month, 1 to 31.
    pub fn day(self) -> u32 {
        u32::from(self.0.day().unsigned_abs())
    }

    /// The day so many days later, or earlier for a negative number; none where the calendar ends.
    pub fn plus_days(self, days: i32) -> Option<Day> {
        self.0.checked_add(days.days()).ok().map(Day)
    }

    /// The days from this day to the other, negative when it is earlier.
    pub fn days_until(self, other: Day) -> i32 {
        self.0.until(other.0).map_or(0, |span| span.get_days())
    }
}

impl fmt::Display for Day {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:04}-{:02}-{:02}", self.year(), self.month(), self.day())
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

/// A text that is no day.
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
    fn days_count() {
        let day: Day = "2024-02-28".parse().unwrap();
        assert_eq!(day.plus_days(2).unwrap().to_string(), "2024-03-01");
        assert_eq!(day.days_until("2024-03-01".parse().unwrap()), 2);
        assert_eq!(day.days_until("2023-02-28".parse().unwrap()), -365);
    }
}
