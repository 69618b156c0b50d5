//! Keys of programs: only the hash of a secret is stored.

use crate::{Read, Result, Row, Write, params, statements};
use domain::access::{Actor, Principal, Scope};
use domain::api_token::ApiToken;
use domain::ids::{ApiTokenId, UserId};
use domain::organization::OrganizationState;
use jiff::Timestamp;

macro_rules! select {
    ($rest:literal) => {
        concat!(
            "SELECT t.id, t.name, t.scopes, t.created_at, t.expires_at, t.revoked_at, u.display_name FROM api_token t \
             LEFT JOIN \"user\" u ON u.organization_id = t.organization_id AND u.id = t.created_by \
             WHERE t.organization_id = $1 ",
            $rest
        )
    };
}

statements! {
    TOKENS: organization = select!("ORDER BY t.id DESC");
    TOKEN_BY_ID: organization = select!("AND t.id = $2");
    // The secret finds its organization: nobody is known before this statement has run.
    ACTOR_BY_TOKEN: shared = "SELECT t.organization_id, t.id, t.name, t.scopes, o.state FROM api_token t \
        JOIN organization o ON o.id = t.organization_id WHERE t.token_hash = $1 AND t.revoked_at IS NULL \
        AND (t.expires_at IS NULL OR t.expires_at > $2)";
    MAKER_OF_TOKEN: organization = "SELECT created_by FROM api_token WHERE organization_id = $1 AND id = $2";
    INSERT_TOKEN: organization = "INSERT INTO api_token (organization_id, id, name, token_hash, scopes, created_by, \
        created_at, expires_at) VALUES ($1, $2, $3, $4, $5, $6, $7, $8)";
    REVOKE: organization = "UPDATE api_token SET revoked_at = $3 WHERE organization_id = $1 AND id = $2 \
        AND revoked_at IS NULL";
}

/// A key with the name of the person who made it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ListedApiToken {
    /// The key.
    pub token: ApiToken,
    /// Who made it; `None` when Zetel itself did.
    pub created_by: Option<String>,
}

/// Scopes are stored by their codes, separated by spaces; one that this version does not know gives nothing.
fn scopes(text: &str) -> Vec<Scope> {
    text.split(' ').filter_map(Scope::from_code).collect()
}

fn listed(row: &Row<'_>) -> Result<ListedApiToken> {
    let token = ApiToken {
        id: row.get(0)?,
        name: row.get(1)?,
        scopes: scopes(row.text(2)?),
        created_at: row.get(3)?,
        expires_at: row.get(4)?,
        revoked_at: row.get(5)?,
    };
    Ok(ListedApiToken { token, created_by: row.get(6)? })
}

/// Every key of the organization, the newest first.
///
/// # Errors
/// When the database fails.
pub fn list(read: &Read<'_>) -> Result<Vec<ListedApiToken>> {
    read.query(&TOKENS, params![], listed)
}

/// The key, revoked or not.
///
/// # Errors
/// When the database fails.
pub fn find(read: &Read<'_>, id: ApiTokenId) -> Result<Option<ListedApiToken>> {
    read.query_one(&TOKEN_BY_ID, params![id], listed)
}

/// The program that holds the secret with this hash, unless the key is revoked or expired at `now` or its organization
/// is suspended.
///
/// # Errors
/// When the database fails.
pub fn actor(read: &Read<'_>, token_hash: &[u8], now: Timestamp) -> Result<Option<Actor>> {
    let found = read.query_one(&ACTOR_BY_TOKEN, params![token_hash, now], |row| {
        let actor = Actor {
            home: Some(row.get(0)?),
            principal: Principal::Token(row.get(1)?),
            name: row.get(2)?,
            roles: Vec::new(),
            billing_roles: Vec::new(),
            billing_admins_assign: false,
            scopes: scopes(row.text(3)?),
        };
        Ok((actor, row.code(4, OrganizationState::from_code)?))
    })?;
    Ok(found.filter(|(_, state)| *state == OrganizationState::Active).map(|(actor, _)| actor))
}

/// The person who made a key.
///
/// # Errors
/// When the database fails.
pub fn maker(read: &Read<'_>, id: ApiTokenId) -> Result<Option<UserId>> {
    Ok(read.query_one(&MAKER_OF_TOKEN, params![id], |row| row.get(0))?.flatten())
}

/// Adds a key.
///
/// # Errors
/// When the database fails.
pub fn insert(write: &Write<'_>, new: &ApiToken, token_hash: &[u8], created_by: Option<UserId>) -> Result<()> {
    let codes: Vec<_> = new.scopes.iter().map(|scope| scope.code()).collect();
    write.change(
        &INSERT_TOKEN,
        params![new.id, new.name, token_hash, codes.join(" "), created_by, new.created_at, new.expires_at],
    )
}

/// Revokes a key that was not revoked.
///
/// # Errors
/// When the database fails, or it was revoked meanwhile.
pub fn revoke(write: &Write<'_>, id: ApiTokenId, at: Timestamp) -> Result<()> {
    write.change(&REVOKE, params![id, at])
}
