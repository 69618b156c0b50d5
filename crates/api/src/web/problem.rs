//! Problems: every answer that is not what the client asked for, as RFC 9457 has it.

use app::Failure;
use axum::http::{HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use domain::access::Scope;
use domain::refusal::{Field, FieldRefusal, Refusal, RefusalKind};
use serde::Serialize;
use utoipa::ToSchema;
use words::Words;

/// The media type of a problem.
pub const PROBLEM_JSON: &str = "application/problem+json";

/// Why a request was not carried out, on its way to the outermost layer, which writes it in the reader's language.
#[derive(Debug, Clone)]
pub enum ApiError {
    /// The door said no, or a fault of Zetel's own.
    Failure(Failure),
    /// The key does not have the scope: one of these would do.
    MissingScope(Vec<Scope>),
    /// Fields that do not have the shape that was asked.
    Fields(Vec<WrongField>),
    /// The body is not JSON.
    NotJson {
        /// Where reading stopped, from 1.
        line: usize,
        /// The place in the line, from 1.
        column: usize,
    },
    /// The client went away before the body was complete.
    Unreadable,
    /// The body is larger than it may be.
    TooLarge {
        /// The most bytes.
        maximum: usize,
    },
    /// The body is not declared as what is taken here.
    MediaType(&'static str),
    /// The path exists, the method does not.
    Method,
    /// A header that means nothing.
    Header(&'static str),
}

/// A field that does not have the shape that was asked.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct WrongField {
    /// The path of the field, such as `users[3]`.
    pub field: String,
    /// What is wrong with it.
    pub wrong: Wrong,
}

/// What is wrong with the shape of a field.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Wrong {
    /// It is missing.
    Missing,
    /// There is no such field.
    Unknown,
    /// It is there twice.
    Repeated,
    /// It has another type or a value that is not among the known ones.
    Type,
    /// The rule that it breaks.
    Refused(Refusal),
}

impl<F: Into<Failure>> From<F> for ApiError {
    fn from(failure: F) -> Self {
        Self::Failure(failure.into())
    }
}

impl IntoResponse for ApiError {
    fn into_response(self) -> Response {
        let mut response = self.status().into_response();
        response.extensions_mut().insert(self);
        response
    }
}

/// What went wrong with a request (RFC 9457). Programs go by `code`; people read `title` and `detail`.
#[derive(Debug, Serialize, ToSchema)]
pub struct Problem {
    /// The kind of problem: `/problems/` and the code.
    #[serde(rename = "type")]
    pub kind: String,
    /// The same for every problem of its family, in the reader's language.
    pub title: &'static str,
    /// The status of the answer.
    pub status: u16,
    /// What is the matter and what helps, in the reader's language.
    pub detail: String,
    /// The stable code.
    #[schema(example = "below_assigned")]
    pub code: &'static str,
    /// The fields that are wrong, all of them; absent when it is not about fields.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    #[schema(required = false)]
    pub fields: Vec<FieldProblem>,
    /// The name of the request in logs and history.
    #[schema(example = "req_0123456789abcdef")]
    pub request_id: String,
}

/// What is wrong with one field.
#[derive(Debug, Serialize, ToSchema)]
pub struct FieldProblem {
    /// The path of the field.
    #[schema(example = "total")]
    pub field: String,
    /// The stable code.
    #[schema(example = "out_of_range")]
    pub code: &'static str,
    /// What is the matter and what helps, in the reader's language.
    pub message: String,
}

impl ApiError {
    /// The same with the fields as this body calls them, where the rule calls them otherwise.
    #[must_use]
    pub fn naming(self, names: &[(Field, &str)]) -> Self {
        let Self::Failure(Failure::Invalid(fields)) = self else { return self };
        let named = |wrong: FieldRefusal| {
            let name = names.iter().find(|(field, _)| *field == wrong.field);
            let field = name.map_or(wrong.field.code(), |(_, name)| *name).to_owned();
            WrongField { field, wrong: Wrong::Refused(wrong.refusal) }
        };
        Self::Fields(fields.into_iter().map(named).collect())
    }

    /// The status of the answer.
    #[must_use]
    pub fn status(&self) -> StatusCode {
        match self {
            Self::Failure(failure) => failure_status(failure),
            Self::MissingScope(_) => StatusCode::FORBIDDEN,
            Self::Fields(_) => StatusCode::UNPROCESSABLE_ENTITY,
            Self::NotJson { .. } | Self::Unreadable | Self::Header(_) => StatusCode::BAD_REQUEST,
            Self::TooLarge { .. } => StatusCode::PAYLOAD_TOO_LARGE,
            Self::MediaType(_) => StatusCode::UNSUPPORTED_MEDIA_TYPE,
            Self::Method => StatusCode::METHOD_NOT_ALLOWED,
        }
    }

    /// The stable code.
    #[must_use]
    pub fn code(&self) -> &'static str {
        match self {
            Self::Failure(Failure::Invalid(_)) | Self::Fields(_) => "invalid_fields",
            Self::Failure(failure) => failure.refusal().map_or("internal_error", Refusal::code),
            Self::MissingScope(_) => "missing_scope",
            Self::NotJson { .. } => "not_json",
            Self::Unreadable => "unreadable",
            Self::TooLarge { .. } => "too_large",
            Self::MediaType(_) => "media_type",
            Self::Method => "method_not_allowed",
            Self::Header(_) => "invalid_header",
        }
    }

    fn title(&self, words: Words) -> &'static str {
        match self {
            Self::Failure(failure) => match failure.refusal().map(Refusal::kind) {
                None => words.internal_error_title(),
                Some(RefusalKind::Invalid) => words.problem_invalid(),
                Some(RefusalKind::Conflict) => words.problem_conflict(),
                Some(RefusalKind::Unauthenticated) => words.problem_unauthenticated(),
                Some(RefusalKind::Forbidden) => words.forbidden_title(),
                Some(RefusalKind::NotFound) => words.problem_not_found(),
                Some(RefusalKind::PreconditionFailed) => words.changed_meanwhile_title(),
                Some(RefusalKind::TooManyRequests) => words.too_many_requests_title(),
                Some(RefusalKind::TooLarge) => words.too_large_title(),
                Some(RefusalKind::PaymentFailed) => words.problem_payment(),
                Some(RefusalKind::Unavailable) => words.busy_title(),
            },
            Self::MissingScope(_) => words.forbidden_title(),
            Self::Fields(_) | Self::NotJson { .. } | Self::Unreadable | Self::Header(_) => words.problem_invalid(),
            Self::TooLarge { .. } => words.too_large_title(),
            Self::MediaType(_) => words.problem_media_type(),
            Self::Method => words.problem_method(),
        }
    }

    fn detail(&self, words: Words) -> String {
        match self {
            Self::Failure(Failure::Invalid(fields)) => words.error_summary(count(fields.len())),
            Self::Fields(fields) => words.error_summary(count(fields.len())),
            Self::Failure(failure) => match failure.refusal() {
                None => words.internal_error_text().to_owned(),
                Some(Refusal::NotSignedIn) => words.problem_token_text().to_owned(),
                Some(Refusal::NotFound) => words.problem_not_found_text().to_owned(),
                Some(refusal) => words.refusal(refusal).to_string(),
            },
            Self::MissingScope(scopes) => {
                let codes: Vec<_> = scopes.iter().map(|scope| scope.code()).collect();
                words.problem_scope_text(&codes.join(", "))
            }
            Self::NotJson { line, column } => words.problem_json_text(count(*line), count(*column)),
            Self::Unreadable => words.problem_body_text().to_owned(),
            Self::TooLarge { maximum } => words.problem_body_too_large_text(count(*maximum)),
            Self::MediaType(taken) => words.problem_media_type_text(taken),
            Self::Method => words.problem_address_text().to_owned(),
            Self::Header(name) => words.problem_header_text(name),
        }
    }

    fn fields(&self, words: Words) -> Vec<FieldProblem> {
        match self {
            Self::Failure(Failure::Invalid(fields)) => fields
                .iter()
                .map(|wrong| FieldProblem {
                    field: wrong.field.code().to_owned(),
                    code: wrong.refusal.code(),
                    message: words.refusal(&wrong.refusal).to_string(),
                })
                .collect(),
            Self::Failure(Failure::Refused(Refusal::KeysRefused(keys))) => keys
                .iter()
                .map(|wrong| FieldProblem {
                    field: format!("keys[{}]", wrong.index),
                    code: wrong.refusal.code(),
                    message: words.refusal(&wrong.refusal).to_string(),
                })
                .collect(),
            Self::Fields(fields) => fields.iter().map(|field| field.problem(words)).collect(),
            _ => Vec::new(),
        }
    }

    /// The problem in the reader's language.
    #[must_use]
    pub fn problem(&self, words: Words, request: &str) -> Problem {
        Problem {
            kind: format!("/problems/{}", self.code()),
            title: self.title(words),
            status: self.status().as_u16(),
            detail: self.detail(words),
            code: self.code(),
            fields: self.fields(words),
            request_id: request.to_owned(),
        }
    }

    /// The answer in the reader's language.
    #[must_use]
    pub fn answer(&self, words: Words, request: &str) -> Response {
        // A problem is text and numbers, which are always JSON.
        let body = serde_json::to_vec(&self.problem(words, request)).unwrap_or_default();
        let mut response = (self.status(), [(header::CONTENT_TYPE, PROBLEM_JSON)], body).into_response();
        let headers = response.headers_mut();
        headers.insert(header::CONTENT_LANGUAGE, HeaderValue::from_static(words.language.code()));
        if self.status() == StatusCode::UNAUTHORIZED {
            headers.insert(header::WWW_AUTHENTICATE, HeaderValue::from_static("Bearer"));
        }
        match self {
            Self::Failure(Failure::Refused(Refusal::TooManyTries { wait_seconds })) => {
                headers.insert(header::RETRY_AFTER, HeaderValue::from(*wait_seconds));
            }
            _ if self.status() == StatusCode::SERVICE_UNAVAILABLE => {
                headers.insert(header::RETRY_AFTER, HeaderValue::from_static("1"));
            }
            _ => {}
        }
        response
    }
}

