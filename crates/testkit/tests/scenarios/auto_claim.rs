//! Licenses that people claim by themselves (domain 2.8; R177).

use app::license::auto_claim::{
    AutoClaimOf, AutoClaimPolicies, ClaimLicense, Claimed, LicenseClaims, RemoveAutoClaimPolicy, SetAutoClaimPolicy,
};
use app::license::holds::Holds;
use app::license_request::ask::{RequestLicenses, Requested};
use app::license_request::process::SetRequestProcess;
use app::subscription::cancel::CancelSubscription;
use app::user::administer::BlockUser;
use app::{App, Caller, Failure};
use domain::access::Role;
use domain::catalog::Sku;
use domain::event::Event;
use domain::ids::{ProductId, ServicePlanId, SubscriptionId, UserId};
use domain::license::auto_claim::AutoClaimPolicy;
use domain::license::request::RequestProcess;
use domain::refusal::{Field, Refusal};
use domain::subscription::SubscriptionState;
use domain::subscription::cancel::{Cancel, CancelReason};
use jiff::SignedDuration;
use testkit::world::{World, in_each_world};

fn policy(product: &Sku, backups: &[&Sku]) -> AutoClaimPolicy {
    let backups = backups.iter().map(|backup| backup.product_id).collect();
    AutoClaimPolicy { product_id: product.product_id, disabled_plans: Vec::new(), backups }
}

fn turn_on(world: &World, product: &Sku, backups: &[&Sku]) {
    let admin = world.caller(Role::GlobalAdmin);
    world.write(&admin, SetAutoClaimPolicy(policy(product, backups))).expect("it is turned on");
}

fn claim(world: &World, caller: &Caller, user_id: UserId, product: &Sku) -> Result<Claimed, Failure> {
    world.write(caller, ClaimLicense { user_id, product_id: product.product_id })
}

fn given(product: &Sku, subscription_id: SubscriptionId, is_new: bool) -> Claimed {
    Claimed { product_id: product.product_id, subscription_id, is_new }
}

fn claimed_event(instead_of: Option<&str>) -> Event {
    Event::LicenseClaimed { instead_of: instead_of.map(str::to_owned), disabled_plans: Vec::new() }
}

fn refused<T: std::fmt::Debug>(result: Result<T, Failure>) -> Refusal {
    result.expect_err("it is refused").refusal().expect("a refusal").clone()
}

fn wrong<T: std::fmt::Debug>(result: Result<T, Failure>) -> (Field, Refusal) {
    match result.expect_err("it is refused") {
        Failure::Invalid(fields) => (fields[0].field, fields[0].refusal.clone()),
        other => panic!("a field is wrong, not {other:?}"),
    }
}

fn apps_off(world: &World, user_id: UserId, product_id: ProductId) -> Vec<ServicePlanId> {
    let admin = world.caller(Role::GlobalReader);
    let held = world.app.point(&admin, world.organization, &Holds { user_id, product_id }).expect("an answer");
    held.expect("a license").disabled_plans
}

/// R177: whoever needs a product gets a free license at once, once; the apps are off that the policy says. A person
/// claims for oneself alone.
#[test]
fn a_free_license_at_once() {
    in_each_world(|world| {
        let visio = world.product("Visio");
        let apps = world.apps(&visio, &["Visio", "OneDrive"]);
        let bought = world.subscription(&visio, 5);
        let [anna, bram] = ["Anna de Vries", "Bram Bakker"].map(|name| world.person(name));
        let (herself, license_admin) = (world.as_person(anna, &[]), world.caller(Role::LicenseAdmin));
        assert_eq!(refused(claim(world, &herself, anna, &visio)), Refusal::AutoClaimOff);
        let without = AutoClaimPolicy { disabled_plans: vec![apps[1]], ..policy(&visio, &[]) };
        let _ = world.new_events();
        world.write(&world.caller(Role::GlobalAdmin), SetAutoClaimPolicy(without)).expect("it is turned on");
        assert_eq!(claim(world, &herself, anna, &visio).expect("one is free"), given(&visio, bought, true));
        let on = Event::AutoClaimChanged { is_on: true, backups: Vec::new(), disabled_plans: vec![apps[1]] };
        let claimed = Event::LicenseClaimed { instead_of: None, disabled_plans: vec![apps[1]] };
        assert_eq!(world.new_events(), [on, claimed]);
        assert_eq!(apps_off(world, anna, visio.product_id), [apps[1]]);
        assert_eq!(claim(world, &herself, anna, &visio).expect("she keeps it"), given(&visio, bought, false));
        assert_eq!(refused(claim(world, &herself, bram, &visio)), Refusal::NotFound);
        assert_eq!(world.new_events(), []);
        assert_eq!(claim(world, &license_admin, bram, &visio).expect("one is free"), given(&visio, bought, true));
        assert_eq!(world.see_subscription(bought).assigned, 2);
    });
}

