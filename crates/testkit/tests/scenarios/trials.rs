//! Trials: start one, extend it, buy what was tried, and what happens when it ends (domain 1.7, D20).

use super::mails::admin;
use super::purchase::{by_card, wanted};
use app::doctor::{Check, examine};
use app::order::place::{Payment, Purchase, place_order};
use app::organization::change_cloud::ChangeCloud;
use app::ports::SandboxBank;
use app::subscription::edit_recurring_billing::EditRecurringBilling;
use app::subscription::extend_trial::ExtendTrial;
use app::subscription::start_trial::{PrepareTrial, StartTrial};
use app::{Caller, Failure};
use domain::access::Role;
use domain::billing::Agreement;
use domain::catalog::{BillingFrequency, Price, SkuKind, Term};
use domain::event::Event;
use domain::ids::{OrderId, PaymentMethodId, ProductId, SubscriptionId};
use domain::money::{Currency, Money};
use domain::order::OrderState;
use domain::organization::{Cloud, OrganizationKind};
use domain::refusal::{Field, FieldRefusal, Refusal};
use domain::self_service::limits::PurchaseLimits;
use domain::self_service::policy::{PolicyScope, SelfServicePolicy};
use domain::subscription::remind::ReminderKind;
use domain::subscription::{Channel, ClosedReason, SubscriptionState};
use jiff::ToSpan;
use jiff::civil::{Date, date};
use store::tables::{assignment, order, purchase_limits};
use testkit::world::{World, in_each_world};

fn eur(minor: i64) -> Money {
    Money::new(minor, Currency::Eur)
}

/// Copilot at €11.70 a month for an annual term, on 31 January.
fn shop(world: &World) -> (ProductId, Price) {
    world.clock.set_day(date(2020, 1, 31));
    let copilot = world.product("Copilot");
    (copilot.product_id, world.price(&copilot, Term::Annual, BillingFrequency::Monthly, eur(1_170)))
}

fn start(world: &World, caller: &Caller, price: &Price, card: Option<PaymentMethodId>) -> SubscriptionId {
    let trial = StartTrial { price_id: price.id, payment_method_id: card };
    world.write(caller, trial).expect("the trial starts")
}

fn operator(world: &World) -> Caller {
    let house = world.organization_with("Zetel", |house| house.kind = OrganizationKind::Operator);
    world.caller_in(house, Role::Operator)
}

/// Nothing is wrong in the database, but that the world has no operator.
fn is_in_order(world: &World) {
    let findings = examine(&world.app).expect("it looks");
    let wrong: Vec<_> =
        findings.iter().filter(|finding| !finding.is_good() && finding.check != Check::Operator).collect();
    assert!(wrong.is_empty(), "{wrong:?}");
}

fn refusal<T: std::fmt::Debug>(outcome: Result<T, Failure>) -> Refusal {
    match outcome.expect_err("it is refused") {
        Failure::Invalid(fields) => fields[0].refusal.clone(),
        failure => failure.refusal().expect("a refusal").clone(),
    }
}

fn buy(world: &World, trial: SubscriptionId, price: &Price, quantity: u32) -> Purchase {
    Purchase { trial: Some(trial), ..wanted(world, price, quantity, by_card()) }
}

fn place(world: &World, caller: &Caller, purchase: Purchase) -> Result<OrderId, Failure> {
    place_order(&world.app, caller, world.organization, purchase)
}

fn started(ends_on: jiff::civil::Date) -> Event {
    Event::SubscriptionStarted {
        quantity: 25,
        term: Term::Annual,
        billing_frequency: BillingFrequency::Monthly,
        unit_price: eur(1_170),
        channel: Channel::Trial,
        ends_on,
    }
}

fn became_paid(quantity: u32, ends_on: jiff::civil::Date) -> Event {
    Event::TrialBecamePaid {
        quantity,
        term: Term::Annual,
        billing_frequency: BillingFrequency::Monthly,
        unit_price: eur(1_170),
        channel: Channel::Direct,
        ends_on,
    }
}

fn reminded(reminder: ReminderKind, on: jiff::civil::Date, days: i32) -> Event {
    Event::SubscriptionReminded { reminder, on, days }
}

