//! Time that passes on a clock that is set: the demo's past, and simulations.

use adapters::SettableClock;
use app::ports::Clock;
use app::{App, Failure};
use domain::ids::OrganizationId;
use jiff::Timestamp;
use jiff::civil::Date;
use jiff::tz::TimeZone;
use store::Store;
use store::tables::{job, subscription};

/// Organizations through which time passes.
pub struct TimeLapse<'a> {
    /// The door, with the clock among its ports.
    pub app: &'a App,
    /// Its store.
    pub store: &'a Store,
    /// Whose time, and where their days begin.
    pub organizations: &'a [(OrganizationId, &'a TimeZone)],
    /// What is set.
    pub clock: &'a SettableClock,
}

impl TimeLapse<'_> {
    /// Lets everything happen that is due before an instant: what the calendar does at the beginning of its day, what
    /// waits in the background at its own instant. Then it is that instant.
    pub fn live_until(&self, instant: Timestamp) -> Result<(), Failure> {
        loop {
            let mut next = None;
            for (organization, zone) in self.organizations {
                let day = self.store.read(*organization, subscription::next_days)?.first();
                let work = self.store.read(*organization, job::next_due)?;
                next = day.and_then(|day| start_of(day, zone)).into_iter().chain(work).chain(next).min();
            }
            let Some(next) = next.filter(|next| *next < instant) else { break };
            self.clock.set(next.max(self.clock.now()));
            settle(self.app)?;
        }
        self.clock.set(instant.max(self.clock.now()));
        Ok(())
    }
}

fn start_of(day: Date, zone: &TimeZone) -> Option<Timestamp> {
    day.to_zoned(zone.clone()).ok().map(|start| start.timestamp())
}

/// Takes what is due at this moment, and does what follows from it.
pub fn settle(app: &App) -> Result<(), Failure> {
    while app.sweep()? > 0 || app.work_once()? {}
    Ok(())
}
