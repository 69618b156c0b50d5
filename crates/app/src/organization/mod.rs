//! Use cases of organizations.

pub mod become_sandbox;
pub mod change_cloud;
pub mod change_state;
pub mod create;
pub mod details;
pub mod enter;
pub mod list;
pub mod move_clock;

use crate::billing::account;
use crate::door::{App, Look, Query};
use crate::failure::Failure;
use domain::access::permission::ReadOrganization;
use domain::billing::Segment;
use domain::ids::OrganizationId;
use domain::organization::Organization;
use domain::refusal::Refusal;
use jiff::Timestamp;
use std::collections::{BTreeMap, BTreeSet};
use store::tables::organization;
use store::{Read, Scope};

/// The organization of somebody who is signed in there, for the frame of a page.
///
/// # Errors
/// [`Refusal::NotFound`], or the failure of the database.
pub fn find(app: &App, id: OrganizationId) -> Result<Organization, Failure> {
    let found = app.store().glance(Scope::Shared, |read| organization::find(read, id))?;
    found.ok_or_else(|| Refusal::NotFound.into())
}

/// The names of organizations, for a list whose rows belong to several.
///
/// # Errors
/// The failure of the database.
pub(crate) fn names(
    read: &Read<'_>,
    ids: impl IntoIterator<Item = OrganizationId>,
) -> Result<BTreeMap<OrganizationId, String>, Failure> {
    let ids: BTreeSet<_> = ids.into_iter().collect();
    let name = |id| Ok((id, organization::find(read, id)?.map(|found| found.name).unwrap_or_default()));
    ids.into_iter().map(name).collect()
}

/// Asks for the organization itself, what kind of customer it is, and what time it is there.
#[derive(Debug, Clone, Copy)]
pub struct OrganizationOfCaller;

impl Query for OrganizationOfCaller {
    type Permission = ReadOrganization;
    type Outcome = (Organization, Segment, Timestamp);

    fn run(&self, look: &Look<'_, ReadOrganization>) -> Result<(Organization, Segment, Timestamp), Failure> {
        Ok((look.organization().clone(), account(look.read)?.segment, look.now()))
    }
}
