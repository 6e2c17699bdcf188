//! Resolving: from what a mention says and what the article has said so far to its value.
//!
//! What a mention leaves out is looked for in this order: in the sentence (a month or year named before it), in the
//! day of publication. Of the days, months or years that fit, the one nearest to the publication is taken, on the side
//! that an adverb or the tense allows.

use std::cell::OnceCell;

use crate::Day;
use crate::date::context::Context;
use crate::date::expression::{Adverb, Expression, MonthRef, Offset, Point, Stretch, Unit, YearRef};
use crate::date::holiday::{self, Holiday, nth_weekday, year_of_event};
use crate::date::lunar::solar_day;
use crate::date::tense::{self, Tense};
use crate::date::value::{DateValue, Duration, Period};
use crate::date::{Basis, Reading};

/// A mention's value, how it was found, and on what it rests.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Resolution {
    pub value: Option<DateValue>,
    pub rule: &'static str,
    pub basis: Option<Basis>,
}

/// Where a mention stands, and what stands around it.
pub(crate) struct Setting<'c> {
    pub context: &'c Context,
    /// The number of its sentence.
    pub sentence: usize,
    /// What stands behind it in the sentence.
    pub behind: &'c str,
    /// What that says, once it was asked.
    pub tense: OnceCell<Tense>,
    /// Whether it is a standard for something else: `전날 기준`, `전날보다`.
    pub is_standard: bool,
    /// Which of two readings is taken where the text does not decide.
    pub reading: Reading,
    /// Whether offsets and lengths of time count to the day.
    pub to_the_day: bool,
}

/// On which side of the publication something lies.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Side {
    /// Rather not after it, as the verb says. A few days after it are nearer all the same than a month before it, which
    /// newspapers name (`지난달 25일`); so are years for days with a month, but by less.
    Past,
    /// Rather not before it, as the verb says: `23일 … 지을 계획이라고 밝혔다` is yesterday and not next month.
    Soon,
    /// The same for a verb in the present, which tells less.
    Rather,
    /// Not after it.
    StrictlyPast,
    /// Before it.
    Before,
    /// Not before it.
    Future,
    /// After it.
    After,
    /// On either.
    Either,
}

/// A period found, and on what it rests.
#[derive(Clone, Copy)]
struct Place {
    period: Period,
    basis: Basis,
    rule: &'static str,
}

impl Place {
    fn of(period: Option<Period>, basis: Basis, rule: &'static str) -> Option<Place> {
        period.and_then(Period::checked).map(|period| Place { period, basis, rule })
    }
}

