//! Invoices: a pure function of charges and a date (architecture 3.4; domain 4.9, D17, D18).

use super::charge::{Charge, ChargeKind, NewCharge, Share};
use super::party::{Party, Seller};
use super::payment::next_reminder;
use super::tax::{TaxTreatment, treat};
use super::{BillingAccount, BillingProfile, BillingRules, TaxRounding};
use crate::codes::coded;
use crate::ids::{BillingProfileId, ChargeId, InvoiceId, PaymentMethodId, SubscriptionId};
use crate::money::{Currency, Money, Rounding};
use crate::time::Period;
use jiff::ToSpan;
use jiff::civil::Date;
use serde::{Deserialize, Serialize};
use uuid::Uuid;

coded! {
    /// What a document is.
    pub enum InvoiceKind {
        /// It asks for money.
        Invoice = "invoice",
        /// It gives money back.
        CreditNote = "credit_note",
    }
}

coded! {
    /// Where an invoice stands. A draft is computed and never stored; *overdue* follows from the day.
    pub enum InvoiceState {
        /// Final, nothing was paid.
        Open = "open",
        /// A part was paid.
        PartlyPaid = "partly_paid",
        /// Settled: paid, or a credit note that was used or refunded.
        Paid = "paid",
        /// Given up; another document says why.
        Void = "void",
    }
}

/// A charge with what a line says of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Billable {
    /// The charge.
    pub charge: Charge,
    /// The product, as it was called then.
    pub product_name: String,
    /// What was sold.
    pub part_number: String,
    /// To whom a partner sold it, as the customer is called; nothing for what the organization has itself.
    pub customer_name: Option<String>,
    /// The order that caused it.
    pub order_number: Option<u64>,
    /// How that was taxed which it takes back, where an invoice has it: the tax comes back at the rate at which it was
    /// charged, whatever the rate of the day is.
    pub taxed: Option<TaxTreatment>,
}

impl Billable {
    /// A charge that is only foreseen: it has neither identity nor names, and comes to what the real one will.
    #[must_use]
    pub fn planned(line: NewCharge, of: SubscriptionId, charged_on: Date, invoice_on: Date) -> Self {
        let charge = Charge::new(ChargeId::from_uuid(Uuid::nil()), line, of, None, charged_on, invoice_on);
        let (product_name, part_number) = (String::new(), String::new());
        Self { charge, product_name, part_number, customer_name: None, order_number: None, taxed: None }
    }
}

/// A line that explains itself: licenses × price × days of days.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct InvoiceLine {
    /// Counts from 1.
    pub ordinal: u32,
    /// The charge.
    pub charge_id: ChargeId,
    /// Why.
    pub kind: ChargeKind,
    /// For what.
    pub subscription_id: SubscriptionId,
    /// The product, as it was called then.
    pub product_name: String,
    /// What was sold.
    pub part_number: String,
    /// To whom a partner sold it, as the customer is called; nothing for what the organization has itself.
    pub customer_name: Option<String>,
    /// The order that caused it.
    pub order_number: Option<u64>,
    /// Licenses; below nothing for a credit.
    pub quantity: i64,
    /// What one license costs for a whole billing period.
    pub unit_price: Money,
    /// Whether that includes tax.
    pub includes_tax: bool,
    /// The days of use that it is for.
    pub service_period: Period,
    /// The billing period that divides the price.
    pub billing_period: Period,
    /// The part of it.
    pub share: Share,
    /// Without tax.
    pub net: Money,
    /// How it is taxed.
    pub tax: TaxTreatment,
    /// Its tax; for information where tax is rounded for a whole category (D18).
    pub tax_amount: Money,
}

/// What a category of tax comes to.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct TaxTotal {
    /// The category and its rate.
    pub tax: TaxTreatment,
    /// The lines of it, without tax.
    pub net: Money,
    /// Their tax.
    pub amount: Money,
}

/// What some lines come to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Totals {
    /// Without tax.
    pub net: Money,
    /// Tax by category, in their order.
    pub taxes: Vec<TaxTotal>,
    /// With tax.
    pub gross: Money,
}

