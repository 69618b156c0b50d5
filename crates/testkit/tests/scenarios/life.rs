//! The life of a subscription: what people do with it, and what the calendar does (domain 1.3 to 1.6).

use super::mails::admin;
use app::Failure;
use app::billing::rules::{BillingAccountDetails, ChangeBillingRules};
use app::doctor::{Check, examine};
use app::subscription::cancel::{CancelSubscription, PreviewCancel};
use app::subscription::cancel_scheduled_change::CancelScheduledChange;
use app::subscription::change_quantity::ChangeQuantity;
use app::subscription::delete::DeleteSubscription;
use app::subscription::edit_billing_frequency::{EditBillingFrequency, PreviewBillingFrequency};
use app::subscription::edit_recurring_billing::EditRecurringBilling;
use app::subscription::reactivate::{PreviewReactivate, ReactivateSubscription};
use domain::access::Role;
use domain::billing::{Agreement, BillingRules};
use domain::catalog::{BillingFrequency, Term};
use domain::event::Event;
use domain::ids::{OrganizationId, SubscriptionId};
use domain::money::{Currency, Money};
use domain::order::{Order, OrderKind};
use domain::organization::{Cloud, OrganizationState};
use domain::refusal::{Field, FieldRefusal, Refusal};
use domain::subscription::cancel::{Cancel, CancelReason};
use domain::subscription::cancel_scheduled_change::ScheduledChange;
use domain::subscription::remind::ReminderKind;
use domain::subscription::{Channel, ClosedReason, PriceAtRenewal, Subscription, SubscriptionState, first_term_end};
use domain::time::Period;
use jiff::civil::{Date, date};
use jiff::{SignedDuration, Timestamp};
use std::collections::{BTreeMap, BTreeSet};
use store::tables::{assignment, journal, order, organization, user};
use store::{params, statements};
use testkit::world::{World, in_each_world};

fn euros(minor: i64) -> Money {
    Money::new(minor, Currency::Eur)
}

fn period(start: Date, end: Date) -> Period {
    Period { start, end }
}

fn orders(world: &World, id: SubscriptionId) -> Vec<(OrderKind, i64, Money, Timestamp)> {
    let found = world.store.read(world.organization, |read| order::of_subscription(read, id, 100));
    let mut found = found.expect("the database answers");
    found.reverse();
    let facts = |order: Order| (order.kind, order.quantity, order.amount, order.ordered_at);
    found.into_iter().map(|listed| facts(listed.order)).collect()
}

statements! {
    CHARGES_OF: organization = "SELECT service_start, service_end, amount FROM charge WHERE organization_id = $1 \
        AND subscription_id = $2 ORDER BY id";
}

/// What was charged for a subscription and given back, with the days, in minor units.
fn charges(world: &World, organization: OrganizationId, id: SubscriptionId) -> Vec<(Period, i64)> {
    let line = |row: &store::Row<'_>| Ok((Period { start: row.get(0)?, end: row.get(1)? }, row.get(2)?));
    let found = world.store.read(organization, |read| read.query(&CHARGES_OF, params![id], line));
    found.expect("the database answers")
}

fn kinds(world: &World) -> Vec<&'static str> {
    world.new_events().iter().map(Event::kind).collect()
}

fn state(world: &World, id: SubscriptionId) -> (SubscriptionState, Date) {
    let seen = world.see_subscription(id);
    (seen.state, seen.ends_on)
}

fn cancel(subscription_id: SubscriptionId) -> CancelSubscription {
    let cancel = Cancel { reason: CancelReason::SwitchedProduct, feedback: String::new() };
    CancelSubscription { subscription_id, cancel }
}

fn refusal<T: std::fmt::Debug>(outcome: Result<T, Failure>) -> Refusal {
    outcome.expect_err("it is refused").refusal().expect("a refusal").clone()
}

/// What happened, without the invoices of billing periods and their reminders.
fn life(world: &World) -> Vec<Event> {
    let is_bill = |event: &Event| matches!(event, Event::InvoiceIssued { .. } | Event::InvoiceReminded { .. });
    world.new_events().into_iter().filter(|event| !is_bill(event)).collect()
}

/// R8, R154, T2: off does not cancel; it stays active until its end date, then expires.
#[test]
fn recurring_billing_is_turned_off() {
    in_each_world(|world| {
        let office = world.product("Office");
        let subscription_id = world.subscription(&office, 25);
        let admin = world.caller(Role::BillingAdmin);
        let set = |on| EditRecurringBilling { subscription_id, on, billing_frequency: None };
        world.write(&admin, set(false)).expect("it is turned off");
        assert_eq!(refusal(world.write(&admin, set(false))), Refusal::NothingToChange);
        let off = Event::RecurringBillingChanged { on: false, ends_on: date(2021, 1, 15) };
        assert_eq!(world.new_events(), [off]);
        assert!(!world.see_subscription(subscription_id).renews());

        // Eleven billing periods are charged meanwhile, each with its invoice, of which ten are overdue by now; and that
        // it ends tomorrow is told once.
        world.clock.set_day(date(2021, 1, 14));
        assert_eq!(world.sweep(), 11 + 11 + 10 + 1);
        assert_eq!(state(world, subscription_id).0, SubscriptionState::Active);
        world.clock.set_day(date(2021, 1, 15));
        assert_eq!(world.sweep(), 1);
        let reminded =
            Event::SubscriptionReminded { reminder: ReminderKind::ExpiresSoon, on: date(2021, 1, 15), days: 1 };
        let expired = Event::SubscriptionExpired { on: date(2021, 1, 15), disabled_on: date(2021, 2, 14) };
        assert_eq!(life(world), [reminded, expired]);
        // R154: only while it is active.
        assert_eq!(refusal(world.write(&admin, set(true))), Refusal::Closed(ClosedReason::NotActive));
        // Only who manages subscriptions.
        let reader = world.caller(Role::LicenseAdmin);
        assert_eq!(refusal(world.write(&reader, set(true))), Refusal::NotFound);
    });
}

