//! Self-service purchases: taking them over (domain 5.4; R128-R149), whoever else does something at the same time.

#![expect(clippy::unwrap_used, reason = "a helper of a test fails the test")]

use app::doctor::{Check, examine};
use app::history::Audit;
use app::job::JobDetails;
use app::license::assign::AssignLicenses;
use app::license::unassign::UnassignLicenses;
use app::subscription::cancel::CancelSubscription;
use app::subscription::change_quantity::ChangeQuantity;
use app::subscription::details::SubscriptionDetails;
use app::subscription::take_over::{PreviewTakeOver, StartTakeOver, TakeOver, Target};
use app::user::administer::DeleteUser;
use app::{App, Caller, Failure};
use domain::access::Role;
use domain::catalog::{ProductKind, Sku, SkuKind};
use domain::event::Event;
use domain::ids::{JobId, SubscriptionId, UserId};
use domain::job::JobState;
use domain::money::{Currency, Money};
use domain::refusal::{Field, Refusal};
use domain::subscription::cancel::{Cancel, CancelReason};
use domain::subscription::{Channel, ClosedReason, Subscription, SubscriptionState};
use jiff::civil::date;
use std::sync::Barrier;
use store::statements;
use store::tables::{assignment, subscription, user};
use testkit::world::{FIRST_DAY, World, in_each_world};

statements! {
    FORGET_THAT_IT_WAS_DONE: organization = "UPDATE job SET state = 'waiting', leased_until = NULL, finished_at = NULL, \
        result = NULL WHERE organization_id = $1";
}

/// A product, and what Bram bought of it for his team.
pub(super) struct Bought {
    pub(super) visio: Sku,
    pub(super) bram: UserId,
    pub(super) id: SubscriptionId,
}

impl Bought {
    /// Ten licenses of 10.00 a month, bought on the first day, of which these people have one.
    pub(super) fn of(world: &World, team: &[UserId]) -> Self {
        Self::with(world, team, |_, _| ())
    }

    /// The same, where the subscription differs, by who bought it.
    pub(super) fn with(world: &World, team: &[UserId], differ: impl FnOnce(UserId, &mut Subscription)) -> Self {
        let visio = world.product("Visio");
        let bram = world.person("Bram Bakker");
        Self::again(world, visio, bram, team, |new| differ(bram, new))
    }

    /// The same of another product, by somebody who is there.
    fn again(world: &World, visio: Sku, bram: UserId, team: &[UserId], differ: impl FnOnce(&mut Subscription)) -> Self {
        let departmental = world.sku(visio.product_id, SkuKind::SelfService, "VISIO_DEPT");
        let quantity = u32::try_from(team.len().max(10)).unwrap();
        let id = world.subscription_with(world.organization, &departmental, quantity, |new| {
            (new.channel, new.holder) = (Channel::SelfService, Some(bram));
            differ(new);
        });
        for person in team {
            world.give_license(id, *person);
        }
        Self { visio, bram, id }
    }

    pub(super) fn move_to(&self, product: &Sku) -> StartTakeOver {
        StartTakeOver { subscription_id: self.id, take_over: TakeOver::Move { to: product.product_id } }
    }

    pub(super) fn cancel(&self) -> StartTakeOver {
        let take_over = TakeOver::Cancel { reason: CancelReason::ManagedElsewhere, feedback: " All in one. ".into() };
        StartTakeOver { subscription_id: self.id, take_over }
    }
}

pub(super) fn refused<T: std::fmt::Debug>(result: Result<T, Failure>) -> Refusal {
    result.unwrap_err().refusal().unwrap().clone()
}

/// Does the work and gives how it ended.
pub(super) fn work(world: &World, admin: &Caller, job: JobId) -> JobState {
    world.app.work_now(world.organization, job).unwrap();
    world.read(admin, &JobDetails(job)).unwrap().state
}

/// State, quantity and licenses in use.
pub(super) fn state(world: &World, id: SubscriptionId) -> (SubscriptionState, u32, u32) {
    let found = world.store.read(world.organization, |read| subscription::find(read, id)).unwrap().unwrap();
    (found.subscription.state, found.subscription.quantity, found.subscription.assigned)
}

