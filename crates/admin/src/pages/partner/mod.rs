//! Partners: whom a customer lets in (Settings > Partners), and whom the operator makes one.

mod appoint;
mod list;

pub(super) use list::status;

use crate::web::{Access, Routes};
use domain::access::Permission;

/// Settings > Partners.
const URL: &str = "/settings/partners";

pub(super) fn routes() -> Routes {
    let partners = Access::Needs(Permission::ManagePartners);
    let operate = Access::Needs(Permission::OperateOrganizations);
    Routes::default()
        .get("/settings/partners", Access::Needs(Permission::ReadPartners), list::page)
        .post("/settings/partners/{partner}/accept", partners, list::accept)
        .get("/settings/partners/{partner}/end", partners, list::end_pane)
        .post("/settings/partners/{partner}/end", partners, list::end)
        .get("/operator/organizations/{id}/partner", operate, appoint::pane)
        .post("/operator/organizations/{id}/partner", operate, appoint::submit)
}
