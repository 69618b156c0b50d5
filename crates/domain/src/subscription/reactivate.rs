//! Reactivate an expired or disabled subscription (domain 1.6, R10, R155).

use super::{Action, Decision, Offer, Subscription, SubscriptionState, first_term_end, offer};
use crate::access::{Actor, Reach};
use crate::billing::Agreement;
use crate::billing::charge::{ChargeKind, NewCharge, charge, total};
use crate::billing::{Footing, Moment};
use crate::event::Event;
use crate::ids::PaymentMethodId;
use crate::money::Money;
use crate::refusal::Refusal;
use crate::time::Period;
use jiff::civil::Date;

/// What reactivating would do and cost.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ReactivatePreview {
    /// The next day on which it renews or expires.
    pub ends_on: Date,
    /// What is charged now, a line for each billing period: nothing where Zetel does not charge, or these days were
    /// charged before.
    pub charges: Vec<NewCharge>,
    /// What they come to.
    pub cost_now: Money,
    /// The days that they cover.
    pub service_period: Period,
}

/// The subscription as it comes back: under MCA what was disabled begins anew today, with the same term (T12). An
/// add-on has the dates of its base.
pub(super) fn begun_anew(subscription: &Subscription, footing: Footing<'_>) -> Subscription {
    let today = footing.today();
    let is_anew = footing.rules.agreement == Agreement::Mca && subscription.state == SubscriptionState::Disabled;
    if !is_anew || subscription.base_id.is_some() {
        return subscription.clone();
    }
    let ends_on = first_term_end(today, subscription.term);
    Subscription { started_on: today, ends_on, ..subscription.clone() }
}

/// Says what reactivating would do now.
///
/// An expired one goes on without a gap: its next billing date moves by a term, and the billing periods since it
/// expired are charged as a whole (T7). People could use it meanwhile; of 30 days after 28 February two fall into a
/// second month. A disabled one keeps its billing dates, and the days from today are charged (T8), unless they were
/// before. A term that ended meanwhile begins anew by its anchor (D19). Under MCA a disabled one has a new term from
/// today on (T12).
#[must_use]
pub fn preview(subscription: &Subscription, footing: Footing<'_>) -> ReactivatePreview {
    let today = footing.today();
    let subscription = &begun_anew(subscription, footing);
    let billing_period = subscription.billing_period(today);
    let first = match subscription.state {
        SubscriptionState::Expired => billing_period.start.min(subscription.ends_on).max(subscription.started_on),
        _ => today,
    };
    let from = subscription.billed_until.map_or(first, |until| until.max(first)).min(billing_period.end);
    let has_ended = subscription.ends_on <= today;
    let starts = std::iter::successors(Some(from), |start| Some(subscription.billing_period(*start).end));
    let charges: Vec<_> = starts
        .take_while(|start| subscription.is_charged() && *start < billing_period.end)
        .map(|start| charge_from(subscription, start, footing))
        .collect();
    ReactivatePreview {
        ends_on: if has_ended { subscription.term_end_after(today) } else { subscription.ends_on },
        cost_now: total(&charges, Money::zero(subscription.unit_price.currency)),
        charges,
        service_period: Period { start: from, ..billing_period },
    }
}

/// The charge of a billing period from a day of it on.
fn charge_from(subscription: &Subscription, start: Date, footing: Footing<'_>) -> NewCharge {
    let at_start = Moment::start_of(start, footing.moment.zone.clone());
    let moment = if start == footing.today() { footing.moment } else { &at_start };
    let (quantity, price) = (subscription.quantity, subscription.charged_price());
    let billing_period = subscription.billing_period(start);
    charge(ChargeKind::Reactivation, quantity, price, billing_period, moment, footing.rules)
}

/// Decides on reactivating, with the card that shall pay.
///
/// # Errors
/// [`Refusal::Closed`] with its reason; [`Refusal::PaymentMethodNeeded`] when no card is on file.
pub fn decide(
    subscription: &Subscription,
    payment_method: Option<PaymentMethodId>,
    footing: Footing<'_>,
    actor: &Actor,
    reach: Reach,
) -> Result<Decision, Refusal> {
    if let Offer::Closed(reason) = offer(Action::Reactivate, subscription, actor, reach) {
        return Err(Refusal::Closed(reason));
    }
    if subscription.channel.needs_payment_method() && payment_method.is_none() {
        return Err(Refusal::PaymentMethodNeeded);
    }
    Ok(carry_out(subscription, payment_method, footing))
}

/// Reactivates what may be: a subscription that [`decide`] let come back, or an add-on with its base.
#[must_use]
pub fn carry_out(
    subscription: &Subscription,
    payment_method: Option<PaymentMethodId>,
    footing: Footing<'_>,
) -> Decision {
    let needs_card = subscription.channel.needs_payment_method();
    let ReactivatePreview { ends_on, charges, cost_now, service_period } = preview(subscription, footing);
    let after = Subscription {
        state: SubscriptionState::Active,
        canceled_on: None,
        unpaid_since: None,
        changed_to: None,
        ends_on,
        billed_until: subscription.billed_until.map(|until| until.max(service_period.end)),
        payment_method_id: if needs_card { payment_method } else { subscription.payment_method_id },
        ..begun_anew(subscription, footing)
    };
    let event = Event::SubscriptionReactivated { from: subscription.state, ends_on, amount: cost_now, service_period };
    Decision { subscription: after, event, charges }
}

