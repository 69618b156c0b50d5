//! Who asks: a program with a key, in the one organization that the key is for.

use super::layers::RequestName;
use super::problem::ApiError;
use super::routes::scopes_with;
use super::{Api, Written};
use app::idempotency::{Once, RequestKey};
use app::{App, Caller, Command, Failure, PointQuery, Query};
use axum::extract::FromRequestParts;
use axum::http::request::Parts;
use axum::http::{StatusCode, header};
use domain::access::permission::Granting;
use domain::access::{Permission, Reach, reach};
use domain::ids::OrganizationId;
use domain::refusal::Refusal;
use serde::Serialize;
use serde::de::DeserializeOwned;

/// A program with a key.
pub struct Client {
    /// The organization that the key is for.
    pub organization: OrganizationId,
    caller: Caller,
    app: App,
}

impl FromRequestParts<Api> for Client {
    type Rejection = ApiError;

    async fn from_request_parts(parts: &mut Parts, api: &Api) -> Result<Self, ApiError> {
        let secret = bearer(parts).ok_or(Refusal::NotSignedIn)?;
        let actor = if api.app.reads_wait_for_a_server() {
            let (app, secret) = (api.app.clone(), secret.to_owned());
            blocking(move || app::api_token::actor_by_token(&app, &secret)).await?
        } else {
            app::api_token::actor_by_token(&api.app, secret)?
        };
        let organization = actor.home.ok_or(Refusal::NotSignedIn)?;
        let request = parts.extensions.get::<RequestName>().map(|name| name.0.clone()).unwrap_or_default();
        Ok(Self { organization, caller: Caller { actor, request }, app: api.app.clone() })
    }
}

/// The secret of `Authorization: Bearer …`; the scheme is not case-sensitive (RFC 9110, 11.1).
fn bearer(parts: &Parts) -> Option<&str> {
    let value = parts.headers.get(header::AUTHORIZATION)?.to_str().ok()?;
    let (scheme, secret) = value.split_once(' ')?;
    scheme.eq_ignore_ascii_case("bearer").then(|| secret.trim_start())
}

/// Runs what blocks beside the threads that answer requests. The work is boxed, so that the compiler makes one kind of
/// task and not one for each question.
pub(crate) async fn blocking<T: Send + 'static>(
    work: impl FnOnce() -> Result<T, Failure> + Send + 'static,
) -> Result<T, Failure> {
    let (sender, answer) = tokio::sync::oneshot::channel();
    let work: Box<dyn FnOnce() + Send> = Box::new(move || drop(sender.send(work())));
    tokio::task::spawn_blocking(work).await.map_err(Failure::internal)?;
    answer.await.map_err(Failure::internal)?
}

/// A key that may not do it lacks a scope; the answer names the scopes that would do.
fn say_scope(permission: Permission) -> impl FnOnce(Failure) -> ApiError {
    move |failure| match failure {
        Failure::Refused(Refusal::NotAllowed) => ApiError::MissingScope(scopes_with(permission)),
        failure => failure.into(),
    }
}

impl Client {
    /// Asks a query.
    ///
    /// # Errors
    /// The query's refusal.
    pub async fn read<Q>(&self, query: Q) -> Result<Q::Outcome, ApiError>
    where
        Q: Query + Send + 'static,
        Q::Outcome: Send + 'static,
    {
        let (app, caller, organization) = (self.app.clone(), self.caller.clone(), self.organization);
        let answer = blocking(move || app.read(&caller, organization, &query)).await;
        answer.map_err(say_scope(Q::Permission::PERMISSION))
    }

    /// Asks a query about another organization: the operator's keys reach them.
    ///
    /// # Errors
    /// The query's refusal.
    pub async fn read_of<Q>(&self, organization: OrganizationId, query: Q) -> Result<Q::Outcome, ApiError>
    where
        Q: Query + Send + 'static,
        Q::Outcome: Send + 'static,
    {
        // A key without the right learns nothing of which organizations there are.
        self.needs(Q::Permission::PERMISSION)?;
        let (app, caller) = (self.app.clone(), self.caller.clone());
        blocking(move || app.read(&caller, organization, &query)).await.map_err(ApiError::from)
    }

