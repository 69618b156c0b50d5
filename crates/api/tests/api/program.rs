//! A program with a key, as a test sees it.

use app::api_token::CreateApiToken;
use axum::Router;
use axum::body::{Body, to_bytes};
use axum::http::{HeaderMap, Request};
use domain::access::{Role, Scope};
use domain::api_token::ApiTokenDraft;
use domain::ids::OrganizationId;
use serde_json::Value;
use testkit::world::World;
use tower::ServiceExt;

/// A program that may use these scopes.
pub struct Program {
    router: Router,
    secret: String,
}

/// What a program got.
#[derive(Debug)]
pub struct Answer {
    pub status: u16,
    pub headers: HeaderMap,
    pub body: Value,
}

impl Program {
    /// A program of the world's organization.
    pub fn new(world: &World, scopes: &[Scope]) -> Self {
        Self::of(world, world.organization, scopes)
    }

    /// A program of any organization.
    pub fn of(world: &World, organization: OrganizationId, scopes: &[Scope]) -> Self {
        let admin = world.caller_in(organization, Role::GlobalAdmin);
        let draft = ApiTokenDraft { name: "Robot".to_owned(), scopes: scopes.to_vec(), days: None };
        let made = world.app.write(&admin, organization, CreateApiToken::new(draft).unwrap()).wait().unwrap();
        Self { router: api::router(&world.app), secret: made.secret }
    }

    /// A program of the operator.
    pub fn operator(world: &World, house: OrganizationId, scopes: &[Scope]) -> Self {
        let operator = world.caller_in(house, Role::Operator);
        let draft = ApiTokenDraft { name: "Robot".to_owned(), scopes: scopes.to_vec(), days: None };
        let made = world.app.write(&operator, house, CreateApiToken::new(draft).unwrap()).wait().unwrap();
        Self { router: api::router(&world.app), secret: made.secret }
    }

    /// Somebody without a key, or with a wrong one.
    pub fn stranger(world: &World, secret: &str) -> Self {
        Self { router: api::router(&world.app), secret: secret.to_owned() }
    }

    pub fn get(&self, path: &str) -> Answer {
        self.send("GET", path, &[], "")
    }

    pub fn post(&self, path: &str, body: &Value) -> Answer {
        self.send("POST", path, &[], &body.to_string())
    }

    pub fn put(&self, path: &str, body: &Value) -> Answer {
        self.send("PUT", path, &[], &body.to_string())
    }

    pub fn send(&self, method: &str, path: &str, headers: &[(&str, &str)], body: &str) -> Answer {
        let mut request = Request::builder().method(method).uri(path);
        if !self.secret.is_empty() {
            request = request.header("authorization", format!("Bearer {}", self.secret));
        }
        if !body.is_empty() && !headers.iter().any(|(name, _)| *name == "content-type") {
            request = request.header("content-type", "application/json");
        }
        let request = headers.iter().fold(request, |request, (name, value)| request.header(*name, *value));
        let request = request.body(Body::from(body.to_owned())).unwrap();
        let runtime = tokio::runtime::Builder::new_current_thread().build().unwrap();
        runtime.block_on(async {
            let response = self.router.clone().oneshot(request).await.unwrap();
            let (parts, body) = response.into_parts();
            let bytes = to_bytes(body, usize::MAX).await.unwrap();
            let body = if bytes.is_empty() { Value::Null } else { serde_json::from_slice(&bytes).unwrap() };
            Answer { status: parts.status.as_u16(), headers: parts.headers, body }
        })
    }
}

/// Every scope that the key of a customer can have.
pub fn scopes_of_customers() -> Vec<Scope> {
    Scope::ALL.iter().copied().filter(|scope| !scope.is_of_operator()).collect()
}

impl Answer {
    pub fn header(&self, name: &str) -> Option<&str> {
        self.headers.get(name).map(|value| value.to_str().unwrap())
    }

    /// The body of a problem without the name of the request, which differs from run to run.
    pub fn problem(&self) -> Value {
        assert_eq!(self.header("content-type"), Some("application/problem+json"), "{self:?}");
        let mut problem = self.body.clone();
        let request = problem.as_object_mut().unwrap().remove("request_id").unwrap();
        assert_eq!(request.as_str(), self.header("x-request-id"));
        problem
    }

    /// The status and the code of a problem.
    pub fn refusal(&self) -> (u16, String) {
        (self.status, self.problem()["code"].as_str().unwrap().to_owned())
    }
}
