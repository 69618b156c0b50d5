//! Working days: neither weekend nor public holiday (R62: a credit check takes up to two of them as a rule).
//!
//! The calendars hold what comes back every year by a rule and what a whole country has off. Days that a government
//! sets for one year, and those of the lunar calendar, are not in them; a country without a calendar has weekends only.

use Holiday::{Easter, Fixed, Last, Nth};
use jiff::ToSpan;
use jiff::civil::{Date, Weekday};

/// A day that comes back every year.
#[derive(Debug, Clone, Copy)]
enum Holiday {
    /// Month and day.
    Fixed(i8, i8),
    /// Days after Easter Sunday of the western churches; negative before it.
    Easter(i32),
    /// Month, weekday, and the how many-th of it.
    Nth(i8, Weekday, i8),
    /// Month, and the last such weekday of it.
    Last(i8, Weekday),
}

/// Where a holiday goes that falls on a weekend.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Substitute {
    /// It is lost.
    Lost,
    /// The next day that is neither weekend nor holiday.
    NextFree,
    /// Friday for a Saturday, Monday for a Sunday.
    Nearest,
}

const GOOD_FRIDAY: Holiday = Easter(-2);
const EASTER_MONDAY: Holiday = Easter(1);
const ASCENSION: Holiday = Easter(39);
const WHIT_MONDAY: Holiday = Easter(50);
const CORPUS_CHRISTI: Holiday = Easter(60);

/// The holidays of each country and what becomes of those on a weekend.
const CALENDARS: &[(&str, Substitute, &[Holiday])] = &[
    (
        "AT",
        Substitute::Lost,
        &[
            Fixed(1, 1),
            Fixed(1, 6),
            EASTER_MONDAY,
            Fixed(5, 1),
            ASCENSION,
            WHIT_MONDAY,
            CORPUS_CHRISTI,
            Fixed(8, 15),
            Fixed(10, 26),
            Fixed(11, 1),
            Fixed(12, 8),
            Fixed(12, 25),
            Fixed(12, 26),
        ],
    ),
    (
        "BE",
        Substitute::Lost,
        &[
            Fixed(1, 1),
            EASTER_MONDAY,
            Fixed(5, 1),
            ASCENSION,
            WHIT_MONDAY,
            Fixed(7, 21),
            Fixed(8, 15),
            Fixed(11, 1),
            Fixed(11, 11),
            Fixed(12, 25),
        ],
    ),
    ("CN", Substitute::Lost, &[Fixed(1, 1), Fixed(5, 1), Fixed(10, 1), Fixed(10, 2), Fixed(10, 3)]),
    (
        "DE",
        Substitute::Lost,
        &[
            Fixed(1, 1),
            GOOD_FRIDAY,
            EASTER_MONDAY,
            Fixed(5, 1),
            ASCENSION,
            WHIT_MONDAY,
            Fixed(10, 3),
            Fixed(12, 25),
            Fixed(12, 26),
        ],
    ),
    (
        "FR",
        Substitute::Lost,
        &[
            Fixed(1, 1),
            EASTER_MONDAY,
            Fixed(5, 1),
            Fixed(5, 8),
            ASCENSION,
            WHIT_MONDAY,
            Fixed(7, 14),
            Fixed(8, 15),
            Fixed(11, 1),
            Fixed(11, 11),
            Fixed(12, 25),
        ],
    ),
    (
        "GB",
        Substitute::NextFree,
        &[
            Fixed(1, 1),
            GOOD_FRIDAY,
            EASTER_MONDAY,
            Nth(5, Weekday::Monday, 1),
            Last(5, Weekday::Monday),
            Last(8, Weekday::Monday),
            Fixed(12, 25),
            Fixed(12, 26),
        ],
    ),
    (
        "NL",
        Substitute::Lost,
        &[Fixed(1, 1), EASTER_MONDAY, Fixed(4, 27), ASCENSION, WHIT_MONDAY, Fixed(12, 25), Fixed(12, 26)],
    ),
    (
        "US",
        Substitute::Nearest,
        &[
            Fixed(1, 1),
            Nth(1, Weekday::Monday, 3),
            Nth(2, Weekday::Monday, 3),
            Last(5, Weekday::Monday),
            Fixed(6, 19),
            Fixed(7, 4),
            Nth(9, Weekday::Monday, 1),
            Nth(10, Weekday::Monday, 2),
            Fixed(11, 11),
            Nth(11, Weekday::Thursday, 4),
            Fixed(12, 25),
        ],
    ),
];

