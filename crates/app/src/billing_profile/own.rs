//! What stands for a billing profile where people buy for their team (R36 to R39).

use crate::door::{Look, Query};
use crate::failure::Failure;
use domain::access::permission::ReadInvoices;
use store::tables::subscription::{self, ListedSubscription};

/// The purchases that are named.
const NAMED: usize = 20;

/// Asks for what the reader bought for the team and is not deleted.
#[derive(Debug, Clone, Copy)]
pub struct OwnPurchases;

/// What the reader bought for the team.
#[derive(Debug, Clone, Default)]
pub struct OwnPurchasesView {
    /// The first by name, twenty at most.
    pub named: Vec<ListedSubscription>,
    /// How many there are.
    pub count: i64,
}

impl Query for OwnPurchases {
    type Permission = ReadInvoices;
    type Outcome = OwnPurchasesView;

    fn run(&self, look: &Look<'_, ReadInvoices>) -> Result<OwnPurchasesView, Failure> {
        let Some(reader) = look.granted.actor().user() else { return Ok(OwnPurchasesView::default()) };
        Ok(OwnPurchasesView {
            named: subscription::bought_for_the_team(look.read, reader, NAMED)?,
            count: subscription::count_bought_for_the_team(look.read, reader)?,
        })
    }
}
