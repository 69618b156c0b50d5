//! Product keys: a program reviews and redeems them, all or none, once per key.

use crate::program::Program;
use app::product_key::create::create_now;
use app::product_key::export::KeyFile;
use domain::access::{Role, Scope};
use domain::catalog::{SkuKind, Term};
use domain::organization::OrganizationKind;
use domain::product_key::create::BatchDraft;
use serde_json::{Value, json};
use testkit::world::{World, in_each_world};

/// Keys of five licenses for a year.
fn keys(world: &World, count: u32) -> Vec<String> {
    let house = world.organization_with("House", |house| house.kind = OrganizationKind::Operator);
    let operator = world.caller_in(house, Role::Operator);
    let sku = world.sku(world.product("Office").product_id, SkuKind::Central, "OFFICE_KEY");
    let draft =
        BatchDraft { quantity: 5, term: Term::Annual, key_count: count, country: String::new(), redeem_by: None };
    let batch = create_now(&world.app, &operator, house, sku.id, draft).unwrap();
    let file = KeyFile::begin(&world.app, &operator, house, batch).unwrap();
    file.keys(&world.app, 0).unwrap().0.iter().map(ToString::to_string).collect()
}

fn redeem(program: &Program, once: &str, body: &Value) -> crate::program::Answer {
    program.send("POST", "/api/v1/product-keys/redeem", &[("idempotency-key", once)], &body.to_string())
}

/// R84, R85: a first key starts a subscription, another one adds to it; the same request redeems once.
#[test]
fn a_program_redeems_keys() {
    in_each_world(|world| {
        let keys = keys(world, 3);
        let program = Program::new(world, &[Scope::SubscriptionsRead, Scope::SubscriptionsWrite]);
        let first = json!({"keys": [{"product_key": keys[0].to_lowercase()}]});
        let review = program.post("/api/v1/product-keys/review", &first);
        assert_eq!(
            (review.status, &review.body["quantity_before"], &review.body["quantity_after"]),
            (200, &json!(0), &json!(5))
        );
        assert_eq!(
            (&review.body["ends_on_before"], &review.body["ends_on_after"]),
            (&json!("2020-01-15"), &json!("2021-01-15"))
        );
        assert_eq!(review.body["keys"][0]["key_use"], "start");
        let redeemed = redeem(&program, "first", &first);
        assert_eq!(redeemed.status, 201, "{redeemed:?}");
        assert_eq!(redeem(&program, "first", &first).body, redeemed.body, "the same request redeems once");
        let subscription = redeemed.body["subscription_id"].as_str().unwrap();
        let page = format!("/api/v1/subscriptions/{subscription}");
        assert_eq!(program.get(&page).body["quantity"], 5);

        let more = json!({"subscription_id": subscription, "keys": [{"product_key": keys[1]}]});
        assert_eq!(redeem(&program, "first", &more).refusal(), (422, "idempotency_key_reused".to_owned()));
        assert_eq!(redeem(&program, "second", &more).status, 201);
        assert_eq!(program.get(&page).body["quantity"], 10);
    });
}

/// R93: what is wrong stands at its key, and then none is redeemed.
#[test]
fn one_wrong_key_redeems_none() {
    in_each_world(|world| {
        let keys = keys(world, 1);
        let program = Program::new(world, &[Scope::SubscriptionsRead, Scope::SubscriptionsWrite]);
        let body = json!({"keys": [{"product_key": keys[0]}, {"product_key": "ABCDE"}]});
        let refused = redeem(&program, "once", &body);
        assert_eq!(refused.refusal(), (422, "keys_refused".to_owned()), "{refused:?}");
        let field = &refused.body["fields"][0];
        assert_eq!((&field["field"], &field["code"]), (&json!("keys[1]"), &json!("key_format")));
        assert_eq!(field["message"], "This is not a complete product key. Check the 25 characters.");
        assert_eq!(program.get("/api/v1/subscriptions").body["items"], json!([]));
        assert_eq!(program.post("/api/v1/product-keys/review", &json!({"keys": []})).refusal().0, 422);
    });
}
