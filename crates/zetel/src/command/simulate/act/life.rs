//! What is done with a subscription and its licenses.

use super::{Play, Wrong};
use crate::command::simulate::stage::{Named, Player, Stage};
use app::license::assign::AssignLicenses;
use app::license::unassign::UnassignLicenses;
use app::partner::change_plan::{NewPlan, change_plan as change_plan_of_sold};
use app::partner::sell::new_sale;
use app::partner::serve::serve;
use app::subscription::change_plan;
use app::subscription::change_quantity::ChangeQuantity;
use app::subscription::delete::DeleteSubscription;
use app::subscription::edit_recurring_billing::EditRecurringBilling;
use app::subscription::reactivate::ReactivateSubscription;
use app::subscription::{cancel, cancel_scheduled_change, edit_billing_frequency};
use domain::catalog::{BillingFrequency, Term};
use domain::ids::PriceId;
use domain::partner::serve::Service;
use domain::subscription::cancel::CancelReason;
use domain::subscription::cancel_scheduled_change::ScheduledChange;
use domain::subscription::change_start::ChangeStart;
use schemars::JsonSchema;
use serde::Deserialize;

/// Lets a partner do something with what it sold.
pub(super) fn serve_customer(stage: &Stage, by: &Player, of: Named, service: Service) -> Result<(), Wrong> {
    Ok(serve(&stage.app, &by.caller, of.organization, of.id, service)?)
}

/// Sets the number of licenses; a partner does for what it sold.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct SetQuantity {
    /// Of which.
    subscription: String,
    /// The new total.
    total: u32,
    /// `now`, or `at_renewal` under MCA; a partner does it now.
    #[serde(default)]
    #[schemars(with = "String")]
    start: ChangeStart,
}

impl Play for SetQuantity {
    fn play(&self, stage: &mut Stage, by: &Player) -> Result<(), Wrong> {
        let of = stage.named(&self.subscription)?;
        if of.organization != by.organization {
            if self.start != ChangeStart::default() {
                return Err(Wrong::at("start", "a partner changes the number of licenses now"));
            }
            return serve_customer(stage, by, of, Service::Quantity(self.total));
        }
        let change = ChangeQuantity { start: self.start, ..ChangeQuantity::now(of.id, self.total) };
        stage.write(by, change).map(drop)
    }
}

/// Assigns licenses to people.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Assign {
    /// Of which.
    subscription: String,
    /// To whom, by name.
    people: Vec<String>,
}

impl Play for Assign {
    fn play(&self, stage: &mut Stage, by: &Player) -> Result<(), Wrong> {
        let of = stage.subscription(&self.subscription)?;
        let assign = AssignLicenses {
            product_id: of.product_id,
            subscription_id: Some(of.id),
            users: stage.everyone(&self.people)?,
            disabled_plans: Vec::new(),
        };
        stage.write(by, assign).map(drop)
    }
}

/// Takes licenses back.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Unassign {
    /// Of which.
    subscription: String,
    /// From whom, by name.
    people: Vec<String>,
}

impl Play for Unassign {
    fn play(&self, stage: &mut Stage, by: &Player) -> Result<(), Wrong> {
        let product_id = stage.subscription(&self.subscription)?.product_id;
        let users = stage.everyone(&self.people)?;
        stage.write(by, UnassignLicenses { product_id, users }).map(drop)
    }
}

/// Cancels a subscription.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Cancel {
    /// Which.
    subscription: String,
    /// Why.
    #[schemars(with = "String")]
    reason: CancelReason,
    /// What else there is to say.
    #[serde(default)]
    feedback: String,
}

impl Play for Cancel {
    fn play(&self, stage: &mut Stage, by: &Player) -> Result<(), Wrong> {
        let subscription_id = stage.named(&self.subscription)?.id;
        let cancel = domain::subscription::cancel::Cancel { reason: self.reason, feedback: self.feedback.clone() };
        stage.write(by, cancel::CancelSubscription { subscription_id, cancel })
    }
}

/// Brings an expired or disabled subscription back.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Reactivate {
    /// Which.
    subscription: String,
}

impl Play for Reactivate {
    fn play(&self, stage: &mut Stage, by: &Player) -> Result<(), Wrong> {
        let subscription_id = stage.named(&self.subscription)?.id;
        stage.write(by, ReactivateSubscription { subscription_id, payment_method_id: None })
    }
}

