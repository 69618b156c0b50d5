//! Product keys: a program reviews and redeems them, all or none, once per key.

use crate::program::Program;
use app::product_key::create::create_now;
use app::product_key::export::KeyFile;
use domain::access::{Role, Scope};
use domain::catalog::{BillingFrequency, SkuKind, Term};
use domain::money::{Currency, Money};
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

/// R87: a program extends by card what a key started; a declined card leaves it as it was.
#[test]
fn a_program_extends_by_card() {
    in_each_world(|world| {
        let key = keys(world, 1).remove(0);
        let program = Program::new(world, &[Scope::SubscriptionsRead, Scope::SubscriptionsWrite]);
        let redeemed = redeem(&program, "first", &json!({"keys": [{"product_key": key}]}));
        let page = format!("/api/v1/subscriptions/{}", redeemed.body["subscription_id"].as_str().unwrap());
        let extend = format!("{page}/extend");
        assert_eq!(program.get(&extend).refusal(), (409, "no_price".to_owned()));
        let sku = program.get(&page).body["sku_id"].as_str().unwrap().parse().unwrap();
        let sku = world.store.read(world.organization, |read| store::tables::catalog::find_sku(read, sku));
        let price = Money::new(12_000, Currency::Eur);
        let _ = world.price(&sku.unwrap().unwrap(), Term::Annual, BillingFrequency::Yearly, price);
        let choice = &program.get(&extend).body["items"][0];
        assert_eq!(
            (&choice["ends_on"], &choice["gross"]["minor"], &choice["days_over"]),
            (&json!("2022-01-15"), &json!(60_000), &json!(0))
        );
        let pay = |token: &str| program.post(&extend, &json!({"price_id": choice["price_id"], "payment_token": token}));
        let declined = pay("card_declined");
        assert_eq!((declined.status, &declined.body["state"]), (201, &json!("voided")));
        assert_eq!(declined.body["void_reason"], "card_declined");
        assert_eq!(program.get(&page).body["ends_on"], "2021-01-15");
        let paid = pay("card_succeeds");
        assert_eq!((&paid.body["state"], &paid.body["kind"]), (&json!("posted"), &json!("renewal")), "{paid:?}");
        assert_eq!(program.get(&page).body["ends_on"], "2022-01-15");
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
