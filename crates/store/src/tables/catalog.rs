//! Products, their SKUs and service plans, which all organizations share (D31). Prices have a file of their own.

use crate::{Read, Result, Row, Write, params, statements};
use domain::catalog::coverage::Content;
use domain::catalog::{Category, Product, ProductKind, ServicePlan, Sku, SkuKind};
use domain::ids::{ProductId, ServicePlanId, SkuId};
use domain::money::Currency;
use domain::user::fold;
use jiff::Timestamp;

macro_rules! select_product {
    ($rest:literal) => {
        concat!(
            "SELECT p.id, p.name, p.category, p.description_en, p.description_nl, p.retired_at, p.kind FROM product p ",
            $rest
        )
    };
}

/// The products that have a price in a currency at an instant.
macro_rules! on_sale {
    ($currency:literal, $at:literal) => {
        concat!(
            "p.retired_at IS NULL AND EXISTS (SELECT 1 FROM sku k JOIN price r ON r.sku_id = k.id \
             WHERE k.product_id = p.id AND k.kind = 'central' AND r.currency = ",
            $currency,
            " AND r.valid_from <= ",
            $at,
            ") "
        )
    };
}

/// The products that an organization can buy: on sale, and of the add-ons those that fit what it has, as
/// `domain::subscription::add_on::can_have` says.
macro_rules! on_shelf {
    () => {
        concat!(
            on_sale!("$2", "$3"),
            "AND (p.kind = 'base' OR EXISTS (SELECT 1 FROM add_on_base f JOIN subscription s \
             ON s.product_id = f.base_product_id WHERE f.product_id = p.id AND s.organization_id = $1 \
             AND s.state = 'active' AND s.holder_id IS NULL AND s.base_id IS NULL AND (p.kind = 'standalone_add_on' \
             OR (s.channel IN ('direct', 'direct_invoice') AND s.plan_change_job_id IS NULL \
             AND s.plan_price_at_renewal_id IS NULL)))) "
        )
    };
}

