//! What happens around every request: its name, security headers, refused forms of strangers, failures drawn as pages.

use super::answer::{PageError, error_page, redirect, set_cookie};
use super::notice::NOTICE_COOKIE;
use super::visitor::Browser;
use crate::assets::CONTENT_SECURITY_POLICY;
use app::Failure;
use axum::extract::{ConnectInfo, Request};
use axum::http::{HeaderMap, HeaderValue, Method, StatusCode, header};
use axum::middleware::Next;
use axum::response::Response;
use domain::refusal::{Refusal, RefusalKind};
use std::net::SocketAddr;

/// The name of a request in logs, in the journal and on the page of a fault.
#[derive(Debug, Clone)]
pub(super) struct RequestName(pub String);

/// The address of the client, for rate limits.
#[derive(Debug, Clone)]
pub(super) struct ClientAddress(pub String);

/// Names the request, refuses forms of other sites, and draws failures as pages.
pub async fn around_every_request(mut request: Request, next: Next) -> Response {
    let mut bytes = [0; 8];
    // Without randomness the name is not unique, which only makes a log harder to read.
    let _ = getrandom::fill(&mut bytes);
    let name = format!("req_{:016x}", u64::from_be_bytes(bytes));
    let client = request.extensions().get::<ConnectInfo<SocketAddr>>().map(|info| info.0.ip().to_string());
    let client = client.unwrap_or_else(|| "unknown".to_owned());
    request.extensions_mut().insert(RequestName(name.clone()));
    request.extensions_mut().insert(ClientAddress(client.clone()));
    let path = request.uri().path_and_query().map_or("/", |path| path.as_str()).to_owned();
    let browser = Browser::read(request.headers(), &path, &name, &client);
    let method = request.method().clone();
    let mut response = match check_origin(&method, request.headers()) {
        Ok(()) => next.run(request).await,
        Err(refusal) => error_page(&browser, &refusal.into()),
    };
    // What no handler saw, such as an address that is not UTF-8 or has a field twice, has no page of its own.
    let is_no_page = matches!(response.status(), StatusCode::NOT_FOUND | StatusCode::BAD_REQUEST);
    if is_no_page && response.extensions().get::<PageError>().is_none() {
        response.extensions_mut().insert(PageError(Refusal::NotFound.into()));
    }
    if let Some(PageError(failure)) = response.extensions_mut().remove::<PageError>() {
        response = answer_failure(&browser, &method, &failure);
    }
    tracing::debug!(request = name, %method, path, status = response.status().as_u16(), "answered");
    secure(&mut response);
    if browser.done.is_some() && response.status().is_success() && !browser.pane_only && method == Method::GET {
        set_cookie(&mut response, NOTICE_COOKIE, "", "; Max-Age=0");
    }
    response
}

fn answer_failure(browser: &Browser, method: &Method, failure: &Failure) -> Response {
    if failure.refusal().is_none() {
        tracing::error!(request = browser.request, %failure, "a request failed");
    }
    let is_stranger = failure.refusal().map(Refusal::kind) == Some(RefusalKind::Unauthenticated);
    if is_stranger && method == Method::GET {
        let next: String = form_urlencoded::byte_serialize(browser.path.as_bytes()).collect();
        return redirect(&format!("/sign-in?next={next}"));
    }
    error_page(browser, failure)
}

/// A form that another site sends carries that site's `Origin`.
fn check_origin(method: &Method, headers: &HeaderMap) -> Result<(), Refusal> {
    if method.is_safe() {
        return Ok(());
    }
    let value = |name| headers.get(name).and_then(|value: &HeaderValue| value.to_str().ok());
    match (value(header::ORIGIN), value(header::HOST)) {
        (Some(origin), Some(host)) if origin.split_once("://").is_none_or(|(_, from)| from != host) => {
            Err(Refusal::NotAllowed)
        }
        _ => Ok(()),
    }
}

fn secure(response: &mut Response) {
    let headers = response.headers_mut();
    let policy = [
        (header::CONTENT_SECURITY_POLICY, CONTENT_SECURITY_POLICY),
        (header::X_CONTENT_TYPE_OPTIONS, "nosniff"),
        (header::REFERRER_POLICY, "same-origin"),
        (header::X_FRAME_OPTIONS, "DENY"),
    ];
    for (name, value) in policy {
        headers.insert(name, HeaderValue::from_static(value));
    }
    headers.entry(header::CACHE_CONTROL).or_insert(HeaderValue::from_static("no-store"));
}
