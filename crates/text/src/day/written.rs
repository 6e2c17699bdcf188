//! Parser of the date itself, in numbers or with an English month, without the time and the day of the week.
//!
//! [`Day::parse_prefix`] is its form for running text. `published` reads a whole text with it: a date and what may
//! follow one.

use std::ops::RangeInclusive;

use super::Day;
use super::cursor::Cursor;

impl Day {
    /// The years that [`Day::parse_prefix`] accepts.
    const PREFIX_YEARS: RangeInclusive<i32> = 1900..=2100;

    /// Parses the date at the start of a text and returns it with its length in bytes, whatever follows it.
    ///
    /// The forms are `2024-06-23`, `2024. 6. 23`, `2024/06/23`, `2024년 6월 23일` and `Jun 23, 2024`. In a year of two
    /// digits, which is one from 1969 to 2068, the month needs two digits too (`24.06.23`), because `24.5.3` is more
    /// often a version or a figure. Returns `None` for other texts and for years outside 1900 to 2100.
    ///
    /// ```
    /// use gisa_text::Day;
    ///
    /// let (day, length) = Day::parse_prefix("2024. 6. 23 17:04 입력").unwrap();
    /// assert_eq!(day.to_string(), "2024-06-23");
    /// assert_eq!(length, "2024. 6. 23".len());
    /// assert!(Day::parse_prefix("입력 2024. 6. 23").is_none());
    /// ```
    pub fn parse_prefix(text: &str) -> Option<(Day, usize)> {
        let start = Cursor(text);
        let (day, rest) = NumericDate::read(start)
            .filter(|date| date.has_full_year() || date.month.len() == 2)
            .and_then(|date| Some((date.day()?, date.rest)))
            .or_else(|| month_day_year(start))?;
        Self::PREFIX_YEARS.contains(&day.year()).then_some((day, text.len() - rest.0.len()))
    }

    /// Returns the day of a year, month and day in digits.
    pub(super) fn of_digits(year: &str, month: &str, day: &str) -> Option<Day> {
        Day::new(year.parse().ok()?, month.parse().ok()?, day.parse().ok()?)
    }
}

pub(super) const MONTHS: [&str; 12] = [
    "january",
    "february",
    "march",
    "april",
    "may",
    "june",
    "july",
    "august",
    "september",
    "october",
    "november",
    "december",
];

/// What separates the numbers of a date.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Separator {
    Hyphen,
    Slash,
    Dot,
    /// `년`, `월` and `일`.
    Unit,
}

impl Separator {
    const ALL: [Separator; 4] = [Separator::Hyphen, Separator::Slash, Separator::Dot, Separator::Unit];

    /// Returns what follows the year, the month and the day.
    fn marks(self) -> [&'static str; 3] {
        match self {
            Separator::Hyphen => ["-", "-", ""],
            Separator::Slash => ["/", "/", ""],
            Separator::Dot => [".", ".", ""],
            Separator::Unit => ["년", "월", "일"],
        }
    }
}

/// The numbers of a date in the order year, month, day, as they are written: `2024-06-23`, `24년 6월 23일`.
#[derive(Debug)]
pub(super) struct NumericDate<'t> {
    year: &'t str,
    month: &'t str,
    day: &'t str,
    /// What separates the numbers.
    pub(super) separator: Separator,
    /// The text after the date.
    pub(super) rest: Cursor<'t>,
}