/// R163, domain 1.12: what is planned for the renewal is dropped one by one, and the renewal is as if it was never planned.
#[test]
fn a_scheduled_change_is_canceled() {
    in_each_world(|world| {
        let office = world.product("Office");
        let unit_price = Money::new(11_000, Currency::Eur);
        let agreed = PriceAtRenewal { billing_frequency: BillingFrequency::Yearly, unit_price };
        let subscription_id = world.subscription_with(world.organization, &office, 10, |new| {
            (new.quantity_at_renewal, new.price_at_renewal) = (Some(8), Some(agreed));
        });
        let admin = world.caller(Role::BillingAdmin);
        let drop = |change| CancelScheduledChange { subscription_id, change };
        world.write(&admin, drop(ScheduledChange::BillingFrequency)).expect("it is planned");
        let again = world.write(&admin, drop(ScheduledChange::BillingFrequency));
        assert_eq!(refusal(again), Refusal::NothingToChange);
        let reader = world.caller(Role::LicenseAdmin);
        assert_eq!(refusal(world.write(&reader, drop(ScheduledChange::Quantity))), Refusal::NotFound);
        let stranger = world.caller_in(world.other_organization("Polder"), Role::GlobalAdmin);
        assert_eq!(refusal(world.write(&stranger, drop(ScheduledChange::Quantity))), Refusal::NotFound);
        let canceled = |change| Event::ScheduledChangeCanceled { change, on: date(2021, 1, 15) };
        assert_eq!(world.new_events(), [canceled(ScheduledChange::BillingFrequency)]);
        assert_eq!(world.see_subscription(subscription_id).quantity_at_renewal, Some(8));

        world.write(&admin, drop(ScheduledChange::Quantity)).expect("it is planned");
        world.clock.set_day(date(2021, 1, 15));
        world.sweep();
        let events = life(world);
        assert_eq!(events.first(), Some(&canceled(ScheduledChange::Quantity)));
        let renewed = Event::SubscriptionRenewed {
            term: period(date(2021, 1, 15), date(2022, 1, 15)),
            amount: euros(10_000),
            service_period: period(date(2021, 1, 15), date(2021, 2, 15)),
            quantity: None,
        };
        assert_eq!(events.last(), Some(&renewed));
    });
}

/// R12: the pane, the order and the invoice say the same, and the renewal is charged by the new frequency.
#[test]
fn the_billing_frequency_is_changed() {
    in_each_world(|world| {
        let office = world.product("Office");
        for (frequency, minor) in [(BillingFrequency::Monthly, 1_000), (BillingFrequency::Yearly, 11_000)] {
            let _ = world.price(&office, Term::Annual, frequency, euros(minor));
        }
        let subscription_id = world.subscription(&office, 100);
        let admin = admin(world, "Noor", Role::BillingAdmin);
        let change = |billing_frequency| EditBillingFrequency { subscription_id, billing_frequency };
        world.clock.set_day(date(2020, 1, 25));
        let shown = world.read(&admin, &PreviewBillingFrequency(subscription_id)).expect("the choices");
        assert_eq!(shown.iter().map(|choice| choice.preview.is_some()).collect::<Vec<_>>(), [false, true]);
        let yearly = shown[1].preview.clone().expect("what it would do");
        assert_eq!((yearly.cost_now, yearly.per_period_after), (euros(1_002_203), euros(1_100_000)));

        assert_eq!(refusal(world.write(&admin, change(BillingFrequency::Monthly))), Refusal::NothingToChange);
        let reader = world.caller(Role::GlobalReader);
        assert_eq!(refusal(world.write(&reader, change(BillingFrequency::Yearly))), Refusal::NotFound);
        let _ = world.new_events();
        world.write(&admin, change(BillingFrequency::Yearly)).expect("it is changed");
        let changed = Event::BillingFrequencyChanged {
            from: BillingFrequency::Monthly,
            to: BillingFrequency::Yearly,
            amount: yearly.cost_now,
            service_period: yearly.service_period,
        };
        assert_eq!((world.new_events(), world.new_mails()), (vec![changed], vec![]));
        let at = world.clock_now();
        assert_eq!(orders(world, subscription_id), [(OrderKind::Conversion, 100, yearly.cost_now, at)]);
        world.sweep();
        let invoiced =
            Event::InvoiceIssued { number: "0000001".to_owned(), total: yearly.cost_now, due_on: date(2020, 2, 24) };
        assert_eq!(world.new_events(), [invoiced]);
        assert_eq!(world.new_mails(), ["invoice to noor"]);

        // Nothing more is charged until the term ends; then a year.
        world.clock.set_day(date(2021, 1, 15));
        world.sweep();
        let seen = world.see_subscription(subscription_id);
        assert_eq!((seen.billed_until, seen.ends_on), (Some(date(2022, 1, 15)), date(2022, 1, 15)));
        assert_eq!(orders(world, subscription_id)[1].2, euros(1_100_000));
    });
}

