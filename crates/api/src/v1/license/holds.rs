//! Does this person hold this product? The question that programs ask most.

use crate::web::{ApiResult, Client, Ids};
use app::license::holds::Holds;
use axum::Json;
use domain::ids::{ProductId, ServicePlanId, SubscriptionId, UserId};
use domain::license::Assignment;
use domain::refusal::Refusal;
use jiff::Timestamp;
use serde::Serialize;
use utoipa::ToSchema;

/// A person's license of a product.
#[derive(Debug, Serialize, ToSchema)]
pub struct License {
    /// Who.
    #[schema(value_type = String)]
    pub user_id: UserId,
    /// Of what.
    #[schema(value_type = String)]
    pub product_id: ProductId,
    /// The subscription that it belongs to.
    #[schema(value_type = String)]
    pub subscription_id: SubscriptionId,
    /// Since when.
    #[schema(value_type = String, format = DateTime)]
    pub assigned_at: Timestamp,
    /// Apps that are switched off.
    #[schema(value_type = Vec<String>)]
    pub disabled_plans: Vec<ServicePlanId>,
    /// Since when it is in conflict.
    #[schema(value_type = Option<String>, format = DateTime)]
    pub conflict_since: Option<Timestamp>,
}

impl From<Assignment> for License {
    fn from(held: Assignment) -> Self {
        Self {
            user_id: held.user_id,
            product_id: held.product_id,
            subscription_id: held.subscription_id,
            assigned_at: held.assigned_at,
            disabled_plans: held.disabled_plans,
            conflict_since: held.conflict_since,
        }
    }
}

/// One person's license of a product
///
/// 404 when the person does not hold the product. Made for programs that ask thousands of times a second.
#[utoipa::path(get, path = "/api/v1/users/{user_id}/licenses/{product_id}", tag = "Licenses",
    operation_id = "getLicense", params(("user_id" = String, Path), ("product_id" = String, Path)),
    responses((status = 200, description = "The license", body = License)))]
pub(crate) async fn holds(
    client: Client,
    Ids(user_id, product_id): Ids<UserId, ProductId>,
) -> ApiResult<Json<License>> {
    let held = client.point(Holds { user_id, product_id }).await?;
    Ok(Json(held.ok_or(Refusal::NotFound)?.into()))
}