/// R157, D20: 25 licenses from 31 January to 29 February, each product once; without a payment method it expires for
/// 30 days, then it is over. Nothing is ever charged, and there is no invoice.
#[test]
fn a_trial_ends_by_itself() {
    in_each_world(|world| {
        let (product, price) = shop(world);
        let admin = world.caller(Role::GlobalAdmin);
        let prepared = world.read(&admin, &PrepareTrial(product)).expect("it answers").expect("it can be tried");
        assert_eq!((prepared.licenses, prepared.ends_on, prepared.was_tried), (25, date(2020, 2, 29), false));
        let id = start(world, &admin, &price, None);
        assert_eq!(world.new_events(), [started(date(2020, 2, 29))]);
        let trial = world.see_subscription(id);
        assert_eq!((trial.channel, trial.quantity, trial.ends_on), (Channel::Trial, 25, date(2020, 2, 29)));
        let again = StartTrial { price_id: price.id, payment_method_id: None };
        assert_eq!(refusal(world.write(&admin, again)), Refusal::TrialTwice);
        assert!(world.read(&admin, &PrepareTrial(product)).unwrap().unwrap().was_tried);

        world.give_license(id, world.person("Anna"));
        world.clock.set_day(date(2020, 2, 29));
        world.sweep();
        let expired = Event::SubscriptionExpired { on: date(2020, 2, 29), disabled_on: date(2020, 3, 30) };
        assert_eq!(world.new_events(), [expired]);
        assert!(world.see_subscription(id).state.is_assignable(), "people keep access");
        world.clock.set_day(date(2020, 3, 30));
        world.sweep();
        assert_eq!(world.see_subscription(id).state, SubscriptionState::Deleted);
        let kinds: Vec<_> = world.new_events().iter().map(Event::kind).collect();
        assert_eq!(
            kinds,
            ["subscription_disabled", "license_in_conflict", "subscription_deleted", "license_unassigned"]
        );
        assert_eq!(refusal(world.write(&admin, again)), Refusal::TrialTwice, "not even when it is gone");
        assert_eq!(world.gateway.charged().len(), 0);
    });
}

/// R157: only in its last 15 days, of which 14 February is the first, by 30 days, and once.
#[test]
fn a_trial_is_extended_once() {
    in_each_world(|world| {
        let (_, price) = shop(world);
        let admin = world.caller(Role::BillingAdmin);
        let id = start(world, &admin, &price, None);
        let _ = world.new_events();
        world.clock.set_day(date(2020, 2, 13));
        world.sweep();
        let from = date(2020, 2, 14);
        assert_eq!(refusal(world.write(&admin, ExtendTrial(id))), Refusal::TrialExtendsFrom { from });
        world.clock.set_day(from);
        world.sweep();
        let told = reminded(ReminderKind::ExpiresSoon, date(2020, 2, 29), 15);
        assert_eq!(world.new_events(), [told]);
        world.write(&admin, ExtendTrial(id)).expect("it is one of the last 15 days");
        assert_eq!(world.new_events(), [Event::TrialExtended { from: date(2020, 2, 29), to: date(2020, 3, 30) }]);
        assert_eq!(refusal(world.write(&admin, ExtendTrial(id))), Refusal::Closed(ClosedReason::TrialExtended));
        // Only who manages subscriptions, and only what is theirs.
        assert_eq!(refusal(world.write(&world.caller(Role::LicenseAdmin), ExtendTrial(id))), Refusal::NotFound);

        // It is announced anew, and ends 30 days later.
        world.clock.set_day(date(2020, 3, 29));
        world.sweep();
        assert_eq!(world.new_events(), [reminded(ReminderKind::ExpiresSoon, date(2020, 3, 30), 1)]);
        assert_eq!(world.see_subscription(id).state, SubscriptionState::Active);
        world.clock.set_day(date(2020, 3, 30));
        world.sweep();
        assert_eq!(world.see_subscription(id).state, SubscriptionState::Expired);
    });
}

