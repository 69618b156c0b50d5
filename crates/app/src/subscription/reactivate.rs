//! Reactivate a subscription (domain 1.6, R10, R155).

use super::change_quantity::visible;
use super::{about, post_order};
use crate::billing::{Ground, post_charges};
use crate::door::{Change, Command, Look, Query};
use crate::failure::Failure;
use crate::license::settle::solve_conflicts;
use domain::access::Actor;
use domain::access::permission::{Granting, ManageSubscription, ReadSubscriptions};
use domain::billing::charge::total;
use domain::ids::{PaymentMethodId, SubscriptionId};
use domain::money::Money;
use domain::order::OrderKind;
use domain::refusal::{Field, Refusal};
use domain::subscription::reactivate::{ReactivatePreview, decide, preview};
use domain::subscription::{Decision, Subscription};
use store::Read;
use store::tables::payment_method;
pub use store::tables::payment_method::PaymentMethod;
use store::tables::subscription;

/// Brings a subscription back today.
#[derive(Debug, Clone, Copy)]
pub struct ReactivateSubscription {
    /// Which.
    pub subscription_id: SubscriptionId,
    /// The card that shall pay; `None` for the one that paid before.
    pub payment_method_id: Option<PaymentMethodId>,
}

impl Command for ReactivateSubscription {
    type Permission = ManageSubscription;
    /// The subscription afterwards.
    type Outcome = Subscription;
    const NAME: &'static str = "reactivate_subscription";

    fn execute(&self, change: &Change<'_, ManageSubscription>) -> Result<Subscription, Failure> {
        let before = visible(subscription::find(change.write, self.subscription_id)?, change.granted.only())?;
        let actor = change.granted.actor();
        let cards = usable_cards(change.write, &before, actor)?;
        let card = match self.payment_method_id {
            None => before.payment_method_id,
            Some(chosen) if cards.iter().any(|card| card.id == chosen) => Some(chosen),
            Some(_) => return Err(Refusal::UnknownChoice.at(Field::Payment).into()),
        };
        let ground = Ground::of(change, Some(before.id))?;
        let decided = decide(&before, card, ground.footing(), actor, change.granted.reach());
        save_reactivated(change, &ground, decided.map_err(at_its_field)?)
    }
}

/// Saves a subscription that comes back, with its order and what it costs.
pub(super) fn save_reactivated<P: Granting>(
    change: &Change<'_, P>,
    ground: &Ground,
    decision: Decision,
) -> Result<Subscription, Failure> {
    let Decision { subscription: after, event, charges } = decision;
    let amount = total(&charges, Money::zero(after.unit_price.currency));
    subscription::update_life(change.write, &after, change.organization().cloud)?;
    let quantity = i64::from(after.quantity);
    let order_id = post_order(change, &after, OrderKind::Reactivation, quantity, amount, change.now())?;
    post_charges(change, &ground.account, &after, Some(order_id), charges, change.today())?;
    change.record(about(&after, Some(order_id)), &event)?;
    solve_conflicts(change, after.product_id)?;
    Ok(after)
}

/// What is wrong with the card is said at the card.
fn at_its_field(refusal: Refusal) -> Failure {
    match refusal {
        Refusal::PaymentMethodNeeded => refusal.at(Field::Payment).into(),
        other => other.into(),
    }
}

/// The card that paid before, and the cards of the person who asks that have paid once (domain 4.1).
fn usable_cards(read: &Read<'_>, subscription: &Subscription, actor: &Actor) -> Result<Vec<PaymentMethod>, Failure> {
    let mut cards = match subscription.payment_method_id {
        Some(id) => payment_method::find(read, id)?.into_iter().collect(),
        None => Vec::new(),
    };
    if let Some(user) = actor.user() {
        let own = payment_method::of_user(read, user)?;
        let is_new =
            |card: &PaymentMethod| card.first_paid_at.is_some() && Some(card.id) != subscription.payment_method_id;
        cards.extend(own.into_iter().filter(is_new));
    }
    Ok(cards)
}

/// Asks what reactivating would do and cost, and which cards could pay.
#[derive(Debug, Clone, Copy)]
pub struct PreviewReactivate(pub SubscriptionId);

/// What the pane shows.
#[derive(Debug, Clone)]
pub struct ReactivateView {
    /// What would happen.
    pub preview: ReactivatePreview,
    /// Whether a card has to be on file.
    pub needs_card: bool,
    /// The cards that could pay, the one that paid before first.
    pub cards: Vec<PaymentMethod>,
}

impl Query for PreviewReactivate {
    type Permission = ReadSubscriptions;
    type Outcome = ReactivateView;

    fn run(&self, look: &Look<'_, ReadSubscriptions>) -> Result<ReactivateView, Failure> {
        let subscription = visible(subscription::find(look.read, self.0)?, look.granted.only())?;
        Ok(ReactivateView {
            preview: preview(&subscription, Ground::seen(look, subscription.id)?.footing()),
            needs_card: subscription.channel.needs_payment_method(),
            cards: usable_cards(look.read, &subscription, look.granted.actor())?,
        })
    }
}
