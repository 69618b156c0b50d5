//! Invoices and credit notes on paper, read back by `pdftotext` (R169, R170). `ZETEL_WRITE_EXPECTED` writes the
//! expected texts anew and leaves the documents beside them, for people to look at.

#![expect(clippy::unwrap_used, reason = "helpers of a test fail the test")]

use app::ports::{CardDescription, CorrectedInvoice, Documents, InvoiceDocument, MethodDescription};
use documents::Files;
use domain::billing::charge::{ChargeKind, NewCharge};
use domain::billing::invoice::InvoiceState;
use domain::billing::tax::TaxTreatment;
use domain::billing::{BillingRules, Moment, Proration, charge};
use domain::money::{Currency, Money};
use jiff::civil::date;
use jiff::tz::TimeZone;
use std::path::Path;
use std::process::Command;
use testkit::invoice::{
    FEBRUARY, JANUARY, REVERSE_CHARGE, RULES, STANDARD, billable, charged, document, eur, of_a_partner,
    of_an_exempt_customer, taken_back,
};
use words::Language;

/// Set where `pdftotext` is there, so that a test that cannot find it fails instead of being left out.
const REQUIRED: &str = "ZETEL_TEST_PDFTOTEXT_REQUIRED";

/// Checks the text of a document; `None` when `pdftotext` is not there.
fn assert_reads(name: &str, document: &InvoiceDocument, language: Language) -> Option<String> {
    let pdf = Files.invoice_pdf(document, language).unwrap();
    let again = Files.invoice_pdf(document, language).unwrap();
    assert!(pdf == again, "the same document gives the same bytes");
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("document.pdf");
    std::fs::write(&path, &pdf).unwrap();
    let output = Command::new("pdftotext").args(["-layout", "-enc", "UTF-8"]).arg(&path).arg("-").output();
    let Ok(output) = output else {
        assert!(std::env::var_os(REQUIRED).is_none(), "pdftotext is not there (apt-get install poppler-utils)");
        eprintln!("left out: pdftotext is not there (apt-get install poppler-utils)");
        return None;
    };
    let errors = String::from_utf8(output.stderr).unwrap();
    assert_eq!(errors, "", "pdftotext finds nothing wrong");
    let text = without_gaps(&String::from_utf8(output.stdout).unwrap());
    let expected = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/expected").join(name);
    if std::env::var_os("ZETEL_WRITE_EXPECTED").is_some() {
        std::fs::write(&expected, &text).unwrap();
        std::fs::write(Path::new(env!("CARGO_TARGET_TMPDIR")).join(name).with_extension("pdf"), &pdf).unwrap();
    }
    assert_eq!(text, std::fs::read_to_string(&expected).unwrap(), "{name}; ZETEL_WRITE_EXPECTED=1 writes it anew");
    Some(text)
}

/// How wide a gap is and how many lines are empty differs between versions of `pdftotext`.
fn without_gaps(text: &str) -> String {
    let lines = text.split(['\n', '\u{c}']).map(|line| line.split("  ").map(str::trim).filter(|part| !part.is_empty()));
    let lines = lines.map(|parts| parts.collect::<Vec<_>>().join(" | ")).filter(|line| !line.is_empty());
    lines.map(|line| line + "\n").collect()
}

/// Domain 4.9, R169: five licenses more in mid-period, the next period for all, and two fewer of another product.
fn usual() -> InvoiceDocument {
    let added = charged(ChargeKind::AddQuantity, 5, eur(1_000), JANUARY, date(2020, 1, 25));
    let next = charged(ChargeKind::PeriodicPayment, 105, eur(1_000), FEBRUARY, FEBRUARY.start);
    let other = charged(ChargeKind::Purchase, 10, eur(2_250), JANUARY, JANUARY.start);
    let fewer = taken_back(ChargeKind::RemoveQuantity, 2, other, date(2020, 2, 1));
    let lines = vec![
        billable(1, "Microsoft 365 E3", Some(1_042), added),
        billable(1, "Microsoft 365 E3", None, next),
        billable(2, "Visio Plan 2", Some(1_057), fewer),
    ];
    document(Currency::Eur, vec![(STANDARD, lines)])
}

