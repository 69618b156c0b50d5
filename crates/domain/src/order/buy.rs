//! Buy a subscription (domain 1.8, R14, R73).

use super::{Order, OrderKind};
use crate::billing::charge::{ChargeKind, NewCharge};
use crate::billing::{BillingRules, Moment};
use crate::catalog::{Price, Product, Sku, SkuKind};
use crate::event::Event;
use crate::ids::{BillingProfileId, PriceId};
use crate::limits::{CONFIRMATION_HOURS, QUANTITY_MIN, START_DAYS_MAX};
use crate::money::Money;
use crate::refusal::Refusal;
use crate::self_service::eligibility::Right;
use crate::self_service::limits::Allowance;
use crate::subscription::begin::{self, New};
use crate::subscription::{Channel, CreditCheck, Decision, Subscription, SubscriptionState, first_term_end};
use crate::time::{Period, period_containing};
use jiff::civil::Date;
use jiff::{SignedDuration, Timestamp, ToSpan};

/// What the buyer chose.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Buy {
    /// Licenses.
    pub quantity: u32,
    /// The price that the buyer saw; another one now is a [`Refusal::PriceChanged`].
    pub price_id: PriceId,
}

/// What the purchase costs for its first billing period, or why it cannot be made.
///
/// # Errors
/// [`Refusal::EndOfSale`], [`Refusal::UnknownChoice`] for what only users buy for their team, [`Refusal::NoPrice`],
/// [`Refusal::PriceChanged`], [`Refusal::OutOfRange`], [`Refusal::AboveMaximum`].
pub fn decide(product: &Product, sku: &Sku, current_price: Option<&Price>, command: Buy) -> Result<Money, Refusal> {
    amount_of(SkuKind::Central, product, sku, current_price, command)
}

/// Likewise for a user who buys for the team: only what is sold to users, and only where the organization allows it
/// (domain 5.1, 5.3; R16, R105). `right` is what holds at this moment, whatever held when the page was drawn.
///
/// # Errors
/// As [`decide`], [`Refusal::NotEligible`], [`Refusal::SelfServiceNotAllowed`] and [`Refusal::AboveBuyerLimit`].
pub fn decide_for_oneself(
    product: &Product,
    sku: &Sku,
    current_price: Option<&Price>,
    command: Buy,
    right: Right,
    allowance: Allowance,
) -> Result<Money, Refusal> {
    if !right?.allows_purchase() {
        return Err(Refusal::SelfServiceNotAllowed);
    }
    // An add-on comes with what the organization has (domain 1.9).
    if product.kind.is_add_on() {
        return Err(Refusal::UnknownChoice);
    }
    allowance.check(command.quantity)?;
    amount_of(SkuKind::SelfService, product, sku, current_price, command)
}

pub(crate) fn amount_of(
    kind: SkuKind,
    product: &Product,
    sku: &Sku,
    current_price: Option<&Price>,
    command: Buy,
) -> Result<Money, Refusal> {
    if product.retired_at.is_some() {
        return Err(Refusal::EndOfSale);
    }
    if sku.kind != kind {
        return Err(Refusal::UnknownChoice);
    }
    let price = current_price.ok_or(Refusal::NoPrice)?;
    if price.id != command.price_id {
        return Err(Refusal::PriceChanged);
    }
    if command.quantity < QUANTITY_MIN {
        return Err(Refusal::OutOfRange { minimum: i64::from(QUANTITY_MIN), maximum: i64::from(sku.quantity_max) });
    }
    if command.quantity > sku.quantity_max {
        return Err(Refusal::AboveMaximum { maximum: sku.quantity_max });
    }
    price.unit_price.times(i64::from(command.quantity)).ok_or(Refusal::AboveMaximum { maximum: sku.quantity_max })
}

/// Checks the day on which the buyer wants a purchase to start (T11, R163), and gives the day on which it does.
/// `starts_at_once`: it is an add-on, what was tried, or what a user buys for the team.
///
/// # Errors
/// [`Refusal::StartsAtOnce`], [`Refusal::StartsBetween`].
pub fn start_day(wanted: Option<Date>, today: Date, starts_at_once: bool) -> Result<Date, Refusal> {
    let day = wanted.unwrap_or(today);
    let until = today.saturating_add(START_DAYS_MAX.days());
    match (today..=until).contains(&day) {
        _ if starts_at_once && day != today => Err(Refusal::StartsAtOnce),
        true => Ok(day),
        false => Err(Refusal::StartsBetween { from: today, until }),
    }
}

/// What a purchase will bring, said before the button is pressed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct PurchasePreview {
    /// What the first billing period costs. Without tax.
    pub amount: Money,
    /// The days that it covers: a whole billing period, or of an add-on what is left of that of its base.
    pub service_period: Period,
    /// What every billing period after it costs.
    pub per_period: Money,
    /// The day on which the commitment ends and the subscription renews.
    pub renews_on: Date,
}

