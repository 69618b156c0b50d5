//! Licenses in use: assign, unassign, apps, conflicts, and who takes the last one.

use app::license::assign::AssignLicenses;
use app::license::assigners::{DoBillingAdminsAssign, LetBillingAdminsAssign};
use app::license::auto_claim::{ClaimLicense, SetAutoClaimPolicy};
use app::license::change_apps::ChangeApps;
use app::license::choose::FindPeople;
use app::license::holds::Holds;
use app::license::list::ListProducts;
use app::license::many::{
    BulkAction, BulkOutcome, BulkRequest, ListDetails, Source, StartList, make_list, read_addresses,
};
use app::license::product::{Holders, ProductLicenses};
use app::license::replace::{ReplaceLicenses, Replaced};
use app::license::set_location::SetLocationOfMissing;
use app::license::settle::SettleLicenses;
use app::license::unassign::UnassignLicenses;
use app::subscription::cancel::CancelSubscription;
use app::subscription::change_quantity::ChangeQuantity;
use app::user::administer::DeleteUser;
use app::{Caller, Failure};
use domain::access::Role;
use domain::event::{Change, Event};
use domain::ids::{ProductId, ServicePlanId, SubscriptionId, UserId};
use domain::license::auto_claim::AutoClaimPolicy;
use domain::refusal::{Field, Refusal};
use domain::subscription::cancel::{Cancel, CancelReason};
use domain::subscription::{Channel, ClosedReason, SubscriptionState};
use jiff::civil::date;
use store::{params, statements};
use testkit::world::{World, in_each_world};

statements! {
    END_SUBSCRIPTION: organization = "UPDATE subscription SET state = 'disabled' WHERE organization_id = $1 AND id = $2";
    COUNT_ASSIGNMENTS: organization = "SELECT COUNT(*) FROM assignment WHERE organization_id = $1 \
        AND subscription_id = $2 AND conflict_since IS NULL";
    USER_LICENSES: organization = "SELECT CAST(SUM(license_count) AS BIGINT) FROM \"user\" WHERE organization_id = $1";
}

fn assign(product_id: ProductId, users: &[UserId]) -> AssignLicenses {
    AssignLicenses { product_id, subscription_id: None, users: users.to_vec(), disabled_plans: Vec::new() }
}

fn assigned() -> Event {
    Event::LicenseAssigned { disabled_plans: Vec::new() }
}

fn refusal<T: std::fmt::Debug>(result: Result<T, Failure>) -> Refusal {
    result.expect_err("it is refused").refusal().expect("by a rule").clone()
}

fn holds(world: &World, caller: &Caller, user_id: UserId, product_id: ProductId) -> bool {
    world.app.point(caller, world.organization, &Holds { user_id, product_id }).expect("the answer").is_some()
}

/// D22: Billing admins assign no licenses until a Global admin lets them, and no longer when it is taken back; what they
/// assigned stays. Nobody else decides about it, and it is in the history.
#[test]
fn billing_admins_assign_where_a_global_admin_lets_them() {
    in_each_world(|world| {
        let office = world.product("Office");
        let id = world.subscription(&office, 5);
        let [billing, anna, bram] = ["Noor Vermeer", "Anna de Vries", "Bram Bakker"].map(|name| world.person(name));
        world.give_roles(world.organization, billing, &[Role::BillingAdmin]);
        let give = |person| world.write(&world.signed_in(billing), assign(office.product_id, &[person]));
        let global = world.caller(Role::GlobalAdmin);
        let allow = |is_on| world.write(&global, LetBillingAdminsAssign { is_on });
        // What is the organization's is not there for who assigns only what is one's own.
        assert_eq!(refusal(give(anna)), Refusal::NotFound);
        for role in [Role::BillingAdmin, Role::LicenseAdmin, Role::UserAdmin, Role::GlobalReader, Role::Operator] {
            let decided = world.write(&world.caller(role), LetBillingAdminsAssign { is_on: true });
            assert_eq!(refusal(decided), Refusal::NotAllowed, "{role}");
        }
        let _ = world.new_events();
        allow(true).expect("it is allowed");
        allow(true).expect("it is so already");
        assert_eq!(world.new_events(), [Event::BillingAdminsAssign { is_on: true }]);
        assert_eq!(world.read(&global, &DoBillingAdminsAssign).ok(), Some(true));
        give(anna).expect("it is assigned");
        // Another organization decides for itself.
        let other = world.organization_with("Elsewhere", |_| ());
        let there = world.caller_in(other, Role::GlobalAdmin);
        assert_eq!(world.app.read(&there, other, &DoBillingAdminsAssign).ok(), Some(false));
        allow(false).expect("it is taken back");
        assert_eq!(world.new_events(), [assigned(), Event::BillingAdminsAssign { is_on: false }]);
        assert_eq!(refusal(give(bram)), Refusal::NotFound);
        assert_eq!(in_use(world, id), 1);
    });
}

