//! Charges: what a subscription costs, before an invoice says so (domain 4.9, D16, D17, D19).
//!
//! Every charge is one line of an invoice later, rounded once. A credit takes back a part of a charge that was really
//! made, the newest first, and never more than is left of it.

use super::{Agreement, BillingProfile, BillingRules, Moment, Proration};
use crate::codes::coded;
use crate::ids::{ChargeId, OrderId, SubscriptionId};
use crate::money::Money;
use crate::subscription::Subscription;
use crate::time::{Period, period_containing};
use jiff::civil::Date;
use jiff::tz::TimeZone;

coded! {
    /// Why something is charged: the transaction types of an invoice (domain 4.9).
    pub enum ChargeKind {
        /// The first billing period of a subscription.
        Purchase = "purchase",
        /// A later billing period of the same term.
        PeriodicPayment = "periodic_payment",
        /// The first billing period of a new term.
        Renewal = "renewal",
        /// A subscription was brought back.
        Reactivation = "reactivation",
        /// More licenses.
        AddQuantity = "add_quantity",
        /// Fewer licenses.
        RemoveQuantity = "remove_quantity",
        /// A subscription was canceled.
        Cancellation = "cancellation",
        /// Another product, or another billing frequency.
        Conversion = "conversion",
        /// Something that the seller gives.
        Credit = "credit",
    }
}

/// The part of a billing period that is charged, in days or in seconds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Share {
    /// The days or seconds that are charged.
    pub numerator: i64,
    /// Those of the whole billing period.
    pub denominator: i64,
}

impl Share {
    /// What is left of a billing period. The day, or the second, of the moment itself still counts (D16).
    #[must_use]
    pub fn rest(billing_period: Period, moment: &Moment, proration: Proration) -> Self {
        let whole = Self::whole(billing_period, &moment.zone, proration);
        let left = match proration {
            Proration::Day => Period { start: moment.today, ..billing_period }.days(),
            Proration::Second => seconds_to(billing_period.end, moment),
        };
        Self { numerator: left.clamp(0, whole.denominator), denominator: whole.denominator }
    }

    /// A whole billing period, in the zone where its days begin.
    #[must_use]
    pub fn whole(billing_period: Period, zone: &TimeZone, proration: Proration) -> Self {
        let length = match proration {
            Proration::Day => billing_period.days(),
            Proration::Second => seconds_to(billing_period.end, &Moment::start_of(billing_period.start, zone.clone())),
        };
        Self { numerator: length, denominator: length }
    }

    /// Whether it is all of the billing period.
    #[must_use]
    pub const fn is_whole(self) -> bool {
        self.numerator == self.denominator
    }
}

/// Seconds from a moment to the beginning of a day; a day of 23 or 25 hours counts as long as it is.
fn seconds_to(day: Date, moment: &Moment) -> i64 {
    Moment::start_of(day, moment.zone.clone()).now.duration_since(moment.now).as_secs()
}

/// What is to be charged: one line of an invoice.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewCharge {
    /// Why.
    pub kind: ChargeKind,
    /// Licenses; below nothing for a credit.
    pub quantity: i64,
    /// What one license costs for a whole billing period.
    pub unit_price: Money,
    /// The days of use that it is for.
    pub service_period: Period,
    /// The billing period that divides the price.
    pub billing_period: Period,
    /// The part of it.
    pub share: Share,
    /// Licenses × price × share, rounded once; below nothing for a credit.
    pub amount: Money,
    /// Whether price and amount include tax, as the billing rules said when it was charged. A credit has it of what it
    /// takes back.
    pub includes_tax: bool,
    /// The charge of which it takes back a part.
    pub reverses: Option<ChargeId>,
}

/// A charge that was made.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Charge {
    /// Identity.
    pub id: ChargeId,
    /// For what.
    pub subscription_id: SubscriptionId,
    /// The order that caused it; none for a billing period within a term.
    pub order_id: Option<OrderId>,
    /// What was charged.
    pub line: NewCharge,
    /// The civil day on which it was made.
    pub charged_on: Date,
    /// The civil day on which an invoice takes it up.
    pub invoice_on: Date,
    /// Licenses of it that no credit took back.
    pub quantity_left: i64,
    /// What credits took back of it; not below nothing.
    pub credited: Money,
}