/// D1, R34: who finds a free license of the same holder goes on working, and the pane says so before.
#[test]
fn canceling_says_who_loses_access() {
    in_each_world(|world| {
        let office = world.product("Office");
        let [first, second] = [10, 3].map(|quantity| world.subscription(&office, quantity));
        let bram = world.person("Bram Bakker");
        let _ = world.subscription_with(world.organization, &office, 50, |new| {
            (new.channel, new.holder) = (Channel::SelfService, Some(bram));
        });
        for number in 1..=5 {
            let person = world.person(&format!("Person {number}"));
            world.give_license(first, person);
        }
        let admin = world.caller(Role::GlobalAdmin);
        assert_eq!(world.read(&admin, &PreviewCancel(first)).expect("it is shown").lose_access, 2);
        assert_eq!(world.read(&admin, &PreviewCancel(second)).expect("it is shown").lose_access, 0);
        world.write(&admin, cancel(first)).expect("it is canceled");
        let [first, second] = [first, second].map(|id| world.see_subscription(id));
        assert_eq!((first.assigned, first.conflicts, second.assigned), (0, 2, 3));
    });
}

/// R13, R33, R34, R35, R156, T5, T8, R10, R155: canceled with a reason and a credit; reactivated with its dates.
#[test]
fn a_subscription_is_canceled_and_reactivated() {
    in_each_world(|world| {
        let office = world.product("Office");
        let [admin, other] =
            [("Noor", Role::GlobalAdmin), ("Bram", Role::BillingAdmin)].map(|(name, role)| admin(world, name, role));
        let pays = world.card(admin.actor.user().expect("a person"), "card_succeeds");
        let subscription_id = world.subscription(&office, 100);
        let anna = world.person("Anna de Vries");
        world.give_license(subscription_id, anna);

        world.clock.set_day(date(2020, 1, 25));
        let preview = world.read(&admin, &PreviewCancel(subscription_id)).expect("it is shown").preview;
        assert_eq!((preview.disabled_on, preview.deleted_on), (date(2020, 1, 25), date(2020, 4, 24)));
        assert_eq!(preview.credit, euros(-67_742));
        let unsaid = Cancel { reason: CancelReason::Other, feedback: String::new() };
        let refused = world.write(&admin, CancelSubscription { subscription_id, cancel: unsaid });
        assert!(
            matches!(refused, Err(Failure::Invalid(ref fields)) if *fields == [FieldRefusal { field: Field::Feedback, refusal: Refusal::Required }])
        );
        world.write(&admin, cancel(subscription_id)).expect("it is canceled");
        assert_eq!(refusal(world.write(&admin, cancel(subscription_id))), Refusal::Closed(ClosedReason::Ended));
        let canceled = Event::SubscriptionCanceled {
            reason: CancelReason::SwitchedProduct,
            feedback: String::new(),
            amount: euros(-67_742),
            service_period: period(date(2020, 1, 25), date(2020, 2, 15)),
            deleted_on: date(2020, 4, 24),
        };
        // D1: nowhere else to go, so the license is in conflict until it is covered again.
        assert_eq!(world.new_events(), [canceled, Event::LicenseInConflict]);
        assert_eq!(world.new_mails(), ["canceled to bram", "canceled to noor"]);
        let seen = world.see_subscription(subscription_id);
        assert_eq!((seen.state, seen.assigned, seen.conflicts), (SubscriptionState::Disabled, 0, 1));

        world.clock.set_day(date(2020, 2, 4));
        let reactivate = |payment_method_id| ReactivateSubscription { subscription_id, payment_method_id };
        assert_eq!(refusal(world.write(&admin, reactivate(None))), Refusal::PaymentMethodNeeded);
        let shown = world.read(&admin, &PreviewReactivate(subscription_id)).expect("it is shown");
        assert_eq!((shown.preview.cost_now, shown.methods.len()), (euros(35_484), 1));
        // Somebody else's card is not theirs to use (domain 4.1).
        assert_eq!(refusal(world.write(&other, reactivate(Some(pays)))), Refusal::UnknownChoice);
        world.write(&admin, reactivate(Some(pays))).expect("it is reactivated");
        let after = world.see_subscription(subscription_id);
        assert_eq!((after.state, after.ends_on), (SubscriptionState::Active, date(2021, 1, 15)));
        let reactivated = Event::SubscriptionReactivated {
            from: SubscriptionState::Disabled,
            ends_on: date(2021, 1, 15),
            amount: euros(35_484),
            service_period: period(date(2020, 2, 4), date(2020, 2, 15)),
        };
        assert_eq!(world.new_events(), [reactivated, Event::LicenseMoved { from: subscription_id }]);
        assert_eq!(world.new_mails(), Vec::<String>::new());
        let made: Vec<_> = orders(world, subscription_id)
            .into_iter()
            .map(|(kind, quantity, amount, _)| (kind, quantity, amount))
            .collect();
        assert_eq!(
            made,
            [(OrderKind::Cancellation, -100, euros(-67_742)), (OrderKind::Reactivation, 100, euros(35_484))]
        );
    });
}

