//! How a subscription begins, whoever bought or sold it and however: the one place that makes a new one.

use super::{Channel, Decision, Subscription, SubscriptionState, first_term_end};
use crate::billing::charge::{ChargeKind, charge};
use crate::billing::{BillingRules, Moment};
use crate::catalog::{BillingFrequency, Term};
use crate::event::Event;
use crate::ids::{BillingProfileId, ProductId, SkuId, SubscriptionId};
use crate::money::Money;
use crate::time::period_containing;
use jiff::civil::Date;

/// What a new subscription is made of.
#[derive(Debug, Clone, Copy)]
pub struct New {
    /// Its identity.
    pub id: SubscriptionId,
    /// What people see.
    pub product_id: ProductId,
    /// What is sold.
    pub sku_id: SkuId,
    /// How it is bought.
    pub channel: Channel,
    /// Licenses.
    pub quantity: u32,
    /// The most licenses of the offer.
    pub quantity_max: u32,
    /// How long the buyer commits.
    pub term: Term,
    /// How often it is charged.
    pub billing_frequency: BillingFrequency,
    /// What one license costs for one billing period.
    pub unit_price: Money,
    /// Whose invoices it is on.
    pub billing_profile_id: BillingProfileId,
}

/// A subscription from a day to the day on which it ends or renews: active and nobody's own, with nothing of it in use,
/// nothing charged, and nothing planned.
#[must_use]
pub fn active(new: New, started_on: Date, ends_on: Date) -> Subscription {
    Subscription {
        id: new.id,
        product_id: new.product_id,
        sku_id: new.sku_id,
        channel: new.channel,
        state: SubscriptionState::Active,
        holder: None,
        credit_check: None,
        quantity: new.quantity,
        assigned: 0,
        conflicts: 0,
        quantity_max: new.quantity_max.max(new.quantity),
        term: new.term,
        billing_frequency: new.billing_frequency,
        unit_price: new.unit_price,
        recurring_billing: true,
        started_on,
        ends_on,
        canceled_on: None,
        unpaid_since: None,
        reminded_on: None,
        payment_method_id: None,
        partner_name: None,
        partner_contact: None,
        sale: None,
        billing_profile_id: new.billing_profile_id,
        billed_until: None,
        quantity_at_renewal: None,
        price_at_renewal: None,
        plan_at_renewal: None,
        plan_change: None,
        changed_to: None,
        base_id: None,
        order_id: None,
        is_end_of_sale: false,
        revision: 1,
    }
}

/// A subscription whose first billing period is charged from a moment on, and what the journal says of it. An add-on
/// has the anchor, the term and the renewal of its base (domain 1.9).
#[must_use]
pub fn charged(
    new: New,
    base: Option<&Subscription>,
    kind: ChargeKind,
    from: &Moment,
    rules: &BillingRules,
) -> Decision {
    let started_on = base.map_or(from.today, |base| base.started_on);
    let ends_on = base.map_or_else(|| first_term_end(from.today, new.term), |base| base.ends_on);
    let billing_period = period_containing(started_on, new.billing_frequency.months(), from.today);
    let subscription = Subscription {
        recurring_billing: base.is_none_or(|base| base.recurring_billing),
        base_id: base.map(|base| base.id),
        billed_until: Some(billing_period.end),
        ..active(new, started_on, ends_on)
    };
    let line = charge(kind, new.quantity, new.unit_price, billing_period, from, rules);
    Decision { event: started(&subscription), subscription, charges: vec![line] }
}

/// What the journal says of a subscription that begins.
#[must_use]
pub fn started(subscription: &Subscription) -> Event {
    Event::SubscriptionStarted {
        quantity: subscription.quantity,
        term: subscription.term,
        billing_frequency: subscription.billing_frequency,
        unit_price: subscription.unit_price,
        channel: subscription.channel,
        ends_on: subscription.ends_on,
    }
}