impl Charge {
    /// What was charged for a subscription on a day, for the invoice of a day; no credit took anything back of it yet.
    #[must_use]
    pub fn new(
        id: ChargeId,
        line: NewCharge,
        subscription_id: SubscriptionId,
        order_id: Option<OrderId>,
        charged_on: Date,
        invoice_on: Date,
    ) -> Self {
        let (quantity_left, credited) = (line.quantity.max(0), Money::zero(line.amount.currency));
        Self { id, subscription_id, order_id, line, charged_on, invoice_on, quantity_left, credited }
    }
}

/// Charges licenses from a moment to the end of a billing period.
///
/// # Panics
/// When price times quantity leaves the range, which [`crate::limits`] keeps from happening.
#[must_use]
pub fn charge(
    kind: ChargeKind,
    quantity: u32,
    unit_price: Money,
    billing_period: Period,
    moment: &Moment,
    rules: &BillingRules,
) -> NewCharge {
    let share = Share::rest(billing_period, moment, rules.proration);
    let start = moment.today.clamp(billing_period.start, billing_period.end);
    let whole = unit_price.times(i64::from(quantity)).expect("limits keep price times quantity in range");
    NewCharge {
        kind,
        quantity: i64::from(quantity),
        unit_price,
        service_period: Period { start, ..billing_period },
        billing_period,
        share,
        amount: whole.part(share.numerator, share.denominator, rules.rounding),
        includes_tax: rules.prices_include_tax,
        reverses: None,
    }
}

/// Takes back licenses from a moment on: of the newest charge first, at the price that was charged, for the time that
/// is not used yet. What was never charged, or is used, brings nothing.
///
/// # Panics
/// When price times quantity leaves the range, which [`crate::limits`] keeps from happening.
#[must_use]
pub fn take_back(
    kind: ChargeKind,
    licenses: u32,
    newest_first: &[Charge],
    moment: &Moment,
    rules: &BillingRules,
) -> Vec<NewCharge> {
    let mut left = i64::from(licenses);
    let mut credits = Vec::new();
    for charge in newest_first {
        let quantity = left.min(charge.quantity_left);
        let share = Share::rest(charge.line.billing_period, moment, rules.proration);
        if quantity <= 0 || share.numerator <= 0 {
            continue;
        }
        left -= quantity;
        credits.push(credit(kind, quantity, share, charge, moment, rules));
    }
    credits
}

fn credit(
    kind: ChargeKind,
    quantity: i64,
    share: Share,
    charge: &Charge,
    moment: &Moment,
    rules: &BillingRules,
) -> NewCharge {
    let not_credited = charge.line.amount.minor - charge.credited.minor;
    // A charge may itself begin late in its billing period.
    let share = Share { numerator: share.numerator.min(charge.line.share.numerator), ..share };
    let is_unused = share == charge.line.share && quantity == charge.quantity_left;
    let whole = charge.line.unit_price.times(quantity).expect("limits keep price times quantity in range");
    let part = whole.part(share.numerator, share.denominator, rules.rounding).minor;
    let back = if is_unused { not_credited } else { part.min(not_credited) };
    let start = moment.today.max(charge.line.service_period.start);
    NewCharge {
        kind,
        quantity: -quantity,
        unit_price: charge.line.unit_price,
        service_period: Period { start, ..charge.line.service_period },
        billing_period: charge.line.billing_period,
        share,
        amount: Money::new(-back, whole.currency),
        includes_tax: charge.line.includes_tax,
        reverses: Some(charge.id),
    }
}

/// What some charges come to.
///
/// # Panics
/// When the currencies differ or the sum leaves the range.
#[must_use]
pub fn total(charges: &[NewCharge], zero: Money) -> Money {
    charges.iter().fold(zero, |sum, charge| {
        sum.plus(charge.amount).expect("charges of one subscription have one currency and stay within limits")
    })
}

/// The statements that take up what a subscription costs (domain 4.3, 4.7, 4.8).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Statements {
    /// The contract.
    pub agreement: Agreement,
    /// A day on which one begins; the others follow month by month.
    pub anchor: Date,
    /// Whether a card or bank account pays them.
    pub pays_by_itself: bool,
}

impl Statements {
    /// Under MOSA each subscription has its own.
    #[must_use]
    pub const fn of_subscription(subscription: &Subscription) -> Self {
        let pays_by_itself = subscription.payment_method_id.is_some();
        Self { agreement: Agreement::Mosa, anchor: subscription.started_on, pays_by_itself }
    }

