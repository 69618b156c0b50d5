//! Switch apps and services of a person's license on or off (R174).

use super::APPS;
use crate::web::{ApiResult, Client, Ids, Sent, Written};
use app::license::change_apps::ChangeApps;
use axum::http::StatusCode;
use domain::ids::{ProductId, ServicePlanId, UserId};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// The apps that are off.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Apps {
    /// The apps that are off from now on; all others are on.
    #[schema(value_type = Vec<String>, example = json!(["pln_01jd55pv3xft7sm2rw5mz4ym31"]))]
    pub disabled_plans: Vec<ServicePlanId>,
}

/// The answer has no content.
#[derive(Debug, Serialize)]
pub struct Changed;

impl From<String> for Changed {
    fn from(_name: String) -> Self {
        Self
    }
}

/// Sets which apps of a person's license are off
#[utoipa::path(put, path = "/api/v1/users/{user_id}/licenses/{product_id}/apps", tag = "Licenses",
    operation_id = "setApps", params(("user_id" = String, Path), ("product_id" = String, Path)), request_body = Apps,
    responses((status = 204, description = "Set")))]
pub(crate) async fn change(
    client: Client,
    Ids(user_id, product_id): Ids<UserId, ProductId>,
    Sent { body, key }: Sent<Apps>,
) -> ApiResult<Written<Changed>> {
    let command = ChangeApps { user_id, product_id, disabled_plans: body.disabled_plans };
    client.write(StatusCode::NO_CONTENT, key, command).await.map_err(|error| error.naming(&APPS))
}
