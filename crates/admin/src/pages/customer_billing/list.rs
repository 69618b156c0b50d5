//! What a customer owes, and the invoices of the past half year.

use super::{invoice_url, transfer_url};
use crate::frame::Frame;
use crate::pages::billing_profile::buyer_facts;
use crate::pages::invoice::{InvoiceRow, credits};
use crate::web::{PageResult, Section, Visitor, render};
use app::billing::balance::OpenBalances;
use app::billing::list::{InvoiceDays, ListInvoices, ListedInvoice};
use app::billing::rules::BillingAccountDetails;
use app::organization::details::OrganizationDetails;
use askama::Template;
use axum::extract::Path;
use domain::ids::OrganizationId;
use domain::limits::PAGE_ROWS_MAX;
use domain::refusal::Refusal;
use words::Words;

#[derive(Template)]
#[template(path = "customer_billing/list.html")]
struct ListPage {
    frame: Frame,
    words: Words,
    transfer_url: String,
    rules_url: String,
    buyer_url: String,
    buyer: Vec<(&'static str, String)>,
    rules: Vec<(&'static str, String)>,
    balances: Vec<String>,
    credits: Vec<(String, String)>,
    open: Vec<InvoiceRow>,
    recent: Vec<InvoiceRow>,
}

pub(super) async fn page(visitor: Visitor, Path(id): Path<String>) -> PageResult {
    let id: OrganizationId = id.parse().map_err(|_| Refusal::NotFound)?;
    let words = visitor.words;
    let name = visitor.read_of(id, OrganizationDetails).await?.organization.name;
    let account = visitor.read_of(id, BillingAccountDetails).await?;
    let open = visitor.read_of(id, OpenBalances).await?;
    let days = InvoiceDays::SixMonths;
    let recent = visitor.read_of(id, ListInvoices { days, after: None, limit: PAGE_ROWS_MAX }).await?;
    let mut frame = visitor.frame(Section::Organizations, words.customer_invoices()).await?;
    frame.lead = Some(name);
    let row =
        |row: &ListedInvoice| InvoiceRow { url: invoice_url(id, row.id), ..InvoiceRow::new(words, row, recent.today) };
    render(&ListPage {
        transfer_url: transfer_url(id),
        rules_url: format!("{}/{id}/billing-rules", Section::Organizations.url()),
        buyer_url: format!("{}/{id}/buyer", Section::Organizations.url()),
        buyer: buyer_facts(words, &account.sold_to),
        rules: words.billing_rules_list(&account.rules).into(),
        credits: credits(words, &open.credits),
        balances: open.balances.iter().map(|balance| words.money(balance.owed)).collect(),
        open: open.unsettled.iter().map(row).collect(),
        recent: recent.rows.iter().map(row).collect(),
        words,
        frame,
    })
}
