//! Suspend an organization, or let it work again.

use crate::door::{Change, Command};
use crate::failure::Failure;
use domain::access::permission::OperateOrganizations;
use domain::event::Subjects;
use domain::organization::change_state::decide;
use domain::organization::{Organization, OrganizationState};
use store::tables::{organization, session};

/// Gives an organization another state. A suspended one's people are signed out at once and its programs are refused;
/// everything stays as it is.
#[derive(Debug, Clone, Copy)]
pub struct ChangeOrganizationState(pub OrganizationState);

impl Command for ChangeOrganizationState {
    type Permission = OperateOrganizations;
    type Outcome = ();
    const NAME: &'static str = "change_organization_state";

    fn execute(&self, change: &Change<'_, OperateOrganizations>) -> Result<(), Failure> {
        let event = decide(change.organization(), self.0)?;
        organization::update(change.write, &Organization { state: self.0, ..change.organization().clone() })?;
        if self.0 == OrganizationState::Suspended {
            session::delete_all(change.write)?;
        }
        change.record(Subjects::default(), &event)
    }
}
