//! Cards on file: what people recognize them by and the gateway's token, never a number.

use crate::{Result, Write, params, statements};
use domain::ids::{PaymentMethodId, UserId};
use jiff::Timestamp;

statements! {
    INSERT_PAYMENT_METHOD: organization = "INSERT INTO payment_method (organization_id, id, user_id, brand, last_four, \
        expires_on, gateway_token, created_at) VALUES ($1, $2, $3, $4, $5, $6, $7, $8)";
}

/// A card on file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PaymentMethod {
    /// Identity.
    pub id: PaymentMethodId,
    /// Who added it; it belongs to that person (domain 4.1).
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
}

/// Adds a card.
///
/// # Errors
/// When the database fails.
pub fn insert(write: &Write<'_>, new: &PaymentMethod) -> Result<()> {
    let card = (&new.brand, &new.last_four, &new.expires_on, &new.gateway_token);
    write.change(&INSERT_PAYMENT_METHOD, params![new.id, new.user_id, card.0, card.1, card.2, card.3, new.created_at])
}