fn in_use(world: &World, subscription: SubscriptionId) -> i64 {
    let count = world
        .store
        .glance(world.organization, |read| read.query_one(&COUNT_ASSIGNMENTS, params![subscription], |row| row.get(0)));
    count.expect("the database answers").unwrap_or_default()
}

fn licenses_of_all(world: &World) -> i64 {
    let count =
        world.store.glance(world.organization, |read| read.query_one(&USER_LICENSES, params![], |row| row.get(0)));
    count.expect("the database answers").unwrap_or_default()
}

/// R26, R30, R31: assign to two people and take both back; the counters and the journal say so.
#[test]
fn a_license_admin_assigns_and_unassigns() {
    in_each_world(|world| {
        let office = world.product("Office");
        let subscription = world.subscription(&office, 25);
        let admin = world.caller(Role::LicenseAdmin);
        let (anna, bram) = (world.person("Anna de Vries"), world.person("Bram Bakker"));
        let product_id = office.product_id;

        let placements = world.write(&admin, assign(product_id, &[anna, bram, anna])).expect("two get one");
        assert_eq!(placements.len(), 2);
        assert_eq!(world.new_events(), [assigned(), assigned()]);
        assert_eq!(world.see_subscription(subscription).assigned, 2);
        assert!(holds(world, &admin, anna, product_id));
        assert_eq!(licenses_of_all(world), 2);

        let users = vec![bram, anna];
        assert_eq!(world.write(&admin, UnassignLicenses { product_id, users }).expect("both are free"), 2);
        assert_eq!(world.new_events(), [Event::LicenseUnassigned, Event::LicenseUnassigned]);
        assert_eq!(world.see_subscription(subscription).assigned, 0);
        assert!(!holds(world, &admin, anna, product_id));
        assert_eq!(licenses_of_all(world), 0);
    });
}

/// R28, domain 2.3: every refusal, and nobody gets a license when one person cannot.
#[test]
fn an_assignment_is_refused_as_a_whole() {
    in_each_world(|world| {
        let office = world.product("Office");
        let subscription = world.subscription(&office, 2);
        let admin = world.caller(Role::UserAdmin);
        let people = world.people(21);
        let nowhere = world.person_with(world.organization, "Nina Nergens", |facts| facts.usage_location = None);
        let product_id = office.product_id;
        let try_on = |users: &[UserId]| refusal(world.write(&admin, assign(product_id, users)));

        assert_eq!(try_on(&[]), Refusal::NobodyChosen);
        assert_eq!(try_on(&people), Refusal::TooManyPeople { maximum: 20 });
        assert_eq!(try_on(&people[..20]), Refusal::NotEnoughLicenses { missing: 18 });
        assert_eq!(try_on(&[people[0], nowhere]), Refusal::NoUsageLocation { name: "Nina Nergens".to_owned() });
        assert_eq!(world.see_subscription(subscription).assigned, 0);

        world.give_license(subscription, people[0]);
        assert_eq!(
            refusal(world.write(&admin, assign(product_id, &[people[1], people[0]]))),
            Refusal::AlreadyAssigned { name: "Person 00001".to_owned() }
        );
        assert_eq!(world.new_events(), []);
    });
}