    /// Under MCA the billing profile has them for all. So it is for what a partner sold, whatever its contract: one
    /// for all customers.
    #[must_use]
    pub const fn of_profile(profile: &BillingProfile) -> Self {
        let pays_by_itself = profile.payment_method_id.is_some();
        Self { agreement: Agreement::Mca, anchor: profile.anchored_on, pays_by_itself }
    }

    /// The civil day on which an invoice takes a charge of `today` up (R79 to R82; domain 4.3).
    ///
    /// A new billing period is on an invoice at once, under MCA with those of the whole billing profile. What changes
    /// in between is on the next statement, except that a card or bank account is charged at once for more licenses.
    #[must_use]
    pub fn invoice_on(self, line: &NewCharge, today: Date) -> Date {
        let statement = period_containing(self.anchor, 1, today);
        let next_statement = if today < statement.start { statement.start } else { statement.end };
        match line.kind {
            // What goes back for the old billing period is on the invoice of the new one.
            ChargeKind::Conversion => today,
            ChargeKind::Purchase | ChargeKind::Reactivation if line.amount.minor >= 0 => today,
            ChargeKind::PeriodicPayment | ChargeKind::Renewal => match self.agreement {
                Agreement::Mosa => today,
                Agreement::Mca if today == statement.start => today,
                Agreement::Mca => next_statement,
            },
            _ if self.pays_by_itself && line.amount.minor >= 0 => today,
            _ => next_statement,
        }
    }
}

#[cfg(test)]
pub(crate) mod tests {
    use super::*;
    use crate::money::Currency;
    use jiff::civil::date;
    use proptest::prelude::*;
    use uuid::Uuid;

    const MOSA: BillingRules = BillingRules::usual(Agreement::Mosa);
    const MCA: BillingRules = BillingRules::usual(Agreement::Mca);
    const JANUARY: Period = Period { start: date(2020, 1, 15), end: date(2020, 2, 15) };

    fn eur(minor: i64) -> Money {
        Money::new(minor, Currency::Eur)
    }

    fn on(day: Date) -> Moment {
        Moment::start_of(day, TimeZone::UTC)
    }

    fn made(number: u128, line: NewCharge) -> Charge {
        let (id, day) = (ChargeId::from_uuid(Uuid::from_u128(number)), line.service_period.start);
        Charge::new(id, line, SubscriptionId::from_uuid(Uuid::from_u128(1)), None, day, day)
    }

    fn amounts(lines: &[NewCharge]) -> Vec<i64> {
        lines.iter().map(|line| line.amount.minor).collect()
    }

    /// Domain 4.9: 100 licenses at 10.00, 5 added on 25 January: 33.87, and 1,050.00 for the next period: 1,083.87.
    #[test]
    fn five_licenses_added_in_mid_period() {
        let added = charge(ChargeKind::AddQuantity, 5, eur(1000), JANUARY, &on(date(2020, 1, 25)), &MOSA);
        assert_eq!(added.amount, eur(3_387));
        assert_eq!(
            (added.service_period, added.billing_period),
            (Period { start: date(2020, 1, 25), ..JANUARY }, JANUARY)
        );
        assert_eq!((added.share.numerator, added.share.denominator), (21, 31));
        let february = period_containing(date(2020, 1, 15), 1, date(2020, 2, 15));
        let next = charge(ChargeKind::PeriodicPayment, 105, eur(1000), february, &on(date(2020, 2, 15)), &MOSA);
        assert_eq!(total(&[added, next], eur(0)), eur(108_387));
    }

    /// Domain 4.9: 5 licenses removed on 25 January: 916.13 on the next invoice.
    #[test]
    fn five_licenses_removed_in_mid_period() {
        let first = made(1, charge(ChargeKind::Purchase, 100, eur(1000), JANUARY, &on(JANUARY.start), &MOSA));
        let credits = take_back(ChargeKind::RemoveQuantity, 5, &[first], &on(date(2020, 1, 25)), &MOSA);
        assert_eq!(amounts(&credits), [-3_387]);
        assert_eq!(credits[0].quantity, -5);
        let february = period_containing(date(2020, 1, 15), 1, date(2020, 2, 15));
        let next = charge(ChargeKind::PeriodicPayment, 95, eur(1000), february, &on(date(2020, 2, 15)), &MOSA);
        assert_eq!(total(&[credits[0].clone(), next], eur(0)), eur(91_613));
    }

