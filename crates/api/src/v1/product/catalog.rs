//! What the organization can buy, in its own currency (R14).

use super::super::schema::{self, Money};
use crate::web::{ApiResult, Client, Id, Page, QueryOf, Reader, limit};
use app::catalog::browse::BrowseProducts;
use app::catalog::prepare::ProductForSale;
use app::subscription::list::ListedSubscription;
use axum::Json;
use axum::http::Uri;
use domain::catalog::{BillingFrequency, Category, ProductKind, Term};
use domain::ids::{PriceId, ProductId, ServicePlanId, SkuId, SubscriptionId};
use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};
use words::{Language, Words};

/// A product that can be bought.
#[derive(Debug, Serialize, ToSchema)]
pub struct Product {
    /// Identity.
    #[schema(value_type = String, example = "prd_01jd55pv3xft7sm2rw5mz4ym31")]
    pub id: ProductId,
    /// Its name.
    pub name: String,
    /// Its shelf.
    #[schema(schema_with = schema::category)]
    pub category: Category,
    /// Whether it is sold alone, or comes with a subscription of another product.
    #[schema(schema_with = schema::product_kind)]
    pub kind: ProductKind,
    /// What it is, in the reader's language; may be empty.
    pub description: String,
    /// When its sale ended.
    #[schema(value_type = Option<String>, format = DateTime)]
    pub retired_at: Option<Timestamp>,
    /// How many subscriptions of it the organization has.
    pub subscriptions: i64,
}

impl Product {
    fn new(words: Words, product: domain::catalog::Product, subscriptions: i64) -> Self {
        Self {
            id: product.id,
            name: product.name,
            category: product.category,
            kind: product.kind,
            description: match words.language {
                Language::English => product.description_en,
                Language::Dutch => product.description_nl,
            },
            retired_at: product.retired_at,
            subscriptions,
        }
    }
}

/// A product with all ways to buy it.
#[derive(Debug, Serialize, ToSchema)]
pub struct ProductForSaleBody {
    /// The product.
    #[serde(flatten)]
    pub product: Product,
    /// What is sold of it.
    pub skus: Vec<Sku>,
    /// The apps and services inside.
    pub service_plans: Vec<ServicePlan>,
    /// The subscriptions to which it can belong, or beside which it is sold, when it is an add-on.
    pub bases: Vec<BaseSubscription>,
}

/// A subscription that an add-on fits; an order of a traditional one names it.
#[derive(Debug, Serialize, ToSchema)]
pub struct BaseSubscription {
    /// The subscription.
    #[schema(value_type = String, example = "sub_01jd55pv3xft7sm2rw5mz4ym31")]
    pub subscription_id: SubscriptionId,
    /// The name of its product.
    pub product_name: String,
}

/// What is sold.
#[derive(Debug, Serialize, ToSchema)]
pub struct Sku {
    /// Identity.
    #[schema(value_type = String)]
    pub id: SkuId,
    /// The name that programs know.
    #[schema(example = "SPE_E5")]
    pub part_number: String,
    /// The most licenses of one subscription.
    pub quantity_max: u32,
    /// Today's prices in the organization's currency.
    pub prices: Vec<Price>,
}

/// One version of a price.
#[derive(Debug, Serialize, ToSchema)]
pub struct Price {
    /// Identity of this version; an order names it.
    #[schema(value_type = String, example = "prc_01jd55pv3xft7sm2rw5mz4ym31")]
    pub id: PriceId,
    /// How long the buyer commits.
    #[schema(schema_with = schema::term)]
    pub term: Term,
    /// How often it is charged.
    #[schema(schema_with = schema::billing_frequency)]
    pub billing_frequency: BillingFrequency,
    /// The price of one license for one billing period, without tax.
    pub unit_price: Money,
}

impl From<domain::catalog::Price> for Price {
    fn from(price: domain::catalog::Price) -> Self {
        let domain::catalog::Price { id, term, billing_frequency, unit_price, .. } = price;
        Self { id, term, billing_frequency, unit_price: unit_price.into() }
    }
}

/// An app or service inside a product.
#[derive(Debug, Serialize, ToSchema)]
pub struct ServicePlan {
    /// Identity.
    #[schema(value_type = String, example = "pln_01jd55pv3xft7sm2rw5mz4ym31")]
    pub id: ServicePlanId,
    /// The name that programs know.
    #[schema(example = "EXCHANGE_S_ENTERPRISE")]
    pub name: String,
    /// The name that people know.
    pub friendly_name: String,
}

/// Which products.
#[derive(Debug, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct ProductsQuery {
    /// Only whose name contains this.
    #[serde(default)]
    #[param(required = false)]
    search: String,
    /// Only on this shelf.
    #[param(schema_with = schema::category, required = false)]
    category: Option<Category>,
    /// Rows of a page, 1 to 500; 50 when it is left out.
    limit: Option<usize>,
    /// Where the page before ended, as `next` has it.
    #[param(value_type = Option<String>)]
    after: Option<ProductId>,
}

/// Products that the organization can buy
#[utoipa::path(get, path = "/api/v1/products", tag = "Products", operation_id = "listProducts", params(ProductsQuery),
    responses((status = 200, description = "A page", body = Page<Product>)))]
pub(crate) async fn list(
    client: Client,
    Reader(words): Reader,
    uri: Uri,
    QueryOf(query): QueryOf<ProductsQuery>,
) -> ApiResult<Json<Page<Product>>> {
    let asked = BrowseProducts {
        search: query.search,
        category: query.category,
        after: query.after,
        limit: limit(query.limit)?,
    };
    let shelf = client.read(asked).await?;
    let rows = shelf.rows.into_iter().map(|row| Product::new(words, row.product, row.subscriptions)).collect();
    Ok(Page::new(&uri, rows, shelf.next))
}

/// One product with its SKUs, prices and apps
#[utoipa::path(get, path = "/api/v1/products/{product_id}", tag = "Products", operation_id = "getProduct",
    params(("product_id" = String, Path)),
    responses((status = 200, description = "The product", body = ProductForSaleBody)))]
pub(crate) async fn details(
    client: Client,
    Reader(words): Reader,
    Id(id): Id<ProductId>,
) -> ApiResult<Json<ProductForSaleBody>> {
    let found = client.read(ProductForSale(id)).await?;
    let sku = |(sku, prices): (domain::catalog::Sku, Vec<_>)| Sku {
        id: sku.id,
        part_number: sku.part_number,
        quantity_max: sku.quantity_max,
        prices: prices.into_iter().map(Price::from).collect(),
    };
    let plan = |plan: domain::catalog::ServicePlan| ServicePlan {
        id: plan.id,
        name: plan.name,
        friendly_name: plan.friendly_name,
    };
    let base = |listed: ListedSubscription| BaseSubscription {
        subscription_id: listed.subscription.id,
        product_name: listed.product_name,
    };
    Ok(Json(ProductForSaleBody {
        product: Product::new(words, found.product, found.subscriptions),
        skus: found.skus.into_iter().map(sku).collect(),
        service_plans: found.plans.into_iter().map(plan).collect(),
        bases: found.bases.into_iter().map(base).collect(),
    }))
}
