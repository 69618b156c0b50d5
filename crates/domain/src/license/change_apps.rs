//! Switch apps and services of a person's license on or off (domain 2.3, R174).

use super::assign::check_plans;
use crate::access::{Actor, Reach};
use crate::event::{Change, Event};
use crate::ids::ServicePlanId;
use crate::refusal::Refusal;
use crate::subscription::{ClosedReason, Subscription, closed_for};

/// Decides which apps are off. What is off already in another order changes nothing.
///
/// # Errors
/// [`Refusal::Closed`] when the actor may not touch the subscription (R108) or it is no longer in use,
/// [`Refusal::UnknownChoice`], [`Refusal::NoAppsLeft`], and [`Refusal::NothingToChange`].
pub fn decide(
    subscription: &Subscription,
    disabled_before: &[ServicePlanId],
    disabled: &[ServicePlanId],
    plans_of_product: &[ServicePlanId],
    actor: &Actor,
    reach: Reach,
) -> Result<Event, Refusal> {
    if let Some(reason) = closed_for(subscription, actor, reach) {
        return Err(Refusal::Closed(reason));
    }
    if !subscription.state.is_assignable() {
        return Err(Refusal::Closed(ClosedReason::NotActive));
    }
    check_plans(disabled, plans_of_product)?;
    let (from, to) = (sorted(disabled_before), sorted(disabled));
    if from == to {
        return Err(Refusal::NothingToChange);
    }
    Ok(Event::AppsChanged { disabled_plans: Change { from, to } })
}

/// A list of apps in one order, each once.
#[must_use]
pub fn sorted(plans: &[ServicePlanId]) -> Vec<ServicePlanId> {
    let mut plans = plans.to_vec();
    plans.sort_unstable();
    plans.dedup();
    plans
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ids::UserId;
    use crate::subscription::SubscriptionState;
    use crate::subscription::tests_support::{admin, subscription};
    use uuid::Uuid;

    fn plan(number: u128) -> ServicePlanId {
        ServicePlanId::from_uuid(Uuid::from_u128(number))
    }

    /// R174.
    #[test]
    fn apps_are_switched_off_and_on() {
        let known = [plan(1), plan(2), plan(3)];
        let change =
            |before: &[_], after: &[_]| decide(&subscription(5, 1), before, after, &known, &admin(), Reach::All);
        assert_eq!(
            change(&[plan(1)], &[plan(3), plan(1), plan(3)]),
            Ok(Event::AppsChanged { disabled_plans: Change { from: vec![plan(1)], to: vec![plan(1), plan(3)] } })
        );
        assert_eq!(change(&[plan(1), plan(2)], &[plan(2), plan(1)]), Err(Refusal::NothingToChange));
        assert_eq!(change(&[], &known), Err(Refusal::NoAppsLeft));
        assert_eq!(change(&[], &[plan(4)]), Err(Refusal::UnknownChoice));
    }

    /// R108, and nothing changes on a subscription that nobody can use.
    #[test]
    fn closed_subscriptions_give_their_reason() {
        let try_on = |subscription: &Subscription| {
            decide(subscription, &[], &[plan(1)], &[plan(1), plan(2)], &admin(), Reach::All)
        };
        let mut bought_by_user = subscription(5, 1);
        bought_by_user.holder = Some(UserId::from_uuid(Uuid::from_u128(500)));
        assert_eq!(try_on(&bought_by_user), Err(Refusal::Closed(ClosedReason::SelfServiceOfOther)));
        let mut disabled = subscription(5, 1);
        disabled.state = SubscriptionState::Disabled;
        assert_eq!(try_on(&disabled), Err(Refusal::Closed(ClosedReason::NotActive)));
    }
}
