//! Credit checks of orders that are to be paid by invoice.

use crate::{Read, Result, Row, Write, params, statements};
use domain::credit_check::{CreditApplication, Standing};
use domain::ids::{OrderId, OrganizationId};
use domain::money::{Currency, Money};
use domain::subscription::CreditCheck;
use jiff::civil::Date;

statements! {
    CREDIT_CHECK_BY_ORDER: organization = "SELECT order_id, state, requested_at, due_on, contact_agreed, decided_at, \
        decided_by, note FROM credit_check WHERE organization_id = $1 AND order_id = $2";
    CREDIT_STANDING: organization = "SELECT (SELECT COUNT(*) FROM credit_check WHERE organization_id = $1 \
        AND state = 'passed'), (SELECT COUNT(*) FROM invoice WHERE organization_id = $1 \
        AND state IN ('open', 'partly_paid') AND kind = 'invoice' AND due_on < $2)";
    INSERT_CREDIT_CHECK: organization = "INSERT INTO credit_check (organization_id, order_id, state, requested_at, \
        due_on, contact_agreed, decided_at, decided_by, note) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)";
    UPDATE_CREDIT_CHECK: organization = "UPDATE credit_check SET state = $3, decided_at = $4, decided_by = $5, \
        note = $6 WHERE organization_id = $1 AND order_id = $2 AND state = 'pending'";
    // The operator decides for every organization.
    PENDING_CREDIT_CHECKS: shared = "SELECT c.order_id, c.state, c.requested_at, c.due_on, c.contact_agreed, \
        c.decided_at, c.decided_by, c.note, g.id, g.name, p.name, o.number, o.quantity, o.currency, o.amount \
        FROM credit_check c JOIN organization g ON g.id = c.organization_id \
        JOIN \"order\" o ON o.organization_id = c.organization_id AND o.id = c.order_id \
        JOIN product p ON p.id = o.product_id WHERE c.state = 'pending' ORDER BY c.due_on, c.order_id LIMIT $1";
    COUNT_PENDING_CREDIT_CHECKS: shared = "SELECT COUNT(*) FROM credit_check WHERE state = 'pending'";
}

/// A check that waits for the operator, with what a list shows beside it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PendingCheck {
    /// The check.
    pub application: CreditApplication,
    /// Whose it is.
    pub organization_id: OrganizationId,
    /// The name of the organization.
    pub organization_name: String,
    /// The product that is ordered.
    pub product_name: String,
    /// The number of the order.
    pub order_number: u64,
    /// How many licenses.
    pub quantity: i64,
    /// What the order comes to, without tax.
    pub amount: Money,
}

fn application(row: &Row<'_>) -> Result<CreditApplication> {
    Ok(CreditApplication {
        order_id: row.get(0)?,
        state: row.code(1, CreditCheck::from_code)?,
        requested_at: row.get(2)?,
        due_on: row.get(3)?,
        contact_agreed: row.get(4)?,
        decided_at: row.get(5)?,
        decided_by: row.get(6)?,
        note: row.get(7)?,
    })
}

fn pending(row: &Row<'_>) -> Result<PendingCheck> {
    Ok(PendingCheck {
        application: application(row)?,
        organization_id: row.get(8)?,
        organization_name: row.get(9)?,
        product_name: row.get(10)?,
        order_number: row.get::<i64>(11)?.unsigned_abs(),
        quantity: row.get(12)?,
        amount: Money::new(row.get(14)?, row.code(13, Currency::from_code)?),
    })
}

/// The check of an order.
///
/// # Errors
/// When the database fails.
pub fn find(read: &Read<'_>, order: OrderId) -> Result<Option<CreditApplication>> {
    read.query_one(&CREDIT_CHECK_BY_ORDER, params![order], application)
}

/// How many checks the organization passed, and how many of its invoices are overdue.
///
/// # Errors
/// When the database fails.
pub fn counts(read: &Read<'_>, today: Date) -> Result<(i64, i64)> {
    Ok(read.query_one(&CREDIT_STANDING, params![today], |row| Ok((row.get(0)?, row.get(1)?)))?.unwrap_or_default())
}

/// What is known of the organization as one that pays.
///
/// # Errors
/// When the database fails.
pub fn standing(read: &Read<'_>, today: Date) -> Result<Standing> {
    let (passed, overdue) = counts(read, today)?;
    Ok(Standing { passed_before: passed > 0, owes: overdue > 0 })
}

/// Every check that waits, those that are due first, as many as `limit`.
///
/// # Errors
/// When the database fails.
pub fn all_pending(read: &Read<'_>, limit: usize) -> Result<Vec<PendingCheck>> {
    read.query(&PENDING_CREDIT_CHECKS, params![limit as i64], pending)
}

/// How many checks wait.
///
/// # Errors
/// When the database fails.
pub fn count_pending(read: &Read<'_>) -> Result<i64> {
    Ok(read.query_one(&COUNT_PENDING_CREDIT_CHECKS, params![], |row| row.get(0))?.unwrap_or_default())
}

/// Adds a check.
///
/// # Errors
/// When the database fails, or the order has one.
pub fn insert(write: &Write<'_>, new: &CreditApplication) -> Result<()> {
    write.change(
        &INSERT_CREDIT_CHECK,
        params![
            new.order_id,
            new.state.code(),
            new.requested_at,
            new.due_on,
            new.contact_agreed,
            new.decided_at,
            new.decided_by,
            new.note
        ],
    )
}

/// Saves how a pending check was decided.
///
/// # Errors
/// When the database fails, or somebody decided it meanwhile.
pub fn update(write: &Write<'_>, decided: &CreditApplication) -> Result<()> {
    write.change(
        &UPDATE_CREDIT_CHECK,
        params![decided.order_id, decided.state.code(), decided.decided_at, decided.decided_by, decided.note],
    )
}