/// What a purchase that starts on a day will bring, once [`decide`] gave the amount of a whole billing period.
#[must_use]
pub fn preview(price: &Price, amount: Money, starts_on: Date) -> PurchasePreview {
    PurchasePreview {
        amount,
        service_period: period_containing(starts_on, price.billing_frequency.months(), starts_on),
        per_period: amount,
        renews_on: first_term_end(starts_on, price.term),
    }
}

/// Likewise of an add-on, which has the term of its base (domain 1.9).
#[must_use]
pub fn preview_add_on(base: &Subscription, first: &NewCharge, per_period: Money) -> PurchasePreview {
    PurchasePreview { amount: first.amount, service_period: first.service_period, per_period, renews_on: base.ends_on }
}

/// The subscription that an order makes from now on, what the journal says of it, and its first billing period. It
/// costs what was ordered, whatever the catalog says by now. An add-on has the anchor and the term of its base; what
/// was paid for it at once covers the days since it was ordered. What starts on a later day waits for it.
#[must_use]
pub fn start(
    order: &Order,
    base: Option<&Subscription>,
    channel: Channel,
    billing_profile_id: BillingProfileId,
    quantity_max: u32,
    moment: &Moment,
    rules: &BillingRules,
) -> Decision {
    let new = New {
        id: order.subscription_id,
        product_id: order.product_id,
        sku_id: order.sku_id,
        channel,
        quantity: u32::try_from(order.quantity).unwrap_or(0),
        quantity_max,
        term: order.term,
        billing_frequency: order.billing_frequency,
        unit_price: order.unit_price,
        billing_profile_id,
    };
    let is_paid_before = base.is_some() && order.payment_method_id.is_some();
    let day = if is_paid_before { ordered_on(order, moment) } else { moment.today };
    // The day of the purchase is charged whole, whatever the hour.
    let from_midnight = Moment::start_of(day, moment.zone.clone());
    let begun = match order.kind {
        // Where the old one stops, this one begins.
        OrderKind::Conversion => begin::charged(new, base, ChargeKind::Conversion, moment, rules),
        _ => begin::charged(new, base, ChargeKind::Purchase, &from_midnight, rules),
    };
    let subscription = Subscription {
        // Who buys for the team holds it (D3).
        holder: if channel == Channel::SelfService { order.ordered_by } else { None },
        payment_method_id: order.payment_method_id,
        order_id: Some(order.id),
        ..begun.subscription
    };
    let started = Decision { subscription, ..begun };
    match order.starts_on.filter(|day| *day > moment.today) {
        Some(day) => wait_for_day(started, day),
        None => started,
    }
}

/// What was bought to start on a later day: there to be seen, charged from that day on (T11, R163).
fn wait_for_day(started: Decision, on: Date) -> Decision {
    let subscription = Subscription {
        state: SubscriptionState::Scheduled,
        started_on: on,
        ends_on: first_term_end(on, started.subscription.term),
        billed_until: Some(on),
        ..started.subscription
    };
    let event = Event::SubscriptionScheduled {
        quantity: subscription.quantity,
        term: subscription.term,
        billing_frequency: subscription.billing_frequency,
        unit_price: subscription.unit_price,
        channel: subscription.channel,
        starts_on: on,
    };
    Decision { subscription, event, charges: Vec::new() }
}

/// The civil day of an order.
fn ordered_on(order: &Order, moment: &Moment) -> Date {
    order.ordered_at.to_zoned(moment.zone.clone()).date()
}

/// The subscription of an order that waits for its credit check: there to be seen, not to be used (domain 4.4).
#[must_use]
pub fn wait_for_check(started: Subscription) -> Subscription {
    Subscription {
        state: SubscriptionState::Pending,
        credit_check: Some(CreditCheck::Pending),
        billed_until: None,
        ..started
    }
}

