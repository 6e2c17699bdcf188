//! Parser of publication days in the forms that corpora, pages and gold files use. A cursor reads the text once: the
//! day, which `written` parses, the day of the week, the time, its zone, and a remark.

use jiff::{Timestamp, ToSpan, tz};

use super::Day;
use super::cursor::Cursor;
use super::written::{NumericDate, Separator, day_month_year, month_day_year};
use crate::composed::composed;

impl Day {
    /// The accepted forms of a day of publication, for messages.
    pub const PUBLISHED_FORMS: &str = "2024-06-23, 20240623, 2024/06/23, 2024.06.23., 24.06.23, 2024년 6월 23일 or \
                                       Sun, 23 Jun 2024, each with or without a time, or in seconds since 1970";

    /// Parses a day of publication in any of the forms that corpora, pages and feeds use.
    ///
    /// | form | also |
    /// | --- | --- |
    /// | `2024-06-23` | `2024-6-3`, `24-06-23`, `2024 - 06 - 23` |
    /// | `20240623` | `20240623.0` (from a table of numbers), `2024062317`, `202406231704`, `20240623170411` |
    /// | `2024/06/23` | `2024/6/3` |
    /// | `2024.06.23.` | `2024.06.23`, `2024. 6. 23.`, `24.06.23` |
    /// | `2024년 6월 23일` | `2024년6월23일`, `24년 6월 23일` |
    /// | `Sun, 23 Jun 2024` | `23 June 2024`, `23-Jun-2024`, `Jun 23, 2024` |
    /// | `1719104400` | seconds since 1970, with or without decimals, or milliseconds in thirteen digits |
    ///
    /// Years of two digits are those from 1969 to 2068. Each form but the last may be followed by
    ///
    /// - the day of the week, which is not checked: `(일)`, `일요일`, `Sun`,
    /// - a time: `17:04`, `T17:04:11.000`, `오후 5:04`, `5:04 PM`, `17시 04분`, `170411`,
    /// - after a time, its zone: `Z`, `UTC`, `KST`, `+09:00`, `+0900`, `GMT+9`, with the name of the zone in brackets
    ///   after it or not (`+09:00[Asia/Seoul]`),
    /// - a remark, which is ignored: all text from `(`, `|`, `입력`, `오전` or `오후`.
    ///
    /// A time without a zone is in Korea's, and a time in another zone is converted to Korea's: `2024-06-22T20:00:00Z`
    /// is on the 23rd there.
    ///
    /// # Errors
    ///
    /// Returns an error if the text has none of these forms, or if the calendar has no such day.
    ///
    /// ```
    /// use gisa_text::Day;
    ///
    /// let day = Day::parse_published("2024. 6. 23. 오후 5:04")?;
    /// assert_eq!(day.to_string(), "2024-06-23");
    /// assert_eq!(Day::parse_published("2024-06-22T20:00:00Z")?, day);
    /// assert!(Day::parse_published("2023-02-29").is_err());
    /// # Ok::<(), gisa_text::ParsePublishedError>(())
    /// ```
    pub fn parse_published(text: &str) -> Result<Day, ParsePublishedError> {
        published(&composed(text.trim())).ok_or_else(|| ParsePublishedError { text: text.to_owned() })
    }

    /// Returns the day of the time a number of minutes after the start of this day.
    fn at_minutes(self, minutes: i32) -> Option<Day> {
        self.0.at(0, 0, 0, 0).checked_add(minutes.minutes()).ok().map(|time| Day(time.date()))
    }
}

/// The error of parsing a text that is not a day of publication. Its message lists the accepted forms.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{text:?} is no publication day; a day is written {}", Day::PUBLISHED_FORMS)]
pub struct ParsePublishedError {
    text: String,
}

impl ParsePublishedError {
    /// Returns the text that could not be parsed.
    pub fn text(&self) -> &str {
        &self.text
    }
}

/// Offset of Korea's time from UTC, in hours.
const KOREA_HOURS: i8 = 9;

/// Offset of Korea's time from UTC, in minutes.
const KOREA: i32 = KOREA_HOURS as i32 * 60;

