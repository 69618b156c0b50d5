//! Workers: threads that take due jobs and do them.

use super::lease_until;
use crate::door::{App, Caller};
use crate::failure::Failure;
use crate::mail::deliver::Delivery;
use domain::access::Actor;
use domain::ids::{JobId, OrganizationId};
use domain::job::{Job, JobState};
use domain::mail::pause_of_server;
use domain::refusal::Refusal;
use jiff::SignedDuration;
use serde::Serialize;
use serde::de::DeserializeOwned;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::thread::JoinHandle;
use std::time::Duration;
use store::Scope;
use store::tables::job;

/// Pauses before the next try, in seconds; after the last one the job is parked.
const PAUSES_SECONDS: [i64; 6] = [1, 5, 30, 120, 600, 3600];

/// How long an idle worker sleeps before it looks for due work again.
const IDLE: Duration = Duration::from_millis(200);

/// How long the calendar rests between two sweeps.
const SWEEP_EVERY: Duration = Duration::from_secs(10);

/// Something that is done in the background. It may run again from the start: what it does twice counts once.
pub trait Work: Serialize + DeserializeOwned + Send + 'static {
    /// The stable name, stored with the job.
    const KIND: &'static str;

    /// Does the work, with commands through the door.
    ///
    /// # Errors
    /// A refusal ends the job; the failure of the database or of the outside world lets it be tried again.
    fn run(&self, job: &Running<'_>) -> Result<serde_json::Value, Failure>;
}

/// The job that a piece of work is done for.
pub struct Running<'a> {
    /// The door.
    pub app: &'a App,
    /// The job.
    pub id: JobId,
    /// For whom.
    pub organization: OrganizationId,
    /// On whose behalf; the request is the job.
    pub caller: Caller,
    /// How far an earlier try came.
    pub progress_done: i64,
    /// How much there was to do then; 0 when it was not known yet.
    pub progress_total: i64,
}

impl Running<'_> {
    /// Whether nothing was done yet.
    #[must_use]
    pub const fn is_new(&self) -> bool {
        self.progress_done == 0 && self.progress_total == 0
    }
}

impl App {
    /// Does one due job of any organization; gives whether there was one.
    ///
    /// # Errors
    /// When the database fails.
    pub fn work_once(&self) -> Result<bool, Failure> {
        let now = self.now();
        if !self.store().glance(Scope::Shared, |read| job::any_due(read, now))? {
            return Ok(false);
        }
        let claimed: Option<Job> = self
            .store()
            .write(Scope::Shared, move |write| Ok::<_, Failure>(job::claim_due(write, now, lease_until(now))?))
            .wait()?;
        match claimed {
            Some(job) => self.finish(job).map(|()| true),
            None => Ok(false),
        }
    }

    /// Does one job now, unless a worker has it already. Blocks; the answer is in the job.
    ///
    /// # Errors
    /// When the database fails.
    pub fn work_now(&self, organization: OrganizationId, id: JobId) -> Result<(), Failure> {
        let now = self.now();
        let claimed = self
            .store()
            .write(organization, move |write| Ok::<_, Failure>(job::claim_one(write, id, lease_until(now))?))
            .wait()?;
        claimed.map_or(Ok(()), |job| self.finish(job))
    }

    /// Runs a claimed job and notes its outcome.
    fn finish(&self, claimed: Job) -> Result<(), Failure> {
        let (id, organization, attempts) = (claimed.id, claimed.organization_id, claimed.attempts);
        let outcome = self.run(&claimed);
        let now = self.now();
        if let Err(failure) = &outcome {
            tracing::warn!(job = %id, kind = claimed.kind, attempts, %failure, "background work did not succeed");
        }
        self.store()
            .write(organization, move |write| {
                match &outcome {
                    Ok(result) => job::finish(write, id, JobState::Done, Some(&result.to_string()), None, now)?,
                    Err(failure @ (Failure::Refused(_) | Failure::Invalid(_))) => {
                        let code = failure.refusal().map(Refusal::code);
                        job::finish(write, id, JobState::Refused, None, code, now)?;
                    }
                    Err(failure) => match PAUSES_SECONDS.get(attempts.saturating_sub(1) as usize) {
                        Some(pause) => {
                            let due_at = now + SignedDuration::from_secs(*pause);
                            job::try_again(write, id, due_at, &failure.to_string())?;
                        }
                        None => job::finish(write, id, JobState::Parked, None, Some(&failure.to_string()), now)?,
                    },
                }
                Ok::<_, Failure>(())
            })
            .wait()
    }

    fn run(&self, claimed: &Job) -> Result<serde_json::Value, Failure> {
        let actor: Actor = serde_json::from_str(&claimed.actor).map_err(Failure::internal)?;
        let running = Running {
            app: self,
            id: claimed.id,
            organization: claimed.organization_id,
            caller: Caller { actor, request: claimed.id.to_string() },
            progress_done: claimed.progress_done,
            progress_total: claimed.progress_total,
        };
        // A panic is a fault like another: tried again, then parked, and the worker lives on.
        std::panic::catch_unwind(std::panic::AssertUnwindSafe(|| run_kind(&claimed.kind, &claimed.payload, &running)))
            .unwrap_or_else(|_| Err(Failure::Internal("the work panicked".to_owned())))
    }
}

