//! Move a subscription to another billing profile: its later charges go there (R171).

use super::save::must_reach;
use crate::door::{Change, Command};
use crate::failure::Failure;
use crate::subscription::about;
use domain::access::permission::ManageBillingProfiles;
use domain::billing::profile::check_move;
use domain::event::{self, Event};
use domain::ids::{BillingProfileId, SubscriptionId};
use domain::refusal::Refusal;
use store::tables::{billing_account, subscription};

/// Moves a subscription.
#[derive(Debug, Clone, Copy)]
pub struct MoveToBillingProfile {
    /// Which.
    pub subscription_id: SubscriptionId,
    /// Where to.
    pub to: BillingProfileId,
}

impl Command for MoveToBillingProfile {
    type Permission = ManageBillingProfiles;
    type Outcome = ();
    const NAME: &'static str = "move_to_billing_profile";

    fn execute(&self, change: &Change<'_, ManageBillingProfiles>) -> Result<(), Failure> {
        let found = subscription::find(change.write, self.subscription_id)?.ok_or(Refusal::NotFound)?.subscription;
        let profile = |id| billing_account::find_profile(change.write, id);
        let to = profile(self.to)?.ok_or(Refusal::NotFound)?;
        must_reach(change, found.billing_profile_id)?;
        must_reach(change, to.id)?;
        check_move(&found, &to)?;
        let from = profile(found.billing_profile_id)?.map(|from| from.name).unwrap_or_default();
        subscription::set_profile(change.write, found.id, found.revision, to.id)?;
        let profile = event::Change { from, to: to.name };
        change.record(about(&found, None), &Event::SubscriptionProfileChanged { profile })
    }
}
