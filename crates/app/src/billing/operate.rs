//! The money of all organizations, as the operator sees it. About the operator's own organization.

use crate::door::{Look, Query};
use crate::failure::Failure;
use domain::access::permission::OperateBilling;
use domain::billing::party::Seller;
use domain::time::months_after;
use jiff::ToSpan;
use jiff::civil::Date;
use store::tables::billing_account;
use store::tables::invoice::OpenBalance;
use store::tables::ledger;
use store::tables::revenue::{self, MonthSum};
use store::tables::sweep::{self, SweepNote};

pub use store::tables::ledger::Balance;
pub use store::tables::revenue::WaitingCharges;

/// Days that the list of coming invoices looks ahead.
pub const DAYS_AHEAD: i32 = 7;
/// Rows of the list of coming invoices.
const WAITING_SHOWN: usize = 50;

/// Asks how the money stands.
#[derive(Debug, Clone, Copy)]
pub struct BillingOverview;

/// How the money stands.
#[derive(Debug, Clone)]
pub struct BillingOverviewView {
    /// Today, where the operator is.
    pub today: Date,
    /// Who sells.
    pub seller: Seller,
    /// The trial balance: the sums of every account, by currency.
    pub books: Vec<Balance>,
    /// What is open, by currency.
    pub open: Vec<OpenBalance>,
    /// The first day of the first month of the revenue.
    pub since: Date,
    /// Revenue without tax; months without an invoice are left out.
    pub revenue: Vec<MonthSum>,
    /// What the next bill runs take up, the first day first.
    pub waiting: Vec<WaitingCharges>,
    /// The last bill run.
    pub last_run: Option<SweepNote>,
}

impl Query for BillingOverview {
    type Permission = OperateBilling;
    type Outcome = BillingOverviewView;

    fn run(&self, look: &Look<'_, OperateBilling>) -> Result<BillingOverviewView, Failure> {
        let today = look.today();
        let since = months_after(today.first_of_month(), 1 - super::spend::MONTHS_SHOWN);
        Ok(BillingOverviewView {
            today,
            seller: billing_account::seller(look.read)?.0,
            books: ledger::trial_balance(look.read)?,
            open: revenue::open_everywhere(look.read, today)?,
            since,
            revenue: revenue::by_month(look.read, since)?,
            waiting: revenue::waiting(look.read, today.saturating_add(DAYS_AHEAD.days()), WAITING_SHOWN)?,
            last_run: sweep::find(look.read, crate::subscription::sweep::NAME)?,
        })
    }
}
