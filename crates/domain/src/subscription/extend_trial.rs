//! Extend a trial (domain 1.7, R157).

use super::start_trial::DAYS_AT_MOST;
use super::{Action, Channel, Decision, Offer, Subscription, offer};
use crate::access::{Actor, Reach};
use crate::event::Event;
use crate::refusal::Refusal;
use crate::time::days_between;
use jiff::ToSpan;
use jiff::civil::Date;

/// Days at the end of a trial in which it can be extended.
const LAST_DAYS: i32 = 15;

/// Days by which it is.
const LONGER_BY_DAYS: i32 = 30;

/// The first day on which a trial can be extended.
#[must_use]
pub fn opens_on(subscription: &Subscription) -> Date {
    subscription.ends_on.saturating_sub(LAST_DAYS.days())
}

/// The first day after a trial that was extended.
#[must_use]
pub fn extended_end(subscription: &Subscription) -> Date {
    subscription.ends_on.saturating_add(LONGER_BY_DAYS.days())
}

/// Whether a trial was extended: no other lasts longer than a month.
#[must_use]
pub fn is_extended(subscription: &Subscription) -> bool {
    subscription.channel == Channel::Trial && days_between(subscription.started_on, subscription.ends_on) > DAYS_AT_MOST
}

/// Decides on a longer trial.
///
/// # Errors
/// [`Refusal::Closed`]; [`Refusal::TrialExtendsFrom`] before its last days.
pub fn decide(subscription: &Subscription, today: Date, actor: &Actor, reach: Reach) -> Result<Decision, Refusal> {
    if let Offer::Closed(reason) = offer(Action::ExtendTrial, subscription, actor, reach) {
        return Err(Refusal::Closed(reason));
    }
    let from = opens_on(subscription);
    if today < from {
        return Err(Refusal::TrialExtendsFrom { from });
    }
    let after = Subscription { ends_on: extended_end(subscription), ..subscription.clone() };
    let event = Event::TrialExtended { from: subscription.ends_on, to: after.ends_on };
    Ok(Decision { subscription: after, event, charges: Vec::new() })
}

#[cfg(test)]
mod tests {
    use super::super::tests_support::{admin, subscription};
    use super::super::{ClosedReason, SubscriptionState};
    use super::*;
    use jiff::civil::date;

    /// One that began on 31 January 2020 and ends on 29 February.
    fn trial() -> Subscription {
        let (started_on, ends_on) = (date(2020, 1, 31), date(2020, 2, 29));
        let (channel, recurring_billing) = (Channel::Trial, false);
        Subscription { started_on, ends_on, channel, recurring_billing, ..subscription(25, 17) }
    }

    fn extend(trial: &Subscription, today: Date) -> Result<Decision, Refusal> {
        decide(trial, today, &admin(), Reach::All)
    }

    /// R157: only in its last 15 days, of which 14 February is the first, and only once.
    #[test]
    fn once_in_its_last_fifteen_days() {
        let from = date(2020, 2, 14);
        assert_eq!(extend(&trial(), date(2020, 2, 13)), Err(Refusal::TrialExtendsFrom { from }));
        for today in [from, date(2020, 2, 28)] {
            let Decision { subscription: after, event, charges } = extend(&trial(), today).expect("it is open");
            assert_eq!((after.ends_on, charges), (date(2020, 3, 30), Vec::new()));
            assert_eq!(event, Event::TrialExtended { from: date(2020, 2, 29), to: date(2020, 3, 30) });
            let again = extend(&after, date(2020, 3, 29));
            assert_eq!(again, Err(Refusal::Closed(ClosedReason::TrialExtended)));
        }
    }

    /// R157: a month of 31 days is not taken for an extended one; the shortest extended one is.
    #[test]
    fn the_longest_month_and_the_shortest_extension() {
        let long = Subscription { started_on: date(2020, 3, 1), ends_on: date(2020, 4, 1), ..trial() };
        assert!(!is_extended(&long));
        let short = Subscription { started_on: date(2021, 2, 1), ends_on: date(2021, 3, 1), ..trial() };
        let extended = Subscription { ends_on: extended_end(&short), ..short };
        assert!(is_extended(&extended));
    }

    #[test]
    fn each_reason_closes_it() {
        let closed = |edit: &dyn Fn(&mut Subscription)| {
            let mut trial = trial();
            edit(&mut trial);
            extend(&trial, date(2020, 2, 20)).map(|decision| decision.event)
        };
        let reason = |reason| Err(Refusal::Closed(reason));
        assert_eq!(closed(&|s| s.channel = Channel::Direct), reason(ClosedReason::NotTrial));
        assert_eq!(closed(&|s| s.state = SubscriptionState::Expired), reason(ClosedReason::TrialOver));
        assert_eq!(closed(&|s| s.state = SubscriptionState::Deleted), reason(ClosedReason::Deleted));
    }
}
