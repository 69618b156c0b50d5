//! Licenses: assign, unassign, apps, and the question whether a person holds a product.

use crate::program::Program;
use domain::access::Scope;
use domain::event::Event;
use serde_json::json;
use testkit::world::in_each_world;

const WRITE: &[Scope] = &[Scope::LicensesRead, Scope::LicensesWrite];

/// R26, R30, R174: assigned with an app off, and seen at once.
#[test]
fn a_license_is_assigned_and_held() {
    in_each_world(|world| {
        let office = world.product("Office");
        let apps = world.apps(&office, &["Mail", "Sheets"]);
        let (subscription, anna) = (world.subscription(&office, 25), world.person("Anna de Vries"));
        let program = Program::new(world, WRITE);
        let held = format!("/api/v1/users/{anna}/licenses/{}", office.product_id);
        assert_eq!(program.get(&held).refusal(), (404, "not_found".to_owned()));

        let path = format!("/api/v1/products/{}/licenses/assign", office.product_id);
        let answer = program.post(&path, &json!({"users": [anna], "disabled_plans": [apps[1]]}));
        let expected = json!({"assigned": [{"user_id": anna, "subscription_id": subscription}]});
        assert_eq!((answer.status, answer.body), (200, expected));
        assert_eq!(world.see_subscription(subscription).assigned, 1);

        let expected = json!({
            "user_id": anna, "product_id": office.product_id, "subscription_id": subscription,
            "assigned_at": "2020-01-15T09:00:00Z", "disabled_plans": [apps[1]], "conflict_since": null,
        });
        assert_eq!(program.get(&held).body, expected);
        assert_eq!(program.send("HEAD", &held, &[], "").status, 200);

        let answer = program.put(&format!("{held}/apps"), &json!({"disabled_plans": []}));
        assert_eq!((answer.status, answer.body), (204, json!(null)));
        assert_eq!(program.get(&held).body["disabled_plans"], json!([]));
    });
}

/// R28: at most twenty people; R29: people of the own organization.
#[test]
fn people_who_cannot_get_one_are_named() {
    in_each_world(|world| {
        let office = world.product("Office");
        let _ = world.subscription(&office, 25);
        let people = world.people(21);
        let program = Program::new(world, WRITE);
        let path = format!("/api/v1/products/{}/licenses/assign", office.product_id);
        let answer = program.post(&path, &json!({"users": people}));
        let expected = json!([{
            "field": "users", "code": "too_many_people",
            "message": "Choose at most 20 users at a time. For more, use Assign to many.",
        }]);
        assert_eq!((answer.status, &answer.body["fields"][0]["code"]), (422, &expected[0]["code"]));
        let elsewhere = world.other_organization("Elsewhere");
        let stranger = world.person_with(elsewhere, "Someone Else", |_| ());
        let answer = program.post(&path, &json!({"users": [people[0], stranger]}));
        assert_eq!(answer.body["fields"][0]["code"], "outside_organization");
        let answer = program.post(&path, &json!({"users": ["sub_01jd55pv3xft7sm2rw5mz4ym31"]}));
        assert_eq!((&answer.body["fields"][0]["field"], answer.status), (&json!("users[0]"), 422));
    });
}

/// R31, R32: unassigning frees the license.
#[test]
fn a_license_is_taken_back() {
    in_each_world(|world| {
        let office = world.product("Office");
        let subscription = world.subscription(&office, 2);
        let people = [world.person("Anna"), world.person("Bert")];
        people.iter().for_each(|person| world.give_license(subscription, *person));
        let program = Program::new(world, WRITE);
        let _ = world.new_events();
        let held = format!("/api/v1/users/{}/licenses/{}", people[0], office.product_id);
        let answer = program.send("DELETE", &held, &[("idempotency-key", "k")], "");
        assert_eq!((answer.status, answer.body), (204, json!(null)));
        let again = program.send("DELETE", &held, &[("idempotency-key", "k")], "");
        assert_eq!((again.status, again.header("idempotency-replayed")), (204, Some("true")));
        assert_eq!(program.send("DELETE", &held, &[], "").refusal(), (409, "not_assigned".to_owned()));
        let path = format!("/api/v1/products/{}/licenses/unassign", office.product_id);
        assert_eq!(program.post(&path, &json!({"users": [people[1]]})).body, json!({"unassigned": 1}));
        assert_eq!(world.new_events(), [Event::LicenseUnassigned, Event::LicenseUnassigned]);
        assert_eq!(world.see_subscription(subscription).assigned, 0);
    });
}

/// D2: the last license goes to one of two programs.
#[test]
fn the_last_license_is_given_once() {
    in_each_world(|world| {
        let office = world.product("Office");
        let subscription = world.subscription(&office, 1);
        let program = Program::new(world, WRITE);
        let path = format!("/api/v1/products/{}/licenses/assign", office.product_id);
        let (anna, bert) = (world.person("Anna"), world.person("Bert"));
        assert_eq!(program.post(&path, &json!({"users": [anna]})).status, 200);
        let refused = program.post(&path, &json!({"users": [bert]}));
        assert_eq!(refused.status, 409);
        assert_eq!(world.see_subscription(subscription).assigned, 1);
    });
}

/// R126: many at once, in the background; whoever is left out is counted with the reason.
#[test]
fn licenses_for_many() {
    in_each_world(|world| {
        let office = world.product("Office");
        let subscription = world.subscription(&office, 30);
        let people = world.people(30);
        world.give_license(subscription, people[0]);
        let program = Program::new(world, &[Scope::LicensesWrite]);
        let path = format!("/api/v1/products/{}/licenses", office.product_id);
        let emails: Vec<_> = (1..=25).map(|number| format!("person.{number:05}@waterland.example")).collect();
        let body = json!({"emails": emails}).to_string();
        let assign = || program.send("POST", &format!("{path}/assign-many"), &[("idempotency-key", "many")], &body);
        let started = assign();
        assert_eq!(started.status, 202, "{started:?}");
        assert_eq!(started.body["outcomes"], json!({"has_it": 1, "pending": 24}));
        assert_eq!(assign().body["job_id"], started.body["job_id"]);
        world.work();
        assert_eq!(program.get(started.header("location").unwrap()).body["state"], "done");
        assert_eq!(world.see_subscription(subscription).assigned, 25);

        let refused = program.post(&format!("{path}/assign-many"), &json!({"people": {"unlicensed": false}}));
        // Six people are left, because the one who made the key is one, and five licenses.
        assert_eq!(refused.refusal(), (409, "not_enough_licenses".to_owned()));
        let taken = program.post(&format!("{path}/unassign-many"), &json!({"emails": [emails[0], "x"]}));
        assert_eq!(taken.body["outcomes"]["not_an_email"], 1, "{taken:?}");
        world.work();
        assert_eq!(world.see_subscription(subscription).assigned, 24);
        let nobody = program.post(&format!("{path}/assign-many"), &json!({}));
        assert_eq!(nobody.body["fields"][0]["code"], "missing");
    });
}
