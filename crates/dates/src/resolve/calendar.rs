//! Years, months, days and the units in them. Missing parts come from the sentence or the publication.

use crate::basis::Basis;
use crate::expression::{Adverb, MonthRef, Point, Unit, YearRef};
use crate::holiday::nth_weekday;
use crate::lunar::solar_day;
use crate::reading::Reading;
use crate::resolve::{ResolvedPeriod, Resolver, basis_of, rule_of};
use crate::tense::Tense;
use crate::value::Period;
use gisa_text::Day;

impl Resolver<'_> {
    /// Resolves a year, a month, a day, or another unit in them.
    pub(super) fn calendar(&self, point: &Point) -> Option<ResolvedPeriod> {
        match (self.year(point), self.month(point)) {
            (Some(year), Some(month)) => {
                ResolvedPeriod::of(in_month(point, year, month), basis_of(point), rule_of(point))
            }
            (Some(year), None) => ResolvedPeriod::of(self.in_year(point, year), basis_of(point), rule_of(point)),
            (None, Some(_)) if !matches!(point.month, Some(MonthRef::Number(_))) => {
                let (year, month) = self.relative_month(point)?;
                ResolvedPeriod::of(in_month(point, year, month), basis_of(point), rule_of(point))
            }
            (None, Some(month)) => self.month_without_year(point, month),
            (None, None) => match point.unit? {
                Unit::Day(_) | Unit::LastDay | Unit::NthWeekday(_) => self.bare_day(point),
                _ => self.within_any_year(point),
            },
        }
    }

    pub(super) fn year(&self, point: &Point) -> Option<i32> {
        match point.year? {
            YearRef::Number(year) => Some(year),
            YearRef::FromPublication(years) => Some(self.context.anchor?.year() + years),
            YearRef::FromLast(years) => {
                let last = if years < 0 { self.context.recent_year(self.sentence) } else { self.context.last_year() };
                Some(last.or(self.context.anchor.map(Day::year))? + years)
            }
        }
    }

    /// Returns the number of the point's month, from the context for a relative month.
    pub(super) fn month(&self, point: &Point) -> Option<u32> {
        match point.month? {
            MonthRef::Number(month) => Some(month),
            _ => self.relative_month(point).map(|(_, month)| month),
        }
    }

    pub(super) fn relative_month(&self, point: &Point) -> Option<(i32, u32)> {
        let anchor = || self.context.anchor.map(|anchor| (anchor.year(), anchor.month()));
        let ((year, month), months) = match point.month? {
            MonthRef::FromPublication(months) => (anchor()?, months),
            MonthRef::FromLast(months) => (self.context.last_month().or_else(anchor)?, months),
            MonthRef::Number(_) => return None,
        };
        Some(months_away(year, month, months))
    }

    /// Returns the period of the point's unit in a year.
    pub(super) fn in_year(&self, point: &Point, year: i32) -> Option<Period> {
        match point.unit {
            None | Some(Unit::Part) => Some(Period::Year(year)),
            Some(Unit::Quarter(quarter)) => Some(Period::Quarter(year, quarter)),
            Some(Unit::Half(half)) => Some(Period::Half(year, half)),
            Some(Unit::Holiday(holiday)) => holiday.in_year(year).map(Period::Day),
            Some(Unit::NthWeek(week)) => {
                let week = if week == 0 { 52 + u32::from(Period::Week(year, 53).checked().is_some()) } else { week };
                Some(Period::Week(year, week))
            }
            Some(Unit::Day(day)) => {
                // `올해 23일` takes its month from the publication.
                let anchor = self.context.anchor?;
                Day::new(year, anchor.month(), day).map(Period::Day)
            }
            _ => None,
        }
    }

    /// Resolves a month without a year.
    pub(super) fn month_without_year(&self, point: &Point, month: u32) -> Option<ResolvedPeriod> {
        let of_year = |year| in_month(point, year, month);
        let anchor = self.context.anchor;
        let near = anchor.and_then(|anchor| {
            let years = (-1..=1).map(|away| anchor.year() + away);
            self.nearest(years.filter_map(of_year), anchor, point)
        });
        if point.adverb.is_none()
            && let Some(named) = self.context.named_in(self.sentence)
            && let Some(year) = named.year()
        {
            let found = of_year(year);
            let is_report = near.is_some_and(|near| self.is_report(near));
            if found.is_some() && !(is_report && found != near) {
                return ResolvedPeriod::of(found, Basis::Discourse, rule_of(point));
            }
        }
        let mentioned = self.context.year_of_month(month, self.sentence).and_then(of_year);
        if point.adverb.is_none()
            && mentioned.is_some()
            && mentioned != near
            && !near.is_some_and(|near| self.is_report(near))
        {
            return ResolvedPeriod::of(mentioned, Basis::Discourse, rule_of(point));
        }
        ResolvedPeriod::of(near, Basis::Publication, rule_of(point))
    }

    /// Returns whether a day is that of the publication or right before it, and the words after it are in the past
    /// tense.
    ///
    /// Such a day is that of a statement, whatever the sentence is about.
    pub(super) fn is_report(&self, period: Period) -> bool {
        let (Some(day), Some(anchor)) = (period.as_day(), self.context.anchor) else { return false };
        let near = if matches!(self.tense(), Tense::Future | Tense::Present) { -1..=0 } else { -2..=1 };
        near.contains(&anchor.days_until(day))
    }

    /// Resolves a day without a month.
    pub(super) fn bare_day(&self, point: &Point) -> Option<ResolvedPeriod> {
        let in_month_of = |(year, month)| in_month(point, year, month);
        let anchor = self.context.anchor;
        let near = anchor.and_then(|anchor| {
            let months = (-2..=2).map(|away| months_away(anchor.year(), anchor.month(), away));
            self.nearest(months.filter_map(in_month_of), anchor, point)
        });
        if point.adverb.is_none()
            && self.reading == Reading::Sentence
            && let Some(found) = self.day_of_discourse(point, near)
        {
            return ResolvedPeriod::of(Some(found), Basis::Discourse, rule_of(point));
        }
        ResolvedPeriod::of(near, Basis::Publication, rule_of(point))
    }

    /// Resolves a bare day that follows a day or month mentioned in its sentence or the previous one.
    pub(super) fn day_of_discourse(&self, point: &Point, near: Option<Period>) -> Option<Period> {
        let in_sentence = self.context.named_in(self.sentence);
        let named = in_sentence.or_else(|| self.context.named_before(self.sentence))?;
        let month = named.month()?;
        let here = in_month(point, month.0, month.1);
        let goes_on = |found: &Period| found.as_day() > named.as_day();
        let found = match named.as_day() {
            Some(_) => here.filter(goes_on).or_else(|| {
                let next = months_away(month.0, month.1, 1);
                in_month(point, next.0, next.1).filter(|_| self.tense() == Tense::Future && self.is_to_come(named))
            }),
            None => here.filter(|_| in_sentence.is_some()),
        }?;
        let report = near.is_some_and(|near| self.is_report(near) && near != found);
        // A future day does not fit the past tense.
        let too_late = self.tense() == Tense::Past && self.is_to_come(found);
        (!report && !too_late).then_some(found)
    }

    pub(super) fn is_to_come(&self, period: Period) -> bool {
        period.first_day().zip(self.context.anchor).is_some_and(|(day, anchor)| anchor.days_until(day) > 1)
    }

    /// Resolves a quarter, a half or a holiday without a year.
    pub(super) fn within_any_year(&self, point: &Point) -> Option<ResolvedPeriod> {
        let of_year = |year| self.in_year(point, year);
        if let Some(year) = self.context.named_in(self.sentence).and_then(Period::year)
            && point.adverb.is_none()
            && matches!(point.unit, Some(Unit::Quarter(_) | Unit::Half(_)))
        {
            return ResolvedPeriod::of(of_year(year), Basis::Discourse, rule_of(point));
        }
        let anchor = self.context.anchor?;
        if matches!(point.unit, Some(Unit::Part)) {
            return ResolvedPeriod::of(Some(Period::Year(anchor.year())), Basis::Publication, rule_of(point))
                .filter(|_| point.adverb == Some(Adverb::This));
        }
        let years = (-1..=1).map(|away| anchor.year() + away);
        ResolvedPeriod::of(self.nearest(years.filter_map(of_year), anchor, point), Basis::Publication, rule_of(point))
    }
}

