//! Lists of people to whom licenses are assigned, or from whom they are taken back, all at once. The work on a list is
//! a few statements for each thousand people, whatever comes of each.

use super::assignment::{plans, plans_text};
use crate::{Read, Result, Row, Write, params, statements};
use domain::ids::{ProductId, ServicePlanId, SubscriptionId, UploadId, UserId};
use domain::license::many::{BulkAction, BulkOutcome, BulkRequest, ListedAddress, PeopleFilter};
use jiff::Timestamp;
use uuid::Uuid;

/// The people of a list between two ordinals, the first left out: what every statement of a chunk is about.
macro_rules! chunk {
    () => {
        "organization_id = $1 AND list_id = $2 AND ordinal > $3 AND ordinal <= $4 "
    };
    ($alias:literal) => {
        concat!(
            $alias,
            ".organization_id = $1 AND ",
            $alias,
            ".list_id = $2 AND ",
            $alias,
            ".ordinal > $3 AND ",
            $alias,
            ".ordinal <= $4 "
        )
    };
}

/// A person of a list `b` with the license of the product that is asked about.
macro_rules! with_license {
    ($product:literal) => {
        concat!(
            "LEFT JOIN \"user\" u ON u.organization_id = b.organization_id AND u.id = b.user_id \
             LEFT JOIN assignment a ON a.organization_id = b.organization_id AND a.user_id = b.user_id \
             AND a.product_id = ",
            $product,
            " "
        )
    };
}

/// Why a person cannot get a license, or what the row says already.
macro_rules! outcome_of_assigning {
    () => {
        "CASE WHEN b.outcome <> 'pending' THEN b.outcome WHEN u.state = 'deleted' THEN 'unknown_user' \
         WHEN a.user_id IS NOT NULL AND a.conflict_since IS NULL THEN 'has_it' \
         WHEN u.usage_location IS NULL THEN 'no_location' ELSE 'pending' END"
    };
}

/// Why a license cannot be taken back: whether the organization's own may be, and whose else.
macro_rules! outcome_of_unassigning {
    ($central:literal, $holder:literal, $can:literal) => {
        concat!(
            "CASE WHEN b.outcome <> 'pending' THEN b.outcome WHEN a.user_id IS NULL THEN 'has_none' \
             WHEN (",
            $central,
            " AND s.holder_id IS NULL) OR s.holder_id = ",
            $holder,
            " THEN '",
            $can,
            "' ELSE 'not_yours' END"
        )
    };
}

/// Why a person cannot get a license of the organization instead of one that a user bought.
macro_rules! outcome_of_centralizing {
    () => {
        "CASE WHEN b.outcome <> 'pending' THEN b.outcome WHEN a.user_id IS NULL THEN 'has_none' \
         WHEN s.holder_id IS NULL THEN 'has_it' ELSE 'pending' END"
    };
}

/// The subscription of that license.
macro_rules! with_subscription {
    () => {
        "LEFT JOIN subscription s ON s.organization_id = a.organization_id AND s.id = a.subscription_id "
    };
}

/// Journal entries of those for whom the chunk did what it was asked, each with an identifier of its own.
macro_rules! journal_of_done {
    () => {
        concat!(
            "INSERT INTO journal (organization_id, id, at, principal, principal_id, actor_name, command, request, \
             kind, data, user_id, product_id, subscription_id) \
             SELECT b.organization_id, zetel_id($5), $5, $6, $7, $8, $9, $10, $11, $12, b.user_id, $13, \
             b.subscription_id FROM bulk_person b WHERE ",
            chunk!("b"),
            "AND b.outcome = 'done' ORDER BY b.ordinal"
        )
    };
}

