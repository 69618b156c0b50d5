//! Subscriptions: one purchase of a product with its quantity, term and status (domain 1).

pub mod add_on;
pub mod begin;
pub mod buy_trial;
pub mod cancel;
pub mod cancel_scheduled_change;
pub mod change_payment_method;
pub mod change_plan;
pub mod change_quantity;
pub mod change_start;
pub mod delete;
pub mod due;
pub mod edit_billing_frequency;
pub mod edit_recurring_billing;
pub mod end;
pub mod extend_end_date;
pub mod extend_trial;
mod offers;
pub mod reactivate;
pub mod remind;
pub mod sign_up;
pub mod start_trial;
pub mod take_over;
pub mod timeline;
pub mod undo_take_over;
pub mod unpaid;

pub(crate) use offers::closed_to_another_plan;
pub use offers::{Action, ClosedReason, Offer, closed_for, offer, offer_in};

use crate::billing::Footing;
use crate::billing::charge::{ChargeKind, NewCharge};
use crate::catalog::{BillingFrequency, Term};
use crate::codes::coded;
use crate::event::Event;
use crate::ids::{
    BillingProfileId, JobId, OrderId, OrganizationId, PaymentMethodId, PriceId, ProductId, SkuId, SubscriptionId,
    UserId,
};
use crate::money::Money;
use crate::time::{Period, days_between, months_after, period_containing};
use jiff::civil::Date;
use serde::{Deserialize, Serialize};

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
        /// Not at all: a user signed up for it, for oneself (domain 2.10, R180).
        Free = "free",
    }
}

impl Channel {
    /// Whether Zetel charges the organization for it; otherwise a partner does, or it was paid for before (domain 1.1).
    #[must_use]
    pub const fn is_charged(self) -> bool {
        matches!(self, Self::Direct | Self::DirectInvoice | Self::SelfService | Self::ProductKey)
    }

    /// Whether a partner sold it, and decides on it (domain 2.2).
    #[must_use]
    pub const fn is_of_partner(self) -> bool {
        matches!(self, Self::VolumePartner | Self::Reseller)
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
    /// What one license costs for one billing period: what was sold, whatever the catalog says today. Of a trial, what
    /// it will cost once it is paid.
    pub unit_price: Money,
    /// Whether it renews by itself (domain 1.3).
    pub recurring_billing: bool,
    /// The first day ever, the anchor of terms and billing periods (D19); of an add-on the one of its base.
    pub started_on: Date,
    /// The day on which it renews or expires: the first day after the present term.
    pub ends_on: Date,
    /// The day on which it was canceled.
    pub canceled_on: Option<Date>,
    /// The day on which it was disabled because it was not paid.
    pub unpaid_since: Option<Date>,
    /// The day up to which people were told what time is going to do to it ([`remind`]).
    pub reminded_on: Option<Date>,
    /// What pays, when it is a card or bank account.
    pub payment_method_id: Option<PaymentMethodId>,
    /// The partner or reseller that sold it.
    pub partner_name: Option<String>,
    /// How to reach the partner.
    pub partner_contact: Option<String>,
    /// What the partner pays for it; nothing for what the organization buys itself, or was sold outside Zetel.
    pub sale: Option<Sale>,
    /// Whose invoices it is on.
    pub billing_profile_id: BillingProfileId,
    /// The first day that is not charged yet; `None` where Zetel does not charge.
    pub billed_until: Option<Date>,
    /// Another number of licenses from the next term on.
    pub quantity_at_renewal: Option<u32>,
    /// How it is charged from the next term on, when that was agreed.
    pub price_at_renewal: Option<PriceAtRenewal>,
    /// Another product from the next term on (domain 1.10).
    pub plan_at_renewal: Option<PlanAtRenewal>,
    /// The work that moves its people to another product at this moment.
    pub plan_change: Option<JobId>,
    /// The subscription that has its people since its plan was changed.
    pub changed_to: Option<SubscriptionId>,
    /// The subscription to which it belongs as a traditional add-on: its term is the one of that, and it ends with it
    /// ([`add_on`]).
    pub base_id: Option<SubscriptionId>,
    /// The order that made it.
    pub order_id: Option<OrderId>,
    /// Whether the product is no longer sold (domain 1.8).
    pub is_end_of_sale: bool,
    /// Counts the changes of this subscription.
    pub revision: i64,
}

/// What a partner pays for a subscription that it sold to a customer (domain 1.1): the customer is charged by it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Sale {
    /// The partner's organization.
    pub partner_id: OrganizationId,
    /// What one license costs it for one billing period.
    pub unit_price: Money,
}

/// How a subscription will be charged from its next term on (domain 1.2).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct PriceAtRenewal {
    /// How often.
    pub billing_frequency: BillingFrequency,
    /// What one license will cost for one billing period.
    pub unit_price: Money,
}