/// R156, domain 1.5: under MCA the seven days begin again with each term: on the seventh day of the second one the unused
/// days of what the renewal charged come back, 100.00 × 25/31 and 1,100.00 × 359/365; on the eighth it only ends.
#[test]
fn under_mca_seven_days_begin_with_each_term() {
    for (frequency, unit_price, credit, end) in [
        (BillingFrequency::Monthly, 1_000, -8_065, date(2021, 2, 15)),
        (BillingFrequency::Yearly, 11_000, -108_192, date(2022, 1, 15)),
    ] {
        in_each_world(|world| {
            world.agreement(Agreement::Mca);
            let bram = world.person("Bram");
            world.give_roles(world.organization, bram, &[Role::BillingAdmin]);
            let admin = world.as_person(bram, &[Role::BillingAdmin]);
            let bought = |product: &str| {
                world.subscription_with(world.organization, &world.product(product), 10, |new| {
                    (new.channel, new.billing_frequency) = (Channel::DirectInvoice, frequency);
                    new.unit_price = euros(unit_price);
                })
            };
            let (id, late) = (bought("Office"), bought("Visio"));
            let over = Refusal::CancelWindowOver { days: 7 };
            world.clock.set_day(date(2020, 1, 22));
            assert_eq!(refusal(world.write(&admin, cancel(id))), over);
            world.clock.set_day(date(2021, 1, 15));
            world.sweep();
            world.clock.set_day(date(2021, 1, 21));
            let _ = (world.new_events(), world.new_mails());
            assert_eq!(world.read(&admin, &PreviewCancel(id)).expect("a preview").preview.credit, euros(credit));
            world.write(&admin, cancel(id)).expect("it is the seventh day");
            let canceled = Event::SubscriptionCanceled {
                reason: CancelReason::SwitchedProduct,
                feedback: String::new(),
                amount: euros(credit),
                service_period: period(date(2021, 1, 21), end),
                deleted_on: date(2021, 4, 21),
            };
            assert_eq!(world.new_events(), [canceled]);
            assert_eq!(world.new_mails(), ["canceled to bram"]);
            assert_eq!(state(world, id).0, SubscriptionState::Disabled);

            world.clock.set_day(date(2021, 1, 22));
            assert_eq!(refusal(world.write(&admin, cancel(late))), over);
            assert_eq!(state(world, late), (SubscriptionState::Active, date(2022, 1, 15)));
        });
    }
}

/// D8, R156, domain 1.5: where the operator says that 25 people may lose access without support, an admin cancels what 25
/// people use and not what 26 use; the pane says so before.
#[test]
fn many_people_lose_access_by_support_only() {
    in_each_world(|world| {
        let operator = world.caller(Role::Operator);
        let before = world.read(&operator, &BillingAccountDetails).expect("the contract");
        let rules = BillingRules { online_cancel_max: Some(25), ..before.rules };
        world.write(&operator, ChangeBillingRules { rules, revision: before.revision }).expect("it is set");
        let id = world.subscription(&world.product("Office"), 30);
        let admin = world.caller(Role::BillingAdmin);
        let people = world.people(26);
        people[..25].iter().for_each(|person| world.give_license(id, *person));
        assert_eq!(world.read(&admin, &PreviewCancel(id)).expect("a preview").refused, None);
        world.give_license(id, people[25]);
        let _ = world.new_events();
        let by_support = Refusal::CancelBySupport { maximum: 25 };
        assert_eq!(world.read(&admin, &PreviewCancel(id)).expect("a preview").refused, Some(by_support.clone()));
        assert_eq!(refusal(world.write(&admin, cancel(id))), by_support);
        assert_eq!((world.new_events(), state(world, id).0), (vec![], SubscriptionState::Active));
    });
}

/// T7, R10, R155: an expired one goes on without a gap; its next billing date moves a year.
#[test]
fn an_expired_subscription_is_reactivated() {
    in_each_world(|world| {
        let office = world.product("Office");
        let admin = admin(world, "Noor", Role::BillingAdmin);
        let subscription_id = world.subscription_with(world.organization, &office, 10, |new| {
            (new.recurring_billing, new.channel) = (false, Channel::DirectInvoice);
        });
        world.clock.set_day(date(2021, 1, 25));
        // Billing periods, their invoices, the end; a reminder of each invoice, one that comes too late, and one in time.
        assert_eq!(world.sweep(), 11 + 11 + 1 + 11 + 2);
        let told = world.new_mails();
        let told: Vec<_> = told.iter().filter(|mail| !mail.starts_with("invoice")).collect();
        assert_eq!(told, ["expired to noor"]);
        world.write(&admin, ReactivateSubscription { subscription_id, payment_method_id: None }).expect("by invoice");
        let events = life(world);
        let reactivated = Event::SubscriptionReactivated {
            from: SubscriptionState::Expired,
            ends_on: date(2022, 1, 15),
            amount: euros(10_000),
            service_period: period(date(2021, 1, 15), date(2021, 2, 15)),
        };
        let reminded = Event::SubscriptionReminded { reminder: ReminderKind::Expired, on: date(2021, 2, 14), days: 20 };
        assert_eq!(events[1..], [reminded, reactivated]);
        assert_eq!(world.new_mails(), Vec::<String>::new());
        world.sweep();
        assert_eq!(world.new_mails(), ["invoice to noor"]);
        let refused = world.write(&admin, ReactivateSubscription { subscription_id, payment_method_id: None });
        assert_eq!(refusal(refused), Refusal::Closed(ClosedReason::StillActive));
    });
}

/// D4, R33: a buyer cancels the own self-service subscription; nobody else does, and no buyer that of another.
#[test]
fn a_buyer_cancels_the_own_subscription() {
    in_each_world(|world| {
        let office = world.product("Office");
        let (anna, bram) = (world.person("Anna de Vries"), world.person("Bram Bakker"));
        let subscription_id = world.subscription_with(world.organization, &office, 5, |new| {
            (new.channel, new.holder) = (Channel::SelfService, Some(anna));
        });
        let refused = |caller| refusal(world.write(&caller, cancel(subscription_id)));
        assert_eq!(refused(world.caller(Role::GlobalAdmin)), Refusal::Closed(ClosedReason::SelfServiceOfOther));
        assert_eq!(refused(world.as_person(bram, &[])), Refusal::NotFound);
        world.write(&world.as_person(anna, &[]), cancel(subscription_id)).expect("it is hers");
        assert_eq!(kinds(world), ["subscription_canceled"]);
    });
}

