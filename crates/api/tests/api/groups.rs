//! Groups: make, rename, delete, and who is in them (domain 2.7).

use crate::program::Program;
use domain::access::Scope;
use domain::self_service::limits::{Buyers, PurchaseLimits};
use serde_json::{Value, json};
use store::tables::purchase_limits;
use testkit::world::in_each_world;

const WRITE: &[Scope] = &[Scope::UsersRead, Scope::UsersWrite];

/// Domain 2.7: the name is there once, and is changed at the revision that was read; the same request is done once.
#[test]
fn a_group_comes_and_goes() {
    in_each_world(|world| {
        let program = Program::new(world, WRITE);
        let once = [("idempotency-key", "leads")];
        let make = || program.send("POST", "/api/v1/groups", &once, &json!({"name": " Finance leads"}).to_string());
        let made = make();
        assert_eq!((made.status, &make().body), (201, &made.body), "{made:?}");
        let id = made.body["id"].as_str().unwrap();
        let path = format!("/api/v1/groups/{id}");
        let taken = program.post("/api/v1/groups", &json!({"name": "finance leads"}));
        assert_eq!((taken.status, &taken.body["fields"][0]["code"]), (422, &json!("name_taken")));

        let group = |name: &str, revision| json!({"id": id, "name": name, "member_count": 0, "revision": revision});
        let details = program.get(&path);
        assert_eq!((details.header("etag"), &details.body), (Some("\"1\""), &group("Finance leads", 1)));
        assert_eq!(program.put(&path, &json!({"name": "Buyers"})).status, 204);
        let page = json!({"items": [group("Buyers", 2)], "next": null});
        assert_eq!(program.get("/api/v1/groups?search=uye&limit=1").body, page);
        for (method, body) in [("PUT", json!({"name": "Sales"}).to_string()), ("DELETE", String::new())] {
            let stale = program.send(method, &path, &[("if-match", "\"1\"")], &body);
            assert_eq!(stale.refusal(), (412, "changed_meanwhile".to_owned()));
        }

        let limit = |buyers| {
            let limits = PurchaseLimits { buyers, licenses_max: None };
            world.seed(world.organization, move |write| purchase_limits::set(write, &limits));
        };
        limit(Buyers::Group(id.parse().unwrap()));
        assert_eq!(program.send("DELETE", &path, &[], "").refusal(), (409, "group_of_buyers".to_owned()));
        limit(Buyers::Everybody);
        assert_eq!(program.send("DELETE", &path, &[("if-match", "\"2\"")], "").status, 204);
        assert_eq!(program.get(&path).refusal(), (404, "not_found".to_owned()));
    });
}

/// Domain 2.7: by identity or address; who is in it stays, and whom nobody knows is named.
#[test]
fn people_come_and_go() {
    in_each_world(|world| {
        let program = Program::new(world, WRITE);
        let made = program.post("/api/v1/groups", &json!({"name": "Finance leads"}));
        let path = format!("/api/v1/groups/{}/members", made.body["id"].as_str().unwrap());
        let (anna, _) = (world.person("Anna de Vries"), world.person("Bram Bakker"));
        let emails = ["bram.bakker@waterland.example", "zoe@waterland.example"];
        let added = program.post(&path, &json!({"users": [anna], "emails": emails}));
        let outcome = |added, already| json!({"added": added, "already": already, "unknown": [emails[1]]});
        assert_eq!((added.status, added.body), (200, outcome(2, 0)));
        assert_eq!(program.post(&path, &json!({"users": [anna], "emails": emails})).body, outcome(0, 2));
        let names = |query: &str| -> Vec<Value> {
            let page = program.get(&format!("{path}{query}"));
            page.body["items"].as_array().unwrap().iter().map(|user| user["display_name"].clone()).collect()
        };
        assert_eq!(names(""), [json!("Anna de Vries"), json!("Bram Bakker")]);
        assert_eq!(names("?search=bra"), [json!("Bram Bakker")]);
        let next = program.get(&format!("{path}?limit=1")).body["next"].as_str().unwrap().to_owned();
        assert_eq!(program.get(&next).body["items"][0]["display_name"], json!("Bram Bakker"));

        let remove = || program.send("DELETE", &format!("{path}/{anna}"), &[], "").body;
        assert_eq!((remove(), remove()), (json!({"removed": 1}), json!({"removed": 0})));
        assert_eq!(names(""), [json!("Bram Bakker")]);
        let nobody = program.post(&path, &json!({}));
        assert_eq!((nobody.status, &nobody.body["fields"][0]["code"]), (422, &json!("nobody_chosen")));
        let crowd = program.post(&path, &json!({"emails": vec![""; 1_001]}));
        assert_eq!((crowd.status, &crowd.body["fields"][0]["code"]), (422, &json!("too_many_people")));
    });
}
