//! Delete a disabled subscription at once, without waiting for its day (domain 1.4, T10).

use super::due::{Due, Transition, pass};
use super::{Action, Offer, Subscription, offer};
use crate::access::{Actor, Reach};
use crate::event::Event;
use crate::organization::Cloud;
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
    cloud: Cloud,
) -> Result<(Subscription, Option<Event>), Refusal> {
    if let Offer::Closed(reason) = offer(Action::Delete, subscription, actor, reach) {
        return Err(Refusal::Closed(reason));
    }
    let passed = pass(subscription, Due { transition: Transition::Delete, on: today }, cloud);
    Ok((passed.subscription, passed.event))
}

#[cfg(test)]
mod tests {
    use super::super::tests_support::{admin, subscription};
    use super::super::{ClosedReason, SubscriptionState};
    use super::*;
    use jiff::civil::date;

    /// T10: only a disabled one, with every license of a person.
    #[test]
    fn only_a_disabled_one() {
        let today = date(2020, 3, 1);
        let mut canceled = subscription(100, 60);
        let delete = |subscription: &Subscription| decide(subscription, &admin(), Reach::All, today, Cloud::Worldwide);
        assert_eq!(delete(&canceled), Err(Refusal::Closed(ClosedReason::NotDisabled)));
        (canceled.state, canceled.conflicts) = (SubscriptionState::Disabled, 2);
        let (after, event) = delete(&canceled).expect("it can be deleted");
        assert_eq!(event, Some(Event::SubscriptionDeleted { on: today, licenses_freed: 62 }));
        assert_eq!(after.state, SubscriptionState::Deleted);
        let refused = decide(&canceled, &admin(), Reach::Nothing, today, Cloud::Worldwide);
        assert_eq!(refused, Err(Refusal::Closed(ClosedReason::RoleNotAllowed)));
    }
}
