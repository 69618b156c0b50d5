//! Delete a disabled subscription at once (domain 1.4, T10), or what a user signed up for (domain 2.10, R180).

use super::about;
use super::add_on::delete_with;
use super::sweep::{of_today, take_licenses_back};
use crate::door::{Change, Command};
use crate::failure::Failure;
use domain::access::Reach;
use domain::access::permission::{DeleteFreeSubscription, DeleteSubscription as MayDelete};
use domain::ids::SubscriptionId;
use domain::refusal::Refusal;
use domain::subscription::delete::decide;
use store::tables::subscription;

/// Erases a disabled subscription with the licenses of its people, or what a user signed up for. Billing admins do only
/// the latter (domain 6).
#[derive(Debug, Clone, Copy)]
pub struct DeleteSubscription(pub SubscriptionId);

impl Command for DeleteSubscription {
    type Permission = DeleteFreeSubscription;
    type Outcome = ();
    const NAME: &'static str = "delete_subscription";

    /// Takes back the licenses of the first people; the calendar does the rest.
    fn execute(&self, change: &Change<'_, DeleteFreeSubscription>) -> Result<(), Failure> {
        let before = of_today(change, self.0)?;
        if !before.is_free() && change.reach::<MayDelete>() != Reach::All {
            return Err(Refusal::NotAllowed.into());
        }
        let (granted, cloud) = (&change.granted, change.organization().cloud);
        let (after, event) = decide(&before, granted.actor(), granted.reach(), change.today())?;
        subscription::update_life(change.write, &after, cloud)?;
        change.record(about(&after, None), &event)?;
        take_licenses_back(change, after.id)?;
        delete_with(change, after.id)
    }
}
