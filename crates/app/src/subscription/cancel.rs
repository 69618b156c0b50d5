//! Cancel a subscription (domain 1.5, R13, R33 to R35).

use super::change_quantity::visible;
use super::sweep::settle_licenses;
use super::{about, post_order};
use crate::billing::{Ground, post_charges};
use crate::door::{Change, Command, Look, Query};
use crate::failure::Failure;
use domain::access::permission::{ManageSubscription, ReadSubscriptions};
use domain::billing::charge::total;
use domain::ids::SubscriptionId;
use domain::money::Money;
use domain::order::OrderKind;
use domain::subscription::Decision;
use domain::subscription::cancel::{Cancel, CancelPreview, decide, preview};
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
        let before = visible(subscription::find(change.write, self.subscription_id)?, &change.granted)?;
        let cancel = self.cancel.checked()?;
        let cloud = change.organization().cloud;
        let ground = Ground::of(change, Some(before.id))?;
        let (actor, reach) = (change.granted.actor(), change.granted.reach_in(before.billing_profile_id));
        let Decision { subscription: after, event, charges } =
            decide(&before, &cancel, ground.footing(), actor, reach, cloud)?;
        let amount = total(&charges, Money::zero(before.unit_price.currency));
        subscription::update_life(change.write, &after, cloud)?;
        let quantity = -i64::from(before.quantity);
        let order_id = post_order(change, &before, OrderKind::Cancellation, quantity, amount, change.now())?;
        post_charges(change, &ground.account, &after, Some(order_id), charges, change.today())?;
        change.record(about(&after, Some(order_id)), &event)?;
        settle_licenses(change, after.id).map(drop)
    }
}

/// Asks for the important dates before canceling, and what would come back.
#[derive(Debug, Clone, Copy)]
pub struct PreviewCancel(pub SubscriptionId);

impl Query for PreviewCancel {
    type Permission = ReadSubscriptions;
    type Outcome = CancelPreview;

    fn run(&self, look: &Look<'_, ReadSubscriptions>) -> Result<CancelPreview, Failure> {
        let subscription = visible(subscription::find(look.read, self.0)?, &look.granted)?;
        let ground = Ground::seen(look, subscription.id)?;
        Ok(preview(&subscription, ground.footing(), look.organization().cloud))
    }
}
