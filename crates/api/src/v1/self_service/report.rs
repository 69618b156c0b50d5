//! The report of self-service purchases: who bought what, what it costs a month, and what centralizing would save.

use super::super::schema::{self, Money};
use crate::web::{ApiResult, Client};
use app::self_service::report::{ProductReport, Purchase, Report, SelfServiceReport};
use axum::Json;
use domain::ids::{ProductId, SubscriptionId};
use domain::subscription::SubscriptionState;
use jiff::civil::Date;
use serde::Serialize;
use utoipa::ToSchema;

/// What people bought for themselves.
#[derive(Debug, Serialize, ToSchema)]
pub struct SelfServicePurchases {
    /// By product and currency, by name.
    pub products: Vec<SelfServiceProduct>,
    /// Every subscription that is not deleted, by product and buyer.
    pub purchases: Vec<SelfServicePurchase>,
}

/// What people bought of one product.
#[derive(Debug, Serialize, ToSchema)]
pub struct SelfServiceProduct {
    /// The product.
    #[schema(value_type = String, example = "prd_01jd55pv3xft7sm2rw5mz4ym31")]
    pub product_id: ProductId,
    /// Its name.
    pub product_name: String,
    /// How many subscriptions.
    pub subscriptions: i64,
    /// Their licenses.
    pub licenses: i64,
    /// People who have one.
    pub people: i64,
    /// What they cost a month, without tax.
    pub cost_per_month: Money,
    /// Licenses that the organization would have to buy instead; null when it cannot buy the product.
    pub licenses_to_buy: Option<i64>,
    /// What those cost a month.
    pub central_cost_per_month: Option<Money>,
    /// What centralizing saves a month; negative when it costs more.
    pub saving_per_month: Option<Money>,
}

/// A subscription that a user bought.
#[derive(Debug, Serialize, ToSchema)]
pub struct SelfServicePurchase {
    /// The subscription.
    #[schema(value_type = String)]
    pub subscription_id: SubscriptionId,
    /// The product.
    #[schema(value_type = String)]
    pub product_id: ProductId,
    /// Its name.
    pub product_name: String,
    /// The name of the buyer.
    pub buyer: String,
    /// The address of the buyer.
    pub buyer_email: String,
    /// Where it stands.
    #[schema(schema_with = schema::subscription_state)]
    pub state: SubscriptionState,
    /// Its licenses.
    pub quantity: u32,
    /// People who have one.
    pub people: i64,
    /// The day on which it renews or expires.
    #[schema(value_type = String, format = Date)]
    pub ends_on: Date,
    /// What it costs a month, without tax.
    pub cost_per_month: Money,
}

impl From<Report> for SelfServicePurchases {
    fn from(report: Report) -> Self {
        Self {
            products: report.products.into_iter().map(SelfServiceProduct::from).collect(),
            purchases: report.purchases.into_iter().map(SelfServicePurchase::from).collect(),
        }
    }
}

impl From<ProductReport> for SelfServiceProduct {
    fn from(row: ProductReport) -> Self {
        Self {
            product_id: row.product_id,
            product_name: row.name,
            subscriptions: row.subscriptions,
            licenses: row.licenses,
            people: row.people,
            cost_per_month: row.cost.into(),
            licenses_to_buy: row.saving.map(|saving| saving.to_buy),
            central_cost_per_month: row.saving.map(|saving| saving.cost.into()),
            saving_per_month: row.saving.map(|saving| saving.saved.into()),
        }
    }
}

impl From<(Purchase, domain::money::Money)> for SelfServicePurchase {
    fn from((bought, cost): (Purchase, domain::money::Money)) -> Self {
        Self {
            subscription_id: bought.subscription_id,
            product_id: bought.product_id,
            product_name: bought.product_name,
            buyer: bought.buyer,
            buyer_email: bought.email,
            state: bought.state,
            quantity: bought.quantity,
            people: bought.people,
            ends_on: bought.ends_on,
            cost_per_month: cost.into(),
        }
    }
}

/// What people bought for themselves
///
/// With what it costs a month and what licenses of the organization instead would save.
#[utoipa::path(get, path = "/api/v1/self-service-purchases", tag = "Self-service",
    operation_id = "listSelfServicePurchases",
    responses((status = 200, description = "Every purchase", body = SelfServicePurchases)))]
pub(crate) async fn list(client: Client) -> ApiResult<Json<SelfServicePurchases>> {
    Ok(Json(client.read(SelfServiceReport).await?.into()))
}
