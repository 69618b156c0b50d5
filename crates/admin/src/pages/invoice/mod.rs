//! Billing > Bills & payments: invoices and what was paid of them (R45, R46, R169).

mod details;
pub mod document;
mod export;
mod list;
mod months;
mod pay;

pub use details::{Around, Command, details_page, tax_label, title};
pub use months::{Months, month_pictures};

use crate::parts::{Status, Tab};
use crate::web::{Access, Routes, Section, Visitor};
use app::billing::list::ListedInvoice;
use domain::access::Permission;
use domain::billing::invoice::{InvoiceKind, InvoiceState};
use domain::money::Money;
use words::Words;

pub(super) fn routes() -> Routes {
    let (read, pay) = (Access::Needs(Permission::ReadInvoices), Access::Needs(Permission::PayInvoices));
    Routes::default()
        .get("/billing/invoices", read, list::page)
        .get("/billing/invoices/export", read, export::csv)
        .get("/billing/invoices/pay", pay, pay::pane_for_all)
        .post("/billing/invoices/pay", pay, pay::submit_for_all)
        .get("/billing/invoices/{id}", read, details::page)
        .get("/billing/invoices/{id}/pay", pay, pay::pane)
        .post("/billing/invoices/{id}/pay", pay, pay::submit)
        .get("/billing/invoices/{id}/pdf", read, document::pdf)
        .get("/billing/invoices/{id}/xml", read, document::xml)
}

/// A tab of Bills & payments.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum BillsTab {
    /// Invoices.
    Invoices,
    /// Billing profiles.
    BillingProfiles,
    /// Payment methods.
    PaymentMethods,
    /// Billing roles.
    BillingRoles,
}

/// The tabs of Bills & payments that the person may open: whoever sees own invoices only has no billing roles.
#[must_use]
pub fn tabs(visitor: &Visitor, current: BillsTab) -> Vec<Tab> {
    let words = visitor.words;
    let mut tabs = vec![
        (BillsTab::Invoices, words.invoices(), Section::Bills.url()),
        (BillsTab::BillingProfiles, words.billing_profiles(), "/billing/profiles"),
        (BillsTab::PaymentMethods, words.payment_methods(), "/billing/payment-methods"),
        (BillsTab::BillingRoles, words.billing_roles(), "/billing/roles"),
    ];
    if !visitor.may_somewhere(Permission::ReadInvoices) {
        tabs.retain(|(tab, ..)| *tab != BillsTab::BillingRoles);
    }
    tabs.into_iter().map(|(tab, label, url)| Tab::new(label, url, tab == current)).collect()
}

/// What is left of transfers beyond invoices, each with whose it is.
#[must_use]
pub fn credits(words: Words, credits: &[(String, Money)]) -> Vec<(String, String)> {
    credits.iter().map(|(name, left)| (words.money(*left), words.profile_credit_of(name))).collect()
}

/// Where an invoice stands, with its icon and hue.
#[must_use]
pub fn invoice_status(words: Words, kind: InvoiceKind, state: InvoiceState, is_overdue: bool) -> Status {
    match (kind, state) {
        (_, InvoiceState::Void) => Status::neutral(words.invoice_void()),
        (InvoiceKind::CreditNote, InvoiceState::Paid) => Status::good(words.credit_settled()),
        (InvoiceKind::CreditNote, _) => Status::neutral(words.credit_to_settle()),
        (InvoiceKind::Invoice, InvoiceState::Paid) => Status::good(words.invoice_paid()),
        (InvoiceKind::Invoice, _) if is_overdue => Status::severe(words.overdue()),
        (InvoiceKind::Invoice, InvoiceState::PartlyPaid) => Status::warning(words.invoice_partly_paid()),
        (InvoiceKind::Invoice, InvoiceState::Open) => Status::neutral(words.invoice_open()).icon("clock"),
    }
}

/// An invoice as a row of a list.
pub struct InvoiceRow {
    /// Where it is.
    pub url: String,
    /// Its number, or that of a credit note by name.
    pub title: String,
    /// The day of it.
    pub date: String,
    /// The day by which it has to be paid; empty for a credit note.
    pub due: String,
    /// What it is for.
    pub what: String,
    /// With tax.
    pub total: String,
    /// What is left of it.
    pub balance: String,
    /// Where it stands.
    pub status: Status,
}

impl InvoiceRow {
    /// The row of an invoice, seen on `today`.
    #[must_use]
    pub fn new(words: Words, row: &ListedInvoice, today: jiff::civil::Date) -> Self {
        let is_credit = row.kind == InvoiceKind::CreditNote;
        let is_overdue = row.balance().minor > 0 && row.due_on < today;
        Self {
            url: url_of(row.id),
            title: if is_credit { words.credit_note_titled(&row.number) } else { row.number.clone() },
            date: words.date_short(row.issued_on),
            due: if is_credit { String::new() } else { words.date_short(row.due_on) },
            what: match row.products {
                0 | 1 => row.product_name.clone(),
                more => words.invoice_for_more(more - 1, &row.product_name),
            },
            total: words.money(row.total),
            balance: words.money(row.balance()),
            status: invoice_status(words, row.kind, row.state, is_overdue),
        }
    }
}

/// Where an invoice is.
#[must_use]
pub fn url_of(id: domain::ids::InvoiceId) -> String {
    format!("{}/{id}", Section::Bills.url())
}
