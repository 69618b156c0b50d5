//! Buy what was tried: the trial becomes a paid subscription and keeps its licenses and people (domain 1.7, R70, R157).

use super::{Action, Decision, Offer, Subscription, SubscriptionState, offer};
use crate::access::{Actor, Reach};
use crate::event::Event;
use crate::ids::ProductId;
use crate::refusal::Refusal;

/// Whether a purchase may take a trial over. `is_being_bought`: another order of it is not settled yet.
///
/// # Errors
/// [`Refusal::Closed`]; [`Refusal::TrialBeingBought`]; [`Refusal::UnknownChoice`] for another product;
/// [`Refusal::BelowAssigned`] for fewer licenses than are in use.
pub fn check(
    trial: &Subscription,
    product_id: ProductId,
    quantity: u32,
    is_being_bought: bool,
    actor: &Actor,
    reach: Reach,
) -> Result<(), Refusal> {
    if let Offer::Closed(reason) = offer(Action::BuyTrial, trial, actor, reach) {
        return Err(Refusal::Closed(reason));
    }
    if is_being_bought {
        return Err(Refusal::TrialBeingBought);
    }
    if trial.product_id != product_id {
        return Err(Refusal::UnknownChoice);
    }
    match quantity < trial.assigned {
        true => Err(Refusal::BelowAssigned { assigned: trial.assigned }),
        false => Ok(()),
    }
}

/// The paid subscription in the place of the trial, once its order is posted. `bought` is what the order would have
/// made anew.
#[must_use]
pub fn take_over(trial: &Subscription, bought: Decision) -> Decision {
    let Decision { subscription, charges, .. } = bought;
    let after = Subscription {
        id: trial.id,
        holder: trial.holder,
        state: SubscriptionState::Active,
        assigned: trial.assigned,
        conflicts: trial.conflicts,
        reminded_on: trial.reminded_on,
        revision: trial.revision,
        ..subscription
    };
    Decision { event: became_paid(&after), subscription: after, charges }
}

/// What the journal says of a trial that is paid from now on.
pub(super) fn became_paid(after: &Subscription) -> Event {
    Event::TrialBecamePaid {
        quantity: after.quantity,
        term: after.term,
        billing_frequency: after.billing_frequency,
        unit_price: after.unit_price,
        channel: after.channel,
        ends_on: after.ends_on,
    }
}
