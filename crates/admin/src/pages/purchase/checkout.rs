//! The checkout: what is ordered, what pays, and the button that orders it.

use super::product::{Chosen, preview_rows, product_page, read};
use super::way;
use crate::frame::Frame;
use crate::pages::billing_profile::url_of;
use crate::pages::cards::{card_choices, chosen_card};
use crate::pages::payment_method::{add_url, choices};
use crate::pages::present::method_name;
use crate::parts::{Choice, FieldErrors};
use crate::web::{Form, PageError, PageResult, Section, Visitor, blocking, redirect, render, render_refused};
use app::Failure;
use app::catalog::prepare::{PreparePurchase, PreparedPurchase, ProfileOnOffer};
use app::order::place::{Payment, Purchase, new_order_id, place_order};
use askama::Template;
use axum::extract::{Path, Query};
use domain::access::Permission;
use domain::billing::profile::PaysWith;
use domain::ids::{OrderId, ProductId};
use domain::refusal::{Field, Refusal};
use domain::subscription::add_on::field_of;
use words::Words;

/// What the form sends when an invoice is to be paid.
const INVOICE: &str = "invoice";

#[derive(Template)]
#[template(path = "purchase/checkout.html")]
struct CheckoutPage {
    frame: Frame,
    words: Words,
    url: String,
    back_url: String,
    order_id: String,
    price: String,
    quantity: String,
    trial: String,
    base: String,
    starts_on: String,
    /// Said of what starts on a later day.
    starts_later: Option<String>,
    /// Said of an add-on: to which subscription it belongs.
    belongs_to: Option<String>,
    errors: FieldErrors,
    changed: Option<String>,
    refusal: Option<String>,
    sold_to: String,
    country: String,
    items: String,
    way: String,
    summary: Vec<(String, String)>,
    without_tax: bool,
    renews: bool,
    card: String,
    cards: Vec<Choice>,
    cards_hint: &'static str,
    /// Where something else is put on file that pays, where that may.
    add_url: Option<String>,
    /// Said of the only billing profile, which decides what pays, and where that is changed.
    profile_pays: Option<(String, String)>,
    /// The billing profiles to choose from; nothing where there is no choice, as for a trial, which stays on its own.
    profiles: Vec<Choice>,
    profile: String,
    /// Said where the buyer may buy on one billing profile alone.
    charged_to: Option<String>,
    /// Said to a user who buys for the team (R17).
    you_pay: Option<&'static str>,
    asks_contact: bool,
    contact_agreed: bool,
}

/// What the buyer filled in on the checkout.
#[derive(Default)]
struct Filled {
    order_id: Option<OrderId>,
    trial: String,
    card: String,
    profile: String,
    contact_agreed: bool,
}

pub(super) async fn page(visitor: Visitor, Path(id): Path<String>, Query(chosen): Query<Chosen>) -> PageResult {
    let id: ProductId = id.parse().map_err(|_| Refusal::NotFound)?;
    match prepare(&visitor, &chosen).await? {
        Ok(prepared) => {
            let (card, trial) = (chosen.payment.clone(), chosen.trial.clone());
            let filled = Filled { card, trial, ..Filled::default() };
            render(&checkout_page(&visitor, id, &chosen, &prepared, filled, FieldErrors::none()).await?)
        }
        Err(failure) => {
            let errors = errors_of(visitor.words, &failure)?;
            render_refused(&failure, &product_page(&visitor, id, chosen, errors).await?)
        }
    }
}

fn errors_of(words: Words, failure: &Failure) -> Result<FieldErrors, PageError> {
    Ok(FieldErrors::of(words, failure)?.called(words, Field::Quantity, words.purchase_quantity()))
}

/// The purchase as it would be, or what is wrong with the choice.
async fn prepare(visitor: &Visitor, chosen: &Chosen) -> Result<Result<PreparedPurchase, Failure>, PageError> {
    let asked = match read(chosen) {
        Ok(asked) => asked,
        Err(fields) => return Ok(Err(fields.into())),
    };
    let prepared = visitor.read(asked).await?;
    Ok(match prepared.preview.clone() {
        Err(
            refusal @ (Refusal::OutOfRange { .. } | Refusal::AboveMaximum { .. } | Refusal::AboveBuyerLimit { .. }),
        ) => Err(refusal.at(Field::Quantity).into()),
        Err(refusal @ (Refusal::StartsBetween { .. } | Refusal::StartsAtOnce)) => {
            Err(refusal.at(Field::StartsOn).into())
        }
        Err(refusal) => Err(match field_of(&refusal).filter(|_| prepared.product.kind.is_add_on()) {
            Some(field) => refusal.at(field).into(),
            None => refusal.into(),
        }),
        Ok(_) => Ok(prepared),
    })
}