/// An invoice or a credit note. Once made, only what was paid of it and its state change.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Invoice {
    /// Identity.
    pub id: InvoiceId,
    /// The number without gaps, with the seller's prefix.
    pub number: String,
    /// What it is.
    pub kind: InvoiceKind,
    /// Where it stands.
    pub state: InvoiceState,
    /// Whose.
    pub billing_profile_id: BillingProfileId,
    /// The one subscription that it is for, under MOSA.
    pub subscription_id: Option<SubscriptionId>,
    /// The civil day of the invoice.
    pub issued_on: Date,
    /// The civil day on which it has to be paid.
    pub due_on: Date,
    /// From the last invoice up to the day before this one.
    pub billing_period: Period,
    /// Its currency.
    pub currency: Currency,
    /// Who sells.
    pub seller: Seller,
    /// Who buys.
    pub sold_to: Party,
    /// Whom it is addressed to.
    pub bill_to: Party,
    /// What the customer wanted to read on it.
    pub purchase_order: Option<String>,
    /// What pays it by itself; `None`: the customer pays it.
    pub payment_method_id: Option<PaymentMethodId>,
    /// What it is for.
    pub lines: Vec<InvoiceLine>,
    /// What that comes to.
    pub totals: Totals,
    /// What was paid of it, or for a credit note what was used or refunded; between nothing and the total.
    pub paid: Money,
    /// Counts its changes.
    pub revision: i64,
}

impl Invoice {
    /// What is still to be paid; below nothing for what a credit note still gives.
    #[must_use]
    pub fn balance(&self) -> Money {
        let left = match self.state {
            InvoiceState::Void => 0,
            _ => self.totals.gross.minor - self.paid.minor,
        };
        Money::new(left, self.currency)
    }

    /// The invoice after a payment, or after what was paid of it went back; nothing when it would be paid more than
    /// once, or less than not at all.
    #[must_use]
    pub fn with_payment(&self, amount: Money) -> Option<Self> {
        let (paid, gross) = (self.paid.plus(amount)?, self.totals.gross.minor);
        if !(gross.min(0)..=gross.max(0)).contains(&paid.minor) {
            return None;
        }
        let state = match paid.minor {
            all if all == gross => InvoiceState::Paid,
            0 => InvoiceState::Open,
            _ => InvoiceState::PartlyPaid,
        };
        Some(Self { paid, state, ..self.clone() })
    }

    /// The first day on which something has to be done about it: what pays by itself is collected when it is due, of
    /// what the customer pays there is a reminder, and a credit note is used at once.
    #[must_use]
    pub fn first_step_on(&self) -> Option<Date> {
        match self.kind {
            _ if self.balance().minor == 0 => None,
            InvoiceKind::Invoice if self.payment_method_id.is_none() => next_reminder(self.due_on, self.due_on),
            InvoiceKind::Invoice => Some(self.due_on),
            InvoiceKind::CreditNote => Some(self.issued_on),
        }
    }

    /// The invoice when from `today` on the customer pays it and nothing pays it by itself any more: with the days of
    /// whoever pays invoices, never fewer than before (domain 4.2).
    #[must_use]
    pub fn to_be_transferred(&self, today: Date, rules: &BillingRules) -> Self {
        let due_on = self.due_on.max(due_on(today, false, rules));
        Self { due_on, payment_method_id: None, ..self.clone() }
    }

    /// Whether it should have been paid before `today`.
    #[must_use]
    pub fn is_overdue(&self, today: Date) -> bool {
        self.balance().minor > 0 && self.due_on < today
    }
}

/// An invoice before it is made: computed, never stored.
#[derive(Debug, Clone)]
pub struct Draft<'a> {
    /// Who buys, and how they are charged.
    pub account: &'a BillingAccount,
    /// Whose it is.
    pub profile: &'a BillingProfile,
    /// Who sells.
    pub seller: &'a Seller,
    /// The one subscription that it is for, under MOSA.
    pub subscription_id: Option<SubscriptionId>,
    /// What pays it by itself.
    pub payment_method_id: Option<PaymentMethodId>,
    /// Its civil day.
    pub day: Date,
    /// The day after the last billing period that was invoiced; the first day of the charges where there was none.
    pub begins: Date,
    /// What it is for, in one currency; at least one.
    pub charges: Vec<Billable>,
}