impl<'t> NumericDate<'t> {
    /// Reads three numbers with the same separator between them.
    pub(super) fn read(mut cursor: Cursor<'t>) -> Option<NumericDate<'t>> {
        let year = cursor.digits();
        let separator = Separator::ALL.into_iter().find(|separator| cursor.eat_spaced(separator.marks()[0]))?;
        let [_, second, third] = separator.marks();
        let month = cursor.spaced_digits();
        let has_second = cursor.eat_spaced(second);
        let day = cursor.spaced_digits();
        let has_third = third.is_empty() || cursor.eat_spaced(third);
        let is_date = has_second && has_third && month.len() <= 2 && day.len() <= 2;
        is_date.then_some(NumericDate { year, month, day, separator, rest: cursor })
    }

    /// Returns whether the year is written in four digits.
    pub(super) fn has_full_year(&self) -> bool {
        self.year.len() == 4
    }

    /// Returns the day these numbers stand for; a year of two digits is one from 1969 to 2068.
    pub(super) fn day(&self) -> Option<Day> {
        let year: i32 = self.year.parse().ok()?;
        let year = match self.year.len() {
            4 => year,
            2 if year < 69 => 2000 + year,
            2 => 1900 + year,
            _ => return None,
        };
        Day::new(year, self.month.parse().ok()?, self.day.parse().ok()?)
    }
}

/// Reads `23 Jun 2024` (RFC 2822) or `23-Jun-2024`.
pub(super) fn day_month_year(mut cursor: Cursor<'_>) -> Option<(Day, Cursor<'_>)> {
    let day = cursor.digits();
    cursor.eat("-");
    let month = month(&mut cursor)?;
    cursor.eat("-");
    let year = cursor.spaced_digits();
    Some((english_day(year, month, day)?, cursor))
}

/// Reads `Jun 23, 2024` or `Sept. 3, 2024`.
pub(super) fn month_day_year(mut cursor: Cursor<'_>) -> Option<(Day, Cursor<'_>)> {
    let month = month(&mut cursor)?;
    cursor.skip(&['.', ' ']);
    let day = cursor.digits();
    cursor.skip(&[',', ' ']);
    let year = cursor.digits();
    Some((english_day(year, month, day)?, cursor))
}

/// Reads an English month and returns its number.
fn month(cursor: &mut Cursor<'_>) -> Option<u32> {
    cursor.skip(&[' ']);
    (1..=12).nth(cursor.name_of(&MONTHS)?)
}

/// Returns the day of a date with an English month, whose year always has four digits.
fn english_day(year: &str, month: u32, day: &str) -> Option<Day> {
    let has_digits = year.len() == 4 && (1..=2).contains(&day.len());
    has_digits.then(|| Day::new(year.parse().ok()?, month, day.parse().ok()?))?
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn dates_at_the_start_of_a_text_are_read() {
        for (text, expected) in [
            ("2024-06-23 17:04", Some(("2024-06-23", "2024-06-23"))),
            ("2024.06.23. 오전 9:12", Some(("2024-06-23", "2024.06.23"))),
            ("2024. 6. 3 (월)", Some(("2024-06-03", "2024. 6. 3"))),
            ("2024 / 6 / 3", Some(("2024-06-03", "2024 / 6 / 3"))),
            ("2024년 6월 23일에", Some(("2024-06-23", "2024년 6월 23일"))),
            ("2024 년6 월 23 일", Some(("2024-06-23", "2024 년6 월 23 일"))),
            ("24/06/23", Some(("2024-06-23", "24/06/23"))),
            ("98.06.23", Some(("1998-06-23", "98.06.23"))),
            ("Aug. 29, 2023 14:05", Some(("2023-08-29", "Aug. 29, 2023"))),
            ("september 2 2023", Some(("2023-09-02", "september 2 2023"))),
            ("24.6.23", None),
            ("24년 6월 23일", None),
            ("2024-06.23", None),
            ("2024년 6-23", None),
            ("2024년 6월 23", None),
            ("2024-06-233", None),
            ("12024-06-23", None),
            ("2023-02-29", None),
            ("1899-12-31", None),
            ("3.14.15", None),
            ("Boeing 29, 2023", None),
            ("Aug. 29", None),
            ("Aug 292, 2023", None),
            ("Aug 29, 20231", None),
            ("20240623", None),
            ("6월 23일", None),
            ("", None),
        ] {
            let found = Day::parse_prefix(text).map(|(day, length)| (day.to_string(), &text[..length]));
            assert_eq!(found.as_ref().map(|(day, prefix)| (&**day, *prefix)), expected, "{text:?}");
        }
    }

    proptest! {
        #[test]
        fn a_prefix_is_a_date_by_itself(text in "(2024|24|[A-Z][a-z]{2})[0-9 .,/년월일-]{0,14}|\\PC{0,16}") {
            if let Some((day, length)) = Day::parse_prefix(&text) {
                prop_assert_eq!(Day::parse_prefix(&text[..length]), Some((day, length)));
                prop_assert!(Day::PREFIX_YEARS.contains(&day.year()));
            }
        }
    }
}
