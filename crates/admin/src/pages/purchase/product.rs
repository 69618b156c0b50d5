//! A product: what it is, what is inside, and the choice of term, billing frequency and quantity.

use super::{commitment, way};
use crate::frame::Frame;
use crate::pages::invoice::tax_label;
use crate::pages::present::licenses_until;
use crate::parts::{Choice, FieldErrors};
use crate::web::{Done, Form, PageError, PageResult, Section, Visitor, notice_and_redirect, render, render_refused};
use app::catalog::prepare::{PreparePurchase, PreparedPurchase, ProductForSale, ProductOnShelf};
use app::subscription::details::{SubscriptionDetails, SubscriptionView};
use app::subscription::list::ListedSubscription;
use app::subscription::sign_up::SignUpForFree;
use app::subscription::start_trial::PrepareTrial;
use askama::Template;
use axum::extract::{Path, Query};
use domain::billing::invoice::Totals;
use domain::catalog::{Price, ProductKind, Sku};
use domain::ids::{PriceId, ProductId, SubscriptionId};
use domain::order::buy::PurchasePreview;
use domain::refusal::{Field, Refusal};
use domain::subscription::{Action, Offer};
use serde::Deserialize;
use words::{Language, Words};

/// What the buyer chose so far.
#[derive(Deserialize, Default, Clone)]
#[serde(default)]
pub(super) struct Chosen {
    /// The version of the price, which says term and billing frequency.
    pub price: String,
    /// Licenses, as typed.
    pub quantity: String,
    /// What pays, such as a payment method that was just added.
    pub payment: String,
    /// The trial that is bought, if one is.
    pub trial: String,
    /// The subscription to which an add-on will belong.
    #[serde(rename = "base_id")]
    pub base: String,
    /// The first day, as typed; nothing for today.
    pub starts_on: String,
}

impl Chosen {
    /// The trial that is bought, if one is.
    pub fn trial(&self) -> Result<Option<SubscriptionId>, Refusal> {
        match self.trial.as_str() {
            "" => Ok(None),
            id => id.parse().map(Some).map_err(|_| Refusal::NotFound),
        }
    }
}

#[derive(Template)]
#[template(path = "purchase/product.html")]
pub(super) struct ProductPage {
    frame: Frame,
    words: Words,
    url: String,
    sentence: String,
    closed: Option<String>,
    owned: Option<(String, String)>,
    /// Said to who buys what was tried.
    bought_trial: Option<String>,
    /// What a trial gives, and where it is started.
    trial_offer: Option<(String, String)>,
    trial_taken: bool,
    /// Where the reader signs up for it at no cost (R180).
    sign_up_url: Option<String>,
    /// Whether it is sold at all, besides.
    is_sold: bool,
    /// Whether a later start date can be chosen: an organization buys a subscription of its own (R163).
    may_start_later: bool,
    /// The subscriptions to which an add-on can belong; none for what belongs to none.
    bases: Vec<Choice>,
    ways: Vec<Choice>,
    chosen: Chosen,
    quantity_hint: String,
    quantity_max: String,
    errors: FieldErrors,
    preview: Vec<(String, String)>,
    refusal: Option<String>,
    apps: Vec<String>,
    apps_title: String,
}

pub(super) async fn page(visitor: Visitor, Path(id): Path<String>, Query(chosen): Query<Chosen>) -> PageResult {
    let id = id.parse().map_err(|_| Refusal::NotFound)?;
    render(&product_page(&visitor, id, chosen, FieldErrors::none()).await?)
}

