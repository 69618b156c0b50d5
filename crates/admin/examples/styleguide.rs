//! Writes the styleguide and the sample pages to a folder, with their assets, or serves them:
//! `cargo run -p admin --example styleguide -- 127.0.0.1:8088`.

use admin::assets;
use admin::frame::Theme;
use admin::styleguide::{Sample, render};
use axum::Router;
use axum::http::{HeaderMap, StatusCode};
use axum::response::{Html, IntoResponse, Response};
use axum::routing::get;

#[tokio::main]
async fn main() -> std::io::Result<()> {
    let address = std::env::args().nth(1).unwrap_or_else(|| "127.0.0.1:8088".to_owned());
    let mut router = Router::new().merge(assets::routes()).route("/styleguide/people", get(people));
    for sample in Sample::ALL {
        let light = move |headers: HeaderMap| page(sample, Theme::Light, headers);
        let dark = move |headers: HeaderMap| page(sample, Theme::Dark, headers);
        router = router.route(&format!("/styleguide{}", sample.path()), get(light).post(light));
        router = router.route(&format!("/dark{}", sample.path()), get(dark).post(dark));
    }
    let listener = tokio::net::TcpListener::bind(&address).await?;
    eprintln!("http://{address}/styleguide");
    axum::serve(listener, router).await
}

async fn page(sample: Sample, theme: Theme, headers: HeaderMap) -> Response {
    let policy = [("content-security-policy", assets::CONTENT_SECURITY_POLICY)];
    match render(sample, theme, headers.contains_key("zetel-pane")) {
        Ok(html) => (policy, Html(html)).into_response(),
        Err(error) => (StatusCode::INTERNAL_SERVER_ERROR, error.to_string()).into_response(),
    }
}

async fn people() -> Html<&'static str> {
    Html(
        "<li role=\"option\" data-value=\"3\" data-label=\"Chen Wei\"><span class=\"avatar\">CW</span>Chen Wei</li>\
         <li role=\"option\" data-value=\"4\" data-label=\"Dora Koch\"><span class=\"avatar avatar-2\">DK</span>Dora Koch</li>",
    )
}
