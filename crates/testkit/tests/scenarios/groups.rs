//! Groups of people: make, rename, delete, and who is in them (domain 2.7).

use app::doctor::Check;
use app::group::list::{GroupDetails, ListGroups};
use app::group::members::{AddMembers, MembersAdded, RemoveMembers, add_listed};
use app::group::save::{AddGroup, DeleteGroup, RenameGroup};
use app::license::many::read_addresses;
use app::self_service::limits::{ReadPurchaseLimits, SetPurchaseLimits};
use app::user::administer::DeleteUser;
use app::user::details::UserDetails;
use app::user::list::{ListUsers, UserFilter};
use app::{Caller, Command, Failure};
use domain::access::Role;
use domain::event::{Change, Event};
use domain::ids::{GroupId, UserId};
use domain::refusal::{Field, FieldRefusal, Refusal};
use domain::self_service::limits::{Buyers, PurchaseLimits};
use store::tables::group;
use testkit::world::{World, in_each_world};

fn make(world: &World, name: &str) -> GroupId {
    world.write(&world.caller(Role::UserAdmin), AddGroup { name: name.to_owned() }).expect("made")
}

fn rename(group_id: GroupId, name: &str, expected_revision: Option<i64>) -> RenameGroup {
    RenameGroup { group_id, name: name.to_owned(), expected_revision }
}

fn put(group_id: GroupId, users: &[UserId]) -> AddMembers {
    AddMembers { group_id, users: users.to_vec(), emails: Vec::new() }
}

const fn delete(group_id: GroupId) -> DeleteGroup {
    DeleteGroup { group_id, expected_revision: None }
}

fn added(name: &str) -> Event {
    Event::GroupAdded { name: name.to_owned() }
}

fn joined(group: &str) -> Event {
    Event::GroupJoined { group: group.to_owned() }
}

fn refused<C: Command>(world: &World, caller: &Caller, command: C) -> Refusal {
    let Err(failure) = world.write(caller, command) else { panic!("it is not refused") };
    failure.refusal().unwrap_or_else(|| panic!("{failure}")).clone()
}

fn at<C: Command>(world: &World, caller: &Caller, command: C) -> Vec<FieldRefusal> {
    match world.write(caller, command) {
        Err(Failure::Invalid(fields)) => fields,
        Err(failure) => panic!("{failure}"),
        Ok(_) => panic!("it is not refused"),
    }
}

/// Each group with how many people it says that it has; the doctor counts them, too.
fn groups(world: &World) -> Vec<(String, u32)> {
    let query = ListGroups { limit: 50, ..ListGroups::default() };
    let page = world.read(&world.caller(Role::GlobalReader), &query).expect("the list is open");
    let findings = app::doctor::examine(&world.app).expect("it looks");
    assert!(findings.iter().any(|finding| finding.check == Check::GroupCounters && finding.is_good()));
    page.rows.into_iter().map(|group| (group.name, group.member_count)).collect()
}

fn members(world: &World, id: GroupId) -> Vec<String> {
    let filter = UserFilter { group: Some(id), ..UserFilter::default() };
    let query = ListUsers { search: String::new(), filter, after: None, limit: 50 };
    let page = world.read(&world.caller(Role::GlobalReader), &query).expect("the list is open");
    page.rows.into_iter().map(|row| row.user.display_name).collect()
}

/// Domain 2.7, 6: a user admin keeps groups; there is one of each name, however its letters are written.
#[test]
fn a_group_comes_gets_another_name_and_goes() {
    in_each_world(|world| {
        let admin = world.caller(Role::UserAdmin);
        let leads = make(world, " Finance leads ");
        let sales = make(world, "Sales");
        for name in ["finance LEADS", "  Finance leads", "Finànce leads"] {
            let taken = at(world, &admin, AddGroup { name: name.to_owned() });
            assert_eq!(taken, [Refusal::NameTaken.at(Field::Name)], "{name}");
        }
        assert_eq!(at(world, &admin, AddGroup { name: " ".to_owned() }), [Refusal::Required.at(Field::Name)]);
        let too_long = Refusal::TooLong { maximum: 200 }.at(Field::Name);
        assert_eq!(at(world, &admin, AddGroup { name: "x".repeat(201) }), [too_long]);
        assert_eq!(at(world, &admin, rename(sales, "FINANCE LEADS", None)), [Refusal::NameTaken.at(Field::Name)]);
        assert_eq!(refused(world, &admin, rename(leads, "Finance leads", None)), Refusal::NothingToChange);
        world.write(&admin, rename(leads, "Finance Leads", None)).expect("the same letters, written otherwise");
        assert_eq!(groups(world), [("Finance Leads".to_owned(), 0), ("Sales".to_owned(), 0)]);
        world.write(&admin, delete(leads)).expect("deleted");
        assert_eq!(refused(world, &admin, delete(leads)), Refusal::NotFound);
        let renamed = Change { from: "Finance leads".to_owned(), to: "Finance Leads".to_owned() };
        assert_eq!(
            world.new_events(),
            [
                added("Finance leads"),
                added("Sales"),
                Event::GroupRenamed { name: renamed },
                Event::GroupDeleted { name: "Finance Leads".to_owned(), people: 0 },
            ]
        );
        make(world, "Finance leads");
    });
}