/// Whether a payer who was asked to confirm has had long enough (domain 4.5).
#[must_use]
pub fn waited_long_enough(order: &Order, now: Timestamp) -> bool {
    now.duration_since(order.ordered_at) >= SignedDuration::from_hours(CONFIRMATION_HOURS)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::catalog::{BillingFrequency, Category, ProductKind, Term};
    use crate::ids::{ProductId, SkuId};
    use crate::money::Currency;
    use crate::self_service::eligibility::Ineligible;
    use crate::self_service::policy::SelfServicePolicy;
    use jiff::civil::date;
    use uuid::Uuid;

    fn shelf() -> (Product, Sku, Price) {
        let (product_id, sku_id) = (ProductId::from_uuid(Uuid::from_u128(1)), SkuId::from_uuid(Uuid::from_u128(2)));
        let product = Product {
            id: product_id,
            name: "Office".into(),
            category: Category::Productivity,
            description_en: String::new(),
            description_nl: String::new(),
            kind: ProductKind::Base,
            retired_at: None,
        };
        let sku =
            Sku { id: sku_id, product_id, part_number: "OFFICE".into(), kind: SkuKind::Central, quantity_max: 300 };
        let price = Price {
            id: PriceId::from_uuid(Uuid::from_u128(3)),
            sku_id,
            term: Term::Annual,
            billing_frequency: BillingFrequency::Monthly,
            unit_price: Money::new(1170, Currency::Eur),
            version: 1,
            valid_from: Timestamp::UNIX_EPOCH,
        };
        (product, sku, price)
    }

    #[test]
    fn a_purchase_costs_its_first_billing_period() {
        let (product, sku, price) = shelf();
        let buy = Buy { quantity: 25, price_id: price.id };
        assert_eq!(decide(&product, &sku, Some(&price), buy), Ok(Money::new(29_250, Currency::Eur)));
    }

    /// R16, R105, R115: a user buys what is sold to users, where the policy says Enabled; the organization buys the rest.
    #[test]
    fn who_buys_for_oneself_needs_the_policy() {
        let (product, central, price) = shelf();
        let team = Sku { kind: SkuKind::SelfService, ..central.clone() };
        let buy = Buy { quantity: 2, price_id: price.id };
        let allowance = |maximum| Allowance { licenses: 4, maximum };
        let decided =
            |sku: &Sku, policy| decide_for_oneself(&product, sku, Some(&price), buy, Ok(policy), allowance(Some(6)));
        assert_eq!(decided(&team, SelfServicePolicy::Enabled), Ok(Money::new(2_340, Currency::Eur)));
        for policy in [SelfServicePolicy::Disabled, SelfServicePolicy::OnlyTrialsWithoutPaymentMethod] {
            assert_eq!(decided(&team, policy), Err(Refusal::SelfServiceNotAllowed));
        }
        assert_eq!(decided(&central, SelfServicePolicy::Enabled), Err(Refusal::UnknownChoice));
        assert_eq!(decide(&product, &team, Some(&price), buy), Err(Refusal::UnknownChoice));
        let within = |right| decide_for_oneself(&product, &team, Some(&price), buy, right, allowance(Some(5)));
        let beyond = Err(Refusal::AboveBuyerLimit { maximum: 5, licenses: 4 });
        assert_eq!(within(Ok(SelfServicePolicy::Enabled)), beyond);
        // R179: who may not buy at all is told that.
        assert_eq!(within(Err(Ineligible::Guest)), Err(Refusal::NotEligible(Ineligible::Guest)));
    }

    #[test]
    fn a_preview_names_the_first_period_and_the_renewal() {
        let (_, _, price) = shelf();
        let amount = Money::new(29_250, Currency::Eur);
        let today = date(2020, 1, 31);
        let monthly = PurchasePreview {
            amount,
            service_period: Period { start: today, end: date(2020, 2, 29) },
            per_period: amount,
            renews_on: date(2021, 1, 31),
        };
        assert_eq!(preview(&price, amount, today), monthly);
        let yearly = Price { billing_frequency: BillingFrequency::Yearly, ..price };
        assert_eq!(preview(&yearly, amount, today).service_period.end, date(2021, 1, 31));
    }

    /// R163: today or a day of the year ahead, for what an organization buys on its own.
    #[test]
    fn the_day_on_which_a_purchase_starts() {
        let today = date(2020, 2, 29);
        let between = Err(Refusal::StartsBetween { from: today, until: date(2021, 2, 28) });
        assert_eq!(start_day(None, today, true), Ok(today));
        assert_eq!(start_day(Some(today), today, true), Ok(today));
        assert_eq!(start_day(Some(date(2021, 2, 28)), today, false), Ok(date(2021, 2, 28)));
        assert_eq!(start_day(Some(date(2021, 3, 1)), today, false), between);
        assert_eq!(start_day(Some(date(2020, 2, 28)), today, false), between);
        assert_eq!(start_day(Some(date(2020, 3, 1)), today, true), Err(Refusal::StartsAtOnce));
    }

    #[test]
    fn a_purchase_is_refused_with_its_reason() {
        let (mut product, mut sku, price) = shelf();
        let buy = |quantity| Buy { quantity, price_id: price.id };
        assert_eq!(decide(&product, &sku, Some(&price), buy(0)), Err(Refusal::OutOfRange { minimum: 1, maximum: 300 }));
        assert_eq!(decide(&product, &sku, Some(&price), buy(301)), Err(Refusal::AboveMaximum { maximum: 300 }));
        assert_eq!(decide(&product, &sku, None, buy(1)), Err(Refusal::NoPrice));
        let old = Buy { quantity: 1, price_id: PriceId::from_uuid(Uuid::from_u128(4)) };
        assert_eq!(decide(&product, &sku, Some(&price), old), Err(Refusal::PriceChanged));
        sku.kind = SkuKind::SelfService;
        assert_eq!(decide(&product, &sku, Some(&price), buy(1)), Err(Refusal::UnknownChoice));
        product.retired_at = Some(Timestamp::UNIX_EPOCH);
        assert_eq!(decide(&product, &sku, Some(&price), buy(1)), Err(Refusal::EndOfSale));
    }
}
