//! Buying, trying, and extending what was paid before.

use super::money::{means, put_on_file};
use super::{Play, Wrong};
use crate::command::simulate::scenario::PayWith;
use crate::command::simulate::stage::{Player, Stage};
use app::order::extend::{OrderedExtension, extend_end_date};
use app::order::place::{Purchase, new_order_id, place_order};
use app::subscription::{extend_trial, start_trial};
use domain::catalog::{BillingFrequency, Term};
use domain::ids::{OrderId, SubscriptionId};
use domain::order::OrderState;
use domain::refusal::Refusal;
use jiff::civil::Date;
use schemars::JsonSchema;
use serde::Deserialize;
use store::tables::order;

/// Buys a subscription: for the organization, or for the team when somebody of `people` buys.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Buy {
    /// The name for later steps.
    subscription: String,
    /// The product.
    product: String,
    /// Licenses.
    quantity: u32,
    /// The commitment.
    #[schemars(with = "String")]
    term: Term,
    /// How often it is charged.
    #[schemars(with = "String")]
    billing_frequency: BillingFrequency,
    /// What pays.
    #[serde(default)]
    pay_with: PayWith,
    /// The subscription to which an add-on will belong; where only one fits it may be left out.
    #[serde(default)]
    add_to: Option<String>,
    /// The billing profile that is charged; without it the first.
    #[serde(default)]
    billing_profile: Option<String>,
    /// The first day; without it today.
    #[serde(default)]
    #[schemars(with = "Option<String>")]
    starts_on: Option<Date>,
}

impl Play for Buy {
    fn play(&self, stage: &mut Stage, by: &Player) -> Result<(), Wrong> {
        stage.is_new("subscription", &self.subscription)?;
        let base = base_of(stage, self.add_to.as_deref())?;
        let profile = self.billing_profile.as_deref();
        let profile = profile.map(|name| stage.profile(by.organization, "billing_profile", Some(name))).transpose()?;
        let purchase = Purchase {
            order_id: new_order_id(&stage.app),
            price_id: stage.priced(by, &self.product, self.term, self.billing_frequency)?.price.id,
            quantity: self.quantity,
            payment: means(stage, by, self.pay_with)?,
            trial: None,
            base,
            billing_profile: profile.map(|profile| profile.id),
            starts_on: self.starts_on,
        };
        let bought = order(stage, by, purchase)?;
        stage.name(&self.subscription, by.organization, bought);
        Ok(())
    }
}

/// The subscription to which an add-on shall belong, where a step says one.
pub(super) fn base_of(stage: &Stage, add_to: Option<&str>) -> Result<Option<SubscriptionId>, Wrong> {
    let Some(name) = add_to else { return Ok(None) };
    let named = stage.named(name).map_err(|_| Wrong::at("add_to", format!("nothing is named {name:?}")))?;
    Ok(Some(named.id))
}

/// Places an order; gives what it bought.
fn order(stage: &Stage, by: &Player, purchase: Purchase) -> Result<SubscriptionId, Wrong> {
    let order_id = place_order(&stage.app, &by.caller, by.organization, purchase)?;
    posted(stage, by, order_id)
}

/// What an order bought; one whose payment failed bought nothing.
fn posted(stage: &Stage, by: &Player, id: OrderId) -> Result<SubscriptionId, Wrong> {
    let found = stage.read(by.organization, |read| order::find(read, id))?;
    let placed = found.ok_or(Refusal::NotFound)?.order;
    match placed.state {
        OrderState::Voided => Err(Wrong::refused(placed.void_reason.unwrap_or_default())),
        _ => Ok(placed.subscription_id),
    }
}

/// Starts a trial: for the organization, or for the team when somebody of `people` does.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct StartTrial {
    /// The name for later steps.
    subscription: String,
    /// The product.
    product: String,
    /// The commitment once it is paid.
    #[schemars(with = "String")]
    term: Term,
    /// How often it is charged then.
    #[schemars(with = "String")]
    billing_frequency: BillingFrequency,
    /// What pays when it ends; without it the trial just ends.
    #[serde(default)]
    pay_with: Option<PayWith>,
}

impl Play for StartTrial {
    fn play(&self, stage: &mut Stage, by: &Player) -> Result<(), Wrong> {
        stage.is_new("subscription", &self.subscription)?;
        let price_id = stage.priced(by, &self.product, self.term, self.billing_frequency)?.price.id;
        let payment_method_id = self.pay_with.map(|pay_with| put_on_file(stage, by, pay_with)).transpose()?;
        let started = stage.write(by, start_trial::StartTrial { price_id, payment_method_id })?;
        stage.name(&self.subscription, by.organization, started);
        Ok(())
    }
}

/// Lets a trial last longer.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct ExtendTrial {
    /// Which.
    subscription: String,
}

impl Play for ExtendTrial {
    fn play(&self, stage: &mut Stage, by: &Player) -> Result<(), Wrong> {
        stage.write(by, extend_trial::ExtendTrial(stage.named(&self.subscription)?.id))
    }
}

/// Buys what was tried: the trial becomes the subscription.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct BuyTrial {
    /// Which.
    subscription: String,
    /// Licenses.
    quantity: u32,
    /// The commitment.
    #[schemars(with = "String")]
    term: Term,
    /// How often it is charged.
    #[schemars(with = "String")]
    billing_frequency: BillingFrequency,
    /// What pays.
    #[serde(default)]
    pay_with: PayWith,
}

impl Play for BuyTrial {
    fn play(&self, stage: &mut Stage, by: &Player) -> Result<(), Wrong> {
        let tried = stage.subscription(&self.subscription)?;
        let product = stage.product_name(tried.product_id);
        let purchase = Purchase {
            order_id: new_order_id(&stage.app),
            price_id: stage.priced(by, &product, self.term, self.billing_frequency)?.price.id,
            quantity: self.quantity,
            payment: means(stage, by, self.pay_with)?,
            trial: Some(tried.id),
            base: None,
            billing_profile: None,
            starts_on: None,
        };
        order(stage, by, purchase).map(drop)
    }
}

/// Pays one more term of what was started by product keys.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct ExtendEndDate {
    /// Which.
    subscription: String,
    /// How long the term is; the catalog needs a price that pays for all of it at once.
    #[schemars(with = "String")]
    term: Term,
    /// What pays.
    #[serde(default)]
    pay_with: PayWith,
}

impl Play for ExtendEndDate {
    fn play(&self, stage: &mut Stage, by: &Player) -> Result<(), Wrong> {
        let extended = stage.subscription(&self.subscription)?;
        let product = stage.product_name(extended.product_id);
        let at_once = match self.term {
            Term::Monthly => BillingFrequency::Monthly,
            Term::Annual => BillingFrequency::Yearly,
        };
        let ordered = OrderedExtension {
            order_id: new_order_id(&stage.app),
            subscription_id: extended.id,
            price_id: stage.priced(by, &product, self.term, at_once)?.price.id,
            payment: means(stage, by, self.pay_with)?,
        };
        let order_id = extend_end_date(&stage.app, &by.caller, by.organization, ordered)?;
        posted(stage, by, order_id).map(drop)
    }
}
