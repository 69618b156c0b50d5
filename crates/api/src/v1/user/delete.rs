//! Delete a person: the licenses are free at once (domain 2.1).

use crate::web::{ApiResult, Client, Id, Nothing, Sent, Written};
use app::user::administer::{DeleteUser, UserWasDeleted};
use axum::http::StatusCode;
use domain::ids::UserId;
use serde::Serialize;
use utoipa::ToSchema;

/// A person who was deleted.
#[derive(Debug, Serialize, ToSchema)]
pub struct DeletedUser {
    /// How many licenses became free.
    pub licenses_freed: u32,
}

impl From<UserWasDeleted> for DeletedUser {
    fn from(deleted: UserWasDeleted) -> Self {
        Self { licenses_freed: deleted.licenses_freed }
    }
}

/// Deletes a person
///
/// The person's licenses are free at once.
#[utoipa::path(delete, path = "/api/v1/users/{user_id}", tag = "Users", operation_id = "deleteUser",
    params(("user_id" = String, Path)), responses((status = 200, description = "Deleted", body = DeletedUser)))]
pub(crate) async fn delete(
    client: Client,
    Id(id): Id<UserId>,
    Sent { key, .. }: Sent<Nothing>,
) -> ApiResult<Written<DeletedUser>> {
    client.write(StatusCode::OK, key, DeleteUser(id)).await
}
