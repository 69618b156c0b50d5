//! Settings > Self-service purchases: what people may buy for themselves (R105, R115-R120, R178).

mod change;
mod limits;
mod list;
mod report;

use crate::web::{Access, Routes};
use domain::access::Permission;

pub(super) fn routes() -> Routes {
    let read = Access::Needs(Permission::ReadSelfServicePolicy);
    let manage = Access::Needs(Permission::ManageSelfServicePolicy);
    let prices = Access::Needs(Permission::ReadPrices);
    Routes::default()
        .get("/billing/self-service", prices, report::page)
        .get("/billing/self-service/purchases.csv", prices, report::csv)
        .get("/billing/self-service/purchases.xlsx", prices, report::workbook)
        .get("/settings/self-service", read, list::page)
        .get("/settings/self-service/all", manage, change::pane_of_all)
        .post("/settings/self-service/all", manage, change::submit_all)
        .get("/settings/self-service/limits", manage, limits::pane)
        .post("/settings/self-service/limits", manage, limits::submit)
        .get("/settings/self-service/new-products", manage, change::pane_of_new)
        .post("/settings/self-service/new-products", manage, change::submit_new)
        .get("/settings/self-service/products/{product_id}", manage, change::pane_of_one)
        .post("/settings/self-service/products/{product_id}", manage, change::submit_one)
}
