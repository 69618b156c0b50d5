//! An invoice as a file: on paper, and for bookkeeping programs.

use crate::web::{PageResult, Visitor};
use app::billing::document::{self, MadeDocument};
use axum::extract::Path;
use axum::http::header;
use axum::response::{IntoResponse, Response};
use domain::ids::{InvoiceId, OrganizationId};
use domain::refusal::Refusal;

pub(super) async fn pdf(visitor: Visitor, Path(id): Path<String>) -> PageResult {
    pdf_of(&visitor, visitor.organization, id.parse().map_err(|_| Refusal::NotFound)?).await
}

pub(super) async fn xml(visitor: Visitor, Path(id): Path<String>) -> PageResult {
    xml_of(&visitor, visitor.organization, id.parse().map_err(|_| Refusal::NotFound)?).await
}

/// An invoice of an organization on paper; only operators get one of another organization than their own.
///
/// # Errors
/// The refusal of who may not see it, as a page.
pub async fn pdf_of(visitor: &Visitor, organization: OrganizationId, id: InvoiceId) -> PageResult {
    let language = visitor.words.language;
    let made = visitor.run(move |app, caller, _| document::pdf(app, caller, organization, id, language)).await?;
    Ok(download(made, "application/pdf", "pdf"))
}

/// Likewise for bookkeeping programs.
///
/// # Errors
/// The refusal of who may not see it, as a page.
pub async fn xml_of(visitor: &Visitor, organization: OrganizationId, id: InvoiceId) -> PageResult {
    let language = visitor.words.language;
    let made = visitor.run(move |app, caller, _| document::xml(app, caller, organization, id, language)).await?;
    Ok(download(made, "application/xml", "xml"))
}

fn download(made: MadeDocument, content_type: &'static str, extension: &str) -> Response {
    // Numbers are of letters, digits and hyphens; anything else would not fit the header.
    let name: String = made.number.chars().filter(|letter| letter.is_ascii_alphanumeric() || *letter == '-').collect();
    let headers = [
        (header::CONTENT_TYPE, content_type.to_owned()),
        (header::CONTENT_DISPOSITION, format!("attachment; filename=\"{name}.{extension}\"")),
    ];
    (headers, made.bytes).into_response()
}
