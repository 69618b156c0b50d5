//! Take away what is not paid, and give it back when it is (domain 1.4 T6 and T8, 4.6; R166).

use super::about;
use super::add_on::{disable_with, foresee_with};
use super::reactivate::save_reactivated;
use super::sweep::settle_licenses;
use crate::billing::Ground;
use crate::door::{Change, Look};
use crate::failure::Failure;
use crate::partner::charge::follow_sales;
use domain::access::permission::Granting;
use domain::billing::charge::total;
use domain::ids::{InvoiceId, SubscriptionId};
use domain::money::Money;
use domain::subscription::add_on::with_dates_of;
use domain::subscription::{Decision, Subscription, SubscriptionState, unpaid};
use jiff::civil::Date;
use std::collections::BTreeSet;
use store::Read;
use store::tables::invoice;
use store::tables::subscription::{self, ListedSubscription};

/// Disables every subscription of an invoice; at its customers, what a partner sold.
pub(crate) fn disable<P: Granting>(change: &Change<'_, P>, id: InvoiceId) -> Result<(), Failure> {
    for id in subscriptions_of(change.write, id)? {
        if let Some(before) = subscription::find(change.write, id)? {
            disable_one(change, &before.subscription)?;
        }
    }
    follow_sales(change, id)
}

fn disable_one<P: Granting>(change: &Change<'_, P>, before: &Subscription) -> Result<(), Failure> {
    let cloud = change.organization().cloud;
    let Some((after, event)) = unpaid::disable(before, change.today(), cloud) else { return Ok(()) };
    subscription::update_life(change.write, &after, cloud)?;
    change.record(about(&after, None), &event)?;
    settle_licenses(change, after.id)?;
    disable_with(change, after.id)
}

/// Lets a subscription that is back be as its invoices want it: taken away when one was given up meanwhile, there when
/// what kept it away was settled.
pub(super) fn follow_invoices<P: Granting>(change: &Change<'_, P>, before: &Subscription) -> Result<(), Failure> {
    match invoice::is_unpaid(change.write, before.id, change.today())? {
        true => disable_one(change, before),
        false => bring_back_settled(change, before),
    }
}

/// Brings every subscription of a settled invoice back that no other invoice keeps disabled.
pub(crate) fn bring_back<P: Granting>(change: &Change<'_, P>, id: InvoiceId) -> Result<(), Failure> {
    for id in subscriptions_of(change.write, id)? {
        let Some(before) = subscription::find(change.write, id)?.map(|listed| listed.subscription) else { continue };
        if let Some(before) = with_its_base(change.write, before)? {
            bring_back_settled(change, &before)?;
        }
    }
    follow_sales(change, id)
}

/// What would come back if invoices were settled: the name of each product, and what it costs now without tax (T8).
pub(crate) fn foresee<P: Granting>(look: &Look<'_, P>, settled: &[InvoiceId]) -> Result<Vec<(String, Money)>, Failure> {
    let mut ids = BTreeSet::new();
    for id in settled {
        ids.extend(subscriptions_of(look.read, *id)?);
    }
    let mut coming = Vec::new();
    for id in ids {
        let Some(ListedSubscription { subscription, product_name, .. }) = subscription::find(look.read, id)? else {
            continue;
        };
        let Some(before) = with_its_base(look.read, subscription)? else { continue };
        if is_kept_away(look.read, id, look.today(), settled)? {
            continue;
        }
        if let Some(Decision { subscription: back, charges, .. }) =
            unpaid::bring_back(&before, Ground::seen(look, id)?.footing())
        {
            coming.push((product_name, total(&charges, Money::zero(back.unit_price.currency))));
            coming.extend(foresee_with(look, &back, settled)?);
        }
    }
    Ok(coming)
}

/// Whether an invoice keeps a subscription disabled that is none of those that will be settled.
pub(super) fn is_kept_away(
    read: &Read<'_>,
    id: SubscriptionId,
    today: Date,
    settled: &[InvoiceId],
) -> Result<bool, Failure> {
    Ok(invoice::unpaid_of(read, id, today)?.iter().any(|unpaid| !settled.contains(unpaid)))
}

/// Brings a subscription back unless an invoice keeps it disabled.
fn bring_back_settled<P: Granting>(change: &Change<'_, P>, before: &Subscription) -> Result<(), Failure> {
    if before.unpaid_since.is_none() || invoice::is_unpaid(change.write, before.id, change.today())? {
        return Ok(());
    }
    let ground = Ground::of(change, Some(before.id))?;
    match unpaid::bring_back(before, ground.footing()) {
        Some(decision) => save_reactivated(change, &ground, decision),
        None => Ok(()),
    }
}

/// An add-on as its base lets it be, none when the base is not in use; what belongs to none is as it is.
pub(crate) fn with_its_base(read: &Read<'_>, subscription: Subscription) -> Result<Option<Subscription>, Failure> {
    let Some(id) = subscription.base_id else { return Ok(Some(subscription)) };
    let base = subscription::find(read, id)?.map(|listed| listed.subscription);
    let base = base.filter(|base| base.state == SubscriptionState::Active);
    Ok(base.map(|base| with_dates_of(&base, subscription)))
}

/// The subscriptions of an invoice; whoever changes one may change its add-ons, so each is looked at in its turn.
fn subscriptions_of(read: &Read<'_>, id: InvoiceId) -> Result<Vec<SubscriptionId>, Failure> {
    let lines = invoice::find(read, id)?.map(|stored| stored.invoice.lines).unwrap_or_default();
    let mut ids: Vec<_> = lines.iter().map(|line| line.subscription_id).collect();
    ids.sort_unstable();
    ids.dedup();
    Ok(ids)
}
