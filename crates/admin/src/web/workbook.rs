//! Sends workbooks for spreadsheets (D25).

use axum::http::header;
use axum::response::{IntoResponse, Response};

/// The content type of a workbook.
const TYPE: &str = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";

/// Sends a workbook as a file.
#[must_use]
pub fn send(file_name: &str, book: Vec<u8>) -> Response {
    let headers = [
        (header::CONTENT_TYPE, TYPE.to_owned()),
        (header::CONTENT_DISPOSITION, format!("attachment; filename=\"{file_name}\"")),
        (header::CACHE_CONTROL, "no-store".to_owned()),
    ];
    (headers, book).into_response()
}