const WEEKDAYS: [&str; 7] = ["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"];

/// The days of the week in one character, which is in brackets or followed by 요일.
const WEEKDAY_CHARS: &str = "월화수목금토일月火水木金土日";

/// Reads a day of publication from a composed text.
fn published(text: &str) -> Option<Day> {
    if let Some(day) = unix_time(text) {
        return Some(day);
    }
    let (day, after) =
        without_separators(text).or_else(|| with_separators(text)).or_else(|| with_english_month(text))?;
    day.at_minutes(minutes_in_korea(after)?)
}

/// Reads ten digits of seconds since 1970, with or without decimals, or thirteen of milliseconds.
///
/// Ten digits that start with a day since 1950 are that day and an hour.
fn unix_time(text: &str) -> Option<Day> {
    let (number, decimals) = text.split_once('.').unwrap_or((text, ""));
    if !number.bytes().chain(decimals.bytes()).all(|byte| byte.is_ascii_digit()) {
        return None;
    }
    let seconds: i64 = match number.len() {
        10 => number.parse().ok()?,
        13 => number.parse::<i64>().ok()? / 1000,
        _ => return None,
    };
    let is_named = number.len() == 10 && number >= "1950";
    let named = is_named.then(|| Day::of_digits(&number[..4], &number[4..6], &number[6..8])).flatten();
    named.or_else(|| {
        let moment = Timestamp::from_second(seconds).ok()?;
        Some(Day(tz::offset(KOREA_HOURS).to_datetime(moment).date()))
    })
}

/// Reads `20240623`, `20240623.0`, or the day of `202406231704` and `20240623170411`.
fn without_separators(text: &str) -> Option<(Day, Cursor<'_>)> {
    let mut cursor = Cursor(text);
    let digits = cursor.digits();
    if ![8, 12, 14].contains(&digits.len()) {
        return None;
    }
    let day = Day::of_digits(&digits[..4], &digits[4..6], &digits[6..8])?;
    let is_decimal = cursor.0.strip_prefix('.').is_some_and(|zeros| zeros.bytes().all(|byte| byte == b'0'));
    let after = if digits.len() == 8 && is_decimal { "" } else { &text[8..] };
    Some((day, Cursor(after)))
}

/// Reads `2024-06-23` and other dates with the same separator twice, except `24/06/23`, whose year is ambiguous.
fn with_separators(text: &str) -> Option<(Day, Cursor<'_>)> {
    let date = NumericDate::read(Cursor(text))?;
    let is_clear = date.has_full_year() || date.separator != Separator::Slash;
    is_clear.then(|| Some((date.day()?, date.rest)))?
}

/// Reads `Sun, 23 Jun 2024` or `Sun, Jun 23, 2024`, with or without the day of the week.
fn with_english_month(text: &str) -> Option<(Day, Cursor<'_>)> {
    let mut cursor = Cursor(text);
    cursor.eat_weekday();
    cursor.skip(&[',', ' ']);
    day_month_year(cursor).or_else(|| month_day_year(cursor))
}

/// Reads the rest of the text after a day: the day of the week, a time, a remark, or nothing.
///
/// Returns the minutes from midnight to the time in Korea, zero without a time, and `None` for any other text.
fn minutes_in_korea(mut cursor: Cursor<'_>) -> Option<i32> {
    cursor.skip(&['.']);
    cursor.skip(&[',', ' ']);
    cursor.eat_weekday();
    cursor.skip(&[',', ' ']);
    if cursor.0.is_empty() {
        return Some(0);
    }
    let mut timed = cursor;
    timed.skip(&['T', 't']);
    timed.skip(&[' ']);
    timed.time().or_else(|| cursor.is_remark().then_some(0))
}

/// The half of the day of a time on a 12-hour clock.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum HalfDay {
    Morning,
    Afternoon,
}

