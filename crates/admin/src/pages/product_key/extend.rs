//! Extending a prepaid subscription by card or bank account: one more term, paid now (R87).

use crate::frame::Frame;
use crate::pages::cards::{card_choices, chosen_card};
use crate::pages::payment_method::add_url;
use crate::pages::present::ends;
use crate::parts::{Choice, FieldErrors};
use crate::web::{Form, PageError, PageResult, Section, Visitor, blocking, redirect, render, render_refused};
use app::Failure;
use app::order::extend::{ExtensionChoice, ExtensionChoices, OrderedExtension, extend_end_date};
use app::order::place::new_order_id;
use app::subscription::details::SubscriptionDetails;
use askama::Template;
use axum::extract::{Path, Query};
use domain::catalog::Term;
use domain::ids::{OrderId, SubscriptionId};
use domain::refusal::{Field, Refusal};
use domain::subscription::{Action, Offer};
use serde::Deserialize;
use words::Words;

/// What was chosen so far; a payment method that was just added comes back in the address.
#[derive(Deserialize, Default)]
#[serde(default)]
pub(super) struct Chosen {
    price: String,
    payment: String,
    #[serde(skip)]
    order_id: Option<OrderId>,
}

#[derive(Template)]
#[template(path = "product_key/extend.html")]
struct ExtendPage {
    frame: Frame,
    words: Words,
    url: String,
    back_url: String,
    add_url: String,
    order_id: OrderId,
    errors: FieldErrors,
    /// Why nothing can be bought now.
    refusal: Option<String>,
    items: String,
    ends_label: &'static str,
    ends_on: String,
    price: String,
    terms: Vec<Choice>,
    card: String,
    cards: Vec<Choice>,
    cards_hint: &'static str,
}

pub(super) async fn page(visitor: Visitor, Path(id): Path<String>, Query(chosen): Query<Chosen>) -> PageResult {
    let id: SubscriptionId = id.parse().map_err(|_| Refusal::NotFound)?;
    if visitor.read(SubscriptionDetails(id)).await?.offer(Action::ExtendEndDate) != Offer::Open {
        // The pane before says why.
        return Ok(redirect(&format!("{}/{id}/extend", Section::YourProducts.url())));
    }
    render(&extend_page(&visitor, id, chosen, FieldErrors::none()).await?)
}

pub(super) async fn submit(visitor: Visitor, Path(id): Path<String>, form: Form) -> PageResult {
    let id: SubscriptionId = id.parse().map_err(|_| Refusal::NotFound)?;
    let failure = match place(&visitor, id, &form).await {
        Ok(order_id) => return Ok(redirect(&format!("{}/{order_id}", Section::Orders.url()))),
        Err(failure) => failure,
    };
    let errors = FieldErrors::of(visitor.words, &failure)?;
    let text = |name: &str| form.text(name).to_owned();
    let chosen = Chosen { price: text("price"), payment: text("payment"), order_id: form.text("order").parse().ok() };
    render_refused(&failure, &extend_page(&visitor, id, chosen, errors).await?)
}

async fn place(visitor: &Visitor, subscription_id: SubscriptionId, form: &Form) -> Result<OrderId, Failure> {
    let price_id = form.text("price").parse().map_err(|_| Refusal::Required.at(Field::Term))?;
    let payment = chosen_card(form.text("payment"))?;
    let order_id = form.text("order").parse().map_err(|_| Refusal::NotFound)?;
    let ordered = OrderedExtension { order_id, subscription_id, price_id, payment };
    let (app, caller, organization) = (visitor.app().clone(), visitor.caller(), visitor.organization);
    blocking(move || extend_end_date(&app, &caller, organization, ordered)).await
}

async fn extend_page(
    visitor: &Visitor,
    id: SubscriptionId,
    chosen: Chosen,
    errors: FieldErrors,
) -> Result<ExtendPage, PageError> {
    let words = visitor.words;
    let view = visitor.read(ExtensionChoices(id)).await?;
    let back_url = format!("{}/{id}", Section::YourProducts.url());
    let url = format!("{back_url}/extend/pay");
    let (terms, refusal) = match &view.choices {
        Ok(choices) => (choices.iter().map(|choice| term(words, choice)).collect(), None),
        Err(refusal) => (Vec::new(), Some(words.refusal(refusal).to_string())),
    };
    let first = |choices: &[Choice]| choices.first().map(|choice| choice.value.clone()).unwrap_or_default();
    let price = if terms.iter().any(|term| term.is(&chosen.price)) { chosen.price } else { first(&terms) };
    let (cards, cards_hint) = card_choices(visitor, &view.methods).await?;
    let mut frame = visitor.frame(Section::YourProducts, words.extend_end_date()).await?;
    frame.lead = Some(view.product_name.clone());
    let (ends_label, ends_on) = ends(words, &view.subscription);
    Ok(ExtendPage {
        add_url: add_url(&format!("{url}?price={price}")),
        order_id: chosen.order_id.unwrap_or_else(|| new_order_id(visitor.app())),
        items: words.order_items(i64::from(view.subscription.quantity), &view.product_name),
        ends_label,
        ends_on: words.date(ends_on),
        card: if chosen.payment.is_empty() { first(&cards) } else { chosen.payment },
        refusal,
        terms,
        price,
        cards,
        cards_hint,
        errors,
        back_url,
        url,
        words,
        frame,
    })
}

/// A term: until when it runs, how its total comes about, and the total.
fn term(words: Words, choice: &ExtensionChoice) -> Choice {
    let longer = match choice.price.term {
        Term::Monthly => words.key_month(),
        Term::Annual => words.key_year(),
    };
    let (price, totals) = (&choice.price, &choice.totals);
    let mut notes = vec![words.price_per_license_of(price.unit_price, price.billing_frequency)];
    if totals.gross != totals.net {
        notes.push(format!("{} {}", words.total_without_vat(), words.money(totals.net)));
    }
    if choice.extension.days_over > 0 {
        notes.push(words.extend_days_over(choice.extension.days_over));
    }
    Choice::new(price.id.to_string(), words.review_key_extends(longer, choice.extension.term.end))
        .note(notes.join(" · "))
        .end(words.money(totals.gross))
}
