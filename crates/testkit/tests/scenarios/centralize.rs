//! Centralize what users bought: licenses of the organization instead of theirs, then the question to cancel (domain 5.5;
//! R121-R127).

#![expect(clippy::unwrap_used, reason = "a helper of a test fails the test")]

use app::job::JobDetails;
use app::license::assign::AssignLicenses;
use app::license::many::{
    BulkAction, BulkOutcome, BulkRequest, ListDetails, ListProblems, Source, StartList, make_list,
};
use app::self_service::centralize::{AskToCancel, CentralizeProduct};
use app::subscription::cancel::CancelSubscription;
use app::subscription::take_over::{StartTakeOver, TakeOver};
use app::{Caller, Failure};
use domain::access::Role;
use domain::catalog::Sku;
use domain::event::Event;
use domain::ids::{ProductId, SubscriptionId, UploadId, UserId};
use domain::job::JobState;
use domain::refusal::Refusal;
use domain::self_service::centralize::Standing;
use domain::subscription::cancel::{Cancel, CancelReason};
use domain::subscription::{Channel, SubscriptionState};
use jiff::SignedDuration;
use store::tables::{assignment, user};
use testkit::world::{FIRST_DAY, World, in_each_world};

/// What somebody bought of Visio for a team.
fn bought_by(world: &World, visio: &Sku, buyer: UserId, team: &[UserId]) -> SubscriptionId {
    let id = world.subscription_with(world.organization, visio, 10, |new| {
        (new.channel, new.holder) = (Channel::SelfService, Some(buyer));
    });
    for person in team {
        world.give_license(id, *person);
    }
    id
}

/// How far a product is, with its first buyers.
const fn all(product_id: ProductId) -> CentralizeProduct {
    CentralizeProduct { product_id, after: None, limit: 50 }
}

fn list(world: &World, admin: &Caller, visio: &Sku) -> Result<UploadId, Failure> {
    let request = BulkRequest {
        action: BulkAction::Centralize,
        product_id: visio.product_id,
        subscription_id: None,
        disabled_plans: Vec::new(),
    };
    make_list(&world.app, admin, world.organization, &request, &Source::BoughtByUsers)
}

fn refused<T: std::fmt::Debug>(result: Result<T, Failure>) -> Refusal {
    result.unwrap_err().refusal().unwrap().clone()
}

/// From which subscription somebody has it, and how many licenses the person has in all.
fn holds(world: &World, person: UserId, visio: &Sku) -> (Option<SubscriptionId>, u32) {
    world
        .store
        .read(world.organization, |read| {
            let held = assignment::find(read, person, visio.product_id)?.map(|held| held.subscription_id);
            Ok::<_, store::Error>((held, user::find(read, person)?.map_or(0, |found| found.license_count)))
        })
        .unwrap()
}

/// Quantity and licenses in use.
fn in_use(world: &World, id: SubscriptionId) -> (u32, u32) {
    let found = world.see_subscription(id);
    (found.quantity, found.assigned)
}

