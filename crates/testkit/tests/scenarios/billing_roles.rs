//! Billing roles: what people may do with the billing account and one of its profiles, under MCA (R171, domain 6).

use app::billing::details::InvoiceDetails;
use app::billing::list::{InvoiceDays, ListInvoices};
use app::billing::pay_invoice::{PayInvoice, new_payment_id, pay_invoice};
use app::billing::rules::{BillingAccountDetails, ChangeSoldTo};
use app::billing::settle_balance::PreparePayment;
use app::billing_profile::details::BillingProfileDetails;
use app::billing_profile::list::ListBillingProfiles;
use app::billing_profile::move_subscription::MoveToBillingProfile;
use app::billing_profile::save::{AddBillingProfile, EditBillingProfile};
use app::billing_role::give::GiveBillingRole;
use app::billing_role::list::ListBillingRoles;
use app::billing_role::take::TakeBillingRole;
use app::order::place::Payment as Means;
use app::subscription::change_quantity::ChangeQuantity;
use app::subscription::details::SubscriptionDetails;
use app::subscription::list::ListSubscriptions;
use app::user::administer::DeleteUser;
use app::{Caller, Failure};
use domain::access::{BillingGrant, BillingRole, Role};
use domain::billing::Agreement;
use domain::billing::party::{Address, Party};
use domain::billing::payment::PaymentState;
use domain::billing::profile::ProfileDraft;
use domain::event::Event;
use domain::ids::{BillingProfileId, InvoiceId, SubscriptionId, UserId};
use domain::refusal::{Field, Refusal};
use domain::subscription::Channel;
use jiff::civil::date;
use testkit::world::{World, in_each_world};

fn refusal<T: std::fmt::Debug>(outcome: Result<T, Failure>) -> Refusal {
    outcome.expect_err("it is refused").refusal().expect("a refusal").clone()
}

fn email(world: &World, person: UserId) -> String {
    let reader = world.caller(Role::GlobalReader);
    world.read(&reader, &app::user::details::UserDetails(person)).expect("the person").user.email
}

fn give(world: &World, by: &Caller, to: UserId, role: BillingRole, profile: Option<BillingProfileId>) -> Outcome {
    world.write(by, GiveBillingRole { email: email(world, to), role, profile })
}

type Outcome = Result<(), Failure>;

fn given(role: BillingRole) -> Event {
    Event::BillingRoleGiven { role, profile: None }
}

/// A global admin who made themselves owner of the billing account, under MCA.
fn owner(world: &World) -> (UserId, Caller) {
    world.agreement(Agreement::Mca);
    let person = world.person("Noor Owner");
    world.give_roles(world.organization, person, &[Role::GlobalAdmin]);
    give(world, &world.signed_in(person), person, BillingRole::AccountOwner, None).expect("a global admin may");
    let _ = world.new_events();
    (person, world.signed_in(person))
}

/// R171, domain 4.7: only an owner gives roles; a global admin may add themselves; nobody under MOSA.
#[test]
fn roles_are_given_and_taken() {
    in_each_world(|world| {
        let (noor, bram) = (world.person("Noor de Wit"), world.person("Bram Bakker"));
        world.give_roles(world.organization, noor, &[Role::GlobalAdmin]);
        let first = world.signed_in(noor);
        let under_mosa = give(world, &first, noor, BillingRole::AccountOwner, None);
        assert_eq!(refusal(under_mosa), Refusal::BillingRolesNeedMca);
        world.agreement(Agreement::Mca);
        assert_eq!(refusal(give(world, &first, bram, BillingRole::AccountReader, None)), Refusal::NotAllowed);
        give(world, &first, noor, BillingRole::AccountOwner, None).expect("themselves");
        let owner = world.signed_in(noor);
        give(world, &owner, bram, BillingRole::AccountContributor, None).expect("an owner gives");
        let roles = [BillingRole::AccountOwner, BillingRole::AccountContributor];
        assert_eq!(world.new_events(), roles.map(given));
        assert_eq!(refusal(give(world, &owner, bram, BillingRole::AccountContributor, None)), Refusal::NothingToChange);
        let contributor = world.signed_in(bram);
        assert_eq!(refusal(give(world, &contributor, bram, BillingRole::AccountOwner, None)), Refusal::NotAllowed);

        let take = |by: &Caller, user_id, role| {
            world.write(by, TakeBillingRole { user_id, grant: BillingGrant { role, profile: None } })
        };
        assert_eq!(refusal(take(&owner, noor, BillingRole::AccountOwner)), Refusal::LastBillingOwner);
        take(&owner, bram, BillingRole::AccountContributor).expect("it is taken");
        assert_eq!(refusal(take(&owner, bram, BillingRole::AccountContributor)), Refusal::NotFound);
        // What was taken does not count any more, also where somebody is signed in.
        assert_eq!(world.signed_in(bram).actor.billing_roles, []);
        let rows = world.read(&owner, &ListBillingRoles).expect("the list").rows;
        assert_eq!(rows.iter().map(|row| row.display_name.as_str()).collect::<Vec<_>>(), ["Noor de Wit"]);
    });
}