/// R157, domain 1.4, 1.7, T2 to T4: where 21Vianet sells a trial has 30 days, from 31 January to 1 March, and is extended
/// once, by 30 days; then 30 days are left to buy it, and it is erased. Every day of it, with its events and its mails.
#[test]
fn a_trial_of_21vianet_from_its_start_to_its_end() {
    in_each_world(|world| {
        let (_, price) = shop(world);
        let home = world.organization;
        world.app.write(&operator(world), home, ChangeCloud(Cloud::Vianet21)).wait().expect("it has nothing yet");
        let noor = admin(world, "Noor", Role::GlobalAdmin);
        let _ = world.new_events();
        let id = start(world, &noor, &price, None);
        world.give_license(id, world.person("Anna"));
        let (mut events, mut mails) = (Vec::new(), Vec::new());
        loop {
            world.sweep();
            let today = world.today();
            let too_early = Refusal::TrialExtendsFrom { from: date(2020, 2, 15) };
            let once = Refusal::Closed(ClosedReason::TrialExtended);
            match today {
                _ if today == date(2020, 2, 14) => {
                    assert_eq!(refusal(world.write(&noor, ExtendTrial(id))), too_early);
                }
                _ if today == date(2020, 2, 15) => {
                    world.write(&noor, ExtendTrial(id)).expect("it is one of the last 15 days");
                    assert_eq!(refusal(world.write(&noor, ExtendTrial(id))), once);
                }
                _ if today == date(2020, 3, 30) => {
                    assert_eq!(refusal(world.write(&noor, ExtendTrial(id))), once, "not even on its last day");
                }
                _ => {}
            }
            events.extend(world.new_events().into_iter().map(|event| (today, event)));
            mails.extend(world.new_mails().into_iter().map(|mail| (today, mail)));
            if today == date(2020, 5, 15) {
                break;
            }
            world.clock.set_day(today.tomorrow().expect("a next day"));
        }
        let (first_end, end, over) = (date(2020, 3, 1), date(2020, 3, 31), date(2020, 4, 30));
        let soon = |days| reminded(ReminderKind::ExpiresSoon, end, days);
        let expired = |days| reminded(ReminderKind::Expired, over, days);
        let happened = [
            (date(2020, 1, 31), started(first_end)),
            (date(2020, 2, 15), reminded(ReminderKind::ExpiresSoon, first_end, 15)),
            (date(2020, 2, 15), Event::TrialExtended { from: first_end, to: end }),
            (date(2020, 3, 16), soon(15)),
            (date(2020, 3, 24), soon(7)),
            (date(2020, 3, 30), soon(1)),
            (end, Event::SubscriptionExpired { on: end, disabled_on: over }),
            (date(2020, 4, 1), expired(29)),
            (date(2020, 4, 15), expired(15)),
            (over, Event::SubscriptionDisabled { on: over, deleted_on: over }),
            (over, Event::LicenseInConflict),
            (over, Event::SubscriptionDeleted { on: over, licenses_freed: 1 }),
            (over, Event::LicenseUnassigned),
        ];
        assert_eq!(events, happened);
        let warned = |(on, event): &(Date, Event)| match event {
            Event::SubscriptionReminded { reminder, .. } => Some((*on, format!("{} to noor", reminder.code()))),
            _ => None,
        };
        assert_eq!(mails, happened.iter().filter_map(warned).collect::<Vec<_>>());
        assert_eq!(world.gateway.charged().len(), 0);
        is_in_order(world);
    });
}

