//! Change how often a subscription is charged (domain 1.2, R12).

use super::{Action, Decision, Offer, PriceAtRenewal, Subscription, offer_in};
use crate::access::{Actor, Reach};
use crate::billing::charge::{ChargeKind, NewCharge, charge, take_back, total};
use crate::billing::{Agreement, Footing};
use crate::catalog::Price;
use crate::event::Event;
use crate::money::Money;
use crate::organization::Cloud;
use crate::refusal::Refusal;
use crate::time::{Period, period_containing};
use jiff::civil::Date;

/// What another billing frequency will do and cost; the pane, the order and the invoice say the same.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FrequencyPreview {
    /// The day from which it counts: today under MOSA, the renewal under MCA.
    pub counts_from: Date,
    /// The lines of the invoice: what was charged for days to come goes back, and the new billing period is charged.
    pub charges: Vec<NewCharge>,
    /// What they come to; negative is a credit. Without tax, unless prices include it.
    pub cost_now: Money,
    /// The days that are charged anew.
    pub service_period: Period,
    /// What all licenses cost per billing period afterwards.
    pub per_period_after: Money,
}

/// Says what being charged by this price would do now. It is a price of the same SKU and term.
///
/// # Panics
/// When price times quantity leaves the range, which [`crate::limits`] keeps from happening.
#[must_use]
pub fn preview(subscription: &Subscription, price: &Price, footing: Footing<'_>) -> FrequencyPreview {
    let Footing { moment, rules, charged } = footing;
    let waits = rules.agreement == Agreement::Mca;
    let counts_from = if waits { subscription.ends_on } else { moment.today };
    let period = period_containing(subscription.started_on, price.billing_frequency.months(), counts_from);
    let quantity = subscription.quantity;
    let mut charges = Vec::new();
    if !waits {
        charges = take_back(ChargeKind::Conversion, quantity, charged, moment, rules);
        charges.push(charge(ChargeKind::Conversion, quantity, price.unit_price, period, moment, rules));
    }
    FrequencyPreview {
        counts_from,
        cost_now: total(&charges, Money::zero(price.unit_price.currency)),
        charges,
        service_period: Period { start: counts_from, ..period },
        per_period_after: price
            .unit_price
            .times(i64::from(quantity))
            .expect("limits keep price times quantity in range"),
    }
}

/// Decides on another billing frequency. `price` is what the catalog asks today for the same SKU and term.
///
/// # Errors
/// [`Refusal::Closed`]; [`Refusal::NothingToChange`] when it is charged so already, or will be from the renewal on;
/// [`Refusal::NoRenewal`] when there will be none and it could begin with one only.
pub fn decide(
    subscription: &Subscription,
    price: &Price,
    footing: Footing<'_>,
    actor: &Actor,
    reach: Reach,
    cloud: Cloud,
) -> Result<Decision, Refusal> {
    if let Offer::Closed(reason) = offer_in(cloud, Action::EditBillingFrequency, subscription, actor, reach) {
        return Err(Refusal::Closed(reason));
    }
    let (from, to) = (subscription.billing_frequency, price.billing_frequency);
    let scheduled = subscription.price_at_renewal.map(|agreed| agreed.billing_frequency);
    if scheduled.unwrap_or(from) == to {
        return Err(Refusal::NothingToChange);
    }
    let mut after = subscription.clone();
    after.price_at_renewal = None;
    if from == to {
        let event = Event::BillingFrequencyScheduled { from: to, to, on: subscription.ends_on };
        return Ok(Decision { subscription: after, event, charges: Vec::new() });
    }
    let FrequencyPreview { counts_from, charges, cost_now, service_period, .. } = preview(subscription, price, footing);
    let event = if counts_from > footing.today() {
        if !subscription.renews() {
            return Err(Refusal::NoRenewal);
        }
        after.price_at_renewal = Some(PriceAtRenewal { billing_frequency: to, unit_price: price.unit_price });
        Event::BillingFrequencyScheduled { from, to, on: counts_from }
    } else {
        (after.billing_frequency, after.unit_price) = (to, price.unit_price);
        after.billed_until = Some(service_period.end);
        Event::BillingFrequencyChanged { from, to, amount: cost_now, service_period }
    };
    Ok(Decision { subscription: after, event, charges })
}

#[cfg(test)]
mod tests {
    use super::super::tests_support::{RULES, admin, charged, footing, on, subscription};
    use super::super::{Channel, ClosedReason, SubscriptionState};
    use super::*;
    use crate::billing::BillingRules;
    use crate::catalog::{BillingFrequency, Term};
    use crate::ids::PriceId;
    use crate::money::Currency;
    use jiff::Timestamp;
    use jiff::civil::date;
    use uuid::Uuid;

    fn price(billing_frequency: BillingFrequency, minor: i64) -> Price {
        Price {
            id: PriceId::from_uuid(Uuid::from_u128(30)),
            sku_id: subscription(1, 0).sku_id,
            term: Term::Annual,
            billing_frequency,
            unit_price: Money::new(minor, Currency::Eur),
            version: 1,
            valid_from: Timestamp::UNIX_EPOCH,
        }
    }

    fn amounts(decision: &Decision) -> Vec<i64> {
        decision.charges.iter().map(|line| line.amount.minor).collect()
    }

