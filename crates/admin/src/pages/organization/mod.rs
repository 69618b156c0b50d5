//! The operator's organizations.

mod change_cloud;
mod create;
mod details;
mod history;
mod list;
mod move_clock;
mod question;
mod users;

use crate::web::{Access, Routes};
use domain::access::Permission;

pub(super) fn routes() -> Routes {
    let operate = Access::Needs(Permission::OperateOrganizations);
    let clock = Access::Needs(Permission::MoveClock);
    Routes::default()
        .get("/settings/clock", clock, move_clock::page)
        .post("/settings/clock", clock, move_clock::submit)
        .get("/operator/organizations", operate, list::page)
        .get("/operator/organizations/create", operate, create::pane)
        .post("/operator/organizations/create", operate, create::submit)
        .get("/operator/organizations/{id}", operate, details::page)
        .get("/operator/organizations/{id}/history", operate, history::page)
        .get("/operator/organizations/{id}/users", operate, users::page)
        .get("/operator/organizations/{id}/users/add", operate, users::add_pane)
        .post("/operator/organizations/{id}/users/add", operate, users::add)
        .get("/operator/organizations/{id}/users/{user}/password", operate, users::password_pane)
        .post("/operator/organizations/{id}/users/{user}/password", operate, users::set_password)
        .get("/operator/organizations/{id}/cloud", operate, change_cloud::pane)
        .post("/operator/organizations/{id}/cloud", operate, change_cloud::submit)
        .get("/operator/organizations/{id}/suspend", operate, question::suspend_pane)
        .post("/operator/organizations/{id}/suspend", operate, question::suspend)
        .get("/operator/organizations/{id}/resume", operate, question::resume_pane)
        .post("/operator/organizations/{id}/resume", operate, question::resume)
        .get("/operator/organizations/{id}/sandbox", operate, question::sandbox_pane)
        .post("/operator/organizations/{id}/sandbox", operate, question::sandbox)
}
