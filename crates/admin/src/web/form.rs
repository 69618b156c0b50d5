//! What a form sent. Reading it checks the form's token, so that no page of another site can send one.

use super::Admin;
use super::answer::{PageError, SESSION_COOKIE, cookie};
use super::visitor::form_token;
use app::Failure;
use app::license::many::{ListedAddress, read_addresses, read_pasted};
use axum::extract::{DefaultBodyLimit, FromRequest, Multipart, Request};
use axum::http::header;
use domain::limits;
use domain::refusal::{Field, FieldRefusal, Refusal};
use std::collections::HashSet;
use std::str::FromStr;

/// Most bytes of a form without files.
const FORM_BYTES_MAX: usize = 256 * 1024;

/// The fields of a form, in the order in which they were sent.
#[derive(Debug, Clone, Default)]
pub struct Form {
    fields: Vec<(String, String)>,
}

impl Form {
    /// The value of a field, trimmed; empty when it was not sent.
    #[must_use]
    pub fn text(&self, name: &str) -> &str {
        self.fields.iter().find(|(field, _)| field == name).map_or("", |(_, value)| value.trim())
    }

    /// Every value of a field that may be sent several times.
    pub fn all<'a>(&'a self, name: &'a str) -> impl Iterator<Item = &'a str> {
        self.fields.iter().filter(move |(field, _)| field == name).map(|(_, value)| value.trim())
    }

    /// Every value of a field, as identifiers or codes; what is none is left out.
    pub fn parsed<T: FromStr>(&self, name: &str) -> Vec<T> {
        self.all(name).filter_map(|value| value.parse().ok()).collect()
    }

    /// Whether a box was ticked.
    #[must_use]
    pub fn is_on(&self, name: &str) -> bool {
        self.all(name).any(|value| !value.is_empty())
    }

    /// A whole number, as people type it: with or without dots, commas or spaces between thousands.
    ///
    /// # Errors
    /// [`Refusal::Required`], [`Refusal::BelowOne`] or [`Refusal::NotANumber`] at `field`.
    pub fn number(&self, field: Field) -> Result<u32, FieldRefusal> {
        number(self.text(field.code())).map_err(|refusal| refusal.at(field))
    }

    /// One of the values of an enumeration or an identifier.
    ///
    /// # Errors
    /// [`Refusal::Required`] or [`Refusal::UnknownChoice`] at `field`.
    pub fn choice<T: FromStr>(&self, field: Field) -> Result<T, FieldRefusal> {
        match self.text(field.code()) {
            "" => Err(Refusal::Required.at(field)),
            text => text.parse().map_err(|_| Refusal::UnknownChoice.at(field)),
        }
    }

    /// As [`choice`](Self::choice) of the field called `name`, where nothing chosen means any.
    ///
    /// # Errors
    /// [`Refusal::UnknownChoice`] at `field`.
    pub fn choice_or_any<T: FromStr>(&self, name: &str, field: Field) -> Result<Option<T>, FieldRefusal> {
        match self.text(name) {
            "" => Ok(None),
            text => text.parse().map(Some).map_err(|_| Refusal::UnknownChoice.at(field)),
        }
    }
}

/// Most bytes of a form with a file that are read at all; what is beyond the file's own limit is thrown away, so that
/// the browser gets an answer instead of a closed connection.
const UPLOAD_BYTES_READ: usize = 8 * limits::UPLOAD_BYTES_MAX;

/// A form with a file.
#[derive(Debug, Default)]
pub struct Upload {
    /// The other fields.
    pub form: Form,
    /// What the file is called; empty when none was chosen.
    pub file_name: String,
    file: Vec<u8>,
    is_too_large: bool,
}

impl Upload {
    /// The bytes of the file; none when no file was chosen.
    ///
    /// # Errors
    /// [`Refusal::FileTooLarge`].
    pub fn file(&self) -> Result<&[u8], Refusal> {
        let maximum_megabytes = (limits::UPLOAD_BYTES_MAX / 1024 / 1024) as u32;
        if self.is_too_large { Err(Refusal::FileTooLarge { maximum_megabytes }) } else { Ok(&self.file) }
    }

    /// The people whom the file and the box beside it name, each once; nobody where both are empty.
    ///
    /// # Errors
    /// Those of [`read_pasted`] at [`Field::Rows`]; those of [`Upload::file`] and [`read_addresses`] at the file.
    pub fn addresses(&self) -> Result<Vec<ListedAddress>, FieldRefusal> {
        let (file, pasted) = (self.file().map_err(|refusal| refusal.at(Field::File))?, self.form.text("rows"));
        let mut listed = Vec::new();
        if !pasted.trim().is_empty() {
            listed = read_pasted(pasted).map_err(|refusal| refusal.at(Field::Rows))?;
        }
        if !file.is_empty() {
            let seen: HashSet<_> = listed.iter().map(|one| one.address.clone()).collect();
            let of_file = read_addresses(file).map_err(|refusal| refusal.at(Field::File))?;
            listed.extend(of_file.into_iter().filter(|one| !seen.contains(&one.address)));
        }
        Ok(listed)
    }
}

