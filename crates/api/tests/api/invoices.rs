//! Invoices: a program reads them, with their lines and their documents.

use crate::program::Program;
use app::billing_role::give::GiveBillingRole;
use domain::access::{BillingRole, Role, Scope};
use domain::billing::Agreement;
use domain::subscription::Channel;
use jiff::SignedDuration;
use jiff::civil::date;
use serde_json::json;
use testkit::world::in_each_world;

/// R169: the list, one with its line, and the document for bookkeeping programs.
#[test]
fn a_program_reads_invoices() {
    in_each_world(|world| {
        let office = world.product("Office");
        let _ = world.subscription_with(world.organization, &office, 10, |new| new.channel = Channel::DirectInvoice);
        world.clock.set_day(date(2020, 3, 20));
        world.sweep();
        let program = Program::new(world, &[Scope::BillingRead]);

        let all = program.get("/api/v1/invoices?limit=1");
        assert_eq!(all.status, 200, "{all:?}");
        let invoice = &all.body["items"][0];
        assert_eq!(invoice["issued_on"], "2020-03-15");
        assert_eq!(invoice["balance"], json!({"minor": 10_000, "currency": "EUR"}));
        let march = program.get("/api/v1/invoices?from=2020-03-01&to=2020-03-31");
        assert_eq!(march.body["items"].as_array().unwrap().len(), 1);
        let none = program.get("/api/v1/invoices?from=2019-03-01&to=2019-03-31");
        assert_eq!(none.body["items"], json!([]));

        let path = format!("/api/v1/invoices/{}", invoice["id"].as_str().unwrap());
        let line = &program.get(&path).body["lines"][0];
        let parts = (&line["quantity"], &line["numerator"], &line["denominator"]);
        assert_eq!(parts, (&json!(10), &json!(31), &json!(31)));
        assert_eq!(line["net"], json!({"minor": 10_000, "currency": "EUR"}));
    });
}

/// R166: the whole balance by one call; the same key pays no invoice twice.
#[test]
fn a_program_settles_the_balance() {
    in_each_world(|world| {
        for name in ["Office", "Visio"] {
            let product = world.product(name);
            let by_invoice = |new: &mut domain::subscription::Subscription| new.channel = Channel::DirectInvoice;
            let _ = world.subscription_with(world.organization, &product, 10, by_invoice);
        }
        world.clock.set_day(date(2020, 3, 1));
        world.sweep();
        let program = Program::new(world, &[Scope::BillingRead, Scope::BillingWrite]);
        let settle = |key: &str, token: &str| {
            let body = json!({"payment_token": token}).to_string();
            program.send("POST", "/api/v1/invoices/pay", &[("idempotency-key", key)], &body)
        };
        let declined = settle("one", "card_declined");
        let tried = declined.body["items"].as_array().unwrap();
        assert_eq!((declined.status, tried.len(), &tried[0]["state"]), (201, 1, &json!("failed")), "{declined:?}");
        let paid = settle("two", "card_succeeds");
        let states: Vec<_> = paid.body["items"].as_array().unwrap().iter().map(|made| &made["state"]).collect();
        assert_eq!(states, [&json!("succeeded"), &json!("succeeded")], "{paid:?}");
        assert_eq!(settle("two", "card_succeeds").refusal(), (409, "invoice_settled".to_owned()));
        assert_eq!(world.gateway.charged().len(), 3);
    });
}

/// R171: a program reads who has which billing role.
#[test]
fn a_program_reads_billing_roles() {
    in_each_world(|world| {
        world.agreement(Agreement::Mca);
        let noor = world.person("Noor de Wit");
        world.give_roles(world.organization, noor, &[Role::GlobalAdmin]);
        let (email, role) = ("noor.de.wit@waterland.example".to_owned(), BillingRole::AccountOwner);
        world.write(&world.signed_in(noor), GiveBillingRole { email, role, profile: None }).unwrap();
        let answer = Program::new(world, &[Scope::BillingRead]).get("/api/v1/billing-roles");
        let expected = json!({"agreement": "mca", "items": [{"user_id": noor.to_string(), "display_name": "Noor de Wit",
            "email": "noor.de.wit@waterland.example", "role": "account_owner", "billing_profile_id": null}]});
        assert_eq!((answer.status, answer.body), (200, expected));
    });
}

