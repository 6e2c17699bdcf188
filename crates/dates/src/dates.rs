//! The reader of dates: finds the date expressions of a text and resolves them in the order of the text.

use std::cell::OnceCell;
use std::ops::Range;

use gisa_text::{ComposedText, Day, sentences};

use crate::context::{self, Context, ResolvedMention, first_full_date};
use crate::cursor::Cursor;
use crate::expression::Expression;
use crate::reader;
use crate::resolve::{Resolution, Resolver};
use crate::scan::scan;
use crate::value::DateValue;

/// On what the value of a date mention rests.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, serde::Serialize, serde::Deserialize)]
#[serde(rename_all = "lowercase")]
#[non_exhaustive]
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
#[derive(Clone, Debug, PartialEq, Eq, serde::Serialize)]
#[non_exhaustive]
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
#[derive(Clone, Copy, Debug, PartialEq, Eq, serde::Serialize)]
#[non_exhaustive]
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
struct DateSpan {
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
    /// use gisa_dates::Dates;
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
    /// is the day from which it counts. Decomposed text is read composed ([`composed`](gisa_text::composed)).
    pub fn find(self, text: &str, published: Option<Day>) -> Vec<DateMention<'_>> {
        let composed = ComposedText::new(text);
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
            .map(|(DateSpan { range, .. }, resolved)| {
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
    fn locate(self, text: &str) -> Vec<DateSpan> {
        let mut located = Vec::new();
        for (sentence, sentence_range) in sentences(text).enumerate() {
            scan(&text[sentence_range.clone()], |found| {
                if found.expression.is_date(self.to_the_day) {
                    located.push(DateSpan {
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
    /// use gisa_dates::Dates;
    ///
    /// let text = "6·25전쟁은 1950년에 났다.";
    /// let spans = [0..text.find('은').unwrap()];
    /// let resolved = Dates::new().resolve(text, None, &spans);
    /// assert_eq!(resolved[0].value.unwrap().to_string(), "1950-06-25");
    /// ```
    pub fn resolve(self, text: &str, published: Option<Day>, spans: &[Range<usize>]) -> Vec<ResolvedDate> {
        let composed = ComposedText::new(text);
        let text = composed.text();
        let sentences: Vec<Range<usize>> = sentences(text).collect();
        self.resolve_in(text, published, &sentences, spans.iter().map(|span| composed.composed(span)))
    }

    /// As [`Dates::resolve`], of a composed text with the sentences known.
    pub fn resolve_in(
        self,
        text: &str,
        published: Option<Day>,
        sentences: &[Range<usize>],
        spans: impl Iterator<Item = Range<usize>>,
    ) -> Vec<ResolvedDate> {
        let located: Vec<DateSpan> = spans
            .map(|range| {
                let sentence = sentences.partition_point(|sentence| sentence.end <= range.start);
                let around = sentences.get(sentence).filter(|around| around.start <= range.start);
                let sentence_range = around.map_or(range.clone(), |around| around.start..around.end.max(range.end));
                let span = range.start - sentence_range.start..range.end - sentence_range.start;
                let expression = read_span(&text[sentence_range.clone()], &span, self.to_the_day);
                DateSpan { range, sentence, sentence_range, expression }
            })
            .collect();
        self.resolve_located(text, published, &located)
    }

    fn resolve_located(self, text: &str, published: Option<Day>, located: &[DateSpan]) -> Vec<ResolvedDate> {
        let expressions = located.iter().filter_map(|located| located.expression.as_ref());
        let mut context = Context::new(published.or_else(|| first_full_date(expressions)));
        let mut resolved = Vec::with_capacity(located.len());
        for (index, DateSpan { range, sentence, sentence_range, expression }) in located.iter().enumerate() {
            let Some(expression) = expression else {
                resolved.push(ResolvedDate { value: None, rule: "unread", basis: None });
                continue;
            };
            let behind = behind(text, range.end..sentence_range.end, &located[index + 1..]);
            let setting = Resolver {
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
                context.remember(&ResolvedMention { sentence: *sentence, expression, value, basis, behind });
            }
            resolved.push(ResolvedDate { value, rule, basis: basis.filter(|_| value.is_some()) });
        }
        resolved
    }
}

/// So many bytes behind a mention are read for the tense: the longest sentences of newspapers, not a file in one line.
const MAX_TENSE_BYTES: usize = 1500;
/// So many mentions behind a mention are looked through for the next place.
const MAX_NEXT_MENTIONS: usize = 16;

/// What stands behind a mention up to the next place on the calendar or the end of the sentence.
fn behind<'t>(text: &'t str, rest: Range<usize>, next: &[DateSpan]) -> &'t str {
    let is_point = |located: &&DateSpan| located.expression.as_ref().is_some_and(Expression::is_point);
    let end = next.iter().take(MAX_NEXT_MENTIONS).take_while(|located| located.range.start < rest.end).find(is_point);
    let end = end.map_or(rest.end, |next| next.range.start).max(rest.start).min(text.len());
    let near = (rest.start + MAX_TENSE_BYTES).min(end);
    &text[rest.start..(near..=end).find(|&at| text.is_char_boundary(at)).unwrap_or(end)]
}

/// The day by its number right behind a day that is counted from another: `이튿날인 28일`, `금요일인 23일`.
fn named_behind<'l>(
    text: &str,
    end: usize,
    expression: &Expression,
    next: Option<&'l DateSpan>,
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
    scan(&sentence[span.clone()], |found| {
        if first.is_none() && found.expression.is_date(to_the_day) {
            first = Some(found.expression);
        }
    });
    first
}
