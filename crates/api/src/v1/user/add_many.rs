//! Add many people from a CSV file (R72): all rows are checked first, then all are added in the background.

use crate::web::{ApiError, ApiResult, Client, CsvFile, Wrong, WrongField};
use app::user::add_many::{AddUsers, CheckPeopleFile, KeepPeopleFile};
use axum::Json;
use axum::http::StatusCode;
use axum::http::header::LOCATION;
use axum::response::{IntoResponse, Response};
use domain::access::Permission;
use domain::ids::JobId;
use domain::user::add_many::WrongRow;
use serde::Serialize;
use utoipa::ToSchema;

/// Wrong fields that one answer names; the rest shows when these are right.
const WRONG_SHOWN: usize = 1_000;

/// The work that adds the people.
#[derive(Debug, Serialize, ToSchema)]
pub struct Started {
    /// The background work: ask for it at `/api/v1/jobs/{job_id}`.
    #[schema(value_type = String, example = "job_01jd55pv3xft7sm2rw5mz4ym31")]
    pub job_id: JobId,
    /// How many people the file has.
    pub people: usize,
}

/// Adds many people from a CSV file
///
/// A header and the columns display name, e-mail address, department, usage location and guest. When a row is wrong
/// nobody is added, and `fields` names each wrong field by its line, such as `line 12: email`.
#[utoipa::path(post, path = "/api/v1/users/import", tag = "Users", operation_id = "addUsers",
    request_body(content = String, content_type = "text/csv"),
    responses((status = 202, description = "Every row is right; the people are being added", body = Started)))]
pub(crate) async fn add_many(client: Client, CsvFile { bytes, key }: CsvFile) -> ApiResult<Response> {
    client.needs(Permission::ManageUsers)?;
    let file = KeepPeopleFile::prepare("api.csv", &bytes)?;
    let upload = client.once(key.as_ref().map(|key| key.part("keep")), file).await?;
    let checked = client.read(CheckPeopleFile(upload)).await?;
    if checked.job.is_none() && !checked.file.wrong.is_empty() {
        return Err(ApiError::Fields(checked.file.wrong.iter().flat_map(wrong_fields).take(WRONG_SHOWN).collect()));
    }
    let people = checked.file.row_count();
    let job_id = client.once(key.as_ref().map(|key| key.part("start")), AddUsers(upload)).await?;
    let location = [(LOCATION, format!("/api/v1/jobs/{job_id}"))];
    Ok((StatusCode::ACCEPTED, location, Json(Started { job_id, people })).into_response())
}

fn wrong_fields(row: &WrongRow) -> impl Iterator<Item = WrongField> {
    row.refusals.iter().map(|wrong| WrongField {
        field: format!("line {}: {}", row.line, wrong.field),
        wrong: Wrong::Refused(wrong.refusal.clone()),
    })
}
