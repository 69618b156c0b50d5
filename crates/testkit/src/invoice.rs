//! Invoices without a database: what was charged, by the rules of the domain, between Zetel Nederland and Waterland.

use app::ports::InvoiceDocument;
use domain::billing::charge::{self, Charge, ChargeKind, NewCharge};
use domain::billing::invoice::{self, Billable, Invoice, InvoiceKind, InvoiceState, Totals};
use domain::billing::party::{Address, Party, Seller};
use domain::billing::tax::{TaxCategory, TaxTreatment};
use domain::billing::{Agreement, BillingRules, Moment};
use domain::ids::{BillingProfileId, ChargeId, InvoiceId, SubscriptionId};
use domain::money::{Currency, Money};
use domain::time::Period;
use jiff::civil::{Date, date};
use jiff::tz::TimeZone;
use uuid::Uuid;

/// 21 %.
pub const STANDARD: TaxTreatment = TaxTreatment { category: TaxCategory::Standard, rate: 2_100 };
/// What the customer accounts for.
pub const REVERSE_CHARGE: TaxTreatment = TaxTreatment { category: TaxCategory::ReverseCharge, rate: 0 };
/// The rules by which everything here is charged.
pub const RULES: BillingRules = BillingRules::usual(Agreement::Mosa);
/// The billing period from 15 January 2020.
pub const JANUARY: Period = Period { start: date(2020, 1, 15), end: date(2020, 2, 15) };
/// The one after it.
pub const FEBRUARY: Period = Period { start: date(2020, 2, 15), end: date(2020, 3, 15) };

/// An amount in euros.
#[must_use]
pub fn eur(minor: i64) -> Money {
    Money::new(minor, Currency::Eur)
}

/// The beginning of a day.
#[must_use]
pub fn on(day: Date) -> Moment {
    Moment::start_of(day, TimeZone::UTC)
}

/// Licenses from a day to the end of a billing period.
#[must_use]
pub fn charged(kind: ChargeKind, quantity: u32, price: Money, period: Period, day: Date) -> NewCharge {
    charge::charge(kind, quantity, price, period, &on(day), &RULES)
}

/// Fewer licenses of a charge from a day on.
#[must_use]
pub fn taken_back(kind: ChargeKind, quantity: u32, of: NewCharge, day: Date) -> NewCharge {
    let (id, made_on) = (ChargeId::from_uuid(Uuid::from_u128(1)), of.service_period.start);
    let charge = Charge::new(id, of, subscription(1), None, made_on, made_on);
    let credits = charge::take_back(kind, quantity, &[charge], &on(day), &RULES);
    credits.into_iter().next().expect("something is left of the charge")
}

/// A charge of a subscription, which has the number of its product.
#[must_use]
pub fn billable(number: u128, product_name: &str, order_number: Option<u64>, line: NewCharge) -> Billable {
    let (id, day) = (ChargeId::from_uuid(Uuid::from_u128(number)), line.service_period.start);
    let charge = Charge::new(id, line, subscription(number), None, day, day);
    let (product_name, part_number) = (product_name.to_owned(), format!("SKU-{number:04}"));
    Billable { charge, product_name, part_number, customer_name: None, order_number, taxed: None }
}

fn subscription(number: u128) -> SubscriptionId {
    SubscriptionId::from_uuid(Uuid::from_u128(number))
}

/// The invoice of 15 February 2020, or the credit note where less than nothing is asked, of charges by their tax.
#[must_use]
pub fn document(currency: Currency, groups: Vec<(TaxTreatment, Vec<Billable>)>) -> InvoiceDocument {
    document_by(&RULES, currency, groups)
}

/// The invoice of a month of a customer that is exempt from tax by a certificate.
#[must_use]
pub fn of_an_exempt_customer() -> InvoiceDocument {
    let month = charged(ChargeKind::PeriodicPayment, 10, eur(1_000), FEBRUARY, FEBRUARY.start);
    let groups = vec![(TaxTreatment::EXEMPT, vec![billable(1, "Microsoft 365 E3", Some(1_042), month)])];
    let mut document = document(Currency::Eur, groups);
    document.invoice.sold_to.tax_exemption = Some("15.10-0042".to_owned());
    document
}

