//! Ranges, whose ends complete each other, and durations with a position on the calendar.

use crate::basis::Basis;
use crate::expression::{MonthRef, Point, Stretch, Unit};
use crate::reading::Reading;
use crate::resolve::calendar::{in_month, months_away};
use crate::resolve::offset::day_away;
use crate::resolve::{Resolution, ResolvedPeriod, Resolver};
use crate::value::{DateValue, Duration, Period};
use gisa_text::Day;

impl Resolver<'_> {
    pub(super) fn range(&self, from: Option<&Point>, to: Option<&Point>) -> Resolution {
        let none = Resolution { value: None, rule: "range", basis: None };
        let (from, to) = match (from, to) {
            (Some(from), Some(to)) => match self.both_ends(from, to) {
                Some(ends) => ends,
                None => return none,
            },
            (from, to) => {
                let end = |point: Option<&Point>| point.and_then(|point| self.period(point));
                let (from, to) = (end(from), end(to));
                let basis = from.or(to).map(|end| end.basis);
                let value = DateValue::range(from.map(|end| end.period), to.map(|end| end.period));
                return Resolution { value, rule: "range", basis };
            }
        };
        let value = DateValue::range(Some(from.period), Some(to.period));
        let basis = if from.basis == Basis::Text { to.basis } else { from.basis };
        Resolution { value, rule: "range", basis: value.map(|_| basis) }
    }

    /// Resolves both ends of a range. Missing parts of the second come from the first.
    pub(super) fn both_ends(&self, from: &Point, to: &Point) -> Option<(ResolvedPeriod, ResolvedPeriod)> {
        let first = self.period(from)?;
        let last = self.end_after(&first, to)?;
        let runs = |first: Period, last: Period| first.first_day() <= last.first_day();
        let bare_month = matches!(from.month, Some(MonthRef::Number(_))) && from.year.is_none();
        // A range that has begun is the last one, even if its end is in the future.
        let has_begun = first.period.first_day() < self.context.anchor;
        if self.reading == Reading::Past && bare_month && self.is_to_come(last.period) && !has_begun {
            let before = |day: Day| Day::new(day.year() - 1, day.month(), day.day()).map(Period::Day);
            if let (Some(first_day), Some(last_day)) = (first.period.as_day(), last.period.as_day()) {
                let (earlier, to) = (before(first_day)?, before(last_day)?);
                return Some((ResolvedPeriod { period: earlier, ..first }, ResolvedPeriod { period: to, ..last }));
            }
        }
        if runs(first.period, last.period) {
            return Some((first, last));
        }
        // The first end was resolved too late: `29일부터 지난 3일까지` begins a month earlier.
        let day = first.period.as_day()?;
        let earlier = if from.is_bare_day() {
            let (year, month) = months_away(day.year(), day.month(), -1);
            in_month(from, year, month)
        } else {
            Day::new(day.year() - 1, day.month(), day.day()).map(Period::Day)
        }?;
        runs(earlier, last.period).then_some((ResolvedPeriod { period: earlier, ..first }, last))
    }

    pub(super) fn end_after(&self, first: &ResolvedPeriod, to: &Point) -> Option<ResolvedPeriod> {
        let start = first.period.first_day()?;
        let not_before = |period: &Period| period.first_day().is_some_and(|day| day >= start);
        let inherits = to.year.is_none() && to.adverb.is_none();
        let is_month = matches!(to.month, Some(MonthRef::Number(_)));
        if inherits && is_month {
            let month = self.month(to)?;
            let years = [start.year(), start.year() + 1];
            let found = years.into_iter().filter_map(|year| in_month(to, year, month)).find(not_before);
            return ResolvedPeriod::of(found, first.basis, first.rule);
        }
        if inherits && to.is_bare_day() {
            let months = [0, 1].map(|away| months_away(start.year(), start.month(), away));
            let found = months.into_iter().filter_map(|(year, month)| in_month(to, year, month)).find(not_before);
            return ResolvedPeriod::of(found, first.basis, first.rule);
        }
        if inherits && let Some(weekday) = to.weekday.filter(|_| to.unit.is_none() && to.month.is_none()) {
            let day = (0..7).filter_map(|away| start.plus_days(away)).find(|day| day.weekday() == weekday);
            return ResolvedPeriod::of(day.map(Period::Day), first.basis, first.rule);
        }
        if inherits && matches!(to.unit, Some(Unit::Quarter(_) | Unit::Half(_))) && to.month.is_none() {
            return ResolvedPeriod::of(self.in_year(to, start.year()), first.basis, first.rule);
        }
        // `지난 1~3월`: the second month is that of the first's year or the next.
        if let (Some(_), Some(MonthRef::Number(month)), None) = (to.adverb, to.month, to.year) {
            let years = [start.year(), start.year() + 1];
            let found = years.into_iter().filter_map(|year| in_month(to, year, month)).find(not_before);
            return ResolvedPeriod::of(found, first.basis, first.rule);
        }
        if to.adverb.is_some() && matches!(to.unit, Some(Unit::Day(_))) && to.month.is_none() && to.year.is_none() {
            let bare = Point { adverb: None, ..*to };
            return self.end_after(first, &bare);
        }
        self.period(to)
    }

    /// Resolves a duration to the range of its days, by its position relative to the publication.
    pub(super) fn stretch(&self, duration: Duration, stretch: Stretch) -> Resolution {
        let ends = || {
            let anchor = self.context.anchor?;
            let far = day_away(anchor, duration, stretch != Stretch::Before)?.checked()?;
            let near = if stretch == Stretch::After { anchor.plus_days(1)? } else { anchor };
            let (from, to) =
                if stretch == Stretch::Before { (far, Period::Day(near)) } else { (Period::Day(near), far) };
            DateValue::range(Some(from), Some(to))
        };
        let value = ends();
        Resolution { value, rule: "range", basis: value.map(|_| Basis::Publication) }
    }

    /// Resolves a range from a day to an offset from it.
    pub(super) fn up_to(&self, from: &Point, duration: Duration) -> Resolution {
        let from = self.period(from);
        let ends = from.and_then(|from| {
            let last = day_away(from.period.as_day()?, duration, true)?.checked()?;
            DateValue::range(Some(from.period), Some(last))
        });
        Resolution { value: ends, rule: "range", basis: from.map(|from| from.basis).filter(|_| ends.is_some()) }
    }
}
