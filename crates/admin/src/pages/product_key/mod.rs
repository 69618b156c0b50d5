//! Redeem product keys: on a subscription, or as the first of a new one (R84 to R100). By card instead (R87).

mod choose;
mod extend;
mod redeem;

use crate::web::{Access, Routes};
use domain::access::Permission;

pub(super) fn routes() -> Routes {
    let read = Access::Needs(Permission::ReadSubscriptions);
    let buy = Access::Needs(Permission::BuySubscription);
    Routes::default()
        .get("/billing/your-products/{id}/add-licenses", read, choose::add)
        .get("/billing/your-products/{id}/extend", read, choose::extend)
        .get("/billing/your-products/{id}/extend/pay", buy, extend::page)
        .post("/billing/your-products/{id}/extend/pay", buy, extend::submit)
        .get("/billing/your-products/{id}/product-keys", read, redeem::page)
        .post("/billing/your-products/{id}/product-keys", Access::Needs(Permission::ManageQuantity), redeem::submit)
        .get("/billing/purchase/product-key", buy, redeem::first_page)
        .post("/billing/purchase/product-key", buy, redeem::first_submit)
}
