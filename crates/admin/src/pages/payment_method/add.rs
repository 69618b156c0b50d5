//! The pane that puts a card or a bank account on file (R43, R44, R75).

use super::{URL, url_of};
use crate::frame::Frame;
use crate::pages::cards::sandbox_cards;
use crate::pages::party::{countries, typed_address};
use crate::pages::preferences::local;
use crate::parts::{Choice, FieldErrors};
use crate::web::{
    Done, Form, PageError, PageResult, Section, Visitor, notice_and_redirect, redirect, render, render_refused,
};
use app::Failure;
use app::payment_method::add::{
    Adding, AddingOffered, AddingView, NewMeans, NewPaymentMethod, add_payment_method, has_card_form,
    new_payment_method_id,
};
use askama::Template;
use axum::extract::Query;
use axum::response::Response;
use domain::billing::party::Address;
use domain::ids::PaymentMethodId;
use domain::organization::Cloud;
use domain::refusal::{Field, Refusal};
use serde::Deserialize;
use words::{PRODUCT, Words};

/// What the form sends for a bank account.
const ACCOUNT: &str = "bank_account";

/// What the form sends for a card that is typed into the form of the gateway.
const CARD_FORM: &str = "card_form";

/// Where the one who adds comes from.
#[derive(Deserialize, Default)]
#[serde(default)]
pub(super) struct Asked {
    /// Where to go on afterwards.
    pub next: String,
}

#[derive(Template)]
#[template(path = "payment_method/add.html")]
struct AddPane {
    frame: Frame,
    words: Words,
    close_url: String,
    errors: FieldErrors,
    id: String,
    next: String,
    payment: String,
    kinds: Vec<Choice>,
    hint: &'static str,
    holder: String,
    address: Address,
    countries: Vec<Choice>,
    accounts: bool,
    iban: String,
    mandate: bool,
    mandate_text: String,
}

/// What was filled in.
#[derive(Default)]
struct Filled {
    id: Option<PaymentMethodId>,
    next: String,
    payment: String,
    holder: String,
    address: Option<Address>,
    iban: String,
    mandate: bool,
}

pub(super) async fn pane(visitor: Visitor, Query(asked): Query<Asked>) -> PageResult {
    let filled = Filled { next: asked.next, ..Filled::default() };
    render(&draw(&visitor, filled, FieldErrors::none()).await?)
}

pub(super) async fn submit(visitor: Visitor, form: Form) -> PageResult {
    match add(&visitor, &form).await {
        Ok(response) => Ok(response),
        Err(failure) => {
            let errors = FieldErrors::of(visitor.words, &failure)?;
            // What was refused was not added, so the gateway is asked anew for what is chosen next; an answer that did
            // not come may still belong to this one.
            let is_unsure = failure.refusal() == Some(&Refusal::Busy);
            let filled = Filled {
                id: form.text("id").parse().ok().filter(|_| is_unsure),
                next: form.text("next").to_owned(),
                payment: form.text("payment").to_owned(),
                holder: form.text("name").to_owned(),
                address: Some(typed_address(&form)),
                iban: form.text("iban").to_owned(),
                mandate: form.is_on("mandate"),
            };
            render_refused(&failure, &draw(&visitor, filled, errors).await?)
        }
    }
}

async fn add(visitor: &Visitor, form: &Form) -> Result<Response, Failure> {
    let means = match form.text("payment") {
        "" => return Err(Refusal::Required.at(Field::Payment).into()),
        CARD_FORM => NewMeans::CardForm,
        ACCOUNT => NewMeans::BankAccount { iban: form.text("iban").to_owned(), mandate: form.is_on("mandate") },
        token => NewMeans::Card { token: token.to_owned() },
    };
    let (holder, address) = (form.text("name").to_owned(), typed_address(form));
    let id = form.text("id").parse().map_err(|_| Refusal::NotFound)?;
    let (new, next) = (NewPaymentMethod { id, means, holder, address }, form.text("next").to_owned());
    let back = next.clone();
    let adding = visitor
        .run(move |app, caller, organization| {
            add_payment_method(app, caller, organization, &new, |id| super::confirm::url(id, &back))
        })
        .await?;
    Ok(match adding {
        Adding::Added(id) => notice_and_redirect(&Done::PaymentMethodAdded {}, &after(id, &next)),
        Adding::WaitsForOwner { id, .. } => redirect(&super::confirm::url(id, &next)),
    })
}

/// Where to go on with a payment method that was added: back to where it was wanted, with it chosen.
pub(super) fn after(id: PaymentMethodId, next: &str) -> String {
    match local(next) {
        "/" => url_of(id),
        path if path == URL => url_of(id),
        path => format!("{path}{}payment={id}", if path.contains('?') { '&' } else { '?' }),
    }
}

async fn draw(visitor: &Visitor, filled: Filled, errors: FieldErrors) -> Result<AddPane, PageError> {
    let words = visitor.words;
    let offered = visitor.read(AddingOffered).await?;
    let kinds = kinds(visitor, visitor.home().await?.cloud, &offered);
    let first = kinds.iter().find(|kind| !kind.disabled).map(|kind| kind.value.clone()).unwrap_or_default();
    let country = Address { country: offered.country.clone(), ..Address::default() };
    let seller = if offered.seller.is_empty() { PRODUCT } else { &offered.seller };
    Ok(AddPane {
        frame: visitor.frame(Section::Bills, words.add_payment_method()).await?,
        close_url: if filled.next.is_empty() { URL.to_owned() } else { local(&filled.next).to_owned() },
        errors,
        id: filled.id.unwrap_or_else(|| new_payment_method_id(visitor.app())).to_string(),
        payment: if filled.payment.is_empty() { first } else { filled.payment },
        hint: match visitor.settings().sandbox_bank {
            Some(_) => words.sandbox_cards_hint(),
            None => words.card_number_never_here(),
        },
        kinds,
        holder: filled.holder,
        address: filled.address.unwrap_or(country),
        countries: countries(words, words.choose_one()),
        accounts: offered.accounts,
        iban: filled.iban,
        mandate: filled.mandate,
        mandate_text: words.mandate_text(seller),
        next: filled.next,
        words,
    })
}

/// What can be put on file: a card of the sandbox or one that is typed at the gateway, and a bank account where they
/// are taken.
fn kinds(visitor: &Visitor, cloud: Cloud, offered: &AddingView) -> Vec<Choice> {
    let words = visitor.words;
    let mut kinds = sandbox_cards(visitor, cloud, &offered.own);
    if has_card_form(visitor.app()) {
        kinds.push(Choice::new(CARD_FORM, words.pay_by_card()).note(words.card_form_note()));
    }
    let account = Choice::new(ACCOUNT, words.bank_account());
    kinds.push(match offered.accounts {
        true => account.note(words.account_debited_note()),
        false => account.closed(words.account_not_offered_note()),
    });
    kinds
}
