//! What people bought for themselves, and what they ask for instead.

use crate::program::Program;
use app::license_request::ask::RequestLicenses;
use domain::access::Scope;
use domain::catalog::{BillingFrequency, SkuKind, Term};
use domain::ids::ServicePlanId;
use domain::money::{Currency, Money};
use domain::subscription::Channel;
use serde_json::{Value, json};
use testkit::world::in_each_world;

/// Ten licenses of €10.00 for one person: one license of the organization at €12.00 instead saves €88.00 a month.
#[test]
fn what_people_bought_and_what_could_be_saved() {
    in_each_world(|world| {
        let visio = world.product("Visio");
        let departmental = world.sku(visio.product_id, SkuKind::SelfService, "VISIO_DEPT");
        let _ = world.price(&visio, Term::Annual, BillingFrequency::Yearly, Money::new(14_400, Currency::Eur));
        let bram = world.person("Bram Bakker");
        let id = world.subscription_with(world.organization, &departmental, 10, |new| {
            (new.channel, new.holder) = (Channel::SelfService, Some(bram));
        });
        world.give_license(id, world.person("Anna de Vries"));
        let answer = Program::new(world, &[Scope::SubscriptionsRead]).get("/api/v1/self-service-purchases");
        assert_eq!(answer.status, 200, "{:?}", answer.body);
        let eur = |minor: i64| json!({"minor": minor, "currency": "EUR"});
        let product = &answer.body["products"][0];
        assert_eq!((&product["licenses"], &product["people"]), (&json!(10), &json!(1)));
        assert_eq!(product["cost_per_month"], eur(10_000));
        assert_eq!((&product["licenses_to_buy"], &product["central_cost_per_month"]), (&json!(1), &eur(1_200)));
        assert_eq!(product["saving_per_month"], eur(8_800));
        let purchase = &answer.body["purchases"][0];
        assert_eq!(purchase["subscription_id"], json!(id.to_string()));
        assert_eq!(purchase["buyer"], "Bram Bakker");
        assert_eq!(purchase["buyer_email"], "bram.bakker@waterland.example");
    });
}

