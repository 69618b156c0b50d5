//! The operator's list of products.

use crate::door::{Look, Query};
use crate::failure::Failure;
use domain::access::permission::OperateCatalog;
use domain::catalog::{Category, Product, Sku};
use domain::ids::ProductId;
use store::tables::catalog::{self, ProductFilter};

/// Products by name, on sale or not.
#[derive(Debug, Clone, Default)]
pub struct ListCatalog {
    /// Only whose name, or a part number of whose SKUs, contains this.
    pub search: String,
    /// Only on this shelf.
    pub category: Option<Category>,
    /// The last one of the page before.
    pub after: Option<ProductId>,
    /// How many at most.
    pub limit: usize,
}

/// A product of the list.
#[derive(Debug, Clone)]
pub struct CatalogRow {
    /// The product.
    pub product: Product,
    /// Its SKUs.
    pub skus: Vec<Sku>,
    /// Whether any of its SKUs has a price.
    pub has_price: bool,
}

/// A page of products.
#[derive(Debug, Clone)]
pub struct CatalogPage {
    /// The products.
    pub rows: Vec<CatalogRow>,
    /// The last one, when there are more after it.
    pub next: Option<ProductId>,
}

impl Query for ListCatalog {
    type Permission = OperateCatalog;
    type Outcome = CatalogPage;

    fn run(&self, look: &Look<'_, OperateCatalog>) -> Result<CatalogPage, Failure> {
        let filter = ProductFilter { search: &self.search, category: self.category, on_sale: None };
        let after = self.after.map(|id| catalog::find_product(look.read, id)).transpose()?.flatten();
        let mut products = catalog::list(look.read, &filter, after.as_ref(), self.limit + 1)?;
        let has_more = products.len() > self.limit;
        products.truncate(self.limit);
        let next = if has_more { products.last().map(|last| last.id) } else { None };
        let mut details = match (products.first(), products.last()) {
            (Some(first), Some(last)) => catalog::skus_of_shelf(look.read, (first, last))?,
            _ => Vec::new(),
        };
        let row = |product: Product| {
            let (own, others): (Vec<_>, Vec<_>) =
                details.drain(..).partition(|(sku, _): &(Sku, bool)| sku.product_id == product.id);
            details = others;
            CatalogRow {
                has_price: own.iter().any(|(_, has_price)| *has_price),
                skus: own.into_iter().map(|(sku, _)| sku).collect(),
                product,
            }
        };
        Ok(CatalogPage { rows: products.into_iter().map(row).collect(), next })
    }
}
