//! Drop what is planned for the renewal of a subscription (domain 1.12, R163).

use super::{Action, Decision, Offer, Subscription, offer};
use crate::access::{Actor, Reach};
use crate::codes::coded;
use crate::event::Event;
use crate::refusal::Refusal;

coded! {
    /// What is planned for the renewal.
    pub enum ScheduledChange {
        /// Another number of licenses.
        Quantity = "quantity",
        /// Another billing frequency, with its price.
        BillingFrequency = "billing_frequency",
        /// Another product.
        Plan = "plan",
    }
}

/// Everything that is planned for the renewal.
#[must_use]
pub fn scheduled(subscription: &Subscription) -> Vec<ScheduledChange> {
    let quantity = subscription.quantity_at_renewal.map(|_| ScheduledChange::Quantity);
    // What was prepaid has no price before.
    let agreed = subscription.price_at_renewal.filter(|_| !subscription.is_prepaid());
    let frequency = agreed.map(|_| ScheduledChange::BillingFrequency);
    let plan = subscription.plan_at_renewal.map(|_| ScheduledChange::Plan);
    quantity.into_iter().chain(frequency).chain(plan).collect()
}

/// What something that was done let go of all that was planned before, as the history says it.
#[must_use]
pub fn dropped(before: &Subscription, after: &Subscription) -> Vec<Event> {
    let stays = scheduled(after);
    let gone = scheduled(before).into_iter().filter(|change| !stays.contains(change));
    gone.map(|change| Event::ScheduledChangeCanceled { change, on: before.ends_on }).collect()
}

/// Decides on dropping one planned change. The others stay planned. Whoever may plan may drop: the same who may let the
/// subscription renew.
///
/// # Errors
/// [`Refusal::Closed`], or [`Refusal::NothingToChange`] when it is not planned.
pub fn decide(
    subscription: &Subscription,
    change: ScheduledChange,
    actor: &Actor,
    reach: Reach,
) -> Result<Decision, Refusal> {
    if let Offer::Closed(reason) = offer(Action::EditRecurringBilling, subscription, actor, reach) {
        return Err(Refusal::Closed(reason));
    }
    if !scheduled(subscription).contains(&change) {
        return Err(Refusal::NothingToChange);
    }
    let mut after = subscription.clone();
    match change {
        ScheduledChange::Quantity => after.quantity_at_renewal = None,
        ScheduledChange::BillingFrequency => after.price_at_renewal = None,
        ScheduledChange::Plan => after.plan_at_renewal = None,
    }
    let event = Event::ScheduledChangeCanceled { change, on: subscription.ends_on };
    Ok(Decision { subscription: after, event, charges: Vec::new() })
}

#[cfg(test)]
mod tests {
    use super::super::tests_support::{admin, subscription};
    use super::super::{ClosedReason, PriceAtRenewal, SubscriptionState};
    use super::*;
    use crate::catalog::BillingFrequency;
    use jiff::civil::date;

    /// Both are planned.
    fn planned() -> Subscription {
        let mut planned = subscription(100, 60);
        let (billing_frequency, unit_price) = (BillingFrequency::Yearly, planned.unit_price);
        planned.quantity_at_renewal = Some(80);
        planned.price_at_renewal = Some(PriceAtRenewal { billing_frequency, unit_price });
        planned
    }

    /// Domain 1.12: one is dropped, the other stays.
    #[test]
    fn one_is_dropped() {
        let before = planned();
        let drop = |change| decide(&before, change, &admin(), Reach::All).expect("it is planned");
        let event = |change| Event::ScheduledChangeCanceled { change, on: date(2021, 1, 15) };
        let quantity = drop(ScheduledChange::Quantity);
        assert_eq!(quantity.event, event(ScheduledChange::Quantity));
        assert_eq!(quantity.subscription, Subscription { quantity_at_renewal: None, ..before.clone() });
        let frequency = drop(ScheduledChange::BillingFrequency);
        assert_eq!(frequency.event, event(ScheduledChange::BillingFrequency));
        assert_eq!(frequency.subscription, Subscription { price_at_renewal: None, ..before.clone() });
        assert_eq!(scheduled(&frequency.subscription), [ScheduledChange::Quantity]);
    }

    /// Domain 1.12, R183: what goes with something else is named, what is replaced or stays is not.
    #[test]
    fn what_was_dropped() {
        let (before, on) = (planned(), date(2021, 1, 15));
        let event = |change| Event::ScheduledChangeCanceled { change, on };
        let both = [event(ScheduledChange::Quantity), event(ScheduledChange::BillingFrequency)];
        assert_eq!(dropped(&before, &before.clone().with_nothing_planned()), both);
        assert_eq!(dropped(&before, &Subscription { price_at_renewal: None, ..before.clone() }), both[1..]);
        assert_eq!(dropped(&before, &Subscription { quantity_at_renewal: Some(70), ..before.clone() }), []);
    }

    #[test]
    fn what_is_not_planned_or_not_theirs() {
        let decide = |of: &Subscription, reach| decide(of, ScheduledChange::Quantity, &admin(), reach);
        assert_eq!(decide(&subscription(100, 60), Reach::All), Err(Refusal::NothingToChange));
        let nobody = Err(Refusal::Closed(ClosedReason::RoleNotAllowed));
        assert_eq!(decide(&planned(), Reach::Nothing), nobody);
        let expired = Subscription { state: SubscriptionState::Expired, ..planned() };
        assert_eq!(decide(&expired, Reach::All), Err(Refusal::Closed(ClosedReason::NotActive)));
    }
}
