//! Let the time of a sandbox pass (D30).

use crate::door::{Change, Command};
use crate::failure::Failure;
use crate::job::{Running, Work};
use crate::subscription::sweep::Tally;
use domain::access::permission;
use domain::event::Subjects;
use domain::ids::JobId;
use domain::organization::Organization;
use domain::organization::move_clock::decide;
use domain::time::days_between;
use jiff::ToSpan;
use jiff::civil::Date;
use serde::{Deserialize, Serialize};
use serde_json::json;
use std::sync::atomic::AtomicBool;
use std::time::{Duration, Instant};
use store::tables::{job, organization, subscription};

/// How long the work of one day is waited for, before the move is tried again later.
const PATIENCE: Duration = Duration::from_secs(30);
/// Pause before it is looked again whether another worker is done.
const PAUSE: Duration = Duration::from_millis(20);
/// Work that is taken at once.
const CHUNK: usize = 100;

/// Moves the clock to the beginning of a later day, in the background. Gives the work that does it.
#[derive(Debug, Clone, Copy)]
pub struct MoveClock {
    /// The day that it shall be.
    pub to: Date,
}

impl Command for MoveClock {
    type Permission = permission::MoveClock;
    type Outcome = JobId;
    const NAME: &'static str = "move_clock";

    fn execute(&self, change: &Change<'_, permission::MoveClock>) -> Result<JobId, Failure> {
        let event = decide(change.organization(), change.today(), self.to)?;
        change.record(Subjects::default(), &event)?;
        let passing = PassTime { from: change.today(), to: self.to };
        change.enqueue(&passing, days_between(passing.from, passing.to))
    }
}

/// Lets everything happen that is due before a day, the calendar's steps at the beginning of their day and waiting work
/// at its own instant, with what follows from each, as if somebody had waited for it.
#[derive(Serialize, Deserialize)]
pub(crate) struct PassTime {
    from: Date,
    to: Date,
}

impl Work for PassTime {
    const KIND: &'static str = "move_clock";

    fn run(&self, job: &Running<'_>) -> Result<serde_json::Value, Failure> {
        settle(job)?;
        loop {
            let step = NextStop { from: self.from, to: self.to, job: job.id };
            let day = job.app.write(&job.caller, job.organization, step).wait()?;
            settle(job)?;
            if day >= self.to {
                return Ok(json!({ "day": day }));
            }
        }
    }
}

/// Sets the clock to the next day or instant at which something is due, or to the last day.
struct NextStop {
    from: Date,
    to: Date,
    job: JobId,
}

impl Command for NextStop {
    type Permission = permission::MoveClock;
    /// The day that it is there now.
    type Outcome = Date;
    const NAME: &'static str = "move_clock";

    fn execute(&self, change: &Change<'_, permission::MoveClock>) -> Result<Date, Failure> {
        let (today, now) = (change.today(), change.now());
        if today >= self.to {
            return Ok(today);
        }
        let tomorrow = today.saturating_add(1.day());
        // What stays due although its day has come, such as a step that fails, does not hold time up.
        let day = subscription::next_days(change.write)?.first().map_or(self.to, |due| due.clamp(tomorrow, self.to));
        let start = day.to_zoned(change.zone().clone()).map_err(Failure::internal)?.timestamp();
        // Work waits by the system's clock; what is due already does not hold time up either.
        let ahead = now.duration_since(change.system_now());
        let work = job::next_due(change.write)?.map(|due| due + ahead).filter(|due| *due > now);
        let stop = work.map_or(start, |due| due.min(start));
        let by = stop.duration_since(now);
        job::bring_forward(change.write, i64::try_from(by.as_micros()).map_err(Failure::internal)?)?;
        let day = stop.to_zoned(change.zone().clone()).date();
        let sandbox_ahead = Some(ahead + by);
        organization::update(change.write, &Organization { sandbox_ahead, ..change.organization().clone() })?;
        change.progress(self.job, days_between(self.from, day), days_between(self.from, self.to))?;
        Ok(day)
    }
}

/// Takes what is due by now, and does what follows from it, or waits for the worker that does.
fn settle(job: &Running<'_>) -> Result<(), Failure> {
    let began = Instant::now();
    loop {
        let mut tally = Tally::begin(job.app);
        job.app.sweep_organization(job.organization, &AtomicBool::new(false), &mut tally)?;
        tally.note()?;
        let (kind, now) = (PassTime::KIND, job.app.now());
        let open = job.app.store().read(job.organization, |read| job::open_but(read, kind, now, CHUNK))?;
        if tally.steps == 0 && open.is_empty() {
            return Ok(());
        }
        for id in &open {
            job.app.work_now(job.organization, *id)?;
        }
        if began.elapsed() > PATIENCE {
            return Err(Failure::Internal("the work of a day did not end".to_owned()));
        }
        std::thread::sleep(PAUSE);
    }
}
