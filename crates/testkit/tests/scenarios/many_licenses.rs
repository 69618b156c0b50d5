//! Assigning to many and taking back from many: lists, previews, and work that survives.

use super::mails::admin;
use super::purchase::{by_card, wanted};
use app::license::assign::AssignLicenses;
use app::license::many::{
    BulkAction, BulkOutcome, BulkRequest, ListDetails, ListDone, ListProblems, ListView, PeopleFilter, Source,
    StartList, make_list, read_addresses,
};
use app::order::details::OrderDetails;
use app::order::place::place_order;
use app::ports::Clock;
use app::subscription::change_quantity::ChangeQuantity;
use app::{Caller, Failure};
use domain::access::Role;
use domain::catalog::{BillingFrequency, Term};
use domain::event::Event;
use domain::ids::{JobId, ProductId, UploadId};
use domain::job::JobState;
use domain::money::{Currency, Money};
use domain::refusal::{Field, Refusal};
use jiff::SignedDuration;
use std::time::{Duration, Instant};
use store::tables::job;
use store::{params, statements};
use testkit::engines::Database;
use testkit::world::{World, in_each_world};

statements! {
    ADD_PEOPLE: organization = "WITH RECURSIVE numbers(number) AS (SELECT 1 UNION ALL \
        SELECT number + 1 FROM numbers WHERE number < $3) \
        INSERT INTO \"user\" (organization_id, id, email, display_name, sort_name, department, usage_location, state, \
        created_at) SELECT $1, zetel_id($2), 'person.' || number || '@waterland.example', 'Person ' || number, \
        'person ' || number, 'Sales', 'NL', 'active', $2 FROM numbers";
    SUMS: organization = "SELECT (SELECT COUNT(*) FROM assignment WHERE organization_id = $1), \
        (SELECT COUNT(*) FROM journal WHERE organization_id = $1), \
        (SELECT CAST(SUM(license_count) AS BIGINT) FROM \"user\" WHERE organization_id = $1), \
        (SELECT CAST(SUM(assigned) AS BIGINT) FROM subscription WHERE organization_id = $1)";
}

/// Licenses, journal entries, licenses counted at people, licenses counted at subscriptions.
fn sums(world: &World) -> [i64; 4] {
    let found = world.store.glance(world.organization, |read| {
        read.query_one(&SUMS, params![], |row| Ok([row.get(0)?, row.get(1)?, row.get(2)?, row.get(3)?]))
    });
    found.expect("the database answers").expect("a row")
}

fn request(action: BulkAction, product_id: ProductId) -> BulkRequest {
    BulkRequest { action, product_id, subscription_id: None, disabled_plans: Vec::new() }
}

fn file(text: &str) -> Source {
    let addresses = read_addresses(text.as_bytes()).expect("a file that can be read").into();
    Source::Addresses { file_name: "people.csv".to_owned(), addresses }
}

fn list(world: &World, caller: &Caller, request: &BulkRequest, source: &Source) -> Result<UploadId, Failure> {
    make_list(&world.app, caller, world.organization, request, source)
}

fn see(world: &World, caller: &Caller, id: UploadId) -> ListView {
    world.read(caller, &ListDetails { id, problems: 100 }).expect("the list")
}

fn result(view: &ListView) -> ListDone {
    let job = view.job.as_ref().expect("it was started");
    assert_eq!(job.state, JobState::Done, "{:?}", job.error);
    serde_json::from_str(job.result.as_deref().expect("a result")).expect("what came of it")
}

