//! Cancel, reactivate, renew or not, delete (R8, R10, R13, R33-R35).

use super::super::schema::{self, Money, Period};
use crate::v1::user::Done;
use crate::web::{ApiResult, Client, Id, Ids, Nothing, Sent, Written};
use app::subscription::cancel::{CancelSubscription, PreviewCancel};
use app::subscription::cancel_scheduled_change::CancelScheduledChange;
use app::subscription::delete::DeleteSubscription;
use app::subscription::edit_recurring_billing::EditRecurringBilling;
use app::subscription::reactivate::{PreviewReactivate, ReactivateSubscription};
use axum::Json;
use axum::http::StatusCode;
use domain::catalog::BillingFrequency;
use domain::ids::{PaymentMethodId, SubscriptionId};
use domain::subscription::cancel::{Cancel, CancelReason};
use domain::subscription::cancel_scheduled_change::ScheduledChange;
use jiff::civil::Date;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// Why a subscription is canceled.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Cancellation {
    /// The reason.
    #[schema(schema_with = schema::cancel_reason)]
    pub reason: CancelReason,
    /// What else there is to say; needed with `other`.
    #[serde(default)]
    #[schema(required = false)]
    pub feedback: String,
}

/// What canceling would do now.
#[derive(Debug, Serialize, ToSchema)]
pub struct CancellationPreview {
    /// The day on which people lose access: today.
    #[schema(value_type = String, format = Date)]
    pub disabled_on: Date,
    /// The day on which the data is erased; until then it can be reactivated.
    #[schema(value_type = String, format = Date)]
    pub deleted_on: Date,
    /// What comes back; negative or nothing. Without tax.
    pub credit: Money,
    /// The days that this covers.
    pub service_period: Period,
    /// The add-ons that would be canceled with it, and what comes back of each.
    pub add_ons: Vec<AddOnAmount>,
}

/// What becomes of an add-on together with the subscription to which it belongs.
#[derive(Debug, Serialize, ToSchema)]
pub struct AddOnAmount {
    /// The name of its product.
    pub product_name: String,
    /// What is charged for it; negative is a credit. Without tax.
    pub amount: Money,
}

impl AddOnAmount {
    fn all(shown: Vec<(String, domain::money::Money)>) -> Vec<Self> {
        let add_on =
            |(product_name, amount): (String, domain::money::Money)| Self { product_name, amount: amount.into() };
        shown.into_iter().map(add_on).collect()
    }
}

/// What shall pay for a subscription that comes back.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Reactivation {
    /// The card or bank account; left out, what paid before.
    #[serde(default)]
    #[schema(value_type = Option<String>)]
    pub payment_method_id: Option<PaymentMethodId>,
}

/// What reactivating would do and cost now.
#[derive(Debug, Serialize, ToSchema)]
pub struct ReactivationPreview {
    /// The next day on which it renews or expires.
    #[schema(value_type = String, format = Date)]
    pub ends_on: Date,
    /// What is charged now. Without tax.
    pub cost_now: Money,
    /// The days that this covers.
    pub service_period: Period,
    /// Whether a card or bank account has to pay.
    pub needs_payment_method: bool,
    /// The add-ons that would come back with it, and what each costs now.
    pub add_ons: Vec<AddOnAmount>,
}

/// Whether a subscription renews by itself.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct RecurringBilling {
    /// Whether it does.
    pub on: bool,
    /// How often a prepaid subscription is charged from its end on: needed to turn it on, and for nothing else.
    #[serde(default)]
    #[schema(schema_with = schema::optional_billing_frequency)]
    pub billing_frequency: Option<BillingFrequency>,
}

/// Cancels a subscription
///
/// People lose access at once. What is unused comes back by the agreement's rule; ask for the preview before.
#[utoipa::path(post, path = "/api/v1/subscriptions/{subscription_id}/cancel", tag = "Subscriptions",
    operation_id = "cancelSubscription", params(("subscription_id" = String, Path)), request_body = Cancellation,
    responses((status = 204, description = "Canceled")))]
pub(crate) async fn cancel(
    client: Client,
    Id(subscription_id): Id<SubscriptionId>,
    Sent { body, key }: Sent<Cancellation>,
) -> ApiResult<Written<Done>> {
    let cancel = Cancel { reason: body.reason, feedback: body.feedback };
    client.write(StatusCode::NO_CONTENT, key, CancelSubscription { subscription_id, cancel }).await
}

/// What canceling would do: important dates, and what comes back
#[utoipa::path(get, path = "/api/v1/subscriptions/{subscription_id}/cancel/preview", tag = "Subscriptions",
    operation_id = "previewCancellation", params(("subscription_id" = String, Path)),
    responses((status = 200, description = "What it would do", body = CancellationPreview)))]
