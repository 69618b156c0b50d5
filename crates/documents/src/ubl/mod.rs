//! Invoices and credit notes as UBL 2.1 after EN 16931. Comments name the terms (BT, BG) and rules (BR) of that norm.
//!
//! The norm counts a credit note in amounts that are given back, so that those of ours change their sign. A part of a
//! period is a line allowance: quantity × price stays what was agreed, and the allowance takes off what is not charged,
//! so that every line adds up to the cent. A line that goes the other way has a negative quantity and a line charge.

mod amount;
mod line;
mod party;
mod xml;

use crate::{what_to_do, who_pays};
use amount::percent;
use app::ports::{InvoiceDocument, MethodDescription};
use domain::billing::invoice::{Invoice, InvoiceKind, TaxTotal};
use domain::billing::tax::{TaxCategory, TaxTreatment};
use domain::money::Money;
use domain::time::Period;
use words::Words;
use xml::Xml;

/// The norm that the document follows (BT-24).
const EN_16931: &str = "urn:cen.eu:en16931:2017";
/// Most decimals that an amount may have after EN 16931.
const DECIMALS_MAX: u8 = 2;

/// The document as XML.
pub fn write(document: &InvoiceDocument, words: Words) -> String {
    let (root, sign) = match document.invoice.kind {
        InvoiceKind::Invoice => ("Invoice", 1),
        InvoiceKind::CreditNote => ("CreditNote", -1),
    };
    let schema = format!("urn:oasis:names:specification:ubl:schema:xsd:{root}-2");
    let namespaces = [
        ("xmlns", schema.as_str()),
        ("xmlns:cac", "urn:oasis:names:specification:ubl:schema:xsd:CommonAggregateComponents-2"),
        ("xmlns:cbc", "urn:oasis:names:specification:ubl:schema:xsd:CommonBasicComponents-2"),
    ];
    let document = &with_one_scope(document);
    Xml::document(root, &namespaces, |xml| Writer { xml, document, words, sign }.document())
}

/// What is out of scope of the tax stands beside nothing that is not (BR-O-11): there it is called exempt, which comes
/// to the same.
fn with_one_scope(document: &InvoiceDocument) -> InvoiceDocument {
    let mut document = document.clone();
    let Invoice { lines, totals, .. } = &mut document.invoice;
    if totals.taxes.len() > 1 {
        let taxes =
            lines.iter_mut().map(|line| &mut line.tax).chain(totals.taxes.iter_mut().map(|total| &mut total.tax));
        for tax in taxes.filter(|tax| **tax == TaxTreatment::NONE) {
            *tax = TaxTreatment::EXEMPT;
        }
    }
    document
}

struct Writer<'a> {
    xml: &'a mut Xml,
    document: &'a InvoiceDocument,
    words: Words,
    /// What turns our amounts into those of the document: 1, or -1 for a credit note.
    sign: i64,
}

