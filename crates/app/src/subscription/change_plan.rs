//! Change the plan of a subscription (domain 1.10, R161): a new subscription of another product takes all people over,
//! and the old one ends. It is one transaction, however many people there are, so that nobody is without a license for
//! a moment: a job carries it out at once, or the calendar when the subscription renews.

use super::add_on::add_ons;
use super::change_quantity::visible;
use super::sweep::of_today;
use super::take_over::Moving;
use super::{about, post_order, record_dropped};
use crate::billing::{Ground, account, post_charges};
use crate::credit_check;
use crate::door::{Change, Command, Look, Query};
use crate::failure::Failure;
use crate::job::{Running, Work};
use crate::license::settle::solve_conflicts;
use crate::order::{Sold, subjects_with_subscription};
use domain::access::permission::{Granting, ManageSubscription, OperateJobs, ReadPrices};
use domain::billing::charge::total;
use domain::billing::{BillingRules, Footing, Moment};
use domain::catalog::Price;
use domain::catalog::coverage::Content;
use domain::event::Event;
use domain::ids::{JobId, OrderId, PriceId, SkuId, SubscriptionId, UserId};
use domain::money::Money;
use domain::order::{Order, OrderKind, OrderState};
use domain::organization::Organization;
use domain::refusal::{Field, Refusal};
use domain::subscription::change_plan::{
    PlanPreview, Replaced, Standing, Target, check, field_of, preview, replace, schedule,
};
use domain::subscription::change_start::{check_start, starts};
use domain::subscription::{Action, Channel, Decision, Offer, Subscription, offer_in};
use jiff::Timestamp;
use jiff::civil::Date;
use serde::{Deserialize, Serialize};
use store::Read;
use store::tables::subscription::{self, ListedSubscription};
use store::tables::{catalog, invoice, order, organization, price, take_over};

pub use domain::subscription::change_plan::ChangePlan;
pub use domain::subscription::change_start::ChangeStart;

/// Asks to which products a subscription can go.
#[derive(Debug, Clone, Copy)]
pub struct PlanChoices(pub SubscriptionId);

/// What the pane shows.
#[derive(Debug, Clone)]
pub struct PlanChoicesView {
    /// The subscription with its names.
    pub listed: ListedSubscription,
    /// Whether its plan can be changed.
    pub offer: Offer,
    /// Why it cannot be, where that does not depend on the other product.
    pub refused: Option<Refusal>,
    /// When it can be.
    pub starts: &'static [ChangeStart],
    /// Where it can go, by name.
    pub plans: Vec<Plan>,
}

/// A product to which a subscription can go.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Plan {
    /// What is sold.
    pub sku_id: SkuId,
    /// The name of the product.
    pub name: String,
    /// The name that programs know.
    pub part_number: String,
    /// Its apps and services.
    pub apps: usize,
    /// How many of today's are not among them.
    pub missing: usize,
    /// People who would need a license of it.
    pub people: u32,
    /// What it costs, for each term and billing frequency in which it is sold.
    pub prices: Vec<Price>,
}

impl Query for PlanChoices {
    type Permission = ReadPrices;
    type Outcome = PlanChoicesView;

    fn run(&self, look: &Look<'_, ReadPrices>) -> Result<PlanChoicesView, Failure> {
        let listed = subscription::find(look.read, self.0)?.ok_or(Refusal::NotFound)?;
        let before = visible(Some(listed.clone()), &look.granted)?;
        let reach = look.reach_in::<ManageSubscription>(before.billing_profile_id);
        let offer = offer_in(look.organization().cloud, Action::ChangePlan, &before, look.granted.actor(), reach);
        Ok(PlanChoicesView {
            refused: refused(look.read, &before, look.today())?,
            starts: starts(&before, account(look.read)?.rules.agreement),
            plans: if offer == Offer::Open { plans(look.read, look.now(), &before)? } else { Vec::new() },
            offer,
            listed,
        })
    }
}

/// Why a subscription cannot go to any product, as far as that depends on no choice.
pub(crate) fn refused(read: &Read<'_>, before: &Subscription, today: Date) -> Result<Option<Refusal>, Failure> {
    Ok(standing(read, before, 0, today)?.check().err())
}