impl Draft<'_> {
    /// The invoice, or the credit note when it comes to less than nothing, with the seller's next number.
    ///
    /// # Panics
    /// When the charges are not all in one currency, or there are none.
    #[must_use]
    pub fn issue(self, id: InvoiceId, number: i64) -> Invoice {
        let Self { account: BillingAccount { sold_to, rules, .. }, profile, seller, day, .. } = self;
        let currency = self.charges[0].charge.line.amount.currency;
        let treatment = treat(&seller.party, sold_to, day);
        let (lines, totals) = lines(self.charges, treatment, rules, currency);
        let start = self.begins.min(day);
        Invoice {
            id,
            number: format!("{}{number:07}", seller.invoice_prefix),
            kind: if totals.gross.minor < 0 { InvoiceKind::CreditNote } else { InvoiceKind::Invoice },
            state: if totals.gross.minor == 0 { InvoiceState::Paid } else { InvoiceState::Open },
            billing_profile_id: profile.id,
            subscription_id: self.subscription_id,
            issued_on: day,
            due_on: due_on(day, self.payment_method_id.is_some(), rules),
            // The invoice of a purchase is of one day.
            billing_period: Period { start, end: day.max(start.saturating_add(1.day())) },
            currency,
            seller: seller.clone(),
            sold_to: sold_to.clone(),
            bill_to: profile.bill_to.clone(),
            purchase_order: profile.purchase_order.clone(),
            payment_method_id: self.payment_method_id,
            lines,
            totals,
            paid: Money::zero(currency),
            revision: 1,
        }
    }
}

/// The lines of an invoice, oldest charge first as they come, and what they come to; `tax` is that of the day.
///
/// # Panics
/// When the charges are not all in `currency`.
#[must_use]
pub fn lines(
    charges: Vec<Billable>,
    tax: TaxTreatment,
    rules: &BillingRules,
    currency: Currency,
) -> (Vec<InvoiceLine>, Totals) {
    let lines: Vec<_> = (1..).zip(charges).map(|(ordinal, billable)| line(ordinal, billable, tax, rules)).collect();
    let totals = totals(&lines, rules, currency);
    (lines, totals)
}

fn line(ordinal: u32, billable: Billable, tax: TaxTreatment, rules: &BillingRules) -> InvoiceLine {
    let Billable { charge, product_name, part_number, customer_name, order_number, taxed } = billable;
    let tax = taxed.unwrap_or(tax);
    let (net, tax_amount) = split(charge.line.amount, tax, charge.line.includes_tax, rules.rounding);
    InvoiceLine {
        ordinal,
        charge_id: charge.id,
        kind: charge.line.kind,
        subscription_id: charge.subscription_id,
        product_name,
        part_number,
        customer_name,
        order_number,
        quantity: charge.line.quantity,
        unit_price: charge.line.unit_price,
        includes_tax: charge.line.includes_tax,
        service_period: charge.line.service_period,
        billing_period: charge.line.billing_period,
        share: charge.line.share,
        net,
        tax,
        tax_amount,
    }
}

/// An amount of the catalog's prices as the part without tax and the tax.
fn split(amount: Money, tax: TaxTreatment, includes_tax: bool, rounding: Rounding) -> (Money, Money) {
    if includes_tax {
        let included = amount.part(i64::from(tax.rate), i64::from(WHOLE + tax.rate), rounding);
        (Money::new(amount.minor - included.minor, amount.currency), included)
    } else {
        (amount, amount.part(i64::from(tax.rate), i64::from(WHOLE), rounding))
    }
}

/// A hundred percent, in hundredths of a percent.
const WHOLE: u32 = 10_000;

fn totals(lines: &[InvoiceLine], rules: &BillingRules, currency: Currency) -> Totals {
    let mut treatments: Vec<_> = lines.iter().map(|line| line.tax).collect();
    treatments.sort_unstable();
    treatments.dedup();
    let taxes: Vec<_> = treatments
        .into_iter()
        .map(|tax| {
            let of = lines.iter().filter(|line| line.tax == tax);
            // A price that includes tax is what is asked, so its tax was rounded on the line.
            let (once, per_line): (Vec<_>, Vec<_>) =
                of.clone().partition(|line| rules.tax_rounding == TaxRounding::PerCategory && !line.includes_tax);
            let rounded_once = sum(once.iter().map(|line| line.net), currency).part(
                i64::from(tax.rate),
                i64::from(WHOLE),
                rules.rounding,
            );
            let amount = sum(per_line.iter().map(|line| line.tax_amount).chain([rounded_once]), currency);
            TaxTotal { tax, net: sum(of.map(|line| line.net), currency), amount }
        })
        .collect();
    let net = sum(lines.iter().map(|line| line.net), currency);
    let gross = sum(taxes.iter().map(|tax| tax.amount).chain([net]), currency);
    Totals { net, taxes, gross }
}

