//! Product keys: made by the operator, redeemed by organizations.

use super::{Play, Wrong};
use crate::command::simulate::find::operator;
use crate::command::simulate::stage::{Player, Stage};
use app::order::place::new_order_id;
use app::product_key::create::create_now;
use app::product_key::export::{FinishExport, KeyFile};
use app::product_key::redeem::{Redeem, TypedKey, redeem};
use app::product_key::revoke::revoke_typed;
use domain::catalog::{SkuKind, Term};
use domain::product_key::KeyUse;
use domain::product_key::create::BatchDraft;
use jiff::civil::Date;
use schemars::JsonSchema;
use serde::Deserialize;

/// The operator makes a batch of product keys, and exports it.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct MakeKeys {
    /// A name for each key, by which later steps know it.
    keys: Vec<String>,
    /// The product.
    product: String,
    /// Licenses of each key.
    quantity: u32,
    /// For how long.
    #[schemars(with = "String")]
    term: Term,
    /// The only country where they can be redeemed, by ISO 3166 code.
    #[serde(default)]
    country: String,
    /// The last day on which they can be redeemed.
    #[serde(default)]
    #[schemars(with = "Option<String>")]
    redeem_by: Option<Date>,
}

impl Play for MakeKeys {
    const BY_SOMEBODY: bool = false;

    fn play(&self, stage: &mut Stage, _: &Player) -> Result<(), Wrong> {
        for (place, name) in self.keys.iter().enumerate() {
            if stage.keys.contains_key(name) || self.keys[..place].contains(name) {
                return Err(Wrong::at(format!("keys[{place}]"), format!("{name:?} is the name of another key")));
            }
        }
        let product_id = stage.product("product", &self.product)?;
        let of = stage.shelf.iter().find(|sold| (sold.product_id, sold.kind) == (product_id, SkuKind::Central));
        let sku_id = of.ok_or_else(|| Wrong::at("product", "it is sold to people only"))?.price.sku_id;
        let draft = BatchDraft {
            quantity: self.quantity,
            term: self.term,
            key_count: u32::try_from(self.keys.len()).unwrap_or(u32::MAX),
            country: self.country.clone(),
            redeem_by: self.redeem_by,
        };
        let (app, by, here) = (&stage.app, operator(), stage.homes[0].id);
        let batch = create_now(app, &by, here, sku_id, draft)?;
        let file = KeyFile::begin(app, &by, here, batch)?;
        let (mut made, mut place) = (Vec::new(), 0);
        while made.len() < self.keys.len() {
            let (next, after) = file.keys(app, place)?;
            made.extend(next.iter().map(ToString::to_string));
            place = after;
        }
        stage.operate(here, FinishExport(batch))?;
        stage.keys.extend(self.keys.iter().cloned().zip(made));
        Ok(())
    }
}

/// Redeems product keys, all of them or none: some to start a subscription, or some that add licenses to one and some
/// that move its end date.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct RedeemKeys {
    /// The name of the new subscription, or which one.
    subscription: String,
    /// Keys that start it.
    #[serde(default)]
    start: Vec<String>,
    /// Keys that add licenses.
    #[serde(default)]
    add: Vec<String>,
    /// Keys that move its end date.
    #[serde(default)]
    extend: Vec<String>,
}

impl RedeemKeys {
    fn keys(&self, stage: &Stage) -> Result<Vec<TypedKey>, Wrong> {
        let uses = [
            ("start", KeyUse::Start, &self.start),
            ("add", KeyUse::Add, &self.add),
            ("extend", KeyUse::Extend, &self.extend),
        ];
        let mut keys = Vec::new();
        for (field, key_use, names) in uses {
            for (place, name) in names.iter().enumerate() {
                let text = characters(stage, &format!("{field}[{place}]"), name)?;
                keys.push(TypedKey { key_use, text });
            }
        }
        Ok(keys)
    }
}

impl Play for RedeemKeys {
    fn play(&self, stage: &mut Stage, by: &Player) -> Result<(), Wrong> {
        let starts = !self.start.is_empty();
        if starts && !(self.add.is_empty() && self.extend.is_empty()) {
            return Err(Wrong::at("start", "keys that start a subscription stand alone"));
        }
        let keys = self.keys(stage)?;
        let subscription_id = match starts {
            true => stage.is_new("subscription", &self.subscription).map(|()| None)?,
            false => Some(stage.named(&self.subscription)?.id),
        };
        let (order_id, keys) = (new_order_id(&stage.app), Redeem { subscription_id, keys });
        let redeemed = redeem(&stage.app, &by.caller, by.organization, "simulate", order_id, &keys)?;
        stage.name(&self.subscription, by.organization, redeemed.subscription_id);
        Ok(())
    }
}

/// The operator revokes a product key.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct RevokeKey {
    /// Which.
    key: String,
}

impl Play for RevokeKey {
    const BY_SOMEBODY: bool = false;

    fn play(&self, stage: &mut Stage, _: &Player) -> Result<(), Wrong> {
        let typed = characters(stage, "key", &self.key)?;
        Ok(revoke_typed(&stage.app, &operator(), stage.homes[0].id, &typed)?)
    }
}

/// The characters of the key with a name.
fn characters(stage: &Stage, field: &str, name: &str) -> Result<String, Wrong> {
    stage.keys.get(name).cloned().ok_or_else(|| Wrong::at(field, format!("no key is named {name:?}")))
}
