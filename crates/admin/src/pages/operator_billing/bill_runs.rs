//! Bill runs: how far today's is, where it fails, dry runs, and what the runs of earlier days did.

use crate::frame::Frame;
use crate::parts::{FieldErrors, Paging, Status};
use crate::web::{Done, Form, PageError, PageResult, Section, Visitor, notice_and_redirect, render, render_refused};
use app::Failure;
use app::billing::bill_run::{BillRun, BillRunFailure, BillRunsView, DryRun, ListBillRuns, ListDryRuns, StartDryRun};
use app::billing::operate::DAYS_AHEAD;
use askama::Template;
use axum::extract::Query;
use domain::ids::JobId;
use domain::job::JobState;
use domain::refusal::{Field, Refusal};
use jiff::ToSpan;
use jiff::civil::Date;
use jiff::tz::TimeZone;
use serde::Deserialize;
use words::Words;

/// Where the page is.
pub(super) const URL: &str = "/operator/billing/runs";

#[derive(Deserialize, Default)]
#[serde(default)]
pub(super) struct Asked {
    before: String,
}

#[derive(Template)]
#[template(path = "operator_billing/bill_runs.html")]
struct BillRunsPage {
    frame: Frame,
    words: Words,
    live_url: Option<&'static str>,
    last_run: Option<String>,
    /// In words, and the two numbers; nothing while nothing is due.
    progress: Option<(String, u64, u64)>,
    failures: Vec<FailureRow>,
    errors: FieldErrors,
    through: String,
    dry_runs: Vec<DryRunRow>,
    runs: Vec<RunRow>,
    paging: Paging,
}

struct FailureRow {
    organization: String,
    url: String,
    reason: String,
    attempts: String,
    since: String,
    last: String,
}

struct DryRunRow {
    url: String,
    through: String,
    status: Status,
    asked_by: String,
    asked_at: String,
}

struct RunRow {
    day: String,
    organizations: String,
    steps: String,
    begun: String,
    went_on: String,
}

pub(super) async fn page(visitor: Visitor, Query(asked): Query<Asked>) -> PageResult {
    render(&draw(&visitor, asked.before.parse().ok(), None, FieldErrors::none()).await?)
}

pub(super) async fn start(visitor: Visitor, form: Form) -> PageResult {
    let typed = form.text("day").to_owned();
    match begin(&visitor, &typed).await {
        Ok(id) => Ok(notice_and_redirect(&Done::DryRunStarted {}, &dry_run_url(id))),
        Err(failure) => {
            let errors = FieldErrors::of(visitor.words, &failure)?;
            render_refused(&failure, &draw(&visitor, None, Some(typed), errors).await?)
        }
    }
}

async fn begin(visitor: &Visitor, typed: &str) -> Result<JobId, Failure> {
    let through: Date = typed.parse().map_err(|_| Refusal::NotADate.at(Field::Day))?;
    visitor.write(StartDryRun { through }).await
}

/// Where a dry run is shown.
pub(super) fn dry_run_url(id: JobId) -> String {
    format!("{URL}/dry-runs/{id}")
}

async fn draw(
    visitor: &Visitor,
    before: Option<Date>,
    typed: Option<String>,
    errors: FieldErrors,
) -> Result<BillRunsPage, PageError> {
    let (words, zone) = (visitor.words, visitor.zone().await?);
    let view = visitor.read(ListBillRuns { before }).await?;
    let dry_runs = visitor.read(ListDryRuns).await?;
    let mut frame = visitor.frame(Section::OperatorBilling, words.bill_runs()).await?;
    frame.lead = Some(words.bill_runs_purpose().to_owned());
    let today = visitor.now().to_zoned(zone.clone()).date();
    Ok(BillRunsPage {
        live_url: (view.due > 0).then_some(URL),
        last_run: view.last_success.map(|run| words.date_time(run.succeeded_at, &zone)),
        progress: progress(words, &view),
        failures: view.failures.iter().map(|failure| failure_row(words, failure, &zone)).collect(),
        errors,
        through: typed.unwrap_or_else(|| today.saturating_add(DAYS_AHEAD.days()).to_string()),
        dry_runs: dry_runs.iter().map(|run| dry_run_row(words, run, &zone)).collect(),
        runs: view.runs.iter().map(|run| run_row(words, run, &zone)).collect(),
        paging: Paging {
            previous: before.map(|_| URL.to_owned()),
            next: view.next.map(|last| format!("{URL}?before={last}")),
        },
        words,
        frame,
    })
}

fn progress(words: Words, view: &BillRunsView) -> Option<(String, u64, u64)> {
    let (done, total) = (view.done(), view.done() + view.due);
    let text = words.bill_run_progress(i64::try_from(done).ok()?, i64::try_from(total).ok()?);
    (view.due > 0).then_some((text, done, total))
}

fn failure_row(words: Words, failure: &BillRunFailure, zone: &TimeZone) -> FailureRow {
    FailureRow {
        organization: failure.organization_name.clone(),
        url: format!("{}/{}", Section::Organizations.url(), failure.organization_id),
        reason: failure.reason.clone(),
        attempts: words.job_attempts(failure.attempts),
        since: words.date_time(failure.first_at, zone),
        last: words.date_time(failure.last_at, zone),
    }
}

fn dry_run_row(words: Words, run: &DryRun, zone: &TimeZone) -> DryRunRow {
    DryRunRow {
        url: dry_run_url(run.id),
        through: words.date(run.through),
        status: match run.state {
            JobState::Waiting => Status::neutral(words.jobs_waiting()).icon("clock"),
            JobState::Running => Status::neutral(words.jobs_running()).icon("jobs"),
            JobState::Done => Status::good(words.jobs_done()),
            JobState::Refused => Status::warning(words.jobs_refused()),
            JobState::Parked => Status::severe(words.jobs_parked()),
        },
        asked_by: run.asked_by.clone(),
        asked_at: words.date_time(run.asked_at, zone),
    }
}

fn run_row(words: Words, run: &BillRun, zone: &TimeZone) -> RunRow {
    RunRow {
        day: words.date_short(run.day),
        organizations: words.number(run.organizations),
        steps: words.number(run.steps),
        begun: words.date_time(run.begun_at, zone),
        went_on: words.date_time(run.went_on_at, zone),
    }
}
