//! Use cases of organizations.

pub mod become_sandbox;
pub mod change_state;
pub mod create;
pub mod details;
pub mod enter;
pub mod list;

use crate::door::App;
use crate::failure::Failure;
use domain::ids::OrganizationId;
use domain::organization::Organization;
use domain::refusal::Refusal;
use store::Scope;
use store::tables::organization;

/// The organization of somebody who is signed in there, for the frame of a page.
///
/// # Errors
/// [`Refusal::NotFound`], or the failure of the database.
pub fn find(app: &App, id: OrganizationId) -> Result<Organization, Failure> {
    let found = app.store().glance(Scope::Shared, |read| organization::find(read, id))?;
    found.ok_or_else(|| Refusal::NotFound.into())
}
