//! The customers of a partner, and what it sold to them (R66 to R68, R160, R161).

mod change_plan;
mod details;
mod list;
mod sell;
mod serve;

use crate::web::{Access, Routes};
use domain::access::Permission;

pub(super) fn routes() -> Routes {
    let customers = Access::Needs(Permission::ManageCustomers);
    Routes::default()
        .get("/customers", customers, list::page)
        .get("/customers/request", customers, list::request_pane)
        .post("/customers/request", customers, list::request)
        .get("/customers/{customer}", customers, details::page)
        .get("/customers/{customer}/sell", customers, sell::shelf)
        .get("/customers/{customer}/sell/{product}", customers, sell::page)
        .post("/customers/{customer}/sell/{product}", customers, sell::submit)
        .get("/customers/{customer}/{sold}/quantity", customers, serve::quantity_pane)
        .post("/customers/{customer}/{sold}/quantity", customers, serve::quantity)
        .get("/customers/{customer}/{sold}/upgrade", customers, change_plan::pane)
        .post("/customers/{customer}/{sold}/upgrade", customers, change_plan::submit)
        .get("/customers/{customer}/{sold}/{service}", customers, serve::pane)
        .post("/customers/{customer}/{sold}/{service}", customers, serve::submit)
}
