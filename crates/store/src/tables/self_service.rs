//! Whether people may buy for themselves: the decisions of each organization on products, offer types and what comes
//! new (domain 5.3).

use crate::{Read, Result, Row, Write, params, statements};
use domain::catalog::BillingFrequency;
use domain::ids::{ProductId, SubscriptionId};
use domain::money::{Currency, Money};
use domain::self_service::policy::SelfServicePolicy;
use domain::subscription::SubscriptionState;
use domain::user::fold;
use jiff::civil::Date;

/// Products that people can have for themselves: on sale, with a SKU that they buy or sign up for.
macro_rules! sold_to_people {
    () => {
        "p.retired_at IS NULL AND EXISTS (SELECT 1 FROM sku k WHERE k.product_id = p.id \
         AND k.kind IN ('self_service', 'free')) "
    };
}

statements! {
    SELF_SERVICE_PRODUCTS: organization = concat!(
        "SELECT p.id, p.name, s.value FROM product p LEFT JOIN self_service_policy s ON s.organization_id = $1 \
         AND s.product_id = p.id WHERE ",
        sold_to_people!(),
        "AND p.sort_name LIKE $2 ESCAPE '\\' ORDER BY p.sort_name, p.id"
    );
    SELF_SERVICE_PRODUCT: organization = concat!(
        "SELECT p.id, p.name, s.value FROM product p LEFT JOIN self_service_policy s ON s.organization_id = $1 \
         AND s.product_id = p.id WHERE ",
        sold_to_people!(),
        "AND p.id = $2"
    );
    SELF_SERVICE_PURCHASES: organization = "SELECT s.id, s.product_id, p.name, h.display_name, h.email, s.state, \
        s.quantity, CAST(s.assigned + s.conflicts AS BIGINT), CASE s.state WHEN 'disabled' \
        THEN COALESCE(s.canceled_on, s.unpaid_since, s.ends_on) ELSE s.ends_on END, s.recurring_billing, s.currency, \
        s.unit_price, s.billing_frequency FROM subscription s JOIN product p ON p.id = s.product_id \
        JOIN \"user\" h ON h.organization_id = s.organization_id AND h.id = s.holder_id \
        WHERE s.organization_id = $1 AND s.holder_id IS NOT NULL AND s.channel <> 'free' AND s.state <> 'deleted' \
        ORDER BY p.sort_name, s.product_id, h.sort_name, s.id LIMIT $2";
    SELF_SERVICE_PART_NUMBERS: shared = concat!(
        "SELECT n.product_id, n.part_number FROM product p JOIN sku n ON n.product_id = p.id WHERE ",
        sold_to_people!(),
        "ORDER BY n.product_id, n.part_number"
    );
    SELF_SERVICE_RULES: organization = "SELECT subject, value FROM self_service_rule WHERE organization_id = $1 \
        ORDER BY subject";
    SET_SELF_SERVICE_POLICY: organization = "INSERT INTO self_service_policy (organization_id, product_id, value) \
        VALUES ($1, $2, $3) ON CONFLICT (organization_id, product_id) DO UPDATE SET value = excluded.value";
    SET_SELF_SERVICE_RULE: organization = "INSERT INTO self_service_rule (organization_id, subject, value) \
        VALUES ($1, $2, $3) ON CONFLICT (organization_id, subject) DO UPDATE SET value = excluded.value";
    // What is there keeps its value when the default for what comes later changes.
    KEEP_SELF_SERVICE_POLICIES: organization = concat!(
        "INSERT INTO self_service_policy (organization_id, product_id, value) SELECT $1, p.id, $2 FROM product p WHERE ",
        sold_to_people!(),
        "AND NOT EXISTS (SELECT 1 FROM self_service_policy s WHERE s.organization_id = $1 AND s.product_id = p.id)"
    );
}

