//! Ask for licenses: of what, for whom, what for.

use super::URL;
use crate::frame::Frame;
use crate::parts::{Choice, FieldErrors};
use crate::web::{Done, Form, PageError, PageResult, Section, Visitor, notice_and_redirect, render, render_refused};
use app::Failure;
use app::license_request::ask::{RequestLicenses, Requested, WhatToRequest};
use askama::Template;
use axum::extract::Query;
use domain::refusal::Field;
use domain::user::pasted;
use serde::Deserialize;
use words::Words;

/// What the address asks for.
#[derive(Deserialize, Default)]
#[serde(default)]
pub(super) struct Asked {
    product: String,
}

/// What was typed so far.
struct Typed {
    product: String,
    for_oneself: bool,
    users: String,
    note: String,
}

#[derive(Template)]
#[template(path = "license_request/ask.html")]
struct AskPane {
    frame: Frame,
    words: Words,
    close_url: &'static str,
    url: String,
    products: Vec<Choice>,
    process: Option<(String, String)>,
    typed: Typed,
    errors: FieldErrors,
}

pub(super) async fn pane(visitor: Visitor, Query(asked): Query<Asked>) -> PageResult {
    let typed = Typed { product: asked.product, for_oneself: true, users: String::new(), note: String::new() };
    render(&ask_pane(&visitor, typed, FieldErrors::none()).await?)
}

pub(super) async fn submit(visitor: Visitor, form: Form) -> PageResult {
    match ask(&visitor, &form).await {
        Ok(Requested { claimed: None, .. }) => Ok(notice_and_redirect(&Done::LicensesRequested {}, URL)),
        Ok(Requested { request: None, .. }) => Ok(notice_and_redirect(&Done::LicenseClaimed {}, URL)),
        Ok(_) => Ok(notice_and_redirect(&Done::LicenseClaimedAndRequested {}, URL)),
        Err(failure) => {
            let errors = FieldErrors::of(visitor.words, &failure)?;
            let text = |name: &str| form.text(name).to_owned();
            let (product, users, note) = (text("product"), text("users"), text("note"));
            let typed = Typed { product, for_oneself: form.is_on("myself"), users, note };
            render_refused(&failure, &ask_pane(&visitor, typed, errors).await?)
        }
    }
}

async fn ask(visitor: &Visitor, form: &Form) -> Result<Requested, Failure> {
    let command = RequestLicenses {
        product_id: form.choice(Field::Product)?,
        for_oneself: form.is_on("myself"),
        emails: pasted::addresses(form.text("users")).into_iter().map(str::to_owned).collect(),
        reason: form.text("note").to_owned(),
    };
    visitor.write(command).await
}

async fn ask_pane(visitor: &Visitor, typed: Typed, errors: FieldErrors) -> Result<AskPane, PageError> {
    let words = visitor.words;
    let found = visitor.read(WhatToRequest).await?;
    let first = Choice::new("", words.choose_one());
    let products = found.products.into_iter().map(|(id, name)| Choice::new(id.to_string(), name));
    Ok(AskPane {
        frame: visitor.frame(Section::Licenses, words.request_licenses()).await?,
        words,
        close_url: URL,
        url: format!("{URL}/new"),
        products: std::iter::once(first).chain(products).collect(),
        process: found.process.is_used().then_some((found.process.text, found.process.link)),
        typed,
        errors,
    })
}
