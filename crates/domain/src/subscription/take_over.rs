//! Take over what a user bought by self-service: move its users to licenses of the organization, or cancel it (domain
//! 5.4; R128-R149, D5-D7, T9). Either way it is over at once, and what was charged for unused days comes back by the
//! agreement's rule.

use super::cancel::CancelReason;
use super::{Action, Offer, Subscription, SubscriptionState, offer};
use crate::access::{Actor, Reach};
use crate::billing::Footing;
use crate::billing::charge::{ChargeKind, NewCharge, take_back, total};
use crate::ids::{ProductId, SubscriptionId};
use crate::money::Money;
use crate::refusal::Refusal;
use serde::{Deserialize, Serialize};

/// What becomes of the users.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "way", rename_all = "snake_case")]
pub enum TakeOver {
    /// They move to free licenses of a product that the organization bought (R129, R130).
    Move {
        /// The product; the same one, or another whose apps differ (D5).
        to: ProductId,
    },
    /// They lose access (R142).
    Cancel {
        /// Why.
        reason: CancelReason,
        /// What else there is to say.
        feedback: String,
    },
}

/// The subscription afterwards, and what comes back.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TakenOver {
    /// The subscription: deleted, without users.
    pub subscription: Subscription,
    /// Lines of the next invoice, with amounts below nothing; none once the agreement's days are over (D6).
    pub credits: Vec<NewCharge>,
    /// What they come to.
    pub credit: Money,
}

/// Decides on taking a subscription over.
///
/// # Errors
/// [`Refusal::Closed`] with its reason.
pub fn decide(
    subscription: &Subscription,
    footing: Footing<'_>,
    actor: &Actor,
    reach: Reach,
) -> Result<TakenOver, Refusal> {
    if let Offer::Closed(reason) = offer(Action::TakeOver, subscription, actor, reach) {
        return Err(Refusal::Closed(reason));
    }
    Ok(taken_over(subscription, footing))
}

/// Says what taking over would do now, whoever asks.
#[must_use]
pub fn taken_over(subscription: &Subscription, footing: Footing<'_>) -> TakenOver {
    let Footing { moment, rules, charged } = footing;
    let today = footing.today();
    let credits = match subscription.is_refundable(footing) {
        true => take_back(ChargeKind::Cancellation, subscription.quantity, charged, moment, rules),
        false => Vec::new(),
    };
    TakenOver {
        credit: total(&credits, Money::zero(subscription.unit_price.currency)),
        credits,
        subscription: Subscription {
            state: SubscriptionState::Deleted,
            canceled_on: subscription.canceled_on.or(Some(today)),
            billed_until: subscription.billed_until.map(|until| until.min(today)),
            assigned: 0,
            conflicts: 0,
            ..subscription.clone().with_nothing_planned()
        },
    }
}

/// Where people go: to the subscriptions with free licenses in their order, all of them or none (R132).
///
/// # Errors
/// [`Refusal::NotEnoughLicenses`] with the number missing.
pub fn places(people: u32, free: &[(SubscriptionId, u32)]) -> Result<Vec<(SubscriptionId, u32)>, Refusal> {
    let (mut left, mut places) = (people, Vec::new());
    for (subscription, free) in free {
        let here = left.min(*free);
        if here > 0 {
            places.push((*subscription, here));
        }
        left -= here;
    }
    if left > 0 { Err(Refusal::NotEnoughLicenses { missing: left }) } else { Ok(places) }
}

#[cfg(test)]
mod tests {
    use super::super::tests_support::{RULES, admin, charged, on, subscription};
    use super::super::{Channel, ClosedReason};
    use super::*;
    use crate::billing::{Agreement, BillingRules};
    use crate::ids::UserId;
    use jiff::civil::date;
    use proptest::prelude::*;
    use uuid::Uuid;

    fn bought_by_user() -> Subscription {
        let mut bought = subscription(10, 4);
        (bought.channel, bought.holder) = (Channel::SelfService, Some(UserId::from_uuid(Uuid::from_u128(77))));
        bought
    }

    fn take(
        bought: &Subscription,
        rules: &BillingRules,
        day: jiff::civil::Date,
        reach: Reach,
    ) -> Result<TakenOver, Refusal> {
        let (charged, moment) = (charged(bought, day), on(day));
        decide(bought, Footing { moment: &moment, rules, charged: &charged }, &admin(), reach)
    }

    /// R141, R149, T9, D6: Deleted at once; 10 × 10.00 × 21/31 = 67.74 comes back.
    #[test]
    fn it_is_deleted_and_the_unused_days_come_back() {
        let bought = bought_by_user();
        let taken = take(&bought, &RULES, date(2020, 1, 25), Reach::All).expect("an admin takes it over");
        assert_eq!(taken.credit.minor, -6_774);
        let after = taken.subscription;
        assert_eq!((after.state, after.canceled_on), (SubscriptionState::Deleted, Some(date(2020, 1, 25))));
        assert_eq!((after.assigned, after.billed_until), (0, Some(date(2020, 1, 25))));
    }

    /// D6: under MCA the money comes back in the first seven days only; it can be taken over all the same.
    #[test]
    fn under_mca_nothing_comes_back_after_seven_days() {
        let mca = BillingRules::usual(Agreement::Mca);
        let credit = |day| take(&bought_by_user(), &mca, day, Reach::All).expect("it is taken over").credit.minor;
        assert_eq!(credit(date(2020, 1, 21)), -8_065);
        assert_eq!(credit(date(2020, 1, 22)), 0);
    }

    /// D7, T9: only what a user bought, in any state but Deleted, and only by those who manage all subscriptions.
    #[test]
    fn who_may_take_over_what() {
        let day = date(2020, 1, 25);
        let reason = |bought: &Subscription, reach| take(bought, &RULES, day, reach).err();
        let closed = |reason| Some(Refusal::Closed(reason));
        let mut bought = bought_by_user();
        assert_eq!(reason(&bought, Reach::Own), closed(ClosedReason::RoleNotAllowed));
        assert_eq!(reason(&bought, Reach::Nothing), closed(ClosedReason::RoleNotAllowed));
        assert_eq!(reason(&subscription(10, 4), Reach::All), closed(ClosedReason::NotSelfService));
        for state in SubscriptionState::ALL {
            bought.state = *state;
            let expected = (*state == SubscriptionState::Deleted).then_some(Refusal::Closed(ClosedReason::Deleted));
            assert_eq!(reason(&bought, Reach::All), expected, "{state}");
        }
    }

    proptest! {
        /// R132: everybody has a place, or nobody moves and the number missing is exact.
        #[test]
        fn all_or_none(people in 0u32..500, free in prop::collection::vec(0u32..200, 0..5)) {
            let free: Vec<_> = free.iter().zip(1u128..).map(|(free, id)| (SubscriptionId::from_uuid(Uuid::from_u128(id)), *free)).collect();
            let sum: u32 = free.iter().map(|(_, free)| *free).sum();
            match places(people, &free) {
                Ok(places) => {
                    prop_assert_eq!(places.iter().map(|(_, here)| *here).sum::<u32>(), people);
                    for (id, here) in places {
                        prop_assert!(here > 0 && free.iter().any(|(of, free)| *of == id && here <= *free));
                    }
                }
                Err(refusal) => prop_assert_eq!(refusal, Refusal::NotEnoughLicenses { missing: people - sum }),
            }
        }
    }
}
