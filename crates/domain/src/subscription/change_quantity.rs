//! Change the number of licenses: the box asks the new total, not the difference (R25, R54); at once, or when the
//! subscription renews (domain 1.12, R163).

use super::change_start::{ChangeStart, check_start};
use super::{Action, Decision, Offer, Subscription, offer};
use crate::access::{Actor, Reach};
use crate::billing::charge::{Charge, ChargeKind, NewCharge, charge, take_back, total};
use crate::billing::{FewerLicenses, Footing};
use crate::event::Event;
use crate::limits::QUANTITY_MIN;
use crate::money::Money;
use crate::refusal::Refusal;
use crate::time::{Period, days_between};
use jiff::ToSpan;
use jiff::civil::Date;

/// "I want this many licenses in all."
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ChangeQuantity {
    /// The new total.
    pub total: u32,
    /// From when on. What cannot be given back any more waits for the renewal all the same.
    pub start: ChangeStart,
}

impl ChangeQuantity {
    /// This many from today on.
    #[must_use]
    pub const fn now(total: u32) -> Self {
        Self { total, start: ChangeStart::Now }
    }
}

/// What a change will do and cost; the pane, the order and later the invoice say the same.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct QuantityPreview {
    /// The total before.
    pub from: u32,
    /// The total after.
    pub to: u32,
    /// The day from which the new total counts.
    pub counts_from: Date,
    /// The lines of the invoice.
    pub charges: Vec<NewCharge>,
    /// What they come to; negative is a credit. Without tax, unless prices include it.
    pub cost_now: Money,
    /// The days that `cost_now` covers: from the day of the change, which counts for the new quantity (D16).
    pub service_period: Period,
    /// The whole billing period whose days divide the price.
    pub billing_period: Period,
    /// What the subscription costs per billing period before.
    pub per_period_before: Money,
    /// What it costs per billing period afterwards.
    pub per_period_after: Money,
    /// The total that stays planned for the renewal besides (domain 1.12).
    pub still_planned: Option<u32>,
}

impl QuantityPreview {
    /// The difference: positive buys, negative gives back.
    #[must_use]
    pub fn difference(&self) -> i64 {
        i64::from(self.to) - i64::from(self.from)
    }
}

/// Says what the change would cost now, whoever asks (D16, D17; domain 4.9).
#[must_use]
pub fn preview(subscription: &Subscription, command: ChangeQuantity, footing: Footing<'_>) -> QuantityPreview {
    let Footing { moment, rules, charged } = footing;
    // Where a clock went back over midnight, licenses are charged for the period that was charged already.
    let charged_through = subscription.billed_until.map_or(moment.today, |until| until.saturating_sub(1.day()));
    let billing_period = subscription.billing_period(moment.today.max(charged_through));
    let service_period = Period { start: moment.today.max(billing_period.start), ..billing_period };
    let waits = waits_for_renewal(subscription, command, footing);
    let (from, to) = (subscription.quantity, command.total);
    let charges = if waits || !subscription.is_charged() {
        Vec::new()
    } else if to >= from {
        let price = subscription.charged_price();
        vec![charge(ChargeKind::AddQuantity, to - from, price, billing_period, moment, rules)]
    } else {
        take_back(ChargeKind::RemoveQuantity, from - to, charged, moment, rules)
    };
    QuantityPreview {
        from,
        to,
        counts_from: if waits { subscription.ends_on } else { moment.today },
        cost_now: total(&charges, Money::zero(subscription.charged_price().currency)),
        charges,
        service_period,
        billing_period,
        per_period_before: subscription.price_per_period(from),
        per_period_after: subscription.price_per_period(to),
        still_planned: subscription.planned_beyond(to).filter(|_| !waits),
    }
}

/// Whether the change is one for the next term only: because somebody wants it so (domain 1.12), or because the
/// contract does (domain 4.9: MCA, after day 7).
fn waits_for_renewal(subscription: &Subscription, command: ChangeQuantity, footing: Footing<'_>) -> bool {
    let is_later =
        footing.rules.fewer_licenses == FewerLicenses::AtRenewal && takes_what_stays(subscription, command, footing);
    command.start == ChangeStart::AtRenewal || is_later
}