/// R177: what stands in is used in its order when nothing else is free; then the refusal says so and nothing changes.
#[test]
fn backups_until_nothing_is_left() {
    in_each_world(|world| {
        let [visio, plan_1, viewer] = ["Visio Plan 2", "Visio Plan 1", "Visio Viewer"].map(|name| world.product(name));
        let [first, second, third] = [&visio, &plan_1, &viewer].map(|sku| world.subscription(sku, 1));
        turn_on(world, &visio, &[&plan_1, &viewer]);
        let admin = world.caller(Role::LicenseAdmin);
        let people = world.people(4);
        let _ = world.new_events();
        let claims: Vec<_> = people.iter().map(|person| claim(world, &admin, *person, &visio)).collect();
        let [Ok(one), Ok(two), Ok(three), Err(Failure::Refused(four))] = &claims[..] else { panic!("{claims:?}") };
        assert_eq!(
            [*one, *two, *three],
            [given(&visio, first, true), given(&plan_1, second, true), given(&viewer, third, true)]
        );
        assert_eq!(*four, Refusal::NotEnoughLicenses { missing: 1 });
        let instead = || claimed_event(Some("Visio Plan 2"));
        assert_eq!(world.new_events(), [claimed_event(None), instead(), instead()]);
        // Who has what stands in keeps it, also when the product itself is free again.
        assert_eq!(claim(world, &admin, people[1], &visio).expect("kept"), given(&plan_1, second, false));
        assert_eq!([first, second, third].map(|id| world.see_subscription(id).assigned), [1, 1, 1]);
        // A backup is claimed by nobody who needs it itself.
        assert_eq!(refused(claim(world, &admin, people[3], &plan_1)), Refusal::AutoClaimOff);
    });
}

/// R177, R153: a license without access does not count, and one that a user bought is never given.
#[test]
fn a_license_that_gives_access() {
    in_each_world(|world| {
        let [visio, plan_1] = ["Visio Plan 2", "Visio Plan 1"].map(|name| world.product(name));
        let [anna, bram] = ["Anna de Vries", "Bram Bakker"].map(|name| world.person(name));
        let disabled = world.subscription(&visio, 5);
        world.give_license(disabled, anna);
        let over =
            world.subscription_with(world.organization, &plan_1, 5, |new| new.state = SubscriptionState::Disabled);
        let own = world.subscription_with(world.organization, &plan_1, 5, |new| new.holder = Some(bram));
        turn_on(world, &visio, &[&plan_1]);
        let admin = world.caller(Role::GlobalAdmin);
        assert_eq!(claim(world, &admin, anna, &visio).expect("she has it"), given(&visio, disabled, false));
        let cancel = Cancel { reason: CancelReason::TooExpensive, feedback: String::new() };
        world.write(&admin, CancelSubscription { subscription_id: disabled, cancel }).expect("it is canceled");
        assert_eq!(refused(claim(world, &admin, anna, &visio)), Refusal::NotEnoughLicenses { missing: 1 });
        let central = world.subscription(&plan_1, 1);
        assert_eq!(claim(world, &admin, anna, &visio).expect("the backup"), given(&plan_1, central, true));
        assert_eq!([over, own].map(|id| world.see_subscription(id).assigned), [0, 0]);
    });
}

/// R177: people who are blocked, or have no usage location, get nothing.
#[test]
fn who_gets_nothing() {
    in_each_world(|world| {
        let visio = world.product("Visio");
        let bought = world.subscription(&visio, 5);
        turn_on(world, &visio, &[]);
        let admin = world.caller(Role::GlobalAdmin);
        let nowhere = world.person_with(world.organization, "Noor", |new| new.usage_location = None);
        let blocked = world.person("Bram Bakker");
        world.write(&admin, BlockUser { user_id: blocked, blocked: true }).expect("blocked");
        let _ = world.new_events();
        let name = "Noor".to_owned();
        assert_eq!(refused(claim(world, &admin, nowhere, &visio)), Refusal::NoUsageLocation { name });
        assert_eq!(refused(claim(world, &admin, blocked, &visio)), Refusal::NotAllowed);
        assert_eq!((world.new_events(), world.see_subscription(bought).assigned), (vec![], 0));
    });
}