fn sum(amounts: impl Iterator<Item = Money>, currency: Currency) -> Money {
    amounts.fold(Money::zero(currency), |sum, amount| {
        sum.plus(amount).expect("lines of an invoice have its currency and stay within limits")
    })
}

/// What a single amount of the catalog's prices comes to with tax: what a checkout asks before its invoice exists.
#[must_use]
pub fn with_tax(amount: Money, tax: TaxTreatment, rules: &BillingRules) -> Totals {
    let (net, tax_amount) = split(amount, tax, rules.prices_include_tax, rules.rounding);
    let taxes = vec![TaxTotal { tax, net, amount: tax_amount }];
    let gross = sum([net, tax_amount].into_iter(), amount.currency);
    Totals { net, taxes, gross }
}

/// The day on which an invoice has to be paid: what pays by itself does so the day after (domain 4.3).
#[must_use]
pub fn due_on(issued_on: Date, pays_by_itself: bool, rules: &BillingRules) -> Date {
    let days = if pays_by_itself { 1 } else { i32::from(rules.payment_terms_days) };
    issued_on.saturating_add(days.days())
}

#[cfg(test)]
mod tests {
    use super::super::{Agreement, Moment, charge};
    use super::*;
    use crate::billing::tax::TaxCategory;
    use jiff::civil::date;
    use jiff::tz::TimeZone;
    use proptest::prelude::*;
    use uuid::Uuid;

    const RULES: BillingRules = BillingRules::usual(Agreement::Mosa);
    const STANDARD: TaxTreatment = TaxTreatment { category: TaxCategory::Standard, rate: 2100 };

    fn eur(minor: i64) -> Money {
        Money::new(minor, Currency::Eur)
    }

    fn billable(minor: i64) -> Billable {
        let period = Period { start: date(2020, 1, 15), end: date(2020, 2, 15) };
        let moment = Moment::start_of(period.start, TimeZone::UTC);
        let mut line = charge::charge(ChargeKind::Purchase, 1, eur(minor.abs()), period, &moment, &RULES);
        line.amount = eur(minor);
        let id = ChargeId::from_uuid(Uuid::from_u128(1));
        let of = SubscriptionId::from_uuid(Uuid::from_u128(1));
        let charge = Charge::new(id, line, of, None, period.start, period.start);
        let (product_name, part_number) = ("Office".into(), "OFFICE".into());
        Billable { charge, product_name, part_number, customer_name: None, order_number: None, taxed: None }
    }

    fn with_tax_included(minor: i64) -> Billable {
        let mut billable = billable(minor);
        billable.charge.line.includes_tax = true;
        billable
    }

    fn of(amounts: &[i64], rules: &BillingRules) -> (i64, i64, i64) {
        let billable = if rules.prices_include_tax { with_tax_included } else { billable };
        let charges = amounts.iter().map(|minor| billable(*minor)).collect();
        let (_, totals) = lines(charges, STANDARD, rules, Currency::Eur);
        (totals.net.minor, totals.taxes.iter().map(|tax| tax.amount.minor).sum(), totals.gross.minor)
    }

    /// D18: per category by default, per line as a setting.
    #[test]
    fn tax_is_rounded_once_for_a_category() {
        let per_line = BillingRules { tax_rounding: TaxRounding::PerLine, ..RULES };
        // 21 % of 0.12 is 0.0252.
        assert_eq!(of(&[12, 12, 12], &RULES), (36, 8, 44));
        assert_eq!(of(&[12, 12, 12], &per_line), (36, 9, 45));
        let truncated = BillingRules { rounding: Rounding::Truncate, ..per_line };
        assert_eq!(of(&[12, 12, 12], &truncated), (36, 6, 42));
        assert_eq!(of(&[100_000, -3_387], &RULES), (96_613, 20_289, 116_902));
        assert_eq!(of(&[], &RULES), (0, 0, 0));
    }

