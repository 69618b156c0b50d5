//! Trials: a program starts, extends and buys one (domain 1.7).

use crate::program::Program;
use app::ports::{CardBehavior, SandboxBank};
use domain::access::Scope;
use domain::catalog::{BillingFrequency, Price, Term};
use domain::money::{Currency, Money};
use jiff::civil::date;
use serde_json::json;
use testkit::world::{World, in_each_world};

const BUY: &[Scope] = &[Scope::SubscriptionsRead, Scope::SubscriptionsWrite];

fn price(world: &World, product: &str) -> Price {
    let sku = world.product(product);
    world.price(&sku, Term::Annual, BillingFrequency::Monthly, Money::new(1_000, Currency::Eur))
}

/// R157: 25 licenses from 31 January to 29 February, once per key and once per product; the offers of a trial are its
/// own.
#[test]
fn a_program_starts_a_trial() {
    in_each_world(|world| {
        world.clock.set_day(date(2020, 1, 31));
        let price = price(world, "Copilot");
        let program = Program::new(world, BUY);
        let body = json!({"price_id": price.id}).to_string();
        let start = || program.send("POST", "/api/v1/trials", &[("idempotency-key", "trial-1")], &body);
        let started = start();
        assert_eq!(started.status, 201, "{started:?}");
        assert_eq!(start().body, started.body, "the same key starts once");
        let id = started.body["subscription_id"].as_str().unwrap();
        let trial = program.get(&format!("/api/v1/subscriptions/{id}")).body;
        let facts = |name: &str| trial[name].clone();
        assert_eq!((facts("channel"), facts("quantity")), (json!("trial"), json!(25)));
        assert_eq!((facts("started_on"), facts("ends_on")), (json!("2020-01-31"), json!("2020-02-29")));
        let offers = trial["offers"].as_array().unwrap();
        let offer = |action: &str| offers.iter().find(|offer| offer["action"] == action).unwrap();
        assert_eq!(offer("buy_trial")["open"], true);
        assert_eq!(offer("extend_trial")["open"], true);
        assert_eq!(offer("add_licenses")["reason"], "trial");

        let again = program.post("/api/v1/trials", &json!({"price_id": price.id}));
        assert_eq!(again.refusal(), (409, "trial_twice".to_owned()));
    });
}

/// R157: too early, once, and not without the right; what is unknown or of somebody else is not there.
#[test]
fn a_program_extends_a_trial_once() {
    in_each_world(|world| {
        world.clock.set_day(date(2020, 1, 31));
        let price = price(world, "Copilot");
        let program = Program::new(world, BUY);
        let started = program.post("/api/v1/trials", &json!({"price_id": price.id}));
        let path = format!("/api/v1/subscriptions/{}/extend-trial", started.body["subscription_id"].as_str().unwrap());
        let early = program.post(&path, &json!({}));
        assert_eq!(early.refusal(), (409, "trial_extends_later".to_owned()));
        world.clock.set_day(date(2020, 2, 14));
        assert_eq!(Program::new(world, &[Scope::SubscriptionsRead]).post(&path, &json!({})).status, 403);
        let elsewhere = world.other_organization("Elsewhere");
        assert_eq!(Program::of(world, elsewhere, BUY).post(&path, &json!({})).status, 404);
        assert_eq!(program.post(&path, &json!({})).status, 204);
        let twice = program.post(&path, &json!({}));
        assert_eq!(twice.refusal().0, 409, "{twice:?}");
        let trial = program.get(path.trim_end_matches("/extend-trial")).body;
        assert_eq!(trial["ends_on"], "2020-03-30");
    });
}

/// R70, R157: an order with the trial's id buys it: the same subscription, from today on, for the price of the number
/// that was bought. A trial is bought once.
#[test]
fn a_program_buys_what_it_tried() {
    in_each_world(|world| {
        world.clock.set_day(date(2020, 1, 31));
        let price = price(world, "Copilot");
        let program = Program::new(world, BUY);
        let trial = program.post("/api/v1/trials", &json!({"price_id": price.id})).body["subscription_id"].clone();
        let cards = world.gateway.cards();
        let card = cards.into_iter().find(|card| card.behavior == CardBehavior::Succeeds).unwrap();
        let order = json!({"price_id": price.id, "quantity": 4, "payment_token": card.token, "trial_id": trial});
        world.clock.set_day(date(2020, 2, 10));
        let bought = program.post("/api/v1/orders", &order);
        assert_eq!((bought.status, &bought.body["state"]), (201, &json!("posted")), "{bought:?}");
        assert_eq!(bought.body["amount"], json!({"minor": 4_000, "currency": "EUR"}));
        assert_eq!(bought.body["subscription_id"], trial);
        let paid = program.get(&format!("/api/v1/subscriptions/{}", trial.as_str().unwrap())).body;
        assert_eq!((&paid["channel"], &paid["quantity"]), (&json!("direct"), &json!(4)));
        assert_eq!((&paid["started_on"], &paid["ends_on"]), (&json!("2020-02-10"), &json!("2021-02-10")));
        assert_eq!(program.post("/api/v1/orders", &order).refusal().0, 409);
    });
}
