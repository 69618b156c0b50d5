//! Replace licenses of up to twenty people (domain 1.11, R162).

use crate::web::{ApiResult, Client, Sent, Written};
use app::license::replace::{ReplaceLicenses, Replaced};
use axum::http::StatusCode;
use domain::ids::{ProductId, UserId};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// Who has which products afterwards.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Replace {
    /// One to twenty people.
    #[schema(value_type = Vec<String>, example = json!(["usr_01jd55pv3xft7sm2rw5mz4ym31"]))]
    pub users: Vec<UserId>,
    /// The products that they have afterwards.
    #[schema(value_type = Vec<String>, example = json!(["prd_01jd55pv3xft7sm2rw5mz4ym31"]))]
    pub products: Vec<ProductId>,
}

/// Licenses that were replaced.
#[derive(Debug, Serialize, ToSchema)]
pub struct ReplacedLicenses {
    /// Licenses that people got.
    pub given: u32,
    /// Licenses that were taken back.
    pub taken: u32,
}

impl From<Replaced> for ReplacedLicenses {
    fn from(done: Replaced) -> Self {
        let narrow = |count: usize| u32::try_from(count).unwrap_or(u32::MAX);
        Self { given: narrow(done.given), taken: narrow(done.taken) }
    }
}

/// Replaces the licenses of people
///
/// They get the products that they do not have, and every other license that the organization gave them is taken back:
/// of all of these people or of nobody. What a user bought stays.
#[utoipa::path(post, path = "/api/v1/licenses/replace", tag = "Licenses", operation_id = "replaceLicenses",
    request_body = Replace, responses((status = 200, description = "Replaced", body = ReplacedLicenses)))]
pub(crate) async fn replace(client: Client, Sent { body, key }: Sent<Replace>) -> ApiResult<Written<ReplacedLicenses>> {
    client.write(StatusCode::OK, key, ReplaceLicenses { products: body.products, users: body.users }).await
}
