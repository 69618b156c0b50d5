//! Billing > Bills & payments > Billing profiles (R36 to R39, R171).

mod details;
mod edit;
mod list;
mod move_subscription;
mod own;
mod sold_to;

use super::present::{method_name, method_note, one_line};
use crate::parts::Choice;
use crate::web::{Access, Routes};
use domain::access::Permission;
use domain::billing::BillingAccount;
use domain::billing::payment_method::PaymentMethod;
use domain::ids::BillingProfileId;
use words::Words;

/// Where the list is.
const URL: &str = "/billing/profiles";

/// What stands for a billing profile in the address of one's own purchases.
const OWN: &str = "own";

/// What a form sends when the customer pays each invoice.
const INVOICE: &str = "invoice";

pub(super) fn routes() -> Routes {
    let read = Access::Needs(Permission::ReadInvoices);
    let manage = Access::Needs(Permission::ManageBillingProfiles);
    Routes::default()
        .get("/billing/profiles", read, list::page)
        .get("/billing/profiles/add", manage, edit::add_pane)
        .post("/billing/profiles/add", manage, edit::add)
        .get("/billing/profiles/{id}", read, details::page)
        .get("/billing/profiles/{id}/edit", manage, edit::pane)
        .post("/billing/profiles/{id}/edit", manage, edit::submit)
        .get("/billing/account/sold-to", manage, sold_to::pane)
        .post("/billing/account/sold-to", manage, sold_to::submit)
        .get("/billing/your-products/{id}/billing-profile", manage, move_subscription::pane)
        .post("/billing/your-products/{id}/billing-profile", manage, move_subscription::submit)
}

/// Where the own purchases of a person are.
fn url_of_own() -> String {
    format!("{URL}/{OWN}")
}

/// Where a billing profile is.
pub(super) fn url_of(id: BillingProfileId) -> String {
    format!("{URL}/{id}")
}

/// What pays the invoices of a profile.
fn pays(words: Words, method: Option<&PaymentMethod>) -> String {
    method.map_or_else(|| words.profile_paid_by_invoice().to_owned(), |method| method_name(words, method))
}

/// What could pay them; what pays now stays a choice, whoever's it is.
fn choices(words: Words, cards: &[PaymentMethod], now: Option<&PaymentMethod>) -> Vec<Choice> {
    let choice = |method: &PaymentMethod, note: String| {
        Choice::new(method.id.to_string(), method_name(words, method)).note(note)
    };
    let kept = now.filter(|now| cards.iter().all(|card| card.id != now.id));
    let kept = kept.map(|method| choice(method, words.profile_keeps_method().to_owned()));
    let own = cards.iter().map(|card| choice(card, method_note(words, card)));
    let invoice = Choice::new(INVOICE, words.profile_paid_by_invoice()).note(words.profile_paid_by_invoice_means());
    kept.into_iter().chain(own).chain([invoice]).collect()
}

/// Who buys, with what decides the tax.
pub(super) fn buyer_facts(words: Words, account: &BillingAccount) -> Vec<(&'static str, String)> {
    let sold_to = &account.sold_to;
    let address = one_line(words, &sold_to.address);
    let mut facts = vec![(words.sold_to(), format!("{}, {address}", sold_to.name))];
    facts.extend(sold_to.tax_number.clone().map(|number| (words.tax_number(), number)));
    facts.extend(sold_to.tax_exemption.clone().map(|certificate| (words.tax_exemption(), certificate)));
    facts.extend(sold_to.registration_number.clone().map(|number| (words.company_register_number(), number)));
    facts.extend(sold_to.email.clone().map(|email| (words.email_address(), email)));
    facts.extend(sold_to.telephone.clone().map(|telephone| (words.telephone(), telephone)));
    facts.push((words.segment(), words.segment_name(account.segment).to_owned()));
    facts
}
