//! Everything that an operator sees of a product.

use crate::door::{Look, Query};
use crate::failure::Failure;
use domain::access::permission::OperateCatalog;
use domain::catalog::{Price, Product, ServicePlan, Sku};
use domain::ids::ProductId;
use domain::refusal::Refusal;
use store::tables::journal::{self, HistoryOf, JournalEntry};
use store::tables::{catalog, price};

/// Entries of history that the page shows.
const HISTORY_SHOWN: usize = 20;

/// Asks for one product.
#[derive(Debug, Clone, Copy)]
pub struct CatalogProduct(pub ProductId);

/// One product with all that belongs to it.
#[derive(Debug, Clone)]
pub struct CatalogProductView {
    /// The product.
    pub product: Product,
    /// The products that it fits as an add-on, by name.
    pub bases: Vec<Product>,
    /// Its SKUs with their apps and services.
    pub skus: Vec<(Sku, Vec<ServicePlan>)>,
    /// Every version of every price: by SKU, currency, term and frequency, the newest first.
    pub prices: Vec<Price>,
    /// What operators did with it.
    pub history: Vec<JournalEntry>,
    /// The zone in which moments are written.
    pub time_zone: String,
}

impl Query for CatalogProduct {
    type Permission = OperateCatalog;
    type Outcome = CatalogProductView;

    fn run(&self, look: &Look<'_, OperateCatalog>) -> Result<CatalogProductView, Failure> {
        let product = catalog::find_product(look.read, self.0)?.ok_or(Refusal::NotFound)?;
        let with_plans = |sku: Sku| {
            let plans = catalog::plans_of_sku(look.read, sku.id)?;
            Ok::<_, Failure>((sku, plans))
        };
        let skus = catalog::skus_of(look.read, product.id)?;
        Ok(CatalogProductView {
            skus: skus.into_iter().map(with_plans).collect::<Result<_, _>>()?,
            bases: catalog::bases_of(look.read, product.id)?,
            prices: price::of_product(look.read, product.id)?,
            history: journal::history(look.read, HistoryOf::Product(product.id), None, HISTORY_SHOWN)?,
            time_zone: look.organization().time_zone.clone(),
            product,
        })
    }
}
