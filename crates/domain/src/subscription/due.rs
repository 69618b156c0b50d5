//! What the calendar does with a subscription, and when (domain 1.4, D19, D20, D21, R152).

use super::add_on::is_own;
use super::buy_trial::became_paid;
use super::{Channel, Subscription, SubscriptionState, first_term_end};
use crate::billing::charge::{ChargeKind, NewCharge, charge};
use crate::billing::{BillingRules, Moment};
use crate::codes::coded;
use crate::event::{Change, Event};
use crate::money::Money;
use crate::organization::Cloud;
use crate::time::Period;
use jiff::ToSpan;
use jiff::civil::Date;
use jiff::tz::TimeZone;

coded! {
    /// A step that the calendar takes by itself.
    pub enum Transition {
        /// The first day of what was bought to start on it (T11).
        Start = "start",
        /// The next billing period of the term begins, and is charged in advance.
        Bill = "bill",
        /// The term ends and begins anew (T1).
        Renew = "renew",
        /// The term ends and another product takes over (domain 1.10).
        ChangePlan = "change_plan",
        /// A trial ends and is paid from now on (D20).
        BecomePaid = "become_paid",
        /// The term ends (T2).
        Expire = "expire",
        /// Nobody reactivated it in time: people lose access (T3).
        Disable = "disable",
        /// Licenses of a disabled one move to others of the product, or come into conflict (D1).
        Settle = "settle",
        /// Nobody reactivated it in time: the data is erased (T4).
        Delete = "delete",
        /// What is left of a deleted one is taken away: licenses of people.
        Erase = "erase",
    }
}

/// The next step of a subscription.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Due {
    /// The step.
    pub transition: Transition,
    /// The day on which it is taken, where the organization is.
    pub on: Date,
}

/// How long a subscription stays where it can still be saved.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Durations {
    /// Days from the end of the term until people lose access.
    pub expired_days: i32,
    /// Days from then, or from canceling, until the data is erased.
    pub disabled_days: i32,
}

const CLOUDS: &[Cloud] = Cloud::ALL;
const BOUGHT_HERE: &[Channel] = &[
    Channel::Direct,
    Channel::DirectInvoice,
    Channel::ProductKey,
    Channel::SelfService,
    Channel::Reseller,
    Channel::Free,
];

/// The table of domain 1.4 as it was in May 2020 (D21): channels, clouds, days.
const LIFE_CYCLE: &[(&[Channel], &[Cloud], Durations)] = &[
    (BOUGHT_HERE, CLOUDS, Durations { expired_days: 30, disabled_days: 90 }),
    (&[Channel::VolumePartner], &[Cloud::Worldwide, Cloud::Germany], Durations { expired_days: 90, disabled_days: 30 }),
    // 21Vianet has no line of its own for volume licensing (domain 7).
    (&[Channel::VolumePartner], &[Cloud::Vianet21], Durations { expired_days: 30, disabled_days: 90 }),
    // A trial is erased "shortly after" its 30 days.
    (&[Channel::Trial], CLOUDS, Durations { expired_days: 30, disabled_days: 0 }),
];

/// The days of a channel in a cloud.
#[must_use]
pub fn durations(channel: Channel, cloud: Cloud) -> Durations {
    let row = LIFE_CYCLE.iter().find(|(channels, clouds, _)| channels.contains(&channel) && clouds.contains(&cloud));
    row.map_or(Durations { expired_days: 30, disabled_days: 90 }, |(_, _, durations)| *durations)
}

/// The channels whose days another cloud counts otherwise.
pub fn counted_otherwise(from: Cloud, to: Cloud) -> impl Iterator<Item = Channel> {
    Channel::ALL.iter().copied().filter(move |channel| durations(*channel, from) != durations(*channel, to))
}

