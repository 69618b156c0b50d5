//! Pages about Zetel itself: whether it is well, and in the demo the parts that its pages are made of.

use crate::styleguide::{self, Sample};
use crate::web::{Access, Admin, Browser, PageResult, Routes, blocking};
use app::{Failure, setup};
use axum::extract::{Path, State};
use axum::response::{Html, IntoResponse};
use domain::refusal::Refusal;

pub(super) fn routes() -> Routes {
    Routes::default().get("/health", Access::Public, health).get("/styleguide", Access::Public, styleguide).get(
        "/styleguide/{sample}",
        Access::Public,
        sample,
    )
}

/// Says that the process answers and reaches its database, and when the calendar last went through; for load
/// balancers and supervisors.
async fn health(State(admin): State<Admin>) -> PageResult {
    let app = admin.app.clone();
    blocking(move || setup::is_done(&app)).await?;
    let app = admin.app.clone();
    let calendar = blocking(move || app.last_sweep()).await?.map(
        |last| serde_json::json!({ "last_success": last.succeeded_at.to_string(), "lag_seconds": last.lag_seconds }),
    );
    Ok(axum::Json(serde_json::json!({ "status": "ok", "sweeps": { "calendar": calendar } })).into_response())
}

async fn styleguide(State(admin): State<Admin>, browser: Browser) -> PageResult {
    show(&admin, &browser, "")
}

async fn sample(State(admin): State<Admin>, browser: Browser, Path(sample): Path<String>) -> PageResult {
    show(&admin, &browser, &format!("/{sample}"))
}

/// The design system is shown in the demo only.
fn show(admin: &Admin, browser: &Browser, path: &str) -> PageResult {
    let sample = Sample::ALL.into_iter().find(|sample| sample.path() == path && admin.settings.is_demo());
    let html = styleguide::render(sample.ok_or(Refusal::NotFound)?, browser.theme, browser.pane_only)
        .map_err(Failure::internal)?;
    Ok(Html(html).into_response())
}