    /// Domain 4.9: 10 licenses for 100.00 bought on 1 March and canceled on the 4th bring back 90.32.
    #[test]
    fn canceled_after_three_days() {
        let march = Period { start: date(2020, 3, 1), end: date(2020, 4, 1) };
        let first = made(1, charge(ChargeKind::Purchase, 10, eur(1000), march, &on(march.start), &MCA));
        let credits = take_back(ChargeKind::Cancellation, 10, &[first], &on(date(2020, 3, 4)), &MCA);
        assert_eq!(amounts(&credits), [-9_032]);
    }

    /// Domain 4.9: 5 licenses at 120.00 a year with 100 days left cost 164.38.
    #[test]
    fn licenses_added_to_a_year_that_was_paid() {
        let year = Period { start: date(2021, 1, 15), end: date(2022, 1, 15) };
        let added = charge(ChargeKind::AddQuantity, 5, eur(12_000), year, &on(date(2021, 10, 7)), &MOSA);
        assert_eq!((added.share.numerator, added.amount), (100, eur(16_438)));
    }

    /// D17: what is taken back is what was charged, the newest first, at the price that was charged.
    #[test]
    fn the_newest_charge_is_taken_back_first() {
        let first = made(1, charge(ChargeKind::Purchase, 100, eur(1000), JANUARY, &on(JANUARY.start), &MOSA));
        let dearer = made(2, charge(ChargeKind::AddQuantity, 5, eur(1200), JANUARY, &on(date(2020, 1, 25)), &MOSA));
        let (id, newest) = (first.id, dearer.id);
        let credits = take_back(ChargeKind::RemoveQuantity, 8, &[dearer, first], &on(date(2020, 1, 25)), &MOSA);
        // All five that were just added come back whole; three at the old price for 21 of 31 days.
        assert_eq!(amounts(&credits), [-4_065, -2_032]);
        assert_eq!(credits.iter().map(|credit| credit.reverses).collect::<Vec<_>>(), [Some(newest), Some(id)]);
        assert_eq!(credits.iter().map(|credit| credit.quantity).collect::<Vec<_>>(), [-5, -3]);
    }

    #[test]
    fn what_was_never_charged_brings_nothing_back() {
        assert_eq!(take_back(ChargeKind::Cancellation, 10, &[], &on(date(2020, 1, 25)), &MOSA), []);
        let first = made(1, charge(ChargeKind::Purchase, 10, eur(1000), JANUARY, &on(JANUARY.start), &MOSA));
        assert_eq!(take_back(ChargeKind::Cancellation, 10, &[first], &on(JANUARY.end), &MOSA), []);
    }

    /// D16: by the second, half a day is half a day.
    #[test]
    fn seconds_can_divide_the_price() {
        let rules = BillingRules { proration: Proration::Second, ..MOSA };
        let noon = Moment::new("2020-01-25T12:00:00Z".parse().expect("an instant"), TimeZone::UTC);
        let added = charge(ChargeKind::AddQuantity, 5, eur(1000), JANUARY, &noon, &rules);
        assert_eq!((added.share.numerator, added.share.denominator), (1_771_200, 2_678_400));
        assert_eq!(added.amount, eur(3_306));
    }

    /// A month in which the clocks change is an hour longer or shorter, and still whole.
    #[test]
    fn a_period_with_a_change_of_clocks_is_whole() {
        let amsterdam = TimeZone::get("Europe/Amsterdam").expect("a known zone");
        let rules = BillingRules { proration: Proration::Second, ..MOSA };
        for (start, end, hours) in
            [(date(2024, 3, 15), date(2024, 4, 15), 743), (date(2024, 10, 15), date(2024, 11, 15), 745)]
        {
            let period = Period { start, end };
            let moment = Moment::start_of(start, amsterdam.clone());
            let whole = charge(ChargeKind::Purchase, 3, eur(1000), period, &moment, &rules);
            assert_eq!(whole.share, Share { numerator: hours * 3600, denominator: hours * 3600 });
            assert_eq!(whole.amount, eur(3_000));
        }
    }