statements! {
    PRODUCT_BY_ID: shared = select_product!("WHERE p.id = $1");
    ALL_PRODUCTS: shared = select_product!("ORDER BY p.sort_name, p.id");
    // The operator's list: every product, found by its name or by a part number of its SKUs.
    PRODUCTS_OF_CATALOG: shared = select_product!("WHERE (p.sort_name LIKE $1 ESCAPE '\\' OR EXISTS (SELECT 1 \
        FROM sku k WHERE k.product_id = p.id AND LOWER(k.part_number) LIKE $1 ESCAPE '\\')) \
        AND ($2 = '' OR p.category = $2) AND (p.sort_name, p.id) > ($3, $4) ORDER BY p.sort_name, p.id LIMIT $5");
    PRODUCTS_ON_SALE: organization = concat!(
        select_product!("WHERE "),
        on_shelf!(),
        "AND p.sort_name LIKE $4 ESCAPE '\\' AND ($5 = '' OR p.category = $5) AND (p.sort_name, p.id) > ($6, $7) \
         ORDER BY p.sort_name, p.id LIMIT $8"
    );
    // The add-ons that fit a product.
    ADD_ONS_ON_SALE: shared = concat!(
        select_product!("JOIN add_on_base f ON f.product_id = p.id WHERE f.base_product_id = $3 AND "),
        on_sale!("$1", "$2"),
        "ORDER BY p.sort_name, p.id"
    );
    BASES_OF_ADD_ON: shared = select_product!("JOIN add_on_base f ON f.base_product_id = p.id WHERE f.product_id = $1 \
        ORDER BY p.sort_name, p.id");
    ADD_ONS_OF_BASE: shared = select_product!("JOIN add_on_base f ON f.product_id = p.id WHERE f.base_product_id = $1 \
        ORDER BY p.sort_name, p.id");
    PRODUCT_BY_NAME: shared = select_product!("WHERE p.name = $1");
    DELETE_BASES: shared = "DELETE FROM add_on_base WHERE product_id = $1";
    INSERT_BASE: shared = "INSERT INTO add_on_base (product_id, base_product_id) VALUES ($1, $2)";
    COUNT_ON_SALE: organization = concat!(
        "SELECT p.category, COUNT(*) FROM product p WHERE ",
        on_shelf!(),
        "AND p.sort_name LIKE $4 ESCAPE '\\' GROUP BY p.category ORDER BY p.category"
    );
    INSERT_PRODUCT: shared = "INSERT INTO product (id, name, sort_name, category, description_en, description_nl, \
        retired_at, kind) VALUES ($1, $2, $3, $4, $5, $6, $7, $8)";
    DESCRIBE_PRODUCT: shared = "UPDATE product SET category = $2, description_en = $3, description_nl = $4, kind = $5 \
        WHERE id = $1";
    SET_RETIRED: shared = "UPDATE product SET retired_at = $2 WHERE id = $1";
    SKU_BY_ID: shared = "SELECT id, product_id, part_number, kind, quantity_max FROM sku WHERE id = $1";
    SKUS_OF_PRODUCT: shared = "SELECT id, product_id, part_number, kind, quantity_max FROM sku WHERE product_id = $1 \
        ORDER BY kind, part_number, id";
    SKUS_OF_SHELF: shared = "SELECT k.id, k.product_id, k.part_number, k.kind, k.quantity_max, \
        EXISTS (SELECT 1 FROM price r WHERE r.sku_id = k.id) FROM product p JOIN sku k ON k.product_id = p.id \
        WHERE (p.sort_name, p.id) >= ($1, $2) AND (p.sort_name, p.id) <= ($3, $4) ORDER BY k.kind, k.part_number, k.id";
    // What organizations buy, with the name of the product.
    SKUS_ON_SALE: shared = "SELECT k.id, k.part_number, p.name FROM sku k JOIN product p ON p.id = k.product_id \
        WHERE k.kind = 'central' AND p.kind <> 'traditional_add_on' AND p.retired_at IS NULL ORDER BY p.sort_name, k.part_number, k.id";
    ALL_SKUS: shared = "SELECT id, product_id, part_number, kind, quantity_max FROM sku ORDER BY part_number, id";
    // Whatever became of it since: an order that was given up sold nothing.
    SOLD_SKUS: shared = "SELECT sku_id FROM subscription UNION SELECT sku_id FROM \"order\" WHERE state <> 'voided' \
        UNION SELECT sku_id FROM product_key_batch";
    INSERT_SKU: shared = "INSERT INTO sku (id, product_id, part_number, kind, quantity_max) \
        VALUES ($1, $2, $3, $4, $5)";
    UPDATE_SKU: shared = "UPDATE sku SET part_number = $2, kind = $3, quantity_max = $4 WHERE id = $1";
    PLANS_OF_SKU: shared = "SELECT s.id, s.name, s.friendly_name FROM sku_plan l \
        JOIN service_plan s ON s.id = l.service_plan_id WHERE l.sku_id = $1 ORDER BY s.friendly_name, s.id";
    PLANS_OF_PRODUCT: shared = "SELECT DISTINCT s.id, s.name, s.friendly_name FROM sku k \
        JOIN sku_plan l ON l.sku_id = k.id JOIN service_plan s ON s.id = l.service_plan_id WHERE k.product_id = $1 \
        ORDER BY s.friendly_name, s.id";
    // What the SKUs that organizations buy hold, of the products on sale, and of the SKU `$3`.
    CONTENTS: shared = concat!("SELECT k.id, p.category, s.name FROM product p JOIN sku k ON k.product_id = p.id \
        JOIN sku_plan l ON l.sku_id = k.id JOIN service_plan s ON s.id = l.service_plan_id WHERE k.id = $3 \
        OR (k.kind = 'central' AND p.kind = 'base' AND ", on_sale!("$1", "$2"), ") ORDER BY p.sort_name, k.id");
    ALL_PLANS: shared = "SELECT id, name, friendly_name FROM service_plan ORDER BY id";
    ALL_SKU_PLANS: shared = "SELECT sku_id, service_plan_id FROM sku_plan";
    INSERT_SERVICE_PLAN: shared = "INSERT INTO service_plan (id, name, friendly_name) VALUES ($1, $2, $3)";
    UPDATE_SERVICE_PLAN: shared = "UPDATE service_plan SET name = $2, friendly_name = $3 WHERE id = $1";
    INSERT_SKU_PLAN: shared = "INSERT INTO sku_plan (sku_id, service_plan_id) VALUES ($1, $2)";
}

