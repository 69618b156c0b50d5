//! Undoing a take-over (domain 5.4): everything is as it was, whoever did something meanwhile.

#![expect(clippy::unwrap_used, reason = "a helper of a test fails the test")]

use super::take_over::{Bought, eur, holds, refused, state, work};
use app::Caller;
use app::billing::rules::{BillingAccountDetails, ChangeBillingRules};
use app::job::JobDetails;
use app::license::assign::AssignLicenses;
use app::license::unassign::UnassignLicenses;
use app::payment_method::delete::DeletePaymentMethod;
use app::subscription::details::SubscriptionDetails;
use app::subscription::take_over::StartTakeOver;
use app::subscription::undo_take_over::{PreviewUndoTakeOver, StartUndoTakeOver, UndoPlan};
use app::user::administer::DeleteUser;
use domain::access::Role;
use domain::billing::charge::ChargeKind;
use domain::billing::{Agreement, BillingRules};
use domain::catalog::Sku;
use domain::event::Event;
use domain::ids::{SubscriptionId, UserId};
use domain::job::JobState;
use domain::order::OrderKind;
use domain::organization::Cloud;
use domain::refusal::Refusal;
use domain::subscription::{Channel, ClosedReason, Subscription, SubscriptionState};
use jiff::civil::{Date, date};
use store::statements;
use store::tables::{assignment, subscription};
use testkit::world::{FIRST_DAY, World, in_each_world};

statements! {
    FORGET_THAT_IT_WAS_UNDONE: organization = "UPDATE job SET state = 'waiting', leased_until = NULL, \
        finished_at = NULL, result = NULL WHERE organization_id = $1 AND kind = 'undo_take_over'";
    COPIES: organization = "SELECT (SELECT COUNT(*) FROM kept_take_over WHERE organization_id = $1), \
        (SELECT COUNT(*) FROM kept_license WHERE organization_id = $1)";
    CHARGED: organization = "SELECT kind, amount, invoice_on, invoice_id IS NOT NULL FROM charge \
        WHERE organization_id = $1 AND subscription_id = $2 ORDER BY id";
    PUT_INTO_CONFLICT: organization = "UPDATE assignment SET conflict_since = 7 WHERE organization_id = $1 \
        AND user_id = $2";
}

/// Takes over, at once.
fn take_over(world: &World, admin: &Caller, command: StartTakeOver) {
    let job = world.write(admin, command).unwrap();
    assert_eq!(work(world, admin, job), JobState::Done);
}

/// Undoes that, at once.
fn undo(world: &World, admin: &Caller, id: SubscriptionId) -> JobState {
    let job = world.write(admin, StartUndoTakeOver(id)).unwrap();
    work(world, admin, job)
}

/// What undoing wrote into the journal: what happened to the subscription, and how many of each entry about a person.
/// Entries about many people have identities of their own, so all of them are read.
fn undone(world: &World) -> (Event, Vec<(Event, usize)>) {
    let read = |read: &store::Read<'_>| store::tables::journal::oldest_first(read, None, 1_000_000);
    let entries = world.store.read(world.organization, read).unwrap();
    let by_undoing = entries.into_iter().filter(|entry| entry.command == "undo_take_over");
    let mut events: Vec<_> = by_undoing.map(|entry| entry.event.unwrap()).collect();
    let is_whole = |event: &Event| matches!(event, Event::SubscriptionTakeOverUndone { .. });
    let whole = events.remove(events.iter().position(is_whole).unwrap());
    let mut counted: Vec<(Event, usize)> = Vec::new();
    for event in events {
        match counted.iter_mut().find(|(known, _)| *known == event) {
            Some((_, count)) => *count += 1,
            None => counted.push((event, 1)),
        }
    }
    counted.sort_by_key(|(event, _)| event.kind());
    (whole, counted)
}

/// How many take-overs and licenses are kept.
fn copies(world: &World) -> (i64, i64) {
    let read = |read: &store::Read<'_>| read.query_one(&COPIES, store::params![], |row| Ok((row.get(0)?, row.get(1)?)));
    world.store.read(world.organization, read).unwrap().unwrap()
}

/// Kind, amount, day of the invoice, and whether it is on one, of all that was charged.
fn charged(world: &World, id: SubscriptionId) -> Vec<(ChargeKind, i64, Date, bool)> {
    let read = |read: &store::Read<'_>| {
        read.query(&CHARGED, store::params![id], |row| {
            Ok((row.code(0, ChargeKind::from_code)?, row.get(1)?, row.get(2)?, row.get(3)?))
        })
    };
    world.store.read(world.organization, read).unwrap()
}

