//! The scan: every date and time of a sentence, in one pass.
//!
//! Expressions start at the start of a word, with a digit or with one of the few syllables that start a word for a
//! time. Other text is skipped, so the scan is cheap compared with morphological analysis.

use std::ops::Range;
use std::sync::LazyLock;

use rustc_hash::FxHashSet;

use crate::cursor::{Cursor, is_space};
use crate::expression::{Expression, MonthRef, Unit};
use crate::{number, reader};
use gisa_text::Label;
use gisa_text::Syllables;

/// The openings of dates and times: two characters, or three if the second is a space.
static OPENINGS: LazyLock<Openings> = LazyLock::new(Openings::new);

/// The openings of words for dates and times.
struct Openings {
    /// The first syllables, which rule out most words.
    first: Syllables,
    /// The first characters of longer words.
    heads: FxHashSet<Head>,
    /// Words of one syllable: `설`, `밤`.
    single: FxHashSet<char>,
}

/// The first two characters of a word, and the third when the second is a space.
type Head = (char, char, Option<char>);

/// Units after a spelled number: `한 달`, `두시간`, `십오일`.
const UNITS: &str = "년월일달해주시개분여반";
const SINO: &str = "일이삼사오육칠팔구십백천";

impl Openings {
    fn new() -> Openings {
        let mut openings =
            Openings { first: Syllables::new(), heads: FxHashSet::default(), single: FxHashSet::default() };
        for word in reader::first_words() {
            openings.add(word, word.chars().count() >= 4);
        }
        for number in number::native_words() {
            for unit in UNITS.chars() {
                openings.add(&format!("{number}{unit}"), false);
                openings.add(&format!("{number} {unit}"), false);
            }
        }
        for digit in SINO.chars() {
            for next in SINO.chars().chain(UNITS.chars()) {
                openings.add(&format!("{digit}{next}"), false);
                openings.add(&format!("{digit} {next}"), false);
            }
        }
        openings
    }

    /// Adds the head of a word, or both heads of a word that may be written with spaces.
    fn add(&mut self, word: &str, loosely: bool) {
        let Some(head) = head(word) else { return };
        self.first.insert(head.0);
        if head.1 == '\0' {
            self.single.insert(head.0);
            return;
        }
        self.heads.insert(head);
        if loosely && head.1 != ' ' {
            self.heads.insert((head.0, ' ', Some(head.1)));
        }
    }

    fn contains(&self, text: &str) -> bool {
        head(text).is_some_and(|head| self.heads.contains(&head) || self.single.contains(&head.0))
    }
}

fn head(text: &str) -> Option<Head> {
    let mut chars = text.chars().map(|c| if is_space(c) { ' ' } else { c });
    let (first, second) = (chars.next()?, chars.next().unwrap_or('\0'));
    Some((first, second, (second == ' ').then(|| chars.next()).flatten()))
}

/// Returns whether the digits at the start of a text may start a date or a time.
fn may_begin(text: &str) -> bool {
    let digits = text.bytes().take_while(u8::is_ascii_digit).count();
    let rest = &text[digits..];
    let mut chars = rest.chars();
    match chars.next() {
        Some(
            '.' | '-' | '/' | ':' | '~' | '∼' | '～' | '·' | 'ㆍ' | '･' | '‧' | '∙' | ',' | '–' | '〜' | '—' | '―',
        ) => chars.next().is_some_and(|c| c.is_ascii_digit() || is_space(c)),
        Some(
            '년' | '월' | '일' | '주' | '개' | '박' | '분' | '시' | '초' | '세' | '사' | '여' | '번' | '째' | '학'
            | '회' | '영',
        ) => true,
        Some(' ' | '\u{a0}') => {
            digits == 4
                || chars.next().is_some_and(|c| {
                    matches!(
                        c,
                        '년' | '월'
                            | '일'
                            | '주'
                            | '개'
                            | '여'
                            | '분'
                            | '시'
                            | '번'
                            | '째'
                            | '영'
                            | '~'
                            | '∼'
                            | '-'
                            | '.'
                            | '·'
                            | '초'
                            | '～'
                    )
                })
        }
        _ => digits == 4,
    }
}

