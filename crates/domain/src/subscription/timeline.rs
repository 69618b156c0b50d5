//! A subscription's life as a line of time: what it went through, and what the calendar will do with it (domain 1.4).

use super::due::{Due, Transition, deleted_on, disabled_on, next_due};
use super::{Subscription, SubscriptionState};
use crate::event::Event;
use crate::organization::Cloud;
use crate::time::Period;
use jiff::ToSpan;
use jiff::civil::Date;

/// Days in one state.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Span {
    /// The days.
    pub period: Period,
    /// The state.
    pub state: SubscriptionState,
}

/// Something that happened, on its day.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Milestone {
    /// The day.
    pub on: Date,
    /// What.
    pub event: Event,
}

/// The life of a subscription from its first day to the last one that is known.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Timeline {
    /// From the first day to the last one that is known.
    pub period: Period,
    /// The states that it went through and will go through, one after another.
    pub spans: Vec<Span>,
    /// The first days of its later terms.
    pub term_starts: Vec<Date>,
    /// What happened, oldest first.
    pub milestones: Vec<Milestone>,
    /// What the calendar does when nobody does anything, soonest first; of charges only the next one.
    pub ahead: Vec<Due>,
}

/// The line of a subscription. `history` is what happened to it with the day on which it was written down, in any
/// order; what is no part of a life (mails, invoices, licenses of people) is left out.
#[must_use]
pub fn timeline(
    subscription: &Subscription,
    cloud: Cloud,
    history: impl IntoIterator<Item = (Date, Event)>,
) -> Timeline {
    let mut milestones: Vec<Milestone> = history
        .into_iter()
        .filter(|(_, event)| is_milestone(event))
        .map(|(written_on, event)| Milestone { on: day_of(&event).unwrap_or(written_on), event })
        .collect();
    milestones.sort_by_key(|milestone| milestone.on);
    let ahead = ahead(subscription, cloud);
    let start = milestones.iter().map(|milestone| milestone.on).chain([subscription.started_on]).min();
    let start = start.unwrap_or(subscription.started_on);
    let mut states = states(subscription, cloud, start, &milestones);
    states.extend(ahead.iter().filter_map(|due| state_after(due.transition).map(|state| (due.on, state))));
    // A take-over may have been undone, so that only the last state says whether it is over.
    let gone = states.last().filter(|(_, state)| *state == SubscriptionState::Deleted).map(|(on, _)| *on);
    let end = gone.or(ahead.last().map(|due| due.on)).unwrap_or(subscription.ends_on);
    let period = Period { start, end: end.max(start.saturating_add(1.day())) };
    Timeline {
        period,
        spans: spans(&states, period),
        term_starts: milestones.iter().filter(|milestone| begins_term(&milestone.event)).map(|of| of.on).collect(),
        milestones,
        ahead,
    }
}

/// What the calendar does with a subscription when nobody does anything: up to its renewal, or its end.
fn ahead(subscription: &Subscription, cloud: Cloud) -> Vec<Due> {
    let (mut now, mut ahead) = (subscription.clone(), Vec::new());
    while let Some(due) = next_due(&now, cloud) {
        match due.transition {
            Transition::Bill => now.billed_until = Some(now.ends_on),
            Transition::Settle => {
                now.assigned = 0;
                continue;
            }
            Transition::Start => {
                (now.state, now.billed_until) = (SubscriptionState::Active, Some(now.ends_on));
            }
            Transition::Expire => now.state = SubscriptionState::Expired,
            Transition::Disable => now.state = SubscriptionState::Disabled,
            // Its people go to another one, and it is canceled.
            Transition::ChangePlan => {
                (now.state, now.canceled_on, now.assigned) = (SubscriptionState::Disabled, Some(due.on), 0);
            }
            Transition::Renew | Transition::BecomePaid | Transition::Delete => {
                ahead.push(due);
                break;
            }
            Transition::Erase => break,
        }
        ahead.push(due);
    }
    ahead
}

