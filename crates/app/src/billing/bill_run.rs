//! Bill runs as the operator sees them: what they did, what is left, where they fail, and what the next ones are going
//! to do. About the operator's own organization.

use super::forecast::foresee;
use crate::door::{App, Caller, Change, Command, Look, Query};
use crate::failure::Failure;
use crate::job::{Running, Work};
use crate::organization::names;
use crate::subscription::sweep::lateness;
use domain::access::permission::OperateBilling;
use domain::billing::forecast::{Forecast, check_through};
use domain::ids::{JobId, OrganizationId};
use domain::job::{Job, JobState};
use domain::limits::{PAGE_ROWS, PAGE_ROWS_MAX};
use domain::organization::OrganizationKind;
use domain::refusal::Refusal;
use jiff::Timestamp;
use jiff::civil::Date;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use store::tables::sweep::{self, SweepNote};
use store::tables::{bill_run, job, subscription};

pub use store::tables::bill_run::{BillRun, BillRunFailure};

/// Failures that are shown at most.
const FAILURES_SHOWN: usize = 100;

/// Asks for the bill runs, the newest first.
#[derive(Debug, Clone, Copy, Default)]
pub struct ListBillRuns {
    /// Only those before this day.
    pub before: Option<Date>,
}

/// Bill runs.
#[derive(Debug, Clone)]
pub struct BillRunsView {
    /// When the calendar last went through everything.
    pub last_success: Option<SweepNote>,
    /// Organizations in which something is due at this moment.
    pub due: u64,
    /// Those of them in which steps were taken today before.
    pub due_again: u64,
    /// Today, in UTC, as the runs count their days.
    pub day: Date,
    /// A page of runs, a day each; days without a step have none.
    pub runs: Vec<BillRun>,
    /// The last day of the page, when there are older ones.
    pub next: Option<Date>,
    /// Where it fails, the longest first.
    pub failures: Vec<BillRunFailure>,
}

impl BillRunsView {
    /// Organizations that were brought up to date today, without those in which something is due again.
    #[must_use]
    pub fn done(&self) -> u64 {
        let today = self.runs.first().filter(|run| run.day == self.day);
        today.map_or(0, |run| run.organizations.unsigned_abs()).saturating_sub(self.due_again)
    }
}

impl Query for ListBillRuns {
    type Permission = OperateBilling;
    type Outcome = BillRunsView;

    fn run(&self, look: &Look<'_, OperateBilling>) -> Result<BillRunsView, Failure> {
        in_the_house(look.organization().kind)?;
        let mut runs = bill_run::list(look.read, self.before, PAGE_ROWS + 1)?;
        let has_more = runs.len() > PAGE_ROWS;
        runs.truncate(PAGE_ROWS);
        let day = utc_day(look.now());
        let (due, due_again) = due_now(look, day)?;
        Ok(BillRunsView {
            last_success: sweep::find(look.read, crate::subscription::sweep::NAME)?,
            due,
            due_again,
            day,
            next: runs.last().filter(|_| has_more).map(|run| run.day),
            runs,
            failures: bill_run::failures(look.read, FAILURES_SHOWN)?,
        })
    }
}

/// Who asks as operator does so at home.
fn in_the_house(kind: OrganizationKind) -> Result<(), Refusal> {
    if kind == OrganizationKind::Operator { Ok(()) } else { Err(Refusal::NotFound) }
}

/// Organizations in which something is due, and those of them in which steps were taken on `day` before.
fn due_now(look: &Look<'_, OperateBilling>, day: Date) -> Result<(u64, u64), Failure> {
    let (mut due, mut again, mut after) = (0, 0, None);
    loop {
        let page = subscription::first_due(look.read, after, PAGE_ROWS_MAX)?;
        let Some(last) = page.last() else { return Ok((due, again)) };
        after = Some(last.organization_id);
        for found in &page {
            // Where that cannot be told, the run will fail.
            let is_due = lateness(found, look.now()).map_or(true, |late| late.is_some());
            due += u64::from(is_due);
            again += u64::from(is_due && found.last_steps_on == Some(day));
        }
    }
}

/// The day to which a run counts what it does at an instant.
pub(crate) fn utc_day(now: Timestamp) -> Date {
    now.to_zoned(jiff::tz::TimeZone::UTC).date()
}

/// Begins a dry run in the background; gives the job that has its outcome.
#[derive(Debug, Clone, Copy)]
pub struct StartDryRun {
    /// Up to and with this day: from today on, at most a year ahead.
    pub through: Date,
}

impl Command for StartDryRun {
    type Permission = OperateBilling;
    type Outcome = JobId;
    const NAME: &'static str = "dry_bill_run";

    fn execute(&self, change: &Change<'_, OperateBilling>) -> Result<JobId, Failure> {
        in_the_house(change.organization().kind)?;
        let through = check_through(self.through, change.today())?;
        change.enqueue(&DryBillRun { through }, 0)
    }
}

/// Computes what bill runs up to a day are going to charge. It writes nothing but its outcome, so that it may begin
/// again.
#[derive(Debug, Serialize, Deserialize)]
pub struct DryBillRun {
    through: Date,
}

impl Work for DryBillRun {
    const KIND: &'static str = "dry_bill_run";

    fn run(&self, job: &Running<'_>) -> Result<serde_json::Value, Failure> {
        let progress = |done: usize, total: usize| {
            let note = NoteProgress { job: job.id, done: done as i64, total: total as i64 };
            job.app.write(&job.caller, job.organization, note).wait()
        };
        let forecast = foresee(job.app, &job.caller, job.organization, self.through, progress)?;
        serde_json::to_value(forecast).map_err(Failure::internal)
    }
}

