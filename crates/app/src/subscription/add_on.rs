//! Add-ons and the subscriptions to which they belong (domain 1.9, R160): what becomes of a base becomes of its add-ons
//! in the same transaction.

use super::cancel::save_canceled;
use super::reactivate::save_reactivated;
use super::sweep::{chosen_today, settle_licenses, take_licenses_back};
use super::unpaid::is_kept_away;
use super::{about, post_order, record_dropped};
use crate::access::Granted;
use crate::billing::{Ground, post_charges};
use crate::door::{Change, Look};
use crate::failure::Failure;
use crate::partner::charge::record_of_sale;
use domain::access::Reach;
use domain::access::permission::Granting;
use domain::billing::charge::total;
use domain::catalog::{Product, Term};
use domain::ids::{InvoiceId, SubscriptionId};
use domain::money::Money;
use domain::order::{Order, OrderKind};
use domain::refusal::Refusal;
use domain::subscription::add_on::{base_of, can_have, field_of, with_dates_of};
use domain::subscription::cancel::Cancel;
use domain::subscription::{
    Decision, Subscription, SubscriptionState, add_on, cancel, delete, edit_recurring_billing, reactivate, unpaid,
};
use store::Read;
use store::tables::charge;
use store::tables::subscription::{self, ListedSubscription};

/// The subscriptions that can have an add-on and for which the buyer may buy, by name; none for what is no add-on.
pub(crate) fn fitting<P: Granting>(
    read: &Read<'_>,
    product: &Product,
    granted: &Granted<P>,
) -> Result<Vec<ListedSubscription>, Failure> {
    if !product.kind.is_add_on() {
        return Ok(Vec::new());
    }
    let mut found = subscription::that_fit(read, product.id)?;
    // Who buys for oneself needs a base of the organization; who buys on a billing profile, one that it pays.
    let is_alone = granted.oneself().is_some();
    let reaches = |found: &Subscription| is_alone || granted.reach_in(found.billing_profile_id) == Reach::All;
    found.retain(|listed| can_have(&listed.subscription, product.kind) && reaches(&listed.subscription));
    Ok(found)
}

/// The subscription to which what is bought will belong.
pub(crate) fn base_for<P: Granting>(
    read: &Read<'_>,
    product: &Product,
    term: Term,
    chosen: Option<SubscriptionId>,
    granted: &Granted<P>,
) -> Result<Option<Subscription>, Failure> {
    choose_base(product, term, &fitting(read, product, granted)?, chosen)
}

/// The subscription to which what is bought now will belong, as the day that has begun finds it.
pub(crate) fn base_of_today<P: Granting>(
    change: &Change<'_, P>,
    product: &Product,
    term: Term,
    chosen: Option<SubscriptionId>,
) -> Result<Option<Subscription>, Failure> {
    chosen_today(change, || base_for(change.write, product, term, chosen, &change.granted))
}

/// The one of those that fit to which it will belong, or what is wrong with the choice, said there.
pub(crate) fn choose_base(
    product: &Product,
    term: Term,
    fitting: &[ListedSubscription],
    chosen: Option<SubscriptionId>,
) -> Result<Option<Subscription>, Failure> {
    let fitting: Vec<_> = fitting.iter().map(|listed| listed.subscription.clone()).collect();
    match base_of(product.kind, term, &fitting, chosen) {
        Ok(base) => Ok(base.cloned()),
        Err(refusal) => Err(match field_of(&refusal) {
            Some(field) => refusal.at(field).into(),
            None => refusal.into(),
        }),
    }
}

/// The subscription to which what was ordered belongs, whatever became of it.
pub(crate) fn base_of_order(read: &Read<'_>, order: &Order) -> Result<Option<Subscription>, Failure> {
    let Some(id) = order.base_id else { return Ok(None) };
    let found = subscription::find(read, id)?.ok_or(Refusal::NotFound)?;
    Ok(Some(found.subscription))
}

/// The add-ons of a subscription that are not gone, by name.
pub(crate) fn add_ons(read: &Read<'_>, base: SubscriptionId) -> Result<Vec<ListedSubscription>, Failure> {
    let mut found = subscription::add_ons_of(read, base)?;
    found.retain(|listed| listed.subscription.state != SubscriptionState::Deleted);
    Ok(found)
}

/// Those of them for which something holds.
fn those(
    read: &Read<'_>,
    base: SubscriptionId,
    holds: impl Fn(&Subscription) -> bool,
) -> Result<Vec<Subscription>, Failure> {
    let found = add_ons(read, base)?.into_iter().map(|listed| listed.subscription);
    Ok(found.filter(holds).collect())
}

/// Cancels the add-ons of a subscription that was canceled.
pub(super) fn cancel_with<P: Granting>(
    change: &Change<'_, P>,
    base: SubscriptionId,
    why: &Cancel,
) -> Result<(), Failure> {
    for before in those(change.write, base, |add_on| add_on.state.is_assignable())? {
        let ground = Ground::of(change, Some(before.id))?;
        let decision = cancel::carry_out(&before, why, ground.footing(), change.organization().cloud);
        save_canceled(change, &ground, &before, decision)?;
    }
    Ok(())
}

