//! Invoices and payments of a customer, as the operator keeps them (domain 4.3, 4.6; R167).

mod chargeback;
mod invoice;
mod list;
mod pay_out;
mod refund;
mod rules;
mod transfer;

use crate::web::{Access, Routes, Section};
use domain::access::Permission;
use domain::billing::payment::{Payment, PaymentKind, PaymentState};
use domain::ids::{BillingProfileId, InvoiceId, OrganizationId};

pub(super) fn routes() -> Routes {
    let operate = Access::Needs(Permission::OperateBilling);
    Routes::default()
        .get("/operator/organizations/{id}/invoices", operate, list::page)
        .get("/operator/organizations/{organization}/invoices/{invoice}", operate, invoice::page)
        .get("/operator/organizations/{organization}/invoices/{invoice}/pdf", operate, invoice::pdf)
        .get("/operator/organizations/{organization}/invoices/{invoice}/xml", operate, invoice::xml)
        .get("/operator/organizations/{id}/billing-rules", operate, rules::pane)
        .post("/operator/organizations/{id}/billing-rules", operate, rules::submit)
        .get("/operator/organizations/{id}/buyer", operate, rules::buyer_pane)
        .post("/operator/organizations/{id}/buyer", operate, rules::submit_buyer)
        .get("/operator/organizations/{id}/transfer", operate, transfer::pane)
        .post("/operator/organizations/{id}/transfer", operate, transfer::submit)
        .get("/operator/organizations/{organization}/profiles/{profile}/pay-out", operate, pay_out::pane)
        .post("/operator/organizations/{organization}/profiles/{profile}/pay-out", operate, pay_out::submit)
        .get("/operator/organizations/{organization}/invoices/{invoice}/refund", operate, refund::pane)
        .post("/operator/organizations/{organization}/invoices/{invoice}/refund", operate, refund::submit)
        .get("/operator/organizations/{organization}/payments/{payment}/chargeback", operate, chargeback::pane)
        .post("/operator/organizations/{organization}/payments/{payment}/chargeback", operate, chargeback::submit)
}

/// Where the operator sees the invoices of a customer.
fn list_url(organization: OrganizationId) -> String {
    format!("{}/{organization}/invoices", Section::Organizations.url())
}

/// Where the operator sees one of them.
fn invoice_url(organization: OrganizationId, invoice: InvoiceId) -> String {
    format!("{}/{invoice}", list_url(organization))
}

/// Where the operator records a transfer of a customer.
fn transfer_url(organization: OrganizationId) -> String {
    format!("{}/{organization}/transfer", Section::Organizations.url())
}

/// Where credit of a billing profile is paid out.
fn pay_out_url(organization: OrganizationId, profile: BillingProfileId) -> String {
    format!("{}/{organization}/profiles/{profile}/pay-out", Section::Organizations.url())
}

/// Where a payment is said to be taken back by the bank: only what the gateway took can be.
#[must_use]
pub fn chargeback_url(organization: OrganizationId, payment: &Payment) -> Option<String> {
    let was_taken = payment.kind == PaymentKind::Charge && payment.state == PaymentState::Succeeded;
    was_taken.then(|| format!("{}/{organization}/payments/{}/chargeback", Section::Organizations.url(), payment.id))
}
