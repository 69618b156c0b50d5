//! Turn recurring billing on or off (domain 1.3, R8, R154). Off drops what was scheduled for the next term.

use super::{Action, Decision, Offer, Subscription, offer};
use crate::access::{Actor, Reach};
use crate::event::Event;
use crate::refusal::Refusal;

/// Decides on recurring billing. Off does not cancel: the subscription stays active until its term ends, and what was
/// scheduled for the next one is dropped.
///
/// # Errors
/// [`Refusal::Closed`], or [`Refusal::NothingToChange`] when it is so already; [`Refusal::PaymentMethodNeeded`] for a
/// trial that nothing could pay (D20).
pub fn decide(subscription: &Subscription, on: bool, actor: &Actor, reach: Reach) -> Result<Decision, Refusal> {
    if let Offer::Closed(reason) = offer(Action::EditRecurringBilling, subscription, actor, reach) {
        return Err(Refusal::Closed(reason));
    }
    if subscription.recurring_billing == on {
        return Err(Refusal::NothingToChange);
    }
    if on && subscription.is_trial() && subscription.payment_method_id.is_none() {
        return Err(Refusal::PaymentMethodNeeded);
    }
    Ok(carry_out(subscription, on))
}

/// Sets recurring billing of a subscription that [`decide`] let be changed, or of an add-on with its base.
#[must_use]
pub fn carry_out(subscription: &Subscription, on: bool) -> Decision {
    let mut after = Subscription { recurring_billing: on, ..subscription.clone() };
    if !on {
        (after.quantity_at_renewal, after.price_at_renewal, after.plan_at_renewal) = (None, None, None);
    }
    let event = Event::RecurringBillingChanged { on, ends_on: subscription.ends_on };
    Decision { subscription: after, event, charges: Vec::new() }
}

#[cfg(test)]
mod tests {
    use super::super::tests_support::{admin, subscription};
    use super::super::{Channel, ClosedReason, PriceAtRenewal, SubscriptionState};
    use super::*;
    use crate::catalog::BillingFrequency;
    use jiff::civil::date;

    /// R8, R154: it stays active, and the date becomes the day of expiry.
    #[test]
    fn off_and_on_again() {
        let running = subscription(100, 60);
        let event = |on| Event::RecurringBillingChanged { on, ends_on: date(2021, 1, 15) };
        let off = decide(&running, false, &admin(), Reach::All).expect("it is on");
        assert_eq!((off.event, off.subscription.renews(), off.charges), (event(false), false, Vec::new()));
        assert_eq!(decide(&running, true, &admin(), Reach::All), Err(Refusal::NothingToChange));
        let on = decide(&off.subscription, true, &admin(), Reach::All).expect("it is off");
        assert_eq!((on.event, on.subscription), (event(true), running));
    }

    /// Domain 1.3: off drops every scheduled change.
    #[test]
    fn off_drops_what_was_scheduled() {
        let mut running = subscription(100, 60);
        let (billing_frequency, unit_price) = (BillingFrequency::Yearly, running.unit_price);
        running.quantity_at_renewal = Some(80);
        running.price_at_renewal = Some(PriceAtRenewal { billing_frequency, unit_price });
        let off = decide(&running, false, &admin(), Reach::All).expect("it is on").subscription;
        assert_eq!((off.quantity_at_renewal, off.price_at_renewal), (None, None));
    }

    /// D20: a trial of the organization goes on only with a payment method.
    #[test]
    fn a_trial_needs_a_payment_method() {
        let (channel, recurring_billing) = (Channel::Trial, false);
        let alone = Subscription { channel, recurring_billing, ..subscription(25, 17) };
        let on = |trial: &Subscription| decide(trial, true, &admin(), Reach::All);
        assert_eq!(on(&alone), Err(Refusal::PaymentMethodNeeded));
        let card = crate::ids::PaymentMethodId::from_uuid(uuid::Uuid::from_u128(8));
        let paid = on(&Subscription { payment_method_id: Some(card), ..alone }).expect("a card is on file");
        assert!(paid.subscription.becomes_paid());
    }

    /// R154: only while it is active, and only where Zetel charges for it.
    #[test]
    fn each_reason_closes_it() {
        let closed = |edit: &dyn Fn(&mut Subscription)| {
            let mut subscription = subscription(100, 60);
            edit(&mut subscription);
            decide(&subscription, false, &admin(), Reach::All).map(|decision| decision.event)
        };
        let reason = |reason| Err(Refusal::Closed(reason));
        assert_eq!(closed(&|s| s.state = SubscriptionState::Expired), reason(ClosedReason::NotActive));
        assert_eq!(closed(&|s| s.state = SubscriptionState::Disabled), reason(ClosedReason::NotActive));
        assert_eq!(closed(&|s| s.state = SubscriptionState::Deleted), reason(ClosedReason::Deleted));
        assert_eq!(closed(&|s| s.channel = Channel::ProductKey), reason(ClosedReason::PrepaidEnds));
        let own_trial = |s: &mut Subscription| (s.channel, s.holder) = (Channel::Trial, admin().user());
        assert_eq!(closed(&own_trial), reason(ClosedReason::TrialEnds));
        assert_eq!(closed(&|s| s.channel = Channel::Reseller), reason(ClosedReason::PartnerDecides));
        assert_eq!(closed(&|s| s.channel = Channel::VolumePartner), reason(ClosedReason::PartnerDecides));
    }
}