/// From which subscription the person has a license of the product, and how many licenses the person has in all.
pub(super) fn holds(world: &World, person: UserId, product: &Sku) -> (Option<SubscriptionId>, i64) {
    world
        .store
        .read(world.organization, |read| {
            let held = assignment::find(read, person, product.product_id)?;
            let count = user::find(read, person)?.map_or(0, |found| i64::from(found.license_count));
            Ok::<_, store::Error>((held.map(|held| held.subscription_id), count))
        })
        .unwrap()
}

pub(super) fn eur(minor: i64) -> Money {
    Money::new(minor, Currency::Eur)
}

/// R108, R109: what an admin could not give or take back while it was the buyer's is the organization's after the move.
#[test]
fn a_license_admin_assigns_after_the_move() {
    in_each_world(|world| {
        let (anna, dirk) = (world.person("Anna de Vries"), world.person("Dirk Jansen"));
        let bought = Bought::of(world, &[anna]);
        let central = world.subscription(&bought.visio, 1);
        let license_admin = world.caller(Role::LicenseAdmin);
        let product_id = bought.visio.product_id;
        let unassign = || world.write(&license_admin, UnassignLicenses { product_id, users: vec![anna] });
        assert_eq!(refused(unassign()), Refusal::Closed(ClosedReason::SelfServiceOfOther));
        let admin = world.caller(Role::BillingAdmin);
        let job = world.write(&admin, bought.move_to(&bought.visio)).unwrap();
        assert_eq!(work(world, &admin, job), JobState::Done);
        unassign().unwrap();
        let assign =
            AssignLicenses { product_id, subscription_id: None, users: vec![dirk], disabled_plans: Vec::new() };
        world.write(&license_admin, assign).unwrap();
        assert_eq!([anna, dirk].map(|person| holds(world, person, &bought.visio)), [(None, 0), (Some(central), 1)]);
    });
}

/// R128, R129, R130, R131, R141, T9, D5, D6: everybody has a license of the organization, the old subscription is Deleted, the unused days
/// come back, and the entry names the buyer, from which the mail to the buyer follows.
#[test]
fn users_move_to_licenses_of_the_organization() {
    in_each_world(|world| {
        let (anna, noor) = (world.person("Anna de Vries"), world.person("Noor Vermeer"));
        let bought = Bought::of(world, &[anna, noor]);
        let central = world.subscription(&bought.visio, 3);
        let admin = world.caller(Role::BillingAdmin);
        let view = world.read(&admin, &PreviewTakeOver(bought.id)).unwrap();
        assert_eq!((view.people, view.listed.holder_name.as_deref()), (2, Some("Bram Bakker")));
        assert_eq!(
            (view.buyer_email.as_deref(), view.credit),
            (Some("bram.bakker@waterland.example"), Some(eur(-10_000)))
        );
        let (product_id, name) = (bought.visio.product_id, "Visio".into());
        let target = Target { product_id, name, is_same: true, free: 3, needed: 2, missing: 0, ends_on: None };
        assert_eq!(view.targets, [target]);
        let _ = world.new_events();
        let job = world.write(&admin, bought.move_to(&bought.visio)).unwrap();
        assert_eq!(world.new_events(), []);
        assert_eq!(work(world, &admin, job), JobState::Done);
        let moved = Event::LicenseMoved { from: bought.id };
        let taken = Event::SubscriptionTakenOver {
            moved_to: Some("Visio".into()),
            reason: None,
            feedback: String::new(),
            people: 2,
            amount: eur(-10_000),
            on: FIRST_DAY,
        };
        assert_eq!(world.new_events(), [taken, moved.clone(), moved]);
        // R131: the buyer gets mail.
        assert!(world.new_mails().contains(&"taken_over to bram.bakker".to_owned()));
        assert_eq!(state(world, bought.id), (SubscriptionState::Deleted, 10, 0));
        assert_eq!(state(world, central), (SubscriptionState::Active, 3, 2));
        for person in [anna, noor] {
            assert_eq!(holds(world, person, &bought.visio), (Some(central), 1));
        }
        let history = world.read(&world.caller(Role::GlobalAdmin), &SubscriptionDetails(bought.id)).unwrap().history;
        assert_eq!(history[0].subjects.user, Some(bought.bram));
    });
}

