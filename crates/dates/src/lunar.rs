//! The Korean lunar calendar, for lunar holidays and `음력` dates, by `KoreanTraditional` of `icu_calendar`. Its tables
//! for 1900 to 2050 are those of the Korea Astronomy and Space Science Institute.

use icu_calendar::Date;
use icu_calendar::cal::Iso;
use icu_calendar::types::Month;

use gisa_text::Day;

/// Returns the day of a lunar year, month and day; `None` if the lunar year has no such day. A lunar year has the
/// number of the solar year in which it starts.
pub(crate) fn solar_day(year: i32, month: u32, day: u32, leap: bool) -> Option<Day> {
    let month = u8::try_from(month).ok()?;
    let month = if leap { Month::leap(month) } else { Month::new(month) };
    let lunar = Date::try_new_korean_traditional(year, month, u8::try_from(day).ok()?).ok()?;
    let solar = lunar.to_calendar(Iso);
    Day::new(solar.era_year().year, u32::from(solar.month().number()), u32::from(solar.day_of_month().0))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lunar_holidays() {
        for (year, month, day, expected) in [
            (2024, 1, 1, "2024-02-10"),
            (2024, 8, 15, "2024-09-17"),
            (2020, 8, 15, "2020-10-01"),
            (2019, 4, 8, "2019-05-12"),
            (2023, 1, 1, "2023-01-22"),
            (2017, 8, 15, "2017-10-04"),
        ] {
            assert_eq!(solar_day(year, month, day, false).unwrap().to_string(), expected);
        }
        assert_eq!(solar_day(2020, 4, 8, true).unwrap().to_string(), "2020-05-30");
        assert_eq!(solar_day(2024, 1, 31, false), None);
        assert_eq!(solar_day(2024, 13, 1, false), None);
    }
}
