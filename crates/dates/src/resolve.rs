//! Resolution: computes the value of a mention from its expression and the context.
//!
//! Missing parts come from the sentence (a month or year mentioned before), or else from the day of publication. Of
//! several candidates the nearest to the publication is chosen, on the side that an adverb or the tense allows.

use std::cell::OnceCell;

use crate::basis::Basis;
use crate::context::Context;
use crate::expression::{Expression, MonthRef, Point, Unit, YearRef};
use crate::holiday::Holiday;
use crate::reading::Reading;
use crate::tense::{self, Tense};
use crate::value::{DateValue, Period};

use day::{nearest_day_of_month, relative_day, week};

mod calendar;
mod day;
mod offset;
mod range;
mod side;

/// The value of a mention, with the rule and the basis that it was resolved by.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Resolution {
    pub value: Option<DateValue>,
    pub rule: &'static str,
    pub basis: Option<Basis>,
}

/// Resolves the expression of a mention in its sentence and context.
pub(crate) struct Resolver<'c> {
    pub context: &'c Context,
    /// The index of the mention's sentence.
    pub sentence: usize,
    /// The text after the mention in its sentence.
    pub behind: &'c str,
    /// The tense of that text, computed on first use.
    pub tense: OnceCell<Tense>,
    /// Whether the mention is the standard of a comparison: `전날 기준`, `전날보다`.
    pub is_standard: bool,
    /// The reading of dates that may lie on either side of the publication.
    pub reading: Reading,
    /// Whether offsets and durations are resolved to days.
    pub to_the_day: bool,
}

/// A resolved period, with its basis and rule.
#[derive(Clone, Copy)]
struct ResolvedPeriod {
    period: Period,
    basis: Basis,
    rule: &'static str,
}

impl ResolvedPeriod {
    fn of(period: Option<Period>, basis: Basis, rule: &'static str) -> Option<ResolvedPeriod> {
        period.and_then(Period::checked).map(|period| ResolvedPeriod { period, basis, rule })
    }
}

