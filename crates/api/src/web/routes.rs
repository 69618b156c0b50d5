//! The table of routes: what is not in it does not exist, and what is in it says which right it needs.

use super::Api;
use axum::Router;
use axum::extract::Request;
use axum::handler::Handler;
use axum::response::Response;
use axum::routing::{MethodFilter, on};
use domain::access::{Permission, Scope};
use std::pin::Pin;
use std::sync::Arc;

/// Who may use a route.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Access {
    /// Everybody, without a token.
    Public,
    /// Whoever signs what is sent: the payment gateway.
    Signed,
    /// Those who have the permission.
    Needs(Permission),
}

impl Access {
    /// The scopes of which a token needs one.
    #[must_use]
    pub fn scopes(self) -> Vec<Scope> {
        match self {
            Self::Public | Self::Signed => Vec::new(),
            Self::Needs(permission) => scopes_with(permission),
        }
    }
}

/// The scopes that give a permission.
#[must_use]
pub(super) fn scopes_with(permission: Permission) -> Vec<Scope> {
    Scope::ALL.iter().copied().filter(|scope| scope.permissions().contains(&permission)).collect()
}

/// A row of the table.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RouteRow {
    /// `GET`, `POST`, `PUT`, `PATCH` or `DELETE`.
    pub method: &'static str,
    /// The path, with parameters in braces.
    pub path: &'static str,
    /// Who may use it.
    pub access: Access,
}

/// A router that knows its own table.
#[derive(Default)]
pub struct Routes {
    router: Router<Api>,
    table: Vec<RouteRow>,
}

macro_rules! methods {
    ($($(#[$documentation:meta])* $name:ident = $filter:ident $method:literal;)+) => {$(
        $(#[$documentation])*
        #[must_use]
        pub fn $name<T: 'static>(self, path: &'static str, access: Access, handler: impl Handler<T, Api>) -> Self {
            self.add(MethodFilter::$filter, $method, path, access, handler)
        }
    )+};
}

impl Routes {
    methods! {
        /// Adds a read.
        get = GET "GET";
        /// Adds a write that makes something, or an action.
        post = POST "POST";
        /// Adds a write that sets a value.
        put = PUT "PUT";
        /// Adds a write that changes some fields.
        patch = PATCH "PATCH";
        /// Adds a write that takes something away.
        delete = DELETE "DELETE";
    }

    fn add<T: 'static>(
        mut self,
        filter: MethodFilter,
        method: &'static str,
        path: &'static str,
        access: Access,
        handler: impl Handler<T, Api>,
    ) -> Self {
        let verb = Verb(Arc::new(move |request, api| Box::pin(handler.clone().call(request, api))));
        self.router = self.router.route(path, on(filter, verb));
        self.table.push(RouteRow { method, path, access });
        self
    }

    /// Adds all routes of another part.
    #[must_use]
    pub fn merge(mut self, other: Self) -> Self {
        self.router = self.router.merge(other.router);
        self.table.extend(other.table);
        self
    }

    /// The table.
    #[must_use]
    pub fn table(&self) -> &[RouteRow] {
        &self.table
    }

    /// The router.
    pub fn into_router(self) -> Router<Api> {
        self.router
    }
}

type Answer = Pin<Box<dyn Future<Output = Response> + Send>>;

/// Any handler behind one type, so that the compiler makes what axum puts around a handler once, not for each route.
#[derive(Clone)]
struct Verb(Arc<dyn Fn(Request, Api) -> Answer + Send + Sync>);

impl Handler<(), Api> for Verb {
    type Future = Answer;

    fn call(self, request: Request, api: Api) -> Answer {
        (self.0)(request, api)
    }
}
