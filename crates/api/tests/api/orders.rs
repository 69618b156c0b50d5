//! Orders: a program buys, once per key, with the cards of the person who made its key.

use crate::program::Program;
use domain::access::Scope;
use domain::catalog::{BillingFrequency, ProductKind, Term};
use domain::ids::BillingProfileId;
use domain::money::{Currency, Money};
use domain::user::UserState;
use serde_json::{Value, json};
use store::tables::user::{self, UserFilter};
use testkit::world::{World, in_each_world};

const BUY: &[Scope] = &[Scope::SubscriptionsRead, Scope::SubscriptionsWrite];

fn price(world: &World) -> Value {
    let office = world.product("Office");
    let price = world.price(&office, Term::Annual, BillingFrequency::Monthly, Money::new(1_000, Currency::Eur));
    json!(price.id)
}

fn card(behavior: app::ports::CardBehavior, world: &World) -> &'static str {
    use app::ports::SandboxBank;
    world.gateway.cards().into_iter().find(|card| card.behavior == behavior).unwrap().token
}

/// R14, R73: ordered and paid, the subscription is there; the same key orders once.
#[test]
fn a_program_buys_once_per_key() {
    in_each_world(|world| {
        let price = price(world);
        let program = Program::new(world, BUY);
        let token = card(app::ports::CardBehavior::Succeeds, world);
        let body = json!({"price_id": price, "quantity": 25, "payment_token": token}).to_string();
        let order = || program.send("POST", "/api/v1/orders", &[("idempotency-key", "order-1")], &body);
        let answer = order();
        assert_eq!((answer.status, &answer.body["state"]), (201, &json!("posted")), "{answer:?}");
        assert_eq!((&answer.body["number"], &answer.body["quantity"]), (&json!(1), &json!(25)));
        assert_eq!(answer.body["amount"], json!({"minor": 25_000, "currency": "EUR"}));
        assert_eq!(answer.body["confirm_at"], json!(null));
        let location = answer.header("location").unwrap().to_owned();
        assert_eq!(program.get(&location).body["state"], "posted");
        let subscription = answer.body["subscription_id"].as_str().unwrap();
        assert_eq!(program.get(&format!("/api/v1/subscriptions/{subscription}")).body["quantity"], 25);

        // Whoever may buy is told what was bought, and needs no scope beside it.
        let buys_only = Program::new(world, &[Scope::SubscriptionsWrite]);
        let bought =
            buys_only.post("/api/v1/orders", &json!({"price_id": price, "quantity": 1, "payment_token": token}));
        assert_eq!((bought.status, &bought.body["state"]), (201, &json!("posted")), "{bought:?}");
        assert_eq!(order().body["id"], answer.body["id"]);
        let list = program.get("/api/v1/orders");
        assert_eq!(list.body["items"].as_array().unwrap().len(), 2);
    });
}

/// R160, domain 1.9: an add-on names the subscription to which it belongs, and that one lists it; which ones it fits stands
/// at the product.
#[test]
fn a_program_buys_an_add_on() {
    in_each_world(|world| {
        let office = world.product("Office");
        let audio = world.add_on("Audio", ProductKind::TraditionalAddOn, &[&office]);
        let price = world.price(&audio, Term::Annual, BillingFrequency::Monthly, Money::new(300, Currency::Eur));
        let (base, other) = (world.subscription(&office, 10), world.subscription(&office, 5));
        let program = Program::new(world, BUY);
        let product = program.get(&format!("/api/v1/products/{}", audio.product_id)).body;
        assert_eq!(product["kind"], "traditional_add_on");
        let fits = |id| json!({"subscription_id": id, "product_name": "Office"});
        assert_eq!(product["bases"], json!([fits(base), fits(other)]));

        let token = card(app::ports::CardBehavior::Succeeds, world);
        let unsaid = json!({"price_id": price.id, "quantity": 10, "payment_token": token});
        let refused = program.post("/api/v1/orders", &unsaid);
        assert_eq!((refused.status, &refused.body["fields"][0]["field"]), (422, &json!("base_id")), "{refused:?}");
        let mut said = unsaid;
        said["base_id"] = json!(base);
        let order = program.post("/api/v1/orders", &said);
        assert_eq!((order.status, &order.body["base_id"]), (201, &json!(base)), "{order:?}");
        let details = program.get(&format!("/api/v1/subscriptions/{base}")).body;
        assert_eq!(details["add_ons"][0]["id"], order.body["subscription_id"]);
        assert_eq!((&details["add_ons"][0]["base_id"], &details["base_id"]), (&json!(base), &json!(null)));
    });
}

