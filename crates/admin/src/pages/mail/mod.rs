//! Mails: the outbox for operators, and who gets which mail for an organization.

mod details;
mod list;
mod notifications;
mod preview;

use crate::assets::CONTENT_SECURITY_POLICY;
use crate::web::{Access, PageResult, Routes};
use axum::http::{HeaderValue, header};
use axum::response::{Html, IntoResponse, Response};
use domain::access::Permission;

/// The policy of a mail in a frame: it runs nothing, loads nothing, and only Zetel's own pages frame it.
const MAIL_POLICY: HeaderValue = HeaderValue::from_static(
    "sandbox; default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'; frame-ancestors 'self'",
);

pub(super) fn routes() -> Routes {
    let operate = Access::Needs(Permission::OperateJobs);
    Routes::default()
        .get("/operator/mails", operate, list::page)
        .get("/operator/mails/kinds", operate, preview::page)
        .get("/operator/mails/kinds/{kind}", operate, preview::page_of_kind)
        .get("/operator/mails/kinds/{kind}/{language}/{number}", operate, preview::html)
        .get("/operator/mails/{organization}/{mail}", operate, details::page)
        .get("/operator/mails/{organization}/{mail}/html", operate, details::html)
        .post("/operator/mails/{organization}/{mail}/resume", operate, details::resume)
        .post("/operator/mails/{organization}/{mail}/drop", operate, details::drop)
        .get("/settings/notifications", Access::Needs(Permission::ReadNotifications), notifications::page)
        .post("/settings/notifications", Access::Needs(Permission::ManageNotifications), notifications::submit)
}

/// A page that frames a mail.
fn framing(mut page: Response) -> PageResult {
    let policy = format!("{CONTENT_SECURITY_POLICY}; frame-src 'self'");
    if let Ok(policy) = HeaderValue::from_str(&policy) {
        page.headers_mut().insert(header::CONTENT_SECURITY_POLICY, policy);
    }
    Ok(page)
}

/// A mail, to be framed.
fn framed(html: String) -> Response {
    let headers = [
        (header::CONTENT_SECURITY_POLICY, MAIL_POLICY),
        (header::X_FRAME_OPTIONS, HeaderValue::from_static("SAMEORIGIN")),
    ];
    (headers, Html(html)).into_response()
}