fn product(row: &Row<'_>) -> Result<Product> {
    Ok(Product {
        id: row.get(0)?,
        name: row.get(1)?,
        category: row.code(2, Category::from_code)?,
        description_en: row.get(3)?,
        description_nl: row.get(4)?,
        kind: row.code(6, ProductKind::from_code)?,
        retired_at: row.get(5)?,
    })
}

fn sku(row: &Row<'_>) -> Result<Sku> {
    Ok(Sku {
        id: row.get(0)?,
        product_id: row.get(1)?,
        part_number: row.get(2)?,
        kind: row.code(3, SkuKind::from_code)?,
        quantity_max: row.get(4)?,
    })
}

fn plan(row: &Row<'_>) -> Result<ServicePlan> {
    Ok(ServicePlan { id: row.get(0)?, name: row.get(1)?, friendly_name: row.get(2)? })
}

/// What the SKU of a subscription holds, and every other that an organization could buy at an instant, by the names
/// of their products; those without apps are left out.
///
/// # Errors
/// When the database fails.
pub fn contents(read: &Read<'_>, of: SkuId, currency: Currency, at: Timestamp) -> Result<Vec<Content>> {
    let rows = read.query(&CONTENTS, params![currency.code(), at, of], |row| {
        Ok((row.get::<SkuId>(0)?, row.code(1, Category::from_code)?, row.get::<String>(2)?))
    })?;
    let mut contents: Vec<Content> = Vec::new();
    for (sku_id, category, service) in rows {
        match contents.last_mut().filter(|last| last.sku_id == sku_id) {
            Some(last) => drop(last.services.insert(service)),
            None => contents.push(Content { sku_id, category, services: [service].into() }),
        }
    }
    Ok(contents)
}

/// The product.
///
/// # Errors
/// When the database fails.
pub fn find_product(read: &Read<'_>, id: ProductId) -> Result<Option<Product>> {
    read.query_one(&PRODUCT_BY_ID, params![id], product)
}

/// Every product by name, for an import; pages use [`list`].
///
/// # Errors
/// When the database fails.
pub fn all_products(read: &Read<'_>) -> Result<Vec<Product>> {
    read.query(&ALL_PRODUCTS, params![], product)
}

/// Which products a list shows.
#[derive(Debug, Clone, Copy, Default)]
pub struct ProductFilter<'a> {
    /// Only whose name contains this; on the operator's list, or with such a part number.
    pub search: &'a str,
    /// Only on this shelf.
    pub category: Option<Category>,
    /// Only what can be bought in this currency at this instant.
    pub on_sale: Option<(Currency, Timestamp)>,
}

/// Products by name, after the last one of the page before.
///
/// # Errors
/// When the database fails.
pub fn list(
    read: &Read<'_>,
    filter: &ProductFilter<'_>,
    after: Option<&Product>,
    limit: usize,
) -> Result<Vec<Product>> {
    let pattern = pattern(filter.search);
    let category = filter.category.map_or("", Category::code);
    let (name, id) = after.map_or((String::new(), uuid::Uuid::nil()), |after| (fold(&after.name), after.id.uuid()));
    match filter.on_sale {
        Some((currency, at)) => {
            let parameters = params![currency.code(), at, pattern, category, name, id, limit as i64];
            read.query(&PRODUCTS_ON_SALE, parameters, product)
        }
        None => read.query(&PRODUCTS_OF_CATALOG, params![pattern, category, name, id, limit as i64], product),
    }
}