/// From which subscription a person holds a product.
fn held(world: &World, person: UserId, product: &Sku) -> Option<SubscriptionId> {
    holds(world, person, product).0
}

/// The subscription as it was, but for its revision.
fn same(before: &Subscription, after: &Subscription) {
    assert_eq!(Subscription { revision: 0, ..after.clone() }, Subscription { revision: 0, ..before.clone() });
}

/// Users moved to the same product: their licenses go back, those of the organization are free again, what came back is
/// charged on the same invoice, and the buyer gets mail.
#[test]
fn a_move_is_undone() {
    in_each_world(|world| {
        let (anna, noor) = (world.person("Anna de Vries"), world.person("Noor Vermeer"));
        let bought = Bought::of(world, &[anna, noor]);
        let central = world.subscription(&bought.visio, 3);
        let admin = world.caller(Role::BillingAdmin);
        let before = world.see_subscription(bought.id);
        take_over(world, &admin, bought.move_to(&bought.visio));
        assert_eq!(copies(world), (1, 2));
        let details = world.read(&admin, &SubscriptionDetails(bought.id)).unwrap();
        assert_eq!(details.undo_until, Some(date(2020, 1, 29)));
        let view = world.read(&admin, &PreviewUndoTakeOver(bought.id)).unwrap();
        let plan = UndoPlan {
            state: SubscriptionState::Active,
            people: 2,
            elsewhere: 0,
            gone: 0,
            freed: 2,
            moved_to: Some("Visio".into()),
            amount: Some(eur(10_000)),
            due_since: None,
        };
        assert_eq!((view.buyer_email.as_str(), view.plan), ("bram.bakker@waterland.example", Ok(plan)));
        let _ = world.new_mails();
        assert_eq!(undo(world, &admin, bought.id), JobState::Done);
        let expected = Event::SubscriptionTakeOverUndone {
            state: SubscriptionState::Active,
            people: 2,
            skipped: 0,
            amount: eur(10_000),
            on: FIRST_DAY,
        };
        assert_eq!(undone(world), (expected, vec![(Event::LicenseMoved { from: central }, 2)]));
        assert_eq!(world.new_mails(), ["take_over_undone to bram.bakker"]);
        same(&before, &world.see_subscription(bought.id));
        assert_eq!(state(world, central), (SubscriptionState::Active, 3, 0));
        for person in [anna, noor] {
            assert_eq!(holds(world, person, &bought.visio), (Some(bought.id), 1));
        }
        let next = date(2020, 2, 15);
        let expected = [
            (ChargeKind::Purchase, 10_000, FIRST_DAY, true),
            (ChargeKind::Cancellation, -10_000, next, false),
            (ChargeKind::Reactivation, 10_000, next, false),
        ];
        assert_eq!(charged(world, bought.id), expected);
        let details = world.read(&admin, &SubscriptionDetails(bought.id)).unwrap();
        assert_eq!((details.undo_until, details.orders[0].order.kind), (None, OrderKind::Reactivation));
        assert_eq!((details.orders[0].order.amount, details.orders[0].order.quantity), (eur(10_000), 10));
        assert_eq!(copies(world), (1, 0));
    });
}