/// T10: only a global admin deletes, only what is disabled; the licenses are taken back, a chunk at a time.
#[test]
fn a_disabled_subscription_is_deleted() {
    in_each_world(|world| {
        let office = world.product("Office");
        let admin = admin(world, "Noor", Role::GlobalAdmin);
        let subscription_id = world.subscription(&office, 300);
        let people = world.people(120);
        people.iter().for_each(|person| world.give_license(subscription_id, *person));
        let delete = || DeleteSubscription(subscription_id);
        assert_eq!(refusal(world.write(&admin, delete())), Refusal::Closed(ClosedReason::NotDisabled));
        world.write(&admin, cancel(subscription_id)).expect("it is canceled");
        let counts = |subscription: domain::subscription::Subscription| (subscription.assigned, subscription.conflicts);
        assert_eq!(counts(world.see_subscription(subscription_id)), (20, 100));
        world.sweep();
        assert_eq!(counts(world.see_subscription(subscription_id)), (0, 120));
        assert_eq!(refusal(world.write(&world.caller(Role::BillingAdmin), delete())), Refusal::NotAllowed);
        assert_eq!(world.new_mails(), ["canceled to noor"]);
        let _ = world.new_events();

        world.write(&admin, delete()).expect("it is deleted");
        assert_eq!(refusal(world.write(&admin, delete())), Refusal::Closed(ClosedReason::Deleted));
        assert_eq!(world.see_subscription(subscription_id).conflicts, 20);
        world.sweep();
        assert_eq!(world.see_subscription(subscription_id).conflicts, 0);
        let events = world.new_events();
        assert_eq!(events[0], Event::SubscriptionDeleted { on: date(2020, 1, 15), licenses_freed: 120 });
        assert_eq!(events[1..], vec![Event::LicenseUnassigned; 120]);
        assert_eq!(world.new_mails(), Vec::<String>::new());
        let left = world.store.read(world.organization, |read| {
            let person = user::find(read, people[0])?.expect("still there");
            Ok::<_, store::Error>((assignment::find(read, people[0], office.product_id)?, person.license_count))
        });
        assert_eq!(left.expect("the database answers"), (None, 0));
        assert_eq!(world.sweep(), 0);
    });
}

/// T1, R152: a server that was off for months renews each term with its date, in order, across subscriptions.
#[test]
fn everything_happens_in_order_after_months_without_a_server() {
    in_each_world(|world| {
        let office = world.product("Office");
        let monthly = world.subscription_with(world.organization, &office, 10, |new| {
            (new.term, new.started_on, new.ends_on) = (Term::Monthly, date(2019, 12, 31), date(2020, 1, 31));
        });
        let expiring = world.subscription_with(world.organization, &office, 5, |new| {
            (new.recurring_billing, new.reminded_on) = (false, Some(date(2020, 2, 9)));
            (new.started_on, new.ends_on) = (date(2019, 2, 10), date(2020, 2, 10));
        });
        world.clock.set_day(date(2020, 4, 30));
        // Steps, invoices, two of them overdue; that people lose access is not said any more when they have lost it.
        assert_eq!(world.sweep(), 6 + 4 + 2 + 2);
        let renewed = |start, end| Event::SubscriptionRenewed {
            term: period(start, end),
            amount: euros(10_000),
            service_period: period(start, end),
            quantity: None,
        };
        let (january, february, march, april) =
            (date(2020, 1, 31), date(2020, 2, 29), date(2020, 3, 31), date(2020, 4, 30));
        assert_eq!(
            life(world),
            [
                renewed(january, february),
                Event::SubscriptionExpired { on: date(2020, 2, 10), disabled_on: date(2020, 3, 11) },
                renewed(february, march),
                Event::SubscriptionDisabled { on: date(2020, 3, 11), deleted_on: date(2020, 6, 9) },
                renewed(march, april),
                Event::SubscriptionReminded { reminder: ReminderKind::ErasedSoon, on: date(2020, 6, 9), days: 40 },
                renewed(april, date(2020, 5, 31)),
            ]
        );
        let midnight = |text: &str| text.parse::<Timestamp>().expect("an instant");
        assert_eq!(
            orders(world, monthly),
            [
                (OrderKind::Renewal, 10, euros(10_000), midnight("2020-01-30T23:00:00Z")),
                (OrderKind::Renewal, 10, euros(10_000), midnight("2020-02-28T23:00:00Z")),
                (OrderKind::Renewal, 10, euros(10_000), midnight("2020-03-30T22:00:00Z")),
                (OrderKind::Renewal, 10, euros(10_000), midnight("2020-04-29T22:00:00Z")),
            ]
        );
        assert_eq!(state(world, expiring), (SubscriptionState::Disabled, date(2020, 2, 10)));
        assert_eq!(world.sweep(), 0);
        let note = world.app.last_sweep().expect("it answers").expect("it was noted");
        // 31 January, 0:00 in Amsterdam, until 30 April, 9:00 UTC.
        assert_eq!((note.succeeded_at, note.lag_seconds), (world.clock_now(), 90 * 86_400 + 10 * 3_600));
    });
}

/// T4, D21: ninety days after it was disabled it is deleted, and its licenses are taken back.
#[test]
fn what_nobody_reactivates_is_deleted() {
    in_each_world(|world| {
        let office = world.product("Office");
        let trial = world.subscription_with(world.organization, &office, 25, |new| {
            (new.channel, new.term, new.recurring_billing) = (Channel::Trial, Term::Monthly, false);
            new.ends_on = first_term_end(new.started_on, Term::Monthly);
        });
        world.give_license(trial, world.person("Anna de Vries"));
        // D20: without a payment method a trial expires for 30 days.
        world.clock.set_day(date(2020, 3, 15));
        world.sweep();
        assert_eq!(state(world, trial).0, SubscriptionState::Expired);
        world.clock.set_day(date(2020, 3, 16));
        world.sweep();
        assert_eq!(state(world, trial).0, SubscriptionState::Deleted);
        assert_eq!(
            kinds(world),
            [
                "subscription_expired",
                "subscription_reminded",
                "subscription_disabled",
                "license_in_conflict",
                "subscription_deleted",
                "license_unassigned"
            ]
        );
        assert_eq!(world.see_subscription(trial).conflicts, 0);
    });
}

