//! What a client sends: identifiers in the path, the query, headers and the body. What cannot be read is refused by
//! the name of its field.

use super::Api;
use super::problem::{ApiError, Wrong, WrongField};
use app::idempotency::RequestKey;
use axum::body::{Body, Bytes};
use axum::extract::{FromRequest, FromRequestParts, Path, Request};
use axum::http::request::Parts;
use axum::http::{HeaderMap, HeaderValue, header};
use domain::limits::{PAGE_ROWS, PAGE_ROWS_MAX, UPLOAD_BYTES_MAX};
use domain::refusal::Refusal;
use serde::Deserialize;
use serde::de::DeserializeOwned;
use std::str::FromStr;
use words::{Language, Words};

/// Most bytes of a body: room for a list of a hundred thousand addresses.
const BODY_BYTES_MAX: usize = 8 * 1024 * 1024;

/// The identifier in the path. Whatever is not one does not exist: 404.
pub struct Id<T>(pub T);

/// Two identifiers in the path.
pub struct Ids<A, B>(pub A, pub B);

impl<A> FromRequestParts<Api> for Id<A>
where
    A: FromStr,
{
    type Rejection = ApiError;

    async fn from_request_parts(parts: &mut Parts, api: &Api) -> Result<Self, ApiError> {
        let path = Path::<String>::from_request_parts(parts, api).await;
        let Path(text) = path.map_err(|_| Refusal::NotFound)?;
        text.parse().map(Self).map_err(|_| Refusal::NotFound.into())
    }
}

impl<A, B> FromRequestParts<Api> for Ids<A, B>
where
    A: FromStr,
    B: FromStr,
{
    type Rejection = ApiError;

    async fn from_request_parts(parts: &mut Parts, api: &Api) -> Result<Self, ApiError> {
        let path = Path::<(String, String)>::from_request_parts(parts, api).await;
        let Path((first, second)) = path.map_err(|_| Refusal::NotFound)?;
        match (first.parse(), second.parse()) {
            (Ok(first), Ok(second)) => Ok(Self(first, second)),
            _ => Err(Refusal::NotFound.into()),
        }
    }
}

/// The query of the address.
pub struct QueryOf<T>(pub T);

impl<T: DeserializeOwned> FromRequestParts<Api> for QueryOf<T> {
    type Rejection = ApiError;

    async fn from_request_parts(parts: &mut Parts, _api: &Api) -> Result<Self, ApiError> {
        let query = form_urlencoded::parse(parts.uri.query().unwrap_or_default().as_bytes());
        serde_path_to_error::deserialize(serde_urlencoded::Deserializer::new(query)).map(Self).map_err(|error| {
            let path = error.path().to_string();
            ApiError::Fields(vec![WrongField::from_serde(&path, &error.inner().to_string())])
        })
    }
}

/// The sentences in the reader's language, by `Accept-Language`.
pub struct Reader(pub Words);

impl FromRequestParts<Api> for Reader {
    type Rejection = ApiError;

    async fn from_request_parts(parts: &mut Parts, _api: &Api) -> Result<Self, ApiError> {
        Ok(Self(reader(parts.headers.get(header::ACCEPT_LANGUAGE))))
    }
}

/// The sentences in the language that a header asks for; English when it asks for none of them.
pub(super) fn reader(accept_language: Option<&HeaderValue>) -> Words {
    let asked = accept_language.and_then(|value| value.to_str().ok()).unwrap_or_default();
    Words::from(Language::from_accept_language(asked))
}

/// How many rows a page has: those that were asked for, or [`PAGE_ROWS`].
///
/// # Errors
/// When it is none, or more than [`PAGE_ROWS_MAX`].
pub fn limit(asked: Option<usize>) -> Result<usize, ApiError> {
    match asked.unwrap_or(PAGE_ROWS) {
        rows @ 1..=PAGE_ROWS_MAX => Ok(rows),
        _ => {
            let wrong = Wrong::Refused(Refusal::OutOfRange { minimum: 1, maximum: PAGE_ROWS_MAX as i64 });
            Err(ApiError::Fields(vec![WrongField { field: "limit".to_owned(), wrong }]))
        }
    }
}

/// The revision that the client saw, from `If-Match`; `None` when it does not mind what changed meanwhile.
pub struct IfMatch(pub Option<i64>);

impl FromRequestParts<Api> for IfMatch {
    type Rejection = ApiError;

    async fn from_request_parts(parts: &mut Parts, _api: &Api) -> Result<Self, ApiError> {
        let Some(value) = parts.headers.get(header::IF_MATCH) else { return Ok(Self(None)) };
        let tag = value.to_str().map_err(|_| ApiError::Header("If-Match"))?.trim();
        if tag == "*" {
            return Ok(Self(None));
        }
        // A tag that Zetel did not give holds for nothing.
        let revision = tag.strip_prefix('"').and_then(|tag| tag.strip_suffix('"')).and_then(|tag| tag.parse().ok());
        revision.map(|revision| Self(Some(revision))).ok_or_else(|| Refusal::ChangedMeanwhile.into())
    }
}

