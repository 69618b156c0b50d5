//! History and background work.

use crate::program::Program;
use domain::access::Scope;
use serde_json::json;
use testkit::world::in_each_world;

/// R183: who, when, what, before and after.
#[test]
fn what_a_program_did_stands_in_the_history() {
    in_each_world(|world| {
        let office = world.product("Office");
        let id = world.subscription(&office, 100);
        let program = Program::new(world, &[Scope::SubscriptionsRead, Scope::SubscriptionsWrite, Scope::HistoryRead]);
        let changed = program.put(&format!("/api/v1/subscriptions/{id}/quantity"), &json!({"total": 105}));
        let request = changed.header("x-request-id").unwrap();
        let history = program.get(&format!("/api/v1/subscriptions/{id}/history"));
        assert_eq!((history.status, &history.body["next"]), (200, &json!(null)));
        let mut entry = history.body["items"][0].clone();
        assert!(entry["id"].as_str().unwrap().starts_with("jrn_"));
        entry.as_object_mut().unwrap().remove("id");
        entry["event"] = entry["event"]["to"].clone();
        let expected = json!({
            "at": "2020-01-15T09:00:00Z", "actor_name": "Robot", "command": "change_quantity", "request_id": request,
            "kind": "quantity_changed", "event": 105, "user_id": null, "user_name": null,
            "product_id": office.product_id, "product_name": "Office", "subscription_id": id,
            "order_id": changed.body["order_id"],
        });
        assert_eq!(entry, expected);

        let first = program.get("/api/v1/history?limit=1");
        assert_eq!(first.body["items"][0]["kind"], "quantity_changed");
        let second = program.get(first.body["next"].as_str().unwrap());
        assert_eq!(second.body["items"][0]["kind"], "api_token_created");
        assert_eq!(program.get("/api/v1/history?kind=nothing").body["items"], json!([]));
        assert_eq!(program.get("/api/v1/history?from=2020-01-16").body["items"], json!([]));
    });
}

/// D23: a program whose key does not give prices reads what happened without its amount.
#[test]
fn a_history_without_prices_has_no_amounts() {
    in_each_world(|world| {
        let office = world.product("Office");
        let id = world.subscription(&office, 100);
        let buyer = Program::new(world, &[Scope::SubscriptionsRead, Scope::SubscriptionsWrite, Scope::HistoryRead]);
        buyer.put(&format!("/api/v1/subscriptions/{id}/quantity"), &json!({"total": 105}));
        let auditor = Program::new(world, &[Scope::HistoryRead]);
        for path in [format!("/api/v1/subscriptions/{id}/history"), "/api/v1/history?kind=quantity_changed".to_owned()]
        {
            let event = |program: &Program| program.get(&path).body["items"][0]["event"].clone();
            let (whole, unpriced) = (event(&buyer), event(&auditor));
            assert_eq!(whole["amount"]["currency"], "EUR");
            let mut expected = whole;
            expected.as_object_mut().unwrap().remove("amount");
            assert_eq!(unpriced, expected);
        }
    });
}

#[test]
fn background_work_is_watched() {
    in_each_world(|world| {
        let program = Program::new(world, &[Scope::SubscriptionsRead]);
        let path = "/api/v1/jobs/job_01jd55pv3xft7sm2rw5mz4ym31";
        assert_eq!(program.get(path).refusal(), (404, "not_found".to_owned()));
    });
}
