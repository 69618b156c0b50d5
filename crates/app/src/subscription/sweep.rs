//! The calendar's sweep: takes every step that is due, in every organization, in its own time (domain 1.4, R152).
//!
//! It is found by an index, and each chunk is a command of its own, so that people's writes come in between. A step
//! that two nodes take at once fails for one of them at the subscription's revision, which then looks again.

use super::change_plan::at_renewal;
use super::change_quantity::visible;
use super::{about, post_order};
use crate::billing::bill_run;
use crate::billing::collect::collect_due;
use crate::billing::issue::issue_due;
use crate::billing::{Ground, account_of_partner, post_charges};
use crate::door::{App, Caller, Change, Command};
use crate::failure::Failure;
use crate::license::settle::{make_some_room, solve_conflicts};
use crate::partner::charge::record_of_sale;
use domain::access::Actor;
use domain::access::permission::{Granting, OperateJobs};
use domain::event::{Event, Subjects};
use domain::ids::{OrganizationId, SubscriptionId};
use domain::limits::CHUNK_DUE;
use domain::order::OrderKind;
use domain::refusal::Refusal;
use domain::subscription::add_on::follows;
use domain::subscription::due::{Due, Passed, Transition, next_due, next_step, pass};
use domain::subscription::remind::{Reminder, next_reminder, remind};
use domain::subscription::{Sale, Subscription};
use jiff::civil::Date;
use jiff::tz::TimeZone;
use jiff::{SignedDuration, Timestamp, ToSpan};
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::{Duration, Instant};
use store::Scope;
use store::tables::subscription::FirstDue;
use store::tables::sweep::{self, SweepNote};
use store::tables::{assignment, kept_take_over, order, subscription};

/// The name under which the sweep is noted.
pub(crate) const NAME: &str = "calendar";

/// Organizations that are asked for at once.
const ORGANIZATIONS: usize = 500;

/// How often a sweep that finds nothing is noted, so that an idle Zetel hardly writes.
const NOTE_EVERY: SignedDuration = SignedDuration::from_secs(60);

/// How often a sweep with much to do says how far it is.
const PROGRESS_EVERY: Duration = Duration::from_secs(1);

impl App {
    /// Takes every step that is due, and gives how many there were.
    ///
    /// # Errors
    /// When the database fails. What one organization fails at keeps no other from its steps.
    pub fn sweep(&self) -> Result<u64, Failure> {
        self.sweep_until(&AtomicBool::new(false))
    }

    /// Sweeps until it is through or `stop` is set; what is left is still due then.
    pub(crate) fn sweep_until(&self, stop: &AtomicBool) -> Result<u64, Failure> {
        let (mut tally, mut lag, mut after) = (Tally::begin(self), SignedDuration::ZERO, None);
        let (failed_before, mut failed) = (bill_run::failing(self)?, Vec::new());
        loop {
            let page = self
                .store()
                .read(Scope::Shared, |read| Ok::<_, Failure>(subscription::first_due(read, after, ORGANIZATIONS)?))?;
            let Some(last) = page.last() else { break };
            after = Some(last.organization_id);
            for found in &page {
                let organization = found.organization_id;
                let swept = lateness(found, self.now()).and_then(|late| match late {
                    Some(late) => {
                        lag = lag.max(late);
                        self.sweep_organization(organization, stop, &mut tally)
                    }
                    None => Ok(()),
                });
                if let Err(failure) = swept {
                    tracing::error!(%organization, %failure, "the calendar could not go on in an organization");
                    // What cannot be noted is in the log, and keeps no other organization from its steps.
                    if let Err(unnoted) = bill_run::note_failure(self, organization, failure.to_string()) {
                        tracing::error!(%organization, %unnoted, "and that could not be noted");
                    }
                    failed.push((organization, failure));
                }
            }
        }
        tally.note()?;
        if stop.load(Ordering::Relaxed) {
            return Ok(tally.steps);
        }
        for organization in failed_before.into_iter().filter(|of| failed.iter().all(|(failed, _)| failed != of)) {
            bill_run::solve_failure(self, organization)?;
        }
        self.forget_take_overs()?;
        match failed.pop() {
            Some((_, failure)) => Err(failure),
            None => self.note_sweep(tally.steps, lag).map(|()| tally.steps),
        }
    }

    /// Takes what is due in one organization, and counts it.
    pub(crate) fn sweep_organization(
        &self,
        organization: OrganizationId,
        stop: &AtomicBool,
        tally: &mut Tally<'_>,
    ) -> Result<(), Failure> {
        let caller = Caller { actor: Actor::system(), request: NAME.to_owned() };
        let before = tally.steps;
        while !stop.load(Ordering::Relaxed) {
            match self.write(&caller, organization, TakeDueSteps).wait() {
                Ok(0) => break,
                Ok(taken) => tally.add(taken)?,
                // Another process takes these steps, and goes on with those that are left.
                Err(failure) if failure.refusal() == Some(&Refusal::ChangedMeanwhile) => break,
                Err(failure) => return Err(failure),
            }
        }
        if tally.steps > before {
            tally.organizations.push(organization);
        }
        Ok(())
    }