/// R126: a list with every kind of wrong row; the preview says what will come of it, the work does exactly that, and
/// confirming twice does it once.
#[test]
fn a_file_is_assigned_and_every_row_is_accounted_for() {
    in_each_world(|world| {
        let office = world.product("Office");
        let subscription = world.subscription(&office, 3);
        let admin = world.caller(Role::LicenseAdmin);
        let (_anna, bram) = (world.person("Anna Vries"), world.person("Bram Bakker"));
        let _nina = world.person_with(world.organization, "Nina Nergens", |facts| facts.usage_location = None);
        let elsewhere = world.other_organization("Bergen");
        let _stranger = world.person_with(elsewhere, "Stranger Elsewhere", |_| ());
        world.give_license(subscription, bram);
        let text = "\u{feff}E-mail;Name\r\nANNA.VRIES@waterland.example;Anna\r\nbram.bakker@waterland.example;Bram\r\n\
                    nina.nergens@waterland.example;Nina\r\nstranger.elsewhere@waterland.example;Stranger\r\n\
                    anna.vries@waterland.example;Again\r\nnobody;Nobody\r\n";
        let id = list(world, &admin, &request(BulkAction::Assign, office.product_id), &file(text)).expect("a list");

        let preview = see(world, &admin, id);
        let expected = [
            (BulkOutcome::EmailTwice, 1),
            (BulkOutcome::HasIt, 1),
            (BulkOutcome::NoLocation, 1),
            (BulkOutcome::NotAnEmail, 1),
            (BulkOutcome::Pending, 1),
            (BulkOutcome::UnknownUser, 1),
        ];
        assert_eq!((preview.outcomes.as_slice(), preview.missing), (expected.as_slice(), 0));
        let lines: Vec<_> = preview.problems.iter().map(|problem| (problem.line, problem.outcome)).collect();
        assert_eq!(
            lines,
            [
                (3, BulkOutcome::HasIt),
                (4, BulkOutcome::NoLocation),
                (5, BulkOutcome::UnknownUser),
                (6, BulkOutcome::EmailTwice),
                (7, BulkOutcome::NotAnEmail),
            ]
        );
        let first = world.write(&admin, StartList(id)).expect("started");
        assert_eq!(world.write(&admin, StartList(id)).expect("started once"), first);
        world.work();
        let view = see(world, &admin, id);
        assert_eq!(result(&view), ListDone { done: 1, not_done: 5 });
        assert_eq!(world.new_events(), [Event::LicenseAssigned { disabled_plans: Vec::new() }]);
        assert_eq!(sums(world), [2, 1, 2, 2]);
        let problems = world.read(&admin, &ListProblems { id, after: 0, limit: 100 }).expect("the problems");
        assert_eq!(problems.len(), 5);
    });
}

/// R126: everyone of a department who has none yet; too few licenses are refused with the number missing.
#[test]
fn too_few_licenses_are_refused_before_anything_happens() {
    in_each_world(|world| {
        let office = world.product("Office");
        let _subscription = world.subscription(&office, 2);
        let admin = world.caller(Role::LicenseAdmin);
        for name in ["Anna Vries", "Bram Bakker", "Chris Cornelissen"] {
            let _person = world.person_with(world.organization, name, |facts| facts.department = "Sales".to_owned());
        }
        let filter = |department: &str| {
            Source::Filter(PeopleFilter { department: department.to_owned(), group: None, unlicensed: true })
        };
        let request = request(BulkAction::Assign, office.product_id);
        let id = list(world, &admin, &request, &filter("Sales")).expect("a list");
        let preview = see(world, &admin, id);
        assert_eq!((preview.count(BulkOutcome::Pending), preview.missing), (3, 1));
        let refused = world.write(&admin, StartList(id)).expect_err("one is missing");
        assert_eq!(refused.refusal(), Some(&Refusal::NotEnoughLicenses { missing: 1 }));
        assert_eq!(sums(world), [0, 0, 0, 0]);

        let nobody = list(world, &admin, &request, &filter("Nowhere")).expect_err("nobody matches");
        assert!(matches!(&nobody, Failure::Invalid(fields) if fields[..] == [Refusal::NobodyChosen.at(Field::Users)]));
        let billing = world.caller(Role::BillingAdmin);
        let refused = list(world, &billing, &request, &filter("Sales")).expect_err("nothing is their own");
        assert_eq!(refused.refusal(), Some(&Refusal::NotFound));
    });
}

