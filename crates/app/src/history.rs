//! The journal as people read it: the history of a thing, and the audit page (R183).

use crate::door::{Look, Query};
use crate::failure::Failure;
use domain::access::Reach;
use domain::access::permission::{Granting, ReadHistory, ReadPrices};
use domain::ids::JournalEntryId;
use domain::refusal::Refusal;
use jiff::civil::Date;
use jiff::tz::TimeZone;
use jiff::{Span, Timestamp};
use serde_json::Value;
use store::tables::{catalog, journal, subscription, user};

pub use store::tables::journal::{ActorKind, HistoryOf, JournalEntry, JournalFilter};

/// Names of those who acted that a filter offers.
const ACTORS_OFFERED: usize = 500;

/// Entries of the journal as the reader of `look` may see them: without amounts for who may not see what the
/// organization pays (D23).
pub(crate) fn shown<P: Granting>(look: &Look<'_, P>, entries: Vec<JournalEntry>) -> Vec<JournalEntry> {
    shown_with(look.reach::<ReadPrices>() == Reach::All, entries)
}

/// As [`shown`], where it is known whether the reader may see the prices of what the entries are about.
pub(crate) fn shown_with(prices: bool, mut entries: Vec<JournalEntry>) -> Vec<JournalEntry> {
    if !prices {
        for entry in &mut entries {
            entry.with_amounts = false;
            entry.data = without_amounts(&entry.data);
        }
    }
    entries
}

/// The stored form of an event without what is an amount in it.
fn without_amounts(stored: &str) -> String {
    fn is_amount(value: &Value) -> bool {
        value.get("minor").is_some() && value.get("currency").is_some()
    }
    fn strip(value: &mut Value) {
        if let Value::Object(fields) = value {
            fields.retain(|_, field| !is_amount(field));
            fields.values_mut().for_each(strip);
        }
    }
    let Ok(mut event) = serde_json::from_str(stored) else { return String::new() };
    strip(&mut event);
    event.to_string()
}

/// A page of the journal, the newest first.
#[derive(Debug, Clone)]
pub struct JournalPage {
    /// The entries.
    pub rows: Vec<JournalEntry>,
    /// The last row, when there are older ones.
    pub next: Option<JournalEntryId>,
}

impl JournalPage {
    pub(crate) fn of(mut rows: Vec<JournalEntry>, limit: usize) -> Self {
        let has_more = rows.len() > limit;
        rows.truncate(limit);
        let next = if has_more { rows.last().map(|row| row.id) } else { None };
        Self { rows, next }
    }
}

/// Asks for the history of one thing.
#[derive(Debug, Clone, Copy)]
pub struct History {
    /// Of what.
    pub of: HistoryOf,
    /// The last one of the page before.
    pub before: Option<JournalEntryId>,
    /// How many at most.
    pub limit: usize,
}

/// The history of one thing.
#[derive(Debug, Clone)]
pub struct HistoryView {
    /// The name of the thing.
    pub name: String,
    /// The zone in which times are shown.
    pub zone: TimeZone,
    /// Its entries.
    pub page: JournalPage,
}

impl Query for History {
    type Permission = ReadHistory;
    type Outcome = HistoryView;

    fn run(&self, look: &Look<'_, ReadHistory>) -> Result<HistoryView, Failure> {
        let name = match self.of {
            HistoryOf::Subscription(id) => subscription::find(look.read, id)?.map(|found| found.product_name),
            HistoryOf::User(id) => user::find(look.read, id)?.map(|found| found.display_name),
            HistoryOf::Product(id) => catalog::find_product(look.read, id)?.map(|found| found.name),
        };
        let rows = shown(look, journal::history(look.read, self.of, self.before, self.limit + 1)?);
        Ok(HistoryView {
            name: name.ok_or(Refusal::NotFound)?,
            zone: look.zone().clone(),
            page: JournalPage::of(rows, self.limit),
        })
    }
}

/// Asks for everything that happened, or a part of it.
#[derive(Debug, Clone, Default)]
pub struct Audit {
    /// Only this kind of event, by its stable name.
    pub kind: Option<String>,
    /// Only by the one with this name.
    pub actor_name: Option<String>,
    /// From this day on, in the organization's zone.
    pub from: Option<Date>,
    /// Up to this day, itself included.
    pub until: Option<Date>,
    /// The last one of the page before.
    pub before: Option<JournalEntryId>,
    /// How many at most.
    pub limit: usize,
}

/// A page of the audit page.
#[derive(Debug, Clone)]
pub struct AuditView {
    /// The zone in which times are shown.
    pub zone: TimeZone,
    /// The entries.
    pub page: JournalPage,
}

impl Query for Audit {
    type Permission = ReadHistory;
    type Outcome = AuditView;

    fn run(&self, look: &Look<'_, ReadHistory>) -> Result<AuditView, Failure> {
        let zone = look.zone().clone();
        let begin = |day: Date| day.to_zoned(zone.clone()).map_or(Timestamp::MAX, |begin| begin.timestamp());
        let filter = JournalFilter {
            kind: self.kind.clone(),
            actor_name: self.actor_name.clone(),
            from: self.from.map(begin),
            until: self.until.map(|day| begin(day.saturating_add(Span::new().days(1)))),
        };
        let rows = shown(look, journal::newest(look.read, &filter, self.before, self.limit + 1)?);
        Ok(AuditView { zone, page: JournalPage::of(rows, self.limit) })
    }
}

/// Asks for the names of those who ever acted, for the filter of the audit page.
#[derive(Debug, Clone, Copy)]
pub struct AuditActors;

impl Query for AuditActors {
    type Permission = ReadHistory;
    type Outcome = Vec<String>;

    fn run(&self, look: &Look<'_, ReadHistory>) -> Result<Vec<String>, Failure> {
        Ok(journal::actor_names(look.read, ACTORS_OFFERED)?)
    }
}

/// Asks for one entry.
#[derive(Debug, Clone, Copy)]
pub struct AuditEntry(pub JournalEntryId);

impl Query for AuditEntry {
    type Permission = ReadHistory;
    type Outcome = (JournalEntry, TimeZone);

    fn run(&self, look: &Look<'_, ReadHistory>) -> Result<Self::Outcome, Failure> {
        let found = journal::find(look.read, self.0)?.into_iter().collect();
        let found = shown(look, found).pop().ok_or(Refusal::NotFound)?;
        Ok((found, look.zone().clone()))
    }
}