/// Whether licenses would go that cannot be given back any more: all can in the first days of a term, and later those
/// that were just added, while nothing newer is charged for them (domain 1.12).
fn takes_what_stays(subscription: &Subscription, command: ChangeQuantity, footing: Footing<'_>) -> bool {
    let fewer = i64::from(subscription.quantity) - i64::from(command.total);
    let may_go = |charge: &&Charge| {
        let days = days_between(charge.line.service_period.start, footing.today());
        charge.line.kind == ChargeKind::AddQuantity && footing.rules.refund_days.is_none_or(|max| days < i64::from(max))
    };
    let added: i64 = footing.charged.iter().take_while(may_go).map(|charge| charge.quantity_left).sum();
    fewer > added.max(0) && !subscription.is_refundable(footing)
}

/// Decides on a change of quantity.
///
/// # Errors
/// [`Refusal::Closed`] with the reason of domain 2.2, or why the total cannot be reached; [`Refusal::UnknownChoice`]
/// for a start that the agreement does not know.
pub fn decide(
    subscription: &Subscription,
    command: ChangeQuantity,
    footing: Footing<'_>,
    actor: &Actor,
    reach: Reach,
) -> Result<Decision, Refusal> {
    let action = if command.total >= subscription.quantity { Action::AddLicenses } else { Action::RemoveLicenses };
    // When every license is in use, the sentence about the total says more than the closed action.
    if command.total < subscription.assigned && offer(Action::AddLicenses, subscription, actor, reach) == Offer::Open {
        return Err(Refusal::BelowAssigned { assigned: subscription.assigned });
    }
    if let Offer::Closed(reason) = offer(action, subscription, actor, reach) {
        return Err(Refusal::Closed(reason));
    }
    if command.total < QUANTITY_MIN {
        return Err(Refusal::OutOfRange {
            minimum: i64::from(QUANTITY_MIN),
            maximum: i64::from(subscription.quantity_max),
        });
    }
    if command.total == subscription.quantity {
        return Err(Refusal::SameQuantity);
    }
    if command.total > subscription.quantity_max {
        return Err(Refusal::AboveMaximum { maximum: subscription.quantity_max });
    }
    check_start(subscription, command.start, footing.rules.agreement)?;
    carry_out(subscription, command, footing)
}

/// Makes a change whose total can be reached, as the contract of whoever is charged has it.
///
/// # Errors
/// [`Refusal::FewerLicensesRefused`], [`Refusal::NoRenewal`].
pub fn carry_out(
    subscription: &Subscription,
    command: ChangeQuantity,
    footing: Footing<'_>,
) -> Result<Decision, Refusal> {
    let (today, rules) = (footing.today(), footing.rules);
    if rules.fewer_licenses == FewerLicenses::Refused && takes_what_stays(subscription, command, footing) {
        return Err(Refusal::FewerLicensesRefused);
    }
    let preview = preview(subscription, command, footing);
    let mut after = subscription.clone();
    let event = if preview.counts_from > today {
        if !subscription.renews() {
            return Err(Refusal::NoRenewal);
        }
        after.quantity_at_renewal = Some(command.total);
        Event::QuantityScheduled { from: preview.from, to: preview.to, on: preview.counts_from }
    } else {
        (after.quantity, after.quantity_at_renewal) = (command.total, preview.still_planned);
        let (from, to) = (preview.from, preview.to);
        Event::QuantityChanged { from, to, amount: preview.cost_now, service_period: preview.service_period }
    };
    Ok(Decision { subscription: after, event, charges: preview.charges })
}

#[cfg(test)]
mod tests {
    use super::super::tests_support::{RULES, admin, charged, footing, on, subscription};
    use super::super::{Channel, ClosedReason, CreditCheck, SubscriptionState};
    use super::*;
    use crate::billing::{Agreement, BillingRules};
    use crate::ids::ChargeId;
    use crate::money::Currency;
    use jiff::civil::date;
    use proptest::prelude::*;

    const TODAY: Date = date(2020, 1, 25);

    fn change(subscription: &Subscription, total: u32) -> Result<Event, Refusal> {
        under(&RULES, subscription, total, TODAY).map(|decision| decision.event)
    }

    fn under(rules: &BillingRules, subscription: &Subscription, total: u32, today: Date) -> Result<Decision, Refusal> {
        let (charged, moment) = (charged(subscription, today), on(today));
        let footing = Footing { moment: &moment, rules, charged: &charged };
        decide(subscription, ChangeQuantity::now(total), footing, &admin(), Reach::All)
    }