/// The next step of a subscription; none while it waits for a check, and none once it is gone.
#[must_use]
pub fn next_due(subscription: &Subscription, cloud: Cloud) -> Option<Due> {
    let ends_on = subscription.ends_on;
    let (transition, on) = match subscription.state {
        SubscriptionState::Pending => return None,
        SubscriptionState::Scheduled => (Transition::Start, subscription.started_on),
        SubscriptionState::Active if subscription.billed_until.is_some_and(|until| until < ends_on) => {
            (Transition::Bill, subscription.billed_until.unwrap_or(ends_on))
        }
        SubscriptionState::Active if subscription.renews() && subscription.plan_at_renewal.is_some() => {
            (Transition::ChangePlan, ends_on)
        }
        SubscriptionState::Active if subscription.renews() => (Transition::Renew, ends_on),
        SubscriptionState::Active if subscription.becomes_paid() => (Transition::BecomePaid, ends_on),
        SubscriptionState::Active => (Transition::Expire, ends_on),
        SubscriptionState::Expired => (Transition::Disable, disabled_on(subscription, cloud)),
        // Billing goes on while a partner suspends it (domain 1.12).
        SubscriptionState::Disabled if is_billed_while_suspended(subscription) => {
            (Transition::Bill, subscription.billed_until.unwrap_or(ends_on))
        }
        SubscriptionState::Disabled if subscription.assigned > 0 => {
            (Transition::Settle, disabled_on(subscription, cloud))
        }
        SubscriptionState::Disabled => (Transition::Delete, deleted_on(subscription, cloud)),
        SubscriptionState::Deleted if subscription.assigned + subscription.conflicts > 0 => {
            (Transition::Erase, subscription.canceled_on.unwrap_or(ends_on))
        }
        SubscriptionState::Deleted => return None,
    };
    Some(Due { transition, on })
}

/// Whether the partner that pays for it suspended it, and a billing period of its term is not charged yet.
fn is_billed_while_suspended(subscription: &Subscription) -> bool {
    let is_stopped = subscription.canceled_on.is_some() || subscription.unpaid_since.is_some();
    let has_more = subscription.billed_until.is_some_and(|until| until < subscription.ends_on);
    subscription.sale.is_some() && has_more && !is_stopped
}

/// The next step that the calendar takes for the subscription itself; a traditional add-on takes others with its base.
#[must_use]
pub fn next_step(subscription: &Subscription, cloud: Cloud) -> Option<Due> {
    next_due(subscription, cloud).filter(|due| subscription.base_id.is_none() || is_own(subscription, due.transition))
}

/// The day on which people lose access: the day of canceling or of giving up on its payment, or some time after the
/// end of the term.
#[must_use]
pub fn disabled_on(subscription: &Subscription, cloud: Cloud) -> Date {
    let days = durations(subscription.channel, cloud).expired_days;
    let stopped = subscription.canceled_on.or(subscription.unpaid_since);
    stopped.unwrap_or_else(|| subscription.ends_on.saturating_add(days.days()))
}

/// The day on which the data is erased, unless somebody reactivates it before.
#[must_use]
pub fn deleted_on(subscription: &Subscription, cloud: Cloud) -> Date {
    let days = durations(subscription.channel, cloud).disabled_days;
    disabled_on(subscription, cloud).saturating_add(days.days())
}

/// A step that was taken.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Passed {
    /// The subscription afterwards.
    pub subscription: Subscription,
    /// What happened; nothing for what is only cleared away.
    pub event: Option<Event>,
    /// What a billing period costs that begins; nothing where Zetel does not charge.
    pub charge: Option<NewCharge>,
}

