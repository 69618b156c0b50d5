//! What is open.

use super::credits_left;
use crate::door::{Look, Query};
use crate::failure::Failure;
use domain::access::Reach;
use domain::access::permission::ReadInvoices;
use domain::billing::BillingProfile;
use domain::money::Money;
use store::tables::invoice;

pub use store::tables::invoice::{ListedInvoice, OpenBalance};

/// Unsettled documents that are shown beside a balance.
const UNSETTLED_SHOWN: usize = 50;

/// Asks what is open; for a buyer, of own subscriptions.
#[derive(Debug, Clone, Copy)]
pub struct OpenBalances;

/// What is open.
#[derive(Debug, Clone)]
pub struct OpenBalancesView {
    /// By currency; none where everything is settled.
    pub balances: Vec<OpenBalance>,
    /// Invoices and credit notes that are not settled, the first due first; at most fifty.
    pub unsettled: Vec<ListedInvoice>,
    /// What is left of transfers beyond invoices, of the billing profiles that the reader sees; with their names.
    pub credits: Vec<(String, Money)>,
}

impl Query for OpenBalances {
    type Permission = ReadInvoices;
    type Outcome = OpenBalancesView;

    fn run(&self, look: &Look<'_, ReadInvoices>) -> Result<OpenBalancesView, Failure> {
        let only = look.granted.only();
        Ok(OpenBalancesView {
            balances: invoice::open_balances(look.read, only, look.today())?,
            unsettled: invoice::unsettled(look.read, only, UNSETTLED_SHOWN)?,
            credits: {
                let seen = |of: &BillingProfile| look.granted.reach_in(of.id) == Reach::All;
                let all = credits_left(look.read)?.into_iter();
                all.filter(|(of, _)| seen(of)).map(|(of, left)| (of.name, left)).collect()
            },
        })
    }
}
