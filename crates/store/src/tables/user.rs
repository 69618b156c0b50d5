//! People, their words for search, and their roles.

use crate::{Read, Result, Row, Write, params, statements};
use domain::access::Role;
use domain::ids::UserId;
use domain::user::{User, UserFacts, UserState, fold, search_words};
use jiff::Timestamp;

statements! {
    USER_BY_ID: organization = "SELECT id, email, display_name, department, usage_location, state, license_count, \
        created_at, revision FROM \"user\" WHERE organization_id = $1 AND id = $2";
    USER_BY_EMAIL: organization = "SELECT id, email, display_name, department, usage_location, state, license_count, \
        created_at, revision FROM \"user\" WHERE organization_id = $1 AND email = $2 AND state <> 'deleted'";
    INSERT_USER: organization = "INSERT INTO \"user\" (organization_id, id, email, display_name, sort_name, \
        department, usage_location, state, created_at) VALUES ($1, $2, $3, $4, $5, $6, $7, 'active', $8)";
    INSERT_WORD: organization = "INSERT INTO user_word (organization_id, word, user_id) VALUES ($1, $2, $3)";
    ROLES: organization = "SELECT role FROM user_role WHERE organization_id = $1 AND user_id = $2 ORDER BY role";
    INSERT_ROLE: organization = "INSERT INTO user_role (organization_id, user_id, role) VALUES ($1, $2, $3)";
    DELETE_ROLES: organization = "DELETE FROM user_role WHERE organization_id = $1 AND user_id = $2";
    SET_LOCATION_IF_MISSING: organization = "UPDATE \"user\" SET usage_location = $3, revision = revision + 1 \
        WHERE organization_id = $1 AND id = $2 AND usage_location IS NULL AND state <> 'deleted'";
    SET_PASSWORD_HASH: organization = "UPDATE \"user\" SET password_hash = $3, revision = revision + 1 \
        WHERE organization_id = $1 AND id = $2";
}

/// Reads a row with the columns of [`USER_BY_ID`].
pub(crate) fn user(row: &Row<'_>) -> Result<User> {
    Ok(User {
        id: row.get(0)?,
        email: row.get(1)?,
        display_name: row.get(2)?,
        department: row.get(3)?,
        usage_location: row.get(4)?,
        state: row.code(5, UserState::from_code)?,
        license_count: row.get(6)?,
        created_at: row.get(7)?,
        revision: row.get(8)?,
    })
}

/// The person, deleted or not.
///
/// # Errors
/// When the database fails.
pub fn find(read: &Read<'_>, id: UserId) -> Result<Option<User>> {
    read.query_one(&USER_BY_ID, params![id], user)
}

/// The person with this sign-in name who is not deleted.
///
/// # Errors
/// When the database fails.
pub fn find_by_email(read: &Read<'_>, email: &str) -> Result<Option<User>> {
    read.query_one(&USER_BY_EMAIL, params![email], user)
}

/// Adds a person with the words by which search finds them.
///
/// # Errors
/// When the database fails, or the address is taken.
pub fn insert(write: &Write<'_>, id: UserId, facts: &UserFacts, created_at: Timestamp) -> Result<()> {
    let sort_name = fold(&facts.display_name);
    write.change(
        &INSERT_USER,
        params![id, facts.email, facts.display_name, sort_name, facts.department, facts.usage_location, created_at],
    )?;
    insert_words(write, id, facts)
}

/// Adds the words of a person.
pub(crate) fn insert_words(write: &Write<'_>, id: UserId, facts: &UserFacts) -> Result<()> {
    search_words(&facts.display_name, &facts.email)
        .iter()
        .try_for_each(|word| write.change(&INSERT_WORD, params![word, id]))
}

/// The roles of a person.
///
/// # Errors
/// When the database fails.
pub fn roles(read: &Read<'_>, id: UserId) -> Result<Vec<Role>> {
    read.query(&ROLES, params![id], |row| row.code(0, Role::from_code))
}

/// Replaces the roles of a person.
///
/// # Errors
/// When the database fails.
pub fn set_roles(write: &Write<'_>, id: UserId, roles: &[Role]) -> Result<()> {
    write.change_any(&DELETE_ROLES, params![id])?;
    roles.iter().try_for_each(|role| write.change(&INSERT_ROLE, params![id, role.code()]))
}

/// Stores the hash of a password; the password itself never comes here.
///
/// # Errors
/// When the database fails, or there is no such person.
pub fn set_password_hash(write: &Write<'_>, id: UserId, hash: &str) -> Result<()> {
    write.change(&SET_PASSWORD_HASH, params![id, hash])
}

/// Gives a person who has no usage location one; gives whether there was none.
///
/// # Errors
/// When the database fails.
pub fn set_location_if_missing(write: &Write<'_>, id: UserId, location: &str) -> Result<bool> {
    write.change_any(&SET_LOCATION_IF_MISSING, params![id, location]).map(|count| count == 1)
}
