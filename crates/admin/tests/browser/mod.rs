//! A browser at the admin center of a small world.

#![expect(dead_code, reason = "each file of tests uses a part")]

use admin::pages::router;
use admin::web::{Admin, Settings};
use app::{Caller, session};
use axum::Router;
use axum::body::{Body, to_bytes};
use axum::http::{Request, StatusCode, header};
use std::sync::Arc;
use testkit::engines::Database;
use testkit::world::World;
use tower::ServiceExt;

/// A browser that is signed in, with the token of its forms.
pub struct Browser {
    router: Router,
    /// What it sends along.
    pub cookie: String,
    /// The token of its forms.
    pub form_token: String,
}

impl Browser {
    pub fn stranger(router: &Router) -> Self {
        Self { router: router.clone(), cookie: String::new(), form_token: String::new() }
    }

    pub async fn signed_in(router: &Router, world: &World, caller: &Caller) -> Self {
        let home = caller.actor.home.unwrap();
        let user = caller.actor.user().unwrap();
        let token = tokio::task::block_in_place(|| session::start(&world.app, home, user)).unwrap();
        let cookie = format!("zetel_session={}", token.secret());
        let browser = Self { router: router.clone(), cookie, form_token: String::new() };
        let (status, html) = browser.read("/").await;
        assert_eq!(status, StatusCode::OK);
        let form_token = html.split("name=\"form_token\" value=\"").nth(1).unwrap().split('"').next().unwrap();
        Self { form_token: form_token.to_owned(), ..browser }
    }

    /// The same browser with one more cookie.
    pub fn with_cookie(&self, cookie: &str) -> Self {
        let cookie = format!("{}; {cookie}", self.cookie);
        Self { router: self.router.clone(), cookie, form_token: self.form_token.clone() }
    }

    pub async fn send(&self, method: &str, path: &str, body: String) -> axum::response::Response {
        self.send_as("application/x-www-form-urlencoded", method, path, body).await
    }

    /// Sends a body of any kind.
    pub async fn send_as(&self, kind: &str, method: &str, path: &str, body: String) -> axum::response::Response {
        let request = Request::builder()
            .method(method)
            .uri(path)
            .header(header::COOKIE, &self.cookie)
            .header(header::CONTENT_TYPE, kind)
            .body(Body::from(body))
            .unwrap();
        self.router.clone().oneshot(request).await.unwrap()
    }

    /// Asks for a page with further headers.
    pub async fn ask(&self, path: &str, headers: &[(&str, &str)]) -> axum::response::Response {
        let mut request = Request::get(path).header(header::COOKIE, &self.cookie);
        for (name, value) in headers {
            request = request.header(*name, *value);
        }
        self.router.clone().oneshot(request.body(Body::empty()).unwrap()).await.unwrap()
    }

    /// How many bytes go over the line for a browser that reads gzip.
    pub async fn weight(&self, path: &str) -> usize {
        let answer = self.ask(path, &[("accept-encoding", "gzip, deflate, br"), ("sec-fetch-site", "none")]).await;
        assert_eq!(answer.headers()[header::CONTENT_ENCODING], "gzip", "{path}");
        to_bytes(answer.into_body(), usize::MAX).await.unwrap().len()
    }

    pub async fn read(&self, path: &str) -> (StatusCode, String) {
        let response = self.send("GET", path, String::new()).await;
        let status = response.status();
        let bytes = to_bytes(response.into_body(), usize::MAX).await.unwrap();
        (status, String::from_utf8_lossy(&bytes).into_owned())
    }
}

/// A world on the embedded database, and its admin center.
pub fn house() -> (World, Router) {
    let world = World::new(Database::sqlite());
    let admin = Admin { app: world.app.clone(), settings: Arc::new(Settings::default()) };
    (world, router(admin))
}

pub fn run(sweep: impl Future<Output = ()>) {
    tokio::runtime::Builder::new_multi_thread().enable_all().build().unwrap().block_on(sweep);
}
