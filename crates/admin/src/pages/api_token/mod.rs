//! Settings > API tokens: keys of programs.

mod create;
mod list;
mod revoke;

use crate::web::{Access, Routes};
use domain::access::Permission;

pub(super) fn routes() -> Routes {
    let manage = Access::Needs(Permission::ManageApiTokens);
    Routes::default()
        .get("/settings/api-tokens", Access::Needs(Permission::ReadApiTokens), list::page)
        .get("/settings/api-tokens/create", manage, create::pane)
        .post("/settings/api-tokens/create", manage, create::submit)
        .get("/settings/api-tokens/{id}/revoke", manage, revoke::pane)
        .post("/settings/api-tokens/{id}/revoke", manage, revoke::submit)
}
