//! Documents that cost nothing: which invoice, in which language.

use app::ports::{Documents, InvoiceDocument};
use words::Language;

/// Writes the number of an invoice and the language, and nothing else.
pub struct PlainDocuments;

impl Documents for PlainDocuments {
    fn invoice_xml(&self, document: &InvoiceDocument, language: Language) -> String {
        format!("XML of {} in {}", document.invoice.number, language.code())
    }
}
