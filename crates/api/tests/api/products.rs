//! Products: what can be bought, and the licenses of each.

use crate::program::Program;
use domain::access::Scope;
use domain::catalog::{BillingFrequency, Term};
use domain::money::{Currency, Money};
use serde_json::json;
use testkit::world::in_each_world;

/// R14: a product with its SKUs, prices and apps.
#[test]
fn a_product_with_its_prices() {
    in_each_world(|world| {
        let office = world.product("Office");
        let apps = world.apps(&office, &["Mail"]);
        let price = world.price(&office, Term::Annual, BillingFrequency::Monthly, Money::new(1_250, Currency::Eur));
        let _ = world.product("Without a price");
        let program = Program::new(world, &[Scope::SubscriptionsWrite]);
        let mut product = json!({
            "id": office.product_id, "name": "Office", "category": "productivity", "kind": "base", "description": "",
            "retired_at": null, "subscriptions": 0,
        });
        let list = program.get("/api/v1/products?search=off");
        assert_eq!(list.body, json!({"items": [product], "next": null}));
        product["skus"] = json!([{
            "id": office.id, "part_number": "OFFICE", "quantity_max": 300,
            "prices": [{"id": price.id, "term": "annual", "billing_frequency": "monthly",
                        "unit_price": {"minor": 1250, "currency": "EUR"}}],
        }]);
        product["service_plans"] = json!([{"id": apps[0], "name": "MAIL", "friendly_name": "Mail"}]);
        product["bases"] = json!([]);
        assert_eq!(program.get(&format!("/api/v1/products/{}", office.product_id)).body, product);
    });
}

/// R110, R111: one row for each product, and the people who hold it.
#[test]
fn licenses_of_a_product() {
    in_each_world(|world| {
        let office = world.product("Office");
        let (first, second) = (world.subscription(&office, 10), world.subscription(&office, 5));
        let anna = world.person("Anna de Vries");
        world.give_license(first, anna);
        let program = Program::new(world, &[Scope::LicensesRead]);
        let expected = json!({
            "product_id": office.product_id, "product_name": "Office", "quantity": 15, "assigned": 1, "available": 14,
            "conflicts": 0, "subscriptions": 2, "self_service": 0,
        });
        assert_eq!(program.get("/api/v1/licenses").body, json!({"items": [expected], "next": null}));
        let path = format!("/api/v1/products/{}/licenses", office.product_id);
        let expected = json!({
            "user_id": anna, "product_id": office.product_id, "subscription_id": first,
            "assigned_at": "2020-01-15T09:00:00Z", "disabled_plans": [], "conflict_since": null,
            "display_name": "Anna de Vries", "email": "anna.de.vries@waterland.example", "department": "",
        });
        assert_eq!(program.get(&path).body, json!({"items": [expected], "next": null}));
        assert_eq!(program.get(&format!("{path}?subscription_id={second}")).body["items"], json!([]));
    });
}
