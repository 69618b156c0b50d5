//! Take licenses back from people (domain 2.4, R31-R32).

use crate::access::{Actor, Reach};
use crate::refusal::Refusal;
use crate::subscription::{Action, Offer, Subscription, offer};

/// Whether the actor may take this license back. A license in conflict can be taken back too: that solves it.
///
/// # Errors
/// [`Refusal::Closed`] with the reason of its subscription (R108: not from a purchase of another user).
pub fn decide(subscription: &Subscription, actor: &Actor, reach: Reach) -> Result<(), Refusal> {
    match offer(Action::UnassignLicenses, subscription, actor, reach) {
        Offer::Open => Ok(()),
        Offer::Closed(reason) => Err(Refusal::Closed(reason)),
    }
}
