//! Take licenses of a product back (R31-R32).

use crate::web::{ApiResult, Client, Id, Ids, Nothing, Sent, Written};
use app::license::unassign::UnassignLicenses;
use axum::http::StatusCode;
use domain::ids::{ProductId, UserId};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// Who loses the license.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Unassign {
    /// One to twenty people; somebody who is named twice counts once.
    #[schema(value_type = Vec<String>, example = json!(["usr_01jd55pv3xft7sm2rw5mz4ym31"]))]
    pub users: Vec<UserId>,
}

/// Licenses that are free again.
#[derive(Debug, Serialize, ToSchema)]
pub struct Unassigned {
    /// How many.
    pub unassigned: usize,
}

impl From<usize> for Unassigned {
    fn from(unassigned: usize) -> Self {
        Self { unassigned }
    }
}

/// Takes licenses of a product back
///
/// From all of these people or from nobody.
#[utoipa::path(post, path = "/api/v1/products/{product_id}/licenses/unassign", tag = "Licenses",
    operation_id = "unassignLicenses", params(("product_id" = String, Path)), request_body = Unassign,
    responses((status = 200, description = "Unassigned", body = Unassigned)))]
pub(crate) async fn unassign(
    client: Client,
    Id(product_id): Id<ProductId>,
    Sent { body, key }: Sent<Unassign>,
) -> ApiResult<Written<Unassigned>> {
    client.write(StatusCode::OK, key, UnassignLicenses { product_id, users: body.users }).await
}

/// Takes one person's license of a product back
#[utoipa::path(delete, path = "/api/v1/users/{user_id}/licenses/{product_id}", tag = "Licenses",
    operation_id = "unassignLicense", params(("user_id" = String, Path), ("product_id" = String, Path)),
    responses((status = 204, description = "Unassigned")))]
pub(crate) async fn unassign_one(
    client: Client,
    Ids(user_id, product_id): Ids<UserId, ProductId>,
    Sent { key, .. }: Sent<Nothing>,
) -> ApiResult<Written<Unassigned>> {
    client.write(StatusCode::NO_CONTENT, key, UnassignLicenses { product_id, users: vec![user_id] }).await
}