/// D20: with a payment method and recurring billing it is paid from its end date on, and people keep their licenses. It
/// can be prevented until the last instant before.
#[test]
fn a_trial_becomes_paid() {
    in_each_world(|world| {
        let (_, price) = shop(world);
        let owner = world.person("Dirk");
        let admin = world.as_person(owner, &[Role::GlobalAdmin]);
        let id = start(world, &admin, &price, Some(world.card(owner, "card_succeeds")));
        let anna = world.person("Anna");
        world.give_license(id, anna);
        world.give_roles(world.organization, owner, &[Role::GlobalAdmin]);
        let _ = world.new_events();
        world.clock.set("2020-02-28T22:59:59Z".parse().unwrap());
        world.sweep();
        let last_day = reminded(ReminderKind::BecomesPaidSoon, date(2020, 2, 29), 1);
        assert_eq!(world.new_events(), [last_day]);
        world.deliver();
        assert_eq!(world.new_mails(), ["becomes_paid_soon to dirk"]);
        let set = |on| EditRecurringBilling { subscription_id: id, on, billing_frequency: None };
        world.write(&admin, set(false)).expect("it can be prevented");
        world.write(&admin, set(true)).expect("and let again");
        let _ = world.new_events();

        world.clock.set("2020-02-28T23:00:00Z".parse().unwrap());
        world.sweep();
        world.work();
        let number = || "0000001".to_owned();
        let issued = Event::InvoiceIssued { number: number(), total: eur(29_250), due_on: date(2020, 3, 1) };
        let events = world.new_events();
        assert_eq!(events[..3], [Event::OrderPosted { number: 1 }, became_paid(25, date(2021, 2, 28)), issued]);
        let paid = world.see_subscription(id);
        assert_eq!((paid.channel, paid.state, paid.assigned), (Channel::Direct, SubscriptionState::Active, 1));
        assert_eq!((paid.started_on, paid.ends_on), (date(2020, 2, 29), date(2021, 2, 28)));
        assert_eq!(paid.billed_until, Some(date(2020, 3, 29)));
        assert!(paid.renews() && paid.order_id.is_some());
        let held = world.store.read(world.organization, |read| assignment::of_subscription(read, id, 9)).unwrap();
        assert_eq!(held.iter().map(|license| license.user_id).collect::<Vec<_>>(), [anna]);
        world.clock.set_day(date(2020, 3, 1));
        world.sweep();
        world.work();
        assert_eq!(world.gateway.charged().values().copied().collect::<Vec<_>>(), [eur(29_250)]);
        is_in_order(world);
    });
}

/// D20, domain 4.8; decision 24: under MCA the card that was given to the trial pays for its billing profile, so that it
/// is asked when the trial became paid, and in the months after.
#[test]
fn under_mca_the_card_of_a_trial_pays() {
    in_each_world(|world| {
        world.agreement(Agreement::Mca);
        let (_, price) = shop(world);
        let owner = world.person("Dirk");
        let admin = world.as_person(owner, &[Role::GlobalAdmin]);
        let card = world.card(owner, "card_succeeds");
        let id = start(world, &admin, &price, Some(card));
        while world.today() < date(2020, 4, 28) {
            world.clock.set_day(world.today().saturating_add(1.day()));
            world.sweep();
            world.work();
        }
        assert_eq!(world.see_subscription(id).channel, Channel::Direct);
        assert_eq!(world.gateway.charged().into_values().collect::<Vec<_>>(), [eur(29_250); 2]);
        is_in_order(world);
    });
}

/// R70, R157: who buys what was tried chooses term and number; people keep their licenses, and never fewer are bought
/// than are in use. The day of the purchase is the first paid one.
#[test]
fn a_trial_is_bought() {
    in_each_world(|world| {
        let (_, price) = shop(world);
        let admin = world.caller(Role::GlobalAdmin);
        let id = start(world, &admin, &price, None);
        for name in ["Anna", "Bram", "Cleo"] {
            world.give_license(id, world.person(name));
        }
        let other = world.product("Office");
        let other = world.price(&other, Term::Annual, BillingFrequency::Monthly, eur(900));
        world.clock.set_day(date(2020, 2, 10));
        let _ = world.new_events();
        let few = place(world, &admin, buy(world, id, &price, 2)).expect_err("three are in use");
        let below = FieldRefusal { field: Field::Quantity, refusal: Refusal::BelowAssigned { assigned: 3 } };
        assert!(matches!(&few, Failure::Invalid(fields) if *fields == [below]), "{few}");
        assert_eq!(refusal(place(world, &admin, buy(world, id, &other, 9))), Refusal::UnknownChoice);
        assert_eq!(world.new_events(), []);

        let placed = buy(world, id, &price, 4);
        let order_id = place(world, &admin, placed.clone()).expect("it is bought");
        assert_eq!(place(world, &admin, placed).expect("once"), order_id);
        let number = || "0000001".to_owned();
        let events = [
            Event::OrderPlaced { number: 1, amount: eur(4_680) },
            Event::OrderPosted { number: 1 },
            became_paid(4, date(2021, 2, 10)),
            Event::InvoiceIssued { number: number(), total: eur(4_680), due_on: date(2020, 2, 11) },
            Event::InvoicePaid { number: number(), amount: eur(4_680), balance: eur(0) },
        ];
        assert_eq!(world.new_events(), events);
        let paid = world.see_subscription(id);
        assert_eq!((paid.channel, paid.quantity, paid.assigned), (Channel::Direct, 4, 3));
        assert_eq!((paid.started_on, paid.ends_on), (date(2020, 2, 10), date(2021, 2, 10)));
        assert_eq!(paid.order_id, Some(order_id));
        let twice = refusal(place(world, &admin, buy(world, id, &price, 4)));
        assert_eq!(twice, Refusal::Closed(ClosedReason::NotTrial));
        is_in_order(world);
    });
}

