//! When people are told what time is going to do to a subscription (domain 4.10 M6, D24).

use super::due::{deleted_on, disabled_on, next_due, next_step};
use super::{Subscription, SubscriptionState};
use crate::catalog::Term;
use crate::codes::coded;
use crate::event::Event;
use crate::organization::Cloud;
use crate::time::days_between;
use jiff::ToSpan;
use jiff::civil::Date;

/// Days before a term ends that does not renew.
const BEFORE_EXPIRY: &[i32] = &[60, 30, 15, 7, 1];
/// Days before a long term renews; the documents name none.
const BEFORE_RENEWAL: &[i32] = &[30, 7];
/// Days before a trial ends; it lasts a month.
const BEFORE_TRIAL_END: &[i32] = &[15, 7, 1];
/// Days since a subscription expired.
const IN_EXPIRED: &[i32] = &[1, 15];
/// Days since a subscription was disabled.
const IN_DISABLED: &[i32] = &[30, 60, 80];

coded! {
    /// What a reminder warns of.
    pub enum ReminderKind {
        /// The term ends and does not renew.
        ExpiresSoon = "expires_soon",
        /// The term ends and begins anew.
        RenewsSoon = "renews_soon",
        /// The trial ends and is paid from then on.
        BecomesPaidSoon = "becomes_paid_soon",
        /// It expired: people lose access.
        Expired = "expired",
        /// It is disabled: the data is erased.
        ErasedSoon = "erased_soon",
    }
}

/// A reminder and its day.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Reminder {
    /// What it warns of.
    pub kind: ReminderKind,
    /// Its day.
    pub on: Date,
    /// The day that it warns of.
    pub of: Date,
}

/// The next reminder of a subscription, unless something happens first. People are told of an add-on with its base.
#[must_use]
pub fn next_reminder(subscription: &Subscription, cloud: Cloud) -> Option<Reminder> {
    let (kind, of, days) = plan(subscription, cloud).filter(|_| subscription.base_id.is_none())?;
    let done = subscription.reminded_on.unwrap_or(subscription.started_on).max(subscription.started_on);
    let on = days.into_iter().find(|day| *day > done && *day < of)?;
    let is_first = next_due(subscription, cloud).is_none_or(|due| on < due.on);
    is_first.then_some(Reminder { kind, on, of })
}

/// What is warned of now, and on which days, in their order.
fn plan(subscription: &Subscription, cloud: Cloud) -> Option<(ReminderKind, Date, Vec<Date>)> {
    let before = |day: Date, plan: &[i32]| plan.iter().map(|days| day.saturating_sub(days.days())).collect();
    let since = |day: Date, plan: &[i32]| plan.iter().map(|days| day.saturating_add(days.days())).collect();
    let ends_on = subscription.ends_on;
    Some(match subscription.state {
        SubscriptionState::Active if subscription.becomes_paid() => {
            (ReminderKind::BecomesPaidSoon, ends_on, before(ends_on, BEFORE_TRIAL_END))
        }
        SubscriptionState::Active if subscription.is_trial() => {
            (ReminderKind::ExpiresSoon, ends_on, before(ends_on, BEFORE_TRIAL_END))
        }
        // It goes on for nothing.
        SubscriptionState::Active if subscription.is_free() => return None,
        // The partner that pays for it decides on the renewal, and knows what it costs.
        SubscriptionState::Active if subscription.renews() && subscription.sale.is_some() => return None,
        // People hear of it when it is done.
        SubscriptionState::Active if subscription.renews() && subscription.plan_at_renewal.is_some() => return None,
        SubscriptionState::Active if subscription.renews() => {
            let plan = if subscription.term == Term::Annual { BEFORE_RENEWAL } else { &[] };
            (ReminderKind::RenewsSoon, ends_on, before(ends_on, plan))
        }
        SubscriptionState::Active => (ReminderKind::ExpiresSoon, ends_on, before(ends_on, BEFORE_EXPIRY)),
        SubscriptionState::Expired => {
            (ReminderKind::Expired, disabled_on(subscription, cloud), since(ends_on, IN_EXPIRED))
        }
        // Nobody lost anything: its people have another product.
        SubscriptionState::Disabled if subscription.changed_to.is_some() => return None,
        SubscriptionState::Disabled => {
            let disabled_on = disabled_on(subscription, cloud);
            (ReminderKind::ErasedSoon, deleted_on(subscription, cloud), since(disabled_on, IN_DISABLED))
        }
        SubscriptionState::Pending | SubscriptionState::Scheduled | SubscriptionState::Deleted => return None,
    })
}

/// The day on which the calendar comes to a subscription next: for a step, or for a reminder.
#[must_use]
pub fn comes_on(subscription: &Subscription, cloud: Cloud) -> Option<Date> {
    let reminder = next_reminder(subscription, cloud).map(|reminder| reminder.on);
    reminder.or_else(|| next_step(subscription, cloud).map(|due| due.on))
}

/// Takes every reminder of its kind up to `today`: people are told once, with the days that are left. A server that was
/// off tells what still helps; once the day is there, what happens on it is told instead.
#[must_use]
pub fn remind(subscription: &Subscription, reminder: Reminder, today: Date) -> (Subscription, Option<Event>) {
    let left = days_between(today, reminder.of);
    let after = Subscription { reminded_on: Some(today.min(reminder.of)), ..subscription.clone() };
    let event = Event::SubscriptionReminded {
        reminder: reminder.kind,
        on: reminder.of,
        days: i32::try_from(left).unwrap_or(i32::MAX),
    };
    (after, (left > 0).then_some(event))
}

#[cfg(test)]
mod tests {
    use super::super::Channel;
    use super::super::tests_support::subscription;
    use super::*;
    use jiff::civil::date;

