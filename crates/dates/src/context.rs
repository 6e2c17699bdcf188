//! The context: what an article has said of days so far, and the day from which it counts.

use std::collections::VecDeque;

use crate::Basis;
use crate::expression::{Expression, MonthRef, Point, Unit, YearRef};
use crate::value::{DateValue, Period};
use gisa_text::Day;

/// So many days are remembered: an article speaks of fewer, and a long file stays linear.
const MEMORY: usize = 64;

/// A day that was spoken of.
#[derive(Clone, Copy, Debug)]
pub(crate) struct SpokenDay {
    pub day: Day,
    /// The sentence in which it was.
    pub sentence: usize,
    /// What part it has in the article.
    part: Part,
}

/// What part a day has in an article.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Part {
    /// The day of the news: at most two days old, and named by its number alone.
    News,
    /// An older day without a time of day: mostly what led to the news.
    Background,
    /// Any other: one to come, or one with a time of day, of which a story goes on.
    Story,
}

/// What was said in a mention, and how.
pub(crate) struct ResolvedMention<'e> {
    pub sentence: usize,
    pub expression: &'e Expression,
    pub value: DateValue,
    pub basis: Option<Basis>,
    /// What stands behind it in the sentence.
    pub behind: &'e str,
}

/// What an article has said so far.
#[derive(Clone, Debug)]
pub(crate) struct Context {
    /// The day from which it counts: that of publication, else the first full date of the article.
    pub anchor: Option<Day>,
    /// The days spoken of, in order.
    days: VecDeque<SpokenDay>,
    /// The month named last, and the sentence.
    month: Option<((i32, u32), usize)>,
    /// The year named last, and the sentence.
    year: Option<(i32, usize)>,
    /// Whether the month named last has its year in figures.
    dated: bool,
    /// Where the month or the year was named in this sentence: what came last in it.
    named: Option<(Period, usize)>,
}

impl Context {
    pub fn new(anchor: Option<Day>) -> Context {
        Context { anchor, days: VecDeque::new(), month: None, year: None, dated: false, named: None }
    }

    /// Remembers what a mention mention.
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
                self.speak_of(SpokenDay { day, sentence: mention.sentence, part: Part::Story });
            }
            _ => {}
        }
    }

    fn remember_point(&mut self, mention: &ResolvedMention<'_>, point: &Point, period: Period) {
        let sentence = mention.sentence;
        // An event of history and a holiday are no days that a story goes on from.
        let named = matches!(point.unit, Some(Unit::Event { .. } | Unit::Holiday(_)));
        // `이날` behind `전날` is not the day before.
        let before = matches!(point.unit, Some(Unit::DayFromLast(-1) | Unit::DayFromPublication(-1)));
        let skipped = named || before && !self.days.is_empty() || is_standard(mention.behind);
        if let Some(day) = period.as_day().filter(|_| !skipped) {
            let part = self.part_of(point, day, mention.behind);
            self.speak_of(SpokenDay { day, sentence, part });
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

    fn speak_of(&mut self, spoken: SpokenDay) {
        if self.days.len() == MEMORY {
            self.days.pop_front();
        }
        self.days.push_back(spoken);
    }

    fn part_of(&self, point: &Point, day: Day, behind: &str) -> Part {
        let age = self.anchor.map_or(0, |anchor| day.days_until(anchor));
        let bare = point.adverb.is_none() && point.month.is_none() && point.year.is_none();
        let near: String = behind.chars().take(12).collect();
        let timed = ["오전", "오후", "새벽", "밤", "저녁", "아침", "시 ", "시께", "시쯤"]
            .iter()
            .any(|word| near.contains(word));
        match (bare, age) {
            (true, -1..=2) => Part::News,
            _ if age > 2 && !timed => Part::Background,
            _ => Part::Story,
        }
    }

    /// Returns the day that `이날` is: the one last spoken of in the sentence, else in those before. Days still to come
    /// are passed over when the article speaks of the past, and so is what led to the news once the day of the news is
    /// known.
    pub fn last_day(&self, sentence: usize, past: bool) -> Option<Day> {
        let limit = self.anchor.and_then(|anchor| anchor.plus_days(1)).filter(|_| past);
        let allowed = |spoken: &&SpokenDay| limit.is_none_or(|limit| spoken.day <= limit);
        let here = self.days.iter().rev().take_while(|spoken| spoken.sentence == sentence).find(allowed);
        let news = self.days.iter().any(|spoken| spoken.part == Part::News);
        let before = || self.days.iter().rev().filter(allowed);
        here.or_else(|| before().find(|spoken| !news || spoken.part != Part::Background))
            .or_else(|| before().next())
            .map(|spoken| spoken.day)
    }

    /// Returns the day of the news, as far as it was named.
    pub fn day_of_news(&self) -> Option<Day> {
        self.days.iter().rev().find(|spoken| spoken.part == Part::News).map(|spoken| spoken.day)
    }

    /// Returns the day last spoken of in this sentence or the one before.
    pub fn recent_day(&self, sentence: usize) -> Option<Day> {
        let spoken = self.days.back()?;
        (spoken.sentence + 1 >= sentence).then_some(spoken.day)
    }

    /// Returns the day last spoken of and its sentence.
    pub fn last_spoken(&self) -> Option<SpokenDay> {
        self.days.back().copied()
    }

    /// Returns the month last named.
    pub fn last_month(&self) -> Option<(i32, u32)> {
        self.month.map(|(month, _)| month)
    }

    /// Returns the year of a month, when that month was the last to be named, in one of the last sentences.
    pub fn year_of_month(&self, month: u32, sentence: usize) -> Option<i32> {
        let ((year, _), _) = self
            .month
            .filter(|_| self.dated)
            .filter(|((_, named), spoken)| *named == month && spoken + 3 >= sentence)?;
        Some(year)
    }

    /// Returns the year last named.
    pub fn last_year(&self) -> Option<i32> {
        self.year.map(|(year, _)| year)
    }

    /// Returns the year last named in this sentence or one of those right before.
    pub fn recent_year(&self, sentence: usize) -> Option<i32> {
        self.year.filter(|(_, spoken)| spoken + 4 >= sentence).map(|(year, _)| year)
    }

    /// What was named in this sentence with a month or a year.
    pub fn named_in(&self, sentence: usize) -> Option<Period> {
        self.named.filter(|(_, spoken)| *spoken == sentence).map(|(period, _)| period)
    }

    /// What was named in the sentence before with a month.
    pub fn named_before(&self, sentence: usize) -> Option<Period> {
        self.named.filter(|(_, spoken)| spoken + 1 == sentence).map(|(period, _)| period)
    }
}

/// Returns whether a date is only there to be compared with: what comes after it in the sentence is of another time.
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

/// Returns the day from which an article without a publication day counts: its first full date.
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
