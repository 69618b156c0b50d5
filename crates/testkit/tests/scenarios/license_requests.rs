//! Requests for licenses (domain 2.9; R176).

use app::license::assign::AssignLicenses;
use app::license_request::ask::{RequestLicenses, WhatToRequest};
use app::license_request::decide::DecideLicenseRequest;
use app::license_request::list::{ListRequests, RequestDetails};
use app::license_request::process::SetRequestProcess;
use app::license_request::share::ShareLicenseRequest;
use app::subscription::cancel::CancelSubscription;
use app::{Caller, Failure};
use domain::access::{Actor, Principal, Role, Scope};
use domain::event::Event;
use domain::ids::{ApiTokenId, LicenseRequestId, ProductId, ServicePlanId, UserId};
use domain::license::request::{RequestProcess, RequestState};
use domain::refusal::{Field, Refusal};
use domain::subscription::Channel;
use domain::subscription::cancel::{Cancel, CancelReason};
use jiff::SignedDuration;
use testkit::world::{World, in_each_world};

fn asked(product_id: ProductId, others: &[&str]) -> RequestLicenses {
    let emails = others.iter().map(|name| format!(" {name}@Waterland.example ")).collect();
    RequestLicenses { product_id, for_oneself: true, emails, reason: " For the drawings. ".to_owned() }
}

fn decision(id: LicenseRequestId, approved: &[UserId]) -> DecideLicenseRequest {
    let (approved, message) = (approved.to_vec(), " Not yet. ".to_owned());
    DecideLicenseRequest { id, approved, product_id: None, disabled_plans: Vec::new(), message }
}

fn decide(world: &World, caller: &Caller, id: LicenseRequestId, approved: &[UserId]) -> Result<RequestState, Failure> {
    world.write(caller, decision(id, approved))
}