statements! {
    INSERT_LIST: organization = "INSERT INTO bulk_list (organization_id, id, product_id, subscription_id, action, \
        source, disabled_plans, row_count, created_by, created_at) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)";
    LIST_BY_ID: organization = "SELECT product_id, subscription_id, action, source, disabled_plans, row_count, \
        created_by FROM bulk_list WHERE organization_id = $1 AND id = $2";
    DELETE_OLD_PEOPLE: organization = "DELETE FROM bulk_person WHERE organization_id = $1 AND list_id IN \
        (SELECT l.id FROM bulk_list l LEFT JOIN job j ON j.organization_id = l.organization_id AND j.id = l.id \
        WHERE l.organization_id = $1 AND l.created_at < $2 AND (j.id IS NULL OR j.state IN ('done', 'refused')))";
    DELETE_OLD_LISTS: organization = "DELETE FROM bulk_list WHERE organization_id = $1 AND id IN \
        (SELECT l.id FROM bulk_list l LEFT JOIN job j ON j.organization_id = l.organization_id AND j.id = l.id \
        WHERE l.organization_id = $1 AND l.created_at < $2 AND (j.id IS NULL OR j.state IN ('done', 'refused')))";
    INSERT_ADDRESS: organization = "INSERT INTO bulk_person (organization_id, list_id, ordinal, line, email, outcome) \
        VALUES ($1, $2, $3, $4, $5, $6)";
    FIND_USERS: organization = concat!("UPDATE bulk_person SET user_id = (SELECT u.id FROM \"user\" u \
        WHERE u.organization_id = $1 AND u.email = bulk_person.email AND u.state <> 'deleted') WHERE ",
        chunk!(), "AND outcome = 'pending'");
    NAME_UNKNOWN: organization = concat!("UPDATE bulk_person SET outcome = 'unknown_user' WHERE ", chunk!(),
        "AND outcome = 'pending' AND user_id IS NULL");
    ADD_FILTERED: organization = "INSERT INTO bulk_person (organization_id, list_id, ordinal, line, email, user_id, \
        outcome) SELECT f.organization_id, $2, $3 + ROW_NUMBER() OVER (ORDER BY f.sort_name, f.id), 0, f.email, f.id, \
        'pending' FROM (SELECT u.organization_id, u.id, u.sort_name, u.email FROM \"user\" u \
        WHERE u.organization_id = $1 AND u.state <> 'deleted' AND (u.sort_name, u.id) > ($4, $5) \
        AND ($6 = '' OR u.department = $6) AND ($7 OR EXISTS (SELECT 1 FROM group_member g \
        WHERE g.organization_id = $1 AND g.group_id = $8 AND g.user_id = u.id)) AND ($9 OR u.license_count = 0) \
        AND ($10 OR EXISTS (SELECT 1 FROM assignment a WHERE a.organization_id = $1 AND a.user_id = u.id \
        AND a.product_id = $11)) ORDER BY u.sort_name, u.id LIMIT $12) f";
    ADD_BOUGHT_BY_USERS: organization = "INSERT INTO bulk_person (organization_id, list_id, ordinal, line, email, \
        user_id, outcome) SELECT f.organization_id, $2, $3 + ROW_NUMBER() OVER (ORDER BY f.sort_name, f.user_id), 0, \
        f.email, f.user_id, 'pending' FROM (SELECT a.organization_id, a.user_id, a.sort_name, u.email \
        FROM assignment a JOIN subscription s ON s.organization_id = a.organization_id AND s.id = a.subscription_id \
        AND s.holder_id IS NOT NULL JOIN \"user\" u ON u.organization_id = a.organization_id AND u.id = a.user_id \
        WHERE a.organization_id = $1 AND a.product_id = $6 AND (a.sort_name, a.user_id) > ($4, $5) \
        ORDER BY a.sort_name, a.user_id LIMIT $7) f";
    LAST_OF_LIST: organization = "SELECT u.sort_name, u.id FROM bulk_person b \
        JOIN \"user\" u ON u.organization_id = b.organization_id AND u.id = b.user_id \
        WHERE b.organization_id = $1 AND b.list_id = $2 ORDER BY b.ordinal DESC LIMIT 1";
    FORESEEN_ASSIGNMENTS: organization = concat!("SELECT f.outcome, COUNT(*) FROM (SELECT ", outcome_of_assigning!(),
        " AS outcome FROM bulk_person b ", with_license!("$3"), "WHERE b.organization_id = $1 AND b.list_id = $2) f \
        GROUP BY f.outcome ORDER BY f.outcome");
    FORESEEN_UNASSIGNMENTS: organization = concat!("SELECT f.outcome, COUNT(*) FROM (SELECT ",
        outcome_of_unassigning!("$4", "$5", "pending"), " AS outcome FROM bulk_person b ", with_license!("$3"),
        "LEFT JOIN subscription s ON s.organization_id = a.organization_id AND s.id = a.subscription_id \
        WHERE b.organization_id = $1 AND b.list_id = $2) f GROUP BY f.outcome ORDER BY f.outcome");
    FORESEEN_CENTRALIZATIONS: organization = concat!("SELECT f.outcome, COUNT(*) FROM (SELECT ",
        outcome_of_centralizing!(), " AS outcome FROM bulk_person b ", with_license!("$3"), with_subscription!(),
        "WHERE b.organization_id = $1 AND b.list_id = $2) f GROUP BY f.outcome ORDER BY f.outcome");
    LATEST_LIST: organization = "SELECT id FROM bulk_list WHERE organization_id = $1 AND product_id = $2 \
        AND action = $3 ORDER BY created_at DESC, id DESC LIMIT 1";
    JUDGE_CENTRALIZING: organization = concat!("UPDATE bulk_person SET outcome = f.outcome FROM \
        (SELECT b.ordinal, ", outcome_of_centralizing!(), " AS outcome FROM bulk_person b ", with_license!("$5"),
        with_subscription!(), "WHERE ", chunk!("b"), ") f WHERE bulk_person.organization_id = $1 \
        AND bulk_person.list_id = $2 AND bulk_person.ordinal > $3 AND bulk_person.ordinal <= $4 \
        AND bulk_person.ordinal = f.ordinal AND bulk_person.outcome <> f.outcome");
    MOVE_DONE: organization = concat!("UPDATE assignment SET subscription_id = f.subscription_id, \
        conflict_since = NULL FROM (SELECT b.user_id, b.subscription_id FROM bulk_person b WHERE ", chunk!("b"),
        "AND b.outcome = 'done') f WHERE assignment.organization_id = $1 AND assignment.product_id = $5 \
        AND assignment.user_id = f.user_id");
    JOURNAL_OF_MOVED: organization = concat!("INSERT INTO journal (organization_id, id, at, principal, principal_id, \
        actor_name, command, request, kind, data, user_id, product_id, subscription_id) \
        SELECT b.organization_id, zetel_id($15), $5, $6, $7, $8, $9, $10, $11, $12, b.user_id, $13, \
        b.subscription_id FROM bulk_person b JOIN assignment a ON a.organization_id = b.organization_id \
        AND a.user_id = b.user_id AND a.product_id = $13 AND a.subscription_id = $14 WHERE ", chunk!("b"),
        "AND b.outcome = 'done' ORDER BY b.ordinal");
    OUTCOMES: organization = "SELECT outcome, COUNT(*) FROM bulk_person WHERE organization_id = $1 AND list_id = $2 \
        GROUP BY outcome ORDER BY outcome";
    FORESEEN_PROBLEMS: organization = concat!("SELECT f.ordinal, f.line, f.email, f.display_name, f.outcome FROM \
        (SELECT b.ordinal, b.line, b.email, u.display_name, ", outcome_of_assigning!(), " AS outcome \
        FROM bulk_person b ", with_license!("$3"), "WHERE b.organization_id = $1 AND b.list_id = $2 \
        AND b.ordinal > $4) f WHERE f.outcome <> 'pending' ORDER BY f.ordinal LIMIT $5");
    PROBLEMS: organization = "SELECT b.ordinal, b.line, b.email, u.display_name, b.outcome FROM bulk_person b \
        LEFT JOIN \"user\" u ON u.organization_id = b.organization_id AND u.id = b.user_id \
        WHERE b.organization_id = $1 AND b.list_id = $2 AND b.ordinal > $3 AND b.outcome NOT IN ('pending', 'done') \
        ORDER BY b.ordinal LIMIT $4";
    JUDGE_ASSIGNING: organization = concat!("UPDATE bulk_person SET outcome = f.outcome FROM \
        (SELECT b.ordinal, ", outcome_of_assigning!(), " AS outcome FROM bulk_person b ", with_license!("$5"),
        "WHERE ", chunk!("b"), ") f WHERE bulk_person.organization_id = $1 AND bulk_person.list_id = $2 \
        AND bulk_person.ordinal > $3 AND bulk_person.ordinal <= $4 AND bulk_person.ordinal = f.ordinal \
        AND bulk_person.outcome <> f.outcome");
    PLACE: organization = concat!("UPDATE bulk_person SET outcome = 'done', subscription_id = $5 \
        WHERE ", chunk!(), "AND outcome = 'pending' AND ordinal <= (SELECT MAX(p.ordinal) FROM (SELECT ordinal \
        FROM bulk_person WHERE ", chunk!(), "AND outcome = 'pending' ORDER BY ordinal LIMIT $6) p)");
    NAME_WITHOUT_LICENSE: organization = concat!("UPDATE bulk_person SET outcome = 'no_license' WHERE ", chunk!(),
        "AND outcome = 'pending'");
    ASSIGN_DONE: organization = concat!("INSERT INTO assignment (organization_id, user_id, product_id, \
        subscription_id, sort_name, assigned_at, disabled_plans) SELECT b.organization_id, b.user_id, $5, \
        b.subscription_id, u.sort_name, $6, $7 FROM bulk_person b JOIN \"user\" u \
        ON u.organization_id = b.organization_id AND u.id = b.user_id WHERE ", chunk!("b"), "AND b.outcome = 'done'");
    JUDGE_UNASSIGNING: organization = concat!("UPDATE bulk_person SET outcome = f.outcome, \
        subscription_id = f.subscription_id FROM (SELECT b.ordinal, a.subscription_id, ",
        outcome_of_unassigning!("$6", "$7", "done"), " AS outcome FROM bulk_person b ", with_license!("$5"),
        "LEFT JOIN subscription s ON s.organization_id = a.organization_id AND s.id = a.subscription_id WHERE ",
        chunk!("b"), ") f WHERE bulk_person.organization_id = $1 AND bulk_person.list_id = $2 \
        AND bulk_person.ordinal > $3 AND bulk_person.ordinal <= $4 AND bulk_person.ordinal = f.ordinal \
        AND bulk_person.outcome = 'pending'");
    COUNT_TAKEN_BACK: organization = concat!("SELECT a.subscription_id, a.conflict_since IS NOT NULL, COUNT(*) \
        FROM bulk_person b JOIN assignment a ON a.organization_id = b.organization_id AND a.user_id = b.user_id \
        AND a.product_id = $5 WHERE ", chunk!("b"),
        "AND b.outcome = 'done' GROUP BY a.subscription_id, a.conflict_since IS NOT NULL ORDER BY a.subscription_id, 2");
    UNASSIGN_DONE: organization = concat!("DELETE FROM assignment WHERE organization_id = $1 AND product_id = $5 \
        AND user_id IN (SELECT b.user_id FROM bulk_person b WHERE ", chunk!("b"), "AND b.outcome = 'done')");
    // Whoever gave one of them a license meanwhile makes the insertion fail, and everything is done again.
    CLEAR_UNCOVERED: organization = concat!("DELETE FROM assignment WHERE organization_id = $1 AND product_id = $5 \
        AND conflict_since IS NOT NULL AND user_id IN (SELECT b.user_id FROM bulk_person b WHERE ", chunk!("b"),
        "AND b.outcome = 'done')");
    COUNT_AT_PEOPLE: organization = concat!("UPDATE \"user\" SET license_count = license_count + $5 \
        WHERE organization_id = $1 AND id IN (SELECT b.user_id FROM bulk_person b WHERE ", chunk!("b"),
        "AND b.outcome = 'done' AND NOT EXISTS (SELECT 1 FROM assignment a WHERE a.organization_id = $1 \
        AND a.user_id = b.user_id AND a.product_id = $6))");
    JOURNAL_OF_DONE: organization = journal_of_done!();
}

