//! A clock that stands still until it is set: for simulations, the demo's past and tests.

use app::ports::Clock;
use jiff::civil::Date;
use jiff::tz::TimeZone;
use jiff::{SignedDuration, Timestamp};
use std::sync::atomic::{AtomicI64, Ordering};

/// The clock, to the microsecond.
#[derive(Debug)]
pub struct SettableClock(AtomicI64);

impl SettableClock {
    /// A clock that shows an instant.
    #[must_use]
    pub fn at(now: Timestamp) -> Self {
        Self(AtomicI64::new(now.as_microsecond()))
    }

    /// Sets it to an instant.
    pub fn set(&self, now: Timestamp) {
        self.0.store(now.as_microsecond(), Ordering::Relaxed);
    }

    /// Sets it to nine in the morning (UTC) of a day.
    ///
    /// # Panics
    /// When the day is out of range.
    pub fn set_day(&self, day: Date) {
        self.set(day.at(9, 0, 0, 0).to_zoned(TimeZone::UTC).expect("a day that clocks know").timestamp());
    }

    /// Lets time pass, to the microsecond.
    pub fn advance(&self, by: SignedDuration) {
        self.0.fetch_add(i64::try_from(by.as_micros()).unwrap_or(i64::MAX), Ordering::Relaxed);
    }
}

impl Clock for SettableClock {
    fn now(&self) -> Timestamp {
        Timestamp::from_microsecond(self.0.load(Ordering::Relaxed)).unwrap_or_default()
    }
}
