//! Licenses in use: assign, unassign, apps, and the question whether a person holds a product.

pub(crate) mod assign;
pub(crate) mod change_apps;
pub(crate) mod holds;
pub(crate) mod many;
pub(crate) mod replace;
pub(crate) mod unassign;

use crate::web::{Access, Routes};
use domain::access::Permission;

pub(super) fn routes() -> Routes {
    const READ: Access = Access::Needs(Permission::ReadLicenses);
    const ASSIGN: Access = Access::Needs(Permission::AssignLicenses);
    const OF_USER: &str = "/api/v1/users/{user_id}/licenses/{product_id}";
    Routes::default()
        .post("/api/v1/products/{product_id}/licenses/assign", ASSIGN, assign::assign)
        .post("/api/v1/products/{product_id}/licenses/unassign", ASSIGN, unassign::unassign)
        .post("/api/v1/products/{product_id}/licenses/assign-many", ASSIGN, many::assign)
        .post("/api/v1/products/{product_id}/licenses/unassign-many", ASSIGN, many::unassign)
        .post("/api/v1/licenses/replace", ASSIGN, replace::replace)
        .get(OF_USER, READ, holds::holds)
        .delete(OF_USER, ASSIGN, unassign::unassign_one)
        .put("/api/v1/users/{user_id}/licenses/{product_id}/apps", ASSIGN, change_apps::change)
}