/// Wrong input, people of another organization, and people who go.
#[test]
fn only_people_who_are_there_have_roles() {
    in_each_world(|world| {
        let (_, owner) = owner(world);
        let bram = world.person("Bram Bakker");
        let by_name = |email: &str, role, profile| match world
            .write(&owner, GiveBillingRole { email: email.to_owned(), role, profile })
        {
            Err(Failure::Invalid(fields)) => fields,
            other => panic!("a field is wrong, not {other:?}"),
        };
        let unknown = [Refusal::UnknownUser.at(Field::Email)];
        assert_eq!(by_name("nobody@waterland.example", BillingRole::AccountReader, None), unknown);
        let elsewhere = world.other_organization("Elsewhere");
        let stranger = world.person_with(elsewhere, "Stranger", |facts| facts.email = "s@elsewhere.example".to_owned());
        assert_eq!(by_name("s@elsewhere.example", BillingRole::AccountReader, None), unknown);
        let needed = [Refusal::Required.at(Field::BillingProfile)];
        let bram_email = email(world, bram);
        assert_eq!(by_name(&bram_email, BillingRole::InvoiceManager, None), needed);
        let nowhere = Some(BillingProfileId::first_of(elsewhere));
        let no_profile = [Refusal::UnknownChoice.at(Field::BillingProfile)];
        assert_eq!(by_name(&bram_email, BillingRole::InvoiceManager, nowhere), no_profile);
        let grant = BillingGrant { role: BillingRole::AccountOwner, profile: None };
        assert_eq!(refusal(world.write(&owner, TakeBillingRole { user_id: stranger, grant })), Refusal::NotFound);

        give(world, &owner, bram, BillingRole::AccountReader, None).expect("it is given");
        world.write(&world.caller(Role::UserAdmin), DeleteUser(bram)).expect("he goes");
        let rows = world.read(&owner, &ListBillingRoles).expect("the list").rows;
        assert_eq!(rows.len(), 1, "with him went his role");
        assert_eq!(refusal(world.read(&world.caller(Role::UserAdmin), &ListBillingRoles)), Refusal::NotAllowed);
    });
}

/// Domain 6: the last owner of the billing account, or of a billing profile, stays; with another owner everybody can go.
#[test]
fn the_last_owner_cannot_be_deleted() {
    in_each_world(|world| {
        let (noor, owner) = owner(world);
        let [bram, anna] = ["Bram Bakker", "Anna de Vries"].map(|name| world.person(name));
        let profile = Some(BillingProfileId::first_of(world.organization));
        give(world, &owner, bram, BillingRole::ProfileOwner, profile).expect("it is given");
        let admin = world.caller(Role::GlobalAdmin);
        let _ = world.new_events();
        for last in [noor, bram] {
            assert_eq!(refusal(world.write(&admin, DeleteUser(last))), Refusal::LastBillingOwner);
        }
        assert_eq!(world.new_events(), []);
        give(world, &owner, anna, BillingRole::ProfileOwner, profile).expect("it is given");
        give(world, &owner, anna, BillingRole::AccountOwner, None).expect("it is given");
        for one_of_two in [bram, noor] {
            world.write(&admin, DeleteUser(one_of_two)).expect("somebody else is owner");
        }
        assert_eq!(refusal(world.write(&admin, DeleteUser(anna))), Refusal::LastBillingOwner);
    });
}