fn claim_by(app: &App, world: &World, caller: &Caller, user_id: UserId, product: &Sku) -> Result<Claimed, Failure> {
    app.write(caller, world.organization, ClaimLicense { user_id, product_id: product.product_id }).wait()
}

/// R177, D2: two people claim the last license at the same instant, in two processes: one has it, the other is told that
/// none is left.
#[test]
fn two_claim_the_last_license() {
    in_each_world(|world| {
        let visio = world.product("Visio");
        let bought = world.subscription(&visio, 1);
        turn_on(world, &visio, &[]);
        let [anna, bram] = ["Anna de Vries", "Bram Bakker"].map(|name| world.person(name));
        let (her, him) = (world.as_person(anna, &[]), world.as_person(bram, &[]));
        let (other, _store) = world.another_process();
        let answers = std::thread::scope(|scope| {
            let here = scope.spawn(|| claim_by(&world.app, world, &her, anna, &visio));
            let there = scope.spawn(|| claim_by(&other, world, &him, bram, &visio));
            [here.join().unwrap(), there.join().unwrap()]
        });
        let (got, not): (Vec<_>, Vec<_>) = answers.into_iter().partition(Result::is_ok);
        assert_eq!((got.len(), not.len()), (1, 1));
        assert_eq!(refused(not.into_iter().next().unwrap()), Refusal::NotEnoughLicenses { missing: 1 });
        let state = world.see_subscription(bought);
        assert_eq!((state.quantity, state.assigned), (1, 1));
    });
}

/// R177: somebody who signs in to two apps at the same instant has one license.
#[test]
fn one_person_claims_twice_at_once() {
    in_each_world(|world| {
        let visio = world.product("Visio");
        let bought = world.subscription(&visio, 5);
        turn_on(world, &visio, &[]);
        let anna = world.person("Anna de Vries");
        let caller = world.as_person(anna, &[]);
        let (other, _store) = world.another_process();
        let mut answers = std::thread::scope(|scope| {
            let here = scope.spawn(|| claim_by(&world.app, world, &caller, anna, &visio));
            let there = scope.spawn(|| claim_by(&other, world, &caller, anna, &visio));
            [here.join().unwrap(), there.join().unwrap()].map(|answer| answer.expect("she has one").is_new)
        });
        answers.sort_unstable();
        assert_eq!(answers, [false, true]);
        assert_eq!(world.see_subscription(bought).assigned, 1);
    });
}

/// R177: a policy that is turned off meanwhile gives nothing more, and licenses that were given stay.
#[test]
fn a_policy_is_turned_off_meanwhile() {
    in_each_world(|world| {
        let visio = world.product("Visio");
        let bought = world.subscription(&visio, 5);
        turn_on(world, &visio, &[]);
        let [anna, bram] = ["Anna de Vries", "Bram Bakker"].map(|name| world.person(name));
        let admin = world.caller(Role::GlobalAdmin);
        claim(world, &admin, anna, &visio).expect("one is free");
        let _ = world.new_events();
        world.write(&admin, RemoveAutoClaimPolicy(visio.product_id)).expect("it is turned off");
        let off = Event::AutoClaimChanged { is_on: false, backups: Vec::new(), disabled_plans: Vec::new() };
        assert_eq!(world.new_events(), [off]);
        assert_eq!(refused(claim(world, &admin, bram, &visio)), Refusal::AutoClaimOff);
        assert_eq!(world.see_subscription(bought).assigned, 1);
        assert_eq!(apps_off(world, anna, visio.product_id), []);
        assert_eq!(refused(world.write(&admin, RemoveAutoClaimPolicy(visio.product_id))), Refusal::NotFound);
        assert_eq!(refused(world.read(&admin, &AutoClaimOf(visio.product_id))), Refusal::NotFound);
    });
}

