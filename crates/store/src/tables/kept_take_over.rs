//! What take-overs changed, kept while they can be undone (domain 5.4), and the licenses that go back: a few
//! statements, however many people there are.
//!
//! A license is found by its person. `COALESCE(product_id, product_id)` keeps a planner without statistics from going
//! through all licenses of the product for each person; likewise of a subscription.

use super::journal::NewEntry;
use crate::value::{json, json_text};
use crate::{Error, Kind, Read, Result, Row, Write, params, statements};
use domain::ids::{OrganizationId, ProductId, SubscriptionId};
use domain::subscription::undo_take_over::{KeptTakeOver, Return, UndoneTakeOver};
use jiff::Timestamp;
use jiff::civil::Date;
use uuid::Uuid;

/// The subscription of the license of a product that the take-over gave to `p`, as long as it is that one.
macro_rules! held_in {
    ($product:literal) => {
        concat!(
            "(SELECT h.subscription_id FROM assignment h WHERE h.organization_id = p.organization_id \
             AND h.user_id = p.user_id AND COALESCE(h.product_id, h.product_id) = ",
            $product,
            " AND h.assigned_at = p.assigned_at)"
        )
    };
}

/// What comes of `p`, by the product of the subscription, and whether people moved to the same one.
macro_rules! outcome {
    ($product:literal, $is_same:literal) => {
        concat!(
            "CASE WHEN EXISTS (SELECT 1 FROM \"user\" u WHERE u.organization_id = p.organization_id \
             AND u.id = p.user_id AND u.state = 'deleted') THEN 'gone' WHEN p.held_in IS NOT NULL AND ",
            $is_same,
            " THEN 'moved_back' WHEN EXISTS (SELECT 1 FROM assignment f WHERE f.organization_id = p.organization_id \
             AND f.user_id = p.user_id AND COALESCE(f.product_id, f.product_id) = ",
            $product,
            ") THEN 'elsewhere' WHEN p.held_in IS NOT NULL THEN 'moved_back' ELSE 'added' END"
        )
    };
}

/// Licenses kept of the subscription `$2`.
macro_rules! of_subscription {
    () => {
        " p.organization_id = $1 AND p.subscription_id = $2 "
    };
}

