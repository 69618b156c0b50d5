//! The operator's product keys: batches made, exported once, looked up and revoked (domain 3, D10 to D13).

mod create;
mod details;
mod export;
mod list;
mod revoke;

use crate::web::{Access, Routes, Section};
use domain::access::Permission;
use domain::ids::ProductKeyBatchId;

pub(super) fn routes() -> Routes {
    let operate = Access::Needs(Permission::OperateProductKeys);
    Routes::default()
        .get("/operator/product-keys", operate, list::page)
        // A key never stands in an address.
        .post("/operator/product-keys", operate, list::look_up)
        .get("/operator/product-keys/create", operate, create::pane)
        .post("/operator/product-keys/create", operate, create::submit)
        .get("/operator/product-keys/{batch}", operate, details::page)
        .get("/operator/product-keys/{batch}/export", operate, export::pane)
        .post("/operator/product-keys/{batch}/export", operate, export::submit)
        .get("/operator/product-keys/{batch}/export.csv", operate, export::csv)
        .get("/operator/product-keys/{batch}/revoke", operate, revoke::pane)
        .post("/operator/product-keys/{batch}/revoke", operate, revoke::submit)
        .get("/operator/product-keys/{batch}/keys/{key}/revoke", operate, revoke::pane_for_key)
        .post("/operator/product-keys/{batch}/keys/{key}/revoke", operate, revoke::submit_for_key)
}

fn url_of(batch: ProductKeyBatchId) -> String {
    format!("{}/{batch}", Section::ProductKeys.url())
}