/// R177: a policy reaches no further than its organization, and neither do people.
#[test]
fn another_organization() {
    in_each_world(|world| {
        let visio = world.product("Visio");
        let bought = world.subscription(&visio, 5);
        turn_on(world, &visio, &[]);
        let anna = world.person("Anna de Vries");
        let elsewhere = world.other_organization("Elsewhere");
        let stranger = world.caller_in(elsewhere, Role::GlobalAdmin);
        let theirs = world.person_with(elsewhere, "Dirk", |_| ());
        let there = |user_id| {
            let command = ClaimLicense { user_id, product_id: visio.product_id };
            refused(world.app.write(&stranger, elsewhere, command).wait())
        };
        assert_eq!(there(anna), Refusal::NotFound);
        assert_eq!(there(theirs), Refusal::AutoClaimOff);
        let here = ClaimLicense { user_id: theirs, product_id: visio.product_id };
        assert_eq!(refused(world.write(&world.caller(Role::GlobalAdmin), here)), Refusal::NotFound);
        let remove = RemoveAutoClaimPolicy(visio.product_id);
        assert_eq!(refused(world.app.write(&stranger, elsewhere, remove).wait()), Refusal::NotFound);
        let seen = world.app.read(&stranger, elsewhere, &AutoClaimPolicies).expect("none");
        assert_eq!(seen.policies, Vec::<Vec<_>>::new());
        assert_eq!(world.see_subscription(bought).assigned, 0);
    });
}

/// R177: global admins decide; what is wrong is said at its field; what is so already is not told twice.
#[test]
fn who_decides_and_what_can_be_decided() {
    in_each_world(|world| {
        let [visio, plan_1] = ["Visio Plan 2", "Visio Plan 1"].map(|name| world.product(name));
        let apps = world.apps(&visio, &["Visio", "OneDrive"]);
        let _ = (world.subscription(&visio, 5), world.subscription(&plan_1, 3));
        let admin = world.caller(Role::GlobalAdmin);
        let set = |policy: AutoClaimPolicy| world.write(&admin, SetAutoClaimPolicy(policy));
        for role in [Role::LicenseAdmin, Role::UserAdmin, Role::BillingAdmin, Role::GlobalReader] {
            let caller = world.caller(role);
            assert_eq!(
                refused(world.write(&caller, SetAutoClaimPolicy(policy(&visio, &[])))),
                Refusal::NotAllowed,
                "{role}"
            );
            assert_eq!(refused(world.read(&caller, &AutoClaimPolicies)), Refusal::NotAllowed, "{role}");
        }
        assert_eq!(wrong(set(policy(&visio, &[&visio]))), (Field::Backups, Refusal::UnknownChoice));
        let all_off = AutoClaimPolicy { disabled_plans: apps.clone(), ..policy(&visio, &[]) };
        assert_eq!(wrong(set(all_off)), (Field::ServicePlans, Refusal::NoAppsLeft));
        let nowhere = ProductId::from_uuid(world.new_id());
        let unknown = AutoClaimPolicy { backups: vec![nowhere], ..policy(&visio, &[]) };
        assert_eq!(wrong(set(unknown)), (Field::Backups, Refusal::UnknownChoice));
        assert_eq!(refused(set(AutoClaimPolicy { product_id: nowhere, ..policy(&visio, &[]) })), Refusal::NotFound);
        let _ = world.new_events();
        set(policy(&visio, &[&plan_1])).expect("it is set");
        set(policy(&visio, &[&plan_1])).expect("it is so already");
        let backups = vec!["Visio Plan 1".to_owned()];
        assert_eq!(world.new_events(), [Event::AutoClaimChanged { is_on: true, backups, disabled_plans: Vec::new() }]);
        let view = world.read(&admin, &AutoClaimPolicies).expect("a policy");
        let names: Vec<_> = view.policies[0].iter().map(|given| (given.name.as_str(), given.free)).collect();
        assert_eq!(names, [("Visio Plan 2", 5), ("Visio Plan 1", 3)]);
        assert_eq!(world.read(&admin, &AutoClaimOf(visio.product_id)).expect("it").plans.len(), 2);
    });
}