/// The page with what was chosen, or with the first way to buy one license.
pub(super) async fn product_page(
    visitor: &Visitor,
    id: ProductId,
    chosen: Chosen,
    errors: FieldErrors,
) -> Result<ProductPage, PageError> {
    let words = visitor.words;
    let shown = visitor.read(ProductForSale(id)).await?;
    let tried = match chosen.trial()? {
        Some(trial) => Some(visitor.read(SubscriptionDetails(trial)).await?),
        None => None,
    };
    let offered = if tried.is_some() { None } else { visitor.read(PrepareTrial(id)).await? };
    let chosen = with_defaults(chosen, &shown, tried.as_ref());
    let has_base = !shown.product.kind.is_add_on() || !shown.bases.is_empty();
    let prepared = match read(&chosen) {
        Ok(asked) if errors.is_empty() && shown.may_buy && has_base => Some(visitor.read(asked).await?),
        _ => None,
    };
    let (preview, refusal) = match prepared.as_ref().map(|prepared| (&prepared.preview, prepared)) {
        Some((Ok(_), prepared)) => (preview_rows(words, prepared), None),
        Some((Err(refusal), _)) => (Vec::new(), Some(words.refusal(refusal).to_string())),
        None => (Vec::new(), None),
    };
    let url = format!("{}/{id}", Section::Purchase.url());
    let closed = match (shown.product.retired_at, has_prices(&shown)) {
        _ if !shown.may_buy => Some(words.trial_only().to_owned()),
        (Some(_), _) => Some(words.purchase_end_of_sale().to_owned()),
        (None, false) if shown.is_free => None,
        (None, false) => Some(words.purchase_no_price(shown.currency.code())),
        (None, true) if !has_base => Some(words.add_on_needs_base().to_owned()),
        (None, true) => tried.as_ref().and_then(|tried| closed_trial(words, tried)),
    };
    let most = shown.skus.iter().map(|(sku, _)| sku.quantity_max).max().unwrap_or(1);
    let is_sold = has_prices(&shown) || !shown.is_free;
    let name = &shown.product.name;
    let title = if is_sold { words.purchase_title(name) } else { name.clone() };
    let frame = visitor.frame(Section::Purchase, title).await?;
    Ok(ProductPage {
        frame,
        words,
        sentence: match words.language {
            Language::English => shown.product.description_en.clone(),
            Language::Dutch => shown.product.description_nl.clone(),
        },
        closed,
        owned: owned(words, &shown).filter(|_| tried.is_none()),
        bought_trial: tried.as_ref().map(|tried| bought_trial(words, tried)),
        may_start_later: tried.is_none() && !shown.for_oneself && !shown.product.kind.is_add_on(),
        sign_up_url: shown.is_free.then(|| format!("{url}/sign-up")),
        is_sold,
        trial_taken: offered.as_ref().is_some_and(|offered| offered.was_tried),
        trial_offer: offered
            .filter(|offered| !offered.was_tried)
            .map(|offered| (words.trial_offer(offered.licenses), format!("{url}/trial"))),
        bases: {
            let belongs = shown.product.kind == ProductKind::TraditionalAddOn;
            base_choices(words, shown.bases.iter().filter(|_| belongs))
        },
        ways: ways(words, &shown.skus),
        quantity_hint: words.purchase_quantity_hint(most),
        quantity_max: most.to_string(),
        chosen,
        errors,
        preview,
        refusal,
        apps_title: words.purchase_product_apps(shown.plans.len() as i64),
        apps: shown.plans.into_iter().map(|plan| plan.friendly_name).collect(),
        url,
    })
}

/// Signs the reader up for what costs nothing.
pub(super) async fn sign_up(visitor: Visitor, Path(id): Path<String>, _form: Form) -> PageResult {
    let id = id.parse().map_err(|_| Refusal::NotFound)?;
    match visitor.write(SignUpForFree(id)).await {
        Ok(subscription) => {
            let url = format!("{}/{subscription}", Section::YourProducts.url());
            Ok(notice_and_redirect(&Done::SignedUp {}, &url))
        }
        Err(failure) => {
            let errors = FieldErrors::of(visitor.words, &failure)?;
            render_refused(&failure, &product_page(&visitor, id, Chosen::default(), errors).await?)
        }
    }
}

fn has_prices(shown: &ProductOnShelf) -> bool {
    shown.skus.iter().any(|(_, prices)| !prices.is_empty())
}

/// Why a trial cannot be bought any more.
fn closed_trial(words: Words, tried: &SubscriptionView) -> Option<String> {
    match tried.offer(Action::BuyTrial) {
        Offer::Open => None,
        Offer::Closed(reason) => Some(words.closed_reason(reason).to_string()),
    }
}

fn bought_trial(words: Words, tried: &SubscriptionView) -> String {
    match tried.listed.subscription.assigned {
        0 => words.trial_buy_lead().to_owned(),
        assigned => format!("{} {}", words.trial_buy_lead(), words.trial_in_use(assigned)),
    }
}

/// The first price, or the one that the trial was started with; one license, or as many as of the trial are in use.
fn with_defaults(chosen: Chosen, shown: &ProductOnShelf, tried: Option<&SubscriptionView>) -> Chosen {
    let least = tried.map_or(1, |tried| tried.listed.subscription.assigned.max(1));
    let prices = || shown.skus.iter().flat_map(|(_, prices)| prices);
    let is_there = chosen.price.parse::<PriceId>().is_ok_and(|id| prices().any(|price| price.id == id));
    let agreed = |price: &&Price| {
        tried.is_some_and(|tried| {
            let tried = &tried.listed.subscription;
            (price.term, price.billing_frequency) == (tried.term, tried.billing_frequency)
        })
    };
    let first = prices().find(agreed).or_else(|| prices().next()).map(|price| price.id.to_string()).unwrap_or_default();
    Chosen {
        price: if is_there { chosen.price } else { first },
        quantity: if chosen.quantity.trim().is_empty() { least.to_string() } else { chosen.quantity.trim().to_owned() },
        payment: chosen.payment,
        trial: chosen.trial,
        starts_on: chosen.starts_on.trim().to_owned(),
        base: match shown.bases.first().filter(|_| shown.product.kind == ProductKind::TraditionalAddOn) {
            Some(first) if chosen.base.is_empty() => first.subscription.id.to_string(),
            _ => chosen.base,
        },
    }
}

