//! End the sale of a product, or begin it again (domain 1.8). What was sold goes on.

use crate::door::{Change, Command};
use crate::failure::Failure;
use domain::access::permission::OperateCatalog;
use domain::event::{Event, Subjects};
use domain::ids::ProductId;
use domain::refusal::Refusal;
use store::tables::catalog;

/// Ends the sale of a product, or begins it again. Asking for what is so already does nothing.
#[derive(Debug, Clone, Copy)]
pub struct RetireProduct {
    /// Which.
    pub product_id: ProductId,
    /// Whether it is no longer sold.
    pub retired: bool,
}

impl Command for RetireProduct {
    type Permission = OperateCatalog;
    type Outcome = ();
    const NAME: &'static str = "retire_product";

    fn execute(&self, change: &Change<'_, OperateCatalog>) -> Result<(), Failure> {
        let product = catalog::find_product(change.write, self.product_id)?.ok_or(Refusal::NotFound)?;
        if product.retired_at.is_some() == self.retired {
            return Ok(());
        }
        catalog::set_retired(change.write, product.id, self.retired.then(|| change.now()))?;
        let subjects = Subjects { product: Some(product.id), ..Subjects::default() };
        change.record(subjects, &Event::ProductRetired { name: product.name, retired: self.retired })
    }
}
