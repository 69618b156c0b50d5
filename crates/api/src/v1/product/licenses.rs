//! Licenses of each product, and who holds them (R110-R112, R173).

use super::super::license::holds::License;
use crate::web::{ApiResult, Client, Id, Page, QueryOf, limit};
use app::license::list::{LicensedProduct, ListProducts};
use app::license::product::{Holder, Holders};
use axum::Json;
use axum::http::Uri;
use domain::ids::{ProductId, SubscriptionId, UserId};
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

/// The licenses of a product over all its subscriptions.
#[derive(Debug, Serialize, ToSchema)]
pub struct LicensesOfProduct {
    /// The product.
    #[schema(value_type = String)]
    pub product_id: ProductId,
    /// Its name.
    pub product_name: String,
    /// Licenses of all subscriptions that can be assigned.
    pub quantity: i64,
    /// Those in use.
    pub assigned: i64,
    /// Those that can be given to someone now.
    pub available: i64,
    /// People whose license is in conflict.
    pub conflicts: i64,
    /// How many subscriptions there are.
    pub subscriptions: i64,
    /// How many of them users bought.
    pub self_service: i64,
}

impl From<LicensedProduct> for LicensesOfProduct {
    fn from(product: LicensedProduct) -> Self {
        Self {
            available: product.available(),
            product_id: product.product_id,
            product_name: product.name,
            quantity: product.quantity,
            assigned: product.assigned,
            conflicts: product.conflicts,
            subscriptions: product.subscriptions,
            self_service: product.self_service,
        }
    }
}

/// A person who holds a product.
#[derive(Debug, Serialize, ToSchema)]
pub struct LicenseHolder {
    /// The license.
    #[serde(flatten)]
    pub license: License,
    /// The name of the person.
    pub display_name: String,
    /// The sign-in name.
    pub email: String,
    /// The department; may be empty.
    pub department: String,
}

impl From<Holder> for LicenseHolder {
    fn from(holder: Holder) -> Self {
        Self {
            license: holder.license.into(),
            display_name: holder.display_name,
            email: holder.email,
            department: holder.department,
        }
    }
}

/// Which products.
#[derive(Debug, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct LicensesQuery {
    /// Only products whose name contains this.
    #[serde(default)]
    #[param(required = false)]
    search: String,
    /// Only of subscriptions that users bought.
    #[serde(default)]
    #[param(required = false)]
    self_service: bool,
    /// Rows of a page, 1 to 500; 50 when it is left out.
    limit: Option<usize>,
    /// Where the page before ended, as `next` has it.
    #[param(value_type = Option<String>)]
    after: Option<ProductId>,
}

/// Licenses of the organization, one row for each product
#[utoipa::path(get, path = "/api/v1/licenses", tag = "Licenses", operation_id = "listLicenses", params(LicensesQuery),
    responses((status = 200, description = "A page", body = Page<LicensesOfProduct>)))]
pub(crate) async fn list(
    client: Client,
    uri: Uri,
    QueryOf(query): QueryOf<LicensesQuery>,
) -> ApiResult<Json<Page<LicensesOfProduct>>> {
    let asked = ListProducts {
        self_service: query.self_service,
        search: query.search,
        after: query.after,
        limit: limit(query.limit)?,
    };
    let page = client.read(asked).await?;
    Ok(Page::new(&uri, page.rows.into_iter().map(LicensesOfProduct::from).collect(), page.next))
}

/// Which people.
#[derive(Debug, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct HoldersQuery {
    /// Only people with words that begin with those of this text.
    #[serde(default)]
    #[param(required = false)]
    search: String,
    /// Only from this subscription.
    #[param(value_type = Option<String>)]
    subscription_id: Option<SubscriptionId>,
    /// Rows of a page, 1 to 500; 50 when it is left out.
    limit: Option<usize>,
    /// Where the page before ended, as `next` has it.
    #[param(value_type = Option<String>)]
    after: Option<UserId>,
}

/// People who hold a product, by name
#[utoipa::path(get, path = "/api/v1/products/{product_id}/licenses", tag = "Licenses", operation_id = "listHolders",
    params(("product_id" = String, Path), HoldersQuery),
    responses((status = 200, description = "A page", body = Page<LicenseHolder>)))]
pub(crate) async fn holders(
    client: Client,
    uri: Uri,
    Id(product_id): Id<ProductId>,
    QueryOf(query): QueryOf<HoldersQuery>,
) -> ApiResult<Json<Page<LicenseHolder>>> {
    let asked = Holders {
        product_id,
        subscription_id: query.subscription_id,
        search: query.search,
        after: query.after,
        limit: limit(query.limit)?,
    };
    let page = client.read(asked).await?;
    Ok(Page::new(&uri, page.rows.into_iter().map(LicenseHolder::from).collect(), page.next))
}
