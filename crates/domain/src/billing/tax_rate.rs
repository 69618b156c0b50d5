//! Standard rates of value added tax, by country and the day from which each holds (domain 4.9, R170).
//!
//! The source of truth is the tax authority of each country; the European Commission gathers those of its member states
//! in the database *Taxes in Europe*. The table is what they said in November 2026 about the time since 2018. A rate
//! changes by law and not with a release of Zetel, so whoever runs Zetel checks the rates of the countries where its
//! customers are. Parts of a country with a tax of their own, such as the Canary Islands, are not told apart.

use jiff::civil::{Date, date};

/// Where a country's rates of this table begin.
const BEGIN: Date = date(2018, 1, 1);

/// Country by ISO 3166 code, the first day of the rate, and the rate in hundredths of a percent. The rates of a country
/// stand together, the oldest first.
const STANDARD_RATES: &[(&str, Date, u32)] = &[
    ("AE", BEGIN, 500),
    ("AT", BEGIN, 2000),
    ("BE", BEGIN, 2100),
    ("BG", BEGIN, 2000),
    ("CH", BEGIN, 770),
    ("CH", date(2024, 1, 1), 810),
    ("CY", BEGIN, 1900),
    ("CZ", BEGIN, 2100),
    ("DE", BEGIN, 1900),
    ("DE", date(2020, 7, 1), 1600),
    ("DE", date(2021, 1, 1), 1900),
    ("DK", BEGIN, 2500),
    ("EE", BEGIN, 2000),
    ("EE", date(2024, 1, 1), 2200),
    ("EE", date(2025, 7, 1), 2400),
    ("ES", BEGIN, 2100),
    ("FI", BEGIN, 2400),
    ("FI", date(2024, 9, 1), 2550),
    ("FR", BEGIN, 2000),
    ("GB", BEGIN, 2000),
    ("GR", BEGIN, 2400),
    ("HR", BEGIN, 2500),
    ("HU", BEGIN, 2700),
    ("IE", BEGIN, 2300),
    ("IE", date(2020, 9, 1), 2100),
    ("IE", date(2021, 3, 1), 2300),
    ("IS", BEGIN, 2400),
    ("IT", BEGIN, 2200),
    ("LI", BEGIN, 770),
    ("LI", date(2024, 1, 1), 810),
    ("LT", BEGIN, 2100),
    ("LU", BEGIN, 1700),
    ("LU", date(2023, 1, 1), 1600),
    ("LU", date(2024, 1, 1), 1700),
    ("LV", BEGIN, 2100),
    ("MT", BEGIN, 1800),
    ("NL", BEGIN, 2100),
    ("NO", BEGIN, 2500),
    ("PL", BEGIN, 2300),
    ("PT", BEGIN, 2300),
    ("RO", BEGIN, 1900),
    ("RO", date(2025, 8, 1), 2100),
    ("RS", BEGIN, 2000),
    ("SE", BEGIN, 2500),
    ("SI", BEGIN, 2200),
    ("SK", BEGIN, 2000),
    ("SK", date(2025, 1, 1), 2300),
    ("TR", BEGIN, 1800),
    ("TR", date(2023, 7, 10), 2000),
    ("ZA", BEGIN, 1400),
    ("ZA", date(2018, 4, 1), 1500),
];

/// The member states of the European Union for value added tax, each with the day on which it stopped being one.
const MEMBER_STATES: &[(&str, Date)] = &[
    ("AT", Date::MAX),
    ("BE", Date::MAX),
    ("BG", Date::MAX),
    ("CY", Date::MAX),
    ("CZ", Date::MAX),
    ("DE", Date::MAX),
    ("DK", Date::MAX),
    ("EE", Date::MAX),
    ("ES", Date::MAX),
    ("FI", Date::MAX),
    ("FR", Date::MAX),
    ("GB", date(2021, 1, 1)),
    ("GR", Date::MAX),
    ("HR", Date::MAX),
    ("HU", Date::MAX),
    ("IE", Date::MAX),
    ("IT", Date::MAX),
    ("LT", Date::MAX),
    ("LU", Date::MAX),
    ("LV", Date::MAX),
    ("MT", Date::MAX),
    ("NL", Date::MAX),
    ("PL", Date::MAX),
    ("PT", Date::MAX),
    ("RO", Date::MAX),
    ("SE", Date::MAX),
    ("SI", Date::MAX),
    ("SK", Date::MAX),
];

