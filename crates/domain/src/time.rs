//! Civil time of subscriptions: terms, billing periods and their anchor (D16, D19). Instants never decide a renewal.

use jiff::ToSpan;
use jiff::civil::Date;
use serde::{Deserialize, Serialize};

/// A run of civil days: the first day belongs to it, `end` is the first day after it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Period {
    /// First day.
    pub start: Date,
    /// First day that no longer belongs to the period.
    pub end: Date,
}

impl Period {
    /// The number of civil days: 28 to 31 for a month, 365 or 366 for a year.
    #[must_use]
    pub fn days(self) -> i64 {
        days_between(self.start, self.end)
    }

    /// The last day that belongs to the period, as people write it.
    #[must_use]
    pub fn last_day(self) -> Date {
        self.end.saturating_sub(1.day())
    }

    /// Whether the day belongs to the period.
    #[must_use]
    pub fn contains(self, day: Date) -> bool {
        self.start <= day && day < self.end
    }
}

/// Civil days from one day to another; negative when `to` lies before `from`.
#[must_use]
pub fn days_between(from: Date, to: Date) -> i64 {
    i64::from((to - from).get_days())
}

/// The day that lies `months` after the anchor. A month without that day uses its last day, and because every step
/// counts from the anchor, the day comes back afterwards: 31 Jan, 28 Feb, 31 Mar (D19).
#[must_use]
pub fn months_after(anchor: Date, months: i32) -> Date {
    anchor.saturating_add(months.months())
}

/// The period of `months` months that contains `day`, counted from the anchor.
///
/// A day before the anchor belongs to no period; it gets the first one.
#[must_use]
pub fn period_containing(anchor: Date, months: i32, day: Date) -> Period {
    let elapsed = i32::from(day.year() - anchor.year()) * 12 + i32::from(day.month() - anchor.month());
    let mut index = (elapsed / months).max(0);
    // Within the anchor's month of the cycle the day of the month decides, and clamped month ends make it subtle.
    while index > 0 && months_after(anchor, index * months) > day {
        index -= 1;
    }
    while months_after(anchor, (index + 1) * months) <= day {
        index += 1;
    }
    Period { start: months_after(anchor, index * months), end: months_after(anchor, (index + 1) * months) }
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;
    use proptest::prelude::*;

    /// D19.
    #[test]
    fn the_anchor_comes_back_after_a_short_month() {
        let anchor = date(2024, 1, 31);
        let days: Vec<_> = (0..5).map(|months| months_after(anchor, months)).collect();
        assert_eq!(
            days,
            [date(2024, 1, 31), date(2024, 2, 29), date(2024, 3, 31), date(2024, 4, 30), date(2024, 5, 31)]
        );
        assert_eq!(months_after(date(2024, 2, 29), 12), date(2025, 2, 28));
        assert_eq!(months_after(date(2024, 2, 29), 48), date(2028, 2, 29));
    }

    #[test]
    fn the_period_of_a_day() {
        let anchor = date(2020, 1, 15);
        assert_eq!(period_containing(anchor, 1, date(2020, 1, 25)), Period { start: anchor, end: date(2020, 2, 15) });
        assert_eq!(period_containing(anchor, 1, date(2020, 2, 14)).days(), 31);
        assert_eq!(period_containing(anchor, 1, date(2020, 2, 15)).start, date(2020, 2, 15));
        assert_eq!(period_containing(date(2024, 1, 31), 1, date(2024, 2, 29)).start, date(2024, 2, 29));
        assert_eq!(period_containing(anchor, 12, date(2020, 6, 1)).days(), 366);
        assert_eq!(period_containing(anchor, 1, date(2019, 6, 1)).start, anchor);
    }

    proptest! {
        #[test]
        fn periods_follow_each_other_without_gap(offset in 0i32..4000, months in prop::sample::select(vec![1, 3, 6, 12, 36]), anchor_day in 1i8..=31) {
            let anchor = date(2019, 1, anchor_day);
            let day = anchor.saturating_add(offset.days());
            let period = period_containing(anchor, months, day);
            prop_assert!(period.contains(day));
            let next = period_containing(anchor, months, period.end);
            prop_assert_eq!(next.start, period.end);
        }
    }
}