/// R29: nobody of another organization can be chosen, and its admin finds nothing here.
#[test]
fn licenses_stay_within_the_organization() {
    in_each_world(|world| {
        let office = world.product("Office");
        let _subscription = world.subscription(&office, 5);
        let elsewhere = world.other_organization("Bergen");
        let stranger = world.person_with(elsewhere, "Stranger Elsewhere", |_| ());
        let admin = world.caller(Role::GlobalAdmin);
        let refused =
            world.write(&admin, assign(office.product_id, &[stranger])).expect_err("not of this organization");
        assert!(matches!(
            &refused,
            Failure::Invalid(fields) if fields[..] == [Refusal::OutsideOrganization.at(Field::Users)]
        ));
        let found = FindPeople { product_id: office.product_id, search: "stranger".to_owned(), limit: 10 };
        assert_eq!(world.read(&admin, &found).expect("an answer"), []);

        let other_admin = world.caller_in(elsewhere, Role::GlobalAdmin);
        let refused = world.write(&other_admin, assign(office.product_id, &[stranger]));
        assert_eq!(refusal(refused), Refusal::NotFound);
    });
}

/// R108: an admin gives nothing from what a user bought; D27: its buyer sees and gives only own licenses.
#[test]
fn self_service_belongs_to_its_buyer() {
    in_each_world(|world| {
        let office = world.product("Office");
        let central = world.subscription(&office, 5);
        let (buyer, anna) = (world.person("Daan Koper"), world.person("Anna de Vries"));
        let own = world.subscription_with(world.organization, &office, 3, |new| new.holder = Some(buyer));
        let (admin, buys) = (world.caller(Role::GlobalAdmin), world.as_person(buyer, &[]));
        let from_own = AssignLicenses { subscription_id: Some(own), ..assign(office.product_id, &[anna]) };
        let refused = world.write(&admin, from_own);
        assert_eq!(refusal(refused), Refusal::Closed(ClosedReason::SelfServiceOfOther));

        let placements = world.write(&buys, assign(office.product_id, &[anna])).expect("the buyer may");
        assert_eq!(placements[0].subscription_id, own);
        let users = vec![anna];
        let take_back = UnassignLicenses { product_id: office.product_id, users };
        assert_eq!(refusal(world.write(&admin, take_back)), Refusal::Closed(ClosedReason::SelfServiceOfOther));

        let list = |self_service| ListProducts { self_service, search: String::new(), after: None, limit: 50 };
        let sums = |caller: &Caller, self_service| {
            let page = world.read(caller, &list(self_service)).expect("the list");
            page.rows.iter().map(|row| (row.quantity, row.assigned)).collect::<Vec<_>>()
        };
        assert_eq!(sums(&buys, false), [(3, 1)]);
        assert_eq!(sums(&admin, false), [(8, 1)]);
        assert_eq!(sums(&admin, true), [(3, 1)]);
        assert_eq!(world.see_subscription(central).assigned, 0);
    });
}

/// R112: 5 and 8 are 13 of one product; R111: the page says who has it, page by page, by name.
#[test]
fn a_product_is_one_row_over_its_subscriptions() {
    in_each_world(|world| {
        let office = world.product("Office");
        let (five, _eight) = (world.subscription(&office, 5), world.subscription(&office, 8));
        let admin = world.caller(Role::LicenseAdmin);
        let names = ["Zoë de Graaff", "Anna de Vries", "Łukasz Öztürk", "Bram Bakker"];
        let people: Vec<_> = names.iter().map(|name| world.person(name)).collect();
        world.write(&admin, assign(office.product_id, &people)).expect("four get one");
        let list = ListProducts { self_service: false, search: "off".to_owned(), after: None, limit: 50 };
        let page = world.read(&admin, &list).expect("the list");
        assert_eq!((page.rows.len(), page.rows[0].quantity, page.rows[0].available()), (1, 13, 9));

        let ask = |search: &str, after, subscription_id| Holders {
            product_id: office.product_id,
            subscription_id,
            search: search.to_owned(),
            after,
            limit: 2,
        };
        let names = |holders: &Holders| {
            let page = world.read(&admin, holders).expect("the holders");
            (page.rows.into_iter().map(|row| row.display_name).collect::<Vec<_>>(), page.next)
        };
        let (first, next) = names(&ask("", None, None));
        assert_eq!(first, ["Anna de Vries", "Bram Bakker"]);
        let (second, next) = names(&ask("", next, None));
        assert_eq!((second, next), (vec!["Łukasz Öztürk".to_owned(), "Zoë de Graaff".to_owned()], None));
        assert_eq!(names(&ask("de", None, None)).0, ["Anna de Vries", "Zoë de Graaff"]);
        assert_eq!(names(&ask("zoe gr", None, None)).0, ["Zoë de Graaff"]);
        assert_eq!(names(&ask("", None, Some(five))).0.len(), 2);
        assert_eq!(names(&ask("zoe", None, Some(five))).0, ["Zoë de Graaff"]);
        let whole =
            world.read(&admin, &ProductLicenses { holders: ask("", None, None), by_buyer: false }).expect("the page");
        assert_eq!((whole.overview.available(), whole.history.len()), (9, 4));
    });
}

