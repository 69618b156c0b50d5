//! History of things, and the audit page (R183).

mod audit;
mod entry;
mod export;
mod thing;

use crate::web::{Access, Routes};
use domain::access::Permission;

pub(super) fn routes() -> Routes {
    let read = Access::Needs(Permission::ReadHistory);
    Routes::default()
        .get("/settings/audit", read, audit::page)
        .get("/settings/audit/export", read, export::csv)
        .get("/settings/audit/{id}", read, entry::pane)
        .get("/billing/your-products/{id}/history", read, thing::of_subscription)
        .get("/billing/licenses/{product_id}/history", read, thing::of_product)
        .get("/users/{user}/history", read, thing::of_user)
}
