//! The audit page as a file, as long as the journal is.

use super::audit::Asked;
use crate::pages::present::{changes, happened, who};
use crate::web::csv::{Csv, download};
use crate::web::{PageError, PageResult, Visitor};
use app::history::{Audit, JournalEntry};
use axum::extract::Query;
use domain::limits::PAGE_ROWS_MAX;
use jiff::tz::TimeZone;
use words::Words;

pub(super) async fn csv(visitor: Visitor, Query(asked): Query<Asked>) -> PageResult {
    // Asked once before the answer begins, so that a refusal is still a page.
    visitor.read(asked.audit(1)).await?;
    let words = visitor.words;
    let head = [
        words.history_when(),
        words.history_who(),
        words.history_kind(),
        words.history_what(),
        words.history_details(),
        words.history_command(),
        words.history_request(),
        words.history_entry(),
    ];
    let first = Audit { before: None, ..asked.audit(PAGE_ROWS_MAX) };
    Ok(download("zetel-history.csv", &head, first, move |audit| piece(visitor.clone(), audit)))
}

async fn piece(visitor: Visitor, audit: Audit) -> Result<(Csv, Option<Audit>), PageError> {
    let view = visitor.read(audit.clone()).await?;
    let mut csv = Csv::default();
    for entry in &view.page.rows {
        write(&mut csv, visitor.words, &view.zone, entry);
    }
    Ok((csv, view.page.next.map(|last| Audit { before: Some(last), ..audit })))
}

fn write(csv: &mut Csv, words: Words, zone: &TimeZone, entry: &JournalEntry) {
    let changes: Vec<_> = changes(words, entry).iter().map(ToString::to_string).collect();
    csv.row(&[
        &entry.at.to_zoned(zone.clone()).strftime("%Y-%m-%dT%H:%M:%S%:z").to_string(),
        &who(words, entry),
        words.event_kind_name(&entry.kind).unwrap_or(&entry.kind),
        &happened(words, entry).unwrap_or_default(),
        &changes.join("; "),
        &entry.command,
        &entry.request,
        &entry.id.to_string(),
    ]);
}
