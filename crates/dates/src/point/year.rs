//! Years: `2024년`, `'24년`, `98년도`, `지난해`, `올`.

use crate::cursor::Cursor;
use crate::expression::{MonthRef, Point, Unit, YearRef};
use crate::follow::{direction, is_length};
use crate::number::sino;
use crate::point::names::YEARS;
use crate::point::read_in_year;

/// Reads `2024년`, `'24년`, `98년도`, `지난해`.
pub(super) fn read_year(cursor: &mut Cursor<'_>) -> Option<YearRef> {
    let mut ahead = *cursor;
    if let Some(year) = ahead.eat_entry(YEARS) {
        // `작년도`, `내년도 예산`; in `올해도` it is a particle.
        if ahead.cursor_ends_with("년") && ahead.rest().starts_with('도') {
            let mut longer = ahead;
            longer.at += '도'.len_utf8();
            if longer.rest_of_word().is_empty() && !longer.rest().starts_with(['.', ',']) {
                ahead = longer;
            }
        }
        *cursor = ahead;
        return Some(year);
    }
    let short = ahead.eat_if(|c| matches!(c, '\'' | '‘' | '’'));
    let (number, digits) = match ahead.digits() {
        Some((_, digits)) if short && digits != 2 => return None,
        Some(found) => found,
        None if !short => {
            let number = sino(&mut ahead).filter(|&number| number > 1000)?;
            (number, 4)
        }
        None => return None,
    };
    let mut unit = ahead;
    let spaced = unit.space();
    if !unit.eat("년") || spaced && digits != 4 {
        return None;
    }
    if unit.rest().starts_with('대') {
        return None;
    }
    let suffixed = unit.eat("도");
    let year = match digits {
        4 => number.cast_signed(),
        3 if !is_length(unit) && direction(&mut unit.clone(), true).is_none() => number.cast_signed(),
        2 if short || suffixed || is_short_year(number, unit) => century_of(number),
        _ => return None,
    };
    let length = !short && digits <= 3 && (is_length(unit) || direction(&mut unit.clone(), true).is_some());
    if length || year == 0 {
        return None;
    }
    *cursor = unit;
    Some(YearRef::Number(year))
}

/// Returns whether a number of two digits before `년` is a year: one of the last century, or one before a month.
pub(super) fn is_short_year(number: u32, behind: Cursor<'_>) -> bool {
    let mut ahead = behind;
    ahead.space();
    let month = ahead.digits().is_some_and(|(month, _)| (1..=12).contains(&month)) && ahead.rest().starts_with('월');
    month || number >= 60 && !behind.rest_of_word().is_empty()
}

/// Returns the year from 1950 to 2049 with these last two digits.
pub(crate) fn century_of(number: u32) -> i32 {
    let number = number.cast_signed();
    if number < 50 { 2000 + number } else { 1900 + number }
}

/// Reads `올` before a part of the year: `올 1월`, `올 상반기`, `올봄`.
pub(super) fn read_this_year(cursor: &mut Cursor<'_>) -> Option<YearRef> {
    let mut ahead = *cursor;
    if !ahead.eat("올") {
        return None;
    }
    ahead.space();
    let mut part = ahead;
    let year = Some(YearRef::FromPublication(0));
    let fits = read_in_year(&mut part, Point { year, ..Point::default() })
        .is_some_and(|point| point.month.is_some() || !matches!(point.unit, Some(Unit::Day(_))));
    fits.then(|| {
        *cursor = ahead;
        YearRef::FromPublication(0)
    })
}

/// Reads a year after a month and day, as in English: `1월 22일, 2018년`.
pub(super) fn read_year_behind(cursor: &mut Cursor<'_>, point: &Point) -> Option<YearRef> {
    let mut ahead = *cursor;
    ahead.eat(",");
    let spaced = ahead.space();
    let year = match ahead.digits() {
        Some((year, 4)) if (1900..2100).contains(&year) => year,
        Some(_) => return None,
        None => sino(&mut ahead).filter(|year| (1900..2100).contains(year))?,
    };
    ahead.eat("년");
    let named = matches!(point.month, Some(MonthRef::Number(_))) && matches!(point.unit, Some(Unit::Day(_)));
    let ends = ahead.rest().is_empty() || ahead.rest().starts_with("에") || ahead.rest().starts_with('.');
    (spaced && named && ends).then(|| {
        *cursor = ahead;
        YearRef::Number(year.cast_signed())
    })
}

trait EndsWith {
    fn cursor_ends_with(&self, word: &str) -> bool;
}

impl EndsWith for Cursor<'_> {
    /// Returns whether the text before the position ends with a word.
    fn cursor_ends_with(&self, word: &str) -> bool {
        self.text[..self.at].ends_with(word)
    }
}
