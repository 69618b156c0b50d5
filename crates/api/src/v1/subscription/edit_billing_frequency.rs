//! Change how often a subscription is charged (R12).

use super::super::product::catalog::Price;
use super::super::schema::{self, Money, Period};
use crate::web::{ApiResult, Client, Id, Sent, Written};
use app::subscription::edit_billing_frequency as edit;
use axum::Json;
use axum::http::StatusCode;
use domain::catalog::BillingFrequency;
use domain::ids::{OrderId, SubscriptionId};
use domain::subscription::edit_billing_frequency::FrequencyPreview as Previewed;
use jiff::civil::Date;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// How often a subscription shall be charged.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Frequency {
    /// How often.
    #[schema(schema_with = schema::billing_frequency)]
    pub billing_frequency: BillingFrequency,
}

/// What a change of the billing frequency did.
#[derive(Debug, Serialize, ToSchema)]
pub struct FrequencyChange {
    /// The order that the change made; null when it waits for the renewal.
    #[schema(value_type = Option<String>, example = "ord_01jd55pv3xft7sm2rw5mz4ym31")]
    pub order_id: Option<OrderId>,
    /// How often it is charged now.
    #[schema(schema_with = schema::billing_frequency)]
    pub billing_frequency: BillingFrequency,
    /// How often it will be charged from the renewal on; null when nothing changes then.
    #[schema(schema_with = schema::optional_billing_frequency)]
    pub billing_frequency_at_renewal: Option<BillingFrequency>,
}

impl From<edit::FrequencyChanged> for FrequencyChange {
    fn from(changed: edit::FrequencyChanged) -> Self {
        let edit::FrequencyChanged { order_id, billing_frequency, at_renewal } = changed;
        Self { order_id, billing_frequency, billing_frequency_at_renewal: at_renewal }
    }
}

/// A billing frequency in which the subscription is sold.
#[derive(Debug, Serialize, ToSchema)]
pub struct FrequencyChoice {
    /// The price of the catalog.
    pub price: Price,
    /// What it would do and cost now; null for the one by which it is charged already.
    pub preview: Option<FrequencyPreview>,
}

/// What another billing frequency would do and cost.
#[derive(Debug, Serialize, ToSchema)]
pub struct FrequencyPreview {
    /// The day from which it counts: today, or that of the renewal.
    #[schema(value_type = String, format = Date, example = "2020-01-25")]
    pub counts_from: Date,
    /// What it costs now: the new billing period, less what was charged for days to come; negative is a credit. Without
    /// tax.
    pub cost_now: Money,
    /// The days that are charged anew.
    pub service_period: Period,
    /// What the subscription costs per billing period afterwards.
    pub per_period_after: Money,
}

impl From<Previewed> for FrequencyPreview {
    fn from(preview: Previewed) -> Self {
        Self {
            counts_from: preview.counts_from,
            cost_now: preview.cost_now.into(),
            service_period: preview.service_period.into(),
            per_period_after: preview.per_period_after.into(),
        }
    }
}

/// Sets how often a subscription is charged
///
/// At the price of the catalog: at once, or under a customer agreement from the renewal on. The term stays as it is.
#[utoipa::path(put, path = "/api/v1/subscriptions/{subscription_id}/billing-frequency", tag = "Subscriptions",
    operation_id = "setBillingFrequency", params(("subscription_id" = String, Path)), request_body = Frequency,
    responses((status = 200, description = "Changed", body = FrequencyChange)))]
pub(crate) async fn change(
    client: Client,
    Id(subscription_id): Id<SubscriptionId>,
    Sent { body, key }: Sent<Frequency>,
) -> ApiResult<Written<FrequencyChange>> {
    let billing_frequency = body.billing_frequency;
    client.write(StatusCode::OK, key, edit::EditBillingFrequency { subscription_id, billing_frequency }).await
}

/// How often a subscription can be charged, and what a change would do and cost
#[utoipa::path(get, path = "/api/v1/subscriptions/{subscription_id}/billing-frequencies", tag = "Subscriptions",
    operation_id = "listBillingFrequencies", params(("subscription_id" = String, Path)),
    responses((status = 200, description = "Each in which it is sold", body = [FrequencyChoice])))]
pub(crate) async fn choices(
    client: Client,
    Id(subscription_id): Id<SubscriptionId>,
) -> ApiResult<Json<Vec<FrequencyChoice>>> {
    let choices = client.read(edit::PreviewBillingFrequency(subscription_id)).await?;
    let choice = |choice: edit::FrequencyChoice| FrequencyChoice {
        price: choice.price.into(),
        preview: choice.preview.map(FrequencyPreview::from),
    };
    Ok(Json(choices.into_iter().map(choice).collect()))
}
