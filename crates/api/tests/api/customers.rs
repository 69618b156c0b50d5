//! A partner's program: its customers, what it sold to them, and selling more (R66 to R68).

use crate::program::Program;
use app::partner::appoint::AppointPartner;
use app::partner::relate::{ChangeRelationship, request_relationship};
use domain::access::{Role, Scope};
use domain::catalog::{BillingFrequency, ProductKind, Term};
use domain::event::Event;
use domain::ids::{OrganizationId, PriceId};
use domain::money::{Currency, Money};
use domain::organization::OrganizationKind;
use domain::partner::relate::Step;
use serde_json::json;
use testkit::world::{World, in_each_world};

/// A reseller that the organization of the world let in.
fn reseller(world: &World) -> OrganizationId {
    let house = world.other_organization("House");
    let id = world.other_organization("Noordzee");
    let contact = "support@noordzee.example".to_owned();
    let appoint = AppointPartner { kind: OrganizationKind::Reseller, contact, link: String::new() };
    world.app.write(&world.caller_in(house, Role::Operator), id, appoint).wait().unwrap();
    request_relationship(&world.app, &world.caller_in(id, Role::GlobalAdmin), world.organization).unwrap();
    world.write(&world.caller(Role::GlobalAdmin), ChangeRelationship { partner: id, step: Step::Accept }).unwrap();
    let _ = world.new_events();
    id
}

/// R66, R68: listed, priced, sold once per key, changed, suspended and given back.
#[test]
fn a_program_sells_and_keeps_what_it_sold() {
    in_each_world(|world| {
        let partner = reseller(world);
        let office = world.product("Office");
        let price = world.price(&office, Term::Annual, BillingFrequency::Monthly, Money::new(1_000, Currency::Eur)).id;
        let program = Program::of(world, partner, &[Scope::CustomersWrite]);
        let listed = program.get("/api/v1/customers?search=water");
        assert_eq!(listed.body["items"][0]["name"], "Waterland");
        assert_eq!(listed.body["items"][0]["state"], "active");
        let customer = format!("/api/v1/customers/{}", world.organization);
        assert_eq!(program.get(&customer).body["subscriptions"], json!([]));

        let sale = json!({"price_id": price, "quantity": 25});
        let sold_to = format!("{customer}/subscriptions");
        let preview = program.post(&format!("{sold_to}/preview"), &sale);
        assert_eq!(preview.body["amount"], json!({"minor": 25_000, "currency": "EUR"}), "{preview:?}");
        assert_eq!(preview.body["renews_on"], "2021-01-15");
        let once = |body: &serde_json::Value| {
            program.send("POST", &sold_to, &[("idempotency-key", "first")], &body.to_string())
        };
        let sold = once(&sale);
        assert_eq!((sold.status, &sold.body["quantity"]), (201, &json!(25)), "{sold:?}");
        assert_eq!(sold.body["sale_price"], json!({"minor": 1_000, "currency": "EUR"}));
        assert_eq!(sold.body["unit_price"], json!(null), "the customer pays the partner");
        assert_eq!(once(&sale).body["id"], sold.body["id"], "the same request sells once");
        let other = once(&json!({"price_id": price, "quantity": 26}));
        assert_eq!(other.refusal(), (422, "idempotency_key_reused".to_owned()));
        assert_eq!(program.get(&customer).body["subscriptions"].as_array().unwrap().len(), 1);

        let kept = format!("{sold_to}/{}", sold.body["id"].as_str().unwrap());
        let total = program.post(&format!("{kept}/quantity/preview"), &json!({"total": 30}));
        assert_eq!(total.body["cost_now"], json!({"minor": 5_000, "currency": "EUR"}), "{total:?}");
        let set = |total: u32| program.put(&format!("{kept}/quantity"), &json!({"total": total}));
        assert_eq!(set(30).body["quantity"], 30);
        assert_eq!(set(30).status, 200, "what is so already stays so");
        assert_eq!(set(301).refusal(), (422, "above_maximum".to_owned()));
        let off = program.put(&format!("{kept}/recurring-billing"), &json!({"on": false}));
        assert_eq!((off.status, &off.body["renews"]), (200, &json!(false)));
        assert_eq!(program.post(&format!("{kept}/suspend"), &json!({})).body["state"], "disabled");
        assert_eq!(program.post(&format!("{kept}/resume"), &json!({})).body["state"], "active");
        let happened: Vec<_> = world.new_events().iter().map(Event::kind).collect();
        let expected = [
            "subscription_started",
            "quantity_changed",
            "recurring_billing_changed",
            "subscription_disabled",
            "subscription_reactivated",
        ];
        assert_eq!(happened, expected);

        let end = ChangeRelationship { partner, step: Step::End };
        world.write(&world.caller(Role::GlobalAdmin), end).unwrap();
        assert_eq!(set(31).refusal(), (404, "not_found".to_owned()));
        assert_eq!(program.get(&customer).refusal(), (404, "not_found".to_owned()));
        assert_eq!(program.get("/api/v1/customers").body["items"], json!([]));
    });
}