impl WrongField {
    fn problem(&self, words: Words) -> FieldProblem {
        let (code, message) = match &self.wrong {
            Wrong::Missing => ("missing", words.problem_field_missing().to_owned()),
            Wrong::Unknown => ("unknown_field", words.problem_field_unknown().to_owned()),
            Wrong::Repeated => ("repeated", words.problem_field_repeated().to_owned()),
            Wrong::Type => ("wrong_type", words.problem_field_wrong_type().to_owned()),
            Wrong::Refused(refusal) => (refusal.code(), words.refusal(refusal).to_string()),
        };
        FieldProblem { field: self.field.clone(), code, message }
    }

    /// What serde says about a value that it could not read, at the path where it stopped.
    #[must_use]
    pub fn from_serde(path: &str, message: &str) -> Self {
        let named = message.split('`').nth(1).unwrap_or_default();
        let parent = if path == "." || path == "?" { "" } else { path };
        let child = || match parent {
            "" => named.to_owned(),
            // The path of an unknown or repeated field ends in its own name already.
            parent if parent == named || parent.ends_with(&format!(".{named}")) => parent.to_owned(),
            parent => format!("{parent}.{named}"),
        };
        match message {
            _ if message.starts_with("missing field") => Self { field: child(), wrong: Wrong::Missing },
            _ if message.starts_with("unknown field") => Self { field: child(), wrong: Wrong::Unknown },
            _ if message.starts_with("duplicate field") => Self { field: child(), wrong: Wrong::Repeated },
            _ => Self { field: parent.to_owned(), wrong: Wrong::Type },
        }
    }
}