/// Returns the period of the point's unit in a month; `None` if the calendar has no such period.
pub(super) fn in_month(point: &Point, year: i32, month: u32) -> Option<Period> {
    match point.unit {
        None | Some(Unit::Part) => Period::Month(year, month).checked(),
        Some(Unit::Day(day)) if point.lunar => solar_day(year, month, day, false).map(Period::Day),
        Some(Unit::Day(day)) => Day::new(year, month, day).map(Period::Day),
        Some(Unit::LastDay) => Period::Month(year, month).last_day().map(Period::Day),
        Some(Unit::NthWeekday(nth)) => {
            let weekday = point.weekday?;
            let nth_day = |nth| nth_weekday(year, month, nth, weekday);
            if nth == 0 { nth_day(5).or_else(|| nth_day(4)) } else { nth_day(nth) }.map(Period::Day)
        }
        Some(Unit::NthWeek(nth)) => {
            // A month's first week is the one with its first Thursday, as ISO 8601 counts the weeks of a year.
            let nth_day = |nth| nth_weekday(year, month, nth, 4);
            let thursday = if nth == 0 { nth_day(5).or_else(|| nth_day(4)) } else { nth_day(nth) }?;
            let (year, week) = thursday.iso_week();
            Some(Period::Week(year, week))
        }
        _ => None,
    }
}

/// Returns the year and month a number of months after a month, or before it for a negative number.
pub(super) fn months_away(year: i32, month: u32, months: i32) -> (i32, u32) {
    let count = year * 12 + month.cast_signed() - 1 + months;
    (count.div_euclid(12), count.rem_euclid(12).cast_unsigned() + 1)
}
