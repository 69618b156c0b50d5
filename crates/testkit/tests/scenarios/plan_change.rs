//! Changes of plan (domain 1.10, 1.12; R161, M16), whatever else happens at the same time.

#![expect(clippy::unwrap_used, reason = "a helper of a test fails the test")]

use super::product_keys::{House, prepaid};
use app::billing::balance::OpenBalances;
use app::billing::details::InvoiceDetails;
use app::billing::pay_invoice::{PayInvoice, pay_invoice};
use app::billing::settle_balance::PreparePayment;
use app::job::JobDetails;
use app::license::change_apps::ChangeApps;
use app::order::place::Payment as Means;
use app::subscription::cancel_scheduled_change::CancelScheduledChange;
use app::subscription::change_plan::{
    ChangePlan, ChangeStart, PlanChangeStarted, PlanChoices, PreviewPlanChange, StartPlanChange,
};
use app::subscription::change_quantity::ChangeQuantity;
use app::subscription::details::SubscriptionDetails;
use app::subscription::edit_recurring_billing::EditRecurringBilling;
use app::subscription::list::ListSubscriptions;
use app::subscription::reactivate::ReactivateSubscription;
use app::{Caller, Failure};
use domain::access::Role;
use domain::billing::{Agreement, BillingAccount, Segment};
use domain::catalog::{BillingFrequency, Price, Sku, Term};
use domain::event::Event;
use domain::ids::{JobId, PaymentId, ServicePlanId, SubscriptionId, UserId};
use domain::job::JobState;
use domain::money::{Currency, Money};
use domain::order::OrderKind;
use domain::refusal::{Field, Refusal};
use domain::subscription::cancel_scheduled_change::ScheduledChange;
use domain::subscription::{Channel, ClosedReason, Subscription, SubscriptionState};
use jiff::civil::{Date, date};
use store::statements;
use store::tables::{assignment, billing_account, user};
use testkit::world::{World, in_each_world};

statements! {
    FORGET_THAT_IT_WAS_DONE: organization = "UPDATE job SET state = 'waiting', leased_until = NULL, finished_at = NULL, \
        result = NULL WHERE organization_id = $1";
    INVOICES: organization = "SELECT number, gross FROM invoice WHERE organization_id = $1 ORDER BY number";
    DECLINE_EVERYTHING: organization = "UPDATE invoice SET attempts = 1, payment_method_id = NULL \
        WHERE organization_id = $1";
}

/// The day on which plans are changed.
const DAY: Date = date(2020, 1, 25);

/// Ten licenses of Office at 10.00 a month since the first day, and a suite that has all of it at 25.00 a month.
struct Shelf {
    office: Sku,
    suite: Sku,
    price: Price,
    id: SubscriptionId,
    /// An app of Office.
    sheets: ServicePlanId,
}

impl Shelf {
    fn of(world: &World, people: &[UserId]) -> Self {
        Self::with(world, people, |_| ())
    }

    fn with(world: &World, people: &[UserId], differ: impl FnOnce(&mut Subscription)) -> Self {
        let (office, suite) = (world.product("Office"), world.product("Suite"));
        let sheets = world.apps(&office, &["Documents", "Sheets"])[1];
        let _ = world.apps(&suite, &["Documents", "Sheets", "Telephone"]);
        let price = world.price(&suite, Term::Annual, BillingFrequency::Monthly, eur(2_500));
        let id = world.subscription_with(world.organization, &office, 10, differ);
        for person in people {
            world.give_license(id, *person);
        }
        world.clock.set_day(DAY);
        Self { office, suite, price, id, sheets }
    }

    fn wish(&self, quantity: u32) -> StartPlanChange {
        let change = ChangePlan { price_id: self.price.id, quantity, start: ChangeStart::Now };
        StartPlanChange { subscription_id: self.id, change }
    }

    fn at_renewal(&self, quantity: u32) -> StartPlanChange {
        let wish = self.wish(quantity);
        StartPlanChange { change: ChangePlan { start: ChangeStart::AtRenewal, ..wish.change }, ..wish }
    }

