//! Organizations.

use super::billing_account;
use crate::{Read, Result, Row, Write, params, statements};
use domain::billing::{BillingAccount, BillingProfile};
use domain::ids::OrganizationId;
use domain::money::Currency;
use domain::organization::{Cloud, Organization, OrganizationKind, OrganizationState};
use domain::user::fold;
use jiff::SignedDuration;

statements! {
    ORGANIZATION_BY_ID: shared = "SELECT id, name, kind, state, country, currency, cloud, language, time_zone, \
        sandbox_ahead, created_at, revision FROM organization WHERE id = $1";
    ORGANIZATION_OF_OPERATOR: shared = "SELECT id, name, kind, state, country, currency, cloud, language, time_zone, \
        sandbox_ahead, created_at, revision FROM organization WHERE kind = 'operator'";
    ORGANIZATIONS: shared = "SELECT id, name, kind, state, country, currency, cloud, language, time_zone, \
        sandbox_ahead, created_at, revision FROM organization WHERE sort_name LIKE $1 ESCAPE '\\' \
        AND (sort_name, id) > ($2, $3) ORDER BY sort_name, id LIMIT $4";
    ORGANIZATION_BY_NAME: shared = "SELECT id, name, kind, state, country, currency, cloud, language, time_zone, \
        sandbox_ahead, created_at, revision FROM organization WHERE sort_name = $1 ORDER BY id LIMIT 1";
    COUNT_ORGANIZATIONS: shared = "SELECT COUNT(*) FROM organization";
    INSERT_ORGANIZATION: shared = "INSERT INTO organization (id, name, sort_name, kind, state, country, currency, \
        cloud, language, time_zone, sandbox_ahead, created_at) \
        VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)";
    UPDATE_ORGANIZATION: shared = "UPDATE organization SET state = $3, cloud = $4, sandbox_ahead = $5, \
        revision = revision + 1 WHERE id = $1 AND revision = $2";
    SET_ORGANIZATION_KIND: shared = "UPDATE organization SET kind = $3, revision = revision + 1 \
        WHERE id = $1 AND revision = $2";
    SET_ORGANIZATION_LANGUAGE: shared = "UPDATE organization SET language = $3, revision = revision + 1 \
        WHERE id = $1 AND revision = $2";
    NEXT_ORDER_NUMBER: shared = "UPDATE organization SET order_count = order_count + 1 WHERE id = $1 \
        RETURNING order_count";
}

fn organization(row: &Row<'_>) -> Result<Organization> {
    Ok(Organization {
        id: row.get(0)?,
        name: row.get(1)?,
        kind: row.code(2, OrganizationKind::from_code)?,
        state: row.code(3, OrganizationState::from_code)?,
        country: row.get(4)?,
        currency: row.code(5, Currency::from_code)?,
        cloud: row.code(6, Cloud::from_code)?,
        language: row.get(7)?,
        time_zone: row.get(8)?,
        sandbox_ahead: row.get::<Option<i64>>(9)?.map(SignedDuration::from_micros),
        created_at: row.get(10)?,
        revision: row.get(11)?,
    })
}

/// The organization, whoever asks.
///
/// # Errors
/// When the database fails.
pub fn find(read: &Read<'_>, id: OrganizationId) -> Result<Option<Organization>> {
    read.query_one(&ORGANIZATION_BY_ID, params![id], organization)
}

/// The organization that runs this Zetel, once it was set up.
///
/// # Errors
/// When the database fails.
pub fn find_operator(read: &Read<'_>) -> Result<Option<Organization>> {
    read.query_one(&ORGANIZATION_OF_OPERATOR, params![], organization)
}

/// Organizations by name, whose name contains `search`, after the last one of the page before.
///
/// # Errors
/// When the database fails.
pub fn list(
    read: &Read<'_>,
    search: &str,
    after: Option<(&str, OrganizationId)>,
    limit: usize,
) -> Result<Vec<Organization>> {
    let (name, id) = after.map_or(("", uuid::Uuid::nil()), |(name, id)| (name, id.uuid()));
    let pattern = format!("%{}%", crate::tables::escape_like(&fold(search)));
    read.query(&ORGANIZATIONS, params![pattern, fold(name), id, limit as i64], organization)
}

/// The oldest organization with this name, in any case and with or without accents.
///
/// # Errors
/// When the database fails.
pub fn find_by_name(read: &Read<'_>, name: &str) -> Result<Option<Organization>> {
    read.query_one(&ORGANIZATION_BY_NAME, params![fold(name)], organization)
}

/// How many organizations there are, the operator's own included.
///
/// # Errors
/// When the database fails.
pub fn count(read: &Read<'_>) -> Result<i64> {
    Ok(read.query_one(&COUNT_ORGANIZATIONS, params![], |row| row.get(0))?.unwrap_or_default())
}

/// Adds an organization, with its contract and its first billing profile.
///
/// # Errors
/// When the database fails.
pub fn insert(write: &Write<'_>, new: &Organization) -> Result<()> {
    let ahead = new.sandbox_ahead.map(|ahead| ahead.as_micros() as i64);
    let codes = (new.kind.code(), new.state.code(), new.currency.code(), new.cloud.code());
    let (kind, state, currency, cloud) = codes;
    write.change(
        &INSERT_ORGANIZATION,
        params![
            new.id,
            new.name,
            fold(&new.name),
            kind,
            state,
            new.country,
            currency,
            cloud,
            new.language,
            new.time_zone,
            ahead,
            new.created_at
        ],
    )?;
    billing_account::insert(write, new.id, &BillingAccount::first(new))?;
    billing_account::insert_profile(write, new.id, &BillingProfile::first(new))
}

/// Saves state, cloud and clock of an organization that was read at `changed.revision`.
///
/// # Errors
/// When the database fails, or somebody changed it meanwhile.
pub fn update(write: &Write<'_>, changed: &Organization) -> Result<()> {
    let ahead = changed.sandbox_ahead.map(|ahead| ahead.as_micros() as i64);
    let (state, cloud) = (changed.state.code(), changed.cloud.code());
    write.change(&UPDATE_ORGANIZATION, params![changed.id, changed.revision, state, cloud, ahead])
}

/// Saves what an organization that was read at `read.revision` is to Zetel.
///
/// # Errors
/// When the database fails, or somebody changed it meanwhile.
pub fn set_kind(write: &Write<'_>, read: &Organization, kind: OrganizationKind) -> Result<()> {
    write.change(&SET_ORGANIZATION_KIND, params![read.id, read.revision, kind.code()])
}

/// Saves the language of the mails of an organization that was read at `read.revision`.
///
/// # Errors
/// When the database fails, or somebody changed it meanwhile.
pub fn set_language(write: &Write<'_>, read: &Organization, language: &str) -> Result<()> {
    write.change(&SET_ORGANIZATION_LANGUAGE, params![read.id, read.revision, language])
}

/// Takes the next number for an order.
///
/// # Errors
/// When the database fails.
pub fn next_order_number(write: &Write<'_>, id: OrganizationId) -> Result<u64> {
    let number = write.query_one(&NEXT_ORDER_NUMBER, params![id], |row| row.get::<i64>(0))?;
    Ok(number.unwrap_or_default().unsigned_abs())
}