/// R174: apps are on unless they are switched off; saving the same twice records once.
#[test]
fn apps_are_switched_per_person() {
    in_each_world(|world| {
        let office = world.product("Office");
        let plans = world.apps(&office, &["Mail", "Meetings", "Files"]);
        let _subscription = world.subscription(&office, 5);
        let admin = world.caller(Role::LicenseAdmin);
        let anna = world.person("Anna de Vries");
        let without = |off: &[ServicePlanId]| AssignLicenses {
            disabled_plans: off.to_vec(),
            ..assign(office.product_id, &[anna])
        };
        assert_eq!(refusal(world.write(&admin, without(&plans))), Refusal::NoAppsLeft);
        world.write(&admin, without(&plans[..1])).expect("assigned with two apps");
        assert_eq!(world.new_events(), [Event::LicenseAssigned { disabled_plans: vec![plans[0]] }]);
        let turn_off = |off: &[ServicePlanId]| ChangeApps {
            user_id: anna,
            product_id: office.product_id,
            disabled_plans: off.to_vec(),
        };
        for _ in 0..2 {
            world.write(&admin, turn_off(&plans[1..2])).expect("changed");
        }
        let disabled_plans = Change { from: vec![plans[0]], to: vec![plans[1]] };
        assert_eq!(world.new_events(), [Event::AppsChanged { disabled_plans }]);
    });
}

/// Domain 2.3: who may, gives people without a usage location one on the way; those who have one keep it.
#[test]
fn a_missing_usage_location_is_set_on_the_way() {
    in_each_world(|world| {
        let admin = world.caller(Role::LicenseAdmin);
        let anna = world.person("Anna de Vries");
        let nina = world.person_with(world.organization, "Nina Nergens", |facts| facts.usage_location = None);
        let set = |usage_location: &str| SetLocationOfMissing {
            users: vec![anna, nina],
            usage_location: usage_location.to_owned(),
        };
        assert_eq!(refusal(world.write(&admin, set("XX"))), Refusal::UnknownCountry);
        world.write(&admin, set("be")).expect("set");
        world.write(&admin, set("DE")).expect("nobody is left without");
        let usage_location = Some(Change { from: None, to: Some("BE".to_owned()) });
        let (display_name, email, department, is_guest) = (None, None, None, None);
        let changed = Event::UserChanged { display_name, email, department, usage_location, is_guest };
        assert_eq!(world.new_events(), [changed]);
    });
}

/// D1, R173: what a canceled subscription no longer covers moves, the rest is in conflict until licenses are free; the
/// oldest conflict is solved first, by an unassignment and by more licenses.
#[test]
fn conflicts_come_up_and_are_solved() {
    in_each_world(|world| {
        let office = world.product("Office");
        let (ending, staying) = (world.subscription(&office, 3), world.subscription(&office, 2));
        let (admin, billing) = (world.caller(Role::LicenseAdmin), world.caller(Role::BillingAdmin));
        let people = world.people(4);
        world.give_license(staying, people[3]);
        for person in &people[..3] {
            world.give_license(ending, *person);
            world.clock.set_day(world.today().tomorrow().expect("a next day"));
        }
        let cancel = Cancel { reason: CancelReason::NotUsedEnough, feedback: String::new() };
        world.write(&billing, CancelSubscription { subscription_id: ending, cancel }).expect("it is canceled");
        // The newest find a place first, as they are the first to go.
        assert_eq!(
            world.new_events()[1..],
            [Event::LicenseMoved { from: ending }, Event::LicenseInConflict, Event::LicenseInConflict]
        );
        assert_eq!(world.write(&admin, SettleLicenses { product_id: office.product_id }).expect("settled"), 0);
        let see = |id| {
            let subscription = world.see_subscription(id);
            (subscription.assigned, subscription.conflicts)
        };
        assert_eq!((see(ending), see(staying)), ((0, 2), (2, 0)));

        let users = vec![people[3]];
        world.write(&admin, UnassignLicenses { product_id: office.product_id, users }).expect("one becomes free");
        assert_eq!(world.new_events(), [Event::LicenseUnassigned, Event::LicenseMoved { from: ending }]);
        assert_eq!((see(ending), see(staying)), ((0, 1), (2, 0)));

        let more = ChangeQuantity::now(staying, 5);
        world.write(&billing, more).expect("three are added");
        assert_eq!(world.new_events()[1..], [Event::LicenseMoved { from: ending }]);
        assert_eq!((see(ending), see(staying)), ((0, 0), (3, 0)));
        assert_eq!(in_use(world, staying), 3);
        assert_eq!(licenses_of_all(world), 3);
    });
}

