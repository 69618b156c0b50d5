//! Orders: the history, and one order on its way.

mod details;
mod list;

use crate::parts::Status;
use crate::web::{Access, Routes};
use domain::access::Permission;
use domain::order::OrderState;
use words::Words;

pub(super) fn routes() -> Routes {
    let read = Access::Needs(Permission::ReadSubscriptions);
    Routes::default().get("/billing/orders", read, list::page).get("/billing/orders/{id}", read, details::page)
}

/// Where an order stands, with its icon and hue.
pub(super) fn order_status(words: Words, state: OrderState) -> Status {
    let word = words.order_state_name(state);
    match state {
        OrderState::Posted => Status::good(word),
        OrderState::Voided => Status::severe(word),
        OrderState::ConfirmationRequired => Status::warning(word),
        OrderState::PaymentPending | OrderState::CreditCheckPending => Status::neutral(word).icon("clock"),
    }
}
