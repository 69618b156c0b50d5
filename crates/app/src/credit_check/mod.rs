//! Use cases of credit checks: asked for with an order ([`crate::order::place`]), decided by an operator.

pub mod decide;
pub mod details;
pub mod list;

use crate::failure::Failure;
use domain::billing::Moment;
use domain::credit_check::{is_needed, thresholds};
use domain::money::Money;
use domain::organization::Organization;
use store::Read;
use store::tables::credit_check;

/// Whether an order of an organization that is to be paid by invoice waits for a check.
///
/// # Errors
/// [`domain::refusal::Refusal::BelowInvoiceMinimum`], the failure of the database.
pub(crate) fn waits(
    read: &Read<'_>,
    organization: &Organization,
    moment: &Moment,
    amount: Money,
) -> Result<bool, Failure> {
    let standing = credit_check::standing(read, moment.today)?;
    Ok(is_needed(amount, thresholds(&organization.country), standing)?)
}