/// The states up to now, each with its first day. Where the history is not known, the present state says what it was.
fn states(
    subscription: &Subscription,
    cloud: Cloud,
    start: Date,
    milestones: &[Milestone],
) -> Vec<(Date, SubscriptionState)> {
    let mut states = vec![(start, first_state(subscription))];
    for milestone in milestones {
        let state = match milestone.event {
            Event::SubscriptionScheduled { .. } => SubscriptionState::Scheduled,
            Event::SubscriptionStarted { .. }
            | Event::ScheduledSubscriptionStarted { .. }
            | Event::SubscriptionReactivated { .. } => SubscriptionState::Active,
            Event::SubscriptionExpired { .. } => SubscriptionState::Expired,
            Event::SubscriptionCanceled { .. } | Event::SubscriptionDisabled { .. } | Event::PlanChanged { .. } => {
                SubscriptionState::Disabled
            }
            Event::SubscriptionDeleted { .. } | Event::SubscriptionTakenOver { .. } => SubscriptionState::Deleted,
            Event::SubscriptionTakeOverUndone { state, .. } => state,
            _ => continue,
        };
        states.push((milestone.on, state));
    }
    let known = states.last().map(|(_, state)| *state);
    let since = match subscription.state {
        state if known == Some(state) => None,
        SubscriptionState::Expired => Some(subscription.ends_on),
        SubscriptionState::Disabled => Some(disabled_on(subscription, cloud)),
        SubscriptionState::Deleted => Some(deleted_on(subscription, cloud)),
        SubscriptionState::Pending | SubscriptionState::Scheduled | SubscriptionState::Active => None,
    };
    states.extend(since.map(|since| (since, subscription.state)));
    states
}

const fn first_state(subscription: &Subscription) -> SubscriptionState {
    match subscription.state {
        state @ (SubscriptionState::Pending | SubscriptionState::Scheduled) => state,
        _ => SubscriptionState::Active,
    }
}

/// The days in each state: up to the next one, equal ones as one, none that lasts no day.
fn spans(states: &[(Date, SubscriptionState)], whole: Period) -> Vec<Span> {
    let mut spans: Vec<Span> = Vec::new();
    for (index, (start, state)) in states.iter().enumerate() {
        let end = states.get(index + 1).map_or(whole.end, |(next, _)| *next).min(whole.end);
        match spans.last_mut() {
            Some(last) if last.state == *state => last.period.end = end,
            _ if *start < end => spans.push(Span { period: Period { start: *start, end }, state: *state }),
            _ => {}
        }
    }
    spans
}

/// The state that a step of the calendar leads to, where it is another one.
const fn state_after(transition: Transition) -> Option<SubscriptionState> {
    match transition {
        Transition::Start => Some(SubscriptionState::Active),
        Transition::Expire => Some(SubscriptionState::Expired),
        Transition::Disable | Transition::ChangePlan => Some(SubscriptionState::Disabled),
        Transition::Delete => Some(SubscriptionState::Deleted),
        Transition::Bill | Transition::Renew | Transition::BecomePaid | Transition::Settle | Transition::Erase => None,
    }
}

/// The day that an event names itself: a step of the calendar may be written down long after its day.
const fn day_of(event: &Event) -> Option<Date> {
    match event {
        Event::SubscriptionExpired { on, .. }
        | Event::SubscriptionDisabled { on, .. }
        | Event::SubscriptionDeleted { on, .. }
        | Event::PlanChanged { on, .. }
        | Event::SubscriptionTakenOver { on, .. }
        | Event::SubscriptionTakeOverUndone { on, .. } => Some(*on),
        Event::SubscriptionRenewed { term, .. } | Event::ScheduledSubscriptionStarted { term, .. } => Some(term.start),
        _ => None,
    }
}

const fn begins_term(event: &Event) -> bool {
    matches!(event, Event::SubscriptionRenewed { .. } | Event::TrialBecamePaid { .. })
}

/// Whether an event is a part of a life.
const fn is_milestone(event: &Event) -> bool {
    matches!(
        event,
        Event::SubscriptionStarted { .. }
            | Event::SubscriptionScheduled { .. }
            | Event::ScheduledSubscriptionStarted { .. }
            | Event::TrialExtended { .. }
            | Event::TrialBecamePaid { .. }
            | Event::QuantityChanged { .. }
            | Event::QuantityScheduled { .. }
            | Event::ScheduledChangeCanceled { .. }
            | Event::BillingFrequencyChanged { .. }
            | Event::BillingFrequencyScheduled { .. }
            | Event::PlanChangeScheduled { .. }
            | Event::PlanChanged { .. }
            | Event::ProductKeysRedeemed { .. }
            | Event::SubscriptionPaymentChanged { .. }
            | Event::SubscriptionProfileChanged { .. }
            | Event::PaymentFailed { .. }
            | Event::InvoiceChargedBack { .. }
            | Event::InvoiceDueMoved { .. }
            | Event::RecurringBillingChanged { .. }
            | Event::SubscriptionCanceled { .. }
            | Event::SubscriptionReactivated { .. }
            | Event::SubscriptionRenewed { .. }
            | Event::SubscriptionExpired { .. }
            | Event::SubscriptionDisabled { .. }
            | Event::SubscriptionDeleted { .. }
            | Event::SubscriptionTakenOver { .. }
            | Event::SubscriptionTakeOverUndone { .. }
            | Event::EndOfSaleAnnounced
    )
}

