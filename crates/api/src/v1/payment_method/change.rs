//! Edit, replace and delete a payment method, and change what pays for a subscription (R11, R37, R38, R41, R164).

use super::{Address, PaymentMethodWithItems, details};
use crate::v1::user::Done;
use crate::web::{ApiError, ApiResult, Client, Id, Nothing, Sent, Written, Wrong, WrongField};
use app::payment_method::delete::DeletePaymentMethod;
use app::payment_method::edit::{EditPaymentMethod, edit_payment_method};
use app::payment_method::replace::ReplacePaymentMethod;
use app::subscription::change_payment_method::ChangePaymentMethod;
use axum::Json;
use axum::http::StatusCode;
use domain::access::Permission;
use domain::ids::{PaymentMethodId, SubscriptionId};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// What may change on a payment method.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct PaymentMethodFacts {
    /// The name on the card or of the account.
    pub holder: String,
    /// Where the holder is.
    pub address: Address,
    /// The month in which the card expires, as `YYYY-MM`; not read for a bank account.
    #[serde(default)]
    #[schema(required = false, example = "2030-12")]
    pub expires_on: String,
    /// The security code of the card, where the payment gateway takes it from Zetel.
    #[serde(default)]
    #[schema(required = false)]
    pub security_code: String,
    /// The revision that was read; refused when it has changed.
    pub revision: i64,
}

/// Edits a payment method
///
/// The number of a card never changes: add another one and replace this one by it.
#[utoipa::path(put, path = "/api/v1/payment-methods/{payment_method_id}", tag = "Payment methods",
    operation_id = "editPaymentMethod", params(("payment_method_id" = String, Path)),
    request_body = PaymentMethodFacts,
    responses((status = 200, description = "Edited", body = PaymentMethodWithItems)))]
pub(crate) async fn change(
    client: Client,
    Id(id): Id<PaymentMethodId>,
    Sent { body, .. }: Sent<PaymentMethodFacts>,
) -> ApiResult<Json<PaymentMethodWithItems>> {
    client.needs(Permission::ManagePaymentMethods)?;
    let PaymentMethodFacts { holder, address, expires_on, security_code, revision } = body;
    let edit = EditPaymentMethod { id, holder, address: address.into(), expires_on, security_code, revision };
    client
        .act(Permission::ManagePaymentMethods, move |app, caller, organization| {
            edit_payment_method(app, caller, organization, &edit)
        })
        .await?;
    details(client, Id(id)).await
}

/// Deletes a payment method
///
/// Not while it pays for something: replace it first. The only payment method stays.
#[utoipa::path(delete, path = "/api/v1/payment-methods/{payment_method_id}", tag = "Payment methods",
    operation_id = "deletePaymentMethod", params(("payment_method_id" = String, Path)),
    responses((status = 204, description = "Deleted")))]
pub(crate) async fn delete(
    client: Client,
    Id(id): Id<PaymentMethodId>,
    Sent { key, .. }: Sent<Nothing>,
) -> ApiResult<Written<Done>> {
    client.write(StatusCode::NO_CONTENT, key, DeletePaymentMethod(id)).await
}

/// What takes the place of a payment method.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Replacement {
    /// Which one; for a card, one of the person who made the key.
    #[schema(value_type = String)]
    pub payment_method_id: PaymentMethodId,
}

/// What a replacement did.
#[derive(Debug, Serialize, ToSchema)]
pub struct Replaced {
    /// How many subscriptions, billing profiles and unsettled invoices moved.
    pub items: u32,
}

impl From<u32> for Replaced {
    fn from(items: u32) -> Self {
        Self { items }
    }
}

/// Lets another payment method take over everything
#[utoipa::path(post, path = "/api/v1/payment-methods/{payment_method_id}/replace", tag = "Payment methods",
    operation_id = "replacePaymentMethod", params(("payment_method_id" = String, Path)), request_body = Replacement,
    responses((status = 200, description = "Replaced", body = Replaced)))]
pub(crate) async fn replace(
    client: Client,
    Id(from): Id<PaymentMethodId>,
    Sent { body, key }: Sent<Replacement>,
) -> ApiResult<Written<Replaced>> {
    client.write(StatusCode::OK, key, ReplacePaymentMethod { from, to: body.payment_method_id }).await
}

/// What pays for a subscription: a payment method, or each invoice.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct SubscriptionPayment {
    /// A payment method; this or `pay_by_invoice`.
    #[serde(default)]
    #[schema(value_type = Option<String>)]
    pub payment_method_id: Option<PaymentMethodId>,
    /// Pay each invoice instead, where no credit check is needed for that.
    #[serde(default)]
    pub pay_by_invoice: bool,
}

/// Changes what pays for a subscription
#[utoipa::path(put, path = "/api/v1/subscriptions/{subscription_id}/payment-method", tag = "Subscriptions",
    operation_id = "changePaymentMethod", params(("subscription_id" = String, Path)),
    request_body = SubscriptionPayment, responses((status = 204, description = "Changed")))]
pub(crate) async fn of_subscription(
    client: Client,
    Id(subscription_id): Id<SubscriptionId>,
    Sent { body, key }: Sent<SubscriptionPayment>,
) -> ApiResult<Written<Done>> {
    let to = body.payment_method_id;
    if to.is_some() == body.pay_by_invoice {
        let wrong = if to.is_some() { Wrong::Unknown } else { Wrong::Missing };
        return Err(ApiError::Fields(vec![WrongField { field: "payment_method_id".to_owned(), wrong }]));
    }
    client.write(StatusCode::NO_CONTENT, key, ChangePaymentMethod { subscription_id, to }).await
}