pub(crate) async fn preview_cancel(
    client: Client,
    Id(subscription_id): Id<SubscriptionId>,
) -> ApiResult<Json<CancellationPreview>> {
    let shown = client.read(PreviewCancel(subscription_id)).await?;
    Ok(Json(CancellationPreview {
        disabled_on: shown.preview.disabled_on,
        deleted_on: shown.preview.deleted_on,
        credit: shown.preview.credit.into(),
        service_period: shown.preview.service_period.into(),
        add_ons: AddOnAmount::all(shown.add_ons),
    }))
}

/// Brings an expired or disabled subscription back
///
/// An expired one goes on without a gap; a disabled one keeps its billing dates.
#[utoipa::path(post, path = "/api/v1/subscriptions/{subscription_id}/reactivate", tag = "Subscriptions",
    operation_id = "reactivateSubscription", params(("subscription_id" = String, Path)), request_body = Reactivation,
    responses((status = 204, description = "Reactivated")))]
pub(crate) async fn reactivate(
    client: Client,
    Id(subscription_id): Id<SubscriptionId>,
    Sent { body, key }: Sent<Reactivation>,
) -> ApiResult<Written<Done>> {
    let command = ReactivateSubscription { subscription_id, payment_method_id: body.payment_method_id };
    client.write(StatusCode::NO_CONTENT, key, command).await
}

/// What reactivating would do and cost
#[utoipa::path(get, path = "/api/v1/subscriptions/{subscription_id}/reactivate/preview", tag = "Subscriptions",
    operation_id = "previewReactivation", params(("subscription_id" = String, Path)),
    responses((status = 200, description = "What it would do", body = ReactivationPreview)))]
pub(crate) async fn preview_reactivate(
    client: Client,
    Id(subscription_id): Id<SubscriptionId>,
) -> ApiResult<Json<ReactivationPreview>> {
    let shown = client.read(PreviewReactivate(subscription_id)).await?;
    Ok(Json(ReactivationPreview {
        ends_on: shown.preview.ends_on,
        cost_now: shown.preview.cost_now.into(),
        service_period: shown.preview.service_period.into(),
        needs_payment_method: shown.needs_card,
        add_ons: AddOnAmount::all(shown.add_ons),
    }))
}

/// Turns recurring billing on or off
///
/// Off does not cancel: the subscription stays active until its term ends. What was scheduled for then is dropped.
#[utoipa::path(put, path = "/api/v1/subscriptions/{subscription_id}/recurring-billing", tag = "Subscriptions",
    operation_id = "setRecurringBilling", params(("subscription_id" = String, Path)), request_body = RecurringBilling,
    responses((status = 204, description = "Changed")))]
pub(crate) async fn recurring_billing(
    client: Client,
    Id(subscription_id): Id<SubscriptionId>,
    Sent { body, key }: Sent<RecurringBilling>,
) -> ApiResult<Written<Done>> {
    client
        .write(
            StatusCode::NO_CONTENT,
            key,
            EditRecurringBilling { subscription_id, on: body.on, billing_frequency: body.billing_frequency },
        )
        .await
}

/// Cancels what is scheduled for the renewal
///
/// Other scheduled changes stay.
#[utoipa::path(delete, path = "/api/v1/subscriptions/{subscription_id}/scheduled-changes/{change}",
    tag = "Subscriptions", operation_id = "cancelScheduledChange", params(("subscription_id" = String, Path),
    ("change" = String, Path, description = "What is scheduled: `quantity`, `billing_frequency` or `plan`.")),
    responses((status = 204, description = "Canceled")))]
pub(crate) async fn cancel_scheduled_change(
    client: Client,
    Ids(subscription_id, change): Ids<SubscriptionId, ScheduledChange>,
    Sent { key, .. }: Sent<Nothing>,
) -> ApiResult<Written<Done>> {
    client.write(StatusCode::NO_CONTENT, key, CancelScheduledChange { subscription_id, change }).await
}

/// Deletes a disabled subscription, or a free one in any state
///
/// Its data is erased at once, with the licenses of its people. This cannot be undone.
#[utoipa::path(delete, path = "/api/v1/subscriptions/{subscription_id}", tag = "Subscriptions",
    operation_id = "deleteSubscription", params(("subscription_id" = String, Path)),
    responses((status = 204, description = "Deleted")))]
pub(crate) async fn delete(
    client: Client,
    Id(subscription_id): Id<SubscriptionId>,
    Sent { key, .. }: Sent<Nothing>,
) -> ApiResult<Written<Done>> {
    client.write(StatusCode::NO_CONTENT, key, DeleteSubscription(subscription_id)).await
}