/// R132: refused with the number missing, and nothing moves.
#[test]
fn one_free_license_for_each_is_needed() {
    in_each_world(|world| {
        let team: Vec<_> = (1..=5).map(|number| world.person(&format!("Person {number}"))).collect();
        let bought = Bought::of(world, &team);
        let central = world.subscription(&bought.visio, 3);
        let admin = world.caller(Role::GlobalAdmin);
        assert_eq!(world.read(&admin, &PreviewTakeOver(bought.id)).unwrap().targets[0].missing, 2);
        let _ = world.new_events();
        let result = world.write(&admin, bought.move_to(&bought.visio));
        assert_eq!(refused(result), Refusal::NotEnoughLicenses { missing: 2 });
        assert_eq!((state(world, bought.id).0, state(world, central).2), (SubscriptionState::Active, 0));
        assert_eq!(world.new_events(), []);
        // A second subscription has the two: both are used.
        let second = world.subscription(&bought.visio, 2);
        let job = world.write(&admin, bought.move_to(&bought.visio)).unwrap();
        assert_eq!(work(world, &admin, job), JobState::Done);
        assert_eq!((state(world, central).2, state(world, second).2), (3, 2));
    });
}

/// D5, domain 1.9: an add-on is nothing to work with alone, so nobody is moved to one.
#[test]
fn nobody_is_moved_to_an_add_on() {
    in_each_world(|world| {
        let bought = Bought::of(world, &[world.person("Anna de Vries")]);
        let office = world.product("Office");
        let audio = world.add_on("Audio", ProductKind::StandaloneAddOn, &[&office]);
        for product in [&office, &audio] {
            let _ = world.subscription(product, 10);
        }
        let admin = world.caller(Role::GlobalAdmin);
        let view = world.read(&admin, &PreviewTakeOver(bought.id)).unwrap();
        assert_eq!(view.targets.iter().map(|target| target.name.as_str()).collect::<Vec<_>>(), ["Office"]);
        let outcome = world.write(&admin, bought.move_to(&audio));
        let unknown = Refusal::UnknownChoice.at(Field::Product);
        assert!(matches!(outcome, Err(Failure::Invalid(wrong)) if wrong == [unknown.clone()]));
    });
}

/// D5: to another product; whoever has it already needs no license of it and keeps one.
#[test]
fn users_move_to_another_product() {
    in_each_world(|world| {
        let (anna, noor) = (world.person("Anna de Vries"), world.person("Noor Vermeer"));
        let bought = Bought::of(world, &[anna, noor]);
        let office = world.product("Office");
        let central = world.subscription(&office, 2);
        world.give_license(central, noor);
        let admin = world.caller(Role::GlobalAdmin);
        let targets = world.read(&admin, &PreviewTakeOver(bought.id)).unwrap().targets;
        let counts = targets.iter().map(|target| (target.free, target.needed, target.missing));
        assert_eq!(counts.collect::<Vec<_>>(), [(1, 1, 0)]);
        let job = world.write(&admin, bought.move_to(&office)).unwrap();
        assert_eq!(work(world, &admin, job), JobState::Done);
        assert_eq!(
            (holds(world, anna, &office), holds(world, noor, &office)),
            ((Some(central), 1), (Some(central), 1))
        );
        assert_eq!((holds(world, anna, &bought.visio).0, holds(world, noor, &bought.visio).0), (None, None));
        assert_eq!(state(world, central).2, 2);
    });
}

/// R142, R146, R149: canceled with a reason, which is compulsory, people lose access, Deleted at once.
#[test]
fn or_it_is_canceled() {
    in_each_world(|world| {
        let anna = world.person("Anna de Vries");
        let bought = Bought::of(world, &[anna]);
        let admin = world.caller(Role::GlobalAdmin);
        let without = StartTakeOver {
            subscription_id: bought.id,
            take_over: TakeOver::Cancel { reason: CancelReason::Other, feedback: " ".into() },
        };
        assert!(matches!(world.write(&admin, without), Err(Failure::Invalid(_))));
        let _ = world.new_events();
        let job = world.write(&admin, bought.cancel()).unwrap();
        assert_eq!(work(world, &admin, job), JobState::Done);
        let taken = Event::SubscriptionTakenOver {
            moved_to: None,
            reason: Some(CancelReason::ManagedElsewhere),
            feedback: "All in one.".into(),
            people: 1,
            amount: eur(-10_000),
            on: FIRST_DAY,
        };
        assert_eq!(world.new_events(), [taken, Event::LicenseUnassigned]);
        // R143: the buyer gets mail.
        assert!(world.new_mails().contains(&"taken_over to bram.bakker".to_owned()));
        assert_eq!(state(world, bought.id), (SubscriptionState::Deleted, 10, 0));
        assert_eq!(holds(world, anna, &bought.visio), (None, 0));
    });
}

