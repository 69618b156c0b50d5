//! Licenses in use: assign, unassign, apps, and the question whether a person holds a product.

pub(crate) mod assign;
pub(crate) mod assigners;
pub(crate) mod auto_claim;
pub(crate) mod change_apps;
pub(crate) mod holds;
pub(crate) mod many;
pub(crate) mod replace;
pub(crate) mod unassign;

use crate::web::{Access, Routes};
use domain::access::Permission;
use domain::refusal::Field;

/// What bodies call the apps that are off.
const APPS: [(Field, &str); 1] = [(Field::ServicePlans, "disabled_plans")];

pub(super) fn routes() -> Routes {
    const READ: Access = Access::Needs(Permission::ReadLicenses);
    const ASSIGN: Access = Access::Needs(Permission::AssignLicenses);
    const AUTO_CLAIM: Access = Access::Needs(Permission::ManageAutoClaim);
    const ASSIGNERS: Access = Access::Needs(Permission::ManageAssigners);
    const OF_USER: &str = "/api/v1/users/{user_id}/licenses/{product_id}";
    Routes::default()
        .post("/api/v1/products/{product_id}/licenses/assign", ASSIGN, assign::assign)
        .post("/api/v1/products/{product_id}/licenses/unassign", ASSIGN, unassign::unassign)
        .post("/api/v1/products/{product_id}/licenses/assign-many", ASSIGN, many::assign)
        .post("/api/v1/products/{product_id}/licenses/unassign-many", ASSIGN, many::unassign)
        .post("/api/v1/licenses/replace", ASSIGN, replace::replace)
        .post("/api/v1/users/{user_id}/licenses/{product_id}/claim", ASSIGN, auto_claim::claim)
        .get("/api/v1/license-assigners", ASSIGNERS, assigners::read)
        .put("/api/v1/license-assigners", ASSIGNERS, assigners::set)
        .get("/api/v1/auto-claim-policies", AUTO_CLAIM, auto_claim::list)
        .put("/api/v1/auto-claim-policies/{product_id}", AUTO_CLAIM, auto_claim::set)
        .delete("/api/v1/auto-claim-policies/{product_id}", AUTO_CLAIM, auto_claim::remove)
        .get("/api/v1/license-claims", AUTO_CLAIM, auto_claim::claims)
        .get(OF_USER, READ, holds::holds)
        .delete(OF_USER, ASSIGN, unassign::unassign_one)
        .put("/api/v1/users/{user_id}/licenses/{product_id}/apps", ASSIGN, change_apps::change)
}
