//! People: list, search, add, change, delete, and many from a file.

use crate::program::Program;
use domain::access::Scope;
use serde_json::json;
use testkit::world::in_each_world;

const WRITE: &[Scope] = &[Scope::UsersRead, Scope::UsersWrite, Scope::SubscriptionsRead];

/// R72: added, found, changed and deleted; deleting frees the licenses at once.
#[test]
fn a_person_comes_and_goes() {
    in_each_world(|world| {
        let program = Program::new(world, WRITE);
        let facts = json!({"display_name": "Noor Vermeer", "email": "Noor@Waterland.example", "usage_location": "NL"});
        let added = program.post("/api/v1/users", &facts);
        assert_eq!(added.status, 201, "{added:?}");
        let id = added.body["id"].as_str().unwrap();
        let path = format!("/api/v1/users/{id}");
        let mut person = json!({
            "id": id, "display_name": "Noor Vermeer", "email": "noor@waterland.example", "department": "",
            "usage_location": "NL", "is_guest": false, "state": "active", "roles": [], "license_count": 0,
            "created_at": "2020-01-15T09:00:00Z", "revision": 1,
        });
        let found = program.get("/api/v1/users?search=ver%20noor&licensed=false");
        assert_eq!(found.body, json!({"items": [person], "next": null}));

        // R179: she becomes a guest.
        let changed = json!({
            "display_name": "Noor Vermeer", "email": "noor@waterland.example", "department": "Sales", "is_guest": true
        });
        assert_eq!(program.put(&path, &changed).status, 204);
        person["department"] = json!("Sales");
        person["is_guest"] = json!(true);
        person["usage_location"] = json!(null);
        person["revision"] = json!(2);
        person["groups"] = json!([]);
        person["licenses"] = json!([]);
        let details = program.get(&path);
        assert_eq!((details.header("etag"), &details.body), (Some("\"2\""), &person));
        let stale = program.send("PUT", &path, &[("if-match", "\"1\"")], &changed.to_string());
        assert_eq!(stale.refusal(), (412, "changed_meanwhile".to_owned()));

        let office = world.product("Office");
        let subscription = world.subscription(&office, 1);
        world.give_license(subscription, id.parse().unwrap());
        let deleted = program.send("DELETE", &path, &[], "");
        assert_eq!((deleted.status, deleted.body), (200, json!({"licenses_freed": 1})));
        assert_eq!(world.see_subscription(subscription).assigned, 0);
        assert_eq!(program.get(&path).refusal(), (404, "not_found".to_owned()));
    });
}

#[test]
fn every_wrong_field_is_named_at_once() {
    in_each_world(|world| {
        let program = Program::new(world, WRITE);
        let answer = program.post(
            "/api/v1/users",
            &json!({
                "display_name": "", "email": "nobody", "usage_location": "Atlantis",
            }),
        );
        let expected = json!({
            "type": "/problems/invalid_fields", "title": "The request is not valid", "status": 422,
            "detail": "Check 3 fields.", "code": "invalid_fields",
            "fields": [
                {"field": "display_name", "code": "required", "message": "Fill in this field."},
                {"field": "email", "code": "not_an_email",
                 "message": "Enter an e-mail address, such as name@example.com."},
                {"field": "usage_location", "code": "unknown_country",
                 "message": "This country is not known. Enter its two-letter code, such as NL."},
            ],
        });
        assert_eq!((answer.status, answer.problem()), (422, expected));
    });
}

/// R72: a file adds everybody in the background, or nobody.
#[test]
fn many_people_from_a_file() {
    in_each_world(|world| {
        let program = Program::new(world, WRITE);
        let csv = [("content-type", "text/csv"), ("idempotency-key", "file")];
        let import = |headers: &[(&str, &str)], text: &str| program.send("POST", "/api/v1/users/import", headers, text);
        let head = "Display name,E-mail address,Department,Usage location\n";
        let wrong = import(&csv[..1], &format!("{head}Noor,noor@waterland.example,Sales,NL\nBram,bram,,\n"));
        assert_eq!(wrong.status, 422, "{wrong:?}");
        assert_eq!(
            wrong.body["fields"],
            json!([{
                "field": "line 3: email", "code": "not_an_email",
                "message": "Enter an e-mail address, such as name@example.com.",
            }])
        );
        assert_eq!(import(&[], "{}").refusal(), (415, "media_type".to_owned()));

        let text = format!("{head}Noor,noor@waterland.example,Sales,NL\nBram,bram@waterland.example,,BE\n");
        let started = import(&csv, &text);
        assert_eq!((started.status, &started.body["people"]), (202, &json!(2)), "{started:?}");
        assert_eq!(import(&csv, &text).body["job_id"], started.body["job_id"]);
        world.work();
        let job = program.get(started.header("location").unwrap());
        assert_eq!((&job.body["state"], &job.body["is_over"]), (&json!("done"), &json!(true)), "{job:?}");
        assert_eq!((&job.body["progress_done"], &job.body["result"]["added"]), (&json!(2), &json!(2)));
        assert_eq!(program.get("/api/v1/users?department=Sales").body["items"].as_array().unwrap().len(), 1);
    });
}