/// Users lost access: they have it again, with their apps, and one whose license was in conflict has that again. The
/// credit is on an invoice, so what came back is on one of today.
#[test]
fn a_cancellation_is_undone_after_its_credit_note() {
    in_each_world(|world| {
        let (anna, noor) = (world.person("Anna de Vries"), world.person("Noor Vermeer"));
        let bought = Bought::of(world, &[anna, noor]);
        let admin = world.caller(Role::GlobalAdmin);
        // 6 days of 31 are left: 10 × 10.00 × 6/31 = 19.35.
        world.clock.set_day(date(2020, 2, 9));
        let before = world.see_subscription(bought.id);
        take_over(world, &admin, bought.cancel());
        assert_eq!((holds(world, anna, &bought.visio), holds(world, noor, &bought.visio)), ((None, 0), (None, 0)));
        world.clock.set_day(date(2020, 2, 20));
        world.sweep();
        let view = world.read(&admin, &PreviewUndoTakeOver(bought.id)).unwrap();
        let plan = view.plan.unwrap();
        assert_eq!((plan.people, plan.freed, plan.moved_to.clone()), (2, 0, None));
        assert_eq!((plan.amount, plan.due_since), (Some(eur(1_935)), Some(date(2020, 2, 15))));
        assert_eq!(undo(world, &admin, bought.id), JobState::Done);
        let expected = Event::SubscriptionTakeOverUndone {
            state: SubscriptionState::Active,
            people: 2,
            skipped: 0,
            amount: eur(1_935),
            on: date(2020, 2, 20),
        };
        let added = Event::LicenseAssigned { disabled_plans: Vec::new() };
        assert_eq!(undone(world), (expected, vec![(added, 2)]));
        same(&before, &world.see_subscription(bought.id));
        assert_eq!((holds(world, anna, &bought.visio), holds(world, noor, &bought.visio)), {
            let has = (Some(bought.id), 1);
            (has, has)
        });
        // What fell due meanwhile is done now: the billing period of 15 February is charged.
        world.sweep();
        let expected = [
            (ChargeKind::Purchase, 10_000, FIRST_DAY, true),
            (ChargeKind::Cancellation, -1_935, date(2020, 2, 15), true),
            (ChargeKind::Reactivation, 1_935, date(2020, 2, 20), true),
            (ChargeKind::PeriodicPayment, 10_000, date(2020, 2, 15), true),
        ];
        assert_eq!(charged(world, bought.id), expected);
        assert_eq!(world.see_subscription(bought.id).billed_until, Some(date(2020, 3, 15)));
    });
}

/// To another product: everybody has the former license again, with the apps and the conflict that there were; who had
/// the other product before keeps it, and so does who got another license meanwhile.
#[test]
fn a_move_to_another_product_is_undone() {
    in_each_world(|world| {
        let [anna, noor, zoe, max, lea, joe] =
            ["Anna", "Noor", "Zoë", "Max", "Lea", "Joe"].map(|name| world.person(&format!("{name} de Vries")));
        let bought = Bought::of(world, &[anna, noor, zoe, max, lea, joe]);
        let office = world.product("Office");
        let central = world.subscription(&office, 8);
        world.give_license(central, noor);
        let own = world.subscription(&bought.visio, 4);
        let admin = world.caller(Role::GlobalAdmin);
        take_over(world, &admin, bought.move_to(&office));
        assert_eq!(state(world, central).2, 6);
        // Zoë loses what she was given, Max gets the product from the organization, Lea leaves, and Joe loses what he
        // was given and gets a new one.
        world.clock.set_day(date(2020, 1, 16));
        let assign = |product: &Sku, users: Vec<UserId>| AssignLicenses {
            product_id: product.product_id,
            subscription_id: None,
            users,
            disabled_plans: Vec::new(),
        };
        let unassign = UnassignLicenses { product_id: office.product_id, users: vec![zoe, joe] };
        world.write(&admin, unassign).unwrap();
        world.write(&admin, assign(&bought.visio, vec![max])).unwrap();
        world.write(&admin, assign(&office, vec![joe])).unwrap();
        world.write(&admin, DeleteUser(lea)).unwrap();
        assert_eq!((state(world, central).2, state(world, own).2), (4, 1));
        let plan = world.read(&admin, &PreviewUndoTakeOver(bought.id)).unwrap().plan.unwrap();
        assert_eq!((plan.people, plan.freed, plan.elsewhere, plan.gone), (4, 1, 1, 1));
        assert_eq!(undo(world, &admin, bought.id), JobState::Done);
        let expected = Event::SubscriptionTakeOverUndone {
            state: SubscriptionState::Active,
            people: 4,
            skipped: 2,
            amount: eur(10_000),
            on: date(2020, 1, 16),
        };
        let added = Event::LicenseAssigned { disabled_plans: Vec::new() };
        let moved = Event::LicenseMoved { from: central };
        assert_eq!(undone(world), (expected, vec![(added, 3), (moved, 1)]));
        assert_eq!((state(world, bought.id).2, state(world, central).2, state(world, own).2), (4, 3, 1));
        let visio = |person| held(world, person, &bought.visio);
        assert_eq!([anna, noor, zoe, joe].map(visio), [Some(bought.id); 4]);
        assert_eq!((visio(max), visio(lea)), (Some(own), None));
        let has_office = |person| held(world, person, &office);
        assert_eq!([anna, zoe, lea].map(has_office), [None; 3]);
        assert_eq!([noor, max, joe].map(has_office), [Some(central); 3]);
        assert_eq!([anna, noor, zoe, max, joe].map(|person| holds(world, person, &office).1), [1, 2, 1, 2, 2]);
    });
}