/// D2: licenses that somebody takes while the work waits are not given twice: who finds none is named.
#[test]
fn licenses_that_run_out_meanwhile() {
    in_each_world(|world| {
        let office = world.product("Office");
        let subscription = world.subscription(&office, 3);
        let admin = world.caller(Role::LicenseAdmin);
        let people = world.people(4);
        let text = "email\nperson.00001@waterland.example\nperson.00002@waterland.example\n\
                    person.00003@waterland.example\n";
        let id = list(world, &admin, &request(BulkAction::Assign, office.product_id), &file(text)).expect("a list");
        world.write(&admin, StartList(id)).expect("there are three");
        let users = vec![people[3]];
        let assign =
            AssignLicenses { product_id: office.product_id, subscription_id: None, users, disabled_plans: Vec::new() };
        world.write(&admin, assign).expect("the fourth takes one");
        world.work();
        let view = see(world, &admin, id);
        assert_eq!(result(&view), ListDone { done: 2, not_done: 1 });
        assert_eq!(view.count(BulkOutcome::NoLicense), 1);
        assert_eq!(view.problems[0].email, "person.00003@waterland.example");
        assert_eq!((world.see_subscription(subscription).assigned, sums(world)), (3, [3, 3, 3, 3]));
    });
}

/// Many are taken back, which solves the conflicts of others; what another user bought stays (R108).
#[test]
fn many_are_taken_back() {
    in_each_world(|world| {
        let office = world.product("Office");
        let central = world.subscription(&office, 3);
        let (buyer, admin) = (world.person("Daan Koper"), world.caller(Role::LicenseAdmin));
        let own = world.subscription_with(world.organization, &office, 1, |new| new.holder = Some(buyer));
        let people = world.people(4);
        for person in &people[..3] {
            world.give_license(central, *person);
        }
        world.give_license(own, people[3]);
        let everyone = Source::Filter(PeopleFilter::default());
        let request = request(BulkAction::Unassign, office.product_id);
        let id = list(world, &admin, &request, &everyone).expect("those who have it");
        let preview = see(world, &admin, id);
        assert_eq!((preview.count(BulkOutcome::Pending), preview.count(BulkOutcome::NotYours)), (3, 1));
        world.write(&admin, StartList(id)).expect("started");
        world.work();
        assert_eq!(result(&see(world, &admin, id)), ListDone { done: 3, not_done: 1 });
        assert_eq!(world.new_events(), vec![Event::LicenseUnassigned; 3]);
        assert_eq!(sums(world), [1, 3, 1, 1]);
    });
}

/// Domain 1.8: whoever buys goes on to everybody who has no license. Six people are without one, five licenses are bought:
/// nobody gets one until a sixth is bought. Who has a license of something else is given none, and no mail but that of
/// the order goes.
#[test]
fn what_is_bought_goes_to_everybody_without_a_license() {
    in_each_world(|world| {
        let noor = admin(world, "Noor", Role::GlobalAdmin);
        let other = world.subscription(&world.product("Visio"), 2);
        let has_one = world.person("Anna de Vries");
        world.give_license(other, has_one);
        let _ = world.people(5);
        let office = world.product("Office");
        let price = world.price(&office, Term::Annual, BillingFrequency::Monthly, Money::new(1_000, Currency::Eur));
        let order = place_order(&world.app, &noor, world.organization, wanted(world, &price, 5, by_card()));
        let view = world.read(&noor, &OrderDetails(order.expect("it is bought"))).expect("the order");
        assert!(view.may_assign);
        assert_eq!(world.new_mails(), ["order_confirmation to noor", "invoice to noor"]);
        let _ = world.new_events();

        let unlicensed = Source::Filter(PeopleFilter { unlicensed: true, ..PeopleFilter::default() });
        let request = request(BulkAction::Assign, office.product_id);
        let id = list(world, &noor, &request, &unlicensed).expect("a list");
        assert_eq!(see(world, &noor, id).list.row_count, 6, "the buyer has none either");
        let too_few = world.write(&noor, StartList(id)).expect_err("five for six");
        assert_eq!(too_few.refusal(), Some(&Refusal::NotEnoughLicenses { missing: 1 }));
        assert_eq!((world.new_events(), world.new_mails()), (vec![], vec![]));
        let bought = view.listed.order.subscription_id;
        world.write(&noor, ChangeQuantity::now(bought, 6)).expect("one more");
        let _ = (world.new_events(), world.new_mails());
        world.write(&noor, StartList(id)).expect("started");
        world.work();
        assert_eq!(result(&see(world, &noor, id)), ListDone { done: 6, not_done: 0 });
        let assigned = Event::LicenseAssigned { disabled_plans: Vec::new() };
        assert_eq!(world.new_events(), vec![assigned; 6]);
        assert_eq!(world.new_mails(), Vec::<String>::new());
        let bought = world.see_subscription(bought);
        assert_eq!((bought.quantity, bought.assigned, bought.available()), (6, 6, 0));
        assert_eq!(world.see_subscription(other).assigned, 1);
    });
}

