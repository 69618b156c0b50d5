//! Bill runs and dry runs.

use crate::v1::schema::{self, Money};
use crate::web::{ApiResult, Client, Id, QueryOf, Sent, Written};
use app::billing::bill_run::{self, FindDryRun, ListBillRuns, ListDryRuns, StartDryRun};
use axum::Json;
use axum::http::StatusCode;
use domain::billing::forecast::{Forecast, LeftOut};
use domain::ids::{JobId, OrganizationId};
use domain::job::JobState;
use jiff::Timestamp;
use jiff::civil::Date;
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

/// What bill runs did, what is left, and where they fail.
#[derive(Debug, Serialize, ToSchema)]
pub struct BillRuns {
    /// When the calendar last went through everything that was due.
    #[schema(value_type = Option<String>, format = DateTime)]
    pub last_success: Option<Timestamp>,
    /// Organizations in which something is due at this moment.
    pub organizations_due: u64,
    /// How often an organization was brought up to date today.
    pub organizations_done: u64,
    /// A run for each day with a step, the newest first; at most fifty.
    pub runs: Vec<BillRun>,
    /// The day before which older runs are asked for.
    #[schema(value_type = Option<String>, format = Date)]
    pub next_before: Option<Date>,
    /// Where it fails, the longest first; at most a hundred.
    pub failures: Vec<BillRunFailure>,
}

/// What was done on a day.
#[derive(Debug, Serialize, ToSchema)]
pub struct BillRun {
    /// The day, in UTC.
    #[schema(value_type = String, format = Date)]
    pub day: Date,
    /// When its first step was taken.
    #[schema(value_type = String, format = DateTime)]
    pub begun_at: Timestamp,
    /// When its last step so far was taken.
    #[schema(value_type = String, format = DateTime)]
    pub went_on_at: Timestamp,
    /// How often an organization was brought up to date.
    pub organizations: i64,
    /// Subscriptions that went on, charges that were invoiced, invoices that were followed up.
    pub steps: i64,
}

/// An organization in which the run fails; it is tried again every few seconds.
#[derive(Debug, Serialize, ToSchema)]
pub struct BillRunFailure {
    /// Which.
    #[schema(value_type = String, example = "org_01jd55pv3xft7sm2rw5mz4ym31")]
    pub organization_id: OrganizationId,
    /// Its name.
    pub organization_name: String,
    /// Why, the last time.
    pub reason: String,
    /// How often.
    pub attempts: i64,
    /// Since when.
    #[schema(value_type = String, format = DateTime)]
    pub first_at: Timestamp,
    /// The last time.
    #[schema(value_type = String, format = DateTime)]
    pub last_at: Timestamp,
}

/// Which runs.
#[derive(Debug, Default, Deserialize, IntoParams)]
#[serde(default, deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct RunsAsked {
    /// Only runs before this day.
    #[param(value_type = Option<String>, format = Date)]
    pub before: Option<Date>,
}

/// What bill runs did, what is left, and where they fail
#[utoipa::path(get, path = "/api/v1/operator/bill-runs", tag = "Operator", operation_id = "listBillRuns",
    params(RunsAsked), responses((status = 200, description = "The runs", body = BillRuns)))]
pub(crate) async fn list(client: Client, QueryOf(asked): QueryOf<RunsAsked>) -> ApiResult<Json<BillRuns>> {
    let view = client.read(ListBillRuns { before: asked.before }).await?;
    Ok(Json(BillRuns {
        last_success: view.last_success.map(|last| last.succeeded_at),
        organizations_due: view.due,
        organizations_done: view.done(),
        next_before: view.next,
        runs: view.runs.iter().map(run).collect(),
        failures: view.failures.into_iter().map(failure).collect(),
    }))
}

const fn run(of: &bill_run::BillRun) -> BillRun {
    let bill_run::BillRun { day, begun_at, went_on_at, organizations, steps } = *of;
    BillRun { day, begun_at, went_on_at, organizations, steps }
}

fn failure(of: bill_run::BillRunFailure) -> BillRunFailure {
    let bill_run::BillRunFailure { organization_id, organization_name, reason, attempts, first_at, last_at } = of;
    BillRunFailure { organization_id, organization_name, reason, attempts, first_at, last_at }
}

/// A dry run as it stands.
#[derive(Debug, Serialize, ToSchema)]
pub struct DryRun {
    /// Identity.
    #[schema(value_type = String, example = "job_01jd55pv3xft7sm2rw5mz4ym31")]
    pub id: JobId,
    /// Up to and with this day, in the days of each organization.
    #[schema(value_type = String, format = Date)]
    pub through: Date,
    /// Where it stands.
    #[schema(schema_with = schema::job_state)]
    pub state: JobState,
    /// Organizations that are looked through.
    pub progress_done: i64,
    /// Of how many; 0 while that is not known.
    pub progress_total: i64,
    /// Who asked.
    pub asked_by: String,
    /// When.
    #[schema(value_type = String, format = DateTime)]
    pub asked_at: Timestamp,
    /// When it ended.
    #[schema(value_type = Option<String>, format = DateTime)]
    pub finished_at: Option<Timestamp>,
    /// What came of it.
    pub forecast: Option<ForecastOfRun>,
}

