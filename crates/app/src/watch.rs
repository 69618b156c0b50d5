//! How this Zetel is, for whoever watches over it: when the calendar last went through, what waits, what is parked.

use crate::door::App;
use crate::failure::Failure;
use domain::job::JobState;
use domain::mail::MailState;
use store::Scope;
use store::tables::{job, mail};

pub use store::tables::sweep::SweepNote;

/// What a watcher sees; counts are over all organizations and processes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Condition {
    /// When the sweep last went through, and how late what it found was; nothing before its first time.
    pub calendar: Option<SweepNote>,
    /// Background work that waits, runs or is parked; a state in which there is none is left out.
    pub jobs: Vec<(JobState, i64)>,
    /// Mails that wait or are parked; likewise.
    pub mails: Vec<(MailState, i64)>,
}

impl App {
    /// Looks how things are. Reaches the database, so that an answer says that it can be reached.
    ///
    /// # Errors
    /// When the database fails.
    pub fn condition(&self) -> Result<Condition, Failure> {
        Ok(Condition {
            calendar: self.last_sweep()?,
            jobs: self.store().glance(Scope::Shared, job::counts)?,
            mails: self.store().glance(Scope::Shared, mail::counts)?,
        })
    }
}
