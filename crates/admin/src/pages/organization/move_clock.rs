//! The clock of a sandbox: what day it is there, and how to let time pass (D30).

use crate::frame::Frame;
use crate::parts::{FieldErrors, Progress};
use crate::web::{Form, PageError, PageResult, Section, Visitor, redirect, render, render_refused};
use app::Failure;
use app::job::JobDetails;
use app::organization::move_clock::MoveClock;
use askama::Template;
use axum::extract::Query;
use axum::response::Response;
use domain::ids::JobId;
use domain::job::{Job, JobState};
use domain::refusal::{Field, Refusal};
use jiff::ToSpan;
use jiff::civil::Date;
use serde::Deserialize;
use words::Words;

/// Where the page is.
const URL: &str = "/settings/clock";

#[derive(Deserialize, Default)]
#[serde(default)]
pub(super) struct Asked {
    job: String,
}

#[derive(Template)]
#[template(path = "organization/clock.html")]
struct ClockPage {
    frame: Frame,
    words: Words,
    url: String,
    today: String,
    day: String,
    errors: FieldErrors,
    /// Why there is nothing to move.
    closed: Option<String>,
    work: Option<Progress>,
    outcome: Option<(&'static str, &'static str, String)>,
}

pub(super) async fn page(visitor: Visitor, Query(asked): Query<Asked>) -> PageResult {
    let mut page = clock_page(&visitor, String::new(), FieldErrors::none()).await?;
    if let Ok(id) = asked.job.parse::<JobId>() {
        let job = visitor.read(JobDetails(id)).await?;
        page.url = format!("{URL}?job={id}");
        (page.work, page.outcome) = (progress(visitor.words, &job, &page.url), outcome(visitor.words, &job));
    }
    render(&page)
}

pub(super) async fn submit(visitor: Visitor, form: Form) -> PageResult {
    match move_clock(&visitor, &form).await {
        Ok(response) => Ok(response),
        Err(PageError(failure)) => {
            let failure = at_day(failure);
            let errors = FieldErrors::of(visitor.words, &failure)?;
            let day = form.text(Field::Day.code()).to_owned();
            render_refused(&failure, &clock_page(&visitor, day, errors).await?)
        }
    }
}

async fn move_clock(visitor: &Visitor, form: &Form) -> Result<Response, PageError> {
    let frame = visitor.frame(Section::Clock, visitor.words.organization_clock()).await?;
    let today = frame.clock.ok_or(Refusal::NotASandbox)?;
    let to = match form.text("by") {
        "day" => today.saturating_add(1.day()),
        "month" => today.saturating_add(1.month()),
        "year" => today.saturating_add(1.year()),
        _ => day(form.text(Field::Day.code()))?,
    };
    let job = visitor.write(MoveClock { to }).await?;
    Ok(redirect(&format!("{URL}?job={job}")))
}

fn day(text: &str) -> Result<Date, Refusal> {
    match text.trim() {
        "" => Err(Refusal::Required),
        text => text.parse().map_err(|_| Refusal::NotADate),
    }
}

/// What is wrong with the day is said at the day.
fn at_day(failure: Failure) -> Failure {
    match failure {
        Failure::Refused(refusal @ (Refusal::Required | Refusal::NotADate | Refusal::ClockGoesForward { .. })) => {
            refusal.at(Field::Day).into()
        }
        other => other,
    }
}

async fn clock_page(visitor: &Visitor, day: String, errors: FieldErrors) -> Result<ClockPage, PageError> {
    let words = visitor.words;
    let mut frame = visitor.frame(Section::Clock, words.organization_clock()).await?;
    frame.lead = Some(words.clock_purpose().to_owned());
    Ok(ClockPage {
        today: frame.clock.map(|today| words.sandbox_clock(today)).unwrap_or_default(),
        closed: frame.clock.is_none().then(|| words.refusal(&Refusal::NotASandbox).to_string()),
        url: URL.to_owned(),
        frame,
        words,
        day,
        errors,
        work: None,
        outcome: None,
    })
}

fn progress(words: Words, job: &Job, url: &str) -> Option<Progress> {
    (!job.state.is_over()).then(|| Progress {
        done: job.progress_done.unsigned_abs(),
        total: job.progress_total.max(1).unsigned_abs(),
        text: words.clock_days_passed(job.progress_done, job.progress_total),
        time_left: String::new(),
        note: words.progress_safe_to_leave().to_owned(),
        live_url: Some(url.to_owned()),
    })
}

/// Hue, icon and sentence of what came of it, when it is over.
fn outcome(words: Words, job: &Job) -> Option<(&'static str, &'static str, String)> {
    match job.state {
        JobState::Waiting | JobState::Running => None,
        JobState::Done => Some(("good", "check", words.clock_was_moved().to_owned())),
        JobState::Refused | JobState::Parked => Some(("severe", "error", words.internal_error_text().to_owned())),
    }
}
