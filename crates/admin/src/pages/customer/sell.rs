//! A partner sells to a customer: the shelf, then term, billing frequency and quantity with what it costs (R66 to R68).

use super::details::find;
use crate::frame::{Crumb, Frame};
use crate::pages::purchase::{Card, base_choices, card, cost_rows, ways};
use crate::parts::{Choice, FieldErrors};
use crate::web::{
    Done, Form, PageError, PageResult, Section, Visitor, address, notice_and_redirect, number, render, render_refused,
};
use app::Failure;
use app::catalog::browse::{BrowseProducts, ShelfRow};
use app::partner::customers::CustomerView;
use app::partner::sell::{PreparedSale, ProductToSell, Sale, add_ons_to_sell, new_sale, offer_to_sell, prepare, sell};
use askama::Template;
use axum::extract::{Path, Query};
use domain::ids::{OrganizationId, PriceId, ProductId, SubscriptionId};
use domain::order::buy::Buy;
use domain::refusal::{Field, FieldRefusal, Refusal};
use domain::user::fold;
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
    /// Those that fit what was sold to the customer, on the first page.
    add_ons: Vec<Card>,
    first_url: Option<String>,
    more_url: Option<String>,
}

/// The pages above those on which something is sold to a customer.
pub(super) fn way_here(words: Words, view: &CustomerView) -> Vec<Crumb> {
    let customers = Section::Customers.url();
    vec![Crumb::new(words.customers(), customers), Crumb::new(&view.name, format!("{customers}/{}", view.id))]
}

/// What could be sold to the customer.
pub(super) async fn shelf(visitor: Visitor, Path(customer): Path<String>, Query(asked): Query<Asked>) -> PageResult {
    let words = visitor.words;
    let view = find(&visitor, &customer).await?;
    let (view_id, url) = (view.id, format!("{}/{}/sell", Section::Customers.url(), view.id));
    let query = BrowseProducts {
        search: asked.q.clone(),
        after: asked.after.parse().ok(),
        limit: PER_PAGE,
        ..BrowseProducts::default()
    };
    let found = visitor.read(query).await?;
    // Here the shelf knows of the add-ons that fit what the partner has itself.
    let for_sale = found.rows.iter().filter(|row| !row.product.kind.is_add_on());
    let fitting = match asked.after.as_str() {
        "" => visitor.run(move |app, caller, _| add_ons_to_sell(app, caller, view_id)).await?,
        _ => Vec::new(),
    };
    let searched = fold(&asked.q);
    let fitting = fitting.iter().filter(|row| fold(&row.product.name).contains(&searched));
    let at_customer = |row: &ShelfRow| {
        let shown = card(words, row);
        Card { url: format!("{url}/{}", row.product.id), owned: None, ..shown }
    };
    let mut frame = visitor.frame(Section::Customers, words.customer_sell_to(&view.name)).await?;
    frame.lead = Some(words.customer_sell_purpose().to_owned());
    frame.breadcrumbs = way_here(words, &view);
    let page = |after: &str| address(&url, [("q", asked.q.as_str()), ("after", after)]);
    render(&ShelfPage {
        cards: for_sale.map(at_customer).collect(),
        add_ons: fitting.map(at_customer).collect(),
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
    pub(super) price: String,
    pub(super) quantity: String,
    /// The identifier of what comes to be.
    pub(super) sale: String,
    /// To what an add-on will belong.
    #[serde(rename = "base_id")]
    pub(super) base: String,
}

impl Chosen {
    pub(super) fn of(form: &Form) -> Self {
        let typed = |name: &str| form.text(name).trim().to_owned();
        Self { price: typed("price"), quantity: typed("quantity"), sale: typed("sale"), base: typed("base_id") }
    }

    pub(super) fn read(&self) -> Result<Buy, Vec<FieldRefusal>> {
        let price = self.price.parse::<PriceId>().map_err(|_| Refusal::Required.at(Field::Term));
        let quantity = number(&self.quantity).map_err(|refusal| refusal.at(Field::Quantity));
        match (price, quantity) {
            (Ok(price_id), Ok(quantity)) => Ok(Buy { price_id, quantity }),
            (price, quantity) => Err([price.err(), quantity.err()].into_iter().flatten().collect()),
        }
    }

    fn base(&self) -> Result<Option<SubscriptionId>, FieldRefusal> {
        match self.base.as_str() {
            "" => Ok(None),
            id => id.parse().map(Some).map_err(|_| Refusal::UnknownChoice.at(Field::BaseSubscription)),
        }
    }

    /// The identifier of what comes to be, made when the page was drawn.
    pub(super) fn identity(&self) -> Result<SubscriptionId, Refusal> {
        self.sale.parse().map_err(|_| Refusal::NotFound)
    }
}

#[derive(Template)]
#[template(path = "customer/sell.html")]
struct SellPage {
    frame: Frame,
    words: Words,
    url: String,
    sentence: String,
    /// Empty for what belongs to nothing.
    bases: Vec<Choice>,
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
    let chosen = Chosen::of(&form);
    match carry_out(&visitor, &offer.0, &chosen).await {
        Ok(()) => {
            Ok(notice_and_redirect(&Done::SoldToCustomer {}, &format!("{}/{}", Section::Customers.url(), offer.0)))
        }
        Err(failure) => {
            let errors = FieldErrors::of(visitor.words, &failure)?.called(
                visitor.words,
                Field::Quantity,
                visitor.words.purchase_quantity(),
            );
            render_refused(&failure, &sell_page(&visitor, &offer, chosen, errors).await?)
        }
    }
}

async fn carry_out(visitor: &Visitor, customer: &str, chosen: &Chosen) -> Result<(), Failure> {
    let customer: OrganizationId = customer.parse().map_err(|_| Refusal::NotFound)?;
    let Buy { price_id, quantity } = chosen.read().map_err(Failure::Invalid)?;
    let sale = Sale { subscription_id: chosen.identity()?, price_id, quantity, base: chosen.base()? };
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
    let to = view.id;
    let offered = visitor.run(move |app, caller, _| offer_to_sell(app, caller, to, id)).await?;
    let chosen = with_defaults(visitor, chosen, &offered);
    let prepared = match (chosen.read(), chosen.base()) {
        (Ok(buy), Ok(base)) => Some(visitor.run(move |app, caller, _| prepare(app, caller, to, buy, base)).await?),
        _ => None,
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
        bases: base_choices(words, offered.bases.iter()),
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
    let first_base = || offered.bases.first().map(|base| base.subscription.id.to_string()).unwrap_or_default();
    Chosen {
        base: if chosen.base.is_empty() { first_base() } else { chosen.base },
        price: if is_there { chosen.price } else { first() },
        quantity: if chosen.quantity.trim().is_empty() { "1".to_owned() } else { chosen.quantity.trim().to_owned() },
        sale: if chosen.sale.is_empty() { new_sale(visitor.app()).to_string() } else { chosen.sale },
    }
}
