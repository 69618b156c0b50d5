//! What was spent, month by month.

use crate::door::{Look, Query};
use crate::failure::Failure;
use domain::access::permission::ReadInvoices;
use domain::time::months_after;
use jiff::civil::Date;
use store::tables::revenue;

pub use store::tables::revenue::MonthSum;

/// Months of a picture, the present one included.
pub const MONTHS_SHOWN: i32 = 12;

/// Asks what was invoiced in each of the last twelve months; for a buyer, for own subscriptions.
#[derive(Debug, Clone, Copy)]
pub struct SpendByMonth;

/// What was invoiced in each month.
#[derive(Debug, Clone)]
pub struct Spend {
    /// The first day of the first month.
    pub since: Date,
    /// With tax, credit notes taken off; months without an invoice are left out.
    pub sums: Vec<MonthSum>,
}

impl Query for SpendByMonth {
    type Permission = ReadInvoices;
    type Outcome = Spend;

    fn run(&self, look: &Look<'_, ReadInvoices>) -> Result<Spend, Failure> {
        let since = months_after(look.today().first_of_month(), 1 - MONTHS_SHOWN);
        Ok(Spend { since, sums: revenue::spend_by_month(look.read, look.granted.only(), since)? })
    }
}
