//! Change the plan: every person of a subscription moves to a new one of another product, and the old one ends (domain
//! 1.10, R161). The old one stops and the new one starts on the same day; what was charged for days to come goes back.

use super::cancel::canceled;
use super::change_start::ChangeStart;
use super::{Action, Decision, Offer, PlanAtRenewal, Subscription, first_term_end, offer_in};
use crate::access::{Actor, Reach};
use crate::billing::charge::{ChargeKind, NewCharge, charge, take_back, total};
use crate::billing::{Footing, Moment, Segment};
use crate::catalog::{Price, Product, Sku, SkuKind};
use crate::ids::PriceId;
use crate::money::Money;
use crate::order::Order;
use crate::order::buy::{Buy, amount_of, start};
use crate::organization::Cloud;
use crate::refusal::{Field, Refusal};
use crate::time::period_containing;
use jiff::civil::Date;

/// "I want this product instead, for so many people."
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ChangePlan {
    /// The version of the price that was seen: what is sold, for how long and how often it is charged.
    pub price_id: PriceId,
    /// Licenses of the new subscription.
    pub quantity: u32,
    /// When.
    pub start: ChangeStart,
}

/// The product to which people would go.
#[derive(Debug, Clone, Copy)]
pub struct Target<'a> {
    /// The product.
    pub product: &'a Product,
    /// What is sold.
    pub sku: &'a Sku,
    /// Today's price of what was seen; another version than that when it changed meanwhile.
    pub price: Option<&'a Price>,
    /// Whether it keeps what people made with the present product ([`crate::catalog::coverage`]).
    pub is_covered: bool,
}

/// What else decides whether a plan can be changed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Standing {
    /// People who need a license of the other product.
    pub people: u32,
    /// Whether the organization has another subscription of the present product.
    pub has_several: bool,
    /// Whether it has add-ons, which the other product may not fit.
    pub has_add_ons: bool,
    /// Whether something of it was due and is not paid.
    pub is_unpaid: bool,
    /// What kind of customer the organization is.
    pub segment: Segment,
}

impl Standing {
    /// Whether its plan can be changed at all.
    ///
    /// # Errors
    /// [`Refusal::PlanOfSegment`], [`Refusal::SeveralSubscriptions`], [`Refusal::HasAddOns`],
    /// [`Refusal::BalanceUnpaid`].
    pub const fn check(self) -> Result<(), Refusal> {
        match self {
            Self { segment: Segment::Government | Segment::Nonprofit, .. } => Err(Refusal::PlanOfSegment),
            Self { has_several: true, .. } => Err(Refusal::SeveralSubscriptions),
            Self { has_add_ons: true, .. } => Err(Refusal::HasAddOns),
            Self { is_unpaid: true, .. } => Err(Refusal::BalanceUnpaid),
            _ => Ok(()),
        }
    }
}

/// Whether a plan can be changed so, and the price at which.
///
/// # Errors
/// [`Refusal::Closed`]; those of [`Standing::check`]; [`Refusal::PlanTooLow`];
/// [`Refusal::EndOfSale`], [`Refusal::NoPrice`], [`Refusal::PriceChanged`] of the other product;
/// [`Refusal::OutOfRange`], [`Refusal::AboveMaximum`]; [`Refusal::BelowAssigned`] for fewer licenses than people.
pub fn check<'a>(
    subscription: &Subscription,
    command: ChangePlan,
    target: Target<'a>,
    standing: Standing,
    (actor, reach, cloud): (&Actor, Reach, Cloud),
) -> Result<&'a Price, Refusal> {
    if let Offer::Closed(reason) = offer_in(cloud, Action::ChangePlan, subscription, actor, reach) {
        return Err(Refusal::Closed(reason));
    }
    check_target(Buy { quantity: command.quantity, price_id: command.price_id }, target, standing)
}

/// Whether another product will do for the people of a subscription, whoever asks, and the price at which.
///
/// # Errors
/// Those of [`check`] but the first.
pub fn check_target<'a>(buy: Buy, target: Target<'a>, standing: Standing) -> Result<&'a Price, Refusal> {
    standing.check()?;
    if !target.is_covered {
        return Err(Refusal::PlanTooLow);
    }
    amount_of(SkuKind::Central, target.product, target.sku, target.price, buy)?;
    if buy.quantity < standing.people {
        return Err(Refusal::BelowAssigned { assigned: standing.people });
    }
    target.price.ok_or(Refusal::NoPrice)
}

