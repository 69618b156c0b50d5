//! The pane that publishes the next version of a price.

use crate::frame::Frame;
use crate::pages::purchase::way_of;
use crate::parts::{Choice, FieldErrors};
use crate::web::{Done, Form, PageError, PageResult, Section, Visitor, notice_and_redirect, render, render_refused};
use app::Failure;
use app::catalog::details::CatalogProduct;
use app::catalog::publish_price::PublishPrice;
use askama::Template;
use axum::extract::{Path, Query};
use domain::catalog::{BillingFrequency, Term};
use domain::ids::ProductId;
use domain::money::{Currency, Money};
use domain::refusal::{Field, Refusal};
use serde::Deserialize;
use words::Words;

/// The ways in which a license can be sold.
const WAYS: [(Term, BillingFrequency); 3] = [
    (Term::Annual, BillingFrequency::Monthly),
    (Term::Annual, BillingFrequency::Yearly),
    (Term::Monthly, BillingFrequency::Monthly),
];

/// What the operator chose so far.
#[derive(Deserialize, Default)]
#[serde(default)]
pub(super) struct Chosen {
    sku: String,
    way: String,
    currency: String,
    unit_price: String,
}

#[derive(Template)]
#[template(path = "catalog/publish_price.html")]
struct PricePane {
    frame: Frame,
    words: Words,
    close_url: String,
    url: String,
    errors: FieldErrors,
    chosen: Chosen,
    skus: Vec<Choice>,
    ways: Vec<Choice>,
    currencies: Vec<Choice>,
}

pub(super) async fn pane(visitor: Visitor, Path(id): Path<String>, Query(chosen): Query<Chosen>) -> PageResult {
    let id: ProductId = id.parse().map_err(|_| Refusal::NotFound)?;
    render(&draw(&visitor, id, chosen, FieldErrors::none()).await?)
}

pub(super) async fn submit(visitor: Visitor, Path(id): Path<String>, form: Form) -> PageResult {
    let id: ProductId = id.parse().map_err(|_| Refusal::NotFound)?;
    match publish(&visitor, id, &form).await {
        Ok(()) => Ok(notice_and_redirect(&Done::PricePublished {}, &format!("{}/{id}", Section::Catalog.url()))),
        Err(failure) => {
            let errors = FieldErrors::of(visitor.words, &failure)?;
            let text = |name: &str| form.text(name).to_owned();
            let chosen = Chosen {
                sku: text("sku"),
                way: text("way"),
                currency: text("currency"),
                unit_price: text("unit_price"),
            };
            render_refused(&failure, &draw(&visitor, id, chosen, errors).await?)
        }
    }
}

async fn publish(visitor: &Visitor, id: ProductId, form: &Form) -> Result<(), Failure> {
    let view = visitor.read(CatalogProduct(id)).await.map_err(|error| error.0)?;
    let sku = view.skus.iter().map(|(sku, _)| sku).find(|sku| sku.id.to_string() == form.text("sku"));
    let sku_id = sku.ok_or(Refusal::NotFound)?.id;
    let found = WAYS.into_iter().find(|way| code(*way) == form.text("way"));
    let (term, billing_frequency) = found.ok_or_else(|| Refusal::Required.at(Field::Term))?;
    let currency: Currency = form.choice(Field::Currency)?;
    let unit_price = Money::parse(form.text("unit_price"), currency).map_err(|refusal| refusal.at(Field::UnitPrice))?;
    visitor.write(PublishPrice { sku_id, term, billing_frequency, unit_price }).await?;
    Ok(())
}

fn code((term, billing_frequency): (Term, BillingFrequency)) -> String {
    format!("{term}-{billing_frequency}")
}

async fn draw(visitor: &Visitor, id: ProductId, chosen: Chosen, errors: FieldErrors) -> Result<PricePane, PageError> {
    let words = visitor.words;
    let view = visitor.read(CatalogProduct(id)).await?;
    let close_url = format!("{}/{id}", Section::Catalog.url());
    let mut frame = visitor.frame(Section::Catalog, words.price_publish()).await?;
    frame.lead = Some(view.product.name.clone());
    let ways = WAYS.map(|way| Choice::new(code(way), way_of(words, way.0, way.1)));
    let currency = |currency: &Currency| Choice::new(currency.code(), words.currency_name(*currency));
    Ok(PricePane {
        frame,
        words,
        url: format!("{close_url}/price"),
        close_url,
        errors,
        chosen,
        skus: view.skus.iter().map(|(sku, _)| Choice::new(sku.id.to_string(), sku.part_number.clone())).collect(),
        ways: ways.into(),
        currencies: Currency::ALL.iter().map(currency).collect(),
    })
}
