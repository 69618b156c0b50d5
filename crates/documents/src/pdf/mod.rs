//! Invoices and credit notes on paper: PDF/A-3 with the UBL inside, tagged for people who hear it.

#![expect(clippy::float_arithmetic, reason = "where something stands on a sheet is no amount")]

mod address;
mod flow;
mod font;
mod foot;
mod head;
mod sheet;
mod table;

use app::ports::{DocumentError, InvoiceDocument};
use domain::billing::invoice::{Invoice, InvoiceKind};
use domain::money::Money;
use flow::Flow;
use jiff::civil::Date;
use krilla::configure::{Archival, ConfigurationBuilder};
use krilla::embed::{AssociationKind, EmbeddedFile, MimeType};
use krilla::metadata::{DateTime, Metadata};
use krilla::{Document, SerializeSettings};
use sheet::Sheets;
use words::{PRODUCT, Words};

/// What the XML inside is called.
const XML_NAME: &str = "invoice.xml";

/// The document as PDF, with `xml` inside.
pub fn write(document: &InvoiceDocument, xml: String, words: Words) -> Result<Vec<u8>, DocumentError> {
    let mut flow = Flow { document, words, sheets: Sheets::new(), top: 0.0 };
    flow.head();
    flow.table();
    flow.totals();
    flow.reasons();
    flow.payment();
    flow.furniture();
    let mut pdf = Document::new_with(settings()?);
    flow.sheets.draw(&mut pdf, words.language.code());
    let invoice = &document.invoice;
    pdf.set_metadata(
        Metadata::new()
            .title(title(invoice, words))
            .authors(vec![invoice.seller.party.name.clone()])
            .creator(PRODUCT.to_owned())
            .language(words.language.code().to_owned())
            .creation_date(date_time(invoice.issued_on)),
    );
    pdf.embed_file(EmbeddedFile {
        path: XML_NAME.to_owned(),
        mime_type: MimeType::new("application/xml"),
        description: Some(title(invoice, words)),
        association_kind: AssociationKind::Alternative,
        data: xml.into_bytes().into(),
        modification_date: Some(date_time(invoice.issued_on)),
        compress: Some(true),
        location: None,
    });
    pdf.finish().map_err(|error| DocumentError(format!("{error:?}")))
}

fn settings() -> Result<SerializeSettings, DocumentError> {
    let configuration = ConfigurationBuilder::new()
        .with_archival_validator(Archival::A3_A)
        .finish()
        .map_err(|error| DocumentError(format!("{error:?}")))?;
    Ok(SerializeSettings { configuration, ..SerializeSettings::default() })
}

/// `Invoice Z-2020-000042`.
fn title(invoice: &Invoice, words: Words) -> String {
    match invoice.kind {
        InvoiceKind::Invoice => words.invoice_titled(&invoice.number),
        InvoiceKind::CreditNote => words.credit_note_titled(&invoice.number),
    }
}

/// What is still owed, and to whom.
fn owed(invoice: &Invoice, words: Words) -> (&'static str, Money) {
    let balance = invoice.balance();
    match invoice.kind {
        InvoiceKind::Invoice => (words.amount_due(), balance),
        InvoiceKind::CreditNote => (words.amount_credited(), Money::new(-balance.minor, balance.currency)),
    }
}

fn date_time(day: Date) -> DateTime {
    let [month, day_of_month] = [day.month(), day.day()].map(i8::unsigned_abs);
    DateTime::new(day.year().unsigned_abs()).month(month).day(day_of_month)
}
