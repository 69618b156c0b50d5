//! An invoice as a document: on paper and for bookkeeping programs (R169).

use super::details::{is_of_buyer, visible};
use crate::door::{App, Caller, Look, Query};
use crate::failure::Failure;
use crate::ports::{CorrectedInvoice, InvoiceDocument};
use domain::access::permission::ReadInvoices;
use domain::ids::{InvoiceId, OrganizationId};
use store::tables::{invoice, payment_method};
use words::Language;

/// Asks for everything that the document of an invoice says.
#[derive(Debug, Clone, Copy)]
pub struct DocumentOf(pub InvoiceId);

impl Query for DocumentOf {
    type Permission = ReadInvoices;
    type Outcome = InvoiceDocument;

    fn run(&self, look: &Look<'_, ReadInvoices>) -> Result<InvoiceDocument, Failure> {
        let invoice = visible(look.read, self.0, &look.granted)?.invoice;
        let method = invoice.payment_method_id.map(|id| payment_method::find(look.read, id)).transpose()?.flatten();
        let corrects = invoice::corrected_by(look.read, self.0)?;
        Ok(InvoiceDocument {
            is_of_buyer: is_of_buyer(look.read, &invoice)?,
            invoice,
            method: method.map(|method| method.described),
            corrects: corrects.into_iter().map(|(number, issued_on)| CorrectedInvoice { number, issued_on }).collect(),
        })
    }
}

/// A document with the number of its invoice.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MadeDocument {
    /// The number.
    pub number: String,
    /// The file.
    pub bytes: Vec<u8>,
}

/// Writes an invoice on paper: PDF/A-3 with the XML inside.
///
/// # Errors
/// The refusal of who may not see it, the failure of the database, or that the document cannot be made.
pub fn pdf(
    app: &App,
    caller: &Caller,
    organization: OrganizationId,
    id: InvoiceId,
    language: Language,
) -> Result<MadeDocument, Failure> {
    let document = app.read(caller, organization, &DocumentOf(id))?;
    let bytes = app.ports().documents.invoice_pdf(&document, language).map_err(Failure::internal)?;
    Ok(MadeDocument { number: document.invoice.number, bytes })
}

/// Writes an invoice for bookkeeping programs: UBL after EN 16931.
///
/// # Errors
/// The refusal of who may not see it, or the failure of the database.
pub fn xml(
    app: &App,
    caller: &Caller,
    organization: OrganizationId,
    id: InvoiceId,
    language: Language,
) -> Result<MadeDocument, Failure> {
    let document = app.read(caller, organization, &DocumentOf(id))?;
    let text = app.ports().documents.invoice_xml(&document, language);
    Ok(MadeDocument { number: document.invoice.number, bytes: text.into_bytes() })
}
