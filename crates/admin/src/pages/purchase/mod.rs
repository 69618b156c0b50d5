//! Purchase services: the shelves, a product, and the checkout (domain 1.8, 8.5; R14, R123-R124).

mod checkout;
mod list;
mod product;
mod trial;

pub(super) use list::{Card, card};
pub(super) use product::{base_choices, cost_rows, ways};

use crate::web::{Access, Routes};
use domain::access::Permission;
use domain::catalog::{BillingFrequency, Price, Term};
use words::Words;

pub(super) fn routes() -> Routes {
    let buy = Access::Needs(Permission::BuySubscription);
    Routes::default()
        .get("/billing/purchase", buy, list::page)
        .get("/billing/purchase/{id}", buy, product::page)
        .post("/billing/purchase/{id}/sign-up", buy, product::sign_up)
        .get("/billing/purchase/{id}/trial", buy, trial::pane)
        .post("/billing/purchase/{id}/trial", buy, trial::submit)
        .get("/billing/purchase/{id}/checkout", buy, checkout::page)
        .post("/billing/purchase/{id}/checkout", buy, checkout::submit)
}

/// How a price is bought, in a few words: `Annual commitment, pay monthly`.
pub(super) fn way(words: Words, price: &Price) -> String {
    way_of(words, price.term, price.billing_frequency)
}

/// How a license is bought, in a few words.
pub(super) fn way_of(words: Words, term: Term, billing_frequency: BillingFrequency) -> String {
    words.purchase_way(words.term_name(term), &words.billing_frequency_choice(billing_frequency).to_lowercase())
}

/// What the buyer commits to with a price.
const fn commitment(words: Words, price: &Price) -> &'static str {
    match (price.term, price.billing_frequency) {
        (Term::Monthly, _) => words.purchase_monthly_term(),
        (Term::Annual, BillingFrequency::Monthly) => words.purchase_annual_term_monthly(),
        (Term::Annual, BillingFrequency::Yearly) => words.purchase_annual_term_yearly(),
    }
}
