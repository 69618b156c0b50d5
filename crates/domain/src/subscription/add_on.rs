//! Add-ons (domain 1.9, R160). A traditional one belongs to one subscription, its base: it has the anchor, the term and
//! the end of that one, and whatever becomes of the base becomes of it. A standalone one has a life of its own, and is
//! only sold to who has a subscription that it fits.

use super::cancel::canceled;
use super::due::{Transition, delete};
use super::{Channel, Decision, Subscription, SubscriptionState};
use crate::billing::charge::{Charge, ChargeKind, NewCharge, charge, take_back};
use crate::billing::{BillingRules, Moment};
use crate::catalog::{BillingFrequency, ProductKind, Term};
use crate::ids::{OrganizationId, SubscriptionId};
use crate::money::Money;
use crate::refusal::{Field, Refusal};
use crate::time::period_containing;
use jiff::civil::Date;
use jiff::tz::TimeZone;

/// Whether a subscription whose product an add-on fits can have that add-on now. A traditional one is charged with it,
/// so that the organization has to buy the base here, and is not about to let another product take its place.
#[must_use]
pub fn can_have(base: &Subscription, kind: ProductKind) -> bool {
    match kind {
        ProductKind::Base => false,
        ProductKind::StandaloneAddOn => is_in_use(base),
        ProductKind::TraditionalAddOn => {
            let stays = base.plan_change.is_none() && base.plan_at_renewal.is_none();
            is_in_use(base) && stays && matches!(base.channel, Channel::Direct | Channel::DirectInvoice)
        }
    }
}

/// Whether a partner can sell an add-on that fits the product of a subscription: to what it sold here itself, which it
/// pays for. What the customer has from elsewhere it does not see.
#[must_use]
pub fn can_have_of_partner(base: &Subscription, partner: OrganizationId) -> bool {
    is_in_use(base) && base.sale.is_some_and(|sale| sale.partner_id == partner)
}

fn is_in_use(base: &Subscription) -> bool {
    base.state == SubscriptionState::Active && base.holder.is_none() && base.base_id.is_none()
}

/// The subscription to which what is bought will belong. `fitting` are those that can have it, `chosen` is the one that
/// the buyer named; where only one fits it need not be named.
///
/// # Errors
/// [`Refusal::NoBaseSubscription`] where none fits, [`Refusal::Required`] where several fit and none was chosen,
/// [`Refusal::BaseDoesNotFit`] for another one, [`Refusal::UnknownChoice`] for what belongs to none, and
/// [`Refusal::BaseTermDiffers`] where the add-on is sold for another term.
pub fn base_of(
    kind: ProductKind,
    term: Term,
    fitting: &[Subscription],
    chosen: Option<SubscriptionId>,
) -> Result<Option<&Subscription>, Refusal> {
    if kind.is_add_on() && fitting.is_empty() {
        return Err(Refusal::NoBaseSubscription);
    }
    let base = match (kind, chosen) {
        (ProductKind::Base | ProductKind::StandaloneAddOn, None) => return Ok(None),
        (ProductKind::Base | ProductKind::StandaloneAddOn, Some(_)) => return Err(Refusal::UnknownChoice),
        (ProductKind::TraditionalAddOn, Some(id)) => fitting.iter().find(|base| base.id == id),
        (ProductKind::TraditionalAddOn, None) if fitting.len() > 1 => return Err(Refusal::Required),
        (ProductKind::TraditionalAddOn, None) => fitting.first(),
    };
    match base {
        None => Err(Refusal::BaseDoesNotFit),
        Some(base) if base.term != term => Err(Refusal::BaseTermDiffers),
        Some(base) => Ok(Some(base)),
    }
}

/// Where a form says what is wrong with the base.
#[must_use]
pub const fn field_of(refusal: &Refusal) -> Option<Field> {
    match refusal {
        Refusal::Required | Refusal::UnknownChoice | Refusal::BaseDoesNotFit | Refusal::BaseTermDiffers => {
            Some(Field::BaseSubscription)
        }
        _ => None,
    }
}

/// What an add-on costs from the beginning of a day to the end of the billing period, which its base's anchor sets
/// (D16, D19).
#[must_use]
pub fn first_charge(
    base: &Subscription,
    (quantity, unit_price, billing_frequency): (u32, Money, BillingFrequency),
    day: Date,
    zone: &TimeZone,
    rules: &BillingRules,
) -> NewCharge {
    let period = period_containing(base.started_on, billing_frequency.months(), day);
    charge(ChargeKind::Purchase, quantity, unit_price, period, &Moment::start_of(day, zone.clone()), rules)
}