    /// Domain 4.9, D6: under MCA fewer licenses bring a credit in the first seven days, and later wait for the renewal.
    #[test]
    fn fewer_licenses_under_mca() {
        let mca = BillingRules::usual(Agreement::Mca);
        let early = under(&mca, &subscription(100, 60), 95, date(2020, 1, 21)).expect("it is the seventh day");
        assert_eq!(early.charges.iter().map(|line| line.amount.minor).collect::<Vec<_>>(), [-4_032]);
        let late = under(&mca, &subscription(100, 60), 95, date(2020, 1, 22)).expect("it is scheduled");
        assert_eq!(late.event, Event::QuantityScheduled { from: 100, to: 95, on: date(2021, 1, 15) });
        assert_eq!((late.subscription.quantity, late.subscription.quantity_at_renewal), (100, Some(95)));
        assert_eq!(late.charges, []);
        let more = under(&mca, &late.subscription, 101, date(2020, 2, 1)).expect("more are bought at once");
        assert_eq!((more.subscription.quantity, more.subscription.quantity_at_renewal), (101, Some(95)));
        let ending = Subscription { recurring_billing: false, ..subscription(100, 60) };
        assert_eq!(under(&mca, &ending, 95, date(2020, 1, 22)), Err(Refusal::NoRenewal), "domain 1.3");
        assert!(under(&mca, &ending, 95, date(2020, 1, 21)).is_ok());
        let fixed = BillingRules { fewer_licenses: FewerLicenses::Refused, ..mca };
        assert_eq!(under(&fixed, &subscription(100, 60), 95, TODAY), Err(Refusal::FewerLicensesRefused));
        assert!(under(&fixed, &subscription(100, 60), 105, TODAY).is_ok());
    }

    /// R163, domain 1.12: under MCA any other number can wait for the renewal, also in the first days, and costs nothing
    /// before; under MOSA none can.
    #[test]
    fn what_waits_for_the_renewal() {
        let at = |rules: &BillingRules, subscription: &Subscription, total| {
            let (charged, moment) = (charged(subscription, date(2020, 1, 16)), on(date(2020, 1, 16)));
            let footing = Footing { moment: &moment, rules, charged: &charged };
            let command = ChangeQuantity { total, start: ChangeStart::AtRenewal };
            decide(subscription, command, footing, &admin(), Reach::All)
        };
        let (mca, before) = (BillingRules::usual(Agreement::Mca), subscription(100, 60));
        for total in [95, 105] {
            let planned = at(&mca, &before, total).expect("it is planned");
            assert_eq!(planned.event, Event::QuantityScheduled { from: 100, to: total, on: date(2021, 1, 15) });
            let after = planned.subscription;
            assert_eq!((after.quantity, after.quantity_at_renewal, planned.charges), (100, Some(total), vec![]));
        }
        assert_eq!(at(&mca, &before, 59), Err(Refusal::BelowAssigned { assigned: 60 }));
        assert_eq!(at(&mca, &before, 301), Err(Refusal::AboveMaximum { maximum: 300 }));
        let ending = Subscription { recurring_billing: false, ..before.clone() };
        assert_eq!(at(&mca, &ending, 105), Err(Refusal::NoRenewal));
        assert_eq!(at(&RULES, &before, 105), Err(Refusal::UnknownChoice));
        let retired = Subscription { is_end_of_sale: true, ..before };
        assert_eq!(at(&mca, &retired, 105), Err(Refusal::Closed(ClosedReason::EndOfSale)));
    }

    /// R163, domain 1.12: what is planned stays when the number changes at once, unless it is reached or passed by that; a
    /// new plan takes the place of the one before.
    #[test]
    fn what_is_planned_stays() {
        let (mca, day) = (BillingRules::usual(Agreement::Mca), date(2020, 1, 16));
        let after = |planned, total| {
            let before = Subscription { quantity_at_renewal: Some(planned), ..subscription(100, 60) };
            let after = under(&mca, &before, total, day).expect("it is the second day").subscription;
            assert_eq!(after.quantity, total);
            after.quantity_at_renewal
        };
        assert_eq!(
            [after(80, 105), after(80, 95), after(120, 105), after(120, 95)],
            [Some(80), Some(80), Some(120), Some(120)]
        );
        assert_eq!([after(80, 80), after(80, 70), after(120, 120), after(120, 130)], [None; 4]);
        let later = date(2020, 2, 1);
        let before = Subscription { quantity_at_renewal: Some(120), ..subscription(100, 60) };
        let fewer = under(&mca, &before, 90, later).expect("it is planned").subscription;
        assert_eq!((fewer.quantity, fewer.quantity_at_renewal), (100, Some(90)));
    }

