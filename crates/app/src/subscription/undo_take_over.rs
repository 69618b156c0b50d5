//! Undo a take-over (domain 5.4): the buyer has the subscription again and its people their licenses. It is one
//! transaction, however many people there are, and a job does it, as the take-over itself.

use super::change_quantity::visible;
use super::take_over::narrow;
use super::unpaid::follow_invoices;
use super::{about, post_order};
use crate::billing::{account, post_charges};
use crate::door::{Change, Command, Look, Query};
use crate::failure::Failure;
use crate::job::{Running, Work};
use crate::license::settle::solve_conflicts;
use domain::access::Reach;
use domain::access::permission::{ReadPrices, TakeOver as MayTakeOver};
use domain::billing::charge::Charge;
use domain::event::Event;
use domain::ids::{ChargeId, JobId, OrderId, SubscriptionId};
use domain::money::Money;
use domain::order::OrderKind;
use domain::refusal::Refusal;
use domain::subscription::due::next_due;
use domain::subscription::undo_take_over::{
    ChargedAgain, Credit, KeptTakeOver, Return, Standing, Undone, UndoneTakeOver, decide,
};
use domain::subscription::{Subscription, SubscriptionState};
use domain::user::{User, UserState};
use jiff::civil::Date;
use serde::{Deserialize, Serialize};
use store::Read;
use store::tables::kept_take_over::{self, Products, Returned};
use store::tables::payment_method::{self, PaymentMethod};
use store::tables::subscription::{self, ListedSubscription};
use store::tables::{catalog, charge, invoice, user};

/// What undoing stands on.
struct Facts {
    kept: Option<KeptTakeOver>,
    credits: Vec<Credit>,
    buyer: Option<User>,
    /// What paid, when something had to.
    method: Option<Option<PaymentMethod>>,
}

impl Facts {
    fn load(read: &Read<'_>, taken: &Subscription) -> Result<Self, Failure> {
        let kept = kept_take_over::find(read, taken.id)?;
        let credits = match &kept {
            Some(kept) => charge::credits_of_order(read, taken.id, kept.order_id)?,
            None => Vec::new(),
        };
        let on_file = |id| payment_method::find_on_file(read, id).map(|found| found.map(|listed| listed.method));
        Ok(Self {
            kept,
            credits,
            buyer: taken.holder.map(|buyer| user::find(read, buyer)).transpose()?.flatten(),
            method: taken.payment_method_id.map(on_file).transpose()?,
        })
    }

    fn decide(&self, taken: &Subscription, reach: Reach, today: Date) -> Result<Undone, Refusal> {
        let standing = Standing {
            has_buyer: self.buyer.as_ref().is_some_and(|buyer| buyer.state != UserState::Deleted),
            has_payment_method: self.method.as_ref().is_none_or(Option::is_some),
        };
        decide(taken, self.kept.as_ref(), &self.credits, standing, reach, today)
    }

    /// How this very job undid it before its worker died.
    fn done_by(&self, job: JobId) -> Option<UndoDone> {
        let undone = self.kept.as_ref()?.undone.filter(|undone| undone.job == job)?;
        Some(UndoDone { people: undone.people, skipped: undone.skipped })
    }

    fn products(&self, taken: &Subscription) -> Products {
        Products { former: taken.product_id, moved_to: self.kept.as_ref().and_then(|kept| kept.moved_to) }
    }
}

/// Asks what undoing the take-over of a subscription would come to.
#[derive(Debug, Clone, Copy)]
pub struct PreviewUndoTakeOver(pub SubscriptionId);

/// What the pane shows.
#[derive(Debug, Clone)]
pub struct UndoView {
    /// The subscription with its buyer.
    pub listed: ListedSubscription,
    /// The address of the buyer, who gets a mail.
    pub buyer_email: String,
    /// What it would come to, or why it cannot be undone.
    pub plan: Result<UndoPlan, Refusal>,
}

/// What undoing would come to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct UndoPlan {
    /// The status that the subscription gets again.
    pub state: SubscriptionState,
    /// People who have their license again.
    pub people: i64,
    /// People who have the product from elsewhere since then, and keep that license.
    pub elsewhere: i64,
    /// People who were deleted since then.
    pub gone: i64,
    /// Licenses of the organization that are free again.
    pub freed: i64,
    /// The name of their product.
    pub moved_to: Option<String>,
    /// What is charged again; `None` for those who may not see prices.
    pub amount: Option<Money>,
    /// The first day of which something is due: it is done at once, as if the take-over had never been.
    pub due_since: Option<Date>,
}