/// R176: a program lists what was asked for and approves it for some; the rest is rejected.
#[test]
fn a_program_decides_about_a_request() {
    in_each_world(|world| {
        let visio = world.product("Visio");
        let _ = world.subscription(&visio, 5);
        let (anna, noor) = (world.person("Anna de Vries"), world.person("Noor Vermeer"));
        let ask = RequestLicenses {
            product_id: visio.product_id,
            for_oneself: true,
            emails: vec!["noor.vermeer@waterland.example".to_owned()],
            reason: "Drawing.".to_owned(),
        };
        let id = world.write(&world.as_person(anna, &[]), ask).expect("it is asked").request.expect("it waits");
        let program = Program::new(world, &[Scope::LicensesRead, Scope::LicensesWrite]);
        let list = program.get("/api/v1/license-requests");
        let request = &list.body["items"][0];
        assert_eq!((&request["id"], &request["state"]), (&json!(id.to_string()), &json!("pending")));
        assert_eq!((&request["reason"], &request["people"]), (&json!("Drawing."), &json!(2)));
        let path = format!("/api/v1/license-requests/{id}");
        let details = program.get(&path);
        assert_eq!(details.body["named"][1]["user_id"], json!(noor.to_string()));
        assert_eq!(details.body["available"], 5);
        let stranger = json!({"approved": [world.person("Zoë Zwart")]}).to_string();
        let refused = program.send("POST", &format!("{path}/decide"), &[], &stranger);
        assert_eq!((refused.status, &refused.body["fields"][0]["field"]), (422, &json!("approved")), "{refused:?}");
        let wrong = |body: Value| {
            let refused = program.post(&format!("{path}/decide"), &body);
            let fields = refused.body["fields"].as_array().expect("fields").iter();
            fields.map(|wrong| wrong["field"].as_str().expect("a name").to_owned()).collect::<Vec<_>>()
        };
        assert_eq!(wrong(json!({"approved": [noor], "message": "x".repeat(1_001)})), ["message"]);
        assert_eq!(wrong(json!({"approved": [noor], "product_id": world.product("Other").product_id})), ["product_id"]);
        assert_eq!(
            wrong(json!({"approved": [noor], "disabled_plans": [ServicePlanId::from_uuid(world.new_id())]})),
            ["disabled_plans"]
        );
        let share = program.post(&format!("{path}/share"), &json!({"emails": ["nobody@waterland.example"]}));
        assert_eq!(share.body["fields"][0]["field"], "emails", "{share:?}");
        let decision = json!({"approved": [noor], "message": "Anna has one elsewhere."}).to_string();
        let decided = program.send("POST", &format!("{path}/decide"), &[], &decision);
        assert_eq!((decided.status, &decided.body["state"]), (200, &json!("partly_approved")));
        assert_eq!(program.get("/api/v1/license-requests").body["items"], json!([]));
        let over = program.get("/api/v1/license-requests?decided=true");
        assert_eq!(over.body["items"][0]["message"], "Anna has one elsewhere.");
        let again = program.send("POST", &format!("{path}/decide"), &[], &decision);
        assert!(again.status >= 400, "{again:?}");

        // Another product, without one of its apps.
        let project = world.product("Project");
        let apps = world.apps(&project, &["Project", "OneDrive"]);
        let _ = world.subscription(&project, 1);
        let ask =
            RequestLicenses { product_id: visio.product_id, for_oneself: true, emails: vec![], reason: String::new() };
        let id = world.write(&world.as_person(anna, &[]), ask).expect("it is asked").request.expect("it waits");
        let path = format!("/api/v1/license-requests/{id}");
        let instead = json!({"approved": [anna], "product_id": project.product_id, "disabled_plans": [apps[1]]});
        let decided = program.post(&format!("{path}/decide"), &instead);
        assert_eq!((decided.status, &decided.body["state"]), (200, &json!("approved")), "{decided:?}");
        let after = program.get(&path).body;
        assert_eq!((&after["given_name"], &after["product_name"]), (&json!("Project"), &json!("Visio")));
        assert_eq!(after["given_id"], json!(project.product_id));
    });
}

/// Domain 5.4: a program takes over what somebody bought, and undoes that once.
#[test]
fn a_program_undoes_a_take_over() {
    in_each_world(|world| {
        let visio = world.product("Visio");
        let bram = world.person("Bram Bakker");
        let id = world.subscription_with(world.organization, &visio, 10, |new| {
            (new.channel, new.holder) = (Channel::SelfService, Some(bram));
        });
        world.give_license(id, world.person("Anna de Vries"));
        let program = Program::new(world, &[Scope::SubscriptionsRead, Scope::SubscriptionsWrite, Scope::LicensesWrite]);
        let path = format!("/api/v1/subscriptions/{id}");
        let undo = || program.post(&format!("{path}/undo-take-over"), &json!({}));
        assert_eq!(undo().refusal(), (409, "nothing_to_undo".to_owned()));
        let taken = program.post(&format!("{path}/take-over"), &json!({"reason": "managed_elsewhere"}));
        assert_eq!(taken.status, 202, "{taken:?}");
        world.work();
        assert_eq!(program.get(&path).body["state"], "deleted");
        let started = undo();
        assert_eq!(started.status, 202, "{started:?}");
        world.work();
        let job = program.get(&format!("/api/v1/jobs/{}", started.body["job_id"].as_str().expect("an id")));
        assert_eq!((&job.body["state"], &job.body["progress_done"]), (&json!("done"), &json!(1)));
        let after = program.get(&path).body;
        assert_eq!((&after["state"], &after["assigned"]), (&json!("active"), &json!(1)));
        assert_eq!(undo().refusal(), (409, "already_undone".to_owned()));
        let reader = Program::new(world, &[Scope::SubscriptionsRead]);
        assert_eq!(reader.post(&format!("{path}/undo-take-over"), &json!({})).status, 403);
    });
}