/// A list that is complete.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BulkList {
    /// Identity; the work on it has the same.
    pub id: UploadId,
    /// What is done with it.
    pub request: BulkRequest,
    /// The name of the file; empty for a filter.
    pub source: String,
    /// How many rows it has.
    pub row_count: i64,
    /// Who made it; `None` for a program.
    pub created_by: Option<UserId>,
}

/// Part of a list: the rows after `from`, up to `to`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Chunk {
    /// The list.
    pub list: UploadId,
    /// The row before the first.
    pub from: i64,
    /// The last row.
    pub to: i64,
}

/// A row of a list that did not, or will not, come to what was asked.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Problem {
    /// The place in the list, from 1.
    pub ordinal: i64,
    /// The line in the file; 0 when there is none.
    pub line: i64,
    /// The address, as the file or the person has it.
    pub email: String,
    /// The name, when the person is known.
    pub display_name: Option<String>,
    /// Why.
    pub outcome: BulkOutcome,
}

/// The list, once it is complete.
///
/// # Errors
/// When the database fails.
pub fn find(read: &Read<'_>, id: UploadId) -> Result<Option<BulkList>> {
    read.query_one(&LIST_BY_ID, params![id], |row| {
        Ok(BulkList {
            id,
            request: BulkRequest {
                product_id: row.get(0)?,
                subscription_id: row.get(1)?,
                action: row.code(2, BulkAction::from_code)?,
                disabled_plans: plans(row.text(4)?),
            },
            source: row.get(3)?,
            row_count: row.get(5)?,
            created_by: row.get(6)?,
        })
    })
}