/// R121, domain 2.5, 2.8, 5.5: a buyer cancels, so that the team is in conflict. Nobody of them counts as somebody who
/// has it: each gets a license of the organization by the way that others get one, with the apps that this way says, and
/// the conflict is over.
#[test]
fn who_had_it_of_a_buyer_who_canceled_gets_one_of_the_organization() {
    in_each_world(|world| {
        let office = world.product("Office");
        let product_id = office.product_id;
        let bram = world.person("Bram Bakker");
        let team = ["Anna de Vries", "Noor Vermeer", "Dirk Jansen", "Eva Smit"].map(|name| world.person(name));
        let [anna, _, dirk, eva] = team;
        let bought = world.subscription_with(world.organization, &office, 5, |new| {
            (new.channel, new.holder) = (Channel::SelfService, Some(bram));
        });
        let central = world.subscription(&office, 3);
        team.iter().for_each(|person| world.give_license(bought, *person));
        let cancel = Cancel { reason: CancelReason::ManagedElsewhere, feedback: String::new() };
        let canceled = CancelSubscription { subscription_id: bought, cancel };
        world.write(&world.as_person(bram, &[]), canceled).expect("it is canceled");
        let see = |id| {
            let subscription = world.see_subscription(id);
            (subscription.assigned, subscription.conflicts)
        };
        assert_eq!((see(bought), see(central)), ((0, 4), (0, 0)));
        let admin = world.caller(Role::GlobalAdmin);
        let found = world.read(&admin, &FindPeople { product_id, search: "anna".to_owned(), limit: 9 });
        assert!(!found.expect("people")[0].holds_it);
        let policy = AutoClaimPolicy { product_id, disabled_plans: Vec::new(), backups: Vec::new() };
        world.write(&admin, SetAutoClaimPolicy(policy)).expect("it is turned on");
        let _ = world.new_events();

        world.write(&admin, assign(product_id, &[anna])).expect("one is free");
        assert_eq!((world.new_events(), see(bought), see(central)), (vec![assigned()], (0, 3), (1, 0)));

        let (action, disabled_plans) = (BulkAction::Assign, Vec::new());
        let request = BulkRequest { action, product_id, subscription_id: None, disabled_plans };
        let addresses = read_addresses(b"anna.de.vries@waterland.example\nnoor.vermeer@waterland.example");
        let source = Source::Addresses { file_name: String::new(), addresses: addresses.expect("two").into() };
        let list = make_list(&world.app, &admin, world.organization, &request, &source).expect("a list");
        let foreseen = world.read(&admin, &ListDetails { id: list, problems: 9 }).expect("the list");
        assert_eq!(foreseen.outcomes, [(BulkOutcome::HasIt, 1), (BulkOutcome::Pending, 1)]);
        world.write(&admin, StartList(list)).expect("started");
        world.work();
        assert_eq!((world.new_events(), see(bought), see(central)), (vec![assigned()], (0, 2), (2, 0)));

        let claimed = world.write(&admin, ClaimLicense { user_id: dirk, product_id }).expect("one is free");
        assert_eq!((claimed.subscription_id, claimed.is_new), (central, true));
        assert_eq!((see(bought), see(central)), ((0, 1), (3, 0)));
        let none_free = Refusal::NotEnoughLicenses { missing: 1 };
        assert_eq!(refusal(world.write(&admin, ClaimLicense { user_id: eva, product_id })), none_free);
        assert_eq!(refusal(world.write(&admin, assign(product_id, &[eva]))), none_free);
        let more = ChangeQuantity::now(central, 4);
        world.write(&admin, more).expect("one is added");
        let replace = ReplaceLicenses { products: vec![product_id], users: vec![anna, eva] };
        assert_eq!(world.write(&admin, replace).expect("replaced"), Replaced { given: 1, taken: 0 });
        assert_eq!((see(bought), see(central)), ((0, 0), (4, 0)));
        assert_eq!((in_use(world, central), licenses_of_all(world)), (4, 4));
    });
}