    /// Carries a command out in another organization, once per key of the request, likewise.
    ///
    /// # Errors
    /// The command's refusal.
    pub async fn write_of<C, T>(
        &self,
        organization: OrganizationId,
        status: StatusCode,
        key: Option<RequestKey>,
        command: C,
    ) -> Result<Written<T>, ApiError>
    where
        C: Command,
        C::Outcome: Serialize + DeserializeOwned,
        T: From<C::Outcome>,
    {
        self.needs(C::Permission::PERMISSION)?;
        Ok(self.carry_out(organization, status, key, command).await?)
    }

    /// Refuses a key that lacks a permission before anything is done.
    ///
    /// # Errors
    /// [`ApiError::MissingScope`].
    pub fn needs(&self, permission: Permission) -> Result<(), ApiError> {
        match reach(&self.caller.actor, permission, Some(self.organization)) {
            Reach::All => Ok(()),
            Reach::Own | Reach::Nothing => Err(ApiError::MissingScope(scopes_with(permission))),
        }
    }

    /// Carries out a use case that blocks and is more than one command.
    ///
    /// # Errors
    /// The refusal of the use case.
    pub async fn act<T: Send + 'static>(
        &self,
        permission: Permission,
        act: impl FnOnce(&App, &Caller, OrganizationId) -> Result<T, Failure> + Send + 'static,
    ) -> Result<T, ApiError> {
        let (app, caller, organization) = (self.app.clone(), self.caller.clone(), self.organization);
        blocking(move || act(&app, &caller, organization)).await.map_err(say_scope(permission))
    }

    /// Asks a query of one statement. The embedded database answers it sooner than another thread would begin.
    ///
    /// # Errors
    /// The query's refusal.
    pub async fn point<Q>(&self, query: Q) -> Result<Q::Outcome, ApiError>
    where
        Q: PointQuery + Send + 'static,
        Q::Outcome: Send + 'static,
    {
        let answer = if self.app.reads_wait_for_a_server() {
            let (app, caller, organization) = (self.app.clone(), self.caller.clone(), self.organization);
            blocking(move || app.point(&caller, organization, &query)).await
        } else {
            self.app.point(&self.caller, self.organization, &query)
        };
        answer.map_err(say_scope(Q::Permission::PERMISSION))
    }

    /// Carries a command out, once per key; the answer has this status.
    ///
    /// # Errors
    /// The command's refusal.
    pub async fn write<C, T>(
        &self,
        status: StatusCode,
        key: Option<RequestKey>,
        command: C,
    ) -> Result<Written<T>, ApiError>
    where
        C: Command,
        C::Outcome: Serialize + DeserializeOwned,
        T: From<C::Outcome>,
    {
        let written = self.carry_out(self.organization, status, key, command).await;
        written.map_err(say_scope(C::Permission::PERMISSION))
    }

    async fn carry_out<C, T>(
        &self,
        organization: OrganizationId,
        status: StatusCode,
        key: Option<RequestKey>,
        command: C,
    ) -> Result<Written<T>, Failure>
    where
        C: Command,
        C::Outcome: Serialize + DeserializeOwned,
        T: From<C::Outcome>,
    {
        let answer = self.app.write(&self.caller, organization, Once { key, command }).await?;
        Ok(Written { status, is_repeated: answer.is_repeated, body: answer.outcome.into() })
    }

    /// Carries out one step of a request that takes several commands, once per key.
    ///
    /// # Errors
    /// The command's refusal.
    pub async fn once<C>(&self, key: Option<RequestKey>, command: C) -> Result<C::Outcome, ApiError>
    where
        C: Command,
        C::Outcome: Serialize + DeserializeOwned,
    {
        Ok(self.write(StatusCode::OK, key, command).await?.body)
    }
}
