//! Dates: the date mentions of a Korean text and what each means on the calendar.
//!
//! Two of three dates in the news name no day without the day of publication: `23일`, `지난해 11월`, `오는 30일`, `이날`.
//! [`Dates`] finds the date expressions of a text and reads each as a newspaper means it. It needs no dictionary.
//!
//! ```
//! use gisa_entity::date::{Basis, Dates};
//!
//! let text = "시는 23일 축제를 연다고 밝혔다. 축제는 오는 29일부터 다음 달 2일까지 열린다. 지난해보다 이틀 길다.";
//! let found = Dates::new().find(text, Some("2024-06-23".parse()?));
//! let values: Vec<String> = found
//!     .iter()
//!     .map(|mention| format!("{} = {}", mention.text, mention.value.map(|value| value.to_string()).unwrap_or_default()))
//!     .collect();
//! assert_eq!(
//!     values,
//!     ["23일 = 2024-06-23", "오는 29일부터 다음 달 2일까지 = 2024-06-29/2024-07-02", "지난해 = 2023", "이틀 = P2D"]
//! );
//! assert_eq!(found[0].basis, Some(Basis::Publication));
//! assert_eq!(found[3].basis, Some(Basis::Text));
//! # Ok::<(), gisa_entity::ParseDayError>(())
//! ```
//!
//! # What is read
//!
//! Values for a publication on Sunday, 23 June 2024:
//!
//! | form | example | value |
//! | --- | --- | --- |
//! | full date | `2024년 6월 23일`, `2024.6.23`, `'24.6.23`, `2024년 6월 23일(일)` | `2024-06-23` |
//! | month and day | `6월 20일`, `지난 5월 3일`, `오는 7월 1일` | `2024-06-20`, `2024-05-03`, `2024-07-01` |
//! | day | `23일`, `지난 27일`, `오는 30일` | `2024-06-23`, `2024-05-27`, `2024-06-30` |
//! | month | `5월`, `지난 11월`, `지난달`, `내달 초` | `2024-05`, `2023-11`, `2024-05`, `2024-07` |
//! | year | `2019년`, `'24년`, `지난해`, `내년`, `작년 말`, `2019학년도` | `2019`, `2024`, `2023`, `2025`, `2023`, `2019` |
//! | year and month | `지난해 12월`, `올 1월`, `2019년 3월 말` | `2023-12`, `2024-01`, `2019-03` |
//! | day by name | `오늘`, `어제`, `모레` | `2024-06-23`, `2024-06-22`, `2024-06-25` |
//! | day of the discourse | `이날`, `전날`, `다음 날` | from the day last spoken of |
//! | month and year of the discourse | `같은 달`, `전월`, `같은 해`, `이듬해`, `전년` | from the month or year last named |
//! | week | `지난주`, `다음 주`, `6월 첫째 주` | `2024-W24`, `2024-W26`, `2024-W23` |
//! | weekday | `금요일`, `지난 금요일`, `다음 주 화요일` | `2024-06-21`, `2024-06-21`, `2024-06-25` |
//! | weekend | `지난 주말`, `이번 주말` | `2024-06-15/2024-06-16`, `2024-06-22/2024-06-23` |
//! | quarter, half | `2분기`, `지난해 4분기`, `올 상반기` | `2024-Q2`, `2023-Q4`, `2024-H1` |
//! | decade, century | `1990년대`, `90년대 초반`, `20세기` | `199`, `199`, `19` |
//! | holiday | `광복절`, `지난해 추석`, `설날`, `3·1절` | `2024-08-15`, `2023-09-29`, `2024-02-10`, `2024-03-01` |
//! | lunar date | `음력 8월 15일` | `2024-09-17` |
//! | event | `6·25`, `5·18` | `1950-06-25`, `1980-05-18` |
//! | range | `23일부터 29일까지`, `27, 28일`, `지난 1~3월`, `2017~2019년` | `2024-06-23/2024-06-29`, …, `2024-01/2024-03`, `2017/2019` |
//! | open range | `~6월 30일` | `../2024-06-30` |
//! | range up to an offset | `오늘부터 2주 안에`, `내일부터 사흘 뒤까지` | `2024-06-23/2024-07-07`, `2024-06-24/2024-06-27` |
//! | offset | `3일 전`, `2주 뒤`, `두 달 전`, `5년 전` | `2024-06-20`, `2024-07-07`, `2024-04`, `2019` |
//! | working days | `3영업일 뒤`, `영업일 기준 5일 전` | `2024-06-26`, `2024-06-17` |
//! | duration | `3년`, `5개월간`, `사흘`, `넉 달`, `5박 7일`, `이틀 반`, `55일 만에` | `P3Y`, `P5M`, `P3D`, `P4M`, `P7D`, `P2DT12H`, `P55D` |
//! | court's sentence | `징역 1년 6월`, `징역 10월` | `P1Y6M`, `P10M` |
//! | without a value | `연말`, `매월`, `3년마다`, `수년`, `10주년`, `2월 30일` | none |
//!
//! A part without borders (`말`, `초`, `중순`, `여름`) has the value of what it is part of. A range of two ends is one
//! mention; an end named alone (`26일까지`) is marked without its particle and has the plain value.
//!
//! # How the missing parts are found
//!
//! Of the days, months or years that fit, the nearest to the publication is taken, on the side that the text allows:
//! the adverb (`지난`, `오는`) before the date, else the first word behind it that tells (`밝혔다` the past, `열릴 예정`,
//! `연다` the future), else either. A month or year named earlier in the sentence holds for the days behind it, and a day
//! goes on from the one before it (`오는 23일 … 24일`), unless it is the day on which something was said. `이날` is the day
//! last spoken of. Without a day of publication the first full date of the text takes its place; a text that has none
//! gives no values but those that it names in full. Today's date is never used.

