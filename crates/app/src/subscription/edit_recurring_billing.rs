//! Turn recurring billing on or off (domain 1.3, R8).

use super::about;
use super::add_on::edit_recurring_billing_with;
use super::change_quantity::visible;
use crate::door::{Change, Command};
use crate::failure::Failure;
use domain::access::permission::ManageSubscription;
use domain::ids::SubscriptionId;
use domain::subscription::Decision;
use domain::subscription::edit_recurring_billing::decide;
use store::tables::subscription;

/// Says whether a subscription renews by itself.
#[derive(Debug, Clone, Copy)]
pub struct EditRecurringBilling {
    /// Which.
    pub subscription_id: SubscriptionId,
    /// Whether it shall renew.
    pub on: bool,
}

impl Command for EditRecurringBilling {
    type Permission = ManageSubscription;
    type Outcome = ();
    const NAME: &'static str = "edit_recurring_billing";

    fn execute(&self, change: &Change<'_, ManageSubscription>) -> Result<(), Failure> {
        let before = visible(subscription::find(change.write, self.subscription_id)?, &change.granted)?;
        let reach = change.granted.reach_in(before.billing_profile_id);
        let decided = decide(&before, self.on, change.granted.actor(), reach)?;
        let Decision { subscription: after, event, .. } = decided;
        subscription::update_life(change.write, &after, change.organization().cloud)?;
        change.record(about(&after, None), &event)?;
        edit_recurring_billing_with(change, after.id, self.on)
    }
}
