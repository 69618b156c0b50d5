//! Orders.

use crate::{Read, Result, Row, Write, params, statements};
use domain::catalog::{BillingFrequency, Term};
use domain::ids::{OrderId, OrganizationId, SubscriptionId, UserId};
use domain::money::{Currency, Money};
use domain::order::{Order, OrderKind, OrderState};

macro_rules! select {
    ($rest:literal) => {
        concat!(
            "SELECT o.id, o.number, o.kind, o.state, o.subscription_id, o.product_id, o.sku_id, o.price_id, o.term, \
             o.billing_frequency, o.quantity, o.currency, o.unit_price, o.amount, o.ordered_by, o.ordered_at, \
             o.payment_method_id, o.payment_reference, o.void_reason, o.revision, p.name, u.display_name, o.tax, \
             o.base_id, o.billing_profile_id, o.starts_on \
             FROM \"order\" o JOIN product p ON p.id = o.product_id LEFT JOIN \"user\" u \
             ON u.organization_id = o.organization_id AND u.id = o.ordered_by WHERE o.organization_id = $1 ",
            $rest
        )
    };
}

statements! {
    ORDER_BY_ID: organization = select!("AND o.id = $2");
    ORDERS_OF_SUBSCRIPTION: organization = select!("AND o.subscription_id = $2 ORDER BY o.number DESC LIMIT $3");
    IS_ORDERED: organization = "SELECT 1 FROM \"order\" WHERE organization_id = $1 AND subscription_id = $2 \
        AND state NOT IN ('posted', 'voided') LIMIT 1";
    ORDERS: organization = select!("AND ($2 OR o.ordered_by = $3) AND o.number < $4 ORDER BY o.number DESC LIMIT $5");
    // A gateway's notice names a payment and nothing else.
    ORDER_BY_PAYMENT: shared = "SELECT organization_id, id FROM \"order\" WHERE payment_reference = $1 \
        ORDER BY id LIMIT 1";
    INSERT_ORDER: organization = "INSERT INTO \"order\" (organization_id, id, number, kind, state, subscription_id, \
        product_id, sku_id, price_id, term, billing_frequency, quantity, currency, unit_price, amount, ordered_by, \
        ordered_at, payment_method_id, payment_reference, void_reason, tax, base_id, \
        billing_profile_id, starts_on) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, \
        $17, $18, $19, $20, $21, $22, $23, $24)";
    UPDATE_ORDER: organization = "UPDATE \"order\" \
        SET state = $4, payment_reference = $5, void_reason = $6, amount = $7, tax = $8, \
        revision = revision + 1 WHERE organization_id = $1 AND id = $2 AND revision = $3";
}

/// An order with the names that a page shows beside it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ListedOrder {
    /// The order.
    pub order: Order,
    /// The name of its product.
    pub product_name: String,
    /// The name of who ordered, when a person did.
    pub ordered_by_name: Option<String>,
}

fn listed(row: &Row<'_>) -> Result<ListedOrder> {
    Ok(ListedOrder { order: order(row)?, product_name: row.get(20)?, ordered_by_name: row.get(21)? })
}

fn order(row: &Row<'_>) -> Result<Order> {
    let currency = row.code(11, Currency::from_code)?;
    Ok(Order {
        id: row.get(0)?,
        number: row.get::<i64>(1)?.unsigned_abs(),
        kind: row.code(2, OrderKind::from_code)?,
        state: row.code(3, OrderState::from_code)?,
        subscription_id: row.get(4)?,
        product_id: row.get(5)?,
        sku_id: row.get(6)?,
        price_id: row.get(7)?,
        term: row.code(8, Term::from_code)?,
        billing_frequency: row.code(9, BillingFrequency::from_code)?,
        quantity: row.get(10)?,
        unit_price: Money::new(row.get(12)?, currency),
        amount: Money::new(row.get(13)?, currency),
        ordered_by: row.get(14)?,
        ordered_at: row.get(15)?,
        payment_method_id: row.get(16)?,
        payment_reference: row.get(17)?,
        void_reason: row.get(18)?,
        tax: Money::new(row.get(22)?, currency),
        base_id: row.get(23)?,
        billing_profile_id: row.get(24)?,
        starts_on: row.get(25)?,
        revision: row.get(19)?,
    })
}

/// The order.
///
/// # Errors
/// When the database fails.
pub fn find(read: &Read<'_>, id: OrderId) -> Result<Option<ListedOrder>> {
    read.query_one(&ORDER_BY_ID, params![id], listed)
}

/// Whose order's payment the gateway calls by this name.
///
/// # Errors
/// When the database fails.
pub fn find_by_payment_reference(read: &Read<'_>, reference: &str) -> Result<Option<(OrganizationId, OrderId)>> {
    read.query_one(&ORDER_BY_PAYMENT, params![reference], |row| Ok((row.get(0)?, row.get(1)?)))
}

/// The newest orders of a subscription.
///
/// # Errors
/// When the database fails.
pub fn of_subscription(read: &Read<'_>, subscription: SubscriptionId, limit: usize) -> Result<Vec<ListedOrder>> {
    read.query(&ORDERS_OF_SUBSCRIPTION, params![subscription, limit as i64], listed)
}

/// Whether an order of a subscription waits for its payment or its credit check.
///
/// # Errors
/// When the database fails.
pub fn is_ordered(read: &Read<'_>, subscription: SubscriptionId) -> Result<bool> {
    Ok(read.query_one(&IS_ORDERED, params![subscription], |row| row.get::<i64>(0))?.is_some())
}

/// The newest orders with a number below `before`; only those of one person when `ordered_by` says whose.
///
/// # Errors
/// When the database fails.
pub fn list(
    read: &Read<'_>,
    ordered_by: Option<UserId>,
    before: Option<u64>,
    limit: usize,
) -> Result<Vec<ListedOrder>> {
    let before = before.and_then(|number| i64::try_from(number).ok()).unwrap_or(i64::MAX);
    read.query(&ORDERS, params![ordered_by.is_none(), ordered_by, before, limit as i64], listed)
}

/// Adds an order.
///
/// # Errors
/// When the database fails.
pub fn insert(write: &Write<'_>, new: &Order) -> Result<()> {
    write.change(
        &INSERT_ORDER,
        params![
            new.id,
            new.number as i64,
            new.kind.code(),
            new.state.code(),
            new.subscription_id,
            new.product_id,
            new.sku_id,
            new.price_id,
            new.term.code(),
            new.billing_frequency.code(),
            new.quantity,
            new.unit_price.currency.code(),
            new.unit_price.minor,
            new.amount.minor,
            new.ordered_by,
            new.ordered_at,
            new.payment_method_id,
            new.payment_reference,
            new.void_reason,
            new.tax.minor,
            new.base_id,
            new.billing_profile_id,
            new.starts_on
        ],
    )
}

/// Saves state, payment reference, void reason and what it comes to of an order that was read at `changed.revision`.
///
/// # Errors
/// When the database fails, or somebody changed it meanwhile.
pub fn update(write: &Write<'_>, changed: &Order) -> Result<()> {
    write.change(
        &UPDATE_ORDER,
        params![
            changed.id,
            changed.revision,
            changed.state.code(),
            changed.payment_reference,
            changed.void_reason,
            changed.amount.minor,
            changed.tax.minor
        ],
    )
}
