//! The policy AllowSelfServicePurchase as the command line, scripts and the page use it (domain 5.3; R103, R115-R119).

use super::purchase::{by_card, wanted};
use app::catalog::browse::BrowseProducts;
use app::order::details::OrderDetails;
use app::order::place::place_order;
use app::self_service::policy::{ProductPolicy, SelfServicePolicies, SetSelfServicePolicy, TurnSelfService};
use app::subscription::change_quantity::ChangeQuantity;
use app::{Caller, Failure};
use domain::access::Role;
use domain::catalog::{BillingFrequency, Price, SkuKind, Term};
use domain::event::{Change, Event};
use domain::ids::{OrderId, ProductId};
use domain::money::{Currency, Money};
use domain::refusal::Refusal;
use domain::self_service::policy::PolicyScope;
use domain::self_service::policy::SelfServicePolicy::{self, Disabled, Enabled};
use testkit::world::{World, in_each_world};

/// A product that users may buy for 15.00 a month.
fn sold(world: &World, name: &str, part_number: &str) -> Price {
    let product = world.product(name);
    let departmental = world.sku(product.product_id, SkuKind::SelfService, part_number);
    world.price(&departmental, Term::Monthly, BillingFrequency::Monthly, Money::new(1_500, Currency::Eur))
}

fn buy(world: &World, caller: &Caller, price: &Price) -> Result<OrderId, Failure> {
    let purchase = wanted(world, price, 2, by_card());
    place_order(&world.app, caller, world.organization, purchase)
}

fn refused<T: std::fmt::Debug>(result: Result<T, Failure>) -> Refusal {
    result.expect_err("it is refused").refusal().expect("a refusal").clone()
}

fn changed(of: &str, from: SelfServicePolicy, to: SelfServicePolicy) -> Event {
    Event::SelfServicePolicyChanged { of: of.to_owned(), value: Change { from, to } }
}

/// What the list says: the default, then each product by the identifier that scripts know, its name and value.
fn listed(world: &World, caller: &Caller) -> (SelfServicePolicy, Vec<(String, String, SelfServicePolicy)>) {
    let list = world.read(caller, &SelfServicePolicies::default()).expect("the policies");
    let row = |product: &ProductPolicy| (product.script_id(), product.name.clone(), product.value);
    (list.new_products, list.products.iter().map(row).collect())
}

/// What a user finds on the shelf.
fn shelf(world: &World, user: &Caller) -> Vec<String> {
    let shelf = world.read(user, &BrowseProducts { limit: 10, ..BrowseProducts::default() }).expect("the shelf");
    shelf.rows.into_iter().map(|row| row.product.name).collect()
}

