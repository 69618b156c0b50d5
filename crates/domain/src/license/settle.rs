//! Keep licenses where they are covered (D1): when a subscription shrinks or stops being usable, its licenses move to
//! free ones of the same product and holder; what cannot move is in conflict, and moves when something becomes free.

use super::Assignment;
use super::assign::order_of_use;
use crate::ids::{SubscriptionId, UserId};
use crate::subscription::Subscription;

/// Where a license that has to move goes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Move {
    /// Whose.
    pub user_id: UserId,
    /// Where it was.
    pub from: SubscriptionId,
    /// Where it is from now on; `None` when nothing is free, and then it is in conflict.
    pub to: Option<SubscriptionId>,
}

/// How many licenses in use a subscription no longer covers. `after` is the subscription as it is going to be, with the
/// licenses that are in use now.
#[must_use]
pub const fn uncovered(after: &Subscription) -> u32 {
    if after.state.is_assignable() { after.assigned.saturating_sub(after.quantity) } else { after.assigned }
}

/// Where the licenses go that a subscription no longer covers. `newest_first` are its licenses in use: those who have
/// one longest keep it. `others` are the other subscriptions of the product.
#[must_use]
pub fn resettle(after: &Subscription, newest_first: &[Assignment], others: &[Subscription]) -> Vec<Move> {
    let mut free = Free::new(others.iter().filter(|other| other.id != after.id));
    newest_first
        .iter()
        .take(uncovered(after) as usize)
        .map(|license| Move { user_id: license.user_id, from: after.id, to: free.take(after.holder) })
        .collect()
}

/// How many of the licenses that a subscription no longer covers find no free one: these people lose access.
#[must_use]
pub fn left_over(after: &Subscription, others: &[Subscription]) -> u32 {
    let of_holder = others.iter().filter(|other| other.id != after.id && other.holder == after.holder);
    uncovered(after).saturating_sub(of_holder.map(Subscription::available).sum())
}

/// Which conflicts are over because licenses are free. `oldest_first` are the licenses in conflict, `subscriptions`
/// those of the product, with the ones that the conflicts belong to.
#[must_use]
pub fn solve(oldest_first: &[Assignment], subscriptions: &[Subscription]) -> Vec<Move> {
    let mut free = Free::new(subscriptions.iter());
    oldest_first
        .iter()
        .filter_map(|license| {
            let from = subscriptions.iter().find(|subscription| subscription.id == license.subscription_id)?;
            let to = free.take(from.holder)?;
            Some(Move { user_id: license.user_id, from: from.id, to: Some(to) })
        })
        .collect()
}

/// The free licenses of a product, in the order in which they are used.
struct Free {
    places: Vec<(SubscriptionId, Option<UserId>, u32)>,
}

