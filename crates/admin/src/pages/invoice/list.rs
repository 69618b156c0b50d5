//! Invoices of a period, with what is open and what was spent (R45, R46).

use super::{BillsTab, InvoiceRow, Months, credits, month_pictures, tabs};
use crate::chart::Picture;
use crate::frame::Frame;
use crate::parts::{Paging, Status, Tab};
use crate::web::{PageResult, Section, Visitor, address, render};
use app::billing::balance::{OpenBalance, OpenBalances};
use app::billing::list::{InvoiceDays, ListInvoices};
use app::billing::spend::SpendByMonth;
use askama::Template;
use axum::extract::Query;
use domain::access::{Permission, Reach};
use domain::cloud::ProofOfPayment;
use domain::limits::PAGE_ROWS;
use jiff::civil::Date;
use serde::Deserialize;
use words::Words;

/// What the address asks for; what it does not know it leaves out.
#[derive(Deserialize, Default, Clone)]
#[serde(default)]
pub(super) struct Asked {
    period: String,
    from: String,
    to: String,
    after: String,
}

impl Asked {
    /// The days that are asked for; two wrong ones are said, and the past three months shown.
    pub(super) fn days(&self) -> (InvoiceDays, bool) {
        match (self.period.as_str(), self.from.parse::<Date>(), self.to.parse::<Date>()) {
            ("6", ..) => (InvoiceDays::SixMonths, true),
            ("range", Ok(from), Ok(to)) => (InvoiceDays::Range { from, to }, from <= to),
            ("range", ..) => (InvoiceDays::ThreeMonths, self.from.is_empty() && self.to.is_empty()),
            _ => (InvoiceDays::ThreeMonths, true),
        }
    }

    /// The same days under a path, from another invoice on.
    fn url(&self, path: &str, after: &str) -> String {
        address(path, [("period", self.period.as_str()), ("from", &self.from), ("to", &self.to), ("after", after)])
    }
}

#[derive(Template)]
#[template(path = "invoice/list.html")]
struct ListPage {
    frame: Frame,
    words: Words,
    tabs: Vec<Tab>,
    asked: Asked,
    periods: Vec<Tab>,
    is_range: bool,
    range_error: Option<&'static str>,
    days: String,
    nothing_open: Status,
    balances: Vec<Open>,
    credits: Vec<(String, String)>,
    pay_url: Option<String>,
    spend: Vec<Picture>,
    rows: Vec<InvoiceRow>,
    paging: Paging,
    export_url: String,
    has_fapiaos: bool,
}

/// What is open in a currency.
struct Open {
    owed: String,
    notes: Vec<String>,
}

pub(super) async fn page(visitor: Visitor, Query(mut asked): Query<Asked>) -> PageResult {
    let words = visitor.words;
    let (days, is_right) = asked.days();
    let found = visitor.read(ListInvoices { days, after: asked.after.parse().ok(), limit: PAGE_ROWS }).await?;
    let open = visitor.read(OpenBalances).await?;
    let spend = visitor.read(SpendByMonth).await?;
    let mut frame = visitor.frame(Section::Bills, words.bills_and_payments()).await?;
    // Who has no part in billing sees own purchases only (D23), and may take them for all there are.
    let (purpose, nothing_open) = match sees_own_only(&visitor) {
        true => (words.invoices_purpose_own(), words.open_balance_nothing_own()),
        false => (words.invoices_purpose(), words.open_balance_nothing()),
    };
    frame.lead = Some(purpose.to_owned());
    let is_range = asked.period == "range";
    if is_range && asked.from.is_empty() && asked.to.is_empty() {
        (asked.from, asked.to) = (found.from.to_string(), found.to.to_string());
    }
    let months = Months {
        id: "spend",
        title: words.spend_picture(),
        amount: words.total_with_vat(),
        since: spend.since,
        sums: &spend.sums,
    };
    let url = Section::Bills.url();
    let is_half_a_year = asked.period == "6";
    let periods = vec![
        Tab::new(words.past_three_months(), url, !is_range && !is_half_a_year),
        Tab::new(words.past_six_months(), format!("{url}?period=6"), is_half_a_year),
        Tab::new(words.specify_date_range(), format!("{url}?period=range"), is_range),
    ];
    render(&ListPage {
        frame,
        words,
        tabs: tabs(&visitor, BillsTab::Invoices),
        periods,
        is_range,
        range_error: (!is_right).then(|| words.range_wrong()),
        days: words.date_range(found.from.min(found.to), found.to),
        nothing_open: Status::good(nothing_open),
        balances: open.balances.iter().map(|balance| open_view(words, balance)).collect(),
        credits: credits(words, &open.credits),
        pay_url: may_settle(&visitor, &open.balances).then(|| format!("{url}/pay")),
        spend: month_pictures(words, &months),
        rows: found.rows.iter().map(|row| InvoiceRow::new(words, row, found.today)).collect(),
        paging: Paging::of(&asked.after, found.next, |at| asked.url(url, at)),
        export_url: asked.url(&format!("{url}/export"), ""),
        has_fapiaos: visitor.home().await?.cloud.facts().proof_of_payment == ProofOfPayment::Fapiao,
        asked,
    })
}

fn sees_own_only(visitor: &Visitor) -> bool {
    visitor.reach(Permission::ReadInvoices) == Reach::Own && !visitor.may_somewhere(Permission::ReadInvoices)
}

/// Whether something is open that the reader may pay: everything, or the own invoices that are all the reader sees.
fn may_settle(visitor: &Visitor, balances: &[OpenBalance]) -> bool {
    let pays_own = visitor.reach(Permission::ReadInvoices) == Reach::Own;
    balances.iter().any(|balance| balance.owed.minor > 0) && (visitor.may(Permission::PayInvoices) || pays_own)
}

fn open_view(words: Words, balance: &OpenBalance) -> Open {
    let overdue = (balance.overdue.minor > 0).then(|| words.of_which_overdue(balance.overdue));
    let credit = (balance.credit.minor > 0).then(|| words.credit_left(balance.credit));
    Open { owed: words.money(balance.owed), notes: [overdue, credit].into_iter().flatten().collect() }
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;

    fn asked(period: &str, from: &str, to: &str) -> (InvoiceDays, bool) {
        let text = |text: &str| text.to_owned();
        Asked { period: text(period), from: text(from), to: text(to), after: String::new() }.days()
    }

    /// R46: three months unless something else is chosen; a range is of two days in order.
    #[test]
    fn the_period_of_the_address() {
        assert_eq!(asked("", "", ""), (InvoiceDays::ThreeMonths, true));
        assert_eq!(asked("6", "", ""), (InvoiceDays::SixMonths, true));
        let (from, to) = (date(2020, 1, 15), date(2020, 2, 14));
        assert_eq!(asked("range", "2020-01-15", "2020-02-14"), (InvoiceDays::Range { from, to }, true));
        assert_eq!(asked("range", "2020-02-14", "2020-01-15"), (InvoiceDays::Range { from: to, to: from }, false));
        assert_eq!(asked("range", "", ""), (InvoiceDays::ThreeMonths, true));
        assert_eq!(asked("range", "2020-01-15", "never"), (InvoiceDays::ThreeMonths, false));
    }
}
