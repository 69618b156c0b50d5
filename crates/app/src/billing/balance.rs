//! What is open.

use super::profile;
use crate::door::{Look, Query};
use crate::failure::Failure;
use domain::access::Reach;
use domain::access::permission::ReadInvoices;
use domain::ids::BillingProfileId;
use domain::money::Money;
use store::tables::{invoice, profile_credit};

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
            credits: credits(look)?,
        })
    }
}

/// What is left of credits, by billing profile and currency, in the order in which they are used.
fn credits(look: &Look<'_, ReadInvoices>) -> Result<Vec<(String, Money)>, Failure> {
    let mut sums: Vec<(BillingProfileId, Money)> = Vec::new();
    for credit in profile_credit::open(look.read)? {
        let (id, left) = (credit.billing_profile_id, credit.left());
        match sums.iter_mut().find(|(of, sum)| *of == id && sum.currency == left.currency) {
            Some((_, sum)) => sum.minor += left.minor,
            None if look.granted.reach_in(id) == Reach::All => sums.push((id, left)),
            None => {}
        }
    }
    sums.into_iter().map(|(id, left)| Ok((profile(look.read, id)?.name, left))).collect()
}