/// D7, R108: who may, and what; of another organization it is not there.
#[test]
fn who_may_take_over_what() {
    in_each_world(|world| {
        let bought = Bought::of(world, &[]);
        let central = world.subscription(&bought.visio, 3);
        let _ = world.new_events();
        for role in [Role::LicenseAdmin, Role::UserAdmin, Role::GlobalReader] {
            assert_eq!(refused(world.write(&world.caller(role), bought.cancel())), Refusal::NotAllowed, "{role}");
        }
        let buyer = world.as_person(bought.bram, &[]);
        assert_eq!(refused(world.write(&buyer, bought.cancel())), Refusal::NotAllowed);
        let admin = world.caller(Role::GlobalAdmin);
        let of_organization = StartTakeOver { subscription_id: central, ..bought.cancel() };
        assert_eq!(refused(world.write(&admin, of_organization)), Refusal::Closed(ClosedReason::NotSelfService));
        let elsewhere = world.other_organization("Elsewhere");
        let stranger = world.caller_in(elsewhere, Role::GlobalAdmin);
        let result = world.app.write(&stranger, elsewhere, bought.cancel()).wait();
        assert_eq!(refused(result), Refusal::NotFound);
        assert_eq!(world.new_events(), []);
    });
}

/// The buyer cancels, or changes the quantity, between the question and the work: the work goes by what is then, and
/// nothing is given back twice.
#[test]
fn the_buyer_changes_something_meanwhile() {
    in_each_world(|world| {
        let anna = world.person("Anna de Vries");
        let bought = Bought::of(world, &[anna]);
        let central = world.subscription(&bought.visio, 1);
        let (admin, buyer) = (world.caller(Role::GlobalAdmin), world.as_person(bought.bram, &[]));
        let job = world.write(&admin, bought.move_to(&bought.visio)).unwrap();
        let fewer = ChangeQuantity::now(bought.id, 4);
        world.write(&buyer, fewer).unwrap();
        let cancel = Cancel { reason: CancelReason::TooExpensive, feedback: String::new() };
        world.write(&buyer, CancelSubscription { subscription_id: bought.id, cancel }).unwrap();
        assert_eq!(work(world, &admin, job), JobState::Done);
        let amounts: Vec<_> = world.new_events().iter().filter_map(amount).collect();
        assert_eq!(amounts, [-6_000, -4_000, 0]);
        assert_eq!(state(world, bought.id).0, SubscriptionState::Deleted);
        assert_eq!(holds(world, anna, &bought.visio).0, Some(central));
    });
}

/// Domain 5.1: the buyer leaves the organization: people keep working, also while an admin takes it over, before or after;
/// what was not used comes back to what paid.
#[test]
fn the_buyer_leaves() {
    for leaves_first in [true, false] {
        in_each_world(|world| {
            let (anna, bought) = (world.person("Anna de Vries"), Bought::of(world, &[]));
            world.give_license(bought.id, anna);
            let central = world.subscription(&bought.visio, 1);
            let admin = world.caller(Role::GlobalAdmin);
            let leaves = || world.write(&admin, DeleteUser(bought.bram)).unwrap();
            if leaves_first {
                leaves();
                assert_eq!(state(world, bought.id), (SubscriptionState::Active, 10, 1));
                assert_eq!(holds(world, anna, &bought.visio), (Some(bought.id), 1));
                assert_eq!(world.read(&admin, &PreviewTakeOver(bought.id)).unwrap().buyer_email, None);
            }
            let job = world.write(&admin, bought.move_to(&bought.visio)).unwrap();
            if !leaves_first {
                leaves();
            }
            let _ = (world.new_events(), world.new_mails());
            assert_eq!(work(world, &admin, job), JobState::Done);
            let taken = world.new_events().into_iter().find_map(|event| match event {
                Event::SubscriptionTakenOver { amount, .. } => Some(amount),
                _ => None,
            });
            assert_eq!((taken, state(world, bought.id)), (Some(eur(-10_000)), (SubscriptionState::Deleted, 10, 0)));
            assert_eq!(holds(world, anna, &bought.visio), (Some(central), 1));
            let mails = world.new_mails();
            assert!(!mails.iter().any(|mail| mail.ends_with("bram.bakker")), "{mails:?}");
        });
    }
}

