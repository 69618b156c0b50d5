//! Give a person a billing role; it works at once, also in sessions that are open.

use super::decide;
use crate::door::{Change, Command};
use crate::failure::Failure;
use domain::access::permission::ManageBillingRoles;
use domain::access::{BillingGrant, BillingRole};
use domain::ids::BillingProfileId;
use domain::refusal::{Field, Refusal};
use domain::user;
use store::tables::{billing_role, user as people};

/// Gives a person of the organization a billing role.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct GiveBillingRole {
    /// The sign-in name of the person.
    pub email: String,
    /// The role.
    pub role: BillingRole,
    /// Of which billing profile; for a role of the billing account it does not count.
    pub profile: Option<BillingProfileId>,
}

impl Command for GiveBillingRole {
    type Permission = ManageBillingRoles;
    type Outcome = ();
    const NAME: &'static str = "give_billing_role";

    fn execute(&self, change: &Change<'_, ManageBillingRoles>) -> Result<(), Failure> {
        let unknown = || Refusal::UnknownUser.at(Field::Email);
        let email = user::email(&self.email).map_err(|refusal| refusal.at(Field::Email))?;
        let person = people::find_by_email(change.write, &email)?.ok_or_else(unknown)?;
        let profile = self.profile.filter(|_| !self.role.is_of_account());
        let grant = BillingGrant::new(self.role, profile).map_err(|_| Refusal::Required.at(Field::BillingProfile))?;
        decide(change, person.id, grant, |facts, profile| facts.give(grant, profile))?;
        Ok(billing_role::insert(change.write, change.organization().id, person.id, grant)?)
    }
}
