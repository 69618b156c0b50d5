//! Invoices and credit notes as documents: for programs as UBL after EN 16931.

mod calculation;
mod ubl;

use app::ports::{Documents, InvoiceDocument};
use words::{Language, Words};

/// Writes the documents of invoices.
#[derive(Debug, Clone, Copy, Default)]
pub struct InvoiceDocuments;

impl Documents for InvoiceDocuments {
    fn invoice_xml(&self, document: &InvoiceDocument, language: Language) -> String {
        ubl::write(document, Words::from(language))
    }
}
