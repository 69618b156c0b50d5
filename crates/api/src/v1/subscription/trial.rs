//! Start and extend trials (R157).

use crate::v1::user::Done;
use crate::web::{ApiResult, Client, Id, Nothing, Sent, Written};
use app::subscription::extend_trial::ExtendTrial;
use app::subscription::start_trial::StartTrial;
use axum::http::StatusCode;
use domain::ids::{PaymentMethodId, PriceId, SubscriptionId};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// What is tried.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct NewTrial {
    /// The version of the price, as the product shows it: what the trial costs once it is paid.
    #[schema(value_type = String, example = "prc_01jd55pv3xft7sm2rw5mz4ym31")]
    pub price_id: PriceId,
    /// What pays when the trial ends; left out, it just ends.
    #[serde(default)]
    #[schema(value_type = Option<String>)]
    pub payment_method_id: Option<PaymentMethodId>,
}

/// A trial that was started.
#[derive(Debug, Serialize, Deserialize, ToSchema)]
pub struct StartedTrial {
    /// Its subscription.
    #[schema(value_type = String)]
    pub subscription_id: SubscriptionId,
}

impl From<SubscriptionId> for StartedTrial {
    fn from(subscription_id: SubscriptionId) -> Self {
        Self { subscription_id }
    }
}

/// Starts a trial of a product
///
/// 25 licenses for a month, free; each product once. To buy it, place an order with its id as `trial_id`.
#[utoipa::path(post, path = "/api/v1/trials", tag = "Subscriptions", operation_id = "startTrial",
    request_body = NewTrial, responses((status = 201, description = "Started", body = StartedTrial)))]
pub(crate) async fn start(client: Client, Sent { body, key }: Sent<NewTrial>) -> ApiResult<Written<StartedTrial>> {
    let command = StartTrial { price_id: body.price_id, payment_method_id: body.payment_method_id };
    client.write(StatusCode::CREATED, key, command).await
}

/// Extends a trial by 30 days
///
/// Once, and in its last 15 days only.
#[utoipa::path(post, path = "/api/v1/subscriptions/{subscription_id}/extend-trial", tag = "Subscriptions",
    operation_id = "extendTrial", params(("subscription_id" = String, Path)),
    responses((status = 204, description = "Extended")))]
pub(crate) async fn extend(
    client: Client,
    Id(subscription_id): Id<SubscriptionId>,
    Sent { key, .. }: Sent<Nothing>,
) -> ApiResult<Written<Done>> {
    client.write(StatusCode::NO_CONTENT, key, ExtendTrial(subscription_id)).await
}
