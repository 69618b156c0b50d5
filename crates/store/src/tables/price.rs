//! Prices: versions that are only ever added, so that what was sold keeps the version it was sold at.

use crate::{Read, Result, Row, Write, params, statements};
use domain::catalog::{BillingFrequency, Price, Product, Term};
use domain::ids::{PriceId, ProductId, SkuId};
use domain::money::{Currency, Money};
use domain::user::fold;
use jiff::Timestamp;

macro_rules! select {
    ($rest:literal) => {
        concat!(
            "SELECT r.id, r.sku_id, r.term, r.billing_frequency, r.currency, r.unit_price, r.version, r.valid_from ",
            $rest
        )
    };
}

statements! {
    PRICE_BY_ID: shared = select!("FROM price r WHERE r.id = $1");
    // Of the versions that hold at the instant, the last one of each term and frequency.
    CURRENT_PRICES_OF_SKU: shared = select!("FROM price r WHERE r.sku_id = $1 AND r.currency = $2 \
        AND r.version = (SELECT MAX(l.version) FROM price l WHERE l.sku_id = r.sku_id AND l.currency = r.currency \
        AND l.term = r.term AND l.billing_frequency = r.billing_frequency AND l.valid_from <= $3) \
        ORDER BY r.term, r.billing_frequency");
    CURRENT_PRICES_OF_SHELF: shared = select!(", k.product_id FROM product p JOIN sku k ON k.product_id = p.id \
        JOIN price r ON r.sku_id = k.id WHERE k.kind = 'central' AND r.currency = $1 \
        AND r.version = (SELECT MAX(l.version) FROM price l WHERE l.sku_id = r.sku_id AND l.currency = r.currency \
        AND l.term = r.term AND l.billing_frequency = r.billing_frequency AND l.valid_from <= $2) \
        AND (p.sort_name, p.id) >= ($3, $4) AND (p.sort_name, p.id) <= ($5, $6)");
    PRICES_OF_PRODUCT: shared = select!("FROM sku k JOIN price r ON r.sku_id = k.id WHERE k.product_id = $1 \
        ORDER BY k.kind, k.part_number, r.sku_id, r.currency, r.term DESC, r.billing_frequency, r.version DESC");
    LAST_PRICE: shared = select!("FROM price r WHERE r.sku_id = $1 AND r.currency = $2 AND r.term = $3 \
        AND r.billing_frequency = $4 ORDER BY r.version DESC LIMIT 1");
    INSERT_PRICE: shared = "INSERT INTO price (id, sku_id, term, billing_frequency, currency, unit_price, version, \
        valid_from) VALUES ($1, $2, $3, $4, $5, $6, $7, $8)";
}

fn price(row: &Row<'_>) -> Result<Price> {
    Ok(Price {
        id: row.get(0)?,
        sku_id: row.get(1)?,
        term: row.code(2, Term::from_code)?,
        billing_frequency: row.code(3, BillingFrequency::from_code)?,
        unit_price: Money::new(row.get(5)?, row.code(4, Currency::from_code)?),
        version: row.get(6)?,
        valid_from: row.get(7)?,
    })
}

/// One version of a price.
///
/// # Errors
/// When the database fails.
pub fn find(read: &Read<'_>, id: PriceId) -> Result<Option<Price>> {
    read.query_one(&PRICE_BY_ID, params![id], price)
}

/// What a SKU costs at an instant, for each term and billing frequency in which it is sold.
///
/// # Errors
/// When the database fails.
pub fn current_of_sku(read: &Read<'_>, sku: SkuId, currency: Currency, at: Timestamp) -> Result<Vec<Price>> {
    read.query(&CURRENT_PRICES_OF_SKU, params![sku, currency.code(), at], price)
}

/// What the SKUs that organizations buy cost at an instant, of every product from `first` to `last` by name.
///
/// # Errors
/// When the database fails.
pub fn current_of_shelf(
    read: &Read<'_>,
    (first, last): (&Product, &Product),
    currency: Currency,
    at: Timestamp,
) -> Result<Vec<(ProductId, Price)>> {
    let (from, to) = (fold(&first.name), fold(&last.name));
    let parameters = params![currency.code(), at, from, first.id, to, last.id];
    read.query(&CURRENT_PRICES_OF_SHELF, parameters, |row| Ok((row.get(8)?, price(row)?)))
}

/// Every version of every price of a product's SKUs: by SKU, currency, term and frequency, the newest first.
///
/// # Errors
/// When the database fails.
pub fn of_product(read: &Read<'_>, product: ProductId) -> Result<Vec<Price>> {
    read.query(&PRICES_OF_PRODUCT, params![product], price)
}

/// The newest version of one price, whether it holds already or not.
///
/// # Errors
/// When the database fails.
pub fn last(
    read: &Read<'_>,
    sku: SkuId,
    currency: Currency,
    term: Term,
    billing_frequency: BillingFrequency,
) -> Result<Option<Price>> {
    read.query_one(&LAST_PRICE, params![sku, currency.code(), term.code(), billing_frequency.code()], price)
}

/// Adds the next version of a price.
///
/// # Errors
/// When the database fails, or somebody else added that version meanwhile.
pub fn insert(write: &Write<'_>, new: &Price) -> Result<()> {
    let (term, frequency) = (new.term.code(), new.billing_frequency.code());
    let (currency, minor) = (new.unit_price.currency.code(), new.unit_price.minor);
    write.change(
        &INSERT_PRICE,
        params![new.id, new.sku_id, term, frequency, currency, minor, new.version, new.valid_from],
    )
}