/// Domain 6: others read groups or see none, and nobody reaches those of another organization.
#[test]
fn who_keeps_groups_and_who_reads_them() {
    in_each_world(|world| {
        let leads = make(world, "Finance leads");
        let anna = world.person("Anna de Vries");
        let _ = world.new_events();
        for role in [Role::BillingAdmin, Role::LicenseAdmin, Role::GlobalReader] {
            let caller = world.caller(role);
            assert!(world.read(&caller, &GroupDetails(leads)).is_ok(), "{role}");
            assert_eq!(refused(world, &caller, AddGroup { name: "Sales".to_owned() }), Refusal::NotAllowed);
            assert_eq!(refused(world, &caller, put(leads, &[anna])), Refusal::NotAllowed);
        }
        let buyer = world.as_person(anna, &[]);
        let hidden = world.read(&buyer, &GroupDetails(leads)).expect_err("not for her");
        assert_eq!(hidden.refusal(), Some(&Refusal::NotAllowed));
        let list = ListGroups { limit: 50, ..ListGroups::default() };
        assert_eq!(world.read(&buyer, &list).expect_err("not for her").refusal(), Some(&Refusal::NotAllowed));

        let elsewhere = world.other_organization("Elsewhere");
        let stranger = world.person_with(elsewhere, "Stranger", |_| ());
        let admin = world.caller(Role::UserAdmin);
        assert_eq!(at(world, &admin, put(leads, &[stranger])), [Refusal::UnknownChoice.at(Field::Users)]);
        let of_elsewhere = world.caller_in(elsewhere, Role::GlobalAdmin);
        let theirs = |command| world.app.write(&of_elsewhere, elsewhere, command).wait().expect_err("not theirs");
        assert_eq!(theirs(delete(leads)).refusal(), Some(&Refusal::NotFound));
        assert_eq!(world.new_events(), []);
    });
}

/// Domain 2.7: who is in the group stays, and it is said how many are new; whom nobody knows is named.
#[test]
fn people_come_and_go_and_the_group_counts_them() {
    in_each_world(|world| {
        let admin = world.caller(Role::UserAdmin);
        let (leads, sales) = (make(world, "Finance leads"), make(world, "Sales"));
        let (anna, bram) = (world.person("Anna de Vries"), world.person("Bram Bakker"));
        let chris = world.person("Chris Mulder");
        let _ = world.new_events();
        let both = world.write(&admin, put(leads, &[bram, anna])).expect("added");
        assert_eq!(both, MembersAdded { added: 2, already: 0, unknown: Vec::new() });
        let emails = [" Anna.de.Vries@Waterland.example", "chris.mulder@waterland.example", "zoe@waterland.example"];
        let emails = emails.map(str::to_owned).to_vec();
        let more = AddMembers { group_id: leads, users: vec![bram], emails };
        let unknown = vec!["zoe@waterland.example".to_owned()];
        assert_eq!(world.write(&admin, more).expect("added"), MembersAdded { added: 1, already: 2, unknown });
        world.write(&admin, put(sales, &[anna])).expect("added");
        assert_eq!(members(world, leads), ["Anna de Vries", "Bram Bakker", "Chris Mulder"]);
        assert_eq!(groups(world), [("Finance leads".to_owned(), 3), ("Sales".to_owned(), 1)]);
        let remove = |users| RemoveMembers { group_id: leads, users };
        assert_eq!(world.write(&admin, remove(vec![bram])).expect("removed"), 1);
        assert_eq!(world.write(&admin, remove(vec![bram])).expect("nobody to remove"), 0);
        let left = Event::GroupLeft { group: "Finance leads".to_owned() };
        let leads_joined = joined("Finance leads");
        let events = [leads_joined.clone(), leads_joined.clone(), leads_joined, joined("Sales"), left];
        assert_eq!(world.new_events(), events);
        let of_anna = world.read(&admin, &UserDetails(anna)).expect("she is there");
        assert_eq!(
            of_anna.groups.iter().map(|group| group.name.as_str()).collect::<Vec<_>>(),
            ["Finance leads", "Sales"]
        );
        assert_eq!(of_anna.history.len(), 2, "both are in her history");

        assert_eq!(at(world, &admin, put(leads, &[])), [Refusal::NobodyChosen.at(Field::Users)]);
        let crowd = AddMembers { group_id: leads, users: Vec::new(), emails: vec![String::new(); 1_001] };
        assert_eq!(at(world, &admin, crowd), [Refusal::TooManyPeople { maximum: 1_000 }.at(Field::Users)]);
        // Whoever is deleted is in no group any more.
        world.write(&admin, DeleteUser(chris)).expect("deleted");
        assert_eq!(members(world, leads), ["Anna de Vries"]);
        world.write(&admin, DeleteUser(anna)).expect("deleted");
        assert_eq!(groups(world), [("Finance leads".to_owned(), 0), ("Sales".to_owned(), 0)]);
        assert_eq!(at(world, &admin, put(leads, &[anna])), [Refusal::UnknownChoice.at(Field::Users)]);
    });
}

