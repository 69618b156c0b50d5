//! What stands for a billing profile where people buy for their team (R36 to R39).

use crate::door::{Look, Query};
use crate::failure::Failure;
use domain::access::permission::ReadInvoices;
use store::tables::subscription::{self, ListedSubscription};

/// Asks for what the reader bought for the team and is not deleted, by name.
#[derive(Debug, Clone, Copy)]
pub struct OwnPurchases;

impl Query for OwnPurchases {
    type Permission = ReadInvoices;
    type Outcome = Vec<ListedSubscription>;

    fn run(&self, look: &Look<'_, ReadInvoices>) -> Result<Vec<ListedSubscription>, Failure> {
        let reader = look.granted.actor().user();
        Ok(reader.map(|reader| subscription::bought_for_the_team(look.read, reader)).transpose()?.unwrap_or_default())
    }
}
