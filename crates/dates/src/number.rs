//! Korean numerals: native (`한`, `석`, `스무`), Sino-Korean (`이십일`), ordinals, and words that count days (`사흘`).

use crate::cursor::Cursor;

/// Native numerals, each before its prefixes. `0` stands for an unknown number.
const NATIVE: &[(&str, u32)] = &[
    ("한두", 0),
    ("두세", 0),
    ("두서너", 0),
    ("두어", 0),
    ("서너", 0),
    ("너댓", 0),
    ("대여섯", 0),
    ("예닐곱", 0),
    ("열한", 11),
    ("열두", 12),
    ("열세", 13),
    ("열네", 14),
    ("열다섯", 15),
    ("열여섯", 16),
    ("열일곱", 17),
    ("열여덟", 18),
    ("열아홉", 19),
    ("한", 1),
    ("두", 2),
    ("세", 3),
    ("석", 3),
    ("네", 4),
    ("넉", 4),
    ("다섯", 5),
    ("여섯", 6),
    ("일곱", 7),
    ("여덟", 8),
    ("아홉", 9),
    ("열", 10),
    ("스무", 20),
    ("서른", 30),
    ("수십", 0),
    ("수백", 0),
    ("수천", 0),
    ("십수", 0),
    ("수", 0),
    ("몇십", 0),
    ("몇", 0),
    ("여러", 0),
];

/// Words that count days. `0` stands for an unknown number.
const DAYS: &[(&str, u32)] = &[
    ("하루", 1),
    ("이틀", 2),
    ("사흘", 3),
    ("나흘", 4),
    ("닷새", 5),
    ("엿새", 6),
    ("이레", 7),
    ("여드레", 8),
    ("아흐레", 9),
    ("열흘", 10),
    ("보름", 15),
    ("며칠", 0),
    ("몇일", 0),
];

/// Returns the native numerals.
pub(crate) fn native_words() -> impl Iterator<Item = &'static str> {
    NATIVE.iter().map(|entry| entry.0)
}

/// Returns the words that count days, and the ordinals.
pub(crate) fn first_words() -> impl Iterator<Item = &'static str> {
    DAYS.iter().map(|entry| entry.0).chain(ORDINALS.iter().map(|entry| entry.0))
}

const SINO: [char; 9] = ['일', '이', '삼', '사', '오', '육', '칠', '팔', '구'];

/// A number; `None` if it is unknown (`수`, `며칠`).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Count(pub Option<u32>);

impl Count {
    fn of(number: u32) -> Count {
        Count((number > 0).then_some(number))
    }
}

/// Reads a native numeral.
pub(crate) fn native(cursor: &mut Cursor<'_>) -> Option<Count> {
    cursor.eat_entry(NATIVE).map(Count::of)
}

/// Reads a word that counts days (`사흘`).
pub(crate) fn named_days(cursor: &mut Cursor<'_>) -> Option<Count> {
    cursor.eat_entry(DAYS).map(Count::of)
}

/// Reads a number below ten thousand in Sino-Korean syllables (`이십일`, `이천십팔`).
pub(crate) fn sino(cursor: &mut Cursor<'_>) -> Option<u32> {
    let (mut sum, mut digit, mut least) = (0, None, u32::MAX);
    let mut ahead = *cursor;
    let start = cursor.at;
    while let Some(c) = ahead.peek() {
        let unit = match c {
            '십' => 10,
            '백' => 100,
            '천' => 1000,
            _ => 0,
        };
        if let Some(value) = SINO.iter().position(|&syllable| syllable == c) {
            if digit.is_some() {
                break;
            }
            // The last `일` of `이십일일` is the unit and not a digit.
            digit = Some(value as u32 + 1);
        } else if unit > 0 && unit < least {
            sum += digit.take().unwrap_or(1) * unit;
            least = unit;
        } else {
            break;
        }
        ahead.at += c.len_utf8();
    }
    let number = sum + digit.unwrap_or(0);
    let found = ahead.at > start && number > 0;
    if found {
        *cursor = ahead;
    }
    found.then_some(number)
}

/// Ordinals; `0` is the last.
const ORDINALS: &[(&str, u32)] = &[
    ("첫째", 1),
    ("둘째", 2),
    ("셋째", 3),
    ("넷째", 4),
    ("다섯째", 5),
    ("첫 번째", 1),
    ("첫번째", 1),
    ("두 번째", 2),
    ("두번째", 2),
    ("세 번째", 3),
    ("세번째", 3),
    ("네 번째", 4),
    ("네번째", 4),
    ("다섯 번째", 5),
    ("다섯번째", 5),
    ("첫", 1),
    ("마지막", 0),
];

/// Reads an ordinal (`첫째`, `두 번째`, `마지막`); `0` is the last.
pub(crate) fn ordinal(cursor: &mut Cursor<'_>) -> Option<u32> {
    let mut ahead = *cursor;
    if let Some(number) = ahead.eat_entry(ORDINALS) {
        *cursor = ahead;
        return Some(number);
    }
    let (number, _) = ahead.digits()?;
    ahead.space();
    let counted = ahead.eat("번째") || ahead.eat("번 째") || ahead.eat("째");
    (counted && (1..=53).contains(&number)).then(|| {
        *cursor = ahead;
        number
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sino_numbers() {
        for (text, number, rest) in [
            ("이십일일", 21, "일"),
            ("십오일", 15, "일"),
            ("이천십팔년", 2018, "년"),
            ("삼일", 3, "일"),
            ("십 년", 10, " 년"),
            ("구월", 9, "월"),
        ] {
            let mut cursor = Cursor::new(text, 0);
            // A digit `일` right before the end is taken for the day.
            let found = sino_before_day(text).unwrap_or_else(|| (sino(&mut cursor).unwrap(), cursor.rest()));
            assert_eq!(found, (number, rest), "{text}");
        }
    }

    /// What the reader of days does: the number in front of the last `일`.
    fn sino_before_day(text: &str) -> Option<(u32, &str)> {
        let before = text.strip_suffix('일')?;
        let mut cursor = Cursor::new(before, 0);
        let number = sino(&mut cursor)?;
        cursor.rest().is_empty().then_some((number, "일"))
    }
}