/// The `count`-th working day of a country after a day, which does not count itself; the day itself for none.
#[must_use]
pub fn working_days_after(day: Date, count: u16, country: &str) -> Date {
    let (mut day, mut left) = (day, count);
    while left > 0 {
        let Ok(next) = day.tomorrow() else { break };
        day = next;
        left -= u16::from(is_working_day(day, country));
    }
    day
}

/// Whether people of a country work on a day as a rule.
#[must_use]
pub fn is_working_day(day: Date, country: &str) -> bool {
    // New Year may be kept in the year before.
    let years = [day.year(), day.year().saturating_add(1)];
    !is_weekend(day, country) && !years.iter().any(|year| holidays(country, *year).contains(&day))
}

fn is_weekend(day: Date, country: &str) -> bool {
    let first = if matches!(country, "IL" | "KW") { Weekday::Friday } else { Weekday::Saturday };
    day.weekday() == first || day.weekday() == first.next()
}

/// The holidays of a year on the days that they are kept.
fn holidays(country: &str, year: i16) -> Vec<Date> {
    let Some((_, substitute, holidays)) = CALENDARS.iter().find(|(code, ..)| *code == country) else {
        return Vec::new();
    };
    let mut kept: Vec<Date> = holidays.iter().filter_map(|holiday| holiday.in_year(year)).collect();
    for index in 0..kept.len() {
        let day = kept[index];
        kept[index] = match substitute {
            _ if !is_weekend(day, country) => day,
            Substitute::Lost => day,
            Substitute::Nearest if day.weekday() == Weekday::Saturday => day.saturating_sub(1.day()),
            Substitute::Nearest => day.saturating_add(1.day()),
            Substitute::NextFree => {
                let mut later = (1..14).map(|days: i64| day.saturating_add(days.days()));
                later.find(|later| !is_weekend(*later, country) && !kept.contains(later)).unwrap_or(day)
            }
        };
    }
    kept
}

impl Holiday {
    fn in_year(self, year: i16) -> Option<Date> {
        let day = |month, day| Date::new(year, month, day);
        match self {
            Fixed(month, of_month) => day(month, of_month).ok(),
            Easter(after) => Some(easter(year)?.saturating_add(after.days())),
            Nth(month, weekday, nth) => day(month, 1).ok()?.nth_weekday_of_month(nth, weekday).ok(),
            Last(month, weekday) => day(month, 1).ok()?.nth_weekday_of_month(-1, weekday).ok(),
        }
    }
}

