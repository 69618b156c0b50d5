//! Style sheet, script and icons: part of the binary, served under an address that holds a hash of the content,
//! so that a browser may keep them forever and a new version is a new address.

use crate::web::compress::{gzip, reads_gzip};
use axum::Router;
use axum::extract::Path;
use axum::http::{HeaderMap, StatusCode, header};
use axum::response::{IntoResponse, Response};
use axum::routing::get;
use flate2::Compression;
use std::sync::LazyLock;

/// The style sheet: the parts in the order in which they build on each other.
pub const CSS: &str = concat!(
    include_str!("../assets/css/tokens.css"),
    include_str!("../assets/css/base.css"),
    include_str!("../assets/css/frame.css"),
    include_str!("../assets/css/button.css"),
    include_str!("../assets/css/menu.css"),
    include_str!("../assets/css/status.css"),
    include_str!("../assets/css/notice.css"),
    include_str!("../assets/css/table.css"),
    include_str!("../assets/css/form.css"),
    include_str!("../assets/css/card.css"),
    include_str!("../assets/css/pane.css"),
    include_str!("../assets/css/progress.css"),
    include_str!("../assets/css/dialog.css"),
    include_str!("../assets/css/palette.css"),
    include_str!("../assets/css/chart.css"),
    include_str!("../assets/css/sign-in.css"),
    include_str!("../assets/css/purchase.css"),
    include_str!("../assets/css/invoice.css"),
    include_str!("../assets/css/mail.css"),
    include_str!("../assets/css/print.css"),
);
/// The module that makes pages faster to use; every page works without it.
pub const SCRIPT: &str = include_str!("../assets/js/zetel.js");
/// The palette and the shortcuts, a module that the script fetches when they are first used.
pub const PALETTE: &str = include_str!("../assets/js/palette.js");
/// All icons as symbols; see `icon` in `templates/components.html`.
pub const ICONS: &str = include_str!("../assets/icons.svg");
/// The mark in the browser's tab.
pub const FAVICON: &str = include_str!("../assets/favicon.svg");

/// The content security policy of every page: nothing inline, nothing from elsewhere.
pub const CONTENT_SECURITY_POLICY: &str = "default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self'; \
     connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'";

/// One file that browsers keep.
struct Asset {
    url: String,
    media_type: &'static str,
    content: &'static str,
    /// The same for clients that read gzip; it holds no secret.
    compressed: Vec<u8>,
}

static ASSETS: LazyLock<[Asset; 5]> = LazyLock::new(|| {
    [
        asset("zetel", "css", "text/css; charset=utf-8", CSS),
        asset("zetel", "js", "text/javascript; charset=utf-8", SCRIPT),
        asset("icons", "svg", "image/svg+xml", ICONS),
        asset("favicon", "svg", "image/svg+xml", FAVICON),
        asset("palette", "js", "text/javascript; charset=utf-8", PALETTE),
    ]
});

fn asset(name: &str, extension: &str, media_type: &'static str, content: &'static str) -> Asset {
    let url = format!("/assets/{name}-{:016x}.{extension}", fingerprint(content));
    Asset { url, media_type, content, compressed: gzip(content.as_bytes(), Compression::best()) }
}

/// FNV-1a, 64 bits: tells versions of our own files apart; it protects nothing.
fn fingerprint(content: &str) -> u64 {
    content
        .bytes()
        .fold(0xcbf2_9ce4_8422_2325, |hash, byte| (hash ^ u64::from(byte)).wrapping_mul(0x0000_0100_0000_01b3))
}

/// Address of the style sheet, as `/assets/zetel-<hash>.css`.
pub fn css_url() -> &'static str {
    &ASSETS[0].url
}

/// Address of the script module.
pub fn script_url() -> &'static str {
    &ASSETS[1].url
}

/// Address of the module with the palette.
pub fn palette_url() -> &'static str {
    &ASSETS[4].url
}

/// Address of the icon sprite; an icon is `<use href="{icons_url}#name">`.
pub fn icons_url() -> &'static str {
    &ASSETS[2].url
}

/// Address of the favicon.
pub fn favicon_url() -> &'static str {
    &ASSETS[3].url
}

/// The routes of all assets: public, the same for everybody.
pub fn routes<S: Clone + Send + Sync + 'static>() -> Router<S> {
    Router::new().route("/assets/{file}", get(serve)).route("/favicon.ico", get(favicon))
}

async fn serve(Path(file): Path<String>, headers: HeaderMap) -> Response {
    let Some(asset) = ASSETS.iter().find(|asset| asset.url.strip_prefix("/assets/") == Some(file.as_str())) else {
        return StatusCode::NOT_FOUND.into_response();
    };
    let about = [
        (header::CONTENT_TYPE, asset.media_type),
        (header::CACHE_CONTROL, "public, max-age=31536000, immutable"),
        (header::VARY, "accept-encoding"),
        (header::X_CONTENT_TYPE_OPTIONS, "nosniff"),
    ];
    if reads_gzip(&headers) {
        return (about, [(header::CONTENT_ENCODING, "gzip")], asset.compressed.as_slice()).into_response();
    }
    (about, asset.content).into_response()
}

async fn favicon() -> Response {
    ([(header::CONTENT_TYPE, "image/svg+xml")], FAVICON).into_response()
}
