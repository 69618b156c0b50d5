//! People: add one or many, change, roles, passwords, blocking, deleting, finding.

use app::Failure;
use app::job::JobDetails;
use app::ports::Clock;
use app::session;
use app::user::add::AddUser;
use app::user::add_many::{AddUsers, CheckPeopleFile, KeepPeopleFile};
use app::user::administer::{BlockUser, DeleteUser, SetPassword, SetRoles};
use app::user::change::{ChangeUsageLocation, ChangeUser};
use app::user::details::UserDetails;
use app::user::list::{Licensed, ListUsers, ProductsToGive, SearchUsers, UserFilter, WithRole};
use app::user::own_account::{SignOutEverywhere, change_own_password};
use app::{Caller, Command};
use domain::access::Role;
use domain::event::{Change, Event};
use domain::ids::UserId;
use domain::job::JobState;
use domain::refusal::{Field, Refusal};
use domain::subscription::SubscriptionState;
use domain::user::UserDraft;
use testkit::world::{World, in_each_world};

const PASSWORD: &str = "correct horse battery";

fn draft(name: &str, email: &str) -> UserDraft {
    UserDraft {
        display_name: name.to_owned(),
        email: email.to_owned(),
        department: "Sales".to_owned(),
        usage_location: "NL".to_owned(),
        guest: String::new(),
    }
}

fn everybody(search: &str) -> ListUsers {
    ListUsers { search: search.to_owned(), filter: UserFilter::default(), after: None, limit: 50 }
}

fn names(world: &World, caller: &Caller, query: &ListUsers) -> Vec<String> {
    let page = world.read(caller, query).expect("the list is open");
    page.rows.into_iter().map(|row| row.user.display_name).collect()
}

fn refused<C: Command>(world: &World, caller: &Caller, command: C) -> Failure {
    match world.write(caller, command) {
        Ok(_) => panic!("accepted"),
        Err(failure) => failure,
    }
}

fn is_refused(failure: &Failure, refusal: &Refusal) -> bool {
    failure.refusal() == Some(refusal)
}

fn added(name: &str, email: &str) -> Event {
    Event::UserAdded { display_name: name.to_owned(), email: email.to_owned(), is_guest: false }
}

/// R72: license and user together.
#[test]
fn a_person_is_added_with_roles_password_and_license_at_once() {
    in_each_world(|world| {
        let office = world.product("Office");
        let subscription = world.subscription(&office, 5);
        let admin = world.caller(Role::GlobalAdmin);
        let noor = draft("Noor de Vries", "Noor@Waterland.example");
        let command =
            AddUser::prepare(&noor, vec![Role::LicenseAdmin], PASSWORD, vec![office.product_id]).expect("checked");
        let id = world.write(&admin, command).expect("added");
        assert_eq!(
            world.new_events(),
            [
                added("Noor de Vries", "noor@waterland.example"),
                Event::RolesChanged { roles: Change { from: vec![], to: vec![Role::LicenseAdmin] } },
                Event::PasswordSet,
                Event::LicenseAssigned { disabled_plans: vec![] },
            ]
        );
        assert_eq!(world.see_subscription(subscription).assigned, 1);
        let view = world.read(&admin, &UserDetails(id)).expect("there");
        assert_eq!((view.user.license_count, view.licenses[0].product_name.as_str()), (1, "Office"));
        session::sign_in(&world.app, "noor@waterland.example", PASSWORD, "test").expect("the password works");
    });
}

/// R71: a user admin gives no roles, and without a free license nobody is half added.
#[test]
fn nobody_is_half_added() {
    in_each_world(|world| {
        let office = world.product("Office");
        let full = world.subscription(&office, 1);
        world.give_license(full, world.person("Anna Bakker"));
        let admin = world.caller(Role::UserAdmin);
        let noor = draft("Noor", "noor@waterland.example");
        let wanted = |roles, licenses| AddUser::prepare(&noor, roles, "", licenses).expect("checked");

        let failure = refused(world, &admin, wanted(vec![Role::BillingAdmin], vec![]));
        assert!(matches!(&failure, Failure::Invalid(at) if *at == [Refusal::RoleNotGrantable.at(Field::Roles)]));
        let failure = refused(world, &admin, wanted(vec![], vec![office.product_id]));
        let missing = Refusal::NotEnoughLicenses { missing: 1 }.at(Field::Licenses);
        assert!(matches!(&failure, Failure::Invalid(at) if *at == [missing]), "{failure}");
        assert_eq!(names(world, &admin, &everybody("noor")), Vec::<String>::new());

        world.write(&admin, wanted(vec![], vec![])).expect("added");
        let failure = refused(world, &admin, wanted(vec![], vec![]));
        assert!(matches!(&failure, Failure::Invalid(at) if *at == [Refusal::EmailTaken.at(Field::Email)]));
        assert_eq!(world.new_events(), [added("Noor", "noor@waterland.example")]);
    });
}

