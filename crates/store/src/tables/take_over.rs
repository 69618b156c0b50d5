//! The people of a subscription that is taken over, moved or let go all at once: a few statements, however many people
//! there are (domain 5.4).

use super::journal::NewEntry;
use crate::{Read, Result, Write, params, statements};
use domain::catalog::ProductKind;
use domain::ids::{ProductId, SubscriptionId};
use jiff::Timestamp;
use jiff::civil::Date;

/// Which people of the subscription `$2` are its first `$3`, in an order that nothing changes meanwhile. They are found
/// by the last of them and not by a list of them: a planner that expects few would go through that list for each.
macro_rules! first_people {
    () => {
        "organization_id = $1 AND subscription_id = $2 AND (sort_name, user_id) <= (SELECT l.sort_name, l.user_id \
         FROM assignment l WHERE l.organization_id = $1 AND l.subscription_id = $2 \
         ORDER BY l.sort_name, l.user_id LIMIT 1 OFFSET $3 - 1)"
    };
}

/// Which people of the subscription `$2` lose its license: all when `$3`, else those who hold the product `$4` as well.
macro_rules! leaving {
    () => {
        "assignment.organization_id = $1 AND assignment.subscription_id = $2 AND ($3 OR (assignment.product_id <> $4 \
         AND EXISTS (SELECT 1 FROM assignment h WHERE h.organization_id = $1 AND h.user_id = assignment.user_id \
         AND h.product_id = $4)))"
    };
}

statements! {
    PEOPLE_OF_SUBSCRIPTION: organization = "SELECT CAST(COALESCE(SUM(CASE WHEN a.conflict_since IS NULL THEN 1 ELSE 0 \
        END), 0) AS BIGINT), COUNT(*) FROM assignment a WHERE a.organization_id = $1 AND a.subscription_id = $2";
    // How many of them hold another product as well, so that they need no license of it.
    HOLDERS_OF_OTHERS: organization = "SELECT h.product_id, COUNT(*) FROM assignment a JOIN assignment h \
        ON h.organization_id = a.organization_id AND h.user_id = a.user_id AND h.product_id <> a.product_id \
        WHERE a.organization_id = $1 AND a.subscription_id = $2 GROUP BY h.product_id ORDER BY h.product_id";
    FREE_OF_ORGANIZATION: organization = "SELECT s.product_id, p.name, CAST(SUM(s.quantity - s.assigned) AS BIGINT), \
        p.kind, MIN(CASE WHEN s.quantity > s.assigned AND (s.state = 'expired' OR NOT s.recurring_billing) \
        THEN s.ends_on END) FROM subscription s JOIN product p ON p.id = s.product_id WHERE s.organization_id = $1 \
        AND s.holder_id IS NULL AND s.state IN ('active', 'expired') GROUP BY s.product_id, p.name, p.sort_name, \
        p.kind ORDER BY p.sort_name, s.product_id LIMIT $2";
    RECORD_MOVING: organization = concat!("INSERT INTO journal (organization_id, id, at, principal, principal_id, \
        actor_name, command, request, kind, data, user_id, product_id, subscription_id) \
        SELECT $1, zetel_id($14), $4, $5, $6, $7, $8, $9, $10, $11, user_id, $12, $13 FROM assignment WHERE ",
        first_people!());
    MOVE_PEOPLE: organization = concat!("UPDATE assignment SET product_id = $4, subscription_id = $5, \
        conflict_since = NULL, disabled_plans = CASE WHEN product_id = $4 THEN disabled_plans ELSE '' END WHERE ",
        first_people!());
    RECORD_LEAVING: organization = concat!("INSERT INTO journal (organization_id, id, at, principal, principal_id, \
        actor_name, command, request, kind, data, user_id, product_id, subscription_id) \
        SELECT $1, zetel_id($13), $5, $6, $7, $8, $9, $10, $11, $12, user_id, product_id, $2 FROM assignment WHERE ",
        leaving!());
    COUNT_LEAVING: organization = concat!("UPDATE \"user\" SET license_count = license_count - 1 \
        WHERE organization_id = $1 AND id IN (SELECT user_id FROM assignment WHERE ", leaving!(), ")");
    LET_LEAVE: organization = concat!("DELETE FROM assignment WHERE ", leaving!());
}

