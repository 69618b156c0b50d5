//! Invoices: a program reads them, with their lines and their documents.

use crate::program::Program;
use domain::access::Scope;
use domain::subscription::Channel;
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
