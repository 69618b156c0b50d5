//! Use cases of subscriptions.

pub mod change_quantity;
pub mod details;
pub mod list;

use domain::access::permission::{AssignLicenses, Granting, ManageQuantity};
use domain::access::{Actor, Permission, reach};
use domain::ids::OrganizationId;
use domain::subscription::{Action, Offer, Subscription, offers};

/// The permission that an action needs.
#[must_use]
pub const fn permission(action: Action) -> Permission {
    match action {
        Action::AddLicenses | Action::RemoveLicenses => ManageQuantity::PERMISSION,
        Action::AssignLicenses | Action::UnassignLicenses => AssignLicenses::PERMISSION,
    }
}

/// What the actor can do with a subscription of an organization now, or why not.
#[must_use]
pub fn offers_to(actor: &Actor, organization: OrganizationId, subscription: &Subscription) -> Vec<(Action, Offer)> {
    offers(subscription, actor, |action| reach(actor, permission(action), Some(organization)))
}
