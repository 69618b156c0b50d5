//! The operator's catalog: products, what is sold of them, and prices with their versions.

mod describe;
mod details;
mod import;
mod list;
mod publish_price;
mod retire;

use crate::parts::{Choice, Status};
use crate::web::{Access, Routes};
use domain::access::Permission;
use domain::catalog::{Category, Product};
use words::Words;

pub(super) fn routes() -> Routes {
    let operate = Access::Needs(Permission::OperateCatalog);
    Routes::default()
        .get("/operator/catalog", operate, list::page)
        .get("/operator/catalog/import", operate, import::page)
        .post("/operator/catalog/import", operate, import::submit)
        .get("/operator/catalog/import/{upload}", operate, import::progress)
        .get("/operator/catalog/{id}", operate, details::page)
        .get("/operator/catalog/{id}/describe", operate, describe::pane)
        .post("/operator/catalog/{id}/describe", operate, describe::submit)
        .get("/operator/catalog/{id}/price", operate, publish_price::pane)
        .post("/operator/catalog/{id}/price", operate, publish_price::submit)
        .get("/operator/catalog/{id}/retire", operate, retire::pane)
        .post("/operator/catalog/{id}/retire", operate, retire::submit)
}

/// Whether a product is sold.
fn sale_status(words: Words, product: &Product, has_price: bool) -> Status {
    match (product.retired_at, has_price) {
        (Some(_), _) => Status::severe(words.catalog_retired()),
        (None, false) => Status::neutral(words.catalog_not_on_sale()),
        (None, true) => Status::good(words.catalog_on_sale()),
    }
}

/// Every shelf.
fn categories(words: Words) -> impl Iterator<Item = Choice> {
    Category::ALL.iter().map(move |category| Choice::new(category.code(), words.category_name(*category)))
}
