//! Payments: money that moved between customers and the seller, or should have.

use crate::{Read, Result, Row, Write, params, statements};
use domain::billing::payment::{Payment, PaymentKind, PaymentState};
use domain::ids::{BillingProfileId, InvoiceId, OrganizationId, PaymentId, SubscriptionId};
use domain::money::{Currency, Money};

macro_rules! select {
    ($rest:literal) => {
        concat!(
            "SELECT id, invoice_id, kind, state, payment_method_id, amount, currency, reference, reason, recorded_by, \
             made_on, created_at, settled_at, revision, reverses_id FROM payment WHERE organization_id = $1 ",
            $rest
        )
    };
}

statements! {
    PAYMENT_BY_ID: organization = select!("AND id = $2");
    PAYMENTS_OF_INVOICE: organization = select!("AND invoice_id = $2 ORDER BY created_at, id");
    // What a credit to a subscription can go back to: what the gateway took for it, the newest first, with what of
    // each is left.
    PAYMENTS_TO_REFUND: organization = "SELECT p.id, CAST(p.amount + COALESCE((SELECT SUM(r.amount) FROM payment r \
        WHERE r.organization_id = p.organization_id AND r.reverses_id = p.id AND r.state <> 'failed'), 0) AS \
        BIGINT), p.currency FROM payment p JOIN invoice i ON i.organization_id = p.organization_id AND i.id = \
        p.invoice_id WHERE p.organization_id = $1 AND i.subscription_id = $2 AND p.kind = 'charge' AND p.state = \
        'succeeded' AND p.reference IS NOT NULL ORDER BY p.id DESC LIMIT $3";
    // Likewise of a billing profile whose invoices are for all that it pays.
    PAYMENTS_OF_PROFILE_TO_REFUND: organization = "SELECT p.id, CAST(p.amount + COALESCE((SELECT SUM(r.amount) \
        FROM payment r WHERE r.organization_id = p.organization_id AND r.reverses_id = p.id AND r.state <> 'failed'), \
        0) AS BIGINT), p.currency FROM payment p JOIN invoice i ON i.organization_id = p.organization_id AND i.id = \
        p.invoice_id WHERE p.organization_id = $1 AND i.billing_profile_id = $2 AND i.subscription_id IS NULL \
        AND p.currency = $3 AND p.kind = 'charge' AND p.state = 'succeeded' AND p.reference IS NOT NULL \
        ORDER BY p.id DESC LIMIT $4";
    PAYMENT_LEFT: organization = "SELECT CAST(COALESCE(SUM(amount), 0) AS BIGINT) FROM payment WHERE organization_id = $1 \
        AND (id = $2 OR reverses_id = $2) AND state <> 'failed'";
    // A gateway's notice names a payment and nothing else.
    PAYMENT_BY_REFERENCE: shared = "SELECT organization_id, id FROM payment WHERE reference = $1 \
        AND kind = 'charge' ORDER BY id LIMIT 1";
    INSERT_PAYMENT: organization = "INSERT INTO payment (organization_id, id, invoice_id, kind, state, \
        payment_method_id, amount, currency, reference, reason, recorded_by, made_on, created_at, settled_at, \
        reverses_id) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15)";
    UPDATE_PAYMENT: organization = "UPDATE payment SET state = $4, reference = $5, reason = $6, settled_at = $7, \
        revision = revision + 1 WHERE organization_id = $1 AND id = $2 AND revision = $3";
}

fn payment(row: &Row<'_>) -> Result<Payment> {
    let currency = row.code(6, Currency::from_code)?;
    Ok(Payment {
        id: row.get(0)?,
        invoice_id: row.get(1)?,
        kind: row.code(2, PaymentKind::from_code)?,
        state: row.code(3, PaymentState::from_code)?,
        payment_method_id: row.get(4)?,
        amount: Money::new(row.get(5)?, currency),
        reference: row.get(7)?,
        reason: row.get(8)?,
        recorded_by: row.get(9)?,
        reverses: row.get(14)?,
        made_on: row.get(10)?,
        created_at: row.get(11)?,
        settled_at: row.get(12)?,
        revision: row.get(13)?,
    })
}

/// The payment.
///
/// # Errors
/// When the database fails.
pub fn find(read: &Read<'_>, id: PaymentId) -> Result<Option<Payment>> {
    read.query_one(&PAYMENT_BY_ID, params![id], payment)
}

/// Every payment of an invoice, the oldest first.
///
/// # Errors
/// When the database fails.
pub fn of_invoice(read: &Read<'_>, invoice: InvoiceId) -> Result<Vec<Payment>> {
    read.query(&PAYMENTS_OF_INVOICE, params![invoice], payment)
}

/// Payments of a subscription that the gateway took, the newest first, with what of each did not go back yet.
///
/// # Errors
/// When the database fails.
pub fn to_refund(read: &Read<'_>, subscription: SubscriptionId, limit: usize) -> Result<Vec<(PaymentId, Money)>> {
    read.query(&PAYMENTS_TO_REFUND, params![subscription, limit as i64], left_of_payment)
}

/// Likewise of the invoices that a billing profile has for everything at once, in one currency.
///
/// # Errors
/// When the database fails.
pub fn to_refund_of_profile(
    read: &Read<'_>,
    profile: BillingProfileId,
    currency: Currency,
    limit: usize,
) -> Result<Vec<(PaymentId, Money)>> {
    let currency = currency.code();
    read.query(&PAYMENTS_OF_PROFILE_TO_REFUND, params![profile, currency, limit as i64], left_of_payment)
}

fn left_of_payment(row: &Row<'_>) -> Result<(PaymentId, Money)> {
    Ok((row.get(0)?, Money::new(row.get(1)?, row.code(2, Currency::from_code)?)))
}

/// What of a payment did not go back yet, in minor units.
///
/// # Errors
/// When the database fails.
pub fn left_of(read: &Read<'_>, id: PaymentId) -> Result<i64> {
    Ok(read.query_one(&PAYMENT_LEFT, params![id], |row| row.get(0))?.unwrap_or_default())
}

/// Whose payment the gateway calls by this name.
///
/// # Errors
/// When the database fails.
pub fn find_by_reference(read: &Read<'_>, reference: &str) -> Result<Option<(OrganizationId, PaymentId)>> {
    read.query_one(&PAYMENT_BY_REFERENCE, params![reference], |row| Ok((row.get(0)?, row.get(1)?)))
}

/// Adds a payment.
///
/// # Errors
/// When the database fails.
pub fn insert(write: &Write<'_>, new: &Payment) -> Result<()> {
    write.change(
        &INSERT_PAYMENT,
        params![
            new.id,
            new.invoice_id,
            new.kind.code(),
            new.state.code(),
            new.payment_method_id,
            new.amount.minor,
            new.amount.currency.code(),
            new.reference,
            new.reason,
            new.recorded_by,
            new.made_on,
            new.created_at,
            new.settled_at,
            new.reverses
        ],
    )
}

/// Saves how a payment stands that was read at `changed.revision`.
///
/// # Errors
/// When the database fails, or somebody changed it meanwhile.
pub fn update(write: &Write<'_>, changed: &Payment) -> Result<()> {
    write.change(
        &UPDATE_PAYMENT,
        params![
            changed.id,
            changed.revision,
            changed.state.code(),
            changed.reference,
            changed.reason,
            changed.settled_at
        ],
    )
}