#[cfg(test)]
mod tests {
    use super::super::tests_support::subscription;
    use super::super::{Channel, first_term_end};
    use super::*;
    use crate::catalog::{BillingFrequency, Term};
    use crate::ids::PaymentMethodId;
    use crate::money::{Currency, Money};
    use jiff::civil::date;
    use uuid::Uuid;

    const CLOUD: Cloud = Cloud::Worldwide;

    fn line(subscription: &Subscription, history: Vec<(Date, Event)>) -> Timeline {
        timeline(subscription, CLOUD, history)
    }

    fn span(state: SubscriptionState, start: Date, end: Date) -> Span {
        Span { period: Period { start, end }, state }
    }

    fn due(transition: Transition, on: Date) -> Due {
        Due { transition, on }
    }

    fn quantity(from: u32, to: u32) -> Event {
        let service_period = Period { start: date(2020, 1, 15), end: date(2020, 2, 15) };
        Event::QuantityChanged { from, to, amount: Money::new(0, Currency::Eur), service_period }
    }

    /// It goes on: the next charge and the renewal are ahead, nothing after that.
    #[test]
    fn what_renews_runs_to_its_renewal() {
        let line = line(&subscription(100, 60), Vec::new());
        let year = Period { start: date(2020, 1, 15), end: date(2021, 1, 15) };
        assert_eq!(line.period, year);
        assert_eq!(line.spans, [Span { period: year, state: SubscriptionState::Active }]);
        let ahead = [due(Transition::Bill, date(2020, 2, 15)), due(Transition::Renew, date(2021, 1, 15))];
        assert_eq!(line.ahead, ahead);
        assert!(line.milestones.is_empty() && line.term_starts.is_empty());
    }

    /// R152: it ends: the line goes to the day on which the data is erased, by the table of domain 1.4.
    #[test]
    fn what_ends_runs_to_its_deletion() {
        let mut ends = subscription(100, 60);
        (ends.recurring_billing, ends.billed_until) = (false, Some(ends.ends_on));
        let (expires, disabled, deleted) = (date(2021, 1, 15), date(2021, 2, 14), date(2021, 5, 15));
        let line = line(&ends, Vec::new());
        assert_eq!(
            line.ahead,
            [due(Transition::Expire, expires), due(Transition::Disable, disabled), due(Transition::Delete, deleted)]
        );
        assert_eq!(
            line.spans,
            [
                span(SubscriptionState::Active, date(2020, 1, 15), expires),
                span(SubscriptionState::Expired, expires, disabled),
                span(SubscriptionState::Disabled, disabled, deleted),
            ]
        );
        assert_eq!(line.period.end, deleted);
    }

    /// R152: a trial ends after 30 days of grace, or goes on as what was tried (D20).
    #[test]
    fn a_trial() {
        let mut trial = subscription(25, 3);
        (trial.channel, trial.billed_until, trial.ends_on) = (Channel::Trial, None, date(2020, 2, 15));
        let gone = date(2020, 3, 16);
        assert_eq!(
            line(&trial, Vec::new()).ahead,
            [due(Transition::Expire, trial.ends_on), due(Transition::Disable, gone), due(Transition::Delete, gone)]
        );
        trial.payment_method_id = Some(PaymentMethodId::from_uuid(Uuid::from_u128(5)));
        assert_eq!(line(&trial, Vec::new()).ahead, [due(Transition::BecomePaid, date(2020, 2, 15))]);
    }