    /// R79 to R82, domain 4.3.
    #[test]
    fn the_day_of_the_invoice() {
        let anchor = date(2020, 1, 15);
        let day = |kind, minor, by_itself, agreement, today| {
            let mut line = charge(kind, 1, eur(100), JANUARY, &on(date(2020, 1, 25)), &MOSA);
            line.amount = eur(minor);
            Statements { agreement, anchor, pays_by_itself: by_itself }.invoice_on(&line, today)
        };
        let added_on = date(2020, 1, 25);
        use Agreement::{Mca, Mosa};
        use ChargeKind::{AddQuantity, Cancellation, Conversion, PeriodicPayment, Purchase, RemoveQuantity};
        assert_eq!(day(Purchase, 100, true, Mosa, added_on), added_on);
        assert_eq!(day(Purchase, 100, false, Mca, added_on), added_on);
        assert_eq!(day(AddQuantity, 100, true, Mosa, added_on), added_on);
        assert_eq!(day(AddQuantity, 100, false, Mosa, added_on), date(2020, 2, 15));
        assert_eq!(day(RemoveQuantity, -100, true, Mosa, added_on), date(2020, 2, 15));
        assert_eq!(day(Cancellation, -100, false, Mca, added_on), date(2020, 2, 15));
        assert_eq!(day(PeriodicPayment, 100, false, Mosa, added_on), added_on);
        assert_eq!(day(Conversion, 100, false, Mosa, added_on), added_on);
        assert_eq!(day(Conversion, -100, false, Mosa, added_on), added_on);
        assert_eq!(day(PeriodicPayment, 100, true, Mca, added_on), date(2020, 2, 15));
        assert_eq!(day(PeriodicPayment, 100, true, Mca, date(2020, 2, 15)), date(2020, 2, 15));
        assert_eq!(day(AddQuantity, 100, false, Mca, date(2020, 2, 15)), date(2020, 3, 15));
    }

    proptest! {
        /// D17: however often licenses come and go, no charge is credited more than it was, and what is left of a
        /// period costs no less than nothing.
        #[test]
        fn credits_never_exceed_what_was_charged(
            price in 0i64..5_000,
            steps in prop::collection::vec((0i32..31, 1u32..40, any::<bool>()), 1..30),
            proration in prop::sample::select(Proration::ALL),
            rounding in prop::sample::select(crate::money::Rounding::ALL),
        ) {
            let rules = BillingRules { proration, rounding, ..MOSA };
            let mut days: Vec<_> = steps;
            days.sort_by_key(|step| step.0);
            let mut charges = vec![made(1, charge(ChargeKind::Purchase, 10, eur(price), JANUARY, &on(JANUARY.start), &rules))];
            let mut quantity = 10u32;
            for (number, (offset, count, adds)) in (2..).zip(days) {
                let moment = on(JANUARY.start.saturating_add(jiff::Span::new().days(offset)));
                if adds {
                    quantity += count;
                    charges.insert(0, made(number, charge(ChargeKind::AddQuantity, count, eur(price), JANUARY, &moment, &rules)));
                    continue;
                }
                let count = count.min(quantity);
                quantity -= count;
                let credits = take_back(ChargeKind::RemoveQuantity, count, &charges, &moment, &rules);
                prop_assert_eq!(credits.iter().map(|credit| credit.quantity).sum::<i64>(), -i64::from(count));
                for credit in credits {
                    let of = charges.iter_mut().find(|charge| Some(charge.id) == credit.reverses).expect("a credit names its charge");
                    of.quantity_left += credit.quantity;
                    of.credited.minor -= credit.amount.minor;
                    prop_assert!(credit.amount.minor <= 0);
                    prop_assert!(of.credited.minor <= of.line.amount.minor);
                    prop_assert!(of.quantity_left >= 0);
                }
            }
        }

        /// Up and down again at one moment costs nothing.
        #[test]
        fn up_and_down_at_once_costs_nothing(price in 0i64..100_000, count in 1u32..500, offset in 0i32..31) {
            let moment = on(JANUARY.start.saturating_add(jiff::Span::new().days(offset)));
            let up = made(1, charge(ChargeKind::AddQuantity, count, eur(price), JANUARY, &moment, &MOSA));
            let amount = up.line.amount.minor;
            let down = take_back(ChargeKind::RemoveQuantity, count, &[up], &moment, &MOSA);
            prop_assert_eq!(amounts(&down), [-amount]);
        }
    }
}