/// What another plan will do and cost; the pane, the orders and the invoices say the same.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PlanPreview {
    /// The day on which the old one stops and the new one starts.
    pub counts_from: Date,
    /// What goes back of the old one: lines of a credit note, with amounts below nothing.
    pub credits: Vec<NewCharge>,
    /// What they come to.
    pub credit: Money,
    /// The first billing period of the new one.
    pub charge: NewCharge,
    /// What both come to; below nothing when more goes back. Without tax, unless prices include it.
    pub cost: Money,
    /// What the old one cost for each of its billing periods.
    pub per_period_before: Money,
    /// What the new one costs for each of its billing periods.
    pub per_period_after: Money,
    /// The first day after the first term of the new one.
    pub renews_on: Date,
}

/// Says what another plan would do.
///
/// # Panics
/// When price times quantity leaves the range, which [`crate::limits`] keeps from happening.
#[must_use]
pub fn preview(
    subscription: &Subscription,
    price: &Price,
    quantity: u32,
    at: ChangeStart,
    footing: Footing<'_>,
) -> PlanPreview {
    let rules = footing.rules;
    let moment = match at {
        ChangeStart::Now => footing.moment.clone(),
        ChangeStart::AtRenewal => Moment::start_of(subscription.ends_on, footing.moment.zone.clone()),
    };
    let counts_from = moment.today;
    let credits = take_back(ChargeKind::Conversion, subscription.quantity, footing.charged, &moment, rules);
    let period = period_containing(counts_from, price.billing_frequency.months(), counts_from);
    let charge = charge(ChargeKind::Conversion, quantity, price.unit_price, period, &moment, rules);
    let credit = total(&credits, Money::zero(price.unit_price.currency));
    PlanPreview {
        counts_from,
        cost: credit.plus(charge.amount).expect("limits keep what two subscriptions cost in range"),
        credits,
        credit,
        charge,
        per_period_before: subscription.price_per_period(subscription.quantity),
        per_period_after: price
            .unit_price
            .times(i64::from(quantity))
            .expect("limits keep price times quantity in range"),
        renews_on: first_term_end(counts_from, price.term),
    }
}

/// The subscription that is going to change when it renews. What else was planned for that day is dropped.
#[must_use]
pub fn schedule(subscription: &Subscription, price: &Price, quantity: u32) -> Subscription {
    Subscription {
        quantity_at_renewal: None,
        price_at_renewal: None,
        plan_at_renewal: Some(PlanAtRenewal { price_id: price.id, quantity }),
        ..subscription.clone()
    }
}

/// The old subscription and the new one.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Replaced {
    /// The old one: canceled, without people.
    pub ended: Subscription,
    /// What goes back of it.
    pub credits: Vec<NewCharge>,
    /// The new one, without people yet, and its first billing period.
    pub begun: Decision,
}

/// Replaces a subscription by the one of an order. It is paid and renewed as the old one was.
#[must_use]
pub fn replace(before: &Subscription, order: &Order, quantity_max: u32, footing: Footing<'_>) -> Replaced {
    let Footing { moment, rules, .. } = footing;
    let begun = start(order, None, before.channel, before.billing_profile_id, quantity_max, moment, rules);
    replace_by(before, begun, footing)
}

/// Replaces a subscription by what begins. It renews as the old one did.
#[must_use]
pub fn replace_by(before: &Subscription, mut begun: Decision, footing: Footing<'_>) -> Replaced {
    let Footing { moment, rules, charged } = footing;
    begun.subscription.recurring_billing = before.recurring_billing;
    Replaced {
        ended: Subscription {
            assigned: 0,
            conflicts: 0,
            plan_change: None,
            changed_to: Some(begun.subscription.id),
            ..canceled(before, moment.today)
        },
        credits: take_back(ChargeKind::Conversion, before.quantity, charged, moment, rules),
        begun,
    }
}

