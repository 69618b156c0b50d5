//! Subscriptions that start on a later day (domain 1.4 T11, 4.10 M12; R163).

use super::purchase::{by_card, wanted};
use app::credit_check::decide::DecideCreditCheck;
use app::doctor::{Check, examine};
use app::order::details::OrderDetails;
use app::order::place::{Payment, Purchase, place_order};
use app::subscription::cancel::CancelSubscription;
use app::subscription::change_quantity::ChangeQuantity;
use app::{Caller, Failure};
use domain::access::Role;
use domain::billing::Agreement;
use domain::catalog::{BillingFrequency, Price, ProductKind, Term};
use domain::credit_check::decide::DecideCreditCheck as Decided;
use domain::event::Event;
use domain::ids::{OrderId, SubscriptionId};
use domain::money::{Currency, Money};
use domain::order::OrderState;
use domain::organization::OrganizationKind;
use domain::refusal::{Field, FieldRefusal, Refusal};
use domain::subscription::cancel::{Cancel, CancelReason};
use domain::subscription::{Channel, ClosedReason, SubscriptionState};
use domain::time::Period;
use jiff::civil::{Date, date};
use testkit::world::{World, in_each_world};

const FIRST: Date = date(2020, 3, 1);

fn eur(minor: i64) -> Money {
    Money::new(minor, Currency::Eur)
}

fn shop(world: &World) -> Price {
    let office = world.product("Office");
    world.price(&office, Term::Annual, BillingFrequency::Monthly, eur(1_170))
}

fn purchase(world: &World, price: &Price, payment: Payment, starts_on: Date) -> Purchase {
    Purchase { starts_on: Some(starts_on), ..wanted(world, price, 25, payment) }
}

fn place(world: &World, buyer: &Caller, purchase: Purchase) -> Result<OrderId, Failure> {
    place_order(&world.app, buyer, world.organization, purchase)
}

fn scheduled(channel: Channel) -> Event {
    Event::SubscriptionScheduled {
        quantity: 25,
        term: Term::Annual,
        billing_frequency: BillingFrequency::Monthly,
        unit_price: eur(1_170),
        channel,
        starts_on: FIRST,
    }
}

fn begun() -> Event {
    Event::ScheduledSubscriptionStarted {
        term: Period { start: FIRST, end: date(2021, 3, 1) },
        amount: eur(29_250),
        service_period: Period { start: FIRST, end: date(2020, 4, 1) },
    }
}

fn invoiced(event: Event) -> Option<Money> {
    match event {
        Event::InvoiceIssued { total, .. } => Some(total),
        _ => None,
    }
}

fn cancel(subscription_id: SubscriptionId) -> CancelSubscription {
    let cancel = Cancel { reason: CancelReason::BoughtByMistake, feedback: String::new() };
    CancelSubscription { subscription_id, cancel }
}

/// What is wrong with the start date.
fn refused(outcome: Result<OrderId, Failure>) -> Refusal {
    match outcome.expect_err("it is refused") {
        Failure::Invalid(fields) => match &fields[..] {
            [FieldRefusal { field: Field::StartsOn, refusal }] => refusal.clone(),
            other => panic!("another field: {other:?}"),
        },
        failure => panic!("no field: {failure}"),
    }
}

