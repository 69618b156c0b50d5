//! Subscriptions that users signed up for, at no cost (domain 2.10; R180).

use app::catalog::browse::BrowseProducts;
use app::catalog::prepare::ProductForSale;
use app::license::assign::AssignLicenses;
use app::license::unassign::UnassignLicenses;
use app::self_service::policy::SetSelfServicePolicy;
use app::self_service::report::SelfServiceReport;
use app::subscription::delete::DeleteSubscription;
use app::subscription::details::SubscriptionDetails;
use app::subscription::list::ListSubscriptions;
use app::subscription::sign_up::SignUpForFree;
use app::{Caller, Failure};
use domain::access::Role;
use domain::catalog::{BillingFrequency, Sku, SkuKind, Term};
use domain::event::Event;
use domain::ids::{SubscriptionId, UserId};
use domain::money::{Currency, Money};
use domain::refusal::{Field, Refusal};
use domain::self_service::eligibility::Ineligible;
use domain::self_service::policy::{PolicyScope, SelfServicePolicy};
use domain::subscription::{Action, Channel, ClosedReason, Offer, SubscriptionState};
use jiff::civil::date;
use store::tables::{assignment, user};
use testkit::world::{World, in_each_world};

/// What costs nothing, of a product that the organization buys as well.
fn fabric(world: &World) -> Sku {
    let central = world.product("Microsoft Fabric");
    world.sku(central.product_id, SkuKind::Free, "POWER_BI_STANDARD")
}

fn sign_up(world: &World, caller: &Caller, sku: &Sku) -> Result<SubscriptionId, Failure> {
    world.write(caller, SignUpForFree(sku.product_id))
}

/// What is refused, at its field when it has one.
#[track_caller]
fn refused<T: std::fmt::Debug>(result: Result<T, Failure>) -> (Refusal, Option<Field>) {
    match result.expect_err("it is refused") {
        Failure::Invalid(fields) => (fields[0].refusal.clone(), Some(fields[0].field)),
        failure => (failure.refusal().expect("a refusal").clone(), None),
    }
}

/// The subscriptions with the filter "Free", by who signed up.
fn free(world: &World, caller: &Caller) -> Vec<(SubscriptionId, Option<String>)> {
    let asked = ListSubscriptions { channel: Some(Channel::Free), ..ListSubscriptions::by_name(10) };
    let found = world.read(caller, &asked).expect("the list").rows;
    found.into_iter().map(|row| (row.subscription.id, row.holder_name)).collect()
}

fn holds(world: &World, person: UserId, sku: &Sku) -> (bool, u32) {
    let product = sku.product_id;
    let found = world.store.read(world.organization, |read| {
        let license = assignment::find(read, person, product)?;
        Ok::<_, store::Error>((license.is_some(), user::find(read, person)?.expect("somebody").license_count))
    });
    found.expect("the database answers")
}

/// R180: a user signs up for oneself and has a license at once; nothing is charged, and admins find it by the filter.
#[test]
fn a_user_signs_up_for_oneself() {
    in_each_world(|world| {
        let sku = fabric(world);
        let [anna, bram] = ["Anna de Vries", "Bram Bakker"].map(|name| world.person(name));
        let (herself, himself) = (world.as_person(anna, &[]), world.as_person(bram, &[]));
        let shelf = world.read(&herself, &BrowseProducts { limit: 10, ..BrowseProducts::default() }).unwrap();
        assert!(shelf.rows.len() == 1 && shelf.rows[0].is_free && shelf.rows[0].from.is_none());
        assert!(world.read(&herself, &ProductForSale(sku.product_id)).unwrap().is_free);
        let _ = world.new_events();
        let id = sign_up(world, &herself, &sku).expect("it is free");
        let zero = Money::zero(Currency::Eur);
        let started = Event::SubscriptionStarted {
            quantity: 1,
            term: Term::Annual,
            billing_frequency: BillingFrequency::Yearly,
            unit_price: zero,
            channel: Channel::Free,
            ends_on: date(2021, 1, 15),
        };
        assert_eq!(world.new_events(), [started, Event::LicenseAssigned { disabled_plans: Vec::new() }]);
        let seen = world.see_subscription(id);
        assert_eq!((seen.holder, seen.quantity, seen.assigned, seen.unit_price), (Some(anna), 1, 1, zero));
        assert_eq!(holds(world, anna, &sku), (true, 1));
        // Once each, and a colleague's own.
        let again = Refusal::AlreadyAssigned { name: "Anna de Vries".to_owned() };
        assert_eq!(refused(sign_up(world, &herself, &sku)), (again, None));
        let second = sign_up(world, &himself, &sku).expect("it is free");
        let admin = world.caller(Role::BillingAdmin);
        let mut listed = free(world, &admin);
        listed.sort();
        let mut expected = vec![(id, Some("Anna de Vries".to_owned())), (second, Some("Bram Bakker".to_owned()))];
        expected.sort();
        assert_eq!(listed, expected);
        assert_eq!(free(world, &herself), [(id, Some("Anna de Vries".to_owned()))]);
        // It is no purchase, costs nothing, and nothing comes of its years.
        assert!(world.read(&admin, &SelfServiceReport).unwrap().purchases.is_empty());
        world.clock.set_day(date(2022, 3, 1));
        let _ = world.sweep();
        assert_eq!(world.see_subscription(id).ends_on, date(2023, 1, 15));
        assert_eq!((world.gateway.charged().len(), world.new_mails()), (0, Vec::new()));
    });
}

