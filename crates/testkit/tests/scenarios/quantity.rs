//! Changing the number of licenses.

use app::Failure;
use app::subscription::change_quantity::ChangeQuantity;
use domain::access::Role;
use domain::event::Event;
use domain::money::{Currency, Money};
use domain::refusal::Refusal;
use domain::time::Period;
use jiff::civil::date;
use testkit::world::in_each_world;

/// R25, R50: the total is asked; 100 to 105 adds 5; never below what is assigned.
#[test]
fn a_billing_admin_adds_five_licenses() {
    in_each_world(|world| {
        let office = world.product("Office");
        let subscription_id = world.subscription(&office, 100);
        let (anna, bram) = (world.person("Anna de Vries"), world.person("Bram Bakker"));
        world.give_license(subscription_id, anna);
        world.give_license(subscription_id, bram);
        let admin = world.caller(Role::BillingAdmin);
        let to = |total| ChangeQuantity::now(subscription_id, total);

        let changed = world.write(&admin, to(105)).expect("five are added");
        assert_eq!((changed.from, changed.to), (100, 105));
        assert_eq!(world.see_subscription(subscription_id).quantity, 105);
        let service_period = Period { start: date(2020, 1, 15), end: date(2020, 2, 15) };
        assert_eq!(
            world.new_events(),
            [Event::QuantityChanged { from: 100, to: 105, amount: Money::new(5_000, Currency::Eur), service_period }]
        );

        let refused = world.write(&admin, to(1)).expect_err("two are in use");
        assert!(matches!(refused, Failure::Refused(Refusal::BelowAssigned { assigned: 2 })), "{refused}");
        let ordinary = world.as_person(anna, &[]);
        let refused = world.write(&ordinary, to(106)).expect_err("not hers");
        assert!(matches!(refused, Failure::Refused(Refusal::NotFound)), "{refused}");
        assert_eq!(world.new_events(), []);
    });
}
