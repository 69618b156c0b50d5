//! The pane of work that goes on when it is closed: a take-over, its undoing, an upgrade (R138-R140, R161).

use super::life::details_url;
use crate::frame::Frame;
use crate::parts::{Link, Progress};
use crate::web::{PageError, PageResult, Section, Visitor, render};
use app::job::JobDetails;
use askama::Template;
use domain::ids::{JobId, SubscriptionId};
use domain::job::{Job, JobState};
use domain::refusal::Refusal;
use words::Words;

/// While it runs, and what came of it.
#[derive(Template)]
#[template(path = "subscription/progress.html")]
struct ProgressPane {
    frame: Frame,
    words: Words,
    url: String,
    close_url: String,
    again_url: Option<String>,
    work: Option<Progress>,
    /// Tone, icon, title and sentence.
    outcome: Option<(&'static str, &'static str, &'static str, String)>,
    next: Option<Link>,
}

/// What the pane says of its work.
pub(super) struct Told {
    pub product_name: String,
    /// The address of the pane that starts it.
    pub start_url: String,
    /// While it runs: the title, and what is going on.
    pub running: (&'static str, &'static str),
    /// Once it is done: the title, and what is true now.
    pub done: (&'static str, String),
    /// Why nothing was changed.
    pub refused: String,
    /// What came of the same work that was done before, when that is why.
    pub already: Option<(&'static str, String)>,
    /// Where it leads on to, once it is done.
    pub next: Option<Link>,
}

/// The work of this kind on a subscription.
///
/// # Errors
/// Not found, also when the job is of other work or of another subscription.
pub(super) async fn find(visitor: &Visitor, id: SubscriptionId, kind: &str, job: &str) -> Result<Job, PageError> {
    let job: JobId = job.parse().map_err(|_| Refusal::NotFound)?;
    let job = visitor.read(JobDetails(job)).await?;
    if job.kind != kind || !job.payload.contains(&id.to_string()) {
        return Err(Refusal::NotFound.into());
    }
    Ok(job)
}

/// Shows how far the work is, or what came of it.
///
/// # Errors
/// When the database fails.
pub(super) async fn show(visitor: &Visitor, id: SubscriptionId, job: &Job, told: Told) -> PageResult {
    let words = visitor.words;
    let url = format!("{}/{}", told.start_url, job.id);
    let is_over = told.already.is_some();
    let outcome = match job.state {
        JobState::Waiting | JobState::Running => None,
        JobState::Done => Some(("good", "check", told.done.0, told.done.1)),
        JobState::Refused => Some(match told.already {
            Some((title, result)) => ("neutral", "info", title, result),
            None => ("warning", "warning", words.work_stopped(), told.refused),
        }),
        JobState::Parked => Some(("severe", "error", words.work_stopped(), words.internal_error_text().to_owned())),
    };
    let title = outcome.as_ref().map_or(told.running.0, |(_, _, title, _)| *title);
    let mut frame = visitor.frame(Section::YourProducts, title).await?;
    frame.lead = Some(told.product_name);
    let work = outcome.is_none().then(|| Progress {
        done: job.progress_done.unsigned_abs(),
        total: job.progress_total.max(1).unsigned_abs(),
        text: told.running.1.to_owned(),
        time_left: String::new(),
        note: words.progress_goes_on().to_owned(),
        live_url: Some(url.clone()),
    });
    render(&ProgressPane {
        next: told.next.filter(|_| job.state == JobState::Done),
        again_url: (job.state == JobState::Refused && !is_over).then_some(told.start_url),
        close_url: details_url(id),
        url,
        work,
        outcome,
        words,
        frame,
    })
}
