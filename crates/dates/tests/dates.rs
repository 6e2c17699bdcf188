//! The dates library: the values of several hundred forms (`golden/dates.tsv`), and what holds for any text.
//!
//! The rows of the golden file were written by hand, from what a newspaper means: family, text, expression, day of
//! publication, value. An empty value is none; a row without an expression says that the text names no date at all.

use std::collections::HashMap;

use gisa_dates::{Basis, DateMention, DateValue, Dates, Reading};
use gisa_text::{Day, composed};
use proptest::prelude::*;
use unicode_normalization::UnicodeNormalization;

const GOLDEN: &str = include_str!("golden/dates.tsv");

fn day(text: &str) -> Option<Day> {
    (!text.is_empty()).then(|| text.parse().unwrap_or_else(|error| panic!("{error}")))
}

fn shown(value: Option<DateValue>) -> String {
    value.map(|value| value.to_string()).unwrap_or_default()
}

#[test]
fn golden_values() {
    let mut counts: HashMap<&str, usize> = HashMap::new();
    let mut wrong = Vec::new();
    for (line, row) in GOLDEN.lines().enumerate().skip(1) {
        let cells: Vec<&str> = row.split('\t').collect();
        let [family, text, expression, published, value] = cells[..] else { panic!("line {}: {row}", line + 1) };
        *counts.entry(family).or_default() += 1;
        let found = Dates::new().find(text, day(published));
        let right = match expression {
            "" => found.is_empty(),
            _ => found.iter().any(|mention| mention.text == expression && shown(mention.value) == value),
        };
        if !right {
            let found: Vec<String> =
                found.iter().map(|mention| format!("{} = {}", mention.text, shown(mention.value))).collect();
            wrong.push(format!("{}: {text} ({published}): {expression} = {value}, found {found:?}", line + 1));
        }
    }
    let total: usize = counts.values().sum();
    eprintln!("{} of {total} rows are right", total - wrong.len());
    assert!(wrong.is_empty(), "{} of {total} rows:\n{}", wrong.len(), wrong.join("\n"));
    assert!(total >= 400, "{total} rows are too few");
}

#[test]
fn what_a_value_rests_on() {
    let text = "시는 2023년 5월 다리를 놓고 이듬해 길을 넓혔다고 23일 밝혔다. 이날 사흘간의 잔치도 끝났다.";
    let found = Dates::new().find(text, day("2024-06-23"));
    let shown: Vec<_> = found.iter().map(|mention| (mention.text, mention.rule, mention.basis)).collect();
    let expected = [
        ("2023년 5월", "month", Some(Basis::Text)),
        ("이듬해", "year", Some(Basis::Discourse)),
        ("23일", "day", Some(Basis::Publication)),
        ("이날", "discourse-day", Some(Basis::Discourse)),
        ("사흘간", "duration", Some(Basis::Text)),
    ];
    assert_eq!(shown, expected);
}

#[test]
fn decomposed_dates_are_read() {
    let text = "시는 23일 축제를 오는 29일부터 다음 달 2일까지 연다고 밝혔다. 이날 회의에서는 지난해 추석도 다뤘다.";
    let decomposed: String = text.nfd().collect();
    let dates = Dates::new();
    let found = dates.find(&decomposed, day("2024-06-23"));
    check(dates, &decomposed, day("2024-06-23"));
    let expected = dates.find(text, day("2024-06-23"));
    assert_eq!(found.len(), expected.len());
    for (found, expected) in found.iter().zip(&expected) {
        assert_eq!(composed(found.text), expected.text);
        assert_eq!((found.value, found.basis, found.rule), (expected.value, expected.basis, expected.rule));
    }
    let spans: Vec<_> = found.iter().map(|mention| mention.bytes.clone()).collect();
    let resolved = dates.resolve(&decomposed, day("2024-06-23"), &spans);
    assert!(resolved.iter().zip(&expected).all(|(resolved, expected)| resolved.value == expected.value));
}