/// Lets the add-ons of a subscription renew with it, or not.
pub(super) fn edit_recurring_billing_with<P: Granting>(
    change: &Change<'_, P>,
    base: SubscriptionId,
    on: bool,
) -> Result<(), Failure> {
    for before in those(change.write, base, |add_on| add_on.recurring_billing != on)? {
        let Decision { subscription: after, event, .. } = edit_recurring_billing::carry_out(&before, on);
        subscription::update_life(change.write, &after, change.organization().cloud)?;
        change.record(about(&after, None), &event)?;
        record_dropped(change, &before, &after)?;
    }
    Ok(())
}

/// Whether an add-on can come back.
const fn is_away(add_on: &Subscription) -> bool {
    matches!(add_on.state, SubscriptionState::Expired | SubscriptionState::Disabled)
}

/// Brings back the add-ons of a subscription that came back, except those that are not paid themselves.
pub(super) fn reactivate_with<P: Granting>(change: &Change<'_, P>, base: &Subscription) -> Result<(), Failure> {
    for before in those(change.write, base.id, is_away)? {
        let ground = Ground::of(change, Some(before.id))?;
        if let Some(decision) = coming_back(change.write, base, before, &ground, &[])? {
            save_reactivated(change, &ground, decision)?;
        }
    }
    Ok(())
}

/// The add-ons that would come back with a subscription, which is as it will be then: the name of each, and what it
/// costs now without tax. `settled` are invoices that will be paid by then.
pub(super) fn foresee_with<P: Granting>(
    look: &Look<'_, P>,
    base: &Subscription,
    settled: &[InvoiceId],
) -> Result<Vec<(String, Money)>, Failure> {
    let mut coming = Vec::new();
    for listed in add_ons(look.read, base.id)?.into_iter().filter(|listed| is_away(&listed.subscription)) {
        let ground = Ground::seen(look, listed.subscription.id)?;
        let decision = coming_back(look.read, base, listed.subscription, &ground, settled)?;
        let zero = Money::zero(base.unit_price.currency);
        coming.extend(decision.map(|decision| (listed.product_name, total(&decision.charges, zero))));
    }
    Ok(coming)
}

/// How an add-on comes back with its base, which is as it will be then; nothing while it is not paid itself.
fn coming_back(
    read: &Read<'_>,
    base: &Subscription,
    add_on: Subscription,
    ground: &Ground,
    settled: &[InvoiceId],
) -> Result<Option<Decision>, Failure> {
    let method = add_on.payment_method_id.or(base.payment_method_id);
    let add_on = with_dates_of(base, add_on);
    Ok(match add_on.unpaid_since {
        Some(_) if is_kept_away(read, add_on.id, ground.moment.today, settled)? => None,
        Some(_) => unpaid::bring_back(&add_on, ground.footing()),
        None => Some(reactivate::carry_out(&add_on, method, ground.footing())),
    })
}

/// Disables the add-ons of a subscription that is not paid.
pub(crate) fn disable_with<P: Granting>(change: &Change<'_, P>, base: SubscriptionId) -> Result<(), Failure> {
    let cloud = change.organization().cloud;
    for before in those(change.write, base, |add_on| add_on.state.is_assignable())? {
        if let Some((after, event)) = unpaid::disable(&before, change.today(), cloud) {
            subscription::update_life(change.write, &after, cloud)?;
            match after.sale {
                Some(sale) => record_of_sale(change, &after, sale, &event)?,
                None => change.record(about(&after, None), &event)?,
            }
            settle_licenses(change, after.id)?;
        }
    }
    Ok(())
}

/// Deletes the add-ons of a subscription that was deleted.
pub(super) fn delete_with<P: Granting>(change: &Change<'_, P>, base: SubscriptionId) -> Result<(), Failure> {
    let is_there = |add_on: &Subscription| add_on.state != SubscriptionState::Pending;
    for before in those(change.write, base, is_there)? {
        let (after, event) = delete::carry_out(&before, change.today());
        subscription::update_life(change.write, &after, change.organization().cloud)?;
        change.record(about(&after, None), &event)?;
        take_licenses_back(change, after.id)?;
    }
    Ok(())
}

/// Takes an add-on away again whose base was gone when it was posted; what was paid for it goes back.
pub(crate) fn withdraw<P: Granting>(change: &Change<'_, P>, id: SubscriptionId) -> Result<(), Failure> {
    let before = subscription::find(change.write, id)?.ok_or(Refusal::NotFound)?.subscription;
    let ground = Ground::of(change, None)?;
    let charged = charge::to_take_back(change.write, id, before.started_on)?;
    let Decision { subscription: after, event, charges } =
        add_on::withdraw(&before, &charged, &ground.moment, &ground.account.rules);
    let amount = total(&charges, Money::zero(before.unit_price.currency));
    subscription::update_life(change.write, &after, change.organization().cloud)?;
    let quantity = -i64::from(before.quantity);
    let order_id = post_order(change, &after, OrderKind::Cancellation, quantity, amount, change.now())?;
    post_charges(change, &ground.account, &after, Some(order_id), charges, change.today())?;
    change.record(about(&after, Some(order_id)), &event)
}
