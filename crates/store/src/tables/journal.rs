//! The journal: who did what, when, to what. Only ever added to.

use crate::{Read, Result, Row, Write, params, statements};
use domain::event::{Event, Subjects};
use domain::ids::JournalEntryId;
use jiff::Timestamp;
use uuid::Uuid;

/// An entry with the names of its person and product, and whether the one who acted is of the organization, in the
/// order in which [`entry`] reads them.
macro_rules! select {
    ($rest:literal) => {
        concat!(
            "SELECT j.id, j.at, j.actor_name, j.command, j.request, j.data, j.user_id, j.product_id, j.subscription_id, \
             j.order_id, u.display_name, p.name, j.kind, j.principal, a.id FROM journal j \
             LEFT JOIN \"user\" u ON u.organization_id = j.organization_id AND u.id = j.user_id \
             LEFT JOIN \"user\" a ON a.organization_id = j.organization_id AND a.id = j.principal_id \
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
    // As the index of migration 17 has it: past the entries about licenses of people. Without a bound for the id SQLite
    // reads the journal of the whole organization in its order.
    LIFE_OF_SUBSCRIPTION: organization = "SELECT j.at, j.data FROM journal j WHERE j.organization_id = $1 \
        AND j.subscription_id = $2 AND j.id < $3 AND (j.user_id IS NULL OR j.kind = 'subscription_taken_over') \
        ORDER BY j.id DESC LIMIT $4";
    OF_USER: organization = select!("AND j.user_id = $2 AND j.id < $3 ORDER BY j.id DESC LIMIT $4");
    OF_PRODUCT: organization = select!("AND j.product_id = $2 AND j.id < $3 ORDER BY j.id DESC LIMIT $4");
    ENTRY_BY_ID: organization = select!("AND j.id = $2");
    NEWEST: organization = select!("AND j.id < $2 AND j.at >= $3 AND j.at < $4 ORDER BY j.id DESC LIMIT $5");
    NEWEST_OF_KIND: organization = select!("AND j.id < $2 AND j.at >= $3 AND j.at < $4 AND j.kind = $6 \
        ORDER BY j.id DESC LIMIT $5");
    NEWEST_OF_ACTOR: organization = select!("AND j.id < $2 AND j.at >= $3 AND j.at < $4 AND j.actor_name = $6 \
        ORDER BY j.id DESC LIMIT $5");
    NEWEST_OF_KIND_AND_ACTOR: organization = select!("AND j.id < $2 AND j.at >= $3 AND j.at < $4 AND j.kind = $6 \
        AND j.actor_name = $7 ORDER BY j.id DESC LIMIT $5");
    // From name to next name along the index: as many steps as there are names, however long the journal is.
    ACTOR_NAMES: organization = "WITH RECURSIVE actor (name) AS (\
        SELECT (SELECT MIN(actor_name) FROM journal WHERE organization_id = $1) \
        UNION ALL SELECT (SELECT MIN(j.actor_name) FROM journal j WHERE j.organization_id = $1 \
        AND j.actor_name > actor.name) FROM actor WHERE actor.name IS NOT NULL) \
        SELECT name FROM actor WHERE name IS NOT NULL LIMIT $2";
    LAST_OF_KIND_BY: organization = "SELECT at FROM journal WHERE organization_id = $1 AND kind = $2 \
        AND principal_id = $3 ORDER BY id DESC LIMIT 1";
    COUNT_OF_KIND: organization = "SELECT p.name, COUNT(*) FROM journal j JOIN product p ON p.id = j.product_id \
        WHERE j.organization_id = $1 AND j.kind = $2 AND j.at >= $3 GROUP BY p.id, p.name, p.sort_name \
        ORDER BY p.sort_name, p.id";
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
    /// Who, by the name of then.
    pub actor_name: String,
    /// What the one who acted is to the organization.
    pub actor_kind: ActorKind,
    /// The command that caused it.
    pub command: String,
    /// The request or job that carried the command.
    pub request: String,
    /// The stable name of the kind of event.
    pub kind: String,
    /// The stored form of the event, as JSON.
    pub data: String,
    /// What happened; `None` when this version of Zetel does not know the stored form.
    pub event: Option<Event>,
    /// Whether amounts are shown to the reader (D23).
    pub with_amounts: bool,
    /// What it is about.
    pub subjects: Subjects,
    /// The name of the person that it is about.
    pub user_name: Option<String>,
    /// The name of the product that it is about.
    pub product_name: Option<String>,
}

/// What the one who acted is to the organization.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ActorKind {
    /// One of its people.
    Person,
    /// A person of another organization: an operator.
    Operator,
    /// A person of a partner of the organization.
    Partner,
    /// A program with a key.
    Program,
    /// Zetel itself.
    System,
}

/// Which entries the audit page shows.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct JournalFilter {
    /// Only of this kind, by its stable name.
    pub kind: Option<String>,
    /// Only by the one with this name.
    pub actor_name: Option<String>,
    /// Not before this instant.
    pub from: Option<Timestamp>,
    /// Before this instant.
    pub until: Option<Timestamp>,
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
        actor_kind: match row.text(13)? {
            "token" => ActorKind::Program,
            "system" => ActorKind::System,
            "partner" => ActorKind::Partner,
            _ if row.get::<Option<Uuid>>(14)?.is_none() => ActorKind::Operator,
            _ => ActorKind::Person,
        },
        command: row.get(3)?,
        request: row.get(4)?,
        kind: row.get(12)?,
        data: row.get(5)?,
        event: serde_json::from_str(row.text(5)?).ok(),
        with_amounts: true,
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

/// What happened to a subscription itself and not to the licenses of its people, newest first, with the instant at
/// which it was written down. What this version of Zetel cannot read is left out.
///
/// # Errors
/// When the database fails.
pub fn life_of_subscription(
    read: &Read<'_>,
    id: domain::ids::SubscriptionId,
    limit: usize,
) -> Result<Vec<(Timestamp, Event)>> {
    let entry = |row: &Row<'_>| Ok((row.get(0)?, serde_json::from_str(row.text(1)?).ok()));
    let entries: Vec<(Timestamp, Option<Event>)> =
        read.query(&LIFE_OF_SUBSCRIPTION, params![id, Uuid::max(), limit as i64], entry)?;
    Ok(entries.into_iter().filter_map(|(at, event)| event.map(|event| (at, event))).collect())
}

/// The oldest entries of an organization that are newer than `after`.
///
/// # Errors
/// When the database fails.
pub fn oldest_first(read: &Read<'_>, after: Option<JournalEntryId>, limit: usize) -> Result<Vec<JournalEntry>> {
    let after = after.map_or(Uuid::nil(), JournalEntryId::uuid);
    read.query(&OLDEST_FIRST, params![after, limit as i64], entry)
}

/// One entry.
///
/// # Errors
/// When the database fails.
pub fn find(read: &Read<'_>, id: JournalEntryId) -> Result<Option<JournalEntry>> {
    read.query_one(&ENTRY_BY_ID, params![id], entry)
}

/// The newest entries that the filter lets through, older than `before`.
///
/// # Errors
/// When the database fails.
pub fn newest(
    read: &Read<'_>,
    filter: &JournalFilter,
    before: Option<JournalEntryId>,
    limit: usize,
) -> Result<Vec<JournalEntry>> {
    let before = before.map_or(Uuid::max(), JournalEntryId::uuid);
    let from = filter.from.unwrap_or(Timestamp::MIN);
    let until = filter.until.unwrap_or(Timestamp::MAX);
    let limit = limit as i64;
    match (&filter.kind, &filter.actor_name) {
        (None, None) => read.query(&NEWEST, params![before, from, until, limit], entry),
        (Some(kind), None) => read.query(&NEWEST_OF_KIND, params![before, from, until, limit, kind], entry),
        (None, Some(name)) => read.query(&NEWEST_OF_ACTOR, params![before, from, until, limit, name], entry),
        (Some(kind), Some(name)) => {
            read.query(&NEWEST_OF_KIND_AND_ACTOR, params![before, from, until, limit, kind, name], entry)
        }
    }
}

/// How many entries of a kind there are since an instant, for each product by its name.
///
/// # Errors
/// When the database fails.
pub fn count_of_kind(read: &Read<'_>, kind: &str, since: Timestamp) -> Result<Vec<(String, i64)>> {
    read.query(&COUNT_OF_KIND, params![kind, since], |row| Ok((row.get(0)?, row.get(1)?)))
}

/// Names of those who ever acted in the organization, sorted, at most `limit`.
///
/// # Errors
/// When the database fails.
pub fn actor_names(read: &Read<'_>, limit: usize) -> Result<Vec<String>> {
    read.query(&ACTOR_NAMES, params![limit as i64], |row| row.get(0))
}

/// When the same person or key last caused an event of a kind here.
///
/// # Errors
/// When the database fails.
pub fn last_of_kind_by(read: &Read<'_>, kind: &str, principal_id: Uuid) -> Result<Option<Timestamp>> {
    read.query_one(&LAST_OF_KIND_BY, params![kind, principal_id], |row| row.get(0))
}