impl HalfDay {
    /// Converts minutes on a 12-hour clock to minutes since midnight. `오후 17:04` is accepted as 17:04.
    fn minutes(self, minutes: i32) -> i32 {
        const HALF: i32 = 12 * 60;
        match self {
            HalfDay::Morning if (HALF..HALF + 60).contains(&minutes) => minutes - HALF,
            HalfDay::Afternoon if minutes < HALF => minutes + HALF,
            HalfDay::Morning | HalfDay::Afternoon => minutes,
        }
    }
}

impl Cursor<'_> {
    /// Reads a number of one or two digits before a unit, as in ` 04분`.
    fn amount(&mut self, unit: &str) -> Option<i32> {
        let mut ahead = *self;
        let digits = ahead.spaced_digits();
        ahead.skip(&[' ']);
        if !(1..=2).contains(&digits.len()) || !ahead.eat(unit) {
            return None;
        }
        *self = ahead;
        digits.parse().ok()
    }

    /// Skips the day of the week: `(일)`, `[일]`, `일요일`, `(일요일)`, `Sun`, `(Sunday)`.
    fn eat_weekday(&mut self) {
        let mut ahead = *self;
        let closing = if ahead.eat("(") {
            ")"
        } else if ahead.eat("[") {
            "]"
        } else {
            ""
        };
        if ahead.name_of(&WEEKDAYS).is_none() {
            let Some(first) = ahead.0.chars().next().filter(|&first| WEEKDAY_CHARS.contains(first)) else { return };
            ahead.eat(first.encode_utf8(&mut [0; 4]));
            if !ahead.eat("요일") && closing.is_empty() {
                return;
            }
        }
        if ahead.eat(closing) {
            *self = ahead;
        }
    }

    /// Reads a time, its zone and a remark up to the end, and returns the minutes since midnight in Korea.
    fn time(mut self) -> Option<i32> {
        let half = self.half_day();
        let minutes = self.clock()?;
        let minutes = half.or_else(|| self.half_day()).map_or(minutes, |half| half.minutes(minutes));
        self.skip(&[' ']);
        let zone = self.zone()?;
        self.skip(&[' ']);
        (self.0.is_empty() || self.is_remark()).then_some(minutes - zone + KOREA)
    }

    fn half_day(&mut self) -> Option<HalfDay> {
        const WORDS: [(&str, HalfDay); 6] = [
            ("오전", HalfDay::Morning),
            ("오후", HalfDay::Afternoon),
            ("am", HalfDay::Morning),
            ("pm", HalfDay::Afternoon),
            ("a.m.", HalfDay::Morning),
            ("p.m.", HalfDay::Afternoon),
        ];
        let mut ahead = *self;
        ahead.skip(&[' ']);
        let (word, half) = WORDS
            .into_iter()
            .find(|(word, _)| ahead.0.get(..word.len()).is_some_and(|start| start.eq_ignore_ascii_case(word)))?;
        ahead.0 = &ahead.0[word.len()..];
        ahead.skip(&[' ']);
        *self = ahead;
        Some(half)
    }

    /// Reads `17:04`, `17:04:11.000`, `17시`, `17시 04분 11초`, `1704` or `170411` as minutes since midnight.
    fn clock(&mut self) -> Option<i32> {
        if let Some(hour) = self.amount("시") {
            let minute = self.amount("분").unwrap_or(0);
            self.amount("초");
            return clock_minutes(hour, minute);
        }
        let digits = self.digits();
        let (hour, minute) = match digits.len() {
            1 | 2 if self.eat(":") => (digits, self.digits()),
            4 | 6 => (&digits[..2], &digits[2..4]),
            _ => return None,
        };
        // Seconds and their fractions.
        self.while_char(|c| c.is_ascii_digit() || ":.,".contains(c));
        clock_minutes(hour.parse().ok()?, minute.parse().ok()?)
    }

    /// Reads the zone of a time as minutes ahead of UTC: Korea's if there is none, `None` for an unknown zone.
    fn zone(&mut self) -> Option<i32> {
        let mut offset = self.offset();
        while let Some((name, rest)) = self.0.strip_prefix('[').and_then(|rest| rest.split_once(']')) {
            // Without an offset the time is that of the place.
            let zone = match name.trim_start_matches('!') {
                "Asia/Seoul" => Some(KOREA),
                "UTC" | "Etc/UTC" => Some(0),
                name => Cursor(name).offset(),
            };
            offset = Some(offset.or(zone)?);
            self.0 = rest;
        }
        Some(offset.unwrap_or(KOREA))
    }

    /// Reads `Z`, `KST`, `UTC`, `GMT+9`, `+09`, `+09:00` or `-0500` as minutes ahead of UTC.
    fn offset(&mut self) -> Option<i32> {
        let mut ahead = *self;
        let base = match &*ahead.while_char(|c| c.is_ascii_alphabetic()).to_ascii_uppercase() {
            "" => None,
            "KST" => Some(KOREA),
            "Z" | "UTC" | "GMT" => Some(0),
            _ => return None,
        };
        let signed = ahead.signed_offset();
        let offset = if base == Some(0) { signed.or(base) } else { base.or(signed) }?;
        *self = ahead;
        Some(offset)
    }

    fn signed_offset(&mut self) -> Option<i32> {
        let mut ahead = *self;
        let sign = if ahead.eat("-") { -1 } else { i32::from(ahead.eat("+")) };
        let digits = ahead.digits();
        let (hours, minutes) = match digits.len() {
            4 => digits.split_at(2),
            1 | 2 if ahead.eat(":") => (digits, ahead.digits()),
            1 | 2 => (digits, "0"),
            _ => return None,
        };
        let (hours, minutes) = (hours.parse::<i32>().ok()?, minutes.parse::<i32>().ok()?);
        if sign == 0 || hours > 18 || minutes > 59 {
            return None;
        }
        *self = ahead;
        Some(sign * (hours * 60 + minutes))
    }

    /// Returns whether a remark follows, which has no part of the day or time.
    fn is_remark(self) -> bool {
        self.0.starts_with(['(', '|']) || ["입력", "오전", "오후"].iter().any(|word| self.0.starts_with(word))
    }
}

