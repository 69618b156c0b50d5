//! Browsers that are signed in, and the way from an address to a person.

use super::billing_role;
use crate::{Read, Result, Row, Write, params, statements};
use domain::access::{Actor, Principal, Role};
use domain::ids::{OrganizationId, UserId};
use jiff::{SignedDuration, Timestamp};

statements! {
    // The token finds its organization: nobody is signed in before this statement has run.
    ACTOR_BY_SESSION: shared = "SELECT s.organization_id, s.user_id, u.display_name, r.role, EXISTS (SELECT 1 \
        FROM billing_role b WHERE b.organization_id = s.organization_id AND b.user_id = s.user_id), \
        COALESCE(l.billing_admins_assign, FALSE) FROM session s \
        LEFT JOIN license_setting l ON l.organization_id = s.organization_id \
        JOIN \"user\" u ON u.organization_id = s.organization_id AND u.id = s.user_id \
        LEFT JOIN user_role r ON r.organization_id = s.organization_id AND r.user_id = s.user_id \
        WHERE s.token_hash = $1 AND s.expires_at > $2 AND u.state = 'active'";
    // Of whoever the session's token just told.
    BILLING_ROLES_OF_ACTOR: shared = "SELECT b.role, b.scope_id FROM billing_role b JOIN billing_account a \
        ON a.organization_id = b.organization_id WHERE b.organization_id = $1 AND b.user_id = $2 \
        AND a.agreement = 'mca' ORDER BY b.role, b.scope_id";
    // The address finds its organization.
    PASSWORDS_BY_EMAIL: shared = "SELECT organization_id, id, password_hash FROM \"user\" WHERE email = $1 \
        AND state = 'active' AND password_hash IS NOT NULL ORDER BY organization_id LIMIT 5";
    INSERT_SESSION: organization = "INSERT INTO session (organization_id, token_hash, user_id, created_at, \
        expires_at) VALUES ($1, $2, $3, $4, $5)";
    // At most once an hour: whoever signs in again and again writes one row more only then.
    SIGNED_IN: organization = "UPDATE \"user\" SET last_sign_in_at = $3 WHERE organization_id = $1 AND id = $2 \
        AND (last_sign_in_at IS NULL OR last_sign_in_at < $4)";
    DELETE_SESSION: shared = "DELETE FROM session WHERE token_hash = $1";
    DELETE_SESSIONS_OF_USER: organization = "DELETE FROM session WHERE organization_id = $1 AND user_id = $2";
    DELETE_ALL_SESSIONS: organization = "DELETE FROM session WHERE organization_id = $1";
    DELETE_OTHER_SESSIONS: organization = "DELETE FROM session WHERE organization_id = $1 AND user_id = $2 \
        AND token_hash <> $3";
}

/// A person whose address was typed, with the hash to check the password against.
#[derive(Debug, Clone)]
pub struct PasswordRow {
    /// Where the person is at home.
    pub organization_id: OrganizationId,
    /// The person.
    pub user_id: UserId,
    /// The hash of the password.
    pub password_hash: String,
}

/// Who is signed in with a token of this hash.
///
/// # Errors
/// When the database fails.
pub fn actor(read: &Read<'_>, token_hash: &[u8], now: Timestamp) -> Result<Option<Actor>> {
    let rows = read.query(&ACTOR_BY_SESSION, params![token_hash, now], |row: &Row<'_>| {
        let role = row.optional_code(3, Role::from_code)?;
        Ok((row.get(0)?, row.get(1)?, row.get::<String>(2)?, row.get(4)?, row.get(5)?, role))
    })?;
    let roles = rows.iter().filter_map(|(.., role)| *role).collect();
    let Some((organization, user, name, has_billing_roles, billing_admins_assign, _)) = rows.into_iter().next() else {
        return Ok(None);
    };
    let billing_roles = match has_billing_roles {
        true => read.query(&BILLING_ROLES_OF_ACTOR, params![organization, user], |row| billing_role::grant(row, 0))?,
        false => Vec::new(),
    };
    let (principal, home) = (Principal::User(user), Some(organization));
    Ok(Some(Actor { principal, home, name, roles, billing_roles, billing_admins_assign, scopes: Vec::new() }))
}

/// People who sign in with this address; the same address may be known to several organizations.
///
/// # Errors
/// When the database fails.
pub fn passwords(read: &Read<'_>, email: &str) -> Result<Vec<PasswordRow>> {
    read.query(&PASSWORDS_BY_EMAIL, params![email], |row| {
        Ok(PasswordRow { organization_id: row.get(0)?, user_id: row.get(1)?, password_hash: row.get(2)? })
    })
}

/// Signs a browser in until `expires_at`.
///
/// # Errors
/// When the database fails.
pub fn insert(
    write: &Write<'_>,
    token_hash: &[u8],
    user: UserId,
    created_at: Timestamp,
    expires_at: Timestamp,
) -> Result<()> {
    write.change(&INSERT_SESSION, params![token_hash, user, created_at, expires_at])?;
    let hour_before = created_at - SignedDuration::from_hours(1);
    write.change_any(&SIGNED_IN, params![user, created_at, hour_before]).map(|_| ())
}

/// Signs a browser out; nothing happens when it was not signed in.
///
/// # Errors
/// When the database fails.
pub fn delete(write: &Write<'_>, token_hash: &[u8]) -> Result<()> {
    write.change_any(&DELETE_SESSION, params![token_hash]).map(|_| ())
}

/// Signs a person out everywhere.
///
/// # Errors
/// When the database fails.
pub fn delete_of_user(write: &Write<'_>, user: UserId) -> Result<()> {
    write.change_any(&DELETE_SESSIONS_OF_USER, params![user]).map(|_| ())
}

/// Signs everybody of the organization out.
///
/// # Errors
/// When the database fails.
pub fn delete_all(write: &Write<'_>) -> Result<()> {
    write.change_some(&DELETE_ALL_SESSIONS, params![])
}

/// Signs a person out everywhere but in one browser.
///
/// # Errors
/// When the database fails.
pub fn delete_others_of_user(write: &Write<'_>, user: UserId, kept_token_hash: &[u8]) -> Result<()> {
    write.change_any(&DELETE_OTHER_SESSIONS, params![user, kept_token_hash]).map(|_| ())
}