/// What a user bought.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Purchase {
    /// The subscription.
    pub subscription_id: SubscriptionId,
    /// Of what.
    pub product_id: ProductId,
    /// Its name.
    pub product_name: String,
    /// The name of the buyer.
    pub buyer: String,
    /// The address of the buyer.
    pub email: String,
    /// Its state.
    pub state: SubscriptionState,
    /// Its licenses.
    pub quantity: u32,
    /// People who have one, with those in conflict.
    pub people: i64,
    /// The day on which it renews or expires.
    pub ends_on: Date,
    /// Whether it renews by itself.
    pub recurring_billing: bool,
    /// What one license costs for one billing period.
    pub unit_price: Money,
    /// How often it is charged.
    pub billing_frequency: BillingFrequency,
}

/// The subscriptions that users bought and that are not deleted, by product and buyer.
///
/// # Errors
/// When the database fails.
pub fn purchases(read: &Read<'_>, limit: usize) -> Result<Vec<Purchase>> {
    read.query(&SELF_SERVICE_PURCHASES, params![limit as i64], |row| {
        Ok(Purchase {
            subscription_id: row.get(0)?,
            product_id: row.get(1)?,
            product_name: row.get(2)?,
            buyer: row.get(3)?,
            email: row.get(4)?,
            state: row.code(5, SubscriptionState::from_code)?,
            quantity: row.get(6)?,
            people: row.get(7)?,
            ends_on: row.get(8)?,
            recurring_billing: row.get(9)?,
            unit_price: Money::new(row.get(11)?, row.code(10, Currency::from_code)?),
            billing_frequency: row.code(12, BillingFrequency::from_code)?,
        })
    })
}

/// A product that people can buy by self-service, and what was decided about it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DecidedProduct {
    /// Which.
    pub product_id: ProductId,
    /// Its name.
    pub name: String,
    /// The decision; `None` while the default holds.
    pub value: Option<SelfServicePolicy>,
}

fn decided(row: &Row<'_>) -> Result<DecidedProduct> {
    let value = row.optional_code(2, SelfServicePolicy::from_code)?;
    Ok(DecidedProduct { product_id: row.get(0)?, name: row.get(1)?, value })
}

/// The products that people can buy by self-service whose name contains `search`, by name.
///
/// # Errors
/// When the database fails.
pub fn products(read: &Read<'_>, search: &str) -> Result<Vec<DecidedProduct>> {
    let pattern = format!("%{}%", super::escape_like(&fold(search)));
    read.query(&SELF_SERVICE_PRODUCTS, params![pattern], decided)
}

/// The product, when people can buy it by self-service.
///
/// # Errors
/// When the database fails.
pub fn product(read: &Read<'_>, id: ProductId) -> Result<Option<DecidedProduct>> {
    read.query_one(&SELF_SERVICE_PRODUCT, params![id], decided)
}

/// The part numbers of all SKUs of those products, product by product.
///
/// # Errors
/// When the database fails.
pub fn part_numbers(read: &Read<'_>) -> Result<Vec<(ProductId, String)>> {
    read.query(&SELF_SERVICE_PART_NUMBERS, params![], |row| Ok((row.get(0)?, row.get(1)?)))
}

/// What was decided about what is no product: `new_products`, and offer types.
///
/// # Errors
/// When the database fails.
pub fn rules(read: &Read<'_>) -> Result<Vec<(String, SelfServicePolicy)>> {
    read.query(&SELF_SERVICE_RULES, params![], |row| Ok((row.get(0)?, row.code(1, SelfServicePolicy::from_code)?)))
}

/// Decides about a product.
///
/// # Errors
/// When the database fails.
pub fn set_policy(write: &Write<'_>, product: ProductId, value: SelfServicePolicy) -> Result<()> {
    write.change(&SET_SELF_SERVICE_POLICY, params![product, value.code()])
}

/// Decides about `new_products` or an offer type.
///
/// # Errors
/// When the database fails.
pub fn set_rule(write: &Write<'_>, subject: &str, value: SelfServicePolicy) -> Result<()> {
    write.change(&SET_SELF_SERVICE_RULE, params![subject, value.code()])
}

/// Gives every product on which nobody decided the value that holds for it today.
///
/// # Errors
/// When the database fails.
pub fn keep_policies(write: &Write<'_>, value: SelfServicePolicy) -> Result<()> {
    write.change_some(&KEEP_SELF_SERVICE_POLICIES, params![value.code()])
}