statements! {
    KEPT_TAKE_OVER: organization = "SELECT former, order_id, moved_to, undo_until, undone FROM kept_take_over \
        WHERE organization_id = $1 AND subscription_id = $2";
    KEEP_TAKE_OVER: organization = "INSERT INTO kept_take_over (organization_id, subscription_id, former, order_id, \
        moved_to, undo_until) VALUES ($1, $2, $3, $4, $5, $6)";
    // Whoever holds the product to which people move already is given no license of it.
    KEEP_LICENSES: organization = "INSERT INTO kept_license (organization_id, subscription_id, user_id, assigned_at, \
        disabled_plans, conflict_since, is_moved) SELECT a.organization_id, a.subscription_id, a.user_id, \
        a.assigned_at, a.disabled_plans, a.conflict_since, $3 AND (a.product_id = $4 OR NOT EXISTS (SELECT 1 \
        FROM assignment h WHERE h.organization_id = a.organization_id AND h.user_id = a.user_id \
        AND COALESCE(h.product_id, h.product_id) = $4)) FROM assignment a \
        WHERE a.organization_id = $1 AND a.subscription_id = $2";
    FORGET_TAKE_OVER: organization = "DELETE FROM kept_take_over WHERE organization_id = $1 AND subscription_id = $2";
    FORGET_LICENSES: organization = "DELETE FROM kept_license WHERE organization_id = $1 AND subscription_id = $2";
    FORGET_LICENSES_BEFORE: organization = "DELETE FROM kept_license WHERE organization_id = $1 \
        AND subscription_id IN (SELECT subscription_id FROM kept_take_over WHERE organization_id = $1 \
        AND undo_until < $2)";
    FORGET_TAKE_OVERS_BEFORE: organization = "DELETE FROM kept_take_over WHERE organization_id = $1 AND undo_until < $2";
    // Each forgets its own in a transaction of the organization.
    KEEPING_LONGER: shared = "SELECT DISTINCT organization_id FROM kept_take_over WHERE undo_until < $1 \
        ORDER BY organization_id LIMIT $2";
    FORESEE_RETURNS: organization = concat!("SELECT o.outcome, COUNT(*) FROM (SELECT ", outcome!("$3", "$5"), " AS outcome FROM \
        (SELECT p.organization_id, p.user_id, CASE WHEN p.is_moved THEN ", held_in!("$4"), " END AS held_in \
        FROM kept_license p WHERE", of_subscription!(), ") p) o GROUP BY o.outcome ORDER BY o.outcome");
    MARK_UNDONE: organization = "UPDATE kept_take_over SET undone = $3 WHERE organization_id = $1 \
        AND subscription_id = $2 AND undone IS NULL";
    // Whoever takes such a license away at the same time waits, and finds then that it went back.
    HOLD_GIVEN: organization = concat!("UPDATE assignment SET assigned_at = assigned_at WHERE organization_id = $1 \
        AND COALESCE(product_id, product_id) = $3 AND user_id IN (SELECT p.user_id FROM kept_license p WHERE",
        of_subscription!(), "AND p.is_moved)");
    FIND_HELD: organization = concat!("UPDATE kept_license AS p SET held_in = ", held_in!("$3"), " WHERE",
        of_subscription!(), "AND p.is_moved");
    JUDGE_RETURNS: organization = concat!("UPDATE kept_license AS p SET outcome = ", outcome!("$3", "$4"), " WHERE",
        of_subscription!());
    COUNT_RETURNS: organization = concat!("SELECT p.outcome, COUNT(*), CAST(SUM(CASE WHEN p.conflict_since IS NULL \
        THEN 1 ELSE 0 END) AS BIGINT) FROM kept_license p WHERE", of_subscription!(),
        "GROUP BY p.outcome ORDER BY p.outcome");
    // From where licenses go back, and whether they are in conflict there.
    COUNT_HELD: organization = concat!("SELECT p.held_in, COUNT(*), CAST(SUM(CASE WHEN a.conflict_since IS NULL THEN 1 \
        ELSE 0 END) AS BIGINT) FROM kept_license p JOIN assignment a ON a.organization_id = p.organization_id \
        AND a.user_id = p.user_id AND COALESCE(a.product_id, a.product_id) = $3 WHERE", of_subscription!(),
        "AND p.outcome = 'moved_back' GROUP BY p.held_in ORDER BY p.held_in");
    RECORD_RETURNS: organization = concat!("INSERT INTO journal (organization_id, id, at, principal, principal_id, \
        actor_name, command, request, kind, data, user_id, product_id, subscription_id) \
        SELECT $1, zetel_id($13), $5, $6, $7, $8, $9, $10, $11, $12, p.user_id, $14, $2 FROM kept_license p WHERE",
        of_subscription!(), "AND p.outcome = $3 AND ($3 = 'added' OR p.held_in = $4)");
    MOVE_BACK: organization = "UPDATE assignment SET product_id = $3, subscription_id = $2, \
        disabled_plans = p.disabled_plans, conflict_since = p.conflict_since FROM kept_license p \
        WHERE assignment.organization_id = $1 AND assignment.user_id = p.user_id \
        AND COALESCE(assignment.product_id, assignment.product_id) = $4 \
        AND COALESCE(assignment.subscription_id, assignment.subscription_id) = p.held_in \
        AND p.organization_id = $1 AND p.subscription_id = $2 AND p.outcome = 'moved_back'";
    ADD_BACK: organization = concat!("INSERT INTO assignment (organization_id, user_id, product_id, subscription_id, \
        sort_name, assigned_at, disabled_plans, conflict_since) SELECT p.organization_id, p.user_id, $3, \
        p.subscription_id, u.sort_name, p.assigned_at, p.disabled_plans, p.conflict_since FROM kept_license p \
        JOIN \"user\" u ON u.organization_id = p.organization_id AND u.id = p.user_id WHERE", of_subscription!(),
        "AND p.outcome = 'added'");
    COUNT_ADDED: organization = concat!("UPDATE \"user\" SET license_count = license_count + 1 \
        WHERE organization_id = $1 AND id IN (SELECT p.user_id FROM kept_license p WHERE", of_subscription!(),
        "AND p.outcome = 'added')");
}