struct NoteProgress {
    job: JobId,
    done: i64,
    total: i64,
}

impl Command for NoteProgress {
    type Permission = OperateBilling;
    type Outcome = ();
    const NAME: &'static str = "dry_bill_run";

    fn execute(&self, change: &Change<'_, OperateBilling>) -> Result<(), Failure> {
        change.progress(self.job, self.done, self.total)
    }
}

/// A dry run as it stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DryRun {
    /// The job that computes it.
    pub id: JobId,
    /// Up to and with this day.
    pub through: Date,
    /// Where it stands.
    pub state: JobState,
    /// Organizations that are looked through.
    pub done: i64,
    /// Of how many; 0 while that is not known.
    pub total: i64,
    /// Who asked.
    pub asked_by: String,
    /// When.
    pub asked_at: Timestamp,
    /// When it ended.
    pub finished_at: Option<Timestamp>,
    /// What came of it.
    pub forecast: Option<Forecast>,
    /// Why it did not succeed, the last time that it was tried.
    pub error: Option<String>,
}

fn dry_run(found: Job) -> Result<DryRun, Failure> {
    let work: DryBillRun = serde_json::from_str(&found.payload).map_err(Failure::internal)?;
    let asker: domain::access::Actor = serde_json::from_str(&found.actor).map_err(Failure::internal)?;
    let forecast = found.result.as_deref().map(serde_json::from_str).transpose().map_err(Failure::internal)?;
    Ok(DryRun {
        id: found.id,
        through: work.through,
        state: found.state,
        done: found.progress_done,
        total: found.progress_total,
        asked_by: asker.name,
        asked_at: found.created_at,
        finished_at: found.finished_at,
        forecast,
        error: found.error,
    })
}

/// Asks for the dry runs, the newest first; at most fifty.
#[derive(Debug, Clone, Copy)]
pub struct ListDryRuns;

impl Query for ListDryRuns {
    type Permission = OperateBilling;
    type Outcome = Vec<DryRun>;

    fn run(&self, look: &Look<'_, OperateBilling>) -> Result<Self::Outcome, Failure> {
        in_the_house(look.organization().kind)?;
        job::of_kind(look.read, DryBillRun::KIND, None, PAGE_ROWS)?.into_iter().map(dry_run).collect()
    }
}

/// Asks for one dry run.
#[derive(Debug, Clone, Copy)]
pub struct FindDryRun(pub JobId);

/// One dry run.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DryRunView {
    /// The run.
    pub run: DryRun,
    /// The names of the organizations in which the bill run is going to fail.
    pub organizations: BTreeMap<OrganizationId, String>,
}

impl Query for FindDryRun {
    type Permission = OperateBilling;
    type Outcome = DryRunView;

    fn run(&self, look: &Look<'_, OperateBilling>) -> Result<DryRunView, Failure> {
        in_the_house(look.organization().kind)?;
        let found = job::find(look.read, self.0)?.filter(|job| job.kind == DryBillRun::KIND);
        let run = dry_run(found.ok_or(Refusal::NotFound)?)?;
        let failed = run.forecast.iter().flat_map(|forecast| &forecast.failed).map(|(id, _)| *id);
        Ok(DryRunView { organizations: names(look.read, failed)?, run })
    }
}

/// Notes what was done in some organizations, which are in the order of their identifiers.
pub(crate) fn note(app: &App, organizations: Vec<OrganizationId>, steps: u64) -> Result<(), Failure> {
    let (now, steps) = (app.now(), i64::try_from(steps).unwrap_or(i64::MAX));
    let add = move |write: &store::Write<'_>| {
        Ok::<_, Failure>(bill_run::note(write, utc_day(now), now, &organizations, steps)?)
    };
    app.store().write(store::Scope::Shared, add).wait()
}

/// Notes that the run failed in an organization.
pub(crate) fn note_failure(app: &App, organization: OrganizationId, reason: String) -> Result<(), Failure> {
    let now = app.now();
    let put = move |write: &store::Write<'_>| Ok::<_, Failure>(bill_run::note_failure(write, &reason, now)?);
    app.store().write(organization, put).wait()
}

/// Notes that it goes on there.
pub(crate) fn solve_failure(app: &App, organization: OrganizationId) -> Result<(), Failure> {
    app.store().write(organization, |write| Ok::<_, Failure>(bill_run::solve_failure(write)?)).wait()
}

/// Organizations in which the last run failed, for the next one to note where it goes on.
pub(crate) fn failing(app: &App) -> Result<Vec<OrganizationId>, Failure> {
    let all =
        app.store().read(store::Scope::Shared, |read| Ok::<_, Failure>(bill_run::failures(read, PAGE_ROWS_MAX)?))?;
    Ok(all.into_iter().map(|failure| failure.organization_id).collect())
}

/// What is going to be charged up to a day, today when none is given; with the day. Blocks until it is computed.
///
/// # Errors
/// A day that is wrong, or the failure of the database.
pub fn foresee_now(
    app: &App,
    caller: &Caller,
    house: OrganizationId,
    through: Option<Date>,
) -> Result<(Date, Forecast), Failure> {
    let today = app.read(caller, house, &Today)?;
    let through = check_through(through.unwrap_or(today), today)?;
    Ok((through, foresee(app, caller, house, through, |_, _| Ok(()))?))
}

struct Today;

impl Query for Today {
    type Permission = OperateBilling;
    type Outcome = Date;

    fn run(&self, look: &Look<'_, OperateBilling>) -> Result<Date, Failure> {
        Ok(look.today())
    }
}
