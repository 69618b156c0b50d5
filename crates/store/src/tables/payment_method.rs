//! Cards on file: never a number, only the gateway's token and what a person recognizes the card by.

use crate::{Read, Result, Row, Write, params, statements};
use domain::ids::{PaymentMethodId, UserId};
use jiff::Timestamp;

statements! {
    PAYMENT_METHOD_BY_ID: organization = "SELECT id, user_id, brand, last_four, expires_on, gateway_token, created_at, \
        first_paid_at FROM payment_method WHERE organization_id = $1 AND id = $2";
    PAYMENT_METHODS_OF_USER: organization = "SELECT id, user_id, brand, last_four, expires_on, gateway_token, \
        created_at, first_paid_at FROM payment_method WHERE organization_id = $1 AND user_id = $2 \
        ORDER BY created_at DESC, id";
    INSERT_PAYMENT_METHOD: organization = "INSERT INTO payment_method (organization_id, id, user_id, brand, \
        last_four, expires_on, gateway_token, created_at, first_paid_at) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)";
    SET_FIRST_PAID: organization = "UPDATE payment_method SET first_paid_at = $3 WHERE organization_id = $1 \
        AND id = $2 AND first_paid_at IS NULL";
}

/// A card on file. Only the person who added it uses it (domain 4.1).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PaymentMethod {
    /// Identity.
    pub id: PaymentMethodId,
    /// Who added it.
    pub user_id: UserId,
    /// The brand, such as `Visa`.
    pub brand: String,
    /// The last four digits.
    pub last_four: String,
    /// The month in which it expires, as `YYYY-MM`.
    pub expires_on: String,
    /// What stands for the card at the gateway.
    pub gateway_token: String,
    /// When it was added.
    pub created_at: Timestamp,
    /// When it first paid; until then it is not offered again.
    pub first_paid_at: Option<Timestamp>,
}

fn payment_method(row: &Row<'_>) -> Result<PaymentMethod> {
    Ok(PaymentMethod {
        id: row.get(0)?,
        user_id: row.get(1)?,
        brand: row.get(2)?,
        last_four: row.get(3)?,
        expires_on: row.get(4)?,
        gateway_token: row.get(5)?,
        created_at: row.get(6)?,
        first_paid_at: row.get(7)?,
    })
}

/// The card.
///
/// # Errors
/// When the database fails.
pub fn find(read: &Read<'_>, id: PaymentMethodId) -> Result<Option<PaymentMethod>> {
    read.query_one(&PAYMENT_METHOD_BY_ID, params![id], payment_method)
}

/// The cards that a person added, the newest first.
///
/// # Errors
/// When the database fails.
pub fn of_user(read: &Read<'_>, user: UserId) -> Result<Vec<PaymentMethod>> {
    read.query(&PAYMENT_METHODS_OF_USER, params![user], payment_method)
}

/// Puts a card on file.
///
/// # Errors
/// When the database fails.
pub fn insert(write: &Write<'_>, new: &PaymentMethod) -> Result<()> {
    let card = (&new.brand, &new.last_four, &new.expires_on, &new.gateway_token);
    write.change(
        &INSERT_PAYMENT_METHOD,
        params![new.id, new.user_id, card.0, card.1, card.2, card.3, new.created_at, new.first_paid_at],
    )
}

/// Notes that a card paid, the first time that it does.
///
/// # Errors
/// When the database fails.
pub fn set_first_paid(write: &Write<'_>, id: PaymentMethodId, at: Timestamp) -> Result<()> {
    write.change_some(&SET_FIRST_PAID, params![id, at])
}
