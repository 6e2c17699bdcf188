//! The dates library over the Korean cases of Microsoft Recognizers-Text, in the past reading.
//!
//! The cases (`recognizers-ko.jsonl`) are no part of the project. They are looked for in `$GISA_RECOGNIZERS`, else in
//! `../shared/data/temporal` beside the checkout; without them the test says so and passes. They are written for
//! assistants, so dates are counted to the day; some differ all the same from what a Korean means (`REASONS` says why),
//! and some contradict themselves (`27일` is the 21st, the past reading is still to come). All of them count. The
//! figure and the cases that have another value are printed with `cargo test --test recognizers -- --nocapture`.

use std::path::{Path, PathBuf};

use gisa_dates::Day;
use gisa_dates::{DateMention, DateValue, Dates, Period, Reading};
use gisa_testing::skip;
use serde_json::Value;

/// The least share of all cases which must have the same value.
const LEAST: f64 = 0.90;

/// Why a case has another value here, by what its span has in it.
const REASONS: &[(&str, &str)] = &[
    ("후반", "the unit that it is part of; of other cases the same words are its second half"),
    ("달 말", "the unit that it is part of; of other cases the same words are its second half"),
    ("해 말", "the unit that it is part of; of other cases the same words are its second half"),
    ("섣달그믐날", "the last day of the lunar year, not of the solar one"),
    ("지난 9월", "the last September before November, not the one before it"),
    ("지난 날", "`the last day` word by word: days gone by, none of them yesterday"),
    ("나의 하루", "`my day` word by word: how long, not today"),
    ("0년", "so many years from now, not decades of the calendar"),
    ("21/04/16", "the year comes first"),
    ("31주", "weeks of a year only by the number: those of a pregnancy"),
    ("번 째 주", "the week of the 18th in another language: weeks 29 and 33 are not the eighteenth"),
    ("모레", "written onto the word before it"),
    ("내일부터 3주", "three weeks from tomorrow, of which the case has the last day"),
    ("2주간 일요일", "a Sunday each of two weeks, of which the case has the last"),
];

fn cases() -> Option<String> {
    let beside = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../shared/data/temporal/recognizers-ko.jsonl");
    let path = std::env::var_os("GISA_RECOGNIZERS").map_or(beside, PathBuf::from);
    std::fs::read_to_string(path).ok()
}

/// A case of a parser with a value of a day or longer.
struct Case {
    text: String,
    span: String,
    published: Day,
    from: Day,
    to: Option<Day>,
    /// The value of the TIMEX3 annotation, with the year in place of `XXXX`.
    timex: String,
}

fn case(line: &str) -> Option<Case> {
    let case: Value = serde_json::from_str(line).expect("JSON");
    let source = case["src"].as_str()?;
    let scored = ["DateParser", "DatePeriodParser", "HolidayParser"];
    if !scored.iter().any(|parser| source.ends_with(&format!("/{parser}.json"))) {
        return None;
    }
    let past = &case["value"]["PastResolution"];
    let day = |key: &str| past[key].as_str().and_then(|text| text.parse::<Day>().ok()).filter(|day| day.year() > 1);
    let from = day("date").or_else(|| day("startDate"))?;
    Some(Case {
        text: case["text"].as_str()?.to_owned(),
        span: case["span"].as_str()?.trim().to_owned(),
        published: case["ref"].as_str()?.get(..10)?.parse().ok()?,
        timex: case["timex"].as_str().unwrap_or_default().replace("XXXX", &from.year().to_string()),
        from,
        to: day("endDate"),
    })
}

impl Case {
    /// Whether a value is that of the case. The end of a period is the day after it, that of a range from one day to
    /// another the second day. Of `다음 주 초` the annotation's value is the week, as it is here.
    fn is(&self, value: DateValue) -> bool {
        if value.to_string() == self.timex {
            return true;
        }
        let Some(to) = self.to else { return value == DateValue::Period(Period::Day(self.from)) };
        let last = match value {
            DateValue::Range(_, Some(last)) => last.first_day(),
            _ => None,
        };
        let after = value.last_day().and_then(|day| day.plus_days(1));
        value.first_day() == Some(self.from) && (after == Some(to) || last == Some(to))
    }

    /// The mention that shares the most characters with the span.
    fn mention(&self) -> Option<DateMention<'_>> {
        let start = self.text.find(&self.span)?;
        let end = start + self.span.len();
        let shared =
            |mention: &DateMention<'_>| mention.bytes.end.min(end).saturating_sub(mention.bytes.start.max(start));
        let found = Dates::new().reading(Reading::Past).to_the_day().find(&self.text, Some(self.published));
        found.into_iter().filter(|mention| shared(mention) > 0).max_by_key(shared)
    }

    /// Whether the expected value contradicts the case itself: a value of the past reading that is still to come when
    /// the text names a day by its number alone, or one that has not the year or the day that the text names.
    fn contradicts_itself(&self) -> bool {
        let digits: String = self.span.chars().take_while(char::is_ascii_digit).collect();
        let after_digits = &self.span[digits.len()..];
        let number = digits.parse::<u32>().ok();
        match number {
            Some(day) if after_digits == "일" => self.from > self.published || self.from.day() != day,
            Some(year) if digits.len() == 4 && after_digits.starts_with("년 ") && self.to.is_none() => {
                self.from.year().cast_unsigned() != year
            }
            _ => false,
        }
    }

    fn reason(&self) -> &'static str {
        REASONS.iter().find(|(word, _)| self.span.contains(word)).map_or("missed", |reason| reason.1)
    }
}

#[test]
#[expect(clippy::cast_precision_loss, reason = "a few hundred cases")]
fn values_in_the_past_reading() {
    let Some(lines) = cases() else {
        return skip("no cases in $GISA_RECOGNIZERS or ../shared/data/temporal/recognizers-ko.jsonl");
    };
    let cases: Vec<Case> = lines.lines().filter_map(case).collect();
    let (mut right, mut contradicting) = (0, 0);
    for case in &cases {
        let mention = case.mention();
        let value = mention.as_ref().and_then(|mention| mention.value);
        if value.is_some_and(|value| case.is(value)) {
            right += 1;
            continue;
        }
        let expected = case.to.map_or(case.from.to_string(), |to| format!("{}..{to}", case.from));
        let found = mention.map_or("(not found)".to_owned(), |mention| {
            let value = mention.value.map(|value| value.to_string()).unwrap_or_default();
            format!("{:?} = {value} ({})", mention.text, mention.rule)
        });
        let reason = if case.contradicts_itself() {
            contradicting += 1;
            "the case contradicts itself"
        } else {
            case.reason()
        };
        eprintln!("{:?} on {}: expected {expected}, found {found}: {reason}", case.span, case.published);
    }
    let share = f64::from(right) / cases.len() as f64;
    eprintln!("{right} of {} cases have the same value: {:.1} %", cases.len(), share * 100.0);
    eprintln!("{contradicting} of the others contradict themselves");
    assert!(share >= LEAST, "{:.1} % are too few", share * 100.0);
}
