//! The groups of an organization, and one of them.

use super::load;
use crate::door::{Look, Query};
use crate::failure::Failure;
use domain::access::permission::ReadUsers;
use domain::group::Group;
use domain::ids::GroupId;
use domain::refusal::Refusal;
use store::Read;
use store::tables::{group, purchase_limits};

/// Which groups, from where. Sorted by name.
#[derive(Debug, Clone, Default)]
pub struct ListGroups {
    /// What the name contains.
    pub search: String,
    /// The last one of the page before.
    pub after: Option<GroupId>,
    /// How many at most.
    pub limit: usize,
}

/// A page of groups.
#[derive(Debug, Clone)]
pub struct GroupPage {
    /// The rows.
    pub rows: Vec<Group>,
    /// The last row, when there are more after it.
    pub next: Option<GroupId>,
}

impl Query for ListGroups {
    type Permission = ReadUsers;
    type Outcome = GroupPage;

    fn run(&self, look: &Look<'_, ReadUsers>) -> Result<GroupPage, Failure> {
        look.granted.everything()?;
        let after = self.after.map(|id| group::find(look.read, id)).transpose()?.flatten();
        let mut rows = group::list(look.read, &self.search, after.as_ref(), self.limit + 1)?;
        let has_more = rows.len() > self.limit;
        rows.truncate(self.limit);
        let next = if has_more { rows.last().map(|row| row.id) } else { None };
        Ok(GroupPage { rows, next })
    }
}

/// Asks for the group that somebody means: by its identifier, or by its name, however its letters are written.
#[derive(Debug, Clone)]
pub struct FindGroup(pub String);

impl Query for FindGroup {
    type Permission = ReadUsers;
    type Outcome = Option<Group>;

    fn run(&self, look: &Look<'_, ReadUsers>) -> Result<Option<Group>, Failure> {
        look.granted.everything()?;
        match self.0.parse() {
            Ok(id) => Ok(group::find(look.read, id)?),
            Err(_) => Ok(group::find_by_name(look.read, &self.0)?),
        }
    }
}

/// The first groups by name, and how many more there are.
pub(crate) fn first(read: &Read<'_>, limit: usize) -> Result<(Vec<Group>, i64), store::Error> {
    let groups = group::list(read, "", None, limit)?;
    let more = if groups.len() < limit { 0 } else { group::count(read)? - groups.len() as i64 };
    Ok((groups, more))
}

/// Asks for one group.
#[derive(Debug, Clone, Copy)]
pub struct GroupDetails(pub GroupId);

/// One group.
#[derive(Debug, Clone)]
pub struct GroupView {
    /// The group.
    pub group: Group,
    /// Whether it can be deleted.
    pub delete: Result<(), Refusal>,
}

impl Query for GroupDetails {
    type Permission = ReadUsers;
    type Outcome = GroupView;

    fn run(&self, look: &Look<'_, ReadUsers>) -> Result<GroupView, Failure> {
        look.granted.everything()?;
        let group = load(look.read, self.0)?;
        let buyers = purchase_limits::find(look.read)?.buyers;
        Ok(GroupView { delete: group.delete(&buyers).map(|_| ()), group })
    }
}