/// Notes that a list is complete.
///
/// # Errors
/// When the database fails.
pub fn insert(write: &Write<'_>, new: &BulkList, created_at: Timestamp) -> Result<()> {
    let request = &new.request;
    write.change(
        &INSERT_LIST,
        params![
            new.id,
            request.product_id,
            request.subscription_id,
            request.action.code(),
            new.source,
            plans_text(&request.disabled_plans),
            new.row_count,
            new.created_by,
            created_at
        ],
    )
}

/// Forgets lists from before `before` whose work is over or was never asked for.
///
/// # Errors
/// When the database fails.
pub fn delete_older(write: &Write<'_>, before: Timestamp) -> Result<()> {
    write.change_some(&DELETE_OLD_PEOPLE, params![before])?;
    write.change_some(&DELETE_OLD_LISTS, params![before])
}

/// Adds rows of a file after the row `from`, and finds the people that they name.
///
/// # Errors
/// When the database fails.
pub fn add_addresses(write: &Write<'_>, list: UploadId, from: i64, rows: &[ListedAddress]) -> Result<()> {
    for (ordinal, row) in (from + 1..).zip(rows) {
        write.change(&INSERT_ADDRESS, params![list, ordinal, row.line, row.address, row.outcome.code()])?;
    }
    let to = from + rows.len() as i64;
    write.change_some(&FIND_USERS, params![list, from, to])?;
    write.change_some(&NAME_UNKNOWN, params![list, from, to])
}