    /// A trial that became paid began before its first paid day, and its first term begins there.
    #[test]
    fn what_was_a_trial_begins_with_the_trial() {
        let now = subscription(25, 3);
        let paid = Event::TrialBecamePaid {
            quantity: 25,
            term: Term::Annual,
            billing_frequency: BillingFrequency::Monthly,
            unit_price: now.unit_price,
            channel: Channel::Direct,
            ends_on: now.ends_on,
        };
        let extended = Event::TrialExtended { from: date(2019, 12, 16), to: date(2020, 1, 15) };
        let line = line(&now, vec![(date(2020, 1, 15), paid), (date(2019, 12, 10), extended)]);
        assert_eq!(line.period.start, date(2019, 12, 10));
        assert_eq!(line.term_starts, [date(2020, 1, 15)]);
        assert_eq!(line.milestones.iter().map(|of| of.on).collect::<Vec<_>>(), [date(2019, 12, 10), date(2020, 1, 15)]);
    }

    /// A step counts on its own day, however late it was taken; canceling and reactivating stand between.
    #[test]
    fn the_past_is_as_it_was() {
        let mut now = subscription(100, 60);
        (now.ends_on, now.billed_until) = (date(2022, 1, 15), Some(date(2022, 1, 15)));
        let history = vec![
            (date(2020, 1, 20), quantity(100, 105)),
            (date(2021, 9, 1), Event::SubscriptionExpired { on: date(2021, 1, 15), disabled_on: date(2021, 2, 14) }),
            (
                date(2021, 1, 25),
                Event::SubscriptionReactivated {
                    from: SubscriptionState::Expired,
                    ends_on: now.ends_on,
                    amount: Money::new(0, Currency::Eur),
                    service_period: Period { start: date(2021, 1, 15), end: date(2021, 2, 15) },
                },
            ),
            (date(2021, 3, 1), Event::LicenseUnassigned),
        ];
        let line = line(&now, history);
        assert_eq!(
            line.spans,
            [
                span(SubscriptionState::Active, date(2020, 1, 15), date(2021, 1, 15)),
                span(SubscriptionState::Expired, date(2021, 1, 15), date(2021, 1, 25)),
                span(SubscriptionState::Active, date(2021, 1, 25), date(2022, 1, 15)),
            ]
        );
        assert_eq!(line.milestones.len(), 3, "a license of a person is no part of its life");
    }

    /// What is over ends on the day on which it was erased; without a history its dates say when.
    #[test]
    fn what_is_gone_has_nothing_ahead() {
        let mut gone = subscription(100, 0);
        (gone.state, gone.canceled_on) = (SubscriptionState::Deleted, Some(date(2020, 3, 1)));
        let without = line(&gone, Vec::new());
        assert_eq!((without.period.end, without.ahead.len()), (date(2020, 5, 30), 0));
        let erased = Event::SubscriptionDeleted { on: date(2020, 3, 10), licenses_freed: 0 };
        let with = line(&gone, vec![(date(2020, 3, 10), erased)]);
        assert_eq!(with.period.end, date(2020, 3, 10));
        gone.assigned = 2;
        assert_eq!(line(&gone, Vec::new()).ahead, []);
    }

    /// R10, T5: canceled and not yet erased: no access until the deletion, 90 days after.
    #[test]
    fn what_was_canceled_runs_to_its_deletion() {
        let mut canceled = subscription(100, 60);
        (canceled.state, canceled.canceled_on) = (SubscriptionState::Disabled, Some(date(2020, 2, 1)));
        let line = line(&canceled, Vec::new());
        assert_eq!(line.ahead, [due(Transition::Delete, date(2020, 5, 1))]);
        assert_eq!(
            line.spans,
            [
                span(SubscriptionState::Active, date(2020, 1, 15), date(2020, 2, 1)),
                span(SubscriptionState::Disabled, date(2020, 2, 1), date(2020, 5, 1)),
            ]
        );
    }

    /// Nothing to divide by: what begins and ends on one day, and what waits, still has a line of a day.
    #[test]
    fn there_is_always_a_day() {
        let mut short = subscription(1, 0);
        (short.state, short.canceled_on) = (SubscriptionState::Deleted, Some(short.started_on));
        let erased = Event::SubscriptionDeleted { on: short.started_on, licenses_freed: 0 };
        let line = line(&short, vec![(short.started_on, erased)]);
        assert_eq!((line.period.days(), line.spans.len()), (1, 1));
        let mut waits = subscription(1, 0);
        (waits.state, waits.term) = (SubscriptionState::Pending, Term::Monthly);
        waits.ends_on = first_term_end(waits.started_on, waits.term);
        let line = self::line(&waits, Vec::new());
        assert_eq!(line.spans, [Span { period: line.period, state: SubscriptionState::Pending }]);
    }
}
