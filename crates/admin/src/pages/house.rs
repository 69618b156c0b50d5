//! Pages about Zetel itself: whether it is well, and in the demo the parts that its pages are made of.

use crate::styleguide::{self, Sample};
use crate::web::{Access, Admin, Browser, PageResult, Routes, blocking};
use app::Failure;
use axum::extract::{Path, State};
use axum::response::{Html, IntoResponse};
use domain::refusal::Refusal;
use std::collections::BTreeMap;

pub(super) fn routes() -> Routes {
    Routes::default()
        .get("/health", Access::Public, health)
        .get("/health/live", Access::Public, live)
        .get("/styleguide", Access::Public, styleguide)
        .get("/styleguide/{sample}", Access::Public, sample)
}

/// Says that the process answers and reaches its database, when the calendar last went through, and what waits or is
/// parked; for load balancers and supervisors.
async fn health(State(admin): State<Admin>) -> PageResult {
    let app = admin.app.clone();
    let condition = blocking(move || app.condition()).await?;
    let calendar = condition.calendar.map(
        |last| serde_json::json!({ "last_success": last.succeeded_at.to_string(), "lag_seconds": last.lag_seconds }),
    );
    let jobs: BTreeMap<_, _> = condition.jobs.iter().map(|(state, count)| (state.code(), count)).collect();
    let mails: BTreeMap<_, _> = condition.mails.iter().map(|(state, count)| (state.code(), count)).collect();
    let health =
        serde_json::json!({ "status": "ok", "sweeps": { "calendar": calendar }, "jobs": jobs, "mails": mails });
    Ok(axum::Json(health).into_response())
}

/// Says that the process answers, whatever its database does: a supervisor that starts it anew mends no database.
async fn live() -> PageResult {
    Ok(axum::Json(serde_json::json!({ "status": "ok" })).into_response())
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
