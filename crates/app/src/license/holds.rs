//! Does this person hold this product? The question that programs ask most.

use crate::access::Granted;
use crate::door::PointQuery;
use crate::failure::Failure;
use domain::access::permission::ReadLicenses;
use domain::ids::{ProductId, UserId};
use domain::license::Assignment;
use domain::refusal::Refusal;
use store::Read;
use store::tables::assignment;

/// Asks for the license of one product that a person holds.
#[derive(Debug, Clone, Copy)]
pub struct Holds {
    /// Who.
    pub user_id: UserId,
    /// What.
    pub product_id: ProductId,
}

impl PointQuery for Holds {
    type Permission = ReadLicenses;
    /// The license; `None` when the person does not hold the product, or is not of this organization.
    type Outcome = Option<Assignment>;

    fn run(&self, granted: &Granted<ReadLicenses>, read: &Read<'_>) -> Result<Option<Assignment>, Failure> {
        // Whoever sees only what is their own may ask about themselves.
        if granted.only().is_some_and(|user| user != self.user_id) {
            return Err(Refusal::NotFound.into());
        }
        Ok(assignment::find(read, self.user_id, self.product_id)?)
    }
}
