//! A partner sells to a customer: the shelf, then term, billing frequency and quantity with what it costs (R66 to R68).

use super::details::find;
use crate::frame::{Crumb, Frame};
use crate::pages::purchase::{Card, card, cost_rows, ways};
use crate::parts::{Choice, FieldErrors};
use crate::web::{
    Done, Form, PageError, PageResult, Section, Visitor, address, notice_and_redirect, number, render, render_refused,
};
use app::Failure;
use app::catalog::browse::BrowseProducts;
use app::partner::customers::CustomerView;
use app::partner::sell::{OfferToSell, PreparedSale, ProductToSell, Sale, new_sale, prepare, sell};
use askama::Template;
use axum::extract::{Path, Query};
use domain::ids::{OrganizationId, PriceId, ProductId};
use domain::refusal::{Field, FieldRefusal, Refusal};
use serde::Deserialize;
use words::{Language, Words};

/// Products of one page of the shelf.
const PER_PAGE: usize = 24;

#[derive(Deserialize, Default)]
#[serde(default)]
pub(super) struct Asked {
    q: String,
    after: String,
}

#[derive(Template)]
#[template(path = "customer/shelf.html")]
struct ShelfPage {
    frame: Frame,
    words: Words,
    url: String,
    q: String,
    cards: Vec<Card>,
    first_url: Option<String>,
    more_url: Option<String>,
}

/// The pages above those on which something is sold to a customer.
fn way_here(words: Words, view: &CustomerView) -> Vec<Crumb> {
    let customers = Section::Customers.url();
    vec![Crumb::new(words.customers(), customers), Crumb::new(&view.name, format!("{customers}/{}", view.id))]
}

/// What could be sold to the customer.
pub(super) async fn shelf(visitor: Visitor, Path(customer): Path<String>, Query(asked): Query<Asked>) -> PageResult {
    let words = visitor.words;
    let view = find(&visitor, &customer).await?;
    let url = format!("{}/{}/sell", Section::Customers.url(), view.id);
    let query = BrowseProducts {
        search: asked.q.clone(),
        after: asked.after.parse().ok(),
        limit: PER_PAGE,
        ..BrowseProducts::default()
    };
    let found = visitor.read(query).await?;
    // An add-on belongs to what a customer buys itself.
    let for_sale = found.rows.iter().filter(|row| !row.product.kind.is_add_on());
    let at_customer = |row| {
        let shown = card(words, row);
        Card { url: format!("{url}/{}", row.product.id), owned: None, ..shown }
    };
    let mut frame = visitor.frame(Section::Customers, words.customer_sell_to(&view.name)).await?;
    frame.lead = Some(words.customer_sell_purpose().to_owned());
    frame.breadcrumbs = way_here(words, &view);
    let page = |after: &str| address(&url, [("q", asked.q.as_str()), ("after", after)]);
    render(&ShelfPage {
        cards: for_sale.map(at_customer).collect(),
        first_url: (!asked.after.is_empty()).then(|| page("")),
        more_url: found.next.map(|last| page(&last.to_string())),
        q: asked.q,
        url,
        words,
        frame,
    })
}

/// What the partner chose so far.
#[derive(Deserialize, Default, Clone)]
#[serde(default)]
pub(super) struct Chosen {
    price: String,
    quantity: String,
    sale: String,
}

impl Chosen {
    fn read(&self) -> Result<(PriceId, u32), Vec<FieldRefusal>> {
        let price = self.price.parse::<PriceId>().map_err(|_| Refusal::Required.at(Field::Term));
        let quantity = number(&self.quantity).map_err(|refusal| refusal.at(Field::Quantity));
        match (price, quantity) {
            (Ok(price), Ok(quantity)) => Ok((price, quantity)),
            (price, quantity) => Err([price.err(), quantity.err()].into_iter().flatten().collect()),
        }
    }
}

#[derive(Template)]
#[template(path = "customer/sell.html")]
struct SellPage {
    frame: Frame,
    words: Words,
    url: String,
    sentence: String,
    ways: Vec<Choice>,
    chosen: Chosen,
    quantity_hint: String,
    quantity_max: String,
    errors: FieldErrors,
    preview: Vec<(String, String)>,
    refusal: Option<String>,
}

/// The customer and the product of an address.
type Offer = (String, String);

pub(super) async fn page(visitor: Visitor, Path(offer): Path<Offer>, Query(chosen): Query<Chosen>) -> PageResult {
    render(&sell_page(&visitor, &offer, chosen, FieldErrors::none()).await?)
}

