//! Orders: purchases and changes of quantity.

pub(crate) mod extend;
pub(crate) mod place;

use super::schema::{self, Money};
use crate::web::{Access, ApiResult, Client, Id, Page, QueryOf, Routes, limit};
use app::order::details::OrderDetails;
use app::order::list::{ListOrders, ListedOrder};
use axum::Json;
use axum::http::Uri;
use domain::access::Permission;
use domain::catalog::{BillingFrequency, Term};
use domain::ids::{BillingProfileId, OrderId, PaymentMethodId, PriceId, ProductId, SkuId, SubscriptionId, UserId};
use domain::order::{OrderKind, OrderState};
use jiff::Timestamp;
use jiff::civil::Date;
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

pub(super) fn routes() -> Routes {
    const READ: Access = Access::Needs(Permission::ReadSubscriptions);
    const BUY: Access = Access::Needs(Permission::BuySubscription);
    Routes::default()
        .get("/api/v1/orders", READ, list)
        .post("/api/v1/orders", BUY, place::place)
        .get("/api/v1/orders/{order_id}", READ, details)
        .get("/api/v1/subscriptions/{subscription_id}/extend", BUY, extend::list)
        .post("/api/v1/subscriptions/{subscription_id}/extend", BUY, extend::extend)
}

/// A purchase or a change of quantity.
#[derive(Debug, Serialize, ToSchema)]
pub struct Order {
    /// Identity.
    #[schema(value_type = String, example = "ord_01jd55pv3xft7sm2rw5mz4ym31")]
    pub id: OrderId,
    /// Counts from 1 in each organization, without gaps.
    pub number: u64,
    /// What it does.
    #[schema(schema_with = schema::order_kind)]
    pub kind: OrderKind,
    /// Where it stands.
    #[schema(schema_with = schema::order_state)]
    pub state: OrderState,
    /// Why it was voided: the code of a problem.
    pub void_reason: Option<String>,
    /// The subscription that it makes or changes; of a purchase it exists once the order is posted.
    #[schema(value_type = String)]
    pub subscription_id: SubscriptionId,
    /// The subscription to which what is ordered belongs as an add-on.
    #[schema(value_type = Option<String>)]
    pub base_id: Option<SubscriptionId>,
    /// The billing profile that is charged; null where nothing was to choose.
    #[schema(value_type = Option<String>)]
    pub billing_profile_id: Option<BillingProfileId>,
    /// The product.
    #[schema(value_type = String)]
    pub product_id: ProductId,
    /// The name of the product.
    pub product_name: String,
    /// What is sold.
    #[schema(value_type = String)]
    pub sku_id: SkuId,
    /// The version of the price.
    #[schema(value_type = Option<String>)]
    pub price_id: Option<PriceId>,
    /// Commitment.
    #[schema(schema_with = schema::term)]
    pub term: Term,
    /// How often it is charged.
    #[schema(schema_with = schema::billing_frequency)]
    pub billing_frequency: BillingFrequency,
    /// Licenses ordered; for a change the difference.
    pub quantity: i64,
    /// The first day of what is ordered, when the buyer chose it; on the day of the order otherwise.
    #[schema(value_type = Option<String>, format = Date)]
    pub starts_on: Option<Date>,
    /// The price of one license for one billing period; null for those who may not see prices.
    pub unit_price: Option<Money>,
    /// What it costs now, without tax; negative is a credit; null for those who may not see prices.
    pub amount: Option<Money>,
    /// The card that pays.
    #[schema(value_type = Option<String>)]
    pub payment_method_id: Option<PaymentMethodId>,
    /// Who ordered, when a person did.
    #[schema(value_type = Option<String>)]
    pub ordered_by: Option<UserId>,
    /// The name of who ordered.
    pub ordered_by_name: Option<String>,
    /// When.
    #[schema(value_type = String, format = DateTime)]
    pub ordered_at: Timestamp,
}

impl Order {
    fn new(listed: ListedOrder, with_prices: bool) -> Self {
        let order = listed.order;
        Self {
            id: order.id,
            number: order.number,
            kind: order.kind,
            state: order.state,
            void_reason: order.void_reason,
            subscription_id: order.subscription_id,
            base_id: order.base_id,
            billing_profile_id: order.billing_profile_id,
            product_id: order.product_id,
            product_name: listed.product_name,
            sku_id: order.sku_id,
            price_id: order.price_id,
            term: order.term,
            billing_frequency: order.billing_frequency,
            quantity: order.quantity,
            starts_on: order.starts_on,
            unit_price: with_prices.then(|| order.unit_price.into()),
            amount: with_prices.then(|| order.amount.into()),
            payment_method_id: order.payment_method_id,
            ordered_by: order.ordered_by,
            ordered_by_name: listed.ordered_by_name,
            ordered_at: order.ordered_at,
        }
    }
}

/// Which orders.
#[derive(Debug, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct OrdersQuery {
    /// Rows of a page, 1 to 500; 50 when it is left out.
    limit: Option<usize>,
    /// Where the page before ended, as `next` has it.
    after: Option<u64>,
}

/// Orders of the organization, the newest first
#[utoipa::path(get, path = "/api/v1/orders", tag = "Orders", operation_id = "listOrders", params(OrdersQuery),
    responses((status = 200, description = "A page", body = Page<Order>)))]
pub(crate) async fn list(
    client: Client,
    uri: Uri,
    QueryOf(query): QueryOf<OrdersQuery>,
) -> ApiResult<Json<Page<Order>>> {
    let page = client.read(ListOrders { before: query.after, limit: limit(query.limit)? }).await?;
    let rows = page.rows.into_iter().map(|row| Order::new(row, page.with_prices)).collect();
    Ok(Page::new(&uri, rows, page.next))
}

/// One order
#[utoipa::path(get, path = "/api/v1/orders/{order_id}", tag = "Orders", operation_id = "getOrder",
    params(("order_id" = String, Path)), responses((status = 200, description = "The order", body = Order)))]
pub(crate) async fn details(client: Client, Id(id): Id<OrderId>) -> ApiResult<Json<Order>> {
    let view = client.read(OrderDetails(id)).await?;
    Ok(Json(Order::new(view.listed, view.with_prices)))
}
