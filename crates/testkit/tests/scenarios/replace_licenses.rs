//! People move between subscriptions of the organization: their licenses are replaced (domain 1.11, R162).

#![expect(clippy::unwrap_used, reason = "a helper of a test fails the test")]

use app::Failure;
use app::license::assign::AssignProducts;
use app::license::replace::{PreviewReplace, ReplaceLicenses, ReplacePreview, Replaced};
use domain::access::Role;
use domain::catalog::{Sku, SkuKind};
use domain::event::Event;
use domain::ids::{SubscriptionId, UserId};
use domain::refusal::Refusal;
use domain::subscription::Channel;
use store::tables::assignment;
use testkit::world::{World, in_each_world};

fn holds(world: &World, person: UserId) -> Vec<SubscriptionId> {
    let mut held: Vec<_> = world
        .store
        .read(world.organization, |read| assignment::of_user(read, person))
        .unwrap()
        .into_iter()
        .map(|license| license.subscription_id)
        .collect();
    held.sort_unstable();
    held
}

fn refused<T: std::fmt::Debug>(result: Result<T, Failure>) -> Refusal {
    result.unwrap_err().refusal().unwrap().clone()
}

fn to(sku: &Sku, users: &[UserId]) -> ReplaceLicenses {
    ReplaceLicenses { products: vec![sku.product_id], users: users.to_vec() }
}

/// R162: former licenses are taken back and the chosen ones given; who has it keeps it, and what a user bought stays.
#[test]
fn licenses_are_replaced() {
    in_each_world(|world| {
        let (office, suite, visio) = (world.product("Office"), world.product("Suite"), world.product("Visio"));
        let (anna, noor) = (world.person("Anna de Vries"), world.person("Noor Vermeer"));
        let (old, new) = (world.subscription(&office, 5), world.subscription(&suite, 2));
        let departmental = world.sku(visio.product_id, SkuKind::SelfService, "VISIO_DEPT");
        let bought = world.subscription_with(world.organization, &departmental, 5, |own| {
            (own.channel, own.holder) = (Channel::SelfService, Some(noor));
        });
        world.give_license(old, anna);
        world.give_license(old, noor);
        world.give_license(bought, noor);
        world.give_license(new, noor);
        let admin = world.caller(Role::LicenseAdmin);
        let _ = world.caller(Role::GlobalAdmin);
        let said = world.read(&admin, &PreviewReplace(to(&suite, &[anna, noor, anna]))).unwrap();
        let expected = ReplacePreview { taken: vec![("Office".into(), 2)], given: vec![("Suite".into(), 1)], kept: 1 };
        assert_eq!(said, expected);
        let _ = world.new_events();
        let done = world.write(&admin, to(&suite, &[anna, noor, anna])).unwrap();
        assert_eq!(done, Replaced { given: 1, taken: 2 });
        let assigned = Event::LicenseAssigned { disabled_plans: Vec::new() };
        assert_eq!(world.new_events(), [Event::LicenseUnassigned, Event::LicenseUnassigned, assigned]);
        assert_eq!(world.new_mails(), Vec::<String>::new());
        assert_eq!(holds(world, anna), [new]);
        let mut both = vec![new, bought];
        both.sort_unstable();
        assert_eq!(holds(world, noor), both);
        assert_eq!((world.see_subscription(old).assigned, world.see_subscription(new).assigned), (0, 2));
        assert_eq!(refused(world.write(&admin, to(&suite, &[anna, noor]))), Refusal::NothingToChange);
    });
}

/// R162: everybody or nobody: too few free licenses, nobody chosen, no product, another organization, another role.
#[test]
fn all_or_nobody() {
    in_each_world(|world| {
        let (office, suite) = (world.product("Office"), world.product("Suite"));
        let people = [world.person("Anna de Vries"), world.person("Noor Vermeer")];
        let (old, new) = (world.subscription(&office, 5), world.subscription(&suite, 1));
        for person in people {
            world.give_license(old, person);
        }
        let admin = world.caller(Role::UserAdmin);
        let _ = world.new_events();
        assert_eq!(refused(world.write(&admin, to(&suite, &people))), Refusal::NotEnoughLicenses { missing: 1 });
        assert_eq!(refused(world.write(&admin, to(&suite, &[]))), Refusal::NobodyChosen);
        let none = ReplaceLicenses { products: Vec::new(), users: people.to_vec() };
        assert_eq!(refused(world.write(&admin, none)), Refusal::Required);
        let billing = world.caller(Role::BillingAdmin);
        assert_eq!(refused(world.write(&billing, to(&suite, &people))), Refusal::NotAllowed);
        let elsewhere = world.other_organization("Elsewhere");
        let stranger = world.caller_in(elsewhere, Role::GlobalAdmin);
        let outside = world.app.write(&stranger, elsewhere, to(&suite, &people)).wait();
        assert_eq!(refused(outside), Refusal::OutsideOrganization);
        assert_eq!((world.new_events(), world.new_mails()), (vec![], vec![]));
        assert_eq!(people.map(|person| holds(world, person)), [vec![old], vec![old]]);
        assert_eq!(world.see_subscription(new).assigned, 0);
    });
}

/// R28, R162: several products at once, of all of them or of none: the second one has too few, and nobody gets the first.
#[test]
fn several_products_are_given_at_once() {
    in_each_world(|world| {
        let (office, suite) = (world.product("Office"), world.product("Suite"));
        let people = [world.person("Anna de Vries"), world.person("Noor Vermeer")];
        let (offices, suites) = (world.subscription(&office, 5), world.subscription(&suite, 1));
        let admin = world.caller(Role::LicenseAdmin);
        let _ = world.caller(Role::GlobalAdmin);
        let both = |users: &[UserId]| AssignProducts {
            products: vec![office.product_id, suite.product_id],
            users: users.to_vec(),
        };
        let _ = world.new_events();
        assert_eq!(refused(world.write(&admin, both(&people))), Refusal::NotEnoughLicenses { missing: 1 });
        assert_eq!((world.new_events(), holds(world, people[0])), (Vec::new(), Vec::new()));
        let none = AssignProducts { products: Vec::new(), users: people.to_vec() };
        assert_eq!(refused(world.write(&admin, none)), Refusal::Required);
        assert_eq!(world.write(&admin, both(&people[..1])).unwrap().len(), 2);
        let assigned = Event::LicenseAssigned { disabled_plans: Vec::new() };
        assert_eq!((world.new_events(), world.new_mails()), (vec![assigned.clone(), assigned], vec![]));
        let mut held = vec![offices, suites];
        held.sort_unstable();
        assert_eq!(holds(world, people[0]), held);
        let again = Refusal::AlreadyAssigned { name: "Anna de Vries".to_owned() };
        assert_eq!(refused(world.write(&admin, both(&people[..1]))), again);
    });
}
