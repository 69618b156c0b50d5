//! Subscriptions: one purchase of a product with its quantity, term and status (domain 1).

pub mod change_quantity;
mod offers;

pub use offers::{Action, ClosedReason, Offer, closed_for, offer, offers};

use crate::catalog::{BillingFrequency, Term};
use crate::codes::coded;
use crate::ids::{OrderId, PaymentMethodId, ProductId, SkuId, SubscriptionId, UserId};
use crate::money::Money;
use crate::time::{Period, months_after, period_containing};
use jiff::civil::Date;

coded! {
    /// The life of a subscription (domain 1.4).
    pub enum SubscriptionState {
        /// Waits for the credit check of its order.
        Pending = "pending",
        /// Begins on a later day.
        Scheduled = "scheduled",
        /// In use.
        Active = "active",
        /// The term ended without renewal: people keep access for a while.
        Expired = "expired",
        /// Canceled, unpaid or expired too long: only admins have access, nothing can be assigned.
        Disabled = "disabled",
        /// Over; the data is gone.
        Deleted = "deleted",
    }
}

impl SubscriptionState {
    /// Whether licenses of a subscription in this state can be assigned (domain 1.4: not while Disabled).
    #[must_use]
    pub const fn is_assignable(self) -> bool {
        matches!(self, Self::Active | Self::Expired)
    }
}

coded! {
    /// How the subscription was bought, which decides who may change it (domain 1.1, 2.2).
    pub enum Channel {
        /// Paid by card or bank account.
        Direct = "direct",
        /// Paid by invoice.
        DirectInvoice = "direct_invoice",
        /// Prepaid with a 25-character product key.
        ProductKey = "product_key",
        /// Through a volume licensing partner.
        VolumePartner = "volume_partner",
        /// Through a CSP reseller.
        Reseller = "reseller",
        /// A trial.
        Trial = "trial",
        /// By a user, for the team.
        SelfService = "self_service",
    }
}

coded! {
    /// The check whether a customer may pay by invoice (domain 4.4).
    pub enum CreditCheck {
        /// Under way; nothing can be bought on the subscription.
        Pending = "pending",
        /// Passed.
        Passed = "passed",
        /// Failed; the order was voided.
        Failed = "failed",
    }
}

/// One purchase of a product.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Subscription {
    /// Identity.
    pub id: SubscriptionId,
    /// What people see.
    pub product_id: ProductId,
    /// What was sold.
    pub sku_id: SkuId,
    /// How it was bought.
    pub channel: Channel,
    /// Its place in life.
    pub state: SubscriptionState,
    /// The buyer when it is a self-service purchase; `None` when the organization holds it (D3).
    pub holder: Option<UserId>,
    /// The credit check of its order, when there was one.
    pub credit_check: Option<CreditCheck>,
    /// Licenses bought.
    pub quantity: u32,
    /// Licenses in use: `0 <= assigned <= quantity` (D2).
    pub assigned: u32,
    /// People whose license is in conflict (D1).
    pub conflicts: u32,
    /// The most licenses that the offer allows.
    pub quantity_max: u32,
    /// How long the buyer committed.
    pub term: Term,
    /// How often it is charged.
    pub billing_frequency: BillingFrequency,
    /// What one license costs for one billing period: what was sold, whatever the catalog says today.
    pub unit_price: Money,
    /// Whether it renews by itself (domain 1.3).
    pub recurring_billing: bool,
    /// The first day ever, the anchor of terms and billing periods (D19).
    pub started_on: Date,
    /// The day on which it renews or expires: the first day after the present term.
    pub ends_on: Date,
    /// The day on which it was canceled.
    pub canceled_on: Option<Date>,
    /// What pays, when it is a card or bank account.
    pub payment_method_id: Option<PaymentMethodId>,
    /// The partner or reseller that sold it.
    pub partner_name: Option<String>,
    /// How to reach the partner.
    pub partner_contact: Option<String>,
    /// The order that made it.
    pub order_id: Option<OrderId>,
    /// Whether the product is no longer sold (domain 1.8).
    pub is_end_of_sale: bool,
    /// Counts the changes of this subscription.
    pub revision: i64,
}

impl Subscription {
    /// Licenses that can be given to someone now.
    #[must_use]
    pub const fn available(&self) -> u32 {
        if self.state.is_assignable() { self.quantity - self.assigned } else { 0 }
    }

    /// The billing period that contains the day.
    #[must_use]
    pub fn billing_period(&self, day: Date) -> Period {
        period_containing(self.started_on, self.billing_frequency.months(), day)
    }

    /// Whether the date shown is a renewal; otherwise it is the day of expiry (R7).
    #[must_use]
    pub const fn renews(&self) -> bool {
        self.recurring_billing && matches!(self.state, SubscriptionState::Active)
    }
}

/// The first day after a term that starts on `started_on`.
#[must_use]
pub fn first_term_end(started_on: Date, term: Term) -> Date {
    months_after(started_on, term.months())
}

#[cfg(test)]
pub(crate) mod tests_support {
    use super::*;
    use crate::access::{Principal, Role};
    use crate::money::Currency;
    use jiff::civil::date;
    use uuid::Uuid;

    /// The subscription of the worked examples in domain 4.9: 10.00 a month, since 15 January 2020.
    pub fn subscription(quantity: u32, assigned: u32) -> Subscription {
        Subscription {
            id: SubscriptionId::from_uuid(Uuid::from_u128(1)),
            product_id: ProductId::from_uuid(Uuid::from_u128(2)),
            sku_id: SkuId::from_uuid(Uuid::from_u128(3)),
            channel: Channel::Direct,
            state: SubscriptionState::Active,
            holder: None,
            credit_check: None,
            quantity,
            assigned,
            conflicts: 0,
            quantity_max: 300,
            term: Term::Annual,
            billing_frequency: BillingFrequency::Monthly,
            unit_price: Money::new(1000, Currency::Eur),
            recurring_billing: true,
            started_on: date(2020, 1, 15),
            ends_on: date(2021, 1, 15),
            canceled_on: None,
            payment_method_id: None,
            partner_name: None,
            partner_contact: None,
            order_id: None,
            is_end_of_sale: false,
            revision: 1,
        }
    }

    pub fn admin() -> crate::access::Actor {
        crate::access::Actor {
            principal: Principal::User(UserId::from_uuid(Uuid::from_u128(9))),
            home: None,
            name: "Admin".to_owned(),
            roles: vec![Role::GlobalAdmin],
            scopes: Vec::new(),
        }
    }
}
