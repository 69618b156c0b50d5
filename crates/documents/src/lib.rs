//! Files: invoices and credit notes on paper as PDF and for programs as UBL after EN 16931, and workbooks for
//! spreadsheets.

mod calculation;
mod pdf;
mod ubl;
mod workbook;

use app::ports::{Cell, DocumentError, Documents, InvoiceDocument};
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