#[cfg(test)]
mod tests {
    use super::super::tests_support::{admin, footing, on, subscription};
    use super::super::{Channel, ClosedReason};
    use super::*;
    use crate::billing::BillingRules;
    use crate::money::Currency;
    use jiff::civil::date;
    use uuid::Uuid;

    fn reactivate(subscription: &Subscription, today: Date) -> Result<(Subscription, Event), Refusal> {
        let card = PaymentMethodId::from_uuid(Uuid::from_u128(8));
        let decision = decide(subscription, Some(card), footing(&on(today), &[]), &admin(), Reach::All)?;
        assert_eq!(decision.charges.iter().map(|line| line.kind).collect::<Vec<_>>(), [ChargeKind::Reactivation]);
        Ok((decision.subscription, decision.event))
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

    /// T7, R155: it expired on 15 February and comes back on the thirtieth day: the month that went by since, in which
    /// people used it, is charged with the one that runs.
    #[test]
    fn a_month_that_went_by_since_is_charged_too() {
        let mut expired = subscription(100, 60);
        (expired.state, expired.recurring_billing) = (SubscriptionState::Expired, false);
        (expired.ends_on, expired.billed_until) = (date(2021, 2, 15), Some(date(2021, 2, 15)));
        let preview = preview(&expired, footing(&on(date(2021, 3, 16)), &[]));
        let lines: Vec<_> = preview.charges.iter().map(|line| (line.service_period, line.amount.minor)).collect();
        let month = |start, end| Period { start, end };
        let (february, march) =
            (month(date(2021, 2, 15), date(2021, 3, 15)), month(date(2021, 3, 15), date(2021, 4, 15)));
        assert_eq!(lines, [(february, 100_000), (march, 100_000)]);
        let all = (preview.cost_now.minor, preview.service_period);
        assert_eq!(all, (200_000, month(date(2021, 2, 15), date(2021, 4, 15))));
    }

    /// T12: under MCA what was disabled has a new term from that day on, and a whole billing period is charged; what is only
    /// expired goes on without a gap as under MOSA (T7).
    #[test]
    fn under_mca_a_disabled_one_begins_anew() {
        let rules = BillingRules::usual(Agreement::Mca);
        let back = |before: &Subscription, today| {
            let moment = on(today);
            let footing = Footing { moment: &moment, rules: &rules, charged: &[] };
            let decision = decide(before, before.payment_method_id, footing, &admin(), Reach::All);
            let decision = decision.expect("it can be reactivated");
            assert_eq!(preview(before, footing).ends_on, decision.subscription.ends_on);
            (decision.subscription, decision.event)
        };
        let mut before = subscription(100, 60);
        before.payment_method_id = Some(PaymentMethodId::from_uuid(Uuid::from_u128(8)));
        (before.state, before.ends_on, before.billed_until) =
            (SubscriptionState::Disabled, date(2021, 1, 15), Some(date(2021, 1, 15)));
        let (after, happened) = back(&before, date(2021, 3, 20));
        assert_eq!((after.started_on, after.ends_on), (date(2021, 3, 20), date(2022, 3, 20)));
        assert_eq!((after.billed_until, after.id), (Some(date(2021, 4, 20)), before.id));
        let disabled = SubscriptionState::Disabled;
        let expected = event(disabled, date(2022, 3, 20), 100_000, date(2021, 3, 20), date(2021, 4, 20));
        assert_eq!(happened, expected);
        before.state = SubscriptionState::Expired;
        let (after, _) = back(&before, date(2021, 1, 25));
        assert_eq!((after.started_on, after.ends_on), (date(2020, 1, 15), date(2022, 1, 15)));
    }

    /// T8, R10, R155: what was canceled on 25 January keeps its dates; 10 days later 100 × 10.00 × 11/31 is charged.
    #[test]
    fn a_canceled_one_keeps_its_dates() {
        let mut canceled = subscription(100, 60);
        (canceled.state, canceled.canceled_on) = (SubscriptionState::Disabled, Some(date(2020, 1, 25)));
        canceled.billed_until = canceled.canceled_on;
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
        let without = |subscription: &Subscription| {
            decide(subscription, None, footing(&on(date(2021, 1, 25)), &[]), &admin(), Reach::All)
        };
        assert_eq!(without(&expired), Err(Refusal::PaymentMethodNeeded));
        expired.channel = Channel::DirectInvoice;
        assert!(without(&expired).is_ok());
    }

    /// R10: only what expired or was disabled; a trial is bought, a key redeemed, a partner asked.
    /// T8: one that was not paid in time was charged for its days before.
    #[test]
    fn days_are_charged_once() {
        let mut unpaid = subscription(100, 60);
        unpaid.state = SubscriptionState::Disabled;
        let card = PaymentMethodId::from_uuid(Uuid::from_u128(8));
        let decision = decide(&unpaid, Some(card), footing(&on(date(2020, 2, 4)), &[]), &admin(), Reach::All);
        let decision = decision.expect("it can be reactivated");
        assert_eq!((decision.charges, decision.subscription.billed_until), (Vec::new(), Some(date(2020, 2, 15))));
    }

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