/// What the buyer does at the very moment of a take-over.
#[derive(Debug, Clone, Copy)]
enum Act {
    /// Has four licenses instead of ten.
    Reduces,
    /// Cancels.
    Cancels,
    /// Gives Noor a license.
    Assigns,
}

/// One moment: an admin's take-over and what the buyer does in another process.
struct Moment<'a> {
    world: &'a World,
    admin: &'a Caller,
    other: &'a App,
    anna: UserId,
    noor: UserId,
    bram: UserId,
}

impl Moment<'_> {
    fn act(&self, act: Act, bought: &Bought) -> Result<(), Failure> {
        let (buyer, organization) = (self.world.as_person(self.bram, &[]), self.world.organization);
        let (subscription_id, product_id) = (bought.id, bought.visio.product_id);
        match act {
            Act::Reduces => {
                let change = ChangeQuantity::now(subscription_id, 4);
                self.other.write(&buyer, organization, change).wait().map(drop)
            }
            Act::Cancels => {
                let cancel = Cancel { reason: CancelReason::TooExpensive, feedback: String::new() };
                self.other.write(&buyer, organization, CancelSubscription { subscription_id, cancel }).wait().map(drop)
            }
            Act::Assigns => {
                let (users, disabled_plans) = (vec![self.noor], Vec::new());
                let assign = AssignLicenses { product_id, subscription_id: None, users, disabled_plans };
                self.other.write(&buyer, organization, assign).wait().map(drop)
            }
        }
    }

    /// Gives whether the buyer came first.
    fn passes(&self, act: Act, moves: bool, label: &str) -> bool {
        let world = self.world;
        let bought = Bought::again(world, world.product(label), self.bram, &[self.anna], |_| ());
        let central = world.subscription(&bought.visio, 2);
        let take_over = if moves { bought.move_to(&bought.visio) } else { bought.cancel() };
        let job = world.write(self.admin, take_over).unwrap();
        let start = Barrier::new(2);
        let acted = std::thread::scope(|scope| {
            let acts = scope.spawn(|| {
                start.wait();
                self.act(act, &bought)
            });
            start.wait();
            world.app.work_now(world.organization, job).unwrap();
            acts.join().expect("no panic")
        });
        assert_eq!(world.read(self.admin, &JobDetails(job)).unwrap().state, JobState::Done, "{label}");
        let history = world.read(self.admin, &SubscriptionDetails(bought.id)).unwrap().history;
        let mut amounts: Vec<_> = history.iter().filter_map(|entry| entry.event.as_ref().and_then(amount)).collect();
        amounts.sort_unstable();
        let came_first = acted.is_ok();
        match (act, came_first) {
            (Act::Reduces, true) => assert_eq!(amounts, [-6_000, -4_000], "{label}"),
            (Act::Cancels, true) => assert_eq!(amounts, [-10_000, 0], "{label}"),
            (Act::Assigns, _) | (_, false) => assert_eq!(amounts, [-10_000], "{label}"),
        }
        if let Err(failure) = acted {
            let told = failure.refusal().cloned().expect("a refusal");
            assert!(act.is_told(&told), "{label}: {told:?}");
        }
        let moved = |is_there: bool| Some(central).filter(|_| moves && is_there);
        let gave = matches!(act, Act::Assigns) && came_first;
        assert_eq!(holds(world, self.anna, &bought.visio).0, moved(true), "{label}");
        assert_eq!(holds(world, self.noor, &bought.visio).0, moved(gave), "{label}");
        let (after, _, in_use) = state(world, bought.id);
        assert_eq!((after, in_use), (SubscriptionState::Deleted, 0), "{label}");
        assert_eq!(state(world, central).2, u32::from(moves) + u32::from(moves && gave), "{label}");
        came_first
    }
}

impl Act {
    /// What somebody who comes second may be told: that it is deleted, or that it changed meanwhile.
    fn is_told(self, refusal: &Refusal) -> bool {
        [Refusal::Closed(ClosedReason::Deleted), Refusal::ChangedMeanwhile].contains(refusal)
            || (matches!(self, Self::Assigns) && *refusal == Refusal::NotFound)
    }
}