/// Apps that were off are off again, and a license that was in conflict is solved once the buyer has free ones again.
#[test]
fn each_license_is_what_it_was() {
    in_each_world(|world| {
        let (anna, noor) = (world.person("Anna de Vries"), world.person("Noor Vermeer"));
        let bought = Bought::of(world, &[anna, noor]);
        let draw = world.apps(&bought.visio, &["Draw", "Web"])[0];
        let office = world.product("Office");
        let central = world.subscription(&office, 2);
        let (product, id) = (bought.visio.product_id, bought.id);
        world.seed(world.organization, move |write| {
            assignment::set_disabled_plans(write, anna, product, &[draw])?;
            write.change(&PUT_INTO_CONFLICT, store::params![noor])?;
            store::tables::subscription::add_assigned(write, id, -1)?;
            store::tables::subscription::add_conflicts(write, id, 1)
        });
        let license = |person| {
            let found = world.store.read(world.organization, |read| assignment::find(read, person, product));
            found.unwrap().unwrap()
        };
        let before = (license(anna), license(noor), world.see_subscription(id));
        let admin = world.caller(Role::GlobalAdmin);
        take_over(world, &admin, bought.move_to(&office));
        assert_eq!(state(world, central).2, 2);
        assert_eq!(undo(world, &admin, id), JobState::Done);
        assert_eq!(license(anna), before.0);
        assert_eq!((license(noor).assigned_at, license(noor).conflict_since), (before.1.assigned_at, None));
        let after = world.see_subscription(id);
        assert_eq!((after.assigned, after.conflicts, state(world, central).2), (2, 0, 0));
    });
}

/// The days are over; it was undone; the buyer is gone; the payment method is; the operator gives no days; who may not;
/// another organization's.
#[test]
fn it_is_refused() {
    in_each_world(|world| {
        let anna = world.person("Anna de Vries");
        let bought = Bought::of(world, &[anna]);
        let central = world.subscription(&bought.visio, 3);
        let admin = world.caller(Role::GlobalAdmin);
        let why = |id| refused(world.write(&admin, StartUndoTakeOver(id)));
        assert_eq!(why(bought.id), Refusal::NothingToUndo);
        assert_eq!(why(central), Refusal::Closed(ClosedReason::NotSelfService));
        take_over(world, &admin, bought.move_to(&bought.visio));
        for role in [Role::LicenseAdmin, Role::UserAdmin, Role::GlobalReader] {
            let result = world.write(&world.caller(role), StartUndoTakeOver(bought.id));
            assert_eq!(refused(result), Refusal::NotAllowed, "{role}");
        }
        let buyer = world.as_person(bought.bram, &[]);
        assert_eq!(refused(world.write(&buyer, StartUndoTakeOver(bought.id))), Refusal::NotAllowed);
        let elsewhere = world.other_organization("Elsewhere");
        let stranger = world.caller_in(elsewhere, Role::GlobalAdmin);
        let result = world.app.write(&stranger, elsewhere, StartUndoTakeOver(bought.id)).wait();
        assert_eq!(refused(result), Refusal::NotFound);
        world.clock.set_day(date(2020, 1, 30));
        assert_eq!(why(bought.id), Refusal::UndoTimeOver { until: date(2020, 1, 29) });
        world.clock.set_day(date(2020, 1, 29));
        let view = world.read(&admin, &PreviewUndoTakeOver(bought.id)).unwrap();
        assert!(view.plan.is_ok());
        assert_eq!(undo(world, &admin, bought.id), JobState::Done);
        assert_eq!(why(bought.id), Refusal::AlreadyUndone);
        let view = world.read(&admin, &PreviewUndoTakeOver(bought.id)).unwrap();
        assert_eq!(view.plan, Err(Refusal::AlreadyUndone));
        // Once more: the newest take-over counts.
        take_over(world, &admin, bought.cancel());
        assert_eq!(copies(world), (1, 1));
        world.write(&admin, DeleteUser(bought.bram)).unwrap();
        assert_eq!(why(bought.id), Refusal::BuyerGone);
        assert_eq!(state(world, bought.id).0, SubscriptionState::Deleted);
    });
}