    /// D17, R170: Germany charged 16 % in the second half of 2020. What was charged at 19 % comes back at 19 %: 100.00 and
    /// 16.00 for the new period, 50.00 and 9.50 back; with prices that include tax, 7.98 of 50.00.
    #[test]
    fn a_credit_brings_back_the_tax_that_was_charged() {
        let (before, now) = (TaxTreatment { rate: 1900, ..STANDARD }, TaxTreatment { rate: 1600, ..STANDARD });
        let charges = || vec![billable(10_000), Billable { taxed: Some(before), ..billable(-5_000) }];
        let taxes =
            |totals: Totals| totals.taxes.iter().map(|tax| (tax.tax.rate, tax.amount.minor)).collect::<Vec<_>>();
        let (written, totals) = lines(charges(), now, &RULES, Currency::Eur);
        assert_eq!(written.iter().map(|line| line.tax.rate).collect::<Vec<_>>(), [1600, 1900]);
        assert_eq!((totals.net, totals.gross), (eur(5_000), eur(5_650)));
        assert_eq!(taxes(totals), [(1600, 1_600), (1900, -950)]);
        let inclusive = vec![with_tax_included(10_000), Billable { taxed: Some(before), ..with_tax_included(-5_000) }];
        let (_, totals) = lines(inclusive, now, &RULES, Currency::Eur);
        assert_eq!((taxes(totals.clone()), totals.gross), (vec![(1600, 1_379), (1900, -798)], eur(5_000)));
    }

    /// Prices that include tax: what is asked is the price, and the tax is a part of it.
    #[test]
    fn a_price_can_include_its_tax() {
        let inclusive = BillingRules { prices_include_tax: true, ..RULES };
        assert_eq!(of(&[12_100], &inclusive), (10_000, 2_100, 12_100));
        assert_eq!(of(&[9_999, 1], &inclusive), (8_265, 1_735, 10_000));
    }

    /// D17, D18: prices began to include tax. 121.00 with tax for the new period; what was charged at 50.00 and 10.50 of
    /// tax comes back with it; and four lines of 0.12 without tax are rounded once.
    #[test]
    fn each_line_says_whether_it_includes_tax() {
        let inclusive = BillingRules { prices_include_tax: true, ..RULES };
        for rules in [&RULES, &inclusive] {
            let charges = vec![with_tax_included(12_100), billable(-5_000)];
            let (written, totals) = lines(charges, STANDARD, rules, Currency::Eur);
            let parts: Vec<_> = written.iter().map(|line| (line.net.minor, line.tax_amount.minor)).collect();
            assert_eq!(parts, [(10_000, 2_100), (-5_000, -1_050)]);
            let expected = TaxTotal { tax: STANDARD, net: eur(5_000), amount: eur(1_050) };
            assert_eq!(totals, Totals { net: eur(5_000), taxes: vec![expected], gross: eur(6_050) });
            let small = (0..4).map(|_| billable(12)).chain([with_tax_included(12)]).collect();
            let (_, totals) = lines(small, STANDARD, rules, Currency::Eur);
            assert_eq!((totals.net, totals.gross), (eur(48 + 10), eur(48 + 10 + 12)));
        }
    }

    #[test]
    fn what_pays_by_itself_is_due_the_day_after() {
        assert_eq!(due_on(date(2024, 2, 28), true, &RULES), date(2024, 2, 29));
        assert_eq!(due_on(date(2024, 1, 31), false, &RULES), date(2024, 3, 1));
    }

    proptest! {
        /// A document adds up, whatever its settings: net and tax are the total, and a price with tax is what is asked.
        #[test]
        fn documents_add_up(
            amounts in prop::collection::vec(-1_000_000i64..1_000_000, 0..20),
            rounding in prop::sample::select(Rounding::ALL),
            tax_rounding in prop::sample::select(TaxRounding::ALL),
            prices_include_tax in any::<bool>(),
        ) {
            let rules = BillingRules { rounding, tax_rounding, prices_include_tax, ..RULES };
            let (net, tax, gross) = of(&amounts, &rules);
            prop_assert_eq!(net + tax, gross);
            if prices_include_tax {
                prop_assert_eq!(gross, amounts.iter().sum::<i64>());
            } else {
                prop_assert_eq!(net, amounts.iter().sum::<i64>());
            }
        }

        /// What a checkout asks is what the invoice of that one line comes to.
        #[test]
        fn a_checkout_asks_what_the_invoice_says(minor in 0i64..10_000_000, rate in 0u32..3_000, prices_include_tax in any::<bool>()) {
            let rules = BillingRules { prices_include_tax, ..RULES };
            let tax = TaxTreatment { rate, ..STANDARD };
            let charge = if prices_include_tax { with_tax_included(minor) } else { billable(minor) };
            let (_, totals) = lines(vec![charge], tax, &rules, Currency::Eur);
            prop_assert_eq!(with_tax(eur(minor), tax, &rules), totals);
        }
    }
}
