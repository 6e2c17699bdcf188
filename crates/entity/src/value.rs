//! Values: what day, month or year a date mention means, in ISO 8601.
//!
//! Complete dates have their value from the text alone. Of incomplete ones the missing part comes from the publication
//! day: a month and day, or a day alone, mean the nearest such day to the publication, which in a newspaper is seldom
//! more than half a month away; years and months by name (`지난해`, `지난달`) count from it. Without a publication day
//! such a mention has no value, and what is written here as no rule has none either.

use regex::Regex;

use crate::Day;

/// Reads date mentions as calendar values.
pub(crate) struct Values {
    numbers: Regex,
    dotted: Regex,
}

/// The parts that a mention names.
#[derive(Clone, Copy, Debug, Default)]
struct Parts {
    year: Option<i32>,
    month: Option<u32>,
    day: Option<u32>,
}

impl Values {
    pub fn new() -> Values {
        let compile = |pattern: &str| Regex::new(pattern).expect("the patterns are fixed and tested");
        Values {
            numbers: compile(concat!(
                r"^(?P<before>지난|오는|올)?\s?(?:(?P<year>[0-9]{4}|['‘’][0-9]{2})년도?",
                "|(?P<named_year>지난해|작년|재작년|올해|내년|금년))?",
                r"\s?(?:(?P<month>[0-9]{1,2})월|(?P<named_month>지난달|이달|다음 ?달|내달))?",
                r"\s?(?:(?P<day>[0-9]{1,2})일)?(?:\s?\([월화수목금토일](?:요일)?\))?$"
            )),
            dotted: compile(r"^([0-9]{4})\s?[./-]\s?([0-9]{1,2})\s?[./-]\s?([0-9]{1,2})\.?"),
        }
    }

    /// The value of a date mention published on a day, or none.
    pub fn of(&self, text: &str, published: Option<Day>) -> Option<String> {
        if let Some(found) = self.dotted.captures(text) {
            let number = |index: usize| found[index].parse::<u32>().ok();
            return Day::new(number(1)?.cast_signed(), number(2)?, number(3)?).map(|day| day.to_string());
        }
        if let Some(days) = relative_day(text) {
            return published?.plus_days(days).map(|day| day.to_string());
        }
        let found = self.numbers.captures(text)?;
        let parts = Parts {
            year: match (found.name("year"), found.name("named_year")) {
                (Some(year), _) => Some(full_year(year.as_str())?),
                (_, Some(name)) => Some(published?.year() + relative_year(name.as_str())),
                _ => None,
            },
            month: found.name("month").and_then(|month| month.as_str().parse().ok()),
            day: found.name("day").and_then(|day| day.as_str().parse().ok()),
        };
        if let Some(name) = found.name("named_month") {
            let (year, month) = month_away(published?, relative_month(name.as_str()));
            return Parts { year: Some(year), month: Some(month), ..parts }.value();
        }
        let future = found.name("before").is_some_and(|before| before.as_str() == "오는");
        let past = found.name("before").is_some_and(|before| before.as_str() == "지난");
        parts.completed(published, past, future)?.value()
    }
}

impl Parts {
    /// The parts with the missing year and month from the publication day.
    fn completed(self, published: Option<Day>, past: bool, future: bool) -> Option<Parts> {
        match self {
            Parts { year: Some(_), .. } => Some(self),
            Parts { month: Some(month), day: Some(day), .. } => {
                let published = published?;
                let years = [published.year() - 1, published.year(), published.year() + 1];
                let days = years.into_iter().filter_map(|year| Day::new(year, month, day));
                nearest(days, published, past, future)
            }
            Parts { month: Some(month), .. } => {
                // A month alone is this year's, last year's when it is named as past and has not come yet.
                let published = published?;
                let ahead = month > published.month();
                let year = published.year() - i32::from(past && month >= published.month())
                    + i32::from(future && !ahead && month != published.month());
                Some(Parts { year: Some(year), month: Some(month), day: None })
            }
            Parts { day: Some(day), .. } => {
                let published = published?;
                let months = [-1, 0, 1].map(|away| month_away(published, away));
                let days = months.into_iter().filter_map(|(year, month)| Day::new(year, month, day));
                nearest(days, published, past, future)
            }
            _ => None,
        }
    }