/// What paid is gone: nothing comes back, and with a payment method on file it does.
#[test]
fn what_pays_is_needed() {
    in_each_world(|world| {
        let bram = world.person("Bram Bakker");
        let visio = world.product("Visio");
        let card = world.card(bram, "card_succeeds");
        let other = world.card(bram, "card_succeeds");
        let id = world.subscription_with(world.organization, &visio, 5, |new| {
            (new.channel, new.holder, new.payment_method_id) = (Channel::SelfService, Some(bram), Some(card));
        });
        let admin = world.caller(Role::GlobalAdmin);
        let bought = Bought { visio, bram, id };
        take_over(world, &admin, bought.cancel());
        world.write(&world.as_person(bram, &[]), DeletePaymentMethod(card)).unwrap();
        assert_eq!(refused(world.write(&admin, StartUndoTakeOver(id))), Refusal::PaymentMethodGone);
        let kept = world.subscription_with(world.organization, &bought.visio, 5, |new| {
            (new.channel, new.holder, new.payment_method_id) = (Channel::SelfService, Some(bram), Some(other));
        });
        take_over(world, &admin, Bought { id: kept, ..bought }.cancel());
        assert_eq!(undo(world, &admin, kept), JobState::Done);
        assert_eq!(world.see_subscription(kept).payment_method_id, Some(other));
    });
}

/// T6, R166: the card was declined for thirty days while the purchase was taken over; undone, it is disabled as it would
/// have been, and the pane says so before.
#[test]
fn what_was_given_up_meanwhile_comes_back_disabled() {
    in_each_world(|world| {
        let bought = Bought::of(world, &[]);
        let declined = world.card(bought.bram, "card_declined");
        let mut unpaid = world.see_subscription(bought.id);
        unpaid.payment_method_id = Some(declined);
        world.seed(world.organization, move |write| subscription::update_life(write, &unpaid, Cloud::Worldwide));
        let admin = world.caller(Role::GlobalAdmin);
        let live_until = |last| {
            while world.today() < last {
                world.clock.set_day(world.today().tomorrow().unwrap());
                world.sweep();
                world.work();
            }
        };
        live_until(date(2020, 3, 10));
        assert_eq!(world.see_subscription(bought.id).state, SubscriptionState::Active, "it is tried for thirty days");
        take_over(world, &admin, bought.cancel());
        live_until(date(2020, 3, 20));
        let view = world.read(&admin, &PreviewUndoTakeOver(bought.id)).unwrap();
        assert_eq!(view.plan.map(|plan| plan.state), Ok(SubscriptionState::Disabled));
        let _ = world.new_events();
        assert_eq!(undo(world, &admin, bought.id), JobState::Done);
        let back = world.see_subscription(bought.id);
        assert_eq!((back.state, back.unpaid_since), (SubscriptionState::Disabled, Some(date(2020, 3, 20))));
        let happened = world.new_events();
        let disabled = |event: &Event| matches!(event, Event::SubscriptionDisabled { on, .. } if *on == world.today());
        assert_eq!(happened.iter().filter(|event| disabled(event)).count(), 1, "{happened:?}");
    });
}

/// The operator gives another number of days, or none; what is over is forgotten by the sweep.
#[test]
fn the_operator_gives_the_days() {
    in_each_world(|world| {
        let anna = world.person("Anna de Vries");
        let operator = world.caller(Role::Operator);
        let set = |undo_days| {
            let revision = world.read(&operator, &BillingAccountDetails).unwrap().revision;
            let rules = BillingRules { undo_days, ..BillingRules::usual(Agreement::Mosa) };
            world.write(&operator, ChangeBillingRules { rules, revision })
        };
        assert!(set(91).is_err());
        set(0).unwrap();
        let bought = Bought::of(world, &[anna]);
        let admin = world.caller(Role::GlobalAdmin);
        take_over(world, &admin, bought.cancel());
        assert_eq!(copies(world), (0, 0));
        assert_eq!(refused(world.write(&admin, StartUndoTakeOver(bought.id))), Refusal::NothingToUndo);
        set(3).unwrap();
        let second = world.subscription_with(world.organization, &bought.visio, 2, |new| {
            (new.channel, new.holder) = (Channel::SelfService, Some(bought.bram));
        });
        world.give_license(second, anna);
        take_over(world, &admin, Bought { id: second, ..bought }.cancel());
        assert_eq!(copies(world), (1, 1));
        // It can be undone up to the 18th; two days later no zone is before that any more.
        for (day, left) in [(18, (1, 1)), (19, (1, 1)), (20, (0, 0))] {
            world.clock.set_day(date(2020, 1, day));
            world.sweep();
            assert_eq!(copies(world), left, "{day}");
        }
        assert_eq!(refused(world.write(&admin, StartUndoTakeOver(second))), Refusal::NothingToUndo);
    });
}