/// Takes a step on its day, however late that is noticed. `zone` is where the days of the organization begin.
#[must_use]
pub fn pass(subscription: &Subscription, due: Due, cloud: Cloud, rules: &BillingRules, zone: &TimeZone) -> Passed {
    let mut after = subscription.clone();
    let (event, charge) = match due.transition {
        Transition::Start => {
            after.state = SubscriptionState::Active;
            let term = Period { start: due.on, end: after.ends_on };
            let charge = begin_billing_period(&mut after, ChargeKind::Purchase, due.on, rules, zone);
            let (amount, service_period) = first_of(&after, charge.as_ref(), due.on);
            (Some(Event::ScheduledSubscriptionStarted { term, amount, service_period }), charge)
        }
        Transition::Bill => (None, begin_billing_period(&mut after, ChargeKind::PeriodicPayment, due.on, rules, zone)),
        Transition::Renew => {
            if subscription.is_prepaid() {
                // The first paid day is the anchor of all billing periods (D19).
                (after.channel, after.started_on, after.billed_until) = (Channel::Direct, due.on, Some(due.on));
            }
            // The first term end after this one, so that the anchor comes back after a short month (D19).
            after.ends_on = after.term_end_after(due.on);
            let quantity = after.quantity_at_renewal.take().map(|_| {
                after.quantity = subscription.quantity_then();
                Change { from: subscription.quantity, to: after.quantity }
            });
            if let Some(agreed) = after.price_at_renewal.take() {
                (after.billing_frequency, after.unit_price) = (agreed.billing_frequency, agreed.unit_price);
            }
            let term = Period { start: due.on, end: after.ends_on };
            let charge = begin_billing_period(&mut after, ChargeKind::Renewal, due.on, rules, zone);
            let (amount, service_period) = first_of(&after, charge.as_ref(), due.on);
            (Some(Event::SubscriptionRenewed { term, amount, service_period, quantity }), charge)
        }
        Transition::BecomePaid => {
            // The first paid day is the anchor of all billing periods (D19).
            (after.started_on, after.ends_on) = (due.on, first_term_end(due.on, subscription.term));
            after.channel = if subscription.holder.is_some() { Channel::SelfService } else { Channel::Direct };
            after.billed_until = Some(due.on);
            let charge = begin_billing_period(&mut after, ChargeKind::Purchase, due.on, rules, zone);
            (Some(became_paid(&after)), charge)
        }
        Transition::Expire => {
            after.state = SubscriptionState::Expired;
            (Some(Event::SubscriptionExpired { on: due.on, disabled_on: disabled_on(&after, cloud) }), None)
        }
        Transition::Disable => {
            after.state = SubscriptionState::Disabled;
            (Some(Event::SubscriptionDisabled { on: due.on, deleted_on: deleted_on(&after, cloud) }), None)
        }
        Transition::Delete => (Some(delete(&mut after, due.on)), None),
        // Whoever takes these steps takes them with the people of the subscription.
        Transition::ChangePlan | Transition::Settle | Transition::Erase => (None, None),
    };
    Passed { subscription: after, event, charge }
}

/// What the first billing period of a term costs, which may be nothing, and its days.
fn first_of(subscription: &Subscription, charge: Option<&NewCharge>, on: Date) -> (Money, Period) {
    charge.map_or((Money::zero(subscription.unit_price.currency), subscription.billing_period(on)), |line| {
        (line.amount, line.service_period)
    })
}

/// Erases a subscription, with every license of a person.
pub(super) fn delete(subscription: &mut Subscription, on: Date) -> Event {
    subscription.state = SubscriptionState::Deleted;
    Event::SubscriptionDeleted { on, licenses_freed: subscription.assigned + subscription.conflicts }
}

/// Charges a billing period that begins, unless Zetel does not charge or did so before.
fn begin_billing_period(
    subscription: &mut Subscription,
    kind: ChargeKind,
    day: Date,
    rules: &BillingRules,
    zone: &TimeZone,
) -> Option<NewCharge> {
    let until = subscription.billed_until.filter(|until| *until <= day && subscription.is_charged())?;
    let billing_period = subscription.billing_period(day);
    subscription.billed_until = Some(billing_period.end.max(until));
    let (quantity, price) = (subscription.quantity, subscription.charged_price());
    let moment = Moment::start_of(day, zone.clone());
    Some(charge(kind, quantity, price, billing_period, &moment, rules))
}

#[cfg(test)]
mod tests {
    use super::super::tests_support::{RULES, admin, footing, on, subscription};
    use super::super::{PriceAtRenewal, cancel, edit_recurring_billing, reactivate};
    use super::*;
    use crate::access::Reach;
    use crate::billing::Agreement;
    use crate::catalog::{BillingFrequency, Term};
    use crate::money::Currency;
    use crate::time::months_after;
    use jiff::civil::date;
    use proptest::prelude::*;

    const CLOUD: Cloud = Cloud::Worldwide;

    fn due(transition: Transition, on: Date) -> Option<Due> {
        Some(Due { transition, on })
    }

    fn step(subscription: &Subscription, due: Due) -> Passed {
        pass(subscription, due, CLOUD, &RULES, &TimeZone::UTC)
    }

    /// One whose billing periods are charged up to the end of its term.
    fn billed(quantity: u32, assigned: u32) -> Subscription {
        let mut subscription = subscription(quantity, assigned);
        subscription.billed_until = Some(subscription.ends_on);
        subscription
    }

