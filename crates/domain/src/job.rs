//! Background work as the operator sees it.

use crate::codes::coded;
use crate::ids::{JobId, OrganizationId};
use jiff::Timestamp;

coded! {
    /// Where a piece of work stands.
    pub enum JobState {
        /// Waits for its time or for a worker.
        Waiting = "waiting",
        /// A worker has it; when the worker dies, another takes it after the lease.
        Running = "running",
        /// Done.
        Done = "done",
        /// Ended by a refusal, which its starter reads.
        Refused = "refused",
        /// Failed too often; the operator resumes it.
        Parked = "parked",
    }
}

impl JobState {
    /// Whether the work is over, one way or the other.
    #[must_use]
    pub const fn is_over(self) -> bool {
        matches!(self, Self::Done | Self::Refused | Self::Parked)
    }
}

/// A piece of work.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Job {
    /// Identity.
    pub id: JobId,
    /// For whom.
    pub organization_id: OrganizationId,
    /// The stable name of what is done.
    pub kind: String,
    /// What to do, as JSON.
    pub payload: String,
    /// Where it stands.
    pub state: JobState,
    /// When it is due; while it runs, until when its worker has it.
    pub due_at: Timestamp,
    /// How often a worker took it.
    pub attempts: u32,
    /// How far it is.
    pub progress_done: i64,
    /// How much there is to do; 0 when not known yet.
    pub progress_total: i64,
    /// What came of it, as JSON.
    pub result: Option<String>,
    /// Why it ended or will be tried again: the code of a refusal, or a text for the operator.
    pub error: Option<String>,
    /// On whose behalf, as JSON.
    pub actor: String,
    /// When it was asked for.
    pub created_at: Timestamp,
    /// When it was over.
    pub finished_at: Option<Timestamp>,
}