/// The products that keep what people made, and are sold for the currency of the subscription.
pub(crate) fn plans(read: &Read<'_>, now: Timestamp, before: &Subscription) -> Result<Vec<Plan>, Failure> {
    let currency = before.unit_price.currency;
    let contents = catalog::contents(read, before.sku_id, currency, now)?;
    let Some(present) = contents.iter().find(|content| content.sku_id == before.sku_id) else { return Ok(Vec::new()) };
    let (moving, mut plans) = (Moving::of(read, before.id)?, Vec::new());
    for content in contents.iter().filter(|content| present.is_covered_by(content)) {
        let sku = catalog::find_sku(read, content.sku_id)?.ok_or(Refusal::NotFound)?;
        let prices = price::current_of_sku(read, sku.id, currency, now)?;
        if sku.product_id == before.product_id || prices.is_empty() {
            continue;
        }
        plans.push(Plan {
            sku_id: sku.id,
            name: catalog::find_product(read, sku.product_id)?.ok_or(Refusal::NotFound)?.name,
            people: moving.without(sku.product_id),
            part_number: sku.part_number,
            apps: content.services.len(),
            missing: present.missing_in(content),
            prices,
        });
    }
    Ok(plans)
}

/// Whether the organization has another subscription from whose licenses people of the product have theirs (D1).
fn has_several(read: &Read<'_>, before: &Subscription) -> Result<bool, Failure> {
    let others = subscription::of_product(read, before.product_id)?;
    let is_other =
        |other: &Subscription| other.id != before.id && other.holder.is_none() && other.state.is_assignable();
    Ok(others.iter().any(|other| is_other(&other.subscription)))
}

/// How things stand for a subscription of whose people so many would move.
fn standing(read: &Read<'_>, before: &Subscription, people: u32, today: Date) -> Result<Standing, Failure> {
    Ok(Standing {
        people,
        has_several: has_several(read, before)?,
        has_add_ons: !add_ons(read, before.id)?.is_empty(),
        is_unpaid: invoice::is_owed(read, before.id, today)?,
        segment: account(read)?.segment,
    })
}

/// What decides about a change of plan.
pub(crate) struct Wanted {
    /// The other product.
    pub(crate) sold: Sold,
    is_covered: bool,
    /// How the subscription stands.
    pub(crate) standing: Standing,
}

impl Wanted {
    pub(crate) fn find(
        read: &Read<'_>,
        before: &Subscription,
        price_id: PriceId,
        now: Timestamp,
        today: Date,
    ) -> Result<Self, Failure> {
        let currency = before.unit_price.currency;
        let sold = Sold::find(read, price_id, currency, now)?;
        let contents = catalog::contents(read, before.sku_id, currency, now)?;
        let content = |sku: SkuId| contents.iter().find(|content: &&Content| content.sku_id == sku);
        let is_other = sold.product.id != before.product_id;
        let is_covered = match (content(before.sku_id), content(sold.sku.id)) {
            (Some(present), Some(other)) => is_other && present.is_covered_by(other),
            _ => false,
        };
        let people = Moving::of(read, before.id)?.without(sold.product.id);
        Ok(Self { sold, is_covered, standing: standing(read, before, people, today)? })
    }

    /// The product at today's price.
    pub(crate) fn target(&self) -> Target<'_> {
        let price = self.sold.current.as_ref();
        Target { product: &self.sold.product, sku: &self.sold.sku, price, is_covered: self.is_covered }
    }

    /// The product at the price that was agreed.
    fn agreed(&self) -> Target<'_> {
        Target { price: Some(&self.sold.seen), ..self.target() }
    }
}

/// Whoever pays invoices passes a credit check for what is above the limits (domain 4.2).
fn check_invoice(
    read: &Read<'_>,
    organization: &Organization,
    moment: &Moment,
    before: &Subscription,
    amount: Money,
) -> Result<(), Failure> {
    let waits = before.channel == Channel::DirectInvoice && credit_check::waits(read, organization, moment, amount)?;
    if waits { Err(Refusal::CreditCheckNeeded.into()) } else { Ok(()) }
}

/// What is wrong with a choice is said there.
pub(crate) fn at_its_field(refusal: Refusal) -> Failure {
    match field_of(&refusal) {
        Some(field) => refusal.at(field).into(),
        None => refusal.into(),
    }
}

/// Asks what a change of plan would do and cost.
#[derive(Debug, Clone, Copy)]
pub struct PreviewPlanChange {
    /// Of which subscription.
    pub subscription_id: SubscriptionId,
    /// To what.
    pub change: ChangePlan,
}

/// What a change of plan would do.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PlanChangePreview {
    /// The name of the product.
    pub name: String,
    /// The price at which.
    pub price: Price,
    /// How many people move.
    pub people: u32,
    /// What it costs and gives back.
    pub preview: PlanPreview,
}

