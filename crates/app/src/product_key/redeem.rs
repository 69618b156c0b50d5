//! Review and redeem product keys: a first one, more licenses, a later end date (R84 to R100, R158, R159).

use super::guessing;
use crate::door::{App, Caller, Change, Command, Look, Query};
use crate::failure::Failure;
use crate::license::settle::solve_conflicts;
use crate::order::extend::is_being_extended;
use crate::order::subjects_with_subscription;
use crate::subscription::change_quantity::visible;
use crate::subscription::sweep::of_today;
use domain::access::Reach;
use domain::access::permission::{ReadSubscriptions, RedeemProductKeys};
use domain::event::Event;
use domain::ids::{BillingProfileId, OrderId, OrganizationId, SubscriptionId};
use domain::money::Money;
use domain::order::{Order, OrderKind, OrderState};
use domain::product_key::code::KeyCode;
use domain::product_key::redeem::{Place, Redemption, decide};
use domain::product_key::{KeyUse, Presented};
use domain::refusal::Refusal;
use domain::subscription::Subscription;
use domain::subscription::begin::started;
use store::Read;
use store::tables::product_key::{self, KeyRedemption, StoredKey};
use store::tables::{organization, subscription};
use uuid::Uuid;

/// A key as it was typed, and for what.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TypedKey {
    /// For what; without a subscription every key starts one.
    pub key_use: KeyUse,
    /// Its characters.
    pub text: String,
}

/// Keys that somebody wants to redeem.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Redeem {
    /// Where; `None` starts a subscription.
    pub subscription_id: Option<SubscriptionId>,
    /// The keys, in the order in which their refusals count them.
    pub keys: Vec<TypedKey>,
}

/// What will be true afterwards.
#[derive(Debug, Clone)]
pub struct Reviewed {
    /// What the keys bring.
    pub redemption: Redemption,
    /// The name of the product.
    pub product_name: String,
    /// The subscription before, unless the keys start one.
    pub subscription: Option<Subscription>,
}

/// What was redeemed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub struct Redeemed {
    /// The subscription.
    pub subscription_id: SubscriptionId,
    /// The order, which costs nothing.
    pub order_id: OrderId,
}

/// Says what would be true afterwards; nothing changes, but unknown keys are counted. Blocks.
///
/// # Errors
/// Those of [`decide`], [`Refusal::TooManyTries`], [`Refusal::NotFound`], [`Refusal::KeysNotSetUp`],
/// [`Refusal::KeyBusy`].
pub fn review(
    app: &App,
    caller: &Caller,
    organization: OrganizationId,
    client: &str,
    redeem: &Redeem,
) -> Result<Reviewed, Failure> {
    guessing::check(app, caller, organization, client)?;
    let query = ReviewKeys { subscription_id: redeem.subscription_id, keys: hashed(app, redeem)? };
    let reviewed = app.read(caller, organization, &query);
    counted(app, caller, organization, client, reviewed)
}

/// Redeems keys: all of them, or none. The same order again gives what was redeemed with it. Blocks.
///
/// # Errors
/// As [`review`]; [`Refusal::IdempotencyKeyReused`] when the order was placed with other keys.
pub fn redeem(
    app: &App,
    caller: &Caller,
    organization: OrganizationId,
    client: &str,
    order_id: OrderId,
    redeem: &Redeem,
) -> Result<Redeemed, Failure> {
    guessing::check(app, caller, organization, client)?;
    let command = RedeemKeys { subscription_id: redeem.subscription_id, keys: hashed(app, redeem)?, order_id };
    let redeemed = app.write(caller, organization, command).wait();
    counted(app, caller, organization, client, redeemed)
}

/// Counts the keys that nobody knows. What only others at the same time stand in the way of is said as domain 3 has it.
fn counted<T>(
    app: &App,
    caller: &Caller,
    organization: OrganizationId,
    client: &str,
    outcome: Result<T, Failure>,
) -> Result<T, Failure> {
    if let Err(Failure::Refused(Refusal::KeysRefused(wrong))) = &outcome {
        let unknown = wrong.iter().filter(|wrong| wrong.refusal == Refusal::KeyUnknown).count();
        guessing::count(app, caller, organization, client, unknown)?;
    }
    outcome.map_err(|failure| match failure.refusal() {
        Some(Refusal::Busy | Refusal::ChangedMeanwhile) => Refusal::KeyBusy.into(),
        _ => failure,
    })
}

