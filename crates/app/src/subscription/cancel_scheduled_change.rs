//! Drop what is planned for the renewal of a subscription (domain 1.12, R163).

use super::about;
use super::sweep::of_today;
use crate::door::{Change, Command};
use crate::failure::Failure;
use domain::access::permission::ManageSubscription;
use domain::ids::SubscriptionId;
use domain::subscription::Decision;
use domain::subscription::cancel_scheduled_change::{ScheduledChange, decide};
use store::tables::subscription;

/// Drops one planned change.
#[derive(Debug, Clone, Copy)]
pub struct CancelScheduledChange {
    /// Of which.
    pub subscription_id: SubscriptionId,
    /// What is planned.
    pub change: ScheduledChange,
}

impl Command for CancelScheduledChange {
    type Permission = ManageSubscription;
    type Outcome = ();
    const NAME: &'static str = "cancel_scheduled_change";

    fn execute(&self, change: &Change<'_, ManageSubscription>) -> Result<(), Failure> {
        let before = of_today(change, self.subscription_id)?;
        let decided = decide(&before, self.change, change.granted.actor(), change.granted.reach())?;
        let Decision { subscription: after, event, .. } = decided;
        subscription::update_life(change.write, &after, change.organization().cloud)?;
        change.record(about(&after, None), &event)
    }
}