impl Query for PreviewUndoTakeOver {
    type Permission = MayTakeOver;
    type Outcome = UndoView;

    fn run(&self, look: &Look<'_, MayTakeOver>) -> Result<UndoView, Failure> {
        look.granted.everything()?;
        let listed = subscription::find(look.read, self.0)?.ok_or(Refusal::NotFound)?;
        let facts = Facts::load(look.read, &listed.subscription)?;
        let plan = match facts.decide(&listed.subscription, look.granted.reach(), look.today()) {
            Ok(undone) => Ok(plan(look, &facts, undone)?),
            Err(refusal) => Err(refusal),
        };
        let buyer_email = facts.buyer.map(|buyer| buyer.email).unwrap_or_default();
        Ok(UndoView { listed, buyer_email, plan })
    }
}

fn plan(look: &Look<'_, MayTakeOver>, facts: &Facts, undone: Undone) -> Result<UndoPlan, Failure> {
    let restored = undone.subscription;
    let products = facts.products(&restored);
    let returns = kept_take_over::foresee(look.read, restored.id, products)?;
    let count = |wanted: Return| returns.iter().find(|(of, _)| *of == wanted).map_or(0, |(_, count)| *count);
    let freed = count(Return::MovedBack);
    let target = products.moved_to.filter(|_| freed > 0).map(|id| catalog::find_product(look.read, id));
    let due = next_due(&restored, look.organization().cloud).map(|due| due.on);
    // An invoice that was given up meanwhile takes it away at once.
    let is_unpaid = restored.state.is_assignable() && invoice::is_unpaid(look.read, restored.id, look.today())?;
    Ok(UndoPlan {
        state: if is_unpaid { SubscriptionState::Disabled } else { restored.state },
        people: freed + count(Return::Added),
        elsewhere: count(Return::Elsewhere),
        gone: count(Return::Gone),
        freed,
        moved_to: target.transpose()?.flatten().map(|product| product.name),
        amount: (look.reach::<ReadPrices>() == Reach::All).then_some(undone.amount),
        due_since: due.filter(|on| *on <= look.today()),
    })
}

/// Asks for a take-over to be undone; the work is done in the background.
#[derive(Debug, Clone, Copy)]
pub struct StartUndoTakeOver(pub SubscriptionId);

impl Command for StartUndoTakeOver {
    type Permission = MayTakeOver;
    type Outcome = JobId;
    const NAME: &'static str = "start_undo_take_over";

    /// Refuses at once what the work would refuse as things stand.
    fn execute(&self, change: &Change<'_, MayTakeOver>) -> Result<JobId, Failure> {
        let taken = visible(subscription::find(change.write, self.0)?, &change.granted)?;
        let facts = Facts::load(change.write, &taken)?;
        facts.decide(&taken, change.granted.reach(), change.today())?;
        let returns = kept_take_over::foresee(change.write, taken.id, facts.products(&taken))?;
        let people = returns.iter().filter(|(of, _)| of.has_license()).map(|(_, count)| count).sum();
        change.enqueue(&UndoTakeOverWork { subscription_id: taken.id }, people)
    }
}

/// The work that undoes a take-over.
#[derive(Debug, Clone, Copy, Serialize, Deserialize)]
pub struct UndoTakeOverWork {
    subscription_id: SubscriptionId,
}

/// What came of it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct UndoDone {
    /// People who have their license again.
    pub people: u32,
    /// People who have not: they were deleted since then, or have the product from elsewhere.
    pub skipped: u32,
}

impl Work for UndoTakeOverWork {
    const KIND: &'static str = "undo_take_over";

    fn run(&self, running: &Running<'_>) -> Result<serde_json::Value, Failure> {
        let command = CarryOut { job: running.id, id: self.subscription_id };
        let done = running.app.write(&running.caller, running.organization, command).wait()?;
        serde_json::to_value(done).map_err(Failure::internal)
    }
}

struct CarryOut {
    job: JobId,
    id: SubscriptionId,
}

impl Command for CarryOut {
    type Permission = MayTakeOver;
    type Outcome = UndoDone;
    const NAME: &'static str = "undo_take_over";