impl Setting<'_> {
    /// The value of an expression.
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
        let place = self.place(point);
        Resolution {
            value: place.map(|place| DateValue::Period(place.period)),
            rule: place.map_or_else(|| rule_of(point), |place| place.rule),
            basis: place.map(|place| place.basis),
        }
    }

    /// The value of a day by its number that is the same as one counted from another day: `이튿날인 28일`.
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

    fn side(&self, adverb: Option<Adverb>) -> Side {
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

    /// The unit of the calendar that a point names.
    fn place(&self, point: &Point) -> Option<Place> {
        match point.unit {
            Some(Unit::DayFromPublication(days)) => relative_day(point, self.context.anchor?, days, true),
            Some(Unit::DayFromLast(days)) => self.day_from_last(point, days),
            Some(Unit::WeekFromPublication(weeks)) => week(point, self.context.anchor?, weeks, Basis::Publication),
            Some(Unit::WeekFromLast(weeks)) => {
                let day = self.context.last_spoken().map(|spoken| spoken.day).or(self.context.anchor)?;
                week(point, day, weeks, Basis::Discourse)
            }
            Some(Unit::Holiday(Holiday::NewYear)) if !self.to_the_day => None,
            Some(Unit::WeekendFromPublication(_) | Unit::Unknown | Unit::Holiday(Holiday::Vague)) => None,
            Some(Unit::QuarterFromPublication(quarters)) => {
                let anchor = self.context.anchor?;
                let count = anchor.year() * 4 + (anchor.month().cast_signed() - 1) / 3 + quarters;
                let quarter = Period::Quarter(count.div_euclid(4), count.rem_euclid(4).cast_unsigned() + 1);
                Place::of(Some(quarter), Basis::Publication, "quarter")
            }
            Some(Unit::Decade(decade)) => Place::of(Some(Period::Decade(decade)), Basis::Text, "decade"),
            Some(Unit::Century(century)) => Place::of(Some(Period::Century(century)), Basis::Text, "century"),
            Some(Unit::Event { month, day, remembered }) => self.event(point, month, day, remembered),
            None if point.weekday.is_some() && point.year.is_none() && point.month.is_none() => self.weekday(point),
            _ => self.calendar(point),
        }
    }

    /// A year, a month, a day, or what lies in them.
    fn calendar(&self, point: &Point) -> Option<Place> {
        match (self.year(point), self.month(point)) {
            (Some(year), Some(month)) => Place::of(in_month(point, year, month), basis_of(point), rule_of(point)),
            (Some(year), None) => Place::of(self.in_year(point, year), basis_of(point), rule_of(point)),
            (None, Some(_)) if !matches!(point.month, Some(MonthRef::Number(_))) => {
                let (year, month) = self.relative_month(point)?;
                Place::of(in_month(point, year, month), basis_of(point), rule_of(point))
            }
            (None, Some(month)) => self.month_without_year(point, month),
            (None, None) => match point.unit? {
                Unit::Day(_) | Unit::LastDay | Unit::NthWeekday(_) => self.bare_day(point),
                _ => self.within_any_year(point),
            },
        }
    }

    fn year(&self, point: &Point) -> Option<i32> {
        match point.year? {
            YearRef::Number(year) => Some(year),
            YearRef::FromPublication(years) => Some(self.context.anchor?.year() + years),
            YearRef::FromLast(years) => {
                let last = if years < 0 { self.context.recent_year(self.sentence) } else { self.context.last_year() };
                Some(last.or(self.context.anchor.map(Day::year))? + years)
            }
        }
    }

    /// The number of the month; of a month by name, that of the month meant.
    fn month(&self, point: &Point) -> Option<u32> {
        match point.month? {
            MonthRef::Number(month) => Some(month),
            _ => self.relative_month(point).map(|(_, month)| month),
        }
    }

    fn relative_month(&self, point: &Point) -> Option<(i32, u32)> {
        let anchor = || self.context.anchor.map(|anchor| (anchor.year(), anchor.month()));
        let ((year, month), months) = match point.month? {
            MonthRef::FromPublication(months) => (anchor()?, months),
            MonthRef::FromLast(months) => (self.context.last_month().or_else(anchor)?, months),
            MonthRef::Number(_) => return None,
        };
        Some(months_away(year, month, months))
    }

    /// What lies in a year that is named.
    fn in_year(&self, point: &Point, year: i32) -> Option<Period> {
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
                // `올해 23일` has its month from the publication.
                let anchor = self.context.anchor?;
                Day::new(year, anchor.month(), day).map(Period::Day)
            }
            _ => None,
        }
    }

    /// A month without its year.
    fn month_without_year(&self, point: &Point, month: u32) -> Option<Place> {
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
            let found = following_month(named, year, month, &of_year);
            let is_report = near.is_some_and(|near| self.is_report(near));
            if found.is_some() && !(is_report && found != near) {
                return Place::of(found, Basis::Discourse, rule_of(point));
            }
        }
        let told = self.context.year_of_month(month, self.sentence).and_then(of_year);
        if point.adverb.is_none() && told.is_some() && told != near && !near.is_some_and(|near| self.is_report(near)) {
            return Place::of(told, Basis::Discourse, rule_of(point));
        }
        Place::of(near, Basis::Publication, rule_of(point))
    }

    /// Whether a day is that of the publication or right before it and the words behind speak of the past: such a day
    /// is the one on which something was said, whatever the sentence speaks of.
    fn is_report(&self, period: Period) -> bool {
        let (Some(day), Some(anchor)) = (period.as_day(), self.context.anchor) else { return false };
        let near = if matches!(self.tense(), Tense::Future | Tense::Present) { -1..=0 } else { -2..=1 };
        near.contains(&anchor.days_until(day))
    }

    /// A day without its month.
    fn bare_day(&self, point: &Point) -> Option<Place> {
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
            return Place::of(Some(found), Basis::Discourse, rule_of(point));
        }
        Place::of(near, Basis::Publication, rule_of(point))
    }

    /// A bare day that goes on from a day or month named before it, in the sentence or the one before.
    fn day_of_discourse(&self, point: &Point, near: Option<Period>) -> Option<Period> {
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
        // What the past tells has not come yet.
        let too_late = self.tense() == Tense::Past && self.is_to_come(found);
        (!report && !too_late).then_some(found)
    }

    fn is_to_come(&self, period: Period) -> bool {
        period.first_day().zip(self.context.anchor).is_some_and(|(day, anchor)| anchor.days_until(day) > 1)
    }

    /// A quarter, a half, a holiday without a year.
    fn within_any_year(&self, point: &Point) -> Option<Place> {
        let of_year = |year| self.in_year(point, year);
        if let Some(year) = self.context.named_in(self.sentence).and_then(Period::year)
            && point.adverb.is_none()
            && matches!(point.unit, Some(Unit::Quarter(_) | Unit::Half(_)))
        {
            return Place::of(of_year(year), Basis::Discourse, rule_of(point));
        }
        let anchor = self.context.anchor?;
        if matches!(point.unit, Some(Unit::Part)) {
            return Place::of(Some(Period::Year(anchor.year())), Basis::Publication, rule_of(point))
                .filter(|_| point.adverb == Some(Adverb::This));
        }
        let years = (-1..=1).map(|away| anchor.year() + away);
        Place::of(self.nearest(years.filter_map(of_year), anchor, point), Basis::Publication, rule_of(point))
    }

    /// The nearest of several periods on the side that the adverb or the tense allows.
    fn nearest(&self, periods: impl Iterator<Item = Period>, anchor: Day, point: &Point) -> Option<Period> {
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

    /// `이날`, `전날`, `다음 날`: from the day last spoken of, else from the publication.
    fn day_from_last(&self, point: &Point, days: i32) -> Option<Place> {
        let past = !matches!(self.tense(), Tense::Future | Tense::Present) && days <= 0;
        let last = if days < 0 && self.is_standard {
            self.context.day_of_news()
        } else {
            self.context.last_day(self.sentence, past)
        };
        let last = last.filter(|_| self.reading == Reading::Sentence);
        let base = last.or(self.context.anchor)?;
        let place = relative_day(point, base, days, last.is_none())?;
        Some(Place { rule: "discourse-day", ..place })
    }

    /// `금요일`, `지난 금요일`: the nearest on the side that the adverb or the tense allows.
    fn weekday(&self, point: &Point) -> Option<Place> {
        let anchor = self.context.anchor?;
        let weekday = point.weekday?;
        let place = |day: Option<Day>| Place::of(day.map(Period::Day), Basis::Publication, "weekday");
        if let Some(number) = point.confirmed {
            return place(nearest_day_of_month(anchor, number));
        }
        let (year, week) = anchor.iso_week();
        match point.adverb {
            Some(Adverb::This) => return place(Day::of_iso_week(year, week, weekday)),
            Some(Adverb::Next) => {
                let (year, week) = anchor.plus_days(7)?.iso_week();
                return place(Day::of_iso_week(year, week, weekday));
            }
            _ => {}
        }
        let side = match self.side(point.adverb) {
            Side::StrictlyPast if point.adverb == Some(Adverb::Past) => Side::Before,
            side => side,
        };
        let days = (-7..=7).filter_map(|away| anchor.plus_days(away)).filter(|day| day.weekday() == weekday);
        place(nearest(days.map(Period::Day), anchor, side, AGAINST).and_then(Period::as_day))
    }

    /// Saturday and Sunday.
    fn weekend(&self, weeks: i32) -> Resolution {
        let days = || {
            let (year, week) = self.context.anchor?.plus_days(weeks * 7)?.iso_week();
            let day = |weekday| Day::of_iso_week(year, week, weekday).map(Period::Day);
            DateValue::range(Some(day(6)?), Some(day(7)?))
        };
        let value = days();
        Resolution { value, rule: "weekend", basis: value.map(|_| Basis::Publication) }
    }

    /// `6·25`: the day of the event, or of remembering it in a year.
    fn event(&self, point: &Point, month: u32, day: u32, remembered: bool) -> Option<Place> {
        if let Some(year) = self.year(point) {
            return Place::of(Day::new(year, month, day).map(Period::Day), basis_of(point), "event");
        }
        if let Some(year) = year_of_event(month, day).filter(|_| !remembered) {
            return Place::of(Day::new(year, month, day).map(Period::Day), Basis::Text, "event");
        }
        let anchor = self.context.anchor?;
        let days = (-1..=1).filter_map(|away| Day::new(anchor.year() + away, month, day)).map(Period::Day);
        Place::of(nearest(days, anchor, self.side(point.adverb), AGAINST), Basis::Publication, "event")
    }

    fn range(&self, from: Option<&Point>, to: Option<&Point>) -> Resolution {
        let none = Resolution { value: None, rule: "range", basis: None };
        let (from, to) = match (from, to) {
            (Some(from), Some(to)) => match self.both_ends(from, to) {
                Some(ends) => ends,
                None => return none,
            },
            (from, to) => {
                let end = |point: Option<&Point>| point.and_then(|point| self.place(point));
                let (from, to) = (end(from), end(to));
                let basis = from.or(to).map(|place| place.basis);
                let value = DateValue::range(from.map(|place| place.period), to.map(|place| place.period));
                return Resolution { value, rule: "range", basis };
            }
        };
        let value = DateValue::range(Some(from.period), Some(to.period));
        let basis = if from.basis == Basis::Text { to.basis } else { from.basis };
        Resolution { value, rule: "range", basis: value.map(|_| basis) }
    }

    /// The ends of a range. What the second does not say it has from the first.
    fn both_ends(&self, from: &Point, to: &Point) -> Option<(Place, Place)> {
        let first = self.place(from)?;
        let last = self.end_after(&first, to)?;
        let runs = |first: Period, last: Period| first.first_day() <= last.first_day();
        let bare_month = matches!(from.month, Some(MonthRef::Number(_))) && from.year.is_none();
        // Of a range that has begun already the last one is meant, though its end is still to come.
        let has_begun = first.period.first_day() < self.context.anchor;
        if self.reading == Reading::Past && bare_month && self.is_to_come(last.period) && !has_begun {
            let before = |day: Day| Day::new(day.year() - 1, day.month(), day.day()).map(Period::Day);
            if let (Some(first_day), Some(last_day)) = (first.period.as_day(), last.period.as_day()) {
                let (earlier, to) = (before(first_day)?, before(last_day)?);
                return Some((Place { period: earlier, ..first }, Place { period: to, ..last }));
            }
        }
        if runs(first.period, last.period) {
            return Some((first, last));
        }
        // The first was taken too late: `29일부터 지난 3일까지` begins a month earlier.
        let day = first.period.as_day()?;
        let earlier = if from.is_bare_day() {
            let (year, month) = months_away(day.year(), day.month(), -1);
            in_month(from, year, month)
        } else {
            Day::new(day.year() - 1, day.month(), day.day()).map(Period::Day)
        }?;
        runs(earlier, last.period).then_some((Place { period: earlier, ..first }, last))
    }

    fn end_after(&self, first: &Place, to: &Point) -> Option<Place> {
        let start = first.period.first_day()?;
        let not_before = |period: &Period| period.first_day().is_some_and(|day| day >= start);
        let inherits = to.year.is_none() && to.adverb.is_none();
        let is_month = matches!(to.month, Some(MonthRef::Number(_)));
        if inherits && is_month {
            let month = self.month(to)?;
            let years = [start.year(), start.year() + 1];
            let found = years.into_iter().filter_map(|year| in_month(to, year, month)).find(not_before);
            return Place::of(found, first.basis, first.rule);
        }
        if inherits && to.is_bare_day() {
            let months = [0, 1].map(|away| months_away(start.year(), start.month(), away));
            let found = months.into_iter().filter_map(|(year, month)| in_month(to, year, month)).find(not_before);
            return Place::of(found, first.basis, first.rule);
        }
        if inherits && let Some(weekday) = to.weekday.filter(|_| to.unit.is_none() && to.month.is_none()) {
            let day = (0..7).filter_map(|away| start.plus_days(away)).find(|day| day.weekday() == weekday);
            return Place::of(day.map(Period::Day), first.basis, first.rule);
        }
        if inherits && matches!(to.unit, Some(Unit::Quarter(_) | Unit::Half(_))) && to.month.is_none() {
            return Place::of(self.in_year(to, start.year()), first.basis, first.rule);
        }
        // `지난 1~3월`: the second month is that of the first's year or the next.
        if let (Some(_), Some(MonthRef::Number(month)), None) = (to.adverb, to.month, to.year) {
            let years = [start.year(), start.year() + 1];
            let found = years.into_iter().filter_map(|year| in_month(to, year, month)).find(not_before);
            return Place::of(found, first.basis, first.rule);
        }
        if to.adverb.is_some() && matches!(to.unit, Some(Unit::Day(_))) && to.month.is_none() && to.year.is_none() {
            let bare = Point { adverb: None, ..*to };
            return self.end_after(first, &bare);
        }
        self.place(to)
    }

    /// The days of a length of time that an adverb places.
    fn stretch(&self, duration: Duration, stretch: Stretch) -> Resolution {
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

    /// From a day to the one that lies a length of time after it.
    fn up_to(&self, from: &Point, duration: Duration) -> Resolution {
        let from = self.place(from);
        let ends = from.and_then(|from| {
            let last = day_away(from.period.as_day()?, duration, true)?.checked()?;
            DateValue::range(Some(from.period), Some(last))
        });
        Resolution { value: ends, rule: "range", basis: from.map(|from| from.basis).filter(|_| ends.is_some()) }
    }

    /// A length of time before or after a day.
    fn offset(&self, offset: &Offset) -> Resolution {
        let none = Resolution { value: None, rule: "offset", basis: None };
        let Some(duration) = offset.duration else { return none };
        let from = offset.from.as_ref().and_then(|from| self.place(from)).and_then(|place| place.period.as_day());
        let narrated = offset.after && self.tense() == Tense::Past && self.reading == Reading::Sentence;
        let told = self.context.recent_day(self.sentence).filter(|_| narrated && from.is_none());
        let base = from.or(told).or(self.context.anchor);
        let basis = if told.is_some() { Basis::Discourse } else { Basis::Publication };
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

/// On what a year and a month rest.
fn basis_of(point: &Point) -> Basis {
    let from_last =
        matches!(point.year, Some(YearRef::FromLast(_))) || matches!(point.month, Some(MonthRef::FromLast(_)));
    match (point.year, point.month) {
        _ if from_last => Basis::Discourse,
        (Some(YearRef::Number(_)), _) => Basis::Text,
        _ => Basis::Publication,
    }
}

/// `오늘`, `어제`: from the publication, or the day that brackets behind confirm.
fn relative_day(point: &Point, base: Day, days: i32, publication: bool) -> Option<Place> {
    let day = base.plus_days(days)?;
    let basis = if publication { Basis::Publication } else { Basis::Discourse };
    let confirmed = point.confirmed.and_then(|number| nearest_day_of_month(day, number));
    Place::of(Some(Period::Day(confirmed.unwrap_or(day))), basis, "relative-day")
}

/// `지난주`, `다음 주 화요일`.
fn week(point: &Point, base: Day, weeks: i32, basis: Basis) -> Option<Place> {
    let (year, week) = base.plus_days(weeks * 7)?.iso_week();
    match point.weekday {
        Some(weekday) => Place::of(Day::of_iso_week(year, week, weekday).map(Period::Day), basis, "weekday"),
        None => Place::of(Some(Period::Week(year, week)), basis, "week"),
    }
}

/// The rule by which a point is read.
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

/// What lies in a month, as far as the calendar has it.
fn in_month(point: &Point, year: i32, month: u32) -> Option<Period> {
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

/// A month without a year behind what was named in the sentence: in that year, or the next when the months go on.
fn following_month(named: Period, year: i32, month: u32, of_year: &impl Fn(i32) -> Option<Period>) -> Option<Period> {
    let here = of_year(year);
    match named.month() {
        Some((_, named_month)) if month < named_month => here,
        _ => here,
    }
}

/// How much farther than it is a period counts that is on the side which the verb speaks against; the other side
/// counts 10.
const AGAINST: i32 = 80;
/// The same for days without a month.
const AGAINST_OF_DAYS: i32 = 40;
/// The same for quarters and halves still to come of which no verb speaks: newspapers do when they are over.
const AGAINST_OF_QUARTERS: i32 = 25;

/// The nearest of some periods to a day, on one side of it; of two equally near ones the earlier. What is to come is
/// taken for a little farther away than it is, as newspapers speak more of what was.
fn nearest(periods: impl Iterator<Item = Period>, anchor: Day, side: Side, against: i32) -> Option<Period> {
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
        let spoken_against = if against == AGAINST_OF_QUARTERS { AGAINST } else { against };
        let weight = match side {
            Side::Rather if distance < 0 && against == AGAINST => 15,
            Side::Soon | Side::Rather if distance < 0 => spoken_against,
            Side::Past if distance > 0 => spoken_against,
            Side::Either if distance > 0 && against == AGAINST_OF_QUARTERS => against,
            Side::Either if distance > 0 => 12,
            _ => 10,
        };
        // A month without its year is mostly of this year: that of another is named (`지난해 3월`).
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

/// The day with this number in the month of a day or a neighbouring one that is nearest to it.
fn nearest_day_of_month(day: Day, number: u32) -> Option<Day> {
    let months = [-1, 0, 1].map(|away| months_away(day.year(), day.month(), away));
    let days = months.into_iter().filter_map(|(year, month)| Day::new(year, month, number));
    days.min_by_key(|candidate| day.days_until(*candidate).abs())
}

/// The year and month so many months away.
fn months_away(year: i32, month: u32, months: i32) -> (i32, u32) {
    let count = year * 12 + month.cast_signed() - 1 + months;
    (count.div_euclid(12), count.rem_euclid(12).cast_unsigned() + 1)
}

/// What lies a length of time away from a day: a year for years, a month for months, else a day.
fn away(base: Day, duration: Duration, after: bool) -> Option<Period> {
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

/// The day that lies a length of time away from a day.
fn day_away(base: Day, duration: Duration, after: bool) -> Option<Period> {
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