/// R171, domain 4.8: an order says which billing profile is charged; one that is not there is refused at its field.
#[test]
fn an_order_names_its_billing_profile() {
    in_each_world(|world| {
        let first = BillingProfileId::first_of(world.organization);
        let foreign = BillingProfileId::first_of(world.other_organization("Elsewhere"));
        let token = card(app::ports::CardBehavior::Succeeds, world);
        let (price, program) = (price(world), Program::new(world, BUY));
        let wish = |profile: BillingProfileId| json!({"price_id": price, "quantity": 1, "payment_token": token, "billing_profile_id": profile});
        let refused = program.post("/api/v1/orders", &wish(foreign));
        assert_eq!(
            (refused.status, &refused.body["fields"][0]["field"]),
            (422, &json!("billing_profile")),
            "{refused:?}"
        );
        let order = program.post("/api/v1/orders", &wish(first));
        assert_eq!((order.status, &order.body["billing_profile_id"]), (201, &json!(first)), "{order:?}");
        let again = program.get(&format!("/api/v1/orders/{}", order.body["id"].as_str().unwrap()));
        assert_eq!(again.body["billing_profile_id"], json!(first));
    });
}

/// R73, domain 4.5: a declined card voids the order; a bank that asks gives the address to confirm at.
#[test]
fn a_declined_card_voids_the_order() {
    in_each_world(|world| {
        let price = price(world);
        let program = Program::new(world, BUY);
        let order = |token: &str| {
            program.post("/api/v1/orders", &json!({"price_id": price, "quantity": 1, "payment_token": token}))
        };
        let declined = order(card(app::ports::CardBehavior::Declines, world));
        assert_eq!((declined.status, &declined.body["state"]), (201, &json!("voided")));
        assert_eq!(declined.body["void_reason"], "card_declined");
        let asked = order(card(app::ports::CardBehavior::AsksToConfirm, world));
        assert_eq!(asked.body["state"], "confirmation_required");
        assert!(asked.body["confirm_at"].is_string(), "{asked:?}");
        assert_eq!(order("no such card").body["fields"][0]["field"], "payment");
        let nothing = program.post("/api/v1/orders", &json!({"price_id": price, "quantity": 1}));
        assert_eq!(
            nothing.body["fields"][0],
            json!({
                "field": "payment_token", "code": "missing", "message": "This field is missing.",
            })
        );
    });
}

/// A key pays with the cards of the person who made it, for as long as that person may sign in.
#[test]
fn a_program_of_somebody_who_left_pays_with_no_card_of_theirs() {
    in_each_world(|world| {
        let price = price(world);
        let program = Program::new(world, BUY);
        let token = card(app::ports::CardBehavior::Succeeds, world);
        let order =
            || program.post("/api/v1/orders", &json!({"price_id": price, "quantity": 1, "payment_token": token}));
        let first = order();
        assert_eq!(first.body["state"], "posted");
        let on_file = json!({"price_id": price, "quantity": 1, "payment_method_id": first.body["payment_method_id"]});
        let people = world.store.read(world.organization, |read| user::list(read, &UserFilter::default(), None, 2));
        let maker = people.unwrap().remove(0).user;
        world.seed(world.organization, move |write| user::set_state(write, &maker, UserState::Blocked));
        for refused in [order(), program.post("/api/v1/orders", &on_file)] {
            let field = &refused.body["fields"][0];
            assert_eq!(
                (refused.status, &field["field"], &field["code"]),
                (422, &json!("payment"), &json!("not_allowed"))
            );
        }
        assert_eq!(world.gateway.charged().len(), 1);
    });
}
