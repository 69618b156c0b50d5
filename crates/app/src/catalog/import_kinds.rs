//! What a catalog file says of add-ons (domain 1.9) and of who a SKU is for (D31): checked before anything of it is
//! taken. What is an add-on is set when everything is there.

use super::describe::DescribeProduct;
use crate::door::{Change, Command, Look, Query};
use crate::failure::Failure;
use domain::access::permission::OperateCatalog;
use domain::catalog::import::{CatalogFile, ImportedProduct};
use domain::catalog::{Product, ProductKind, SkuKind};
use domain::ids::SkuId;
use domain::refusal::{Field, Refusal};
use std::collections::HashMap;
use store::Read;
use store::tables::catalog;

/// What the file says of products and SKUs that may be there already.
#[derive(Debug, Clone)]
pub(super) struct Said {
    pub(super) kinds: Vec<SaidKind>,
    skus: Vec<SaidSku>,
}

impl Said {
    pub(super) fn by(file: &CatalogFile) -> Self {
        Self { kinds: kinds(file), skus: skus(&file.products) }
    }

    /// Checks that it can be.
    ///
    /// # Errors
    /// The refusals of add-ons and of SKUs.
    pub(super) fn check(&self, read: &Read<'_>) -> Result<(), Failure> {
        check(read, &self.kinds)?;
        check_skus(read, &self.skus)
    }
}

/// Who a SKU is for, as the file says.
#[derive(Debug, Clone)]
pub(super) struct SaidSku {
    id: SkuId,
    part_number: String,
    kind: SkuKind,
}

/// The SKUs of which the file says who they are for.
pub(super) fn skus(products: &[ImportedProduct]) -> Vec<SaidSku> {
    let said = products.iter().flat_map(|product| &product.skus).filter_map(|sku| {
        let (id, part_number) = (SkuId::from_uuid(sku.guid), sku.part_number.clone());
        Some(SaidSku { id, part_number, kind: sku.said_kind? })
    });
    said.collect()
}

/// Checks that what was sold stays with those for whom it is: prices, policies and limits follow the kind (D31).
///
/// # Errors
/// [`Refusal::SkuSold`] at [`Field::File`].
pub(super) fn check_skus(read: &Read<'_>, said: &[SaidSku]) -> Result<(), Failure> {
    // Most files say nothing of it, and come in many chunks.
    if said.is_empty() {
        return Ok(());
    }
    let stored: HashMap<_, _> = catalog::all_skus(read)?.into_iter().map(|sku| (sku.id, sku.kind)).collect();
    let changes = |said: &&SaidSku| stored.get(&said.id).is_some_and(|kind| *kind != said.kind);
    let changed: Vec<_> = said.iter().filter(changes).collect();
    if changed.is_empty() {
        return Ok(());
    }
    let sold = catalog::sold_skus(read)?;
    match changed.into_iter().find(|said| sold.contains(&said.id)) {
        Some(said) => Err(Refusal::SkuSold { part_number: said.part_number.clone() }.at(Field::File).into()),
        None => Ok(()),
    }
}

/// What the file says of a product.
#[derive(Debug, Clone)]
pub(super) struct SaidKind {
    name: String,
    sku: Option<SkuId>,
    kind: ProductKind,
    fits: Vec<Base>,
}

/// A product that an add-on fits.
#[derive(Debug, Clone)]
struct Base {
    name: String,
    /// One of its SKUs, when the file has it.
    sku: Option<SkuId>,
    /// What the file says that it is.
    kind: Option<ProductKind>,
}

/// What the file says, products that are no add-ons first, since others may fit them from then on.
fn kinds(file: &CatalogFile) -> Vec<SaidKind> {
    let base = |name: &String| {
        let found = file.products.iter().find(|product| product.name == *name);
        let kind = found.and_then(|product| product.kind.as_ref()).map(|said| said.kind);
        Base { name: name.clone(), sku: found.and_then(sku_of), kind }
    };
    let said = file.products.iter().filter_map(|product| {
        let said = product.kind.as_ref()?;
        let fits = said.fits.iter().map(base).collect();
        Some(SaidKind { name: product.name.clone(), sku: sku_of(product), kind: said.kind, fits })
    });
    let mut said: Vec<_> = said.collect();
    said.sort_by_key(|said| said.kind.is_add_on());
    said
}

fn sku_of(product: &ImportedProduct) -> Option<SkuId> {
    product.skus.first().map(|sku| SkuId::from_uuid(sku.guid))
}

/// The product of a SKU, which may have another name by now, or of a name.
fn stored(read: &Read<'_>, sku: Option<SkuId>, name: &str) -> Result<Option<Product>, Failure> {
    let sku = sku.map(|id| catalog::find_sku(read, id)).transpose()?.flatten();
    Ok(match sku {
        Some(sku) => catalog::find_product(read, sku.product_id)?,
        None => catalog::find_by_name(read, name)?,
    })
}

/// Checks that each add-on fits products that there are, and is fitted by none.
///
/// # Errors
/// [`Refusal::UnknownProduct`] and [`Refusal::FittedByAddOn`], at [`Field::File`].
fn check(read: &Read<'_>, said: &[SaidKind]) -> Result<(), Failure> {
    for said in said.iter().filter(|said| said.kind.is_add_on()) {
        for base in &said.fits {
            let known = stored(read, base.sku, &base.name)?.map(|known| known.kind);
            let kind = base.kind.or(known).or(base.sku.map(|_| ProductKind::Base));
            if kind != Some(ProductKind::Base) || base.name == said.name {
                return Err(Refusal::UnknownProduct { name: base.name.clone() }.at(Field::File).into());
            }
        }
        let Some(product) = stored(read, said.sku, &said.name)? else { continue };
        if let Some(add_on) = catalog::add_ons_of(read, product.id)?.first() {
            return Err(Refusal::FittedByAddOn { name: add_on.name.clone() }.at(Field::File).into());
        }
    }
    Ok(())
}

/// Asks whether what a file says can be.
pub(super) struct CheckSaid(pub(super) Said);

impl Query for CheckSaid {
    type Permission = OperateCatalog;
    type Outcome = ();

    fn run(&self, look: &Look<'_, OperateCatalog>) -> Result<(), Failure> {
        self.0.check(look.read)
    }
}

/// Makes a product what the file says that it is.
pub(super) struct SetKind(pub(super) SaidKind);

impl Command for SetKind {
    type Permission = OperateCatalog;
    type Outcome = ();
    const NAME: &'static str = "import_catalog";

    fn execute(&self, change: &Change<'_, OperateCatalog>) -> Result<(), Failure> {
        let Self(said) = self;
        let before = stored(change.write, said.sku, &said.name)?.ok_or(Refusal::NotFound)?;
        let mut bases = Vec::new();
        for base in &said.fits {
            bases.extend(stored(change.write, base.sku, &base.name)?.map(|base| base.name));
        }
        let describe = DescribeProduct {
            product_id: before.id,
            category: before.category,
            kind: said.kind,
            bases,
            description_en: before.description_en,
            description_nl: before.description_nl,
        };
        describe.execute(change)
    }
}
