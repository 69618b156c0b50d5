//! Invoices and credit notes as UBL, to the letter (R169, R170). The files in `expected` are also what
//! `cargo xtask test` gives to a public validator of EN 16931.

use app::ports::{CardDescription, CorrectedInvoice, Documents, InvoiceDocument, MethodDescription};
use documents::Files;
use domain::billing::BillingRules;
use domain::billing::charge::{ChargeKind, NewCharge};
use domain::billing::tax::{TaxCategory, TaxTreatment};
use domain::money::{Currency, Money, Rounding};
use jiff::civil::date;
use std::path::Path;
use testkit::invoice::{
    FEBRUARY, JANUARY, REVERSE_CHARGE, RULES, STANDARD, billable, charged, document, document_by, eur, of_a_partner,
    of_an_exempt_customer, taken_back,
};
use words::Language;

fn assert_written(name: &str, document: &InvoiceDocument, language: Language) {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/expected").join(name);
    let written = Files.invoice_xml(document, language);
    if std::env::var_os("ZETEL_WRITE_EXPECTED").is_some() {
        std::fs::write(&path, &written).expect("the file is written");
    }
    let expected = std::fs::read_to_string(&path).expect("the file is there");
    assert_eq!(written, expected, "{name}; ZETEL_WRITE_EXPECTED=1 writes it anew");
}

/// Domain 4.9, R169: five licenses more in mid-period, the next period for all, and two fewer of another product.
#[test]
fn an_invoice_of_parts_of_periods_and_a_credit() {
    let added = charged(ChargeKind::AddQuantity, 5, eur(1_000), JANUARY, date(2020, 1, 25));
    let next = charged(ChargeKind::PeriodicPayment, 105, eur(1_000), FEBRUARY, FEBRUARY.start);
    let other = charged(ChargeKind::Purchase, 10, eur(2_250), JANUARY, JANUARY.start);
    let fewer = taken_back(ChargeKind::RemoveQuantity, 2, other, date(2020, 2, 1));
    let lines = vec![
        billable(1, "Microsoft 365 E3", Some(1_042), added),
        billable(1, "Microsoft 365 E3", None, next),
        billable(2, "Visio Plan 2", Some(1_057), fewer),
    ];
    assert_written("invoice.xml", &document(Currency::Eur, vec![(STANDARD, lines)]), Language::English);
}

/// R170: several categories on one invoice, which a card pays and of which a part was paid.
#[test]
fn an_invoice_with_several_categories_of_tax() {
    let line = |number, kind, quantity, price, day| {
        billable(number, "Power BI Pro", Some(7), charged(kind, quantity, eur(price), JANUARY, day))
    };
    let zero = TaxTreatment { category: TaxCategory::ZeroRated, rate: 0 };
    let exempt = TaxTreatment { category: TaxCategory::Exempt, rate: 0 };
    let low = TaxTreatment { category: TaxCategory::Standard, rate: 950 };
    let groups = vec![
        (low, vec![line(1, ChargeKind::Purchase, 3, 999, date(2020, 1, 20))]),
        (STANDARD, vec![line(2, ChargeKind::Renewal, 7, 1_415, JANUARY.start)]),
        (REVERSE_CHARGE, vec![line(3, ChargeKind::Conversion, 11, 333, date(2020, 2, 14))]),
        (zero, vec![line(4, ChargeKind::Reactivation, 1, 12_000, date(2020, 1, 31))]),
        (exempt, vec![line(5, ChargeKind::Purchase, 1, 100, JANUARY.start)]),
    ];
    let mut document = document(Currency::Eur, groups);
    document.method = Some(MethodDescription::Card(CardDescription {
        brand: "Visa".to_owned(),
        last_four: "4242".to_owned(),
        expires_on: "2028-08".to_owned(),
    }));
    document.invoice.paid = eur(5_000);
    assert_written("invoice-with-several-taxes.xml", &document, Language::Dutch);
}

/// R169: of what was paid nothing is charged any more, and the document says that it is paid. R17: what a user bought for
/// the team names who has to pay it.
#[test]
fn an_invoice_of_a_buyer_that_is_paid() {
    let line = charged(ChargeKind::Purchase, 3, eur(1_000), JANUARY, JANUARY.start);
    let mut document = document(Currency::Eur, vec![(STANDARD, vec![billable(1, "Power BI Pro", Some(7), line)])]);
    document.method = Some(MethodDescription::Card(CardDescription {
        brand: "Visa".to_owned(),
        last_four: "4242".to_owned(),
        expires_on: "2028-08".to_owned(),
    }));
    document.is_of_buyer = true;
    document.invoice.bill_to.name = "Bram Bakker".to_owned();
    document.invoice = document.invoice.with_payment(document.invoice.totals.gross).expect("all of it");
    assert_written("invoice-of-a-buyer-paid.xml", &document, Language::English);
}

/// R170: since its seller charges tax, what comes back without any stands on an invoice with tax.
#[test]
fn an_invoice_with_tax_and_without() {
    let bought = charged(ChargeKind::Purchase, 10, eur(1_000), JANUARY, JANUARY.start);
    let fewer = taken_back(ChargeKind::RemoveQuantity, 2, bought, date(2020, 2, 1));
    let month = charged(ChargeKind::PeriodicPayment, 8, eur(1_000), FEBRUARY, FEBRUARY.start);
    let groups = vec![
        (TaxTreatment::NONE, vec![billable(1, "Visio Plan 2", Some(7), fewer)]),
        (STANDARD, vec![billable(1, "Visio Plan 2", None, month)]),
    ];
    assert_written("invoice-with-tax-and-without.xml", &document(Currency::Eur, groups), Language::English);
}

