//! Reactivate an expired or disabled subscription (domain 1.6, R10, R155).

use super::{Action, Charge, Offer, Subscription, SubscriptionState, offer};
use crate::access::{Actor, Reach};
use crate::event::Event;
use crate::ids::PaymentMethodId;
use crate::refusal::Refusal;
use jiff::civil::Date;

/// What reactivating would do and cost.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ReactivatePreview {
    /// The next day on which it renews or expires.
    pub ends_on: Date,
    /// What is charged now.
    pub charge: Charge,
}

/// Says what reactivating would do today.
///
/// An expired one goes on without a gap: its next billing date moves by a term, and the billing period that runs is
/// charged as a whole (T7). A disabled one keeps its billing dates, and the days from today are charged (T8). A term
/// that ended meanwhile begins anew by its anchor (D19).
#[must_use]
pub fn preview(subscription: &Subscription, today: Date) -> ReactivatePreview {
    let from = match subscription.state {
        SubscriptionState::Expired => subscription.billing_period(today).start.max(subscription.started_on),
        _ => today,
    };
    let has_ended = subscription.ends_on <= today;
    ReactivatePreview {
        ends_on: if has_ended { subscription.term_end_after(today) } else { subscription.ends_on },
        charge: subscription.rest_of_period(from),
    }
}

/// Decides on reactivating, with the card that shall pay: the subscription afterwards, and what happened.
///
/// # Errors
/// [`Refusal::Closed`] with its reason; [`Refusal::PaymentMethodNeeded`] when no card is on file.
pub fn decide(
    subscription: &Subscription,
    payment_method: Option<PaymentMethodId>,
    actor: &Actor,
    reach: Reach,
    today: Date,
) -> Result<(Subscription, Event), Refusal> {
    if let Offer::Closed(reason) = offer(Action::Reactivate, subscription, actor, reach) {
        return Err(Refusal::Closed(reason));
    }
    let needs_card = subscription.channel.needs_payment_method();
    if needs_card && payment_method.is_none() {
        return Err(Refusal::PaymentMethodNeeded);
    }
    let ReactivatePreview { ends_on, charge } = preview(subscription, today);
    let after = Subscription {
        state: SubscriptionState::Active,
        canceled_on: None,
        ends_on,
        payment_method_id: if needs_card { payment_method } else { subscription.payment_method_id },
        ..subscription.clone()
    };
    let event = Event::SubscriptionReactivated {
        from: subscription.state,
        ends_on,
        amount: charge.amount,
        service_period: charge.service_period,
    };
    Ok((after, event))
}

#[cfg(test)]
mod tests {
    use super::super::tests_support::{admin, subscription};
    use super::super::{Channel, ClosedReason};
    use super::*;
    use crate::money::{Currency, Money};
    use crate::time::Period;
    use jiff::civil::date;
    use uuid::Uuid;

    fn reactivate(subscription: &Subscription, today: Date) -> Result<(Subscription, Event), Refusal> {
        let card = PaymentMethodId::from_uuid(Uuid::from_u128(8));
        decide(subscription, Some(card), &admin(), Reach::All, today)
    }

    fn event(from: SubscriptionState, ends_on: Date, minor: i64, start: Date, end: Date) -> Event {
        let amount = Money::new(minor, Currency::Eur);
        Event::SubscriptionReactivated { from, ends_on, amount, service_period: Period { start, end } }
    }

    /// T7, R10, R155: ten days after it expired, the billing date moves a year and the running month is charged.
    #[test]
    fn an_expired_one_goes_on_without_a_gap() {
        let mut expired = subscription(100, 60);
        (expired.state, expired.recurring_billing) = (SubscriptionState::Expired, false);
        let (after, happened) = reactivate(&expired, date(2021, 1, 25)).expect("it can be reactivated");
        let expected =
            event(SubscriptionState::Expired, date(2022, 1, 15), 100_000, date(2021, 1, 15), date(2021, 2, 15));
        assert_eq!(happened, expected);
        assert_eq!((after.state, after.recurring_billing), (SubscriptionState::Active, false));
    }

    /// T8, R10, R155: what was canceled on 25 January keeps its dates; 10 days later 100 × 10.00 × 11/31 is charged.
    #[test]
    fn a_canceled_one_keeps_its_dates() {
        let mut canceled = subscription(100, 60);
        (canceled.state, canceled.canceled_on) = (SubscriptionState::Disabled, Some(date(2020, 1, 25)));
        let (after, happened) = reactivate(&canceled, date(2020, 2, 4)).expect("it can be reactivated");
        let expected =
            event(SubscriptionState::Disabled, date(2021, 1, 15), 35_484, date(2020, 2, 4), date(2020, 2, 15));
        assert_eq!(happened, expected);
        assert_eq!((after.canceled_on, after.ends_on), (None, date(2021, 1, 15)));
    }

    /// A term that ended while it was disabled begins anew, and only the days from today are charged.
    #[test]
    fn a_disabled_one_whose_term_ended_gets_a_new_term() {
        let mut disabled = subscription(100, 60);
        disabled.state = SubscriptionState::Disabled;
        let (after, happened) = reactivate(&disabled, date(2021, 3, 1)).expect("it can be reactivated");
        let expected =
            event(SubscriptionState::Disabled, date(2022, 1, 15), 50_000, date(2021, 3, 1), date(2021, 3, 15));
        assert_eq!((after.ends_on, happened), (date(2022, 1, 15), expected));
    }

    /// A card is needed, unless an invoice is sent.
    #[test]
    fn a_card_is_needed() {
        let mut expired = subscription(100, 60);
        expired.state = SubscriptionState::Expired;
        let without = |subscription: &Subscription| decide(subscription, None, &admin(), Reach::All, date(2021, 1, 25));
        assert_eq!(without(&expired), Err(Refusal::PaymentMethodNeeded));
        expired.channel = Channel::DirectInvoice;
        assert!(without(&expired).is_ok());
    }

    /// R10: only what expired or was disabled; a trial is bought, a key redeemed, a partner asked.
    #[test]
    fn each_reason_closes_it() {
        let closed = |state, channel| {
            let mut subscription = subscription(100, 60);
            (subscription.state, subscription.channel) = (state, channel);
            reactivate(&subscription, date(2021, 1, 25)).map(|(_, event)| event)
        };
        let reason = |reason| Err(Refusal::Closed(reason));
        assert_eq!(closed(SubscriptionState::Active, Channel::Direct), reason(ClosedReason::StillActive));
        assert_eq!(closed(SubscriptionState::Deleted, Channel::Direct), reason(ClosedReason::Deleted));
        assert_eq!(closed(SubscriptionState::Expired, Channel::Trial), reason(ClosedReason::TrialEnds));
        assert_eq!(closed(SubscriptionState::Expired, Channel::ProductKey), reason(ClosedReason::PrepaidKey));
        assert_eq!(closed(SubscriptionState::Disabled, Channel::Reseller), reason(ClosedReason::PartnerDecides));
    }
}
