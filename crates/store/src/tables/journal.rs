//! The journal: who did what, when, to what. Only ever added to.

use crate::{Read, Result, Row, Write, params, statements};
use domain::event::{Event, Subjects};
use domain::ids::JournalEntryId;
use jiff::Timestamp;
use uuid::Uuid;

/// An entry with the names of its person and product, in the order in which [`entry`] reads them.
macro_rules! select {
    ($rest:literal) => {
        concat!(
            "SELECT j.id, j.at, j.actor_name, j.command, j.request, j.data, j.user_id, j.product_id, j.subscription_id, \
             j.order_id, u.display_name, p.name FROM journal j \
             LEFT JOIN \"user\" u ON u.organization_id = j.organization_id AND u.id = j.user_id \
             LEFT JOIN product p ON p.id = j.product_id WHERE j.organization_id = $1 ",
            $rest
        )
    };
}

statements! {
    INSERT_ENTRY: organization = "INSERT INTO journal (organization_id, id, at, principal, principal_id, actor_name, \
        command, request, kind, data, user_id, product_id, subscription_id, order_id) \
        VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14)";
    OF_SUBSCRIPTION: organization = select!("AND j.subscription_id = $2 AND j.id < $3 ORDER BY j.id DESC LIMIT $4");
    OF_USER: organization = select!("AND j.user_id = $2 AND j.id < $3 ORDER BY j.id DESC LIMIT $4");
    OF_PRODUCT: organization = select!("AND j.product_id = $2 AND j.id < $3 ORDER BY j.id DESC LIMIT $4");
    OLDEST_FIRST: organization = select!("AND j.id > $2 ORDER BY j.id LIMIT $3");
}

/// What is written about an event besides the event itself.
#[derive(Debug, Clone)]
pub struct NewEntry<'a> {
    /// Identity.
    pub id: JournalEntryId,
    /// When, on the organization's clock.
    pub at: Timestamp,
    /// `user`, `token` or `system`.
    pub principal: &'a str,
    /// The id of the person or key.
    pub principal_id: Option<Uuid>,
    /// The name that is shown for ever.
    pub actor_name: &'a str,
    /// The command that caused it.
    pub command: &'a str,
    /// The request or job that carried the command.
    pub request: &'a str,
    /// What it is about.
    pub subjects: Subjects,
    /// What happened.
    pub event: &'a Event,
}

/// An entry as it is read.
#[derive(Debug, Clone)]
pub struct JournalEntry {
    /// Identity.
    pub id: JournalEntryId,
    /// When.
    pub at: Timestamp,
    /// Who.
    pub actor_name: String,
    /// The command that caused it.
    pub command: String,
    /// The request or job that carried the command.
    pub request: String,
    /// What happened; `None` when this version of Zetel does not know the stored form.
    pub event: Option<Event>,
    /// What it is about.
    pub subjects: Subjects,
    /// The name of the person that it is about.
    pub user_name: Option<String>,
    /// The name of the product that it is about.
    pub product_name: Option<String>,
}

/// The thing whose history is asked.
#[derive(Debug, Clone, Copy)]
pub enum HistoryOf {
    /// A subscription.
    Subscription(domain::ids::SubscriptionId),
    /// A person.
    User(domain::ids::UserId),
    /// A product's licenses.
    Product(domain::ids::ProductId),
}

/// Reads a row with the columns of [`OF_SUBSCRIPTION`] and its like.
pub(crate) fn entry(row: &Row<'_>) -> Result<JournalEntry> {
    Ok(JournalEntry {
        id: row.get(0)?,
        at: row.get(1)?,
        actor_name: row.get(2)?,
        command: row.get(3)?,
        request: row.get(4)?,
        event: serde_json::from_str(row.text(5)?).ok(),
        subjects: Subjects { user: row.get(6)?, product: row.get(7)?, subscription: row.get(8)?, order: row.get(9)? },
        user_name: row.get(10)?,
        product_name: row.get(11)?,
    })
}

/// Appends an entry.
///
/// # Errors
/// When the database fails.
pub fn append(write: &Write<'_>, new: &NewEntry<'_>) -> Result<()> {
    let data = serde_json::to_string(new.event).map_err(|error| crate::Error::other(error.to_string()))?;
    let about = new.subjects;
    write.change(
        &INSERT_ENTRY,
        params![
            new.id,
            new.at,
            new.principal,
            new.principal_id,
            new.actor_name,
            new.command,
            new.request,
            new.event.kind(),
            data,
            about.user,
            about.product,
            about.subscription,
            about.order
        ],
    )
}

/// The newest entries about a thing, older than `before`.
///
/// # Errors
/// When the database fails.
pub fn history(
    read: &Read<'_>,
    of: HistoryOf,
    before: Option<JournalEntryId>,
    limit: usize,
) -> Result<Vec<JournalEntry>> {
    let before = before.map_or(Uuid::max(), JournalEntryId::uuid);
    match of {
        HistoryOf::Subscription(id) => read.query(&OF_SUBSCRIPTION, params![id, before, limit as i64], entry),
        HistoryOf::User(id) => read.query(&OF_USER, params![id, before, limit as i64], entry),
        HistoryOf::Product(id) => read.query(&OF_PRODUCT, params![id, before, limit as i64], entry),
    }
}

/// The oldest entries of an organization that are newer than `after`.
///
/// # Errors
/// When the database fails.
pub fn oldest_first(read: &Read<'_>, after: Option<JournalEntryId>, limit: usize) -> Result<Vec<JournalEntry>> {
    let after = after.map_or(Uuid::nil(), JournalEntryId::uuid);
    read.query(&OLDEST_FIRST, params![after, limit as i64], entry)
}
