//! Billing of all organizations: open and overdue, revenue, the next bill runs, the trial balance.

use crate::chart::Picture;
use crate::frame::Frame;
use crate::pages::invoice::{Months, month_pictures};
use crate::web::{PageResult, Section, Visitor, render};
use app::billing::operate::{BillingOverview, BillingOverviewView};
use askama::Template;
use domain::money::Money;
use words::Words;

#[derive(Template)]
#[template(path = "operator_billing/overview.html")]
struct OverviewPage {
    frame: Frame,
    words: Words,
    open: Vec<Open>,
    revenue: Vec<Picture>,
    seller: Vec<(&'static str, String)>,
    last_run: Option<String>,
    waiting: Vec<Waiting>,
    books: Vec<Account>,
    in_balance: bool,
}

/// What is open in a currency.
struct Open {
    owed: String,
    overdue: Option<String>,
}

/// Charges that an invoice takes up.
struct Waiting {
    organization: String,
    url: String,
    on: String,
    charges: String,
    amount: String,
    is_due: bool,
}

/// A row of the trial balance.
struct Account {
    name: &'static str,
    debit: String,
    credit: String,
    balance: String,
}

pub(super) async fn page(visitor: Visitor) -> PageResult {
    let words = visitor.words;
    let view = visitor.read(BillingOverview).await?;
    let zone = visitor.zone().await?;
    let mut frame = visitor.frame(Section::OperatorBilling, words.billing()).await?;
    frame.lead = Some(words.operator_billing_purpose().to_owned());
    let months = Months {
        id: "revenue",
        title: words.revenue_picture(),
        amount: words.total_without_vat(),
        since: view.since,
        sums: &view.revenue,
    };
    render(&OverviewPage {
        open: view
            .open
            .iter()
            .map(|open| Open {
                owed: words.money(open.owed),
                overdue: (open.overdue.minor > 0).then(|| words.of_which_overdue(open.overdue)),
            })
            .collect(),
        revenue: month_pictures(words, &months),
        seller: seller_facts(words, &view),
        last_run: view.last_run.map(|run| words.date_time(run.succeeded_at, &zone)),
        waiting: waiting(words, &view),
        books: books(words, &view),
        in_balance: is_in_balance(&view),
        words,
        frame,
    })
}

fn seller_facts(words: Words, view: &BillingOverviewView) -> Vec<(&'static str, String)> {
    let (seller, party) = (&view.seller, &view.seller.party);
    let or_not_set = |text: &Option<String>| text.clone().unwrap_or_else(|| words.not_set().to_owned());
    let name = if party.name.is_empty() { words.not_set().to_owned() } else { party.name.clone() };
    vec![
        (words.name(), name),
        (words.tax_number(), or_not_set(&party.tax_number)),
        (words.iban(), or_not_set(&seller.iban)),
        (words.invoice_prefix(), seller.invoice_prefix.clone()),
    ]
}

fn waiting(words: Words, view: &BillingOverviewView) -> Vec<Waiting> {
    let row = |row: &app::billing::operate::WaitingCharges| Waiting {
        organization: row.organization_name.clone(),
        url: format!("{}/{}", Section::Organizations.url(), row.organization_id),
        on: words.date_short(row.invoice_on),
        charges: words.number(row.charges),
        amount: words.money(row.amount),
        is_due: row.invoice_on <= view.today,
    };
    view.waiting.iter().map(row).collect()
}

fn books(words: Words, view: &BillingOverviewView) -> Vec<Account> {
    let row = |sum: &app::billing::operate::Balance| Account {
        name: words.ledger_account_name(sum.account),
        debit: words.money(sum.debit),
        credit: words.money(sum.credit),
        balance: words.money(Money::new(sum.debit.minor - sum.credit.minor, sum.debit.currency)),
    };
    view.books.iter().map(row).collect()
}

/// Whether debit and credit are the same in every currency.
fn is_in_balance(view: &BillingOverviewView) -> bool {
    view.books.iter().all(|of| {
        let same = view.books.iter().filter(|sum| sum.debit.currency == of.debit.currency);
        same.map(|sum| i128::from(sum.debit.minor) - i128::from(sum.credit.minor)).sum::<i128>() == 0
    })
}
