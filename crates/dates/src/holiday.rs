//! Named holidays and days of remembrance, their day in each year, and working days.

use crate::lunar::solar_day;
use gisa_text::Day;

/// The rule by which a holiday falls on a day.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Holiday {
    /// A month and day.
    Fixed(u32, u32),
    /// A month and day of the Korean lunar calendar.
    Lunar(u32, u32),
    /// The last day of the lunar year, the day before 설날 of the next.
    LunarYearEnd,
    /// A number of days after the nth occurrence of a weekday (1 for Monday) in a month.
    Nth { month: u32, nth: u32, weekday: u32, after: i32 },
    /// A number of days after Easter Sunday.
    Easter(i32),
    /// `새해`: the first day of the year if dates are resolved to the day, otherwise vague.
    NewYear,
    /// A name without a fixed rule: `초복`.
    Vague,
}

/// Names without spaces, each before its prefixes.
pub(crate) const HOLIDAYS: &[(&str, Holiday)] = &[
    ("새해첫날", Holiday::Fixed(1, 1)),
    ("새해", Holiday::NewYear),
    ("신정", Holiday::Fixed(1, 1)),
    ("밸런타인데이", Holiday::Fixed(2, 14)),
    ("발렌타인데이", Holiday::Fixed(2, 14)),
    ("삼일절", Holiday::Fixed(3, 1)),
    ("화이트데이", Holiday::Fixed(3, 14)),
    ("만우절", Holiday::Fixed(4, 1)),
    ("식목일", Holiday::Fixed(4, 5)),
    ("장애인의날", Holiday::Fixed(4, 20)),
    ("근로자의날", Holiday::Fixed(5, 1)),
    ("국제노동자의날", Holiday::Fixed(5, 1)),
    ("노동절", Holiday::Fixed(5, 1)),
    ("메이데이", Holiday::Fixed(5, 1)),
    ("어린이날", Holiday::Fixed(5, 5)),
    ("어버이날", Holiday::Fixed(5, 8)),
    ("스승의날", Holiday::Fixed(5, 15)),
    ("부부의날", Holiday::Fixed(5, 21)),
    ("성년의날", Holiday::Nth { month: 5, nth: 3, weekday: 1, after: 0 }),
    ("현충일", Holiday::Fixed(6, 6)),
    ("아버지의날", Holiday::Nth { month: 6, nth: 3, weekday: 7, after: 0 }),
    ("제헌절", Holiday::Fixed(7, 17)),
    ("광복절", Holiday::Fixed(8, 15)),
    ("경술국치일", Holiday::Fixed(8, 29)),
    ("국군의날", Holiday::Fixed(10, 1)),
    ("개천절", Holiday::Fixed(10, 3)),
    ("한글날", Holiday::Fixed(10, 9)),
    ("경찰의날", Holiday::Fixed(10, 21)),
    ("독도의날", Holiday::Fixed(10, 25)),
    ("핼러윈데이", Holiday::Fixed(10, 31)),
    ("할로윈데이", Holiday::Fixed(10, 31)),
    ("핼러윈", Holiday::Fixed(10, 31)),
    ("할로윈", Holiday::Fixed(10, 31)),
    ("빼빼로데이", Holiday::Fixed(11, 11)),
    ("추수감사절", Holiday::Nth { month: 11, nth: 4, weekday: 4, after: 0 }),
    ("블랙프라이데이", Holiday::Nth { month: 11, nth: 4, weekday: 4, after: 1 }),
    ("사이버먼데이", Holiday::Nth { month: 11, nth: 4, weekday: 4, after: 4 }),
    ("크리스마스이브", Holiday::Fixed(12, 24)),
    ("성탄전야", Holiday::Fixed(12, 24)),
    ("크리스마스", Holiday::Fixed(12, 25)),
    ("성탄절", Holiday::Fixed(12, 25)),
    ("마틴루터킹데이", Holiday::Nth { month: 1, nth: 3, weekday: 1, after: 0 }),
    ("부활절", Holiday::Easter(0)),
    ("설명절", Holiday::Lunar(1, 1)),
    ("설날", Holiday::Lunar(1, 1)),
    ("음력설", Holiday::Lunar(1, 1)),
    ("구정", Holiday::Lunar(1, 1)),
    ("춘절", Holiday::Lunar(1, 1)),
    ("춘제", Holiday::Lunar(1, 1)),
    ("설", Holiday::Lunar(1, 1)),
    ("정월대보름", Holiday::Lunar(1, 15)),
    ("대보름", Holiday::Lunar(1, 15)),
    ("부처님오신날", Holiday::Lunar(4, 8)),
    ("석가탄신일", Holiday::Lunar(4, 8)),
    ("초파일", Holiday::Lunar(4, 8)),
    ("단오절", Holiday::Lunar(5, 5)),
    ("단오", Holiday::Lunar(5, 5)),
    ("칠석", Holiday::Lunar(7, 7)),
    ("추석", Holiday::Lunar(8, 15)),
    ("한가위", Holiday::Lunar(8, 15)),
    ("중추절", Holiday::Lunar(8, 15)),
    ("섣달그믐날", Holiday::LunarYearEnd),
    ("섣달그믐", Holiday::LunarYearEnd),
    ("초복", Holiday::Vague),
    ("말복", Holiday::Vague),
    ("입춘", Holiday::Vague),
];