/// Adds the next `limit` people who match, after the row `from`; gives how many there were. With `holders_of` only
/// people who hold that product.
///
/// # Errors
/// When the database fails.
pub fn add_filtered(
    write: &Write<'_>,
    list: UploadId,
    from: i64,
    filter: &PeopleFilter,
    holders_of: Option<ProductId>,
    limit: usize,
) -> Result<u64> {
    let (name, id) = last_of(write, list, from)?;
    write.change_any(
        &ADD_FILTERED,
        params![
            list,
            from,
            name,
            id,
            filter.department,
            filter.group.is_none(),
            filter.group,
            !filter.unlicensed,
            holders_of.is_none(),
            holders_of,
            limit as i64
        ],
    )
}

/// Adds the next `limit` people who have the product from what a user bought, after the row `from`; gives how many
/// there were.
///
/// # Errors
/// When the database fails.
pub fn add_bought_by_users(
    write: &Write<'_>,
    list: UploadId,
    from: i64,
    product: ProductId,
    limit: usize,
) -> Result<u64> {
    let (name, id) = last_of(write, list, from)?;
    write.change_any(&ADD_BOUGHT_BY_USERS, params![list, from, name, id, product, limit as i64])
}

/// The last person of a list so far: the name by which it is sorted, and who; before everybody when it is empty.
fn last_of(write: &Write<'_>, list: UploadId, from: i64) -> Result<(String, Uuid)> {
    let last = match from {
        0 => None,
        _ => write.query_one(&LAST_OF_LIST, params![list], |row| Ok((row.get(0)?, row.get(1)?)))?,
    };
    Ok(last.unwrap_or((String::new(), Uuid::nil())))
}

fn count(row: &Row<'_>) -> Result<(BulkOutcome, i64)> {
    Ok((row.code(0, BulkOutcome::from_code)?, row.get(1)?))
}

