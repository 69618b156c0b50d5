//! One check, and what is known of the customer.

use crate::door::{Look, Query};
use crate::failure::Failure;
use domain::access::permission::OperateBilling;
use domain::credit_check::CreditApplication;
use domain::ids::OrderId;
use domain::organization::Organization;
use domain::refusal::Refusal;
use store::tables::credit_check;
use store::tables::order::{self, ListedOrder};

/// Asks for the check of an order.
#[derive(Debug, Clone, Copy)]
pub struct CreditCheckDetails(pub OrderId);

/// A check, and what is known of the customer.
#[derive(Debug, Clone)]
pub struct CreditCheckView {
    /// The check.
    pub application: CreditApplication,
    /// The order that waits for it.
    pub listed: ListedOrder,
    /// Who buys.
    pub organization: Organization,
    /// How many checks the organization passed.
    pub passed: i64,
    /// How many of its invoices are overdue.
    pub overdue: i64,
}

impl Query for CreditCheckDetails {
    type Permission = OperateBilling;
    type Outcome = CreditCheckView;

    fn run(&self, look: &Look<'_, OperateBilling>) -> Result<CreditCheckView, Failure> {
        let application = credit_check::find(look.read, self.0)?.ok_or(Refusal::NotFound)?;
        let (passed, overdue) = credit_check::counts(look.read, look.today())?;
        Ok(CreditCheckView {
            application,
            listed: order::find(look.read, self.0)?.ok_or(Refusal::NotFound)?,
            organization: look.organization().clone(),
            passed,
            overdue,
        })
    }
}