impl Resolver<'_> {
    /// Resolves an expression.
    pub fn resolve(&self, expression: &Expression) -> Resolution {
        match expression {
            Expression::Point(point) => self.point(point),
            Expression::Range(from, to) => self.range(from.as_ref(), to.as_ref()),
            Expression::Duration(Some(duration), Some(stretch)) if self.to_the_day => self.stretch(*duration, *stretch),
            Expression::Duration(duration, _) => Resolution {
                value: duration.filter(|duration| !duration.is_zero()).map(DateValue::Duration),
                rule: "duration",
                basis: duration.map(|_| Basis::Text),
            },
            Expression::Offset(offset) => self.offset(offset),
            Expression::UpTo(from, duration) => self.up_to(from, *duration),
            Expression::Few(counted) if self.to_the_day => self.resolve(counted),
            Expression::Weekend if self.to_the_day => self.weekend(0),
            Expression::Few(_) | Expression::Weekend | Expression::Vague | Expression::Time => {
                Resolution { value: None, rule: "vague", basis: None }
            }
        }
    }

    fn point(&self, point: &Point) -> Resolution {
        if let Some(Unit::WeekendFromPublication(weeks)) = point.unit {
            return self.weekend(weeks);
        }
        let resolved = self.period(point);
        Resolution {
            value: resolved.map(|resolved| DateValue::Period(resolved.period)),
            rule: resolved.map_or_else(|| rule_of(point), |resolved| resolved.rule),
            basis: resolved.map(|resolved| resolved.basis),
        }
    }

    /// Resolves the number of a day that is in apposition to a relative day: `이튿날인 28일`.
    pub fn resolve_beside(&self, counted: Option<DateValue>, expression: &Expression) -> Resolution {
        let resolution = self.resolve(expression);
        match (counted.and_then(DateValue::first_day), expression) {
            (Some(day), Expression::Point(Point { unit: Some(Unit::Day(number)), month: None, .. })) => {
                let near = nearest_day_of_month(day, *number).map(|day| DateValue::Period(Period::Day(day)));
                Resolution { value: near.or(resolution.value), ..resolution }
            }
            _ => resolution,
        }
    }

    fn tense(&self) -> Tense {
        *self.tense.get_or_init(|| tense::of(self.behind))
    }

    /// Resolves a point to a period of the calendar.
    fn period(&self, point: &Point) -> Option<ResolvedPeriod> {
        match point.unit {
            Some(Unit::DayFromPublication(days)) => relative_day(point, self.context.anchor?, days, true),
            Some(Unit::DayFromLast(days)) => self.day_from_last(point, days),
            Some(Unit::WeekFromPublication(weeks)) => week(point, self.context.anchor?, weeks, Basis::Publication),
            Some(Unit::WeekFromLast(weeks)) => {
                let day = self.context.last_mention().map(|mention| mention.day).or(self.context.anchor)?;
                week(point, day, weeks, Basis::Discourse)
            }
            Some(Unit::Holiday(Holiday::NewYear)) if !self.to_the_day => None,
            Some(Unit::WeekendFromPublication(_) | Unit::Unknown | Unit::Holiday(Holiday::Vague)) => None,
            Some(Unit::QuarterFromPublication(quarters)) => {
                let anchor = self.context.anchor?;
                let count = anchor.year() * 4 + (anchor.month().cast_signed() - 1) / 3 + quarters;
                let quarter = Period::Quarter(count.div_euclid(4), count.rem_euclid(4).cast_unsigned() + 1);
                ResolvedPeriod::of(Some(quarter), Basis::Publication, "quarter")
            }
            Some(Unit::Decade(decade)) => ResolvedPeriod::of(Some(Period::Decade(decade)), Basis::Text, "decade"),
            Some(Unit::Century(century)) => ResolvedPeriod::of(Some(Period::Century(century)), Basis::Text, "century"),
            Some(Unit::Event { month, day, remembered }) => self.event(point, month, day, remembered),
            None if point.weekday.is_some() && point.year.is_none() && point.month.is_none() => self.weekday(point),
            _ => self.calendar(point),
        }
    }
}

/// Returns the basis of a point's year and month.
fn basis_of(point: &Point) -> Basis {
    let from_last =
        matches!(point.year, Some(YearRef::FromLast(_))) || matches!(point.month, Some(MonthRef::FromLast(_)));
    match (point.year, point.month) {
        _ if from_last => Basis::Discourse,
        (Some(YearRef::Number(_)), _) => Basis::Text,
        _ => Basis::Publication,
    }
}

/// Returns the name of the rule that resolves a point.
fn rule_of(point: &Point) -> &'static str {
    match point.unit {
        _ if point.lunar => "lunar",
        Some(Unit::Day(_) | Unit::LastDay) => match (point.year, point.month) {
            (Some(YearRef::Number(_)), Some(_)) => "date",
            (_, Some(_)) => "month-day",
            _ => "day",
        },
        Some(Unit::DayFromPublication(_)) => "relative-day",
        Some(Unit::DayFromLast(_)) => "discourse-day",
        Some(Unit::WeekFromPublication(_) | Unit::WeekFromLast(_) | Unit::NthWeek(_)) => "week",
        Some(Unit::NthWeekday(_)) => "weekday",
        Some(Unit::WeekendFromPublication(_)) => "weekend",
        Some(Unit::Quarter(_) | Unit::QuarterFromPublication(_)) => "quarter",
        Some(Unit::Half(_)) => "half",
        Some(Unit::Decade(_)) => "decade",
        Some(Unit::Century(_)) => "century",
        Some(Unit::Holiday(_)) => "holiday",
        Some(Unit::Event { .. }) => "event",
        Some(Unit::Part) | None if point.month.is_some() => "month",
        Some(Unit::Part) | None if point.year.is_some() => "year",
        None if point.weekday.is_some() => "weekday",
        Some(Unit::Part | Unit::Unknown) | None => "vague",
    }
}
