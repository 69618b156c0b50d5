//! The bank of the sandbox gateway, where a payer of a demo confirms a payment (domain 4.5). Not a part of Zetel, and
//! it looks so.

use crate::frame::Frame;
use crate::pages::preferences::local;
use crate::web::{Access, Form, PageResult, Routes, Section, Visitor, redirect, render};
use app::ports::{SandboxBank, Waiting};
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
    /// Or the page.
    back: String,
}

#[derive(Template)]
#[template(path = "order/sandbox_bank.html")]
struct BankPage {
    frame: Frame,
    words: Words,
    url: String,
    order: String,
    back: String,
    back_url: String,
    is_keeping: bool,
    question: Option<String>,
}

fn bank(visitor: &Visitor) -> Result<Arc<dyn SandboxBank>, Refusal> {
    visitor.settings().sandbox_bank.clone().ok_or(Refusal::NotFound)
}

/// Only ever back to an order, or to another page of this site.
fn back(order: &str, page: &str) -> String {
    match order.parse::<OrderId>() {
        Ok(id) => format!("{}/{id}", Section::Orders.url()),
        Err(_) if page.is_empty() => Section::Orders.url().to_owned(),
        Err(_) => local(page).to_owned(),
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
            back_url: back(&asked.order, &asked.back),
            is_keeping: waiting == Some(Waiting::Keeping),
            order: asked.order,
            back: asked.back,
            question: waiting.map(|waiting| match waiting {
                Waiting::Payment(amount) => words.bank_page_text(amount, words::PRODUCT),
                Waiting::Keeping => words.bank_keep_question(words::PRODUCT),
            }),
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
    Ok(redirect(&back(form.text("order"), form.text("back"))))
}