    /// Starts a change of plan at once.
    fn start(&self, world: &World, admin: &Caller, quantity: u32) -> JobId {
        match world.write(admin, self.wish(quantity)).unwrap() {
            PlanChangeStarted::Now(job) => job,
            PlanChangeStarted::AtRenewal(_) => panic!("it is now"),
        }
    }

    /// The subscription to which people moved.
    fn new_one(&self, world: &World) -> Subscription {
        world.see_subscription(world.see_subscription(self.id).changed_to.unwrap())
    }
}

fn eur(minor: i64) -> Money {
    Money::new(minor, Currency::Eur)
}

fn refused<T: std::fmt::Debug>(result: Result<T, Failure>) -> Refusal {
    result.unwrap_err().refusal().unwrap().clone()
}

fn work(world: &World, admin: &Caller, job: JobId) -> JobState {
    world.app.work_now(world.organization, job).unwrap();
    world.read(admin, &JobDetails(job)).unwrap().state
}

/// From which subscription the person has a license of the product, with how many apps off, and the licenses in all.
fn holds(world: &World, person: UserId, product: &Sku) -> (Option<SubscriptionId>, usize, i64) {
    let find = |read: &store::Read<'_>| {
        let held = assignment::find(read, person, product.product_id)?;
        let count = user::find(read, person)?.map_or(0, |found| i64::from(found.license_count));
        let off = held.as_ref().map_or(0, |held| held.disabled_plans.len());
        Ok::<_, store::Error>((held.map(|held| held.subscription_id), off, count))
    };
    world.store.read(world.organization, find).unwrap()
}

fn invoices(world: &World) -> Vec<i64> {
    let found = |read: &store::Read<'_>| read.query(&INVOICES, store::params![], |row| row.get::<i64>(1));
    world.store.read(world.organization, found).unwrap()
}