/// The standard rate of a country on a day, in hundredths of a percent; `None` where Zetel knows none. Before 2018 it
/// is that of 2018.
#[must_use]
pub fn standard_rate(country: &str, day: Date) -> Option<u32> {
    let since = day.max(BEGIN);
    STANDARD_RATES.iter().rfind(|(code, from, _)| *code == country && *from <= since).map(|(.., rate)| *rate)
}

/// Whether a country belongs to the European Union for value added tax on a day; the United Kingdom did until 2020.
#[must_use]
pub fn is_member_state(country: &str, day: Date) -> bool {
    MEMBER_STATES.iter().any(|(code, until)| *code == country && day < *until)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::country::COUNTRIES;

    /// R170.
    #[test]
    fn a_rate_holds_from_its_day_on() {
        for (country, day, rate) in [
            ("NL", date(2026, 11, 21), 2100),
            ("DE", date(2020, 6, 30), 1900),
            ("DE", date(2020, 7, 1), 1600),
            ("DE", date(2020, 12, 31), 1600),
            ("DE", date(2021, 1, 1), 1900),
            ("IE", date(2020, 9, 1), 2100),
            ("IE", date(2021, 3, 1), 2300),
            ("LU", date(2022, 12, 31), 1700),
            ("LU", date(2023, 6, 1), 1600),
            ("LU", date(2024, 1, 1), 1700),
            ("EE", date(2023, 12, 31), 2000),
            ("EE", date(2024, 1, 1), 2200),
            ("EE", date(2025, 7, 1), 2400),
            ("SK", date(2024, 12, 31), 2000),
            ("SK", date(2025, 1, 1), 2300),
            ("FI", date(2024, 8, 31), 2400),
            ("FI", date(2024, 9, 1), 2550),
            ("RO", date(2025, 7, 31), 1900),
            ("RO", date(2025, 8, 1), 2100),
            ("CH", date(2023, 12, 31), 770),
            ("CH", date(2024, 1, 1), 810),
            ("GB", date(2024, 1, 1), 2000),
            ("NO", date(2024, 1, 1), 2500),
            ("ZA", date(2018, 3, 31), 1400),
            ("NL", date(2017, 1, 1), 2100),
        ] {
            assert_eq!(standard_rate(country, day), Some(rate), "{country} on {day}");
        }
        assert_eq!(standard_rate("US", date(2024, 1, 1)), None);
    }

    #[test]
    fn the_table_is_in_order_and_each_rate_replaces_another() {
        for pair in STANDARD_RATES.windows(2) {
            let ((before, since, rate), (country, from, next)) = (pair[0], pair[1]);
            assert!(before < country || (before == country && since < from && rate != next), "{country} from {from}");
            assert!(before == country || from == BEGIN, "{country} from {from}");
        }
    }

    #[test]
    fn every_member_state_is_a_known_country_with_a_rate() {
        assert_eq!(MEMBER_STATES.iter().filter(|(_, until)| *until == Date::MAX).count(), 27);
        for (country, _) in MEMBER_STATES {
            assert!(COUNTRIES.contains(country) && standard_rate(country, BEGIN).is_some(), "{country}");
        }
        assert!(is_member_state("GB", date(2020, 12, 31)) && !is_member_state("GB", date(2021, 1, 1)));
        assert!(!is_member_state("CH", date(2024, 1, 1)));
    }
}