/// D22: a program reads and decides whether Billing admins assign licenses.
#[test]
fn a_program_decides_who_assigns() {
    in_each_world(|world| {
        let path = "/api/v1/license-assigners";
        let program = Program::new(world, &[Scope::LicensesWrite]);
        assert_eq!(program.get(path).body, json!({"billing_admins": false}));
        assert_eq!(program.send("PUT", path, &[], r#"{"billing_admins": true}"#).status, 204);
        assert_eq!(program.get(path).body, json!({"billing_admins": true}));
        let reader = Program::new(world, &[Scope::LicensesRead]);
        assert_eq!(reader.send("PUT", path, &[], r#"{"billing_admins": false}"#).status, 403);
    });
}

/// R177: the sign-in of an app claims a license for whoever needs one; the policy and the report are programs' as well.
#[test]
fn a_program_claims_a_license() {
    in_each_world(|world| {
        let [visio, plan_1] = ["Visio Plan 2", "Visio Plan 1"].map(|name| world.product(name));
        let (bought, backup) = (world.subscription(&visio, 1), world.subscription(&plan_1, 1));
        let people = world.people(3);
        let program = Program::new(world, &[Scope::LicensesRead, Scope::LicensesWrite]);
        let path = |person: usize| format!("/api/v1/users/{}/licenses/{}/claim", people[person], visio.product_id);
        let off = program.send("POST", &path(0), &[], "");
        assert_eq!(off.refusal(), (409, "auto_claim_off".to_owned()));
        let policy = format!("/api/v1/auto-claim-policies/{}", visio.product_id);
        let wrong = program.send("PUT", &policy, &[], &json!({"backups": [visio.product_id]}).to_string());
        assert_eq!(wrong.refusal(), (422, "invalid_fields".to_owned()));
        let set = program.send("PUT", &policy, &[], &json!({"backups": [plan_1.product_id]}).to_string());
        assert_eq!(set.status, 204, "{set:?}");
        let listed = program.get("/api/v1/auto-claim-policies").body;
        assert_eq!(listed["items"][0]["gives"][1]["product_name"], "Visio Plan 1");
        assert_eq!(listed["items"][0]["gives"][1]["available"], 1);
        let given = |product: &str, from: &str, is_new: bool| json!({"product_id": product, "subscription_id": from, "is_new": is_new});
        let (needed, instead) = (visio.product_id.to_string(), plan_1.product_id.to_string());
        let (from, from_backup) = (bought.to_string(), backup.to_string());
        let claim = |person| program.send("POST", &path(person), &[], "").body;
        assert_eq!(claim(0), given(&needed, &from, true));
        assert_eq!(claim(0), given(&needed, &from, false));
        assert_eq!(claim(1), given(&instead, &from_backup, true));
        let none = program.send("POST", &path(2), &[], "{}");
        assert_eq!(none.refusal(), (409, "not_enough_licenses".to_owned()));
        let claims = program.get("/api/v1/license-claims?days=7&limit=1").body;
        assert_eq!(claims["items"][0]["instead_of"], "Visio Plan 2");
        let next = program.get(claims["next"].as_str().expect("a next page")).body;
        assert_eq!((&next["items"][0]["user_id"], &next["next"]), (&json!(people[0].to_string()), &json!(null)));
        assert_eq!(program.get("/api/v1/license-claims?days=0").refusal(), (422, "invalid_fields".to_owned()));
        assert_eq!(program.send("DELETE", &policy, &[], "").status, 204);
        assert_eq!(program.send("POST", &path(2), &[], "").refusal(), (409, "auto_claim_off".to_owned()));
    });
}
