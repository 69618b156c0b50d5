//! Add a person (R72).

use super::UserFacts;
use crate::web::{ApiResult, Client, Sent, Written};
use app::user::add::AddUser;
use axum::http::StatusCode;
use domain::ids::UserId;
use serde::Serialize;
use utoipa::ToSchema;

/// A person who was added.
#[derive(Debug, Serialize, ToSchema)]
pub struct AddedUser {
    /// Identity.
    #[schema(value_type = String, example = "usr_01jd55pv3xft7sm2rw5mz4ym31")]
    pub id: UserId,
}

impl From<UserId> for AddedUser {
    fn from(id: UserId) -> Self {
        Self { id }
    }
}

/// Adds a person
///
/// Without roles and password: those are given by people, not by programs.
#[utoipa::path(post, path = "/api/v1/users", tag = "Users", operation_id = "addUser", request_body = UserFacts,
    responses((status = 201, description = "Added", body = AddedUser)))]
pub(crate) async fn add(client: Client, Sent { body, key }: Sent<UserFacts>) -> ApiResult<Written<AddedUser>> {
    let command = AddUser::prepare(&body.into(), Vec::new(), "", Vec::new())?;
    client.write(StatusCode::CREATED, key, command).await
}