/// R157: what was tried can be bought while it is expired, and not once it is gone.
#[test]
fn a_trial_is_bought_after_its_end() {
    in_each_world(|world| {
        let (_, price) = shop(world);
        let admin = world.caller(Role::GlobalAdmin);
        let id = start(world, &admin, &price, None);
        world.give_license(id, world.person("Anna"));
        world.clock.set_day(date(2020, 3, 29));
        world.sweep();
        assert_eq!(world.see_subscription(id).state, SubscriptionState::Expired);
        place(world, &admin, buy(world, id, &price, 1)).expect("it is bought");
        let paid = world.see_subscription(id);
        assert_eq!((paid.state, paid.assigned, paid.conflicts), (SubscriptionState::Active, 1, 0));
        assert_eq!((paid.started_on, paid.ends_on), (date(2020, 3, 29), date(2021, 3, 29)));

        let office = world.product("Office");
        let office = world.price(&office, Term::Annual, BillingFrequency::Monthly, eur(900));
        let second = start(world, &admin, &office, None);
        world.clock.set_day(date(2020, 6, 1));
        world.sweep();
        let gone = refusal(place(world, &admin, buy(world, second, &office, 1)));
        assert_eq!(gone, Refusal::Closed(ClosedReason::Deleted));
    });
}

/// R157: two admins buy the same trial at once, in two processes: one order is placed, the other learns of it.
#[test]
fn two_admins_buy_the_same_trial() {
    in_each_world(|world| {
        let (_, price) = shop(world);
        let (noor, dirk) = (world.caller(Role::GlobalAdmin), world.caller(Role::BillingAdmin));
        let id = start(world, &noor, &price, None);
        let (other, _store) = world.another_process();
        let (first, second) = (buy(world, id, &price, 5), buy(world, id, &price, 7));
        let (organization, app) = (world.organization, &world.app);
        let answers = std::thread::scope(|scope| {
            let here = scope.spawn(|| place_order(app, &noor, organization, first));
            let there = scope.spawn(|| place_order(&other, &dirk, organization, second));
            [here.join().unwrap(), there.join().unwrap()]
        });
        let (bought, refused): (Vec<_>, Vec<_>) = answers.into_iter().partition(Result::is_ok);
        assert_eq!((bought.len(), refused.len()), (1, 1));
        let why = refusal(refused.into_iter().next().unwrap());
        let reasons = [Refusal::TrialBeingBought, Refusal::Closed(ClosedReason::NotTrial)];
        assert!(reasons.contains(&why), "{why:?}");
        let order_id = *bought[0].as_ref().unwrap();
        let order = world.store.read(organization, |read| order::find(read, order_id)).unwrap().unwrap().order;
        assert_eq!(order.state, OrderState::Posted);
        assert_eq!(i64::from(world.see_subscription(id).quantity), order.quantity);
        assert_eq!(world.gateway.charged().len(), 1);
    });
}

/// A trial goes on while its purchase waits for the bank: it is not paid twice, and not lost when the payment fails.
#[test]
fn a_trial_ends_while_it_is_being_bought() {
    in_each_world(|world| {
        let (_, price) = shop(world);
        let owner = world.person("Dirk");
        let admin = world.as_person(owner, &[Role::GlobalAdmin]);
        let id = start(world, &admin, &price, Some(world.card(owner, "card_succeeds")));
        world.clock.set("2020-02-28T22:00:00Z".parse().unwrap());
        let mut purchase = buy(world, id, &price, 5);
        purchase.payment = Payment::Token("card_confirms".to_owned());
        let order_id = place(world, &admin, purchase).expect("it waits for the payer");
        assert_eq!(refusal(place(world, &admin, buy(world, id, &price, 6))), Refusal::TrialBeingBought);
        world.clock.set_day(date(2020, 2, 29));
        world.sweep();
        let trial = world.see_subscription(id);
        assert_eq!((trial.channel, trial.state), (Channel::Trial, SubscriptionState::Expired));
        let reference = format!("sandbox_{order_id}");
        assert!(world.gateway.confirm(&reference, true));
        world.work();
        let paid = world.see_subscription(id);
        assert_eq!((paid.channel, paid.state, paid.quantity), (Channel::Direct, SubscriptionState::Active, 5));
        assert_eq!((paid.started_on, paid.ends_on), (date(2020, 2, 29), date(2021, 2, 28)));
        assert_eq!(world.gateway.charged().len(), 1);
    });
}

