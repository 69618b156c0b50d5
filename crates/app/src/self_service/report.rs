//! Who bought what by self-service, what it costs a month, and what licenses of the organization instead would save.

use crate::door::{Look, Query};
use crate::failure::Failure;
use domain::access::permission::ReadPrices;
use domain::catalog::SkuKind;
use domain::ids::ProductId;
use domain::limits::PURCHASES_MAX;
use domain::money::{Currency, Money};
use domain::self_service::report::{Saving, per_month, saving};
use domain::subscription::SubscriptionState;
use std::collections::BTreeMap;
use store::Read;
use store::tables::{catalog, price, self_service, take_over};

pub use store::tables::self_service::Purchase;

/// Asks for the report.
#[derive(Debug, Clone, Copy)]
pub struct SelfServiceReport;

/// The report.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Report {
    /// What was bought and is not deleted, by product and buyer, with what it costs a month.
    pub purchases: Vec<(Purchase, Money)>,
    /// The same by product and currency, by name.
    pub products: Vec<ProductReport>,
}

/// What was bought of one product in one currency.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ProductReport {
    /// The product.
    pub product_id: ProductId,
    /// Its name.
    pub name: String,
    /// How many subscriptions.
    pub subscriptions: i64,
    /// Their licenses.
    pub licenses: i64,
    /// People who have one.
    pub people: i64,
    /// What they cost a month.
    pub cost: Money,
    /// What licenses of the organization instead would come to; `None` when it sells none in this currency.
    pub saving: Option<Saving>,
}

impl Report {
    /// What all of it costs a month and what could be saved, by currency. What cannot be known saves nothing, and what
    /// would cost more is left as it is.
    #[must_use]
    pub fn totals(&self) -> Vec<(Money, Money)> {
        let mut totals: BTreeMap<&str, (Money, Money)> = BTreeMap::new();
        for product in &self.products {
            let currency = product.cost.currency;
            let saved = product.saving.map_or(0, |saving| saving.saved.minor.max(0));
            let total = totals.entry(currency.code()).or_insert((Money::zero(currency), Money::zero(currency)));
            total.0.minor = total.0.minor.saturating_add(product.cost.minor);
            total.1.minor = total.1.minor.saturating_add(saved);
        }
        totals.into_values().collect()
    }
}

impl Query for SelfServiceReport {
    type Permission = ReadPrices;
    type Outcome = Report;

    fn run(&self, look: &Look<'_, ReadPrices>) -> Result<Report, Failure> {
        look.granted.everything()?;
        let found = self_service::purchases(look.read, PURCHASES_MAX)?;
        let purchases: Vec<_> = found.into_iter().map(|bought| (bought.clone(), cost(&bought))).collect();
        let mut products: Vec<ProductReport> = Vec::new();
        for (bought, cost) in &purchases {
            let is_same =
                |row: &&mut ProductReport| row.product_id == bought.product_id && row.cost.currency == cost.currency;
            match products.iter_mut().find(is_same) {
                Some(row) => {
                    row.subscriptions += 1;
                    row.licenses += i64::from(bought.quantity);
                    row.people += bought.people;
                    row.cost.minor = row.cost.minor.saturating_add(cost.minor);
                }
                None => products.push(ProductReport {
                    product_id: bought.product_id,
                    name: bought.product_name.clone(),
                    subscriptions: 1,
                    licenses: i64::from(bought.quantity),
                    people: bought.people,
                    cost: *cost,
                    saving: None,
                }),
            }
        }
        let free = take_over::free_of_organization(look.read, PURCHASES_MAX)?;
        for row in &mut products {
            let free = free.iter().find(|free| free.product_id == row.product_id).map_or(0, |free| free.count);
            let price = central_price(look, row.product_id, row.cost.currency)?;
            row.saving = saving(row.cost, row.people, free, price);
        }
        Ok(Report { purchases, products })
    }
}

/// What a purchase costs a month: nothing once it is over.
fn cost(bought: &Purchase) -> Money {
    let whole = bought.unit_price.times(i64::from(bought.quantity)).unwrap_or(bought.unit_price);
    match bought.state {
        SubscriptionState::Active => per_month(whole, bought.billing_frequency),
        _ => Money::zero(whole.currency),
    }
}

/// The least that a license of the organization costs a month.
fn central_price(
    look: &Look<'_, ReadPrices>,
    product: ProductId,
    currency: Currency,
) -> Result<Option<Money>, Failure> {
    let read: &Read<'_> = look.read;
    let mut least: Option<Money> = None;
    for sku in catalog::skus_of(read, product)?.into_iter().filter(|sku| sku.kind == SkuKind::Central) {
        for price in price::current_of_sku(read, sku.id, currency, look.now())? {
            let monthly = per_month(price.unit_price, price.billing_frequency);
            least = Some(least.map_or(monthly, |least| if monthly.minor < least.minor { monthly } else { least }));
        }
    }
    Ok(least)
}
