//! Files: invoices and credit notes on paper as PDF and for programs as UBL after EN 16931, and workbooks for
//! spreadsheets.

mod calculation;
mod pdf;
mod ubl;
mod workbook;

use app::ports::{Cell, DocumentError, Documents, InvoiceDocument};
use domain::billing::invoice::{InvoiceKind, InvoiceState};
use domain::money::Money;
use words::{Language, Words};

/// Writes all of them.
#[derive(Debug, Clone, Copy, Default)]
pub struct Files;

impl Documents for Files {
    fn invoice_pdf(&self, document: &InvoiceDocument, language: Language) -> Result<Vec<u8>, DocumentError> {
        pdf::write(document, self.invoice_xml(document, language), Words::from(language))
    }

    fn invoice_xml(&self, document: &InvoiceDocument, language: Language) -> String {
        ubl::write(document, Words::from(language))
    }

    fn workbook(&self, head: &[&str], rows: &[Vec<Cell>]) -> Result<Vec<u8>, DocumentError> {
        workbook::write(head, rows).map_err(|error| DocumentError(error.to_string()))
    }
}

/// What is to be done about an invoice as it stands; nothing where the customer transfers money, which takes an account
/// too.
fn what_to_do(document: &InvoiceDocument, words: Words) -> Option<String> {
    let invoice = &document.invoice;
    let balance = invoice.balance();
    match (invoice.kind, invoice.state) {
        (_, InvoiceState::Void) => Some(words.invoice_is_void().to_owned()),
        (InvoiceKind::CreditNote, _) if balance.minor == 0 => Some(words.credit_is_settled().to_owned()),
        (InvoiceKind::CreditNote, _) => Some(words.credit_is_open(Money::new(-balance.minor, balance.currency))),
        (InvoiceKind::Invoice, _) if invoice.totals.gross.minor == 0 => Some(words.invoice_asks_nothing().to_owned()),
        (InvoiceKind::Invoice, _) if balance.minor == 0 => Some(words.invoice_is_paid().to_owned()),
        (InvoiceKind::Invoice, _) => document
            .method
            .as_ref()
            .map(|method| words.invoice_charged_to(balance, &words.method_in_sentence(&method.name()), invoice.due_on)),
    }
}

/// Who has to pay what a user bought for the team (R17).
fn who_pays(document: &InvoiceDocument, words: Words) -> Option<String> {
    document.is_of_buyer.then(|| words.invoice_buyer_pays(&document.invoice.bill_to.name))
}
