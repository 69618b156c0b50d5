//! What waits, what runs, what is parked and what was done, of every organization.

use crate::frame::Frame;
use crate::parts::{Paging, Progress, Status, Tab};
use crate::web::{Done, Form, PageResult, Section, Visitor, notice_and_redirect, render};
use app::job::{JobPage, ListJobs, ResumeJob};
use askama::Template;
use axum::extract::Query;
use domain::ids::{JobId, OrganizationId};
use domain::job::{Job, JobState};
use domain::limits::PAGE_ROWS;
use domain::refusal::Refusal;
use jiff::tz::TimeZone;
use serde::Deserialize;
use words::Words;

/// The order in which the states are shown.
const STATES: [JobState; 5] =
    [JobState::Parked, JobState::Running, JobState::Waiting, JobState::Done, JobState::Refused];

#[derive(Deserialize, Default)]
#[serde(default)]
pub(super) struct Asked {
    state: String,
    before: String,
}

struct RowView {
    id: String,
    organization_id: String,
    organization: String,
    organization_url: String,
    kind: String,
    status: Status,
    progress: Option<Progress>,
    attempts: String,
    when_label: &'static str,
    when: String,
    error: String,
    is_parked: bool,
}

#[derive(Template)]
#[template(path = "job/list.html")]
struct ListPage {
    frame: Frame,
    words: Words,
    tabs: Vec<Tab>,
    rows: Vec<RowView>,
    paging: Paging,
    live_url: Option<String>,
    parked_means: bool,
}

pub(super) async fn page(visitor: Visitor, Query(asked): Query<Asked>) -> PageResult {
    let words = visitor.words;
    let counted = ListJobs { state: JobState::Parked, before: None, limit: 1 };
    let state = match JobState::from_code(&asked.state) {
        Some(state) => state,
        // Nothing was asked: what needs help first, or else what is going on.
        None if visitor.read(counted).await?.rows.is_empty() => JobState::Running,
        None => JobState::Parked,
    };
    let found = visitor.read(ListJobs { state, before: asked.before.parse().ok(), limit: PAGE_ROWS }).await?;
    let mut frame = visitor.frame(Section::Jobs, words.background_work()).await?;
    frame.lead = Some(words.background_work_purpose().to_owned());
    let url = |state: JobState| format!("{}?state={}", Section::Jobs.url(), state.code());
    let is_alive = asked.before.is_empty() && matches!(state, JobState::Running | JobState::Waiting);
    render(&ListPage {
        tabs: STATES.iter().map(|of| Tab::new(tab_label(words, *of, &found), url(*of), *of == state)).collect(),
        rows: found.rows.iter().map(|job| row_view(words, job, &found)).collect(),
        paging: Paging {
            previous: (!asked.before.is_empty()).then(|| url(state)),
            next: found.next.map(|last| format!("{}&before={last}", url(state))),
        },
        live_url: is_alive.then(|| url(state)),
        parked_means: state == JobState::Parked && !found.rows.is_empty(),
        words,
        frame,
    })
}

fn tab_label(words: Words, state: JobState, found: &JobPage) -> String {
    let count = found.counts.iter().find(|(of, _)| *of == state).map_or(0, |(_, count)| *count);
    let label = state_word(words, state);
    if count > 0 { format!("{label} ({})", words.number(count)) } else { label.to_owned() }
}

const fn state_word(words: Words, state: JobState) -> &'static str {
    match state {
        JobState::Waiting => words.jobs_waiting(),
        JobState::Running => words.jobs_running(),
        JobState::Done => words.jobs_done(),
        JobState::Refused => words.jobs_refused(),
        JobState::Parked => words.jobs_parked(),
    }
}

fn row_view(words: Words, job: &Job, found: &JobPage) -> RowView {
    let word = state_word(words, job.state);
    let (when_label, at) = match job.state {
        JobState::Waiting => (words.job_next_attempt(), job.due_at),
        JobState::Running => (words.job_since(), job.created_at),
        _ => (words.job_finished_at(), job.finished_at.unwrap_or(job.created_at)),
    };
    let progress = (job.progress_total > 0).then(|| Progress {
        done: job.progress_done.unsigned_abs(),
        total: job.progress_total.unsigned_abs(),
        text: words.progress_of(job.progress_done, job.progress_total),
        time_left: String::new(),
        note: String::new(),
        live_url: None,
    });
    RowView {
        id: job.id.to_string(),
        organization_id: job.organization_id.to_string(),
        organization: found.organizations.get(&job.organization_id).cloned().unwrap_or_default(),
        organization_url: format!("{}/{}", Section::Organizations.url(), job.organization_id),
        kind: words.job_kind_name(&job.kind).map_or_else(|| job.kind.clone(), str::to_owned),
        status: match job.state {
            JobState::Waiting => Status::neutral(word).icon("clock"),
            JobState::Running => Status::neutral(word).icon("jobs"),
            JobState::Done => Status::good(word),
            JobState::Refused => Status::warning(word),
            JobState::Parked => Status::severe(word),
        },
        progress,
        attempts: words.job_attempts(i64::from(job.attempts)),
        when_label,
        when: words.date_time_with_zone(at, &TimeZone::UTC),
        error: job.error.clone().unwrap_or_default(),
        is_parked: job.state == JobState::Parked,
    }
}

pub(super) async fn resume(visitor: Visitor, form: Form) -> PageResult {
    let organization: OrganizationId = form.text("organization").parse().map_err(|_| Refusal::NotFound)?;
    let id: JobId = form.text("job").parse().map_err(|_| Refusal::NotFound)?;
    visitor.write_for(organization, ResumeJob(id)).await?;
    let waiting = format!("{}?state={}", Section::Jobs.url(), JobState::Waiting.code());
    Ok(notice_and_redirect(&Done::JobResumed {}, &waiting))
}
