//! Take over what a user bought by self-service (R128-R149).

use crate::web::{ApiError, ApiResult, Client, Id, Nothing, Sent, Written, Wrong, WrongField};
use app::subscription::take_over::{StartTakeOver, TakeOver};
use app::subscription::undo_take_over::StartUndoTakeOver;
use axum::http::StatusCode;
use domain::ids::{JobId, ProductId, SubscriptionId};
use domain::subscription::cancel::CancelReason;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// What becomes of the users: they move, or lose access.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct TakeOverRequest {
    /// The product to whose free licenses they move; this or `reason`.
    #[serde(default)]
    #[schema(value_type = Option<String>)]
    pub move_to: Option<ProductId>,
    /// Why it is canceled; this or `move_to`.
    #[serde(default)]
    #[schema(schema_with = super::super::schema::optional_cancel_reason)]
    pub reason: Option<CancelReason>,
    /// What else there is to say about that.
    #[serde(default)]
    #[schema(required = false)]
    pub feedback: String,
}

/// The work that was started.
#[derive(Debug, Serialize, ToSchema)]
pub struct TakeOverStarted {
    /// The background work: ask for it at `/api/v1/jobs/{job_id}`.
    #[schema(value_type = String, example = "job_01jd55pv3xft7sm2rw5mz4ym31")]
    pub job_id: JobId,
}

impl From<JobId> for TakeOverStarted {
    fn from(job_id: JobId) -> Self {
        Self { job_id }
    }
}

impl TakeOverRequest {
    fn take_over(self) -> ApiResult<TakeOver> {
        let wrong = |field: &str, wrong| Err(ApiError::Fields(vec![WrongField { field: field.to_owned(), wrong }]));
        match (self.move_to, self.reason) {
            (Some(to), None) => Ok(TakeOver::Move { to }),
            (None, Some(reason)) => Ok(TakeOver::Cancel { reason, feedback: self.feedback }),
            (Some(_), Some(_)) => wrong("reason", Wrong::Unknown),
            (None, None) => wrong("move_to", Wrong::Missing),
        }
    }
}

/// Takes over what a user bought by self-service
///
/// Everybody moves to a free license of the organization, or loses access; the subscription is deleted. All or nothing,
/// in the background.
#[utoipa::path(post, path = "/api/v1/subscriptions/{subscription_id}/take-over", tag = "Self-service",
    operation_id = "takeOverSubscription", params(("subscription_id" = String, Path)), request_body = TakeOverRequest,
    responses((status = 202, description = "Started", body = TakeOverStarted)))]
pub(crate) async fn start(
    client: Client,
    Id(subscription_id): Id<SubscriptionId>,
    Sent { body, key }: Sent<TakeOverRequest>,
) -> ApiResult<Written<TakeOverStarted>> {
    client.needs(domain::access::Permission::TakeOver)?;
    let command = StartTakeOver { subscription_id, take_over: body.take_over()? };
    client.write(StatusCode::ACCEPTED, key, command).await
}

/// Undoes a take-over
///
/// The buyer has the subscription again, its people their licenses, and the organization those that it gave them. What
/// came back is charged again. Only as long as the operator's days for it last. All or nothing, in the background.
#[utoipa::path(post, path = "/api/v1/subscriptions/{subscription_id}/undo-take-over", tag = "Self-service",
    operation_id = "undoTakeOver", params(("subscription_id" = String, Path)),
    responses((status = 202, description = "Started", body = TakeOverStarted)))]
pub(crate) async fn undo(
    client: Client,
    Id(subscription_id): Id<SubscriptionId>,
    Sent { key, .. }: Sent<Nothing>,
) -> ApiResult<Written<TakeOverStarted>> {
    client.needs(domain::access::Permission::TakeOver)?;
    client.write(StatusCode::ACCEPTED, key, StartUndoTakeOver(subscription_id)).await
}
