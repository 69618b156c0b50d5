//! The checks that wait for the operator.

use crate::door::{Look, Query};
use crate::failure::Failure;
use domain::access::permission::OperateBilling;
use domain::limits::PAGE_ROWS_MAX;
use store::tables::credit_check::all_pending;

pub use store::tables::credit_check::PendingCheck;

/// Asks for every check that waits, of every organization, those that are due first.
#[derive(Debug, Clone, Copy)]
pub struct ListCreditChecks;

impl Query for ListCreditChecks {
    type Permission = OperateBilling;
    type Outcome = Vec<PendingCheck>;

    fn run(&self, look: &Look<'_, OperateBilling>) -> Result<Vec<PendingCheck>, Failure> {
        Ok(all_pending(look.read, PAGE_ROWS_MAX)?)
    }
}