impl Writer<'_> {
    fn document(&mut self) {
        self.head();
        self.references();
        self.seller();
        self.buyer();
        self.payment();
        self.taxes();
        self.totals();
        for line in &self.document.invoice.lines {
            self.line(line);
        }
    }

    fn is_credit_note(&self) -> bool {
        self.document.invoice.kind == InvoiceKind::CreditNote
    }

    fn head(&mut self) {
        let invoice = &self.document.invoice;
        if invoice.currency.decimals() <= DECIMALS_MAX {
            self.xml.text("cbc:CustomizationID", EN_16931);
        }
        self.xml.text("cbc:ID", &invoice.number);
        self.xml.text("cbc:IssueDate", &invoice.issued_on.to_string());
        // UNTDID 1001: 380 commercial invoice, 381 credit note.
        if self.is_credit_note() {
            self.xml.text("cbc:CreditNoteTypeCode", "381");
        } else {
            self.xml.text("cbc:DueDate", &invoice.due_on.to_string());
            self.xml.text("cbc:InvoiceTypeCode", "380");
        }
        // One note: readers of the norm's wider use take no second one.
        let notes: Vec<_> = [self.billing_period()].into_iter().chain(who_pays(self.document, self.words)).collect();
        self.xml.text("cbc:Note", &notes.join(" · "));
        self.xml.text("cbc:DocumentCurrencyCode", invoice.currency.code());
    }

    /// The days between two invoices, which say little of the days of use (BG-14 has those).
    fn billing_period(&self) -> String {
        let period = self.document.invoice.billing_period;
        let range = self.words.date_range(period.start, period.last_day());
        format!("{}: {range}", self.words.billing_period())
    }

    fn references(&mut self) {
        let invoice = &self.document.invoice;
        let used: Vec<Period> =
            invoice.lines.iter().map(|line| line.service_period).filter(|period| period.days() > 0).collect();
        let (start, end) = (used.iter().map(|period| period.start).min(), used.iter().map(|period| period.end).max());
        if let (Some(start), Some(end)) = (start, end) {
            self.period(Period { start, end });
        }
        if let Some(number) = &invoice.purchase_order {
            self.xml.element("cac:OrderReference", |xml| xml.text("cbc:ID", number));
        }
        for corrected in &self.document.corrects {
            self.xml.element("cac:BillingReference", |xml| {
                xml.element("cac:InvoiceDocumentReference", |xml| {
                    xml.text("cbc:ID", &corrected.number);
                    xml.text("cbc:IssueDate", &corrected.issued_on.to_string());
                });
            });
        }
    }

    fn period(&mut self, period: Period) {
        self.xml.element("cac:InvoicePeriod", |xml| {
            xml.text("cbc:StartDate", &period.start.to_string());
            xml.text("cbc:EndDate", &period.last_day().to_string());
        });
    }

    /// How it is paid (BG-16), in the codes of UNTDID 4461: 48 card, 59 SEPA direct debit, 30 credit transfer, 1 not
    /// said.
    fn payment(&mut self) {
        let document = self.document;
        let (invoice, seller) = (&document.invoice, &document.invoice.seller);
        if self.is_credit_note() {
            return self.terms();
        }
        self.xml.element("cac:PaymentMeans", |xml| match (&document.method, &seller.iban) {
            (Some(MethodDescription::Card(card)), _) => {
                xml.text("cbc:PaymentMeansCode", "48");
                xml.element("cac:CardAccount", |xml| {
                    xml.text("cbc:PrimaryAccountNumberID", &card.last_four);
                    xml.text("cbc:NetworkID", &card.brand);
                });
            }
            (Some(MethodDescription::BankAccount(account)), _) => {
                xml.text("cbc:PaymentMeansCode", "59");
                xml.text("cbc:PaymentID", &invoice.number);
                if let Some(mandate) = &account.mandate {
                    xml.element("cac:PaymentMandate", |xml| xml.text("cbc:ID", mandate));
                }
            }
            (None, Some(iban)) => {
                xml.text("cbc:PaymentMeansCode", "30");
                xml.text("cbc:PaymentID", &invoice.number);
                xml.element("cac:PayeeFinancialAccount", |xml| {
                    xml.text("cbc:ID", iban);
                    xml.text("cbc:Name", &seller.party.name);
                    if let Some(bic) = &seller.bic {
                        xml.element("cac:FinancialInstitutionBranch", |xml| xml.text("cbc:ID", bic));
                    }
                });
            }
            (None, None) => {
                xml.text("cbc:PaymentMeansCode", "1");
                xml.text("cbc:PaymentID", &invoice.number);
            }
        });
        self.terms();
    }

    /// What is to be done (BT-20); of a transfer the means of payment say it.
    fn terms(&mut self) {
        if let Some(note) = what_to_do(self.document, self.words) {
            self.xml.element("cac:PaymentTerms", |xml| xml.text("cbc:Note", &note));
        }
    }

    fn taxes(&mut self) {
        let totals = &self.document.invoice.totals;
        let tax = Money::new(totals.gross.minor - totals.net.minor, totals.net.currency);
        let (words, sign, customer) = (self.words, self.sign, &self.document.invoice.sold_to);
        self.xml.element("cac:TaxTotal", |xml| {
            write_amount(xml, "cbc:TaxAmount", signed(tax, sign));
            for total in &totals.taxes {
                tax_subtotal(xml, total, words.vat_reason(total.tax.category, customer), sign);
            }
        });
    }

    fn totals(&mut self) {
        let invoice = &self.document.invoice;
        let (totals, sign) = (&invoice.totals, self.sign);
        let payable = Money::new(totals.gross.minor - invoice.paid.minor, invoice.currency);
        self.xml.element("cac:LegalMonetaryTotal", |xml| {
            write_amount(xml, "cbc:LineExtensionAmount", signed(totals.net, sign));
            write_amount(xml, "cbc:TaxExclusiveAmount", signed(totals.net, sign));
            write_amount(xml, "cbc:TaxInclusiveAmount", signed(totals.gross, sign));
            if invoice.paid.minor != 0 {
                write_amount(xml, "cbc:PrepaidAmount", signed(invoice.paid, sign));
            }
            write_amount(xml, "cbc:PayableAmount", signed(payable, sign));
        });
    }
}

/// A category and rate of tax (BG-23).
fn tax_subtotal(xml: &mut Xml, total: &TaxTotal, reason: Option<String>, sign: i64) {
    xml.element("cac:TaxSubtotal", |xml| {
        write_amount(xml, "cbc:TaxableAmount", signed(total.net, sign));
        write_amount(xml, "cbc:TaxAmount", signed(total.amount, sign));
        xml.element("cac:TaxCategory", |xml| {
            tax_rate(xml, total.tax);
            let code = match total.tax.category {
                TaxCategory::ReverseCharge => "VATEX-EU-AE",
                TaxCategory::OutOfScope => "VATEX-EU-O",
                TaxCategory::Exempt | TaxCategory::Standard | TaxCategory::ZeroRated => "",
            };
            xml.text("cbc:TaxExemptionReasonCode", code);
            xml.text("cbc:TaxExemptionReason", &reason.unwrap_or_default());
            tax_scheme(xml, "VAT");
        });
    });
}

/// The code of a category and its rate, which what is out of scope has not (BR-O-05).
fn tax_rate(xml: &mut Xml, tax: TaxTreatment) {
    xml.text("cbc:ID", tax.category.code());
    if tax.category != TaxCategory::OutOfScope {
        xml.text("cbc:Percent", &percent(tax.rate));
    }
}

fn tax_scheme(xml: &mut Xml, scheme: &str) {
    xml.element("cac:TaxScheme", |xml| xml.text("cbc:ID", scheme));
}

fn signed(amount: Money, sign: i64) -> Money {
    Money::new(amount.minor * sign, amount.currency)
}

fn write_amount(xml: &mut Xml, name: &str, amount: Money) {
    xml.text_with(name, ("currencyID", amount.currency.code()), &amount.decimal());
}