/// T2 to T4, D21, domain 1.4: how long what has ended can still be saved, by how it was bought and by cloud, from the end of
/// its term on 15 February: the days on which people lose access and on which it is erased.
#[test]
fn each_channel_and_cloud_has_its_days() {
    let (march, may, june) = (date(2020, 3, 16), date(2020, 5, 15), date(2020, 6, 14));
    let rows = [
        (Channel::Direct, [(march, june); 3]),
        (Channel::DirectInvoice, [(march, june); 3]),
        (Channel::ProductKey, [(march, june); 3]),
        (Channel::SelfService, [(march, june); 3]),
        (Channel::Reseller, [(march, june); 3]),
        (Channel::VolumePartner, [(may, june), (may, june), (march, june)]),
        (Channel::Trial, [(march, march); 3]),
    ];
    in_each_world(|world| {
        for ((channel, days), cloud) in rows.iter().flat_map(|row| Cloud::ALL.iter().map(move |cloud| (*row, *cloud))) {
            let at = Cloud::ALL.iter().position(|other| *other == cloud).expect("it is one of them");
            world.clock.set_day(date(2020, 1, 15));
            let home = world.organization_with(&format!("{channel} in {cloud}"), |new| new.cloud = cloud);
            let office = world.product(&format!("Office {}", world.new_id()));
            let id = world.subscription_with(home, &office, 10, |new| {
                (new.channel, new.term, new.recurring_billing) = (channel, Term::Monthly, false);
                new.ends_on = first_term_end(new.started_on, Term::Monthly);
            });
            world.clock.set_day(date(2020, 7, 1));
            world.sweep();
            let entries = world.store.read(home, |read| journal::oldest_first(read, None, 100));
            let entries = entries.expect("the database answers").into_iter();
            let life: Vec<_> = entries
                .filter(|entry| entry.subjects.subscription == Some(id))
                .filter_map(|entry| entry.event)
                .filter(|event| !matches!(event, Event::SubscriptionReminded { .. }))
                .collect();
            let (disabled_on, deleted_on) = days[at];
            let expected = [
                Event::SubscriptionExpired { on: date(2020, 2, 15), disabled_on },
                Event::SubscriptionDisabled { on: disabled_on, deleted_on },
                Event::SubscriptionDeleted { on: deleted_on, licenses_freed: 0 },
            ];
            assert_eq!(life, expected, "{channel} in {cloud}");
        }
    });
}

/// Domain 1.2: what is paid a year at once has one invoice a year, unless licenses are added: they are invoiced within a
/// month. 5 × 120.00 × 100/366 for the days from 7 October on.
#[test]
fn licenses_in_mid_term_are_invoiced_within_a_month() {
    in_each_world(|world| {
        let id = world.subscription_with(world.organization, &world.product("Office"), 10, |new| {
            (new.channel, new.billing_frequency) = (Channel::DirectInvoice, BillingFrequency::Yearly);
            new.unit_price = euros(12_000);
        });
        world.clock.set_day(date(2020, 10, 7));
        assert_eq!(world.sweep(), 0, "nothing is invoiced in mid-term");
        world.write(&world.caller(Role::BillingAdmin), ChangeQuantity::now(id, 15)).expect("five more");
        world.clock.set_day(date(2020, 11, 7));
        world.sweep();
        let issued = |event: &Event| match event {
            Event::InvoiceIssued { number, total, .. } => Some((number.clone(), *total)),
            _ => None,
        };
        let made: Vec<_> = world.new_events().iter().filter_map(issued).collect();
        assert_eq!(made, [("0000001".to_owned(), euros(16_393))]);
        world.clock.set_day(date(2021, 1, 15));
        world.sweep();
        let renewal: Vec<_> = world.new_events().iter().filter_map(issued).collect();
        assert_eq!(renewal, [("0000002".to_owned(), euros(180_000))]);
    });
}

/// D30, R152: each organization follows its own zone and clock, a suspended one too.
#[test]
fn each_organization_has_its_own_day() {
    in_each_world(|world| {
        let office = world.product("Office");
        let beside = |name: &str, zone: &'static str, ahead: Option<i64>| {
            let organization = world.organization_with(name, |new| {
                new.time_zone = zone.to_owned();
                new.sandbox_ahead = ahead.map(|days| SignedDuration::from_hours(24 * days));
                new.state = if ahead.is_some() { OrganizationState::Suspended } else { OrganizationState::Active };
            });
            let id = world.subscription_with(organization, &office, 1, |new| {
                (new.term, new.ends_on) = (Term::Monthly, date(2020, 2, 15));
            });
            (organization, id)
        };
        let east = beside("East", "Pacific/Auckland", None);
        let west = beside("West", "America/Los_Angeles", None);
        let ahead = beside("Sandbox", "UTC", Some(366));
        let ends_on = |(organization, id)| {
            let found = world.store.read(organization, |read| store::tables::subscription::find(read, id));
            found.expect("the database answers").expect("it is there").subscription.ends_on
        };
        // 14 February, 12:00 UTC: the 15th has begun in Auckland only.
        world.clock.set("2020-02-14T12:00:00Z".parse().expect("an instant"));
        // In the sandbox eleven of the invoices are overdue.
        assert_eq!(world.sweep(), (1 + 12) * 2 + 11);
        assert_eq!(ends_on(east), date(2020, 3, 15));
        assert_eq!(ends_on(west), date(2020, 2, 15));
        assert_eq!(ends_on(ahead), date(2021, 2, 15));
        let known = world.store.read(west.0, |read| organization::find(read, west.0)).expect("it answers");
        assert!(known.is_some());
    });
}