/// Month, day and year of events that are known by their month and day (`5·18`).
const EVENTS: &[(u32, u32, i32)] = &[
    (2, 28, 1960),
    (3, 1, 1919),
    (3, 15, 1960),
    (3, 11, 2011),
    (4, 3, 1948),
    (4, 16, 2014),
    (4, 19, 1960),
    (4, 27, 2018),
    (5, 16, 1961),
    (5, 18, 1980),
    (6, 10, 1987),
    (6, 12, 2018),
    (6, 15, 2000),
    (6, 25, 1950),
    (6, 29, 1987),
    (7, 4, 1972),
    (8, 15, 1945),
    (9, 11, 2001),
    (9, 19, 2018),
    (10, 4, 2007),
    (10, 26, 1979),
    (12, 12, 1979),
];

/// Returns the year of the event that is known by this month and day.
pub(crate) fn year_of_event(month: u32, day: u32) -> Option<i32> {
    EVENTS.iter().find(|event| (event.0, event.1) == (month, day)).map(|event| event.2)
}

impl Holiday {
    /// Returns the day of the holiday in a year.
    pub fn in_year(self, year: i32) -> Option<Day> {
        match self {
            Holiday::Fixed(month, day) => Day::new(year, month, day),
            Holiday::Lunar(month, day) => solar_day(year, month, day, false),
            Holiday::LunarYearEnd => solar_day(year.checked_add(1)?, 1, 1, false)?.plus_days(-1),
            Holiday::Nth { month, nth, weekday, after } => nth_weekday(year, month, nth, weekday)?.plus_days(after),
            Holiday::Easter(after) => easter(year)?.plus_days(after),
            Holiday::NewYear => Day::new(year, 1, 1),
            Holiday::Vague => None,
        }
    }
}

/// Returns the day of the nth occurrence of a weekday in a month.
pub(crate) fn nth_weekday(year: i32, month: u32, nth: u32, weekday: u32) -> Option<Day> {
    let first = Day::new(year, month, 1)?;
    let to_weekday = (weekday + 7 - first.weekday()) % 7;
    Day::new(year, month, 1 + to_weekday + nth.checked_sub(1)? * 7)
}

/// The public holidays that fall on a day of the solar year.
const SOLAR_HOLIDAYS: [(u32, u32); 8] = [(1, 1), (3, 1), (5, 5), (6, 6), (8, 15), (10, 3), (10, 9), (12, 25)];

/// The public holidays of the lunar year, and whether the days before and after are holidays too.
const LUNAR_HOLIDAYS: [(u32, u32, bool); 3] = [(1, 1, true), (4, 8, false), (8, 15, true)];

/// Maximum number of working days in an offset.
const MOST_WORKING_DAYS: u32 = 400;

/// Returns the day a number of working days after or before a day.
pub(crate) fn working_days_away(from: Day, days: u32, after: bool) -> Option<Day> {
    let step = if after { 1 } else { -1 };
    let mut day = from;
    for _ in 0..Some(days).filter(|days| (1..=MOST_WORKING_DAYS).contains(days))? {
        day = day.plus_days(step)?;
        while !is_working_day(day) {
            day = day.plus_days(step)?;
        }
    }
    Some(day)
}

/// Returns whether a day is neither of a weekend nor a public holiday. Substitute holidays (대체공휴일) count as working
/// days, since decrees set them year by year.
fn is_working_day(day: Day) -> bool {
    let lunar = || {
        LUNAR_HOLIDAYS.iter().any(|&(month, of_month, around)| {
            solar_day(day.year(), month, of_month, false)
                .is_some_and(|holiday| day.days_until(holiday).abs() <= i32::from(around))
        })
    };
    day.weekday() <= 5 && !SOLAR_HOLIDAYS.contains(&(day.month(), day.day())) && !lunar()
}

/// Easter Sunday of a Gregorian year (the anonymous computus, Nature 13, 1876, p. 487).
fn easter(year: i32) -> Option<Day> {
    let golden = year.rem_euclid(19);
    let (hundreds, rest) = (year.div_euclid(100), year.rem_euclid(100));
    let moon = (hundreds - (hundreds + 8) / 25 + 1) / 3;
    let epact = (19 * golden + hundreds - hundreds / 4 - moon + 15).rem_euclid(30);
    let to_sunday = (32 + 2 * (hundreds % 4) + 2 * (rest / 4) - epact - rest % 4).rem_euclid(7);
    let late = (golden + 11 * epact + 22 * to_sunday) / 451;
    let sum = epact + to_sunday - 7 * late + 114;
    Day::new(year, u32::try_from(sum / 31).ok()?, u32::try_from(sum % 31 + 1).ok()?)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn holidays_fall_on_days() {
        for (name, year, expected) in [
            ("광복절", 2024, "2024-08-15"),
            ("설날", 2025, "2025-01-29"),
            ("추석", 2023, "2023-09-29"),
            ("부처님오신날", 2023, "2023-05-27"),
            ("부활절", 2024, "2024-03-31"),
            ("부활절", 2016, "2016-03-27"),
            ("추수감사절", 2016, "2016-11-24"),
            ("블랙프라이데이", 2019, "2019-11-29"),
            ("성년의날", 2021, "2021-05-17"),
            ("섣달그믐", 2019, "2020-01-24"),
        ] {
            let holiday = HOLIDAYS.iter().find(|holiday| holiday.0 == name).unwrap().1;
            assert_eq!(holiday.in_year(year).unwrap().to_string(), expected, "{name} {year}");
        }
        assert_eq!(nth_weekday(2017, 9, 5, 7), None);
    }
}