    /// Forgets what take-overs changed that can no longer be undone, wherever that is.
    fn forget_take_overs(&self) -> Result<(), Failure> {
        // No zone is a whole day behind.
        let day = self.now().to_zoned(TimeZone::UTC).date().saturating_sub(1.day());
        let caller = Caller { actor: Actor::system(), request: NAME.to_owned() };
        let found = self.store().glance(Scope::Shared, |read| {
            Ok::<_, Failure>(kept_take_over::keeping_longer(read, day, ORGANIZATIONS)?)
        })?;
        for organization in found {
            if let Err(failure) = self.write(&caller, organization, ForgetTakeOvers(day)).wait() {
                tracing::error!(%organization, %failure, "take-overs that cannot be undone any more are still kept");
            }
        }
        Ok(())
    }

    fn note_sweep(&self, steps: u64, lag: SignedDuration) -> Result<(), Failure> {
        let now = self.now();
        let is_fresh = self.last_sweep()?.is_some_and(|last| now.duration_since(last.succeeded_at) < NOTE_EVERY);
        if is_fresh && steps == 0 {
            return Ok(());
        }
        let note = SweepNote { succeeded_at: now, lag_seconds: lag.as_secs() };
        self.store().write(Scope::Shared, move |write| Ok::<_, Failure>(sweep::note(write, NAME, note)?)).wait()
    }

    /// When the sweep last went through, and how late what it found was; nothing before its first time.
    ///
    /// # Errors
    /// When the database fails.
    pub fn last_sweep(&self) -> Result<Option<SweepNote>, Failure> {
        self.store().glance(Scope::Shared, |read| Ok::<_, Failure>(sweep::find(read, NAME)?))
    }
}

/// What a sweep did, noted now and then for whoever watches the bill run.
pub(crate) struct Tally<'a> {
    app: &'a App,
    /// Steps since the beginning.
    pub(crate) steps: u64,
    /// Those of them that were noted.
    noted: u64,
    /// Organizations that were brought up to date and not noted, in the order of their identifiers.
    organizations: Vec<OrganizationId>,
    noted_at: Instant,
}

impl<'a> Tally<'a> {
    /// Nothing was done yet.
    pub(crate) fn begin(app: &'a App) -> Self {
        Self { app, steps: 0, noted: 0, organizations: Vec::new(), noted_at: Instant::now() }
    }

    fn add(&mut self, steps: u64) -> Result<(), Failure> {
        self.steps += steps;
        if self.noted_at.elapsed() < PROGRESS_EVERY { Ok(()) } else { self.note() }
    }

    /// Notes what was done since the last time.
    pub(crate) fn note(&mut self) -> Result<(), Failure> {
        let (organizations, steps) = (std::mem::take(&mut self.organizations), self.steps - self.noted);
        if !organizations.is_empty() || steps > 0 {
            bill_run::note(self.app, organizations, steps)?;
        }
        (self.noted, self.noted_at) = (self.steps, Instant::now());
        Ok(())
    }
}

/// How long ago the first due day of an organization began there; nothing when it has not begun.
pub(crate) fn lateness(found: &FirstDue, system_now: Timestamp) -> Result<Option<SignedDuration>, Failure> {
    let Some(due_on) = found.due.first() else { return Ok(None) };
    let now = found.sandbox_ahead.map_or(system_now, |ahead| system_now + ahead);
    let zone = TimeZone::get(&found.time_zone).map_err(Failure::internal)?;
    let began = due_on.to_zoned(zone).map_err(Failure::internal)?.timestamp();
    Ok((began <= now).then(|| now.duration_since(began)))
}

/// Forgets the take-overs that could be undone before a day only.
struct ForgetTakeOvers(Date);

impl Command for ForgetTakeOvers {
    type Permission = OperateJobs;
    type Outcome = ();
    const NAME: &'static str = "calendar";

    fn execute(&self, change: &Change<'_, OperateJobs>) -> Result<(), Failure> {
        kept_take_over::forget_before(change.write, self.0)?;
        Ok(())
    }
}

/// Takes what is due on the earliest day, a chunk of it. Gives how many subscriptions it came to; zero when nothing is
/// due any more.
struct TakeDueSteps;

impl Command for TakeDueSteps {
    type Permission = OperateJobs;
    type Outcome = u64;
    const NAME: &'static str = "calendar";