impl Free {
    fn new<'a>(subscriptions: impl Iterator<Item = &'a Subscription>) -> Self {
        let mut usable: Vec<_> = subscriptions.filter(|subscription| subscription.available() > 0).collect();
        usable.sort_by_key(|subscription| order_of_use(subscription));
        let place = |subscription: &Subscription| (subscription.id, subscription.holder, subscription.available());
        Self { places: usable.into_iter().map(place).collect() }
    }

    /// Takes one of the same holder.
    fn take(&mut self, of: Option<UserId>) -> Option<SubscriptionId> {
        let (id, _, count) = self.places.iter_mut().find(|(_, holder, count)| *holder == of && *count > 0)?;
        *count -= 1;
        Some(*id)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ids::ProductId;
    use crate::subscription::SubscriptionState;
    use crate::subscription::tests_support::subscription;
    use jiff::Timestamp;
    use jiff::civil::date;
    use proptest::prelude::*;
    use uuid::Uuid;

    fn numbered(number: u128, quantity: u32, assigned: u32) -> Subscription {
        Subscription { id: SubscriptionId::from_uuid(Uuid::from_u128(number)), ..subscription(quantity, assigned) }
    }

    fn user(number: u128) -> UserId {
        UserId::from_uuid(Uuid::from_u128(number))
    }

    fn license(number: u128, of: &Subscription) -> Assignment {
        Assignment {
            user_id: user(number),
            product_id: ProductId::from_uuid(Uuid::from_u128(2)),
            subscription_id: of.id,
            assigned_at: Timestamp::UNIX_EPOCH,
            disabled_plans: Vec::new(),
            conflict_since: None,
        }
    }

    /// D1: the newest go first, to the subscription that ends last; what finds no place is in conflict.
    #[test]
    fn what_a_subscription_no_longer_covers_moves_or_is_in_conflict() {
        let mut disabled = numbered(1, 3, 3);
        disabled.state = SubscriptionState::Disabled;
        let first = numbered(2, 5, 4);
        let mut last = numbered(3, 2, 1);
        last.ends_on = date(2022, 1, 1);
        let licenses: Vec<_> = (1..=3).map(|number| license(number, &disabled)).collect();
        let moves = resettle(&disabled, &licenses, &[disabled.clone(), first.clone(), last.clone()]);
        let to: Vec<_> = moves.iter().map(|one| (one.user_id, one.to)).collect();
        assert_eq!(to, [(user(1), Some(last.id)), (user(2), Some(first.id)), (user(3), None)]);
    }

    /// Only as many move as no longer fit.
    #[test]
    fn who_has_one_longest_keeps_it() {
        let shrunk = numbered(1, 2, 3);
        let licenses: Vec<_> = (1..=3).map(|number| license(number, &shrunk)).collect();
        assert_eq!(resettle(&shrunk, &licenses, &[]), [Move { user_id: user(1), from: shrunk.id, to: None }]);
        assert_eq!(resettle(&numbered(1, 3, 3), &licenses, &[]), []);
    }

    /// D1: never to a subscription of another holder.
    #[test]
    fn a_license_stays_with_its_holder() {
        let mut bought_by_user = numbered(1, 1, 1);
        bought_by_user.holder = Some(user(500));
        bought_by_user.state = SubscriptionState::Disabled;
        let central = numbered(2, 5, 0);
        let licenses = [license(1, &bought_by_user)];
        let moves = resettle(&bought_by_user, &licenses, std::slice::from_ref(&central));
        assert_eq!(moves, [Move { user_id: user(1), from: bought_by_user.id, to: None }]);
        assert_eq!(solve(&licenses, &[bought_by_user, central]), []);
    }

    /// R173: conflicts are solved the oldest first.
    #[test]
    fn the_oldest_conflict_is_solved_first() {
        let mut disabled = numbered(1, 3, 0);
        disabled.state = SubscriptionState::Disabled;
        let open = numbered(2, 5, 3);
        let licenses: Vec<_> = (1..=3).map(|number| license(number, &disabled)).collect();
        let solved: Vec<_> =
            solve(&licenses, &[disabled, open.clone()]).iter().map(|one| (one.user_id, one.to)).collect();
        assert_eq!(solved, [(user(1), Some(open.id)), (user(2), Some(open.id))]);
    }

    proptest! {
        /// D2: nothing ever takes more than is free, and nobody is lost.
        #[test]
        fn moves_fit(
            quantity in 0u32..20,
            assigned in 0u32..20,
            others in prop::collection::vec((1u32..10, 0u32..10), 0..5),
        ) {
            let mut after = numbered(100, quantity.max(1), assigned);
            if quantity == 0 {
                after.state = SubscriptionState::Disabled;
            }
            let licenses: Vec<_> = (1..=u128::from(assigned)).map(|number| license(number, &after)).collect();
            let others: Vec<_> = others
                .iter()
                .enumerate()
                .map(|(index, (quantity, assigned))| numbered(index as u128 + 1, *quantity, (*assigned).min(*quantity)))
                .collect();
            let moves = resettle(&after, &licenses, &others);
            prop_assert_eq!(moves.len() as u32, uncovered(&after));
            for other in &others {
                let taken = moves.iter().filter(|one| one.to == Some(other.id)).count() as u32;
                prop_assert!(taken <= other.available());
            }
            let free: u32 = others.iter().map(Subscription::available).sum();
            let placed = moves.iter().filter(|one| one.to.is_some()).count() as u32;
            prop_assert_eq!(placed, free.min(uncovered(&after)));
        }
    }
}
