//! What a partner does with a subscription that it sold: the customer cannot (domain 1.12, 2.1, 2.2; R66, R68).
//!
//! Zetel charges the customer nothing for it: the partner does. The partner is charged for what it sold here.

use crate::billing::Footing;
use crate::event::Event;
use crate::limits::QUANTITY_MIN;
use crate::money::Money;
use crate::organization::Cloud;
use crate::refusal::Refusal;
use crate::subscription::change_quantity::{self, ChangeQuantity};
use crate::subscription::due::deleted_on;
use crate::subscription::{Channel, ClosedReason, Decision, Subscription, SubscriptionState};
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

/// Decides what a partner does with what it sold. `footing` is the partner's contract, the day where the customer is,
/// and what the partner was charged.
///
/// # Errors
/// [`Refusal::Closed`] with its reason, such as an add-on that follows its base; for a total
/// [`Refusal::BelowAssigned`], [`Refusal::OutOfRange`], [`Refusal::SameQuantity`], [`Refusal::AboveMaximum`],
/// [`Refusal::FewerLicensesRefused`], [`Refusal::NoRenewal`];
/// [`Refusal::NothingToChange`] for what is so already.
pub fn decide(
    before: &Subscription,
    service: Service,
    cloud: Cloud,
    footing: Footing<'_>,
) -> Result<Decision, Refusal> {
    check(before, service, footing.today())?;
    match service {
        Service::Quantity(total) => change_quantity(before, total, footing),
        _ => serve(before, service, cloud, footing.today()),
    }
}

/// Whether a partner can do it at all now, whatever the total.
///
/// # Errors
/// [`Refusal::Closed`] with its reason; [`Refusal::NothingToChange`] for what is so already.
pub fn check(before: &Subscription, service: Service, today: Date) -> Result<(), Refusal> {
    match service {
        _ if before.state == SubscriptionState::Deleted => Err(Refusal::Closed(ClosedReason::Deleted)),
        Service::Quantity(_) => active(before),
        _ if before.base_id.is_some() => Err(Refusal::Closed(ClosedReason::FollowsBase)),
        Service::RecurringBilling(on) => edit_recurring_billing(before, on).map(drop),
        Service::Suspend => active(before),
        Service::Resume => resume(before, today).map(drop),
    }
}

/// What becomes of an add-on when its base is served (domain 1.9); nothing where it is so already, and nothing of its
/// licenses.
#[must_use]
pub fn follow(add_on: &Subscription, service: Service, cloud: Cloud, today: Date) -> Option<Decision> {
    serve(add_on, service, cloud, today).ok()
}

fn serve(before: &Subscription, service: Service, cloud: Cloud, today: Date) -> Result<Decision, Refusal> {
    let (subscription, event) = match service {
        Service::Quantity(_) => return Err(Refusal::NothingToChange),
        Service::RecurringBilling(on) => edit_recurring_billing(before, on)?,
        Service::Suspend => suspend(before, cloud, today)?,
        Service::Resume => resume(before, today)?,
    };
    Ok(Decision { subscription, event, charges: Vec::new() })
}

/// Whether a partner suspended it, so that it can be resumed.
fn is_suspended(subscription: &Subscription, today: Date) -> bool {
    let is_stopped = subscription.canceled_on.is_some() || subscription.unpaid_since.is_some();
    subscription.state == SubscriptionState::Disabled && !is_stopped && today < subscription.ends_on
}

fn active(before: &Subscription) -> Result<(), Refusal> {
    let is_active = before.state == SubscriptionState::Active;
    if is_active { Ok(()) } else { Err(Refusal::Closed(ClosedReason::NotActive)) }
}

