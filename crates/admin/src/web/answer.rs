//! Answers: pages, redirects after a form, and what went wrong.

use super::notice::{Done, NOTICE_COOKIE};
use super::visitor::Browser;
use crate::parts::{FieldErrors, Link};
use app::Failure;
use askama::Template;
use axum::http::{HeaderMap, HeaderValue, StatusCode, header};
use axum::response::{Html, IntoResponse, Response};
use domain::refusal::{Field, Refusal, RefusalKind};
use words::Words;

/// The cookie that holds the secret of a session.
pub(crate) const SESSION_COOKIE: &str = "zetel_session";

/// What a page handler gives.
pub type PageResult = Result<Response, PageError>;

/// A failure on its way to becoming a page in the reader's language, which the outermost layer draws.
#[derive(Debug, Clone)]
pub struct PageError(pub Failure);

impl<F: Into<Failure>> From<F> for PageError {
    fn from(failure: F) -> Self {
        Self(failure.into())
    }
}

impl IntoResponse for PageError {
    fn into_response(self) -> Response {
        let mut response = status(&self.0).into_response();
        response.extensions_mut().insert(self);
        response
    }
}

/// The status of a failure.
pub(super) fn status(failure: &Failure) -> StatusCode {
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

/// Draws a page.
///
/// # Errors
/// When a template fails to write, which memory does not.
pub fn render(page: &impl Template) -> PageResult {
    let html = page.render().map_err(Failure::internal)?;
    Ok(Html(html).into_response())
}

/// Draws a form again, with what was wrong and what was typed, under the status of the failure.
///
/// # Errors
/// As [`render`].
pub fn render_refused(failure: &Failure, page: &impl Template) -> PageResult {
    let mut response = render(page)?;
    *response.status_mut() = status(failure);
    Ok(response)
}

/// Sends the browser to another page of Zetel, after a form (303).
pub fn redirect(to: &str) -> Response {
    let to = HeaderValue::from_str(to).unwrap_or_else(|_| HeaderValue::from_static("/"));
    (StatusCode::SEE_OTHER, [(header::LOCATION, to)]).into_response()
}

/// Sends the browser to another page, which says what was done.
pub fn notice_and_redirect(done: &Done, to: &str) -> Response {
    let mut response = redirect(to);
    set_cookie(&mut response, NOTICE_COOKIE, &done.to_cookie(), "; Max-Age=30; HttpOnly");
    response
}

/// Sets a cookie for the whole site, sent along only by Zetel's own pages.
pub(crate) fn set_cookie(response: &mut Response, name: &str, value: &str, attributes: &str) {
    if let Ok(cookie) = HeaderValue::from_str(&format!("{name}={value}; Path=/; SameSite=Lax{attributes}")) {
        response.headers_mut().append(header::SET_COOKIE, cookie);
    }
}

/// The value of a cookie.
pub(crate) fn cookie<'a>(headers: &'a HeaderMap, name: &str) -> Option<&'a str> {
    let all = headers.get_all(header::COOKIE).iter().filter_map(|value| value.to_str().ok());
    all.flat_map(|value| value.split(';')).find_map(|pair| pair.trim().strip_prefix(name)?.strip_prefix('='))
}

impl FieldErrors {
    /// What a form shows of a failure: a message at each wrong field, or one above the form.
    ///
    /// # Errors
    /// Gives the failure back when it is not something that the form can show.
    pub fn of(words: Words, failure: &Failure) -> Result<Self, PageError> {
        let mut errors = Self::none();
        match failure {
            Failure::Invalid(fields) => {
                for wrong in fields {
                    errors.add(wrong.field.code(), words.field_refusal(wrong));
                }
            }
            _ => match failure.refusal() {
                Some(refusal) if refusal.kind() != RefusalKind::NotFound => {
                    errors.add("", words.refusal(refusal).to_string())
                }
                _ => return Err(PageError(failure.clone())),
            },
        }
        Ok(errors)
    }

    /// The same messages, where the form calls a field otherwise than others do.
    #[must_use]
    pub fn called(mut self, words: Words, field: Field, label: &str) -> Self {
        let usual = words.field_name(field);
        for (name, message) in &mut self.messages {
            if let Some(rest) = message.strip_prefix(usual).filter(|_| name == field.code()) {
                *message = format!("{label}{rest}");
            }
        }
        self
    }
}

/// A page that says what went wrong and where to go on.
#[derive(Template)]
#[template(path = "error.html")]
struct ErrorPage {
    frame: crate::frame::Frame,
    text: String,
    request: Option<String>,
    links: Vec<Link>,
}

/// Draws a failure as a page in the reader's language.
pub(super) fn error_page(browser: &Browser, failure: &Failure) -> Response {
    let words = browser.words;
    let refusal = failure.refusal();
    let (title, text) = match refusal {
        None => (words.internal_error_title().to_owned(), words.internal_error_text().to_owned()),
        Some(Refusal::NotFound) => (words.not_found_title().to_owned(), words.not_found_text().to_owned()),
        Some(Refusal::NotAllowed) => (words.forbidden_title().to_owned(), words.forbidden_text().to_owned()),
        Some(Refusal::ChangedMeanwhile) => {
            (words.changed_meanwhile_title().to_owned(), words.changed_meanwhile_text().to_owned())
        }
        Some(Refusal::Busy) => (words.busy_title().to_owned(), words.busy_text().to_owned()),
        Some(refusal) => {
            let explanation = words.refusal(refusal);
            (explanation.sentence.to_string(), explanation.remedy.map(|remedy| remedy.to_string()).unwrap_or_default())
        }
    };
    let page = ErrorPage {
        frame: browser.bare_frame(title),
        text,
        request: refusal.is_none().then(|| words.request_id(&browser.request)),
        links: match refusal {
            Some(Refusal::NotEligible(_) | Refusal::SelfServiceNotAllowed) => vec![
                Link::new(words.request_licenses(), "/billing/license-requests/new"),
                Link::new(words.self_service_faq(), "/help/self-service-faq"),
            ],
            _ => vec![Link::new(words.go_home(), "/")],
        },
    };
    let mut response = render(&page).unwrap_or_else(|_| StatusCode::INTERNAL_SERVER_ERROR.into_response());
    *response.status_mut() = status(failure);
    response
}