/// What assigning to a list would come to; those who would get a license are still pending.
///
/// # Errors
/// When the database fails.
pub fn foresee_assigning(read: &Read<'_>, list: UploadId, product: ProductId) -> Result<Vec<(BulkOutcome, i64)>> {
    read.query(&FORESEEN_ASSIGNMENTS, params![list, product], count)
}

/// What taking back from a list would come to: from central subscriptions when `central`, and from those of `holder`.
///
/// # Errors
/// When the database fails.
pub fn foresee_unassigning(
    read: &Read<'_>,
    list: UploadId,
    product: ProductId,
    central: bool,
    holder: Option<UserId>,
) -> Result<Vec<(BulkOutcome, i64)>> {
    read.query(&FORESEEN_UNASSIGNMENTS, params![list, product, central, holder], count)
}

/// What giving licenses of the organization to a list would come to.
///
/// # Errors
/// When the database fails.
pub fn foresee_centralizing(read: &Read<'_>, list: UploadId, product: ProductId) -> Result<Vec<(BulkOutcome, i64)>> {
    read.query(&FORESEEN_CENTRALIZATIONS, params![list, product], count)
}

/// The newest list of a product with which this was done, or is to be.
///
/// # Errors
/// When the database fails.
pub fn latest(read: &Read<'_>, product: ProductId, action: BulkAction) -> Result<Option<UploadId>> {
    read.query_one(&LATEST_LIST, params![product, action.code()], |row| row.get(0))
}

/// What came of a list so far.
///
/// # Errors
/// When the database fails.
pub fn outcomes(read: &Read<'_>, list: UploadId) -> Result<Vec<(BulkOutcome, i64)>> {
    read.query(&OUTCOMES, params![list], count)
}

fn problem(row: &Row<'_>) -> Result<Problem> {
    Ok(Problem {
        ordinal: row.get(0)?,
        line: row.get(1)?,
        email: row.get(2)?,
        display_name: row.get(3)?,
        outcome: row.code(4, BulkOutcome::from_code)?,
    })
}

/// The rows after `after` that would not get a license.
///
/// # Errors
/// When the database fails.
pub fn foreseen_problems(
    read: &Read<'_>,
    list: UploadId,
    product: ProductId,
    after: i64,
    limit: usize,
) -> Result<Vec<Problem>> {
    read.query(&FORESEEN_PROBLEMS, params![list, product, after, limit as i64], problem)
}

/// The rows after `after` of which nothing came.
///
/// # Errors
/// When the database fails.
pub fn problems(read: &Read<'_>, list: UploadId, after: i64, limit: usize) -> Result<Vec<Problem>> {
    read.query(&PROBLEMS, params![list, after, limit as i64], problem)
}

/// Says of each row of a chunk why it cannot get a license; who can stays pending.
///
/// # Errors
/// When the database fails.
pub fn judge_assigning(write: &Write<'_>, chunk: Chunk, product: ProductId) -> Result<()> {
    write.change_some(&JUDGE_ASSIGNING, params![chunk.list, chunk.from, chunk.to, product])
}

/// Gives the first pending rows of a chunk a place in a subscription that has `free`; gives how many took one.
///
/// # Errors
/// When the database fails.
pub fn place(write: &Write<'_>, chunk: Chunk, subscription: SubscriptionId, free: i64) -> Result<i64> {
    let placed = write.change_any(&PLACE, params![chunk.list, chunk.from, chunk.to, subscription, free])?;
    Ok(i64::try_from(placed).unwrap_or(i64::MAX))
}

/// Adds the licenses of those who took a place; the rest of the chunk finds none left. Gives from where those were that
/// no subscription covered any more and that made way.
///
/// # Errors
/// When the database fails.
pub fn assign_placed(
    write: &Write<'_>,
    chunk: Chunk,
    product: ProductId,
    disabled_plans: &[ServicePlanId],
    at: Timestamp,
) -> Result<Vec<TakenBack>> {
    let (list, from, to) = (chunk.list, chunk.from, chunk.to);
    let uncovered = moving(write, chunk, product)?;
    write.change_some(&COUNT_AT_PEOPLE, params![list, from, to, 1i64, product])?;
    if !uncovered.is_empty() {
        write.change_some(&CLEAR_UNCOVERED, params![list, from, to, product])?;
    }
    write.change_some(&ASSIGN_DONE, params![list, from, to, product, at, plans_text(disabled_plans)])?;
    Ok(uncovered)
}