use std::cell::OnceCell;
use std::ops::Range;

use gisa_tokenizer::sentences;

use crate::Day;
use crate::composed::Composed;
pub use crate::date::value::{DateValue, Duration, ParseDateError, Period};

use context::{Context, Said, first_full_date};
use cursor::Cursor;
use expression::Expression;
use resolve::{Resolution, Setting};

mod clock;
mod context;
mod cursor;
mod event;
mod expression;
mod follow;
mod holiday;
mod length;
mod lunar;
mod number;
mod numeric;
mod point;
mod reader;
mod resolve;
pub(crate) mod scan;
mod tense;
mod value;

/// On what the value of a date mention rests.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Basis {
    /// On the day of publication: `23일`, `지난해`.
    Publication,
    /// On what the text said before: `이날`, `이듬해`, a day behind the month it is in.
    Discourse,
    /// On the mention alone: `2024년 6월 23일`, `사흘`.
    Text,
}

impl Basis {
    /// The word for it in tables and JSON: `publication`, `discourse`, `text`.
    pub const fn as_str(self) -> &'static str {
        match self {
            Basis::Publication => "publication",
            Basis::Discourse => "discourse",
            Basis::Text => "text",
        }
    }
}

/// How a date is read that has a place on either side of the publication.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum Reading {
    /// As the sentence says, and where it says nothing, the nearest.
    #[default]
    Sentence,
    /// The last before the publication or on its day, whatever the sentence says.
    Past,
    /// The first after the publication or on its day, whatever the sentence says.
    Future,
}

/// A date mention of a text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DateMention<'t> {
    /// The mention: `text[bytes]`.
    pub text: &'t str,
    /// Where it stands, in bytes, half open.
    pub bytes: Range<usize>,
    /// Where it stands, in characters (Unicode scalar values), half open.
    pub chars: Range<usize>,
    /// What it means; none when nobody can know.
    pub value: Option<DateValue>,
    /// The rule that decided: `day`, `month`, `range`, `discourse-day` ….
    pub rule: &'static str,
    /// On what the value rests; none without a value.
    pub basis: Option<Basis>,
}

/// What a date span means: [`Dates::resolve`].
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ResolvedDate {
    /// What it means; none when nobody can know.
    pub value: Option<DateValue>,
    /// The rule that decided.
    pub rule: &'static str,
    /// On what the value rests; none without a value.
    pub basis: Option<Basis>,
}

/// Finds the date expressions of Korean texts and reads them: see the [module](self).
#[derive(Clone, Copy, Debug, Default)]
pub struct Dates {
    reading: Reading,
    to_the_day: bool,
}