/// A list may be longer than what one transaction adds; sent again it adds nobody.
#[test]
fn a_long_list_of_addresses() {
    in_each_world(|world| {
        let (leads, admin) = (make(world, "Finance leads"), world.caller(Role::UserAdmin));
        let people = world.people(2_500);
        let anna = world.person("Anna de Vries");
        let addresses = people.iter().map(|id| world.read(&admin, &UserDetails(*id)).expect("there").user.email);
        let mut lines: Vec<_> = addresses.collect();
        lines.extend(["nobody".to_owned(), lines[0].clone()]);
        let listed = read_addresses(lines.join("\n").as_bytes()).expect("a list");
        let send = |users| add_listed(&world.app, &admin, world.organization, leads, users, &listed);
        let unknown = vec!["nobody".to_owned()];
        let first = send(vec![anna]).expect("added");
        assert_eq!(first, MembersAdded { added: 2_501, already: 0, unknown: unknown.clone() });
        let again = send(vec![anna]).expect("added");
        assert_eq!(again, MembersAdded { added: 0, already: 2_501, unknown });
        assert_eq!(groups(world), [("Finance leads".to_owned(), 2_501)]);
        let Err(Failure::Invalid(fields)) = send(vec![anna; 21]) else { panic!("too many are chosen") };
        assert_eq!(fields, [Refusal::TooManyPeople { maximum: 20 }.at(Field::Users)]);
    });
}

/// Domain 5.3: the group whose members alone may buy stays, however many groups there are.
#[test]
fn the_group_of_buyers_stays_until_others_may_buy() {
    in_each_world(|world| {
        let admin = world.caller(Role::UserAdmin);
        let leads = make(world, "Zuid");
        world.seed(world.organization, |write| {
            (0..200).try_for_each(|number| {
                let id = GroupId::from_uuid(uuid::Uuid::from_u128(0xa000 + number));
                group::insert(write, id, &format!("Group {number:03}"), &[])
            })
        });
        let limit = |buyers| SetPurchaseLimits(PurchaseLimits { buyers, licenses_max: None });
        let billing = world.caller(Role::BillingAdmin);
        world.write(&billing, limit(Buyers::Group(leads))).expect("set");
        let view = world.read(&billing, &ReadPurchaseLimits).expect("open");
        assert_eq!(view.group_name(), Some("Zuid"));
        assert_eq!(refused(world, &admin, delete(leads)), Refusal::GroupOfBuyers);
        let delete_offer = world.read(&admin, &GroupDetails(leads)).expect("open").delete;
        assert_eq!(delete_offer, Err(Refusal::GroupOfBuyers));
        world.write(&admin, rename(leads, "Zuid en Noord", None)).expect("its name is no matter");
        world.write(&billing, limit(Buyers::Everybody)).expect("set");
        world.write(&admin, delete(leads)).expect("deleted");
        let unknown = at(world, &billing, limit(Buyers::Group(leads)));
        assert_eq!(unknown, [Refusal::UnknownChoice.at(Field::Buyers)]);
    });
}