    /// Everything that happens up to and with a day.
    fn run(mut subscription: Subscription, until: Date) -> (Subscription, Vec<Event>) {
        let mut events = Vec::new();
        while let Some(next) = next_due(&subscription, CLOUD).filter(|next| next.on <= until) {
            match next.transition {
                Transition::Settle => {
                    subscription.conflicts += std::mem::take(&mut subscription.assigned);
                    continue;
                }
                Transition::Erase => break,
                _ => {}
            }
            let passed = step(&subscription, next);
            (subscription, events) = (passed.subscription, events.into_iter().chain(passed.event).collect());
        }
        (subscription, events)
    }

    /// D21: every channel has one row in every cloud, with the days of May 2020.
    #[test]
    fn the_table_of_days() {
        let otherwise = |from, to| counted_otherwise(from, to).collect::<Vec<_>>();
        assert_eq!(otherwise(Cloud::Worldwide, Cloud::Germany), []);
        assert_eq!(otherwise(Cloud::Germany, Cloud::Vianet21), [Channel::VolumePartner]);
        let days = |channel, cloud| {
            let rows: Vec<_> = LIFE_CYCLE
                .iter()
                .filter(|(channels, clouds, _)| channels.contains(&channel) && clouds.contains(&cloud))
                .collect();
            assert_eq!(rows.len(), 1, "{channel} in {cloud}");
            (rows[0].2.expired_days, rows[0].2.disabled_days)
        };
        for channel in Channel::ALL {
            for cloud in Cloud::ALL {
                let expected = match channel {
                    Channel::VolumePartner if *cloud != Cloud::Vianet21 => (90, 30),
                    Channel::Trial => (30, 0),
                    _ => (30, 90),
                };
                assert_eq!(days(*channel, *cloud), expected);
            }
        }
    }

    /// T11, R163: it is charged from its first day on, for the anchor that this day is.
    #[test]
    fn what_was_bought_to_start_later_starts_on_its_day() {
        let mut waiting = billed(100, 0);
        waiting.state = SubscriptionState::Scheduled;
        (waiting.started_on, waiting.ends_on) = (date(2020, 1, 31), date(2021, 1, 31));
        waiting.billed_until = Some(waiting.started_on);
        assert_eq!(next_due(&waiting, CLOUD), due(Transition::Start, date(2020, 1, 31)));
        let passed = step(&waiting, next_due(&waiting, CLOUD).unwrap());
        let service_period = Period { start: date(2020, 1, 31), end: date(2020, 2, 29) };
        assert_eq!(passed.subscription.state, SubscriptionState::Active);
        assert_eq!(passed.subscription.billed_until, Some(date(2020, 2, 29)));
        let line = passed.charge.expect("its first billing period");
        assert_eq!((line.kind, line.service_period), (ChargeKind::Purchase, service_period));
        let term = Period { start: date(2020, 1, 31), end: date(2021, 1, 31) };
        let began = Event::ScheduledSubscriptionStarted { term, amount: line.amount, service_period };
        assert_eq!(passed.event, Some(began));
        assert_eq!(next_due(&passed.subscription, CLOUD), due(Transition::Bill, date(2020, 2, 29)));
    }

    /// T1, R152, R154: it renews for the same term, and the first billing period is charged.
    #[test]
    fn a_term_renews() {
        let before = billed(100, 60);
        assert_eq!(next_due(&before, CLOUD), due(Transition::Renew, date(2021, 1, 15)));
        let passed = step(&before, next_due(&before, CLOUD).unwrap());
        assert_eq!(passed.subscription.ends_on, date(2022, 1, 15));
        assert_eq!(passed.charge.map(|line| (line.kind, line.amount.minor)), Some((ChargeKind::Renewal, 100_000)));
        assert_eq!(passed.subscription.billed_until, Some(date(2021, 2, 15)));
        assert_eq!(
            passed.event,
            Some(Event::SubscriptionRenewed {
                term: Period { start: date(2021, 1, 15), end: date(2022, 1, 15) },
                amount: Money::new(100_000, Currency::Eur),
                service_period: Period { start: date(2021, 1, 15), end: date(2021, 2, 15) },
                quantity: None,
            })
        );
    }

    /// Domain 4.9: a year that is paid by the month is charged twelve times, on the day of purchase each.
    #[test]
    fn every_billing_period_is_charged_once() {
        let mut now = subscription(100, 60);
        let mut charged = Vec::new();
        while let Some(next) = next_due(&now, CLOUD).filter(|next| next.on <= date(2021, 2, 15)) {
            let passed = step(&now, next);
            charged.extend(passed.charge.map(|line| (line.kind, line.service_period.start, line.amount.minor)));
            now = passed.subscription;
        }
        let months = (1..=13).map(|month| {
            let kind = if month == 12 { ChargeKind::Renewal } else { ChargeKind::PeriodicPayment };
            (kind, months_after(date(2020, 1, 15), month), 100_000)
        });
        assert_eq!(charged, months.collect::<Vec<_>>());
    }