/// R163, T11, M12: bought in January to start on 1 March. Before that day nothing can be done with it and nothing is
/// charged; on that day it becomes active, the card pays, and the admins get a mail.
#[test]
fn it_starts_on_its_day() {
    in_each_world(|world| {
        let price = shop(world);
        let buyer = world.person("Dirk");
        world.give_roles(world.organization, buyer, &[Role::GlobalAdmin]);
        let admin = world.as_person(buyer, &[Role::GlobalAdmin]);
        let wanted = purchase(world, &price, by_card(), FIRST);
        let id = place(world, &admin, wanted.clone()).expect("it is bought");
        let placed = Event::OrderPlaced { number: 1, amount: eur(29_250) };
        let posted = Event::OrderPosted { number: 1 };
        assert_eq!(world.new_events(), [placed, posted, scheduled(Channel::Direct)]);
        assert_eq!(world.new_mails(), ["order_confirmation to dirk"]);
        assert_eq!(place(world, &admin, wanted.clone()).expect("once"), id);
        let other_day = Purchase { starts_on: Some(date(2020, 3, 2)), ..wanted };
        assert_eq!(
            place(world, &admin, other_day).expect_err("another").refusal(),
            Some(&Refusal::IdempotencyKeyReused)
        );

        let view = world.read(&admin, &OrderDetails(id)).expect("the order is there");
        assert_eq!((view.listed.order.state, view.starts_on), (OrderState::Posted, Some(FIRST)));
        let waiting = world.see_subscription(view.listed.order.subscription_id);
        assert_eq!((waiting.state, waiting.started_on), (SubscriptionState::Scheduled, FIRST));
        assert_eq!((waiting.ends_on, waiting.billed_until), (date(2021, 3, 1), Some(FIRST)));
        let closed = Refusal::Closed(ClosedReason::NotStarted);
        let more = ChangeQuantity::now(waiting.id, 30);
        assert_eq!(world.write(&admin, more).expect_err("not yet").refusal(), Some(&closed));
        let called_off = world.write(&admin, cancel(waiting.id)).expect_err("not yet");
        assert_eq!(called_off.refusal(), Some(&closed));
        world.clock.set_day(date(2020, 2, 29));
        assert_eq!(world.sweep(), 0);
        assert_eq!((world.new_events(), world.gateway.charged().len()), (vec![], 0));

        world.clock.set_day(FIRST);
        world.sweep();
        let number = "0000001".to_owned();
        let issued = Event::InvoiceIssued { number, total: eur(29_250), due_on: date(2020, 3, 2) };
        assert_eq!(world.new_events(), [begun(), issued]);
        let mails = world.new_mails();
        assert!(mails.contains(&"subscription_started to dirk".to_owned()), "{mails:?}");
        let active = world.see_subscription(waiting.id);
        assert_eq!((active.state, active.available()), (SubscriptionState::Active, 25));
        assert_eq!((active.billed_until, active.order_id), (Some(date(2020, 4, 1)), Some(id)));
        world.clock.set_day(date(2020, 3, 2));
        world.sweep();
        world.work();
        assert_eq!(world.gateway.charged().values().copied().collect::<Vec<_>>(), [eur(29_250)]);
        assert_eq!(world.read(&admin, &OrderDetails(id)).expect("the order").starts_on, None);
        world.give_license(waiting.id, world.person("Anna"));
        // The world has no operator.
        let findings = examine(&world.app).expect("it looks");
        assert!(findings.iter().all(|finding| finding.is_good() || finding.check == Check::Operator), "{findings:?}");
    });
}

/// Domain 4.4: what waits for a credit check starts on its day when the check is passed before, and at once when the
/// day is over by then.
#[test]
fn a_credit_check_keeps_the_day_or_is_too_late_for_it() {
    for (decided_on, expected) in
        [(date(2020, 1, 16), SubscriptionState::Scheduled), (date(2020, 3, 5), SubscriptionState::Active)]
    {
        in_each_world(|world| {
            let price = shop(world);
            let buyer = world.caller(Role::BillingAdmin);
            let house = world.organization_with("Zetel", |house| house.kind = OrganizationKind::Operator);
            let operator = world.caller_in(house, Role::Operator);
            let invoice = Payment::Invoice { contact_agreed: true };
            let id = place(world, &buyer, purchase(world, &price, invoice, FIRST)).expect("it is ordered");
            let order = world.read(&buyer, &OrderDetails(id)).expect("the order is there").listed.order;
            assert_eq!(world.see_subscription(order.subscription_id).state, SubscriptionState::Pending);
            world.clock.set_day(decided_on);
            assert_eq!(world.sweep(), 0, "who waits for a check waits for it alone");
            let decided = Decided::new(true, "Known for years.").expect("a note");
            world.write(&operator, DecideCreditCheck { order_id: id, decided }).expect("it is decided");
            let bought = world.see_subscription(order.subscription_id);
            assert_eq!((bought.state, bought.started_on), (expected, decided_on.max(FIRST)));
            let _ = world.new_events();
            world.clock.set_day(date(2020, 3, 5));
            world.sweep();
            let billed: Vec<_> = world.new_events().into_iter().filter_map(invoiced).collect();
            assert_eq!(billed, [eur(29_250)]);
        });
    }
}