/// R173: a license in conflict can be taken back, which solves it.
#[test]
fn a_license_in_conflict_can_be_taken_back() {
    in_each_world(|world| {
        let office = world.product("Office");
        let ending = world.subscription(&office, 1);
        let admin = world.caller(Role::LicenseAdmin);
        let anna = world.person("Anna de Vries");
        world.give_license(ending, anna);
        world.seed(world.organization, move |write| write.change(&END_SUBSCRIPTION, params![ending]));
        world.write(&admin, SettleLicenses { product_id: office.product_id }).expect("settled");
        let page = world
            .read(
                &admin,
                &ProductLicenses {
                    holders: Holders {
                        product_id: office.product_id,
                        subscription_id: None,
                        search: String::new(),
                        after: None,
                        limit: 10,
                    },
                    by_buyer: false,
                },
            )
            .expect("the page");
        assert_eq!(page.conflicts.len(), 1);
        assert_eq!(page.overview.assign, domain::subscription::Offer::Closed(ClosedReason::Disabled));
        let users = vec![anna];
        world.write(&admin, UnassignLicenses { product_id: office.product_id, users }).expect("solved");
        let after = world.see_subscription(ending);
        assert_eq!((after.state, after.assigned, after.conflicts), (SubscriptionState::Disabled, 0, 0));
    });
}

/// The last licenses: many admins at once, exactly as many win as there are licenses, the others learn what is missing.
#[test]
fn many_admins_take_the_last_licenses() {
    in_each_world(|world| {
        let office = world.product("Office");
        let subscription = world.subscription(&office, 3);
        let admin = world.caller(Role::LicenseAdmin);
        let people = world.people(40);
        let results: Vec<_> = std::thread::scope(|scope| {
            let threads: Vec<_> = people
                .iter()
                .map(|person| scope.spawn(|| world.write(&admin, assign(office.product_id, &[*person]))))
                .collect();
            threads.into_iter().map(|thread| thread.join().expect("no panic")).collect()
        });
        let (won, lost): (Vec<_>, Vec<_>) = results.into_iter().partition(Result::is_ok);
        assert_eq!(won.len(), 3);
        for result in lost {
            assert_eq!(refusal(result), Refusal::NotEnoughLicenses { missing: 1 });
        }
        assert_eq!(world.new_events(), [assigned(), assigned(), assigned()]);
        assert_eq!((world.see_subscription(subscription).assigned, in_use(world, subscription)), (3, 3));
    });
}

/// D2: one reduces while others assign; whatever comes first, what is in use never exceeds what was bought.
#[test]
fn reducing_against_assigning() {
    in_each_world(|world| {
        let office = world.product("Office");
        let subscription_id = world.subscription(&office, 30);
        let (admin, billing) = (world.caller(Role::LicenseAdmin), world.caller(Role::BillingAdmin));
        let people = world.people(30);
        std::thread::scope(|scope| {
            for person in &people {
                scope.spawn(|| world.write(&admin, assign(office.product_id, &[*person])));
            }
            scope.spawn(|| {
                for total in (1..30).rev() {
                    let change = ChangeQuantity::now(subscription_id, total);
                    match world.write(&billing, change) {
                        Ok(_) => {}
                        Err(failure) => assert!(
                            matches!(failure.refusal(), Some(Refusal::BelowAssigned { .. } | Refusal::Closed(_))),
                            "{failure:?}"
                        ),
                    }
                }
            });
        });
        let after = world.see_subscription(subscription_id);
        assert!(after.assigned <= after.quantity);
        assert_eq!(i64::from(after.assigned), in_use(world, subscription_id));
        assert_eq!(i64::from(after.assigned), licenses_of_all(world));
        let events = world.new_events();
        assert_eq!(events.iter().filter(|event| **event == assigned()).count() as u32, after.assigned);
    });
}