    /// Domain 1.3, T1: what was prepaid from 31 January goes on as paid on 28 February, which is its anchor from then on: 100 ×
    /// 12.00 for a month; nothing was charged before.
    #[test]
    fn what_was_prepaid_is_paid_from_its_end_on() {
        let mut prepaid = subscription(100, 60);
        (prepaid.channel, prepaid.term, prepaid.billed_until) = (Channel::ProductKey, Term::Monthly, None);
        (prepaid.started_on, prepaid.ends_on) = (date(2021, 1, 31), date(2021, 2, 28));
        let unit_price = Money::new(1_200, Currency::Eur);
        prepaid.price_at_renewal = Some(PriceAtRenewal { billing_frequency: BillingFrequency::Monthly, unit_price });
        let renew = due(Transition::Renew, date(2021, 2, 28)).expect("a step");
        assert_eq!(next_due(&prepaid, CLOUD), Some(renew));
        let passed = step(&prepaid, renew);
        let period = Period { start: date(2021, 2, 28), end: date(2021, 3, 28) };
        let amount = Money::new(120_000, Currency::Eur);
        let event = Event::SubscriptionRenewed { term: period, amount, service_period: period, quantity: None };
        assert_eq!(passed.event, Some(event));
        let after = passed.subscription;
        assert_eq!((after.channel, after.started_on, after.ends_on), (Channel::Direct, period.start, period.end));
        assert_eq!((after.billed_until, after.price_at_renewal), (Some(period.end), None));
        let alone = Subscription { recurring_billing: false, ..prepaid };
        assert_eq!(next_due(&alone, CLOUD), due(Transition::Expire, date(2021, 2, 28)));
    }

    /// Domain 4.9, R183: the licenses that were scheduled begin with the next term, and never fewer than are in use
    /// (D2), nor more of what is no longer sold (domain 1.8); the event says how many there are.
    #[test]
    fn a_renewal_begins_with_the_scheduled_quantity() {
        for (scheduled, is_end_of_sale, quantity) in
            [(80, false, 80), (50, false, 60), (120, false, 120), (120, true, 100), (80, true, 80)]
        {
            let mut before = billed(100, 60);
            (before.quantity_at_renewal, before.is_end_of_sale) = (Some(scheduled), is_end_of_sale);
            let passed = step(&before, next_due(&before, CLOUD).unwrap());
            assert_eq!((passed.subscription.quantity, passed.subscription.quantity_at_renewal), (quantity, None));
            assert_eq!(passed.charge.map(|line| line.quantity), Some(i64::from(quantity)));
            let Some(Event::SubscriptionRenewed { quantity: said, .. }) = passed.event else { panic!("it renews") };
            assert_eq!(said, Some(Change { from: 100, to: quantity }));
        }
    }

    /// Domain 1.2, R12: from the renewal on it is charged as was agreed: a year at once instead of a month.
    #[test]
    fn a_renewal_begins_with_the_agreed_billing_frequency() {
        let mut before = billed(100, 60);
        let unit_price = Money::new(11_000, Currency::Eur);
        before.price_at_renewal = Some(PriceAtRenewal { billing_frequency: BillingFrequency::Yearly, unit_price });
        let passed = step(&before, next_due(&before, CLOUD).unwrap());
        let line = passed.charge.expect("a year is charged");
        assert_eq!((line.amount.minor, line.service_period.end), (1_100_000, date(2022, 1, 15)));
        let after = passed.subscription;
        assert_eq!((after.billing_frequency, after.price_at_renewal), (BillingFrequency::Yearly, None));
        assert_eq!((after.unit_price, after.billed_until), (unit_price, Some(date(2022, 1, 15))));
    }

    /// T1: what a partner sold renews, and the partner charges for it.
    #[test]
    fn a_partner_charges_for_its_own_renewals() {
        let mut before = billed(100, 60);
        (before.channel, before.billed_until) = (Channel::Reseller, None);
        let passed = step(&before, next_due(&before, CLOUD).unwrap());
        assert_eq!((passed.subscription.ends_on, passed.charge), (date(2022, 1, 15), None));
    }

