//! Billing profiles beside the first one.

use super::money::method;
use super::{Play, Wrong};
use crate::command::simulate::scenario::PayWith;
use crate::command::simulate::stage::{Player, Stage, address};
use app::billing_profile::{move_subscription, save};
use domain::billing::BillingProfile;
use domain::billing::profile::ProfileDraft;
use domain::money::Currency;
use schemars::JsonSchema;
use serde::Deserialize;

/// What a billing profile says, with an address to send to.
fn draft(of: &BillingProfile) -> ProfileDraft {
    let mut draft = ProfileDraft::of(of);
    draft.bill_to.address = address(&of.bill_to.address.country);
    draft
}

/// Adds a billing profile.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct AddBillingProfile {
    /// Its name, by which later steps know it.
    billing_profile: String,
    /// The currency of its invoices; that of the organization when it is left out.
    #[serde(default)]
    #[schemars(with = "Option<String>")]
    currency: Option<Currency>,
    /// What pays its invoices.
    #[serde(default)]
    pay_with: PayWith,
}

impl Play for AddBillingProfile {
    fn play(&self, stage: &mut Stage, by: &Player) -> Result<(), Wrong> {
        let first = stage.profile(by.organization, "billing_profile", None)?;
        let draft = ProfileDraft { name: self.billing_profile.clone(), ..draft(&first) };
        let payment_method_id = method(stage, by, self.pay_with)?;
        stage.write(by, save::AddBillingProfile { draft, currency: self.currency, payment_method_id }).map(drop)
    }
}

/// Lets something else pay the invoices of a billing profile.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct EditBillingProfile {
    /// Which; without it the first.
    #[serde(default)]
    billing_profile: Option<String>,
    /// What pays from now on.
    pay_with: PayWith,
}

impl Play for EditBillingProfile {
    fn play(&self, stage: &mut Stage, by: &Player) -> Result<(), Wrong> {
        let profile = stage.profile(by.organization, "billing_profile", self.billing_profile.as_deref())?;
        let payment_method_id = method(stage, by, self.pay_with)?;
        let BillingProfile { id, revision, .. } = profile;
        stage.write(by, save::EditBillingProfile { id, draft: draft(&profile), payment_method_id, revision })
    }
}

/// Lets the later charges of a subscription go to another billing profile.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct MoveToBillingProfile {
    /// Of which.
    subscription: String,
    /// Where to.
    billing_profile: String,
}

impl Play for MoveToBillingProfile {
    fn play(&self, stage: &mut Stage, by: &Player) -> Result<(), Wrong> {
        let subscription_id = stage.named(&self.subscription)?.id;
        let to = stage.profile(by.organization, "billing_profile", Some(&self.billing_profile))?.id;
        stage.write(by, move_subscription::MoveToBillingProfile { subscription_id, to })
    }
}
