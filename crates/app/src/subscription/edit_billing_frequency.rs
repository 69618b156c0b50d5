//! Change how often a subscription is charged (domain 1.2, R12).

use super::change_quantity::visible;
use super::sweep::of_today;
use super::{about, post_order};
use crate::billing::{Ground, post_charges};
use crate::door::{Change, Command, Look, Query};
use crate::failure::Failure;
use domain::access::permission::{Granting, ManageSubscription, ReadPrices};
use domain::catalog::{BillingFrequency, Price};
use domain::event::Event;
use domain::ids::{OrderId, SubscriptionId};
use domain::order::OrderKind;
use domain::refusal::{Field, Refusal};
use domain::subscription::edit_billing_frequency::{FrequencyPreview, decide, preview};
use domain::subscription::{Decision, Subscription};
use jiff::Timestamp;
use store::Read;
use store::tables::{price, subscription};

/// Lets a subscription be charged monthly or yearly, at the price that the catalog asks today.
#[derive(Debug, Clone, Copy)]
pub struct EditBillingFrequency {
    /// Which.
    pub subscription_id: SubscriptionId,
    /// How often it shall be charged.
    pub billing_frequency: BillingFrequency,
}

/// What a change of the billing frequency did.
#[derive(Debug, Clone, Copy, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub struct FrequencyChanged {
    /// The order that the change made; none when it waits for the renewal.
    pub order_id: Option<OrderId>,
    /// How often it is charged now.
    pub billing_frequency: BillingFrequency,
    /// How often it will be charged from the renewal on, when that is something else.
    pub at_renewal: Option<BillingFrequency>,
}

impl Command for EditBillingFrequency {
    type Permission = ManageSubscription;
    type Outcome = FrequencyChanged;
    const NAME: &'static str = "edit_billing_frequency";

    fn execute(&self, change: &Change<'_, ManageSubscription>) -> Result<FrequencyChanged, Failure> {
        let before = of_today(change, self.subscription_id)?;
        let price = price_of_today(change, &before, self.billing_frequency)?
            .ok_or_else(|| Refusal::UnknownChoice.at(Field::BillingFrequency))?;
        let ground = Ground::of(change, Some(before.id))?;
        let (actor, reach) = (change.granted.actor(), change.granted.reach_in(before.billing_profile_id));
        let cloud = change.organization().cloud;
        let Decision { subscription: after, event, charges } =
            decide(&before, &price, ground.footing(), actor, reach, cloud)?;
        subscription::update_life(change.write, &after, cloud)?;
        let order_id = match event {
            Event::BillingFrequencyChanged { amount, .. } => {
                let quantity = i64::from(after.quantity);
                Some(post_order(change, &after, OrderKind::Conversion, quantity, amount, change.now())?)
            }
            _ => None,
        };
        post_charges(change, &ground.account, &after, order_id, charges, change.today())?;
        change.record(about(&after, order_id), &event)?;
        Ok(FrequencyChanged {
            order_id,
            billing_frequency: after.billing_frequency,
            at_renewal: after.price_at_renewal.map(|agreed| agreed.billing_frequency),
        })
    }
}

/// What the subscription could cost from today on: the prices of its SKU, term and currency.
fn prices(read: &Read<'_>, subscription: &Subscription, now: Timestamp) -> Result<Vec<Price>, Failure> {
    let mut prices = price::current_of_sku(read, subscription.sku_id, subscription.unit_price.currency, now)?;
    prices.retain(|price| price.term == subscription.term);
    prices.sort_by_key(|price| price.billing_frequency.months());
    Ok(prices)
}

/// The price of today at which the subscription is sold in a billing frequency.
pub(super) fn price_of_today<P: Granting>(
    change: &Change<'_, P>,
    subscription: &Subscription,
    frequency: BillingFrequency,
) -> Result<Option<Price>, Failure> {
    let sold = prices(change.write, subscription, change.now())?;
    Ok(sold.into_iter().find(|price| price.billing_frequency == frequency))
}

/// Asks what each billing frequency would do and cost.
#[derive(Debug, Clone, Copy)]
pub struct PreviewBillingFrequency(pub SubscriptionId);

/// One billing frequency in which the subscription is sold.
#[derive(Debug, Clone)]
pub struct FrequencyChoice {
    /// The price of the catalog.
    pub price: Price,
    /// What it would do; nothing for the one by which it is charged already.
    pub preview: Option<FrequencyPreview>,
}

impl Query for PreviewBillingFrequency {
    type Permission = ReadPrices;
    type Outcome = Vec<FrequencyChoice>;

    fn run(&self, look: &Look<'_, ReadPrices>) -> Result<Vec<FrequencyChoice>, Failure> {
        let subscription = visible(subscription::find(look.read, self.0)?, &look.granted)?;
        let ground = Ground::seen(look, subscription.id)?;
        let choice = |price: Price| {
            let is_other = price.billing_frequency != subscription.billing_frequency;
            let preview = is_other.then(|| preview(&subscription, &price, ground.footing()));
            FrequencyChoice { price, preview }
        };
        Ok(prices(look.read, &subscription, look.now())?.into_iter().map(choice).collect())
    }
}