/// Where a form says what is wrong.
#[must_use]
pub const fn field_of(refusal: &Refusal) -> Option<Field> {
    match refusal {
        Refusal::BelowAssigned { .. } | Refusal::OutOfRange { .. } | Refusal::AboveMaximum { .. } => {
            Some(Field::Quantity)
        }
        Refusal::PlanTooLow | Refusal::EndOfSale => Some(Field::Product),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::super::tests_support::{admin, charged, footing, on, subscription};
    use super::super::{Channel, ClosedReason, CreditCheck, SubscriptionState};
    use super::*;
    use crate::catalog::{BillingFrequency, Category, ProductKind, Term};
    use crate::ids::{JobId, OrderId, ProductId, SkuId, SubscriptionId, UserId};
    use crate::money::Currency;
    use crate::order::{OrderKind, OrderState};
    use crate::time::Period;
    use jiff::Timestamp;
    use jiff::civil::date;
    use uuid::Uuid;

    const FINE: Standing =
        Standing { people: 60, has_several: false, has_add_ons: false, is_unpaid: false, segment: Segment::Commercial };

    struct Shelf {
        product: Product,
        sku: Sku,
        price: Price,
    }

    /// A suite of 25.00 a month for an annual term, at most 500 licenses.
    fn suite() -> Shelf {
        let (product_id, sku_id) = (ProductId::from_uuid(Uuid::from_u128(40)), SkuId::from_uuid(Uuid::from_u128(41)));
        Shelf {
            product: Product {
                id: product_id,
                name: "Suite".into(),
                category: Category::Productivity,
                description_en: String::new(),
                description_nl: String::new(),
                kind: ProductKind::Base,
                retired_at: None,
            },
            sku: Sku { id: sku_id, product_id, part_number: "SUITE".into(), kind: SkuKind::Central, quantity_max: 500 },
            price: Price {
                id: PriceId::from_uuid(Uuid::from_u128(42)),
                sku_id,
                term: Term::Annual,
                billing_frequency: BillingFrequency::Monthly,
                unit_price: Money::new(2_500, Currency::Eur),
                version: 1,
                valid_from: Timestamp::UNIX_EPOCH,
            },
        }
    }

    impl Shelf {
        fn target(&self) -> Target<'_> {
            Target { product: &self.product, sku: &self.sku, price: Some(&self.price), is_covered: true }
        }

        fn wish(&self, quantity: u32) -> ChangePlan {
            ChangePlan { price_id: self.price.id, quantity, start: ChangeStart::Now }
        }

        fn ask(&self, subscription: &Subscription, quantity: u32, standing: Standing) -> Result<Money, Refusal> {
            let asker = (&admin(), Reach::All, Cloud::Worldwide);
            check(subscription, self.wish(quantity), self.target(), standing, asker).map(|price| price.unit_price)
        }
    }

    fn order(shelf: &Shelf, quantity: u32) -> Order {
        Order {
            id: OrderId::from_uuid(Uuid::from_u128(50)),
            number: 1,
            kind: OrderKind::Conversion,
            state: OrderState::Posted,
            subscription_id: SubscriptionId::from_uuid(Uuid::from_u128(51)),
            product_id: shelf.product.id,
            sku_id: shelf.sku.id,
            price_id: Some(shelf.price.id),
            term: shelf.price.term,
            billing_frequency: shelf.price.billing_frequency,
            quantity: i64::from(quantity),
            starts_on: None,
            unit_price: shelf.price.unit_price,
            amount: Money::zero(Currency::Eur),
            tax: Money::zero(Currency::Eur),
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

    /// R161: on 25 January 100 × 10.00 × 21/31 comes back, and 70 × 25.00 begins on the same day; what is saved and what
    /// was said are the same lines.
    #[test]
    fn the_old_stops_and_the_new_starts_on_the_same_day() {
        let (before, today, shelf) = (subscription(100, 60), date(2020, 1, 25), suite());
        let (moment, made) = (on(today), charged(&before, today));
        let said = preview(&before, &shelf.price, 70, ChangeStart::Now, footing(&moment, &made));
        assert_eq!((said.counts_from, said.credit.minor, said.charge.amount.minor), (today, -67_742, 175_000));
        assert_eq!((said.cost.minor, said.renews_on), (107_258, date(2021, 1, 25)));
        assert_eq!((said.per_period_before.minor, said.per_period_after.minor), (100_000, 175_000));
        assert_eq!(said.charge.service_period, Period { start: today, end: date(2020, 2, 25) });

        let replaced = replace(&before, &order(&shelf, 70), shelf.sku.quantity_max, footing(&moment, &made));
        assert_eq!((&replaced.credits, &replaced.begun.charges), (&said.credits, &vec![said.charge]));
        assert!(replaced.credits.iter().all(|line| line.kind == ChargeKind::Conversion));
        let ended = replaced.ended;
        assert_eq!((ended.state, ended.canceled_on), (SubscriptionState::Disabled, Some(today)));
        assert_eq!((ended.assigned, ended.billed_until), (0, Some(today)));
        assert_eq!(ended.changed_to, Some(replaced.begun.subscription.id));
        let begun = replaced.begun.subscription;
        assert_eq!((begun.quantity, begun.quantity_max, begun.assigned), (70, 500, 0));
        assert_eq!((begun.started_on, begun.ends_on), (today, date(2021, 1, 25)));
        assert_eq!((begun.channel, begun.billed_until), (Channel::Direct, Some(date(2020, 2, 25))));
    }

    /// R161: whoever let the old one end lets the new one end, too.
    #[test]
    fn recurring_billing_stays_as_it_was() {
        let (mut before, shelf) = (subscription(10, 6), suite());
        before.recurring_billing = false;
        let moment = on(date(2020, 1, 25));
        assert!(!replace(&before, &order(&shelf, 10), 300, footing(&moment, &[])).begun.subscription.recurring_billing);
    }

    /// Domain 1.10, 1.12: at the renewal nothing comes back, and everything else that was planned is dropped.
    #[test]
    fn at_the_renewal() {
        let (mut before, shelf) = (subscription(100, 60), suite());
        (before.quantity_at_renewal, before.billed_until) = (Some(80), Some(before.ends_on));
        let moment = on(date(2020, 3, 1));
        let said = preview(&before, &shelf.price, 70, ChangeStart::AtRenewal, footing(&moment, &[]));
        assert_eq!((said.counts_from, said.credits.len(), said.cost.minor), (date(2021, 1, 15), 0, 175_000));
        let after = schedule(&before, &shelf.price, 70);
        assert_eq!(after.plan_at_renewal, Some(PlanAtRenewal { price_id: shelf.price.id, quantity: 70 }));
        assert_eq!((after.quantity_at_renewal, after.quantity), (None, 100));
    }

    /// R161: what closes it, whatever the other product is.
    #[test]
    fn each_reason_closes_it() {
        let refused = |edit: &dyn Fn(&mut Subscription)| {
            let mut before = subscription(100, 60);
            edit(&mut before);
            match suite().ask(&before, 70, FINE) {
                Err(Refusal::Closed(reason)) => reason,
                other => panic!("expected a closed action, got {other:?}"),
            }
        };
        assert_eq!(refused(&|s| s.credit_check = Some(CreditCheck::Pending)), ClosedReason::CreditCheckPending);
        assert_eq!(refused(&|s| s.channel = Channel::ProductKey), ClosedReason::PrepaidPlan);
        assert_eq!(refused(&|s| s.channel = Channel::VolumePartner), ClosedReason::PartnerDecides);
        assert_eq!(refused(&|s| s.channel = Channel::Reseller), ClosedReason::PartnerDecides);
        assert_eq!(refused(&|s| s.channel = Channel::Trial), ClosedReason::TrialEnds);
        assert_eq!(refused(&|s| s.state = SubscriptionState::Expired), ClosedReason::NotActive);
        assert_eq!(refused(&|s| s.state = SubscriptionState::Deleted), ClosedReason::Deleted);
        assert_eq!(refused(&|s| s.is_end_of_sale = true), ClosedReason::EndOfSale);
        assert_eq!(refused(&|s| s.quantity = 3_000), ClosedReason::TooManyLicenses);
        let job = JobId::from_uuid(Uuid::from_u128(60));
        assert_eq!(refused(&|s| s.plan_change = Some(job)), ClosedReason::PlanChangeRunning);
        let agreed = PlanAtRenewal { price_id: suite().price.id, quantity: 70 };
        assert_eq!(refused(&|s| s.plan_at_renewal = Some(agreed)), ClosedReason::PlanChangeScheduled);
        let buyer = |s: &mut Subscription| s.holder = Some(UserId::from_uuid(Uuid::from_u128(9)));
        assert_eq!(refused(&buyer), ClosedReason::SelfService);
        let other = |s: &mut Subscription| s.holder = Some(UserId::from_uuid(Uuid::from_u128(77)));
        assert_eq!(refused(&other), ClosedReason::SelfServiceOfOther);
        let reach = (&admin(), Reach::Own, Cloud::Worldwide);
        let shelf = suite();
        let own = check(&subscription(100, 60), shelf.wish(70), shelf.target(), FINE, reach);
        assert_eq!(own.err(), Some(Refusal::Closed(ClosedReason::RoleNotAllowed)));
        let largest = Subscription { quantity: 2_999, ..subscription(100, 60) };
        assert_eq!(suite().ask(&largest, 70, FINE).map(|price| price.minor), Ok(2_500));
    }

    /// R161: what the other product, the number of licenses, and the rest of the organization refuse.
    #[test]
    fn each_refusal_of_the_choice() {
        let (before, shelf) = (subscription(100, 60), suite());
        assert_eq!(shelf.ask(&before, 60, FINE).map(|price| price.minor), Ok(2_500));
        assert_eq!(shelf.ask(&before, 59, FINE), Err(Refusal::BelowAssigned { assigned: 60 }));
        assert_eq!(shelf.ask(&before, 0, FINE), Err(Refusal::OutOfRange { minimum: 1, maximum: 500 }));
        assert_eq!(shelf.ask(&before, 501, FINE), Err(Refusal::AboveMaximum { maximum: 500 }));
        let several = Standing { has_several: true, ..FINE };
        assert_eq!(shelf.ask(&before, 70, several), Err(Refusal::SeveralSubscriptions));
        let with_add_ons = Standing { has_add_ons: true, ..FINE };
        assert_eq!(shelf.ask(&before, 70, with_add_ons), Err(Refusal::HasAddOns));
        let unpaid = Standing { is_unpaid: true, ..FINE };
        assert_eq!(shelf.ask(&before, 70, unpaid), Err(Refusal::BalanceUnpaid));
        for segment in [Segment::Government, Segment::Nonprofit] {
            assert_eq!(shelf.ask(&before, 70, Standing { segment, ..unpaid }), Err(Refusal::PlanOfSegment));
        }
        assert!(shelf.ask(&before, 70, Standing { segment: Segment::Education, ..FINE }).is_ok());
        let ask = |target| check(&before, shelf.wish(70), target, FINE, (&admin(), Reach::All, Cloud::Worldwide)).err();
        assert_eq!(ask(Target { is_covered: false, ..shelf.target() }), Some(Refusal::PlanTooLow));
        assert_eq!(ask(Target { price: None, ..shelf.target() }), Some(Refusal::NoPrice));
        let newer = Price { id: PriceId::from_uuid(Uuid::from_u128(43)), ..shelf.price.clone() };
        assert_eq!(ask(Target { price: Some(&newer), ..shelf.target() }), Some(Refusal::PriceChanged));
        let retired = Product { retired_at: Some(Timestamp::UNIX_EPOCH), ..shelf.product.clone() };
        assert_eq!(ask(Target { product: &retired, ..shelf.target() }), Some(Refusal::EndOfSale));
        assert_eq!(field_of(&Refusal::PlanTooLow), Some(Field::Product));
        assert_eq!(field_of(&Refusal::BelowAssigned { assigned: 60 }), Some(Field::Quantity));
        assert_eq!(field_of(&Refusal::BalanceUnpaid), None);
    }

    /// Domain 1.12: what is going to be replaced is not changed on the way, except for more licenses; and nobody is
    /// warned of losing what went along.
    #[test]
    fn what_waits_for_it() {
        use super::super::offer;
        use super::super::remind::next_reminder;
        let before = schedule(&subscription(100, 60), &suite().price, 70);
        let of = |action| offer(action, &before, &admin(), Reach::All);
        let scheduled = Offer::Closed(ClosedReason::PlanChangeScheduled);
        assert_eq!((of(Action::RemoveLicenses), of(Action::EditBillingFrequency)), (scheduled, scheduled));
        assert_eq!((of(Action::AddLicenses), of(Action::EditRecurringBilling)), (Offer::Open, Offer::Open));
        assert_eq!(next_reminder(&before, Cloud::Worldwide), None);
        let moment = on(date(2020, 1, 25));
        let ended = replace(&before, &order(&suite(), 70), 500, footing(&moment, &[])).ended;
        assert_eq!((ended.plan_at_renewal, next_reminder(&ended, Cloud::Worldwide)), (None, None));
        assert_eq!(offer(Action::Reactivate, &ended, &admin(), Reach::All), Offer::Open);
    }
}