impl FromRequest<Admin> for Upload {
    type Rejection = PageError;

    async fn from_request(mut request: Request, admin: &Admin) -> Result<Self, PageError> {
        DefaultBodyLimit::max(UPLOAD_BYTES_READ).apply(&mut request);
        let headers = request.headers().clone();
        let unreadable = |_| PageError(Refusal::UnreadableRow.at(Field::File).into());
        let kind = headers.get(header::CONTENT_TYPE).and_then(|kind| kind.to_str().ok()).unwrap_or_default();
        if !kind.starts_with("multipart/form-data") {
            // Without a file it is a form as every other.
            return Ok(Self { form: Form::from_request(request, admin).await?, ..Self::default() });
        }
        let mut parts = Multipart::from_request(request, admin)
            .await
            .map_err(|_| PageError(Refusal::UnreadableRow.at(Field::File).into()))?;
        let mut upload = Self::default();
        while let Some(mut part) = parts.next_field().await.map_err(unreadable)? {
            let name = part.name().unwrap_or_default().to_owned();
            let file_name = part.file_name().map(str::to_owned);
            let mut bytes = Vec::new();
            while let Some(chunk) = part.chunk().await.map_err(unreadable)? {
                upload.is_too_large |= bytes.len() + chunk.len() > limits::UPLOAD_BYTES_MAX;
                if !upload.is_too_large {
                    bytes.extend_from_slice(&chunk);
                }
            }
            match file_name {
                Some(file_name) => (upload.file_name, upload.file) = (file_name, bytes),
                None => upload.form.fields.push((name, String::from_utf8_lossy(&bytes).into_owned())),
            }
        }
        check_token(&headers, upload.form.text("form_token"))?;
        Ok(upload)
    }
}

/// Reads a whole number as people type it, with or without marks between thousands. A mark anywhere else may have meant
/// a fraction, so that is no number: 1.5 is not 15.
pub(crate) fn number(text: &str) -> Result<u32, Refusal> {
    if text.is_empty() {
        return Err(Refusal::Required);
    }
    let groups: Vec<&str> = text.split(['.', ',', ' ', '\u{a0}', '\u{202f}']).collect();
    let digits = groups.concat();
    let is_number = !digits.is_empty()
        && digits.bytes().all(|byte| byte.is_ascii_digit())
        && groups.iter().skip(1).all(|group| group.len() == 3);
    if !is_number {
        let is_negative = text.strip_prefix(['-', '\u{2212}']).is_some_and(|rest| number(rest).is_ok());
        return Err(if is_negative { Refusal::BelowOne } else { Refusal::NotANumber });
    }
    digits.parse().map_err(|_| Refusal::OutOfRange { minimum: 0, maximum: i64::from(limits::QUANTITY_MAX) })
}

impl FromRequest<Admin> for Form {
    type Rejection = PageError;

    async fn from_request(request: Request, _admin: &Admin) -> Result<Self, PageError> {
        let (parts, body) = request.into_parts();
        let too_large = |_| Refusal::FileTooLarge { maximum_megabytes: 1 };
        let bytes = axum::body::to_bytes(body, FORM_BYTES_MAX).await.map_err(too_large)?;
        let fields = form_urlencoded::parse(&bytes).into_owned().collect();
        let form = Self { fields };
        check_token(&parts.headers, form.text("form_token"))?;
        Ok(form)
    }
}

/// Checks the token of a form against the session that sends it. Forms before signing in have no session; there the
/// `Origin` header and the cookie's `SameSite` protect. A form of another session, or from before there was one, is
/// answered as if nobody were signed in: nothing is done, and whoever signs in again finds what was typed.
pub(super) fn check_token(headers: &axum::http::HeaderMap, token: &str) -> Result<(), Failure> {
    match cookie(headers, SESSION_COOKIE) {
        Some(session) if form_token(session) != token => Err(Refusal::NotSignedIn.into()),
        _ => Ok(()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_as_people_type_them() {
        assert_eq!(number("105"), Ok(105));
        assert_eq!(number("1.050"), Ok(1050));
        assert_eq!(number("1\u{a0}050"), Ok(1050));
        assert_eq!(number(""), Err(Refusal::Required));
        for negative in ["-5", "\u{2212}3", "-1.000"] {
            assert_eq!(number(negative), Err(Refusal::BelowOne), "{negative}");
        }
        assert_eq!(number("1,234,567"), Ok(1_234_567));
        for no_number in ["5x", "1.5", "12,50", "1.0000", "1.", ".5", ".", " "] {
            assert_eq!(number(no_number), Err(Refusal::NotANumber), "{no_number}");
        }
        assert_eq!(number("99999999999"), Err(Refusal::OutOfRange { minimum: 0, maximum: 1_000_000 }));
    }
}