/// Two departments, each with a billing profile, a subscription, and an invoice.
struct Departments {
    owner: Caller,
    north: BillingProfileId,
    south: BillingProfileId,
    of_north: SubscriptionId,
    of_south: SubscriptionId,
    invoice_of_north: InvoiceId,
    invoice_of_south: InvoiceId,
}

impl Departments {
    fn of(world: &World) -> Self {
        let (_, owner) = owner(world);
        let north = BillingProfileId::first_of(world.organization);
        let profile = world.read(&owner, &BillingProfileDetails(north)).expect("the first").row.profile;
        let draft = ProfileDraft { name: "Zuid".to_owned(), ..ProfileDraft::of(&profile) };
        let draft = ProfileDraft { bill_to: filled(draft.bill_to), ..draft };
        let add = AddBillingProfile { draft, currency: None, payment_method_id: None };
        let south = world.write(&owner, add).expect("it is added");
        let bought = |name: &str| {
            let product = world.product(name);
            world.subscription_with(world.organization, &product, 10, |new| new.channel = Channel::DirectInvoice)
        };
        let (of_north, of_south) = (bought("Office"), bought("Visio"));
        world.write(&owner, MoveToBillingProfile { subscription_id: of_south, to: south }).expect("it moves");
        world.clock.set_day(date(2020, 4, 20));
        world.sweep();
        let invoice_of = |profile| {
            let page = ListInvoices { days: InvoiceDays::default(), after: None, limit: 100 };
            let rows = world.read(&owner, &page).expect("the invoices").rows;
            rows.iter().find(|row| row.billing_profile_id == profile).expect("an invoice").id
        };
        let (invoice_of_north, invoice_of_south) = (invoice_of(north), invoice_of(south));
        let _ = world.new_events();
        Self { owner, north, south, of_north, of_south, invoice_of_north, invoice_of_south }
    }

    /// Somebody with a role for the second profile.
    fn with(&self, world: &World, role: BillingRole) -> Caller {
        let person = world.person(&format!("{role} {}", world.new_id().as_u128() & 0xffff));
        give(world, &self.owner, person, role, Some(self.south)).expect("it is given");
        world.signed_in(person)
    }
}

fn filled(party: domain::billing::party::Party) -> domain::billing::party::Party {
    let mut party = party;
    party.address.line1 = "Kade 1".to_owned();
    party.address.city = "Amsterdam".to_owned();
    party
}

fn subscriptions(world: &World, caller: &Caller) -> Vec<SubscriptionId> {
    let all = ListSubscriptions::by_name(10);
    world.read(caller, &all).expect("the list").rows.iter().map(|row| row.subscription.id).collect()
}

fn invoices(world: &World, caller: &Caller) -> Vec<BillingProfileId> {
    let page = ListInvoices { days: InvoiceDays::default(), after: None, limit: 100 };
    let mut seen: Vec<_> =
        world.read(caller, &page).expect("the list").rows.iter().map(|row| row.billing_profile_id).collect();
    seen.dedup();
    seen
}

