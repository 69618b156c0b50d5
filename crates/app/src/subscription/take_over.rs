//! Take over what a user bought by self-service (domain 5.4; R128-R149). It is one transaction, however many people
//! there are: all of them move and the subscription is deleted, or nothing happens. A job does it, so that it goes on
//! whatever becomes of the browser or the process.

use super::sweep::of_today;
use super::{about, post_order};
use crate::billing::{Ground, post_charges};
use crate::door::{Change, Command, Look, Query};
use crate::failure::Failure;
use crate::job::{Running, Work};
use domain::access::permission::{ReadPrices, TakeOver as MayTakeOver};
use domain::access::{Actor, Reach};
use domain::event::{Event, Subjects};
use domain::ids::{JobId, OrderId, ProductId, SubscriptionId};
use domain::license::assign::usable;
use domain::limits::PAGE_ROWS_MAX;
use domain::money::Money;
use domain::order::OrderKind;
use domain::refusal::{Field, Refusal};
use domain::subscription::cancel::Cancel;
use domain::subscription::take_over::{decide, places, taken_over};
use domain::subscription::undo_take_over::{Former, KeptTakeOver, undo_until};
use domain::subscription::{Action, Offer, Subscription, offer};
use jiff::civil::Date;
use serde::{Deserialize, Serialize};
use store::Read;
use store::tables::journal::{self, HistoryOf};
use store::tables::subscription::{self, ListedSubscription};
use store::tables::take_over::FreeLicenses;
use store::tables::{catalog, kept_take_over, take_over, user};

pub use domain::subscription::take_over::TakeOver;

/// Entries of history among which a take-over that was done is looked for.
const RECENT: usize = 50;

/// Asks what taking over would come to, and where users could move.
#[derive(Debug, Clone, Copy)]
pub struct PreviewTakeOver(pub SubscriptionId);

/// What the panes show.
#[derive(Debug, Clone)]
pub struct TakeOverView {
    /// The subscription with its buyer.
    pub listed: ListedSubscription,
    /// Whether it can be taken over.
    pub offer: Offer,
    /// The address of the buyer, who gets a mail; nothing where the buyer has left and gets none.
    pub buyer_email: Option<String>,
    /// Its people.
    pub people: i64,
    /// What comes back for unused days, below nothing; `None` for those who may not see prices.
    pub credit: Option<Money>,
    /// Products of which the organization has subscriptions, the same one first.
    pub targets: Vec<Target>,
}

/// A product to whose licenses people could move.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Target {
    /// Which.
    pub product_id: ProductId,
    /// Its name.
    pub name: String,
    /// Whether it is the product that they have.
    pub is_same: bool,
    /// Its free licenses.
    pub free: i64,
    /// How many people need one; the others have one already and keep it.
    pub needed: u32,
    /// How many more are needed (R132).
    pub missing: u32,
    /// The day on which some of its licenses end, or ended, because their subscription does not renew.
    pub ends_on: Option<Date>,
}

impl Query for PreviewTakeOver {
    type Permission = MayTakeOver;
    type Outcome = TakeOverView;

    fn run(&self, look: &Look<'_, MayTakeOver>) -> Result<TakeOverView, Failure> {
        look.granted.everything()?;
        let listed = subscription::find(look.read, self.0)?.ok_or(Refusal::NotFound)?;
        let bought = &listed.subscription;
        let buyer = bought.holder.map(|buyer| user::find(look.read, buyer)).transpose()?.flatten();
        let buyer = buyer.filter(|buyer| buyer.must_exist().is_ok());
        let with_prices = look.reach::<ReadPrices>() == Reach::All;
        let ground = Ground::seen(look, bought.id)?;
        let moving = Moving::of(look.read, bought.id)?;
        Ok(TakeOverView {
            offer: offer(Action::TakeOver, bought, look.granted.actor(), look.granted.reach()),
            buyer_email: buyer.map(|buyer| buyer.email),
            credit: with_prices.then(|| taken_over(bought, ground.footing()).credit),
            targets: targets(look.read, bought, &moving)?,
            people: moving.people,
            listed,
        })
    }
}

fn targets(read: &Read<'_>, bought: &Subscription, moving: &Moving) -> Result<Vec<Target>, Failure> {
    let target = |FreeLicenses { product_id, name, count: free, ends_on, .. }: FreeLicenses| {
        let needed = moving.without(product_id);
        let missing = narrow(i64::from(needed) - free);
        Target { is_same: product_id == bought.product_id, product_id, name, free, needed, missing, ends_on }
    };
    let mut found = take_over::free_of_organization(read, PAGE_ROWS_MAX)?;
    // An add-on is nothing to work with alone (domain 1.9).
    found.retain(|free| !free.kind.is_add_on());
    let mut targets: Vec<_> = found.into_iter().map(target).collect();
    targets.sort_by_key(|target| !target.is_same);
    Ok(targets)
}