/// A process dies between two chunks; another goes on where the last committed chunk ended, and nothing is done twice.
#[test]
fn work_goes_on_after_a_process_died() {
    in_each_world(|world| {
        let office = world.product("Office");
        let _subscription = world.subscription_with(world.organization, &office, 10_000, |_| ());
        let admin = world.caller(Role::LicenseAdmin);
        add_people(world, 5_000);
        let id = list(
            world,
            &admin,
            &request(BulkAction::Assign, office.product_id),
            &Source::Filter(PeopleFilter { department: "Sales".to_owned(), ..PeopleFilter::default() }),
        )
        .expect("a list");
        let job = world.write(&admin, StartList(id)).expect("started");
        let (other, its_store) = world.another_process();
        std::thread::scope(|scope| {
            let worker = scope.spawn(move || other.work_once());
            let watched = Instant::now();
            while progress(world, job) == 0 && watched.elapsed() < Duration::from_secs(20) {
                std::thread::sleep(Duration::from_millis(1));
            }
            its_store.close();
            // Its own end fails with its store, unless it was done before.
            let _ = worker.join().expect("no panic");
        });
        let reached = progress(world, job);
        assert_eq!(reached % 1_000, 0);
        assert_eq!(sums(world), [reached; 4]);
        world.clock.advance(SignedDuration::from_mins(5));
        world.work();
        assert_eq!(result(&see(world, &admin, id)), ListDone { done: 5_000, not_done: 0 });
        assert_eq!(sums(world), [5_000; 4]);
    });
}

fn progress(world: &World, id: JobId) -> i64 {
    let found = world.store.read(world.organization, |read| job::find(read, id));
    found.expect("the database answers").expect("the job").progress_done
}

fn add_people(world: &World, count: i64) {
    let now = world.clock.now();
    world.seed(world.organization, move |write| write.change_some(&ADD_PEOPLE, params![now, count]));
}

/// Sixty thousand people are a matter of seconds, counters and journal included.
#[test]
fn sixty_thousand_people() {
    let world = World::new(Database::sqlite());
    let office = world.product("Office");
    let _subscription = world.subscription_with(world.organization, &office, 60_000, |_| ());
    let admin = world.caller(Role::LicenseAdmin);
    add_people(&world, 60_000);
    let sales = PeopleFilter { department: "Sales".to_owned(), ..PeopleFilter::default() };
    let begun = Instant::now();
    let request = request(BulkAction::Assign, office.product_id);
    let id = list(&world, &admin, &request, &Source::Filter(sales)).expect("a list");
    world.write(&admin, StartList(id)).expect("started");
    world.work();
    println!("60,000 people took {:?}", begun.elapsed());
    assert!(begun.elapsed() < Duration::from_secs(60), "{:?}", begun.elapsed());
    assert_eq!(sums(&world), [60_000; 4]);
}