/// The body of a request without content: empty, or an empty object.
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Nothing {}

/// The body of a write, with the key under which it is carried out once.
pub struct Sent<T> {
    /// The body.
    pub body: T,
    /// The key, from `Idempotency-Key`.
    pub key: Option<RequestKey>,
}

impl<T: DeserializeOwned + 'static> FromRequest<Api> for Sent<T> {
    type Rejection = ApiError;

    async fn from_request(request: Request, _api: &Api) -> Result<Self, ApiError> {
        let (parts, body) = request.into_parts();
        let bytes = receive(&parts.headers, body, BODY_BYTES_MAX).await?;
        let body = if bytes.is_empty() && takes_nothing::<T>() { parse(b"{}") } else { read(&parts.headers, &bytes) }?;
        Ok(Self { body, key: key(&parts, &bytes)? })
    }
}

/// A file of rows as the body, declared as `text/csv`.
pub struct CsvFile {
    /// The file.
    pub bytes: Bytes,
    /// The key, from `Idempotency-Key`.
    pub key: Option<RequestKey>,
}

impl FromRequest<Api> for CsvFile {
    type Rejection = ApiError;

    async fn from_request(request: Request, _api: &Api) -> Result<Self, ApiError> {
        let (parts, body) = request.into_parts();
        if !is_declared_as(&parts.headers, "text/csv") {
            return Err(ApiError::MediaType("text/csv"));
        }
        let bytes = receive(&parts.headers, body, UPLOAD_BYTES_MAX).await?;
        Ok(Self { key: key(&parts, &bytes)?, bytes })
    }
}

/// Takes a body up to its limit.
async fn receive(headers: &HeaderMap, body: Body, maximum: usize) -> Result<Bytes, ApiError> {
    if declared_bytes(headers) > maximum {
        return Err(ApiError::TooLarge { maximum });
    }
    axum::body::to_bytes(body, maximum).await.map_err(|error| unreadable(&error, maximum))
}

/// The size that the client announces, so that a body that is too large is refused before it is sent.
fn declared_bytes(headers: &HeaderMap) -> usize {
    let value = headers.get(header::CONTENT_LENGTH).and_then(|value| value.to_str().ok());
    value.and_then(|value| value.parse().ok()).unwrap_or_default()
}

/// Only a body that is too large has a limit as the cause of its failure; others went away.
fn unreadable(error: &axum::Error, maximum: usize) -> ApiError {
    let cause = std::error::Error::source(error).map(ToString::to_string).unwrap_or_default();
    match cause.contains("limit") {
        true => ApiError::TooLarge { maximum },
        false => ApiError::Unreadable,
    }
}

fn takes_nothing<T: 'static>() -> bool {
    std::any::TypeId::of::<T>() == std::any::TypeId::of::<Nothing>()
}

fn read<T: DeserializeOwned>(headers: &HeaderMap, bytes: &[u8]) -> Result<T, ApiError> {
    match is_declared_as(headers, "application/json") {
        true => parse(bytes),
        false => Err(ApiError::MediaType("application/json")),
    }
}

fn is_declared_as(headers: &HeaderMap, media_type: &str) -> bool {
    let value = headers.get(header::CONTENT_TYPE).and_then(|value| value.to_str().ok()).unwrap_or_default();
    let essence = value.split(';').next().unwrap_or_default().trim();
    essence.eq_ignore_ascii_case(media_type)
}

fn parse<T: DeserializeOwned>(bytes: &[u8]) -> Result<T, ApiError> {
    let mut json = serde_json::Deserializer::from_slice(bytes);
    let value = serde_path_to_error::deserialize(&mut json).map_err(|error| {
        let path = error.path().to_string();
        let inner = error.into_inner();
        if inner.is_data() {
            ApiError::Fields(vec![WrongField::from_serde(&path, &inner.to_string())])
        } else {
            not_json(&inner)
        }
    })?;
    json.end().map_err(|error| not_json(&error))?;
    Ok(value)
}

fn not_json(error: &serde_json::Error) -> ApiError {
    ApiError::NotJson { line: error.line(), column: error.column() }
}

/// The key of `Idempotency-Key`, with a hash of method, path and body. The draft of the IETF writes it in quotes, most
/// clients do not.
fn key(parts: &Parts, body: &[u8]) -> Result<Option<RequestKey>, ApiError> {
    const NAME: &str = "Idempotency-Key";
    let Some(value) = parts.headers.get(NAME) else { return Ok(None) };
    let text = value.to_str().map_err(|_| ApiError::Header(NAME))?.trim();
    let bare = text.strip_prefix('"').and_then(|text| text.strip_suffix('"')).unwrap_or(text);
    let path = parts.uri.path_and_query().map_or("/", |path| path.as_str());
    let key = RequestKey::new(bare, &[parts.method.as_str().as_bytes(), path.as_bytes(), body]);
    key.map(Some).ok_or(ApiError::Header(NAME))
}
