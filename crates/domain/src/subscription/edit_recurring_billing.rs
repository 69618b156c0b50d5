//! Turn recurring billing on or off (domain 1.3, R8, R154). Off drops what was scheduled for the next term.

use super::{Action, Decision, Offer, PriceAtRenewal, Subscription, offer};
use crate::access::{Actor, Reach};
use crate::billing::Agreement;
use crate::event::Event;
use crate::refusal::Refusal;

/// By what a renewal is paid.
#[derive(Debug, Clone, Copy)]
pub struct Ahead {
    /// The contract: under MCA the billing profile pays.
    pub agreement: Agreement,
    /// What the catalog asks for what was prepaid, in the billing frequency that was chosen.
    pub price: Option<PriceAtRenewal>,
}

/// Decides on recurring billing. Off does not cancel: the subscription stays active until its term ends, and what was
/// scheduled for the next one is dropped. What was prepaid goes on at the price of `ahead` (domain 1.3).
///
/// # Errors
/// [`Refusal::Closed`], or [`Refusal::NothingToChange`] when it is so already; [`Refusal::PaymentMethodNeeded`] for a
/// trial (D20) or a prepaid one that nothing could pay; [`Refusal::NoPrice`] for a prepaid one that is not sold so.
pub fn decide(
    subscription: &Subscription,
    on: bool,
    ahead: Ahead,
    actor: &Actor,
    reach: Reach,
) -> Result<Decision, Refusal> {
    if let Offer::Closed(reason) = offer(Action::EditRecurringBilling, subscription, actor, reach) {
        return Err(Refusal::Closed(reason));
    }
    let is_prepaid = subscription.is_prepaid();
    let price = ahead.price.filter(|_| is_prepaid && on);
    if subscription.recurring_billing == on && (!is_prepaid || subscription.price_at_renewal == price) {
        return Err(Refusal::NothingToChange);
    }
    if is_prepaid && on && price.is_none() {
        return Err(Refusal::NoPrice);
    }
    let has_profile = is_prepaid && ahead.agreement == Agreement::Mca;
    let needs_method = (subscription.is_trial() || is_prepaid) && !has_profile;
    if on && needs_method && subscription.payment_method_id.is_none() {
        return Err(Refusal::PaymentMethodNeeded);
    }
    let mut decision = carry_out(subscription, on);
    let at_renewal = &mut decision.subscription.price_at_renewal;
    *at_renewal = price.or(*at_renewal);
    Ok(decision)
}

/// Sets recurring billing of a subscription that [`decide`] let be changed, or of an add-on with its base.
#[must_use]
pub fn carry_out(subscription: &Subscription, on: bool) -> Decision {
    let before = subscription.clone();
    let planned = if on { before } else { before.with_nothing_planned() };
    let after = Subscription { recurring_billing: on, ..planned };
    let event = Event::RecurringBillingChanged { on, ends_on: subscription.ends_on };
    Decision { subscription: after, event, charges: Vec::new() }
}

#[cfg(test)]
mod tests {
    use super::super::tests_support::{admin, subscription};
    use super::super::{Channel, ClosedReason, SubscriptionState};
    use super::*;
    use crate::catalog::BillingFrequency;
    use crate::ids::PaymentMethodId;
    use jiff::civil::date;
    use uuid::Uuid;

    const NOTHING: Ahead = Ahead { agreement: Agreement::Mosa, price: None };

    /// R8, R154: it stays active, and the date becomes the day of expiry.
    #[test]
    fn off_and_on_again() {
        let running = subscription(100, 60);
        let event = |on| Event::RecurringBillingChanged { on, ends_on: date(2021, 1, 15) };
        let off = decide(&running, false, NOTHING, &admin(), Reach::All).expect("it is on");
        assert_eq!((off.event, off.subscription.renews(), off.charges), (event(false), false, Vec::new()));
        assert_eq!(decide(&running, true, NOTHING, &admin(), Reach::All), Err(Refusal::NothingToChange));
        let on = decide(&off.subscription, true, NOTHING, &admin(), Reach::All).expect("it is off");
        assert_eq!((on.event, on.subscription), (event(true), running));
    }

    /// Domain 1.3: off drops every scheduled change.
    #[test]
    fn off_drops_what_was_scheduled() {
        let mut running = subscription(100, 60);
        let (billing_frequency, unit_price) = (BillingFrequency::Yearly, running.unit_price);
        running.quantity_at_renewal = Some(80);
        running.price_at_renewal = Some(PriceAtRenewal { billing_frequency, unit_price });
        let off = decide(&running, false, NOTHING, &admin(), Reach::All).expect("it is on").subscription;
        assert_eq!((off.quantity_at_renewal, off.price_at_renewal), (None, None));
    }