impl Query for PreviewPlanChange {
    type Permission = ReadPrices;
    type Outcome = PlanChangePreview;

    /// Refuses what the command would refuse.
    fn run(&self, look: &Look<'_, ReadPrices>) -> Result<PlanChangePreview, Failure> {
        let before = visible(subscription::find(look.read, self.subscription_id)?, &look.granted)?;
        let ground = Ground::seen(look, before.id)?;
        let wanted = Wanted::find(look.read, &before, self.change.price_id, look.now(), look.today())?;
        let reach = look.reach_in::<ManageSubscription>(before.billing_profile_id);
        let asker = (look.granted.actor(), reach, look.organization().cloud);
        check_start(&before, self.change.start, ground.account.rules.agreement)
            .map_err(|refusal| refusal.at(Field::Start))?;
        let price = check(&before, self.change, wanted.target(), wanted.standing, asker).map_err(at_its_field)?;
        let preview = preview(&before, price, self.change.quantity, self.change.start, ground.footing());
        check_invoice(look.read, look.organization(), &ground.moment, &before, preview.per_period_after)?;
        let (name, people) = (wanted.sold.product.name.clone(), wanted.standing.people);
        Ok(PlanChangePreview { name, price: price.clone(), people, preview })
    }
}

/// Asks for another product in the place of a subscription's.
#[derive(Debug, Clone, Copy)]
pub struct StartPlanChange {
    /// Which.
    pub subscription_id: SubscriptionId,
    /// To what.
    pub change: ChangePlan,
}

/// What was begun.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum PlanChangeStarted {
    /// People are moved in the background.
    Now(JobId),
    /// They will be on this day.
    AtRenewal(Date),
}

impl Command for StartPlanChange {
    type Permission = ManageSubscription;
    type Outcome = PlanChangeStarted;
    const NAME: &'static str = "start_plan_change";

    /// Of two who ask at once, one fails at the subscription's revision, and then finds the other's change.
    fn execute(&self, change: &Change<'_, ManageSubscription>) -> Result<PlanChangeStarted, Failure> {
        let before = of_today(change, self.subscription_id)?;
        let ground = Ground::of(change, Some(before.id))?;
        let wanted = Wanted::find(change.write, &before, self.change.price_id, change.now(), change.today())?;
        let cloud = change.organization().cloud;
        let asker = (change.granted.actor(), change.granted.reach_in(before.billing_profile_id), cloud);
        check_start(&before, self.change.start, ground.account.rules.agreement)
            .map_err(|refusal| refusal.at(Field::Start))?;
        let price = check(&before, self.change, wanted.target(), wanted.standing, asker).map_err(at_its_field)?;
        let (to, quantity) = (wanted.sold.product.name.clone(), self.change.quantity);
        let costs = preview(&before, price, quantity, self.change.start, ground.footing());
        check_invoice(change.write, change.organization(), &ground.moment, &before, costs.per_period_after)?;
        match self.change.start {
            ChangeStart::AtRenewal => {
                let (after, on) = (schedule(&before, price, quantity), before.ends_on);
                subscription::update_life(change.write, &after, cloud)?;
                change.record(about(&before, None), &Event::PlanChangeScheduled { to, quantity, on })?;
                record_dropped(change, &before, &after)?;
                Ok(PlanChangeStarted::AtRenewal(on))
            }
            ChangeStart::Now => {
                let work = PlanChangeWork {
                    subscription_id: before.id,
                    to: SubscriptionId::from_uuid(change.new_id()),
                    price_id: price.id,
                    quantity,
                };
                let job = change.enqueue(&work, i64::from(wanted.standing.people))?;
                let running = Subscription { plan_change: Some(job), ..before.clone() };
                subscription::update_life(change.write, &running, cloud)?;
                change.record(about(&before, None), &Event::PlanChangeRequested { to, quantity })?;
                Ok(PlanChangeStarted::Now(job))
            }
        }
    }
}

/// The work that changes a plan.
#[derive(Debug, Clone, Copy, Serialize, Deserialize)]
pub struct PlanChangeWork {
    subscription_id: SubscriptionId,
    /// The subscription that it makes.
    to: SubscriptionId,
    price_id: PriceId,
    quantity: u32,
}

/// What came of it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct PlanChangeDone {
    /// The new subscription.
    pub to: SubscriptionId,
}

impl Work for PlanChangeWork {
    const KIND: &'static str = "change_plan";

