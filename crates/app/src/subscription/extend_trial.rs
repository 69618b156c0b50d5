//! Extend a trial (domain 1.7, R157).

use super::about;
use super::sweep::of_today;
use crate::door::{Change, Command};
use crate::failure::Failure;
use domain::access::permission::ManageSubscription;
use domain::ids::SubscriptionId;
use domain::subscription::Decision;
use domain::subscription::extend_trial::decide;
use store::tables::subscription;

/// Lets a trial last longer, once.
#[derive(Debug, Clone, Copy)]
pub struct ExtendTrial(pub SubscriptionId);

impl Command for ExtendTrial {
    type Permission = ManageSubscription;
    type Outcome = ();
    const NAME: &'static str = "extend_trial";

    fn execute(&self, change: &Change<'_, ManageSubscription>) -> Result<(), Failure> {
        let before = of_today(change, self.0)?;
        let (actor, reach) = (change.granted.actor(), change.granted.reach_in(before.billing_profile_id));
        let Decision { subscription: after, event, .. } = decide(&before, change.today(), actor, reach)?;
        subscription::update_life(change.write, &after, change.organization().cloud)?;
        change.record(about(&after, None), &event)
    }
}
