//! A subscription whose invoice is not paid: taken away when every attempt failed, and given back when the balance is
//! settled (domain 1.4 T6 and T8, 4.6).

use super::due::deleted_on;
use super::reactivate::{ReactivatePreview, begun_anew, preview};
use super::{Decision, Subscription, SubscriptionState};
use crate::billing::Footing;
use crate::event::Event;
use crate::money::Money;
use crate::organization::Cloud;
use crate::time::Period;
use jiff::civil::Date;

/// Disables it: nothing more is charged, people lose access, and the data is kept for its days (T6). Nothing for what
/// Zetel does not charge, or what is not in use any more.
#[must_use]
pub fn disable(subscription: &Subscription, today: Date, cloud: Cloud) -> Option<(Subscription, Event)> {
    if !subscription.is_charged() || !subscription.state.is_assignable() {
        return None;
    }
    let state = SubscriptionState::Disabled;
    let after = Subscription { state, unpaid_since: Some(today), ..subscription.clone() };
    let event = Event::SubscriptionDisabled { on: today, deleted_on: deleted_on(&after, cloud) };
    Some((after, event))
}

/// Brings it back once everything of it is paid: its billing dates stay, and the days from today are charged unless
/// they were before (T8); under MCA it has a new term from today on (T12). Nothing for what was disabled for another
/// reason.
///
/// One that does not renew, and whose term ended meanwhile, comes back only to expire on its day: nothing is charged.
#[must_use]
pub fn bring_back(subscription: &Subscription, footing: Footing<'_>) -> Option<Decision> {
    if subscription.unpaid_since.is_none() || subscription.state != SubscriptionState::Disabled {
        return None;
    }
    let today = footing.today();
    let billed_until = |end: Date| subscription.billed_until.map(|until| until.max(end));
    let (back, charges, amount, service_period) = if !subscription.recurring_billing && subscription.ends_on <= today {
        let back = Subscription { billed_until: billed_until(subscription.ends_on), ..subscription.clone() };
        (back, Vec::new(), Money::zero(subscription.unit_price.currency), Period { start: today, end: today })
    } else {
        let ReactivatePreview { ends_on, charges, cost_now, service_period } = preview(subscription, footing);
        let billed_until = billed_until(service_period.end);
        (Subscription { ends_on, billed_until, ..begun_anew(subscription, footing) }, charges, cost_now, service_period)
    };
    let after = Subscription { state: SubscriptionState::Active, unpaid_since: None, ..back };
    let (from, ends_on) = (subscription.state, after.ends_on);
    let event = Event::SubscriptionReactivated { from, ends_on, amount, service_period };
    Some(Decision { subscription: after, event, charges })
}

#[cfg(test)]
mod tests {
    use super::super::due::{Due, Transition, next_due};
    use super::super::tests_support::{admin, footing, on, subscription};
    use super::super::{Action, Channel, ClosedReason, Offer, offer};
    use super::*;
    use crate::access::Reach;
    use crate::billing::{Agreement, BillingRules};
    use crate::money::Currency;
    use jiff::civil::date;

    const CLOUD: Cloud = Cloud::Worldwide;

    fn unpaid(on: Date) -> Subscription {
        disable(&subscription(100, 60), on, CLOUD).expect("it is in use").0
    }

    /// T6, R166: Disabled on the day, erased 90 days later; no billing period begins meanwhile.
    #[test]
    fn what_is_not_paid_is_disabled() {
        let (after, event) = disable(&subscription(100, 60), date(2020, 3, 17), CLOUD).expect("it is in use");
        assert_eq!(event, Event::SubscriptionDisabled { on: date(2020, 3, 17), deleted_on: date(2020, 6, 15) });
        assert_eq!((after.state, after.unpaid_since), (SubscriptionState::Disabled, Some(date(2020, 3, 17))));
        let settle = Due { transition: Transition::Settle, on: date(2020, 3, 17) };
        assert_eq!(next_due(&after, CLOUD), Some(settle));
        let empty = Subscription { assigned: 0, ..after.clone() };
        assert_eq!(
            next_due(&empty, CLOUD).map(|due| (due.transition, due.on)),
            Some((Transition::Delete, date(2020, 6, 15)))
        );
        assert_eq!(disable(&after, date(2020, 3, 18), CLOUD), None, "once");
        let partner = Subscription { channel: Channel::Reseller, ..subscription(100, 60) };
        assert_eq!(disable(&partner, date(2020, 3, 17), CLOUD), None);
    }