/// R161, R150, M16, domain 4.9: everybody moves at once, apps are on, the old one is canceled; 10 × 10.00 × 21/31 comes back and
/// 12 × 25.00 is charged, as the preview said; the credit note settles the invoice.
#[test]
fn everybody_moves_and_the_money_is_exact() {
    in_each_world(|world| {
        let (anna, noor) = (world.person("Anna de Vries"), world.person("Noor Vermeer"));
        let shelf = Shelf::of(world, &[anna, noor]);
        let admin = world.caller(Role::GlobalAdmin);
        let off = ChangeApps { user_id: anna, product_id: shelf.office.product_id, disabled_plans: vec![shelf.sheets] };
        world.write(&admin, off).unwrap();
        assert_eq!(holds(world, anna, &shelf.office), (Some(shelf.id), 1, 1));
        let change = shelf.wish(12).change;
        let said = world.read(&admin, &PreviewPlanChange { subscription_id: shelf.id, change }).unwrap();
        assert_eq!((said.name.as_str(), said.people), ("Suite", 2));
        assert_eq!((said.preview.credit, said.preview.charge.amount), (eur(-6_774), eur(30_000)));
        assert_eq!((said.preview.cost, said.preview.renews_on), (eur(23_226), date(2021, 1, 25)));
        let _ = world.new_events();

        let job = shelf.start(world, &admin, 12);
        assert_eq!(world.new_events(), [Event::PlanChangeRequested { to: "Suite".into(), quantity: 12 }]);
        assert_eq!(world.see_subscription(shelf.id).plan_change, Some(job));
        assert_eq!(holds(world, anna, &shelf.office).0, Some(shelf.id), "nobody is without a license meanwhile");
        assert_eq!(work(world, &admin, job), JobState::Done);

        let (old, new) = (world.see_subscription(shelf.id), shelf.new_one(world));
        let changed = Event::PlanChanged {
            to: "Suite".into(),
            to_subscription: new.id,
            quantity: 12,
            people: 2,
            credit: eur(-6_774),
            amount: eur(30_000),
            on: DAY,
        };
        let started = Event::SubscriptionStarted {
            quantity: 12,
            term: Term::Annual,
            billing_frequency: BillingFrequency::Monthly,
            unit_price: eur(2_500),
            channel: Channel::Direct,
            ends_on: date(2021, 1, 25),
        };
        let moved = Event::LicenseMoved { from: shelf.id };
        assert_eq!(world.new_events(), [started, changed, moved.clone(), moved]);
        let mails = world.new_mails();
        assert!(matches!(&mails[..], [mail] if mail.starts_with("plan_changed to global.admin")), "{mails:?}");
        assert_eq!((old.state, old.canceled_on, old.assigned), (SubscriptionState::Disabled, Some(DAY), 0));
        assert_eq!((old.plan_change, old.billed_until), (None, Some(DAY)));
        assert_eq!((new.state, new.quantity, new.assigned), (SubscriptionState::Active, 12, 2));
        assert_eq!((new.product_id, new.ends_on), (shelf.suite.product_id, date(2021, 1, 25)));
        for person in [anna, noor] {
            assert_eq!(holds(world, person, &shelf.suite), (Some(new.id), 0, 1));
            assert_eq!(holds(world, person, &shelf.office), (None, 0, 1));
        }
        let view = world.read(&admin, &SubscriptionDetails(new.id)).unwrap();
        assert_eq!(view.upgraded_from, Some((shelf.id, "Office".to_owned())));
        let of = |id| world.read(&admin, &SubscriptionDetails(id)).unwrap().orders[0].order.clone();
        assert_eq!((of(new.id).kind, of(new.id).quantity, of(new.id).amount), (OrderKind::Conversion, 12, eur(30_000)));
        assert_eq!(
            (of(old.id).kind, of(old.id).quantity, of(old.id).amount),
            (OrderKind::Conversion, -10, eur(-6_774))
        );
        world.sweep();
        let mut totals = invoices(world);
        totals.sort_unstable();
        assert_eq!(totals, [-6_774, 30_000]);
        let open = world.read(&admin, &OpenBalances).unwrap();
        assert_eq!(open.balances[0].owed.minor - open.balances[0].credit.minor, 23_226);
    });
}

/// R161, domain 4.9: the credit note settles the invoice of what took its place, not an older one of something else; 10 ×
/// 10.00 × 24/29 of 300.00.
#[test]
fn the_credit_settles_what_took_its_place() {
    in_each_world(|world| {
        let other = world.product("Telephone");
        let by_invoice = |new: &mut Subscription| new.channel = Channel::DirectInvoice;
        let other = world.subscription_with(world.organization, &other, 10, by_invoice);
        let shelf = Shelf::of(world, &[]);
        let admin = world.caller(Role::GlobalAdmin);
        world.clock.set_day(date(2020, 2, 20));
        world.sweep();
        let open = || {
            let prepared = world.read(&admin, &PreparePayment(None)).unwrap();
            prepared.invoices.into_iter().map(|open| (open.id, open.balance.minor)).collect::<Vec<_>>()
        };
        let about = |id| world.read(&admin, &InvoiceDetails(id)).unwrap().invoice.subscription_id;
        let old: Vec<_> = open().into_iter().filter(|(id, _)| about(*id) == Some(shelf.id)).collect();
        let (invoice_id, payment_id) = (old[0].0, PaymentId::from_uuid(world.new_id()));
        let pay = PayInvoice { payment_id, invoice_id, means: Means::Token("card_succeeds".to_owned()) };
        pay_invoice(&world.app, &admin, world.organization, pay).unwrap();
        let job = shelf.start(world, &admin, 12);
        assert_eq!(work(world, &admin, job), JobState::Done);
        world.clock.set_day(date(2020, 2, 21));
        world.sweep();
        let new = shelf.new_one(world).id;
        let left: Vec<_> = open().into_iter().map(|(id, left)| (about(id), left)).collect();
        assert_eq!(left, [(Some(other), 10_000), (Some(new), 30_000 - 8_276)]);
    });
}

