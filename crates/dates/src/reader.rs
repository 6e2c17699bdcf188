//! The reader: parses the longest valid expression at a position of a sentence.
//!
//! Kinds of expressions are tried from the most to the least certain: lists and ranges in digits (`27, 28일`, `1~3월`),
//! points on the calendar and ranges of two of them (`23일부터 29일까지`), durations and offsets (`3년간`, `사흘 뒤`), recurring
//! and vague times (`매월`, `연말`), times of day, and years without `년` (`2014 브라질 월드컵`).

use crate::clock;
use crate::cursor::{Cursor, is_space};
use crate::expression::{Adverb, Expression, MonthRef, Offset, Point, Stretch, Unit, YearRef};
use crate::follow::{direction, ends_word, is_length};
use crate::{length, point};

/// Returns the first words of expressions that start neither with a digit nor with a numeral.
pub(crate) fn first_words() -> impl Iterator<Item = &'static str> {
    let others = ["매주", "일주일", "보름", "반년", "반 년", "일년", "영업"];
    let numbers = crate::number::first_words();
    point::first_words().chain(clock::first_words()).chain(numbers).chain(VAGUE).chain(others)
}

/// Reads the expression at the cursor.
pub(crate) fn read(cursor: &mut Cursor<'_>) -> Option<Expression> {
    let sentenced = is_sentence(*cursor);
    let readers: [fn(&mut Cursor<'_>, bool) -> Option<Expression>; 8] = [
        |cursor, sentenced| if sentenced { length::read(cursor, true) } else { None },
        |cursor, _| read_list(cursor),
        |cursor, _| read_points(cursor),
        length::read,
        |cursor, _| read_open_start(cursor),
        |cursor, _| read_vague(cursor),
        |cursor, _| clock::read(cursor).map(|()| Expression::Time),
        |cursor, _| read_bare_year(cursor),
    ];
    readers.iter().find_map(|reader| {
        let mut ahead = *cursor;
        let expression = reader(&mut ahead, sentenced)?;
        let last = ahead.text[cursor.at..ahead.at].trim_end_matches(')');
        // `6·25전쟁` is one word.
        let event = matches!(&expression, Expression::Point(Point { unit: Some(Unit::Event { .. }), .. }));
        (event || last.ends_with("년도") || ends_word(ahead, last)).then(|| {
            *cursor = ahead;
            with_weekday_of_offset(cursor, expression)
        })
    })
}

/// Returns whether the cursor follows the name of a prison sentence: `징역 1년 6월`, `집행유예 2년`.
fn is_sentence(cursor: Cursor<'_>) -> bool {
    let before = &cursor.text[..cursor.at];
    let start = before.char_indices().rev().nth(7).map_or(0, |(at, _)| at);
    let near = &before[start..];
    ["징역", "금고", "유예", "형기"].iter().any(|word| near.contains(word)) && !near.contains("년")
}

/// The signs between the ends of a range.
const TILDES: [char; 8] = ['~', '∼', '～', '〜', '-', '–', '—', '―'];

fn eat_tilde(cursor: &mut Cursor<'_>) -> bool {
    let mut ahead = *cursor;
    ahead.space();
    let found = ahead.eat_if(|c| TILDES.contains(&c));
    ahead.space();
    if found {
        *cursor = ahead;
    }
    found
}

/// Maximum number of elements in a list of days or months.
const LONGEST_LIST: usize = 12;

/// Reads numbers that share a unit: `27, 28일`, `5월 3·4일`, `지난 1~3월`, `2017~2019년`, `1~3분기`.
fn read_list(cursor: &mut Cursor<'_>) -> Option<Expression> {
    let mut ahead = *cursor;
    let base = point::read_before_list(&mut ahead);
    let (first, first_digits) = ahead.digits()?;
    let mut last = (first, first_digits);
    let mut count = 1;
    while let Some(number) = read_next_number(&mut ahead) {
        if count > 1 && number.0 <= last.0 {
            return None;
        }
        last = number;
        count += 1;
        if count > LONGEST_LIST {
            return None;
        }
    }
    if count < 2 || first_digits > 4 {
        return None;
    }
    ahead.space();
    let (from, to) = if ahead.eat("일") {
        let counts = is_length(ahead) || direction(&mut ahead.clone(), false).is_some();
        if counts && base.month.is_none() && base.adverb != Some(Adverb::Coming) || first_digits > 2 || last.0 > 31 {
            return None;
        }
        point::eat_weekdays_in_brackets(&mut ahead);
        let day = |number| Point { unit: Some(Unit::Day(number)), ..base };
        (day(first), day(last.0))
    } else if ahead.eat("월") && first_digits <= 2 && base.month.is_none() {
        let month = |number| Point { month: Some(MonthRef::Number(number)), ..base };
        (month(first), month(last.0))
    } else if ahead.eat("년") && first_digits == 4 && base.month.is_none() && base.year.is_none() {
        ahead.eat("도");
        let to = if last.1 == 2 { first / 100 * 100 + last.0 } else { last.0 };
        if ahead.rest().starts_with('대') || last.1 != 2 && last.1 != 4 {
            return None;
        }
        let year = |number: u32| Point { year: Some(YearRef::Number(number.cast_signed())), ..base };
        (year(first), year(to))
    } else if ahead.eat("분기") && last.0 <= 4 && base.month.is_none() {
        let quarter = |number| Point { unit: Some(Unit::Quarter(number)), ..base };
        (quarter(first), quarter(last.0))
    } else {
        return None;
    };
    *cursor = ahead;
    Some(Expression::Range(Some(from), Some(to)))
}

/// Reads the next number of a list, after a comma, a dot or a sign of ranges.
fn read_next_number(cursor: &mut Cursor<'_>) -> Option<(u32, usize)> {
    let mut ahead = *cursor;
    let comma = ahead.eat(",");
    if comma {
        // `1,234일`: thousands.
        let thousands = ahead.rest().bytes().take_while(u8::is_ascii_digit).count() == 3;
        ahead.space();
        if thousands {
            return None;
        }
    } else if !ahead.eat_if(|c| matches!(c, '·' | 'ㆍ' | '･' | '‧' | '∙')) && !eat_tilde(&mut ahead) {
        return None;
    }
    let number = ahead.digits()?;
    *cursor = ahead;
    Some(number)
}

/// Reads a point on the calendar, or a range or offset that starts with one.
fn read_points(cursor: &mut Cursor<'_>) -> Option<Expression> {
    let mut ahead = *cursor;
    let from = point::read(&mut ahead)?;
    let end = ahead;
    if let Some(expression) = read_range_end(&mut ahead, from).or_else(|| read_offset_from(&mut ahead, from)) {
        *cursor = ahead;
        return Some(expression);
    }
    *cursor = end;
    Some(Expression::Point(from))
}

fn read_range_end(cursor: &mut Cursor<'_>, from: Point) -> Option<Expression> {
    let mut ahead = *cursor;
    if eat_tilde(&mut ahead) {
        if let Some(to) = read_end(&mut ahead) {
            *cursor = ahead;
            return Some(Expression::Range(Some(from), Some(to)));
        }
        // `6월 23일~`: open.
        let mut open = *cursor;
        let tilde = open.eat_if(|c| TILDES[..4].contains(&c));
        let ends = open.peek().is_none_or(|c| is_space(c) || matches!(c, ')' | ',' | ']' | '>'));
        return (tilde && ends && !ahead.peek().is_some_and(|c| c.is_ascii_digit())).then(|| {
            *cursor = open;
            Expression::Range(Some(from), None)
        });
    }
    let between = ["부터", "에서", "과", "와"];
    let kind = ahead.eat_any(&between)?;
    ahead.eat(",");
    while ahead.space() {}
    let to = read_end(&mut ahead)?;
    let ends_with_until = ahead.eat("까지");
    let mut among = ahead;
    among.space();
    let ends_with_among = !ends_with_until && among.eat("사이");
    if ends_with_among {
        ahead = among;
    }
    (ends_with_until && kind < 2 || ends_with_among).then(|| {
        *cursor = ahead;
        Expression::Range(Some(from), Some(to))
    })
}

/// Reads the second end of a range.
fn read_end(cursor: &mut Cursor<'_>) -> Option<Point> {
    let mut ahead = *cursor;
    let to = point::read(&mut ahead)?;
    *cursor = ahead;
    Some(to)
}

/// Reads an offset from a point (`오늘부터 2주 후`, `어제로부터 4일 후`) or a range up to it (`오늘부터 사흘 뒤까지`).
fn read_offset_from(cursor: &mut Cursor<'_>, from: Point) -> Option<Expression> {
    let mut ahead = *cursor;
    ahead.eat_any(&["부터", "로부터", "으로부터"])?;
    if !ahead.space() {
        return None;
    }
    let _ = ahead.eat("최소 ") || ahead.eat("약 ");
    match length::read(&mut ahead, false)? {
        Expression::Offset(Offset { duration: Some(duration), after: true, working: false, .. })
            if ahead.eat("까지") =>
        {
            *cursor = ahead;
            Some(Expression::UpTo(from, duration))
        }
        Expression::Offset(offset) => {
            *cursor = ahead;
            Some(Expression::Offset(Offset { from: Some(from), ..offset }))
        }
        Expression::Duration(Some(duration), Some(Stretch::Within)) => {
            *cursor = ahead;
            Some(Expression::UpTo(from, duration))
        }
        _ => None,
    }
}

/// Adds the weekday after an offset of weeks to its expression: `2주 후 월요일`.
fn with_weekday_of_offset(cursor: &mut Cursor<'_>, expression: Expression) -> Expression {
    match expression {
        Expression::Offset(offset) if offset.duration.is_some_and(|duration| duration.weeks > 0) => {
            let mut ahead = *cursor;
            let weekday = ahead.space().then(|| point::eat_weekday(&mut ahead)).flatten();
            if weekday.is_some() && ends_word(ahead, "일") {
                *cursor = ahead;
            }
            Expression::Offset(Offset { weekday, ..offset })
        }
        other => other,
    }
}

/// Reads a range without a start: `~6월 30일`.
fn read_open_start(cursor: &mut Cursor<'_>) -> Option<Expression> {
    let mut ahead = *cursor;
    if !ahead.eat_if(|c| TILDES[..4].contains(&c)) {
        return None;
    }
    ahead.space();
    let to = point::read(&mut ahead)?;
    *cursor = ahead;
    Some(Expression::Range(None, Some(to)))
}

/// Words for recurring or vague times.
const VAGUE: [&str; 27] = [
    "연말연시",
    "연말",
    "연초",
    "연내",
    "월말",
    "월초",
    "주말",
    "평일",
    "휴일",
    "공휴일",
    "해마다",
    "달마다",
    "날마다",
    "격주",
    "격월",
    "격년",
    "매년",
    "매해",
    "매달",
    "매월",
    "매일",
    "올 시즌",
    "올시즌",
    "초여름",
    "한여름",
    "한겨울",
    "장마철",
];

/// Reads a recurring or vague time.
fn read_vague(cursor: &mut Cursor<'_>) -> Option<Expression> {
    let mut ahead = *cursor;
    if ahead.eat("매주") {
        let mut day = ahead;
        if day.space() && point::eat_weekday(&mut day).is_some() {
            ahead = day;
        }
        *cursor = ahead;
        return Some(Expression::Vague);
    }
    if let Some(word) = ahead.eat_any(&VAGUE) {
        if VAGUE[word].starts_with('매') {
            let mut inner = ahead;
            if inner.space() && point::read(&mut inner).is_some_and(|point| point.year.is_none()) {
                ahead = inner;
            }
        }
        *cursor = ahead;
        if VAGUE[word] == "주말" && !ahead.rest().starts_with("마다") {
            return Some(Expression::Weekend);
        }
        return Some(if VAGUE[word].starts_with('올') {
            let year = Some(YearRef::FromPublication(0));
            Expression::Point(Point { year, unit: Some(Unit::Part), ..Point::default() })
        } else {
            Expression::Vague
        });
    }
    // `40주년`, `3주기`, `1주차`.
    ahead.digits()?;
    ahead.eat_any(&["주년", "주기", "주차"])?;
    *cursor = ahead;
    Some(Expression::Vague)
}

/// Nouns and units after a number that is not a year.
const COUNTED: [&str; 40] = [
    "명",
    "원",
    "개",
    "건",
    "가구",
    "대",
    "달러",
    "억",
    "만",
    "천",
    "조",
    "여",
    "세대",
    "톤",
    "주",
    "표",
    "회",
    "번",
    "곳",
    "평",
    "선",
    "포인트",
    "석",
    "위",
    "점",
    "엔",
    "위안",
    "유로",
    "마리",
    "그루",
    "권",
    "편",
    "장",
    "척",
    "가지",
    "킬로",
    "미터",
    "리터",
    "호",
    "인",
];

/// Reads a year without `년`: `2014 브라질 월드컵`, `2019학년도`, `2013~14 시즌`.
fn read_bare_year(cursor: &mut Cursor<'_>) -> Option<Expression> {
    let mut ahead = *cursor;
    let (year, digits) = ahead.digits()?;
    if digits != 4 || !(1900..2050).contains(&year) {
        return None;
    }
    let start = Point { year: Some(YearRef::Number(year.cast_signed())), ..Point::default() };
    let mut range = ahead;
    if range.eat_if(|c| TILDES.contains(&c) || c == '/')
        && let Some((to, to_digits)) = range.digits()
    {
        let to = if to_digits == 2 { year / 100 * 100 + to } else { to };
        let whole = to_digits == 4 && (1900..2100).contains(&to);
        let mut season = range;
        season.space();
        let season_found = season.eat("시즌");
        let ends = range.peek().is_none_or(|c| !c.is_ascii_alphanumeric() && !matches!(c, '-' | '/' | '.'));
        if (season_found || whole && ends) && to > year && to - year <= 100 {
            *cursor = if season_found { season } else { range };
            let to = Point { year: Some(YearRef::Number(to.cast_signed())), ..Point::default() };
            return Some(Expression::Range(Some(start), Some(to)));
        }
        return None;
    }
    let mut unit = ahead;
    unit.space();
    if unit.eat_any(&["학년도", "시즌"]).is_some() {
        *cursor = unit;
        return Some(Expression::Point(start));
    }
    let behind = ahead.rest();
    let next = behind.trim_start_matches(is_space);
    let titled = next.len() < behind.len()
        && next.starts_with(|c: char| matches!(c, '가'..='힣') || c.is_ascii_uppercase())
        && !COUNTED.iter().any(|noun| next.starts_with(noun));
    let fiscal = next.starts_with("회계연도") || next.starts_with("회계년도");
    let quoted = fiscal || behind.starts_with(['\'', '’', '”', '"', '》', '〉', '>', '」']);
    ((1980..2040).contains(&year) && (titled || quoted)).then(|| {
        *cursor = ahead;
        Expression::Point(start)
    })
}