/// R171, domain 6: each role of a billing profile sees what belongs to it, and nothing else.
#[test]
fn a_role_of_a_profile_sees_that_profile() {
    in_each_world(|world| {
        let all = Departments::of(world);
        for role in BillingRole::ALL.iter().filter(|role| !role.is_of_account()) {
            let caller = all.with(world, *role);
            assert_eq!(subscriptions(world, &caller), [all.of_south], "{role}");
            assert_eq!(invoices(world, &caller), [all.south], "{role}");
            let profiles = world.read(&caller, &ListBillingProfiles).expect("the list").rows;
            assert_eq!(profiles.iter().map(|row| row.profile.id).collect::<Vec<_>>(), [all.south], "{role}");
            assert!(world.read(&caller, &InvoiceDetails(all.invoice_of_south)).is_ok(), "{role}");
            assert!(world.read(&caller, &SubscriptionDetails(all.of_south)).is_ok(), "{role}");
            let hidden = [
                refusal(world.read(&caller, &InvoiceDetails(all.invoice_of_north))),
                refusal(world.read(&caller, &SubscriptionDetails(all.of_north))),
                refusal(world.read(&caller, &BillingProfileDetails(all.north))),
            ];
            assert_eq!(hidden, [Refusal::NotFound, Refusal::NotFound, Refusal::NotFound], "{role}");
        }
        // Whoever has a role of the account sees everything.
        let reader = world.person("account reader");
        give(world, &all.owner, reader, BillingRole::AccountReader, None).expect("it is given");
        assert_eq!(subscriptions(world, &world.signed_in(reader)).len(), 2);
        // Under MOSA the roles rest.
        let profile_reader = all.with(world, BillingRole::ProfileReader);
        assert_eq!(invoices(world, &profile_reader), [all.south]);
        let person = profile_reader.actor.user().expect("a person");
        world.agreement(Agreement::Mosa);
        let resting = world.signed_in(person);
        assert_eq!((resting.actor.billing_roles.len(), invoices(world, &resting).len()), (0, 0));
    });
}

/// Domain 6, row by row: who pays, changes licenses, edits the profile and gives its roles.
#[test]
fn what_the_roles_of_a_profile_do() {
    in_each_world(|world| {
        let all = Departments::of(world);
        // In the order of the roles: owner, contributor, reader, invoice manager.
        let may = [(true, true, true), (true, true, false), (false, false, false), (true, false, false)];
        let roles = BillingRole::ALL.iter().filter(|role| !role.is_of_account());
        for ((role, (pays, changes, gives)), total) in roles.zip(may).zip(11..) {
            let caller = all.with(world, *role);
            let prepared = world.read(&caller, &PreparePayment(None)).expect("what is open");
            assert_eq!(prepared.invoices.is_empty(), !pays, "{role}");
            assert!(prepared.invoices.iter().all(|open| open.id != all.invoice_of_north));
            let view = world.read(&caller, &InvoiceDetails(all.invoice_of_south)).expect("the invoice");
            assert_eq!(view.may_pay, pays, "{role}");
            let quantity = |subscription_id| ChangeQuantity::now(subscription_id, total);
            assert_eq!(world.write(&caller, quantity(all.of_south)).is_ok(), changes, "{role}");
            assert_eq!(refusal(world.write(&caller, quantity(all.of_north))), Refusal::NotFound, "{role}");

            let profile = world.read(&all.owner, &BillingProfileDetails(all.south)).expect("it").row.profile;
            let draft = ProfileDraft { purchase_order: format!("PO {total}"), ..ProfileDraft::of(&profile) };
            let edit = EditBillingProfile { id: all.south, draft, payment_method_id: None, revision: profile.revision };
            assert_eq!(world.write(&caller, edit.clone()).is_ok(), changes, "{role}");
            let elsewhere = EditBillingProfile { id: all.north, ..edit.clone() };
            assert!(world.write(&caller, elsewhere).is_err(), "{role}");
            let add = AddBillingProfile { draft: edit.draft, currency: None, payment_method_id: None };
            assert_eq!(refusal(world.write(&caller, add)), Refusal::NotAllowed, "{role}");
            let there = MoveToBillingProfile { subscription_id: all.of_north, to: all.south };
            assert!(world.write(&caller, there).is_err(), "{role}");

            let colleague = world.person(&format!("colleague {total}"));
            let to_south = give(world, &caller, colleague, BillingRole::ProfileReader, Some(all.south));
            assert_eq!(to_south.is_ok(), gives, "{role}");
            assert!(give(world, &caller, colleague, BillingRole::ProfileReader, Some(all.north)).is_err(), "{role}");
            assert!(give(world, &caller, colleague, BillingRole::AccountReader, None).is_err(), "{role}");
        }
    });
}

