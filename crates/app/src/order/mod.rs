//! Use cases of orders: buying, paying, and looking back (domain 1.8, 4.5).
//!
//! An order is written before its payment is asked, together with the job that asks it. The money is taken outside any
//! transaction, under the order's id as idempotency key, so that a process may die anywhere: the job asks again, the
//! gateway answers the same, and the order is posted once.

pub mod charge;
pub mod details;
pub mod extend;
pub mod list;
pub mod place;
pub(crate) mod post;

use crate::access::Granted;
use crate::failure::Failure;
use crate::self_service::policy::right_for;
use domain::access::Reach;
use domain::access::permission::Granting;
use domain::billing::BillingProfile;
use domain::catalog::{Price, Product, Sku};
use domain::event::Subjects;
use domain::ids::{BillingProfileId, PriceId, UserId};
use domain::money::{Currency, Money};
use domain::order::Order;
use domain::order::buy::{Buy, decide_for_oneself};
use domain::organization::Organization;
use domain::refusal::Refusal;
use jiff::Timestamp;
use store::Read;
use store::tables::order::ListedOrder;
use store::tables::{billing_account, catalog, price, purchase_limits};

/// What a price sells.
pub(crate) struct Sold {
    /// The price that somebody saw.
    pub(crate) seen: Price,
    /// What is sold.
    pub(crate) sku: Sku,
    /// Its product.
    pub(crate) product: Product,
    /// The price of the same today; another version than the one seen when it changed meanwhile.
    pub(crate) current: Option<Price>,
}

impl Sold {
    /// What the price that somebody saw sells today.
    pub(crate) fn find(read: &Read<'_>, id: PriceId, currency: Currency, now: Timestamp) -> Result<Self, Failure> {
        let seen = price::find(read, id)?.ok_or(Refusal::NotFound)?;
        let sku = catalog::find_sku(read, seen.sku_id)?.ok_or(Refusal::NotFound)?;
        let product = catalog::find_product(read, sku.product_id)?.ok_or(Refusal::NotFound)?;
        let is_seen = |price: &Price| (price.term, price.billing_frequency) == (seen.term, seen.billing_frequency);
        let current = price::current_of_sku(read, sku.id, currency, now)?.into_iter().find(is_seen);
        Ok(Self { seen, sku, product, current })
    }

    /// What it comes to when a person buys it for the team, within what the seller and the organization let that person
    /// do.
    pub(crate) fn amount_for_oneself(
        &self,
        read: &Read<'_>,
        organization: &Organization,
        person: UserId,
        buy: Buy,
    ) -> Result<Result<Money, Refusal>, Failure> {
        let right = right_for(read, organization, person, self.product.id)?;
        let allowance = purchase_limits::allowance(read, person, self.product.id)?;
        Ok(decide_for_oneself(&self.product, &self.sku, self.current.as_ref(), buy, right, allowance))
    }
}

/// The billing profiles on which somebody may buy for the organization: the first one first, then by name (domain 4.8).
/// Only those whose invoices are in the currency in which it buys.
pub(crate) fn profiles_to_buy_on<P: Granting>(
    read: &Read<'_>,
    granted: &Granted<P>,
    organization: &Organization,
) -> Result<Vec<BillingProfile>, Failure> {
    let mut profiles = billing_account::profiles(read)?;
    profiles.retain(|profile| profile.currency == organization.currency && granted.reach_in(profile.id) == Reach::All);
    profiles.sort_by_key(|profile| profile.id != BillingProfileId::first_of(organization.id));
    Ok(profiles)
}

/// What an event of an order is about while nothing is bought.
fn subjects(order: &Order) -> Subjects {
    Subjects { product: Some(order.product_id), order: Some(order.id), ..Subjects::default() }
}

/// What an event of an order is about once its subscription is there.
pub(crate) fn subjects_with_subscription(order: &Order) -> Subjects {
    Subjects { subscription: Some(order.subscription_id), ..subjects(order) }
}

/// Those whose right reaches only what is their own see the orders that they placed.
pub(crate) fn visible(order: Option<ListedOrder>, only: Option<UserId>) -> Result<ListedOrder, Refusal> {
    order.filter(|listed| only.is_none() || listed.order.ordered_by == only).ok_or(Refusal::NotFound)
}
