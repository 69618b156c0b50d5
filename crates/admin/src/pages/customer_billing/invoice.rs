//! One invoice of a customer, with what the operator can record of it.

use super::{invoice_url, transfer_url};
use crate::pages::invoice::{Around, Command, details_page, document, title};
use crate::web::{PageResult, Section, Visitor, render};
use app::billing::details::{InvoiceDetails, InvoiceView};
use axum::extract::Path;
use domain::billing::invoice::InvoiceKind;
use domain::ids::{InvoiceId, OrganizationId};
use domain::refusal::Refusal;
use words::Words;

pub(super) async fn page(visitor: Visitor, place: Path<(String, String)>) -> PageResult {
    let (organization, id) = parse(&place)?;
    let view = visitor.read_of(organization, InvoiceDetails(id)).await?;
    let words = visitor.words;
    let frame = visitor.frame(Section::Organizations, title(words, &view.invoice)).await?;
    let commands = commands(words, organization, &view);
    let around = Around { commands, confirm_at: None, customer: Some(organization) };
    render(&details_page(words, frame, &view, around))
}

pub(super) async fn pdf(visitor: Visitor, place: Path<(String, String)>) -> PageResult {
    let (organization, id) = parse(&place)?;
    document::pdf_of(&visitor, organization, id).await
}

pub(super) async fn xml(visitor: Visitor, place: Path<(String, String)>) -> PageResult {
    let (organization, id) = parse(&place)?;
    document::xml_of(&visitor, organization, id).await
}

fn parse(Path((organization, id)): &Path<(String, String)>) -> Result<(OrganizationId, InvoiceId), Refusal> {
    let organization = organization.parse().map_err(|_| Refusal::NotFound)?;
    Ok((organization, id.parse().map_err(|_| Refusal::NotFound)?))
}

/// What can be recorded of it now, and its files.
fn commands(words: Words, organization: OrganizationId, view: &InvoiceView) -> Vec<Command> {
    let url = invoice_url(organization, view.invoice.id);
    let balance = view.invoice.balance().minor;
    let transfer = format!("{}?invoice={}", transfer_url(organization), view.invoice.id);
    let record = Command::new(words.record_transfer(), transfer, "bill").pane();
    let refund = Command::new(words.refund(), format!("{url}/refund"), "renew").pane();
    let pdf = Command::new(words.download_pdf(), format!("{url}/pdf"), "download");
    let xml = Command::new(words.download_xml(), format!("{url}/xml"), "download");
    // Also when it is settled: a customer may pay twice, which becomes credit.
    let can_record = balance != 0 || view.invoice.kind == InvoiceKind::Invoice;
    let all = [can_record.then_some(record), (balance < 0).then_some(refund), Some(pdf), Some(xml)];
    all.into_iter().flatten().collect()
}