/// R121, R124, R125, R126: everybody who has it from a buyer gets a license of the organization and goes on working;
/// the buyers keep their subscriptions, with nobody on them.
#[test]
fn licenses_of_the_organization_replace_those_of_buyers() {
    in_each_world(|world| {
        let visio = world.product("Visio");
        let [bram, zoe] = ["Bram Bakker", "Zoë Zwart"].map(|name| world.person(name));
        let [anna, noor, dirk, eva] =
            ["Anna de Vries", "Noor Vermeer", "Dirk Jansen", "Eva Smit"].map(|name| world.person(name));
        let (of_bram, of_zoe) = (bought_by(world, &visio, bram, &[anna, noor]), bought_by(world, &visio, zoe, &[dirk]));
        let central = world.subscription(&visio, 3);
        world.give_license(central, eva);
        let admin = world.caller(Role::GlobalAdmin);
        let view = world.read(&admin, &all(visio.product_id)).unwrap();
        assert_eq!((view.people, view.free, view.missing, view.grows), (3, 2, 1, Some((central, 3))));
        let made = list(world, &admin, &visio).unwrap();
        assert_eq!(world.read(&admin, &ListDetails { id: made, problems: 9 }).unwrap().missing, 1);
        assert_eq!(refused(world.write(&admin, StartList(made))), Refusal::NotEnoughLicenses { missing: 1 });

        let more = world.subscription(&visio, 1);
        let made = list(world, &admin, &visio).unwrap();
        let foreseen = world.read(&admin, &ListDetails { id: made, problems: 9 }).unwrap();
        assert_eq!((foreseen.count(BulkOutcome::Pending), foreseen.missing), (3, 0));
        let _ = world.new_events();
        let job = world.write(&admin, StartList(made)).unwrap();
        world.app.work_now(world.organization, job).unwrap();
        let moved = |from| Event::LicenseMoved { from };
        let mut events = world.new_events();
        events.sort_by_key(|event| *event != moved(of_bram));
        assert_eq!(events, [moved(of_bram), moved(of_bram), moved(of_zoe)]);
        assert_eq!((in_use(world, of_bram), in_use(world, of_zoe)), ((10, 0), (10, 0)));
        assert_eq!((in_use(world, central).1 + in_use(world, more).1, in_use(world, more)), (4, (1, 1)));
        for person in [anna, noor, dirk] {
            let (from, count) = holds(world, person, &visio);
            assert!([Some(central), Some(more)].contains(&from) && count == 1, "{from:?} {count}");
        }
        let after = world.read(&admin, &all(visio.product_id)).unwrap();
        assert_eq!((after.people, after.free, after.missing, after.list), (0, 0, 0, Some(made)));
        // Nobody is left: there is nothing to do twice.
        assert!(matches!(list(world, &admin, &visio), Err(Failure::Invalid(_))));
        assert_eq!(world.see_subscription(of_bram).state, SubscriptionState::Active);
    });
}

/// R126: a license that somebody else takes meanwhile, and a person whose license the buyer takes back: each is left out
/// with the reason, and nobody loses anything.
#[test]
fn who_cannot_is_left_out_with_the_reason() {
    in_each_world(|world| {
        let visio = world.product("Visio");
        let bram = world.person("Bram Bakker");
        let [anna, noor, dirk] = ["Anna de Vries", "Noor Vermeer", "Dirk Jansen"].map(|name| world.person(name));
        let bought = bought_by(world, &visio, bram, &[anna, noor, dirk]);
        let central = world.subscription(&visio, 3);
        let admin = world.caller(Role::LicenseAdmin);
        let made = list(world, &admin, &visio).unwrap();
        let job = world.write(&admin, StartList(made)).unwrap();
        let late = world.person("Late Larssen");
        let users = vec![late];
        let subscription_id = Some(central);
        let product_id = visio.product_id;
        let assign = AssignLicenses { product_id, subscription_id, users, disabled_plans: Vec::new() };
        world.write(&admin, assign).unwrap();
        let take_back = app::license::unassign::UnassignLicenses { product_id, users: vec![anna] };
        world.write(&world.as_person(bram, &[]), take_back).unwrap();
        world
            .write(
                &admin,
                app::license::assign::AssignLicenses {
                    product_id,
                    subscription_id,
                    users: vec![world.person("Later Larssen")],
                    disabled_plans: Vec::new(),
                },
            )
            .unwrap();
        world.app.work_now(world.organization, job).unwrap();
        assert_eq!(world.read(&admin, &JobDetails(job)).unwrap().state, JobState::Done);
        let problems = world.read(&admin, &ListProblems { id: made, after: 0, limit: 9 }).unwrap();
        let said: Vec<_> = problems.iter().map(|one| (one.display_name.as_deref().unwrap(), one.outcome)).collect();
        assert_eq!(said, [("Anna de Vries", BulkOutcome::HasNone), ("Noor Vermeer", BulkOutcome::NoLicense)]);
        assert_eq!((holds(world, dirk, &visio).0, holds(world, noor, &visio)), (Some(central), (Some(bought), 1)));
        assert_eq!((in_use(world, bought), in_use(world, central)), ((10, 1), (3, 3)));
    });
}

