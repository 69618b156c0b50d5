//! Self-service purchases: what people may buy for themselves (R103, R115-R119, R178).

pub(crate) mod limits;
pub(crate) mod policy;
pub(crate) mod report;

use crate::web::{Access, Routes};
use domain::access::Permission;

pub(super) fn routes() -> Routes {
    const READ: Access = Access::Needs(Permission::ReadSelfServicePolicy);
    const MANAGE: Access = Access::Needs(Permission::ManageSelfServicePolicy);
    const PRICES: Access = Access::Needs(Permission::ReadPrices);
    Routes::default()
        .get("/api/v1/self-service-purchases", PRICES, report::list)
        .get("/api/v1/self-service-limits", READ, limits::details)
        .put("/api/v1/self-service-limits", MANAGE, limits::set)
        .get("/api/v1/self-service-policy", READ, policy::list)
        .put("/api/v1/self-service-policy/products", MANAGE, policy::set_all)
        .put("/api/v1/self-service-policy/products/{product_id}", MANAGE, policy::set_one)
        .put("/api/v1/self-service-policy/new-products", MANAGE, policy::set_new)
}