/// A key that was read, with the hash by which the store knows it.
#[derive(Debug, Clone)]
struct HashedKey {
    key_use: KeyUse,
    code: Result<(KeyCode, Uuid), Refusal>,
}

fn hashed(app: &App, redeem: &Redeem) -> Result<Vec<HashedKey>, Failure> {
    let secret = super::secret(app)?;
    let hashed = |typed: &TypedKey| HashedKey {
        key_use: if redeem.subscription_id.is_some() { typed.key_use } else { KeyUse::Start },
        code: KeyCode::read(&typed.text).map(|code| (code, secret.hash(&code))),
    };
    Ok(redeem.keys.iter().map(hashed).collect())
}

/// The keys as the store has them.
fn presented(read: &Read<'_>, keys: &[HashedKey]) -> Result<(Vec<Presented>, Option<StoredKey>), Failure> {
    let mut first = None;
    let mut presented = Vec::with_capacity(keys.len());
    for hashed in keys {
        let found = match &hashed.code {
            Ok((_, hash)) => product_key::find(read, *hash)?,
            Err(_) => None,
        };
        first = first.or_else(|| found.clone());
        presented.push(Presented {
            key_use: hashed.key_use,
            code: hashed.code.clone().map(|(code, _)| code),
            key: found.map(|found| found.key),
        });
    }
    Ok((presented, first))
}

struct ReviewKeys {
    subscription_id: Option<SubscriptionId>,
    keys: Vec<HashedKey>,
}

impl Query for ReviewKeys {
    type Permission = ReadSubscriptions;
    type Outcome = Reviewed;

    fn run(&self, look: &Look<'_, ReadSubscriptions>) -> Result<Reviewed, Failure> {
        let reach = look.reach::<RedeemProductKeys>();
        if reach != Reach::All {
            return Err(Refusal::KeyRole.into());
        }
        let subscription = match self.subscription_id {
            Some(id) => Some(visible(subscription::find(look.read, id)?, &look.granted)?),
            None => None,
        };
        let (presented, first) = presented(look.read, &self.keys)?;
        let country = look.organization().country.as_str();
        let place = Place { country, today: look.today(), actor: look.granted.actor(), reach };
        let redemption = decide(&presented, subscription.as_ref(), place)?;
        let product_name = first.map(|first| first.product_name).unwrap_or_default();
        Ok(Reviewed { redemption, product_name, subscription })
    }
}

struct RedeemKeys {
    subscription_id: Option<SubscriptionId>,
    keys: Vec<HashedKey>,
    /// Made before the button is pressed, so that pressing it twice redeems once.
    order_id: OrderId,
}

impl Command for RedeemKeys {
    type Permission = RedeemProductKeys;
    type Outcome = Redeemed;
    const NAME: &'static str = "redeem_product_keys";

    fn execute(&self, change: &Change<'_, RedeemProductKeys>) -> Result<Redeemed, Failure> {
        if change.granted.reach() != Reach::All {
            return Err(Refusal::KeyRole.into());
        }
        if let Some(before) = store::tables::order::find(change.write, self.order_id)? {
            let subscription_id = before.order.subscription_id;
            return match self.is_same(change)? {
                true => Ok(Redeemed { subscription_id, order_id: self.order_id }),
                false => Err(Refusal::IdempotencyKeyReused.into()),
            };
        }
        let before = self.subscription_id.map(|id| of_today(change, id)).transpose()?;
        if let Some(before) = &before
            && is_being_extended(change.write, before.id)?
        {
            return Err(Refusal::PaymentUnderWay.into());
        }
        let (presented, _) = presented(change.write, &self.keys)?;
        let country = change.organization().country.as_str();
        let place =
            Place { country, today: change.today(), actor: change.granted.actor(), reach: change.granted.reach() };
        let redemption = decide(&presented, before.as_ref(), place)?;
        let after = self.save(change, before.as_ref(), &redemption)?;
        self.use_up(change, after.id)?;
        let order = order(change, self.order_id, before.as_ref(), &after, &redemption)?;
        let subjects = subjects_with_subscription(&order);
        change.record(subjects, &Event::OrderPosted { number: order.number })?;
        if before.is_none() {
            change.record(subjects, &started(&after))?;
        }
        change.record(subjects, &redemption.event())?;
        solve_conflicts(change, after.product_id)?;
        Ok(Redeemed { subscription_id: after.id, order_id: self.order_id })
    }
}

