//! Relative and named days: days of the discourse, weekdays, weekends and events.

use crate::basis::Basis;
use crate::expression::{Adverb, Point};
use crate::holiday::year_of_event;
use crate::reading::Reading;
use crate::resolve::calendar::months_away;
use crate::resolve::side::{AGAINST, Side, nearest};
use crate::resolve::{Resolution, ResolvedPeriod, Resolver, basis_of};
use crate::tense::Tense;
use crate::value::{DateValue, Period};
use gisa_text::Day;

impl Resolver<'_> {
    /// Resolves `이날`, `전날`, `다음 날` from the last day mentioned, or else from the publication.
    pub(super) fn day_from_last(&self, point: &Point, days: i32) -> Option<ResolvedPeriod> {
        let past = !matches!(self.tense(), Tense::Future | Tense::Present) && days <= 0;
        let last = if days < 0 && self.is_standard {
            self.context.day_of_news()
        } else {
            self.context.last_day(self.sentence, past)
        };
        let last = last.filter(|_| self.reading == Reading::Sentence);
        let base = last.or(self.context.anchor)?;
        let resolved = relative_day(point, base, days, last.is_none())?;
        Some(ResolvedPeriod { rule: "discourse-day", ..resolved })
    }

    /// Resolves `금요일`, `지난 금요일` to the nearest on the side that the adverb or the tense allows.
    pub(super) fn weekday(&self, point: &Point) -> Option<ResolvedPeriod> {
        let anchor = self.context.anchor?;
        let weekday = point.weekday?;
        let resolved = |day: Option<Day>| ResolvedPeriod::of(day.map(Period::Day), Basis::Publication, "weekday");
        if let Some(number) = point.confirmed {
            return resolved(nearest_day_of_month(anchor, number));
        }
        let (year, week) = anchor.iso_week();
        match point.adverb {
            Some(Adverb::This) => return resolved(Day::of_iso_week(year, week, weekday)),
            Some(Adverb::Next) => {
                let (year, week) = anchor.plus_days(7)?.iso_week();
                return resolved(Day::of_iso_week(year, week, weekday));
            }
            _ => {}
        }
        let side = match self.side(point.adverb) {
            Side::StrictlyPast if point.adverb == Some(Adverb::Past) => Side::Before,
            side => side,
        };
        let days = (-7..=7).filter_map(|away| anchor.plus_days(away)).filter(|day| day.weekday() == weekday);
        resolved(nearest(days.map(Period::Day), anchor, side, AGAINST).and_then(Period::as_day))
    }

    /// Resolves a weekend to its Saturday and Sunday.
    pub(super) fn weekend(&self, weeks: i32) -> Resolution {
        let days = || {
            let (year, week) = self.context.anchor?.plus_days(weeks * 7)?.iso_week();
            let day = |weekday| Day::of_iso_week(year, week, weekday).map(Period::Day);
            DateValue::range(Some(day(6)?), Some(day(7)?))
        };
        let value = days();
        Resolution { value, rule: "weekend", basis: value.map(|_| Basis::Publication) }
    }

    /// Resolves `6·25` to the day of the event, or to its anniversary in a year.
    pub(super) fn event(&self, point: &Point, month: u32, day: u32, remembered: bool) -> Option<ResolvedPeriod> {
        if let Some(year) = self.year(point) {
            return ResolvedPeriod::of(Day::new(year, month, day).map(Period::Day), basis_of(point), "event");
        }
        if let Some(year) = year_of_event(month, day).filter(|_| !remembered) {
            return ResolvedPeriod::of(Day::new(year, month, day).map(Period::Day), Basis::Text, "event");
        }
        let anchor = self.context.anchor?;
        let days = (-1..=1).filter_map(|away| Day::new(anchor.year() + away, month, day)).map(Period::Day);
        ResolvedPeriod::of(nearest(days, anchor, self.side(point.adverb), AGAINST), Basis::Publication, "event")
    }
}

/// Resolves `오늘`, `어제` from a base day, or to the day in brackets after the mention.
pub(super) fn relative_day(point: &Point, base: Day, days: i32, publication: bool) -> Option<ResolvedPeriod> {
    let day = base.plus_days(days)?;
    let basis = if publication { Basis::Publication } else { Basis::Discourse };
    let confirmed = point.confirmed.and_then(|number| nearest_day_of_month(day, number));
    ResolvedPeriod::of(Some(Period::Day(confirmed.unwrap_or(day))), basis, "relative-day")
}

/// Resolves `지난주`, `다음 주 화요일` from a base day.
pub(super) fn week(point: &Point, base: Day, weeks: i32, basis: Basis) -> Option<ResolvedPeriod> {
    let (year, week) = base.plus_days(weeks * 7)?.iso_week();
    match point.weekday {
        Some(weekday) => ResolvedPeriod::of(Day::of_iso_week(year, week, weekday).map(Period::Day), basis, "weekday"),
        None => ResolvedPeriod::of(Some(Period::Week(year, week)), basis, "week"),
    }
}

/// Returns the day of the month nearest to a day, in its month or a neighbouring one.
pub(super) fn nearest_day_of_month(day: Day, number: u32) -> Option<Day> {
    let months = [-1, 0, 1].map(|away| months_away(day.year(), day.month(), away));
    let days = months.into_iter().filter_map(|(year, month)| Day::new(year, month, number));
    days.min_by_key(|candidate| day.days_until(*candidate).abs())
}