fn change_quantity(before: &Subscription, total: u32, footing: Footing<'_>) -> Result<Decision, Refusal> {
    let (least, most) = (QUANTITY_MIN, before.quantity_max);
    match total {
        total if total < least => {
            return Err(Refusal::OutOfRange { minimum: i64::from(least), maximum: i64::from(most) });
        }
        total if total < before.assigned && !may_shrink(before) => {
            return Err(Refusal::BelowAssigned { assigned: before.assigned });
        }
        total if total == before.quantity => return Err(Refusal::SameQuantity),
        total if total > most => return Err(Refusal::AboveMaximum { maximum: most }),
        _ => {}
    }
    if before.sale.is_some() {
        return change_quantity::carry_out(before, ChangeQuantity::now(total), footing);
    }
    let service_period = Period { start: footing.today(), end: before.ends_on };
    let amount = Money::zero(before.unit_price.currency);
    let event = Event::QuantityChanged { from: before.quantity, to: total, amount, service_period };
    let quantity_at_renewal = before.planned_beyond(total);
    let subscription = Subscription { quantity: total, quantity_at_renewal, ..before.clone() };
    Ok(Decision { subscription, event, charges: Vec::new() })
}

/// Whether licenses in use may go too: at volume licensing there are as many as the contract says from now on. Who is
/// one too many moves, or has the days of a conflict (T13, D1).
fn may_shrink(before: &Subscription) -> bool {
    before.channel == Channel::VolumePartner
}

fn edit_recurring_billing(before: &Subscription, on: bool) -> Result<(Subscription, Event), Refusal> {
    active(before)?;
    if before.recurring_billing == on {
        return Err(Refusal::NothingToChange);
    }
    let event = Event::RecurringBillingChanged { on, ends_on: before.ends_on };
    // What does not renew has nothing planned for its renewal (domain 1.3).
    let quantity_at_renewal = before.quantity_at_renewal.filter(|_| on);
    Ok((Subscription { recurring_billing: on, quantity_at_renewal, ..before.clone() }, event))
}