    /// The value, when the calendar has such a day.
    fn value(self) -> Option<String> {
        match (self.year?, self.month, self.day) {
            (year, Some(month), Some(day)) => Day::new(year, month, day).map(|day| day.to_string()),
            (year, Some(month), None) => Day::new(year, month, 1).map(|_| format!("{year:04}-{month:02}")),
            (year, None, None) => Some(format!("{year:04}")),
            (_, None, Some(_)) => None,
        }
    }
}

/// The day nearest to the publication day, on the side that the adverb says.
fn nearest(days: impl Iterator<Item = Day>, published: Day, past: bool, future: bool) -> Option<Parts> {
    let allowed = days.filter(|day| !(past && *day > published || future && *day < published));
    let day = allowed.min_by_key(|day| published.days_until(*day).abs())?;
    Some(Parts { year: Some(day.year()), month: Some(day.month()), day: Some(day.day()) })
}

/// The days from the publication day to a day named by itself.
fn relative_day(text: &str) -> Option<i32> {
    match text {
        "오늘" => Some(0),
        "어제" => Some(-1),
        "그제" | "그저께" => Some(-2),
        "내일" => Some(1),
        "모레" => Some(2),
        "글피" => Some(3),
        _ => None,
    }
}

fn relative_year(name: &str) -> i32 {
    match name {
        "지난해" | "작년" => -1,
        "재작년" => -2,
        "내년" => 1,
        _ => 0,
    }
}

fn relative_month(name: &str) -> i32 {
    match name {
        "지난달" => -1,
        "이달" => 0,
        _ => 1,
    }
}

/// The year and month so many months away.
fn month_away(day: Day, months: i32) -> (i32, u32) {
    let count = day.year() * 12 + day.month().cast_signed() - 1 + months;
    (count.div_euclid(12), count.rem_euclid(12).cast_unsigned() + 1)
}

/// A year as written: `2024`, or `'24` of the last hundred years up to 2049.
fn full_year(text: &str) -> Option<i32> {
    let digits = text.trim_start_matches(['\'', '‘', '’']);
    let number: i32 = digits.parse().ok()?;
    Some(match digits.len() {
        2 if number < 50 => 2000 + number,
        2 => 1900 + number,
        _ => number,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn values() {
        let values = Values::new();
        for (text, published, expected) in [
            ("23일", "2024-06-23", "2024-06-23"),
            ("29일", "2024-06-23", "2024-06-29"),
            ("29일", "2023-03-01", "2023-03-29"),
            ("28일", "2023-03-01", "2023-02-28"),
            ("31일", "2024-01-02", "2023-12-31"),
            ("6월 23일", "2024-06-25", "2024-06-23"),
            ("12월 30일", "2024-01-02", "2023-12-30"),
            ("오는 30일", "2024-06-23", "2024-06-30"),
            ("지난 27일", "2024-06-23", "2024-05-27"),
            ("지난 5월", "2024-06-23", "2024-05"),
            ("지난 11월", "2024-06-23", "2023-11"),
            ("9월", "2024-06-23", "2024-09"),
            ("2026년", "", "2026"),
            ("2024년 6월 23일", "", "2024-06-23"),
            ("2024년 6월 23일(일)", "", "2024-06-23"),
            ("2024.6.23", "", "2024-06-23"),
            ("'24년", "", "2024"),
            ("지난해 11월", "2024-06-23", "2023-11"),
            ("지난달 31일", "2024-06-23", "2024-05-31"),
            ("다음 달 7일", "2024-12-23", "2025-01-07"),
            ("올해", "2024-06-23", "2024"),
            ("어제", "2024-03-01", "2024-02-29"),
            ("2월 30일", "2024-06-23", ""),
            ("13월", "2024-06-23", ""),
            ("23일", "", ""),
            ("이날", "2024-06-23", ""),
        ] {
            let published = published.parse().ok();
            assert_eq!(values.of(text, published).unwrap_or_default(), expected, "{text} on {published:?}");
        }
    }
}
