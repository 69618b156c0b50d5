//! Invoices: a program reads them, with their lines and their documents.

use crate::program::Program;
use domain::access::Scope;
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