#[test]
fn readings_of_one_text() {
    for (reading, expected) in [(Reading::Past, "2016-10-15"), (Reading::Future, "2016-11-15")] {
        let found = Dates::new().reading(reading).find("15일에 간다.", day("2016-11-07"));
        assert_eq!(shown(found[0].value), expected);
    }
}

#[test]
fn values_to_the_day() {
    let dates = Dates::new().to_the_day();
    for (text, expected) in [
        ("2년 전 만났다.", "2022-06-19"),
        ("지난 3주간 쉬었다.", "2024-05-29/2024-06-19"),
        ("최근 사흘 동안 쉬었다.", "2024-06-16/2024-06-19"),
        ("며칠 전 만났다.", "2024-06-16"),
        ("몇 주 뒤 만난다.", "2024-07-10"),
        ("몇 달 전에 만났다.", "2024-03-19"),
        ("지난 며칠 쉬었다.", "2024-06-16/2024-06-19"),
        ("몇 년간 쉬었다.", "P3Y"),
        ("주말에 만나자.", "2024-06-22/2024-06-23"),
        ("주말마다 만난다.", ""),
        ("수년 전 만났다.", "not found"),
        ("몇십 년 전 만났다.", "not found"),
    ] {
        let found = dates.find(text, day("2024-06-19"));
        let value = found.first().map_or("not found".to_owned(), |mention| shown(mention.value));
        assert_eq!(value, expected, "{text}");
    }
}

#[test]
fn a_range_that_has_begun_is_the_last_one() {
    let past = Dates::new().reading(Reading::Past);
    for (published, expected) in [
        ("2024-06-23", "2024-06-01/2024-07-14"),
        ("2024-07-20", "2024-06-01/2024-07-14"),
        ("2024-06-01", "2023-06-01/2023-07-14"),
        ("2024-05-31", "2023-06-01/2023-07-14"),
    ] {
        let found = past.find("6월 1일부터 7월 14일까지 연다.", day(published));
        assert_eq!(shown(found[0].value), expected, "{published}");
    }
}

#[test]
fn spans_of_others_are_read() {
    let text = "6·25전쟁 때와 23일부터 29일까지, 그리고 아무 때나";
    let span = |word: &str| {
        let start = text.find(word).expect("the word");
        start..start + word.len()
    };
    let spans = [span("6·25전쟁"), span("23일"), span("29일"), span("아무 때")];
    let resolved = Dates::new().resolve(text, day("2024-06-23"), &spans);
    let values: Vec<String> = resolved.iter().map(|date| shown(date.value)).collect();
    assert_eq!(values, ["1950-06-25", "2024-06-23", "2024-06-29", ""]);
    assert_eq!(resolved[3].rule, "unread");
}

#[test]
fn a_megabyte_of_anything_is_read() {
    for unit in
        ["23일 ", "23일부터 ", "1", "1,", "1~", "지난 ", "이날", "2024.6.", "십", "한 ", "‘", "오는 27, 28일 열린다. "]
    {
        let text = unit.repeat(1_000_000 / unit.len());
        check(Dates::new(), &text, day("2024-06-23"));
    }
}

/// What holds for the dates of any text.
fn check(dates: Dates, text: &str, published: Option<Day>) {
    let found = dates.find(text, published);
    let mut end = 0;
    let mut chars_end = 0;
    for mention in &found {
        let DateMention { bytes, chars, value, basis, .. } = mention;
        assert_eq!(&text[bytes.clone()], mention.text);
        assert!(bytes.start >= end && !bytes.is_empty(), "mentions overlap or are out of order");
        assert!(chars.start >= chars_end && chars.len() == mention.text.chars().count());
        (end, chars_end) = (bytes.end, chars.end);
        assert_eq!(value.is_some(), basis.is_some(), "{mention:?}");
        let Some(value) = value else { continue };
        assert_eq!(value.to_string().parse::<DateValue>().as_ref(), Ok(value), "{mention:?}");
        if let (Some(first), Some(last)) = (value.first_day(), value.last_day()) {
            assert!(first <= last, "{mention:?} runs backwards");
        }
        let duration = matches!(value, DateValue::Duration(_));
        assert!(duration || value.first_day().is_some() || value.last_day().is_some(), "{mention:?} has no days");
    }
    let spans: Vec<_> = found.iter().map(|mention| mention.bytes.clone()).collect();
    assert_eq!(dates.resolve(text, published, &spans).len(), spans.len());
}