fn count(number: usize) -> i64 {
    i64::try_from(number).unwrap_or(i64::MAX)
}

fn failure_status(failure: &Failure) -> StatusCode {
    if matches!(failure, Failure::Invalid(_)) {
        return StatusCode::UNPROCESSABLE_ENTITY;
    }
    match failure.refusal().map(Refusal::kind) {
        None => StatusCode::INTERNAL_SERVER_ERROR,
        Some(RefusalKind::Invalid) => StatusCode::UNPROCESSABLE_ENTITY,
        Some(RefusalKind::Conflict) => StatusCode::CONFLICT,
        Some(RefusalKind::Unauthenticated) => StatusCode::UNAUTHORIZED,
        Some(RefusalKind::Forbidden) => StatusCode::FORBIDDEN,
        Some(RefusalKind::NotFound) => StatusCode::NOT_FOUND,
        Some(RefusalKind::PreconditionFailed) => StatusCode::PRECONDITION_FAILED,
        Some(RefusalKind::TooManyRequests) => StatusCode::TOO_MANY_REQUESTS,
        Some(RefusalKind::TooLarge) => StatusCode::PAYLOAD_TOO_LARGE,
        Some(RefusalKind::PaymentFailed) => StatusCode::PAYMENT_REQUIRED,
        Some(RefusalKind::Unavailable) => StatusCode::SERVICE_UNAVAILABLE,
    }
}