/// R170: an invoice without tax names the certificate that says why.
#[test]
fn an_invoice_of_an_exempt_customer() {
    assert_written("invoice-of-an-exempt-customer.xml", &of_an_exempt_customer(), Language::English);
}

/// R66, R68, domain 1.1: each line of a partner's invoice names the customer to which it sold.
#[test]
fn an_invoice_of_a_partner() {
    assert_written("invoice-of-a-partner.xml", &of_a_partner(), Language::English);
}

/// Domain 4.9: ten licenses canceled after three days bring back 90.32. The credit note says it in positive amounts.
#[test]
fn a_credit_note() {
    let march = domain::time::Period { start: date(2020, 3, 1), end: date(2020, 4, 1) };
    let bought = charged(ChargeKind::Purchase, 10, eur(1_000), march, march.start);
    let canceled = taken_back(ChargeKind::Cancellation, 10, bought, date(2020, 3, 4));
    let rest = charged(ChargeKind::AddQuantity, 1, eur(450), march, date(2020, 3, 30));
    let groups = vec![
        (STANDARD, vec![billable(1, "Project <Plan 3> & meer", Some(9), canceled)]),
        (REVERSE_CHARGE, vec![billable(2, "Visio Plan 1", Some(8), rest)]),
    ];
    let mut document = document(Currency::Eur, groups);
    document.corrects = vec![CorrectedInvoice { number: "Z-2020-000038".to_owned(), issued_on: date(2020, 3, 1) }];
    assert_written("credit-note.xml", &document, Language::Dutch);
}

/// A seller without a tax number charges no tax, and then nobody's VAT number may stand there (BR-O-02). Yen have no
/// decimals.
#[test]
fn an_invoice_without_tax() {
    let line = charged(ChargeKind::Purchase, 3, Money::new(1_300, Currency::Jpy), JANUARY, date(2020, 1, 25));
    let groups = vec![(TaxTreatment::NONE, vec![billable(1, "Visio Plan 1", None, line)])];
    let mut document = document(Currency::Jpy, groups);
    document.invoice.seller.party.tax_number = None;
    document.invoice.seller.iban = None;
    document.invoice.purchase_order = None;
    document.invoice.lines[0].service_period.end = document.invoice.lines[0].service_period.start;
    assert_written("invoice-without-tax.xml", &document, Language::English);
}

/// The norm knows two decimals, so an invoice in dinars, which have three, does not say that it follows it: 48.200 −
/// 1.633 and 21% are 56.346, of which a part was paid.
#[test]
fn an_invoice_in_a_currency_of_three_decimals() {
    let price = Money::new(1_205, Currency::Kwd);
    let bought = charged(ChargeKind::Purchase, 40, price, JANUARY, JANUARY.start);
    let fewer = taken_back(ChargeKind::RemoveQuantity, 2, bought.clone(), date(2020, 1, 25));
    let lines = vec![billable(1, "Visio Plan 1", Some(7), bought), billable(1, "Visio Plan 1", Some(8), fewer)];
    let mut document = document(Currency::Kwd, vec![(STANDARD, lines)]);
    assert_eq!(document.invoice.totals.gross, Money::new(56_346, Currency::Kwd));
    document.invoice.paid = Money::new(10_001, Currency::Kwd);
    assert_written("beyond-en-16931/invoice-in-dinars.xml", &document, Language::English);
}

fn with_tax_included(line: NewCharge) -> NewCharge {
    NewCharge { includes_tax: true, ..line }
}

/// Prices of the catalog that include tax: the price without it has enough decimals to come to the line's amount. What
/// was charged before they did comes back without.
#[test]
fn an_invoice_of_prices_that_include_tax() {
    let whole = with_tax_included(charged(ChargeKind::Purchase, 60_000, eur(1_000), JANUARY, JANUARY.start));
    let part = with_tax_included(charged(ChargeKind::AddQuantity, 7, eur(1_999), JANUARY, date(2020, 1, 25)));
    let before = charged(ChargeKind::PeriodicPayment, 3, eur(1_300), JANUARY, JANUARY.start);
    let back = taken_back(ChargeKind::RemoveQuantity, 2, before, date(2020, 1, 25));
    let lines = vec![
        billable(1, "Microsoft 365 E3", None, whole),
        billable(2, "Visio Plan 2", None, part),
        billable(3, "Visio Plan 1", None, back),
    ];
    let document = document(Currency::Eur, vec![(STANDARD, lines)]);
    assert_written("invoice-of-prices-with-tax.xml", &document, Language::English);
}

/// D17: where fractions are cut off, what a line differs from its price by is called rounding.
#[test]
fn cents_that_were_cut_off_are_called_rounding() {
    let rules = BillingRules { rounding: Rounding::Truncate, ..RULES };
    let line = with_tax_included(charged(ChargeKind::Purchase, 1, eur(1_000), JANUARY, JANUARY.start));
    let document = document_by(&rules, Currency::Eur, vec![(STANDARD, vec![billable(1, "Visio", None, line)])]);
    assert_written("invoice-with-rounding.xml", &document, Language::Dutch);
}
