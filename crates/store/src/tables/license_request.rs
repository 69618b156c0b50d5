//! Requests for licenses, the people whom they name, and what an organization says instead of taking them (domain 2.9).

use crate::{Read, Result, Row, Write, params, statements};
use domain::ids::{LicenseRequestId, ProductId, UserId};
use domain::license::request::{LicenseRequest, RequestProcess, RequestState};
use jiff::Timestamp;

macro_rules! select_requests {
    ($rest:literal) => {
        concat!(
            "SELECT r.id, r.product_id, r.requested_by, r.requested_at, r.reason, r.state, r.decided_by, r.decided_at, \
             r.given_id, r.message, r.revision, p.name, g.name, COALESCE(u.display_name, ''), \
             COALESCE(d.display_name, r.decided_by_name), \
             (SELECT COUNT(*) FROM license_request_person n WHERE n.organization_id = r.organization_id \
             AND n.request_id = r.id) FROM license_request r JOIN product p ON p.id = r.product_id \
             LEFT JOIN product g ON g.id = r.given_id \
             LEFT JOIN \"user\" u ON u.organization_id = r.organization_id AND u.id = r.requested_by \
             LEFT JOIN \"user\" d ON d.organization_id = r.organization_id AND d.id = r.decided_by \
             WHERE r.organization_id = $1 ",
            $rest
        )
    };
}

statements! {
    REQUEST_BY_ID: organization = select_requests!("AND r.id = $2");
    // Those that wait first are the oldest; among those that were decided the newest come first, as in every list.
    REQUESTS: organization = select_requests!("AND (r.state = 'pending') = $2 AND ($3 OR r.requested_by = $4) \
        AND (r.decided_at IS NULL OR r.decided_at >= $5) AND ($6 OR r.id < $7) ORDER BY r.id DESC LIMIT $8");
    COUNT_PENDING_REQUESTS: organization = "SELECT COUNT(*) FROM license_request WHERE organization_id = $1 \
        AND state = 'pending' AND ($2 OR requested_by = $3) AND ($4 OR product_id = $5)";
    REQUESTED_PEOPLE: organization = "SELECT n.user_id, u.display_name, u.email, n.is_approved, \
        a.user_id IS NOT NULL, u.state <> 'deleted' FROM license_request_person n \
        JOIN license_request r ON r.organization_id = n.organization_id AND r.id = n.request_id \
        JOIN \"user\" u ON u.organization_id = n.organization_id AND u.id = n.user_id \
        LEFT JOIN assignment a ON a.organization_id = n.organization_id AND a.user_id = n.user_id \
        AND a.product_id = COALESCE(r.given_id, r.product_id) AND a.conflict_since IS NULL \
        WHERE n.organization_id = $1 AND n.request_id = $2 ORDER BY u.sort_name, u.id";
    PRODUCTS_TO_REQUEST: organization = "SELECT p.id, p.name FROM product p WHERE p.retired_at IS NULL \
        AND (EXISTS (SELECT 1 FROM subscription s WHERE s.organization_id = $1 AND s.product_id = p.id \
        AND s.holder_id IS NULL AND s.state <> 'deleted') \
        OR EXISTS (SELECT 1 FROM sku k WHERE k.product_id = p.id AND k.kind = 'self_service') \
        OR EXISTS (SELECT 1 FROM auto_claim c WHERE c.organization_id = $1 AND c.product_id = p.id)) \
        ORDER BY p.sort_name, p.id LIMIT $2";
    INSERT_REQUEST: organization = "INSERT INTO license_request (organization_id, id, product_id, requested_by, \
        requested_at, reason, state, decided_by, decided_at, message, revision) \
        VALUES ($1, $2, $3, $4, $5, $6, $7, NULL, NULL, '', 1)";
    INSERT_REQUESTED_PERSON: organization = "INSERT INTO license_request_person (organization_id, request_id, user_id, \
        is_approved) VALUES ($1, $2, $3, NULL)";
    DECIDE_REQUEST: organization = "UPDATE license_request SET state = $4, decided_by = $5, decided_at = $6, \
        given_id = $7, message = $8, decided_by_name = $9, revision = revision + 1 WHERE organization_id = $1 AND id = $2 AND revision = $3";
    DECIDE_REQUESTED_PERSON: organization = "UPDATE license_request_person SET is_approved = $4 \
        WHERE organization_id = $1 AND request_id = $2 AND user_id = $3";
    FORGET_REQUESTED_PEOPLE: organization = "DELETE FROM license_request_person WHERE organization_id = $1 \
        AND request_id IN (SELECT id FROM license_request WHERE organization_id = $1 AND decided_at < $2)";
    FORGET_REQUESTS: organization = "DELETE FROM license_request WHERE organization_id = $1 AND decided_at < $2";
    REQUEST_PROCESS: organization = "SELECT text, link FROM license_request_process WHERE organization_id = $1";
    SET_REQUEST_PROCESS: organization = "INSERT INTO license_request_process (organization_id, text, link) \
        VALUES ($1, $2, $3) ON CONFLICT (organization_id) DO UPDATE SET text = excluded.text, link = excluded.link";
}

/// A request with the names that a list shows beside it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ListedRequest {
    /// The request.
    pub request: LicenseRequest,
    /// The name of the product.
    pub product_name: String,
    /// The name of the product that was given instead, if another one was.
    pub given_name: Option<String>,
    /// The name of who asked; empty when the person is gone for good.
    pub requested_by_name: String,
    /// How many people it names.
    pub people: i64,
}