/// Parts of dates.
const PIECES: &[&str] = &[
    "지난",
    "오는",
    "이번",
    "다음",
    "올",
    "작년",
    "올해",
    "내년",
    "지난해",
    "이듬해",
    "같은 해",
    "전년",
    "2024년",
    "'24년",
    "98년도",
    "0년",
    "9999년",
    "99999년",
    "1",
    "12",
    "23",
    "31",
    "월",
    "일",
    "년",
    "주",
    "달",
    "해",
    "분기",
    "상반기",
    "세기",
    "년대",
    "5월",
    "13월",
    "2월 30일",
    "29일",
    "지난달",
    "이달",
    "내달",
    "말",
    "초",
    "이날",
    "전날",
    "다음 날",
    "오늘",
    "모레",
    "주말",
    "금요일",
    "지난주",
    "첫째 주",
    "사흘",
    "이틀",
    "한 달",
    "넉",
    "열",
    "십",
    "이십일",
    "수",
    "몇",
    "반",
    "간",
    "동안",
    "째",
    "만에",
    "전",
    "후",
    "뒤",
    "마다",
    "부터",
    "로부터",
    "까지",
    "안에",
    "영업일",
    "영업일 기준",
    "며칠",
    "몇",
    "에서",
    "과",
    "사이",
    "~",
    "∼",
    "-",
    "·",
    ".",
    ",",
    "/",
    "(",
    ")",
    "(일)",
    "‘",
    "'",
    " ",
    "  ",
    "\n",
    "설날",
    "추석",
    "음력",
    "3·1절",
    "6·25",
    "크리스마스",
    "징역",
    "5박",
    "7일",
    "개월",
    "주년",
    "오전",
    "10시",
    "30분",
    "밝혔다.",
    "열릴 예정이다.",
    "연다.",
    "에",
    "은",
    "인",
    "의",
    "2024.6.23",
    "10/2",
    "4294967296",
    "1,000",
    "가",
    "a",
    "😀",
    "\u{301}",
    "\u{a0}",
    "\u{3000}",
    "음력 8월 15일",
    "000",
    "7월 4일부터",
];

fn any_text() -> impl Strategy<Value = String> {
    let pieces = prop::collection::vec(prop::sample::select(PIECES), 0..24);
    prop_oneof![
        3 => pieces.prop_map(|pieces| pieces.concat()),
        1 => any::<String>(),
        1 => "[0-9년월일주달 .,~·()가-힣-]{0,60}",
    ]
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 4000, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn any_text_on_any_day(text in any_text(), day in prop::option::of((1900i32..2101, 1u32..13, 1u32..32))) {
        let published = day.and_then(|(year, month, day)| Day::new(year, month, day));
        for reading in [Reading::Sentence, Reading::Past, Reading::Future] {
            let dates = Dates::new().reading(reading);
            check(dates, &text, published);
            check(dates.to_the_day(), &text, published);
            check(dates, &text.nfd().collect::<String>(), published);
        }
    }

    #[test]
    fn durations_and_values_read_back(text in "[0-9PYMWDTHQ./-]{0,12}") {
        if let Ok(value) = text.parse::<DateValue>() {
            prop_assert_eq!(value.to_string().parse::<DateValue>(), Ok(value));
        }
    }
}
