//! Whether Billing admins assign licenses (D22).

use crate::v1::user::Done;
use crate::web::{ApiResult, Client, Sent, Written};
use app::license::assigners::{DoBillingAdminsAssign, LetBillingAdminsAssign};
use axum::Json;
use axum::http::StatusCode;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// Who assigns licenses besides Global admins, License admins and User admins.
#[derive(Debug, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Assigners {
    /// Whether Billing admins do.
    pub billing_admins: bool,
}

/// Who assigns licenses
#[utoipa::path(get, path = "/api/v1/license-assigners", tag = "Licenses", operation_id = "getLicenseAssigners",
    responses((status = 200, description = "What the organization decided", body = Assigners)))]
pub(crate) async fn read(client: Client) -> ApiResult<Json<Assigners>> {
    Ok(Json(Assigners { billing_admins: client.read(DoBillingAdminsAssign).await? }))
}

/// Lets Billing admins assign licenses, or no longer
///
/// What they assigned stays.
#[utoipa::path(put, path = "/api/v1/license-assigners", tag = "Licenses", operation_id = "setLicenseAssigners",
    request_body = Assigners, responses((status = 204, description = "Decided")))]
pub(crate) async fn set(client: Client, Sent { body, key }: Sent<Assigners>) -> ApiResult<Written<Done>> {
    client.write(StatusCode::NO_CONTENT, key, LetBillingAdminsAssign { is_on: body.billing_admins }).await
}