/// R103, R116, R117, R118, R119: the default is read, then the value of each product; one is found by any name that it
/// has, and disabled alone: nobody buys it from then on, other products are bought, and what was bought goes on.
#[test]
fn one_product_is_disabled_and_the_others_are_not() {
    in_each_world(|world| {
        let (power_bi, visio) =
            (sold(world, "Power BI Pro", "POWER_BI_PRO_DEPT"), sold(world, "Visio Plan 1", "VISIO_PLAN1_DEPT"));
        let _ = world.product("Bought centrally only");
        let admin = world.caller(Role::BillingAdmin);
        let user = world.as_person(world.person("Anna de Vries"), &[]);
        let row = |id: &str, name: &str, value| (id.to_owned(), name.to_owned(), value);
        let rows =
            |value| vec![row("CFQ7TTC0H9MP", "Power BI Pro", value), row("CFQ7TTC0HD33", "Visio Plan 1", Enabled)];
        assert_eq!(listed(world, &admin), (Enabled, rows(Enabled)));
        let list = world.read(&admin, &SelfServicePolicies::default()).expect("the policies");
        let found = |named: &str| list.find(named).map(|product| product.product_id);
        let id = found("CFQ7TTC0H9MP").expect("it is known");
        let own = ProductId::to_string(&id);
        for named in ["cfq7ttc0h9mp", "CFQ7TTC0L3PB", "power bi PRO", own.as_str()] {
            assert_eq!(found(named), Some(id), "{named}");
        }
        assert_eq!([found("Bought centrally only"), found("Power BI"), found("")], [None; 3]);

        let order = buy(world, &user, &power_bi).expect("it is bought");
        let _ = world.new_events();
        let disable = SetSelfServicePolicy { scope: PolicyScope::Product(id), value: Disabled };
        assert_eq!(world.write(&admin, disable).expect("it is decided"), 1);
        assert_eq!(world.write(&admin, disable).expect("it is so already"), 0);
        assert_eq!(world.new_events(), [changed("Power BI Pro", Enabled, Disabled)]);
        assert_eq!(listed(world, &admin), (Enabled, rows(Disabled)));
        assert_eq!(shelf(world, &user), ["Visio Plan 1"]);
        assert_eq!(refused(buy(world, &user, &power_bi)), Refusal::SelfServiceNotAllowed);
        buy(world, &user, &visio).expect("the other product is bought");
        let subscription_id =
            world.read(&user, &OrderDetails(order)).expect("the own order").listed.order.subscription_id;
        let more = ChangeQuantity::now(subscription_id, 3);
        world.write(&user, more).expect("what was bought goes on");

        // Who decides, and who reads (domain 5.3).
        let reader = world.caller(Role::GlobalReader);
        assert_eq!(listed(world, &reader), (Enabled, rows(Disabled)));
        let enable = SetSelfServicePolicy { value: Enabled, ..disable };
        for other in [&reader, &world.caller(Role::LicenseAdmin), &user] {
            assert_eq!(refused(world.write(other, enable)), Refusal::NotAllowed);
        }
        assert_eq!(refused(world.read(&user, &SelfServicePolicies::default())), Refusal::NotAllowed);
        assert_eq!(world.write(&world.caller(Role::GlobalAdmin), enable).expect("a Global admin decides too"), 1);
        assert_eq!(shelf(world, &user), ["Power BI Pro", "Visio Plan 1"]);
    });
}

/// Wire 3.3: the one switch disables every product, those that come later included, and enables all of them where
/// nothing was left; where anything is left to buy or try, turning it on changes no decision.
#[test]
fn one_switch_for_all_products() {
    in_each_world(|world| {
        let _ = (sold(world, "Power BI Pro", "POWER_BI_PRO_DEPT"), sold(world, "Visio Plan 1", "VISIO_PLAN1_DEPT"));
        let admin = world.caller(Role::GlobalAdmin);
        let user = world.as_person(world.person("Anna de Vries"), &[]);
        let _ = world.new_events();
        let turn = |is_on| world.write(&admin, TurnSelfService { is_on }).expect("it is turned");
        let is_on = || world.read(&admin, &SelfServicePolicies::default()).expect("the policies").is_on();
        let id = world.read(&admin, &SelfServicePolicies::default()).expect("the policies").products[0].product_id;
        let disable = SetSelfServicePolicy { scope: PolicyScope::Product(id), value: Disabled };
        world.write(&admin, disable).expect("it is decided");
        assert_eq!((turn(true), is_on(), shelf(world, &user)), (0, true, vec!["Visio Plan 1".to_owned()]));
        assert_eq!((turn(false), is_on(), shelf(world, &user)), (2, false, vec![]));
        let _ = sold(world, "Team Planner", "TEAM_PLANNER_DEPT");
        assert_eq!((turn(false), is_on(), shelf(world, &user)), (0, false, vec![]));
        assert_eq!((turn(true), is_on(), shelf(world, &user).len()), (4, true, 3));
        assert_eq!(
            world.new_events(),
            [
                changed("Power BI Pro", Enabled, Disabled),
                changed("Visio Plan 1", Enabled, Disabled),
                changed("", Enabled, Disabled),
                changed("Power BI Pro", Disabled, Enabled),
                changed("Team Planner", Disabled, Enabled),
                changed("Visio Plan 1", Disabled, Enabled),
                changed("", Disabled, Enabled),
            ]
        );
        assert_eq!(refused(world.write(&user, TurnSelfService { is_on: false })), Refusal::NotAllowed);
    });
}