/// A form that is sent twice at the same moment: one wins, the other is told.
#[test]
fn the_same_form_twice_at_once() {
    in_each_world(|world| {
        let office = world.product("Office");
        let subscription = world.subscription(&office, 10);
        let admin = world.caller(Role::LicenseAdmin);
        let anna = world.person("Anna de Vries");
        let answers: Vec<_> = std::thread::scope(|scope| {
            let threads: Vec<_> =
                (0..8).map(|_| scope.spawn(|| world.write(&admin, assign(office.product_id, &[anna])))).collect();
            threads.into_iter().map(|thread| thread.join().expect("no panic")).collect()
        });
        assert_eq!(answers.iter().filter(|answer| answer.is_ok()).count(), 1);
        assert_eq!(world.new_events(), [assigned()]);
        assert_eq!(world.see_subscription(subscription).assigned, 1);
    });
}

/// D1: of the usable subscriptions the one that ends last.
#[test]
fn licenses_come_from_what_ends_last() {
    in_each_world(|world| {
        let office = world.product("Office");
        let _first = world.subscription(&office, 5);
        let last = world.subscription_with(world.organization, &office, 1, |new| new.ends_on = date(2030, 1, 1));
        let admin = world.caller(Role::LicenseAdmin);
        let people = world.people(2);
        let placements = world.write(&admin, assign(office.product_id, &people)).expect("two get one");
        assert_eq!(placements.iter().filter(|one| one.subscription_id == last).count(), 1);
    });
}

/// R109, R111, R112, R113, R19, R20: an admin sees what users bought under their names, and the rest of a product
/// beside it.
#[test]
fn people_are_grouped_by_buyer() {
    in_each_world(|world| {
        let visio = world.product("Visio");
        let central = world.subscription(&visio, 5);
        let bought_by = |name: &str| {
            let buyer = world.person(name);
            world.subscription_with(world.organization, &visio, 3, |new| {
                (new.channel, new.holder) = (Channel::SelfService, Some(buyer));
            })
        };
        let (zoe, bram) = (bought_by("Zoë Zwart"), bought_by("Bram Bakker"));
        let [anna, dirk, eva] = ["Anna de Vries", "Dirk Jansen", "Eva Smit"].map(|name| world.person(name));
        for (subscription, person) in [(central, anna), (zoe, dirk), (bram, eva)] {
            world.give_license(subscription, person);
        }
        let page = |caller: &Caller, by_buyer| {
            let product_id = visio.product_id;
            let holders = Holders { product_id, subscription_id: None, search: String::new(), after: None, limit: 10 };
            world.read(caller, &ProductLicenses { holders, by_buyer }).expect("the page")
        };
        let admin = world.caller(Role::GlobalReader);
        let grouped: Vec<_> = page(&admin, true)
            .by_buyer
            .into_iter()
            .map(|(id, people)| (id, people.rows.into_iter().map(|row| row.display_name).collect::<Vec<_>>()))
            .collect();
        assert_eq!(grouped, [(bram, vec!["Eva Smit".to_owned()]), (zoe, vec!["Dirk Jansen".to_owned()])]);
        assert!(page(&admin, true).holders.rows.is_empty());
        assert_eq!(page(&admin, false).holders.rows.len(), 3);
        // Availability is that of all its subscriptions (R112).
        assert_eq!(page(&admin, true).overview.available(), 8);
    });
}