/// R161: Your products and the old subscription say where people went; the old one can be reactivated, to go back.
#[test]
fn what_is_said_afterwards() {
    in_each_world(|world| {
        let shelf = Shelf::of(world, &[world.person("Anna de Vries")]);
        let admin = world.caller(Role::BillingAdmin);
        let job = shelf.start(world, &admin, 5);
        world.work();
        assert_eq!(world.read(&admin, &JobDetails(job)).unwrap().state, JobState::Done);
        let list = || world.read(&admin, &ListSubscriptions::by_name(50)).unwrap().upgraded_from;
        assert_eq!(list(), [(shelf.new_one(world).id, "Office".to_owned())]);
        world.clock.set_day(date(2020, 2, 25));
        assert_eq!(list(), [], "it is said for thirty days");
        // Nobody is told that data is going to be erased: it went along.
        world.sweep();
        let _ = world.new_events();
        world.clock.set_day(date(2020, 2, 26));
        let card = world.card(admin.actor.user().unwrap(), "card_succeeds");
        let back = ReactivateSubscription { subscription_id: shelf.id, payment_method_id: Some(card) };
        world.write(&admin, back).unwrap();
        let old = world.see_subscription(shelf.id);
        assert_eq!((old.state, old.changed_to), (SubscriptionState::Active, None));
    });
}

/// R161: whoever has the other product already needs no license of it, and keeps the one there is.
#[test]
fn who_has_the_other_product_already() {
    in_each_world(|world| {
        let (anna, noor) = (world.person("Anna de Vries"), world.person("Noor Vermeer"));
        let shelf = Shelf::of(world, &[anna, noor]);
        let other = world.subscription(&shelf.suite, 3);
        world.give_license(other, noor);
        let admin = world.caller(Role::GlobalAdmin);
        let plans = world.read(&admin, &PlanChoices(shelf.id)).unwrap().plans;
        assert_eq!(plans.iter().map(|plan| (plan.name.as_str(), plan.people)).collect::<Vec<_>>(), [("Suite", 1)]);
        assert_eq!((plans[0].apps, plans[0].missing, plans[0].prices.len()), (3, 0, 1));
        let job = shelf.start(world, &admin, 1);
        assert_eq!(work(world, &admin, job), JobState::Done);
        let new = shelf.new_one(world);
        assert_eq!((new.quantity, new.assigned), (1, 1));
        assert_eq!(holds(world, anna, &shelf.suite).0, Some(new.id));
        assert_eq!(holds(world, noor, &shelf.suite), (Some(other), 0, 1));
        assert_eq!(holds(world, noor, &shelf.office).0, None);
    });
}

