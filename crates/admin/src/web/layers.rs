//! What happens around every request: its name, security headers, refused forms of strangers, failures drawn as pages.

use super::Admin;
use super::answer::{PageError, error_page, redirect, set_cookie};
use super::compress::{compress, may_compress};
use super::notice::NOTICE_COOKIE;
use super::visitor::Browser;
use crate::assets::CONTENT_SECURITY_POLICY;
use app::Failure;
use axum::extract::{ConnectInfo, Request, State};
use axum::http::{HeaderMap, HeaderValue, Method, StatusCode, header};
use axum::middleware::Next;
use axum::response::Response;
use domain::refusal::{Refusal, RefusalKind};
use std::net::{IpAddr, SocketAddr};

/// The name of a request in logs, in the journal and on the page of a fault.
#[derive(Debug, Clone)]
pub(super) struct RequestName(pub String);

/// The address of the client, for rate limits.
#[derive(Debug, Clone)]
pub(super) struct ClientAddress(pub String);

/// Names the request, refuses forms of other sites, and draws failures as pages.
pub async fn around_every_request(State(admin): State<Admin>, mut request: Request, next: Next) -> Response {
    let mut bytes = [0; 8];
    // Without randomness the name is not unique, which only makes a log harder to read.
    let _ = getrandom::fill(&mut bytes);
    let name = format!("req_{:016x}", u64::from_be_bytes(bytes));
    let peer = request.extensions().get::<ConnectInfo<SocketAddr>>().map(|info| info.0.ip());
    let client = peer.map(|peer| client_behind(peer, request.headers(), &admin.settings.trusted_proxies));
    let client = client.map_or_else(|| "unknown".to_owned(), |client| client.to_string());
    request.extensions_mut().insert(RequestName(name.clone()));
    request.extensions_mut().insert(ClientAddress(client.clone()));
    let path = request.uri().path_and_query().map_or("/", |path| path.as_str()).to_owned();
    let browser = Browser::read(request.headers(), &path, &name, &client);
    let form = page_of_form(request.headers());
    let method = request.method().clone();
    let is_compressed = may_compress(request.headers());
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
        let page = if method == Method::GET { Some(browser.path.as_str()) } else { form.as_deref() };
        response = answer_failure(&browser, page, &failure);
    }
    tracing::debug!(request = name, %method, path, status = response.status().as_u16(), "answered");
    secure(&mut response);
    if browser.done.is_some() && response.status().is_success() && !browser.pane_only && method == Method::GET {
        set_cookie(&mut response, NOTICE_COOKIE, "", "; Max-Age=0");
    }
    if is_compressed { compress(response).await } else { response }
}

/// The page whose form was sent, of this site alone: where somebody whose session has ended goes on after signing in.
fn page_of_form(headers: &HeaderMap) -> Option<String> {
    let host = headers.get(header::HOST)?.to_str().ok()?;
    let (_, page) = headers.get(header::REFERER)?.to_str().ok()?.split_once("://")?;
    page.strip_prefix(host).filter(|path| path.starts_with('/')).map(str::to_owned)
}

fn answer_failure(browser: &Browser, page: Option<&str>, failure: &Failure) -> Response {
    if failure.refusal().is_none() {
        tracing::error!(request = browser.request, %failure, "a request failed");
    }
    let is_stranger = failure.refusal().map(Refusal::kind) == Some(RefusalKind::Unauthenticated);
    if let Some(page) = page.filter(|_| is_stranger) {
        // Who signed in beside this page signs in here with a form of today.
        if page.split('?').next() == Some("/sign-in") {
            return redirect(page);
        }
        let next: String = form_urlencoded::byte_serialize(page.as_bytes()).collect();
        return redirect(&format!("/sign-in?next={next}"));
    }
    error_page(browser, failure)
}

/// Who a request comes from. Each proxy adds the address that it saw to the right of `X-Forwarded-For`, so the newest
/// one that is no trusted proxy is the client; what stands left of it anybody may have written.
fn client_behind(peer: IpAddr, headers: &HeaderMap, trusted: &[IpAddr]) -> IpAddr {
    let mut client = peer.to_canonical();
    let forwarded = headers.get_all("x-forwarded-for").iter().filter_map(|value| value.to_str().ok());
    let seen: Vec<&str> = forwarded.flat_map(|list| list.split(',')).collect();
    for address in seen.iter().rev() {
        if !trusted.contains(&client) {
            break;
        }
        let Ok(before) = address.trim().parse::<IpAddr>() else { break };
        client = before.to_canonical();
    }
    client
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
        // A mail in its frame, and the page around it, have a policy of their own.
        headers.entry(name).or_insert(HeaderValue::from_static(value));
    }
    headers.entry(header::CACHE_CONTROL).or_insert(HeaderValue::from_static("no-store"));
}

#[cfg(test)]
mod tests {
    use super::*;

    fn client(peer: &str, forwarded: &[&str], trusted: &[&str]) -> String {
        let address = |text: &&str| text.parse().unwrap_or(IpAddr::from([0, 0, 0, 0]));
        let mut headers = HeaderMap::new();
        for value in forwarded {
            headers.append("x-forwarded-for", HeaderValue::from_str(value).unwrap_or(HeaderValue::from_static("")));
        }
        let trusted: Vec<IpAddr> = trusted.iter().map(address).collect();
        client_behind(address(&peer), &headers, &trusted).to_string()
    }

    #[test]
    fn only_a_trusted_proxy_tells_who_the_client_is() {
        let proxies = ["10.0.0.1", "10.0.0.2"];
        assert_eq!(client("192.0.2.7", &[], &proxies), "192.0.2.7");
        assert_eq!(client("192.0.2.7", &["198.51.100.1"], &proxies), "192.0.2.7");
        assert_eq!(client("10.0.0.1", &["198.51.100.1"], &proxies), "198.51.100.1");
        assert_eq!(client("10.0.0.1", &["198.51.100.1"], &[]), "10.0.0.1");
    }

    #[test]
    fn what_a_client_writes_itself_is_not_believed() {
        let proxies = ["10.0.0.1", "10.0.0.2"];
        assert_eq!(client("10.0.0.1", &["203.0.113.9, 198.51.100.1"], &proxies), "198.51.100.1");
        assert_eq!(client("10.0.0.1", &["203.0.113.9", "198.51.100.1 , 10.0.0.2"], &proxies), "198.51.100.1");
        assert_eq!(client("10.0.0.1", &["nonsense"], &proxies), "10.0.0.1");
    }

    #[test]
    fn an_address_has_one_form() {
        assert_eq!(client("::ffff:10.0.0.1", &["::ffff:198.51.100.1"], &["10.0.0.1"]), "198.51.100.1");
        assert_eq!(client("::1", &["2001:DB8::7"], &["::1"]), "2001:db8::7");
    }
}