#[test]
fn a_form_hears_of_every_wrong_field_at_once() {
    let wrong = UserDraft { usage_location: "XX".into(), ..UserDraft::default() };
    let failure = AddUser::prepare(&wrong, vec![], "short", vec![]).expect_err("wrong");
    let Failure::Invalid(fields) = failure else { panic!("{failure}") };
    let at: Vec<_> = fields.iter().map(|wrong| wrong.field).collect();
    assert_eq!(at, [Field::DisplayName, Field::Email, Field::UsageLocation, Field::Password]);
}

/// Two who add the same address at once: one of them is told.
#[test]
fn an_address_belongs_to_one_person_however_many_come_at_once() {
    in_each_world(|world| {
        let admin = world.caller(Role::UserAdmin);
        let noor = draft("Noor", "noor@waterland.example");
        let pending: Vec<_> = (0..8)
            .map(|_| {
                let command = AddUser::prepare(&noor, vec![], "", vec![]).expect("checked");
                world.app.write(&admin, world.organization, command)
            })
            .collect();
        let outcomes: Vec<_> = pending.into_iter().map(|pending| pending.wait()).collect();
        assert_eq!(outcomes.iter().filter(|outcome| outcome.is_ok()).count(), 1);
        let told = outcomes.iter().filter_map(|outcome| outcome.as_ref().err());
        assert_eq!(told.filter(|failure| is_refused(failure, &Refusal::EmailTaken)).count(), 7);
    });
}

#[test]
fn people_are_found_by_the_beginnings_of_their_words() {
    in_each_world(|world| {
        let reader = world.as_person(world.person("Reader"), &[Role::GlobalReader]);
        let zoe = world.person("Zoë de Graaff");
        let bram = world.person("Bram de Groot");
        world.seed(world.organization, move |write| store::tables::user::set_roles(write, bram, &[Role::LicenseAdmin]));
        let office = world.product("Office");
        world.give_license(world.subscription(&office, 5), zoe);

        assert_eq!(names(world, &reader, &everybody("gr de")), ["Bram de Groot", "Zoë de Graaff"]);
        assert_eq!(names(world, &reader, &everybody("ZOE GRA")), ["Zoë de Graaff"]);
        assert_eq!(names(world, &reader, &everybody("zoe.de.g")), ["Zoë de Graaff"]);
        assert_eq!(names(world, &reader, &everybody("oe")), Vec::<String>::new());
        assert_eq!(names(world, &reader, &everybody("100%_'\u{10ffff}")), Vec::<String>::new());
        let filtered = |filter: UserFilter| names(world, &reader, &ListUsers { filter, ..everybody("") });
        let licensed = |licensed| filtered(UserFilter { licensed: Some(licensed), ..UserFilter::default() });
        assert_eq!(licensed(Licensed::Yes), ["Zoë de Graaff"]);
        assert_eq!(licensed(Licensed::No), ["Bram de Groot", "Reader"]);
        let with = |role| filtered(UserFilter { role: Some(role), ..UserFilter::default() });
        assert_eq!(with(WithRole::Any), ["Bram de Groot"]);
        assert_eq!(with(WithRole::Only(Role::BillingAdmin)), Vec::<String>::new());
        let found = world.read(&reader, &SearchUsers("bra".into())).expect("open");
        assert_eq!(found.len(), 1);
    });
}

#[test]
fn a_long_list_pages_by_key_and_loses_nobody() {
    in_each_world(|world| {
        let reader = world.as_person(world.person("Aa Reader"), &[Role::GlobalReader]);
        let people = world.people(2_500);
        let mut query = ListUsers { limit: 400, ..everybody("person") };
        let mut seen = Vec::new();
        loop {
            let page = world.read(&reader, &query).expect("open");
            seen.extend(page.rows.into_iter().map(|row| row.user.id));
            match page.next {
                Some(last) => query.after = Some(last),
                None => break,
            }
        }
        assert_eq!(seen, people, "everybody once, by name; a common word walks the list");
        assert_eq!(names(world, &reader, &everybody("person 00042")), ["Person 00042"]);
    });
}

