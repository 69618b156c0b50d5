//! Billing > Licenses: one row per product over all its subscriptions (R110, R112, domain 2.6).

use crate::door::{Look, Query};
use crate::failure::Failure;
use domain::access::permission::ReadLicenses;
use domain::ids::ProductId;
use domain::user::fold;
use store::tables::assignment_list::{self, ProductFilter};
use store::tables::catalog;

pub use store::tables::assignment_list::LicensedProduct;

/// Which products, from where.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ListProducts {
    /// Only of subscriptions that users bought.
    pub self_service: bool,
    /// Only products whose name contains this.
    pub search: String,
    /// The last one of the page before.
    pub after: Option<ProductId>,
    /// How many at most.
    pub limit: usize,
}

/// A page of products.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ProductPage {
    /// The rows. Somebody who sees only own subscriptions gets the sums of those (D27).
    pub rows: Vec<LicensedProduct>,
    /// The last row, when there are more after it.
    pub next: Option<ProductId>,
}

impl Query for ListProducts {
    type Permission = ReadLicenses;
    type Outcome = ProductPage;

    fn run(&self, look: &Look<'_, ReadLicenses>) -> Result<ProductPage, Failure> {
        let filter =
            ProductFilter { holder: look.granted.only(), self_service: self.self_service, search: &fold(&self.search) };
        let after = match self.after {
            Some(id) => catalog::find_product(look.read, id)?.map(|product| (fold(&product.name), id)),
            None => None,
        };
        let after = after.as_ref().map(|(name, id)| (name.as_str(), *id));
        let mut rows = assignment_list::products(look.read, filter, after, self.limit + 1)?;
        let has_more = rows.len() > self.limit;
        rows.truncate(self.limit);
        let next = if has_more { rows.last().map(|row| row.product_id) } else { None };
        Ok(ProductPage { rows, next })
    }
}