/// R171, domain 4.7: a program reads the billing account and changes what the customer keeps of it.
#[test]
fn a_program_changes_the_billing_account() {
    in_each_world(|world| {
        let program = Program::new(world, &[Scope::BillingRead, Scope::BillingWrite]);
        let path = "/api/v1/billing-account";
        let before = program.get(path).body;
        assert_eq!((&before["agreement"], &before["segment"]), (&json!("mosa"), &json!("commercial")));
        let put = |body: serde_json::Value| program.send("PUT", &format!("{path}/sold-to"), &[], &body.to_string());
        let typed = json!({"line1": "Kade 1", "city": "Delft", "tax_number": "1", "revision": before["revision"]});
        let wrong = put(typed.clone());
        assert_eq!((wrong.status, &wrong.body["fields"][0]["field"]), (422, &json!("tax_number")), "{wrong:?}");
        let right = json!({"line1": "Kade 1", "city": "Delft", "tax_number": "NL 0044.95.445.B01",
            "email": "books@waterland.example", "revision": before["revision"]});
        assert_eq!(put(right.clone()).status, 204);
        assert_eq!(put(right).refusal(), (412, "changed_meanwhile".to_owned()));
        let after = program.get(path).body;
        assert_eq!((&after["address"]["line1"], &after["tax_number"]), (&json!("Kade 1"), &json!("NL004495445B01")));
        assert_eq!((&after["name"], &after["address"]["country"]), (&before["name"], &before["address"]["country"]));
        let reader = Program::new(world, &[Scope::BillingRead]);
        assert_eq!(reader.send("PUT", &format!("{path}/sold-to"), &[], &typed.to_string()).status, 403);
    });
}

/// R9, R166: a program pays what is open, once per key; a declined card and a bank that asks are said in the answer.
#[test]
fn a_program_pays_an_invoice() {
    in_each_world(|world| {
        let office = world.product("Office");
        let _ = world.subscription_with(world.organization, &office, 10, |new| new.channel = Channel::DirectInvoice);
        world.clock.set_day(date(2020, 3, 1));
        world.sweep();
        let program = Program::new(world, &[Scope::BillingRead, Scope::BillingWrite]);
        let invoice = program.get("/api/v1/invoices").body["items"][0]["id"].as_str().unwrap().to_owned();
        let path = format!("/api/v1/invoices/{invoice}/pay");
        let pay = |key: &str, token: &str| {
            world.clock.advance(SignedDuration::from_secs(1));
            let body = json!({"payment_token": token}).to_string();
            program.send("POST", &path, &[("idempotency-key", key)], &body)
        };
        let declined = pay("one", "card_declined");
        let said = (declined.status, &declined.body["state"], &declined.body["reason"]);
        assert_eq!(said, (201, &json!("failed"), &json!("card_declined")), "{declined:?}");
        let asked = pay("two", "card_confirms");
        assert_eq!(asked.body["state"], "confirmation_required");
        assert!(asked.body["confirm_at"].is_string(), "{asked:?}");
        // What waits for its payer is given up for another card.
        let paid = pay("three", "card_succeeds");
        assert_eq!((&paid.body["state"], &paid.body["confirm_at"]), (&json!("succeeded"), &json!(null)));
        assert_eq!(paid.body["amount"], json!({"minor": 10_000, "currency": "EUR"}));
        assert_eq!(pay("three", "card_succeeds").body["id"], paid.body["id"]);
        assert_eq!(pay("four", "card_succeeds").refusal(), (409, "invoice_settled".to_owned()));
        let view = program.get(&format!("/api/v1/invoices/{invoice}"));
        let states: Vec<_> =
            view.body["payments"].as_array().unwrap().iter().map(|made| made["state"].clone()).collect();
        assert_eq!(
            (view.body["state"].clone(), states),
            (json!("paid"), vec![json!("failed"), json!("failed"), json!("succeeded")])
        );
        let neither = program.send("POST", &path, &[], "{}");
        assert_eq!(neither.body["fields"][0]["field"], "payment_token");
    });
}
