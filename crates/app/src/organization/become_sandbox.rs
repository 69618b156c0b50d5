//! Give an organization a clock of its own (D30).

use crate::door::{Change, Command};
use crate::failure::Failure;
use domain::access::permission::OperateOrganizations;
use domain::event::Subjects;
use domain::organization::Organization;
use domain::organization::become_sandbox::decide;
use domain::refusal::Refusal;
use jiff::SignedDuration;
use store::tables::{charge, organization};

/// Makes an organization a sandbox, for good. Its clock begins at the system's time. Whoever sold as a partner, or
/// bought from one, stays in the time of the others.
#[derive(Debug, Clone, Copy)]
pub struct BecomeSandbox;

impl Command for BecomeSandbox {
    type Permission = OperateOrganizations;
    type Outcome = ();
    const NAME: &'static str = "become_sandbox";

    fn execute(&self, change: &Change<'_, OperateOrganizations>) -> Result<(), Failure> {
        let event = decide(change.organization())?;
        if charge::has_sales(change.write)? {
            return Err(Refusal::SandboxSale.into());
        }
        let ahead = Some(SignedDuration::ZERO);
        organization::update(change.write, &Organization { sandbox_ahead: ahead, ..change.organization().clone() })?;
        change.record(Subjects::default(), &event)
    }
}