    /// T2, T3, T4, R152: Expired on the end date, Disabled 30 days later, Deleted 90 days after that.
    #[test]
    fn without_renewal_it_expires_is_disabled_and_deleted() {
        let mut before = billed(100, 60);
        before.recurring_billing = false;
        let (after, events) = run(before.clone(), date(2021, 5, 15));
        assert_eq!(
            events,
            [
                Event::SubscriptionExpired { on: date(2021, 1, 15), disabled_on: date(2021, 2, 14) },
                Event::SubscriptionDisabled { on: date(2021, 2, 14), deleted_on: date(2021, 5, 15) },
                Event::SubscriptionDeleted { on: date(2021, 5, 15), licenses_freed: 60 },
            ]
        );
        assert_eq!(after.state, SubscriptionState::Deleted);
        let (before_deletion, _) = run(before, date(2021, 5, 14));
        assert_eq!(before_deletion.state, SubscriptionState::Disabled);
    }

    /// D20, T2: a trial without a payment method expires for 30 days and is then erased.
    #[test]
    fn a_trial_expires() {
        let mut trial = subscription(25, 17);
        trial.billed_until = None;
        (trial.channel, trial.term, trial.ends_on) = (Channel::Trial, Term::Monthly, date(2020, 2, 15));
        let (after, events) = run(trial, date(2020, 3, 16));
        assert_eq!(after.state, SubscriptionState::Deleted);
        assert_eq!(events[0], Event::SubscriptionExpired { on: date(2020, 2, 15), disabled_on: date(2020, 3, 16) });
        assert_eq!(events.len(), 3);
    }

    /// D1: once it is disabled, its licenses look for another place.
    #[test]
    fn licenses_of_a_disabled_one_are_settled() {
        let mut canceled = subscription(100, 60);
        (canceled.state, canceled.canceled_on) = (SubscriptionState::Disabled, Some(date(2020, 2, 1)));
        assert_eq!(next_due(&canceled, CLOUD), due(Transition::Settle, date(2020, 2, 1)));
    }

    /// T5: what was canceled is deleted 90 days after the canceling, whenever its term would have ended.
    #[test]
    fn a_canceled_one_is_deleted_after_ninety_days() {
        let mut canceled = subscription(100, 0);
        (canceled.state, canceled.canceled_on) = (SubscriptionState::Disabled, Some(date(2020, 2, 1)));
        assert_eq!(next_due(&canceled, CLOUD), due(Transition::Delete, date(2020, 5, 1)));
    }

    #[test]
    fn what_waits_or_is_gone_has_nothing_due() {
        for state in [SubscriptionState::Pending, SubscriptionState::Deleted] {
            let mut waiting = subscription(100, 0);
            waiting.state = state;
            assert_eq!(next_due(&waiting, CLOUD), None);
        }
        let mut left = subscription(100, 60);
        (left.state, left.ends_on) = (SubscriptionState::Deleted, date(2021, 1, 15));
        assert_eq!(next_due(&left, CLOUD), due(Transition::Erase, date(2021, 1, 15)));
    }

    /// D19: the 31st and 29 February come back.
    #[test]
    fn the_anchor_comes_back() {
        let mut monthly = subscription(10, 0);
        (monthly.term, monthly.started_on, monthly.ends_on) = (Term::Monthly, date(2024, 1, 31), date(2024, 2, 29));
        monthly.billed_until = Some(monthly.ends_on);
        let (_, events) = run(monthly, date(2024, 5, 31));
        let ends: Vec<_> = events
            .iter()
            .map(|event| match event {
                Event::SubscriptionRenewed { term, .. } => term.end,
                other => panic!("expected a renewal, got {other:?}"),
            })
            .collect();
        assert_eq!(ends, [date(2024, 3, 31), date(2024, 4, 30), date(2024, 5, 31), date(2024, 6, 30)]);

        let mut yearly = subscription(10, 0);
        (yearly.started_on, yearly.ends_on) = (date(2024, 2, 29), date(2025, 2, 28));
        let (after, _) = run(yearly, date(2027, 12, 31));
        assert_eq!(after.ends_on, date(2028, 2, 29));
    }

    #[derive(Debug, Clone)]
    enum Act {
        Recurring(bool),
        Cancel,
        Reactivate,
    }

