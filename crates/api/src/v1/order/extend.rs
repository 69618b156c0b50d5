//! Extend a prepaid subscription by card or bank account instead of a key (R87).

use super::place::{PlacedOrder, answer, confirmation};
use crate::v1::schema::{self, Money, Period};
use crate::web::{ApiError, ApiResult, Client, Id, Sent, Wrong, WrongField};
use app::gateway::Settling;
use app::order::charge::settle;
use app::order::extend::{ExtensionChoice, ExtensionChoices, OrderedExtension, extend_end_date};
use app::order::place::{Payment, new_order_id};
use axum::Json;
use axum::response::Response;
use domain::access::Permission;
use domain::catalog::Term;
use domain::ids::{OrderId, PaymentMethodId, PriceId, SubscriptionId};
use jiff::civil::Date;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// One more term that can be bought.
#[derive(Debug, Serialize, ToSchema)]
pub struct Extension {
    /// The version of the price; the order names it.
    #[schema(value_type = String, example = "prc_01jd55pv3xft7sm2rw5mz4ym31")]
    pub price_id: PriceId,
    /// How long it is.
    #[schema(schema_with = schema::term)]
    pub term: Term,
    /// Its days.
    pub period: Period,
    /// The new end date: the first day that is not covered.
    #[schema(value_type = String, format = Date)]
    pub ends_on: Date,
    /// Days of it that are over already, because the subscription ended before.
    pub days_over: i64,
    /// What it costs for the present licenses, without tax.
    pub net: Money,
    /// With tax: what is paid now.
    pub gross: Money,
}

/// The terms that can be bought now.
#[derive(Debug, Serialize, ToSchema)]
pub struct Extensions {
    /// The longest first.
    pub items: Vec<Extension>,
}

/// What is bought.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct NewExtension {
    /// The version of the price, as the list of extensions has it.
    #[schema(value_type = String, example = "prc_01jd55pv3xft7sm2rw5mz4ym31")]
    pub price_id: PriceId,
    /// A card or bank account on file; this or `payment_token`.
    #[serde(default)]
    #[schema(value_type = Option<String>)]
    pub payment_method_id: Option<PaymentMethodId>,
    /// A card that was given to the payment gateway: what stands for it. Never a card number.
    #[serde(default)]
    pub payment_token: Option<String>,
}

impl NewExtension {
    fn payment(&self) -> ApiResult<Payment> {
        match (self.payment_method_id, &self.payment_token) {
            (Some(id), None) => Ok(Payment::OnFile(id)),
            (None, Some(token)) => Ok(Payment::Token(token.clone())),
            (card, _) => {
                let wrong = if card.is_some() { Wrong::Unknown } else { Wrong::Missing };
                Err(ApiError::Fields(vec![WrongField { field: "payment_token".to_owned(), wrong }]))
            }
        }
    }
}

/// What can be bought to extend a prepaid subscription
#[utoipa::path(get, path = "/api/v1/subscriptions/{subscription_id}/extend", tag = "Subscriptions",
    operation_id = "listExtensions", params(("subscription_id" = String, Path)),
    responses((status = 200, description = "The terms at today's prices", body = Extensions)))]
pub(crate) async fn list(client: Client, Id(id): Id<SubscriptionId>) -> ApiResult<Json<Extensions>> {
    let view = client.read(ExtensionChoices(id)).await?;
    let extension = |ExtensionChoice { price, extension, totals }: ExtensionChoice| Extension {
        price_id: price.id,
        term: price.term,
        period: extension.term.into(),
        ends_on: extension.term.end,
        days_over: extension.days_over,
        net: totals.net.into(),
        gross: totals.gross.into(),
    };
    let choices = view.choices.map_err(app::Failure::from)?;
    Ok(Json(Extensions { items: choices.into_iter().map(extension).collect() }))
}

/// Extends a prepaid subscription by one more term
///
/// The payment is asked for at once, as for an order; a payment that fails leaves the subscription as it was. The same
/// `Idempotency-Key` never orders twice.
#[utoipa::path(post, path = "/api/v1/subscriptions/{subscription_id}/extend", tag = "Subscriptions",
    operation_id = "extendSubscription", params(("subscription_id" = String, Path)), request_body = NewExtension,
    responses((status = 201, description = "Placed", body = PlacedOrder)))]
pub(crate) async fn extend(
    client: Client,
    Id(subscription_id): Id<SubscriptionId>,
    Sent { body, key }: Sent<NewExtension>,
) -> ApiResult<Response> {
    client.needs(Permission::BuySubscription)?;
    let (payment, price_id) = (body.payment()?, body.price_id);
    let (id, confirm_at) = client
        .act(Permission::BuySubscription, move |app, caller, organization| {
            let order_id = match &key {
                Some(key) => OrderId::from_uuid(key.identifier(&caller.actor)),
                None => new_order_id(app),
            };
            let ordered = OrderedExtension { order_id, subscription_id, price_id, payment };
            let id = extend_end_date(app, caller, organization, ordered)?;
            let settling: Settling = settle(app, caller, organization, id)?;
            Ok((id, confirmation(settling)))
        })
        .await?;
    answer(&client, id, confirm_at).await
}
