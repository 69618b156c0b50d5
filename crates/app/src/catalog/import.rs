//! Load products, SKUs and service plans from a catalog file. Twice does no harm: what is there is kept or renamed,
//! never doubled, and shelves, sentences and prices stay as the operator set them. So does what is an add-on and who a
//! SKU is for, unless the file says it.

use super::announce_services::{AddedServices, AnnounceServices};
use super::import_kinds::{CheckSaid, Said, SetKind, check_skus, skus};
use crate::door::{App, Caller, Change, Command};
use crate::failure::Failure;
use domain::access::permission::OperateCatalog;
use domain::catalog::import::{CatalogFile, ImportedPlan, ImportedProduct, ImportedSku};
use domain::catalog::{Product, ProductKind, ServicePlan, Sku};
use domain::event::{Event, Subjects};
use domain::ids::{OrganizationId, ProductId, ServicePlanId, SkuId};
use domain::limits::QUANTITY_MAX;
use serde::{Deserialize, Serialize};
use std::collections::{HashMap, HashSet};
use store::tables::catalog;

/// Products, or service plans, that one transaction takes, so that it holds the writer for a moment only.
const CHUNK: usize = 60;

/// What an import found.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct ImportReport {
    /// Products of the file.
    pub products: u32,
    /// Of these, new ones.
    pub products_new: u32,
    /// SKUs of the file.
    pub skus: u32,
    /// Of these, new ones.
    pub skus_new: u32,
    /// SKUs whose part number, kind or services changed.
    pub skus_changed: u32,
    /// Rows of the file.
    pub rows: u32,
    /// Rows that could not be taken; the file's reader says which and why.
    pub rows_refused: u32,
}

/// Imports a file in chunks; `progress` hears the products done and their total. When it stops halfway, importing the
/// same file again completes it.
///
/// # Errors
/// The refusal of the caller, or of what the file says of an add-on or a SKU that was sold, before anything is taken;
/// the failure of the database: chunks before it stay.
pub fn import_catalog(
    app: &App,
    caller: &Caller,
    organization: OrganizationId,
    file: &CatalogFile,
    mut progress: impl FnMut(usize, usize),
) -> Result<ImportReport, Failure> {
    let said = CheckSaid(Said::by(file));
    app.read(caller, organization, &said)?;
    let mut report = ImportReport {
        products: file.products.len() as u32,
        skus: file.sku_count() as u32,
        rows: file.rows as u32,
        rows_refused: file.refused.len() as u32,
        ..ImportReport::default()
    };
    for plans in plans(file).chunks(CHUNK * 10) {
        app.write(caller, organization, ImportPlans(plans.to_vec())).wait()?;
    }
    let mut done = 0;
    for products in file.products.chunks(CHUNK) {
        let counts = app.write(caller, organization, ImportProducts(products.to_vec())).wait()?;
        report.products_new += counts.products_new;
        report.skus_new += counts.skus_new;
        report.skus_changed += counts.skus_changed;
        done += products.len();
        progress(done, file.products.len());
    }
    for kind in said.0.kinds {
        app.write(caller, organization, SetKind(kind)).wait()?;
    }
    app.write(caller, organization, EndImport(report)).wait()?;
    Ok(report)
}

/// Every service plan of the file once. The trade names some differently in different SKUs; the first name is kept.
fn plans(file: &CatalogFile) -> Vec<ImportedPlan> {
    let mut seen = HashSet::new();
    let skus = file.products.iter().flat_map(|product| &product.skus);
    skus.flat_map(|sku| &sku.plans).filter(|plan| seen.insert(plan.guid)).cloned().collect()
}

/// Adds service plans that are new and renames those that changed.
struct ImportPlans(Vec<ImportedPlan>);

impl Command for ImportPlans {
    type Permission = OperateCatalog;
    type Outcome = ();
    const NAME: &'static str = "import_catalog";

    fn execute(&self, change: &Change<'_, OperateCatalog>) -> Result<(), Failure> {
        let known = catalog::all_plans(change.write)?;
        let known: HashMap<ServicePlanId, ServicePlan> = known.into_iter().map(|plan| (plan.id, plan)).collect();
        for imported in &self.0 {
            let plan = ServicePlan {
                id: ServicePlanId::from_uuid(imported.guid),
                name: imported.name.clone(),
                friendly_name: imported.friendly_name.clone(),
            };
            match known.get(&plan.id) {
                None => catalog::insert_service_plan(change.write, &plan)?,
                Some(before) if *before != plan => catalog::update_service_plan(change.write, &plan)?,
                Some(_) => {}
            }
        }
        Ok(())
    }
}

/// Adds products and SKUs that are new, and puts services into SKUs; the service plans are there already.
struct ImportProducts(Vec<ImportedProduct>);