/// Those who may only see themselves see nobody else, and people of other organizations are not there.
#[test]
fn nobody_sees_more_than_they_may() {
    in_each_world(|world| {
        let (anna, bram) = (world.person("Anna"), world.person("Bram"));
        let ordinary = world.as_person(anna, &[]);
        assert!(world.read(&ordinary, &UserDetails(anna)).is_ok());
        let hidden = world.read(&ordinary, &UserDetails(bram)).expect_err("not hers");
        assert!(is_refused(&hidden, &Refusal::NotFound));
        assert!(is_refused(&world.read(&ordinary, &everybody("")).expect_err("no list"), &Refusal::NotAllowed));
        let other = world.other_organization("Elsewhere");
        let stranger = world.person_with(other, "Stranger", |_| ());
        let admin = world.caller(Role::GlobalAdmin);
        for failure in [
            world.read(&admin, &UserDetails(stranger)).expect_err("of another organization"),
            refused(world, &admin, DeleteUser(stranger)),
            refused(
                world,
                &admin,
                ChangeUser { user_id: stranger, draft: draft("X", "x@y.example"), expected_revision: None },
            ),
        ] {
            assert!(is_refused(&failure, &Refusal::NotFound), "{failure}");
        }
    });
}

/// R174; what was sorted and found by the old name is by the new one.
#[test]
fn facts_change_with_what_changed_in_the_journal() {
    in_each_world(|world| {
        let (anna, admin) = (world.person("Anna Bakker"), world.caller(Role::UserAdmin));
        let license_admin = world.caller(Role::LicenseAdmin);
        let mut facts = draft("Anna de Vries", "anna.bakker@waterland.example");
        facts.department = String::new();
        world
            .write(&admin, ChangeUser { user_id: anna, draft: facts.clone(), expected_revision: None })
            .expect("changed");
        let usage_location = "be".to_owned();
        world.write(&license_admin, ChangeUsageLocation { user_id: anna, usage_location }).expect("changed");
        // R179: a colleague who became a guest.
        facts.usage_location = "BE".to_owned();
        facts.guest = "yes".to_owned();
        world
            .write(&admin, ChangeUser { user_id: anna, draft: facts.clone(), expected_revision: None })
            .expect("changed");
        let name = Change { from: "Anna Bakker".to_owned(), to: "Anna de Vries".to_owned() };
        let location = Change { from: Some("NL".to_owned()), to: Some("BE".to_owned()) };
        let changed = |display_name, usage_location, is_guest| {
            let (email, department) = (None, None);
            Event::UserChanged { display_name, email, department, usage_location, is_guest }
        };
        assert_eq!(
            world.new_events(),
            [
                changed(Some(name), None, None),
                changed(None, Some(location), None),
                changed(None, None, Some(Change { from: false, to: true })),
            ]
        );
        assert!(world.read(&admin, &UserDetails(anna)).expect("she is there").user.is_guest);
        assert_eq!(names(world, &admin, &everybody("vries")), ["Anna de Vries"]);
        let failure = refused(world, &admin, ChangeUser { user_id: anna, draft: facts, expected_revision: None });
        assert!(is_refused(&failure, &Refusal::NothingToChange));
        let _ = world.person("Bram");
        let taken = draft("Anna de Vries", "bram@waterland.example");
        let failure = refused(world, &admin, ChangeUser { user_id: anna, draft: taken, expected_revision: None });
        assert!(is_refused(&failure, &Refusal::EmailTaken));
        let failure = refused(
            world,
            &license_admin,
            ChangeUser { user_id: anna, draft: UserDraft::default(), expected_revision: None },
        );
        assert!(is_refused(&failure, &Refusal::NotAllowed));
    });
}