/// Licenses of one subscription that a chunk takes back.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct TakenBack {
    /// The subscription.
    pub subscription_id: SubscriptionId,
    /// Whether they were in conflict.
    pub in_conflict: bool,
    /// How many.
    pub count: i64,
}

/// Takes back the licenses of a chunk, from central subscriptions when `central` and from those of `holder`, and says
/// from which subscriptions they came.
///
/// # Errors
/// When the database fails.
pub fn unassign(
    write: &Write<'_>,
    chunk: Chunk,
    product: ProductId,
    central: bool,
    holder: Option<UserId>,
) -> Result<Vec<TakenBack>> {
    let (list, from, to) = (chunk.list, chunk.from, chunk.to);
    write.change_some(&JUDGE_UNASSIGNING, params![list, from, to, product, central, holder])?;
    let taken = write.query(&COUNT_TAKEN_BACK, params![list, from, to, product], taken_back)?;
    write.change_some(&UNASSIGN_DONE, params![list, from, to, product])?;
    write.change_some(&COUNT_AT_PEOPLE, params![list, from, to, -1i64, product])?;
    Ok(taken)
}

/// Says of each row of a chunk why it cannot move to a license of the organization; who can stays pending.
///
/// # Errors
/// When the database fails.
pub fn judge_centralizing(write: &Write<'_>, chunk: Chunk, product: ProductId) -> Result<()> {
    write.change_some(&JUDGE_CENTRALIZING, params![chunk.list, chunk.from, chunk.to, product])
}

/// From where those come who took a place; the rest of the chunk finds none left.
///
/// # Errors
/// When the database fails.
pub fn moving(write: &Write<'_>, chunk: Chunk, product: ProductId) -> Result<Vec<TakenBack>> {
    let (list, from, to) = (chunk.list, chunk.from, chunk.to);
    write.change_some(&NAME_WITHOUT_LICENSE, params![list, from, to])?;
    write.query(&COUNT_TAKEN_BACK, params![list, from, to, product], taken_back)
}

/// Moves those who took a place to it.
///
/// # Errors
/// When the database fails.
pub fn move_placed(write: &Write<'_>, chunk: Chunk, product: ProductId) -> Result<()> {
    write.change_some(&MOVE_DONE, params![chunk.list, chunk.from, chunk.to, product])
}

/// Writes an entry in the journal for everybody of a chunk who is about to move away from `source`, with an identity
/// that is made at `made_at` by the system's time; see [`record`].
///
/// # Errors
/// When the database fails.
pub fn record_moving(
    write: &Write<'_>,
    chunk: Chunk,
    entry: &super::journal::NewEntry<'_>,
    (product, source): (ProductId, SubscriptionId),
    made_at: Timestamp,
) -> Result<()> {
    let data = serde_json::to_string(entry.event).map_err(|error| crate::Error::other(error.to_string()))?;
    write.change_some(
        &JOURNAL_OF_MOVED,
        params![
            chunk.list,
            chunk.from,
            chunk.to,
            entry.at,
            entry.principal,
            entry.principal_id,
            entry.actor_name,
            entry.command,
            entry.request,
            entry.event.kind(),
            data,
            product,
            source,
            made_at
        ],
    )
}

fn taken_back(row: &Row<'_>) -> Result<TakenBack> {
    Ok(TakenBack { subscription_id: row.get(0)?, in_conflict: row.get(1)?, count: row.get(2)? })
}

/// Writes an entry in the journal for every row of a chunk that came to what was asked. `entry` says all but who and
/// where; its identity is not used.
///
/// # Errors
/// When the database fails.
pub fn record(write: &Write<'_>, chunk: Chunk, entry: &super::journal::NewEntry<'_>, product: ProductId) -> Result<()> {
    let data = serde_json::to_string(entry.event).map_err(|error| crate::Error::other(error.to_string()))?;
    write.change_some(
        &JOURNAL_OF_DONE,
        params![
            chunk.list,
            chunk.from,
            chunk.to,
            entry.at,
            entry.principal,
            entry.principal_id,
            entry.actor_name,
            entry.command,
            entry.request,
            entry.event.kind(),
            data,
            product
        ],
    )
}
