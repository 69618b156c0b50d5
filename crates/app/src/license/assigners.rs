//! Who assigns licenses besides those whose role says so: whether Billing admins do (D22).

use crate::door::{Change, Command, Look, Query};
use crate::failure::Failure;
use domain::access::permission::ManageAssigners;
use domain::event::{Event, Subjects};
use store::tables::license_setting;

/// Asks whether Billing admins assign licenses.
#[derive(Debug, Clone, Copy)]
pub struct DoBillingAdminsAssign;

impl Query for DoBillingAdminsAssign {
    type Permission = ManageAssigners;
    type Outcome = bool;

    fn run(&self, look: &Look<'_, ManageAssigners>) -> Result<bool, Failure> {
        Ok(license_setting::billing_admins_assign(look.read)?)
    }
}

/// Lets Billing admins assign licenses from now on, or no longer. What they assigned stays.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct LetBillingAdminsAssign {
    /// Whether they do from now on.
    pub is_on: bool,
}

impl Command for LetBillingAdminsAssign {
    type Permission = ManageAssigners;
    type Outcome = ();
    const NAME: &'static str = "let_billing_admins_assign";

    /// What is so already stays as it is, without an entry in the journal.
    fn execute(&self, change: &Change<'_, ManageAssigners>) -> Result<(), Failure> {
        if license_setting::billing_admins_assign(change.write)? == self.is_on {
            return Ok(());
        }
        license_setting::set(change.write, self.is_on)?;
        change.record(Subjects::default(), &Event::BillingAdminsAssign { is_on: self.is_on })
    }
}
