//! Say what a product is, on which shelf it stands, and what an add-on fits.

use crate::door::{Change, Command};
use crate::failure::Failure;
use domain::access::permission::OperateCatalog;
use domain::catalog::{Category, Product, ProductKind};
use domain::event::{Event, Subjects};
use domain::ids::ProductId;
use domain::limits::DESCRIPTION_MAX;
use domain::refusal::{Field, FieldRefusal, Refusal};
use domain::typed;
use domain::user::fold;
use store::tables::catalog;

/// Sets shelf, kind and sentences of a product.
#[derive(Debug, Clone)]
pub struct DescribeProduct {
    /// Which.
    pub product_id: ProductId,
    /// The shelf.
    pub category: Category,
    /// Whether it is sold alone.
    pub kind: ProductKind,
    /// The names of the products that an add-on fits; empty lines are left out.
    pub bases: Vec<String>,
    /// One sentence in English; may be empty.
    pub description_en: String,
    /// The same sentence in Dutch; may be empty.
    pub description_nl: String,
}

impl Command for DescribeProduct {
    type Permission = OperateCatalog;
    type Outcome = ();
    const NAME: &'static str = "describe_product";

    fn execute(&self, change: &Change<'_, OperateCatalog>) -> Result<(), Failure> {
        let before = catalog::find_product(change.write, self.product_id)?.ok_or(Refusal::NotFound)?;
        let after = Product {
            category: self.category,
            kind: self.kind,
            description_en: checked(Field::DescriptionEn, &self.description_en)?,
            description_nl: checked(Field::DescriptionNl, &self.description_nl)?,
            ..before.clone()
        };
        if let Some(add_on) = catalog::add_ons_of(change.write, after.id)?.first().filter(|_| after.kind.is_add_on()) {
            let name = add_on.name.clone();
            return Err(Refusal::FittedByAddOn { name }.at(Field::ProductKind).into());
        }
        let bases = self.bases(change)?;
        let fitted: Vec<_> = catalog::bases_of(change.write, after.id)?.iter().map(|base| base.id).collect();
        if after == before && bases == fitted {
            return Ok(());
        }
        catalog::describe_product(change.write, &after)?;
        catalog::set_bases(change.write, after.id, &bases)?;
        let subjects = Subjects { product: Some(after.id), ..Subjects::default() };
        change.record(subjects, &Event::ProductDescribed { name: after.name })
    }
}

impl DescribeProduct {
    /// The products that it fits, by name.
    fn bases(&self, change: &Change<'_, OperateCatalog>) -> Result<Vec<ProductId>, Failure> {
        let mut bases = Vec::new();
        for name in self.bases.iter().map(|name| name.trim()).filter(|name| !name.is_empty()) {
            let found = catalog::find_by_name(change.write, name)?;
            let base = found.filter(|base| base.kind == ProductKind::Base && base.id != self.product_id);
            bases.push(base.ok_or_else(|| Refusal::UnknownProduct { name: name.to_owned() }.at(Field::Bases))?);
        }
        match (self.kind.is_add_on(), bases.is_empty()) {
            (false, false) => return Err(Refusal::UnknownChoice.at(Field::Bases).into()),
            (true, true) => return Err(Refusal::Required.at(Field::Bases).into()),
            _ => {}
        }
        bases.sort_by_key(|base| (fold(&base.name), base.id));
        bases.dedup_by_key(|base| base.id);
        Ok(bases.into_iter().map(|base| base.id).collect())
    }
}

fn checked(field: Field, text: &str) -> Result<String, FieldRefusal> {
    typed::line(text, DESCRIPTION_MAX).map_err(|refusal| refusal.at(field))
}