/// Asks for a subscription to be taken over; the work is done in the background.
#[derive(Debug, Clone)]
pub struct StartTakeOver {
    /// Which.
    pub subscription_id: SubscriptionId,
    /// What becomes of its users.
    pub take_over: TakeOver,
}

impl Command for StartTakeOver {
    type Permission = MayTakeOver;
    type Outcome = JobId;
    const NAME: &'static str = "start_take_over";

    /// Refuses at once what the work would refuse as things stand.
    fn execute(&self, change: &Change<'_, MayTakeOver>) -> Result<JobId, Failure> {
        let bought = of_today(change, self.subscription_id)?;
        let ground = Ground::of(change, Some(bought.id))?;
        decide(&bought, ground.footing(), change.granted.actor(), change.granted.reach())?;
        let moving = Moving::of(change.write, bought.id)?;
        let take_over = match &self.take_over {
            TakeOver::Move { to } => {
                let product = catalog::find_product(change.write, *to)?.filter(|product| !product.kind.is_add_on());
                product.ok_or_else(|| Refusal::UnknownChoice.at(Field::Product))?;
                let free = free(change.write, *to, &bought, change.granted.actor())?;
                places(moving.without(*to), &free)?;
                TakeOver::Move { to: *to }
            }
            TakeOver::Cancel { reason, feedback } => {
                let Cancel { reason, feedback } = Cancel { reason: *reason, feedback: feedback.clone() }.checked()?;
                TakeOver::Cancel { reason, feedback }
            }
        };
        change.enqueue(&TakeOverWork { subscription_id: bought.id, take_over }, moving.people)
    }
}

/// The people of a subscription who go elsewhere, and what else they hold.
pub(super) struct Moving {
    /// All of them.
    people: i64,
    holders: Vec<(ProductId, i64)>,
}

impl Moving {
    pub(super) fn of(read: &Read<'_>, id: SubscriptionId) -> Result<Self, Failure> {
        Ok(Self { people: take_over::people(read, id)?.all, holders: take_over::holders_of_others(read, id)? })
    }

    /// How many of them do not hold a product yet, and need a license of it.
    pub(super) fn without(&self, product: ProductId) -> u32 {
        let has_it = self.holders.iter().find(|(other, _)| *other == product).map_or(0, |(_, count)| *count);
        narrow(self.people - has_it)
    }
}

pub(super) fn narrow(count: i64) -> u32 {
    u32::try_from(count.max(0)).unwrap_or(u32::MAX)
}

/// The free licenses of a product that the organization itself bought, in the order in which they are used (D1).
fn free(
    read: &Read<'_>,
    product: ProductId,
    bought: &Subscription,
    actor: &Actor,
) -> Result<Vec<(SubscriptionId, u32)>, Failure> {
    let listed = subscription::of_product(read, product)?.into_iter().map(|listed| listed.subscription);
    let central: Vec<_> = listed.filter(|found| found.holder.is_none() && found.id != bought.id).collect();
    Ok(usable(&central, actor, Reach::All).unwrap_or_default())
}

/// The work that takes a subscription over.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct TakeOverWork {
    subscription_id: SubscriptionId,
    take_over: TakeOver,
}

impl Work for TakeOverWork {
    const KIND: &'static str = "take_over";

    fn run(&self, running: &Running<'_>) -> Result<serde_json::Value, Failure> {
        let command = CarryOut { job: running.id, work: self.clone() };
        let done = running.app.write(&running.caller, running.organization, command).wait()?;
        serde_json::to_value(done).map_err(Failure::internal)
    }
}

/// What came of it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct TakeOverDone {
    /// How many people the subscription had.
    pub people: i64,
}

struct CarryOut {
    job: JobId,
    work: TakeOverWork,
}

impl Command for CarryOut {
    type Permission = MayTakeOver;
    type Outcome = TakeOverDone;
    const NAME: &'static str = "take_over";

