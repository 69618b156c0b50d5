//! Billing > Bills & payments > Payment methods (R40 to R44, R164).

mod add;
mod confirm;
mod delete;
mod details;
mod edit;
mod list;
mod replace;

pub(super) use replace::Chosen;

use crate::parts::{Choice, Status};
use crate::web::{Access, Routes, address};
use app::payment_method::list::PaymentMethodRow;
use domain::access::Permission;
use domain::billing::payment_method::{Expiry, PaymentMethod, Uses};
use domain::ids::PaymentMethodId;
use words::Words;

use super::present::{card_month, method_name, method_note};

/// Where the list is.
pub(super) const URL: &str = "/billing/payment-methods";

pub(super) fn routes() -> Routes {
    let read = Access::Needs(Permission::ReadInvoices);
    let manage = Access::Needs(Permission::ManagePaymentMethods);
    Routes::default()
        .get("/billing/payment-methods", read, list::page)
        .get("/billing/payment-methods/add", manage, add::pane)
        .post("/billing/payment-methods/add", manage, add::submit)
        .get("/billing/payment-methods/{id}", read, details::page)
        .get("/billing/payment-methods/{id}/confirm", manage, confirm::page)
        .get("/billing/payment-methods/{id}/edit", manage, edit::pane)
        .post("/billing/payment-methods/{id}/edit", manage, edit::submit)
        .get("/billing/payment-methods/{id}/replace", manage, replace::pane)
        .post("/billing/payment-methods/{id}/replace", manage, replace::submit)
        .get("/billing/payment-methods/{id}/delete", manage, delete::pane)
        .post("/billing/payment-methods/{id}/delete", manage, delete::submit)
}

/// Where a payment method is.
pub(super) fn url_of(id: PaymentMethodId) -> String {
    format!("{URL}/{id}")
}

/// Where one is added; whoever has added it goes on to `next`.
pub(super) fn add_url(next: &str) -> String {
    address(&format!("{URL}/add"), [("next", next)])
}

/// Where a payment method stands.
fn status(words: Words, row: &PaymentMethodRow) -> Status {
    let month = row.listed.method.expires_on().map(|month| card_month(words, month)).unwrap_or_default();
    match row.expiry {
        Expiry::Past => Status::severe(words.card_has_expired(&month)),
        Expiry::Soon => Status::warning(words.card_expires(&month)),
        Expiry::Later => Status::good(words.method_ready()),
    }
}

/// What a payment method pays for, in counts.
fn uses(words: Words, uses: &Uses) -> String {
    let counts = [
        (uses.subscriptions > 0).then(|| words.subscriptions_count(i64::from(uses.subscriptions))),
        (uses.billing_profiles > 0).then(|| words.billing_profiles_count(i64::from(uses.billing_profiles))),
        (uses.invoices > 0).then(|| words.open_invoices_count(i64::from(uses.invoices))),
    ];
    let counts: Vec<_> = counts.into_iter().flatten().collect();
    if counts.is_empty() { words.pays_for_nothing().to_owned() } else { words.list(&counts) }
}

/// Payment methods to choose from.
pub(super) fn choices(words: Words, methods: &[PaymentMethod]) -> Vec<Choice> {
    let choice = |method: &PaymentMethod| {
        Choice::new(method.id.to_string(), method_name(words, method)).note(method_note(words, method))
    };
    methods.iter().map(choice).collect()
}
