//! Turn recurring billing on or off (domain 1.3, R8).

use super::add_on::edit_recurring_billing_with;
use super::edit_billing_frequency::price_of_today;
use super::sweep::of_today;
use super::{about, record_dropped};
use crate::billing::account;
use crate::door::{Change, Command};
use crate::failure::Failure;
use domain::access::permission::{Granting, ManageSubscription};
use domain::catalog::BillingFrequency;
use domain::ids::SubscriptionId;
use domain::subscription::edit_recurring_billing::{Ahead, decide};
use domain::subscription::{Decision, PriceAtRenewal, Subscription};
use store::tables::subscription;

/// Says whether a subscription renews by itself.
#[derive(Debug, Clone, Copy)]
pub struct EditRecurringBilling {
    /// Which.
    pub subscription_id: SubscriptionId,
    /// Whether it shall renew.
    pub on: bool,
    /// How often what was prepaid is charged from its end on (domain 1.3); needed to turn it on, and for nothing else.
    pub billing_frequency: Option<BillingFrequency>,
}

impl Command for EditRecurringBilling {
    type Permission = ManageSubscription;
    type Outcome = ();
    const NAME: &'static str = "edit_recurring_billing";

    fn execute(&self, change: &Change<'_, ManageSubscription>) -> Result<(), Failure> {
        let before = of_today(change, self.subscription_id)?;
        let reach = change.granted.reach_in(before.billing_profile_id);
        let ahead = Ahead { agreement: account(change.write)?.rules.agreement, price: self.price(change, &before)? };
        let decided = decide(&before, self.on, ahead, change.granted.actor(), reach)?;
        let Decision { subscription: after, event, .. } = decided;
        subscription::update_life(change.write, &after, change.organization().cloud)?;
        change.record(about(&after, None), &event)?;
        record_dropped(change, &before, &after)?;
        edit_recurring_billing_with(change, after.id, self.on)
    }
}

impl EditRecurringBilling {
    fn price<P: Granting>(
        &self,
        change: &Change<'_, P>,
        before: &Subscription,
    ) -> Result<Option<PriceAtRenewal>, Failure> {
        let Some(billing_frequency) = self.billing_frequency.filter(|_| before.is_prepaid()) else { return Ok(None) };
        let price = price_of_today(change, before, billing_frequency)?;
        Ok(price.map(|price| PriceAtRenewal { billing_frequency, unit_price: price.unit_price }))
    }
}
