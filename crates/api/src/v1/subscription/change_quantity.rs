//! Change the number of licenses (R24-R25, R49-R55).

use super::super::schema::{self, Money, Period};
use crate::web::{ApiResult, Client, Id, IfMatch, Sent, Written};
use app::subscription::change_quantity::{ChangeQuantity, PreviewQuantity, QuantityChanged};
use axum::Json;
use axum::http::StatusCode;
use domain::ids::{OrderId, SubscriptionId};
use domain::subscription::change_quantity::QuantityPreview as Previewed;
use domain::subscription::change_start::ChangeStart;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// The new number of licenses.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Quantity {
    /// The new total, not the difference.
    #[schema(example = 105)]
    pub total: u32,
    /// From when on: `now`, and under MCA `at_renewal`; now, when it is left out.
    #[serde(default)]
    #[schema(schema_with = schema::change_start, required = false)]
    pub start: ChangeStart,
}

/// What a change of quantity did.
#[derive(Debug, Serialize, ToSchema)]
pub struct QuantityChange {
    /// The order that the change made; null when it waits for the renewal.
    #[schema(value_type = Option<String>, example = "ord_01jd55pv3xft7sm2rw5mz4ym31")]
    pub order_id: Option<OrderId>,
    /// The total before.
    pub from: u32,
    /// The total after.
    pub to: u32,
}

impl From<QuantityChanged> for QuantityChange {
    fn from(changed: QuantityChanged) -> Self {
        Self { order_id: changed.order_id, from: changed.from, to: changed.to }
    }
}

/// What a change would do and cost.
#[derive(Debug, Serialize, ToSchema)]
pub struct QuantityPreview {
    /// The total before.
    pub from: u32,
    /// The total after.
    pub to: u32,
    /// The day from which the new total counts: today, or that of the renewal.
    #[schema(value_type = String, format = Date, example = "2020-01-25")]
    pub counts_from: jiff::civil::Date,
    /// What it costs for the rest of the billing period; negative is a credit. Without tax.
    pub cost_now: Money,
    /// The days that this covers.
    pub service_period: Period,
    /// The whole billing period, whose days divide the price.
    pub billing_period: Period,
    /// What the subscription costs per billing period before.
    pub per_period_before: Money,
    /// What it costs per billing period afterwards.
    pub per_period_after: Money,
}

impl From<Previewed> for QuantityPreview {
    fn from(preview: Previewed) -> Self {
        Self {
            from: preview.from,
            to: preview.to,
            counts_from: preview.counts_from,
            cost_now: preview.cost_now.into(),
            service_period: preview.service_period.into(),
            billing_period: preview.billing_period.into(),
            per_period_before: preview.per_period_before.into(),
            per_period_after: preview.per_period_after.into(),
        }
    }
}

/// Sets the number of licenses
///
/// The total, not the difference: 105 after 100 adds five. Never below the number of licenses in use. Under MCA it can
/// wait for the renewal.
#[utoipa::path(put, path = "/api/v1/subscriptions/{subscription_id}/quantity", tag = "Subscriptions",
    operation_id = "setQuantity", params(("subscription_id" = String, Path),
    ("If-Match" = Option<String>, Header, description = "The revision in quotes; refused when it has changed.")),
    request_body = Quantity, responses((status = 200, description = "Changed", body = QuantityChange)))]
pub(crate) async fn change(
    client: Client,
    Id(subscription_id): Id<SubscriptionId>,
    IfMatch(expected_revision): IfMatch,
    Sent { body, key }: Sent<Quantity>,
) -> ApiResult<Written<QuantityChange>> {
    let command = ChangeQuantity { subscription_id, total: body.total, start: body.start, expected_revision };
    client.write(StatusCode::OK, key, command).await
}

/// What a change would do and cost
///
/// Nothing is changed. A change that would be refused is refused here in the same way.
#[utoipa::path(post, path = "/api/v1/subscriptions/{subscription_id}/quantity/preview", tag = "Subscriptions",
    operation_id = "previewQuantity", params(("subscription_id" = String, Path)), request_body = Quantity,
    responses((status = 200, description = "What it would do", body = QuantityPreview)))]
pub(crate) async fn preview(
    client: Client,
    Id(subscription_id): Id<SubscriptionId>,
    Sent { body, .. }: Sent<Quantity>,
) -> ApiResult<Json<QuantityPreview>> {
    let asked = PreviewQuantity { subscription_id, total: body.total, start: body.start };
    let preview = client.read(asked).await??;
    Ok(Json(preview.into()))
}