/// R163: from today to a year ahead, and only what an organization buys on its own.
#[test]
fn days_that_cannot_be_chosen() {
    in_each_world(|world| {
        let price = shop(world);
        let admin = world.caller(Role::GlobalAdmin);
        let between = Refusal::StartsBetween { from: date(2020, 1, 15), until: date(2021, 1, 14) };
        for day in [date(2020, 1, 14), date(2021, 1, 15), Date::MIN, Date::MAX] {
            assert_eq!(refused(place(world, &admin, purchase(world, &price, by_card(), day))), between, "{day}");
        }
        assert_eq!(world.new_events(), []);
        place(world, &admin, purchase(world, &price, by_card(), date(2020, 1, 15))).expect("today");
        place(world, &admin, purchase(world, &price, by_card(), date(2021, 1, 14))).expect("the last day");

        let base = world.product("Suite");
        let _ = world.subscription(&base, 10);
        let add_on = world.add_on("Calls", ProductKind::TraditionalAddOn, &[&base]);
        let add_on = world.price(&add_on, Term::Annual, BillingFrequency::Monthly, eur(200));
        assert_eq!(refused(place(world, &admin, purchase(world, &add_on, by_card(), FIRST))), Refusal::StartsAtOnce);
    });
}

/// What was due while nobody looked happens as of its day: the first billing period and the one after it.
#[test]
fn it_starts_as_of_its_day_however_late() {
    in_each_world(|world| {
        let price = shop(world);
        let admin = world.caller(Role::GlobalAdmin);
        let id = place(world, &admin, purchase(world, &price, by_card(), FIRST)).expect("it is bought");
        let bought = world.read(&admin, &OrderDetails(id)).expect("the order").listed.order.subscription_id;
        let _ = world.new_events();
        world.clock.set_day(date(2020, 4, 20));
        world.sweep();
        assert_eq!(world.new_events()[0], begun());
        let active = world.see_subscription(bought);
        assert_eq!((active.state, active.ends_on), (SubscriptionState::Active, date(2021, 3, 1)));
        assert_eq!(active.billed_until, Some(date(2020, 5, 1)));
    });
}

/// T11, T5, R13: on the day itself it is canceled as any other, also before the calendar has come to it: it begins, and
/// all of it comes back under both agreements.
#[test]
fn it_is_canceled_on_its_day() {
    for agreement in [Agreement::Mosa, Agreement::Mca] {
        in_each_world(|world| {
            world.agreement(agreement);
            let price = shop(world);
            let admin = world.caller(Role::GlobalAdmin);
            let id = place(world, &admin, purchase(world, &price, by_card(), FIRST)).expect("it is bought");
            let id = world.read(&admin, &OrderDetails(id)).expect("the order").listed.order.subscription_id;
            let _ = world.new_events();
            world.clock.set_day(FIRST);
            world.write(&admin, cancel(id)).expect("it is canceled");
            let canceled = Event::SubscriptionCanceled {
                reason: CancelReason::BoughtByMistake,
                feedback: String::new(),
                amount: eur(-29_250),
                service_period: Period { start: FIRST, end: date(2020, 4, 1) },
                deleted_on: date(2020, 5, 30),
            };
            assert_eq!(world.new_events(), [begun(), canceled]);
            assert_eq!(world.see_subscription(id).state, SubscriptionState::Disabled);
            world.clock.set_day(date(2020, 4, 2));
            world.sweep();
            world.work();
            let findings = examine(&world.app).expect("it looks");
            // The world has no operator.
            assert!(
                findings.iter().all(|finding| finding.is_good() || finding.check == Check::Operator),
                "{findings:?}"
            );
        });
    }
}
