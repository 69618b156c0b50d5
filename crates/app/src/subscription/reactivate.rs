//! Reactivate a subscription (domain 1.6, R10, R155).

use super::add_on::{foresee_with, reactivate_with};
use super::change_quantity::{check_allowance, visible};
use super::sweep::of_today;
use super::{about, post_order};
use crate::billing::{Ground, post_charges};
use crate::billing_profile::pays_with::{method_to_use_on, pays_with_on, usable_on};
use crate::door::{Change, Command, Look, Query};
use crate::failure::Failure;
use crate::license::settle::{solve_conflicts, solved_by};
use crate::payment_method::{check_pays_for, usable_for};
use domain::access::permission::{Granting, ManageSubscription, ReadSubscriptions};
use domain::billing::charge::total;
use domain::billing::profile::PaysWith;
use domain::ids::{PaymentMethodId, SubscriptionId};
use domain::money::Money;
use domain::order::OrderKind;
use domain::refusal::{Field, Refusal};
use domain::subscription::reactivate::{ReactivatePreview, carry_out, decide, preview};
use domain::subscription::{Decision, Subscription, SubscriptionState};
use store::Read;
use store::tables::payment_method;
pub use store::tables::payment_method::PaymentMethod;
use store::tables::subscription;

/// Brings a subscription back today.
#[derive(Debug, Clone, Copy)]
pub struct ReactivateSubscription {
    /// Which.
    pub subscription_id: SubscriptionId,
    /// What shall pay; `None` for what paid before.
    pub payment_method_id: Option<PaymentMethodId>,
}

impl Command for ReactivateSubscription {
    type Permission = ManageSubscription;
    type Outcome = ();
    const NAME: &'static str = "reactivate_subscription";

    fn execute(&self, change: &Change<'_, ManageSubscription>) -> Result<(), Failure> {
        let before = of_today(change, self.subscription_id)?;
        let actor = change.granted.actor();
        let method = match (self.payment_method_id, pays_with_of(change.write, &before)?) {
            (None, Some(PaysWith::Card(card))) => Some(card),
            (None, _) => before.payment_method_id,
            (Some(chosen), None) if before.payment_method_id == Some(chosen) => Some(chosen),
            (Some(chosen), pays_with) => {
                check_pays_for(change.write, chosen, &before)?;
                Some(method_to_use_on(change, pays_with, chosen)?)
            }
        };
        let ground = Ground::of(change, Some(before.id))?;
        let reach = change.granted.reach_in(before.billing_profile_id);
        let decided = decide(&before, method, ground.footing(), actor, reach);
        if before.state == SubscriptionState::Disabled {
            check_allowance(change.write, &before, before.quantity)??;
        }
        save_reactivated(change, &ground, decided.map_err(at_its_field)?)
    }
}

/// Saves a subscription that comes back, with its order and what it costs, and its add-ons with it.
pub(super) fn save_reactivated<P: Granting>(
    change: &Change<'_, P>,
    ground: &Ground,
    decision: Decision,
) -> Result<(), Failure> {
    let Decision { subscription: after, event, charges } = decision;
    let amount = total(&charges, Money::zero(after.unit_price.currency));
    subscription::update_life(change.write, &after, change.organization().cloud)?;
    let quantity = i64::from(after.quantity);
    let order_id = post_order(change, &after, OrderKind::Reactivation, quantity, amount, change.now())?;
    post_charges(change, &ground.account, &after, Some(order_id), charges, change.today())?;
    change.record(about(&after, Some(order_id)), &event)?;
    solve_conflicts(change, after.product_id)?;
    if after.base_id.is_none() {
        reactivate_with(change, &after)?;
    }
    Ok(())
}

/// What pays for everything on its billing profile, where that says so.
fn pays_with_of(read: &Read<'_>, subscription: &Subscription) -> Result<Option<PaysWith>, Failure> {
    match subscription.holder {
        Some(_) => Ok(None),
        None => pays_with_on(read, subscription.billing_profile_id),
    }
}

/// What is wrong with what pays is said there.
fn at_its_field(refusal: Refusal) -> Failure {
    match refusal {
        Refusal::PaymentMethodNeeded => refusal.at(Field::Payment).into(),
        other => other.into(),
    }
}

/// Asks what reactivating would do and cost, and what could pay.
#[derive(Debug, Clone, Copy)]
pub struct PreviewReactivate(pub SubscriptionId);

/// What the pane shows.
#[derive(Debug, Clone)]
pub struct ReactivateView {
    /// What would happen.
    pub preview: ReactivatePreview,
    /// The names of the add-ons that would come back with it, and what each costs now.
    pub add_ons: Vec<(String, Money)>,
    /// How many people lost their access and would have it again, and how many would still have none.
    pub people: (u32, u32),
    /// Whether a card has to be on file.
    pub needs_card: bool,
    /// What could pay, what paid before first.
    pub methods: Vec<PaymentMethod>,
}

impl Query for PreviewReactivate {
    type Permission = ReadSubscriptions;
    type Outcome = ReactivateView;

    fn run(&self, look: &Look<'_, ReadSubscriptions>) -> Result<ReactivateView, Failure> {
        let subscription = visible(subscription::find(look.read, self.0)?, &look.granted)?;
        let pays_with = pays_with_of(look.read, &subscription)?;
        let methods = match pays_with {
            Some(_) => usable_on(look, pays_with)?,
            None => {
                let before =
                    subscription.payment_method_id.map(|id| payment_method::find(look.read, id)).transpose()?;
                let mut methods: Vec<_> = before.flatten().into_iter().collect();
                let others = usable_for(look, &subscription)?.into_iter();
                methods.extend(others.filter(|method| Some(method.id) != subscription.payment_method_id));
                methods
            }
        };
        // Where the profile is paid by invoice, the card that paid before stays on the subscription and pays nothing.
        let is_billed = pays_with == Some(PaysWith::Invoice) && subscription.payment_method_id.is_some();
        let ground = Ground::seen(look, subscription.id)?;
        let back = carry_out(&subscription, subscription.payment_method_id, ground.footing()).subscription;
        let people = match subscription.state {
            SubscriptionState::Disabled => solved_by(look.read, &back)?,
            _ => (0, 0),
        };
        Ok(ReactivateView {
            people,
            add_ons: foresee_with(look, &back, &[])?,
            preview: preview(&subscription, ground.footing()),
            needs_card: subscription.channel.needs_payment_method() && !is_billed,
            methods,
        })
    }
}