/// What came back by one entry.
fn amount(event: &Event) -> Option<i64> {
    match event {
        Event::QuantityChanged { amount, .. }
        | Event::SubscriptionCanceled { amount, .. }
        | Event::SubscriptionTakenOver { amount, .. } => Some(amount.minor),
        _ => None,
    }
}

/// The buyer cancels, has fewer licenses or gives one away at the very moment of a take-over, in another process: one
/// goes before the other, never more comes back than was charged, whoever comes second learns what became of it, and all
/// counts agree.
#[test]
fn the_buyer_acts_at_the_very_moment() {
    in_each_world(|world| {
        let (other, other_store) = world.another_process();
        let [anna, noor, bram] = ["Anna de Vries", "Noor Vermeer", "Bram Bakker"].map(|name| world.person(name));
        let admin = world.caller(Role::GlobalAdmin);
        let moment = Moment { world, admin: &admin, other: &other, anna, noor, bram };
        for act in [Act::Reduces, Act::Cancels, Act::Assigns] {
            for moves in [true, false] {
                let first =
                    (0..6).filter(|round| moment.passes(act, moves, &format!("{act:?} {moves} {round}"))).count();
                println!("{act:?}, moves {moves}: the buyer came first {first} of 6 times");
            }
        }
        other_store.close();
        let findings = examine(&world.app).unwrap();
        let wrong: Vec<_> =
            findings.iter().filter(|found| !found.is_good() && found.check != Check::Operator).collect();
        assert!(wrong.is_empty(), "{wrong:#?}");
    });
}

/// The last free license goes to somebody else meanwhile: nothing moves, and nothing is canceled.
#[test]
fn the_last_license_is_assigned_meanwhile() {
    in_each_world(|world| {
        let (anna, noor) = (world.person("Anna de Vries"), world.person("Noor Vermeer"));
        let bought = Bought::of(world, &[anna, noor]);
        let central = world.subscription(&bought.visio, 2);
        let admin = world.caller(Role::GlobalAdmin);
        let job = world.write(&admin, bought.move_to(&bought.visio)).unwrap();
        let assign = AssignLicenses {
            product_id: bought.visio.product_id,
            subscription_id: Some(central),
            users: vec![world.person("Zoë Jansen")],
            disabled_plans: Vec::new(),
        };
        world.write(&admin, assign).unwrap();
        let _ = world.new_events();
        assert_eq!(work(world, &admin, job), JobState::Refused);
        assert_eq!(world.read(&admin, &JobDetails(job)).unwrap().error.as_deref(), Some("not_enough_licenses"));
        assert_eq!(world.new_events(), []);
        assert_eq!(state(world, bought.id), (SubscriptionState::Active, 10, 2));
        assert_eq!(holds(world, anna, &bought.visio), (Some(bought.id), 1));
    });
}

/// D5: licenses that end because their subscription does not renew are named before anybody is moved to them: the first
/// day of those that have free ones.
#[test]
fn licenses_that_end_are_named_before_people_move_to_them() {
    in_each_world(|world| {
        let anna = world.person("Anna de Vries");
        let bought = Bought::of(world, &[anna]);
        let central = |quantity, differ: fn(&mut Subscription)| {
            let _ = world.subscription_with(world.organization, &bought.visio, quantity, differ);
        };
        let admin = world.caller(Role::GlobalAdmin);
        let ends_on = || world.read(&admin, &PreviewTakeOver(bought.id)).unwrap().targets[0].ends_on;
        central(3, |_| ());
        assert_eq!(ends_on(), None);
        central(2, |new| (new.recurring_billing, new.ends_on) = (false, date(2020, 6, 15)));
        assert_eq!(ends_on(), Some(date(2020, 6, 15)));
        central(1, |new| (new.state, new.ends_on) = (SubscriptionState::Expired, date(2020, 1, 10)));
        assert_eq!(ends_on(), Some(date(2020, 1, 10)));
    });
}