/// R122, R127: the buyer gets the mail, once a day; who asked and when is kept; whoever has canceled is not asked.
#[test]
fn buyers_are_asked_to_cancel() {
    in_each_world(|world| {
        let visio = world.product("Visio");
        let [bram, zoe] = ["Bram Bakker", "Zoë Zwart"].map(|name| world.person(name));
        let (of_bram, of_zoe) = (bought_by(world, &visio, bram, &[]), bought_by(world, &visio, zoe, &[]));
        let admin = world.caller(Role::BillingAdmin);
        let product_id = visio.product_id;
        let ask = |subscriptions: &[SubscriptionId]| {
            world.write(&admin, AskToCancel { product_id, subscriptions: subscriptions.to_vec() })
        };
        let seen = || {
            let view = world.read(&admin, &all(product_id)).unwrap();
            let row = |buyer: app::self_service::centralize::Buyer| {
                (buyer.bought.buyer, buyer.standing, buyer.asked_on, buyer.may_ask)
            };
            view.buyers.into_iter().map(row).collect::<Vec<_>>()
        };
        let _ = (world.new_events(), world.new_mails());
        assert_eq!(ask(&[of_bram]).unwrap(), 1);
        assert_eq!(world.new_events(), [Event::CancellationRequested { buyer: "Bram Bakker".into() }]);
        assert_eq!(world.new_mails(), ["cancellation_requested to bram.bakker"]);
        assert_eq!(
            seen(),
            [
                ("Bram Bakker".to_owned(), Standing::Active, Some(FIRST_DAY), false),
                ("Zoë Zwart".to_owned(), Standing::Active, None, true),
            ]
        );
        // Once a day; "all" are those who were never asked.
        assert_eq!(ask(&[of_bram]).unwrap(), 0);
        assert_eq!(ask(&[]).unwrap(), 1);
        assert_eq!(world.new_mails(), ["cancellation_requested to zoe.zwart"]);
        assert_eq!((ask(&[]).unwrap(), world.new_mails().len()), (0, 0));
        world.clock.advance(SignedDuration::from_hours(24));
        let cancel = Cancel { reason: CancelReason::ManagedElsewhere, feedback: String::new() };
        world.write(&world.as_person(bram, &[]), CancelSubscription { subscription_id: of_bram, cancel }).unwrap();
        let take_over = TakeOver::Cancel { reason: CancelReason::ManagedElsewhere, feedback: String::new() };
        let job = world.write(&admin, StartTakeOver { subscription_id: of_zoe, take_over }).unwrap();
        world.app.work_now(world.organization, job).unwrap();
        let standings: Vec<_> = seen().into_iter().map(|row| (row.1, row.2, row.3)).collect();
        let asked = Some(FIRST_DAY);
        assert_eq!(standings, [(Standing::Canceled, asked, false), (Standing::Deleted, asked, false)]);
        assert_eq!(ask(&[of_bram, of_zoe]).unwrap(), 0);
    });
}

/// R122: the mail says that the organization has licenses for the people of the subscription, so that nobody is asked
/// before that is so: whoever cancels takes the licenses away.
#[test]
fn nobody_is_asked_while_people_have_no_other_license() {
    in_each_world(|world| {
        let visio = world.product("Visio");
        let [anna, bram] = ["Anna de Vries", "Bram Bakker"].map(|name| world.person(name));
        let of_bram = bought_by(world, &visio, bram, &[anna]);
        let admin = world.caller(Role::GlobalAdmin);
        let product_id = visio.product_id;
        let ask = |subscriptions: Vec<_>| world.write(&admin, AskToCancel { product_id, subscriptions });
        let seen = || {
            let view = world.read(&admin, &all(product_id)).unwrap();
            (view.buyers[0].may_ask, view.never_asked)
        };
        let _ = world.new_mails();
        assert_eq!((ask(vec![]).unwrap(), ask(vec![of_bram]).unwrap(), seen()), (0, 0, (false, 0)));
        assert!(world.new_mails().is_empty());
        let _ = world.subscription(&visio, 1);
        let made = list(world, &admin, &visio).unwrap();
        let job = world.write(&admin, StartList(made)).unwrap();
        world.app.work_now(world.organization, job).unwrap();
        let _ = world.new_mails();
        assert_eq!((seen(), ask(vec![]).unwrap()), ((true, 1), 1));
        assert_eq!(world.new_mails(), ["cancellation_requested to bram.bakker"]);
    });
}