    fn execute(&self, change: &Change<'_, OperateJobs>) -> Result<u64, Failure> {
        let due = subscription::next_days(change.write)?;
        match due.first() {
            Some(first) if first > change.today() => Ok(0),
            None => Ok(0),
            first if due.step == first => take_steps(change),
            first if due.invoice == first => Ok(issue_due(change, CHUNK_DUE)? as u64),
            _ => Ok(collect_due(change, CHUNK_DUE)? as u64),
        }
    }
}

/// The subscription that somebody changes, if it is there for them, as the day that has begun finds it.
pub(crate) fn of_today<P: Granting>(change: &Change<'_, P>, id: SubscriptionId) -> Result<Subscription, Failure> {
    caught_up(change, visible(subscription::find(change.write, id)?, &change.granted)?)
}

/// What `find` chooses, as the day that has begun finds it: the term of what it chose before may have ended meanwhile.
pub(crate) fn chosen_today<P: Granting>(
    change: &Change<'_, P>,
    find: impl Fn() -> Result<Option<Subscription>, Failure>,
) -> Result<Option<Subscription>, Failure> {
    if let Some(found) = find()? {
        caught_up(change, found)?;
    }
    find()
}

/// The subscription after every step of the organization that comes before a command about it, in the order of the
/// calendar: at midnight, or after some time without a server, a person may come before the sweep, and what a person
/// does stands on the billing period that has begun.
pub(crate) fn caught_up<P: Granting>(change: &Change<'_, P>, mut found: Subscription) -> Result<Subscription, Failure> {
    let caller = Caller { actor: Actor::system(), request: change.request().to_owned() };
    let calendar = change.by_itself::<TakeDueSteps>(&caller)?;
    while next_due(&found, change.organization().cloud).is_some_and(|due| due.on <= change.today()) {
        if TakeDueSteps.execute(&calendar)? == 0 {
            break;
        }
        found = subscription::find(change.write, found.id)?.ok_or(Refusal::NotFound)?.subscription;
    }
    Ok(found)
}

/// Takes a chunk of the steps of the earliest day.
fn take_steps(change: &Change<'_, OperateJobs>) -> Result<u64, Failure> {
    let cloud = change.organization().cloud;
    let ground = Ground::of(change, None)?;
    let (mut steps, mut licenses_left) = (0, CHUNK_DUE);
    let has_add_ons = subscription::has_add_ons(change.write)?;
    for found in subscription::due_first(change.write, change.today(), CHUNK_DUE)? {
        let Some(found) = as_it_stands(change, found.subscription)? else { continue };
        steps += 1;
        if let Some(reminder) = next_reminder(&found, cloud).filter(|reminder| reminder.on <= change.today()) {
            take_reminder(change, &found, reminder)?;
            continue;
        }
        match next_step(&found, cloud).filter(|due| due.on <= change.today()) {
            Some(Due { transition: Transition::Erase, .. }) => {
                licenses_left = licenses_left.saturating_sub(take_licenses_back(change, found.id)?);
            }
            Some(Due { transition: Transition::Settle, .. }) => {
                licenses_left = licenses_left.saturating_sub(settle_licenses(change, found.id)?);
            }
            Some(Due { transition: Transition::ChangePlan, on }) => {
                let people = found.assigned + found.conflicts;
                licenses_left = licenses_left.saturating_sub(people as usize);
                at_renewal(change, &found, on)?;
            }
            // What somebody is buying is not bought once more: it expires, and is paid when that order is.
            Some(Due { transition: Transition::BecomePaid, on }) if order::is_ordered(change.write, found.id)? => {
                take(change, &ground, &found, Due { transition: Transition::Expire, on })?;
            }
            Some(due) => {
                take(change, &ground, &found, due)?;
                if has_add_ons {
                    take_with_add_ons(change, &ground, &found, due)?;
                }
            }
            // The stored day was too early: store it anew.
            None => subscription::update_life(change.write, &found, cloud)?,
        }
        if licenses_left == 0 {
            break;
        }
    }
    Ok(steps)
}

/// The subscription; an add-on is looked at again, because its base may have taken a step in the same chunk.
fn as_it_stands(change: &Change<'_, OperateJobs>, found: Subscription) -> Result<Option<Subscription>, Failure> {
    if found.base_id.is_none() {
        return Ok(Some(found));
    }
    Ok(subscription::find(change.write, found.id)?.map(|listed| listed.subscription))
}

/// Takes the step of a subscription with its add-ons (domain 1.9).
fn take_with_add_ons(
    change: &Change<'_, OperateJobs>,
    ground: &Ground,
    base: &Subscription,
    due: Due,
) -> Result<(), Failure> {
    for add_on in subscription::add_ons_of(change.write, base.id)? {
        if follows(&add_on.subscription, due.transition) {
            take(change, ground, &add_on.subscription, due)?;
        }
    }
    Ok(())
}

