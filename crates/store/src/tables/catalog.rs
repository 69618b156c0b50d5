//! The catalog: products, their SKUs, service plans and versions of prices. All organizations share it.

use crate::{Result, Write, params, statements};
use domain::catalog::{Price, Product, ServicePlan, Sku};
use domain::ids::{ServicePlanId, SkuId};
use domain::user::fold;

statements! {
    INSERT_PRODUCT: shared = "INSERT INTO product (id, name, sort_name, category, description_en, description_nl, \
        retired_at) VALUES ($1, $2, $3, $4, $5, $6, $7)";
    INSERT_SKU: shared = "INSERT INTO sku (id, product_id, part_number, kind, quantity_max) \
        VALUES ($1, $2, $3, $4, $5)";
    INSERT_SERVICE_PLAN: shared = "INSERT INTO service_plan (id, name, friendly_name) VALUES ($1, $2, $3)";
    INSERT_SKU_PLAN: shared = "INSERT INTO sku_plan (sku_id, service_plan_id) VALUES ($1, $2)";
    INSERT_PRICE: shared = "INSERT INTO price (id, sku_id, term, billing_frequency, currency, unit_price, version, \
        valid_from) VALUES ($1, $2, $3, $4, $5, $6, $7, $8)";
}

/// Adds a product.
///
/// # Errors
/// When the database fails, or the name is taken.
pub fn insert_product(write: &Write<'_>, new: &Product) -> Result<()> {
    let category = new.category.code();
    let (english, dutch) = (&new.description_en, &new.description_nl);
    write.change(&INSERT_PRODUCT, params![new.id, new.name, fold(&new.name), category, english, dutch, new.retired_at])
}

/// Adds a SKU of a product.
///
/// # Errors
/// When the database fails.
pub fn insert_sku(write: &Write<'_>, new: &Sku) -> Result<()> {
    let kind = new.kind.code();
    write.change(&INSERT_SKU, params![new.id, new.product_id, new.part_number, kind, new.quantity_max])
}

/// Adds an app or service.
///
/// # Errors
/// When the database fails.
pub fn insert_service_plan(write: &Write<'_>, new: &ServicePlan) -> Result<()> {
    write.change(&INSERT_SERVICE_PLAN, params![new.id, new.name, new.friendly_name])
}

/// Puts an app or service into a SKU.
///
/// # Errors
/// When the database fails, or it is there already.
pub fn insert_sku_plan(write: &Write<'_>, sku: SkuId, plan: ServicePlanId) -> Result<()> {
    write.change(&INSERT_SKU_PLAN, params![sku, plan])
}

/// Adds a version of a price.
///
/// # Errors
/// When the database fails, or there is such a version.
pub fn insert_price(write: &Write<'_>, new: &Price) -> Result<()> {
    let (term, frequency, currency) = (new.term.code(), new.billing_frequency.code(), new.unit_price.currency.code());
    write.change(
        &INSERT_PRICE,
        params![new.id, new.sku_id, term, frequency, currency, new.unit_price.minor, new.version, new.valid_from],
    )
}