fn states(world: &World, caller: &Caller, pending: bool) -> Vec<RequestState> {
    let page = world.read(caller, &ListRequests { pending, after: None, limit: 10 }).expect("a page");
    page.rows.iter().map(|row| row.request.state).collect()
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

/// R176: asked for three, approved for two, who get a license at once; the asker gets mail, and everybody keeps to what
/// is theirs.
#[test]
fn some_of_those_who_were_named_get_a_license() {
    in_each_world(|world| {
        let visio = world.product("Visio");
        let bought = world.subscription(&visio, 5);
        let [anna, bram, noor] = ["Anna de Vries", "Bram Bakker", "Noor Vermeer"].map(|name| world.person(name));
        let (asker, admin) = (world.as_person(anna, &[]), world.caller(Role::LicenseAdmin));
        assert_eq!(
            world.read(&asker, &WhatToRequest).expect("products").products,
            [(visio.product_id, "Visio".to_owned())]
        );
        let _ = (world.new_events(), world.new_mails());
        let command = asked(visio.product_id, &["bram.bakker", "noor.vermeer", "bram.bakker"]);
        let id = world.write(&asker, command.clone()).expect("asked").request.expect("it waits");
        assert_eq!(world.new_events(), [Event::LicensesRequested { product: "Visio".to_owned(), people: 3 }]);
        // Nobody asks twice while it waits.
        assert_eq!(refused(world.write(&asker, command)), Refusal::AlreadyRequested);
        let view = world.read(&asker, &RequestDetails(id)).expect("one's own");
        assert_eq!((view.listed.request.reason.as_str(), view.may_decide), ("For the drawings.", false));
        let other = world.as_person(noor, &[]);
        assert_eq!(refused(world.read(&other, &RequestDetails(id))), Refusal::NotFound);
        assert_eq!((states(world, &other, true), states(world, &admin, true)), (vec![], vec![RequestState::Pending]));
        assert_eq!(refused(decide(world, &asker, id, &[anna])), Refusal::NotAllowed);

        assert_eq!(decide(world, &admin, id, &[anna, bram]).expect("decided"), RequestState::PartlyApproved);
        let assigned = Event::LicenseAssigned { disabled_plans: Vec::new() };
        let decided = Event::LicenseRequestDecided {
            request: id,
            product: "Visio".to_owned(),
            approved: 2,
            rejected: 1,
            given: None,
            disabled_plans: Vec::new(),
            declined: vec!["Noor Vermeer".to_owned()],
        };
        assert_eq!(world.new_events(), [assigned.clone(), assigned, decided]);
        assert_eq!(world.see_subscription(bought).assigned, 2);
        assert_eq!(world.new_mails(), ["license_request_decided to anna.de.vries"]);
        let view = world.read(&asker, &RequestDetails(id)).expect("one's own");
        assert_eq!(view.listed.request.message, "Not yet.");
        let answers: Vec<_> = view.people.iter().map(|person| person.is_approved).collect();
        assert_eq!(answers, [Some(true), Some(true), Some(false)]);
        assert_eq!(wrong(decide(world, &admin, id, &[anna])), (Field::Users, Refusal::ChangedMeanwhile));
        assert_eq!(states(world, &asker, false), [RequestState::PartlyApproved]);
    });
}

/// R176: whoever asked reads which program decided, by the name of its key.
#[test]
fn a_program_decides() {
    in_each_world(|world| {
        let visio = world.product("Visio");
        let _ = world.subscription(&visio, 5);
        let anna = world.person("Anna de Vries");
        let asker = world.as_person(anna, &[]);
        let id = world.write(&asker, asked(visio.product_id, &[])).expect("asked").request.expect("it waits");
        let actor = Actor {
            principal: Principal::Token(ApiTokenId::from_uuid(world.new_id())),
            name: "HR".to_owned(),
            scopes: vec![Scope::LicensesWrite],
            ..asker.actor.clone()
        };
        let program = Caller { actor, ..asker.clone() };
        assert_eq!(decide(world, &program, id, &[anna]).expect("decided"), RequestState::Approved);
        let request = world.read(&asker, &RequestDetails(id)).expect("one's own").listed.request;
        assert_eq!((request.decided_by, request.decided_by_name.as_str()), (None, "HR"));
    });
}

/// M11: an admin shows a request that waits to people of the organization, who get it by mail, each once; it still waits.
#[test]
fn a_request_is_shared() {
    in_each_world(|world| {
        let visio = world.product("Visio");
        let _ = world.subscription(&visio, 5);
        let [anna, bram, noor] = ["Anna de Vries", "Bram Bakker", "Noor Vermeer"].map(|name| world.person(name));
        let (asker, admin) = (world.as_person(anna, &[]), world.caller(Role::LicenseAdmin));
        let id = world.write(&asker, asked(visio.product_id, &[])).expect("asked").request.expect("it waits");
        let _ = (world.new_events(), world.new_mails());
        let share = |emails: &[&str]| ShareLicenseRequest {
            id,
            emails: emails.iter().map(|name| format!(" {name}@Waterland.example ")).collect(),
            message: " Shall we? ".to_owned(),
        };
        assert_eq!(refused(world.write(&asker, share(&["bram.bakker"]))), Refusal::NotAllowed);
        assert_eq!(wrong(world.write(&admin, share(&[]))), (Field::Users, Refusal::NobodyChosen));
        assert_eq!(wrong(world.write(&admin, share(&["bram.bakker", "nobody"]))), (Field::Users, Refusal::UnknownUser));
        let long = ShareLicenseRequest { message: "x".repeat(2_001), ..share(&["bram.bakker"]) };
        assert_eq!(wrong(world.write(&admin, long)).0, Field::Note);
        let elsewhere = world.other_organization("Elsewhere");
        let stranger = world.caller_in(elsewhere, Role::GlobalAdmin);
        let outcome = world.app.write(&stranger, elsewhere, share(&["bram.bakker"])).wait();
        assert_eq!(refused(outcome), Refusal::NotFound);
        assert_eq!((world.new_events(), world.new_mails()), (vec![], vec![]));

        world.write(&admin, share(&["bram.bakker", "noor.vermeer", "bram.bakker"])).expect("it is sent");
        let shared = Event::LicenseRequestShared {
            request: id,
            product: "Visio".to_owned(),
            with: vec![bram, noor],
            message: "Shall we?".to_owned(),
        };
        assert_eq!(world.new_events(), [shared]);
        let mut told = world.new_mails();
        told.sort_unstable();
        assert_eq!(told, ["license_request_shared to bram.bakker", "license_request_shared to noor.vermeer"]);
        assert_eq!(states(world, &admin, true), [RequestState::Pending]);
        decide(world, &admin, id, &[anna]).expect("decided");
        assert_eq!(refused(world.write(&admin, share(&["bram.bakker"]))), Refusal::NothingToChange);
    });
}

/// R176, domain 2.5: whoever is left in conflict by a buyer who canceled has none, and gets one of the organization; as
/// long as none is free nothing is decided.
#[test]
fn who_is_in_conflict_gets_what_is_approved() {
    in_each_world(|world| {
        let visio = world.product("Visio");
        let [anna, bram] = ["Anna de Vries", "Bram Bakker"].map(|name| world.person(name));
        let of_bram = world.subscription_with(world.organization, &visio, 1, |new| {
            (new.channel, new.holder) = (Channel::SelfService, Some(bram));
        });
        world.give_license(of_bram, anna);
        let cancel = Cancel { reason: CancelReason::ManagedElsewhere, feedback: String::new() };
        let canceled = CancelSubscription { subscription_id: of_bram, cancel };
        world.write(&world.as_person(bram, &[]), canceled).expect("it is canceled");
        let central = world.subscription(&visio, 1);
        world.give_license(central, bram);
        let (asker, admin) = (world.as_person(anna, &[]), world.caller(Role::LicenseAdmin));
        let id = world.write(&asker, asked(visio.product_id, &[])).expect("asked").request.expect("it waits");
        assert!(!world.read(&admin, &RequestDetails(id)).expect("it waits").people[0].holds_it);
        assert_eq!(refused(decide(world, &admin, id, &[anna])), Refusal::NotEnoughLicenses { missing: 1 });
        assert_eq!(states(world, &admin, true), [RequestState::Pending]);
        let more = world.subscription(&visio, 1);
        assert_eq!(decide(world, &admin, id, &[anna]).expect("decided"), RequestState::Approved);
        let (before, after) = (world.see_subscription(of_bram), world.see_subscription(more));
        assert_eq!((before.conflicts, after.assigned), (0, 1));
    });
}

/// R176, domain 2.9: another product than was asked for is given, with its apps on or off; the request says so, and so
/// does the mail. Whoever has that product keeps it as it is.
#[test]
fn another_product_is_given() {
    in_each_world(|world| {
        let (visio, project) = (world.product("Visio"), world.product("Project"));
        let apps = world.apps(&project, &["Project", "OneDrive"]);
        let bought = world.subscription(&project, 2);
        let [anna, bram] = ["Anna de Vries", "Bram Bakker"].map(|name| world.person(name));
        let free = world.subscription(&visio, 1);
        let (asker, admin) = (world.as_person(anna, &[]), world.caller(Role::LicenseAdmin));
        let request = asked(visio.product_id, &["bram.bakker"]);
        let id = world.write(&asker, request).expect("asked").request.expect("it waits");
        world.give_license(bought, bram);
        let view = world.read(&admin, &RequestDetails(id)).expect("it waits");
        let others: Vec<_> = view.others.iter().map(|free| (free.name.as_str(), free.count)).collect();
        assert_eq!(others, [("Project", 1)]);
        assert_eq!(world.read(&asker, &RequestDetails(id)).expect("one's own").others, []);
        let _ = (world.new_events(), world.new_mails());

        let give = |product: ProductId, off: &[ServicePlanId]| DecideLicenseRequest {
            product_id: Some(product),
            disabled_plans: off.to_vec(),
            ..decision(id, &[anna, bram])
        };
        let nothing_of_it = world.product("Access").product_id;
        assert_eq!(wrong(world.write(&admin, give(nothing_of_it, &[]))), (Field::Product, Refusal::UnknownChoice));
        let no_product = ProductId::from_uuid(anna.uuid());
        assert_eq!(wrong(world.write(&admin, give(no_product, &[]))), (Field::Product, Refusal::UnknownChoice));
        let all_off = give(project.product_id, &apps);
        assert_eq!(wrong(world.write(&admin, all_off)), (Field::ServicePlans, Refusal::NoAppsLeft));
        assert_eq!((world.new_events(), states(world, &admin, true)), (vec![], vec![RequestState::Pending]));

        let state = world.write(&admin, give(project.product_id, &apps[1..])).expect("decided");
        assert_eq!(state, RequestState::Approved);
        let decided = Event::LicenseRequestDecided {
            request: id,
            product: "Visio".to_owned(),
            approved: 2,
            rejected: 0,
            given: Some("Project".to_owned()),
            disabled_plans: vec![apps[1]],
            declined: Vec::new(),
        };
        assert_eq!(world.new_events(), [Event::LicenseAssigned { disabled_plans: vec![apps[1]] }, decided]);
        assert_eq!((world.see_subscription(bought).assigned, world.see_subscription(free).assigned), (2, 0));
        assert_eq!(world.new_mails(), ["license_request_decided to anna.de.vries"]);
        let view = world.read(&asker, &RequestDetails(id)).expect("one's own");
        assert_eq!((view.listed.given_name.as_deref(), view.listed.product_name.as_str()), (Some("Project"), "Visio"));
        assert!(view.people.iter().all(|person| person.holds_it));
    });
}

/// R174, R176: what was asked for is given without the apps that are off; a product that is named though it is the one
/// that was asked for is no other one, and a rejected request gave nothing else.
#[test]
fn what_was_asked_for_is_given_without_some_apps() {
    in_each_world(|world| {
        let (visio, project) = (world.product("Visio"), world.product("Project"));
        let apps = world.apps(&visio, &["Visio", "OneDrive"]);
        let _ = (world.subscription(&visio, 1), world.subscription(&project, 1));
        let anna = world.person("Anna de Vries");
        let (asker, admin) = (world.as_person(anna, &[]), world.caller(Role::LicenseAdmin));
        let ask = || world.write(&asker, asked(visio.product_id, &[])).expect("asked").request.expect("it waits");
        let given = |id| world.read(&admin, &RequestDetails(id)).expect("decided").listed.request.given_id;
        let id = ask();
        let rejected = DecideLicenseRequest { product_id: Some(project.product_id), ..decision(id, &[]) };
        assert_eq!(world.write(&admin, rejected).expect("decided"), RequestState::Rejected);
        assert_eq!(given(id), None);
        let id = ask();
        let _ = world.new_events();
        let disabled_plans = vec![apps[1]];
        let same = DecideLicenseRequest { product_id: Some(visio.product_id), disabled_plans, ..decision(id, &[anna]) };
        world.write(&admin, same).expect("decided");
        assert_eq!(given(id), None);
        assert_eq!(world.new_events()[0], Event::LicenseAssigned { disabled_plans: vec![apps[1]] });
    });
}

/// R176: whoever got one meanwhile keeps it; without enough free licenses nothing is decided; rejecting needs none.
#[test]
fn all_of_it_or_nothing() {
    in_each_world(|world| {
        let visio = world.product("Visio");
        let bought = world.subscription(&visio, 1);
        let [anna, bram] = ["Anna de Vries", "Bram Bakker"].map(|name| world.person(name));
        let (asker, admin) = (world.as_person(anna, &[]), world.caller(Role::UserAdmin));
        let id =
            world.write(&asker, asked(visio.product_id, &["bram.bakker"])).expect("asked").request.expect("it waits");
        let _ = world.new_events();
        assert!(decide(world, &admin, id, &[anna, bram]).is_err());
        assert_eq!((world.new_events(), world.see_subscription(bought).assigned), (vec![], 0));
        assert_eq!(states(world, &admin, true), [RequestState::Pending]);
        let users = vec![bram];
        let product_id = visio.product_id;
        let assign = AssignLicenses { product_id, subscription_id: None, users, disabled_plans: Vec::new() };
        world.write(&admin, assign).expect("assigned");
        let stranger = world.person("Dirk Jansen");
        assert_eq!(wrong(decide(world, &admin, id, &[stranger])), (Field::Users, Refusal::OutsideOrganization));
        assert_eq!(decide(world, &admin, id, &[bram]).expect("decided"), RequestState::PartlyApproved);
        let again = world.write(&asker, asked(visio.product_id, &[])).expect("asked again").request.expect("it waits");
        assert_eq!(decide(world, &admin, again, &[]).expect("decided"), RequestState::Rejected);
        assert_eq!(world.see_subscription(bought).assigned, 1);
    });
}

/// R176: an own process takes the place of requests; those that wait are still decided.
#[test]
fn an_own_process() {
    in_each_world(|world| {
        let visio = world.product("Visio");
        let _ = world.subscription(&visio, 5);
        let anna = world.person("Anna de Vries");
        let (asker, admin) = (world.as_person(anna, &[]), world.caller(Role::GlobalAdmin));
        let id = world.write(&asker, asked(visio.product_id, &[])).expect("asked").request.expect("it waits");
        let process = RequestProcess::new("Ask the service desk.", "https://desk.example").expect("a process");
        assert_eq!(refused(world.write(&asker, SetRequestProcess(process.clone()))), Refusal::NotAllowed);
        world.write(&admin, SetRequestProcess(process.clone())).expect("set");
        assert_eq!(refused(world.write(&admin, SetRequestProcess(process.clone()))), Refusal::NothingToChange);
        assert_eq!(world.read(&asker, &WhatToRequest).expect("products").process, process);
        let bram = world.as_person(world.person("Bram Bakker"), &[]);
        assert_eq!(refused(world.write(&bram, asked(visio.product_id, &[]))), Refusal::RequestsElsewhere);
        assert_eq!(decide(world, &admin, id, &[anna]).expect("decided"), RequestState::Approved);
    });
}

/// R176: kept for twelve months after the decision, not a day longer; what waits is kept.
#[test]
fn requests_are_forgotten() {
    in_each_world(|world| {
        let visio = world.product("Visio");
        let _ = world.subscription(&visio, 5);
        let anna = world.person("Anna de Vries");
        let (asker, admin) = (world.as_person(anna, &[]), world.caller(Role::GlobalAdmin));
        let id = world.write(&asker, asked(visio.product_id, &[])).expect("asked").request.expect("it waits");
        decide(world, &admin, id, &[]).expect("decided");
        world.clock.advance(SignedDuration::from_hours(24 * 364));
        assert_eq!(states(world, &asker, false), [RequestState::Rejected]);
        world.clock.advance(SignedDuration::from_hours(24 * 3));
        assert_eq!(states(world, &asker, false), []);
        assert_eq!(refused(world.read(&asker, &RequestDetails(id))), Refusal::NotFound);
        let next = world.write(&asker, asked(visio.product_id, &[])).expect("asked again").request.expect("it waits");
        world.clock.advance(SignedDuration::from_hours(24 * 800));
        assert_eq!(states(world, &asker, true), [RequestState::Pending]);
        assert!(world.read(&asker, &RequestDetails(next)).is_ok());
    });
}

/// R176, R28, R29: what is wrong is said at its field.
#[test]
fn what_cannot_be_asked() {
    in_each_world(|world| {
        let visio = world.product("Visio");
        let _ = world.subscription(&visio, 5);
        let asker = world.as_person(world.person("Anna de Vries"), &[]);
        let nobody = RequestLicenses { for_oneself: false, ..asked(visio.product_id, &[]) };
        assert_eq!(wrong(world.write(&asker, nobody)), (Field::Users, Refusal::NobodyChosen));
        let unknown = asked(visio.product_id, &["nobody.at.all"]);
        assert_eq!(wrong(world.write(&asker, unknown)), (Field::Users, Refusal::UnknownUser));
        let long = RequestLicenses { reason: "x".repeat(1_001), ..asked(visio.product_id, &[]) };
        assert_eq!(wrong(world.write(&asker, long)), (Field::Note, Refusal::TooLong { maximum: 1_000 }));
        // What nobody sells to people and the organization does not have.
        let word = world.product("Word");
        assert_eq!(wrong(world.write(&asker, asked(word.product_id, &[]))), (Field::Product, Refusal::UnknownChoice));
    });
}
