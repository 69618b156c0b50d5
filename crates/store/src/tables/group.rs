//! Groups of people.

use super::escape_like;
use crate::{Read, Result, Row, Write, params, statements};
use domain::group::Group;
use domain::ids::{GroupId, UserId};
use domain::user::fold;

/// The columns of a group, in the order in which [`group`] reads them.
macro_rules! select_group {
    ($rest:literal) => {
        concat!("SELECT id, name, member_count, revision FROM \"group\" WHERE organization_id = $1 ", $rest)
    };
}

statements! {
    LIST_GROUPS: organization =
        select_group!("AND sort_name LIKE $2 ESCAPE '\\' AND sort_name > $3 ORDER BY sort_name LIMIT $4");
    COUNT_GROUPS: organization = "SELECT COUNT(*) FROM \"group\" WHERE organization_id = $1";
    GROUP_BY_ID: organization = select_group!("AND id = $2");
    GROUP_BY_NAME: organization = select_group!("AND sort_name = $2");
    INSERT_GROUP: organization =
        "INSERT INTO \"group\" (organization_id, id, name, sort_name, member_count) VALUES ($1, $2, $3, $4, $5)";
    RENAME_GROUP: organization = "UPDATE \"group\" SET name = $4, sort_name = $5, revision = revision + 1 \
        WHERE organization_id = $1 AND id = $2 AND revision = $3";
    HOLD_GROUP: organization =
        "UPDATE \"group\" SET member_count = member_count WHERE organization_id = $1 AND id = $2";
    COUNT_MEMBERS: organization =
        "UPDATE \"group\" SET member_count = member_count + $3 WHERE organization_id = $1 AND id = $2";
    DELETE_GROUP: organization = "DELETE FROM \"group\" WHERE organization_id = $1 AND id = $2 AND revision = $3";
    INSERT_MEMBER: organization = "INSERT INTO group_member (organization_id, group_id, user_id) VALUES ($1, $2, $3) \
        ON CONFLICT (organization_id, group_id, user_id) DO NOTHING";
    DELETE_MEMBER: organization =
        "DELETE FROM group_member WHERE organization_id = $1 AND group_id = $2 AND user_id = $3";
    DELETE_MEMBERS: organization = "DELETE FROM group_member WHERE organization_id = $1 AND group_id = $2";
    GROUPS_OF_USER: organization = "SELECT g.id, g.name, g.member_count, g.revision FROM group_member m \
        JOIN \"group\" g ON g.organization_id = m.organization_id AND g.id = m.group_id \
        WHERE m.organization_id = $1 AND m.user_id = $2 ORDER BY g.sort_name";
}

fn group(row: &Row<'_>) -> Result<Group> {
    Ok(Group { id: row.get(0)?, name: row.get(1)?, member_count: row.get(2)?, revision: row.get(3)? })
}

/// The groups by name, whose name contains `search`, after the last one of the page before.
///
/// # Errors
/// When the database fails.
pub fn list(read: &Read<'_>, search: &str, after: Option<&Group>, limit: usize) -> Result<Vec<Group>> {
    let pattern = format!("%{}%", escape_like(&fold(search)));
    let last = after.map_or(String::new(), |last| fold(&last.name));
    read.query(&LIST_GROUPS, params![pattern, last, limit as i64], group)
}

/// How many groups there are.
///
/// # Errors
/// When the database fails.
pub fn count(read: &Read<'_>) -> Result<i64> {
    Ok(read.query_one(&COUNT_GROUPS, params![], |row| row.get(0))?.unwrap_or_default())
}

/// The group.
///
/// # Errors
/// When the database fails.
pub fn find(read: &Read<'_>, id: GroupId) -> Result<Option<Group>> {
    read.query_one(&GROUP_BY_ID, params![id], group)
}

/// The group that has this name, however its letters are written.
///
/// # Errors
/// When the database fails.
pub fn find_by_name(read: &Read<'_>, name: &str) -> Result<Option<Group>> {
    read.query_one(&GROUP_BY_NAME, params![fold(name)], group)
}

/// The groups that a person is in, by name.
///
/// # Errors
/// When the database fails.
pub fn of_user(read: &Read<'_>, user: UserId) -> Result<Vec<Group>> {
    read.query(&GROUPS_OF_USER, params![user], group)
}

/// Adds a group with its members.
///
/// # Errors
/// When the database fails, the name is taken or a member is no person of the organization.
pub fn insert(write: &Write<'_>, id: GroupId, name: &str, members: &[UserId]) -> Result<()> {
    write.change(&INSERT_GROUP, params![id, name, fold(name), members.len() as i64])?;
    members.iter().try_for_each(|member| write.change(&INSERT_MEMBER, params![id, member]))
}

/// Gives a group that was read as `old` another name.
///
/// # Errors
/// When the database fails, the name is taken, or somebody renamed or deleted the group meanwhile.
pub fn rename(write: &Write<'_>, old: &Group, name: &str) -> Result<()> {
    write.change(&RENAME_GROUP, params![old.id, old.revision, name, fold(name)])
}

/// The group, which nobody else renames, deletes or gives people until this transaction is over.
///
/// # Errors
/// When the database fails.
pub fn hold(write: &Write<'_>, id: GroupId) -> Result<Option<Group>> {
    write.change_any(&HOLD_GROUP, params![id])?;
    find(write, id)
}

/// Deletes a group that was read as `old` and is held; its people stay.
///
/// # Errors
/// When the database fails, something refers to the group, or somebody renamed it meanwhile.
pub fn delete(write: &Write<'_>, old: &Group) -> Result<()> {
    write.change_some(&DELETE_MEMBERS, params![old.id])?;
    write.change(&DELETE_GROUP, params![old.id, old.revision])
}

/// Puts people into a group that is held; gives those who were not in it.
///
/// # Errors
/// When the database fails, or somebody is no person of the organization.
pub fn add(write: &Write<'_>, id: GroupId, users: &[UserId]) -> Result<Vec<UserId>> {
    let mut added = Vec::new();
    for user in users {
        if write.change_any(&INSERT_MEMBER, params![id, user])? == 1 {
            added.push(*user);
        }
    }
    write.change(&COUNT_MEMBERS, params![id, added.len() as i64])?;
    Ok(added)
}

/// Takes people out of a group that is held; gives those who were in it.
///
/// # Errors
/// When the database fails.
pub fn remove(write: &Write<'_>, id: GroupId, users: &[UserId]) -> Result<Vec<UserId>> {
    let mut removed = Vec::new();
    for user in users {
        if write.change_any(&DELETE_MEMBER, params![id, user])? == 1 {
            removed.push(*user);
        }
    }
    write.change(&COUNT_MEMBERS, params![id, -(removed.len() as i64)])?;
    Ok(removed)
}
