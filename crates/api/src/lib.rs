//! The API: JSON over HTTP, for programs. What it offers is in `docs/openapi.json`; how it says no, in
//! [`web::Problem`].

mod commerce;
pub mod openapi;
pub mod v1;
pub mod web;

use app::App;
use axum::Router;
use axum::http::{StatusCode, header};
use axum::response::IntoResponse;
use axum::routing::any;
use std::sync::OnceLock;
use web::{Access, Api, ApiError, Routes};

/// Every route.
#[must_use]
pub fn routes() -> Routes {
    v1::routes().merge(commerce::routes()).get("/api/v1/openapi.json", Access::Public, describe)
}

/// Where programs look: what is not there is told to them as a problem, and never as a page for people.
const OF_PROGRAMS: [&str; 6] =
    ["/api", "/api/{*path}", "/v1.0/{*path}", "/v1/{*path}", "/fd/{*path}", "/admin/api/{*path}"];

/// The API, to be merged into the router of the whole.
pub fn router(app: &App) -> Router {
    let router = routes().into_router();
    OF_PROGRAMS
        .iter()
        .fold(router, |router, path| router.route(path, any(nothing_here)))
        // On the routes alone: what is elsewhere belongs to the router that this one is merged into.
        .route_layer(axum::middleware::from_fn(web::around_every_request))
        .with_state(Api { app: app.clone() })
}

async fn nothing_here() -> ApiError {
    domain::refusal::Refusal::NotFound.into()
}

/// The OpenAPI document.
async fn describe() -> impl IntoResponse {
    static TEXT: OnceLock<String> = OnceLock::new();
    let text = TEXT.get_or_init(|| openapi::text(routes().table()));
    (StatusCode::OK, [(header::CONTENT_TYPE, "application/json")], text.as_str())
}
