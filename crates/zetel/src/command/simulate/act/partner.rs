//! Partners: who lets them in, and what they sell.

use super::buying::base_of;
use super::life::serve_customer;
use super::{Play, Wrong};
use crate::command::simulate::stage::{Player, Stage};
use app::partner::appoint;
use app::partner::relate::{ChangeRelationship, request_relationship};
use app::partner::sell::{Sale, new_sale, sell};
use domain::catalog::{BillingFrequency, Term};
use domain::organization::OrganizationKind;
use domain::partner::relate::Step;
use domain::partner::serve::Service;
use schemars::JsonSchema;
use serde::Deserialize;

/// The operator makes one of `others` a partner.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct AppointPartner {
    /// Which.
    partner: String,
    /// `reseller` or `volume_partner`.
    #[schemars(with = "String")]
    kind: OrganizationKind,
}

impl Play for AppointPartner {
    const BY_SOMEBODY: bool = false;

    fn play(&self, stage: &mut Stage, _: &Player) -> Result<(), Wrong> {
        let partner = stage.home("partner", Some(&self.partner))?.id;
        let contact = "sales@simulation.example".to_owned();
        stage.operate(partner, appoint::AppointPartner { kind: self.kind, contact, link: String::new() })
    }
}

/// A partner asks an organization to let it in.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct RequestRelationship {
    /// The organization, when it is one of `others`.
    #[serde(default)]
    customer: Option<String>,
}

impl Play for RequestRelationship {
    fn play(&self, stage: &mut Stage, by: &Player) -> Result<(), Wrong> {
        let customer = stage.home("customer", self.customer.as_deref())?.id;
        Ok(request_relationship(&stage.app, &by.caller, customer)?)
    }
}

/// Lets a partner in that asked.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct AcceptPartner {
    /// Which.
    partner: String,
}

impl Play for AcceptPartner {
    fn play(&self, stage: &mut Stage, by: &Player) -> Result<(), Wrong> {
        relate(stage, by, &self.partner, Step::Accept)
    }
}

/// Ends the relationship with a partner: what it sold stays to its end and renews no more.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct EndPartner {
    /// Which.
    partner: String,
}

impl Play for EndPartner {
    fn play(&self, stage: &mut Stage, by: &Player) -> Result<(), Wrong> {
        relate(stage, by, &self.partner, Step::End)
    }
}

fn relate(stage: &Stage, by: &Player, partner: &str, step: Step) -> Result<(), Wrong> {
    let partner = stage.home("partner", Some(partner))?.id;
    stage.write(by, ChangeRelationship { partner, step }).map(drop)
}

/// A partner sells to an organization that let it in, at the price of the catalog in the partner's own currency.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Sell {
    /// The name for later steps.
    subscription: String,
    /// The organization, when it is one of `others`.
    #[serde(default)]
    customer: Option<String>,
    /// The product.
    product: String,
    /// Licenses.
    quantity: u32,
    /// The commitment.
    #[schemars(with = "String")]
    term: Term,
    /// How often the partner is charged.
    #[schemars(with = "String")]
    billing_frequency: BillingFrequency,
    /// What an add-on is sold to; where only one fits it may be left out.
    #[serde(default)]
    add_to: Option<String>,
}

impl Play for Sell {
    fn play(&self, stage: &mut Stage, by: &Player) -> Result<(), Wrong> {
        stage.is_new("subscription", &self.subscription)?;
        let customer = stage.home("customer", self.customer.as_deref())?.id;
        let sale = Sale {
            subscription_id: new_sale(&stage.app),
            price_id: stage.priced(by, &self.product, self.term, self.billing_frequency)?.price.id,
            quantity: self.quantity,
            base: base_of(stage, self.add_to.as_deref())?,
        };
        sell(&stage.app, &by.caller, customer, sale)?;
        stage.name(&self.subscription, customer, sale.subscription_id);
        Ok(())
    }
}

/// A partner takes access away from the people of what it sold; the term goes on.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Suspend {
    /// Which.
    subscription: String,
}

impl Play for Suspend {
    fn play(&self, stage: &mut Stage, by: &Player) -> Result<(), Wrong> {
        serve_customer(stage, by, stage.named(&self.subscription)?, Service::Suspend)
    }
}

/// A partner gives access back.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Resume {
    /// Which.
    subscription: String,
}

impl Play for Resume {
    fn play(&self, stage: &mut Stage, by: &Player) -> Result<(), Wrong> {
        serve_customer(stage, by, stage.named(&self.subscription)?, Service::Resume)
    }
}