/// The table of all work: its kinds by their stored names, and how one is run.
macro_rules! kinds {
    ($($work:ty),+ $(,)?) => {
        /// The stored name of every kind of work.
        pub const KINDS: &[&str] = &[$(<$work as Work>::KIND),+];

        fn run_kind(kind: &str, payload: &str, running: &Running<'_>) -> Result<serde_json::Value, Failure> {
            match kind {
                $(<$work as Work>::KIND => {
                    serde_json::from_str::<$work>(payload).map_err(Failure::internal)?.run(running)
                })+
                unknown => Err(Failure::Internal(format!("this version knows no work of kind {unknown}"))),
            }
        }
    };
}

kinds!(
    crate::billing::bill_run::DryBillRun,
    crate::billing::collect::CollectPayment,
    crate::billing::refund::RefundPayment,
    crate::catalog::import_upload::ImportUpload,
    crate::catalog::announce_services::AnnounceServices,
    crate::catalog::retire::AnnounceEndOfSale,
    crate::order::charge::ChargeOrder,
    crate::partner::charge::ChargePartner,
    crate::partner::charge::FollowPayment,
    crate::partner::serve::NoteAtPartner,
    crate::product_key::create::MakeKeys,
    crate::organization::move_clock::PassTime,
    crate::user::add_many::AddPeople,
    crate::license::many::AssignMany,
    crate::license::many::UnassignMany,
    crate::subscription::take_over::TakeOverWork,
    crate::subscription::undo_take_over::UndoTakeOverWork,
    crate::subscription::change_plan::PlanChangeWork,
    crate::license::many::CentralizeMany,
);

/// Threads that do due work until they are stopped.
pub struct Workers {
    stop: Arc<AtomicBool>,
    threads: Vec<JoinHandle<()>>,
}

impl Workers {
    /// Starts workers.
    #[must_use]
    pub fn start(app: &App, count: usize) -> Self {
        let stop = Arc::new(AtomicBool::new(false));
        // A process that works also keeps the calendar and sends mails; any number of them may.
        let alone: &[fn(&App, &AtomicBool)] = match count {
            0 => &[],
            _ => &[sweep_until_stopped, deliver_until_stopped],
        };
        let workers = (0..count).map(|_| work_until_stopped as fn(&App, &AtomicBool));
        let threads = workers.chain(alone.iter().copied()).map(|run| {
            let (app, stop) = (app.clone(), Arc::clone(&stop));
            std::thread::spawn(move || run(&app, &stop))
        });
        Self { threads: threads.collect(), stop }
    }

    /// Lets every worker finish what it has, and waits for that.
    pub fn stop(self) {
        self.stop.store(true, Ordering::Relaxed);
        for thread in self.threads {
            // A worker catches the panics of its work; its own would be a fault that the log already holds.
            let _ = thread.join();
        }
    }
}

fn sweep_until_stopped(app: &App, stop: &AtomicBool) {
    while !stop.load(Ordering::Relaxed) {
        // A panic ends this sweep, not the sweeping.
        let swept = std::panic::catch_unwind(std::panic::AssertUnwindSafe(|| app.sweep_until(stop)));
        match swept {
            Ok(Ok(0)) => {}
            Ok(Ok(steps)) => tracing::info!(steps, "the calendar went on"),
            Ok(Err(failure)) => tracing::error!(%failure, "the calendar could not go on"),
            Err(_) => tracing::error!("the calendar panicked"),
        }
        rest(SWEEP_EVERY, stop);
    }
}

/// Sends mails one after the other. A server that cannot be used is left alone for ever longer.
fn deliver_until_stopped(app: &App, stop: &AtomicBool) {
    let mut failures = 0;
    while !stop.load(Ordering::Relaxed) {
        let pause = match app.deliver_once() {
            Ok(Delivery::Settled) => {
                failures = 0;
                continue;
            }
            Ok(Delivery::Nothing) => IDLE,
            Ok(Delivery::ServerUnusable) => {
                failures += 1;
                pause_of_server(failures).unsigned_abs()
            }
            Err(failure) => {
                tracing::error!(%failure, "looking into the outbox failed");
                Duration::from_secs(1)
            }
        };
        rest(pause, stop);
    }
}

/// Sleeps, and wakes when everything stops.
fn rest(pause: Duration, stop: &AtomicBool) {
    let rested = std::time::Instant::now();
    while rested.elapsed() < pause && !stop.load(Ordering::Relaxed) {
        std::thread::sleep(IDLE.min(pause));
    }
}

fn work_until_stopped(app: &App, stop: &AtomicBool) {
    while !stop.load(Ordering::Relaxed) {
        match app.work_once() {
            Ok(true) => {}
            Ok(false) => std::thread::sleep(IDLE),
            Err(failure) => {
                tracing::error!(%failure, "looking for background work failed");
                std::thread::sleep(Duration::from_secs(1));
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::KINDS;
    use words::{Language, Words};

    #[test]
    fn every_kind_of_work_has_a_name_for_the_operator() {
        for kind in KINDS {
            assert!(Words::from(Language::Dutch).job_kind_name(kind).is_some(), "{kind}");
        }
    }
}