    /// R12: on 25 January 21 of 31 days go back, 100 × 10.00 × 21/31, and 356 of the year's 366 days are charged at
    /// 110.00.
    #[test]
    fn from_monthly_to_yearly() {
        let before = subscription(100, 60);
        let (today, yearly) = (date(2020, 1, 25), price(BillingFrequency::Yearly, 11_000));
        let (moment, charged) = (on(today), charged(&before, today));
        let decision = decide(&before, &yearly, footing(&moment, &charged), &admin(), Reach::All, Cloud::Worldwide)
            .expect("it is open");
        assert_eq!(amounts(&decision), [-67_742, 1_069_945]);
        let service_period = Period { start: today, end: date(2021, 1, 15) };
        let (from, to) = (BillingFrequency::Monthly, BillingFrequency::Yearly);
        let amount = Money::new(1_002_203, Currency::Eur);
        assert_eq!(decision.event, Event::BillingFrequencyChanged { from, to, amount, service_period });
        let after = decision.subscription;
        assert_eq!((after.billing_frequency, after.unit_price.minor), (BillingFrequency::Yearly, 11_000));
        assert_eq!((after.billed_until, after.ends_on), (Some(date(2021, 1, 15)), date(2021, 1, 15)));
    }

    /// R12: back to monthly the rest of the year is credited as it was charged, and the rest of the month is charged.
    #[test]
    fn from_yearly_to_monthly() {
        let mut before = subscription(10, 6);
        (before.billing_frequency, before.unit_price) = (BillingFrequency::Yearly, Money::new(11_000, Currency::Eur));
        let (today, monthly) = (date(2020, 4, 1), price(BillingFrequency::Monthly, 1_000));
        let (moment, charged) = (on(today), charged(&before, today));
        let decision = decide(&before, &monthly, footing(&moment, &charged), &admin(), Reach::All, Cloud::Worldwide)
            .expect("it is open");
        // 10 × 110.00 × 289/366, and 10 × 10.00 × 14/31.
        assert_eq!(amounts(&decision), [-86_858, 4_516]);
        assert_eq!(decision.subscription.billed_until, Some(date(2020, 4, 15)));
    }

    /// Domain 1.2: under MCA it changes when the subscription renews, at the price that was agreed; the newest wish
    /// counts.
    #[test]
    fn under_mca_it_waits_for_the_renewal() {
        let (moment, mca) = (on(date(2020, 1, 25)), BillingRules::usual(Agreement::Mca));
        let ground = Footing { moment: &moment, rules: &mca, charged: &[] };
        let yearly = price(BillingFrequency::Yearly, 11_000);
        let ask = |subscription: &Subscription, price: &Price| {
            decide(subscription, price, ground, &admin(), Reach::All, Cloud::Worldwide)
        };
        let decision = ask(&subscription(100, 60), &yearly).expect("it is open");
        assert_eq!(decision.charges, []);
        let (from, to, on) = (BillingFrequency::Monthly, BillingFrequency::Yearly, date(2021, 1, 15));
        assert_eq!(decision.event, Event::BillingFrequencyScheduled { from, to, on });
        let after = decision.subscription;
        assert_eq!((after.billing_frequency, after.unit_price.minor), (BillingFrequency::Monthly, 1_000));
        let agreed = PriceAtRenewal { billing_frequency: to, unit_price: yearly.unit_price };
        assert_eq!(after.price_at_renewal, Some(agreed));
        assert_eq!(ask(&after, &yearly), Err(Refusal::NothingToChange));
        let back = ask(&after, &price(BillingFrequency::Monthly, 1_000)).expect("the plan is dropped");
        assert_eq!(back.event, Event::BillingFrequencyScheduled { from, to: from, on });
        assert_eq!(back.subscription.price_at_renewal, None);
        let ending = Subscription { recurring_billing: false, ..subscription(100, 60) };
        assert_eq!(ask(&ending, &yearly), Err(Refusal::NoRenewal), "domain 1.3");
    }

    /// Domain 7: in the cloud of Germany support does it.
    #[test]
    fn one_cloud_leaves_it_to_support() {
        let (yearly, moment) = (price(BillingFrequency::Yearly, 11_000), on(date(2020, 1, 25)));
        let ask = |cloud| {
            decide(&subscription(100, 60), &yearly, footing(&moment, &[]), &admin(), Reach::All, cloud)
                .map(|decision| decision.subscription.billing_frequency)
        };
        assert_eq!(ask(Cloud::Worldwide), Ok(BillingFrequency::Yearly));
        assert_eq!(ask(Cloud::Germany), Err(Refusal::Closed(ClosedReason::BySupport)));
        assert_eq!(ask(Cloud::Vianet21), Ok(BillingFrequency::Yearly));
    }

    /// R12: only while it is active, only where Zetel charges, and only to another frequency.
    #[test]
    fn each_reason_closes_it() {
        let yearly = price(BillingFrequency::Yearly, 11_000);
        let moment = on(date(2020, 1, 25));
        let refused = |edit: &dyn Fn(&mut Subscription)| {
            let mut subscription = subscription(100, 60);
            edit(&mut subscription);
            decide(&subscription, &yearly, footing(&moment, &[]), &admin(), Reach::All, Cloud::Worldwide)
                .map(|decision| decision.event)
        };
        let reason = |reason| Err(Refusal::Closed(reason));
        assert_eq!(refused(&|s| s.billing_frequency = BillingFrequency::Yearly), Err(Refusal::NothingToChange));
        assert_eq!(refused(&|s| s.state = SubscriptionState::Expired), reason(ClosedReason::NotActive));
        assert_eq!(refused(&|s| s.state = SubscriptionState::Deleted), reason(ClosedReason::Deleted));
        assert_eq!(refused(&|s| s.channel = Channel::ProductKey), reason(ClosedReason::PrepaidEnds));
        assert_eq!(refused(&|s| s.channel = Channel::Trial), reason(ClosedReason::TrialEnds));
        assert_eq!(refused(&|s| s.channel = Channel::Reseller), reason(ClosedReason::PartnerDecides));
        assert_eq!(refused(&|s| s.is_end_of_sale = true), reason(ClosedReason::EndOfSale));
        assert_eq!(RULES.agreement, Agreement::Mosa);
    }
}
