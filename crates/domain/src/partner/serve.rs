//! What a partner does with a subscription that it sold: the customer cannot (domain 1.12, 2.1, 2.2; R66, R68).
//!
//! Zetel charges the customer nothing for it: the partner does.

use crate::event::Event;
use crate::limits::QUANTITY_MIN;
use crate::money::Money;
use crate::organization::Cloud;
use crate::refusal::Refusal;
use crate::subscription::due::deleted_on;
use crate::subscription::{ClosedReason, Decision, Subscription, SubscriptionState};
use crate::time::Period;
use jiff::civil::Date;

/// What a partner does.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Service {
    /// Sets the number of licenses: the new total.
    Quantity(u32),
    /// Lets it renew by itself, or not.
    RecurringBilling(bool),
    /// Takes access away from the people until it is resumed; the term goes on (domain 1.12).
    Suspend,
    /// Gives access back.
    Resume,
}

/// Decides what a partner does with what it sold.
///
/// # Errors
/// [`Refusal::Closed`] with its reason; for a total [`Refusal::BelowAssigned`], [`Refusal::OutOfRange`],
/// [`Refusal::SameQuantity`], [`Refusal::AboveMaximum`]; [`Refusal::NothingToChange`] for what is so already.
pub fn decide(before: &Subscription, service: Service, cloud: Cloud, today: Date) -> Result<Decision, Refusal> {
    if before.state == SubscriptionState::Deleted {
        return Err(Refusal::Closed(ClosedReason::Deleted));
    }
    let (subscription, event) = match service {
        Service::Quantity(total) => change_quantity(before, total, today)?,
        Service::RecurringBilling(on) => edit_recurring_billing(before, on)?,
        Service::Suspend => suspend(before, cloud, today)?,
        Service::Resume => resume(before, today)?,
    };
    Ok(Decision { subscription, event, charges: Vec::new() })
}

/// Whether a partner suspended it, so that it can be resumed.
#[must_use]
pub fn is_suspended(subscription: &Subscription, today: Date) -> bool {
    let is_stopped = subscription.canceled_on.is_some() || subscription.unpaid_since.is_some();
    subscription.state == SubscriptionState::Disabled && !is_stopped && today < subscription.ends_on
}

fn active(before: &Subscription) -> Result<(), Refusal> {
    let is_active = before.state == SubscriptionState::Active;
    if is_active { Ok(()) } else { Err(Refusal::Closed(ClosedReason::NotActive)) }
}

fn change_quantity(before: &Subscription, total: u32, today: Date) -> Result<(Subscription, Event), Refusal> {
    active(before)?;
    let (least, most) = (QUANTITY_MIN, before.quantity_max);
    match total {
        total if total < least => {
            return Err(Refusal::OutOfRange { minimum: i64::from(least), maximum: i64::from(most) });
        }
        total if total < before.assigned => return Err(Refusal::BelowAssigned { assigned: before.assigned }),
        total if total == before.quantity => return Err(Refusal::SameQuantity),
        total if total > most => return Err(Refusal::AboveMaximum { maximum: most }),
        _ => {}
    }
    let service_period = Period { start: today, end: before.ends_on };
    let amount = Money::zero(before.unit_price.currency);
    let event = Event::QuantityChanged { from: before.quantity, to: total, amount, service_period };
    Ok((Subscription { quantity: total, quantity_at_renewal: None, ..before.clone() }, event))
}

fn edit_recurring_billing(before: &Subscription, on: bool) -> Result<(Subscription, Event), Refusal> {
    active(before)?;
    if before.recurring_billing == on {
        return Err(Refusal::NothingToChange);
    }
    let event = Event::RecurringBillingChanged { on, ends_on: before.ends_on };
    Ok((Subscription { recurring_billing: on, ..before.clone() }, event))
}

/// What was scheduled is dropped. Unless it is resumed, it is erased as if it had ended with its term.
fn suspend(before: &Subscription, cloud: Cloud, today: Date) -> Result<(Subscription, Event), Refusal> {
    active(before)?;
    let (state, quantity_at_renewal, price_at_renewal) = (SubscriptionState::Disabled, None, None);
    let after = Subscription { state, quantity_at_renewal, price_at_renewal, ..before.clone() };
    let event = Event::SubscriptionDisabled { on: today, deleted_on: deleted_on(&after, cloud) };
    Ok((after, event))
}

