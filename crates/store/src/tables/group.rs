//! Groups of people.

use crate::{Read, Result, Write, params, statements};
use domain::ids::{GroupId, UserId};
use domain::user::Group;

statements! {
    GROUPS: organization = "SELECT id, name, member_count FROM \"group\" WHERE organization_id = $1 ORDER BY name LIMIT $2";
    INSERT_GROUP: organization =
        "INSERT INTO \"group\" (organization_id, id, name, member_count) VALUES ($1, $2, $3, $4)";
    INSERT_MEMBER: organization =
        "INSERT INTO group_member (organization_id, group_id, user_id) VALUES ($1, $2, $3)";
}

/// The groups by name.
///
/// # Errors
/// When the database fails.
pub fn list(read: &Read<'_>, limit: usize) -> Result<Vec<Group>> {
    read.query(&GROUPS, params![limit as i64], |row| {
        Ok(Group { id: row.get(0)?, name: row.get(1)?, member_count: row.get(2)? })
    })
}

/// Adds a group with its members.
///
/// # Errors
/// When the database fails, the name is taken or a member is no person of the organization.
pub fn insert(write: &Write<'_>, id: GroupId, name: &str, members: &[UserId]) -> Result<()> {
    write.change(&INSERT_GROUP, params![id, name, members.len() as i64])?;
    members.iter().try_for_each(|member| write.change(&INSERT_MEMBER, params![id, member]))
}
