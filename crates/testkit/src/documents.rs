//! Documents that cost nothing: which invoice, in which language.

use app::ports::{DocumentError, Documents, InvoiceDocument};
use words::Language;

/// Writes the number of an invoice and the language, and nothing else.
pub struct PlainDocuments;

impl Documents for PlainDocuments {
    fn invoice_pdf(&self, document: &InvoiceDocument, language: Language) -> Result<Vec<u8>, DocumentError> {
        Ok(format!("PDF of {} in {}", document.invoice.number, language.code()).into_bytes())
    }

    fn invoice_xml(&self, document: &InvoiceDocument, language: Language) -> String {
        format!("XML of {} in {}", document.invoice.number, language.code())
    }
}
