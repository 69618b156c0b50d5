//! What a customer owes, and the invoices of the past half year.

use super::{invoice_url, pay_out_url, transfer_url};
use crate::frame::Frame;
use crate::pages::billing_profile::buyer_facts;
use crate::pages::invoice::{InvoiceRow, credits};
use crate::web::{PageResult, Section, Visitor, render};
use app::billing::balance::OpenBalances;
use app::billing::list::{InvoiceDays, ListInvoices, ListedInvoice};
use app::billing::pay_out::{OwedToCustomer, OwedView};
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
    owed: Vec<OwedRow>,
    paid_out: Vec<PaidOutRow>,
    open: Vec<InvoiceRow>,
    recent: Vec<InvoiceRow>,
}

/// Something that the customer is owed, and where it is given back.
struct OwedRow {
    name: String,
    url: String,
    left: String,
    how: String,
    /// Where it is paid out, when it is credit of a billing profile.
    pay_out_url: Option<String>,
}

/// Credit that was transferred back.
struct PaidOutRow {
    on: String,
    name: String,
    reference: String,
    amount: String,
}

fn owed_rows(words: Words, organization: OrganizationId, view: &OwedView) -> Vec<OwedRow> {
    let notes = view.notes.iter().map(|note| OwedRow {
        name: words.credit_note_titled(&note.number),
        url: invoice_url(organization, note.id),
        left: words.money(note.left),
        how: match note.refundable.minor {
            _ if note.is_under_way => words.owed_under_way().to_owned(),
            0 => words.owed_only_by_transfer().to_owned(),
            _ => words.owed_refundable(note.refundable),
        },
        pay_out_url: None,
    });
    let credits = view.credits.iter().map(|credit| {
        let (profile, currency) = (credit.billing_profile_id, credit.left.currency);
        let url = format!("{}?currency={currency}", pay_out_url(organization, profile));
        OwedRow {
            name: words.profile_credit_of(&credit.name),
            url: url.clone(),
            left: words.money(credit.left),
            how: words.owed_only_by_transfer().to_owned(),
            pay_out_url: Some(url),
        }
    });
    notes.chain(credits).collect()
}

fn paid_out_rows(words: Words, view: &OwedView) -> Vec<PaidOutRow> {
    let row = |(made, name): &(domain::billing::payment::CreditPayOut, String)| PaidOutRow {
        on: words.date_short(made.made_on),
        name: words.profile_credit_of(name),
        reference: made.reference.clone(),
        amount: words.money(made.amount),
    };
    view.paid_out.iter().map(row).collect()
}

pub(super) async fn page(visitor: Visitor, Path(id): Path<String>) -> PageResult {
    let id: OrganizationId = id.parse().map_err(|_| Refusal::NotFound)?;
    let words = visitor.words;
    let name = visitor.read_of(id, OrganizationDetails).await?.organization.name;
    let account = visitor.read_of(id, BillingAccountDetails).await?;
    let open = visitor.read_of(id, OpenBalances).await?;
    let owed = visitor.read_of(id, OwedToCustomer).await?;
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
        buyer: buyer_facts(words, &account),
        rules: words.billing_rules_list(&account.rules).into(),
        credits: credits(words, &open.credits),
        balances: open.balances.iter().map(|balance| words.money(balance.owed)).collect(),
        owed: owed_rows(words, id, &owed),
        paid_out: paid_out_rows(words, &owed),
        open: open.unsettled.iter().map(row).collect(),
        recent: recent.rows.iter().map(row).collect(),
        words,
        frame,
    })
}
