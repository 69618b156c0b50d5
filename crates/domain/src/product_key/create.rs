//! Make a batch of product keys.

use crate::catalog::{Product, ProductKind, Sku, SkuKind, Term};
use crate::country;
use crate::limits::{KEYS_PER_BATCH_MAX, QUANTITY_MIN};
use crate::refusal::{Field, FieldRefusal, Refusal};
use jiff::civil::Date;

/// What an operator gives about new keys, not yet checked.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BatchDraft {
    /// Licenses of each key.
    pub quantity: u32,
    /// For how long.
    pub term: Term,
    /// How many keys.
    pub key_count: u32,
    /// The only country where they can be redeemed; empty for everywhere (D12).
    pub country: String,
    /// The last day on which they can be redeemed, if there is one.
    pub redeem_by: Option<Date>,
}

impl BatchDraft {
    /// Checks every field; gives the country.
    ///
    /// # Errors
    /// One refusal for each field that is wrong.
    pub fn check(&self, product: &Product, sku: &Sku, today: Date) -> Result<Option<String>, Vec<FieldRefusal>> {
        let within = |number: u32, maximum: u32, field: Field| {
            let refusal = Refusal::OutOfRange { minimum: i64::from(QUANTITY_MIN), maximum: i64::from(maximum) };
            (!(QUANTITY_MIN..=maximum).contains(&number)).then(|| refusal.at(field))
        };
        let sale = match (product.retired_at, sku.kind) {
            (Some(_), _) => Some(Refusal::EndOfSale.at(Field::Sku)),
            (None, SkuKind::SelfService | SkuKind::Free) => Some(Refusal::UnknownChoice.at(Field::Sku)),
            // What belongs to another subscription is bought with it (domain 1.9).
            (None, SkuKind::Central) if product.kind == ProductKind::TraditionalAddOn => {
                Some(Refusal::UnknownChoice.at(Field::Sku))
            }
            (None, SkuKind::Central) => None,
        };
        let country = country::code(&self.country).map_err(|refusal| refusal.at(Field::Country));
        let is_past = self.redeem_by.is_some_and(|day| day < today);
        let wrong: Vec<_> = [
            sale,
            within(self.quantity, sku.quantity_max, Field::LicensesPerKey),
            within(self.key_count, KEYS_PER_BATCH_MAX, Field::KeyCount),
            country.as_ref().err().cloned(),
            is_past.then(|| Refusal::DayPast.at(Field::RedeemBy)),
        ]
        .into_iter()
        .flatten()
        .collect();
        match country {
            Ok(country) if wrong.is_empty() => Ok(country),
            _ => Err(wrong),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::catalog::Category;
    use crate::ids::{ProductId, SkuId};
    use jiff::Timestamp;
    use jiff::civil::date;
    use uuid::Uuid;

    fn product() -> Product {
        Product {
            id: ProductId::from_uuid(Uuid::from_u128(1)),
            name: "Office".to_owned(),
            category: Category::Productivity,
            description_en: String::new(),
            description_nl: String::new(),
            kind: ProductKind::Base,
            retired_at: None,
        }
    }

    fn sku(kind: SkuKind) -> Sku {
        Sku {
            id: SkuId::from_uuid(Uuid::from_u128(2)),
            product_id: product().id,
            part_number: "OFFICE".to_owned(),
            kind,
            quantity_max: 300,
        }
    }

    fn draft() -> BatchDraft {
        BatchDraft {
            quantity: 5,
            term: Term::Annual,
            key_count: 1_000_000,
            country: "nl".to_owned(),
            redeem_by: Some(date(2026, 1, 1)),
        }
    }

    #[test]
    fn a_batch_has_up_to_a_million_keys() {
        let today = date(2026, 1, 1);
        assert_eq!(draft().check(&product(), &sku(SkuKind::Central), today), Ok(Some("NL".to_owned())));
        let anywhere = BatchDraft { country: String::new(), redeem_by: None, key_count: 1, ..draft() };
        assert_eq!(anywhere.check(&product(), &sku(SkuKind::Central), today), Ok(None));
    }

    #[test]
    fn every_wrong_field_is_named() {
        let wrong = BatchDraft { quantity: 301, key_count: 1_000_001, country: "XX".to_owned(), ..draft() };
        assert_eq!(
            wrong.check(&product(), &sku(SkuKind::SelfService), date(2026, 1, 2)),
            Err(vec![
                Refusal::UnknownChoice.at(Field::Sku),
                Refusal::OutOfRange { minimum: 1, maximum: 300 }.at(Field::LicensesPerKey),
                Refusal::OutOfRange { minimum: 1, maximum: 1_000_000 }.at(Field::KeyCount),
                Refusal::UnknownCountry.at(Field::Country),
                Refusal::DayPast.at(Field::RedeemBy),
            ])
        );
        let add_on = Product { kind: ProductKind::TraditionalAddOn, ..product() };
        let refused = draft().check(&add_on, &sku(SkuKind::Central), date(2020, 1, 15));
        assert_eq!(refused, Err(vec![Refusal::UnknownChoice.at(Field::Sku)]));
        let retired = Product { retired_at: Some(Timestamp::UNIX_EPOCH), ..product() };
        let refused = draft().check(&retired, &sku(SkuKind::Central), date(2026, 1, 1));
        assert_eq!(refused, Err(vec![Refusal::EndOfSale.at(Field::Sku)]));
    }
}