/// A date or time expression with its range in the sentence.
#[derive(Clone, Debug)]
pub struct ScannedExpression {
    /// The half-open range of the expression in the sentence, in bytes.
    pub range: Range<usize>,
    /// The parsed expression.
    pub(crate) expression: Expression,
}

impl ScannedExpression {
    /// Returns the label of the mention in newspapers; `None` if the expression is not a mention there.
    pub fn label(&self) -> Option<Label> {
        if self.expression == Expression::Time {
            return Some(Label::Time);
        }
        self.expression.is_date(false).then_some(Label::Date)
    }
}

/// Finds the date and time expressions of a sentence, and passes them to `found` in text order. They do not overlap.
pub fn scan(sentence: &str, mut found: impl FnMut(ScannedExpression)) {
    let openings = &*OPENINGS;
    let bytes = sentence.as_bytes();
    let mut at = 0;
    let mut inside = false;
    while at < bytes.len() {
        let byte = bytes[at];
        if byte < 0x80 {
            let digit = byte.is_ascii_digit();
            let letter = byte.is_ascii_alphabetic();
            let begins = digit && !(inside && bytes[at - 1].is_ascii_digit()) && may_begin(&sentence[at..]);
            if (begins || byte == b'\'' || byte == b'~')
                && let Some(end) = attempt(sentence, at, inside, &mut found)
            {
                (at, inside) = (end, true);
                continue;
            }
            inside = digit || letter;
            at += 1;
            continue;
        }
        let Some(c) = sentence[at..].chars().next() else { break };
        let syllable = matches!(c, '가'..='힣');
        let starts = if syllable {
            !inside && openings.first.may_have(c) && openings.contains(&sentence[at..])
        } else {
            matches!(c, '‘' | '’' | '∼' | '～')
        };
        if starts && let Some(end) = attempt(sentence, at, inside, &mut found) {
            (at, inside) = (end, true);
            continue;
        }
        inside = syllable || c.is_alphanumeric();
        at += c.len_utf8();
    }
}

/// Reads an expression at an offset; inside a word it must be an unambiguous date.
fn attempt(sentence: &str, at: usize, inside: bool, found: &mut impl FnMut(ScannedExpression)) -> Option<usize> {
    let mut cursor = Cursor::new(sentence, at);
    let before = cursor.before();
    let glued = inside && before.is_some_and(char::is_alphanumeric);
    if glued && (!matches!(before, Some('가'..='힣')) || before == Some('제')) {
        return None;
    }
    if before.is_some_and(|c| matches!(c, '.' | ',' | '-' | '/' | ':' | '$' | '_' | '@'))
        && is_number_part(sentence, at)
    {
        return None;
    }
    let expression = reader::read(&mut cursor)?;
    if glued && !is_certain(&expression) && !matches!(before, Some('약' | '총')) {
        return None;
    }
    found(ScannedExpression { range: at..cursor.at, expression });
    Some(cursor.at)
}

/// Returns whether the sign before an offset joins it to a number or a word: `1.5`, `A-3`, `http://…/2`.
fn is_number_part(sentence: &str, at: usize) -> bool {
    let before = &sentence[..at - 1];
    before.ends_with(|c: char| c.is_ascii_alphanumeric() || matches!(c, '/' | '-'))
        || sentence[..at].ends_with(['$', '_', '@'])
}

/// Returns whether an expression is a date in any context: one with a month and a day, or a year and a month.
fn is_certain(expression: &Expression) -> bool {
    let of_point = |point: &crate::expression::Point| {
        let month = matches!(point.month, Some(MonthRef::Number(_)));
        month && (matches!(point.unit, Some(Unit::Day(_))) || point.year.is_some())
    };
    match expression {
        Expression::Point(point) | Expression::Range(Some(point), _) => of_point(point),
        _ => false,
    }
}