/// R157, domain 4.4: a purchase by invoice waits for its credit check while the trial goes on; when it is not passed the
/// trial is as it was.
#[test]
fn a_trial_waits_for_a_credit_check() {
    in_each_world(|world| {
        let (_, price) = shop(world);
        let admin = world.caller(Role::GlobalAdmin);
        let id = start(world, &admin, &price, None);
        let by_invoice =
            || Purchase { payment: Payment::Invoice { contact_agreed: false }, ..buy(world, id, &price, 5) };
        let operator = operator(world);
        let decide = |order_id: OrderId, passed: bool| {
            let decided = domain::credit_check::decide::DecideCreditCheck { passed, note: "known".to_owned() };
            world.write(&operator, app::credit_check::decide::DecideCreditCheck { order_id, decided }).unwrap();
        };
        let order_id = place(world, &admin, by_invoice()).expect("it waits");
        assert_eq!(world.see_subscription(id).channel, Channel::Trial);
        assert_eq!(world.see_subscription(id).state, SubscriptionState::Active);
        decide(order_id, false);
        let trial = world.see_subscription(id);
        assert_eq!((trial.channel, trial.state, trial.quantity), (Channel::Trial, SubscriptionState::Active, 25));
        let order_id = place(world, &admin, by_invoice()).expect("it waits again");
        decide(order_id, true);
        let paid = world.see_subscription(id);
        assert_eq!((paid.channel, paid.quantity), (Channel::DirectInvoice, 5));
    });
}

/// R178, domain 5.3: who may only try a product tries it without a payment method, once each, and does not buy it; who
/// may do neither does not find it.
#[test]
fn a_user_tries_for_the_team() {
    in_each_world(|world| {
        let (product, _) = shop(world);
        let team = world.sku(product, SkuKind::SelfService, "COPILOT_DEPT");
        let price = world.price(&team, Term::Monthly, BillingFrequency::Monthly, eur(2_000));
        let set = |value| {
            let scope = PolicyScope::Product(product);
            let admin = world.caller(Role::GlobalAdmin);
            world.write(&admin, app::self_service::policy::SetSelfServicePolicy { scope, value }).unwrap();
        };
        let (person, colleague) = (world.person("Emma"), world.person("Finn"));
        let (emma, finn) = (world.as_person(person, &[]), world.as_person(colleague, &[]));
        let trial = StartTrial { price_id: price.id, payment_method_id: None };
        set(SelfServicePolicy::Disabled);
        assert_eq!(refusal(world.write(&emma, trial)), Refusal::SelfServiceNotAllowed);
        assert!(world.read(&emma, &PrepareTrial(product)).unwrap().is_none());

        set(SelfServicePolicy::OnlyTrialsWithoutPaymentMethod);
        let card = world.card(person, "card_succeeds");
        let with_card = StartTrial { payment_method_id: Some(card), ..trial };
        assert_eq!(refusal(world.write(&emma, with_card)), Refusal::SelfServiceNotAllowed);
        assert!(!world.read(&emma, &PrepareTrial(product)).unwrap().unwrap().may_go_on);
        let id = world.write(&emma, trial).expect("she may try it");
        let seen = world.see_subscription(id);
        assert_eq!((seen.holder, seen.channel, seen.ends_on), (Some(person), Channel::Trial, date(2020, 2, 29)));
        assert_eq!(refusal(world.write(&emma, trial)), Refusal::TrialTwice);
        world.write(&finn, trial).expect("each tries once");
        assert_eq!(refusal(place(world, &emma, buy(world, id, &price, 3))), Refusal::SelfServiceNotAllowed);
        let admin = world.caller(Role::GlobalAdmin);
        assert_eq!(refusal(world.write(&finn, ExtendTrial(id))), Refusal::NotFound);
        assert_eq!(refusal(world.write(&admin, ExtendTrial(id))), Refusal::Closed(ClosedReason::SelfServiceOfOther));

        set(SelfServicePolicy::Enabled);
        place(world, &emma, buy(world, id, &price, 3)).expect("she buys what she tried");
        let paid = world.see_subscription(id);
        assert_eq!((paid.holder, paid.channel, paid.quantity), (Some(person), Channel::SelfService, 3));
    });
}

