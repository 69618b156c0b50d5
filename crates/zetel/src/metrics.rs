//! Figures for Prometheus at `/metrics`, in the OpenMetrics text format, for whoever holds the token in
//! `ZETEL_METRICS_TOKEN`. Without that token there is no such page and nothing is counted.

use app::App;
use app::session::hash_token;
use axum::Router;
use axum::extract::{Request, State};
use axum::http::{HeaderMap, StatusCode, header};
use axum::middleware::{Next, from_fn_with_state};
use axum::response::{IntoResponse, Response};
use axum::routing::get;
use domain::job::JobState;
use domain::mail::MailState;
use prometheus_client::encoding::text::encode;
use prometheus_client::metrics::counter::Counter;
use prometheus_client::metrics::family::Family;
use prometheus_client::metrics::gauge::Gauge;
use prometheus_client::metrics::histogram::Histogram;
use prometheus_client::registry::{Registry, Unit};
use std::sync::Arc;
use std::time::Instant;

const CONTENT_TYPE: &str = "application/openmetrics-text; version=1.0.0; charset=utf-8";
/// Bounds of the histogram, in seconds.
const BOUNDS: [f64; 9] = [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.5, 2.0];

type Label = (&'static str, &'static str);

/// What is counted since the process began, and what is looked up when somebody asks.
struct Metrics {
    app: App,
    token: [u8; 32],
    registry: Registry,
    requests: Family<[Label; 2], Counter>,
    duration: Family<[Label; 1], Histogram>,
    jobs: Family<[Label; 1], Gauge>,
    mails: Family<[Label; 1], Gauge>,
    sweep_success: Gauge,
    sweep_lag: Gauge,
}

/// The routes with what counts their requests, and the page that shows the figures to whoever holds the token.
pub fn measured(routes: Router, app: &App, token: &str) -> Router {
    let metrics = Arc::new(Metrics::new(app.clone(), token));
    let page = Router::new().route("/metrics", get(show)).with_state(Arc::clone(&metrics));
    routes.layer(from_fn_with_state(metrics, count)).merge(page)
}

impl Metrics {
    fn new(app: App, token: &str) -> Self {
        let mut new = Self {
            app,
            token: hash_token(token),
            registry: Registry::with_prefix("zetel"),
            requests: Family::default(),
            duration: Family::new_with_constructor(|| Histogram::new(BOUNDS)),
            jobs: Family::default(),
            mails: Family::default(),
            sweep_success: Gauge::default(),
            sweep_lag: Gauge::default(),
        };
        let registry = &mut new.registry;
        registry.register("http_requests", "Requests answered, by area and class of status", new.requests.clone());
        let help = "How long answers took, by area";
        registry.register_with_unit("http_request_duration", help, Unit::Seconds, new.duration.clone());
        registry.register("jobs", "Background work that waits, runs or is parked", new.jobs.clone());
        registry.register("mails", "Mails that wait or are parked", new.mails.clone());
        let help = "When the calendar last went through, since 1970";
        registry.register_with_unit("sweep_last_success", help, Unit::Seconds, new.sweep_success.clone());
        let help = "How late the oldest step was that the calendar then found";
        registry.register_with_unit("sweep_lag", help, Unit::Seconds, new.sweep_lag.clone());
        new
    }

    fn is_allowed(&self, headers: &HeaderMap) -> bool {
        let shown = headers.get(header::AUTHORIZATION).and_then(|value| value.to_str().ok());
        // Hashes are compared, so that how long it takes says nothing about the token.
        shown.and_then(|value| value.strip_prefix("Bearer ")).is_some_and(|token| hash_token(token) == self.token)
    }

    /// Everything as Prometheus reads it. Blocks.
    fn text(&self) -> Result<String, Box<dyn std::error::Error + Send + Sync>> {
        let condition = self.app.condition()?;
        for state in [JobState::Waiting, JobState::Running, JobState::Parked] {
            let count = condition.jobs.iter().find(|(of, _)| *of == state).map_or(0, |(_, count)| *count);
            self.jobs.get_or_create(&[("state", state.code())]).set(count);
        }
        for state in [MailState::Waiting, MailState::Parked] {
            let count = condition.mails.iter().find(|(of, _)| *of == state).map_or(0, |(_, count)| *count);
            self.mails.get_or_create(&[("state", state.code())]).set(count);
        }
        if let Some(last) = condition.calendar {
            self.sweep_success.set(last.succeeded_at.as_second());
            self.sweep_lag.set(last.lag_seconds);
        }
        let mut text = String::new();
        encode(&mut text, &self.registry)?;
        Ok(text)
    }
}

