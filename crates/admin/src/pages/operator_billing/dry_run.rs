//! A dry run: how far it is, and what came of it.

use super::bill_runs::{URL, dry_run_url};
use crate::frame::Frame;
use crate::parts::{Link, Progress};
use crate::web::{PageResult, Section, Visitor, render};
use app::billing::bill_run::{DryRun, DryRunView, FindDryRun};
use askama::Template;
use axum::extract::Path;
use domain::billing::forecast::{Forecast, ForecastSum};
use domain::ids::{JobId, OrganizationId};
use domain::job::JobState;
use domain::money::Money;
use domain::refusal::Refusal;
use std::collections::BTreeMap;
use words::Words;

#[derive(Template)]
#[template(path = "operator_billing/dry_run.html")]
struct DryRunPage {
    frame: Frame,
    words: Words,
    url: String,
    work: Option<Progress>,
    outcome: Option<Outcome>,
    error: String,
}

struct Outcome {
    organizations: String,
    orders: String,
    sums: Vec<SumRow>,
    left_out: Vec<(&'static str, String)>,
    /// Where the organization is, its name, and why.
    failed: Vec<(String, String, String)>,
}

struct SumRow {
    currency: &'static str,
    invoices: String,
    invoiced: String,
    credit_notes: String,
    credited: String,
    payments: String,
    collected: String,
}

pub(super) async fn page(visitor: Visitor, Path(id): Path<String>) -> PageResult {
    let words = visitor.words;
    let id: JobId = id.parse().map_err(|_| Refusal::NotFound)?;
    let DryRunView { run, organizations } = visitor.read(FindDryRun(id)).await?;
    let mut frame = visitor.frame(Section::OperatorBilling, words.dry_run_titled(&words.date(run.through))).await?;
    frame.lead = Some(words.dry_run_purpose().to_owned());
    frame.breadcrumbs.push(Link::new(words.bill_runs(), URL));
    render(&DryRunPage {
        work: progress(words, &run),
        outcome: run.forecast.as_ref().map(|forecast| outcome(words, forecast, &organizations)),
        error: words.internal_error_text().to_owned(),
        url: dry_run_url(id),
        words,
        frame,
    })
}

fn progress(words: Words, run: &DryRun) -> Option<Progress> {
    let is_over = !matches!(run.state, JobState::Waiting | JobState::Running);
    (!is_over).then(|| Progress {
        done: run.done.unsigned_abs(),
        total: run.total.max(1).unsigned_abs(),
        text: match run.total {
            0 => words.progress_starting().to_owned(),
            total => words.progress_of(run.done, total),
        },
        time_left: String::new(),
        note: words.progress_safe_to_leave().to_owned(),
        live_url: Some(dry_run_url(run.id)),
    })
}

fn outcome(words: Words, forecast: &Forecast, organizations: &BTreeMap<OrganizationId, String>) -> Outcome {
    let failed = forecast.failed.iter().map(|(id, reason)| {
        let url = format!("{}/{id}", Section::Organizations.url());
        (url, organizations.get(id).cloned().unwrap_or_default(), reason.clone())
    });
    let left_out = forecast.left_out.iter().map(|(why, count)| (words.left_out_name(*why), number(words, *count)));
    Outcome {
        organizations: number(words, forecast.organizations),
        orders: number(words, forecast.orders),
        sums: forecast.sums.iter().map(|sum| sum_row(words, sum)).collect(),
        left_out: left_out.collect(),
        failed: failed.collect(),
    }
}

fn number(words: Words, count: u64) -> String {
    words.number(i64::try_from(count).unwrap_or(i64::MAX))
}

fn sum_row(words: Words, sum: &ForecastSum) -> SumRow {
    let money = |minor| words.money(Money::new(minor, sum.currency));
    let count = |count| i64::try_from(count).unwrap_or(i64::MAX);
    SumRow {
        currency: sum.currency.code(),
        invoices: words.dry_run_invoices(count(sum.invoices)),
        invoiced: money(sum.invoiced),
        credit_notes: words.dry_run_credit_notes(count(sum.credit_notes)),
        credited: money(sum.credited),
        payments: words.dry_run_payments(count(sum.payments)),
        collected: money(sum.collected),
    }
}
