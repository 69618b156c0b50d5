//! Who gets mails, for programs.

use crate::program::Program;
use domain::access::Scope;
use serde_json::json;
use testkit::world::in_each_world;

/// R172: a program reads who gets mails and changes it, on the revision that it read.
#[test]
fn a_program_settles_who_gets_mails() {
    in_each_world(|world| {
        let program = Program::new(world, &[Scope::BillingWrite]);
        let before = program.get("/api/v1/notifications");
        assert_eq!((before.status, &before.body["language"]), (200, &json!("nl")), "{before:?}");
        assert_eq!((&before.body["attach_documents"], before.header("etag")), (&json!(true), Some("\"0\"")));
        assert_eq!(before.body["admins"].as_array().unwrap().len(), 1);

        let body = json!({
            "language": "en", "attach_documents": false, "contact": " info@waterland.example ",
            "extra_addresses": ["facturen@waterland.example"]
        });
        let change = |revision: &str, body: &serde_json::Value| {
            program.send("PUT", "/api/v1/notifications", &[("if-match", revision)], &body.to_string())
        };
        assert_eq!(change("\"0\"", &body).status, 204);
        let mut after = program.get("/api/v1/notifications").body;
        let _ = after.as_object_mut().unwrap().remove("admins");
        assert_eq!(
            after,
            json!({
                "language": "en", "attach_documents": false, "contact": "info@waterland.example",
                "extra_addresses": ["facturen@waterland.example"], "revision": 1
            })
        );
        assert_eq!(change("\"0\"", &body).refusal(), (412, "changed_meanwhile".to_owned()));
        let wrong = change("\"1\"", &json!({"language": "fr", "attach_documents": true}));
        assert_eq!((wrong.status, &wrong.body["fields"][0]["field"]), (422, &json!("language")), "{wrong:?}");
        let reader = Program::new(world, &[Scope::BillingRead]);
        assert_eq!(reader.put("/api/v1/notifications", &body).refusal(), (403, "missing_scope".to_owned()));
    });
}