/// R152: two nodes that sweep in the same second take every step once.
#[test]
fn two_nodes_take_every_step_once() {
    in_each_world(|world| {
        let office = world.product("Office");
        let all: Vec<_> = (0..40).map(|_| world.subscription(&office, 1)).collect();
        world.clock.set_day(date(2021, 1, 15));
        std::thread::scope(|scope| {
            let sweeps: Vec<_> = (0..2).map(|_| scope.spawn(|| world.app.sweep())).collect();
            sweeps.into_iter().for_each(|sweep| {
                sweep.join().expect("no panic").expect("the database answers");
            });
        });
        let (mut numbers, mut reminded) = (Vec::new(), Vec::new());
        for event in world.new_events() {
            match event {
                Event::InvoiceIssued { number, .. } => numbers.push(number.parse::<usize>().expect("a number")),
                Event::InvoiceReminded { number, .. } => reminded.push(number),
                Event::SubscriptionRenewed { .. } => {}
                other => panic!("{other:?}"),
            }
        }
        // Twelve billing periods each, on invoices that are numbered without gaps.
        numbers.sort_unstable();
        assert_eq!(numbers, (1..=40 * 12).collect::<Vec<_>>());
        // M5: all that are overdue, each once.
        assert_eq!((reminded.len(), reminded.iter().collect::<BTreeSet<_>>().len()), (40 * 10, 40 * 10));
        assert!(all.iter().all(|id| orders(world, *id).len() == 1));
    });
}

/// R152: on the two days with another hour the day of an organization begins at its own midnight, is a day like others in
/// what it costs, and the clock shows the same hour twice without anything happening twice.
#[test]
fn the_two_days_with_another_hour() {
    in_each_world(|world| {
        let amsterdam = world.organization_with("Amsterdam", |new| new.time_zone = "Europe/Amsterdam".to_owned());
        let office = world.product("Office");
        let of = |started_on: Date| {
            world.subscription_with(amsterdam, &office, 10, |new| {
                (new.channel, new.term) = (Channel::DirectInvoice, Term::Monthly);
                (new.started_on, new.ends_on) = (started_on, first_term_end(started_on, Term::Monthly));
                new.billed_until = Some(new.ends_on);
            })
        };
        // The 29th of March has 23 hours, the 25th of October 25.
        let (spring, autumn) = (of(date(2020, 1, 29)), of(date(2020, 1, 25)));
        let seen = |id| {
            let found = world.store.read(amsterdam, |read| store::tables::subscription::find(read, id));
            found.expect("the database answers").expect("it is there").subscription
        };
        let at = |instant: &str| {
            world.clock.set(instant.parse().expect("an instant"));
            world.sweep();
        };
        let charged = |id, start: Date| {
            let all = charges(world, amsterdam, id).into_iter();
            all.filter(|(period, _)| period.start == start)
                .map(|(period, amount)| (period.end, amount))
                .collect::<Vec<_>>()
        };
        at("2020-03-28T22:59:59Z");
        assert_eq!(seen(spring).ends_on, date(2020, 3, 29), "it is still the 28th");
        at("2020-03-28T23:00:00Z");
        assert_eq!(seen(spring).ends_on, date(2020, 4, 29));
        for instant in ["2020-03-29T00:59:59Z", "2020-03-29T01:00:00Z", "2020-03-29T21:59:59Z"] {
            at(instant);
        }
        assert_eq!(charged(spring, date(2020, 3, 29)), [(date(2020, 4, 29), 10_000)]);

        at("2020-10-24T21:59:59Z");
        assert_eq!(seen(autumn).ends_on, date(2020, 10, 25), "it is still the 24th");
        // Half past two in the morning comes twice.
        for instant in ["2020-10-24T22:00:00Z", "2020-10-25T00:30:00Z", "2020-10-25T01:30:00Z"] {
            at(instant);
            assert_eq!(seen(autumn).ends_on, date(2020, 11, 25));
        }
        assert_eq!(charged(autumn, date(2020, 10, 25)), [(date(2020, 11, 25), 10_000)]);
    });
}

/// R25, T1: who adds licenses while the calendar has not come to a day that has begun, at midnight or after a month without
/// a server, pays for each day once: what is due is done first, as of its day.
#[test]
fn licenses_are_added_before_the_calendar_comes() {
    let months = [
        (date(2020, 1, 15), 10_000),
        (date(2020, 2, 15), 10_000),
        (date(2020, 3, 15), 10_000),
        // 2 × 10.00 × 26/31 for the days from the 20th on.
        (date(2020, 3, 20), 1_677),
    ];
    for (day, expected) in [
        (
            date(2020, 2, 15),
            &[(date(2020, 1, 15), 10_000), (date(2020, 2, 15), 10_000), (date(2020, 2, 15), 2_000)][..],
        ),
        (date(2020, 3, 20), &months[..]),
    ] {
        in_each_world(|world| {
            let office = world.product("Office");
            let by_invoice = |new: &mut Subscription| new.channel = Channel::DirectInvoice;
            let subscription_id = world.subscription_with(world.organization, &office, 10, by_invoice);
            world.clock.set_day(day);
            let more = ChangeQuantity::now(subscription_id, 12);
            world.write(&world.caller(Role::BillingAdmin), more).expect("two are added");
            world.sweep();
            let all = charges(world, world.organization, subscription_id);
            assert_eq!(all.iter().map(|(period, amount)| (period.start, *amount)).collect::<Vec<_>>(), expected);
            let findings = examine(&world.app).expect("it looks");
            // The world has no operator.
            let is_fine = findings.iter().all(|finding| finding.is_good() || finding.check == Check::Operator);
            assert!(is_fine, "{findings:?}");
        });
    }
}

