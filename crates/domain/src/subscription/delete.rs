//! Delete a disabled subscription at once, without waiting for its day (domain 1.4, T10).

use super::{Action, Offer, Subscription, SubscriptionState, due, offer};
use crate::access::{Actor, Reach};
use crate::event::Event;
use crate::refusal::Refusal;
use jiff::civil::Date;

/// Decides on deleting: the subscription afterwards, and what happened.
///
/// # Errors
/// [`Refusal::Closed`] with its reason.
pub fn decide(
    subscription: &Subscription,
    actor: &Actor,
    reach: Reach,
    today: Date,
) -> Result<(Subscription, Event), Refusal> {
    if let Offer::Closed(reason) = offer(Action::Delete, subscription, actor, reach) {
        return Err(Refusal::Closed(reason));
    }
    Ok(carry_out(subscription, today))
}

/// Deletes what may be: a subscription that [`decide`] let go, or an add-on with its base.
#[must_use]
pub fn carry_out(subscription: &Subscription, today: Date) -> (Subscription, Event) {
    let mut after = subscription.clone();
    // Nothing but this ended what is deleted before its term: what a user signed up for.
    if after.state != SubscriptionState::Disabled && today < after.ends_on {
        after.canceled_on = Some(today);
    }
    let event = due::delete(&mut after, today);
    (after, event)
}

#[cfg(test)]
mod tests {
    use super::super::end::EndKind;
    use super::super::tests_support::{admin, subscription};
    use super::super::{Channel, ClosedReason};
    use super::*;
    use jiff::civil::date;

    /// T10: only a disabled one, with every license of a person.
    #[test]
    fn only_a_disabled_one() {
        let today = date(2020, 3, 1);
        let mut canceled = subscription(100, 60);
        let delete = |subscription: &Subscription| decide(subscription, &admin(), Reach::All, today);
        assert_eq!(delete(&canceled), Err(Refusal::Closed(ClosedReason::NotDisabled)));
        (canceled.state, canceled.conflicts) = (SubscriptionState::Disabled, 2);
        let (after, event) = delete(&canceled).expect("it can be deleted");
        assert_eq!(event, Event::SubscriptionDeleted { on: today, licenses_freed: 62 });
        assert_eq!(after.state, SubscriptionState::Deleted);
        // R7, R180: what a user signed up for and an admin deletes ended on that day.
        let free = Subscription { channel: Channel::Free, ..subscription(1, 1) };
        assert_eq!(carry_out(&free, today).0.end(), (EndKind::Ended, today));
        let refused = decide(&canceled, &admin(), Reach::Nothing, today);
        assert_eq!(refused, Err(Refusal::Closed(ClosedReason::RoleNotAllowed)));
        // Whoever sold it may give access back (domain 2.2).
        for channel in [Channel::VolumePartner, Channel::Reseller] {
            let suspended = Subscription { channel, ..canceled.clone() };
            assert_eq!(delete(&suspended), Err(Refusal::Closed(ClosedReason::PartnerDecides)));
        }
    }
}