impl RedeemKeys {
    /// Whether the order was placed with these keys.
    fn is_same(&self, change: &Change<'_, RedeemProductKeys>) -> Result<bool, Failure> {
        for key in &self.keys {
            let redeemed = match &key.code {
                Ok((_, hash)) => product_key::redemption_of(change.write, *hash)?,
                Err(_) => None,
            };
            if redeemed.is_none_or(|redeemed| redeemed.order_id != self.order_id) {
                return Ok(false);
            }
        }
        Ok(true)
    }

    /// Saves what the keys bring.
    fn save(
        &self,
        change: &Change<'_, RedeemProductKeys>,
        before: Option<&Subscription>,
        redemption: &Redemption,
    ) -> Result<Subscription, Failure> {
        let here = change.organization();
        if let Some(before) = before {
            let after = redemption.applied_to(before);
            subscription::update_life(change.write, &after, here.cloud)?;
            return Ok(after);
        }
        let (id, profile) = (SubscriptionId::from_uuid(change.new_id()), BillingProfileId::first_of(here.id));
        let after = redemption.start(id, self.order_id, profile, here.currency).ok_or(Refusal::Required)?;
        subscription::insert(change.write, &after, here.cloud, change.now())?;
        Ok(after)
    }

    /// Uses the keys up, in the order of their hashes, so that two who redeem the same ones do not wait for each other.
    fn use_up(&self, change: &Change<'_, RedeemProductKeys>, subscription_id: SubscriptionId) -> Result<(), Failure> {
        let mut keys: Vec<_> =
            self.keys.iter().filter_map(|key| Some((key.code.as_ref().ok()?, key.key_use))).collect();
        keys.sort_unstable_by_key(|((_, hash), _)| *hash);
        for ((code, key_hash), key_use) in keys {
            let stored = product_key::find(change.write, *key_hash)?.ok_or(Refusal::NotFound)?;
            let redeemed = KeyRedemption {
                key_hash: *key_hash,
                last_five: code.last_five(),
                organization_id: change.organization().id,
                organization_name: String::new(),
                subscription_id,
                order_id: self.order_id,
                key_use,
                redeemed_by: change.granted.actor().name.clone(),
                redeemed_at: change.now(),
            };
            product_key::redeem(change.write, &redeemed, stored.key.batch_id)?;
        }
        Ok(())
    }
}

/// The order of a redemption. It costs nothing: the keys were paid before.
fn order(
    change: &Change<'_, RedeemProductKeys>,
    id: OrderId,
    before: Option<&Subscription>,
    after: &Subscription,
    redemption: &Redemption,
) -> Result<Order, Failure> {
    let added = i64::from(redemption.quantity.to) - i64::from(redemption.quantity.from);
    let extends = redemption.lines.iter().any(|line| line.key_use == KeyUse::Extend);
    let nothing = Money::zero(change.organization().currency);
    let order = Order {
        id,
        number: organization::next_order_number(change.write, change.organization().id)?,
        kind: match (before, extends) {
            (None, _) => OrderKind::Purchase,
            (Some(_), true) => OrderKind::Renewal,
            (Some(_), false) => OrderKind::AddQuantity,
        },
        state: OrderState::Posted,
        subscription_id: after.id,
        product_id: after.product_id,
        sku_id: after.sku_id,
        price_id: None,
        term: after.term,
        billing_frequency: after.billing_frequency,
        quantity: if extends { i64::from(after.quantity) } else { added },
        starts_on: None,
        unit_price: nothing,
        amount: nothing,
        tax: nothing,
        ordered_by: change.granted.actor().user(),
        ordered_at: change.now(),
        payment_method_id: None,
        payment_reference: None,
        void_reason: None,
        base_id: None,
        billing_profile_id: None,
        revision: 1,
    };
    store::tables::order::insert(change.write, &order)?;
    Ok(order)
}