/// The product to which people move when the next term begins, as it was agreed (domain 1.10, 1.12).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct PlanAtRenewal {
    /// The version of the price, which says what is sold, for how long and how often it is charged.
    pub price_id: PriceId,
    /// Licenses; more when more are in use by then.
    pub quantity: u32,
}

impl Subscription {
    /// Licenses that can be given to someone now.
    #[must_use]
    pub const fn available(&self) -> u32 {
        if self.state.is_assignable() && !self.is_free() { self.quantity - self.assigned } else { 0 }
    }

    /// Whether a user signed up for it: its one license is for that person and nobody else.
    #[must_use]
    pub const fn is_free(&self) -> bool {
        matches!(self.channel, Channel::Free)
    }

    /// Whether Zetel charges for it: the organization, or the partner that sold it here.
    #[must_use]
    pub const fn is_charged(&self) -> bool {
        self.channel.is_charged() || self.sale.is_some()
    }

    /// What one license costs whoever is charged, for one billing period.
    #[must_use]
    pub fn charged_price(&self) -> Money {
        self.sale.map_or(self.unit_price, |sale| sale.unit_price)
    }

    /// The billing period that contains the day.
    #[must_use]
    pub fn billing_period(&self, day: Date) -> Period {
        period_containing(self.started_on, self.billing_frequency.months(), day)
    }

    /// The term that contains the day.
    #[must_use]
    pub fn term_period(&self, day: Date) -> Period {
        period_containing(self.started_on, self.term.months(), day)
    }

    /// Whether a purchase or renewal was so recently that it can be undone for money (D6). An add-on was bought later
    /// than the term began that it shares with its base; the charge of its purchase says when.
    #[must_use]
    pub fn is_refundable(&self, footing: Footing<'_>) -> bool {
        let today = footing.today();
        let purchases = footing.charged.iter().filter(|charge| charge.line.kind == ChargeKind::Purchase);
        let bought_on =
            purchases.map(|charge| charge.line.service_period.start).max().filter(|_| self.base_id.is_some());
        let since = bought_on.into_iter().fold(self.term_period(today).start, Date::max);
        footing.rules.refund_days.is_none_or(|days| days_between(since, today) < i64::from(days))
    }

    /// What all licenses cost whoever is charged, for a whole billing period.
    ///
    /// # Panics
    /// When price times quantity leaves the range, which [`crate::limits`] keeps from happening.
    #[must_use]
    pub fn price_per_period(&self, quantity: u32) -> Money {
        self.charged_price().times(i64::from(quantity)).expect("limits keep price times quantity in range")
    }

    /// The first day after the term that contains `day`, counted from the first day ever (D19).
    #[must_use]
    pub fn term_end_after(&self, day: Date) -> Date {
        self.term_period(day).end
    }

    /// Whether the date shown is a renewal; otherwise it is the day of expiry (R7).
    #[must_use]
    pub const fn renews(&self) -> bool {
        self.goes_on() && !self.is_trial()
    }

    /// Licenses from the next term on: as many as were planned, never fewer than are in use (D2), and no more of what
    /// is no longer sold (domain 1.8).
    #[must_use]
    pub fn quantity_then(&self) -> u32 {
        let planned = self.quantity_at_renewal.unwrap_or(self.quantity);
        let sold = if self.is_end_of_sale { planned.min(self.quantity) } else { planned };
        sold.max(self.assigned)
    }

    /// The most licenses that it has or is planned to have.
    #[must_use]
    pub fn quantity_at_most(&self) -> u32 {
        self.quantity.max(self.quantity_at_renewal.unwrap_or_default())
    }

    /// What stays planned for the renewal when there are `total` licenses from now on (domain 1.12): a plan for still
    /// more or still fewer, but none that is reached or passed by then.
    #[must_use]
    pub fn planned_beyond(&self, total: u32) -> Option<u32> {
        let goes_further = |planned: &u32| planned.cmp(&total) == planned.cmp(&self.quantity) && *planned != total;
        self.quantity_at_renewal.filter(goes_further)
    }

    /// The same with nothing planned for its renewal.
    #[must_use]
    pub(crate) fn with_nothing_planned(self) -> Self {
        Self { quantity_at_renewal: None, price_at_renewal: None, plan_at_renewal: None, ..self }
    }

    /// Whether its licenses were paid by product keys; from a renewal on they are not.
    #[must_use]
    pub const fn is_prepaid(&self) -> bool {
        matches!(self.channel, Channel::ProductKey)
    }

    /// Whether it is a trial that is paid from its end date on (D20); what is no longer sold just ends.
    #[must_use]
    pub const fn becomes_paid(&self) -> bool {
        self.goes_on() && self.is_trial() && self.payment_method_id.is_some() && !self.is_end_of_sale
    }

    /// Whether it is a trial.
    #[must_use]
    pub const fn is_trial(&self) -> bool {
        matches!(self.channel, Channel::Trial)
    }

