//! Who sells: what every later invoice says of the operator's own legal entity.

use crate::door::{Change, Command, Look, Query};
use crate::failure::Failure;
use domain::access::permission::OperateBilling;
use domain::billing::party::Seller;
use domain::event::{Event, Subjects};
use domain::refusal::Refusal;
use store::tables::billing_account;

/// Asks who sells. About the operator's own organization.
#[derive(Debug, Clone, Copy)]
pub struct SellerDetails;

/// Who sells, as it was read.
#[derive(Debug, Clone)]
pub struct SellerView {
    /// Who sells.
    pub seller: Seller,
    /// Counts its changes.
    pub revision: i64,
}

impl Query for SellerDetails {
    type Permission = OperateBilling;
    type Outcome = SellerView;

    fn run(&self, look: &Look<'_, OperateBilling>) -> Result<SellerView, Failure> {
        let (seller, revision) = billing_account::seller(look.read)?;
        Ok(SellerView { seller, revision })
    }
}

/// Changes who sells. Invoices that were made keep what they say.
#[derive(Debug, Clone)]
pub struct ChangeSeller {
    /// Who sells, as it was typed.
    pub seller: Seller,
    /// The revision that was read.
    pub revision: i64,
}

impl Command for ChangeSeller {
    type Permission = OperateBilling;
    type Outcome = ();
    const NAME: &'static str = "change_seller";

    fn execute(&self, change: &Change<'_, OperateBilling>) -> Result<(), Failure> {
        let seller = self.seller.checked()?;
        let (before, revision) = billing_account::seller(change.write)?;
        if revision != self.revision {
            return Err(Refusal::ChangedMeanwhile.into());
        }
        if seller == before {
            return Ok(());
        }
        billing_account::update_seller(change.write, &seller, revision)?;
        change.record(Subjects::default(), &Event::SellerChanged { name: seller.party.name })
    }
}
