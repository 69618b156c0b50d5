//! Turn recurring billing on or off (domain 1.3, R8, R154).

use super::{Action, Offer, Subscription, offer};
use crate::access::{Actor, Reach};
use crate::event::Event;
use crate::refusal::Refusal;

/// Decides on recurring billing. Off does not cancel: the subscription stays active until its term ends.
///
/// # Errors
/// [`Refusal::Closed`], or [`Refusal::NothingToChange`] when it is so already.
pub fn decide(subscription: &Subscription, on: bool, actor: &Actor, reach: Reach) -> Result<Event, Refusal> {
    if let Offer::Closed(reason) = offer(Action::EditRecurringBilling, subscription, actor, reach) {
        return Err(Refusal::Closed(reason));
    }
    if subscription.recurring_billing == on {
        return Err(Refusal::NothingToChange);
    }
    Ok(Event::RecurringBillingChanged { on, ends_on: subscription.ends_on })
}

#[cfg(test)]
mod tests {
    use super::super::tests_support::{admin, subscription};
    use super::super::{Channel, ClosedReason, SubscriptionState};
    use super::*;
    use jiff::civil::date;

    /// R8, R154: it stays active, and the date becomes the day of expiry.
    #[test]
    fn off_and_on_again() {
        let mut running = subscription(100, 60);
        let decided = decide(&running, false, &admin(), Reach::All);
        assert_eq!(decided, Ok(Event::RecurringBillingChanged { on: false, ends_on: date(2021, 1, 15) }));
        assert_eq!(decide(&running, true, &admin(), Reach::All), Err(Refusal::NothingToChange));
        running.recurring_billing = false;
        assert!(!running.renews());
        let decided = decide(&running, true, &admin(), Reach::All);
        assert_eq!(decided, Ok(Event::RecurringBillingChanged { on: true, ends_on: date(2021, 1, 15) }));
    }

    /// R154: only while it is active, and only where Zetel charges for it.
    #[test]
    fn each_reason_closes_it() {
        let closed = |edit: &dyn Fn(&mut Subscription)| {
            let mut subscription = subscription(100, 60);
            edit(&mut subscription);
            decide(&subscription, false, &admin(), Reach::All)
        };
        let reason = |reason| Err(Refusal::Closed(reason));
        assert_eq!(closed(&|s| s.state = SubscriptionState::Expired), reason(ClosedReason::NotActive));
        assert_eq!(closed(&|s| s.state = SubscriptionState::Disabled), reason(ClosedReason::NotActive));
        assert_eq!(closed(&|s| s.state = SubscriptionState::Deleted), reason(ClosedReason::Deleted));
        assert_eq!(closed(&|s| s.channel = Channel::ProductKey), reason(ClosedReason::PrepaidEnds));
        assert_eq!(closed(&|s| s.channel = Channel::Trial), reason(ClosedReason::TrialEnds));
        assert_eq!(closed(&|s| s.channel = Channel::Reseller), reason(ClosedReason::PartnerDecides));
        assert_eq!(closed(&|s| s.channel = Channel::VolumePartner), reason(ClosedReason::PartnerDecides));
    }
}