fn kept(row: &Row<'_>) -> Result<KeptTakeOver> {
    Ok(KeptTakeOver {
        former: json(row, 0)?,
        order_id: row.get(1)?,
        moved_to: row.get(2)?,
        undo_until: row.get(3)?,
        undone: match row.get::<Option<String>>(4)? {
            Some(_) => Some(json(row, 4)?),
            None => None,
        },
    })
}

/// What is kept of the take-over of a subscription.
///
/// # Errors
/// When the database fails.
pub fn find(read: &Read<'_>, subscription: SubscriptionId) -> Result<Option<KeptTakeOver>> {
    read.query_one(&KEPT_TAKE_OVER, params![subscription], kept)
}

/// Keeps a take-over with the licenses of the subscription, before they move. Call [`forget`] before, for one that was
/// taken over, undone, and is taken over again.
///
/// # Errors
/// When the database fails.
pub fn keep(write: &Write<'_>, subscription: SubscriptionId, new: &KeptTakeOver) -> Result<()> {
    let former = json_text(&new.former);
    write.change(&KEEP_TAKE_OVER, params![subscription, former, new.order_id, new.moved_to, new.undo_until])?;
    let (is_move, product) = (new.moved_to.is_some(), new.moved_to.map_or(Uuid::nil(), ProductId::uuid));
    write.change_some(&KEEP_LICENSES, params![subscription, is_move, product])
}

/// Forgets the take-over of a subscription.
///
/// # Errors
/// When the database fails.
pub fn forget(write: &Write<'_>, subscription: SubscriptionId) -> Result<()> {
    write.change_some(&FORGET_LICENSES, params![subscription])?;
    write.change_some(&FORGET_TAKE_OVER, params![subscription])
}

/// Forgets what could be undone before a day only, and gives how many take-overs that were.
///
/// # Errors
/// When the database fails.
pub fn forget_before(write: &Write<'_>, day: Date) -> Result<u64> {
    write.change_some(&FORGET_LICENSES_BEFORE, params![day])?;
    write.change_any(&FORGET_TAKE_OVERS_BEFORE, params![day])
}

/// Organizations that still keep what could be undone before a day only.
///
/// # Errors
/// When the database fails.
pub fn keeping_longer(read: &Read<'_>, day: Date, limit: usize) -> Result<Vec<OrganizationId>> {
    read.query(&KEEPING_LONGER, params![day, limit as i64], |row| row.get(0))
}

/// The products between which licenses go back.
#[derive(Debug, Clone, Copy)]
pub struct Products {
    /// That of the subscription.
    pub former: ProductId,
    /// That to which people moved; none when they lost access.
    pub moved_to: Option<ProductId>,
}

impl Products {
    fn moved_to(self) -> Uuid {
        self.moved_to.map_or(Uuid::nil(), ProductId::uuid)
    }

    fn are_same(self) -> bool {
        self.moved_to == Some(self.former)
    }
}

/// What undoing would come to for how many people.
///
/// # Errors
/// When the database fails.
pub fn foresee(read: &Read<'_>, subscription: SubscriptionId, products: Products) -> Result<Vec<(Return, i64)>> {
    let parameters = params![subscription, products.former, products.moved_to(), products.are_same()];
    read.query(&FORESEE_RETURNS, parameters, |row| Ok((row.code(0, Return::from_code)?, row.get(1)?)))
}

/// Notes that a take-over is undone; of two who do so at once, one fails.
///
/// # Errors
/// When the database fails, or it was undone.
pub fn mark_undone(write: &Write<'_>, subscription: SubscriptionId, undone: &UndoneTakeOver) -> Result<()> {
    write.change(&MARK_UNDONE, params![subscription, json_text(undone)])
}

