//! The pane that edits what may change: security code, expiration date, name and address (R37, R41, R42).

use super::details::{not_the_owner, view};
use super::url_of;
use crate::frame::Frame;
use crate::pages::party::{countries, typed_address};
use crate::pages::present::method_name;
use crate::parts::{Choice, Closed, FieldErrors};
use crate::web::{Done, Form, PageError, PageResult, Section, Visitor, notice_and_redirect, render, render_refused};
use app::payment_method::details::PaymentMethodView;
use app::payment_method::edit::{EditPaymentMethod, asks_security_code, edit_payment_method};
use askama::Template;
use axum::extract::Path;
use words::Words;

#[derive(Template)]
#[template(path = "payment_method/edit.html")]
struct EditPane {
    frame: Frame,
    words: Words,
    close_url: String,
    errors: FieldErrors,
    closed: Option<Closed>,
    is_card: bool,
    asks_code: bool,
    typed: EditPaymentMethod,
    countries: Vec<Choice>,
}

pub(super) async fn pane(visitor: Visitor, Path(id): Path<String>) -> PageResult {
    let (id, view) = view(&visitor, &id).await?;
    let method = &view.row.listed.method;
    let typed = EditPaymentMethod {
        id,
        holder: method.holder.clone(),
        address: method.address.clone(),
        expires_on: method.expires_on().unwrap_or_default().to_owned(),
        security_code: String::new(),
        revision: method.revision,
    };
    render(&draw(&visitor, &view, typed, FieldErrors::none()).await?)
}

pub(super) async fn submit(visitor: Visitor, Path(id): Path<String>, form: Form) -> PageResult {
    let (id, view) = view(&visitor, &id).await?;
    let typed = EditPaymentMethod {
        id,
        holder: form.text("name").to_owned(),
        address: typed_address(&form),
        expires_on: form.text("expires_on").to_owned(),
        security_code: form.text("security_code").to_owned(),
        revision: form.text("revision").parse().unwrap_or_default(),
    };
    let edit = typed.clone();
    match visitor.run(move |app, caller, organization| edit_payment_method(app, caller, organization, &edit)).await {
        Ok(()) => Ok(notice_and_redirect(&Done::PaymentMethodChanged {}, &url_of(id))),
        Err(failure) => {
            let errors = FieldErrors::of(visitor.words, &failure)?;
            render_refused(&failure, &draw(&visitor, &view, typed, errors).await?)
        }
    }
}

async fn draw(
    visitor: &Visitor,
    view: &PaymentMethodView,
    typed: EditPaymentMethod,
    errors: FieldErrors,
) -> Result<EditPane, PageError> {
    let words = visitor.words;
    let method = &view.row.listed.method;
    let mut frame = visitor.frame(Section::Bills, words.edit_payment_method()).await?;
    frame.lead = Some(method_name(words, method));
    Ok(EditPane {
        frame,
        words,
        close_url: url_of(method.id),
        errors,
        closed: not_the_owner(words, view),
        is_card: method.expires_on().is_some(),
        asks_code: method.expires_on().is_some() && asks_security_code(visitor.app()),
        // The code is typed anew each time.
        typed: EditPaymentMethod { security_code: String::new(), ..typed },
        countries: countries(words, words.choose_one()),
    })
}