    /// A refusal leaves everything as it was, and says so.
    fn run(&self, running: &Running<'_>) -> Result<serde_json::Value, Failure> {
        let write = |command| running.app.write(&running.caller, running.organization, command).wait();
        if let Err(failure) = write(CarryOut { job: running.id, work: *self, refused: None }) {
            if let Some(refusal) = failure.refusal() {
                write(CarryOut { job: running.id, work: *self, refused: Some(refusal.code()) })?;
            }
            return Err(failure);
        }
        serde_json::to_value(PlanChangeDone { to: self.to }).map_err(Failure::internal)
    }
}

struct CarryOut {
    job: JobId,
    work: PlanChangeWork,
    /// Why it is given up.
    refused: Option<&'static str>,
}

impl Command for CarryOut {
    type Permission = ManageSubscription;
    type Outcome = ();
    const NAME: &'static str = "change_plan";

    fn execute(&self, change: &Change<'_, ManageSubscription>) -> Result<(), Failure> {
        let work = self.work;
        let before = of_today(change, work.subscription_id)?;
        if before.plan_change != Some(self.job) {
            // This very job did it before its worker died.
            return Ok(());
        }
        let wanted = Wanted::find(change.write, &before, work.price_id, change.now(), change.today())?;
        let free = Subscription { plan_change: None, ..before };
        if let Some(reason) = self.refused {
            subscription::update_life(change.write, &free, change.organization().cloud)?;
            let event = Event::PlanChangeRefused { to: wanted.sold.product.name, reason: reason.to_owned() };
            return change.record(about(&free, None), &event);
        }
        let ground = Ground::of(change, Some(free.id))?;
        let asker =
            (change.granted.actor(), change.granted.reach_in(free.billing_profile_id), change.organization().cloud);
        let wish = ChangePlan { price_id: work.price_id, quantity: work.quantity, start: ChangeStart::Now };
        check(&free, wish, wanted.agreed(), wanted.standing, asker)?;
        let take = Take { sold: &wanted.sold, quantity: work.quantity, to: work.to, ordered_at: change.now() };
        let people = take.place(change, &free, ground.footing())?;
        change.progress(self.job, people, people)
    }
}

/// Lets the product that was agreed on take over on the day on which a subscription would renew, however late that is
/// noticed. There are never fewer licenses than people.
pub(super) fn at_renewal(change: &Change<'_, OperateJobs>, before: &Subscription, on: Date) -> Result<(), Failure> {
    let (sold, quantity) = agreed(change.write, before, change.now())?;
    let moment = Moment::start_of(on, change.zone().clone());
    let to = SubscriptionId::from_uuid(change.new_id());
    let account = account(change.write)?;
    // Every day up to this one was used.
    let footing = Footing { moment: &moment, rules: &account.rules, charged: &[] };
    Take { sold: &sold, quantity, to, ordered_at: moment.now }.place(change, before, footing).map(drop)
}

/// What [`at_renewal`] is going to begin under an identity that a forecast chose. Nothing is written.
pub(crate) fn foresee_at_renewal(
    read: &Read<'_>,
    before: &Subscription,
    to: SubscriptionId,
    moment: &Moment,
    rules: &BillingRules,
) -> Result<Decision, Failure> {
    let (sold, quantity) = agreed(read, before, moment.now)?;
    let take = Take { sold: &sold, quantity, to, ordered_at: moment.now };
    let order = take.order(before, OrderId::from_uuid(to.uuid()), 0, None);
    let mut begun = replace(before, &order, sold.sku.quantity_max, Footing { moment, rules, charged: &[] }).begun;
    // Whoever moves keeps the new subscription from being smaller at its own renewal.
    begun.subscription.assigned = before.assigned.min(quantity);
    Ok(begun)
}

/// The product that was agreed on, and how many licenses of it: never fewer than people need.
fn agreed(read: &Read<'_>, before: &Subscription, now: Timestamp) -> Result<(Sold, u32), Failure> {
    let agreed = before.plan_at_renewal.ok_or_else(|| Failure::internal("no plan is agreed on"))?;
    let sold = Sold::find(read, agreed.price_id, before.unit_price.currency, now)?;
    let quantity = agreed.quantity.max(Moving::of(read, before.id)?.without(sold.product.id));
    Ok((sold, quantity))
}

/// A product that takes over.
struct Take<'a> {
    sold: &'a Sold,
    quantity: u32,
    /// The new subscription.
    to: SubscriptionId,
    ordered_at: Timestamp,
}