/// What was scheduled is dropped. Unless it is resumed, it is erased as if it had ended with its term.
fn suspend(before: &Subscription, cloud: Cloud, today: Date) -> Result<(Subscription, Event), Refusal> {
    active(before)?;
    let after = Subscription { state: SubscriptionState::Disabled, ..before.clone().with_nothing_planned() };
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
    use crate::ids::OrganizationId;
    use crate::money::Currency;
    use crate::subscription::Sale;
    use crate::subscription::due::{Due, Transition, next_due};
    use crate::subscription::tests_support::{charged, footing, on, subscription};
    use jiff::civil::date;
    use uuid::Uuid;

    const TODAY: Date = date(2020, 1, 25);

    /// What a reseller sold: 100 licenses until 15 January 2021, of which 60 are in use.
    fn sold() -> Subscription {
        Subscription { channel: Channel::Reseller, billed_until: None, ..subscription(100, 60) }
    }

    fn serve(before: &Subscription, service: Service) -> Result<Decision, Refusal> {
        serve_on(TODAY, before, service)
    }

    fn serve_on(day: Date, before: &Subscription, service: Service) -> Result<Decision, Refusal> {
        let charged = charged(before, day);
        decide(before, service, Cloud::Worldwide, footing(&on(day), &charged))
    }

    /// What it sold here: 100 licenses at 8.00 a month.
    fn sold_here() -> Subscription {
        let partner_id = OrganizationId::from_uuid(Uuid::from_u128(4));
        let sale = Sale { partner_id, unit_price: Money::new(800, Currency::Eur) };
        Subscription { sale: Some(sale), billed_until: Some(date(2020, 2, 15)), ..sold() }
    }

    /// T13: volume licensing takes licenses away that are in use; a reseller does not.
    #[test]
    fn volume_licensing_takes_licenses_away_that_are_in_use() {
        let fewer = |channel| serve(&Subscription { channel, ..sold() }, Service::Quantity(59));
        assert_eq!(fewer(Channel::VolumePartner).map(|decision| decision.subscription.quantity), Ok(59));
        assert_eq!(fewer(Channel::Reseller).map(drop), Err(Refusal::BelowAssigned { assigned: 60 }));
    }

    /// R68, domain 4.9: what was sold here costs the partner: 5 × 8.00 × 21/31 = 27.10 for more, the same back for fewer.
    #[test]
    fn a_partner_pays_for_what_it_adds() {
        let more = serve(&sold_here(), Service::Quantity(105)).expect("it is active");
        let amounts = |decision: &Decision| decision.charges.iter().map(|line| line.amount.minor).collect::<Vec<_>>();
        assert_eq!((more.subscription.quantity, amounts(&more)), (105, vec![2_710]));
        let fewer = serve(&sold_here(), Service::Quantity(95)).expect("it is active");
        assert_eq!((fewer.subscription.quantity, amounts(&fewer)), (95, vec![-2_710]));
        let refused = |total| serve(&sold_here(), Service::Quantity(total)).expect_err("it is refused");
        assert_eq!(refused(59), Refusal::BelowAssigned { assigned: 60 });
        assert_eq!(refused(100), Refusal::SameQuantity);
    }

    /// Domain 1.12: billing goes on while it is suspended, and nothing is charged for giving access back.
    #[test]
    fn billing_goes_on_while_it_is_suspended() {
        let suspended = serve(&sold_here(), Service::Suspend).expect("it is active").subscription;
        let bills = Due { transition: Transition::Bill, on: date(2020, 2, 15) };
        assert_eq!(next_due(&suspended, Cloud::Worldwide), Some(bills));
        let resumed = serve(&suspended, Service::Resume).expect("it is suspended");
        assert_eq!((resumed.subscription.state, resumed.charges), (SubscriptionState::Active, Vec::new()));
        let billed = Subscription { billed_until: Some(suspended.ends_on), ..suspended };
        let settles = Due { transition: Transition::Settle, on: date(2021, 2, 14) };
        assert_eq!(next_due(&billed, Cloud::Worldwide), Some(settles));
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
        let late = serve_on(date(2021, 1, 15), &suspended, Service::Resume);
        assert_eq!(late, Err(Refusal::NothingToChange), "its term is over: the partner sells a new one");
        let deleted = Subscription { state: SubscriptionState::Deleted, ..sold() };
        assert_eq!(serve(&deleted, Service::Resume), Err(Refusal::Closed(ClosedReason::Deleted)));
    }

    /// R160, domain 1.9: what is done with the base is done with its add-ons, and not with them alone; their licenses
    /// are their own.
    #[test]
    fn an_add_on_follows_its_base() {
        let add_on = Subscription { base_id: Some(sold_here().id), ..sold_here() };
        for service in [Service::Suspend, Service::Resume, Service::RecurringBilling(false)] {
            assert_eq!(serve(&add_on, service), Err(Refusal::Closed(ClosedReason::FollowsBase)));
        }
        assert_eq!(serve(&add_on, Service::Quantity(105)).map(|more| more.subscription.quantity), Ok(105));
        let followed = |service| follow(&add_on, service, Cloud::Worldwide, TODAY);
        let suspended = followed(Service::Suspend).expect("it is active").subscription;
        assert_eq!(suspended.state, SubscriptionState::Disabled);
        let resumed = follow(&suspended, Service::Resume, Cloud::Worldwide, TODAY).expect("it is suspended");
        assert_eq!(resumed.subscription, add_on);
        assert_eq!(followed(Service::Resume), None, "it is there already");
        assert_eq!(followed(Service::Quantity(105)), None);
    }

    /// Domain 1.3: what does not renew has nothing planned for its renewal.
    #[test]
    fn what_does_not_renew_drops_what_was_planned() {
        let planned = Subscription { quantity_at_renewal: Some(80), ..sold_here() };
        let off = serve(&planned, Service::RecurringBilling(false)).expect("it renews").subscription;
        assert_eq!((off.recurring_billing, off.quantity_at_renewal), (false, None));
    }
}