/// Somebody for whom a license is asked.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RequestedPerson {
    /// Who.
    pub user_id: UserId,
    /// The name.
    pub display_name: String,
    /// The sign-in name.
    pub email: String,
    /// Whether it was approved; `None` while the request waits.
    pub is_approved: Option<bool>,
    /// Whether the person holds the product by now, or the one that was given instead; not in conflict.
    pub holds_it: bool,
    /// Whether the person is still of the organization.
    pub is_here: bool,
}

/// Which requests a list shows.
#[derive(Debug, Clone, Copy)]
pub struct RequestFilter {
    /// Those that wait, or those that were decided.
    pub pending: bool,
    /// Only of this person.
    pub only: Option<UserId>,
    /// Of those that were decided, only those decided since.
    pub since: Timestamp,
}

fn listed(row: &Row<'_>) -> Result<ListedRequest> {
    Ok(ListedRequest {
        request: LicenseRequest {
            id: row.get(0)?,
            product_id: row.get(1)?,
            requested_by: row.get(2)?,
            requested_at: row.get(3)?,
            reason: row.get(4)?,
            state: row.code(5, RequestState::from_code)?,
            decided_by: row.get(6)?,
            decided_by_name: row.get(14)?,
            decided_at: row.get(7)?,
            given_id: row.get(8)?,
            message: row.get(9)?,
            revision: row.get(10)?,
        },
        product_name: row.get(11)?,
        given_name: row.get(12)?,
        requested_by_name: row.get(13)?,
        people: row.get(15)?,
    })
}

/// A request.
///
/// # Errors
/// When the database fails.
pub fn find(read: &Read<'_>, id: LicenseRequestId) -> Result<Option<ListedRequest>> {
    read.query_one(&REQUEST_BY_ID, params![id], listed)
}

/// Requests, the newest first, after the last one of the page before.
///
/// # Errors
/// When the database fails.
pub fn list(
    read: &Read<'_>,
    filter: RequestFilter,
    after: Option<LicenseRequestId>,
    limit: usize,
) -> Result<Vec<ListedRequest>> {
    let RequestFilter { pending, only, since } = filter;
    read.query(&REQUESTS, params![pending, only.is_none(), only, since, after.is_none(), after, limit as i64], listed)
}

/// How many requests wait: of one person, for one product, when those are named.
///
/// # Errors
/// When the database fails.
pub fn count_pending(read: &Read<'_>, only: Option<UserId>, product: Option<ProductId>) -> Result<i64> {
    let of = params![only.is_none(), only, product.is_none(), product];
    Ok(read.query_one(&COUNT_PENDING_REQUESTS, of, |row| row.get(0))?.unwrap_or_default())
}

/// The people whom a request names, by name.
///
/// # Errors
/// When the database fails.
pub fn people(read: &Read<'_>, id: LicenseRequestId) -> Result<Vec<RequestedPerson>> {
    read.query(&REQUESTED_PEOPLE, params![id], |row| {
        Ok(RequestedPerson {
            user_id: row.get(0)?,
            display_name: row.get(1)?,
            email: row.get(2)?,
            is_approved: row.get(3)?,
            holds_it: row.get(4)?,
            is_here: row.get(5)?,
        })
    })
}

/// The products for which a license can be asked: what the organization has or lets people claim, and what is sold to
/// people; by name.
///
/// # Errors
/// When the database fails.
pub fn products(read: &Read<'_>, limit: usize) -> Result<Vec<(ProductId, String)>> {
    read.query(&PRODUCTS_TO_REQUEST, params![limit as i64], |row| Ok((row.get(0)?, row.get(1)?)))
}

/// Adds a request that waits, with the people whom it names.
///
/// # Errors
/// When the database fails.
pub fn insert(write: &Write<'_>, new: &LicenseRequest, people: &[UserId]) -> Result<()> {
    write.change(
        &INSERT_REQUEST,
        params![new.id, new.product_id, new.requested_by, new.requested_at, new.reason, new.state.code()],
    )?;
    people.iter().try_for_each(|person| write.change(&INSERT_REQUESTED_PERSON, params![new.id, *person]))
}

/// Notes what was decided, and about whom; fails when the request changed since it was read.
///
/// # Errors
/// When the database fails, or the request changed meanwhile.
pub fn decide(write: &Write<'_>, decided: &LicenseRequest, people: &[(UserId, bool)]) -> Result<()> {
    write.change(
        &DECIDE_REQUEST,
        params![
            decided.id,
            decided.revision,
            decided.state.code(),
            decided.decided_by,
            decided.decided_at,
            decided.given_id,
            decided.message,
            decided.decided_by_name
        ],
    )?;
    people.iter().try_for_each(|(person, is_approved)| {
        write.change(&DECIDE_REQUESTED_PERSON, params![decided.id, *person, *is_approved])
    })
}

/// Forgets what was decided before.
///
/// # Errors
/// When the database fails.
pub fn forget(write: &Write<'_>, before: Timestamp) -> Result<()> {
    write.change_some(&FORGET_REQUESTED_PEOPLE, params![before])?;
    write.change_some(&FORGET_REQUESTS, params![before])
}

/// What the organization says instead of taking requests.
///
/// # Errors
/// When the database fails.
pub fn process(read: &Read<'_>) -> Result<RequestProcess> {
    let found =
        read.query_one(&REQUEST_PROCESS, params![], |row| Ok(RequestProcess { text: row.get(0)?, link: row.get(1)? }))?;
    Ok(found.unwrap_or_default())
}

/// Changes it.
///
/// # Errors
/// When the database fails.
pub fn set_process(write: &Write<'_>, process: &RequestProcess) -> Result<()> {
    write.change(&SET_REQUEST_PROCESS, params![process.text, process.link])
}