/// Easter Sunday of the western churches, by the rule of 1582 as J.-M. Oudin wrote it down.
fn easter(year: i16) -> Option<Date> {
    let year = i32::from(year);
    let century = year / 100;
    let golden = year % 19;
    let corrected = (century - century / 4 - (century - (century - 17) / 25) / 3 + 19 * golden + 15) % 30;
    let moon = corrected - (corrected / 28) * (1 - (corrected / 28) * (29 / (corrected + 1)) * ((21 - golden) / 11));
    let weekday = (year + year / 4 + moon + 2 - century + century / 4) % 7;
    let from_march_28 = moon - weekday;
    let month = 3 + (from_march_28 + 40) / 44;
    let day = from_march_28 + 28 - 31 * (month / 4);
    Date::new(i16::try_from(year).ok()?, i8::try_from(month).ok()?, i8::try_from(day).ok()?).ok()
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;
    use proptest::prelude::*;

    /// R62: at most two working days.
    #[test]
    fn weekends_and_holidays_do_not_count() {
        for (country, day, after) in [
            ("NL", date(2020, 1, 15), date(2020, 1, 17)),
            ("NL", date(2020, 1, 17), date(2020, 1, 21)),
            ("NL", date(2020, 1, 18), date(2020, 1, 21)),
            ("NL", date(2020, 4, 10), date(2020, 4, 15)),
            ("DE", date(2020, 4, 9), date(2020, 4, 15)),
            ("NL", date(2020, 4, 24), date(2020, 4, 29)),
            ("NL", date(2020, 12, 24), date(2020, 12, 29)),
            ("BE", date(2020, 12, 24), date(2020, 12, 29)),
            ("BE", date(2020, 7, 20), date(2020, 7, 23)),
            ("GB", date(2021, 12, 24), date(2021, 12, 30)),
            ("GB", date(2022, 12, 23), date(2022, 12, 29)),
            ("GB", date(2020, 8, 28), date(2020, 9, 2)),
            ("US", date(2020, 7, 2), date(2020, 7, 7)),
            ("US", date(2020, 11, 25), date(2020, 11, 30)),
            ("US", date(2021, 12, 30), date(2022, 1, 4)),
            ("CN", date(2020, 9, 30), date(2020, 10, 6)),
            ("KW", date(2020, 1, 15), date(2020, 1, 19)),
            ("JP", date(2020, 1, 1), date(2020, 1, 3)),
        ] {
            assert_eq!(working_days_after(day, 2, country), after, "{country} after {day}");
        }
        assert_eq!(working_days_after(date(2020, 1, 18), 0, "NL"), date(2020, 1, 18));
        assert_eq!(working_days_after(Date::MAX, 2, "NL"), Date::MAX);
    }

    #[test]
    fn the_days_of_a_year_are_those_that_are_kept() {
        let kept = |country, year| {
            let mut days: Vec<_> =
                holidays(country, year).iter().map(|day| day.strftime("%m-%d").to_string()).collect();
            days.sort();
            days.join(" ")
        };
        assert_eq!(kept("NL", 2020), "01-01 04-13 04-27 05-21 06-01 12-25 12-26");
        assert_eq!(kept("DE", 2021), "01-01 04-02 04-05 05-01 05-13 05-24 10-03 12-25 12-26");
        assert_eq!(kept("BE", 2020), "01-01 04-13 05-01 05-21 06-01 07-21 08-15 11-01 11-11 12-25");
        assert_eq!(kept("AT", 2020), "01-01 01-06 04-13 05-01 05-21 06-01 06-11 08-15 10-26 11-01 12-08 12-25 12-26");
        assert_eq!(kept("GB", 2021), "01-01 04-02 04-05 05-03 05-31 08-30 12-27 12-28");
        assert_eq!(kept("GB", 2023), "01-02 04-07 04-10 05-01 05-29 08-28 12-25 12-26");
        assert_eq!(kept("US", 2021), "01-01 01-18 02-15 05-31 06-18 07-05 09-06 10-11 11-11 11-25 12-24");
        assert_eq!(kept("JP", 2020), "");
    }

    #[test]
    fn easter_falls_on_its_days() {
        for day in [
            date(2018, 4, 1),
            date(2019, 4, 21),
            date(2020, 4, 12),
            date(2021, 4, 4),
            date(2024, 3, 31),
            date(2025, 4, 20),
            date(2026, 4, 5),
            date(2038, 4, 25),
            date(2285, 3, 22),
        ] {
            assert_eq!(easter(day.year()), Some(day));
        }
    }

    proptest! {
        #[test]
        fn as_many_working_days_lie_between(days in 0i64..20_000, count in 0u16..30, chosen in 0..CALENDARS.len()) {
            let (country, day) = (CALENDARS[chosen].0, date(2000, 1, 1).saturating_add(days.days()));
            let after = working_days_after(day, count, country);
            let between = day.series(1.day()).skip(1).take_while(|next| *next <= after);
            prop_assert_eq!(between.filter(|next| is_working_day(*next, country)).count(), usize::from(count));
            prop_assert!(count == 0 || is_working_day(after, country));
        }
    }
}
