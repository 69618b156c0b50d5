//! The pane in which another payment method takes over everything that one pays for (R38, R164).

use super::details::{items, not_replaceable, view};
use super::{add_url, choices, url_of};
use crate::frame::Frame;
use crate::pages::present::method_name;
use crate::parts::{Choice, Closed, FieldErrors, Link};
use crate::web::{Done, Form, PageError, PageResult, Section, Visitor, notice_and_redirect, render, render_refused};
use app::Failure;
use app::payment_method::details::PaymentMethodView;
use app::payment_method::replace::ReplacePaymentMethod;
use askama::Template;
use axum::extract::{Path, Query};
use axum::response::Response;
use domain::ids::PaymentMethodId;
use domain::refusal::Field;
use serde::Deserialize;
use words::Words;

/// The one that is chosen already, such as one that was just added.
#[derive(Deserialize, Default)]
#[serde(default)]
pub(crate) struct Chosen {
    pub payment: String,
}

#[derive(Template)]
#[template(path = "payment_method/replace.html")]
struct ReplacePane {
    frame: Frame,
    words: Words,
    close_url: String,
    url: String,
    add_url: String,
    errors: FieldErrors,
    closed: Option<Closed>,
    items: Vec<(Link, String)>,
    more: Option<String>,
    payment: String,
    choices: Vec<Choice>,
    under_way: bool,
}

pub(super) async fn pane(visitor: Visitor, Path(id): Path<String>, Query(chosen): Query<Chosen>) -> PageResult {
    let (_, view) = view(&visitor, &id).await?;
    render(&draw(&visitor, &view, chosen.payment, FieldErrors::none()).await?)
}

pub(super) async fn submit(visitor: Visitor, Path(id): Path<String>, form: Form) -> PageResult {
    let (id, view) = view(&visitor, &id).await?;
    match replace(&visitor, id, &form).await {
        Ok(response) => Ok(response),
        Err(failure) => {
            let errors = FieldErrors::of(visitor.words, &failure)?;
            render_refused(&failure, &draw(&visitor, &view, form.text("payment").to_owned(), errors).await?)
        }
    }
}

async fn replace(visitor: &Visitor, from: PaymentMethodId, form: &Form) -> Result<Response, Failure> {
    let to = form.choice(Field::Payment)?;
    let count = i64::from(visitor.write(ReplacePaymentMethod { from, to }).await?);
    Ok(notice_and_redirect(&Done::PaymentMethodReplaced { count }, &url_of(to)))
}

async fn draw(
    visitor: &Visitor,
    view: &PaymentMethodView,
    payment: String,
    errors: FieldErrors,
) -> Result<ReplacePane, PageError> {
    let words = visitor.words;
    let method = &view.row.listed.method;
    let mut frame = visitor.frame(Section::Bills, words.replace_payment_method()).await?;
    frame.lead = Some(method_name(words, method));
    let (items, more) = items(words, view);
    let choices = choices(words, &view.others);
    let first = choices.first().map(|choice| choice.value.clone()).unwrap_or_default();
    let close_url = url_of(method.id);
    let url = format!("{close_url}/replace");
    Ok(ReplacePane {
        frame,
        words,
        add_url: add_url(&url),
        url,
        close_url,
        errors,
        closed: not_replaceable(words, view),
        items,
        more,
        payment: if payment.is_empty() { first } else { payment },
        choices,
        under_way: view.row.listed.uses.under_way > 0,
    })
}
