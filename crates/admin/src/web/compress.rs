//! Pages go over the line compressed, where nobody can learn from their size.
//!
//! A page holds secrets (the token of its forms, an organization's numbers) beside text of the address (what was
//! searched for). Somebody who sees how long answers are, and can make a browser ask again and again with their own
//! texts, could guess the secrets letter by letter (BREACH). That needs requests from another site, and browsers say
//! where a request comes from in a header that no script can set: only what Zetel's own pages ask for, or a person by
//! typing an address or by a bookmark, is compressed.

use axum::body::{Body, to_bytes};
use axum::http::{HeaderMap, HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use flate2::Compression;
use flate2::write::GzEncoder;
use std::io::Write;

/// Whether a client reads gzip.
pub(crate) fn reads_gzip(headers: &HeaderMap) -> bool {
    let accepted = headers.get(header::ACCEPT_ENCODING).and_then(|value| value.to_str().ok()).unwrap_or_default();
    accepted.split(',').any(|coding| coding.trim() == "gzip" || coding.trim().starts_with("gzip;q=1"))
}

/// Whether the page that this request asks for may be compressed.
pub(super) fn may_compress(headers: &HeaderMap) -> bool {
    let from = headers.get("sec-fetch-site").and_then(|value| value.to_str().ok());
    matches!(from, Some("same-origin" | "none")) && reads_gzip(headers)
}

/// The bytes, smaller.
pub(crate) fn gzip(content: &[u8], level: Compression) -> Vec<u8> {
    let mut encoder = GzEncoder::new(Vec::with_capacity(content.len() / 4), level);
    // Writing into memory does not fail; what was written is complete in any case.
    let _ = encoder.write_all(content);
    encoder.finish().unwrap_or_default()
}

/// A page, compressed; what is no page stays as it is.
pub(super) async fn compress(response: Response) -> Response {
    let kind = response.headers().get(header::CONTENT_TYPE).and_then(|value| value.to_str().ok());
    if !kind.is_some_and(|kind| kind.starts_with("text/html")) {
        return response;
    }
    let (mut parts, body) = response.into_parts();
    let Ok(page) = to_bytes(body, usize::MAX).await else { return StatusCode::INTERNAL_SERVER_ERROR.into_response() };
    parts.headers.remove(header::CONTENT_LENGTH);
    parts.headers.insert(header::CONTENT_ENCODING, HeaderValue::from_static("gzip"));
    parts.headers.append(header::VARY, HeaderValue::from_static("accept-encoding, sec-fetch-site"));
    Response::from_parts(parts, Body::from(gzip(&page, Compression::fast())))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn may(encoding: &'static str, site: Option<&'static str>) -> bool {
        let mut headers = HeaderMap::new();
        headers.insert(header::ACCEPT_ENCODING, HeaderValue::from_static(encoding));
        if let Some(site) = site {
            headers.insert("sec-fetch-site", HeaderValue::from_static(site));
        }
        may_compress(&headers)
    }

    #[test]
    fn only_what_no_other_site_asked_for_is_compressed() {
        assert!(may("gzip, deflate, br", Some("same-origin")) && may("br, gzip", Some("none")));
        for site in [None, Some("cross-site"), Some("same-site")] {
            assert!(!may("gzip", site), "{site:?}");
        }
        for encoding in ["", "br", "identity", "gzip;q=0"] {
            assert!(!may(encoding, Some("same-origin")), "{encoding}");
        }
    }
}