fn resume(before: &Subscription, today: Date) -> Result<(Subscription, Event), Refusal> {
    if !is_suspended(before, today) {
        return Err(Refusal::NothingToChange);
    }
    let (ends_on, amount) = (before.ends_on, Money::zero(before.unit_price.currency));
    let service_period = Period { start: today, end: ends_on };
    let event = Event::SubscriptionReactivated { from: before.state, ends_on, amount, service_period };
    Ok((Subscription { state: SubscriptionState::Active, ..before.clone() }, event))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::money::Currency;
    use crate::subscription::Channel;
    use crate::subscription::due::{Due, Transition, next_due};
    use crate::subscription::tests_support::subscription;
    use jiff::civil::date;

    const TODAY: Date = date(2020, 1, 25);

    /// What a reseller sold: 100 licenses until 15 January 2021, of which 60 are in use.
    fn sold() -> Subscription {
        Subscription { channel: Channel::Reseller, billed_until: None, ..subscription(100, 60) }
    }

    fn serve(before: &Subscription, service: Service) -> Result<Decision, Refusal> {
        decide(before, service, Cloud::Worldwide, TODAY)
    }

    /// R68: the partner changes the total; the customer is charged nothing.
    #[test]
    fn a_partner_changes_the_total() {
        let more = serve(&sold(), Service::Quantity(120)).expect("it is active");
        let service_period = Period { start: TODAY, end: date(2021, 1, 15) };
        let amount = Money::new(0, Currency::Eur);
        assert_eq!(more.event, Event::QuantityChanged { from: 100, to: 120, amount, service_period });
        assert_eq!((more.subscription.quantity, more.charges), (120, Vec::new()));
        assert_eq!(serve(&sold(), Service::Quantity(60)).map(|fewer| fewer.subscription.quantity), Ok(60));
        let refused = |total| serve(&sold(), Service::Quantity(total)).expect_err("it is refused");
        assert_eq!(refused(59), Refusal::BelowAssigned { assigned: 60 });
        assert_eq!(refused(0), Refusal::OutOfRange { minimum: 1, maximum: 300 });
        assert_eq!(refused(100), Refusal::SameQuantity);
        assert_eq!(refused(301), Refusal::AboveMaximum { maximum: 300 });
    }

    #[test]
    fn a_partner_turns_the_renewal_off_and_on() {
        let off = serve(&sold(), Service::RecurringBilling(false)).expect("it is on").subscription;
        assert!(!off.recurring_billing);
        assert_eq!(serve(&off, Service::RecurringBilling(false)), Err(Refusal::NothingToChange));
        assert!(serve(&off, Service::RecurringBilling(true)).is_ok());
    }

    /// Domain 1.12, 1.4: people are out at once, the dates stay; resumed before the end of the term it is as before.
    #[test]
    fn a_partner_suspends_and_resumes() {
        let suspended = serve(&sold(), Service::Suspend).expect("it is active");
        let deleted_on = date(2021, 5, 15);
        assert_eq!(suspended.event, Event::SubscriptionDisabled { on: TODAY, deleted_on });
        let suspended = suspended.subscription;
        assert_eq!((suspended.state, suspended.available()), (SubscriptionState::Disabled, 0));
        let settles = Due { transition: Transition::Settle, on: date(2021, 2, 14) };
        assert_eq!(next_due(&suspended, Cloud::Worldwide), Some(settles), "people keep their licenses until then");
        assert_eq!(serve(&suspended, Service::Suspend), Err(Refusal::Closed(ClosedReason::NotActive)));
        assert_eq!(serve(&suspended, Service::Resume).map(|resumed| resumed.subscription), Ok(sold()));
        assert_eq!(serve(&sold(), Service::Resume), Err(Refusal::NothingToChange));
        let late = decide(&suspended, Service::Resume, Cloud::Worldwide, date(2021, 1, 15));
        assert_eq!(late, Err(Refusal::NothingToChange), "its term is over: the partner sells a new one");
        let deleted = Subscription { state: SubscriptionState::Deleted, ..sold() };
        assert_eq!(serve(&deleted, Service::Resume), Err(Refusal::Closed(ClosedReason::Deleted)));
    }
}
