//! Product keys: what redeeming some comes to, and redeeming them (R84 to R100).

use super::schema;
use crate::web::{Access, ApiResult, Client, Routes, Sent};
use app::Caller;
use app::order::place::new_order_id;
use app::product_key::redeem::{Redeem, Reviewed, TypedKey, redeem as redeem_keys, review as review_keys};
use axum::Json;
use axum::http::StatusCode;
use domain::access::{Permission, Principal};
use domain::ids::{OrderId, SubscriptionId};
use domain::product_key::KeyUse;
use domain::product_key::redeem::KeyLine;
use domain::subscription::SubscriptionState;
use jiff::civil::Date;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

pub(super) fn routes() -> Routes {
    const REDEEM: Access = Access::Needs(Permission::RedeemProductKeys);
    Routes::default().post("/api/v1/product-keys/review", REDEEM, review).post(
        "/api/v1/product-keys/redeem",
        REDEEM,
        redeem,
    )
}

/// Keys and what they are for.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct KeysToRedeem {
    /// The subscription to which licenses or time come; without one, the keys start a subscription.
    #[serde(default)]
    #[schema(value_type = Option<String>, example = "sub_01jd55pv3xft7sm2rw5mz4ym31")]
    pub subscription_id: Option<SubscriptionId>,
    /// The keys.
    pub keys: Vec<KeyToRedeem>,
}

/// A key to redeem.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct KeyToRedeem {
    /// Its 25 characters, with or without dashes, in capitals or not.
    #[schema(example = "ABCDE-FGHJK-LMNPQ-RTUVW-XY234")]
    pub product_key: String,
    /// What it does for the subscription: `add` licenses or `extend` its end date. A first key starts a subscription.
    #[serde(default = "add")]
    #[schema(schema_with = schema::key_use)]
    pub key_use: KeyUse,
}

const fn add() -> KeyUse {
    KeyUse::Add
}

impl From<KeysToRedeem> for Redeem {
    fn from(keys: KeysToRedeem) -> Self {
        let typed = |key: KeyToRedeem| TypedKey { key_use: key.key_use, text: key.product_key };
        Self { subscription_id: keys.subscription_id, keys: keys.keys.into_iter().map(typed).collect() }
    }
}

/// What will be true once the keys are redeemed.
#[derive(Debug, Serialize, ToSchema)]
pub struct KeysReview {
    /// The product.
    pub product_name: String,
    /// Licenses before.
    pub quantity_before: u32,
    /// Licenses afterwards.
    pub quantity_after: u32,
    /// The end date before: the first day that was not covered; today for a new subscription.
    #[schema(value_type = String, format = Date)]
    pub ends_on_before: Date,
    /// The end date afterwards: the first day that is not covered.
    #[schema(value_type = String, format = Date)]
    pub ends_on_after: Date,
    /// The state of a subscription that had ended and that the keys bring back.
    #[schema(schema_with = schema::optional_subscription_state)]
    pub brings_back: Option<SubscriptionState>,
    /// What each key brings, in the order in which they were given.
    pub keys: Vec<KeyReview>,
}

/// What one key brings.
#[derive(Debug, Serialize, ToSchema)]
pub struct KeyReview {
    /// Its last five characters.
    pub last_five: String,
    /// What it is redeemed for.
    #[schema(schema_with = schema::key_use)]
    pub key_use: KeyUse,
    /// Its licenses.
    pub quantity: u32,
    /// The first day that it no longer covers here.
    #[schema(value_type = String, format = Date)]
    pub until: Date,
    /// Days of its term that are lost, or that come on top of it when negative.
    pub days_lost: i64,
    /// Licenses of it that are lost, because a smaller key sets the total.
    pub licenses_lost: u32,
}

impl From<KeyLine> for KeyReview {
    fn from(line: KeyLine) -> Self {
        Self {
            last_five: line.key.last_five,
            key_use: line.key_use,
            quantity: line.key.quantity,
            until: line.until,
            days_lost: line.days_lost,
            licenses_lost: line.licenses_lost,
        }
    }
}

impl From<Reviewed> for KeysReview {
    fn from(reviewed: Reviewed) -> Self {
        let redemption = reviewed.redemption;
        Self {
            product_name: reviewed.product_name,
            quantity_before: redemption.quantity.from,
            quantity_after: redemption.quantity.to,
            ends_on_before: redemption.ends_on.from,
            ends_on_after: redemption.ends_on.to,
            brings_back: redemption.brings_back,
            keys: redemption.lines.into_iter().map(KeyReview::from).collect(),
        }
    }
}

/// What was redeemed.
#[derive(Debug, Serialize, ToSchema)]
pub struct KeysRedeemed {
    /// The subscription that has the licenses.
    #[schema(value_type = String, example = "sub_01jd55pv3xft7sm2rw5mz4ym31")]
    pub subscription_id: SubscriptionId,
    /// The order of the redemption.
    #[schema(value_type = String, example = "ord_01jd55pv3xft7sm2rw5mz4ym31")]
    pub order_id: OrderId,
}

/// The program as the limits of guessing count it.
fn client_name(caller: &Caller) -> String {
    match caller.actor.principal {
        Principal::Token(token) => token.to_string(),
        Principal::User(user) => user.to_string(),
        Principal::System => String::new(),
    }
}

/// Says what redeeming product keys comes to
///
/// Nothing changes by that. What is wrong with a key stands at `keys[0]` and so on.
#[utoipa::path(post, path = "/api/v1/product-keys/review", tag = "Product keys", operation_id = "reviewProductKeys",
    request_body = KeysToRedeem,
    responses((status = 200, description = "What will be true afterwards", body = KeysReview)))]
pub(crate) async fn review(client: Client, Sent { body, .. }: Sent<KeysToRedeem>) -> ApiResult<Json<KeysReview>> {
    client.needs(Permission::RedeemProductKeys)?;
    let act = move |app: &app::App, caller: &Caller, organization| {
        review_keys(app, caller, organization, &client_name(caller), &body.into())
    };
    Ok(Json(client.act(Permission::RedeemProductKeys, act).await?.into()))
}

/// Redeems product keys
///
/// All of them, or none. The same `Idempotency-Key` never redeems twice.
#[utoipa::path(post, path = "/api/v1/product-keys/redeem", tag = "Product keys", operation_id = "redeemProductKeys",
    request_body = KeysToRedeem, responses((status = 201, description = "Redeemed", body = KeysRedeemed)))]
pub(crate) async fn redeem(
    client: Client,
    Sent { body, key }: Sent<KeysToRedeem>,
) -> ApiResult<(StatusCode, Json<KeysRedeemed>)> {
    client.needs(Permission::RedeemProductKeys)?;
    let act = move |app: &app::App, caller: &Caller, organization| {
        let order_id = match &key {
            Some(key) => OrderId::from_uuid(key.identifier(&caller.actor)),
            None => new_order_id(app),
        };
        redeem_keys(app, caller, organization, &client_name(caller), order_id, &body.into())
    };
    let redeemed = client.act(Permission::RedeemProductKeys, act).await?;
    let answer = KeysRedeemed { subscription_id: redeemed.subscription_id, order_id: redeemed.order_id };
    Ok((StatusCode::CREATED, Json(answer)))
}
