//! Background work as its starter sees it.

use super::schema;
use crate::web::{Access, ApiResult, Client, Id, Routes};
use app::job::JobDetails;
use axum::Json;
use domain::access::Permission;
use domain::ids::JobId;
use domain::job::JobState;
use jiff::Timestamp;
use serde::Serialize;
use serde_json::Value;
use utoipa::ToSchema;

pub(super) fn routes() -> Routes {
    Routes::default().get("/api/v1/jobs/{job_id}", Access::Needs(Permission::ReadJobs), details)
}

/// A piece of background work.
#[derive(Debug, Serialize, ToSchema)]
pub struct Job {
    /// Identity.
    #[schema(value_type = String, example = "job_01jd55pv3xft7sm2rw5mz4ym31")]
    pub id: JobId,
    /// The stable name of what is done.
    #[schema(example = "assign_many")]
    pub kind: String,
    /// Where it stands.
    #[schema(schema_with = schema::job_state)]
    pub state: JobState,
    /// Whether it is over, one way or the other.
    pub is_over: bool,
    /// How far it is.
    pub progress_done: i64,
    /// How much there is to do; 0 when that is not known yet.
    pub progress_total: i64,
    /// What came of it; its form depends on the kind.
    #[schema(value_type = Object)]
    pub result: Option<Value>,
    /// Why it was refused: a code of a problem.
    pub error: Option<String>,
    /// When it was asked for.
    #[schema(value_type = String, format = DateTime)]
    pub created_at: Timestamp,
    /// When it was over.
    #[schema(value_type = Option<String>, format = DateTime)]
    pub finished_at: Option<Timestamp>,
}

/// How a piece of background work stands
///
/// Ask again every second or so until `is_over`.
#[utoipa::path(get, path = "/api/v1/jobs/{job_id}", tag = "Background work", operation_id = "getJob",
    params(("job_id" = String, Path)), responses((status = 200, description = "The work", body = Job)))]
pub(crate) async fn details(client: Client, Id(id): Id<JobId>) -> ApiResult<Json<Job>> {
    let found = client.read(JobDetails(id)).await?;
    Ok(Json(Job {
        id: found.id,
        kind: found.kind,
        state: found.state,
        is_over: found.state.is_over(),
        progress_done: found.progress_done,
        progress_total: found.progress_total,
        result: found.result.and_then(|result| serde_json::from_str(&result).ok()),
        // A text about a fault is for the operator; its starter reads only refusals.
        error: found.error.filter(|_| found.state == JobState::Refused),
        created_at: found.created_at,
        finished_at: found.finished_at,
    }))
}
