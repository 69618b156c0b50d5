//! A product as its operator sees it: SKUs, service plans, prices with their versions, history.

use super::sale_status;
use crate::frame::Frame;
use crate::pages::present::{HistoryLine, history};
use crate::pages::purchase::way;
use crate::parts::Status;
use crate::web::{PageResult, Section, Visitor, render};
use app::Failure;
use app::catalog::details::{CatalogProduct, CatalogProductView};
use askama::Template;
use axum::extract::Path;
use domain::catalog::{Price, Sku};
use domain::ids::ProductId;
use domain::refusal::Refusal;
use jiff::tz::TimeZone;
use words::Words;

struct SkuView {
    part_number: String,
    guid: String,
    kind: &'static str,
    most: String,
    plans_title: String,
    plans: Vec<(String, String)>,
    prices: Vec<PriceView>,
    publish_url: String,
}

struct PriceView {
    currency: &'static str,
    way: String,
    amount: String,
    since: String,
    publish_url: String,
    earlier_title: String,
    earlier: Vec<(String, String)>,
}

#[derive(Template)]
#[template(path = "catalog/details.html")]
struct DetailsPage {
    frame: Frame,
    words: Words,
    describe_url: String,
    retire_url: String,
    status: Status,
    is_retired: bool,
    facts: Vec<(&'static str, String)>,
    skus: Vec<SkuView>,
    history: Vec<HistoryLine>,
}

pub(super) async fn page(visitor: Visitor, Path(id): Path<String>) -> PageResult {
    let words = visitor.words;
    let id: ProductId = id.parse().map_err(|_| Refusal::NotFound)?;
    let view = visitor.read(CatalogProduct(id)).await?;
    let zone = TimeZone::get(&view.time_zone).map_err(Failure::internal)?;
    let frame = visitor.frame(Section::Catalog, view.product.name.clone()).await?;
    let url = format!("{}/{id}", Section::Catalog.url());
    let or_none = |text: &str| if text.is_empty() { words.none().to_owned() } else { text.to_owned() };
    render(&DetailsPage {
        frame,
        words,
        status: sale_status(words, &view.product, !view.prices.is_empty()),
        is_retired: view.product.retired_at.is_some(),
        facts: vec![
            (words.catalog_category(), words.category_name(view.product.category).to_owned()),
            (words.product_kind(), kind(words, &view)),
            (words.catalog_description_en(), or_none(&view.product.description_en)),
            (words.catalog_description_nl(), or_none(&view.product.description_nl)),
        ],
        skus: sku_views(words, &zone, &view, &url),
        history: history(words, &zone, &view.history),
        describe_url: format!("{url}/describe"),
        retire_url: format!("{url}/retire"),
    })
}

/// Whether it is sold alone, and what it fits.
fn kind(words: Words, view: &CatalogProductView) -> String {
    let name = words.product_kind_name(view.product.kind).to_owned();
    let bases: Vec<_> = view.bases.iter().map(|base| base.name.clone()).collect();
    if bases.is_empty() { name } else { format!("{name}: {}", words.list(&bases)) }
}

fn sku_views(words: Words, zone: &TimeZone, view: &CatalogProductView, url: &str) -> Vec<SkuView> {
    let sku_view = |(sku, plans): &(Sku, Vec<domain::catalog::ServicePlan>)| {
        let publish_url = format!("{url}/price?sku={}", sku.id);
        SkuView {
            part_number: sku.part_number.clone(),
            guid: sku.id.uuid().to_string(),
            kind: words.sku_kind_name(sku.kind),
            most: words.purchase_quantity_hint(sku.quantity_max),
            plans_title: words.catalog_service_plans(plans.len() as i64),
            plans: plans.iter().map(|plan| (plan.friendly_name.clone(), plan.name.clone())).collect(),
            prices: price_views(words, zone, view.prices.iter().filter(|price| price.sku_id == sku.id), &publish_url),
            publish_url,
        }
    };
    view.skus.iter().map(sku_view).collect()
}

/// One line per currency, term and frequency: prices come in that order, the newest version first.
fn price_views<'a>(
    words: Words,
    zone: &TimeZone,
    prices: impl Iterator<Item = &'a Price>,
    publish_url: &str,
) -> Vec<PriceView> {
    let key = |price: &Price| (price.unit_price.currency, price.term, price.billing_frequency);
    let since = |price: &Price| words.since(&words.date_time(price.valid_from, zone));
    let mut last = None;
    let mut views: Vec<PriceView> = Vec::new();
    for price in prices {
        match views.last_mut().filter(|_| last == Some(key(price))) {
            Some(view) => view.earlier.push((words.money(price.unit_price), since(price))),
            None => views.push(PriceView {
                currency: price.unit_price.currency.code(),
                way: way(words, price),
                amount: words.price_per_license_of(price.unit_price, price.billing_frequency),
                since: since(price),
                publish_url: format!(
                    "{publish_url}&currency={}&way={}-{}",
                    price.unit_price.currency, price.term, price.billing_frequency
                ),
                earlier_title: String::new(),
                earlier: Vec::new(),
            }),
        }
        last = Some(key(price));
    }
    for view in &mut views {
        view.earlier_title = words.price_versions_count(view.earlier.len() as i64);
    }
    views
}