    /// D20: a trial of the organization goes on only with a payment method.
    #[test]
    fn a_trial_needs_a_payment_method() {
        let (channel, recurring_billing) = (Channel::Trial, false);
        let alone = Subscription { channel, recurring_billing, ..subscription(25, 17) };
        let on = |trial: &Subscription| decide(trial, true, NOTHING, &admin(), Reach::All);
        assert_eq!(on(&alone), Err(Refusal::PaymentMethodNeeded));
        let card = PaymentMethodId::from_uuid(Uuid::from_u128(8));
        let paid = on(&Subscription { payment_method_id: Some(card), ..alone }).expect("a card is on file");
        assert!(paid.subscription.becomes_paid());
    }

    /// R154, domain 1.3: what was prepaid goes on at the price of the frequency that was chosen, once something can pay; under
    /// MCA the billing profile does. The other frequency can be chosen until then, and off forgets it.
    #[test]
    fn what_was_prepaid_goes_on_at_a_price() {
        let price = |billing_frequency| Some(PriceAtRenewal { billing_frequency, ..monthly() });
        let ahead = |agreement, price| Ahead { agreement, price };
        let monthly_under = |agreement| ahead(agreement, price(BillingFrequency::Monthly));
        let (channel, recurring_billing) = (Channel::ProductKey, false);
        let alone = Subscription { channel, recurring_billing, ..subscription(25, 17) };
        let on = |before: &Subscription, ahead| {
            decide(before, true, ahead, &admin(), Reach::All).map(|decision| decision.subscription)
        };
        assert_eq!(on(&alone, monthly_under(Agreement::Mosa)), Err(Refusal::PaymentMethodNeeded));
        assert!(on(&alone, monthly_under(Agreement::Mca)).is_ok_and(|after| after.renews()));
        let card = PaymentMethodId::from_uuid(Uuid::from_u128(8));
        let paid = Subscription { payment_method_id: Some(card), ..alone };
        assert_eq!(on(&paid, NOTHING), Err(Refusal::NoPrice));
        let after = on(&paid, monthly_under(Agreement::Mosa)).expect("a card is on file");
        assert_eq!((after.renews(), after.price_at_renewal), (true, price(BillingFrequency::Monthly)));
        assert_eq!(on(&after, monthly_under(Agreement::Mosa)), Err(Refusal::NothingToChange));
        let yearly = ahead(Agreement::Mosa, price(BillingFrequency::Yearly));
        let other = on(&after, yearly).expect("the other frequency");
        assert_eq!(other.price_at_renewal, price(BillingFrequency::Yearly));
        let off = decide(&other, false, NOTHING, &admin(), Reach::All).expect("it is on").subscription;
        assert_eq!((off.renews(), off.price_at_renewal), (false, None));
    }

    fn monthly() -> PriceAtRenewal {
        PriceAtRenewal { billing_frequency: BillingFrequency::Monthly, unit_price: subscription(1, 0).unit_price }
    }

    /// R154: only while it is active, and only where Zetel charges for it.
    #[test]
    fn each_reason_closes_it() {
        let closed = |edit: &dyn Fn(&mut Subscription)| {
            let mut subscription = subscription(100, 60);
            edit(&mut subscription);
            decide(&subscription, false, NOTHING, &admin(), Reach::All).map(|decision| decision.event)
        };
        let reason = |reason| Err(Refusal::Closed(reason));
        assert_eq!(closed(&|s| s.state = SubscriptionState::Expired), reason(ClosedReason::NotActive));
        assert_eq!(closed(&|s| s.state = SubscriptionState::Disabled), reason(ClosedReason::NotActive));
        assert_eq!(closed(&|s| s.state = SubscriptionState::Deleted), reason(ClosedReason::Deleted));
        let own_trial = |s: &mut Subscription| (s.channel, s.holder) = (Channel::Trial, admin().user());
        assert_eq!(closed(&own_trial), reason(ClosedReason::TrialEnds));
        assert_eq!(closed(&|s| s.channel = Channel::Reseller), reason(ClosedReason::PartnerDecides));
        assert_eq!(closed(&|s| s.channel = Channel::VolumePartner), reason(ClosedReason::PartnerDecides));
    }
}