/// The invoice of a partner: the same product sold to two customers, and more licenses of one of them.
#[must_use]
pub fn of_a_partner() -> InvoiceDocument {
    let sold = |number, customer: &str, line| {
        let customer_name = Some(customer.to_owned());
        Billable { customer_name, ..billable(number, "Microsoft 365 E3", None, line) }
    };
    let month = |quantity| charged(ChargeKind::PeriodicPayment, quantity, eur(1_000), FEBRUARY, FEBRUARY.start);
    let more = charged(ChargeKind::AddQuantity, 5, eur(1_000), JANUARY, date(2020, 1, 25));
    let lines = vec![
        sold(1, "Waterland Group", more),
        sold(1, "Waterland Group", month(105)),
        sold(2, "Stichting Zuiderzee", month(3)),
    ];
    document(Currency::Eur, vec![(STANDARD, lines)])
}

/// The same, by other rules.
///
/// # Panics
/// When the amounts leave their range.
#[must_use]
pub fn document_by(
    rules: &BillingRules,
    currency: Currency,
    groups: Vec<(TaxTreatment, Vec<Billable>)>,
) -> InvoiceDocument {
    let zero = Money::zero(currency);
    let (mut lines, mut totals) = (Vec::new(), Totals { net: zero, taxes: Vec::new(), gross: zero });
    for (tax, charges) in groups {
        let (more, sums) = invoice::lines(charges, tax, rules, currency);
        lines.extend(more);
        totals.net = totals.net.plus(sums.net).expect("one currency");
        totals.gross = totals.gross.plus(sums.gross).expect("one currency");
        totals.taxes.extend(sums.taxes);
    }
    for (ordinal, line) in (1..).zip(&mut lines) {
        line.ordinal = ordinal;
    }
    let kind = if totals.gross.minor < 0 { InvoiceKind::CreditNote } else { InvoiceKind::Invoice };
    let issued_on = date(2020, 2, 15);
    let invoice = Invoice {
        id: InvoiceId::from_uuid(Uuid::from_u128(1)),
        number: "Z-2020-000042".to_owned(),
        kind,
        state: InvoiceState::Open,
        billing_profile_id: BillingProfileId::from_uuid(Uuid::from_u128(1)),
        subscription_id: None,
        issued_on,
        due_on: invoice::due_on(issued_on, false, rules),
        billing_period: JANUARY,
        currency,
        seller: seller(),
        sold_to: waterland(),
        bill_to: bookkeeping(),
        purchase_order: Some("PO-7781".to_owned()),
        payment_method_id: None,
        lines,
        totals,
        paid: zero,
        revision: 1,
    };
    InvoiceDocument { invoice, method: None, is_of_buyer: false, corrects: Vec::new() }
}

/// Zetel Nederland.
#[must_use]
pub fn seller() -> Seller {
    Seller {
        party: Party {
            name: "Zetel Nederland B.V.".to_owned(),
            address: address("Oude Delft 100", "", "2611 CE", "Delft"),
            tax_number: Some("NL001234567B01".to_owned()),
            tax_exemption: None,
            registration_number: Some("27123456".to_owned()),
            email: Some("facturen@zetel.example".to_owned()),
            telephone: Some("+31 15 555 0100".to_owned()),
        },
        iban: Some("NL91ABNA0417164300".to_owned()),
        bic: Some("ABNANL2A".to_owned()),
        invoice_prefix: "Z-".to_owned(),
    }
}

/// Waterland.
#[must_use]
pub fn waterland() -> Party {
    Party {
        name: "Waterland & Zonen B.V.".to_owned(),
        address: address("Keizersgracht 1", "3 hoog", "1015 CC", "Amsterdam"),
        tax_number: Some("NL009876543B01".to_owned()),
        tax_exemption: None,
        registration_number: Some("34567890".to_owned()),
        email: None,
        telephone: None,
    }
}

/// The bookkeeping of Waterland.
#[must_use]
pub fn bookkeeping() -> Party {
    Party {
        name: "Waterland & Zonen B.V., Administratie".to_owned(),
        address: address("Postbus 1", "", "1000 AA", "Amsterdam"),
        email: Some("administratie@waterland.example".to_owned()),
        ..Party::default()
    }
}

fn address(line1: &str, line2: &str, postal_code: &str, city: &str) -> Address {
    Address {
        line1: line1.to_owned(),
        line2: line2.to_owned(),
        postal_code: postal_code.to_owned(),
        city: city.to_owned(),
        region: String::new(),
        country: "NL".to_owned(),
    }
}