/// What bill runs are going to charge.
#[derive(Debug, Serialize, ToSchema)]
pub struct ForecastOfRun {
    /// Organizations in which something is due.
    pub organizations: u64,
    /// Orders of renewals, of trials that become paid, and of plans that change.
    pub orders: u64,
    /// By currency.
    pub sums: Vec<ForecastSum>,
    /// What is left out.
    pub left_out: Vec<LeftOutCount>,
    /// Organizations in which the run is going to fail; at most a hundred.
    pub failures: Vec<ForecastFailure>,
}

/// What is going to be charged in one currency, with tax.
#[derive(Debug, Serialize, ToSchema)]
pub struct ForecastSum {
    /// How many invoices.
    pub invoices: u64,
    /// What they come to.
    pub invoiced: Money,
    /// How many credit notes.
    pub credit_notes: u64,
    /// What they give; not below nothing.
    pub credited: Money,
    /// How many payments are asked for at cards and bank accounts.
    pub payments: u64,
    /// What they come to, before credit that settles a part.
    pub collected: Money,
}

/// What is left out for one reason.
#[derive(Debug, Serialize, ToSchema)]
pub struct LeftOutCount {
    /// Why.
    #[schema(schema_with = schema::left_out)]
    pub reason: LeftOut,
    /// How many subscriptions, invoices or organizations.
    pub count: u64,
}

/// An organization that could not be looked through.
#[derive(Debug, Serialize, ToSchema)]
pub struct ForecastFailure {
    /// Which.
    #[schema(value_type = String, example = "org_01jd55pv3xft7sm2rw5mz4ym31")]
    pub organization_id: OrganizationId,
    /// Why.
    pub reason: String,
}

impl From<Forecast> for ForecastOfRun {
    fn from(forecast: Forecast) -> Self {
        let sum = |sum: domain::billing::forecast::ForecastSum| {
            let money = |minor| Money { minor, currency: sum.currency };
            ForecastSum {
                invoices: sum.invoices,
                invoiced: money(sum.invoiced),
                credit_notes: sum.credit_notes,
                credited: money(sum.credited),
                payments: sum.payments,
                collected: money(sum.collected),
            }
        };
        let failure = |(organization_id, reason)| ForecastFailure { organization_id, reason };
        Self {
            organizations: forecast.organizations,
            orders: forecast.orders,
            sums: forecast.sums.into_iter().map(sum).collect(),
            left_out: forecast.left_out.into_iter().map(|(reason, count)| LeftOutCount { reason, count }).collect(),
            failures: forecast.failed.into_iter().map(failure).collect(),
        }
    }
}

impl From<bill_run::DryRun> for DryRun {
    fn from(run: bill_run::DryRun) -> Self {
        Self {
            id: run.id,
            through: run.through,
            state: run.state,
            progress_done: run.done,
            progress_total: run.total,
            asked_by: run.asked_by,
            asked_at: run.asked_at,
            finished_at: run.finished_at,
            forecast: run.forecast.map(ForecastOfRun::from),
        }
    }
}

/// Dry runs, the newest first; at most fifty
#[utoipa::path(get, path = "/api/v1/operator/dry-runs", tag = "Operator", operation_id = "listDryRuns",
    responses((status = 200, description = "The dry runs", body = Vec<DryRun>)))]
pub(crate) async fn dry_runs(client: Client) -> ApiResult<Json<Vec<DryRun>>> {
    Ok(Json(client.read(ListDryRuns).await?.into_iter().map(DryRun::from).collect()))
}

/// A dry run as it stands
///
/// Ask again every second or so until `state` is `done`, `refused` or `parked`.
#[utoipa::path(get, path = "/api/v1/operator/dry-runs/{dry_run_id}", tag = "Operator", operation_id = "getDryRun",
    params(("dry_run_id" = String, Path)), responses((status = 200, description = "The dry run", body = DryRun)))]
pub(crate) async fn dry_run(client: Client, Id(id): Id<JobId>) -> ApiResult<Json<DryRun>> {
    Ok(Json(client.read(FindDryRun(id)).await?.run.into()))
}

/// How far a dry run looks.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct DryRunWanted {
    /// Up to and with this day: from today on, at most a year ahead.
    #[schema(value_type = String, format = Date, example = "2021-01-15")]
    pub through: Date,
}

/// The dry run that was started.
#[derive(Debug, Serialize, ToSchema)]
pub struct DryRunStarted {
    /// Ask for it at `/api/v1/operator/dry-runs/{dry_run_id}`.
    #[schema(value_type = String, example = "job_01jd55pv3xft7sm2rw5mz4ym31")]
    pub dry_run_id: JobId,
}

impl From<JobId> for DryRunStarted {
    fn from(dry_run_id: JobId) -> Self {
        Self { dry_run_id }
    }
}

/// Starts a dry run
///
/// It computes in the background what bill runs up to a day are going to charge, as the run itself does, and writes
/// nothing.
#[utoipa::path(post, path = "/api/v1/operator/dry-runs", tag = "Operator", operation_id = "startDryRun",
    request_body = DryRunWanted, responses((status = 202, description = "Started", body = DryRunStarted)))]
pub(crate) async fn start(client: Client, Sent { body, key }: Sent<DryRunWanted>) -> ApiResult<Written<DryRunStarted>> {
    client.write(StatusCode::ACCEPTED, key, StartDryRun { through: body.through }).await
}
