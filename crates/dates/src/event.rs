//! Events known by their month and day: `6·25`, `5·18`, `3·1절`, `4·15 총선`.

use crate::cursor::Cursor;
use crate::expression::{Point, Unit};
use crate::holiday::year_of_event;

/// Words after the numbers that show a day and not a list (`1·2심`).
const EVENTS: [&str; 25] = [
    "전쟁",
    "사변",
    "혁명",
    "민주화",
    "민주항쟁",
    "항쟁",
    "운동",
    "쿠데타",
    "사건",
    "참전",
    "테러",
    "대지진",
    "세월호",
    "대책",
    "부동산",
    "선언",
    "북·미",
    "북미",
    "동일본",
    "공동선언",
    "합의",
    "군사합의",
    "정상회담",
    "남북공동선언",
    "판문점",
];

/// Words after the numbers that show a day of an election in the given year.
const ELECTIONS: [&str; 10] =
    ["총선", "대선", "지방선거", "재보선", "재보궐", "재·보궐", "보궐선거", "국회의원", "전당대회", "전대"];

/// Words after the numbers that show the anniversary of an event.
const REMEMBERED: [&str; 6] = ["절", " 기념", "기념", " 추모", "추념", " 추념"];

/// Reads an event by itself.
pub(crate) fn read(cursor: &mut Cursor<'_>) -> Option<Point> {
    read_in(cursor, Point::default())
}

/// Reads an event after a year.
pub(crate) fn read_in(cursor: &mut Cursor<'_>, base: Point) -> Option<Point> {
    let mut ahead = *cursor;
    let (month, month_digits) = ahead.digits()?;
    let mut sign = ahead;
    sign.space();
    let point = sign.eat(".");
    if !point && !sign.eat_if(|c| matches!(c, '·' | 'ㆍ' | '･' | '‧' | '∙')) {
        return None;
    }
    sign.space();
    ahead = sign;
    let (day, day_digits) = ahead.digits()?;
    let fits = month_digits <= 2 && day_digits <= 2 && (1..=12).contains(&month) && (1..=31).contains(&day);
    if !fits || ahead.rest().starts_with('.') && ahead.rest()[1..].starts_with(|c: char| c.is_ascii_digit()) {
        return None;
    }
    let rest = ahead.rest();
    let next = rest.trim_start_matches(crate::cursor::is_space);
    let election = ELECTIONS.iter().any(|event| next.starts_with(event));
    let event = election || EVENTS.iter().any(|event| next.starts_with(event));
    let remembered = REMEMBERED.iter().any(|word| rest.starts_with(word));
    let known = !point && month_digits + day_digits >= 2 && year_of_event(month, day).is_some() && is_free(rest);
    if !(event || remembered || known) {
        return None;
    }
    let day_of_name = ahead.eat("절");
    let remembered = remembered || day_of_name || election || base.year.is_some();
    *cursor = ahead;
    Some(Point { unit: Some(Unit::Event { month, day, remembered }), ..base })
}

/// Returns whether no unit follows the numbers (`3·1심`, `4·3%`, `2·28개`).
fn is_free(rest: &str) -> bool {
    rest.chars().next().is_none_or(|c| !c.is_alphanumeric() && c != '%' && c != '.')
        || ["을", "를", "은", "는", "이", "의", "과", "와", "에", "때", "당시"]
            .iter()
            .any(|word| rest.starts_with(word))
}
