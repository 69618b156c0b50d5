//! Payments: money that moved between a customer and the seller, or should have (domain 4.3, 4.6).

use crate::codes::coded;
use crate::ids::{InvoiceId, PaymentId, PaymentMethodId, UserId};
use crate::money::Money;
use jiff::Timestamp;
use jiff::civil::Date;

coded! {
    /// How money moves.
    pub enum PaymentKind {
        /// The gateway takes it from a card or bank account.
        Charge = "charge",
        /// The customer transferred it to the bank; the operator recorded that.
        Transfer = "transfer",
        /// What a credit note gives settles another invoice.
        Credit = "credit",
        /// It goes back to the customer.
        Refund = "refund",
        /// The customer's bank took it back.
        Chargeback = "chargeback",
    }
}

coded! {
    /// Where a payment stands.
    pub enum PaymentState {
        /// The gateway was not asked yet, or did not answer.
        Pending = "pending",
        /// The payer has to confirm at the bank (domain 4.5).
        ConfirmationRequired = "confirmation_required",
        /// The money moved.
        Succeeded = "succeeded",
        /// It did not.
        Failed = "failed",
    }
}

/// Money that moved, or should have.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Payment {
    /// Identity, and what keeps the gateway from taking it twice.
    pub id: PaymentId,
    /// For which invoice, or from which credit note.
    pub invoice_id: InvoiceId,
    /// How it moves.
    pub kind: PaymentKind,
    /// Where it stands.
    pub state: PaymentState,
    /// What pays; none for a transfer.
    pub payment_method_id: Option<PaymentMethodId>,
    /// What it adds to what was paid of the invoice; below nothing for what goes back.
    pub amount: Money,
    /// The gateway's name of the payment, or what the bank statement says.
    pub reference: Option<String>,
    /// Why it failed: the code of a refusal.
    pub reason: Option<String>,
    /// The operator who recorded it.
    pub recorded_by: Option<UserId>,
    /// The civil day.
    pub made_on: Date,
    /// When it was begun.
    pub created_at: Timestamp,
    /// When it succeeded or failed.
    pub settled_at: Option<Timestamp>,
    /// Counts its changes.
    pub revision: i64,
}

/// Days after the first attempt on which a failed payment is tried again; after the last one the subscription is
/// disabled (domain 4.6, D24).
pub const RETRY_DAYS: [i32; 6] = [3, 7, 12, 18, 24, 30];