/// The people of a subscription.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct People {
    /// Those whose license is in use.
    pub in_use: i64,
    /// All, with those whose license is in conflict.
    pub all: i64,
}

/// How many people a subscription has.
///
/// # Errors
/// When the database fails.
pub fn people(read: &Read<'_>, subscription: SubscriptionId) -> Result<People> {
    let found = read.query_one(&PEOPLE_OF_SUBSCRIPTION, params![subscription], |row| {
        Ok(People { in_use: row.get(0)?, all: row.get(1)? })
    })?;
    Ok(found.unwrap_or(People { in_use: 0, all: 0 }))
}

/// How many people of a subscription hold which other products.
///
/// # Errors
/// When the database fails.
pub fn holders_of_others(read: &Read<'_>, subscription: SubscriptionId) -> Result<Vec<(ProductId, i64)>> {
    read.query(&HOLDERS_OF_OTHERS, params![subscription], |row| Ok((row.get(0)?, row.get(1)?)))
}

/// A product of which the organization itself has subscriptions that can be used.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FreeLicenses {
    /// Which.
    pub product_id: ProductId,
    /// Its name.
    pub name: String,
    /// Its free licenses.
    pub count: i64,
    /// Whether it is an add-on.
    pub kind: ProductKind,
    /// The first day on which a subscription ends, or ended, that has some of them and does not renew.
    pub ends_on: Option<Date>,
}

/// The products of which the organization itself has subscriptions that can be used, by name.
///
/// # Errors
/// When the database fails.
pub fn free_of_organization(read: &Read<'_>, limit: usize) -> Result<Vec<FreeLicenses>> {
    read.query(&FREE_OF_ORGANIZATION, params![limit as i64], |row| {
        Ok(FreeLicenses {
            product_id: row.get(0)?,
            name: row.get(1)?,
            count: row.get(2)?,
            kind: row.code(3, ProductKind::from_code)?,
            ends_on: row.get(4)?,
        })
    })
}

/// Moves the first `count` people of a subscription to another one, with an entry in the journal for each. The
/// subscriptions count for themselves. Of `entry` the identity is not used, nor what it is about;
/// each gets an identity of its own, made at `made_at` by the system's time.
///
/// # Errors
/// When the database fails.
pub fn move_people(
    write: &Write<'_>,
    from: SubscriptionId,
    count: i64,
    (product, to): (ProductId, SubscriptionId),
    entry: &NewEntry<'_>,
    made_at: Timestamp,
) -> Result<()> {
    let data = data(entry)?;
    let (kind, id) = (entry.event.kind(), entry.principal_id);
    let who = (entry.principal, entry.actor_name, entry.command, entry.request);
    write.change_some(
        &RECORD_MOVING,
        params![from, count, entry.at, who.0, id, who.1, who.2, who.3, kind, data, product, to, made_at],
    )?;
    write.change_some(&MOVE_PEOPLE, params![from, count, product, to])
}

/// Takes the licenses of a subscription from people, with an entry in the journal for each, as [`move_people`] does:
/// from everybody, or with `who_hold` from those who hold that product as well. The subscription counts for itself.
///
/// # Errors
/// When the database fails.
pub fn let_leave(
    write: &Write<'_>,
    from: SubscriptionId,
    who_hold: Option<ProductId>,
    entry: &NewEntry<'_>,
    made_at: Timestamp,
) -> Result<()> {
    let data = data(entry)?;
    let (all, product) = (who_hold.is_none(), who_hold.map_or(uuid::Uuid::nil(), ProductId::uuid));
    let (kind, id) = (entry.event.kind(), entry.principal_id);
    let who = (entry.principal, entry.actor_name, entry.command, entry.request);
    write.change_some(
        &RECORD_LEAVING,
        params![from, all, product, entry.at, who.0, id, who.1, who.2, who.3, kind, data, made_at],
    )?;
    write.change_some(&COUNT_LEAVING, params![from, all, product])?;
    write.change_some(&LET_LEAVE, params![from, all, product])
}

fn data(entry: &NewEntry<'_>) -> Result<String> {
    serde_json::to_string(entry.event).map_err(|error| crate::Error::other(error.to_string()))
}