/// Domain 5.1, D20, R38: where people may buy, a user's trial with a card goes on paid by that card; a bank account pays
/// none, and neither does more than one may have.
#[test]
fn a_user_lets_a_trial_go_on() {
    in_each_world(|world| {
        let (product, _) = shop(world);
        let team = world.sku(product, SkuKind::SelfService, "COPILOT_DEPT");
        let price = world.price(&team, Term::Monthly, BillingFrequency::Monthly, eur(2_000));
        let person = world.person("Emma");
        let emma = world.as_person(person, &[]);
        let card = world.card(person, "card_succeeds");
        let trial = |method| StartTrial { price_id: price.id, payment_method_id: Some(method) };
        let prepared = world.read(&emma, &PrepareTrial(product)).unwrap().unwrap();
        assert_eq!((prepared.may_go_on, prepared.methods.len()), (true, 1));
        let account = world.bank_account(person);
        assert_eq!(refusal(world.write(&emma, trial(account))), Refusal::AccountPaysNoSelfService);
        let id = world.write(&emma, trial(card)).expect("she may buy it");
        for day in [date(2020, 2, 29), date(2020, 3, 1)] {
            world.clock.set_day(day);
            world.sweep();
            world.work();
        }
        let paid = world.see_subscription(id);
        assert_eq!((paid.holder, paid.channel, paid.quantity), (Some(person), Channel::SelfService, 25));
        assert_eq!((paid.state, paid.payment_method_id), (SubscriptionState::Active, Some(card)));
        assert_eq!(world.gateway.charged().into_values().collect::<Vec<_>>(), [eur(50_000)]);

        let limits = PurchaseLimits { licenses_max: Some(24), ..PurchaseLimits::default() };
        world.seed(world.organization, move |write| purchase_limits::set(write, &limits));
        let finn = world.as_person(world.person("Finn"), &[]);
        assert!(!world.read(&finn, &PrepareTrial(product)).unwrap().unwrap().may_go_on);
    });
}

/// R157: nothing is tried that cannot be bought, and nothing of another organization is seen.
#[test]
fn a_trial_is_refused_with_its_reason() {
    in_each_world(|world| {
        let (product, price) = shop(world);
        let admin = world.caller(Role::GlobalAdmin);
        let trial = StartTrial { price_id: price.id, payment_method_id: None };
        assert_eq!(refusal(world.write(&world.caller(Role::LicenseAdmin), trial)), Refusal::SelfServiceNotAllowed);
        let elsewhere = world.other_organization("Elsewhere");
        let stranger = world.caller_in(elsewhere, Role::GlobalAdmin);
        let id = start(world, &admin, &price, None);
        let outcome = world.app.write(&stranger, elsewhere, ExtendTrial(id)).wait();
        assert_eq!(refusal(outcome), Refusal::NotFound);
        let own = world.app.write(&stranger, elsewhere, trial).wait();
        assert!(own.is_ok(), "each organization tries once: {own:?}");
        let bought = place_order(&world.app, &stranger, elsewhere, buy(world, id, &price, 3));
        assert_eq!(refusal(bought), Refusal::NotFound);
        let card = world.card(world.person("Dirk"), "card_succeeds");
        let other = world.product("Office");
        let other = world.price(&other, Term::Annual, BillingFrequency::Monthly, eur(900));
        let with_card_of_other = StartTrial { price_id: other.id, payment_method_id: Some(card) };
        assert_ne!(refusal(world.write(&admin, with_card_of_other)), Refusal::TrialTwice);
        let retire = app::catalog::retire::RetireProduct { product_id: product, retired: true };
        world.write(&operator(world), retire).expect("the sale ends");
        assert_eq!(refusal(world.write(&admin, trial)), Refusal::EndOfSale);
    });
}
