//! Users > Groups: the list, a group's page, and who is in it (domain 2.7).

mod details;
mod list;
mod members;
mod save;

use crate::web::{Access, PageError, Routes, Section, Visitor};
use app::Failure;
use app::group::list::FindGroup;
use domain::access::Permission;
use domain::ids::GroupId;
use domain::refusal::{Field, Refusal};

pub(super) fn routes() -> Routes {
    let read = Access::Needs(Permission::ReadUsers);
    let manage = Access::Needs(Permission::ManageUsers);
    Routes::default()
        .get("/groups", read, list::page)
        .get("/groups/add", manage, save::add_pane)
        .post("/groups/add", manage, save::add)
        .get("/groups/{group}", read, details::page)
        .get("/groups/{group}/rename", manage, save::rename_pane)
        .post("/groups/{group}/rename", manage, save::rename)
        .get("/groups/{group}/delete", manage, save::delete_pane)
        .post("/groups/{group}/delete", manage, save::delete)
        .get("/groups/{group}/people", manage, members::pane)
        .post("/groups/{group}/people", manage, members::add)
        .post("/groups/{group}/remove", manage, members::remove)
}

/// The identifier in a path; what is none is not there.
fn group_id(text: &str) -> Result<GroupId, Refusal> {
    text.parse().map_err(|_| Refusal::NotFound)
}

/// The group that somebody chose or typed the name of; none where nothing was.
///
/// # Errors
/// [`Refusal::UnknownChoice`] at the field where no group is called so.
pub(super) async fn named_group(visitor: &Visitor, typed: &str, at: Field) -> Result<Option<GroupId>, Failure> {
    if typed.is_empty() {
        return Ok(None);
    }
    let found = visitor.read(FindGroup(typed.to_owned())).await.map_err(|PageError(failure)| failure)?;
    Ok(Some(found.ok_or_else(|| Refusal::UnknownChoice.at(at))?.id))
}

/// The page of a group.
pub(super) fn group_url(id: GroupId) -> String {
    format!("{}/{id}", Section::Groups.url())
}

/// Where the panes of a group are.
struct Panes {
    people: String,
    rename: String,
    delete: String,
}

impl Panes {
    fn of(id: GroupId) -> Self {
        let [people, rename, delete] = ["people", "rename", "delete"].map(|pane| format!("{}/{pane}", group_url(id)));
        Self { people, rename, delete }
    }
}
