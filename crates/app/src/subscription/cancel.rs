//! Cancel a subscription (domain 1.5, R13, R33 to R35).

use super::add_on::{add_ons, cancel_with};
use super::change_quantity::visible;
use super::sweep::{of_today, settle_licenses};
use super::{about, post_order, record_dropped};
use crate::billing::{Ground, post_charges};
use crate::door::{Change, Command, Look, Query};
use crate::failure::Failure;
use crate::license::settle::lose_access;
use domain::access::permission::{Granting, ManageSubscription, ReadSubscriptions};
use domain::billing::charge::total;
use domain::ids::SubscriptionId;
use domain::money::Money;
use domain::order::OrderKind;
use domain::refusal::Refusal;
use domain::subscription::cancel::{Cancel, CancelPreview, canceled, check, decide, preview};
use domain::subscription::{Decision, Subscription};
use store::tables::subscription;

/// Ends a subscription today.
#[derive(Debug, Clone)]
pub struct CancelSubscription {
    /// Which.
    pub subscription_id: SubscriptionId,
    /// Why.
    pub cancel: Cancel,
}

impl Command for CancelSubscription {
    type Permission = ManageSubscription;
    type Outcome = ();
    const NAME: &'static str = "cancel_subscription";

    /// Settles the licenses of the first people (D1); the calendar does the rest.
    fn execute(&self, change: &Change<'_, ManageSubscription>) -> Result<(), Failure> {
        let before = of_today(change, self.subscription_id)?;
        let cancel = self.cancel.checked()?;
        let cloud = change.organization().cloud;
        let ground = Ground::of(change, Some(before.id))?;
        let (actor, reach) = (change.granted.actor(), change.granted.reach_in(before.billing_profile_id));
        let decision = decide(&before, &cancel, ground.footing(), actor, reach, cloud)?;
        save_canceled(change, &ground, &before, decision)?;
        cancel_with(change, before.id, &cancel)
    }
}

/// Saves a subscription that was canceled, with its order and what comes back.
pub(super) fn save_canceled<P: Granting>(
    change: &Change<'_, P>,
    ground: &Ground,
    before: &Subscription,
    decision: Decision,
) -> Result<(), Failure> {
    let Decision { subscription: after, event, charges } = decision;
    let amount = total(&charges, Money::zero(before.unit_price.currency));
    subscription::update_life(change.write, &after, change.organization().cloud)?;
    let quantity = -i64::from(before.quantity);
    let order_id = post_order(change, before, OrderKind::Cancellation, quantity, amount, change.now())?;
    post_charges(change, &ground.account, &after, Some(order_id), charges, change.today())?;
    change.record(about(&after, Some(order_id)), &event)?;
    record_dropped(change, before, &after)?;
    settle_licenses(change, after.id).map(drop)
}

/// Asks for the important dates before canceling, and what would come back.
#[derive(Debug, Clone, Copy)]
pub struct PreviewCancel(pub SubscriptionId);

/// What canceling would do.
#[derive(Debug, Clone)]
pub struct CancelView {
    /// To the subscription itself.
    pub preview: CancelPreview,
    /// Why the contract does not let it be canceled now.
    pub refused: Option<Refusal>,
    /// People who would lose access; the others who have a license move to free ones (D1).
    pub lose_access: u32,
    /// The names of the add-ons that would end with it, and what would come back of each.
    pub add_ons: Vec<(String, Money)>,
}

impl Query for PreviewCancel {
    type Permission = ReadSubscriptions;
    type Outcome = CancelView;

    fn run(&self, look: &Look<'_, ReadSubscriptions>) -> Result<CancelView, Failure> {
        let subscription = visible(subscription::find(look.read, self.0)?, &look.granted)?;
        let cloud = look.organization().cloud;
        let credit = |add_on: &Subscription| {
            let ground = Ground::seen(look, add_on.id)?;
            Ok::<_, Failure>(preview(add_on, ground.footing(), cloud).credit)
        };
        let mut ending = add_ons(look.read, subscription.id)?;
        ending.retain(|listed| listed.subscription.state.is_assignable());
        let add_ons = ending.into_iter().map(|listed| Ok((listed.product_name, credit(&listed.subscription)?)));
        let ground = Ground::seen(look, subscription.id)?;
        Ok(CancelView {
            preview: preview(&subscription, ground.footing(), cloud),
            refused: check(&subscription, ground.footing()).err(),
            lose_access: lose_access(look.read, &canceled(&subscription, look.today()))?,
            add_ons: add_ons.collect::<Result<_, Failure>>()?,
        })
    }
}