/// Turns recurring billing on or off; a partner does for what it sold.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct RecurringBilling {
    /// Of which.
    subscription: String,
    /// On or off.
    on: bool,
}

impl Play for RecurringBilling {
    fn play(&self, stage: &mut Stage, by: &Player) -> Result<(), Wrong> {
        let of = stage.named(&self.subscription)?;
        if of.organization != by.organization {
            return serve_customer(stage, by, of, Service::RecurringBilling(self.on));
        }
        stage.write(by, EditRecurringBilling { subscription_id: of.id, on: self.on, billing_frequency: None })
    }
}

/// Lets a subscription be charged monthly or yearly, at the price of the catalog.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct EditBillingFrequency {
    /// Which.
    subscription: String,
    /// How often it shall be charged.
    #[schemars(with = "String")]
    billing_frequency: BillingFrequency,
}

impl Play for EditBillingFrequency {
    fn play(&self, stage: &mut Stage, by: &Player) -> Result<(), Wrong> {
        let subscription_id = stage.named(&self.subscription)?.id;
        let billing_frequency = self.billing_frequency;
        let edit = edit_billing_frequency::EditBillingFrequency { subscription_id, billing_frequency };
        stage.write(by, edit).map(drop)
    }
}

/// Lets another product take the place of a subscription's: everybody moves, and the old one is canceled. A partner
/// does for what it sold, now and at its own prices.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct ChangePlan {
    /// Which.
    subscription: String,
    /// The name by which later steps know the new one; of one that begins at the renewal nothing is known yet.
    to: String,
    /// The product, which has every app of the present one.
    product: String,
    /// Licenses of the new one.
    quantity: u32,
    /// The commitment.
    #[schemars(with = "String")]
    term: Term,
    /// How often it is charged.
    #[schemars(with = "String")]
    billing_frequency: BillingFrequency,
    /// `now`, or `at_renewal` under MCA.
    #[serde(default)]
    #[schemars(with = "String")]
    start: ChangeStart,
}

impl Play for ChangePlan {
    fn play(&self, stage: &mut Stage, by: &Player) -> Result<(), Wrong> {
        stage.is_new("to", &self.to)?;
        let of = stage.named(&self.subscription)?;
        let price_id = stage.priced(by, &self.product, self.term, self.billing_frequency)?.price.id;
        if of.organization != by.organization {
            return self.play_of_partner(stage, by, of, price_id);
        }
        let subscription_id = of.id;
        let change = change_plan::ChangePlan { price_id, quantity: self.quantity, start: self.start };
        stage.write(by, change_plan::StartPlanChange { subscription_id, change })?;
        stage.settle()?;
        if let Some(begun) = stage.subscription(&self.subscription)?.changed_to {
            stage.name(&self.to, by.organization, begun);
        }
        Ok(())
    }
}

impl ChangePlan {
    fn play_of_partner(&self, stage: &mut Stage, by: &Player, of: Named, price_id: PriceId) -> Result<(), Wrong> {
        if self.start != ChangeStart::Now {
            return Err(Wrong::at("start", "a partner changes a plan now"));
        }
        let subscription_id = new_sale(&stage.app);
        let plan = NewPlan { subscription_id, price_id, quantity: self.quantity };
        change_plan_of_sold(&stage.app, &by.caller, of.organization, of.id, plan)?;
        stage.name(&self.to, of.organization, subscription_id);
        Ok(())
    }
}

/// Drops what is planned for the renewal.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct CancelScheduledChange {
    /// Of which.
    subscription: String,
    /// What: `quantity`, `billing_frequency` or `plan`.
    #[schemars(with = "String")]
    change: ScheduledChange,
}

impl Play for CancelScheduledChange {
    fn play(&self, stage: &mut Stage, by: &Player) -> Result<(), Wrong> {
        let subscription_id = stage.named(&self.subscription)?.id;
        let cancel = cancel_scheduled_change::CancelScheduledChange { subscription_id, change: self.change };
        stage.write(by, cancel)
    }
}

/// Deletes a disabled subscription.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Delete {
    /// Which.
    subscription: String,
}

impl Play for Delete {
    fn play(&self, stage: &mut Stage, by: &Player) -> Result<(), Wrong> {
        stage.write(by, DeleteSubscription(stage.named(&self.subscription)?.id))
    }
}