/// Two admins at once: one of equal names, one new name, no group of buyers that is gone, nobody counted twice.
#[test]
fn two_admins_at_once() {
    in_each_world(|world| {
        let admin = world.caller(Role::UserAdmin);
        let at_once = |commands: Vec<AddGroup>| {
            let pending = commands.into_iter().map(|command| world.app.write(&admin, world.organization, command));
            let pending: Vec<_> = pending.collect();
            pending.into_iter().filter_map(|pending| pending.wait().ok()).count()
        };
        let names = ["Sales", "sales", "SALES "].map(|name| AddGroup { name: name.to_owned() });
        assert_eq!(at_once(names.to_vec()), 1);

        let leads = make(world, "Finance leads");
        let seen = world.read(&admin, &GroupDetails(leads)).expect("open").group.revision;
        world.write(&admin, rename(leads, "Buyers", Some(seen))).expect("the first");
        assert_eq!(refused(world, &admin, rename(leads, "Finance", Some(seen))), Refusal::ChangedMeanwhile);
        let stale = DeleteGroup { group_id: leads, expected_revision: Some(seen) };
        assert_eq!(refused(world, &admin, stale), Refusal::ChangedMeanwhile);

        let anna = world.person("Anna de Vries");
        // Another process with its own connections: the database alone keeps them apart.
        let (other, _store) = world.another_process();
        let put = [&world.app, &other].map(|app| app.write(&admin, world.organization, put(leads, &[anna])));
        let count: u32 = put.into_iter().map(|pending| pending.wait().expect("added").added).sum();
        assert_eq!((count, groups(world).len()), (1, 2));
        let limits = SetPurchaseLimits(PurchaseLimits { buyers: Buyers::Group(leads), licenses_max: None });
        let set = other.write(&world.caller(Role::BillingAdmin), world.organization, limits);
        let deleted = world.app.write(&admin, world.organization, delete(leads)).wait().err();
        match set.wait() {
            Ok(()) => assert_eq!(deleted.expect("it is needed").refusal(), Some(&Refusal::GroupOfBuyers)),
            Err(failure) => {
                assert!(deleted.is_none(), "{deleted:?}");
                assert!(matches!(&failure, Failure::Invalid(at) if *at == [Refusal::UnknownChoice.at(Field::Buyers)]));
            }
        }
    });
}

/// People are deleted while another process puts them into a group or takes them out of it: nobody who is gone is counted,
/// and nobody is taken off twice.
#[test]
fn people_are_deleted_meanwhile() {
    in_each_world(|world| {
        let (admin, leads) = (world.caller(Role::GlobalAdmin), make(world, "Finance leads"));
        let (other, _store) = world.another_process();
        for number in 0..16 {
            let person = world.person(&format!("Noor {number}"));
            let joined = if number % 2 == 0 { world.write(&admin, put(leads, &[person])).is_ok() } else { false };
            let deleted = world.app.write(&admin, world.organization, DeleteUser(person));
            let met = match joined {
                true => {
                    let leave = RemoveMembers { group_id: leads, users: vec![person] };
                    other.write(&admin, world.organization, leave).wait().map(drop)
                }
                false => other.write(&admin, world.organization, put(leads, &[person])).wait().map(drop),
            };
            deleted.wait().expect("deleted");
            assert!(met.is_ok() || !joined, "{met:?}");
        }
        assert_eq!((groups(world), members(world, leads)), (vec![("Finance leads".to_owned(), 0)], vec![]));
    });
}

/// Long lists page by key, and search finds what a name contains.
#[test]
fn groups_are_found_and_paged() {
    in_each_world(|world| {
        for name in ["Zuid", "Éclair", "sales Noord", "Sales 100%", "Financiën"] {
            make(world, name);
        }
        let reader = world.caller(Role::GlobalReader);
        let find = |search: &str| {
            let query = ListGroups { search: search.to_owned(), after: None, limit: 50 };
            let page = world.read(&reader, &query).expect("open");
            page.rows.into_iter().map(|group| group.name).collect::<Vec<_>>()
        };
        assert_eq!(find(""), ["Éclair", "Financiën", "Sales 100%", "sales Noord", "Zuid"]);
        assert_eq!(find("SALES"), ["Sales 100%", "sales Noord"]);
        assert_eq!((find("0%"), find("cien")), (vec!["Sales 100%".to_owned()], vec!["Financiën".to_owned()]));
        let mut query = ListGroups { search: String::new(), after: None, limit: 2 };
        let mut pages = Vec::new();
        loop {
            let page = world.read(&reader, &query).expect("open");
            pages.push(page.rows.len());
            match page.next {
                Some(last) => query.after = Some(last),
                None => break,
            }
        }
        assert_eq!(pages, [2, 2, 1]);
    });
}