/// R160, R161: an add-on to what was sold, and another product in the place of something else that was, each once per
/// key.
#[test]
fn a_program_sells_add_ons_and_changes_plans() {
    in_each_world(|world| {
        let partner = reseller(world);
        let eur = |minor| Money::new(minor, Currency::Eur);
        let price = |sku, minor| world.price(sku, Term::Annual, BillingFrequency::Monthly, eur(minor)).id;
        let (office, suite, notes) = (world.product("Office"), world.product("Suite"), world.product("Notes"));
        let _ = (world.apps(&office, &["Documents"]), world.apps(&suite, &["Documents", "Telephone"]));
        let audio = world.add_on("Audio", ProductKind::TraditionalAddOn, &[&notes]);
        let (office, suite, notes, audio) =
            (price(&office, 1_000), price(&suite, 2_500), price(&notes, 200), price(&audio, 300));
        let program = Program::of(world, partner, &[Scope::CustomersWrite]);
        let sold_to = format!("/api/v1/customers/{}/subscriptions", world.organization);
        let sell = |price: PriceId| {
            let sold = program.post(&sold_to, &json!({"price_id": price, "quantity": 10}));
            assert_eq!(sold.status, 201, "{sold:?}");
            sold.body["id"].as_str().unwrap().to_owned()
        };
        let wish = json!({"price_id": audio, "quantity": 4});
        assert_eq!(program.post(&sold_to, &wish).refusal(), (409, "no_base_subscription".to_owned()));
        let base = sell(notes);
        let chosen = json!({"price_id": audio, "quantity": 4, "base_id": base});
        let preview = program.post(&format!("{sold_to}/preview"), &chosen);
        assert_eq!(preview.body["amount"], json!({"minor": 1_200, "currency": "EUR"}), "{preview:?}");
        let add_on = program.post(&sold_to, &chosen);
        assert_eq!((add_on.status, &add_on.body["base_id"]), (201, &json!(base)), "{add_on:?}");

        let kept = format!("{sold_to}/{}", sell(office));
        let plans = program.get(&format!("{kept}/plans"));
        assert_eq!((&plans.body["closed"], &plans.body["plans"][0]["product_name"]), (&json!(null), &json!("Suite")));
        let of_base = program.get(&format!("{sold_to}/{base}/plans"));
        assert_eq!(of_base.body, json!({"closed": "has_add_ons", "plans": []}));
        let plan = json!({"price_id": suite, "quantity": 12});
        let preview = program.post(&format!("{kept}/change-plan/preview"), &plan);
        assert_eq!(preview.body["credit"], json!({"minor": -10_000, "currency": "EUR"}), "{preview:?}");
        assert_eq!(preview.body["cost"], json!({"minor": 20_000, "currency": "EUR"}));
        let change = |body: &serde_json::Value| {
            let key = [("idempotency-key", "upgrade")];
            program.send("POST", &format!("{kept}/change-plan"), &key, &body.to_string())
        };
        let begun = change(&plan);
        assert_eq!((begun.status, &begun.body["quantity"]), (201, &json!(12)), "{begun:?}");
        assert_eq!(begun.body["sale_price"], json!({"minor": 2_500, "currency": "EUR"}));
        assert_eq!(change(&plan).body["id"], begun.body["id"], "the same request changes it once");
        let other = change(&json!({"price_id": suite, "quantity": 13}));
        assert_eq!(other.refusal(), (422, "idempotency_key_reused".to_owned()));
        let again = program.post(&format!("{kept}/change-plan"), &plan);
        assert_eq!(again.refusal(), (409, "not_active".to_owned()), "it has changed already");
    });
}
