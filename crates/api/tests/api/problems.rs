//! Everything that is not what was asked is a problem, and names what is wrong.

use crate::program::Program;
use domain::access::Scope;
use serde_json::{Value, json};
use testkit::engines::Database;
use testkit::world::World;

const WRITE: &[Scope] = &[Scope::SubscriptionsRead, Scope::SubscriptionsWrite];

/// How requests are read does not depend on the engine.
fn world() -> World {
    World::new(Database::sqlite())
}

fn fields(field: &str, code: &str, message: &str) -> Value {
    json!({
        "type": "/problems/invalid_fields", "title": "The request is not valid", "status": 422,
        "detail": "Check 1 field.", "code": "invalid_fields",
        "fields": [{"field": field, "code": code, "message": message}],
    })
}

#[test]
fn a_body_is_refused_by_the_name_of_its_field() {
    let world = world();
    let id = world.subscription(&world.product("Office"), 2);
    let program = Program::new(&world, WRITE);
    let path = format!("/api/v1/subscriptions/{id}/quantity");
    let wrong_type = "This field takes another type or another value.";
    for (body, field, code, message) in [
        (r#"{"total": "5"}"#, "total", "wrong_type", wrong_type),
        (r#"{"total": -1}"#, "total", "wrong_type", wrong_type),
        (r#"{"total": 1.5}"#, "total", "wrong_type", wrong_type),
        (r#"{"total": null}"#, "total", "wrong_type", wrong_type),
        ("{}", "total", "missing", "This field is missing."),
        (r#"{"total": 5, "totl": 6}"#, "totl", "unknown_field", "This field does not exist here."),
        (r#"{"total": 5, "total": 6}"#, "total", "repeated", "This field was given twice."),
        ("[]", "", "wrong_type", wrong_type),
    ] {
        let answer = program.send("PUT", &path, &[], body);
        let expected = fields(field, code, message);
        // A list is read as the fields in their order, so an empty one lacks the first.
        if body != "[]" {
            assert_eq!((answer.status, answer.problem()), (422, expected), "{body}");
        } else {
            assert_eq!(answer.status, 422);
        }
    }
    assert_eq!(world.see_subscription(id).quantity, 2);
}

#[test]
fn a_query_is_refused_by_the_name_of_its_parameter() {
    let world = world();
    let program = Program::new(&world, WRITE);
    let wrong_type = "This field takes another type or another value.";
    let out_of_range = "Enter a whole number from 1 to 500.";
    for (query, field, code, message) in [
        ("limit=0", "limit", "out_of_range", out_of_range),
        ("limit=501", "limit", "out_of_range", out_of_range),
        ("limit=many", "limit", "wrong_type", wrong_type),
        ("state=asleep", "state", "wrong_type", wrong_type),
        ("sort=color", "sort", "wrong_type", wrong_type),
        ("after=usr_01jd55pv3xft7sm2rw5mz4ym31", "after", "wrong_type", wrong_type),
        ("page=2", "page", "unknown_field", "This field does not exist here."),
        ("limit=1&limit=2", "limit", "repeated", "This field was given twice."),
    ] {
        let answer = program.get(&format!("/api/v1/subscriptions?{query}"));
        assert_eq!((answer.status, answer.problem()), (422, fields(field, code, message)), "{query}");
    }
}

#[test]
fn a_body_that_is_not_json_or_too_large_is_refused() {
    let world = world();
    let id = world.subscription(&world.product("Office"), 2);
    let program = Program::new(&world, WRITE);
    let path = format!("/api/v1/subscriptions/{id}/quantity");
    let send = |headers: &[(&str, &str)], body: &str| program.send("PUT", &path, headers, body);
    let answer = send(&[], "{\"total\":\n 5,}");
    let expected = json!({
        "type": "/problems/not_json", "title": "The request is not valid", "status": 400,
        "detail": "The body is not JSON: look at line 2, column 4.", "code": "not_json",
    });
    assert_eq!((answer.status, answer.problem()), (400, expected));
    assert_eq!(send(&[], "{\"total\": 5} {}").refusal(), (400, "not_json".to_owned()));
    assert_eq!(send(&[("content-type", "text/plain")], r#"{"total":5}"#).refusal(), (415, "media_type".to_owned()));
    assert_eq!(send(&[("content-type", "")], "").refusal(), (415, "media_type".to_owned()));
    let spaces = " ".repeat(8 * 1024 * 1024);
    assert_eq!(send(&[], &format!("{{\"total\":5}}{spaces}")).refusal(), (413, "too_large".to_owned()));
    let declared = send(&[("content-length", "99999999")], "{}");
    assert_eq!(declared.refusal(), (413, "too_large".to_owned()));
    assert_eq!(world.see_subscription(id).quantity, 2);
}

#[test]
fn what_does_not_exist_is_a_problem_too() {
    let world = world();
    let program = Program::new(&world, WRITE);
    let answer = program.get("/api/v1/nothing");
    let expected = json!({
        "type": "/problems/not_found", "title": "There is no such thing here", "status": 404,
        "detail": "Check the path and the ids in it. What belongs to another organization is not found.", "code": "not_found",
    });
    assert_eq!((answer.status, answer.problem()), (404, expected));
    for path in ["/api", "/api/v2/subscriptions", "/api/v1/subscriptions/1", "/api/v1/subscriptions/usr_1"] {
        assert_eq!(program.get(path).refusal(), (404, "not_found".to_owned()), "{path}");
    }
    let answer = program.send("DELETE", "/api/v1/organization", &[], "");
    assert_eq!(answer.refusal(), (405, "method_not_allowed".to_owned()));
    assert_eq!(answer.header("allow"), Some("GET,HEAD"));
}

#[test]
fn a_token_is_needed_and_its_scopes_are_named() {
    let world = world();
    for secret in ["", "zetel_wrong", "wrong", "Bearer"] {
        let answer = Program::stranger(&world, secret).get("/api/v1/organization");
        let expected = json!({
            "type": "/problems/not_signed_in", "title": "A valid API token is needed", "status": 401,
            "detail": "Send the token in the header Authorization: Bearer. It may be revoked or past its last day.",
            "code": "not_signed_in",
        });
        assert_eq!((answer.status, answer.problem()), (401, expected));
        assert_eq!(answer.header("www-authenticate"), Some("Bearer"));
    }
    let answer = Program::new(&world, &[Scope::HistoryRead]).get("/api/v1/organization");
    let expected = json!({
        "type": "/problems/missing_scope", "title": "You cannot do this", "status": 403,
        "detail": "The token lacks the scope for this: subscriptions:read.", "code": "missing_scope",
    });
    assert_eq!((answer.status, answer.problem()), (403, expected));
}

#[test]
fn what_is_not_under_api_is_left_to_others() {
    let world = world();
    let whole = axum::Router::new().fallback(|| async { "a page" }).merge(api::router(&world.app));
    let runtime = tokio::runtime::Builder::new_current_thread().build().unwrap();
    let status = |path: &str| {
        let request = axum::http::Request::get(path).body(axum::body::Body::empty()).unwrap();
        runtime.block_on(tower::ServiceExt::oneshot(whole.clone(), request)).unwrap().status().as_u16()
    };
    assert_eq!((status("/nothing"), status("/api/nothing")), (200, 404));
}
