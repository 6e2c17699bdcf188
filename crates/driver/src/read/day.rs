//! Publication days as corpora write them.

use gisa_entity::Day;

/// Minutes by which Korean time is ahead of UTC.
const KOREA: i32 = 9 * 60;

/// The day of a date or timestamp: `2024-06-23`, `20240623`, `2024/06/23`, `2024.06.23.`, `2024년 6월 23일`, each with
/// anything that is a time after it (`2024-06-23 17:04`, `2024-06-23T10:00:00+09:00`, `20240623170400`).
///
/// Also `Sun, 23 Jun 2024 10:00:00 GMT`, as feeds write it, and seconds or milliseconds since 1970 (`1719104400`).
///
/// A time with another zone is moved to Korea's: `2024-06-22T20:00:00Z` was the 23rd there.
pub(crate) fn parse(text: &str) -> Option<Day> {
    let text = text.trim();
    if let Some(day) = since_1970(text) {
        return Some(day);
    }
    let (day, rest) = compact(text).or_else(|| spaced(text)).or_else(|| english(text))?;
    let rest = rest.trim_start_matches('.').trim_start();
    if rest.is_empty() {
        return Some(day);
    }
    let time = Time::parse(rest.trim_start_matches(['T', 't']).trim_start())?;
    day.plus_days(time.days_to_korea())
}

/// `20240623`, with nothing or four or six digits of a time after it.
fn compact(text: &str) -> Option<(Day, &str)> {
    let (digits, rest) = digits(text);
    if ![8, 12, 14].contains(&digits.len()) {
        return None;
    }
    let day = day(&digits[..4], &digits[4..6], &digits[6..8])?;
    Some((day, rest))
}

/// Ten digits of seconds or thirteen of milliseconds. Ten that begin with a day of our time are its day and hour.
fn since_1970(text: &str) -> Option<Day> {
    let (number, rest) = digits(text);
    let seconds: i64 = match number.len() {
        10 if rest.is_empty() || rest.starts_with('.') => number.parse().ok()?,
        13 if rest.is_empty() => number.parse::<i64>().ok()? / 1000,
        _ => return None,
    };
    let named = (number.len() == 10 && &number[..4] >= "1950").then(|| day(&number[..4], &number[4..6], &number[6..8]));
    if let Some(day) = named.flatten() {
        return Some(day);
    }
    let days = (seconds + i64::from(KOREA) * 60).div_euclid(24 * 60 * 60);
    Day::new(1970, 1, 1)?.plus_days(i32::try_from(days).ok()?)
}

/// `Sun, 23 Jun 2024` (RFC 2822).
fn english(text: &str) -> Option<(Day, &str)> {
    const MONTHS: [&str; 12] = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"];
    let text = text.split_once(',').map_or(text, |(_, rest)| rest.trim_start());
    let (number, rest) = digits(text);
    let (name, rest) = rest.trim_start().split_once(' ')?;
    let month = MONTHS.iter().position(|month| name.eq_ignore_ascii_case(month))? + 1;
    let (year, rest) = digits(rest.trim_start());
    if !(1..=2).contains(&number.len()) || year.len() != 4 {
        return None;
    }
    Some((day(year, &month.to_string(), number)?, rest))
}

/// `2024-06-23` and its like: four, one or two, one or two digits, with the same sign between them.
fn spaced(text: &str) -> Option<(Day, &str)> {
    let (year, rest) = digits(text);
    if year.len() != 4 {
        return None;
    }
    for [first, second, third] in [["-", "-", ""], ["/", "/", ""], [".", ".", ""], ["년", "월", "일"]] {
        let Some(after_year) = rest.strip_prefix(first) else { continue };
        let (month, after_month) = digits(after_year.trim_start());
        let (number, after_day) = digits(after_month.strip_prefix(second)?.trim_start());
        if !(1..=2).contains(&month.len()) || !(1..=2).contains(&number.len()) {
            return None;
        }
        return Some((day(year, month, number)?, after_day.strip_prefix(third)?));
    }
    None
}

fn day(year: &str, month: &str, day: &str) -> Option<Day> {
    Day::new(year.parse().ok()?, month.parse().ok()?, day.parse().ok()?)
}

/// The digits that a text begins with, and the rest.
fn digits(text: &str) -> (&str, &str) {
    text.split_at(text.bytes().take_while(u8::is_ascii_digit).count())
}