/// Domain 2.1: deleting a person frees the licenses at once; sessions end at once.
#[test]
fn a_deleted_person_frees_licenses_and_is_signed_out() {
    in_each_world(|world| {
        let (office, visio) = (world.product("Office"), world.product("Visio"));
        let (offices, visios) = (world.subscription(&office, 1), world.subscription(&visio, 1));
        let (anna, admin) = (world.person("Anna"), world.caller(Role::UserAdmin));
        world.give_license(offices, anna);
        world.give_license(visios, anna);
        let token = session::start(&world.app, world.organization, anna).expect("signed in");

        let deleted = world.write(&admin, DeleteUser(anna)).expect("deleted");
        assert_eq!(deleted.licenses_freed, 2);
        assert_eq!(
            world.new_events(),
            [
                Event::LicenseUnassigned,
                Event::LicenseUnassigned,
                Event::UserDeleted {
                    display_name: "Anna".into(),
                    email: "anna@waterland.example".into(),
                    licenses_freed: 2
                },
            ]
        );
        assert_eq!((world.see_subscription(offices).assigned, world.see_subscription(visios).assigned), (0, 0));
        let ended = session::actor(&world.app, token.secret()).expect_err("signed out");
        assert!(is_refused(&ended, &Refusal::NotSignedIn));
        assert!(is_refused(&refused(world, &admin, DeleteUser(anna)), &Refusal::NotFound));
        assert_eq!(names(world, &admin, &everybody("anna")), Vec::<String>::new());
        // The address is free for somebody else.
        let again = AddUser::prepare(&draft("Anna", "anna@waterland.example"), vec![], "", vec![]).expect("checked");
        world.write(&admin, again).expect("added");
    });
}

/// R173, domain 2.5: deleting a person solves the conflict of another.
#[test]
fn a_freed_license_goes_to_somebody_in_conflict() {
    in_each_world(|world| {
        let office = world.product("Office");
        let kept = world.subscription(&office, 1);
        // Over: nothing can be assigned from it, and the license that Bram had of it is in conflict.
        let ended =
            world.subscription_with(world.organization, &office, 1, |new| new.state = SubscriptionState::Disabled);
        let (anna, bram, admin) = (world.person("Anna"), world.person("Bram"), world.caller(Role::UserAdmin));
        world.give_license(kept, anna);
        world.give_license(ended, bram);
        let (now, product) = (world.clock.now(), office.product_id);
        world.seed(world.organization, move |write| {
            store::tables::assignment::begin_conflict(write, bram, product, ended, now)?;
            store::tables::subscription::add_assigned(write, ended, -1)?;
            store::tables::subscription::add_conflicts(write, ended, 1)
        });
        world.write(&admin, DeleteUser(anna)).expect("deleted");
        assert_eq!(world.see_subscription(kept).assigned, 1);
        assert_eq!(world.see_subscription(ended).conflicts, 0);
        assert_eq!(world.new_events().last(), Some(&Event::LicenseMoved { from: ended }));
    });
}

#[test]
fn a_blocked_person_is_signed_out_and_keeps_the_licenses() {
    in_each_world(|world| {
        let office = world.product("Office");
        let offices = world.subscription(&office, 1);
        let (anna, admin) = (world.person("Anna"), world.caller(Role::UserAdmin));
        world.give_license(offices, anna);
        let token = session::start(&world.app, world.organization, anna).expect("signed in");
        world.write(&admin, BlockUser { user_id: anna, blocked: true }).expect("blocked");
        assert!(session::actor(&world.app, token.secret()).is_err());
        assert_eq!(world.see_subscription(offices).assigned, 1);
        let twice = refused(world, &admin, BlockUser { user_id: anna, blocked: true });
        assert!(is_refused(&twice, &Refusal::NothingToChange));
        world.write(&admin, BlockUser { user_id: anna, blocked: false }).expect("unblocked");
        assert!(session::actor(&world.app, token.secret()).is_err(), "the old session stays ended");
        assert_eq!(world.new_events(), [Event::UserBlocked { blocked: true }, Event::UserBlocked { blocked: false }]);
    });
}

