//! Writes: the new total, conditions, and the same request twice.

use crate::program::Program;
use app::license::unassign::UnassignLicenses;
use domain::access::{Role, Scope};
use domain::event::Event;
use jiff::SignedDuration;
use serde_json::json;
use testkit::world::in_each_world;

const WRITE: &[Scope] = &[Scope::SubscriptionsRead, Scope::SubscriptionsWrite];

/// R25: 100 to 105 adds five.
#[test]
fn the_new_total_is_set() {
    in_each_world(|world| {
        let id = world.subscription(&world.product("Office"), 100);
        let program = Program::new(world, WRITE);
        let _ = world.new_events();
        let answer = program.put(&format!("/api/v1/subscriptions/{id}/quantity"), &json!({"total": 105}));
        assert_eq!((answer.status, &answer.body["from"], &answer.body["to"]), (200, &json!(100), &json!(105)));
        let events = world.new_events();
        assert!(matches!(events[..], [Event::QuantityChanged { from: 100, to: 105, .. }]), "{events:?}");
        assert_eq!(world.see_subscription(id).quantity, 105);
    });
}

/// R50: never below the number of licenses in use.
#[test]
fn a_refused_total_is_a_problem() {
    in_each_world(|world| {
        let id = world.subscription(&world.product("Office"), 10);
        for name in ["Anna", "Bert", "Carla"] {
            world.give_license(id, world.person(name));
        }
        let program = Program::new(world, WRITE);
        let path = format!("/api/v1/subscriptions/{id}/quantity");
        let answer = program.send("PUT", &path, &[("accept-language", "nl-NL")], r#"{"total": 2}"#);
        assert_eq!(answer.header("content-language"), Some("nl"));
        let expected = json!({
            "type": "/problems/below_assigned", "title": "Niet mogelijk zoals het er nu voor staat", "status": 409,
            "detail": "Er zijn 3 licenties in gebruik. Hef eerst toewijzingen op.", "code": "below_assigned",
        });
        assert_eq!((answer.status, answer.problem()), (409, expected));
    });
}

#[test]
fn a_condition_that_no_longer_holds_is_refused() {
    in_each_world(|world| {
        let id = world.subscription(&world.product("Office"), 100);
        let program = Program::new(world, WRITE);
        let path = format!("/api/v1/subscriptions/{id}/quantity");
        let set = |tag: &str, total: u32| {
            program.send("PUT", &path, &[("if-match", tag)], &json!({"total": total}).to_string())
        };
        assert_eq!(set("\"1\"", 101).status, 200);
        for stale in ["\"1\"", "W/\"2\"", "\"other\"", "2"] {
            assert_eq!(set(stale, 102).refusal(), (412, "changed_meanwhile".to_owned()), "{stale}");
        }
        assert_eq!(set("\"2\"", 102).status, 200);
        assert_eq!(set("*", 103).status, 200);
        assert_eq!(world.see_subscription(id).quantity, 103);
    });
}

/// D29: the same key with the same body gives the first answer, with another body it is refused, for a day.
#[test]
fn the_same_request_twice_is_carried_out_once() {
    in_each_world(|world| {
        let id = world.subscription(&world.product("Office"), 100);
        let program = Program::new(world, WRITE);
        let path = format!("/api/v1/subscriptions/{id}/quantity");
        let set = |key: &str, total: u32| {
            program.send("PUT", &path, &[("idempotency-key", key)], &json!({"total": total}).to_string())
        };
        let first = set("first", 105);
        assert_eq!((first.status, first.header("idempotency-replayed")), (200, None));
        let _ = world.new_events();
        // In quotes, as the draft has it, it is the same key.
        for key in ["first", "\"first\""] {
            let again = set(key, 105);
            assert_eq!((again.status, again.header("idempotency-replayed")), (200, Some("true")));
            assert_eq!(again.body, first.body);
        }
        assert_eq!(set("first", 106).refusal(), (422, "idempotency_key_reused".to_owned()));
        assert_eq!(world.new_events(), []);
        assert_eq!(world.see_subscription(id).quantity, 105);

        // Another program has keys of its own.
        let other = Program::new(world, WRITE);
        assert_eq!(other.send("PUT", &path, &[("idempotency-key", "first")], r#"{"total":107}"#).status, 200);

        world.clock.advance(SignedDuration::from_hours(24));
        assert_eq!(set("first", 108).status, 200);
        assert_eq!(world.see_subscription(id).quantity, 108);
    });
}

#[test]
fn a_refused_request_may_come_again_under_its_key() {
    in_each_world(|world| {
        let office = world.product("Office");
        let (id, anna, bert) = (world.subscription(&office, 3), world.person("Anna"), world.person("Bert"));
        world.give_license(id, anna);
        world.give_license(id, bert);
        let program = Program::new(world, WRITE);
        let path = format!("/api/v1/subscriptions/{id}/quantity");
        let set = || program.send("PUT", &path, &[("idempotency-key", "k")], r#"{"total":1}"#);
        assert_eq!(set().refusal(), (409, "below_assigned".to_owned()));
        let unassign = UnassignLicenses { product_id: office.product_id, users: vec![bert] };
        world.write(&world.caller(Role::LicenseAdmin), unassign).unwrap();
        assert_eq!(set().status, 200);
        assert_eq!(set().header("idempotency-replayed"), Some("true"));
    });
}

#[test]
fn a_key_that_is_none_is_refused() {
    in_each_world(|world| {
        let id = world.subscription(&world.product("Office"), 2);
        let path = format!("/api/v1/subscriptions/{id}/quantity");
        let program = Program::new(world, WRITE);
        for key in ["", "two words", &"k".repeat(256)] {
            let answer = program.send("PUT", &path, &[("idempotency-key", key)], r#"{"total":1}"#);
            assert_eq!(answer.refusal(), (400, "invalid_header".to_owned()));
            assert_eq!(answer.body["detail"], "The header Idempotency-Key cannot be read.");
        }
    });
}