/// Whether an add-on takes a step of the calendar when its base does.
#[must_use]
pub const fn follows(add_on: &Subscription, transition: Transition) -> bool {
    use SubscriptionState as S;
    match transition {
        Transition::Renew | Transition::Expire => matches!(add_on.state, S::Active),
        Transition::Disable => matches!(add_on.state, S::Expired),
        Transition::Delete => matches!(add_on.state, S::Active | S::Expired | S::Disabled),
        Transition::Start
        | Transition::Bill
        | Transition::ChangePlan
        | Transition::BecomePaid
        | Transition::Settle
        | Transition::Erase => false,
    }
}

/// Whether an add-on takes a step of the calendar by itself: its billing periods and its people are its own, and so is
/// what follows from not paying it.
#[must_use]
pub const fn is_own(add_on: &Subscription, transition: Transition) -> bool {
    match transition {
        Transition::Bill | Transition::Settle | Transition::Erase => true,
        Transition::Delete => add_on.unpaid_since.is_some(),
        _ => false,
    }
}

/// An add-on with the anchor and the end of its base, which may have moved while the add-on was away and followed
/// nothing.
#[must_use]
pub fn with_dates_of(base: &Subscription, add_on: Subscription) -> Subscription {
    Subscription { started_on: base.started_on, ends_on: base.ends_on, ..add_on }
}

/// Ends an add-on whose base was gone when its order was posted: nothing of it is left, and all that was charged for it
/// goes back. `charged` is what was.
#[must_use]
pub fn withdraw(add_on: &Subscription, charged: &[Charge], moment: &Moment, rules: &BillingRules) -> Decision {
    let first_day = charged.first().map_or(moment.today, |charge| charge.line.service_period.start);
    let from_the_beginning = Moment::start_of(first_day, moment.zone.clone());
    let charges = take_back(ChargeKind::Cancellation, add_on.quantity, charged, &from_the_beginning, rules);
    let mut subscription = canceled(add_on, moment.today);
    let event = delete(&mut subscription, moment.today);
    Decision { subscription, event, charges }
}

#[cfg(test)]
mod tests {
    use super::super::tests_support::{RULES, admin, charged, on, subscription};
    use super::super::{Action, ClosedReason, Offer, PlanAtRenewal, offer};
    use super::*;
    use crate::access::Reach;
    use crate::event::Event;
    use crate::ids::{JobId, PriceId, UserId};
    use crate::money::Currency;
    use crate::organization::Cloud;
    use crate::subscription::due::{next_due, next_step};
    use crate::subscription::remind::{comes_on, next_reminder};
    use crate::time::Period;
    use jiff::civil::date;
    use uuid::Uuid;

    const KIND: ProductKind = ProductKind::TraditionalAddOn;

    fn numbered(id: u128) -> Subscription {
        Subscription { id: SubscriptionId::from_uuid(Uuid::from_u128(id)), ..subscription(100, 60) }
    }

    fn add_on() -> Subscription {
        Subscription { base_id: Some(subscription(1, 0).id), ..numbered(50) }
    }

    /// R160, domain 1.9: only active subscriptions of the organization; a traditional one only where it is bought here
    /// and stays what it is.
    #[test]
    fn what_can_have_an_add_on() {
        let both = |edit: &dyn Fn(&mut Subscription)| {
            let mut base = subscription(100, 60);
            edit(&mut base);
            (can_have(&base, KIND), can_have(&base, ProductKind::StandaloneAddOn))
        };
        assert_eq!(both(&|_| ()), (true, true));
        assert_eq!(both(&|s| s.channel = Channel::DirectInvoice), (true, true));
        for channel in [Channel::ProductKey, Channel::VolumePartner, Channel::Reseller, Channel::Trial] {
            assert_eq!(both(&|s| s.channel = channel), (false, true), "{channel}");
        }
        for state in SubscriptionState::ALL.iter().filter(|state| **state != SubscriptionState::Active) {
            assert_eq!(both(&|s| s.state = *state), (false, false), "{state}");
        }
        assert_eq!(both(&|s| s.holder = Some(UserId::from_uuid(Uuid::from_u128(5)))), (false, false));
        assert_eq!(both(&|s| s.base_id = Some(numbered(3).id)), (false, false));
        assert_eq!(both(&|s| s.plan_change = Some(JobId::from_uuid(Uuid::from_u128(5)))), (false, true));
        let agreed = PlanAtRenewal { price_id: PriceId::from_uuid(Uuid::from_u128(5)), quantity: 100 };
        assert_eq!(both(&|s| s.plan_at_renewal = Some(agreed)), (false, true));
        assert!(!can_have(&subscription(100, 60), ProductKind::Base));
    }