/// Two admins at once: one undoes it, and it is charged once.
#[test]
fn two_admins_undo_at_once() {
    in_each_world(|world| {
        let team = world.people(40);
        let bought = Bought::of(world, &team);
        let central = world.subscription(&bought.visio, 40);
        let (first, second) = (world.caller(Role::GlobalAdmin), world.caller(Role::BillingAdmin));
        take_over(world, &first, bought.move_to(&bought.visio));
        let jobs = [&first, &second].map(|admin| world.write(admin, StartUndoTakeOver(bought.id)).unwrap());
        let (other, _store) = world.another_process();
        std::thread::scope(|scope| {
            scope.spawn(|| while other.work_once().unwrap() {});
            while world.app.work_once().unwrap() {}
        });
        let jobs = jobs.map(|job| world.read(&first, &JobDetails(job)).unwrap());
        let mut ends: Vec<_> = jobs.iter().map(|job| (job.state, job.error.as_deref())).collect();
        ends.sort_by_key(|(state, _)| *state != JobState::Done);
        assert_eq!(ends, [(JobState::Done, None), (JobState::Refused, Some("already_undone"))]);
        assert_eq!((state(world, bought.id).2, state(world, central).2), (40, 0));
        let amounts: Vec<_> = charged(world, bought.id).iter().map(|(_, amount, ..)| *amount).collect();
        assert_eq!(amounts, [40_000, -40_000, 40_000]);
    });
}

/// Somebody takes licenses of the organization away at the very moment: what both subscriptions count is what there is.
#[test]
fn an_admin_takes_licenses_away_meanwhile() {
    in_each_world(|world| {
        let team = world.people(40);
        let bought = Bought::of(world, &team);
        let central = world.subscription(&bought.visio, 40);
        let admin = world.caller(Role::GlobalAdmin);
        take_over(world, &admin, bought.move_to(&bought.visio));
        let job = world.write(&admin, StartUndoTakeOver(bought.id)).unwrap();
        let (other, _store) = world.another_process();
        std::thread::scope(|scope| {
            scope.spawn(|| {
                for person in &team[..10] {
                    let unassign = UnassignLicenses { product_id: bought.visio.product_id, users: vec![*person] };
                    let _ = other.write(&admin, world.organization, unassign).wait();
                }
            });
            world.app.work_now(world.organization, job).unwrap();
        });
        assert_eq!(world.read(&admin, &JobDetails(job)).unwrap().state, JobState::Done);
        let holding = |id| team.iter().filter(|person| held(world, **person, &bought.visio) == Some(id)).count();
        assert_eq!(state(world, bought.id).2 as usize, holding(bought.id));
        assert_eq!((state(world, central).2 as usize, holding(central)), (0, 0));
        for person in &team {
            let (has, count) = holds(world, *person, &bought.visio);
            assert_eq!(i64::from(has.is_some()), count);
        }
    });
}

/// A worker dies after it committed and before it said so: the next one finds that it is done.
#[test]
fn a_worker_that_died_undoes_nothing_twice() {
    in_each_world(|world| {
        let team = world.people(1_000);
        let bought = Bought::of(world, &team);
        let central = world.subscription_with(world.organization, &bought.visio, 1_000, |new| new.quantity_max = 1_000);
        let admin = world.caller(Role::GlobalAdmin);
        take_over(world, &admin, bought.move_to(&bought.visio));
        let job = world.write(&admin, StartUndoTakeOver(bought.id)).unwrap();
        assert_eq!(work(world, &admin, job), JobState::Done);
        let once = undone(world);
        assert_eq!(once.1, [(Event::LicenseMoved { from: central }, 1_000)]);
        let before = world.read(&admin, &JobDetails(job)).unwrap();
        assert_eq!((before.progress_done, before.progress_total), (1_000, 1_000));
        world.seed(world.organization, |write| write.change(&FORGET_THAT_IT_WAS_UNDONE, store::params![]));
        assert_eq!(work(world, &admin, job), JobState::Done);
        assert_eq!(world.read(&admin, &JobDetails(job)).unwrap().result, before.result);
        assert_eq!(undone(world), once);
        assert_eq!((state(world, bought.id).2, state(world, central).2), (1_000, 0));
    });
}