    /// Domain 1.5, 1.9, D6: an add-on that was bought on 20 March has seven days from then on, whenever the term of its
    /// base began: 5 × 10.00 × 20/31 = 32.26 comes back.
    #[test]
    fn an_add_on_has_days_of_its_own_under_mca() {
        let (mca, bought) = (BillingRules::usual(Agreement::Mca), date(2020, 3, 20));
        let base = subscription(100, 60).id;
        let fewer = |add_on: &Subscription, day| {
            let period = add_on.billing_period(bought);
            let line = charge(ChargeKind::Purchase, 10, add_on.unit_price, period, &on(bought), &mca);
            let id = ChargeId::from_uuid(uuid::Uuid::from_u128(20));
            let made = [Charge::new(id, line, add_on.id, None, bought, bought)];
            let footing = Footing { moment: &on(day), rules: &mca, charged: &made };
            carry_out(add_on, ChangeQuantity::now(5), footing).expect("fewer may be")
        };
        let add_on = Subscription { base_id: Some(base), ..subscription(10, 0) };
        let early = fewer(&add_on, date(2020, 3, 26));
        assert_eq!(early.charges.iter().map(|line| line.amount.minor).collect::<Vec<_>>(), [-3_226]);
        assert_eq!((early.subscription.quantity, early.subscription.quantity_at_renewal), (5, None));
        let late = fewer(&add_on, date(2020, 3, 27)).subscription;
        assert_eq!((late.quantity, late.quantity_at_renewal), (10, Some(5)));
        let alone = fewer(&subscription(10, 0), date(2020, 3, 26)).subscription;
        assert_eq!(alone.quantity, 10, "its term began in January");
    }

    /// Domain 1.12, 4.9: under MCA five licenses that were added on 20 March go within seven days, 5 × 10.00 × 20/31 =
    /// 32.26; a sixth, and all of them later, stay until the renewal.
    #[test]
    fn what_was_just_added_goes_under_mca() {
        let (mca, added_on) = (BillingRules::usual(Agreement::Mca), date(2020, 3, 20));
        let after = subscription(105, 60);
        let from_to = |total, day| {
            let period = after.billing_period(added_on);
            let made = |id: u128, kind, quantity, from: Date| {
                let line = charge(kind, quantity, after.unit_price, period, &on(from), &mca);
                Charge::new(ChargeId::from_uuid(uuid::Uuid::from_u128(id)), line, after.id, None, from, from)
            };
            let charged = [
                made(21, ChargeKind::AddQuantity, 5, added_on),
                made(20, ChargeKind::PeriodicPayment, 100, period.start),
            ];
            let footing = Footing { moment: &on(day), rules: &mca, charged: &charged };
            let decision = carry_out(&after, ChangeQuantity::now(total), footing).expect("fewer may be");
            let credits: Vec<_> = decision.charges.iter().map(|line| line.amount.minor).collect();
            (decision.subscription.quantity, decision.subscription.quantity_at_renewal, credits)
        };
        assert_eq!(from_to(100, date(2020, 3, 26)), (100, None, vec![-3_226]));
        assert_eq!(from_to(99, date(2020, 3, 26)), (105, Some(99), vec![]));
        assert_eq!(from_to(100, date(2020, 3, 27)), (105, Some(100), vec![]));
    }

    /// R25, R54: the total is asked, not the difference. Domain 4.9: 5 × 10.00 × 21/31 = 33.87.
    #[test]
    fn from_100_to_105_adds_5() {
        let event = change(&subscription(100, 60), 105);
        let service_period = Period { start: TODAY, end: date(2020, 2, 15) };
        assert_eq!(
            event,
            Ok(Event::QuantityChanged { from: 100, to: 105, amount: Money::new(3387, Currency::Eur), service_period })
        );
    }

    /// R54: 95 removes 5, and the rest of the period is credited.
    #[test]
    fn from_100_to_95_removes_5() {
        let event = change(&subscription(100, 60), 95);
        let service_period = Period { start: TODAY, end: date(2020, 2, 15) };
        assert_eq!(
            event,
            Ok(Event::QuantityChanged { from: 100, to: 95, amount: Money::new(-3387, Currency::Eur), service_period })
        );
    }