/// R177: who claimed what, over 1, 7, 30 or 90 days, a page at a time, with how many of each product.
#[test]
fn the_report() {
    in_each_world(|world| {
        let [visio, plan_1] = ["Visio Plan 2", "Visio Plan 1"].map(|name| world.product(name));
        let _ = (world.subscription(&visio, 2), world.subscription(&plan_1, 5));
        turn_on(world, &visio, &[&plan_1]);
        let admin = world.caller(Role::GlobalAdmin);
        let people = world.people(3);
        for person in &people {
            claim(world, &admin, *person, &visio).expect("one is free");
            world.clock.advance(SignedDuration::from_hours(24 * 5));
        }
        let report = |days, before, limit| {
            let view = world.read(&admin, &LicenseClaims { days, before, limit }).expect("a report");
            let who: Vec<_> = view.page.rows.iter().map(|row| row.subjects.user.expect("a person")).collect();
            (view.counts, who, view.page.next)
        };
        let [first, second, third] = people[..] else { panic!("three people") };
        let counted = |counts: &[(&str, i64)]| -> Vec<_> {
            counts.iter().map(|(name, count)| ((*name).to_owned(), *count)).collect()
        };
        let all = counted(&[("Visio Plan 1", 1), ("Visio Plan 2", 2)]);
        assert_eq!(report(30, None, 10), (all.clone(), vec![third, second, first], None));
        assert_eq!(report(7, None, 10), (counted(&[("Visio Plan 1", 1)]), vec![third], None));
        assert_eq!(report(1, None, 10), (vec![], vec![], None));
        let (_, who, next) = report(90, None, 2);
        assert_eq!(who, [third, second]);
        assert_eq!(report(90, next, 2), (all, vec![first], None));
        let reader = world.caller(Role::LicenseAdmin);
        let asked = LicenseClaims { days: 30, before: None, limit: 10 };
        assert_eq!(refused(world.read(&reader, &asked)), Refusal::NotAllowed);
    });
}

fn request(product: &Sku, emails: &[&str]) -> RequestLicenses {
    let emails = emails.iter().map(|name| format!("{name}@waterland.example")).collect();
    RequestLicenses { product_id: product.product_id, for_oneself: true, emails, reason: String::new() }
}

/// R176, R177: who asks for oneself has a license at once; others wait for an admin, and so does everybody when nothing
/// is free.
#[test]
fn a_request_for_oneself_is_filled_at_once() {
    in_each_world(|world| {
        let visio = world.product("Visio");
        let bought = world.subscription(&visio, 2);
        turn_on(world, &visio, &[]);
        let [anna, bram, noor] = ["Anna de Vries", "Bram Bakker", "Noor Vermeer"].map(|name| world.person(name));
        let _ = world.new_events();
        let filled = Requested { claimed: Some(given(&visio, bought, true)), request: None };
        assert_eq!(world.write(&world.as_person(anna, &[]), request(&visio, &[])).expect("claimed"), filled);
        assert_eq!(world.new_events(), [claimed_event(None)]);
        // Bram has one, also for whom he asks waits; he names himself as well.
        let his = world.as_person(bram, &[]);
        let asked = world.write(&his, request(&visio, &["bram.bakker", "noor.vermeer"])).expect("claimed and asked");
        assert_eq!(asked.claimed, Some(given(&visio, bought, true)));
        assert!(asked.request.is_some());
        let requested = Event::LicensesRequested { product: "Visio".to_owned(), people: 1 };
        assert_eq!(world.new_events(), [claimed_event(None), requested.clone()]);
        // Nothing is free: an admin decides.
        let hers = world.as_person(noor, &[]);
        let asked = world.write(&hers, request(&visio, &[])).expect("asked");
        assert!(asked.claimed.is_none() && asked.request.is_some());
        assert_eq!(world.new_events(), [requested]);
        assert_eq!(world.see_subscription(bought).assigned, 2);
        // A wrong name takes nothing back and gives nothing.
        let dirk = world.as_person(world.person("Dirk Jansen"), &[]);
        let _ = world.subscription(&visio, 1);
        let outcome = world.write(&dirk, request(&visio, &["nobody.at.all"]));
        assert_eq!(wrong(outcome), (Field::Users, Refusal::UnknownUser));
        assert_eq!(world.new_events(), []);
        // An own process takes the place of requests, whatever can be claimed.
        let process = RequestProcess::new("Ask the service desk.", "").expect("a process");
        world.write(&world.caller(Role::GlobalAdmin), SetRequestProcess(process)).expect("set");
        assert_eq!(refused(world.write(&dirk, request(&visio, &[]))), Refusal::RequestsElsewhere);
    });
}
