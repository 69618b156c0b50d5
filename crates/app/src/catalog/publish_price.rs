//! Publish the next version of a price. What was sold keeps the version it was sold at.

use crate::door::{Change, Command};
use crate::failure::Failure;
use domain::access::permission::OperateCatalog;
use domain::catalog::{BillingFrequency, Price, Term};
use domain::event::{Event, Subjects};
use domain::ids::{PriceId, SkuId};
use domain::limits::UNIT_PRICE_MAX;
use domain::money::Money;
use domain::refusal::{Field, FieldRefusal, Refusal};
use store::tables::{catalog, price};

/// Sets what one license of a SKU costs for one billing period, from now on.
#[derive(Debug, Clone, Copy)]
pub struct PublishPrice {
    /// What is sold.
    pub sku_id: SkuId,
    /// How long the buyer commits.
    pub term: Term,
    /// How often it is charged.
    pub billing_frequency: BillingFrequency,
    /// The price; its currency says for which currency it holds.
    pub unit_price: Money,
}

impl Command for PublishPrice {
    type Permission = OperateCatalog;
    type Outcome = PriceId;
    const NAME: &'static str = "publish_price";

    /// Publishing the price that holds already adds no version: a form that is posted twice does no harm.
    fn execute(&self, change: &Change<'_, OperateCatalog>) -> Result<PriceId, Failure> {
        if !(0..=UNIT_PRICE_MAX).contains(&self.unit_price.minor) {
            let refusal = Refusal::OutOfRange { minimum: 0, maximum: UNIT_PRICE_MAX };
            return Err(FieldRefusal { field: Field::UnitPrice, refusal }.into());
        }
        if self.billing_frequency.months() > self.term.months() {
            return Err(FieldRefusal { field: Field::BillingFrequency, refusal: Refusal::UnknownChoice }.into());
        }
        let sku = catalog::find_sku(change.write, self.sku_id)?.ok_or(Refusal::NotFound)?;
        let before = price::last(change.write, sku.id, self.unit_price.currency, self.term, self.billing_frequency)?;
        if let Some(before) = before.as_ref().filter(|before| before.unit_price == self.unit_price) {
            return Ok(before.id);
        }
        let next = Price {
            id: PriceId::from_uuid(change.new_id()),
            sku_id: sku.id,
            term: self.term,
            billing_frequency: self.billing_frequency,
            unit_price: self.unit_price,
            version: before.as_ref().map_or(1, |before| before.version + 1),
            valid_from: change.now(),
        };
        price::insert(change.write, &next)?;
        let event = Event::PricePublished {
            part_number: sku.part_number,
            term: next.term,
            billing_frequency: next.billing_frequency,
            before: before.map(|before| before.unit_price),
            after: next.unit_price,
        };
        change.record(Subjects { product: Some(sku.product_id), ..Subjects::default() }, &event)?;
        Ok(next.id)
    }
}