/// A date span in its sentence, with what was read in it.
struct Located {
    range: Range<usize>,
    sentence: usize,
    sentence_range: Range<usize>,
    expression: Option<Expression>,
}

impl Dates {
    /// Reads dates as the sentence says.
    pub fn new() -> Dates {
        Dates::default()
    }

    /// With a reading of its own for dates that have a place on either side of the publication.
    #[must_use]
    pub fn reading(self, reading: Reading) -> Dates {
        Dates { reading, ..self }
    }

    /// Counts to the day where newspapers name a longer unit or none, as assistants do with what they are asked:
    /// `2년 전` is the same day two years before and not the year, `지난 3주간` the days from then to the publication and
    /// not their length, `주말` that of the week, `며칠 전` three days before (in newspapers it is no date).
    ///
    /// ```
    /// use gisa_entity::date::Dates;
    ///
    /// let value = |dates: Dates| {
    ///     let found = dates.find("2년 전 만났다.", "2024-06-23".parse().ok());
    ///     found[0].value.map(|value| value.to_string())
    /// };
    /// assert_eq!(value(Dates::new()).as_deref(), Some("2022"));
    /// assert_eq!(value(Dates::new().to_the_day()).as_deref(), Some("2022-06-23"));
    /// ```
    #[must_use]
    pub fn to_the_day(self) -> Dates {
        Dates { to_the_day: true, ..self }
    }

    /// Finds the date mentions of a text and their values. Without a publication day the first full date of the text
    /// is the day from which it counts. Decomposed text is read composed ([`composed`](crate::composed)).
    pub fn find(self, text: &str, published: Option<Day>) -> Vec<DateMention<'_>> {
        let composed = Composed::new(text);
        let located = self.locate(composed.text());
        let resolved = self.resolve_located(composed.text(), published, &located);
        let (mut chars, mut byte) = (0, 0);
        let mut chars_until = |at: usize| {
            chars += text[byte..at].chars().count();
            byte = at;
            chars
        };
        located
            .into_iter()
            .zip(resolved)
            .map(|(Located { range, .. }, resolved)| {
                let bytes = composed.original(&range);
                DateMention {
                    text: &text[bytes.clone()],
                    chars: chars_until(bytes.start)..chars_until(bytes.end),
                    bytes,
                    value: resolved.value,
                    rule: resolved.rule,
                    basis: resolved.basis,
                }
            })
            .collect()
    }

    /// The date expressions of a composed text.
    fn locate(self, text: &str) -> Vec<Located> {
        let mut located = Vec::new();
        for (sentence, sentence_range) in sentences(text).enumerate() {
            scan::find(&text[sentence_range.clone()], |found| {
                if found.expression.is_date(self.to_the_day) {
                    located.push(Located {
                        range: sentence_range.start + found.range.start..sentence_range.start + found.range.end,
                        sentence,
                        sentence_range: sentence_range.clone(),
                        expression: Some(found.expression),
                    });
                }
            });
        }
        located
    }

    /// Reads spans that something else has found to be dates, in the order of the text. Of a span that is no date
    /// expression as a whole the first expression inside it counts.
    ///
    /// # Panics
    ///
    /// When a span does not lie in the text on borders of characters.
    ///
    /// ```
    /// use gisa_entity::date::Dates;
    ///
    /// let text = "6·25전쟁은 1950년에 났다.";
    /// let spans = [0..text.find('은').unwrap()];
    /// let resolved = Dates::new().resolve(text, None, &spans);
    /// assert_eq!(resolved[0].value.unwrap().to_string(), "1950-06-25");
    /// ```
    pub fn resolve(self, text: &str, published: Option<Day>, spans: &[Range<usize>]) -> Vec<ResolvedDate> {
        let composed = Composed::new(text);
        let text = composed.text();
        let sentences: Vec<Range<usize>> = sentences(text).collect();
        self.resolve_in(text, published, &sentences, spans.iter().map(|span| composed.composed(span)))
    }

    /// As [`Dates::resolve`], of a composed text with the sentences known.
    pub(crate) fn resolve_in(
        self,
        text: &str,
        published: Option<Day>,
        sentences: &[Range<usize>],
        spans: impl Iterator<Item = Range<usize>>,
    ) -> Vec<ResolvedDate> {
        let located: Vec<Located> = spans
            .map(|range| {
                let sentence = sentences.partition_point(|sentence| sentence.end <= range.start);
                let around = sentences.get(sentence).filter(|around| around.start <= range.start);
                let sentence_range = around.map_or(range.clone(), |around| around.start..around.end.max(range.end));
                let span = range.start - sentence_range.start..range.end - sentence_range.start;
                let expression = read_span(&text[sentence_range.clone()], &span, self.to_the_day);
                Located { range, sentence, sentence_range, expression }
            })
            .collect();
        self.resolve_located(text, published, &located)
    }

    fn resolve_located(self, text: &str, published: Option<Day>, located: &[Located]) -> Vec<ResolvedDate> {
        let expressions = located.iter().filter_map(|located| located.expression.as_ref());
        let mut context = Context::new(published.or_else(|| first_full_date(expressions)));
        let mut resolved = Vec::with_capacity(located.len());
        for (index, Located { range, sentence, sentence_range, expression }) in located.iter().enumerate() {
            let Some(expression) = expression else {
                resolved.push(ResolvedDate { value: None, rule: "unread", basis: None });
                continue;
            };
            let behind = behind(text, range.end..sentence_range.end, &located[index + 1..]);
            let setting = Setting {
                context: &context,
                sentence: *sentence,
                behind,
                tense: OnceCell::new(),
                is_standard: context::is_standard(behind),
                reading: self.reading,
                to_the_day: self.to_the_day,
            };
            let Resolution { mut value, rule, mut basis } = setting.resolve(expression);
            if let Some(said) = named_behind(text, range.end, expression, located.get(index + 1)) {
                // `이튿날인 28일`: the number that follows says which day it is.
                let same = setting.resolve_beside(value, said);
                (value, basis) = (same.value.or(value), same.basis.or(basis));
            }
            if let Some(value) = value {
                context.remember(&Said { sentence: *sentence, expression, value, basis, behind });
            }
            resolved.push(ResolvedDate { value, rule, basis: basis.filter(|_| value.is_some()) });
        }
        resolved
    }
}

