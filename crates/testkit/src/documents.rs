//! Documents that cost nothing: which invoice, in which language; sheets as plain text.

use app::ports::{Cell, DocumentError, Documents, InvoiceDocument};
use words::Language;

/// Writes the number of an invoice and the language, the cells of a workbook, and nothing else.
pub struct PlainDocuments;

impl Documents for PlainDocuments {
    fn invoice_pdf(&self, document: &InvoiceDocument, language: Language) -> Result<Vec<u8>, DocumentError> {
        Ok(format!("PDF of {} in {}", document.invoice.number, language.code()).into_bytes())
    }

    fn invoice_xml(&self, document: &InvoiceDocument, language: Language) -> String {
        format!("XML of {} in {}", document.invoice.number, language.code())
    }

    fn workbook(&self, head: &[&str], rows: &[Vec<Cell>]) -> Result<Vec<u8>, DocumentError> {
        let cell = |cell: &Cell| match cell {
            Cell::Text(text) => text.clone(),
            Cell::Count(count) => count.to_string(),
            Cell::Amount(money) => money.to_string(),
        };
        let line = |cells: &Vec<Cell>| cells.iter().map(cell).collect::<Vec<_>>().join("|");
        let lines: Vec<String> = [head.join("|")].into_iter().chain(rows.iter().map(line)).collect();
        Ok(lines.join("\n").into_bytes())
    }
}
