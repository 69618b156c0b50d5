//! Purchase services: what an organization can buy, in its own currency (R14, R123).

use crate::door::{Look, Query};
use crate::failure::Failure;
use crate::self_service::policy::allowed;
use crate::subscription::change_quantity::visible;
use domain::access::permission::BuySubscription;
use domain::catalog::{BillingFrequency, Category, Price, Product, SkuKind};
use domain::ids::{ProductId, SubscriptionId, UserId};
use domain::money::Currency;
use domain::self_service::eligibility::Ineligible;
use domain::subscription::Subscription;
use domain::subscription::add_on::can_have;
use jiff::Timestamp;
use std::collections::HashMap;
use store::Read;
use store::tables::catalog::{self, ProductFilter};
use store::tables::{price, subscription};

/// Products by name.
#[derive(Debug, Clone, Default)]
pub struct BrowseProducts {
    /// Only whose name contains this.
    pub search: String,
    /// Only on this shelf.
    pub category: Option<Category>,
    /// The last one of the page before.
    pub after: Option<ProductId>,
    /// How many at most.
    pub limit: usize,
}

/// A product that can be bought.
#[derive(Debug, Clone)]
pub struct ShelfRow {
    /// The product.
    pub product: Product,
    /// Its lowest price per month, or per year when it has none per month.
    pub from: Option<Price>,
    /// Whether the reader can sign up for it at no cost.
    pub is_free: bool,
    /// How many subscriptions of it the organization has.
    pub subscriptions: i64,
}

/// A page of products.
#[derive(Debug, Clone)]
pub struct Shelf {
    /// The products.
    pub rows: Vec<ShelfRow>,
    /// The last one, when there are more after it.
    pub next: Option<ProductId>,
    /// How many products match on each shelf that has any.
    pub counts: Vec<(Category, i64)>,
    /// Why the seller lets the reader buy nothing for the team (R179); nothing who may, or buys for the organization.
    pub ineligible: Option<Ineligible>,
}

impl Query for BrowseProducts {
    type Permission = BuySubscription;
    type Outcome = Shelf;

    fn run(&self, look: &Look<'_, BuySubscription>) -> Result<Shelf, Failure> {
        if let Some(person) = look.granted.oneself() {
            return shelf_for_oneself(look, person, &self.search, self.category);
        }
        let after = self.after.map(|id| catalog::find_product(look.read, id)).transpose()?.flatten();
        let (rows, next) = shelf(look, &self.search, self.category, after.as_ref(), self.limit)?;
        let (currency, now) = (look.organization().currency, look.now());
        let counts = catalog::count_on_sale(look.read, &self.search, currency, now)?;
        Ok(Shelf { rows, next, counts, ineligible: None })
    }
}

/// The beginning of every shelf.
#[derive(Debug, Clone, Copy)]
pub struct BrowseShelves {
    /// How many products of each shelf at most.
    pub limit: usize,
}

impl Query for BrowseShelves {
    type Permission = BuySubscription;
    /// The shelves that have any product, with how many they have and the first of them.
    type Outcome = Vec<(Category, i64, Vec<ShelfRow>)>;

    fn run(&self, look: &Look<'_, BuySubscription>) -> Result<Self::Outcome, Failure> {
        if let Some(person) = look.granted.oneself() {
            let shelf = shelf_for_oneself(look, person, "", None)?;
            let of = |category: Category| {
                let rows = shelf.rows.iter().filter(|row| row.product.category == category);
                rows.take(self.limit).cloned().collect::<Vec<_>>()
            };
            return Ok(shelf.counts.iter().map(|(category, count)| (*category, *count, of(*category))).collect());
        }
        let counts = catalog::count_on_sale(look.read, "", look.organization().currency, look.now())?;
        let count_of = |category: Category| counts.iter().find(|(of, _)| *of == category).map(|(_, count)| *count);
        let filled = Category::ALL.iter().filter_map(|category| count_of(*category).map(|count| (*category, count)));
        filled
            .map(|(category, count)| Ok((category, count, shelf(look, "", Some(category), None, self.limit)?.0)))
            .collect()
    }
}

/// Asks which add-ons fit a subscription (domain 1.9: "Find more add-ons").
#[derive(Debug, Clone, Copy)]
pub struct AddOnsFor(pub SubscriptionId);

impl Query for AddOnsFor {
    type Permission = BuySubscription;
    /// The name of its product, and the add-ons by name.
    type Outcome = (String, Vec<ShelfRow>);

    fn run(&self, look: &Look<'_, BuySubscription>) -> Result<Self::Outcome, Failure> {
        let found = subscription::find(look.read, self.0)?;
        let name = found.as_ref().map(|listed| listed.product_name.clone()).unwrap_or_default();
        let base = visible(found, &look.granted)?;
        let products = add_ons_for(look.read, &base, look.organization().currency, look.now())?;
        let owned: HashMap<_, _> = subscription::count_by_product(look.read)?.into_iter().collect();
        let row = |product: Product| {
            let row = shelf_row(look.read, product, look.organization().currency, look.now())?;
            Ok(ShelfRow { subscriptions: owned.get(&row.product.id).copied().unwrap_or(0), ..row })
        };
        Ok((name, products.into_iter().map(row).collect::<Result<_, Failure>>()?))
    }
}