/// R166: an invoice manager pays an invoice of the profile, with an own card; a reader does not.
#[test]
fn an_invoice_manager_pays() {
    in_each_world(|world| {
        let all = Departments::of(world);
        let pay = |caller: &Caller, invoice_id| {
            let means = Means::Token("card_succeeds".to_owned());
            let pay = PayInvoice { payment_id: new_payment_id(&world.app), invoice_id, means };
            pay_invoice(&world.app, caller, world.organization, pay)
        };
        let reader = all.with(world, BillingRole::ProfileReader);
        assert_eq!(refusal(pay(&reader, all.invoice_of_south)), Refusal::NotFound);
        let manager = all.with(world, BillingRole::InvoiceManager);
        assert_eq!(refusal(pay(&manager, all.invoice_of_north)), Refusal::NotFound);
        let paid = pay(&manager, all.invoice_of_south).expect("it is paid");
        assert_eq!(paid.payment.state, PaymentState::Succeeded);
    });
}

/// Domain 4.7, 6, R171: who keeps the billing account changes its address and numbers, not its name or country; owners and
/// contributors of the account do, those of one profile do not. Nobody writes over what somebody else changed.
#[test]
fn a_customer_changes_its_address() {
    in_each_world(|world| {
        let (_, owner) = owner(world);
        let operator = world.caller(Role::Operator);
        let account = || world.read(&operator, &BillingAccountDetails).expect("the contract");
        let before = account();
        let typed = |line1: &str| {
            let address = Address { line1: line1.to_owned(), city: "Delft".to_owned(), ..Address::default() };
            let tax_number = Some("NL004495445B01".to_owned());
            Party { name: "Somebody else".to_owned(), address, tax_number, ..Party::default() }
        };
        let change = |line1: &str, revision| ChangeSoldTo { sold_to: typed(line1), revision };
        let admin = world.caller(Role::BillingAdmin);
        let wrong = world.write(&admin, change(" ", before.revision));
        let Err(Failure::Invalid(fields)) = wrong else { panic!("a field is wrong, not {wrong:?}") };
        assert_eq!(fields, [Refusal::Required.at(Field::Line1)]);
        let profile = Some(BillingProfileId::first_of(world.organization));
        for (role, profile, may) in [
            (BillingRole::AccountOwner, None, true),
            (BillingRole::AccountContributor, None, true),
            (BillingRole::AccountReader, None, false),
            (BillingRole::ProfileOwner, profile, false),
            (BillingRole::ProfileContributor, profile, false),
        ] {
            let person = world.person(&format!("Noor {role}"));
            give(world, &owner, person, role, profile).expect("it is given");
            let of_role = world.write(&world.signed_in(person), change("Kade 1", 0));
            let refused = if may { Refusal::ChangedMeanwhile } else { Refusal::NotAllowed };
            assert_eq!(refusal(of_role), refused, "{role}");
        }
        for role in [Role::LicenseAdmin, Role::UserAdmin, Role::GlobalReader, Role::Operator] {
            let refused = refusal(world.write(&world.caller(role), change("Kade 1", before.revision)));
            assert_eq!(refused, Refusal::NotAllowed, "{role}");
        }
        let _ = world.new_events();
        world.write(&admin, change(" Kade 1 ", before.revision)).expect("it is changed");
        let after = account().sold_to;
        let party = domain::event::Change { from: before.sold_to.clone(), to: after.clone() };
        let name = before.sold_to.name.clone();
        assert_eq!(world.new_events(), [Event::BuyerChanged { name, party: Some(Box::new(party)) }]);
        assert_eq!((after.address.line1.as_str(), after.address.city.as_str()), ("Kade 1", "Delft"));
        assert_eq!((after.name, after.address.country), (before.sold_to.name, before.sold_to.address.country));
        assert_eq!(after.tax_number.as_deref(), Some("NL004495445B01"));
        assert_eq!(refusal(world.write(&admin, change("Kade 2", before.revision))), Refusal::ChangedMeanwhile);
        world.write(&admin, change("Kade 1", before.revision + 1)).expect("nothing changes");
        assert_eq!(world.new_events(), []);
    });
}