/// A time of day, in minutes, and the zone it is in.
struct Time {
    minutes: i32,
    zone: i32,
}

impl Time {
    /// Reads `17:04`, `17:04:00`, `17:04:00.000`, each with `Z` or `+09:00` after it. What is no time but comes after a
    /// day, as `(일)` or `오후 5:04`, says nothing of the zone and is passed over.
    fn parse(text: &str) -> Option<Time> {
        if !text.starts_with(|c: char| c.is_ascii_digit()) {
            return text.starts_with(['(', '오', '입', '|']).then_some(Time { minutes: 0, zone: KOREA });
        }
        let (hour, rest) = digits(text);
        let (minute, rest) = digits(rest.strip_prefix(':')?);
        let zone = rest.trim_start_matches(|c: char| c.is_ascii_digit() || ":.,".contains(c)).trim();
        let minutes = hour.parse::<i32>().ok()? * 60 + minute.parse::<i32>().ok()?;
        (minutes <= 24 * 60).then_some(Time { minutes, zone: zone_minutes(zone)? })
    }

    fn days_to_korea(&self) -> i32 {
        (self.minutes - self.zone + KOREA).div_euclid(24 * 60)
    }
}

/// The minutes of `Z`, `+09:00`, `-0500`; Korea's for no zone.
fn zone_minutes(zone: &str) -> Option<i32> {
    match zone {
        "" | "KST" => return Some(KOREA),
        "Z" | "z" | "UTC" | "GMT" => return Some(0),
        _ => {}
    }
    let sign = if zone.starts_with('-') { -1 } else { 1 };
    let (hours, rest) = digits(zone.strip_prefix(['+', '-'])?);
    let (hours, minutes) = if hours.len() == 4 { hours.split_at(2) } else { (hours, rest.trim_start_matches(':')) };
    let minutes = if minutes.is_empty() { 0 } else { minutes.parse::<i32>().ok()? };
    Some(sign * (hours.parse::<i32>().ok()? * 60 + minutes))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn days_are_read() {
        let cases = [
            ("2024-06-23", "2024-06-23"),
            (" 20240623 ", "2024-06-23"),
            ("2024/06/23", "2024-06-23"),
            ("2024.06.23.", "2024-06-23"),
            ("2024.06.23", "2024-06-23"),
            ("2024. 6. 23.", "2024-06-23"),
            ("2024-6-3", "2024-06-03"),
            ("2024년 6월 23일", "2024-06-23"),
            ("2024년 6월 23일 17:04", "2024-06-23"),
            ("2024-06-23T10:00:00+09:00", "2024-06-23"),
            ("2024-06-23 17:04", "2024-06-23"),
            ("2024-06-23 17:04:31.000", "2024-06-23"),
            ("2024.06.23. 오후 5:04", "2024-06-23"),
            ("2024.06.23 (일)", "2024-06-23"),
            ("20240623170400", "2024-06-23"),
            ("202406231704", "2024-06-23"),
            ("Sun, 23 Jun 2024 10:00:00 GMT", "2024-06-23"),
            ("23 Jun 2024 23:00:00 +0900", "2024-06-23"),
            ("Sat, 22 Jun 2024 20:00:00 +0000", "2024-06-23"),
            ("1719104400", "2024-06-23"),
            ("1719104400000", "2024-06-23"),
            ("1719104400.5", "2024-06-23"),
            ("2024062310", "2024-06-23"),
            // The day is the one in Korea.
            ("2024-06-22T20:00:00Z", "2024-06-23"),
            ("2024-06-22T14:59:00Z", "2024-06-22"),
            ("2024-06-22T23:00:00-05:00", "2024-06-23"),
            ("2024-06-23T05:00:00+1400", "2024-06-23"),
            ("2024-06-23T04:00:00+1400", "2024-06-22"),
        ];
        for (text, expected) in cases {
            assert_eq!(parse(text).map(|day| day.to_string()).as_deref(), Some(expected), "{text:?}");
        }
    }

    #[test]
    fn other_texts_are_not() {
        for text in [
            "",
            "2024",
            "2024-06",
            "2024-13-01",
            "2023-02-29",
            "20241301",
            "2024-06-23x",
            "2024-06/23",
            "어제",
            "23 Foo 2024",
        ] {
            assert_eq!(parse(text), None, "{text:?}");
        }
    }
}