/// Returns the minutes since midnight of a time from 0:00 to 24:00.
fn clock_minutes(hour: i32, minute: i32) -> Option<i32> {
    let minutes = hour * 60 + minute;
    (hour <= 24 && minute < 60 && minutes <= 24 * 60).then_some(minutes)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::super::written::MONTHS;
    use super::*;

    #[test]
    fn publication_days_are_read() {
        let cases = [
            ("2024-06-23", "2024-06-23"),
            (" 20240623 ", "2024-06-23"),
            ("20240623.0", "2024-06-23"),
            ("20240623.", "2024-06-23"),
            ("2024/06/23", "2024-06-23"),
            ("2024.06.23.", "2024-06-23"),
            ("2024.06.23", "2024-06-23"),
            ("2024. 6. 23.", "2024-06-23"),
            ("2024-6-3", "2024-06-03"),
            ("2024년 6월 23일", "2024-06-23"),
            ("2024년6월23일", "2024-06-23"),
            ("2024 년 6 월 23 일", "2024-06-23"),
            ("2024 - 06 - 23 17:04", "2024-06-23"),
            ("2024\u{1102}\u{1167}\u{11ab} 6\u{110b}\u{116f}\u{11af} 23\u{110b}\u{1175}\u{11af}", "2024-06-23"),
            ("24.06.23", "2024-06-23"),
            ("24.06.23.", "2024-06-23"),
            ("24-06-23", "2024-06-23"),
            ("24년 6월 23일", "2024-06-23"),
            ("68.12.31", "2068-12-31"),
            ("69.01.01", "1969-01-01"),
            // Times, which are Korea's.
            ("2024년 6월 23일 17:04", "2024-06-23"),
            ("2024년 6월 23일 17시 04분", "2024-06-23"),
            ("2024년 6월 23일 17시 04분 11초", "2024-06-23"),
            ("2024년 6월 23일 17시", "2024-06-23"),
            ("2024년 6월 23일 오후 5시 4분", "2024-06-23"),
            ("2024-06-23 17:04", "2024-06-23"),
            ("2024-06-23, 17:04", "2024-06-23"),
            ("2024-06-23 17:04:31.000", "2024-06-23"),
            ("2024.06.23 17:04:11", "2024-06-23"),
            ("2024-06-23 5:04 PM", "2024-06-23"),
            ("2024-06-23 5:04:11pm", "2024-06-23"),
            ("2024-06-23 PM 5:04", "2024-06-23"),
            ("2024-06-23 5:04 p.m.", "2024-06-23"),
            ("2024. 6. 23. 오후 5:04", "2024-06-23"),
            ("2024.06.23. 오후 5:04", "2024-06-23"),
            ("2024-06-23 24:00", "2024-06-24"),
            ("20240623 1704", "2024-06-23"),
            ("20240623170400", "2024-06-23"),
            ("202406231704", "2024-06-23"),
            ("20240623170400.0", "2024-06-23"),
            ("2024062310", "2024-06-23"),
            // Days of the week, and remarks.
            ("2024.06.23 (일)", "2024-06-23"),
            ("2024.06.23(일) 17:04", "2024-06-23"),
            ("2024.06.23.(日)", "2024-06-23"),
            ("2024-06-23 [일] 17:04", "2024-06-23"),
            ("2024년 6월 23일 일요일 오후 5시 4분", "2024-06-23"),
            ("2024-06-23 (Sun) 17:04", "2024-06-23"),
            ("2024-06-25 Tue", "2024-06-25"),
            ("2024-06-23 | 사회", "2024-06-23"),
            ("2024.06.23 입력 | 2024.06.24 수정", "2024-06-23"),
            ("2024.06.23 17:04 | 수정 2024.06.24", "2024-06-23"),
            ("2024-06-23 (사회면)", "2024-06-23"),
            // English forms.
            ("Sun, 23 Jun 2024 10:00:00 GMT", "2024-06-23"),
            ("23 Jun 2024 23:00:00 +0900", "2024-06-23"),
            ("Sat, 22 Jun 2024 20:00:00 +0000", "2024-06-23"),
            ("Sunday, 23 June 2024", "2024-06-23"),
            ("23-Jun-2024", "2024-06-23"),
            ("3 Sept. 2024", "2024-09-03"),
            ("Jun 23, 2024", "2024-06-23"),
            ("Sunday, June 23, 2024, 5:04 PM", "2024-06-23"),
            ("Sun Jun 23 2024 17:04:00 GMT+0900 (한국 표준시)", "2024-06-23"),
            // Seconds and milliseconds since 1970.
            ("1719104400", "2024-06-23"),
            ("1719104400000", "2024-06-23"),
            ("1719104400.5", "2024-06-23"),
            ("1719068399", "2024-06-22"),
            ("1719068400", "2024-06-23"),
            // The day is the one in Korea.
            ("2024-06-23T10:00:00+09:00", "2024-06-23"),
            ("2024-06-23T17:04+09:00[Asia/Seoul]", "2024-06-23"),
            ("2024-06-23T17:04[Asia/Seoul]", "2024-06-23"),
            ("2024-06-22T20:00Z[UTC]", "2024-06-23"),
            ("2024-06-22T20:00-05:00[America/New_York]", "2024-06-23"),
            ("2024-06-22T20:00[+00:00]", "2024-06-23"),
            ("2024-06-23T08:04:00Z", "2024-06-23"),
            ("2024-06-22T20:00:00Z", "2024-06-23"),
            ("2024-06-22 20:00:00 UTC", "2024-06-23"),
            ("2024-06-22T14:59:00Z", "2024-06-22"),
            ("20240622T200000Z", "2024-06-23"),
            ("20240622200000Z", "2024-06-23"),
            ("2024-06-22T23:00:00-05:00", "2024-06-23"),
            ("2024-06-23T05:00:00+1400", "2024-06-23"),
            ("2024-06-23T04:00:00+1400", "2024-06-22"),
            ("2024-06-22 3:00 PM GMT", "2024-06-23"),
            ("2024-06-22 12:30 AM GMT", "2024-06-22"),
            ("2024-06-22 12:30 PM GMT", "2024-06-22"),
            ("2024-06-23 08:00 KST", "2024-06-23"),
        ];
        for (text, expected) in cases {
            assert_eq!(Day::parse_published(text).map(|day| day.to_string()).as_deref(), Ok(expected), "{text:?}");
        }
    }

    #[test]
    fn other_texts_are_no_publication_days() {
        for text in [
            "",
            "2024",
            "2024-06",
            "2024-13-01",
            "2023-02-29",
            "23.02.29",
            "20241301",
            "20240623.5",
            "240623",
            "2024-06-23x",
            "2024-06/23",
            "24/06/23",
            "23.6.2024",
            "2024-06-233",
            "2024년 6월",
            "2024-06-23 17",
            "2024-06-23 17:99",
            "2024-06-23 25:00",
            "20240623999999",
            "2024-06-23T17:04+99:00",
            "2024-06-23T17:04 PST",
            "2024-06-23T17:04[America/New_York]",
            "2024-06-23T17:04[",
            "어제",
            "일",
            "23 Foo 2024",
            "23 Ju 2024",
            "Jun 2024",
            "-1719104400",
            "17191044001",
        ] {
            let error = Day::parse_published(text).unwrap_err();
            assert_eq!(error.text(), text);
            assert!(error.to_string().contains("2024년 6월 23일"), "{error}");
        }
    }

    /// How the accepted forms write a day of the years 1969 to 2068.
    const FORMS: [fn(Day) -> String; 14] = [
        |day| day.to_string(),
        |day| format!("{}{:02}{:02}", day.year(), day.month(), day.day()),
        |day| format!("{}{:02}{:02}.0", day.year(), day.month(), day.day()),
        |day| format!("{}{:02}{:02}235959", day.year(), day.month(), day.day()),
        |day| format!("{}/{}/{}", day.year(), day.month(), day.day()),
        |day| format!("{}. {}. {}. 오후 11:59", day.year(), day.month(), day.day()),
        |day| format!("{}.{:02}.{:02}(월) 00:00:00", day.year(), day.month(), day.day()),
        |day| format!("{}년 {}월 {}일 23시 59분", day.year(), day.month(), day.day()),
        |day| format!("{:02}.{:02}.{:02}", day.year() % 100, day.month(), day.day()),
        |day| format!("{day}T23:59:59.999+09:00[Asia/Seoul]"),
        |day| format!("{}T15:00:00Z", day.plus_days(-1).unwrap()),
        |day| format!("{day} 11:59 PM"),
        |day| format!("Mon, {} {} {} 14:59:59 GMT", day.day(), &MONTHS[day.month() as usize - 1][..3], day.year()),
        |day| format!("{} {}, {}", MONTHS[day.month() as usize - 1], day.day(), day.year()),
    ];

    proptest! {
        #[test]
        fn every_day_reads_back_in_each_form(days in 0..36_500_i32) {
            let day = Day::new(1969, 1, 1).unwrap().plus_days(days).unwrap();
            for form in FORMS {
                let text = form(day);
                prop_assert_eq!(Day::parse_published(&text), Ok(day), "{}", text);
            }
        }

        #[test]
        fn every_second_is_of_its_day_in_korea(seconds in 1_000_000_000..1_950_000_000_i64) {
            let days = (seconds + 9 * 60 * 60) / (24 * 60 * 60);
            let day = Day::new(1970, 1, 1).unwrap().plus_days(i32::try_from(days).unwrap()).unwrap();
            for text in [format!("{seconds}"), format!("{seconds}.25"), format!("{seconds}999")] {
                prop_assert_eq!(Day::parse_published(&text), Ok(day), "{}", text);
            }
        }

        #[test]
        fn no_text_is_too_odd(text in "[0-9 .:/T년월일시분오전후()\\[\\]+-]{0,24}|\\PC{0,16}") {
            let _ = Day::parse_published(&text);
            let _ = Day::parse_published(&format!("2024-06-23{text}"));
            let _ = Day::parse_published(&format!("2024-06-23 17:04{text}"));
        }
    }
}
