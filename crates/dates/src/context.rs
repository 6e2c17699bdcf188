//! The context: the dates that an article has mentioned so far, and its anchor, the day that others are relative to.

use std::collections::VecDeque;

use crate::basis::Basis;
use crate::expression::{Expression, MonthRef, Point, Unit, YearRef};
use crate::value::{DateValue, Period};
use gisa_text::Day;

/// Maximum number of days remembered: more than articles mention, and few enough to keep long files linear.
const MEMORY: usize = 64;

/// A day that was mentioned.
#[derive(Clone, Copy, Debug)]
pub(crate) struct MentionedDay {
    pub day: Day,
    /// The sentence of the mention.
    pub sentence: usize,
    /// The role of the day in the article.
    role: DayRole,
}

/// The role of a day in an article.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum DayRole {
    /// The day of the news: at most two days old, and mentioned by its number only.
    News,
    /// An older day without a time of day, mostly of the background of the news.
    Background,
    /// Any other day: a future one, or one with a time of day, on which a story continues.
    Story,
}

/// A date mention with its value.
pub(crate) struct ResolvedMention<'e> {
    pub sentence: usize,
    pub expression: &'e Expression,
    pub value: DateValue,
    pub basis: Option<Basis>,
    /// The text after the mention in the sentence.
    pub behind: &'e str,
}

/// The dates that an article has mentioned so far.
#[derive(Clone, Debug)]
pub(crate) struct Context {
    /// The day that relative dates refer to: that of publication, or else the first full date of the article.
    pub anchor: Option<Day>,
    /// The days mentioned, in text order.
    days: VecDeque<MentionedDay>,
    /// The last month mentioned, and its sentence.
    month: Option<((i32, u32), usize)>,
    /// The last year mentioned, and its sentence.
    year: Option<(i32, usize)>,
    /// Whether the last month mentioned has its year in digits.
    dated: bool,
    /// The last period mentioned with its month or year, and its sentence.
    named: Option<(Period, usize)>,
}

impl Context {
    pub fn new(anchor: Option<Day>) -> Context {
        Context { anchor, days: VecDeque::new(), month: None, year: None, dated: false, named: None }
    }

    /// Adds a mention to the context.
    pub fn remember(&mut self, mention: &ResolvedMention<'_>) {
        match (mention.expression, mention.value) {
            (Expression::Point(point), DateValue::Period(period)) => self.remember_point(mention, point, period),
            (Expression::Range(from, to), DateValue::Range(first, last)) => {
                for (point, period) in [(from, first), (to, last)] {
                    if let (Some(point), Some(period)) = (point, period) {
                        self.remember_point(mention, point, period);
                    }
                }
            }
            (Expression::UpTo(from, _), DateValue::Range(Some(first), _)) => self.remember_point(mention, from, first),
            (Expression::Offset(_), DateValue::Period(Period::Day(day))) => {
                self.add_day(MentionedDay { day, sentence: mention.sentence, role: DayRole::Story });
            }
            _ => {}
        }
    }

    fn remember_point(&mut self, mention: &ResolvedMention<'_>, point: &Point, period: Period) {
        let sentence = mention.sentence;
        // A story does not continue from a historical event or a holiday.
        let named = matches!(point.unit, Some(Unit::Event { .. } | Unit::Holiday(_)));
        // `이날` after `전날` does not refer to the day before.
        let before = matches!(point.unit, Some(Unit::DayFromLast(-1) | Unit::DayFromPublication(-1)));
        let skipped = named || before && !self.days.is_empty() || is_standard(mention.behind);
        if let Some(day) = period.as_day().filter(|_| !skipped) {
            let role = self.role_of(point, day, mention.behind);
            self.add_day(MentionedDay { day, sentence, role });
        }
        if is_standard(mention.behind) {
            return;
        }
        if point.is_bare_day() && mention.basis == Some(Basis::Discourse) {
            self.named = Some((period, sentence));
        }
        let names_month = point.month.is_some() || point.adverb.is_some() && period.as_day().is_some();
        if let Some(month) = period.month().filter(|_| names_month) {
            self.month = Some((month, sentence));
            self.dated = matches!(point.year, Some(YearRef::Number(_)));
        }
        let names_year = point.year.is_some() || point.month.is_some();
        if let Some(year) = period.year().filter(|_| names_year) {
            self.year = Some((year, sentence));
        }
        if names_month || names_year {
            self.named = Some((period, sentence));
        }
    }

    fn add_day(&mut self, mentioned: MentionedDay) {
        if self.days.len() == MEMORY {
            self.days.pop_front();
        }
        self.days.push_back(mentioned);
    }

