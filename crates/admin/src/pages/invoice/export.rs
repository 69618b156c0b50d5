//! Invoices of a period as a file.

use super::list::Asked;
use crate::web::csv::{Csv, download};
use crate::web::{PageError, PageResult, Visitor};
use app::billing::list::{ListInvoices, ListedInvoice};
use axum::extract::Query;
use domain::limits::PAGE_ROWS_MAX;
use words::Words;

pub(super) async fn csv(visitor: Visitor, Query(asked): Query<Asked>) -> PageResult {
    let words = visitor.words;
    let first = ListInvoices { days: asked.days().0, after: None, limit: PAGE_ROWS_MAX };
    // Asked once before the answer begins, so that a refusal is still a page.
    visitor.read(ListInvoices { limit: 1, ..first }).await?;
    let head = [
        words.invoice_number(),
        words.invoice_date(),
        words.due_date(),
        words.invoice_for(),
        words.status(),
        words.currency(),
        words.total(),
        words.balance(),
    ];
    Ok(download("zetel-invoices.csv", &head, first, move |asked| piece(visitor.clone(), asked)))
}

async fn piece(visitor: Visitor, asked: ListInvoices) -> Result<(Csv, Option<ListInvoices>), PageError> {
    let page = visitor.read(asked).await?;
    let mut csv = Csv::default();
    for row in &page.rows {
        write(&mut csv, visitor.words, row, page.today);
    }
    Ok((csv, page.next.map(|last| ListInvoices { after: Some(last), ..asked })))
}

/// Amounts are plain decimals here, for programs that calculate.
fn write(csv: &mut Csv, words: Words, row: &ListedInvoice, today: jiff::civil::Date) {
    let is_overdue = row.balance().minor > 0 && row.due_on < today;
    csv.row(&[
        &row.number,
        &row.issued_on.to_string(),
        &row.due_on.to_string(),
        &row.product_name,
        &super::invoice_status(words, row.kind, row.state, is_overdue).word,
        row.total.currency.code(),
        &row.total.decimal(),
        &row.balance().decimal(),
    ]);
}