    /// R166: it is brought back by paying, not past it.
    #[test]
    fn it_is_not_reactivated_without_being_paid() {
        let closed = offer(Action::Reactivate, &unpaid(date(2020, 3, 17)), &admin(), Reach::All);
        assert_eq!(closed, Offer::Closed(ClosedReason::Unpaid));
    }

    /// T8: charged up to 15 April, paid on 20 March and on 25 April: nothing, and 100 × 10.00 × 20/30.
    #[test]
    fn paying_brings_it_back() {
        let mut before = unpaid(date(2020, 3, 17));
        before.billed_until = Some(date(2020, 4, 15));
        let back = bring_back(&before, footing(&on(date(2020, 3, 20)), &[])).expect("it was not paid");
        assert_eq!((back.charges.len(), back.subscription.billed_until), (0, Some(date(2020, 4, 15))));
        assert_eq!((back.subscription.state, back.subscription.unpaid_since), (SubscriptionState::Active, None));
        let late = bring_back(&before, footing(&on(date(2020, 4, 25)), &[])).expect("it was not paid");
        let expected = Event::SubscriptionReactivated {
            from: SubscriptionState::Disabled,
            ends_on: date(2021, 1, 15),
            amount: Money::new(66_667, Currency::Eur),
            service_period: Period { start: date(2020, 4, 25), end: date(2020, 5, 15) },
        };
        assert_eq!((late.event, late.subscription.billed_until), (expected, Some(date(2020, 5, 15))));
        let canceled = Subscription { unpaid_since: None, canceled_on: Some(date(2020, 3, 17)), ..before };
        assert_eq!(bring_back(&canceled, footing(&on(date(2020, 3, 20)), &[])), None);
    }

    /// T12: under MCA it has a new term from the day of paying on, for whose end stays planned what was; the days that
    /// were charged before are not charged again: 100 × 10.00 × 5/31 from 15 to 20 April.
    #[test]
    fn under_mca_paying_begins_a_new_term() {
        let mut before = unpaid(date(2020, 3, 17));
        (before.billed_until, before.quantity_at_renewal) = (Some(date(2020, 4, 15)), Some(80));
        let (moment, rules) = (on(date(2020, 3, 20)), BillingRules::usual(Agreement::Mca));
        let footing = Footing { moment: &moment, rules: &rules, charged: &[] };
        let back = bring_back(&before, footing).expect("it was not paid");
        let term = (back.subscription.started_on, back.subscription.ends_on);
        assert_eq!(term, (date(2020, 3, 20), date(2021, 3, 20)));
        assert_eq!(back.subscription.billed_until, Some(date(2020, 4, 20)));
        assert_eq!(back.subscription.quantity_at_renewal, Some(80));
        assert_eq!(back.charges.iter().map(|line| line.amount.minor).collect::<Vec<_>>(), [16_129]);
        let add_on = Subscription { base_id: Some(before.id), ..before };
        let back = bring_back(&add_on, footing).expect("it was not paid").subscription;
        assert_eq!((back.started_on, back.ends_on), (add_on.started_on, add_on.ends_on), "the dates of its base");
    }

    /// What does not renew, and ended meanwhile, expires on its day and costs nothing.
    #[test]
    fn what_ended_meanwhile_expires() {
        let mut before = unpaid(date(2020, 12, 17));
        (before.recurring_billing, before.billed_until) = (false, Some(date(2020, 12, 15)));
        let back = bring_back(&before, footing(&on(date(2021, 2, 1)), &[])).expect("it was not paid");
        assert_eq!(back.charges, []);
        let expire = Due { transition: Transition::Expire, on: date(2021, 1, 15) };
        assert_eq!(next_due(&back.subscription, CLOUD), Some(expire));
    }
}