/// R122, R180: who signed up for what costs nothing, or tries it, pays nothing and cannot cancel it, so that nobody asks
/// for that; a license of the organization takes the place of theirs as of everybody's.
#[test]
fn who_pays_nothing_is_not_asked_to_cancel() {
    in_each_world(|world| {
        let visio = world.product("Visio");
        let [anna, bram, zoe] = ["Anna de Vries", "Bram Bakker", "Zoë Zwart"].map(|name| world.person(name));
        let paid = bought_by(world, &visio, bram, &[]);
        let of = |channel, holder| {
            let id = world.subscription_with(world.organization, &visio, 1, |new| {
                (new.channel, new.holder) = (channel, Some(holder));
            });
            world.give_license(id, holder);
            id
        };
        let (free, tried) = (of(Channel::Free, anna), of(Channel::Trial, zoe));
        let central = world.subscription(&visio, 2);
        let (admin, product_id) = (world.caller(Role::GlobalAdmin), visio.product_id);
        let view = world.read(&admin, &all(product_id)).unwrap();
        let stands: Vec<_> = view.buyers.iter().map(|buyer| (buyer.standing, buyer.may_ask)).collect();
        assert_eq!(stands, [(Standing::Free, false), (Standing::Active, true), (Standing::Trial, false)]);
        assert_eq!((view.never_asked, view.people), (1, 2));
        let ask = |subscriptions| world.write(&admin, AskToCancel { product_id, subscriptions }).unwrap();
        let _ = world.new_mails();
        assert_eq!((ask(vec![free, tried]), world.new_mails()), (0, Vec::new()));
        assert_eq!(ask(Vec::new()), 1, "who pays is asked");
        assert_eq!(world.new_mails(), ["cancellation_requested to bram.bakker"]);
        let made = list(world, &admin, &visio).unwrap();
        let job = world.write(&admin, StartList(made)).unwrap();
        world.app.work_now(world.organization, job).unwrap();
        assert_eq!([anna, zoe].map(|person| holds(world, person, &visio)), [(Some(central), 1); 2]);
        assert_eq!([paid, free, tried, central].map(|id| in_use(world, id).1), [0, 0, 0, 2]);
    });
}

/// Domain 5.1: a buyer who has left cannot be asked; people keep their licenses until an admin takes it over.
#[test]
fn a_buyer_who_has_left_is_not_asked() {
    in_each_world(|world| {
        let visio = world.product("Visio");
        let (anna, bram) = (world.person("Anna de Vries"), world.person("Bram Bakker"));
        let bought = bought_by(world, &visio, bram, &[anna]);
        let (admin, product_id) = (world.caller(Role::GlobalAdmin), visio.product_id);
        world.write(&admin, app::user::administer::DeleteUser(bram)).unwrap();
        let view = world.read(&admin, &all(product_id)).unwrap();
        let row = &view.buyers[0];
        assert_eq!((row.standing, row.may_ask, row.bought.has_left), (Standing::Active, false, true));
        assert_eq!((view.never_asked, view.people), (0, 1));
        let _ = (world.new_events(), world.new_mails());
        for subscriptions in [vec![bought], Vec::new()] {
            assert_eq!(world.write(&admin, AskToCancel { product_id, subscriptions }).unwrap(), 0);
        }
        assert_eq!((world.new_events(), world.new_mails()), (Vec::new(), Vec::new()));
        assert_eq!(holds(world, anna, &visio), (Some(bought), 1));
    });
}