impl Command for ImportProducts {
    type Permission = OperateCatalog;
    type Outcome = ImportReport;
    const NAME: &'static str = "import_catalog";

    fn execute(&self, change: &Change<'_, OperateCatalog>) -> Result<ImportReport, Failure> {
        // Once more: something may have been sold since the whole file was checked.
        check_skus(change.write, &skus(&self.0))?;
        let known = Known::load(change)?;
        let (mut counts, mut added) = (ImportReport::default(), Vec::new());
        for imported in &self.0 {
            let product_id = match known.product_of(imported) {
                Some(id) => id,
                None => {
                    counts.products_new += 1;
                    add_product(change, imported)?
                }
            };
            for sku in &imported.skus {
                added.extend(known.take_sku(change, product_id, sku, &mut counts)?);
            }
        }
        if !added.is_empty() {
            change.enqueue(&AnnounceServices::new(added), 0)?;
        }
        Ok(counts)
    }
}

fn add_product(change: &Change<'_, OperateCatalog>, imported: &ImportedProduct) -> Result<ProductId, Failure> {
    let product = Product {
        id: ProductId::from_uuid(change.new_id()),
        name: imported.name.clone(),
        category: imported.likely_category(),
        description_en: String::new(),
        description_nl: String::new(),
        kind: ProductKind::Base,
        retired_at: None,
    };
    catalog::insert_product(change.write, &product)?;
    Ok(product.id)
}

/// What the catalog holds before a chunk.
struct Known {
    products: HashMap<String, ProductId>,
    skus: HashMap<SkuId, Sku>,
    sku_plans: HashSet<(SkuId, ServicePlanId)>,
}

impl Known {
    fn load(change: &Change<'_, OperateCatalog>) -> Result<Self, Failure> {
        let products = catalog::all_products(change.write)?;
        Ok(Self {
            products: products.into_iter().map(|product| (product.name, product.id)).collect(),
            skus: catalog::all_skus(change.write)?.into_iter().map(|sku| (sku.id, sku)).collect(),
            sku_plans: catalog::all_sku_plans(change.write)?.into_iter().collect(),
        })
    }

    /// The product of this name, or the one that has one of its SKUs: it was given another name here, which stays.
    fn product_of(&self, imported: &ImportedProduct) -> Option<ProductId> {
        self.products.get(&imported.name).copied().or_else(|| {
            let sku = imported.skus.iter().find_map(|sku| self.skus.get(&SkuId::from_uuid(sku.guid)));
            sku.map(|sku| sku.product_id)
        })
    }

    /// A SKU that is there stays with its product, because people hold licenses of it. Gives what came into it.
    fn take_sku(
        &self,
        change: &Change<'_, OperateCatalog>,
        product_id: ProductId,
        imported: &ImportedSku,
        counts: &mut ImportReport,
    ) -> Result<Option<AddedServices>, Failure> {
        let id = SkuId::from_uuid(imported.guid);
        let before = self.skus.get(&id);
        let after = Sku {
            id,
            product_id: before.map_or(product_id, |before| before.product_id),
            part_number: imported.part_number.clone(),
            kind: before.map_or(imported.kind(), |before| imported.said_kind.unwrap_or(before.kind)),
            quantity_max: before.map_or(QUANTITY_MAX, |before| before.quantity_max),
        };
        let is_new = |plan: &&ImportedPlan| !self.sku_plans.contains(&(id, ServicePlanId::from_uuid(plan.guid)));
        let plans: Vec<_> = imported.plans.iter().filter(is_new).collect();
        match before {
            None => {
                counts.skus_new += 1;
                catalog::insert_sku(change.write, &after)?;
            }
            Some(before) if *before != after => {
                counts.skus_changed += 1;
                catalog::update_sku(change.write, &after)?;
            }
            Some(_) => counts.skus_changed += u32::from(!plans.is_empty()),
        }
        for plan in &plans {
            catalog::insert_sku_plan(change.write, id, ServicePlanId::from_uuid(plan.guid))?;
        }
        let services: Vec<_> = plans.iter().map(|plan| plan.friendly_name.clone()).collect();
        let was_there = before.is_some() && !services.is_empty();
        Ok(was_there.then_some(AddedServices { product_id: after.product_id, sku_id: id, services }))
    }
}

/// Says in the journal what the whole file brought.
struct EndImport(ImportReport);

impl Command for EndImport {
    type Permission = OperateCatalog;
    type Outcome = ();
    const NAME: &'static str = "import_catalog";

    fn execute(&self, change: &Change<'_, OperateCatalog>) -> Result<(), Failure> {
        let event = Event::CatalogImported {
            products: self.0.products_new,
            skus: self.0.skus_new,
            refused_rows: self.0.rows_refused,
        };
        change.record(Subjects::default(), &event)
    }
}
