//! Parts of years and other periods: quarters, halves, decades, seasons, `초`, `말`.

use crate::cursor::Cursor;
use crate::expression::{Adverb, Point, Unit};
use crate::follow::ends_word;

/// Reads `2분기`, `3/4분기`, `3사분기`.
pub(super) fn read_quarter(cursor: &mut Cursor<'_>, base: Point) -> Option<Point> {
    let mut ahead = *cursor;
    let (quarter, _) = ahead.digits()?;
    let _ = ahead.eat("/4") || ahead.eat("사");
    ahead.space();
    (ahead.eat("분기") && (1..=4).contains(&quarter)).then(|| {
        *cursor = ahead;
        Point { unit: Some(Unit::Quarter(quarter)), ..base }
    })
}

/// Reads `상반기`, `하반기`.
pub(super) fn read_half(cursor: &mut Cursor<'_>, base: Point) -> Option<Point> {
    let half = cursor.eat_entry(&[("상반기", 1), ("하반기", 2)])?;
    Some(Point { unit: Some(Unit::Half(half)), ..base })
}

/// Reads `1990년대`, `90년대 초반`, `20세기`.
pub(super) fn read_decade(cursor: &mut Cursor<'_>, base: Point) -> Option<Point> {
    if base.year.is_some() {
        return None;
    }
    let mut ahead = *cursor;
    let (number, digits) = ahead.digits()?;
    let number = number.cast_signed();
    let unit = if ahead.eat("년대") && number % 10 == 0 {
        match digits {
            4 => Unit::Decade(number / 10),
            2 if number < 30 => Unit::Decade(200 + number / 10),
            2 => Unit::Decade(190 + number / 10),
            _ => return None,
        }
    } else if ahead.eat("세기") && (1..=30).contains(&number) {
        Unit::Century(number - 1)
    } else {
        return None;
    };
    let mut part = ahead;
    if part.space() && eat_part(&mut part) {
        ahead = part;
    }
    *cursor = ahead;
    Some(Point { unit: Some(unit), ..base })
}

/// Reads a vague part of a year or a month; by itself only with an adverb.
pub(super) fn read_part(cursor: &mut Cursor<'_>, base: Point) -> Option<Point> {
    let mut ahead = *cursor;
    if base.year.is_none() && base.month.is_none() {
        const SEASONS: [&str; 6] = ["봄", "여름", "가을", "겨울", "시즌", "분기"];
        let kind = ahead.eat_any(&SEASONS)?;
        let unit = match (kind, base.adverb) {
            (5, Some(Adverb::This)) => Unit::QuarterFromPublication(0),
            (5, Some(Adverb::Past)) => Unit::QuarterFromPublication(-1),
            (5, Some(Adverb::Next)) => Unit::QuarterFromPublication(1),
            // A winter belongs to two years, and the season of an unknown sport is not a point on the calendar.
            (3 | 4, _) => Unit::Unknown,
            _ => Unit::Part,
        };
        ahead.eat("철");
        return (base.adverb.is_some() && ends_word(ahead, "분기")).then(|| {
            *cursor = ahead;
            Point { unit: Some(unit), ..base }
        });
    }
    eat_part(&mut ahead).then(|| {
        *cursor = ahead;
        Point { unit: Some(Unit::Part), ..base }
    })
}

/// Skips the word for a part of a period.
pub(super) fn eat_part(cursor: &mut Cursor<'_>) -> bool {
    const PARTS: [&str; 25] = [
        "하계",
        "동계",
        "초순",
        "중순",
        "하순",
        "상순",
        "초반",
        "중반",
        "후반",
        "전반기",
        "후반기",
        "연초",
        "연말",
        "월초",
        "월말",
        "초",
        "말",
        "봄철",
        "봄",
        "여름철",
        "여름",
        "가을",
        "겨울철",
        "겨울",
        "시즌",
    ];
    PARTS.iter().any(|part| {
        let mut ahead = *cursor;
        let found = ahead.eat(part) && ends_word(ahead, part);
        if found {
            *cursor = ahead;
        }
        found
    })
}