/// How many products whose name contains `search` can be bought, per shelf that has any.
///
/// # Errors
/// When the database fails.
pub fn count_on_sale(read: &Read<'_>, search: &str, currency: Currency, at: Timestamp) -> Result<Vec<(Category, i64)>> {
    let parameters = params![currency.code(), at, pattern(search)];
    read.query(&COUNT_ON_SALE, parameters, |row| Ok((row.code(0, Category::from_code)?, row.get(1)?)))
}

fn pattern(search: &str) -> String {
    format!("%{}%", super::escape_like(&fold(search)))
}

/// Adds a product.
///
/// # Errors
/// When the database fails, or the name is taken.
pub fn insert_product(write: &Write<'_>, new: &Product) -> Result<()> {
    let category = new.category.code();
    let (english, dutch) = (&new.description_en, &new.description_nl);
    let kind = new.kind.code();
    write.change(
        &INSERT_PRODUCT,
        params![new.id, new.name, fold(&new.name), category, english, dutch, new.retired_at, kind],
    )
}

/// Saves shelf, kind and sentences of a product.
///
/// # Errors
/// When the database fails, or there is no such product.
pub fn describe_product(write: &Write<'_>, changed: &Product) -> Result<()> {
    let category = changed.category.code();
    let (english, dutch) = (&changed.description_en, &changed.description_nl);
    write.change(&DESCRIBE_PRODUCT, params![changed.id, category, english, dutch, changed.kind.code()])
}

/// The product of a name.
///
/// # Errors
/// When the database fails.
pub fn find_by_name(read: &Read<'_>, name: &str) -> Result<Option<Product>> {
    read.query_one(&PRODUCT_BY_NAME, params![name], product)
}

/// The products that an add-on fits, by name.
///
/// # Errors
/// When the database fails.
pub fn bases_of(read: &Read<'_>, add_on: ProductId) -> Result<Vec<Product>> {
    read.query(&BASES_OF_ADD_ON, params![add_on], product)
}

/// The add-ons that fit a product, by name, whether or not they are sold.
///
/// # Errors
/// When the database fails.
pub fn add_ons_of(read: &Read<'_>, base: ProductId) -> Result<Vec<Product>> {
    read.query(&ADD_ONS_OF_BASE, params![base], product)
}

/// The add-ons that fit a product and have a price in a currency at an instant, by name.
///
/// # Errors
/// When the database fails.
pub fn add_ons_for(read: &Read<'_>, base: ProductId, currency: Currency, at: Timestamp) -> Result<Vec<Product>> {
    read.query(&ADD_ONS_ON_SALE, params![currency.code(), at, base], product)
}

/// Says which products an add-on fits, instead of those before.
///
/// # Errors
/// When the database fails, or it is among them itself.
pub fn set_bases(write: &Write<'_>, add_on: ProductId, bases: &[ProductId]) -> Result<()> {
    write.change_some(&DELETE_BASES, params![add_on])?;
    bases.iter().try_for_each(|base| write.change(&INSERT_BASE, params![add_on, *base]))
}

/// Ends the sale of a product, or begins it again with `None`.
///
/// # Errors
/// When the database fails, or there is no such product.
pub fn set_retired(write: &Write<'_>, id: ProductId, retired_at: Option<Timestamp>) -> Result<()> {
    write.change(&SET_RETIRED, params![id, retired_at])
}

/// The SKU.
///
/// # Errors
/// When the database fails.
pub fn find_sku(read: &Read<'_>, id: SkuId) -> Result<Option<Sku>> {
    read.query_one(&SKU_BY_ID, params![id], sku)
}

/// The SKUs of a product, those that organizations buy first.
///
/// # Errors
/// When the database fails.
pub fn skus_of(read: &Read<'_>, product: ProductId) -> Result<Vec<Sku>> {
    read.query(&SKUS_OF_PRODUCT, params![product], sku)
}

