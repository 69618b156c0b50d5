//! Time that passes on a clock that is set: the demo's past, and simulations.

use adapters::SettableClock;
use app::ports::Clock;
use app::{App, Failure};
use domain::ids::OrganizationId;
use jiff::Timestamp;
use jiff::civil::Date;
use jiff::tz::TimeZone;
use store::Store;
use store::tables::subscription;

/// One organization through which time passes.
pub struct TimeLapse<'a> {
    /// The door, with the clock among its ports.
    pub app: &'a App,
    /// Its store.
    pub store: &'a Store,
    /// Whose time.
    pub organization: OrganizationId,
    /// Where its days begin.
    pub zone: &'a TimeZone,
    /// What is set.
    pub clock: &'a SettableClock,
}

impl TimeLapse<'_> {
    /// Lets everything happen that is due before an instant, each at the beginning of its day; then it is that
    /// instant.
    pub fn live_until(&self, instant: Timestamp) -> Result<(), Failure> {
        loop {
            let due = self.store.read(self.organization, subscription::next_days)?.first();
            let Some(start) = due.and_then(|day| self.start_of(day)).filter(|start| *start < instant) else { break };
            self.clock.set(start.max(self.clock.now()));
            settle(self.app)?;
        }
        self.clock.set(instant);
        Ok(())
    }

    fn start_of(&self, day: Date) -> Option<Timestamp> {
        day.to_zoned(self.zone.clone()).ok().map(|start| start.timestamp())
    }
}

/// Takes what is due at this moment, and does what follows from it.
pub fn settle(app: &App) -> Result<(), Failure> {
    while app.sweep()? > 0 || app.work_once()? {}
    Ok(())
}
