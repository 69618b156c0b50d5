//! `zetel bill-run`: what bill runs did and are going to do. It only looks.

use super::{FIRST_OPERATOR, Outcome, day, operator, say, words};
use crate::house::{Database, House};
use app::billing::bill_run::{BillRunsView, ListBillRuns, foresee_now};
use clap::{Args, Subcommand, ValueEnum};
use domain::billing::forecast::Forecast;
use domain::money::Money;
use jiff::civil::Date;
use serde_json::json;
use words::Words;

/// See what bill runs did and are going to charge. It only looks.
#[derive(Args)]
pub struct BillRun {
    #[command(subcommand)]
    what: What,
}

#[derive(Subcommand)]
enum What {
    /// Compute what is going to be charged up to a day, as the run itself does, and write nothing.
    DryRun(DryRun),
    /// What was done on the last days, what is due, and where it fails.
    Show(Show),
}

#[derive(Args)]
struct DryRun {
    #[command(flatten)]
    database: Database,
    /// Up to and with this day, as YYYY-MM-DD; today when it is left out, at most a year ahead.
    #[arg(long, value_parser = day)]
    through: Option<Date>,
    /// How to write it.
    #[arg(long, value_enum, default_value_t = Output::Table)]
    output: Output,
}

#[derive(Args)]
struct Show {
    #[command(flatten)]
    database: Database,
    /// How to write it.
    #[arg(long, value_enum, default_value_t = Output::Table)]
    output: Output,
}

/// How something is written.
#[derive(Clone, Copy, ValueEnum)]
enum Output {
    /// Lines for people.
    Table,
    /// An object for programs.
    Json,
}

impl BillRun {
    /// Runs what was asked.
    pub fn run(self) -> Outcome {
        match self.what {
            What::DryRun(dry_run) => dry_run.run(),
            What::Show(show) => show.run(),
        }
    }
}

impl DryRun {
    fn run(self) -> Outcome {
        let (house, id) = open(&self.database)?;
        let foreseen = foresee_now(&house.app, &operator(), id, self.through).map_err(|failure| say(&failure))?;
        let (through, forecast) = foreseen;
        match self.output {
            Output::Json => out!("{}", json!({ "through": through, "forecast": forecast })),
            Output::Table => lines(words(), through, &forecast).iter().for_each(|line| out!("{line}")),
        }
        Ok(())
    }
}

impl Show {
    fn run(self) -> Outcome {
        let (house, id) = open(&self.database)?;
        let view = house.app.read(&operator(), id, &ListBillRuns::default()).map_err(|failure| say(&failure))?;
        match self.output {
            Output::Json => out!("{}", as_json(&view)),
            Output::Table => progress_lines(words(), &view).iter().for_each(|line| out!("{line}")),
        }
        Ok(())
    }
}

fn open(database: &Database) -> Result<(House, domain::ids::OrganizationId), Box<dyn std::error::Error>> {
    let house = House::existing(database)?;
    let id = app::setup::operator_organization(&house.app)?.ok_or_else(|| words().cli_no_operator(FIRST_OPERATOR))?;
    Ok((house, id))
}

fn lines(words: Words, through: Date, forecast: &Forecast) -> Vec<String> {
    let count = |count: u64| i64::try_from(count).unwrap_or(i64::MAX);
    let mut lines = vec![words.dry_run_titled(&words.date(through))];
    if forecast.sums.is_empty() {
        lines.push(words.dry_run_nothing().to_owned());
    }
    lines.push(format!("{}: {}", words.organizations(), words.number(count(forecast.organizations))));
    lines.push(format!("{}: {}", words.dry_run_orders(), words.number(count(forecast.orders))));
    for sum in &forecast.sums {
        let money = |minor| words.money(Money::new(minor, sum.currency));
        lines.push(format!("{} {}", words.dry_run_invoices(count(sum.invoices)), money(sum.invoiced)));
        lines.push(format!("{} {}", words.dry_run_credit_notes(count(sum.credit_notes)), money(sum.credited)));
        lines.push(format!("{} {}", words.dry_run_payments(count(sum.payments)), money(sum.collected)));
    }
    for (why, number) in &forecast.left_out {
        lines.push(format!("{}: {}", words.left_out_name(*why), words.number(count(*number))));
    }
    lines.extend(forecast.failed.iter().map(|(id, reason)| format!("{}: {id}: {reason}", words.dry_run_failures())));
    lines
}

fn progress_lines(words: Words, view: &BillRunsView) -> Vec<String> {
    let (done, due) = (view.done(), view.due);
    let now = match (i64::try_from(done), i64::try_from(done + due)) {
        (Ok(done), Ok(total)) if due > 0 => words.bill_run_progress(done, total),
        _ => words.bill_run_nothing_due().to_owned(),
    };
    let last = view.last_success.map_or_else(|| words.none().to_owned(), |last| last.succeeded_at.to_string());
    let run = |run: &app::billing::bill_run::BillRun| {
        let (organizations, steps) = (words.organizations(), words.bill_run_steps());
        format!("{}  {organizations}: {}  {steps}: {}", run.day, run.organizations, run.steps)
    };
    let failure = |failure: &app::billing::bill_run::BillRunFailure| {
        let (name, attempts) = (&failure.organization_name, words.job_attempts(failure.attempts));
        format!("{}: {name}: {} ({attempts})", words.bill_run_failures(), failure.reason)
    };
    let head = [now, format!("{}: {last}", words.last_bill_run())];
    head.into_iter().chain(view.failures.iter().map(failure)).chain(view.runs.iter().map(run)).collect()
}

fn as_json(view: &BillRunsView) -> serde_json::Value {
    let runs: Vec<_> = view
        .runs
        .iter()
        .map(|run| json!({ "day": run.day, "organizations": run.organizations, "steps": run.steps }))
        .collect();
    let failure = |failure: &app::billing::bill_run::BillRunFailure| {
        json!({
            "organization_id": failure.organization_id,
            "organization_name": failure.organization_name,
            "reason": failure.reason,
            "attempts": failure.attempts,
        })
    };
    json!({
        "last_success": view.last_success.map(|last| last.succeeded_at),
        "organizations_due": view.due,
        "organizations_done": view.done(),
        "failures": view.failures.iter().map(failure).collect::<Vec<_>>(),
        "runs": runs,
    })
}