/// D2, T1, T5: the calendar renews, one admin cancels and another changes the number of licenses, all in the same instant in
/// two processes. Whatever comes first, each is done once or refused with its reason, and the money agrees.
#[test]
fn a_renewal_a_cancellation_and_more_licenses_in_the_same_instant() {
    in_each_world(|world| {
        let office = world.product("Office");
        let ids: Vec<_> = (0..12)
            .map(|_| {
                world.subscription_with(world.organization, &office, 10, |new| {
                    (new.channel, new.term) = (Channel::DirectInvoice, Term::Monthly);
                    new.ends_on = first_term_end(new.started_on, Term::Monthly);
                })
            })
            .collect();
        let admin = world.caller(Role::BillingAdmin);
        world.clock.set_day(date(2020, 2, 15));
        let (elsewhere, store) = world.another_process();
        let more = |subscription_id| ChangeQuantity::now(subscription_id, 12);
        std::thread::scope(|scope| {
            let sweep = scope.spawn(|| elsewhere.sweep());
            let canceling = scope.spawn(|| ids.iter().map(|id| world.write(&admin, cancel(*id))).collect::<Vec<_>>());
            let adding = ids.iter().rev().map(|id| elsewhere.write(&admin, world.organization, more(*id)).wait());
            for outcome in adding {
                match outcome.map_err(|failure| failure.refusal().cloned()) {
                    Ok(_) | Err(Some(Refusal::Closed(ClosedReason::NotActive))) => {}
                    Err(other) => panic!("{other:?}"),
                }
            }
            sweep.join().expect("no panic").expect("the database answers");
            for outcome in canceling.join().expect("no panic") {
                outcome.expect("it is canceled, before or after it renews");
            }
        });
        store.close();
        world.sweep();
        world.work();
        let mut renewed = BTreeMap::new();
        let entries = world.store.read(world.organization, |read| journal::oldest_first(read, None, 10_000));
        for entry in entries.expect("the database answers") {
            if let (Some(id), Some(Event::SubscriptionRenewed { .. })) = (entry.subjects.subscription, entry.event) {
                *renewed.entry(id).or_insert(0) += 1;
            }
        }
        assert!(renewed.values().all(|times| *times == 1), "{renewed:?}");
        for id in ids {
            let seen = world.see_subscription(id);
            let expected = if renewed.contains_key(&id) { date(2020, 3, 15) } else { date(2020, 2, 15) };
            assert_eq!((seen.state, seen.ends_on), (SubscriptionState::Disabled, expected));
            // What was charged from the day of canceling on came back, to the cent.
            let all = charges(world, world.organization, id).into_iter();
            let later = all.filter(|(period, _)| period.end > date(2020, 2, 15));
            assert_eq!(later.map(|(_, amount)| amount).sum::<i64>(), 0);
        }
        let findings = examine(&world.app).expect("it looks");
        // The world has no operator.
        assert!(findings.iter().all(|finding| finding.is_good() || finding.check == Check::Operator), "{findings:?}");
    });
}

/// T12, R155: under MCA what was canceled in its first days comes back with a term that begins that day: the preview, the
/// order and the invoice say a whole month, and the next one begins on its day.
#[test]
fn under_mca_a_new_term_begins() {
    in_each_world(|world| {
        world.agreement(Agreement::Mca);
        let office = world.product("Office");
        let by_invoice = |new: &mut Subscription| new.channel = Channel::DirectInvoice;
        let id = world.subscription_with(world.organization, &office, 10, by_invoice);
        let admin = admin(world, "Noor", Role::GlobalAdmin);
        world.clock.set_day(date(2020, 1, 18));
        world.write(&admin, cancel(id)).expect("it is the fourth day");
        assert_eq!(world.new_mails(), ["canceled to noor"]);
        world.clock.set_day(date(2020, 2, 3));
        world.sweep();
        let _ = (world.new_events(), world.new_mails());
        let shown = world.read(&admin, &PreviewReactivate(id)).expect("a preview").preview;
        assert_eq!((shown.ends_on, shown.cost_now), (date(2021, 2, 3), euros(10_000)));
        let back = ReactivateSubscription { subscription_id: id, payment_method_id: None };
        world.write(&admin, back).expect("it comes back");
        let reactivated = Event::SubscriptionReactivated {
            from: SubscriptionState::Disabled,
            ends_on: date(2021, 2, 3),
            amount: euros(10_000),
            service_period: period(date(2020, 2, 3), date(2020, 3, 3)),
        };
        assert_eq!((world.new_events(), world.new_mails()), (vec![reactivated], vec![]));
        assert_eq!(state(world, id), (SubscriptionState::Active, date(2021, 2, 3)));
        world.clock.set_day(date(2020, 3, 3));
        world.sweep();
        let whole = |start, end, amount| (period(start, end), amount);
        let days = charges(world, world.organization, id);
        assert_eq!(
            days[2..],
            [whole(date(2020, 2, 3), date(2020, 3, 3), 10_000), whole(date(2020, 3, 3), date(2020, 4, 3), 10_000),]
        );
        let findings = examine(&world.app).expect("it looks");
        assert!(findings.iter().all(|finding| finding.is_good() || finding.check == Check::Operator), "{findings:?}");
    });
}