pub(super) async fn submit(visitor: Visitor, Path(id): Path<String>, form: Form) -> PageResult {
    let id: ProductId = id.parse().map_err(|_| Refusal::NotFound)?;
    let text = |name: &str| form.text(name).to_owned();
    let chosen = Chosen {
        price: text("price"),
        quantity: text("quantity"),
        payment: text("payment"),
        trial: text("trial"),
        base: text("base_id"),
        starts_on: text("starts_on"),
    };
    let failure = match place(&visitor, &form, &chosen).await {
        Ok(order_id) => return Ok(redirect(&format!("{}/{order_id}", Section::Orders.url()))),
        Err(failure) => failure,
    };
    let errors = errors_of(visitor.words, &failure)?;
    let Ok(asked) = read(&chosen) else {
        return render_refused(&failure, &product_page(&visitor, id, chosen, errors).await?);
    };
    let prepared: PreparedPurchase = visitor.read(asked).await?;
    // A price that changed is said in a notice of its own, with the new total.
    let errors = if has_changed(&prepared) { FieldErrors::none() } else { errors };
    let filled = Filled {
        order_id: form.text("order").parse().ok(),
        trial: chosen.trial.clone(),
        card: form.text("payment").to_owned(),
        profile: form.text("billing_profile").to_owned(),
        contact_agreed: form.is_on("contact"),
    };
    render_refused(&failure, &checkout_page(&visitor, id, &chosen, &prepared, filled, errors).await?)
}

async fn place(visitor: &Visitor, form: &Form, chosen: &Chosen) -> Result<OrderId, Failure> {
    let PreparePurchase { price_id, quantity, base, starts_on } = read(chosen)?;
    let payment = match form.text("payment") {
        INVOICE => Payment::Invoice { contact_agreed: form.is_on("contact") },
        card => chosen_card(card)?,
    };
    let order_id = form.text("order").parse().map_err(|_| Refusal::NotFound)?;
    let trial = match form.text("trial") {
        "" => None,
        id => Some(id.parse().map_err(|_| Refusal::NotFound)?),
    };
    let billing_profile = form.choice_or_any("billing_profile", Field::BillingProfile)?;
    let purchase = Purchase { order_id, price_id, quantity, payment, trial, base, billing_profile, starts_on };
    let (app, caller, organization) = (visitor.app().clone(), visitor.caller(), visitor.organization);
    blocking(move || place_order(&app, &caller, organization, purchase)).await
}

fn has_changed(prepared: &PreparedPurchase) -> bool {
    prepared.current.as_ref().is_some_and(|current| current.id != prepared.seen.id)
}