    fn execute(&self, change: &Change<'_, MayTakeOver>) -> Result<UndoDone, Failure> {
        let (write, id, cloud) = (change.write, self.id, change.organization().cloud);
        let taken = visible(subscription::find(write, id)?, &change.granted)?;
        let facts = Facts::load(write, &taken)?;
        if let Some(done) = facts.done_by(self.job) {
            return Ok(done);
        }
        let Undone { subscription, charges, amount } = facts.decide(&taken, change.granted.reach(), change.today())?;
        let products = facts.products(&taken);
        let returned = kept_take_over::judge(write, id, products)?;
        let done = UndoDone { people: narrow(returned.people), skipped: narrow(returned.skipped) };
        // Of two who undo it at once one fails here, and finds then that it was undone.
        let undone = UndoneTakeOver { job: self.job, people: done.people, skipped: done.skipped };
        kept_take_over::mark_undone(write, id, &undone)?;
        // Likewise of who deletes what pays.
        facts.method.flatten().map(|method| payment_method::update(write, &method)).transpose()?;
        let restored = with_people(subscription, returned);
        subscription::update_life(write, &restored, cloud)?;
        give_back(change, &restored, products)?;
        subscription::add_assigned(write, id, i64::from(restored.assigned))?;
        subscription::add_conflicts(write, id, i64::from(restored.conflicts))?;
        let quantity = i64::from(restored.quantity);
        let order_id = post_order(change, &restored, OrderKind::Reactivation, quantity, amount, change.now())?;
        post_again(change, &restored, order_id, charges)?;
        let (state, on) = (restored.state, change.today());
        let (people, skipped) = (done.people, done.skipped);
        let event = Event::SubscriptionTakeOverUndone { state, people, skipped, amount, on };
        change.record(about(&restored, Some(order_id)), &event)?;
        solve_conflicts(change, restored.product_id)?;
        if let Some(other) = products.moved_to.filter(|other| *other != restored.product_id) {
            solve_conflicts(change, other)?;
        }
        let now = subscription::find(write, id)?.ok_or(Refusal::NotFound)?.subscription;
        follow_invoices(change, &now)?;
        change.progress(self.job, returned.people, returned.people)?;
        Ok(done)
    }
}

fn with_people(subscription: Subscription, returned: Returned) -> Subscription {
    let (assigned, conflicts) = (narrow(returned.in_use), narrow(returned.people - returned.in_use));
    Subscription { assigned, conflicts, ..subscription }
}

/// Gives people their licenses, and takes from the organization's subscriptions those that go back.
fn give_back(change: &Change<'_, MayTakeOver>, restored: &Subscription, products: Products) -> Result<(), Failure> {
    let (write, id, made_at) = (change.write, restored.id, change.system_now());
    let mut moving = 0;
    for back in kept_take_over::given_back(write, id, products)? {
        let moved = Event::LicenseMoved { from: back.from };
        let entry = change.shared_entry(CarryOut::NAME, &moved);
        kept_take_over::record(write, id, restored.product_id, Some(back.from), &entry, made_at)?;
        subscription::add_assigned(write, back.from, -back.in_use)?;
        subscription::add_conflicts(write, back.from, back.in_use - back.people)?;
        moving += back.people;
    }
    let added = Event::LicenseAssigned { disabled_plans: Vec::new() };
    let entry = change.shared_entry(CarryOut::NAME, &added);
    kept_take_over::record(write, id, restored.product_id, None, &entry, made_at)?;
    Ok(kept_take_over::give_back(write, id, products, moving)?)
}

/// Charges what came back. While the credit waits for its invoice, both are on that one, so that nothing is paid.
fn post_again(
    change: &Change<'_, MayTakeOver>,
    restored: &Subscription,
    order_id: OrderId,
    charges: Vec<ChargedAgain>,
) -> Result<(), Failure> {
    let account = account(change.write)?;
    for again in charges {
        let Some(invoice_on) = again.with_credit_on else {
            post_charges(change, &account, restored, Some(order_id), vec![again.line], change.today())?;
            continue;
        };
        let id = ChargeId::from_uuid(change.new_id());
        let new = Charge::new(id, again.line, restored.id, Some(order_id), change.today(), invoice_on);
        charge::insert(change.write, restored.billing_profile_id, &new)?;
    }
    Ok(())
}
