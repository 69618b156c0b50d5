//! Invoices and credit notes as documents: on paper as PDF, for programs as UBL after EN 16931.

mod calculation;
mod pdf;
mod ubl;

use app::ports::{DocumentError, Documents, InvoiceDocument};
use words::{Language, Words};

/// Writes the documents of invoices.
#[derive(Debug, Clone, Copy, Default)]
pub struct InvoiceDocuments;

impl Documents for InvoiceDocuments {
    fn invoice_pdf(&self, document: &InvoiceDocument, language: Language) -> Result<Vec<u8>, DocumentError> {
        pdf::write(document, self.invoice_xml(document, language), Words::from(language))
    }

    fn invoice_xml(&self, document: &InvoiceDocument, language: Language) -> String {
        ubl::write(document, Words::from(language))
    }
}