pub(super) async fn submit(visitor: Visitor, Path(offer): Path<Offer>, form: Form) -> PageResult {
    let typed = |name: &str| form.text(name).to_owned();
    let chosen = Chosen { price: typed("price"), quantity: typed("quantity"), sale: typed("sale") };
    match carry_out(&visitor, &offer.0, &chosen).await {
        Ok(()) => {
            Ok(notice_and_redirect(&Done::SoldToCustomer {}, &format!("{}/{}", Section::Customers.url(), offer.0)))
        }
        Err(failure) => {
            let errors = FieldErrors::of(visitor.words, &failure)?;
            render_refused(&failure, &sell_page(&visitor, &offer, chosen, errors).await?)
        }
    }
}

async fn carry_out(visitor: &Visitor, customer: &str, chosen: &Chosen) -> Result<(), Failure> {
    let customer: OrganizationId = customer.parse().map_err(|_| Refusal::NotFound)?;
    let (price_id, quantity) = chosen.read().map_err(Failure::Invalid)?;
    let subscription_id = chosen.sale.parse().map_err(|_| Refusal::NotFound)?;
    let sale = Sale { subscription_id, price_id, quantity };
    visitor.run(move |app, caller, _| sell(app, caller, customer, sale)).await
}

async fn sell_page(
    visitor: &Visitor,
    (customer, product): &Offer,
    chosen: Chosen,
    errors: FieldErrors,
) -> Result<SellPage, PageError> {
    let words = visitor.words;
    let view = find(visitor, customer).await?;
    let id: ProductId = product.parse().map_err(|_| Refusal::NotFound)?;
    let offered = visitor.read(OfferToSell(id)).await?;
    let chosen = with_defaults(visitor, chosen, &offered);
    let prepared = match chosen.read() {
        Ok((price, quantity)) => {
            let to = view.id;
            Some(visitor.run(move |app, caller, _| prepare(app, caller, to, price, quantity)).await?)
        }
        Err(_) => None,
    };
    let (preview, refusal) = prepared.map_or_else(Default::default, |prepared| previewed(words, &prepared));
    let most = offered.skus.iter().map(|(sku, _)| sku.quantity_max).max().unwrap_or(1);
    let mut frame = visitor.frame(Section::Customers, offered.product.name.clone()).await?;
    frame.lead = Some(words.customer_sell_to(&view.name));
    frame.breadcrumbs = way_here(words, &view);
    let shelf = format!("{}/{}/sell", Section::Customers.url(), view.id);
    frame.breadcrumbs.push(Crumb::new(words.customer_sell(), &shelf));
    Ok(SellPage {
        url: format!("{shelf}/{id}"),
        sentence: match words.language {
            Language::English => offered.product.description_en.clone(),
            Language::Dutch => offered.product.description_nl.clone(),
        },
        ways: ways(words, &offered.skus),
        quantity_hint: words.purchase_quantity_hint(most),
        quantity_max: most.to_string(),
        chosen,
        errors,
        preview,
        refusal,
        words,
        frame,
    })
}

/// What it costs, or why it cannot be sold.
fn previewed(words: Words, prepared: &PreparedSale) -> (Vec<(String, String)>, Option<String>) {
    match (&prepared.preview, &prepared.current) {
        (Ok(preview), Some(price)) => (cost_rows(words, preview, price, prepared.totals.as_ref()), None),
        (Err(refusal), _) => (Vec::new(), Some(words.refusal(refusal).to_string())),
        (Ok(_), None) => (Vec::new(), None),
    }
}

/// The first price and one license, and an identifier for the sale, so that pressing the button twice sells once.
fn with_defaults(visitor: &Visitor, chosen: Chosen, offered: &ProductToSell) -> Chosen {
    let prices = || offered.skus.iter().flat_map(|(_, prices)| prices);
    let is_there = chosen.price.parse::<PriceId>().is_ok_and(|id| prices().any(|price| price.id == id));
    let first = || prices().next().map(|price| price.id.to_string()).unwrap_or_default();
    Chosen {
        price: if is_there { chosen.price } else { first() },
        quantity: if chosen.quantity.trim().is_empty() { "1".to_owned() } else { chosen.quantity.trim().to_owned() },
        sale: if chosen.sale.is_empty() { new_sale(visitor.app()).to_string() } else { chosen.sale },
    }
}