#[test]
fn the_last_global_admin_stays_and_user_admins_do_not_touch_admins() {
    in_each_world(|world| {
        let (boss, helper) = (world.person("Boss"), world.person("Helper"));
        world.give_roles(world.organization, boss, &[Role::GlobalAdmin]);
        let (boss_asks, user_admin) = (world.as_person(boss, &[Role::GlobalAdmin]), world.caller(Role::UserAdmin));
        let none = SetRoles { user_id: boss, roles: vec![] };
        assert!(is_refused(&refused(world, &boss_asks, none.clone()), &Refusal::LastGlobalAdmin));
        assert!(is_refused(&refused(world, &user_admin, none.clone()), &Refusal::NotAllowed));
        let password = SetPassword::prepare(boss, PASSWORD).expect("long enough");
        assert!(is_refused(&refused(world, &user_admin, password), &Refusal::NotAllowed));
        assert!(is_refused(&refused(world, &user_admin, DeleteUser(boss)), &Refusal::NotAllowed));
        let wanted = SetRoles { user_id: helper, roles: vec![Role::GlobalAdmin] };
        world.write(&boss_asks, wanted).expect("given");
        world.write(&boss_asks, none).expect("no longer the last");
        let operator = SetRoles { user_id: helper, roles: vec![Role::Operator] };
        let helper_asks = world.as_person(helper, &[Role::GlobalAdmin]);
        assert!(is_refused(&refused(world, &helper_asks, operator), &Refusal::RoleNotGrantable));
        let roles =
            |from: &[Role], to: &[Role]| Event::RolesChanged { roles: Change { from: from.to_vec(), to: to.to_vec() } };
        assert_eq!(world.new_events(), [roles(&[], &[Role::GlobalAdmin]), roles(&[Role::GlobalAdmin], &[])]);
    });
}

#[test]
fn everybody_changes_their_own_password() {
    in_each_world(|world| {
        let (anna, admin) = (world.person("Anna"), world.caller(Role::UserAdmin));
        world.write(&admin, SetPassword::prepare(anna, PASSWORD).expect("long enough")).expect("set");
        let email = "anna@waterland.example";
        let here = session::sign_in(&world.app, email, PASSWORD, "here").expect("signed in");
        let there = session::sign_in(&world.app, email, PASSWORD, "there").expect("signed in");
        let anna_asks = world.as_person(anna, &[]);
        let change =
            |current: &str, new: &str| change_own_password(&world.app, &anna_asks, here.secret(), current, new);
        assert!(is_refused(
            &change("not this one", "a longer new password").expect_err("wrong"),
            &Refusal::WrongPassword
        ));
        assert!(is_refused(&change(PASSWORD, "short").expect_err("short"), &Refusal::PasswordTooShort { minimum: 12 }));
        change(PASSWORD, "a longer new password").expect("changed");
        assert!(session::actor(&world.app, here.secret()).is_ok());
        assert!(session::actor(&world.app, there.secret()).is_err());
        let other = session::sign_in(&world.app, email, "a longer new password", "there").expect("signed in");
        world.write(&anna_asks, SignOutEverywhere::but_here(here.secret())).expect("signed out");
        assert!(session::actor(&world.app, other.secret()).is_err());
        // One wrong try was above; the fifth is the last that is free.
        for _ in 0..4 {
            assert!(is_refused(&change("guess", "a longer new password").expect_err("wrong"), &Refusal::WrongPassword));
        }
        let waits = change("guess", "a longer new password").expect_err("too many");
        assert!(matches!(waits.refusal(), Some(Refusal::TooManyTries { .. })), "{waits}");
    });
}

fn file_of(count: usize) -> String {
    let rows = (1..=count).map(|number| format!("New {number:05};new.{number:05}@waterland.example;Sales;NL\r\n"));
    format!("\u{feff}Weergavenaam;E-mailadres;Afdeling;Gebruikslocatie\r\n{}", rows.collect::<String>())
}

fn keep(world: &World, caller: &Caller, text: &str) -> domain::ids::UploadId {
    let command = KeepPeopleFile::prepare("people.csv", text.as_bytes()).expect("a file of people");
    world.write(caller, command).expect("kept")
}