/// The subscriptions to which an add-on can belong.
pub(in crate::pages) fn base_choices<'a>(
    words: Words,
    bases: impl Iterator<Item = &'a ListedSubscription>,
) -> Vec<Choice> {
    let choice = |listed: &ListedSubscription| {
        let base = &listed.subscription;
        Choice::new(base.id.to_string(), &listed.product_name).note(licenses_until(words, base))
    };
    bases.map(choice).collect()
}

fn owned(words: Words, shown: &ProductOnShelf) -> Option<(String, String)> {
    let name: String = form_urlencoded::byte_serialize(shown.product.name.as_bytes()).collect();
    let url = format!("{}?q={name}", Section::YourProducts.url());
    (shown.subscriptions > 0).then(|| (words.purchase_you_have_subscriptions(shown.subscriptions), url))
}

/// Every way to buy, as a card.
pub(in crate::pages) fn ways(words: Words, skus: &[(Sku, Vec<Price>)]) -> Vec<Choice> {
    let with_part_number = skus.iter().filter(|(_, prices)| !prices.is_empty()).count() > 1;
    let ways = skus.iter().flat_map(|(sku, prices)| prices.iter().map(move |price| (sku, price)));
    let way = |(sku, price): (&Sku, &Price)| {
        let label = way(words, price);
        let label = if with_part_number { format!("{label} ({})", sku.part_number) } else { label };
        let end = words.price_per_license_of(price.unit_price, price.billing_frequency);
        Choice::new(price.id.to_string(), label).note(commitment(words, price)).end(end)
    };
    ways.map(way).collect()
}

/// What a purchase will bring, said before the button is pressed.
pub(super) fn preview_rows(words: Words, prepared: &PreparedPurchase) -> Vec<(String, String)> {
    let (Ok(preview), Some(price)) = (&prepared.preview, &prepared.current) else { return Vec::new() };
    cost_rows(words, preview, price, prepared.totals.as_ref())
}

/// What something costs at first and afterwards, and what the first billing period comes to with tax.
pub(in crate::pages) fn cost_rows(
    words: Words,
    preview: &PurchasePreview,
    price: &Price,
    totals: Option<&Totals>,
) -> Vec<(String, String)> {
    let period = preview.service_period;
    let every_period = words.price_per_period_of(preview.per_period, price.billing_frequency);
    let mut rows = vec![
        (words.price_per_license().to_owned(), words.price_per_license_of(price.unit_price, price.billing_frequency)),
        (words.first_billing_period().to_owned(), words.date_range(period.start, period.last_day())),
        (words.after_first_period().to_owned(), every_period),
        (words.renews_on().to_owned(), words.date(preview.renews_on)),
    ];
    let rows_of = |label: &str, amount| (label.to_owned(), words.money(amount));
    if let Some(totals) = totals.filter(|totals| totals.gross != totals.net) {
        rows.push(rows_of(words.total_without_vat(), totals.net));
        rows.extend(totals.taxes.iter().map(|tax| (tax_label(words, tax), words.money(tax.amount))));
        rows.push(rows_of(words.total_first_period_with_vat(), totals.gross));
    } else {
        rows.push(rows_of(words.total_first_period(), preview.amount));
    }
    rows
}

/// What an address or a form asks for.
///
/// # Errors
/// The fields that are wrong.
pub(super) fn read(chosen: &Chosen) -> Result<PreparePurchase, Vec<domain::refusal::FieldRefusal>> {
    let price_id = chosen.price.parse::<PriceId>().map_err(|_| Refusal::Required.at(Field::Term));
    let quantity = crate::web::number(&chosen.quantity).map_err(|refusal| refusal.at(Field::Quantity));
    let base = match chosen.base.as_str() {
        "" => Ok(None),
        id => id.parse().map(Some).map_err(|_| Refusal::BaseDoesNotFit.at(Field::BaseSubscription)),
    };
    let starts_on = match chosen.starts_on.as_str() {
        "" => Ok(None),
        day => day.parse().map(Some).map_err(|_| Refusal::NotADate.at(Field::StartsOn)),
    };
    match (price_id, quantity, base, starts_on) {
        (Ok(price_id), Ok(quantity), Ok(base), Ok(starts_on)) => {
            Ok(PreparePurchase { price_id, quantity, base, starts_on })
        }
        (price_id, quantity, base, starts_on) => {
            let wrong = [price_id.err(), quantity.err(), base.err(), starts_on.err()];
            Err(wrong.into_iter().flatten().collect())
        }
    }
}
