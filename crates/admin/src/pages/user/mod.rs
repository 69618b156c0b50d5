//! Active users, the pages of one person, and one's own account.

mod account;
mod add;
mod add_many;
mod administer;
mod change;
mod details;
mod licenses;
mod list;

use crate::parts::{Choice, Status};
use crate::web::{Access, Routes, Section};
use domain::access::{Permission, Role};
use domain::ids::UserId;
use domain::organization::OrganizationKind;
use domain::refusal::Refusal;
use domain::user::UserState;
use words::Words;

pub(super) fn routes() -> Routes {
    let read = Access::Needs(Permission::ReadUsers);
    let manage = Access::Needs(Permission::ManageUsers);
    let assign = Access::Needs(Permission::AssignLicenses);
    let locate = Access::Needs(Permission::SetUsageLocation);
    let give_roles = Access::Needs(Permission::ManageRoles);
    Routes::default()
        .get("/users", read, list::page)
        .get("/users/export", read, list::export)
        .get("/users/search", assign, list::search)
        .get("/users/licenses", assign, licenses::pane)
        .post("/users/licenses", assign, licenses::submit)
        .get("/users/add", manage, add::pane)
        .post("/users/add", manage, add::submit)
        .get("/users/add-many", manage, add_many::page)
        .post("/users/add-many", manage, add_many::upload)
        .get("/users/add-many/template", manage, add_many::template)
        .get("/users/add-many/{upload}", manage, add_many::preview)
        .post("/users/add-many/{upload}", manage, add_many::confirm)
        .get("/users/add-many/{upload}/errors", manage, add_many::errors)
        .get("/users/add-many/{upload}/progress", manage, add_many::progress)
        .get("/users/{user}", read, details::page)
        .get("/users/{user}/edit", manage, change::pane)
        .post("/users/{user}/edit", manage, change::submit)
        .get("/users/{user}/location", locate, change::location_pane)
        .post("/users/{user}/location", locate, change::submit_location)
        .get("/users/{user}/roles", give_roles, administer::roles_pane)
        .post("/users/{user}/roles", give_roles, administer::submit_roles)
        .get("/users/{user}/password", manage, administer::password_pane)
        .post("/users/{user}/password", manage, administer::submit_password)
        .get("/users/{user}/block", manage, administer::block_page)
        .post("/users/{user}/block", manage, administer::submit_block)
        .get("/users/{user}/delete", manage, administer::delete_page)
        .post("/users/{user}/delete", manage, administer::submit_delete)
        .get("/account", Access::SignedIn, account::page)
        .post("/account/password", Access::SignedIn, account::change_password)
        .post("/account/sign-out-elsewhere", Access::SignedIn, account::sign_out_elsewhere)
}

/// The identifier in a path; what is none is not there.
fn user_id(text: &str) -> Result<UserId, Refusal> {
    text.parse().map_err(|_| Refusal::NotFound)
}

pub(super) fn user_url(id: UserId) -> String {
    format!("{}/{id}", Section::Users.url())
}

/// Whether a person may sign in, with its icon and hue.
pub(super) fn user_status(words: Words, state: UserState) -> Status {
    let word = words.user_state_name(state);
    match state {
        UserState::Active => Status::good(word),
        UserState::Blocked => Status::severe(word).icon("lock"),
        UserState::Deleted => Status::neutral(word),
    }
}

/// A country by its name, or "Not set".
fn country(words: Words, code: Option<&str>) -> String {
    code.map_or_else(|| words.not_set().to_owned(), |code| words.country(code).unwrap_or(code).to_owned())
}

/// The roles that can be given in an organization of this kind.
fn roles(words: Words, kind: OrganizationKind) -> Vec<Choice> {
    let given = Role::ALL.iter().filter(|role| **role != Role::Operator || kind == OrganizationKind::Operator);
    given.map(|role| Choice::new(role.code(), words.role_name(*role)).note(words.role_means(*role))).collect()
}
