//! Make a group, give it another name, delete it.

use super::{held, load};
use crate::door::{Change, Command};
use crate::failure::Failure;
use domain::access::permission::ManageUsers;
use domain::event::{Event, Subjects};
use domain::group::Group;
use domain::ids::GroupId;
use domain::refusal::{Field, Refusal};
use domain::user::name;
use store::Read;
use store::tables::{group, purchase_limits};

/// Makes a group, with nobody in it.
#[derive(Debug, Clone)]
pub struct AddGroup {
    /// Its name, as it was typed.
    pub name: String,
}

impl Command for AddGroup {
    type Permission = ManageUsers;
    type Outcome = GroupId;
    const NAME: &'static str = "add_group";

    fn execute(&self, change: &Change<'_, ManageUsers>) -> Result<GroupId, Failure> {
        let name = free_name(change.write, &self.name, None)?;
        let id = GroupId::from_uuid(change.new_id());
        group::insert(change.write, id, &name, &[])?;
        change.record(Subjects::default(), &Event::GroupAdded { name })?;
        Ok(id)
    }
}

/// The name that was typed, when no other group has it. Of two that come at once the database refuses the second, which
/// then runs again and is refused here.
fn free_name(read: &Read<'_>, typed: &str, of: Option<GroupId>) -> Result<String, Failure> {
    let name = name(typed).map_err(|refusal| refusal.at(Field::Name))?;
    match group::find_by_name(read, &name)? {
        Some(other) if Some(other.id) != of => Err(Refusal::NameTaken.at(Field::Name).into()),
        _ => Ok(name),
    }
}

/// Gives a group another name.
#[derive(Debug, Clone)]
pub struct RenameGroup {
    /// Which.
    pub group_id: GroupId,
    /// The new name, as it was typed.
    pub name: String,
    /// The revision that the client saw; any when `None`.
    pub expected_revision: Option<i64>,
}

impl Command for RenameGroup {
    type Permission = ManageUsers;
    type Outcome = ();
    const NAME: &'static str = "rename_group";

    fn execute(&self, change: &Change<'_, ManageUsers>) -> Result<(), Failure> {
        let group = expected(load(change.write, self.group_id)?, self.expected_revision)?;
        let name = free_name(change.write, &self.name, Some(group.id))?;
        let event = group.rename(&name)?;
        group::rename(change.write, &group, &name)?;
        change.record(Subjects::default(), &event)
    }
}

/// Deletes a group. Its people stay, and keep what they have.
#[derive(Debug, Clone, Copy)]
pub struct DeleteGroup {
    /// Which.
    pub group_id: GroupId,
    /// The revision that the client saw; any when `None`.
    pub expected_revision: Option<i64>,
}

impl Command for DeleteGroup {
    type Permission = ManageUsers;
    type Outcome = ();
    const NAME: &'static str = "delete_group";

    fn execute(&self, change: &Change<'_, ManageUsers>) -> Result<(), Failure> {
        // Whoever begins to use the group, or puts people into it, at the same time has done so by now, or fails.
        let group = expected(held(change.write, self.group_id)?, self.expected_revision)?;
        let event = group.delete(&purchase_limits::find(change.write)?.buyers)?;
        group::delete(change.write, &group)?;
        change.record(Subjects::default(), &event)
    }
}

/// The group, when it is as the client saw it.
fn expected(group: Group, revision: Option<i64>) -> Result<Group, Failure> {
    match revision {
        Some(revision) if revision != group.revision => Err(Refusal::ChangedMeanwhile.into()),
        _ => Ok(group),
    }
}
