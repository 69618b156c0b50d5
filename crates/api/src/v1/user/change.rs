//! Change facts about a person.

use super::{Done, UserFacts};
use crate::web::{ApiResult, Client, Id, IfMatch, Sent, Written};
use app::user::change::ChangeUser;
use axum::http::StatusCode;
use domain::ids::UserId;

/// Replaces the facts about a person
///
/// What is left out is empty afterwards.
#[utoipa::path(put, path = "/api/v1/users/{user_id}", tag = "Users", operation_id = "changeUser",
    params(("user_id" = String, Path),
    ("If-Match" = Option<String>, Header, description = "The revision in quotes; refused when it has changed.")),
    request_body = UserFacts,
    responses((status = 204, description = "Changed")))]
pub(crate) async fn change(
    client: Client,
    Id(user_id): Id<UserId>,
    IfMatch(expected_revision): IfMatch,
    Sent { body, key }: Sent<UserFacts>,
) -> ApiResult<Written<Done>> {
    client.write(StatusCode::NO_CONTENT, key, ChangeUser { user_id, draft: body.into(), expected_revision }).await
}