/// Who may look, give licenses and ask; of another organization nothing is there.
#[test]
fn who_may_centralize() {
    in_each_world(|world| {
        let visio = world.product("Visio");
        let bram = world.person("Bram Bakker");
        let bought = bought_by(world, &visio, bram, &[world.person("Anna de Vries")]);
        let _ = world.subscription(&visio, 3);
        let product_id = visio.product_id;
        let ask = AskToCancel { product_id, subscriptions: vec![bought] };
        for role in [Role::LicenseAdmin, Role::UserAdmin, Role::GlobalReader] {
            let caller = world.caller(role);
            assert_eq!(world.read(&caller, &all(product_id)).unwrap().people, 1, "{role}");
            assert_eq!(refused(world.write(&caller, ask.clone())), Refusal::NotAllowed, "{role}");
        }
        assert_eq!(refused(list(world, &world.caller(Role::BillingAdmin), &visio)), Refusal::NotAllowed);
        let buyer = world.as_person(bram, &[]);
        assert_eq!(refused(world.read(&buyer, &all(product_id))), Refusal::NotAllowed);
        assert_eq!(refused(list(world, &buyer, &visio)), Refusal::NotAllowed);
        let elsewhere = world.other_organization("Elsewhere");
        let stranger = world.caller_in(elsewhere, Role::GlobalAdmin);
        assert_eq!(refused(world.app.write(&stranger, elsewhere, ask).wait()), Refusal::NotFound);
        let seen = world.app.read(&stranger, elsewhere, &all(product_id)).unwrap();
        assert_eq!((seen.buyers.len(), seen.people, seen.free), (0, 0, 0));
    });
}

/// R122: many buyers come a page at a time, by name; the figures are those of all of them.
#[test]
fn buyers_a_page_at_a_time() {
    in_each_world(|world| {
        let visio = world.product("Visio");
        let product_id = visio.product_id;
        let names = ["Anna de Vries", "Bram Bakker", "Bram Bakker", "Noor Vermeer", "Zoë Zwart"];
        let team = world.people(2);
        let people: Vec<_> = [0, 1, 3, 4].map(|place: usize| world.person(names[place])).into();
        let buyers = [people[0], people[1], people[1], people[2], people[3]];
        let bought: Vec<_> = buyers.iter().map(|buyer| bought_by(world, &visio, *buyer, &[])).collect();
        world.give_license(bought[0], team[0]);
        world.give_license(bought[4], team[1]);
        let admin = world.caller(Role::GlobalAdmin);
        let cancel = Cancel { reason: CancelReason::TooExpensive, feedback: String::new() };
        let canceled = CancelSubscription { subscription_id: bought[3], cancel };
        world.write(&world.as_person(people[2], &[]), canceled).unwrap();
        world.write(&admin, AskToCancel { product_id, subscriptions: vec![bought[1]] }).unwrap();
        let mut seen = Vec::new();
        let mut after = None;
        for size in [2, 2, 1] {
            let view = world.read(&admin, &CentralizeProduct { product_id, after, limit: 2 }).unwrap();
            // Those of whom somebody still has a license are asked later.
            assert_eq!((view.people, view.missing, view.never_asked), (2, 2, 1));
            assert_eq!(view.standings, [(Standing::Active, 4), (Standing::Canceled, 1)]);
            assert_eq!(view.buyers.len(), size);
            seen.extend(view.buyers.iter().map(|buyer| (buyer.bought.subscription_id, buyer.bought.buyer.clone())));
            after = view.next;
        }
        assert_eq!(after, None);
        let of_names: Vec<_> = seen.iter().map(|(_, name)| name.as_str()).collect();
        assert_eq!(of_names, names);
        let mut ids: Vec<_> = seen.into_iter().map(|(id, _)| id).collect();
        ids.sort_unstable();
        let mut all_of_them = bought;
        all_of_them.sort_unstable();
        assert_eq!(ids, all_of_them);
        // "All" are those of every page who were never asked and have nobody left.
        let before = world.read(&admin, &CentralizeProduct { product_id, after: None, limit: 5 }).unwrap();
        assert_eq!(
            before.buyers.iter().map(|buyer| buyer.may_ask).collect::<Vec<_>>(),
            [false, false, true, false, false]
        );
        assert_eq!(world.write(&admin, AskToCancel { product_id, subscriptions: Vec::new() }).unwrap(), 1);
    });
}