/// Tells people what time is going to do, unless it is too late for that.
fn take_reminder(change: &Change<'_, OperateJobs>, found: &Subscription, reminder: Reminder) -> Result<(), Failure> {
    let (after, event) = remind(found, reminder, change.today());
    subscription::update_life(change.write, &after, change.organization().cloud)?;
    event.map_or(Ok(()), |event| change.record(about(found, None), &event))
}

fn take(change: &Change<'_, OperateJobs>, ground: &Ground, found: &Subscription, due: Due) -> Result<(), Failure> {
    if let Some(sale) = found.sale {
        return take_of_sale(change, found, sale, due);
    }
    let cloud = change.organization().cloud;
    let Passed { subscription: mut after, event, charge } =
        pass(found, due, cloud, &ground.account.rules, change.zone());
    let kind = match due.transition {
        Transition::Renew => Some(OrderKind::Renewal),
        Transition::BecomePaid => Some(OrderKind::Purchase),
        _ => None,
    };
    let order_id = match charge.as_ref().zip(kind) {
        Some((line, kind)) => {
            // What is late is still of its day.
            let day = due.on.to_zoned(change.zone().clone()).map_err(Failure::internal)?.timestamp();
            Some(post_order(change, &after, kind, line.quantity, line.amount, day)?)
        }
        None if due.transition == Transition::Start => found.order_id,
        None => None,
    };
    if due.transition == Transition::BecomePaid {
        after.order_id = order_id;
        subscription::begin_paid(change.write, &after, cloud)?;
        confirm(change, &after)?;
    } else {
        subscription::update_life(change.write, &after, cloud)?;
    }
    post_charges(change, &ground.account, &after, order_id, charge.into_iter().collect(), due.on)?;
    if let Some(event) = event {
        change.record(about(found, order_id), &event)?;
    }
    if after.quantity > found.quantity {
        solve_conflicts(change, found.product_id)?;
    }
    Ok(())
}

/// Takes the step of what a partner sold, and pays for by its own contract.
fn take_of_sale(change: &Change<'_, OperateJobs>, found: &Subscription, sale: Sale, due: Due) -> Result<(), Failure> {
    let (cloud, account) = (change.organization().cloud, account_of_partner(change.write, sale.partner_id)?);
    let Passed { subscription: after, event, charge } = pass(found, due, cloud, &account.rules, change.zone());
    subscription::update_life(change.write, &after, cloud)?;
    post_charges(change, &account, &after, None, charge.into_iter().collect(), due.on)?;
    event.map_or(Ok(()), |event| record_of_sale(change, found, sale, &event))
}

/// Confirms the order that a trial made by ending (M1).
fn confirm(change: &Change<'_, OperateJobs>, paid: &Subscription) -> Result<(), Failure> {
    let Some(order_id) = paid.order_id else { return Ok(()) };
    let number = order::find(change.write, order_id)?.ok_or(Refusal::NotFound)?.order.number;
    change.record(about(paid, Some(order_id)), &Event::OrderPosted { number })
}

/// Moves licenses of a disabled subscription to others of the product, or lets them come into conflict (D1): a chunk
/// of them. Gives how many.
pub(crate) fn settle_licenses<P: Granting>(change: &Change<'_, P>, id: SubscriptionId) -> Result<usize, Failure> {
    let before = subscription::find(change.write, id)?.ok_or(Refusal::NotFound)?.subscription;
    let settled = make_some_room(change, &before, CHUNK_DUE as u32)?;
    keep_due(change, id).map(|()| settled)
}

/// Stores anew when the calendar comes next, after licenses were taken from the subscription.
fn keep_due<P: Granting>(change: &Change<'_, P>, id: SubscriptionId) -> Result<(), Failure> {
    let after = subscription::find(change.write, id)?.ok_or(Refusal::NotFound)?.subscription;
    Ok(subscription::update_life(change.write, &after, change.organization().cloud)?)
}

/// Takes licenses of a deleted subscription back from people, a chunk of them, and gives how many.
pub(super) fn take_licenses_back<P: Granting>(change: &Change<'_, P>, id: SubscriptionId) -> Result<usize, Failure> {
    let held = assignment::of_subscription(change.write, id, CHUNK_DUE)?;
    for license in &held {
        assignment::delete(change.write, license)?;
        let subjects = Subjects {
            user: Some(license.user_id),
            product: Some(license.product_id),
            subscription: Some(license.subscription_id),
            order: None,
        };
        change.record(subjects, &Event::LicenseUnassigned)?;
    }
    keep_due(change, id).map(|()| held.len())
}