/// R72.
#[test]
fn many_people_are_added_from_a_file_in_the_background() {
    in_each_world(|world| {
        let admin = world.caller(Role::UserAdmin);
        let upload = keep(world, &admin, &file_of(2_300));
        assert_eq!(names(world, &admin, &everybody("new")), Vec::<String>::new(), "a preview adds nobody");
        let job = world.write(&admin, AddUsers(upload)).expect("confirmed");
        assert_eq!(world.write(&admin, AddUsers(upload)).expect("confirmed twice"), job);
        world.work();
        let done = world.read(&admin, &JobDetails(job)).expect("there");
        assert_eq!(
            (done.state, done.progress_done, done.progress_total, done.result.as_deref()),
            (JobState::Done, 2_300, 2_300, Some(r#"{"added":2300,"taken_meanwhile":0}"#))
        );
        let events = world.new_events();
        assert_eq!(events.len(), 2_300);
        assert_eq!(events[2_299], added("New 02300", "new.02300@waterland.example"));
        assert_eq!(names(world, &admin, &everybody("new.02300")), ["New 02300"]);
    });
}

/// A worker may die after any chunk, and somebody may take an address meanwhile: everybody else is added, once.
#[test]
fn work_that_was_interrupted_goes_on_where_it_was() {
    in_each_world(|world| {
        let admin = world.caller(Role::UserAdmin);
        let upload = keep(world, &admin, &file_of(2_300));
        let job = world.write(&admin, AddUsers(upload)).expect("confirmed");
        for number in 1..=1_000 {
            let _ = world.person_with(world.organization, &format!("New {number:05}"), |_| ());
        }
        let lease = world.clock.now();
        world.seed(world.organization, move |write| store::tables::job::set_progress(write, job, 1_000, 2_300, lease));
        let taken = AddUser::prepare(&draft("T", "new.02000@waterland.example"), vec![], "", vec![]).expect("checked");
        world.write(&admin, taken).expect("added");
        let _ = world.new_events();
        world.work();
        let done = world.read(&admin, &JobDetails(job)).expect("there");
        assert_eq!(done.result.as_deref(), Some(r#"{"added":2299,"taken_meanwhile":1}"#));
        assert_eq!(world.new_events().len(), 1_299);
        assert_eq!(names(world, &admin, &everybody("new.01000")), ["New 01000"]);
    });
}

#[test]
fn one_wrong_row_adds_nobody() {
    in_each_world(|world| {
        let admin = world.caller(Role::UserAdmin);
        let wrong = keep(world, &admin, &format!("{}No address;x;;\r\n", file_of(3)));
        let checked = world.read(&admin, &CheckPeopleFile(wrong)).expect("checked");
        assert_eq!((checked.file.people.len(), checked.file.wrong[0].line), (3, 5));
        let job = world.write(&admin, AddUsers(wrong)).expect("confirmed by a program all the same");
        // Right when it was uploaded, wrong when the work begins.
        let late = keep(world, &admin, &file_of(3));
        let taken = AddUser::prepare(&draft("N", "new.00002@waterland.example"), vec![], "", vec![]).expect("checked");
        world.write(&admin, taken).expect("added");
        let late_job = world.write(&admin, AddUsers(late)).expect("confirmed");
        world.work();
        for job in [job, late_job] {
            let refused = world.read(&admin, &JobDetails(job)).expect("there");
            assert_eq!((refused.state, refused.error.as_deref()), (JobState::Refused, Some("rows_refused")));
        }
        assert_eq!(world.new_events(), [added("N", "new.00002@waterland.example")]);
    });
}

#[test]
fn a_file_belongs_to_one_organization_and_to_those_who_manage_people() {
    in_each_world(|world| {
        let admin = world.caller(Role::UserAdmin);
        let upload = keep(world, &admin, &file_of(1));
        let reader = world.caller(Role::GlobalReader);
        assert!(is_refused(&refused(world, &reader, AddUsers(upload)), &Refusal::NotAllowed));
        let other = world.other_organization("Elsewhere");
        let stranger = world.caller_in(other, Role::GlobalAdmin);
        let hidden = world.app.read(&stranger, other, &CheckPeopleFile(upload)).expect_err("of another organization");
        assert!(is_refused(&hidden, &Refusal::NotFound));
    });
}

/// What a pane offers is what the assignment takes: own purchases for buyers, central ones for admins (D3).
#[test]
fn products_to_give_are_those_that_one_may_use() {
    in_each_world(|world| {
        let (office, visio) = (world.product("Office"), world.product("Visio"));
        let _ = world.subscription(&office, 5);
        let _ = world.subscription(&office, 8);
        let buyer: UserId = world.person("Buyer");
        let _ = world.subscription_with(world.organization, &visio, 3, |new| new.holder = Some(buyer));
        let products = |caller: &Caller| -> Vec<(String, u32)> {
            let found = world.read(caller, &ProductsToGive).expect("open");
            found.into_iter().map(|product| (product.name, product.available)).collect()
        };
        assert_eq!(products(&world.caller(Role::LicenseAdmin)), [("Office".to_owned(), 13)]);
        assert_eq!(products(&world.as_person(buyer, &[])), [("Visio".to_owned(), 3)]);
    });
}
