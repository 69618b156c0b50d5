//! Orders: a purchase or a change of quantity, posted or voided as a whole (architecture 3.3).

pub mod buy;

use crate::catalog::{BillingFrequency, Term};
use crate::codes::coded;
use crate::ids::{BillingProfileId, OrderId, PaymentMethodId, PriceId, ProductId, SkuId, SubscriptionId, UserId};
use crate::money::Money;
use jiff::Timestamp;
use jiff::civil::Date;

coded! {
    /// Where an order stands.
    pub enum OrderState {
        /// Waits for the payment to be taken.
        PaymentPending = "payment_pending",
        /// The bank wants the payer to confirm (domain 4.5).
        ConfirmationRequired = "confirmation_required",
        /// Waits for the credit check.
        CreditCheckPending = "credit_check_pending",
        /// Done: what it orders exists.
        Posted = "posted",
        /// Given up: nothing was bought.
        Voided = "voided",
    }
}

impl OrderState {
    /// Whether nothing more will happen to the order.
    #[must_use]
    pub const fn is_settled(self) -> bool {
        matches!(self, Self::Posted | Self::Voided)
    }
}

coded! {
    /// What an order does.
    pub enum OrderKind {
        /// A new subscription.
        Purchase = "purchase",
        /// More licenses of a subscription.
        AddQuantity = "add_quantity",
        /// Fewer licenses of a subscription.
        RemoveQuantity = "remove_quantity",
        /// The next term of a subscription.
        Renewal = "renewal",
        /// The end of a subscription before its term ended.
        Cancellation = "cancellation",
        /// A subscription that was brought back.
        Reactivation = "reactivation",
        /// A subscription that is charged monthly or yearly from now on, or another product that takes its place:
        /// what the old one gives back, and what the new one costs.
        Conversion = "conversion",
    }
}

/// A purchase or a change of quantity.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Order {
    /// Identity.
    pub id: OrderId,
    /// Counts from 1 in each organization.
    pub number: u64,
    /// What it does.
    pub kind: OrderKind,
    /// Where it stands.
    pub state: OrderState,
    /// The subscription that it makes or changes.
    pub subscription_id: SubscriptionId,
    /// The subscription to which what is ordered belongs as an add-on.
    pub base_id: Option<SubscriptionId>,
    /// The billing profile that a purchase is charged to; none where the subscription says it.
    pub billing_profile_id: Option<BillingProfileId>,
    /// The product.
    pub product_id: ProductId,
    /// What is sold.
    pub sku_id: SkuId,
    /// The version of the price.
    pub price_id: Option<PriceId>,
    /// Commitment.
    pub term: Term,
    /// How often it is charged.
    pub billing_frequency: BillingFrequency,
    /// Licenses ordered; for a change the difference.
    pub quantity: i64,
    /// The first day of what is ordered, when the buyer chose it (T11, R163).
    pub starts_on: Option<Date>,
    /// The price of one license for one billing period.
    pub unit_price: Money,
    /// What the order costs now; negative is a credit. Without tax.
    pub amount: Money,
    /// The tax on it, as far as it is paid at once.
    pub tax: Money,
    /// Who ordered.
    pub ordered_by: Option<UserId>,
    /// When.
    pub ordered_at: Timestamp,
    /// The card that pays, when one does.
    pub payment_method_id: Option<PaymentMethodId>,
    /// The gateway's name of the payment, once it knows it.
    pub payment_reference: Option<String>,
    /// Why it was voided: the code of a refusal.
    pub void_reason: Option<String>,
    /// Counts the changes of this order.
    pub revision: i64,
}

impl Order {
    /// What is paid for it at once, with tax.
    ///
    /// # Panics
    /// When the sum leaves the range, which [`crate::limits`] keeps from happening.
    #[must_use]
    pub fn total(&self) -> Money {
        self.amount.plus(self.tax).expect("limits keep an amount with its tax in range")
    }
}
