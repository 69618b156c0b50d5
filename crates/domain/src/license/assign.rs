//! Assign licenses of a product to people (domain 2.3, R26-R30).

use crate::access::{Actor, Reach};
use crate::ids::{ServicePlanId, SubscriptionId, UserId};
use crate::limits::PEOPLE_PER_ACTION;
use crate::refusal::Refusal;
use crate::subscription::{Action, ClosedReason, Offer, Subscription, offer};
use jiff::civil::Date;
use std::cmp::Reverse;
use std::collections::HashSet;

/// A person who is to get a license, with what the decision needs to know.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Candidate {
    /// Who.
    pub user_id: UserId,
    /// The name, for refusals.
    pub display_name: String,
    /// Whether a usage location is set; without one nothing can be assigned (domain 2.3).
    pub has_usage_location: bool,
    /// Whether the person already holds the product; not in conflict, which a license ends (domain 2.5).
    pub already_assigned: bool,
}

/// Who gets a license of which subscription.
#[derive(Debug, Clone, Copy, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub struct Placement {
    /// Who.
    pub user_id: UserId,
    /// From where.
    pub subscription_id: SubscriptionId,
}

/// Checks a choice of people against the limit of one action (R28).
///
/// # Errors
/// [`Refusal::NobodyChosen`], [`Refusal::TooManyPeople`].
pub fn check_count(count: usize) -> Result<(), Refusal> {
    match count {
        0 => Err(Refusal::NobodyChosen),
        1..=PEOPLE_PER_ACTION => Ok(()),
        _ => Err(Refusal::TooManyPeople { maximum: PEOPLE_PER_ACTION as u32 }),
    }
}

/// Checks the apps to switch off: each is in the product, and at least one stays on (R174).
///
/// # Errors
/// [`Refusal::UnknownChoice`], [`Refusal::NoAppsLeft`].
pub fn check_plans(disabled: &[ServicePlanId], plans_of_product: &[ServicePlanId]) -> Result<(), Refusal> {
    let known: HashSet<_> = plans_of_product.iter().collect();
    if disabled.iter().any(|plan| !known.contains(plan)) {
        return Err(Refusal::UnknownChoice);
    }
    let disabled: HashSet<_> = disabled.iter().collect();
    if !known.is_empty() && disabled.len() == known.len() {
        return Err(Refusal::NoAppsLeft);
    }
    Ok(())
}

/// Decides who gets a license from which subscription: all of them or nobody.
///
/// Each takes, among the subscriptions of the product that the actor may use, the one with a free license that ends
/// last; of equals the oldest (D1). `subscriptions` are those of the product, or the one that the actor named.
///
/// # Errors
/// The first reason why one of the people cannot get one, or [`Refusal::NotEnoughLicenses`] with the number missing.
pub fn decide(
    subscriptions: &[Subscription],
    candidates: &[Candidate],
    actor: &Actor,
    reach: Reach,
) -> Result<Vec<Placement>, Refusal> {
    if let Some(candidate) = candidates.iter().find(|candidate| candidate.already_assigned) {
        return Err(Refusal::AlreadyAssigned { name: candidate.display_name.clone() });
    }
    if let Some(candidate) = candidates.iter().find(|candidate| !candidate.has_usage_location) {
        return Err(Refusal::NoUsageLocation { name: candidate.display_name.clone() });
    }
    let mut free = usable(subscriptions, actor, reach)?;
    let available: usize = free.iter().map(|(_, count)| *count as usize).sum();
    if available < candidates.len() {
        return Err(Refusal::NotEnoughLicenses { missing: (candidates.len() - available) as u32 });
    }
    let mut next = 0;
    let placements = candidates.iter().map(|candidate| {
        while free[next].1 == 0 {
            next += 1;
        }
        free[next].1 -= 1;
        Placement { user_id: candidate.user_id, subscription_id: free[next].0 }
    });
    Ok(placements.collect())
}

/// Whether licenses of a product can be assigned now, from any of its subscriptions.
#[must_use]
pub fn offer_of_product(subscriptions: &[Subscription], actor: &Actor, reach: Reach) -> Offer {
    match usable(subscriptions, actor, reach) {
        Ok(free) if free.iter().any(|(_, count)| *count > 0) => Offer::Open,
        Err(Refusal::Closed(reason)) => Offer::Closed(reason),
        Ok(_) | Err(_) => Offer::Closed(ClosedReason::NoneAvailable),
    }
}

/// The subscriptions that the actor may take licenses from, in the order of D1, with what they have free. When none is
/// usable, the reason of the first one says why; one that is merely full counts as usable with nothing free.
///
/// # Errors
/// [`Refusal::Closed`], or [`Refusal::NotFound`] when there is no subscription at all.
pub fn usable(
    subscriptions: &[Subscription],
    actor: &Actor,
    reach: Reach,
) -> Result<Vec<(SubscriptionId, u32)>, Refusal> {
    let mut usable: Vec<&Subscription> = Vec::new();
    let mut first_reason = None;
    for subscription in subscriptions {
        match offer(Action::AssignLicenses, subscription, actor, reach) {
            Offer::Open | Offer::Closed(ClosedReason::NoneAvailable) => usable.push(subscription),
            Offer::Closed(reason) => first_reason = first_reason.or(Some(reason)),
        }
    }
    if usable.is_empty() {
        return Err(first_reason.map_or(Refusal::NotFound, Refusal::Closed));
    }
    usable.sort_by_key(|subscription| order_of_use(subscription));
    Ok(usable.iter().map(|subscription| (subscription.id, subscription.available())).collect())
}

