//! The table of routes: what is not in it does not exist, and what is in it says who may come. The row goes along with
//! the request, so that [`Visitor`](super::Visitor) turns away whoever may not, before a page or a form is looked at.

use super::Admin;
use axum::handler::Handler;
use axum::routing::{MethodFilter, on};
use axum::{Extension, Router};
use domain::access::Permission;

/// Who may use a route.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Access {
    /// Everybody.
    Public,
    /// Everybody who is signed in.
    SignedIn,
    /// Those who have the permission, for all of the organization or for what is their own.
    Needs(Permission),
}

/// A row of the table.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RouteRow {
    /// `GET` or `POST`.
    pub method: &'static str,
    /// The path, with parameters in braces.
    pub path: &'static str,
    /// Who may use it.
    pub access: Access,
}

/// A router that knows its own table.
#[derive(Default)]
pub struct Routes {
    router: Router<Admin>,
    table: Vec<RouteRow>,
}

impl Routes {
    /// Adds a page.
    #[must_use]
    pub fn get<T: 'static>(self, path: &'static str, access: Access, handler: impl Handler<T, Admin>) -> Self {
        self.add(MethodFilter::GET, "GET", path, access, handler)
    }

    /// Adds what a form is sent to.
    #[must_use]
    pub fn post<T: 'static>(self, path: &'static str, access: Access, handler: impl Handler<T, Admin>) -> Self {
        self.add(MethodFilter::POST, "POST", path, access, handler)
    }

    fn add<T: 'static>(
        mut self,
        filter: MethodFilter,
        method: &'static str,
        path: &'static str,
        access: Access,
        handler: impl Handler<T, Admin>,
    ) -> Self {
        self.router = self.router.route(path, on(filter, handler).layer(Extension(access)));
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
    pub fn into_router(self) -> Router<Admin> {
        self.router
    }
}
