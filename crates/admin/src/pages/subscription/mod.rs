//! Your products and the pages of one subscription.

mod change_quantity;
mod details;
mod list;

use crate::web::{Access, Routes};
use domain::access::Permission;

pub(super) fn routes() -> Routes {
    let read = Access::Needs(Permission::ReadSubscriptions);
    Routes::default()
        .get("/billing/your-products", read, list::page)
        .get("/billing/your-products/{id}", read, details::page)
        .get("/billing/your-products/{id}/quantity", read, change_quantity::pane)
        .post(
            "/billing/your-products/{id}/quantity",
            Access::Needs(Permission::ManageQuantity),
            change_quantity::submit,
        )
        .get("/billing/your-products/why-no-add-remove", Access::SignedIn, change_quantity::reasons)
}
