//! Background work as the operator sees it: all of it, and parked work begun anew.

use crate::door::{Change, Command, Look, Query};
use crate::failure::Failure;
use crate::organization::names;
use domain::access::permission::OperateJobs;
use domain::ids::{JobId, OrganizationId};
use domain::job::{Job, JobState};
use domain::refusal::Refusal;
use std::collections::BTreeMap;
use store::tables::job;

/// Asks for work in one state, of every organization. About the operator's own organization.
#[derive(Debug, Clone, Copy)]
pub struct ListJobs {
    /// The state.
    pub state: JobState,
    /// The last one of the page before.
    pub before: Option<JobId>,
    /// How many at most.
    pub limit: usize,
}

/// A page of work.
#[derive(Debug, Clone)]
pub struct JobPage {
    /// The work, the newest first.
    pub rows: Vec<Job>,
    /// The last row, when there are older ones.
    pub next: Option<JobId>,
    /// How much there is in each state of work that is not over, and of parked work.
    pub counts: Vec<(JobState, i64)>,
    /// The names of the organizations of the rows.
    pub organizations: BTreeMap<OrganizationId, String>,
}

impl Query for ListJobs {
    type Permission = OperateJobs;
    type Outcome = JobPage;

    fn run(&self, look: &Look<'_, OperateJobs>) -> Result<JobPage, Failure> {
        let mut rows = job::list(look.read, self.state, self.before, self.limit + 1)?;
        let has_more = rows.len() > self.limit;
        rows.truncate(self.limit);
        let organizations = names(look.read, rows.iter().map(|row| row.organization_id))?;
        let next = if has_more { rows.last().map(|row| row.id) } else { None };
        Ok(JobPage { rows, next, counts: job::counts(look.read)?, organizations })
    }
}

/// Begins parked work anew, in the organization that it belongs to. Work that is not parked stays as it is.
#[derive(Debug, Clone, Copy)]
pub struct ResumeJob(pub JobId);

impl Command for ResumeJob {
    type Permission = OperateJobs;
    type Outcome = ();
    const NAME: &'static str = "resume_job";

    fn execute(&self, change: &Change<'_, OperateJobs>) -> Result<(), Failure> {
        job::find(change.write, self.0)?.ok_or(Refusal::NotFound)?;
        job::resume(change.write, self.0, change.system_now())?;
        Ok(())
    }
}
