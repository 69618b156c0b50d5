//! Products: what can be bought, and the licenses of each that the organization has.

pub(crate) mod catalog;
pub(crate) mod licenses;

use crate::web::{Access, Routes};
use domain::access::Permission;

pub(super) fn routes() -> Routes {
    const BUY: Access = Access::Needs(Permission::BuySubscription);
    const READ: Access = Access::Needs(Permission::ReadLicenses);
    Routes::default()
        .get("/api/v1/products", BUY, catalog::list)
        .get("/api/v1/products/{product_id}", BUY, catalog::details)
        .get("/api/v1/licenses", READ, licenses::list)
        .get("/api/v1/products/{product_id}/licenses", READ, licenses::holders)
}