    /// R160, "Connect to subscription": one that fits needs no question, several do.
    #[test]
    fn the_base_is_chosen_where_several_fit() {
        let (first, second, other) = (numbered(1), numbered(2), numbered(3));
        let both = [first.clone(), second.clone()];
        let of = |fitting: &[Subscription], chosen: Option<&Subscription>| {
            base_of(KIND, Term::Annual, fitting, chosen.map(|base| base.id)).map(|base| base.map(|base| base.id))
        };
        assert_eq!(of(&both, Some(&second)), Ok(Some(second.id)));
        assert_eq!(of(&both[..1], None), Ok(Some(first.id)));
        assert_eq!(of(&both, None), Err(Refusal::Required));
        assert_eq!(of(&both, Some(&other)), Err(Refusal::BaseDoesNotFit));
        assert_eq!(of(&[], None), Err(Refusal::NoBaseSubscription));
        let monthly = base_of(KIND, Term::Monthly, &both, Some(first.id));
        assert_eq!(monthly, Err(Refusal::BaseTermDiffers));
        for (kind, fitting) in [(ProductKind::Base, &both[..0]), (ProductKind::StandaloneAddOn, &both[..])] {
            assert_eq!(base_of(kind, Term::Monthly, fitting, None), Ok(None));
            assert_eq!(base_of(kind, Term::Annual, fitting, Some(first.id)), Err(Refusal::UnknownChoice));
        }
        let none = base_of(ProductKind::StandaloneAddOn, Term::Annual, &[], None);
        assert_eq!(none, Err(Refusal::NoBaseSubscription));
    }

    /// R160, domain 4.9: 10 × 3.00 from 25 January to the base's 15 February: 21 of 31 days.
    #[test]
    fn the_first_charge_ends_with_the_billing_period_of_the_base() {
        let base = subscription(100, 60);
        let price = Money::new(300, Currency::Eur);
        let first = |frequency| {
            let line =
                first_charge(&base, (10, price, frequency), date(2020, 1, 25), &on(date(2020, 1, 25)).zone, &RULES);
            (line.amount.minor, line.service_period)
        };
        let until = |end| Period { start: date(2020, 1, 25), end };
        assert_eq!(first(BillingFrequency::Monthly), (2_032, until(date(2020, 2, 15))));
        assert_eq!(first(BillingFrequency::Yearly), (2_918, until(date(2021, 1, 15))), "356 of 366 days");
    }

    /// R160: what belongs to another subscription is changed there; its licenses are its own.
    #[test]
    fn it_follows_its_base() {
        let add_on = add_on();
        let of = |action| offer(action, &add_on, &admin(), Reach::All);
        for action in Action::ALL {
            let closed = Offer::Closed(ClosedReason::FollowsBase);
            let follows = matches!(
                action,
                Action::EditRecurringBilling
                    | Action::ChangePlan
                    | Action::Cancel
                    | Action::Reactivate
                    | Action::Delete
            );
            assert_eq!(of(*action) == closed, follows, "{action}");
        }
        for action in [Action::AddLicenses, Action::RemoveLicenses, Action::AssignLicenses] {
            assert_eq!(of(action), Offer::Open, "{action}");
        }
    }

    /// R160: the calendar charges its billing periods; the end of its term comes with its base, which also reminds.
    #[test]
    fn its_term_ends_with_its_base() {
        let cloud = Cloud::Worldwide;
        let mut add_on = add_on();
        assert_eq!(next_step(&add_on, cloud).map(|due| due.transition), Some(Transition::Bill));
        add_on.billed_until = Some(add_on.ends_on);
        assert_eq!(next_due(&add_on, cloud).map(|due| due.transition), Some(Transition::Renew));
        assert_eq!((next_step(&add_on, cloud), next_reminder(&add_on, cloud)), (None, None));
        assert_eq!(comes_on(&add_on, cloud), None);
        assert!(follows(&add_on, Transition::Renew) && !follows(&add_on, Transition::Disable));
        add_on.state = SubscriptionState::Expired;
        assert!(follows(&add_on, Transition::Disable) && !follows(&add_on, Transition::Renew));
        (add_on.state, add_on.assigned) = (SubscriptionState::Disabled, 0);
        assert_eq!(comes_on(&add_on, cloud), None, "it is erased with its base");
        add_on.unpaid_since = Some(date(2020, 3, 1));
        assert_eq!(comes_on(&add_on, cloud), Some(date(2020, 5, 30)), "what is not paid is erased all the same");
    }

    /// R160: two at once: what was charged for an add-on whose base is gone goes back whole, whatever day it is.
    #[test]
    fn what_has_no_base_any_more_is_withdrawn() {
        let charged = charged(&add_on(), date(2020, 1, 20));
        let decided = withdraw(&add_on(), &charged, &on(date(2020, 1, 21)), &RULES);
        assert_eq!(decided.charges.iter().map(|line| line.amount.minor).collect::<Vec<_>>(), [-100_000]);
        assert_eq!(decided.subscription.state, SubscriptionState::Deleted);
        assert_eq!(decided.event, Event::SubscriptionDeleted { on: date(2020, 1, 21), licenses_freed: 60 });
    }
}