/// The order in which licenses are taken from the subscriptions of a product: what ends last first, of equals the
/// oldest (D1).
pub(super) fn order_of_use(subscription: &Subscription) -> (Reverse<Date>, Date, SubscriptionId) {
    (Reverse(subscription.ends_on), subscription.started_on, subscription.id)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::subscription::SubscriptionState;
    use crate::subscription::tests_support::{admin, subscription};
    use jiff::civil::date;
    use proptest::prelude::*;
    use uuid::Uuid;

    fn candidates(count: u128) -> Vec<Candidate> {
        (1..=count)
            .map(|number| Candidate {
                user_id: UserId::from_uuid(Uuid::from_u128(number)),
                display_name: format!("Person {number}"),
                has_usage_location: true,
                already_assigned: false,
            })
            .collect()
    }

    fn numbered(number: u128, quantity: u32, assigned: u32) -> Subscription {
        Subscription { id: SubscriptionId::from_uuid(Uuid::from_u128(number)), ..subscription(quantity, assigned) }
    }

    /// D1: the one that ends last first, of equals the oldest.
    #[test]
    fn licenses_come_from_the_subscription_that_ends_last() {
        let first = numbered(1, 5, 4);
        let mut last = numbered(2, 5, 3);
        last.ends_on = date(2022, 1, 1);
        let placements =
            decide(&[first.clone(), last.clone()], &candidates(3), &admin(), Reach::All).expect("three are free");
        let from: Vec<_> = placements.iter().map(|placement| placement.subscription_id).collect();
        assert_eq!(from, [last.id, last.id, first.id]);
    }

    /// Domain 8.6 "too few licenses"; D2: all of them or nobody.
    #[test]
    fn too_few_licenses_name_the_number_missing() {
        assert_eq!(
            decide(&[numbered(1, 5, 4)], &candidates(3), &admin(), Reach::All),
            Err(Refusal::NotEnoughLicenses { missing: 2 })
        );
        assert_eq!(
            decide(&[numbered(1, 5, 5)], &candidates(1), &admin(), Reach::All),
            Err(Refusal::NotEnoughLicenses { missing: 1 })
        );
        assert_eq!(decide(&[], &candidates(1), &admin(), Reach::All), Err(Refusal::NotFound));
        // One that a user bought and one that is full: what is missing are licenses.
        let mut bought_by_user = numbered(2, 5, 0);
        bought_by_user.holder = Some(UserId::from_uuid(Uuid::from_u128(500)));
        assert_eq!(
            decide(&[bought_by_user, numbered(1, 5, 5)], &candidates(1), &admin(), Reach::All),
            Err(Refusal::NotEnoughLicenses { missing: 1 })
        );
    }

    #[test]
    fn a_person_without_location_or_with_the_license_is_named() {
        let mut people = candidates(2);
        people[1].has_usage_location = false;
        assert_eq!(
            decide(&[numbered(1, 5, 0)], &people, &admin(), Reach::All),
            Err(Refusal::NoUsageLocation { name: "Person 2".into() })
        );
        people[0].already_assigned = true;
        assert_eq!(
            decide(&[numbered(1, 5, 0)], &people, &admin(), Reach::All),
            Err(Refusal::AlreadyAssigned { name: "Person 1".into() })
        );
    }

    /// R28: twenty at a time.
    #[test]
    fn twenty_people_at_a_time() {
        assert_eq!(check_count(0), Err(Refusal::NobodyChosen));
        assert_eq!(check_count(20), Ok(()));
        assert_eq!(check_count(21), Err(Refusal::TooManyPeople { maximum: 20 }));
    }

    /// R153, R108: nothing is assigned from a disabled subscription, nor by an admin from one that a user bought.
    #[test]
    fn closed_subscriptions_give_their_reason() {
        let mut disabled = numbered(1, 5, 0);
        disabled.state = SubscriptionState::Disabled;
        assert_eq!(
            decide(&[disabled], &candidates(1), &admin(), Reach::All),
            Err(Refusal::Closed(ClosedReason::Disabled))
        );
        let mut bought_by_user = numbered(1, 5, 0);
        bought_by_user.holder = Some(UserId::from_uuid(Uuid::from_u128(500)));
        assert_eq!(
            decide(&[bought_by_user], &candidates(1), &admin(), Reach::All),
            Err(Refusal::Closed(ClosedReason::SelfServiceOfOther))
        );
    }

    /// R174.
    #[test]
    fn apps_are_of_the_product_and_one_stays_on() {
        let plan = |number| ServicePlanId::from_uuid(Uuid::from_u128(number));
        assert_eq!(check_plans(&[plan(1)], &[plan(1), plan(2)]), Ok(()));
        assert_eq!(check_plans(&[plan(3)], &[plan(1), plan(2)]), Err(Refusal::UnknownChoice));
        assert_eq!(check_plans(&[plan(1), plan(2)], &[plan(1), plan(2)]), Err(Refusal::NoAppsLeft));
        assert_eq!(check_plans(&[], &[]), Ok(()));
    }

    proptest! {
        /// D2: no subscription ever gives more than it has, and everybody gets exactly one.
        #[test]
        fn placements_fit(sizes in prop::collection::vec((0u32..30, 0u32..30), 1..6), people in 0u128..40) {
            let subscriptions: Vec<_> = sizes.iter().enumerate().map(|(index, (free, assigned))| numbered(index as u128 + 1, (free + assigned).max(1), (*assigned).min(free + assigned))).collect();
            if let Ok(placements) = decide(&subscriptions, &candidates(people), &admin(), Reach::All) {
                prop_assert_eq!(placements.len() as u128, people);
                for subscription in &subscriptions {
                    let taken = placements.iter().filter(|placement| placement.subscription_id == subscription.id).count();
                    prop_assert!(taken as u32 <= subscription.available());
                }
            }
        }
    }
}
