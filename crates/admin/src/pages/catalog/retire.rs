//! The question before the sale of a product ends, or begins again.

use crate::frame::Frame;
use crate::web::{Done, Form, PageResult, Section, Visitor, notice_and_redirect, render};
use app::catalog::details::CatalogProduct;
use app::catalog::retire::RetireProduct;
use askama::Template;
use axum::extract::Path;
use domain::ids::ProductId;
use domain::refusal::Refusal;
use words::Words;

#[derive(Template)]
#[template(path = "catalog/retire.html")]
struct RetirePane {
    frame: Frame,
    words: Words,
    close_url: String,
    url: String,
    consequence: String,
    button: &'static str,
    is_retired: bool,
}

pub(super) async fn pane(visitor: Visitor, Path(id): Path<String>) -> PageResult {
    let words = visitor.words;
    let id: ProductId = id.parse().map_err(|_| Refusal::NotFound)?;
    let product = visitor.read(CatalogProduct(id)).await?.product;
    let (name, is_retired) = (product.name.as_str(), product.retired_at.is_some());
    let (title, consequence, button) = if is_retired {
        (words.catalog_sell_again_title(name), words.catalog_sell_again_consequence(name), words.catalog_sell_again())
    } else {
        (words.catalog_retire_title(name), words.catalog_retire_consequence(name), words.catalog_retire())
    };
    let close_url = format!("{}/{id}", Section::Catalog.url());
    render(&RetirePane {
        frame: visitor.frame(Section::Catalog, title).await?,
        words,
        url: format!("{close_url}/retire"),
        close_url,
        consequence,
        button,
        is_retired,
    })
}

pub(super) async fn submit(visitor: Visitor, Path(id): Path<String>, form: Form) -> PageResult {
    let product_id: ProductId = id.parse().map_err(|_| Refusal::NotFound)?;
    let retired = form.text("retired") == "yes";
    visitor.write(RetireProduct { product_id, retired }).await?;
    let done = if retired { Done::ProductRetired {} } else { Done::ProductSoldAgain {} };
    Ok(notice_and_redirect(&done, &format!("{}/{product_id}", Section::Catalog.url())))
}