/// R161: every refusal that the other product, the organization or the money has, and nothing happens.
#[test]
fn every_refusal() {
    in_each_world(|world| {
        let people = [world.person("Anna de Vries"), world.person("Noor Vermeer")];
        let shelf = Shelf::of(world, &people);
        let admin = world.caller(Role::GlobalAdmin);
        let _ = world.new_events();
        let ask = |command: StartPlanChange| {
            let failure = world.write(&admin, command).unwrap_err();
            let refusal = failure.refusal().unwrap().clone();
            let field = match failure {
                Failure::Invalid(fields) => fields.first().map(|wrong| wrong.field),
                _ => None,
            };
            (refusal, field)
        };
        assert_eq!(ask(shelf.wish(1)), (Refusal::BelowAssigned { assigned: 2 }, Some(Field::Quantity)));
        assert_eq!(ask(shelf.wish(301)), (Refusal::AboveMaximum { maximum: 300 }, Some(Field::Quantity)));
        assert_eq!(ask(shelf.at_renewal(10)), (Refusal::UnknownChoice, Some(Field::Start)));
        // A product that has not everything, and the same product.
        let small = world.product("Small");
        let _ = world.apps(&small, &["Documents"]);
        let price_id = world.price(&small, Term::Annual, BillingFrequency::Monthly, eur(500)).id;
        let change = ChangePlan { price_id, ..shelf.wish(10).change };
        let lower = StartPlanChange { subscription_id: shelf.id, change };
        assert_eq!(ask(lower), (Refusal::PlanTooLow, Some(Field::Product)));
        let price_id = world.price(&shelf.office, Term::Annual, BillingFrequency::Monthly, eur(1_000)).id;
        let change = ChangePlan { price_id, ..change };
        let same = StartPlanChange { subscription_id: shelf.id, change };
        assert_eq!(ask(same), (Refusal::PlanTooLow, Some(Field::Product)));
        // Who may not, and where it is not.
        for role in [Role::LicenseAdmin, Role::UserAdmin, Role::GlobalReader] {
            assert_eq!(refused(world.write(&world.caller(role), shelf.wish(10))), Refusal::NotFound, "{role}");
        }
        let elsewhere = world.other_organization("Elsewhere");
        let stranger = world.caller_in(elsewhere, Role::GlobalAdmin);
        assert_eq!(refused(world.app.write(&stranger, elsewhere, shelf.wish(10)).wait()), Refusal::NotFound);
        // R161: public authorities and nonprofits change plans by hand.
        let set_segment = |segment| {
            world.seed(world.organization, move |write| {
                let account = billing_account::find(write)?.expect("a contract");
                billing_account::update(write, &BillingAccount { segment, ..account })
            });
        };
        for segment in [Segment::Government, Segment::Nonprofit] {
            set_segment(segment);
            assert_eq!(ask(shelf.wish(10)), (Refusal::PlanOfSegment, None));
            assert_eq!(world.read(&admin, &PlanChoices(shelf.id)).unwrap().refused, Some(Refusal::PlanOfSegment));
        }
        set_segment(Segment::Commercial);
        // Two subscriptions of one product.
        let second = world.subscription(&shelf.office, 3);
        assert_eq!(ask(shelf.wish(10)), (Refusal::SeveralSubscriptions, None));
        assert_eq!(world.read(&admin, &PlanChoices(shelf.id)).unwrap().refused, Some(Refusal::SeveralSubscriptions));
        world.seed(world.organization, move |write| {
            let found = store::tables::subscription::find(write, second)?.expect("it is there").subscription;
            let gone = Subscription { state: SubscriptionState::Deleted, ..found };
            store::tables::subscription::update_life(write, &gone, domain::organization::Cloud::Worldwide)
        });
        assert_eq!(world.new_events(), []);
        assert_eq!(world.see_subscription(shelf.id).revision, 1);
        assert!(world.write(&admin, shelf.wish(10)).is_ok());
        assert_eq!(refused(world.write(&admin, shelf.wish(10))), Refusal::Closed(ClosedReason::PlanChangeRunning));
    });
}

/// Domain 1.10: from 3,000 licenses on, and what keys paid for, is moved by hand; nothing happens and nobody is told.
#[test]
fn what_is_too_large_or_prepaid_keeps_its_plan() {
    in_each_world(|world| {
        let refused_as = |admin: &Caller, subscription_id, wish: StartPlanChange, reason| {
            let _ = (world.new_events(), world.new_mails());
            let started = world.write(admin, StartPlanChange { subscription_id, ..wish });
            assert_eq!(refused(started), Refusal::Closed(reason));
            assert_eq!((world.new_events(), world.new_mails()), (vec![], vec![]));
        };
        let admin = world.caller(Role::GlobalAdmin);
        let shelf = Shelf::with(world, &[], |new| (new.quantity, new.quantity_max) = (3_000, 5_000));
        refused_as(&admin, shelf.id, shelf.wish(10), ClosedReason::TooManyLicenses);
        world.write(&admin, ChangeQuantity::now(shelf.id, 2_999)).unwrap();
        // Only that product has fewer licenses to give.
        assert_eq!(refused(world.write(&admin, shelf.wish(2_999))), Refusal::AboveMaximum { maximum: 300 });

        let house = House::of(world);
        let visio = world.product("Visio");
        let id = prepaid(world, &house, &visio, &admin);
        refused_as(&admin, id, shelf.wish(10), ClosedReason::PrepaidPlan);
        assert_eq!(world.see_subscription(id).state, SubscriptionState::Active);
    });
}

