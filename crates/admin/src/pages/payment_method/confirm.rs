//! The step at the bank, or in the form of the gateway, before a payment method can pay (domain 4.5, R168).

use super::add::{Asked, after};
use crate::frame::Frame;
use crate::web::{Done, PageResult, Section, Visitor, address, notice_and_redirect, render};
use app::Failure;
use app::payment_method::add::{Adding, confirm};
use askama::Template;
use axum::extract::{Path, Query};
use domain::ids::PaymentMethodId;
use domain::refusal::Refusal;
use words::Words;

#[derive(Template)]
#[template(path = "payment_method/confirm.html")]
struct ConfirmPage {
    frame: Frame,
    words: Words,
    /// Where the owner confirms; none when the bank did not allow it.
    address: Option<String>,
    add_url: String,
}

/// Where one waits for its owner, who goes on to `next`.
pub(super) fn url(id: PaymentMethodId, next: &str) -> String {
    address(&format!("{}/confirm", super::url_of(id)), [("next", next)])
}

pub(super) async fn page(visitor: Visitor, Path(id): Path<String>, Query(asked): Query<Asked>) -> PageResult {
    let id: PaymentMethodId = id.parse().map_err(|_| Refusal::NotFound)?;
    let words = visitor.words;
    let back = url(id, &asked.next);
    let asks = visitor.run(move |app, caller, organization| confirm(app, caller, organization, id, &back)).await;
    let address = match asks {
        Ok(Adding::Added(id)) => {
            return Ok(notice_and_redirect(&Done::PaymentMethodAdded {}, &after(id, &asked.next)));
        }
        Ok(Adding::WaitsForOwner { address, .. }) => Some(address),
        Err(Failure::Invalid(_)) => None,
        Err(failure) => return Err(failure.into()),
    };
    let title = if address.is_some() { words.bank_step() } else { words.method_refused_by_bank() };
    let add_url = super::add_url(if asked.next.is_empty() { super::URL } else { &asked.next });
    render(&ConfirmPage { frame: visitor.frame(Section::Bills, title).await?, words, address, add_url })
}