/// Licenses that people have again.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Returned {
    /// How many people.
    pub people: i64,
    /// Those whose license is in use; the others are in conflict, as they were.
    pub in_use: i64,
    /// People who have none again.
    pub skipped: i64,
}

/// Says of each person what comes of the license, and counts that.
///
/// # Errors
/// When the database fails.
pub fn judge(write: &Write<'_>, subscription: SubscriptionId, products: Products) -> Result<Returned> {
    write.change_some(&HOLD_GIVEN, params![subscription, products.moved_to()])?;
    write.change_some(&FIND_HELD, params![subscription, products.moved_to()])?;
    write.change_some(&JUDGE_RETURNS, params![subscription, products.former, products.are_same()])?;
    let counted = write.query(&COUNT_RETURNS, params![subscription], |row| {
        Ok((row.code(0, Return::from_code)?, row.get::<i64>(1)?, row.get::<i64>(2)?))
    })?;
    let mut returned = Returned::default();
    for (outcome, people, in_use) in counted {
        match outcome.has_license() {
            true => (returned.people, returned.in_use) = (returned.people + people, returned.in_use + in_use),
            false => returned.skipped += people,
        }
    }
    Ok(returned)
}

/// Licenses that go back from a subscription.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct GivenBack {
    /// From which.
    pub from: SubscriptionId,
    /// How many.
    pub people: i64,
    /// Those that are in use there; the others are in conflict.
    pub in_use: i64,
}

/// From where licenses go back.
///
/// # Errors
/// When the database fails.
pub fn given_back(write: &Write<'_>, subscription: SubscriptionId, products: Products) -> Result<Vec<GivenBack>> {
    write.query(&COUNT_HELD, params![subscription, products.moved_to()], |row| {
        Ok(GivenBack { from: row.get(0)?, people: row.get(1)?, in_use: row.get(2)? })
    })
}

/// Writes an entry in the journal for everybody whose license goes back from a subscription, or with `None` for
/// everybody who gets one that is nowhere. Of `entry` the identity is not used, nor what it is about; each gets an
/// identity of its own, made at `made_at` by the system's time.
///
/// # Errors
/// When the database fails.
pub fn record(
    write: &Write<'_>,
    subscription: SubscriptionId,
    former: ProductId,
    from: Option<SubscriptionId>,
    entry: &NewEntry<'_>,
    made_at: Timestamp,
) -> Result<()> {
    let data = json_text(entry.event);
    let outcome = if from.is_some() { Return::MovedBack } else { Return::Added };
    let (kind, id) = (entry.event.kind(), entry.principal_id);
    let who = (entry.principal, entry.actor_name, entry.command, entry.request);
    let from = from.map_or(Uuid::nil(), SubscriptionId::uuid);
    let of = (subscription, outcome.code());
    write.change_some(
        &RECORD_RETURNS,
        params![of.0, of.1, from, entry.at, who.0, id, who.1, who.2, who.3, kind, data, made_at, former],
    )
}

/// Gives everybody the license that [`judge`] found to be theirs, and forgets the copies. Subscriptions count for
/// themselves; `moving` is how many go back from where they are.
///
/// # Errors
/// When the database fails, or somebody lost such a license meanwhile.
pub fn give_back(write: &Write<'_>, subscription: SubscriptionId, products: Products, moving: i64) -> Result<()> {
    let parameters = params![subscription, products.former, products.moved_to()];
    if moving > 0 && i64::try_from(write.change_any(&MOVE_BACK, parameters)?) != Ok(moving) {
        return Err(Error::new(Kind::Stale, "a license is not where it was").of(MOVE_BACK.name));
    }
    write.change_some(&ADD_BACK, params![subscription, products.former])?;
    write.change_some(&COUNT_ADDED, params![subscription])?;
    write.change_some(&FORGET_LICENSES, params![subscription])
}