impl Take<'_> {
    /// Ends the old subscription, begins the new one, and moves everybody; gives how many people there were.
    fn place<P: Granting>(
        &self,
        change: &Change<'_, P>,
        before: &Subscription,
        footing: Footing<'_>,
    ) -> Result<i64, Failure> {
        let (today, account) = (footing.today(), account(change.write)?);
        let number = organization::next_order_number(change.write, change.organization().id)?;
        let mut order = self.order(before, OrderId::from_uuid(change.new_id()), number, change.granted.actor().user());
        let replaced = replace(before, &order, self.sold.sku.quantity_max, footing);
        let zero = Money::zero(order.unit_price.currency);
        let credit = total(&replaced.credits, zero);
        order.amount = total(&replaced.begun.charges, zero);
        order::insert(change.write, &order)?;
        let (event, people) = put_in_place(change, before, &replaced, &self.sold.product.name, today)?;
        let Replaced { ended, credits, begun } = replaced;
        let lost = -i64::from(before.quantity);
        let returned = post_order(change, before, OrderKind::Conversion, lost, credit, self.ordered_at)?;
        post_charges(change, &account, &ended, Some(returned), credits, today)?;
        post_charges(change, &account, &begun.subscription, Some(order.id), begun.charges, today)?;
        change.record(subjects_with_subscription(&order), &begun.event)?;
        change.record(about(before, Some(returned)), &event)?;
        solve_conflicts(change, order.product_id)?;
        Ok(people)
    }

    fn order(&self, before: &Subscription, id: OrderId, number: u64, ordered_by: Option<UserId>) -> Order {
        let price = &self.sold.seen;
        Order {
            id,
            number,
            kind: OrderKind::Conversion,
            state: OrderState::Posted,
            subscription_id: self.to,
            product_id: self.sold.product.id,
            sku_id: self.sold.sku.id,
            price_id: Some(price.id),
            term: price.term,
            billing_frequency: price.billing_frequency,
            quantity: i64::from(self.quantity),
            starts_on: None,
            unit_price: price.unit_price,
            amount: Money::zero(price.unit_price.currency),
            tax: Money::zero(price.unit_price.currency),
            ordered_by,
            ordered_at: self.ordered_at,
            payment_method_id: before.payment_method_id,
            payment_reference: None,
            void_reason: None,
            base_id: None,
            billing_profile_id: None,
            revision: 1,
        }
    }
}

/// Saves what ends and what begins, and moves everybody. Gives what the history says of it, and how many people there
/// were.
pub(crate) fn put_in_place<P: Granting>(
    change: &Change<'_, P>,
    before: &Subscription,
    Replaced { ended, credits, begun }: &Replaced,
    to: &str,
    on: Date,
) -> Result<(Event, i64), Failure> {
    let (cloud, new) = (change.organization().cloud, &begun.subscription);
    // From here on nobody else changes the old subscription or its licenses until this is committed.
    subscription::update_life(change.write, ended, cloud)?;
    subscription::insert(change.write, new, cloud, change.now())?;
    let people = move_people(change, before, new)?;
    let zero = Money::zero(new.unit_price.currency);
    let event = Event::PlanChanged {
        to: to.to_owned(),
        to_subscription: new.id,
        quantity: new.quantity,
        people: u32::try_from(people).unwrap_or(u32::MAX),
        credit: total(credits, zero),
        amount: total(&begun.charges, zero),
        on,
    };
    Ok((event, people))
}

/// Moves everybody to the subscription that begins; whoever holds its product already needs no license of it. All apps
/// are on then (domain 1.10). Gives how many people there were.
fn move_people<P: Granting>(
    change: &Change<'_, P>,
    before: &Subscription,
    begun: &Subscription,
) -> Result<i64, Failure> {
    let (write, product, made_at) = (change.write, begun.product_id, change.system_now());
    let all = take_over::people(write, before.id)?;
    let left = change.shared_entry(CarryOut::NAME, &Event::LicenseUnassigned);
    take_over::let_leave(write, before.id, Some(product), &left, made_at)?;
    let moved = Event::LicenseMoved { from: before.id };
    let entry = change.shared_entry(CarryOut::NAME, &moved);
    let count = take_over::people(write, before.id)?.all;
    if count > 0 {
        take_over::move_people(write, before.id, count, (product, begun.id), &entry, made_at)?;
        subscription::take(write, begun.id, count)?;
    }
    subscription::add_assigned(write, before.id, -all.in_use)?;
    subscription::add_conflicts(write, before.id, all.in_use - all.all)?;
    Ok(all.all)
}
