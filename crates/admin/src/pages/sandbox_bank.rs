//! The bank of the sandbox gateway, where a payer of a demo confirms a payment (domain 4.5). Not a part of Zetel, and
//! it looks so.

use crate::frame::Frame;
use crate::pages::invoice::url_of;
use crate::web::{Access, Form, PageResult, Routes, Section, Visitor, redirect, render};
use app::ports::SandboxBank;
use askama::Template;
use axum::extract::{Path, Query};
use domain::ids::OrderId;
use domain::refusal::Refusal;
use serde::Deserialize;
use std::sync::Arc;
use words::Words;

pub(super) fn routes() -> Routes {
    Routes::default().get("/sandbox/bank/{reference}", Access::SignedIn, page).post(
        "/sandbox/bank/{reference}",
        Access::SignedIn,
        submit,
    )
}

#[derive(Deserialize, Default)]
#[serde(default)]
struct Asked {
    /// The order that the payer comes from and goes back to.
    order: String,
    /// Or the invoice.
    invoice: String,
}

#[derive(Template)]
#[template(path = "order/sandbox_bank.html")]
struct BankPage {
    frame: Frame,
    words: Words,
    url: String,
    asked: Asked,
    back_url: String,
    question: Option<String>,
}

fn bank(visitor: &Visitor) -> Result<Arc<dyn SandboxBank>, Refusal> {
    visitor.settings().sandbox_bank.clone().ok_or(Refusal::NotFound)
}

/// Only ever back to an order or an invoice.
fn back(order: &str, invoice: &str) -> String {
    match (order.parse::<OrderId>(), invoice.parse()) {
        (Ok(id), _) => format!("{}/{id}", Section::Orders.url()),
        (_, Ok(id)) => url_of(id),
        _ => Section::Orders.url().to_owned(),
    }
}

async fn page(visitor: Visitor, Path(reference): Path<String>, Query(asked): Query<Asked>) -> PageResult {
    let words = visitor.words;
    let waiting = bank(&visitor)?.waiting(&reference);
    render(
        &BankPage {
            frame: visitor.browser.bare_frame(words.bank_page_title()),
            words,
            url: format!("/sandbox/bank/{reference}"),
            back_url: back(&asked.order, &asked.invoice),
            asked,
            question: waiting.map(|amount| words.bank_page_text(amount, words::PRODUCT)),
        }
        .with_token(visitor.form_token),
    )
}

impl BankPage {
    fn with_token(mut self, token: String) -> Self {
        self.frame.form_token = token;
        self
    }
}

async fn submit(visitor: Visitor, Path(reference): Path<String>, form: Form) -> PageResult {
    bank(&visitor)?.confirm(&reference, form.text("answer") == "confirm");
    Ok(redirect(&back(form.text("order"), form.text("invoice"))))
}
