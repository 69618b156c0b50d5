//! What people may buy for the team, and taking over what they bought.

use super::{Play, Wrong};
use crate::command::simulate::stage::{Player, Stage};
use app::self_service::limits;
use app::self_service::policy;
use app::subscription::sign_up::SignUpForFree;
use app::subscription::take_over::{self, StartTakeOver};
use app::subscription::undo_take_over::StartUndoTakeOver;
use app::user::change::ChangeUser;
use domain::refusal::Refusal;
use domain::self_service::limits::PurchaseLimits;
use domain::self_service::policy::{PolicyScope, SelfServicePolicy};
use domain::subscription::cancel::CancelReason;
use domain::user::UserFacts;
use schemars::JsonSchema;
use serde::Deserialize;
use store::tables::user;

/// Decides what people may do with a product from now on.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct SetSelfServicePolicy {
    /// Which; without it every product that is sold to people.
    #[serde(default)]
    product: Option<String>,
    /// `enabled`, `only_trials_without_payment_method` or `disabled`.
    #[schemars(with = "String")]
    value: SelfServicePolicy,
}

impl Play for SetSelfServicePolicy {
    fn play(&self, stage: &mut Stage, by: &Player) -> Result<(), Wrong> {
        let scope = match &self.product {
            Some(name) => PolicyScope::Product(stage.product("product", name)?),
            None => PolicyScope::AllProducts,
        };
        stage.write(by, policy::SetSelfServicePolicy { scope, value: self.value }).map(drop)
    }
}

/// Decides how much a person may buy for the team from now on.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct SetPurchaseLimits {
    /// The most licenses of one product; left out there is no limit but that of the offer.
    #[serde(default)]
    licenses_max: Option<u32>,
}

impl Play for SetPurchaseLimits {
    fn play(&self, stage: &mut Stage, by: &Player) -> Result<(), Wrong> {
        let limits = PurchaseLimits { licenses_max: self.licenses_max, ..PurchaseLimits::default() };
        stage.write(by, limits::SetPurchaseLimits(limits))
    }
}

/// Somebody signs up for what costs nothing, for oneself.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct SignUp {
    /// The name for later steps.
    subscription: String,
    /// The product.
    product: String,
}

impl Play for SignUp {
    fn play(&self, stage: &mut Stage, by: &Player) -> Result<(), Wrong> {
        stage.is_new("subscription", &self.subscription)?;
        let begun = stage.write(by, SignUpForFree(stage.product("product", &self.product)?))?;
        stage.name(&self.subscription, by.organization, begun);
        Ok(())
    }
}

/// Notes whether somebody of `people` is a guest of the organization, who buys nothing for the team from now on.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct SetGuest {
    /// Who.
    person: String,
    /// Whether the person is a guest.
    guest: bool,
}

impl Play for SetGuest {
    fn play(&self, stage: &mut Stage, by: &Player) -> Result<(), Wrong> {
        let user_id = stage.person("person", &self.person)?;
        let found = stage.read(by.organization, |read| user::find(read, user_id))?;
        let facts = UserFacts { is_guest: self.guest, ..found.ok_or(Refusal::NotFound)?.facts() };
        stage.write(by, ChangeUser { user_id, draft: facts.into(), expected_revision: None })
    }
}

/// Takes over what somebody bought for the team: its people move, or it is canceled.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct TakeOver {
    /// Which.
    subscription: String,
    /// The product to whose free licenses its people move.
    #[serde(default)]
    move_to: Option<String>,
    /// Why it is canceled instead.
    #[serde(default)]
    #[schemars(with = "Option<String>")]
    reason: Option<CancelReason>,
    /// What else there is to say of that.
    #[serde(default)]
    feedback: String,
}

impl Play for TakeOver {
    fn play(&self, stage: &mut Stage, by: &Player) -> Result<(), Wrong> {
        let subscription_id = stage.named(&self.subscription)?.id;
        let take_over = match (&self.move_to, self.reason) {
            (Some(product), None) => take_over::TakeOver::Move { to: stage.product("move_to", product)? },
            (None, Some(reason)) => take_over::TakeOver::Cancel { reason, feedback: self.feedback.clone() },
            _ => return Err(Wrong::at("move_to", "say where its people move, or the reason why it is canceled")),
        };
        stage.write(by, StartTakeOver { subscription_id, take_over }).map(drop)
    }
}

/// Undoes a take-over: whoever bought it has it again.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct UndoTakeOver {
    /// Of which.
    subscription: String,
}

impl Play for UndoTakeOver {
    fn play(&self, stage: &mut Stage, by: &Player) -> Result<(), Wrong> {
        stage.write(by, StartUndoTakeOver(stage.named(&self.subscription)?.id)).map(drop)
    }
}
