//! Posts an order as a whole: what it orders exists from now on.

use super::subjects_with_subscription;
use crate::billing::{Ground, post_charge_for, post_charges, tax};
use crate::billing_profile::pays_with::keep_first_choice;
use crate::door::Change;
use crate::failure::Failure;
use crate::license::settle::{make_room, solve_conflicts};
use crate::subscription::add_on::base_of_order;
use crate::subscription::sweep::caught_up;
use domain::access::permission::Granting;
use domain::billing::charge::total;
use domain::billing::invoice::with_tax;
use domain::catalog::SkuKind;
use domain::event::Event;
use domain::ids::BillingProfileId;
use domain::money::Money;
use domain::order::buy::start;
use domain::order::{Order, OrderState};
use domain::refusal::Refusal;
use domain::subscription::buy_trial::take_over;
use domain::subscription::extend_end_date::extend;
use domain::subscription::{Channel, CreditCheck, Decision, Subscription};
use store::tables::{catalog, order, subscription};

/// An order that was posted.
pub(crate) struct Posted {
    /// The order afterwards.
    pub(crate) order: Order,
    /// What it ordered.
    pub(crate) subscription: Subscription,
}

/// Posts an order: its subscription begins today, its first billing period is charged. `reference` is the gateway's
/// name of the payment, `check` how the credit check went, if there was one.
pub(crate) fn post<P: Granting>(
    change: &Change<'_, P>,
    before: Order,
    reference: Option<String>,
    channel: Channel,
    check: Option<CreditCheck>,
) -> Result<Posted, Failure> {
    let sku = catalog::find_sku(change.write, before.sku_id)?.ok_or(Refusal::NotFound)?;
    let channel = if sku.kind == SkuKind::SelfService { Channel::SelfService } else { channel };
    let order = Order { state: OrderState::Posted, payment_reference: reference, ..before };
    let ground = Ground::of(change, None)?;
    let base = base_of_order(change.write, &order)?.map(|base| caught_up(change, base)).transpose()?;
    if let Some(base) = &base {
        // Whoever ends the base at the same time fails at its revision, or this does.
        subscription::update_life(change.write, base, change.organization().cloud)?;
    }
    let first = BillingProfileId::first_of(change.organization().id);
    let (rules, profile) = (&ground.account.rules, order.billing_profile_id.unwrap_or(first));
    let mut begun = start(&order, base.as_ref(), channel, profile, sku.quantity_max, &ground.moment, rules);
    begun.subscription.credit_check = check;
    // What a card paid is what it was asked for.
    let waited = base.is_some() && order.payment_method_id.is_none();
    let order = if waited { for_its_days(change, &ground, order, &begun)? } else { order };
    order::update(change.write, &order)?;
    if let (Some(profile), Some(card)) = (order.billing_profile_id, order.payment_method_id) {
        keep_first_choice(change, profile, card)?;
    }
    let Decision { subscription: started, event, charges } = save(change, begun)?;
    let subjects = subjects_with_subscription(&order);
    change.record(subjects, &Event::OrderPosted { number: order.number })?;
    change.record(subjects, &event)?;
    post_charges(change, &ground.account, &started, Some(order.id), charges, change.today())?;
    solve_conflicts(change, started.product_id)?;
    Ok(Posted { order, subscription: started })
}

/// The order of an add-on, which costs the days from which it is charged: fewer than when it was ordered, if its credit
/// check took some.
fn for_its_days<P: Granting>(
    change: &Change<'_, P>,
    ground: &Ground,
    order: Order,
    begun: &Decision,
) -> Result<Order, Failure> {
    let amount = total(&begun.charges, Money::zero(order.amount.currency));
    let comes_to = with_tax(amount, tax(change.write, &ground.account, change.today())?, &ground.account.rules);
    let tax = Money::new(comes_to.gross.minor - comes_to.net.minor, amount.currency);
    Ok(Order { amount: comes_to.net, tax, ..order })
}

/// Posts an order of one more term: its subscription ends later from now on, and the term is on an invoice of today.
pub(super) fn post_extension<P: Granting>(
    change: &Change<'_, P>,
    before: Order,
    reference: Option<String>,
) -> Result<Posted, Failure> {
    let order = Order { state: OrderState::Posted, payment_reference: reference, ..before };
    order::update(change.write, &order)?;
    let subscription = subscription::find(change.write, order.subscription_id)?.ok_or(Refusal::NotFound)?.subscription;
    let ground = Ground::of(change, None)?;
    let rules = &ground.account.rules;
    let Decision { subscription: after, event, charges } =
        extend(&order, &subscription, change.today(), &ground.moment.zone, rules)?;
    subscription::update_life(change.write, &after, change.organization().cloud)?;
    let subjects = subjects_with_subscription(&order);
    change.record(subjects, &Event::OrderPosted { number: order.number })?;
    change.record(subjects, &event)?;
    for line in charges {
        post_charge_for(change, &after, order.id, line, change.today())?;
    }
    solve_conflicts(change, after.product_id)?;
    Ok(Posted { order, subscription: after })
}

/// Saves what begins: a new subscription, one that waited for its credit check, or a trial that is paid from now on.
fn save<P: Granting>(change: &Change<'_, P>, begun: Decision) -> Result<Decision, Failure> {
    let (cloud, started) = (change.organization().cloud, &begun.subscription);
    match subscription::find(change.write, started.id)?.map(|there| there.subscription) {
        Some(trial) if trial.is_trial() => begin_paid(change, &trial, begun),
        Some(waiting) => {
            let started = Subscription { revision: waiting.revision, ..started.clone() };
            subscription::settle_credit_check(change.write, &started, cloud)?;
            Ok(begun)
        }
        None => subscription::insert(change.write, started, cloud, change.now()).map(|()| begun).map_err(Failure::from),
    }
}

/// People keep their licenses. Those that were assigned while the payment was under way and are too many now move, or
/// come into conflict (D1).
fn begin_paid<P: Granting>(change: &Change<'_, P>, trial: &Subscription, begun: Decision) -> Result<Decision, Failure> {
    let smaller = Subscription { quantity: begun.subscription.quantity, ..trial.clone() };
    make_room(change, &smaller)?;
    let trial = subscription::find(change.write, trial.id)?.ok_or(Refusal::NotFound)?.subscription;
    let decided = take_over(&trial, begun);
    subscription::begin_paid(change.write, &decided.subscription, change.organization().cloud)?;
    Ok(decided)
}
