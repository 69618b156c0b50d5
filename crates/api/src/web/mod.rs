//! The edge of the API: routes with their rights, who asks, bodies and queries, problems. Nothing has another way in.

mod client;
mod layers;
mod problem;
mod request;
mod routes;

pub use client::Client;
pub(crate) use client::blocking;
pub(crate) use layers::{RequestName, around_every_request};
pub use problem::{ApiError, FieldProblem, PROBLEM_JSON, Problem, Wrong, WrongField};
pub use request::{CsvFile, Id, Ids, IfMatch, Nothing, QueryOf, Reader, Sent, limit};
pub use routes::{Access, RouteRow, Routes};

use app::App;
use axum::Json;
use axum::http::{HeaderName, HeaderValue, StatusCode, Uri, header};
use axum::response::{IntoResponse, Response};
use serde::Serialize;
use utoipa::ToSchema;

/// What the API works with.
#[derive(Clone)]
pub struct Api {
    /// The door.
    pub app: App,
}

/// What a handler gives.
pub type ApiResult<T> = Result<T, ApiError>;

/// A page of a list. Lists page by key, so a page is as quick as the first one however far it lies.
#[derive(Debug, Serialize, ToSchema)]
pub struct Page<T> {
    /// The rows.
    pub items: Vec<T>,
    /// The address of the page after this one; null at the end.
    #[schema(example = "/api/v1/subscriptions?limit=50&after=sub_01jd55pv3xft7sm2rw5mz4ym31")]
    pub next: Option<String>,
}

impl<T> Page<T> {
    /// A page of the list at `uri`, whose next page begins after `after`.
    pub fn new(uri: &Uri, items: Vec<T>, after: Option<impl ToString>) -> Json<Self> {
        Json(Self { items, next: after.map(|after| next_page(uri, &after.to_string())) })
    }
}

/// The same address with another `after`.
fn next_page(uri: &Uri, after: &str) -> String {
    let query = form_urlencoded::parse(uri.query().unwrap_or_default().as_bytes());
    let mut next = form_urlencoded::Serializer::new(String::new());
    next.extend_pairs(query.filter(|(name, _)| name != "after")).append_pair("after", after);
    format!("{}?{}", uri.path(), next.finish())
}

/// An answer that names the revision of what it shows, for `If-Match`.
pub struct Revised<T>(pub i64, pub T);

impl<T: Serialize> IntoResponse for Revised<T> {
    fn into_response(self) -> Response {
        let mut response = Json(self.1).into_response();
        if let Ok(tag) = HeaderValue::from_str(&format!("\"{}\"", self.0)) {
            response.headers_mut().insert(header::ETAG, tag);
        }
        response
    }
}

/// The answer to a write: its status, and whether it is the answer to an earlier request with the same key.
pub struct Written<T> {
    /// The status of the answer.
    pub status: StatusCode,
    /// Whether nothing was done this time (D29).
    pub is_repeated: bool,
    /// What came of it.
    pub body: T,
}

impl<T: Serialize> IntoResponse for Written<T> {
    fn into_response(self) -> Response {
        let mut response = match self.status {
            StatusCode::NO_CONTENT => self.status.into_response(),
            status => (status, Json(self.body)).into_response(),
        };
        if self.is_repeated {
            const REPEATED: HeaderName = HeaderName::from_static("idempotency-replayed");
            response.headers_mut().insert(REPEATED, HeaderValue::from_static("true"));
        }
        response
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_next_page_keeps_the_filter() {
        let uri: Uri = "/api/v1/users?search=a%26b&after=usr_1&limit=2".parse().unwrap();
        assert_eq!(next_page(&uri, "usr_2"), "/api/v1/users?search=a%26b&limit=2&after=usr_2");
        let uri: Uri = "/api/v1/users".parse().unwrap();
        assert_eq!(next_page(&uri, "usr_2"), "/api/v1/users?after=usr_2");
    }
}
