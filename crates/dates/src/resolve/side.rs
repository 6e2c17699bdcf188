//! Sides: the side of the publication on which a date lies, and the nearest candidate on that side.

use crate::expression::{Adverb, Point, Unit};
use crate::reading::Reading;
use crate::resolve::Resolver;
use crate::tense::Tense;
use crate::value::Period;
use gisa_text::Day;

/// The side of the publication on which a date lies.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Side {
    /// Preferably not after it, by the tense of the verb. A day shortly after it is still preferred to one a month
    /// before it, for which newspapers give the month (`지난달 25일`). The same holds, to a lesser degree, for the years of
    /// days with a month.
    Past,
    /// Preferably not before it, by the tense of the verb. A day shortly before it is still preferred: `23일 … 지을 계획이라고
    /// 밝혔다` is yesterday and not a day of next month.
    Soon,
    /// Preferably not before it, by a verb in the present tense, which is weaker evidence.
    Rather,
    /// Not after it.
    StrictlyPast,
    /// Before it.
    Before,
    /// Not before it.
    Future,
    /// After it.
    After,
    /// On either side.
    Either,
}

impl Resolver<'_> {
    pub(super) fn side(&self, adverb: Option<Adverb>) -> Side {
        match (adverb, self.reading) {
            (Some(Adverb::Past), _) | (None | Some(Adverb::This | Adverb::Next), Reading::Past) => Side::StrictlyPast,
            (Some(Adverb::Coming), _) | (_, Reading::Future) => Side::Future,
            (_, Reading::Sentence) => match self.tense() {
                Tense::Future => Side::Soon,
                Tense::Present => Side::Rather,
                Tense::Past => Side::Past,
                Tense::Open => Side::Either,
            },
        }
    }

    /// Returns the nearest of several periods on the side that the adverb or the tense allows.
    pub(super) fn nearest(&self, periods: impl Iterator<Item = Period>, anchor: Day, point: &Point) -> Option<Period> {
        let mut side = self.side(point.adverb);
        let no_day = point.unit.is_none() || matches!(point.unit, Some(Unit::Quarter(_) | Unit::Half(_) | Unit::Part));
        match point.adverb {
            Some(Adverb::Past) if no_day => side = Side::Before,
            Some(Adverb::This) => {
                return periods.into_iter().find(|period| period.year() == Some(anchor.year()));
            }
            Some(Adverb::Next) => side = Side::After,
            _ => {}
        }
        let periods: Vec<Period> = periods.collect();
        let against = match point.unit {
            Some(Unit::Quarter(_) | Unit::Half(_)) => AGAINST_OF_QUARTERS,
            _ if point.is_bare_day() => AGAINST_OF_DAYS,
            _ => AGAINST,
        };
        // A weekday beside the day rules out the other months: `11일 금요일`.
        if let Some(weekday) = point.weekday {
            let fits = |period: &Period| period.as_day().is_some_and(|day| day.weekday() == weekday);
            let fitting = || periods.iter().copied().filter(fits);
            let found =
                nearest(fitting(), anchor, side, against).or_else(|| nearest(fitting(), anchor, Side::Either, against));
            if found.is_some() {
                return found;
            }
        }
        nearest(periods.into_iter(), anchor, side, against)
    }
}

/// Weight of the distance to a period on the side that the verb contradicts, relative to 10 on the other side.
pub(super) const AGAINST: i32 = 80;

/// Weight as [`AGAINST`], of days without a month.
pub(super) const AGAINST_OF_DAYS: i32 = 40;

/// Weight as [`AGAINST`], of future quarters and halves without a verb, since newspapers mostly write about past ones.
pub(super) const AGAINST_OF_QUARTERS: i32 = 25;

/// Returns the nearest of some periods to a day, on one side of it; of two equally near ones the earlier. Without a
/// verb, future periods have a slightly larger weight than past ones, since newspapers write more about the past.
pub(super) fn nearest(periods: impl Iterator<Item = Period>, anchor: Day, side: Side, against: i32) -> Option<Period> {
    let cost = |period: &Period| {
        let (first, last) = (period.first_day()?, period.last_day()?);
        let distance = if anchor < first { anchor.days_until(first) } else { -last.days_until(anchor).max(0) };
        let allowed = match side {
            Side::Past | Side::Soon | Side::Rather | Side::Either => true,
            Side::StrictlyPast => distance <= 0,
            Side::Before => distance < 0,
            Side::Future => distance >= 0,
            Side::After => distance > 0,
        };
        let weight_against = if against == AGAINST_OF_QUARTERS { AGAINST } else { against };
        let weight = match side {
            Side::Rather if distance < 0 && against == AGAINST => 15,
            Side::Soon | Side::Rather if distance < 0 => weight_against,
            Side::Past if distance > 0 => weight_against,
            Side::Either if distance > 0 && against == AGAINST_OF_QUARTERS => against,
            Side::Either if distance > 0 => 12,
            _ => 10,
        };
        // A month without a year is mostly one of this year, since newspapers give other years (`지난해 3월`).
        let other_year = against != AGAINST_OF_DAYS && period.year() != Some(anchor.year());
        let weight = match side {
            Side::Either if other_year => weight * 3 / 2,
            Side::Rather if other_year => weight * 2,
            _ => weight,
        };
        allowed.then_some((distance.abs() * weight, first))
    };
    let costs = periods.filter_map(|period| Some((cost(&period)?, period)));
    costs.min_by_key(|(cost, _)| *cost).map(|(_, period)| period)
}
