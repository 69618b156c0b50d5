//! Take a billing role from a person; it works at once, also in sessions that are open.

use super::decide;
use crate::door::{Change, Command};
use crate::failure::Failure;
use domain::access::BillingGrant;
use domain::access::permission::ManageBillingRoles;
use domain::ids::UserId;
use store::tables::billing_role;

/// Takes a billing role from a person.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct TakeBillingRole {
    /// Who has it.
    pub user_id: UserId,
    /// The role where it counts.
    pub grant: BillingGrant,
}

impl Command for TakeBillingRole {
    type Permission = ManageBillingRoles;
    type Outcome = ();
    const NAME: &'static str = "take_billing_role";

    fn execute(&self, change: &Change<'_, ManageBillingRoles>) -> Result<(), Failure> {
        let grant = self.grant;
        decide(change, self.user_id, grant, |facts, profile| facts.take(grant, profile))?;
        Ok(billing_role::delete(change.write, change.organization().id, self.user_id, grant)?)
    }
}