fn visa() -> MethodDescription {
    let (brand, last_four) = ("Visa".to_owned(), "4242".to_owned());
    MethodDescription::Card(CardDescription { brand, last_four, expires_on: "2028-08".to_owned() })
}

#[test]
fn an_invoice_that_the_customer_transfers() {
    assert_reads("invoice.nl.txt", &usual(), Language::Dutch);
    assert_reads("invoice.en.txt", &usual(), Language::English);
}

/// R66, R68, domain 1.1: each line of a partner's invoice names the customer to which it sold.
#[test]
fn an_invoice_of_a_partner() {
    assert_reads("invoice-of-a-partner.en.txt", &of_a_partner(), Language::English);
    assert_reads("invoice-of-a-partner.nl.txt", &of_a_partner(), Language::Dutch);
}

/// R170: reverse charge says so and why; a card is charged by itself, and a part was paid.
#[test]
fn an_invoice_that_a_card_pays_with_reverse_charge() {
    let mut document = usual();
    let line = charged(ChargeKind::Renewal, 12, eur(99_900), FEBRUARY, FEBRUARY.start);
    let reverse = testkit::invoice::document(
        Currency::Eur,
        vec![(REVERSE_CHARGE, vec![billable(3, "Power BI Premium", Some(1_060), line)])],
    );
    document.invoice.lines = reverse.invoice.lines;
    document.invoice.totals = reverse.invoice.totals;
    document.invoice.sold_to.address.country = "BE".to_owned();
    document.invoice.sold_to.tax_number = Some("BE0123456749".to_owned());
    document.invoice.state = InvoiceState::PartlyPaid;
    document.invoice.paid = eur(100_000);
    document.method = Some(visa());
    assert_reads("reverse-charge.nl.txt", &document, Language::Dutch);
    assert_reads("reverse-charge.en.txt", &document, Language::English);
}

/// R170: a customer that is exempt reads by which certificate.
#[test]
fn an_invoice_of_an_exempt_customer() {
    assert_reads("exempt.nl.txt", &of_an_exempt_customer(), Language::Dutch);
    assert_reads("exempt.en.txt", &of_an_exempt_customer(), Language::English);
}

/// R17: what a user bought for the team says that the user has to pay it.
#[test]
fn an_invoice_of_a_buyer() {
    let mut document = InvoiceDocument { is_of_buyer: true, ..usual() };
    document.invoice.bill_to.name = "Sanne de Wit".to_owned();
    assert_reads("of-a-buyer.nl.txt", &document, Language::Dutch);
    assert_reads("of-a-buyer.en.txt", &document, Language::English);
}

/// Domain 4.9: a line whose price includes tax says so; what was charged before comes back without.
#[test]
fn an_invoice_of_prices_that_include_tax() {
    let part = charged(ChargeKind::AddQuantity, 7, eur(1_999), JANUARY, date(2020, 1, 25));
    let part = NewCharge { includes_tax: true, ..part };
    let before = charged(ChargeKind::PeriodicPayment, 3, eur(1_300), JANUARY, JANUARY.start);
    let back = taken_back(ChargeKind::RemoveQuantity, 2, before, date(2020, 1, 25));
    let lines = vec![billable(1, "Visio Plan 2", None, part), billable(2, "Visio Plan 1", Some(1_043), back)];
    let document = document(Currency::Eur, vec![(STANDARD, lines)]);
    assert_reads("prices-with-tax.nl.txt", &document, Language::Dutch);
    assert_reads("prices-with-tax.en.txt", &document, Language::English);
}

/// Yen have no decimals and dinars three; neither has a sign that both languages know.
#[test]
fn invoices_in_other_currencies() {
    let in_currency = |currency, minor, tax| {
        let bought = charged(ChargeKind::Purchase, 40, Money::new(minor, currency), JANUARY, JANUARY.start);
        let fewer = taken_back(ChargeKind::RemoveQuantity, 2, bought.clone(), date(2020, 1, 25));
        let lines = vec![billable(1, "Visio Plan 1", Some(7), bought), billable(1, "Visio Plan 1", Some(8), fewer)];
        document(currency, vec![(tax, lines)])
    };
    let mut yen = in_currency(Currency::Jpy, 1_300, TaxTreatment::NONE);
    yen.invoice.seller.party.tax_number = None;
    assert_reads("yen.en.txt", &yen, Language::English);
    assert_reads("dinars.nl.txt", &in_currency(Currency::Kwd, 1_205, STANDARD), Language::Dutch);
}