/// Two admins at once: one takes it over, the other learns that it is over.
#[test]
fn two_admins_take_over_at_once() {
    in_each_world(|world| {
        let anna = world.person("Anna de Vries");
        let bought = Bought::of(world, &[anna]);
        let central = world.subscription(&bought.visio, 5);
        let (first, second) = (world.caller(Role::GlobalAdmin), world.caller(Role::BillingAdmin));
        let jobs = [
            world.write(&first, bought.move_to(&bought.visio)).unwrap(),
            world.write(&second, bought.cancel()).unwrap(),
        ];
        let (other, _store) = world.another_process();
        std::thread::scope(|scope| {
            scope.spawn(|| while other.work_once().unwrap() {});
            while world.app.work_once().unwrap() {}
        });
        let states = jobs.map(|job| world.read(&first, &JobDetails(job)).unwrap().state);
        assert!(
            matches!(states, [JobState::Done, JobState::Refused] | [JobState::Refused, JobState::Done]),
            "{states:?}"
        );
        let taken = world.new_events().into_iter().filter(|event| event.kind() == "subscription_taken_over").count();
        assert_eq!((taken, state(world, bought.id).0), (1, SubscriptionState::Deleted));
        let expected = if states[0] == JobState::Done { (Some(central), 1) } else { (None, 0) };
        assert_eq!(holds(world, anna, &bought.visio), expected);
        assert_eq!(refused(world.write(&first, bought.cancel())), Refusal::Closed(ClosedReason::Deleted));
    });
}

/// Another process takes the last licenses at the very moment: either everybody moves or nobody does (D2, R132).
#[test]
fn all_or_none_while_others_assign() {
    in_each_world(|world| {
        let team = world.people(40);
        let bought = Bought::of(world, &team);
        let central = world.subscription(&bought.visio, 40);
        let admin = world.caller(Role::GlobalAdmin);
        let late: Vec<_> = (0..8).map(|number| world.person(&format!("Late {number}"))).collect();
        let job = world.write(&admin, bought.move_to(&bought.visio)).unwrap();
        let (other, _store) = world.another_process();
        let assigned = std::thread::scope(|scope| {
            let rival = scope.spawn(|| {
                let assign = |person: &UserId| AssignLicenses {
                    product_id: bought.visio.product_id,
                    subscription_id: Some(central),
                    users: vec![*person],
                    disabled_plans: Vec::new(),
                };
                late.iter()
                    .filter(|person| other.write(&admin, world.organization, assign(person)).wait().is_ok())
                    .count()
            });
            world.app.work_now(world.organization, job).unwrap();
            rival.join().unwrap()
        });
        let in_use = state(world, central).2 as usize;
        match world.read(&admin, &JobDetails(job)).unwrap().state {
            JobState::Done => assert_eq!((in_use, assigned, state(world, bought.id).2), (40, 0, 0)),
            JobState::Refused => {
                assert!(assigned > 0);
                assert_eq!((in_use, state(world, bought.id)), (assigned, (SubscriptionState::Active, 40, 40)));
            }
            other => panic!("{other:?}"),
        }
    });
}

/// A worker dies after it committed and before it said so: the next one finds that it is done. A thousand people move.
#[test]
fn a_worker_that_died_does_nothing_twice() {
    in_each_world(|world| {
        let team = world.people(1_000);
        let visio = Bought::of(world, &team);
        let central = world.subscription_with(world.organization, &visio.visio, 1_000, |new| new.quantity_max = 1_000);
        let admin = world.caller(Role::GlobalAdmin);
        let job = world.write(&admin, visio.move_to(&visio.visio)).unwrap();
        let _ = world.new_events();
        assert_eq!(work(world, &admin, job), JobState::Done);
        assert_eq!(world.new_events().len(), 1_001);
        let before = world.read(&admin, &JobDetails(job)).unwrap();
        assert_eq!((before.progress_done, before.progress_total), (1_000, 1_000));
        world.seed(world.organization, |write| write.change(&FORGET_THAT_IT_WAS_DONE, store::params![]));
        assert_eq!(work(world, &admin, job), JobState::Done);
        assert_eq!(world.read(&admin, &JobDetails(job)).unwrap().result, before.result);
        let kind = Some("subscription_taken_over".to_owned());
        let taken = world.read(&admin, &Audit { kind, limit: 10, ..Audit::default() }).unwrap().page.rows;
        assert_eq!((taken.len(), state(world, central)), (1, (SubscriptionState::Active, 1_000, 1_000)));
    });
}
