//! Buy a subscription (R14, R71, R73).

use super::Order;
use crate::web::{ApiError, ApiResult, Client, Sent, Wrong, WrongField};
use app::gateway::Settling;
use app::order::charge::settle;
use app::order::place::{self, Payment, Purchase, new_order_id, place_order};
use axum::Json;
use axum::http::{StatusCode, header};
use axum::response::{IntoResponse, Response};
use domain::access::Permission;
use domain::ids::{BillingProfileId, OrderId, PaymentMethodId, PriceId, SubscriptionId};
use domain::order::OrderState;
use jiff::civil::Date;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// What is bought.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct NewOrder {
    /// The version of the price, as the product shows it; it says what is bought, for how long and how it is charged.
    #[schema(value_type = String, example = "prc_01jd55pv3xft7sm2rw5mz4ym31")]
    pub price_id: PriceId,
    /// Licenses.
    #[schema(example = 25)]
    pub quantity: u32,
    /// A card on file of the person who made the key; this or `payment_token`.
    #[serde(default)]
    #[schema(value_type = Option<String>)]
    pub payment_method_id: Option<PaymentMethodId>,
    /// A card that was given to the payment gateway: what stands for it. Never a card number.
    #[serde(default)]
    pub payment_token: Option<String>,
    /// Pay by invoice instead. Until a credit check was passed, the order waits for one (`credit_check_pending`).
    #[serde(default)]
    pub pay_by_invoice: bool,
    /// Whether the buyer may be contacted for the credit check.
    #[serde(default)]
    pub contact_agreed: bool,
    /// The trial that becomes this subscription and keeps its licenses; left out, a new subscription is made.
    #[serde(default)]
    #[schema(value_type = Option<String>)]
    pub trial_id: Option<SubscriptionId>,
    /// The subscription to which an add-on will belong; where only one fits it may be left out.
    #[serde(default)]
    #[schema(value_type = Option<String>)]
    pub base_id: Option<SubscriptionId>,
    /// The billing profile that is charged; left out, the first one of the organization. A trial and an add-on stay on
    /// that of their subscription.
    #[serde(default)]
    #[schema(value_type = Option<String>)]
    pub billing_profile_id: Option<BillingProfileId>,
    /// The first day, up to a year from now; left out, it starts today. Nothing is charged before that day.
    #[serde(default)]
    #[schema(value_type = Option<String>, format = Date)]
    pub starts_on: Option<Date>,
}

impl NewOrder {
    fn payment(&self) -> ApiResult<Payment> {
        match (self.payment_method_id, &self.payment_token, self.pay_by_invoice) {
            (Some(id), None, false) => Ok(Payment::OnFile(id)),
            (None, Some(token), false) => Ok(Payment::Token(token.clone())),
            (None, None, true) => Ok(Payment::Invoice { contact_agreed: self.contact_agreed }),
            (card, token, _) => {
                let wrong = if card.is_some() || token.is_some() { Wrong::Unknown } else { Wrong::Missing };
                Err(ApiError::Fields(vec![WrongField { field: "payment_token".to_owned(), wrong }]))
            }
        }
    }
}

/// An order that was placed.
#[derive(Debug, Serialize, ToSchema)]
pub struct PlacedOrder {
    /// The order, as it stands after its payment was asked for.
    #[serde(flatten)]
    pub order: Order,
    /// Where the payer confirms the payment, when the bank wants that.
    pub confirm_at: Option<String>,
}

/// Places an order
///
/// The payment is asked for at once; `state` says how that went: `posted`, `voided` with its reason,
/// `confirmation_required`, and then the payer confirms at `confirm_at`, or `credit_check_pending`. The same key never
/// orders twice.
#[utoipa::path(post, path = "/api/v1/orders", tag = "Orders", operation_id = "placeOrder", request_body = NewOrder,
    responses((status = 201, description = "Placed", body = PlacedOrder)))]
pub(crate) async fn place(client: Client, Sent { body, key }: Sent<NewOrder>) -> ApiResult<Response> {
    client.needs(Permission::BuySubscription)?;
    let (payment, price_id, quantity) = (body.payment()?, body.price_id, body.quantity);
    let (trial, base, billing_profile) = (body.trial_id, body.base_id, body.billing_profile_id);
    let starts_on = body.starts_on;
    let (id, confirm_at) = client
        .act(Permission::BuySubscription, move |app, caller, organization| {
            let order_id = match &key {
                Some(key) => OrderId::from_uuid(key.identifier(&caller.actor)),
                None => new_order_id(app),
            };
            let purchase = Purchase { order_id, price_id, quantity, payment, trial, base, billing_profile, starts_on };
            let id = place_order(app, caller, organization, purchase)?;
            Ok((id, confirmation(settle(app, caller, organization, id)?)))
        })
        .await?;
    answer(&client, id, confirm_at).await
}

/// The order as it stands after its payment was asked for.
pub(super) async fn answer(client: &Client, id: OrderId, confirm_at: Option<String>) -> ApiResult<Response> {
    let listed = client.read(place::PlacedOrder(id)).await?;
    let confirm_at = confirm_at.filter(|_| listed.order.state == OrderState::ConfirmationRequired);
    let placed = PlacedOrder { order: Order::new(listed, true), confirm_at };
    Ok((StatusCode::CREATED, [(header::LOCATION, format!("/api/v1/orders/{id}"))], Json(placed)).into_response())
}

pub(super) fn confirmation(settling: Settling) -> Option<String> {
    match settling {
        Settling::WaitsForPayer { address } => Some(address),
        Settling::Settled | Settling::WaitsForBank => None,
    }
}
