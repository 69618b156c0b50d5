//! What happens around every request: its name, and failures written as problems in the reader's language.

use super::problem::ApiError;
use super::request::reader;
use axum::extract::Request;
use axum::http::{HeaderMap, HeaderName, HeaderValue, StatusCode, header};
use axum::middleware::Next;
use axum::response::Response;
use domain::refusal::Refusal;

/// The header that names a request.
const REQUEST_ID: HeaderName = HeaderName::from_static("x-request-id");

/// The name of a request in logs, in the journal and in problems.
#[derive(Debug, Clone)]
pub struct RequestName(pub String);

/// Names the request and writes failures as problems.
pub(crate) async fn around_every_request(mut request: Request, next: Next) -> Response {
    let mut bytes = [0; 8];
    // Without randomness the name is not unique, which only makes a log harder to read.
    let _ = getrandom::fill(&mut bytes);
    let name = format!("req_{:016x}", u64::from_be_bytes(bytes));
    request.extensions_mut().insert(RequestName(name.clone()));
    // Read before the request is gone; most requests have no such header.
    let language = request.headers().get(header::ACCEPT_LANGUAGE).cloned();
    let mut response = next.run(request).await;
    if let Some(error) = failure(&mut response) {
        let allow = response.headers_mut().remove(header::ALLOW);
        log(&name, &error);
        response = error.answer(reader(language.as_ref()), &name);
        if let Some(allow) = allow {
            response.headers_mut().insert(header::ALLOW, allow);
        }
    }
    finish(response.headers_mut(), &name);
    response
}

/// What went wrong, whoever found out: a handler, or the router that knows no such path or method.
fn failure(response: &mut Response) -> Option<ApiError> {
    if response.status().is_success() {
        return None;
    }
    let found = response.extensions_mut().remove::<ApiError>();
    found.or_else(|| match response.status() {
        StatusCode::NOT_FOUND => Some(Refusal::NotFound.into()),
        StatusCode::METHOD_NOT_ALLOWED => Some(ApiError::Method),
        _ => None,
    })
}

fn log(name: &str, error: &ApiError) {
    match error {
        ApiError::Failure(failure) if failure.refusal().is_none() => {
            tracing::error!(request = name, %failure, "a request failed");
        }
        _ => tracing::debug!(request = name, code = error.code(), "refused"),
    }
}

fn finish(headers: &mut HeaderMap, name: &str) {
    if let Ok(name) = HeaderValue::from_str(name) {
        headers.insert(REQUEST_ID, name);
    }
    headers.insert(header::X_CONTENT_TYPE_OPTIONS, HeaderValue::from_static("nosniff"));
    headers.entry(header::CACHE_CONTROL).or_insert(HeaderValue::from_static("no-store"));
}
