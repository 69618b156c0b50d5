//! Extend the end date of a prepaid subscription: by a key, or by one more term that is paid now (R86, R87; domain 3).

use super::{Action, Decision, Offer, Subscription, SubscriptionState, offer};
use crate::access::{Actor, Reach};
use crate::billing::charge::{ChargeKind, charge};
use crate::billing::{BillingRules, Moment};
use crate::catalog::{Price, Term};
use crate::event::Event;
use crate::ids::PriceId;
use crate::money::Money;
use crate::order::Order;
use crate::refusal::Refusal;
use crate::time::{Period, days_between, months_after, period_containing};
use jiff::civil::Date;
use jiff::tz::TimeZone;

/// One more term that can be bought.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Extension {
    /// Its days: from the end date on, to the new one.
    pub term: Period,
    /// Days of it that are over already, because the subscription ended before.
    pub days_over: i64,
    /// What it costs for the present number of licenses.
    pub amount: Money,
}

/// Whether a price pays for a whole term at once, as what is prepaid has to be.
#[must_use]
pub const fn is_prepaid(price: &Price) -> bool {
    price.term.months() == price.billing_frequency.months()
}

/// Decides what one more term brings and costs, at today's price for its SKU. `seen` is the price that the buyer saw.
///
/// # Errors
/// [`Refusal::Closed`] with its reason, [`Refusal::NoPrice`], [`Refusal::PriceChanged`], [`Refusal::UnknownChoice`] for
/// a price that does not pay for a whole term, [`Refusal::AboveMaximum`] where the amount leaves the range.
pub fn decide(
    subscription: &Subscription,
    current_price: Option<&Price>,
    seen: PriceId,
    actor: &Actor,
    reach: Reach,
    today: Date,
) -> Result<Extension, Refusal> {
    if let Offer::Closed(reason) = offer(Action::ExtendEndDate, subscription, actor, reach) {
        return Err(Refusal::Closed(reason));
    }
    let price = current_price.ok_or(Refusal::NoPrice)?;
    if price.id != seen {
        return Err(Refusal::PriceChanged);
    }
    if !is_prepaid(price) {
        return Err(Refusal::UnknownChoice);
    }
    let amount = price.unit_price.times(i64::from(subscription.quantity));
    let term = next_term(subscription, price.term, today);
    Ok(Extension {
        term,
        days_over: days_between(term.start, today).clamp(0, term.days()),
        amount: amount.ok_or(Refusal::AboveMaximum { maximum: subscription.quantity_max })?,
    })
}

/// The subscription with the term that an order paid for, what the journal says, and the line of the invoice. It costs
/// what was ordered, whatever the price list says by now.
///
/// # Errors
/// [`Refusal::Closed`] when it was deleted meanwhile: nothing brings it back.
pub fn extend(
    order: &Order,
    before: &Subscription,
    today: Date,
    zone: &TimeZone,
    rules: &BillingRules,
) -> Result<Decision, Refusal> {
    if before.state == SubscriptionState::Deleted {
        return Err(Refusal::Closed(super::ClosedReason::Deleted));
    }
    let term = next_term(before, order.term, today);
    let at_start = Moment::start_of(term.start, zone.clone());
    let quantity = u32::try_from(order.quantity).unwrap_or(0);
    let line = charge(ChargeKind::Renewal, quantity, order.unit_price, term, &at_start, rules);
    let event = Event::SubscriptionRenewed { term, amount: line.amount, service_period: term, quantity: None };
    Ok(Decision { subscription: ending_on(before, term.end), event, charges: vec![line] })
}

/// The subscription with a later end date; what had ended is active again.
#[must_use]
pub fn ending_on(subscription: &Subscription, ends_on: Date) -> Subscription {
    Subscription {
        ends_on,
        state: SubscriptionState::Active,
        canceled_on: None,
        unpaid_since: None,
        // What a card will pay for begins after what was prepaid.
        billed_until: subscription.billed_until.map(|until| until.max(ends_on)),
        ..subscription.clone()
    }
}

