//! The table of routes: what is not in it does not exist, and what is in it says who may come. The row goes along with
//! the request, so that [`Visitor`](super::Visitor) turns away whoever may not, before a page or a form is looked at.

use super::Admin;
use axum::Router;
use axum::extract::Request;
use axum::handler::Handler;
use axum::response::Response;
use axum::routing::{MethodFilter, on};
use domain::access::Permission;
use std::pin::Pin;
use std::sync::Arc;

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
        let page = Page(Arc::new(move |mut request, admin| {
            request.extensions_mut().insert(access);
            Box::pin(handler.clone().call(request, admin))
        }));
        self.router = self.router.route(path, on(filter, page));
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

type Answer = Pin<Box<dyn Future<Output = Response> + Send>>;

/// Any handler behind one type, so that the compiler makes what axum puts around a handler once, and not for each page.
#[derive(Clone)]
struct Page(Arc<dyn Fn(Request, Admin) -> Answer + Send + Sync>);

impl Handler<(), Admin> for Page {
    type Future = Answer;

    fn call(self, request: Request, admin: Admin) -> Answer {
        (self.0)(request, admin)
    }
}