/// So many bytes behind a mention are read for the tense: the longest sentences of newspapers, not a file in one line.
const FAR: usize = 1500;
/// So many mentions behind a mention are looked through for the next place.
const FAR_MENTIONS: usize = 16;

/// What stands behind a mention up to the next place on the calendar or the end of the sentence.
fn behind<'t>(text: &'t str, rest: Range<usize>, next: &[Located]) -> &'t str {
    let is_place = |located: &&Located| located.expression.as_ref().is_some_and(Expression::is_place);
    let end = next.iter().take(FAR_MENTIONS).take_while(|located| located.range.start < rest.end).find(is_place);
    let end = end.map_or(rest.end, |next| next.range.start).max(rest.start).min(text.len());
    let near = (rest.start + FAR).min(end);
    &text[rest.start..(near..=end).find(|&at| text.is_char_boundary(at)).unwrap_or(end)]
}

/// The day by its number right behind a day that is counted from another: `이튿날인 28일`, `금요일인 23일`.
fn named_behind<'l>(
    text: &str,
    end: usize,
    expression: &Expression,
    next: Option<&'l Located>,
) -> Option<&'l Expression> {
    let counted = match expression {
        Expression::Point(point) => point.is_counted_day(),
        Expression::Offset(_) => true,
        _ => false,
    };
    let next = next.filter(|next| counted && text.get(end..next.range.start) == Some("인 "))?;
    next.expression.as_ref().filter(|next| matches!(next, Expression::Point(point) if point.is_day_by_number()))
}

/// Reads the expression of a span in a sentence: the whole span, else the first expression inside it.
fn read_span(sentence: &str, span: &Range<usize>, to_the_day: bool) -> Option<Expression> {
    let mut cursor = Cursor::new(sentence, span.start);
    if let Some(expression) = reader::read(&mut cursor)
        && cursor.at <= span.end
    {
        return Some(expression).filter(|expression| expression.is_date(to_the_day));
    }
    let mut first = None;
    scan::find(&sentence[span.clone()], |found| {
        if first.is_none() && found.expression.is_date(to_the_day) {
            first = Some(found.expression);
        }
    });
    first
}