    /// What one license costs whoever bought it here, for one billing period; of a trial once it is paid. What was
    /// prepaid costs nothing more, and what a partner sold is paid to the partner, in Zetel or not.
    #[must_use]
    pub fn paid_price(&self) -> Option<Money> {
        let is_paid_here = match self.channel {
            Channel::Direct | Channel::DirectInvoice | Channel::SelfService | Channel::Trial => self.sale.is_none(),
            Channel::ProductKey | Channel::VolumePartner | Channel::Reseller | Channel::Free => false,
        };
        is_paid_here.then_some(self.unit_price)
    }

    /// Whether its term is ahead or runs: afterwards nothing is charged for it, until it is reactivated.
    #[must_use]
    pub const fn is_running(&self) -> bool {
        use SubscriptionState as S;
        matches!(self.state, S::Pending | S::Scheduled | S::Active)
    }

    /// Whether whoever bought it here pays for it now, and so for licenses that nobody has too (R5): fewer of them are
    /// bought to pay less.
    #[must_use]
    pub fn bills_unassigned(&self) -> bool {
        self.is_running() && !self.is_trial() && self.paid_price().is_some()
    }

    const fn goes_on(&self) -> bool {
        self.recurring_billing && self.is_running()
    }
}

/// A change that was decided on.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Decision {
    /// The subscription afterwards.
    pub subscription: Subscription,
    /// What happened.
    pub event: Event,
    /// What is charged for it.
    pub charges: Vec<NewCharge>,
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
    use crate::billing::charge::{Charge, ChargeKind, charge};
    use crate::billing::{BillingRules, Footing, Moment};
    use crate::ids::ChargeId;
    use crate::money::Currency;
    use jiff::civil::date;
    use jiff::tz::TimeZone;
    use uuid::Uuid;

    /// The subscription of the worked examples in domain 4.9: 10.00 a month, since 15 January 2020.
    pub fn subscription(quantity: u32, assigned: u32) -> Subscription {
        let new = begin::New {
            id: SubscriptionId::from_uuid(Uuid::from_u128(1)),
            product_id: ProductId::from_uuid(Uuid::from_u128(2)),
            sku_id: SkuId::from_uuid(Uuid::from_u128(3)),
            channel: Channel::Direct,
            quantity,
            quantity_max: 300,
            term: Term::Annual,
            billing_frequency: BillingFrequency::Monthly,
            unit_price: Money::new(1000, Currency::Eur),
            billing_profile_id: BillingProfileId::from_uuid(Uuid::from_u128(7)),
        };
        Subscription {
            assigned,
            billed_until: Some(date(2020, 2, 15)),
            ..begin::active(new, date(2020, 1, 15), date(2021, 1, 15))
        }
    }

    /// MOSA, as it is usual.
    pub const RULES: BillingRules = BillingRules::usual(crate::billing::Agreement::Mosa);

    /// The morning of a day.
    pub fn on(day: Date) -> Moment {
        Moment::start_of(day, TimeZone::UTC)
    }

    /// What a decision of a day stands on, under MOSA.
    pub fn footing<'a>(moment: &'a Moment, charged: &'a [Charge]) -> Footing<'a> {
        Footing { moment, rules: &RULES, charged }
    }

    /// What was charged for all licenses and the billing period of the day.
    pub fn charged(subscription: &Subscription, day: Date) -> Vec<Charge> {
        let period = subscription.billing_period(day);
        let price = subscription.charged_price();
        let line = charge(ChargeKind::Purchase, subscription.quantity, price, period, &on(period.start), &RULES);
        let id = ChargeId::from_uuid(Uuid::from_u128(20));
        vec![Charge::new(id, line, subscription.id, None, period.start, period.start)]
    }

    pub fn admin() -> crate::access::Actor {
        crate::access::Actor {
            principal: Principal::User(UserId::from_uuid(Uuid::from_u128(9))),
            home: None,
            name: "Admin".to_owned(),
            roles: vec![Role::GlobalAdmin],
            billing_roles: Vec::new(),
            billing_admins_assign: false,
            scopes: Vec::new(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::tests_support::subscription;
    use super::*;

    /// R5: not paying for unused licenses is done by lowering the bought number, where each of them is charged.
    #[test]
    fn unassigned_licenses_are_charged_where_something_is_paid_here() {
        let of = |channel, state| Subscription { channel, state, ..subscription(5, 2) };
        let (mut billed, mut priced) = (Vec::new(), Vec::new());
        for channel in Channel::ALL {
            let active = of(*channel, SubscriptionState::Active);
            billed.extend(active.bills_unassigned().then_some(*channel));
            priced.extend(active.paid_price().map(|_| *channel));
            for over in [SubscriptionState::Expired, SubscriptionState::Disabled, SubscriptionState::Deleted] {
                assert!(!of(*channel, over).bills_unassigned(), "{channel} {over}");
            }
        }
        assert_eq!(billed, [Channel::Direct, Channel::DirectInvoice, Channel::SelfService]);
        assert_eq!(priced, [Channel::Direct, Channel::DirectInvoice, Channel::Trial, Channel::SelfService]);
    }
}