    /// R50, R51: never below what is assigned; D9: one is the least.
    #[test]
    fn the_total_stays_between_the_assigned_and_the_maximum() {
        assert_eq!(change(&subscription(100, 96), 95), Err(Refusal::BelowAssigned { assigned: 96 }));
        assert_eq!(change(&subscription(100, 100), 99), Err(Refusal::BelowAssigned { assigned: 100 }));
        assert!(change(&subscription(100, 95), 95).is_ok());
        assert_eq!(change(&subscription(100, 0), 0), Err(Refusal::OutOfRange { minimum: 1, maximum: 300 }));
        assert_eq!(change(&subscription(100, 0), 100), Err(Refusal::SameQuantity));
        assert_eq!(change(&subscription(100, 0), 301), Err(Refusal::AboveMaximum { maximum: 300 }));
    }

    /// R61, R64, R66, R68, R69: the five reasons of the seed's table, and the state.
    #[test]
    fn each_reason_closes_the_change() {
        let closed = |edit: &dyn Fn(&mut Subscription)| {
            let mut subscription = subscription(100, 60);
            edit(&mut subscription);
            match change(&subscription, 105) {
                Err(Refusal::Closed(reason)) => reason,
                other => panic!("expected a closed action, got {other:?}"),
            }
        };
        assert_eq!(closed(&|s| s.credit_check = Some(CreditCheck::Pending)), ClosedReason::CreditCheckPending);
        assert_eq!(closed(&|s| s.channel = Channel::ProductKey), ClosedReason::PrepaidKey);
        assert_eq!(closed(&|s| s.channel = Channel::VolumePartner), ClosedReason::VolumePartner);
        assert_eq!(closed(&|s| s.channel = Channel::Reseller), ClosedReason::Reseller);
        assert_eq!(closed(&|s| s.channel = Channel::Trial), ClosedReason::Trial);
        assert_eq!(closed(&|s| s.is_end_of_sale = true), ClosedReason::EndOfSale);
        assert_eq!(closed(&|s| s.state = SubscriptionState::Expired), ClosedReason::NotActive);
        assert_eq!(closed(&|s| s.state = SubscriptionState::Deleted), ClosedReason::Deleted);
        assert_eq!(
            closed(&|s| s.holder = Some(crate::ids::UserId::from_uuid(uuid::Uuid::from_u128(77)))),
            ClosedReason::SelfServiceOfOther
        );
    }

    /// D16: a clock that goes back over midnight, after a period was charged, leaves no license uncharged for it.
    #[test]
    fn a_clock_that_goes_back_loses_no_period() {
        let charged_ahead = Subscription { billed_until: Some(date(2020, 3, 15)), ..subscription(100, 60) };
        let decision = under(&RULES, &charged_ahead, 105, date(2020, 2, 14)).expect("more licenses");
        let period = Period { start: date(2020, 2, 15), end: date(2020, 3, 15) };
        let lines: Vec<_> = decision.charges.iter().map(|line| (line.service_period, line.amount)).collect();
        assert_eq!(lines, [(period, Money::new(5_000, Currency::Eur))]);
    }

    #[test]
    fn the_role_is_asked_first() {
        let mut prepaid = subscription(100, 60);
        prepaid.channel = Channel::ProductKey;
        let refused = decide(&prepaid, ChangeQuantity::now(105), footing(&on(TODAY), &[]), &admin(), Reach::Own);
        assert_eq!(refused, Err(Refusal::Closed(ClosedReason::RoleNotAllowed)));
    }

    proptest! {
        /// D2 and preview = order = invoice lines: whatever is accepted keeps the invariant and says the same amount as the preview.
        #[test]
        fn an_accepted_change_keeps_assigned_within_quantity(quantity in 1u32..300, assigned in 0u32..300, total in 0u32..400, day in 0i64..800) {
            prop_assume!(assigned <= quantity);
            let today = date(2020, 1, 15).saturating_add(jiff::ToSpan::days(day));
            let subscription = subscription(quantity, assigned);
            let (charged, moment) = (charged(&subscription, today), on(today));
            let previewed = preview(&subscription, ChangeQuantity::now(total), footing(&moment, &charged));
            if let Ok(decision) = under(&RULES, &subscription, total, today) {
                let Event::QuantityChanged { to, amount, from, service_period } = decision.event else {
                    panic!("MOSA changes at once")
                };
                prop_assert_eq!(decision.subscription.quantity, to);
                prop_assert_eq!(&decision.charges, &previewed.charges);
                prop_assert!(assigned <= to && to <= subscription.quantity_max && from == quantity);
                prop_assert_eq!(amount, previewed.cost_now);
                prop_assert_eq!(service_period, previewed.service_period);
                prop_assert_eq!(amount.minor.signum(), (i64::from(to) - i64::from(from)).signum());
            }
        }
    }
}