/// R161: what was declined or is overdue has to be paid first.
#[test]
fn an_unpaid_balance_comes_first() {
    in_each_world(|world| {
        let shelf = Shelf::of(world, &[]);
        let admin = world.caller(Role::GlobalAdmin);
        world.clock.set_day(date(2020, 2, 15));
        world.sweep();
        assert_eq!(world.read(&admin, &PlanChoices(shelf.id)).unwrap().refused, None, "it is not due yet");
        world.seed(world.organization, |write| write.change_some(&DECLINE_EVERYTHING, store::params![]));
        assert_eq!(world.read(&admin, &PlanChoices(shelf.id)).unwrap().refused, Some(Refusal::BalanceUnpaid));
        assert_eq!(refused(world.write(&admin, shelf.wish(10))), Refusal::BalanceUnpaid);
    });
}

/// Domain 4.2: whoever pays invoices needs a credit check for what is above the limits, and buys by hand.
#[test]
fn an_invoice_payer_without_a_credit_check() {
    in_each_world(|world| {
        let shelf = Shelf::with(world, &[], |new| new.channel = Channel::DirectInvoice);
        let admin = world.caller(Role::GlobalAdmin);
        assert_eq!(refused(world.write(&admin, shelf.wish(10))), Refusal::CreditCheckNeeded);
    });
}

/// Domain 1.10: what happens between the question and the work is seen by the work: it gives up, says so, and another
/// one can be asked for.
#[test]
fn somebody_changes_something_meanwhile() {
    in_each_world(|world| {
        let people = [world.person("Anna de Vries"), world.person("Noor Vermeer")];
        let shelf = Shelf::of(world, &people);
        let admin = world.caller(Role::GlobalAdmin);
        let job = shelf.start(world, &admin, 2);
        world.give_license(shelf.id, world.person("Zoë Jansen"));
        let more = ChangeQuantity::now(shelf.id, 11);
        world.write(&admin, more).unwrap();
        let _ = world.new_events();
        assert_eq!(work(world, &admin, job), JobState::Refused);
        assert_eq!(world.read(&admin, &JobDetails(job)).unwrap().error.as_deref(), Some("below_assigned"));
        let event = Event::PlanChangeRefused { to: "Suite".into(), reason: "below_assigned".into() };
        assert_eq!(world.new_events(), [event]);
        let after = world.see_subscription(shelf.id);
        assert_eq!((after.state, after.quantity, after.assigned), (SubscriptionState::Active, 11, 3));
        assert_eq!((after.plan_change, after.changed_to), (None, None));
        let job = shelf.start(world, &admin, 3);
        assert_eq!(work(world, &admin, job), JobState::Done);
    });
}

/// A worker that dies after it did the work does it once.
#[test]
fn a_worker_dies() {
    in_each_world(|world| {
        let shelf = Shelf::with(world, &world.people(40), |new| new.quantity = 40);
        let admin = world.caller(Role::GlobalAdmin);
        let job = shelf.start(world, &admin, 40);
        assert_eq!(work(world, &admin, job), JobState::Done);
        let (new, _) = (shelf.new_one(world), world.new_events());
        world.seed(world.organization, |write| write.change_some(&FORGET_THAT_IT_WAS_DONE, store::params![]));
        assert_eq!(work(world, &admin, job), JobState::Done);
        assert_eq!(world.new_events(), []);
        assert_eq!(world.see_subscription(new.id), new);
        assert_eq!((new.assigned, new.quantity), (40, 40));
    });
}