    fn acts() -> impl Strategy<Value = Vec<(i32, Act)>> {
        let act = prop_oneof![any::<bool>().prop_map(Act::Recurring), Just(Act::Cancel), Just(Act::Reactivate)];
        prop::collection::vec((1i32..120, act), 0..40)
    }

    /// The arrows of domain 1.4.
    fn is_arrow(from: SubscriptionState, to: SubscriptionState) -> bool {
        use SubscriptionState::{Active, Deleted, Disabled, Expired};
        matches!(
            (from, to),
            (Active, Active | Expired | Disabled) | (Expired, Disabled | Active) | (Disabled, Deleted | Active)
        )
    }

    proptest! {
        /// R152: ten years of any subscription and any acts keep the laws.
        #[test]
        fn ten_years_keep_the_laws(
            anchor_day in 1i8..=31,
            term in prop::sample::select(vec![Term::Monthly, Term::Annual]),
            billing_frequency in prop::sample::select(vec![BillingFrequency::Monthly, BillingFrequency::Yearly]),
            recurring in any::<bool>(),
            acts in acts(),
        ) {
            let mut now = subscription(10, 4);
            now.started_on = date(2024, 1, 1).saturating_add(i32::from(anchor_day - 1).days());
            (now.term, now.recurring_billing) = (term, recurring);
            now.billing_frequency =
                if term == Term::Monthly { BillingFrequency::Monthly } else { billing_frequency };
            now.ends_on = months_after(now.started_on, term.months());
            now.billed_until = Some(months_after(now.started_on, now.billing_frequency.months()));
            let mut today = now.started_on;
            let mut last_step = today;
            for (days, act) in acts.into_iter().chain([(3_650, Act::Recurring(false))]) {
                today = today.saturating_add(days.days());
                while let Some(next) = next_due(&now, CLOUD).filter(|next| next.on <= today && next.transition != Transition::Erase) {
                    if next.transition == Transition::Settle {
                        now.conflicts += std::mem::take(&mut now.assigned);
                        continue;
                    }
                    prop_assert!(next.on >= last_step, "steps are taken in order");
                    last_step = next.on;
                    let passed = step(&now, next);
                    prop_assert!(is_arrow(now.state, passed.subscription.state));
                    prop_assert!(passed.subscription.ends_on >= now.ends_on);
                    if next.transition == Transition::Renew {
                        let steps = (0..).map(|n| months_after(now.started_on, n * term.months()));
                        let end = passed.subscription.ends_on;
                        prop_assert!(steps.take_while(|step| *step <= end).any(|step| step == end), "the anchor");
                        prop_assert_eq!(passed.charge.as_ref().map(|line| line.amount), now.unit_price.times(10));
                    }
                    if let Some(line) = &passed.charge {
                        prop_assert!(line.share.is_whole(), "a billing period is charged as a whole");
                        prop_assert_eq!(Some(line.service_period.start), now.billed_until, "and without a gap");
                    }
                    now = passed.subscription;
                }
                let before = now.clone();
                match act {
                    Act::Recurring(on) => {
                        let ahead = edit_recurring_billing::Ahead { agreement: Agreement::Mosa, price: None };
                        if let Ok(decision) = edit_recurring_billing::decide(&now, on, ahead, &admin(), Reach::All) {
                            prop_assert_eq!(now.state, SubscriptionState::Active);
                            now = decision.subscription;
                        }
                    }
                    Act::Cancel => {
                        let command = cancel::Cancel { reason: cancel::CancelReason::TooExpensive, feedback: String::new() };
                        if let Ok(after) = cancel::decide(&now, &command, footing(&on(today), &[]), &admin(), Reach::All, CLOUD) {
                            now = after.subscription;
                        }
                    }
                    Act::Reactivate => {
                        let card = crate::ids::PaymentMethodId::from_uuid(uuid::Uuid::from_u128(8));
                        if let Ok(after) = reactivate::decide(&now, Some(card), footing(&on(today), &[]), &admin(), Reach::All) {
                            now = after.subscription;
                            prop_assert!(now.ends_on > today);
                        }
                    }
                }
                prop_assert!(before.state == now.state || is_arrow(before.state, now.state));
                prop_assert!(now.ends_on >= before.ends_on && now.assigned <= now.quantity);
                last_step = last_step.max(today);
            }
        }
    }
}
