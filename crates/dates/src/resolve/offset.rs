//! Offsets: periods a duration before or after a day.

use crate::basis::Basis;
use crate::expression::Offset;
use crate::holiday;
use crate::reading::Reading;
use crate::resolve::calendar::months_away;
use crate::resolve::{Resolution, Resolver};
use crate::tense::Tense;
use crate::value::{DateValue, Duration, Period};
use gisa_text::Day;

impl Resolver<'_> {
    /// Resolves an offset.
    pub(super) fn offset(&self, offset: &Offset) -> Resolution {
        let none = Resolution { value: None, rule: "offset", basis: None };
        let Some(duration) = offset.duration else { return none };
        let from = offset.from.as_ref().and_then(|from| self.period(from)).and_then(|from| from.period.as_day());
        let is_narrated = offset.after && self.tense() == Tense::Past && self.reading == Reading::Sentence;
        let recent = self.context.recent_day(self.sentence).filter(|_| is_narrated && from.is_none());
        let base = from.or(recent).or(self.context.anchor);
        let basis = if recent.is_some() { Basis::Discourse } else { Basis::Publication };
        let period = base
            .and_then(|base| {
                if offset.working {
                    holiday::working_days_away(base, duration.days, offset.after).map(Period::Day)
                } else if self.to_the_day {
                    day_away(base, duration, offset.after)
                } else {
                    away(base, duration, offset.after)
                }
            })
            .and_then(Period::checked);
        let period = match (offset.weekday, period.and_then(Period::as_day)) {
            (Some(weekday), Some(day)) => {
                let (year, week) = day.iso_week();
                Day::of_iso_week(year, week, weekday).map(Period::Day)
            }
            _ => period,
        };
        Resolution { value: period.map(DateValue::Period), rule: "offset", basis: period.map(|_| basis) }
    }
}

/// Returns the period a duration away from a day: a year for years, a month for months, otherwise a day.
pub(super) fn away(base: Day, duration: Duration, after: bool) -> Option<Period> {
    let signed = |number: u32| {
        let number = i32::try_from(number).ok().filter(|number| *number < 1_000_000)?;
        Some(if after { number } else { -number })
    };
    let (years, months) = (signed(duration.years)?, signed(duration.months)?);
    let days = signed(duration.days)?.checked_add(signed(duration.weeks)? * 7)?;
    let (year, month) = months_away(base.year(), base.month(), years.checked_mul(12)?.checked_add(months)?);
    if days == 0 && duration.hours == 0 && months == 0 && years != 0 {
        return Some(Period::Year(year));
    }
    if days == 0 && duration.hours == 0 && months != 0 {
        return Some(Period::Month(year, month));
    }
    day_away(base, duration, after)
}

/// Returns the day a duration away from a day.
pub(super) fn day_away(base: Day, duration: Duration, after: bool) -> Option<Period> {
    let signed = |number: u32| {
        let number = i32::try_from(number).ok().filter(|number| *number < 1_000_000)?;
        Some(if after { number } else { -number })
    };
    let months = signed(duration.years)?.checked_mul(12)?.checked_add(signed(duration.months)?)?;
    let days = signed(duration.days)?.checked_add(signed(duration.weeks)? * 7)?;
    let (year, month) = months_away(base.year(), base.month(), months);
    let day = (1..=base.day()).rev().take(4).find_map(|day| Day::new(year, month, day))?;
    day.plus_days(days).map(Period::Day)
}