    const CLOUD: Cloud = Cloud::Worldwide;

    /// The days of all reminders of a state, and what they warn of.
    fn reminders(mut now: Subscription) -> Vec<(ReminderKind, Date)> {
        now.billed_until = Some(now.ends_on);
        let mut found = Vec::new();
        while let Some(next) = next_reminder(&now, CLOUD) {
            found.push((next.kind, next.on));
            now = remind(&now, next, next.on).0;
        }
        found
    }

    /// D20: a trial is announced 15, 7 and 1 days before it ends or becomes paid, and nothing is told on its first day.
    #[test]
    fn before_a_trial_ends() {
        let end = date(2020, 2, 29);
        let mut trial = subscription(25, 17);
        (trial.channel, trial.billed_until) = (Channel::Trial, None);
        (trial.started_on, trial.ends_on) = (date(2020, 1, 31), end);
        let told = |trial: &Subscription, kind| {
            let mut now = trial.clone();
            let mut found = Vec::new();
            while let Some(next) = next_reminder(&now, CLOUD) {
                found.push((next.kind, next.on));
                now = remind(&now, next, next.on).0;
            }
            assert_eq!(found, days(kind, end, &[-15, -7, -1]));
        };
        told(&trial, ReminderKind::ExpiresSoon);
        trial.payment_method_id = Some(crate::ids::PaymentMethodId::from_uuid(uuid::Uuid::from_u128(8)));
        told(&trial, ReminderKind::BecomesPaidSoon);
    }

    fn days(kind: ReminderKind, of: Date, plan: &[i32]) -> Vec<(ReminderKind, Date)> {
        plan.iter().map(|days| (kind, of.saturating_add(days.days()))).collect()
    }

    /// M6, D24: 60, 30, 15, 7 and 1 days before it expires.
    #[test]
    fn before_it_expires() {
        let mut ending = subscription(100, 60);
        ending.recurring_billing = false;
        let expected = days(ReminderKind::ExpiresSoon, date(2021, 1, 15), &[-60, -30, -15, -7, -1]);
        assert_eq!(reminders(ending.clone()), expected);
        // A month has no sixtieth day before its end, and its thirtieth is before it began.
        (ending.term, ending.ends_on) = (Term::Monthly, date(2020, 2, 14));
        let expected = days(ReminderKind::ExpiresSoon, date(2020, 2, 14), &[-15, -7, -1]);
        assert_eq!(reminders(ending), expected);
    }

    /// Long terms are announced before they renew; months are not.
    #[test]
    fn before_it_renews() {
        let mut renewing = subscription(100, 60);
        let expected = days(ReminderKind::RenewsSoon, date(2021, 1, 15), &[-30, -7]);
        assert_eq!(reminders(renewing.clone()), expected);
        (renewing.term, renewing.ends_on) = (Term::Monthly, date(2020, 2, 15));
        assert_eq!(reminders(renewing), []);
    }

    /// M6, D24: 1 and 15 days after it expired; 30, 60 and 80 days after it was disabled.
    #[test]
    fn while_it_can_be_saved() {
        let mut expired = subscription(100, 60);
        (expired.state, expired.recurring_billing) = (SubscriptionState::Expired, false);
        assert_eq!(reminders(expired.clone()), days(ReminderKind::Expired, date(2021, 1, 15), &[1, 15]));
        let mut disabled = expired;
        (disabled.state, disabled.assigned) = (SubscriptionState::Disabled, 0);
        assert_eq!(reminders(disabled.clone()), days(ReminderKind::ErasedSoon, date(2021, 2, 14), &[30, 60, 80]));
        // Volume licensing erases after thirty days, so there is nothing to say on the thirtieth.
        disabled.channel = Channel::VolumePartner;
        assert_eq!(reminders(disabled), []);
    }

    /// Billing comes first: a reminder waits for a billing period that begins before it.
    #[test]
    fn the_calendar_comes_for_what_is_first() {
        let mut now = subscription(100, 60);
        now.billed_until = Some(date(2020, 2, 15));
        assert_eq!(comes_on(&now, CLOUD), Some(date(2020, 2, 15)));
        now.billed_until = Some(date(2021, 1, 15));
        assert_eq!(comes_on(&now, CLOUD), Some(date(2020, 12, 16)));
        now.reminded_on = Some(date(2021, 1, 8));
        assert_eq!(comes_on(&now, CLOUD), Some(date(2021, 1, 15)));
    }

    /// Reminders that nobody was there to send are sent as one, with the days that are left, and none once the day is
    /// there.
    #[test]
    fn reminders_that_are_late() {
        let mut now = subscription(100, 60);
        (now.recurring_billing, now.billed_until) = (false, Some(now.ends_on));
        let first = next_reminder(&now, CLOUD).expect("sixty days before");
        assert_eq!(first.on, date(2020, 11, 16));
        let (reminder, on) = (ReminderKind::ExpiresSoon, date(2021, 1, 15));
        let (after, event) = remind(&now, first, date(2021, 1, 10));
        assert_eq!(event, Some(Event::SubscriptionReminded { reminder, on, days: 5 }));
        assert_eq!(next_reminder(&after, CLOUD).map(|next| next.on), Some(date(2021, 1, 14)));
        let (after, event) = remind(&now, first, date(2021, 1, 20));
        assert_eq!((event, next_reminder(&after, CLOUD)), (None, None));
        // The first day of what comes then is not skipped.
        let expired = Subscription { state: SubscriptionState::Expired, ..after };
        assert_eq!(next_reminder(&expired, CLOUD).map(|next| next.on), Some(date(2021, 1, 16)));
    }
}