fn next_term(subscription: &Subscription, term: Term, today: Date) -> Period {
    let start = beginning(subscription, today);
    let end = ends_after(subscription, std::iter::once(term.months()), today).last().copied();
    Period { start, end: end.unwrap_or(start) }
}

/// Where a term that extends begins: at the end date; when that is past, at the beginning of the month of the
/// subscription that runs now, so that its days of renewal stay (D19).
#[must_use]
pub fn beginning(subscription: &Subscription, today: Date) -> Date {
    if subscription.ends_on > today {
        return subscription.ends_on;
    }
    subscription.ends_on.max(period_containing(subscription.started_on, 1, today).start)
}

/// The end dates after each term that extends, given in months: they add up one after another (D11), counted from the
/// first day ever, so that the 31st comes back after a short month (D19).
#[must_use]
pub fn ends_after(subscription: &Subscription, terms: impl Iterator<Item = i32>, today: Date) -> Vec<Date> {
    let from = beginning(subscription, today);
    let anchor = subscription.started_on;
    let elapsed = period_containing(anchor, 1, from);
    let is_anchored = elapsed.start == from;
    let months = if is_anchored { (0..).find(|months| months_after(anchor, *months) >= from).unwrap_or(0) } else { 0 };
    let base = if is_anchored { anchor } else { from };
    terms
        .scan(months, |months, term| {
            *months += term;
            Some(months_after(base, *months))
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::super::tests_support::{RULES, admin, subscription};
    use super::super::{Channel, ClosedReason};
    use super::*;
    use crate::catalog::BillingFrequency;
    use crate::ids::{OrderId, SkuId};
    use crate::money::Currency;
    use crate::order::{OrderKind, OrderState};
    use jiff::Timestamp;
    use jiff::civil::date;
    use uuid::Uuid;

    /// Five prepaid licenses from 15 January 2020 to 15 January 2021.
    fn prepaid() -> Subscription {
        let mut prepaid = subscription(5, 3);
        (prepaid.channel, prepaid.recurring_billing, prepaid.billed_until) = (Channel::ProductKey, false, None);
        prepaid
    }

    fn price(term: Term, billing_frequency: BillingFrequency, minor: i64) -> Price {
        Price {
            id: PriceId::from_uuid(Uuid::from_u128(5)),
            sku_id: SkuId::from_uuid(Uuid::from_u128(3)),
            term,
            billing_frequency,
            unit_price: Money::new(minor, Currency::Eur),
            version: 1,
            valid_from: Timestamp::UNIX_EPOCH,
        }
    }

    fn order(subscription: &Subscription, price: &Price) -> Order {
        let amount = price.unit_price.times(i64::from(subscription.quantity)).expect("in range");
        Order {
            id: OrderId::from_uuid(Uuid::from_u128(6)),
            number: 2,
            kind: OrderKind::Renewal,
            state: OrderState::PaymentPending,
            subscription_id: subscription.id,
            product_id: subscription.product_id,
            sku_id: subscription.sku_id,
            price_id: Some(price.id),
            term: price.term,
            billing_frequency: price.billing_frequency,
            quantity: i64::from(subscription.quantity),
            starts_on: None,
            unit_price: price.unit_price,
            amount,
            tax: Money::zero(amount.currency),
            ordered_by: None,
            ordered_at: Timestamp::UNIX_EPOCH,
            payment_method_id: None,
            payment_reference: None,
            void_reason: None,
            base_id: None,
            billing_profile_id: None,
            revision: 1,
        }
    }

    fn choose(subscription: &Subscription, price: &Price, today: Date) -> Result<Extension, Refusal> {
        decide(subscription, Some(price), price.id, &admin(), Reach::All, today)
    }

    /// R87: one more year for all five licenses, from the end date on; what is decided is what is invoiced.
    #[test]
    fn one_more_term_is_paid_now() {
        let (before, yearly, today) =
            (prepaid(), price(Term::Annual, BillingFrequency::Yearly, 12_000), date(2020, 6, 1));
        let term = Period { start: date(2021, 1, 15), end: date(2022, 1, 15) };
        let amount = Money::new(60_000, Currency::Eur);
        assert_eq!(choose(&before, &yearly, today), Ok(Extension { term, days_over: 0, amount }));
        let extended = extend(&order(&before, &yearly), &before, today, &TimeZone::UTC, &RULES).expect("it is there");
        assert_eq!(extended.subscription, Subscription { ends_on: term.end, ..before });
        assert_eq!(extended.event, Event::SubscriptionRenewed { term, amount, service_period: term, quantity: None });
        let [line] = &extended.charges[..] else { panic!("one line") };
        assert_eq!((line.kind, line.amount, line.service_period), (ChargeKind::Renewal, amount, term));
        assert!(line.share.is_whole());
    }

    /// D19: a month longer than 31 January ends on 28 February, and the next one on 31 March.
    #[test]
    fn the_anchor_stays() {
        let mut before = prepaid();
        (before.started_on, before.ends_on) = (date(2021, 1, 31), date(2022, 1, 31));
        let monthly = price(Term::Monthly, BillingFrequency::Monthly, 1_000);
        let first = choose(&before, &monthly, date(2021, 6, 1)).expect("it is open");
        assert_eq!(first.term.end, date(2022, 2, 28));
        let after = ending_on(&before, first.term.end);
        assert_eq!(choose(&after, &monthly, date(2021, 6, 1)).map(|next| next.term.end), Ok(date(2022, 3, 31)));
    }

    /// What ended is active again, without a gap within its running month; the days that are over are said.
    #[test]
    fn what_ended_comes_back() {
        let mut before = prepaid();
        before.state = SubscriptionState::Expired;
        let (yearly, today) = (price(Term::Annual, BillingFrequency::Yearly, 12_000), date(2021, 1, 25));
        let extension = choose(&before, &yearly, today).expect("it is open");
        assert_eq!((extension.term.end, extension.days_over), (date(2022, 1, 15), 10));
        let extended = extend(&order(&before, &yearly), &before, today, &TimeZone::UTC, &RULES).expect("it is there");
        assert_eq!(extended.subscription.state, SubscriptionState::Active);
        before.state = SubscriptionState::Deleted;
        let refused = extend(&order(&before, &yearly), &before, today, &TimeZone::UTC, &RULES);
        assert_eq!(refused, Err(Refusal::Closed(ClosedReason::Deleted)));
    }

    #[test]
    fn it_is_refused_with_its_reason() {
        let (before, today) = (prepaid(), date(2020, 6, 1));
        let yearly = price(Term::Annual, BillingFrequency::Yearly, 12_000);
        let refused = |subscription: &Subscription, price: Option<&Price>, seen, reach| {
            decide(subscription, price, seen, &admin(), reach, today).expect_err("it is refused")
        };
        let own = refused(&before, Some(&yearly), yearly.id, Reach::Own);
        assert_eq!(own, Refusal::Closed(ClosedReason::RoleNotAllowed));
        let by_card = Subscription { channel: Channel::Direct, ..prepaid() };
        let not_prepaid = refused(&by_card, Some(&yearly), yearly.id, Reach::All);
        assert_eq!(not_prepaid, Refusal::Closed(ClosedReason::NotPrepaid));
        assert_eq!(refused(&before, None, yearly.id, Reach::All), Refusal::NoPrice);
        let old = PriceId::from_uuid(Uuid::from_u128(4));
        assert_eq!(refused(&before, Some(&yearly), old, Reach::All), Refusal::PriceChanged);
        let by_the_month = price(Term::Annual, BillingFrequency::Monthly, 1_000);
        assert_eq!(refused(&before, Some(&by_the_month), by_the_month.id, Reach::All), Refusal::UnknownChoice);
    }
}