/// Domain 4.9: ten licenses canceled after three days bring back 90.32 and the tax on it.
#[test]
fn a_credit_note() {
    let march = domain::time::Period { start: date(2020, 3, 1), end: date(2020, 4, 1) };
    let bought = charged(ChargeKind::Purchase, 10, eur(1_000), march, march.start);
    let canceled = taken_back(ChargeKind::Cancellation, 10, bought, date(2020, 3, 4));
    let mut document =
        document(Currency::Eur, vec![(STANDARD, vec![billable(1, "Project Plan 3", Some(9), canceled)])]);
    document.corrects = vec![CorrectedInvoice { number: "Z-2020-000038".to_owned(), issued_on: date(2020, 3, 1) }];
    assert_reads("credit-note.nl.txt", &document, Language::Dutch);
    assert_reads("credit-note.en.txt", &document, Language::English);
    document.invoice.paid = document.invoice.totals.gross;
    document.invoice.state = InvoiceState::Paid;
    assert_reads("credit-note-settled.en.txt", &document, Language::English);
}

/// Two hundred lines go over several sheets, each with the names of the columns and its number.
#[test]
fn an_invoice_of_two_hundred_lines() {
    let lines = (0u32..200)
        .map(|index| {
            let day = date(2020, 1, 15).saturating_add(jiff::Span::new().days(i64::from(index % 30)));
            let line = charged(ChargeKind::AddQuantity, index + 1, eur(i64::from(index) * 37 + 99), JANUARY, day);
            let subscription = if index < 60 { 1 } else { u128::from(index / 3) };
            billable(subscription, &format!("Product {subscription}"), Some(u64::from(index) + 1), line)
        })
        .collect();
    let document = document(Currency::Eur, vec![(STANDARD, lines)]);
    if let Some(text) = assert_reads("two-hundred-lines.nl.txt", &document, Language::Dutch) {
        assert_eq!(text.matches(" van 13\n").count(), 13);
        assert_eq!(text.matches("Omschrijving | Licenties | Prijs | Dagen | Btw | Bedrag\n").count(), 12);
    }
}

/// Long names and large amounts wrap and push nothing off the sheet; letters that the font lacks are question marks.
/// By the second the days of a line say little, and the seconds are said.
#[test]
fn an_invoice_with_long_names() {
    let long = "Samenwerkingsverband Gemeenschappelijke Regeling Informatievoorziening en Automatisering Waterland-Noord \
        en Omstreken";
    let rules = BillingRules { proration: Proration::Second, ..RULES };
    let noon = Moment::new("2020-01-25T12:00:00Z".parse().unwrap(), TimeZone::UTC);
    let line =
        charge::charge(ChargeKind::AddQuantity, 60_000, Money::new(98_765_432, Currency::Usd), JANUARY, &noon, &rules);
    let product = format!("Een product met een uitzonderlijk lange naam, {long}, versie 上海");
    let mut document = document(Currency::Usd, vec![(STANDARD, vec![billable(1, &product, Some(u64::MAX), line)])]);
    document.invoice.bill_to.name = long.to_owned();
    document.invoice.bill_to.address.line2 =
        "Donaudampfschifffahrtsgesellschaftskapitänsmützenabzeichenverordnung".to_owned();
    document.invoice.sold_to.address.country = "US".to_owned();
    document.invoice.sold_to.address.region = "NY".to_owned();
    document.invoice.seller.party.name = format!("Stichting {long}");
    document.invoice.number = "Z-2020-000042-met-een-bijzonder-lang-voorvoegsel".to_owned();
    assert_reads("long-names.nl.txt", &document, Language::Dutch);
}

/// What was given up, what is paid and what costs nothing asks for nothing.
#[test]
fn documents_that_ask_for_nothing() {
    let mut void = usual();
    void.invoice.state = InvoiceState::Void;
    void.invoice.seller.iban = None;
    assert_reads("void.en.txt", &void, Language::English);
    let mut paid = usual();
    paid.invoice.state = InvoiceState::Paid;
    paid.invoice.paid = paid.invoice.totals.gross;
    assert_reads("paid.nl.txt", &paid, Language::Dutch);
}
