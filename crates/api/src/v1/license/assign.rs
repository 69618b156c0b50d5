//! Assign licenses of a product to up to twenty people (R26-R30, R174).

use super::APPS;
use crate::web::{ApiResult, Client, Id, Sent, Written};
use app::license::assign::AssignLicenses;
use axum::http::StatusCode;
use domain::ids::{ProductId, ServicePlanId, SubscriptionId, UserId};
use domain::license::assign::Placement;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// Who gets a license.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Assign {
    /// One to twenty people; somebody who is named twice gets one license.
    #[schema(value_type = Vec<String>, example = json!(["usr_01jd55pv3xft7sm2rw5mz4ym31"]))]
    pub users: Vec<UserId>,
    /// From which subscription; left out, from the one that ends last.
    #[serde(default)]
    #[schema(value_type = Option<String>)]
    pub subscription_id: Option<SubscriptionId>,
    /// Apps that are switched off; left out, everything is on.
    #[serde(default)]
    #[schema(value_type = Vec<String>, required = false)]
    pub disabled_plans: Vec<ServicePlanId>,
}

/// Licenses that were assigned.
#[derive(Debug, Serialize, ToSchema)]
pub struct Assigned {
    /// One for each person.
    pub assigned: Vec<AssignedLicense>,
}

/// A license that was assigned.
#[derive(Debug, Serialize, ToSchema)]
pub struct AssignedLicense {
    /// To whom.
    #[schema(value_type = String)]
    pub user_id: UserId,
    /// From which subscription.
    #[schema(value_type = String)]
    pub subscription_id: SubscriptionId,
}

impl From<Vec<Placement>> for Assigned {
    fn from(placements: Vec<Placement>) -> Self {
        let license = |placement: Placement| AssignedLicense {
            user_id: placement.user_id,
            subscription_id: placement.subscription_id,
        };
        Self { assigned: placements.into_iter().map(license).collect() }
    }
}

/// Assigns licenses of a product
///
/// To all of these people or to nobody.
#[utoipa::path(post, path = "/api/v1/products/{product_id}/licenses/assign", tag = "Licenses",
    operation_id = "assignLicenses", params(("product_id" = String, Path)), request_body = Assign,
    responses((status = 200, description = "Assigned", body = Assigned)))]
pub(crate) async fn assign(
    client: Client,
    Id(product_id): Id<ProductId>,
    Sent { body, key }: Sent<Assign>,
) -> ApiResult<Written<Assigned>> {
    let Assign { users, subscription_id, disabled_plans } = body;
    let assign = AssignLicenses { product_id, subscription_id, users, disabled_plans };
    client.write(StatusCode::OK, key, assign).await.map_err(|error| error.naming(&APPS))
}