    fn role_of(&self, point: &Point, day: Day, behind: &str) -> DayRole {
        let age = self.anchor.map_or(0, |anchor| day.days_until(anchor));
        let bare = point.adverb.is_none() && point.month.is_none() && point.year.is_none();
        let near: String = behind.chars().take(12).collect();
        let timed = ["오전", "오후", "새벽", "밤", "저녁", "아침", "시 ", "시께", "시쯤"]
            .iter()
            .any(|word| near.contains(word));
        match (bare, age) {
            (true, -1..=2) => DayRole::News,
            _ if age > 2 && !timed => DayRole::Background,
            _ => DayRole::Story,
        }
    }

    /// Returns the day that `이날` refers to: the last one mentioned in the sentence, or else before it.
    ///
    /// Future days are skipped in the past tense, and days of the background are skipped once the day of the news is
    /// known.
    pub fn last_day(&self, sentence: usize, past: bool) -> Option<Day> {
        let limit = self.anchor.and_then(|anchor| anchor.plus_days(1)).filter(|_| past);
        let allowed = |mentioned: &&MentionedDay| limit.is_none_or(|limit| mentioned.day <= limit);
        let here = self.days.iter().rev().take_while(|mentioned| mentioned.sentence == sentence).find(allowed);
        let news = self.days.iter().any(|mentioned| mentioned.role == DayRole::News);
        let before = || self.days.iter().rev().filter(allowed);
        here.or_else(|| before().find(|mentioned| !news || mentioned.role != DayRole::Background))
            .or_else(|| before().next())
            .map(|mentioned| mentioned.day)
    }

    /// Returns the day of the news, if it was mentioned.
    pub fn day_of_news(&self) -> Option<Day> {
        self.days.iter().rev().find(|mentioned| mentioned.role == DayRole::News).map(|mentioned| mentioned.day)
    }

    /// Returns the last day mentioned, if it is in this sentence or the previous one.
    pub fn recent_day(&self, sentence: usize) -> Option<Day> {
        let mentioned = self.days.back()?;
        (mentioned.sentence + 1 >= sentence).then_some(mentioned.day)
    }

    /// Returns the last day mentioned, with its sentence.
    pub fn last_mention(&self) -> Option<MentionedDay> {
        self.days.back().copied()
    }

    /// Returns the last month mentioned.
    pub fn last_month(&self) -> Option<(i32, u32)> {
        self.month.map(|(month, _)| month)
    }

    /// Returns the year of a month if it was the last month mentioned, with its year and in one of the last sentences.
    pub fn year_of_month(&self, month: u32, sentence: usize) -> Option<i32> {
        let ((year, _), _) = self
            .month
            .filter(|_| self.dated)
            .filter(|((_, named), mentioned_in)| *named == month && mentioned_in + 3 >= sentence)?;
        Some(year)
    }

    /// Returns the last year mentioned.
    pub fn last_year(&self) -> Option<i32> {
        self.year.map(|(year, _)| year)
    }

    /// Returns the last year mentioned, if it is in this sentence or one of the previous four.
    pub fn recent_year(&self, sentence: usize) -> Option<i32> {
        self.year.filter(|(_, mentioned_in)| mentioned_in + 4 >= sentence).map(|(year, _)| year)
    }

    /// Returns the last period mentioned with a month or year, if it is in this sentence.
    pub fn named_in(&self, sentence: usize) -> Option<Period> {
        self.named.filter(|(_, mentioned_in)| *mentioned_in == sentence).map(|(period, _)| period)
    }

    /// Returns the last period mentioned with a month or year, if it is in the previous sentence.
    pub fn named_before(&self, sentence: usize) -> Option<Period> {
        self.named.filter(|(_, mentioned_in)| mentioned_in + 1 == sentence).map(|(period, _)| period)
    }
}

/// Returns whether a date is the standard of a comparison, so that the text after it is about another time.
pub(crate) fn is_standard(behind: &str) -> bool {
    const STANDARDS: [&str; 15] = [
        "보다",
        " 대비",
        "대비",
        "에 비해",
        " 같은 기간",
        " 동기",
        " 수준",
        "에 비하",
        "과 비교",
        "와 비교",
        " 기준",
        " 0시",
        " 종가",
        " 같은 시간",
        " 종합",
    ];
    STANDARDS.iter().any(|word| behind.starts_with(word))
}

/// Returns the first full date of an article, the anchor of one without a publication day.
pub(crate) fn first_full_date<'e>(expressions: impl Iterator<Item = &'e Expression>) -> Option<Day> {
    expressions.into_iter().find_map(|expression| match expression {
        Expression::Point(point) | Expression::Range(Some(point), _) => full_date(point),
        _ => None,
    })
}

fn full_date(point: &Point) -> Option<Day> {
    let (Some(YearRef::Number(year)), Some(MonthRef::Number(month))) = (point.year, point.month) else { return None };
    match point.unit {
        Some(Unit::Day(day)) if point.is_full_date() => Day::new(year, month, day),
        _ => None,
    }
}
