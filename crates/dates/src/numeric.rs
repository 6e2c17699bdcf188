//! Dates in digits: `2024.6.23`, `2024-06-23`, `'20.1.5`, `20.01.05`, `10/2`, `02/22/2016`.

use crate::cursor::Cursor;
use crate::expression::{MonthRef, Point, Unit, YearRef};
use crate::point::century_of;

/// Reads a date in digits.
pub(crate) fn read(cursor: &mut Cursor<'_>) -> Option<Point> {
    let mut ahead = *cursor;
    let quoted = ahead.eat_if(|c| matches!(c, '\'' | '‘' | '’'));
    let (first, first_digits) = ahead.digits().filter(|(_, digits)| *digits <= 4 && (!quoted || *digits == 2))?;
    let sign = eat_sign(&mut ahead)?;
    let (second, second_digits) = ahead.digits().filter(|(_, digits)| *digits <= 2)?;
    let mut third = ahead;
    let third_number =
        (eat_sign(&mut third) == Some(sign) || sign == '/' && third.eat(",")).then(|| third.digits()).flatten();
    let found = match third_number {
        Some((number, digits)) => {
            ahead = third;
            let numbers = [(first, first_digits), (second, second_digits), (number, digits)];
            ordered(numbers, quoted, sign)
        }
        None => month_and_day((first, first_digits), (second, second_digits), sign, ahead, quoted),
    }?;
    if ahead.eat(".") && ahead.peek().is_some_and(|c| c.is_ascii_digit())
        || ahead.peek().is_some_and(|c| c.is_ascii_digit())
    {
        return None;
    }
    if ahead.cursor_is_sign() {
        return None;
    }
    // A final full stop is that of the sentence.
    if cursor.text[..ahead.at].ends_with('.') {
        ahead.at -= 1;
    }
    *cursor = ahead;
    Some(found)
}

fn eat_sign(cursor: &mut Cursor<'_>) -> Option<char> {
    let mut ahead = *cursor;
    let spaced = ahead.space();
    let sign = ahead.peek().filter(|&c| matches!(c, '.' | '-' | '/') && !(spaced && c != '.' && c != '/'))?;
    ahead.at += sign.len_utf8();
    ahead.space();
    *cursor = ahead;
    Some(sign)
}

/// Returns the date of three numbers, in the order year, month, day, or with the year last.
fn ordered(numbers: [(u32, usize); 3], quoted: bool, sign: char) -> Option<Point> {
    let [(a, a_digits), (b, b_digits), (c, c_digits)] = numbers;
    let valid = |month: u32, day: u32| (1..=12).contains(&month) && (1..=31).contains(&day);
    if a_digits == 4 && c_digits <= 2 && (1000..=2999).contains(&a) && valid(b, c) {
        return Some(full(a.cast_signed(), b, c));
    }
    if c_digits == 4 && a_digits <= 2 && (1000..=2999).contains(&c) {
        return if valid(a, b) {
            Some(full(c.cast_signed(), a, b))
        } else {
            valid(b, a).then(|| full(c.cast_signed(), b, a))
        };
    }
    if a_digits == 2 && c_digits == 2 && b_digits == 2 && valid(b, c) && (sign != '-' || a > 12) {
        return Some(full(century_of(a), b, c));
    }
    if quoted && a_digits == 2 && c_digits <= 2 && valid(b, c) {
        return Some(full(century_of(a), b, c));
    }
    if c_digits == 2 && a_digits <= 2 && sign != '.' {
        return if valid(a, b) {
            Some(full(century_of(c), a, b))
        } else {
            valid(b, a).then(|| full(century_of(c), b, a))
        };
    }
    None
}

/// Returns the date of two numbers: a year and a month with a full stop (`2024.6`), or a month and a day with a slash
/// before a particle (`10/2에`).
fn month_and_day(
    (a, a_digits): (u32, usize),
    (b, b_digits): (u32, usize),
    sign: char,
    behind: Cursor<'_>,
    quoted: bool,
) -> Option<Point> {
    let ends = |c: Option<char>| c.is_none_or(|c| !c.is_ascii_digit() && !c.is_ascii_alphabetic() && c != '%');
    if sign == '.' && (1900..=2100).contains(&a) && a_digits == 4 && (1..=12).contains(&b) && (b_digits == 2 || b < 10)
    {
        let dated = behind.peek().is_none_or(|c| matches!(c, '.' | ')' | '~' | ' ' | ',')) && ends(behind.peek());
        return dated.then(|| Point {
            year: Some(YearRef::Number(a.cast_signed())),
            month: Some(MonthRef::Number(b)),
            ..Point::default()
        });
    }
    let dated = ["에", "(", "부터", "까지", "일", "~"].iter().any(|particle| behind.rest().starts_with(particle));
    let fits = sign == '/' && (1..=12).contains(&a) && (1..=31).contains(&b) && a_digits <= 2 && !quoted;
    (fits && dated && !behind.rest().starts_with("일") && b != 4 || fits && dated && b_digits == 2).then(|| Point {
        month: Some(MonthRef::Number(a)),
        unit: Some(Unit::Day(b)),
        ..Point::default()
    })
}

fn full(year: i32, month: u32, day: u32) -> Point {
    Point {
        year: Some(YearRef::Number(year)),
        month: Some(MonthRef::Number(month)),
        unit: Some(Unit::Day(day)),
        ..Point::default()
    }
}

trait Sign {
    fn cursor_is_sign(self) -> bool;
}

impl Sign for Cursor<'_> {
    /// Returns whether the number continues as an address, a telephone number or a version.
    fn cursor_is_sign(self) -> bool {
        let rest = self.rest();
        rest.starts_with(['-', '/', '@', '_']) && rest[1..].starts_with(|c: char| c.is_alphanumeric())
    }
}