/// The SKUs of every product from `first` to `last` by name, and whether each has a price in any currency.
///
/// # Errors
/// When the database fails.
pub fn skus_of_shelf(read: &Read<'_>, (first, last): (&Product, &Product)) -> Result<Vec<(Sku, bool)>> {
    let parameters = params![fold(&first.name), first.id, fold(&last.name), last.id];
    read.query(&SKUS_OF_SHELF, parameters, |row| Ok((sku(row)?, row.get(5)?)))
}

/// Every SKU by part number.
///
/// # Errors
/// When the database fails.
pub fn all_skus(read: &Read<'_>) -> Result<Vec<Sku>> {
    read.query(&ALL_SKUS, params![], sku)
}

/// The SKUs of which anybody has or had a subscription, ordered one, or could redeem a key. It reads all of these.
///
/// # Errors
/// When the database fails.
pub fn sold_skus(read: &Read<'_>) -> Result<Vec<SkuId>> {
    read.query(&SOLD_SKUS, params![], |row| row.get(0))
}

/// The SKUs that organizations can buy, with part number and the name of the product, by that name.
///
/// # Errors
/// When the database fails.
pub fn skus_on_sale(read: &Read<'_>) -> Result<Vec<(SkuId, String, String)>> {
    read.query(&SKUS_ON_SALE, params![], |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?)))
}

/// Adds a SKU.
///
/// # Errors
/// When the database fails.
pub fn insert_sku(write: &Write<'_>, new: &Sku) -> Result<()> {
    write.change(&INSERT_SKU, params![new.id, new.product_id, new.part_number, new.kind.code(), new.quantity_max])
}

/// Saves part number, kind and largest quantity of a SKU; it never moves to another product.
///
/// # Errors
/// When the database fails, or there is no such SKU.
pub fn update_sku(write: &Write<'_>, changed: &Sku) -> Result<()> {
    write.change(&UPDATE_SKU, params![changed.id, changed.part_number, changed.kind.code(), changed.quantity_max])
}

/// The apps and services in a SKU, by the name that people know.
///
/// # Errors
/// When the database fails.
pub fn plans_of_sku(read: &Read<'_>, sku: SkuId) -> Result<Vec<ServicePlan>> {
    read.query(&PLANS_OF_SKU, params![sku], plan)
}

/// The apps and services in any SKU of a product, each once, by the name that people know.
///
/// # Errors
/// When the database fails.
pub fn plans_of_product(read: &Read<'_>, product: ProductId) -> Result<Vec<ServicePlan>> {
    read.query(&PLANS_OF_PRODUCT, params![product], plan)
}

/// Every app and service.
///
/// # Errors
/// When the database fails.
pub fn all_plans(read: &Read<'_>) -> Result<Vec<ServicePlan>> {
    read.query(&ALL_PLANS, params![], plan)
}

/// Which app or service is in which SKU.
///
/// # Errors
/// When the database fails.
pub fn all_sku_plans(read: &Read<'_>) -> Result<Vec<(SkuId, ServicePlanId)>> {
    read.query(&ALL_SKU_PLANS, params![], |row| Ok((row.get(0)?, row.get(1)?)))
}

/// Adds an app or service.
///
/// # Errors
/// When the database fails.
pub fn insert_service_plan(write: &Write<'_>, new: &ServicePlan) -> Result<()> {
    write.change(&INSERT_SERVICE_PLAN, params![new.id, new.name, new.friendly_name])
}

/// Saves the names of an app or service.
///
/// # Errors
/// When the database fails, or there is no such plan.
pub fn update_service_plan(write: &Write<'_>, changed: &ServicePlan) -> Result<()> {
    write.change(&UPDATE_SERVICE_PLAN, params![changed.id, changed.name, changed.friendly_name])
}

/// Puts an app or service into a SKU.
///
/// # Errors
/// When the database fails, or it is there already.
pub fn insert_sku_plan(write: &Write<'_>, sku: SkuId, plan: ServicePlanId) -> Result<()> {
    write.change(&INSERT_SKU_PLAN, params![sku, plan])
}
