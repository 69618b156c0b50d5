//! The pane that takes a payment method off file, or says what has to be done first (R164).

use super::details::{items, not_deletable, not_the_owner, view};
use super::{URL, url_of};
use crate::frame::Frame;
use crate::pages::present::method_name;
use crate::parts::{Closed, FieldErrors, Link};
use crate::web::{Done, Form, PageError, PageResult, Section, Visitor, notice_and_redirect, render, render_refused};
use app::payment_method::delete::DeletePaymentMethod;
use app::payment_method::details::PaymentMethodView;
use askama::Template;
use axum::extract::Path;
use words::Words;

#[derive(Template)]
#[template(path = "payment_method/delete.html")]
struct DeletePane {
    frame: Frame,
    words: Words,
    close_url: String,
    url: String,
    errors: FieldErrors,
    closed: Option<Closed>,
    items: Vec<(Link, String)>,
    more: Option<String>,
}

pub(super) async fn pane(visitor: Visitor, Path(id): Path<String>) -> PageResult {
    let (_, view) = view(&visitor, &id).await?;
    render(&draw(&visitor, &view, FieldErrors::none()).await?)
}

pub(super) async fn submit(visitor: Visitor, Path(id): Path<String>, _form: Form) -> PageResult {
    let (id, view) = view(&visitor, &id).await?;
    match visitor.write(DeletePaymentMethod(id)).await {
        Ok(()) => Ok(notice_and_redirect(&Done::PaymentMethodDeleted {}, URL)),
        Err(failure) => {
            let errors = FieldErrors::of(visitor.words, &failure)?;
            render_refused(&failure, &draw(&visitor, &view, errors).await?)
        }
    }
}

async fn draw(visitor: &Visitor, view: &PaymentMethodView, errors: FieldErrors) -> Result<DeletePane, PageError> {
    let words = visitor.words;
    let method = &view.row.listed.method;
    let mut frame = visitor.frame(Section::Bills, words.delete_payment_method()).await?;
    frame.lead = Some(method_name(words, method));
    let (items, more) = items(words, view);
    let close_url = url_of(method.id);
    Ok(DeletePane {
        frame,
        words,
        url: format!("{close_url}/delete"),
        close_url,
        errors,
        closed: not_the_owner(words, view).or_else(|| not_deletable(words, view)),
        items,
        more,
    })
}