/// R179, R180: the policy of the product holds, and so does what the seller rules out; a license needs a country.
#[test]
fn who_does_not_sign_up() {
    in_each_world(|world| {
        let sku = fabric(world);
        let guest = world.person_with(world.organization, "Gita Gast", |new| new.is_guest = true);
        let nowhere = world.person_with(world.organization, "Noor Vermeer", |new| new.usage_location = None);
        let anna = world.as_person(world.person("Anna de Vries"), &[]);
        let _ = world.new_events();
        let not_eligible = Refusal::NotEligible(Ineligible::Guest);
        assert_eq!(refused(sign_up(world, &world.as_person(guest, &[]), &sku)), (not_eligible, None));
        let without = Refusal::NoUsageLocation { name: "Noor Vermeer".to_owned() };
        assert_eq!(
            refused(sign_up(world, &world.as_person(nowhere, &[]), &sku)),
            (without, Some(Field::UsageLocation))
        );
        let sold = world.product("Visio");
        let _ = world.sku(sold.product_id, SkuKind::SelfService, "VISIO_DEPT");
        assert_eq!(refused(sign_up(world, &anna, &sold)), (Refusal::UnknownChoice, None));
        assert_eq!(refused(sign_up(world, &world.caller(Role::Operator), &sku)).0, Refusal::NotAllowed);
        assert_eq!(world.new_events(), []);
        let set = |value| {
            let scope = PolicyScope::Product(sku.product_id);
            world.write(&world.caller(Role::BillingAdmin), SetSelfServicePolicy { scope, value }).unwrap();
        };
        set(SelfServicePolicy::Disabled);
        assert_eq!(refused(sign_up(world, &anna, &sku)), (Refusal::SelfServiceNotAllowed, None));
        set(SelfServicePolicy::OnlyTrialsWithoutPaymentMethod);
        sign_up(world, &anna, &sku).expect("it needs no payment method");
    });
}

/// R180: nothing can be done with it but deleting it, by a global or billing admin, whatever its state: the person loses
/// the license at once, and may sign up again.
#[test]
fn an_admin_deletes_it() {
    in_each_world(|world| {
        let sku = fabric(world);
        let person = world.person("Anna de Vries");
        let anna = world.as_person(person, &[]);
        for role in [Role::GlobalAdmin, Role::BillingAdmin] {
            let admin = world.caller(role);
            let id = sign_up(world, &anna, &sku).expect("it is free");
            for caller in [&admin, &anna] {
                let view = world.read(caller, &SubscriptionDetails(id)).unwrap();
                let closed = Offer::Closed(ClosedReason::Free);
                assert!([Action::AddLicenses, Action::Cancel].iter().all(|action| view.offer(*action) == closed));
            }
            let users = vec![world.person("Bram Bakker")];
            let assign = AssignLicenses {
                product_id: sku.product_id,
                subscription_id: Some(id),
                users: users.clone(),
                disabled_plans: Vec::new(),
            };
            assert!(world.write(&anna, assign).is_err(), "it is for one person");
            let unassign = UnassignLicenses { product_id: sku.product_id, users: vec![person] };
            assert!(world.write(&anna, unassign).is_err(), "and stays with that person");
            for other in [Role::LicenseAdmin, Role::UserAdmin, Role::GlobalReader] {
                let refusal = refused(world.write(&world.caller(other), DeleteSubscription(id))).0;
                assert_eq!(refusal, Refusal::NotAllowed, "{other:?}");
            }
            assert_eq!(refused(world.write(&anna, DeleteSubscription(id))).0, Refusal::NotAllowed);
            let _ = world.new_events();
            world.write(&admin, DeleteSubscription(id)).expect("an admin deletes it");
            let deleted = Event::SubscriptionDeleted { on: world.today(), licenses_freed: 1 };
            assert_eq!(world.new_events(), [deleted, Event::LicenseUnassigned]);
            assert_eq!(world.see_subscription(id).state, SubscriptionState::Deleted);
            assert_eq!(holds(world, person, &sku), (false, 0));
            let again = refused(world.write(&admin, DeleteSubscription(id))).0;
            assert_eq!(again, Refusal::Closed(ClosedReason::Deleted));
            world.write(&world.caller(Role::GlobalAdmin), app::user::administer::DeleteUser(users[0])).unwrap();
        }
    });
}