async fn checkout_page(
    visitor: &Visitor,
    id: ProductId,
    asked: &Chosen,
    prepared: &PreparedPurchase,
    filled: Filled,
    errors: FieldErrors,
) -> Result<CheckoutPage, PageError> {
    let words = visitor.words;
    let price = prepared.current.as_ref().unwrap_or(&prepared.seen);
    let url = format!("{}/{id}", Section::Purchase.url());
    let order_id = filled.order_id.unwrap_or_else(|| new_order_id(visitor.app()));
    let count = crate::web::number(&asked.quantity).map_or(0, i64::from);
    let leaves_choice = prepared.for_oneself || prepared.profiles.iter().any(ProfileOnOffer::leaves_choice);
    let (mut cards, cards_hint) = match leaves_choice {
        true => card_choices(visitor, &prepared.methods).await?,
        false => (choices(words, &prepared.methods), ""),
    };
    if !prepared.for_oneself {
        cards.push(by_invoice(words, prepared));
    }
    let trial = if filled.trial.is_empty() { String::new() } else { format!("&trial={}", filled.trial) };
    let base = if asked.base.is_empty() { String::new() } else { format!("&base_id={}", asked.base) };
    let starts_on = if asked.starts_on.is_empty() { String::new() } else { format!("&starts_on={}", asked.starts_on) };
    let chosen = format!("price={}&quantity={count}{trial}{base}{starts_on}", price.id);
    let first_card = cards.first().map(|choice| choice.value.clone()).unwrap_or_default();
    Ok(CheckoutPage {
        frame: visitor.frame(Section::Purchase, words.checkout()).await?,
        words,
        back_url: format!("{url}?{chosen}"),
        add_url: leaves_choice.then(|| add_url(&format!("{url}/checkout?{chosen}"))),
        trial: filled.trial,
        base: asked.base.clone(),
        starts_on: asked.starts_on.clone(),
        starts_later: asked.starts_on.parse().ok().map(|day| words.order_starts_later(day)),
        belongs_to: prepared.base.as_ref().map(|base| words.add_on_to(&base.product_name)),
        url: format!("{url}/checkout"),
        order_id: order_id.to_string(),
        price: price.id.to_string(),
        quantity: count.to_string(),
        changed: has_changed(prepared)
            .then(|| words.purchase_price_changed(prepared.seen.unit_price, price.unit_price)),
        refusal: prepared.preview.as_ref().err().map(|refusal| words.refusal(refusal).to_string()),
        errors,
        without_tax: prepared.totals.as_ref().is_none_or(|totals| totals.gross == totals.net),
        sold_to: if prepared.for_oneself { visitor.actor.name.clone() } else { prepared.sold_to.name.clone() },
        country: match prepared.for_oneself {
            true => prepared.organization.name.clone(),
            false => words.country(&prepared.organization.country).unwrap_or_default().to_owned(),
        },
        items: words.order_items(count, &prepared.product.name),
        way: way(words, price),
        summary: preview_rows(words, prepared),
        renews: prepared.preview.is_ok(),
        card: if filled.card.is_empty() { first_card } else { filled.card },
        cards,
        cards_hint,
        profile_pays: profile_pays(words, prepared),
        profiles: if asked.trial.is_empty() { profiles(words, prepared) } else { Vec::new() },
        profile: filled.profile,
        charged_to: charged_to(visitor, prepared),
        you_pay: prepared.for_oneself.then(|| words.checkout_you_pay()),
        asks_contact: prepared.by_invoice == Ok(true),
        contact_agreed: filled.contact_agreed,
    })
}

/// The billing profiles to choose from, with whom each is addressed to and what pays there.
fn profiles(words: Words, prepared: &PreparedPurchase) -> Vec<Choice> {
    let choice = |on: &ProfileOnOffer| {
        let (profile, name) = (&on.profile, on.profile.bill_to.name.as_str());
        let label = if name == profile.name { name.to_owned() } else { format!("{} ({name})", profile.name) };
        let label = paid_with(words, on).map_or_else(|| label.clone(), |method| format!("{label}: {method}"));
        Choice::new(profile.id.to_string(), label)
    };
    if prepared.profiles.len() > 1 { prepared.profiles.iter().map(choice).collect() } else { Vec::new() }
}

/// What pays for everything on a billing profile, where that is decided.
fn paid_with(words: Words, on: &ProfileOnOffer) -> Option<String> {
    match on.pays_with? {
        PaysWith::FirstChoice => None,
        PaysWith::Card(_) => on.methods.first().map(|card| method_name(words, card)),
        PaysWith::Invoice => Some(words.profile_paid_by_invoice().to_lowercase()),
    }
}

/// Likewise of the only one, with where it is changed.
fn profile_pays(words: Words, prepared: &PreparedPurchase) -> Option<(String, String)> {
    let [only] = prepared.profiles.as_slice() else { return None };
    let said = match only.pays_with? {
        PaysWith::Invoice => words.purchase_profile_billed().to_owned(),
        _ => words.purchase_profile_pays(&paid_with(words, only)?),
    };
    Some((said, url_of(only.profile.id)))
}

/// The only billing profile on which somebody may buy who does not buy for the whole organization.
fn charged_to(visitor: &Visitor, prepared: &PreparedPurchase) -> Option<String> {
    let is_a_part = !prepared.for_oneself && !visitor.may(Permission::BuySubscription);
    let [only] = prepared.profiles.as_slice() else { return None };
    is_a_part.then(|| only.profile.name.clone())
}

/// Paying by invoice, after a credit check or at once, or why it cannot be (domain 4.2).
fn by_invoice(words: Words, prepared: &PreparedPurchase) -> Choice {
    let choice = Choice::new(INVOICE, words.pay_by_invoice());
    match &prepared.by_invoice {
        Ok(true) => choice.note(words.pay_by_invoice_after_check()),
        Ok(false) => choice.note(words.pay_by_invoice_at_once(u32::from(prepared.payment_terms_days))),
        Err(refusal) => choice.closed(words.refusal(refusal).to_string()),
    }
}
