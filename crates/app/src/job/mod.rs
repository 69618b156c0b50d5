//! Background work: what it is, who does it, and how it is watched.
//!
//! A job is a row that is written in the transaction that causes it ([`Change::enqueue`]). A worker claims it for a
//! while, runs its [`Work`], and notes the outcome. Work is idempotent: a worker may die at any statement, and another
//! begins again where [`Change::progress`] was last committed.

mod operate;
mod work;

pub use operate::{JobPage, ListJobs, ResumeJob};
pub use work::{KINDS, Running, Work, Workers};

use crate::door::{Change, Look, Query};
use crate::failure::Failure;
use domain::access::permission::{Granting, ReadJobs};
use domain::ids::JobId;
use domain::job::{Job, JobState};
use domain::refusal::Refusal;
use jiff::{SignedDuration, Timestamp};
use store::tables::job;

/// How long a worker has a job before another may take it; each progress renews it.
pub(crate) const LEASE: SignedDuration = SignedDuration::from_secs(60);

impl<P: Granting> Change<'_, P> {
    /// Asks for background work, to be done after this transaction on behalf of the same caller.
    ///
    /// # Errors
    /// When the database fails.
    pub fn enqueue<W: Work>(&self, work: &W, total: i64) -> Result<JobId, Failure> {
        self.enqueue_after(work, total, SignedDuration::ZERO)
    }

    /// Asks for background work that is not due before a pause is over.
    ///
    /// # Errors
    /// When the database fails.
    pub fn enqueue_after<W: Work>(&self, work: &W, total: i64, pause: SignedDuration) -> Result<JobId, Failure> {
        let id = JobId::from_uuid(self.new_id());
        self.insert_job(id, work, total, pause)?;
        Ok(id)
    }

    /// As [`enqueue`](Self::enqueue), with an identity that the caller chose, so that asking twice enqueues once.
    ///
    /// # Errors
    /// When the database fails, or there is such work already.
    pub fn enqueue_as<W: Work>(&self, id: JobId, work: &W, total: i64) -> Result<(), Failure> {
        self.insert_job(id, work, total, SignedDuration::ZERO)
    }

    fn insert_job<W: Work>(&self, id: JobId, work: &W, total: i64, pause: SignedDuration) -> Result<(), Failure> {
        let new = Job {
            id,
            organization_id: self.organization().id,
            kind: W::KIND.to_owned(),
            payload: serde_json::to_string(work).map_err(Failure::internal)?,
            state: JobState::Waiting,
            due_at: self.system_now() + pause,
            attempts: 0,
            progress_done: 0,
            progress_total: total,
            result: None,
            error: None,
            actor: serde_json::to_string(self.granted.actor()).map_err(Failure::internal)?,
            created_at: self.system_now(),
            finished_at: None,
        };
        Ok(job::insert(self.write, &new)?)
    }

    /// Notes how far a job is, in the transaction of the step that brought it there.
    ///
    /// # Errors
    /// When the database fails.
    pub fn progress(&self, id: JobId, done: i64, total: i64) -> Result<(), Failure> {
        Ok(job::set_progress(self.write, id, done, total, lease_until(self.system_now()))?)
    }
}

pub(crate) fn lease_until(now: Timestamp) -> Timestamp {
    now + LEASE
}

/// Asks how a piece of work stands; its starter and admins may know.
#[derive(Debug, Clone, Copy)]
pub struct JobDetails(pub JobId);

impl Query for JobDetails {
    type Permission = ReadJobs;
    type Outcome = Job;

    fn run(&self, look: &Look<'_, ReadJobs>) -> Result<Job, Failure> {
        let found = job::find(look.read, self.0)?.ok_or(Refusal::NotFound)?;
        let starter: domain::access::Actor = serde_json::from_str(&found.actor).map_err(Failure::internal)?;
        if look.granted.only().is_some() && starter.principal != look.granted.actor().principal {
            return Err(Refusal::NotFound.into());
        }
        Ok(found)
    }
}