/// Two admins at once: one begins, the other learns that it runs.
#[test]
fn two_admins_at_once() {
    in_each_world(|world| {
        let shelf = Shelf::of(world, &[world.person("Anna de Vries")]);
        let admins = [world.caller(Role::GlobalAdmin), world.caller(Role::BillingAdmin)];
        let (other, _store) = world.another_process();
        let outcomes = std::thread::scope(|scope| {
            let there = scope.spawn(|| other.write(&admins[0], world.organization, shelf.wish(5)).wait());
            let here = world.write(&admins[1], shelf.wish(6));
            [there.join().unwrap(), here]
        });
        let refusals: Vec<_> = outcomes.into_iter().filter_map(Result::err).collect();
        assert_eq!(refusals.len(), 1);
        assert_eq!(refusals[0].refusal(), Some(&Refusal::Closed(ClosedReason::PlanChangeRunning)));
        world.work();
        assert_eq!(shelf.new_one(world).assigned, 1);
    });
}

/// R161, R163, domain 1.12: under MCA it can wait for the renewal; it takes over on that day, however late that is noticed, with
/// as many licenses as there are people, at the price that was agreed.
#[test]
fn at_the_renewal() {
    in_each_world(|world| {
        world.agreement(Agreement::Mca);
        let people = [world.person("Anna de Vries"), world.person("Noor Vermeer")];
        let shelf = Shelf::of(world, &people);
        let admin = world.caller(Role::GlobalAdmin);
        let _ = world.new_events();
        let on = date(2021, 1, 15);
        assert_eq!(world.write(&admin, shelf.at_renewal(2)).unwrap(), PlanChangeStarted::AtRenewal(on));
        let scheduled = Event::PlanChangeScheduled { to: "Suite".into(), quantity: 2, on };
        assert_eq!(world.new_events(), std::slice::from_ref(&scheduled));
        let again = refused(world.write(&admin, shelf.at_renewal(3)));
        assert_eq!(again, Refusal::Closed(ClosedReason::PlanChangeScheduled));
        let listed = world.read(&admin, &SubscriptionDetails(shelf.id)).unwrap().listed;
        assert_eq!(listed.plan_at_renewal.as_deref(), Some("Suite"));

        // It is dropped with recurring billing, or alone.
        let recurring = |on| EditRecurringBilling { subscription_id: shelf.id, on, billing_frequency: None };
        world.write(&admin, recurring(false)).unwrap();
        assert_eq!(world.see_subscription(shelf.id).plan_at_renewal, None);
        world.write(&admin, recurring(true)).unwrap();
        world.write(&admin, shelf.at_renewal(2)).unwrap();
        let drop = CancelScheduledChange { subscription_id: shelf.id, change: ScheduledChange::Plan };
        world.write(&admin, drop).unwrap();
        assert_eq!(world.see_subscription(shelf.id).plan_at_renewal, None);
        world.write(&admin, shelf.at_renewal(2)).unwrap();

        // The catalog asks more by then; one more person has a license.
        world.give_license(shelf.id, world.person("Zoë Jansen"));
        world.clock.set_day(date(2021, 1, 14));
        world.sweep();
        let _ = (world.new_events(), world.new_mails());
        world.clock.set_day(date(2021, 1, 20));
        world.sweep();
        let new = shelf.new_one(world);
        let changed = Event::PlanChanged {
            to: "Suite".into(),
            to_subscription: new.id,
            quantity: 3,
            people: 3,
            credit: eur(0),
            amount: eur(7_500),
            on,
        };
        let events = world.new_events();
        assert!(events.contains(&changed), "{events:?}");
        assert!(!events.iter().any(|event| event.kind() == "subscription_renewed"));
        assert_eq!((new.started_on, new.ends_on, new.assigned), (on, date(2022, 1, 15), 3));
        assert_eq!(new.billed_until, Some(date(2021, 2, 15)));
        let old = world.see_subscription(shelf.id);
        assert_eq!((old.state, old.canceled_on), (SubscriptionState::Disabled, Some(on)));
        assert!(world.new_mails().iter().any(|mail| mail.starts_with("plan_changed")));
    });
}