    fn execute(&self, change: &Change<'_, MayTakeOver>) -> Result<TakeOverDone, Failure> {
        let (write, id) = (change.write, self.work.subscription_id);
        if let Some(done) = self.done_before(change)? {
            return Ok(done);
        }
        let before = of_today(change, id)?;
        let ground = Ground::of(change, Some(id))?;
        let taken = decide(&before, ground.footing(), change.granted.actor(), change.granted.reach())?;
        // From here on nobody else changes the subscription or its licenses until this is committed.
        subscription::update_life(write, &taken.subscription, change.organization().cloud)?;
        let people = take_over::people(write, id)?;
        let quantity = -i64::from(before.quantity);
        let order_id = post_order(change, &before, OrderKind::Cancellation, quantity, taken.credit, change.now())?;
        self.keep(change, &before, order_id, ground.account.rules.undo_days)?;
        let moved_to = self.place_people(change, &before, people.all)?;
        subscription::add_assigned(write, id, -people.in_use)?;
        subscription::add_conflicts(write, id, people.in_use - people.all)?;
        post_charges(change, &ground.account, &taken.subscription, Some(order_id), taken.credits, change.today())?;
        let (reason, feedback) = match &self.work.take_over {
            TakeOver::Move { .. } => (None, String::new()),
            TakeOver::Cancel { reason, feedback } => (Some(*reason), feedback.clone()),
        };
        let event = Event::SubscriptionTakenOver {
            moved_to,
            reason,
            feedback,
            people: narrow(people.all),
            amount: taken.credit,
            on: change.today(),
        };
        change.record(Subjects { user: before.holder, ..about(&before, Some(order_id)) }, &event)?;
        change.progress(self.job, people.all, people.all)?;
        Ok(TakeOverDone { people: people.all })
    }
}

impl CarryOut {
    /// What this very job did before its worker died.
    fn done_before(&self, change: &Change<'_, MayTakeOver>) -> Result<Option<TakeOverDone>, Failure> {
        let of = HistoryOf::Subscription(self.work.subscription_id);
        let job = self.job.to_string();
        let recent = journal::history(change.write, of, None, RECENT)?;
        let found = recent.iter().find(|entry| entry.kind == "subscription_taken_over" && entry.request == job);
        let Some(entry) = found else { return Ok(None) };
        match serde_json::from_str(&entry.data).map_err(Failure::internal)? {
            Event::SubscriptionTakenOver { people, .. } => Ok(Some(TakeOverDone { people: i64::from(people) })),
            _ => Ok(None),
        }
    }

    /// Keeps what there is, as long as the take-over can be undone.
    fn keep(
        &self,
        change: &Change<'_, MayTakeOver>,
        before: &Subscription,
        order_id: OrderId,
        undo_days: u16,
    ) -> Result<(), Failure> {
        kept_take_over::forget_before(change.write, change.today())?;
        kept_take_over::forget(change.write, before.id)?;
        let Some(undo_until) = undo_until(change.today(), undo_days) else { return Ok(()) };
        let moved_to = match &self.work.take_over {
            TakeOver::Move { to } => Some(*to),
            TakeOver::Cancel { .. } => None,
        };
        let kept = KeptTakeOver { former: Former::of(before), order_id, moved_to, undo_until, undone: None };
        Ok(kept_take_over::keep(change.write, before.id, &kept)?)
    }

    /// Moves everybody or takes everybody's license; gives the name of the product to which people moved.
    fn place_people(
        &self,
        change: &Change<'_, MayTakeOver>,
        before: &Subscription,
        people: i64,
    ) -> Result<Option<String>, Failure> {
        let made_at = change.system_now();
        let TakeOver::Move { to } = &self.work.take_over else {
            take_over::let_leave(
                change.write,
                before.id,
                None,
                &change.shared_entry(CarryOut::NAME, &Event::LicenseUnassigned),
                made_at,
            )?;
            return Ok(None);
        };
        let mut people = people;
        if *to != before.product_id {
            // Whoever holds the product already needs no license of it.
            take_over::let_leave(
                change.write,
                before.id,
                Some(*to),
                &change.shared_entry(CarryOut::NAME, &Event::LicenseUnassigned),
                made_at,
            )?;
            people = take_over::people(change.write, before.id)?.all;
        }
        let free = free(change.write, *to, before, change.granted.actor())?;
        for (target, count) in places(narrow(people), &free)? {
            let moved = Event::LicenseMoved { from: before.id };
            let count = i64::from(count);
            take_over::move_people(
                change.write,
                before.id,
                count,
                (*to, target),
                &change.shared_entry(CarryOut::NAME, &moved),
                made_at,
            )?;
            subscription::take(change.write, target, count)?;
        }
        Ok(Some(catalog::find_product(change.write, *to)?.ok_or(Refusal::NotFound)?.name))
    }
}
