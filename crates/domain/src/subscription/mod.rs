//! Subscriptions: one purchase of a product with its quantity, term and status (domain 1).

pub mod cancel;
pub mod change_quantity;
pub mod delete;
pub mod due;
pub mod edit_recurring_billing;
mod offers;
pub mod reactivate;

pub use offers::{Action, ClosedReason, Offer, closed_for, offer, offers};

use crate::catalog::{BillingFrequency, Term};
use crate::codes::coded;
use crate::ids::{OrderId, PaymentMethodId, ProductId, SkuId, SubscriptionId, UserId};
use crate::money::{Money, Rounding};
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

impl Channel {
    /// Whether Zetel charges for it; otherwise a partner does, or it was paid for before (domain 1.1).
    #[must_use]
    pub const fn is_charged(self) -> bool {
        matches!(self, Self::Direct | Self::DirectInvoice | Self::SelfService | Self::ProductKey)
    }

    /// Whether a card or bank account has to be on file for a charge.
    #[must_use]
    pub const fn needs_payment_method(self) -> bool {
        matches!(self, Self::Direct | Self::SelfService)
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

/// What some days of a subscription cost.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Charge {
    /// What all licenses cost for the days; the exact part of the price, rounded once (D16, D17).
    pub amount: Money,
    /// The days.
    pub service_period: Period,
    /// The whole billing period whose days divide the price.
    pub billing_period: Period,
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

    /// What the days from `day` to the end of its billing period cost; `day` itself counts (D16).
    #[must_use]
    pub fn rest_of_period(&self, day: Date) -> Charge {
        let billing_period = self.billing_period(day);
        let service_period = Period { start: day.max(billing_period.start), end: billing_period.end };
        let whole = self.unit_price.times(i64::from(self.quantity)).expect("limits keep price times quantity in range");
        let amount = whole.part(service_period.days(), billing_period.days(), Rounding::HalfUp);
        Charge { amount, service_period, billing_period }
    }

    /// The first day after the term that contains `day`, counted from the first day ever (D19).
    #[must_use]
    pub fn term_end_after(&self, day: Date) -> Date {
        period_containing(self.started_on, self.term.months(), day).end
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
