//! Use cases of subscriptions.

pub(crate) mod add_on;
pub mod cancel;
pub mod cancel_scheduled_change;
pub mod change_payment_method;
pub mod change_plan;
pub mod change_quantity;
pub mod delete;
pub mod details;
pub mod edit_billing_frequency;
pub mod edit_recurring_billing;
pub mod extend_trial;
pub mod list;
pub mod reactivate;
pub mod sign_up;
pub mod start_trial;
pub mod sweep;
pub mod take_over;
pub mod undo_take_over;
pub(crate) mod unpaid;

use crate::door::Change;
use crate::failure::Failure;
use domain::access::permission::{
    AssignLicenses, BuySubscription, DeleteFreeSubscription, DeleteSubscription, Granting, ManageQuantity,
    ManageSubscription, RedeemProductKeys, TakeOver,
};
use domain::access::{Actor, Permission, reach_in_profile};
use domain::event::Subjects;
use domain::ids::OrderId;
use domain::money::Money;
use domain::order::{Order, OrderKind, OrderState};
use domain::organization::Organization;
use domain::subscription::cancel_scheduled_change::dropped;
use domain::subscription::{Action, Offer, Subscription, offer_in};
use jiff::Timestamp;
use store::tables::{order, organization};

/// The permission that an action needs.
#[must_use]
pub const fn permission(action: Action) -> Permission {
    match action {
        Action::AddLicenses | Action::RemoveLicenses => ManageQuantity::PERMISSION,
        Action::AddByKey | Action::ExtendEndDate => RedeemProductKeys::PERMISSION,
        Action::AssignLicenses | Action::UnassignLicenses => AssignLicenses::PERMISSION,
        Action::EditRecurringBilling
        | Action::EditBillingFrequency
        | Action::ChangePaymentMethod
        | Action::ChangePlan
        | Action::Cancel
        | Action::ExtendTrial
        | Action::Reactivate => ManageSubscription::PERMISSION,
        Action::BuyTrial => BuySubscription::PERMISSION,
        Action::Delete => DeleteSubscription::PERMISSION,
        Action::TakeOver => TakeOver::PERMISSION,
    }
}

/// Whether the actor can do one thing with a subscription of an organization now, or why not.
#[must_use]
pub fn offer_to(actor: &Actor, organization: &Organization, subscription: &Subscription, action: Action) -> Offer {
    let permission = match action {
        Action::Delete if subscription.is_free() => DeleteFreeSubscription::PERMISSION,
        action => permission(action),
    };
    let reach = reach_in_profile(actor, permission, Some(organization.id), subscription.billing_profile_id);
    offer_in(organization.cloud, action, subscription, actor, reach)
}

/// Adds an order that is done at once: what a change of the subscription costs, or a credit when negative.
pub(crate) fn post_order<P: Granting>(
    change: &Change<'_, P>,
    subscription: &Subscription,
    kind: OrderKind,
    quantity: i64,
    amount: Money,
    ordered_at: Timestamp,
) -> Result<OrderId, Failure> {
    let order = Order {
        id: OrderId::from_uuid(change.new_id()),
        number: organization::next_order_number(change.write, change.organization().id)?,
        kind,
        state: OrderState::Posted,
        subscription_id: subscription.id,
        product_id: subscription.product_id,
        sku_id: subscription.sku_id,
        price_id: None,
        term: subscription.term,
        billing_frequency: subscription.billing_frequency,
        quantity,
        starts_on: None,
        unit_price: subscription.unit_price,
        amount,
        tax: Money::zero(amount.currency),
        ordered_by: change.granted.actor().user(),
        ordered_at,
        payment_method_id: subscription.payment_method_id,
        payment_reference: None,
        void_reason: None,
        base_id: subscription.base_id,
        billing_profile_id: Some(subscription.billing_profile_id),
        revision: 1,
    };
    order::insert(change.write, &order)?;
    Ok(order.id)
}

/// Lets the history name what was planned for the renewal and is not any more (domain 1.12).
pub(crate) fn record_dropped<P: Granting>(
    change: &Change<'_, P>,
    before: &Subscription,
    after: &Subscription,
) -> Result<(), Failure> {
    dropped(before, after).iter().try_for_each(|event| change.record(about(after, None), event))
}

/// What an event of a subscription is about.
pub(crate) fn about(subscription: &Subscription, order: Option<OrderId>) -> Subjects {
    Subjects { product: Some(subscription.product_id), subscription: Some(subscription.id), order, user: None }
}
