//! The date tagger: finds the date expressions of a text and resolves them in text order.

use std::cell::OnceCell;
use std::ops::Range;

use gisa_text::{ComposedText, Day, sentences};

use crate::basis::Basis;
use crate::context::{self, Context, ResolvedMention, first_full_date};
use crate::cursor::Cursor;
use crate::expression::Expression;
use crate::reader;
use crate::reading::Reading;
use crate::resolve::{Resolution, Resolver};
use crate::scan::scan;
use crate::value::DateValue;

/// A date mention of a text.
#[derive(Clone, Debug, PartialEq, Eq, serde::Serialize)]
#[non_exhaustive]
pub struct DateMention<'t> {
    /// The mention: `text[bytes]`.
    pub text: &'t str,
    /// The half-open range of the mention, in bytes.
    pub bytes: Range<usize>,
    /// The half-open range of the mention, in characters (Unicode scalar values).
    pub chars: Range<usize>,
    /// The value; `None` if the mention has none or it cannot be determined.
    pub value: Option<DateValue>,
    /// The name of the rule that determined the value: `day`, `month`, `range`, `discourse-day` ….
    pub rule: &'static str,
    /// The basis of the value; `None` without a value.
    pub basis: Option<Basis>,
}

/// The value of a date span, returned by [`Dates::resolve`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, serde::Serialize)]
#[non_exhaustive]
pub struct ResolvedDate {
    /// The value; `None` if the span has none or it cannot be determined.
    pub value: Option<DateValue>,
    /// The name of the rule that determined the value; `unread` for a span that is not a date expression.
    pub rule: &'static str,
    /// The basis of the value; `None` without a value.
    pub basis: Option<Basis>,
}

/// Finds and resolves the date expressions of Korean texts. The [crate](crate) lists the supported expressions.
#[derive(Clone, Copy, Debug, Default)]
pub struct Dates {
    reading: Reading,
    to_the_day: bool,
}

/// A date span in its sentence, with its expression.
struct DateSpan {
    range: Range<usize>,
    sentence: usize,
    sentence_range: Range<usize>,
    expression: Option<Expression>,
}

impl Dates {
    /// Creates a tagger that reads dates as their sentences indicate ([`Reading::Sentence`]).
    pub fn new() -> Dates {
        Dates::default()
    }

    /// Sets the reading of dates that may lie on either side of the publication.
    #[must_use]
    pub fn reading(self, reading: Reading) -> Dates {
        Dates { reading, ..self }
    }

    /// Resolves offsets and durations to days, as assistants do with requests, where newspapers mean a longer unit.
    ///
    /// `2년 전` is the same day two years before instead of the year, `지난 3주간` is the range of days up to the publication
    /// instead of a duration, `주말` is that of the week, and `며칠 전` is three days before (in newspapers it is not a
    /// date).
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

    /// Finds the date mentions of a text and their values.
    ///
    /// Without a publication day the first full date of the text is used in its place. Decomposed text is composed
    /// ([`composed`](gisa_text::composed)) before it is read; offsets are those of `text`.
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

    /// Finds the date expressions of a composed text.
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

    /// Resolves spans that another tagger has labelled as dates, given as half-open byte ranges in text order.
    ///
    /// If a span is not a date expression as a whole, the first expression inside it is resolved. The result has one
    /// element for each span.
    ///
    /// # Panics
    ///
    /// If a span does not lie in the text on character boundaries.
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
        self.resolve_in_sentences(text, published, &sentences, spans.iter().map(|span| composed.composed(span)))
    }

    /// Resolves spans as [`Dates::resolve`] does, in a text that is composed and split into sentences already.
    ///
    /// `text` must be composed ([`ComposedText::text`]): decomposed dates are not recognised. `sentences` are the
    /// ranges of [`sentences`] for this text. They and `spans` are half-open byte ranges of `text`, in text order.
    ///
    /// # Panics
    ///
    /// If a span or a sentence does not lie in the text on character boundaries.
    ///
    /// ```
    /// use gisa_dates::Dates;
    /// use gisa_text::sentences;
    ///
    /// let text = "회의는 23일 열린다. 이날 시장도 참석한다.";
    /// let ranges: Vec<_> = sentences(text).collect();
    /// let spans = ["23일", "이날"].map(|date| text.find(date).map(|at| at..at + date.len()).unwrap());
    /// let published = "2024-06-20".parse().ok();
    /// let resolved = Dates::new().resolve_in_sentences(text, published, &ranges, spans.into_iter());
    /// let values: Vec<String> = resolved.iter().filter_map(|date| Some(date.value?.to_string())).collect();
    /// assert_eq!(values, ["2024-06-23", "2024-06-23"]);
    /// ```
    pub fn resolve_in_sentences(
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
        let mut dates = Vec::with_capacity(located.len());
        for (index, DateSpan { range, sentence, sentence_range, expression }) in located.iter().enumerate() {
            let Some(expression) = expression else {
                dates.push(ResolvedDate { value: None, rule: "unread", basis: None });
                continue;
            };
            let behind = behind(text, range.end..sentence_range.end, &located[index + 1..]);
            let resolver = Resolver {
                context: &context,
                sentence: *sentence,
                behind,
                tense: OnceCell::new(),
                is_standard: context::is_standard(behind),
                reading: self.reading,
                to_the_day: self.to_the_day,
            };
            let Resolution { mut value, rule, mut basis } = resolver.resolve(expression);
            if let Some(numbered) = named_behind(text, range.end, expression, located.get(index + 1)) {
                // `이튿날인 28일`: the number that follows determines the day.
                let same = resolver.resolve_beside(value, numbered);
                (value, basis) = (same.value.or(value), same.basis.or(basis));
            }
            if let Some(value) = value {
                context.remember(&ResolvedMention { sentence: *sentence, expression, value, basis, behind });
            }
            dates.push(ResolvedDate { value, rule, basis: basis.filter(|_| value.is_some()) });
        }
        dates
    }
}

/// Maximum number of bytes after a mention that are read for the tense, enough for the longest sentences of newspapers.
const MAX_TENSE_BYTES: usize = 1500;

/// Maximum number of mentions after a mention that are searched for the next point on the calendar.
const MAX_NEXT_MENTIONS: usize = 16;

/// Returns the text after a mention, up to the next point on the calendar or the end of the sentence.
fn behind<'t>(text: &'t str, rest: Range<usize>, next: &[DateSpan]) -> &'t str {
    let is_point = |located: &&DateSpan| located.expression.as_ref().is_some_and(Expression::is_point);
    let end = next.iter().take(MAX_NEXT_MENTIONS).take_while(|located| located.range.start < rest.end).find(is_point);
    let end = end.map_or(rest.end, |next| next.range.start).max(rest.start).min(text.len());
    let near = (rest.start + MAX_TENSE_BYTES).min(end);
    &text[rest.start..(near..=end).find(|&at| text.is_char_boundary(at)).unwrap_or(end)]
}

/// Returns the numbered day that directly follows a day relative to another: `이튿날인 28일`, `금요일인 23일`.
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

/// Reads the expression of a span in a sentence: the whole span, or else the first expression inside it.
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
