//! Use cases of groups of people (domain 2.7).

pub mod list;
pub mod members;
pub mod save;

use domain::group::Group;
use domain::ids::GroupId;
use domain::refusal::Refusal;
use store::tables::group;
use store::{Read, Write};

use crate::failure::Failure;

/// The group, which must be there.
fn load(read: &Read<'_>, id: GroupId) -> Result<Group, Failure> {
    Ok(group::find(read, id)?.ok_or(Refusal::NotFound)?)
}

/// The group, which must be there, and which nobody else changes until this is done.
fn held(write: &Write<'_>, id: GroupId) -> Result<Group, Failure> {
    Ok(group::hold(write, id)?.ok_or(Refusal::NotFound)?)
}
