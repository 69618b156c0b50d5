//! Say what a product is and on which shelf it stands.

use crate::door::{Change, Command};
use crate::failure::Failure;
use domain::access::permission::OperateCatalog;
use domain::catalog::{Category, Product};
use domain::event::{Event, Subjects};
use domain::ids::ProductId;
use domain::limits::DESCRIPTION_MAX;
use domain::refusal::{Field, FieldRefusal, Refusal};
use store::tables::catalog;

/// Sets shelf and sentences of a product.
#[derive(Debug, Clone)]
pub struct DescribeProduct {
    /// Which.
    pub product_id: ProductId,
    /// The shelf.
    pub category: Category,
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
            description_en: checked(Field::DescriptionEn, &self.description_en)?,
            description_nl: checked(Field::DescriptionNl, &self.description_nl)?,
            ..before.clone()
        };
        if after == before {
            return Ok(());
        }
        catalog::describe_product(change.write, &after)?;
        let subjects = Subjects { product: Some(after.id), ..Subjects::default() };
        change.record(subjects, &Event::ProductDescribed { name: after.name })
    }
}

fn checked(field: Field, text: &str) -> Result<String, FieldRefusal> {
    let text = text.trim();
    let refuse = |refusal| Err(FieldRefusal { field, refusal });
    if text.chars().count() > DESCRIPTION_MAX {
        return refuse(Refusal::TooLong { maximum: DESCRIPTION_MAX as u32 });
    }
    if text.chars().any(char::is_control) {
        return refuse(Refusal::ControlCharacter);
    }
    Ok(text.to_owned())
}