async fn show(State(metrics): State<Arc<Metrics>>, headers: HeaderMap) -> Response {
    if !metrics.is_allowed(&headers) {
        return (StatusCode::UNAUTHORIZED, [(header::WWW_AUTHENTICATE, "Bearer")]).into_response();
    }
    match tokio::task::spawn_blocking(move || metrics.text()).await {
        Ok(Ok(text)) => ([(header::CONTENT_TYPE, CONTENT_TYPE)], text).into_response(),
        Ok(Err(failure)) => {
            tracing::error!(%failure, "the figures could not be read");
            StatusCode::INTERNAL_SERVER_ERROR.into_response()
        }
        Err(_) => StatusCode::INTERNAL_SERVER_ERROR.into_response(),
    }
}

async fn count(State(metrics): State<Arc<Metrics>>, request: Request, next: Next) -> Response {
    let (area, start) = (area(request.uri().path()), Instant::now());
    let answer = next.run(request).await;
    let status = match answer.status().as_u16() {
        ..300 => "2xx",
        300..400 => "3xx",
        400..500 => "4xx",
        _ => "5xx",
    };
    metrics.requests.get_or_create(&[("area", area), ("status", status)]).inc();
    metrics.duration.get_or_create(&[("area", area)]).observe(start.elapsed().as_secs_f64());
    answer
}

/// What is asked for; a few areas only, so that no address makes a figure of its own.
fn area(path: &str) -> &'static str {
    match path.split('/').nth(1) {
        Some("api") => "api",
        Some("assets") => "assets",
        _ => "pages",
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use axum::body::{Body, to_bytes};
    use testkit::engines::Database;
    use testkit::world::World;
    use tower::ServiceExt;

    async fn answer(router: &Router, path: &str, token: Option<&str>) -> (StatusCode, String) {
        let mut request = Request::builder().uri(path);
        if let Some(token) = token {
            request = request.header(header::AUTHORIZATION, format!("Bearer {token}"));
        }
        let request = request.body(Body::empty()).expect("a request");
        let response = router.clone().oneshot(request).await.expect("an answer");
        let status = response.status();
        let body = to_bytes(response.into_body(), 1 << 20).await.expect("a body");
        (status, String::from_utf8(body.to_vec()).expect("text"))
    }

    fn runtime() -> tokio::runtime::Runtime {
        tokio::runtime::Builder::new_current_thread().enable_all().build().expect("a runtime")
    }

    #[test]
    fn figures_are_shown_to_whoever_holds_the_token() {
        let world = World::new(Database::sqlite());
        world.sweep();
        let routes = Router::new().route("/api/v1/subscriptions", get(|| async { StatusCode::FORBIDDEN }));
        let router = measured(routes, &world.app, "secret-of-the-watcher");
        runtime().block_on(async {
            for token in [None, Some(""), Some("secret-of-the-watche"), Some("secret-of-the-watcher2")] {
                assert_eq!(answer(&router, "/metrics", token).await.0, StatusCode::UNAUTHORIZED, "{token:?}");
            }
            let _ = answer(&router, "/api/v1/subscriptions", None).await;
            let _ = answer(&router, "/api/v1/subscriptions", None).await;
            let (status, text) = answer(&router, "/metrics", Some("secret-of-the-watcher")).await;
            assert_eq!(status, StatusCode::OK);
            for line in [
                "zetel_http_requests_total{area=\"api\",status=\"4xx\"} 2",
                "zetel_http_request_duration_seconds_count{area=\"api\"} 2",
                "zetel_jobs{state=\"parked\"} 0",
                "zetel_mails{state=\"waiting\"} 0",
                "zetel_sweep_lag_seconds 0",
                &format!("zetel_sweep_last_success_seconds {}", world.clock_now().as_second()),
            ] {
                assert!(text.lines().any(|found| found == line), "{line} is not in\n{text}");
            }
            assert!(text.ends_with("# EOF\n"), "{text}");
        });
    }
}