/// R110, R114: Licenses with the filter Self-service has the products that users bought, with their licenses alone; the
/// people of the subscriptions that are chosen come one subscription after the other, page by page, each once, with
/// whose it is, and nobody of another subscription.
#[test]
fn people_of_chosen_subscriptions() {
    in_each_world(|world| {
        let (visio, office) = (world.product("Visio"), world.product("Office"));
        let (central, _) = (world.subscription(&visio, 5), world.subscription(&office, 9));
        let [zoe, bram, chris] = ["Zoë Zwart", "Bram Bakker", "Chris Cramer"].map(|name| world.person(name));
        let bought_by = |buyer| {
            world.subscription_with(world.organization, &visio, 3, |new| {
                (new.channel, new.holder) = (Channel::SelfService, Some(buyer));
            })
        };
        let [of_zoe, of_bram, of_chris] = [zoe, bram, chris].map(bought_by);
        let people = ["Anna de Vries", "Dirk Jansen", "Eva Smit", "Fleur Dam", "Gijs Kok", "Hans Pot"];
        let given = [central, of_zoe, of_bram, of_zoe, of_chris, of_zoe];
        for (name, subscription) in people.iter().zip(given) {
            world.give_license(subscription, world.person(name));
        }
        for role in [Role::GlobalAdmin, Role::LicenseAdmin, Role::GlobalReader] {
            let admin = world.caller(role);
            let list = ListProducts { self_service: true, search: String::new(), after: None, limit: 50 };
            let rows = world.read(&admin, &list).expect("the list").rows;
            let rows: Vec<_> =
                rows.iter().map(|row| (row.name.as_str(), row.quantity, row.assigned, row.available())).collect();
            assert_eq!(rows, [("Visio", 9, 5, 4)], "{role}");
            let mut exported = Vec::new();
            for chosen in [of_zoe, of_bram] {
                let mut after = None;
                loop {
                    let subscription_id = Some(chosen);
                    let (product_id, search) = (visio.product_id, String::new());
                    let page = Holders { product_id, subscription_id, search, after, limit: 2 };
                    let page = world.read(&admin, &page).expect("the people");
                    let cells = |row: app::license::product::Holder| {
                        (row.display_name, row.buyer.expect("a buyer"), row.license.subscription_id)
                    };
                    exported.extend(page.rows.into_iter().map(cells));
                    after = page.next;
                    if after.is_none() {
                        break;
                    }
                }
            }
            let row = |name: &str, buyer: &str, id| (name.to_owned(), buyer.to_owned(), id);
            let of = |name| row(name, "Zoë Zwart", of_zoe);
            let expected =
                [of("Dirk Jansen"), of("Fleur Dam"), of("Hans Pot"), row("Eva Smit", "Bram Bakker", of_bram)];
            assert_eq!(exported, expected, "{role}");
        }
    });
}

/// R104: what users bought follows the same policies as what the organization bought: who can get a license, which apps
/// are on, who loses it when the person leaves, and what a disabled subscription gives; all of it is in the journal.
#[test]
fn self_service_follows_the_policies_of_the_organization() {
    in_each_world(|world| {
        let elsewhere = world.other_organization("Bergen");
        let stranger = world.person_with(elsewhere, "Sara Stranger", |_| ());
        let nowhere = world.person_with(world.organization, "Nina Nergens", |facts| facts.usage_location = None);
        let (admin, buyer) = (world.caller(Role::GlobalAdmin), world.person("Bram Bakker"));
        let buys = world.as_person(buyer, &[]);
        let follows = |name: &str, caller: &Caller, holder| {
            let sku = world.product(name);
            let plans = world.apps(&sku, &["Mail", "Files"]);
            let id = world.subscription_with(world.organization, &sku, 3, |new| new.holder = holder);
            let anna = world.person(&format!("Anna of {name}"));
            let _ = world.new_events();
            let try_on = |users: &[UserId]| world.write(caller, assign(sku.product_id, users));
            let told = |users: &[UserId]| match try_on(users).expect_err("it is refused") {
                Failure::Refused(refusal) => refusal,
                Failure::Invalid(fields) => fields[0].refusal.clone(),
                other => panic!("{other:?}"),
            };
            let mut refusals = vec![told(&[stranger]), told(&[nowhere])];
            let without = AssignLicenses { disabled_plans: plans.clone(), ..assign(sku.product_id, &[anna]) };
            refusals.push(refusal(world.write(caller, without)));
            try_on(&[anna]).expect("there is a license");
            refusals.push(told(&[anna]));
            world.write(&admin, DeleteUser(anna)).expect("the person leaves");
            assert_eq!((in_use(world, id), world.see_subscription(id).assigned), (0, 0));
            world.seed(world.organization, move |write| write.change(&END_SUBSCRIPTION, params![id]));
            refusals.push(told(&[world.person(&format!("Dirk of {name}"))]));
            let events = world.new_events();
            (refusals, events.iter().map(Event::kind).collect::<Vec<_>>())
        };
        let own = follows("Visio", &buys, Some(buyer));
        let mut central = follows("Office", &admin, None);
        let named = |name: &str| Refusal::AlreadyAssigned { name: name.to_owned() };
        assert_eq!((own.0[3].clone(), central.0[3].clone()), (named("Anna of Visio"), named("Anna of Office")));
        central.0[3] = named("Anna of Visio");
        assert_eq!(own, central);
    });
}