/// The add-ons on sale that a subscription can have now, by name.
pub(crate) fn add_ons_for(
    read: &Read<'_>,
    base: &Subscription,
    currency: Currency,
    now: Timestamp,
) -> Result<Vec<Product>, Failure> {
    let mut products = catalog::add_ons_for(read, base.product_id, currency, now)?;
    products.retain(|product| can_have(base, product.kind));
    Ok(products)
}

/// A product that is sold to organizations, for one that has no subscription of it.
pub(crate) fn shelf_row(
    read: &Read<'_>,
    product: Product,
    currency: Currency,
    now: Timestamp,
) -> Result<ShelfRow, Failure> {
    let from = from(read, product.id, SkuKind::Central, (currency, now))?;
    Ok(ShelfRow { from, is_free: false, subscriptions: 0, product })
}

/// The lowest price of a product, of what is sold to organizations or to users.
fn from(
    read: &Read<'_>,
    id: ProductId,
    kind: SkuKind,
    (currency, now): (Currency, Timestamp),
) -> Result<Option<Price>, Failure> {
    let mut prices = Vec::new();
    for sku in catalog::skus_of(read, id)?.iter().filter(|sku| sku.kind == kind) {
        prices.extend(price::current_of_sku(read, sku.id, currency, now)?);
    }
    Ok(lowest(prices.into_iter().map(|price| (id, price)).collect()).remove(&id))
}

/// What the person may buy for the team, all of it: the organization decides product by product (R16, R115).
fn shelf_for_oneself(
    look: &Look<'_, BuySubscription>,
    person: UserId,
    search: &str,
    category: Option<Category>,
) -> Result<Shelf, Failure> {
    let (products, ineligible) = match allowed(look.read, look.organization(), person, search)? {
        Ok(products) => (products, None),
        Err(reason) => (Vec::new(), Some(reason)),
    };
    let mut rows = Vec::new();
    for id in products {
        let Some(product) = catalog::find_product(look.read, id)? else { continue };
        let from = from(look.read, id, SkuKind::SelfService, (look.organization().currency, look.now()))?;
        let is_free = catalog::skus_of(look.read, id)?.iter().any(|sku| sku.kind == SkuKind::Free);
        if (from.is_some() || is_free) && !product.kind.is_add_on() {
            rows.push(ShelfRow { product, from, is_free, subscriptions: 0 });
        }
    }
    let count = |category: &Category| rows.iter().filter(|row| row.product.category == *category).count() as i64;
    let counts: Vec<_> = Category::ALL.iter().map(|category| (*category, count(category))).collect();
    rows.retain(|row| category.is_none_or(|category| row.product.category == category));
    let counts = counts.into_iter().filter(|(_, count)| *count > 0).collect();
    Ok(Shelf { rows, next: None, counts, ineligible })
}

/// Products that can be bought, and the last one when there are more after it.
fn shelf(
    look: &Look<'_, BuySubscription>,
    search: &str,
    category: Option<Category>,
    after: Option<&Product>,
    limit: usize,
) -> Result<(Vec<ShelfRow>, Option<ProductId>), Failure> {
    let (currency, now) = (look.organization().currency, look.now());
    let filter = ProductFilter { search, category, on_sale: Some((currency, now)) };
    let mut products = catalog::list(look.read, &filter, after, limit + 1)?;
    let has_more = products.len() > limit;
    products.truncate(limit);
    let prices = match (products.first(), products.last()) {
        (Some(first), Some(last)) => price::current_of_shelf(look.read, (first, last), currency, now)?,
        _ => Vec::new(),
    };
    let lowest = lowest(prices);
    let owned: HashMap<_, _> = subscription::count_by_product(look.read)?.into_iter().collect();
    let next = if has_more { products.last().map(|last| last.id) } else { None };
    let row = |product: Product| ShelfRow {
        from: lowest.get(&product.id).cloned(),
        is_free: false,
        subscriptions: owned.get(&product.id).copied().unwrap_or(0),
        product,
    };
    Ok((products.into_iter().map(row).collect(), next))
}

/// The price of each product that "from" names: monthly ones before yearly ones, then the lowest.
fn lowest(prices: Vec<(ProductId, Price)>) -> HashMap<ProductId, Price> {
    let rank = |price: &Price| (price.billing_frequency == BillingFrequency::Yearly, price.unit_price.minor);
    let mut lowest: HashMap<ProductId, Price> = HashMap::new();
    for (product, price) in prices {
        match lowest.get(&product) {
            Some(present) if rank(present) <= rank(&price) => {}
            _ => {
                lowest.insert(product, price);
            }
        }
    }
    lowest
}
