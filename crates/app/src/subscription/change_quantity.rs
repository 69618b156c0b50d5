//! Change the number of licenses (R24-R25, R49-R55).

use super::sweep::of_today;
use super::{about, post_order, record_dropped};
use crate::access::Granted;
use crate::billing::{Ground, post_charges};
use crate::door::{Change, Command, Look, Query};
use crate::failure::Failure;
use crate::license::settle::solve_conflicts;
use domain::access::Reach;
use domain::access::permission::{Granting, ManageQuantity, ReadSubscriptions};
use domain::event::Event;
use domain::ids::{OrderId, SubscriptionId};
use domain::order::OrderKind;
use domain::refusal::Refusal;
use domain::subscription::change_quantity::{self, QuantityPreview, decide};
use domain::subscription::change_start::ChangeStart;
use domain::subscription::{Decision, Subscription};
use store::Read;
use store::tables::{purchase_limits, subscription};

/// Sets the total of a subscription.
#[derive(Debug, Clone, Copy)]
pub struct ChangeQuantity {
    /// Which.
    pub subscription_id: SubscriptionId,
    /// The new total, not the difference.
    pub total: u32,
    /// From when on.
    pub start: ChangeStart,
    /// The revision that the caller saw, when it matters to the caller.
    pub expected_revision: Option<i64>,
}

impl ChangeQuantity {
    /// This many from now on, whatever the caller saw.
    #[must_use]
    pub const fn now(subscription_id: SubscriptionId, total: u32) -> Self {
        Self { subscription_id, total, start: ChangeStart::Now, expected_revision: None }
    }
}

/// What a change of quantity did.
#[derive(Debug, Clone, Copy, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub struct QuantityChanged {
    /// The order that the change made; none when it waits for the renewal.
    pub order_id: Option<OrderId>,
    /// The total before.
    pub from: u32,
    /// The total after.
    pub to: u32,
}

impl Command for ChangeQuantity {
    type Permission = ManageQuantity;
    type Outcome = QuantityChanged;
    const NAME: &'static str = "change_quantity";

    fn execute(&self, change: &Change<'_, ManageQuantity>) -> Result<QuantityChanged, Failure> {
        let subscription = of_today(change, self.subscription_id)?;
        if self.expected_revision.is_some_and(|expected| expected != subscription.revision) {
            return Err(Refusal::ChangedMeanwhile.into());
        }
        let command = change_quantity::ChangeQuantity { total: self.total, start: self.start };
        let ground = Ground::of(change, Some(subscription.id))?;
        let (actor, reach) = (change.granted.actor(), change.granted.reach_in(subscription.billing_profile_id));
        let Decision { subscription: after, event, charges } =
            decide(&subscription, command, ground.footing(), actor, reach)?;
        let more = self.total.saturating_sub(subscription.quantity_at_most());
        check_allowance(change.write, &subscription, more)??;
        subscription::update_life(change.write, &after, change.organization().cloud)?;
        let (from, to) = (subscription.quantity, after.quantity);
        let order_id = match event {
            Event::QuantityChanged { amount, .. } => {
                let kind = if to > from { OrderKind::AddQuantity } else { OrderKind::RemoveQuantity };
                Some(post_order(change, &subscription, kind, i64::from(to) - i64::from(from), amount, change.now())?)
            }
            _ => None,
        };
        post_charges(change, &ground.account, &after, order_id, charges, change.today())?;
        change.record(about(&subscription, order_id), &event)?;
        record_dropped(change, &subscription, &after)?;
        if to > from {
            solve_conflicts(change, subscription.product_id)?;
        }
        Ok(QuantityChanged { order_id, from, to: self.total })
    }
}

/// What a change would do and cost, before it is made.
#[derive(Debug, Clone, Copy)]
pub struct PreviewQuantity {
    /// Which.
    pub subscription_id: SubscriptionId,
    /// The new total.
    pub total: u32,
    /// From when on.
    pub start: ChangeStart,
}

impl Query for PreviewQuantity {
    type Permission = ReadSubscriptions;
    type Outcome = Result<QuantityPreview, Refusal>;

    /// The outcome is the refusal that the command would meet, so that the pane says it before the button is pressed.
    fn run(&self, look: &Look<'_, ReadSubscriptions>) -> Result<Self::Outcome, Failure> {
        let subscription = visible(subscription::find(look.read, self.subscription_id)?, &look.granted)?;
        let command = change_quantity::ChangeQuantity { total: self.total, start: self.start };
        let ground = Ground::seen(look, subscription.id)?;
        let reach = look.reach_in::<ManageQuantity>(subscription.billing_profile_id);
        let actor = look.granted.actor();
        let decided = decide(&subscription, command, ground.footing(), actor, reach);
        let allowed = check_allowance(look.read, &subscription, self.total.saturating_sub(subscription.quantity))?;
        Ok(decided.and(allowed).map(|()| change_quantity::preview(&subscription, command, ground.footing())))
    }
}

/// Whether who bought a subscription for the team may have as many more licenses of its product (domain 5.3).
pub(super) fn check_allowance(
    read: &Read<'_>,
    subscription: &Subscription,
    more: u32,
) -> Result<Result<(), Refusal>, Failure> {
    let Some(buyer) = subscription.holder else { return Ok(Ok(())) };
    Ok(purchase_limits::allowance(read, buyer, subscription.product_id)?.check(more))
}

/// The subscription, unless the caller reaches only own ones, and neither it nor its billing profile is theirs: then it
/// is not there.
pub(crate) fn visible<P: Granting>(
    found: Option<subscription::ListedSubscription>,
    granted: &Granted<P>,
) -> Result<Subscription, Refusal> {
    let subscription = found.ok_or(Refusal::NotFound)?.subscription;
    let is_own = granted.only().is_none_or(|user| subscription.holder == Some(user));
    let is_reached = is_own || granted.reach_in(subscription.billing_profile_id) == Reach::All;
    if is_reached { Ok(subscription) } else { Err(Refusal::NotFound) }
}
