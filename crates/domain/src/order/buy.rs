//! Buy a subscription (domain 1.8, R14, R73).

use crate::catalog::{Price, Product, Sku};
use crate::ids::PriceId;
use crate::limits::QUANTITY_MIN;
use crate::money::Money;
use crate::refusal::Refusal;

/// What the buyer chose.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Buy {
    /// Licenses.
    pub quantity: u32,
    /// The price that the buyer saw; another one now is a [`Refusal::PriceChanged`].
    pub price_id: PriceId,
}

/// What the purchase costs for its first billing period, or why it cannot be made.
///
/// # Errors
/// [`Refusal::EndOfSale`], [`Refusal::NoPrice`], [`Refusal::PriceChanged`], [`Refusal::OutOfRange`],
/// [`Refusal::AboveMaximum`].
pub fn decide(product: &Product, sku: &Sku, current_price: Option<&Price>, command: Buy) -> Result<Money, Refusal> {
    if product.retired_at.is_some() {
        return Err(Refusal::EndOfSale);
    }
    let price = current_price.ok_or(Refusal::NoPrice)?;
    if price.id != command.price_id {
        return Err(Refusal::PriceChanged);
    }
    if command.quantity < QUANTITY_MIN {
        return Err(Refusal::OutOfRange { minimum: i64::from(QUANTITY_MIN), maximum: i64::from(sku.quantity_max) });
    }
    if command.quantity > sku.quantity_max {
        return Err(Refusal::AboveMaximum { maximum: sku.quantity_max });
    }
    price.unit_price.times(i64::from(command.quantity)).ok_or(Refusal::AboveMaximum { maximum: sku.quantity_max })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::catalog::{BillingFrequency, Category, SkuKind, Term};
    use crate::ids::{ProductId, SkuId};
    use crate::money::Currency;
    use jiff::Timestamp;
    use uuid::Uuid;

    fn shelf() -> (Product, Sku, Price) {
        let (product_id, sku_id) = (ProductId::from_uuid(Uuid::from_u128(1)), SkuId::from_uuid(Uuid::from_u128(2)));
        let product = Product {
            id: product_id,
            name: "Office".into(),
            category: Category::Productivity,
            description_en: String::new(),
            description_nl: String::new(),
            retired_at: None,
        };
        let sku =
            Sku { id: sku_id, product_id, part_number: "OFFICE".into(), kind: SkuKind::Central, quantity_max: 300 };
        let price = Price {
            id: PriceId::from_uuid(Uuid::from_u128(3)),
            sku_id,
            term: Term::Annual,
            billing_frequency: BillingFrequency::Monthly,
            unit_price: Money::new(1170, Currency::Eur),
            version: 1,
            valid_from: Timestamp::UNIX_EPOCH,
        };
        (product, sku, price)
    }

    #[test]
    fn a_purchase_costs_its_first_billing_period() {
        let (product, sku, price) = shelf();
        let buy = Buy { quantity: 25, price_id: price.id };
        assert_eq!(decide(&product, &sku, Some(&price), buy), Ok(Money::new(29_250, Currency::Eur)));
    }

    #[test]
    fn a_purchase_is_refused_with_its_reason() {
        let (mut product, sku, price) = shelf();
        let buy = |quantity| Buy { quantity, price_id: price.id };
        assert_eq!(decide(&product, &sku, Some(&price), buy(0)), Err(Refusal::OutOfRange { minimum: 1, maximum: 300 }));
        assert_eq!(decide(&product, &sku, Some(&price), buy(301)), Err(Refusal::AboveMaximum { maximum: 300 }));
        assert_eq!(decide(&product, &sku, None, buy(1)), Err(Refusal::NoPrice));
        let old = Buy { quantity: 1, price_id: PriceId::from_uuid(Uuid::from_u128(4)) };
        assert_eq!(decide(&product, &sku, Some(&price), old), Err(Refusal::PriceChanged));
        product.retired_at = Some(Timestamp::UNIX_EPOCH);
        assert_eq!(decide(&product, &sku, Some(&price), buy(1)), Err(Refusal::EndOfSale));
    }
}
