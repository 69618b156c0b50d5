//! An invoice as a file: on paper, and for bookkeeping programs.

use crate::web::{PageResult, Visitor};
use app::billing::document::{self, MadeDocument};
use axum::extract::Path;
use axum::http::header;
use axum::response::{IntoResponse, Response};
use domain::ids::InvoiceId;
use domain::refusal::Refusal;

pub(super) async fn pdf(visitor: Visitor, Path(id): Path<String>) -> PageResult {
    let id: InvoiceId = id.parse().map_err(|_| Refusal::NotFound)?;
    let language = visitor.words.language;
    let made = visitor.run(move |app, caller, home| document::pdf(app, caller, home, id, language)).await?;
    Ok(download(made, "application/pdf", "pdf"))
}

pub(super) async fn xml(visitor: Visitor, Path(id): Path<String>) -> PageResult {
    let id: InvoiceId = id.parse().map_err(|_| Refusal::NotFound)?;
    let language = visitor.words.language;
    let made = visitor.run(move |app, caller, home| document::xml(app, caller, home, id, language)).await?;
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
