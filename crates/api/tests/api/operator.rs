//! What the operator's programs do.

use crate::program::Program;
use app::billing::list::{InvoiceDays, ListInvoices};
use app::billing::record_transfer::RecordTransfer;
use domain::access::{Role, Scope};
use domain::ids::BillingProfileId;
use domain::money::{Currency, Money};
use domain::organization::OrganizationKind;
use domain::subscription::Channel;
use jiff::civil::date;
use serde_json::json;
use testkit::world::in_each_world;

/// What an organization is owed is listed, and what was transferred back is recorded once, by the key of the operator.
#[test]
fn a_program_of_the_operator_pays_credit_out() {
    in_each_world(|world| {
        let house = world.organization_with("Zetel", |house| house.kind = OrganizationKind::Operator);
        let operator = Program::operator(world, house, &[Scope::OperateBilling]);
        let office = world.product("Office");
        let _ = world.subscription_with(world.organization, &office, 10, |new| new.channel = Channel::DirectInvoice);
        world.clock.set_day(date(2020, 2, 15));
        world.sweep();
        let days = InvoiceDays::default();
        let reader = world.caller(Role::GlobalReader);
        let invoice = world.read(&reader, &ListInvoices { days, after: None, limit: 1 }).expect("the list").rows[0].id;
        let transfer = RecordTransfer {
            invoice_ids: vec![invoice],
            amount: Money::new(12_500, Currency::Eur),
            day: date(2020, 2, 15),
            reference: "NL-1".to_owned(),
            keep_rest: true,
        };
        world.write(&world.caller(Role::Operator), transfer).expect("it is recorded");

        let base = format!("/api/v1/operator/organizations/{}", world.organization);
        let profile = BillingProfileId::first_of(world.organization);
        let eur = |minor: i64| json!({"minor": minor, "currency": "EUR"});
        let owed = operator.get(&format!("{base}/credits")).body;
        let credit = json!({"billing_profile_id": profile, "name": "Waterland", "left": eur(2_500)});
        assert_eq!(owed, json!({"credit_notes": [], "credits": [credit], "paid_out": []}));
        let path = format!("{base}/billing-profiles/{profile}/pay-out");
        let day = "2020-02-15";
        let body = |minor: i64, reference: &str| json!({"minor": minor, "currency": "EUR", "day": day, "reference": reference});
        let once = &[("idempotency-key", "pay-out-1")];
        let made = operator.send("POST", &path, once, &body(1_000, "NL-2").to_string());
        assert_eq!((made.status, &made.body), (200, &json!({"amount": eur(1_500)})));
        let again = operator.send("POST", &path, once, &body(1_000, "NL-2").to_string());
        assert_eq!((again.status, again.body), (200, made.body), "the same request is answered again");
        assert_eq!(operator.post(&path, &body(1_000, "NL-2")).refusal(), (422, "invalid_fields".to_owned()));
        assert_eq!(operator.post(&path, &body(1_501, "NL-3")).refusal(), (422, "invalid_fields".to_owned()));
        let paid_out = operator.get(&format!("{base}/credits")).body["paid_out"].clone();
        assert_eq!((&paid_out[0]["amount"], &paid_out[0]["reference"]), (&eur(1_000), &json!("NL-2")));
        let refund = json!({"minor": 1, "currency": "EUR", "reason": "Asked for."});
        let refused = operator.post(&format!("{base}/credit-notes/{invoice}/refund"), &refund).refusal();
        assert_eq!(refused.1, "invoice_settled", "an invoice gives nothing back");
        let elsewhere = world.other_organization("Elsewhere");
        let foreign = format!("/api/v1/operator/organizations/{elsewhere}/billing-profiles/{profile}/pay-out");
        assert_eq!(operator.post(&foreign, &body(1, "NL-4")).refusal(), (404, "not_found".to_owned()));
    });
}

/// A dry run is started, followed and read; the run itself says what it did.
#[test]
fn a_program_of_the_operator_watches_bill_runs() {
    in_each_world(|world| {
        let house = world.organization_with("Zetel", |house| house.kind = OrganizationKind::Operator);
        let operator = Program::operator(world, house, &[Scope::OperateBilling]);
        let office = world.product("Office");
        let _ = world.subscription_with(world.organization, &office, 10, |new| new.channel = Channel::DirectInvoice);

        let wrong = operator.post("/api/v1/operator/dry-runs", &json!({"through": "2019-12-31"}));
        assert_eq!(wrong.refusal(), (422, "invalid_fields".to_owned()));
        let begun = operator.post("/api/v1/operator/dry-runs", &json!({"through": "2020-02-15"}));
        assert_eq!(begun.status, 202);
        let path = format!("/api/v1/operator/dry-runs/{}", begun.body["dry_run_id"].as_str().expect("an id"));
        let waiting = operator.get(&path).body;
        assert_eq!((&waiting["state"], &waiting["forecast"]), (&json!("waiting"), &json!(null)));
        world.work();
        let done = operator.get(&path).body;
        assert_eq!((&done["state"], &done["through"]), (&json!("done"), &json!("2020-02-15")));
        let eur = |minor: i64| json!({"minor": minor, "currency": "EUR"});
        let sum = json!({
            "invoices": 1, "invoiced": eur(10_000), "credit_notes": 0, "credited": eur(0),
            "payments": 0, "collected": eur(0),
        });
        let forecast = json!({"organizations": 1, "orders": 0, "sums": [sum], "left_out": [], "failures": []});
        assert_eq!(done["forecast"], forecast);
        assert_eq!(operator.get("/api/v1/operator/dry-runs").body.as_array().map(Vec::len), Some(1));

        world.clock.set_day(date(2020, 2, 15));
        let before = operator.get("/api/v1/operator/bill-runs").body;
        assert_eq!((&before["organizations_due"], &before["runs"]), (&json!(1), &json!([])));
        world.sweep();
        let after = operator.get("/api/v1/operator/bill-runs").body;
        assert_eq!((&after["organizations_due"], &after["organizations_done"]), (&json!(0), &json!(1)));
        let run = &after["runs"][0];
        assert_eq!((&run["day"], &run["steps"]), (&json!("2020-02-15"), &json!(2)));
        let older = operator.get("/api/v1/operator/bill-runs?before=2020-02-15").body;
        assert_eq!(older["runs"], json!([]));
    });
}

/// Domain 7: the cloud of an organization is changed by a key of the operator that may, and its pages follow.
#[test]
fn a_program_of_the_operator_changes_a_cloud() {
    in_each_world(|world| {
        let house = world.organization_with("Zetel", |house| house.kind = OrganizationKind::Operator);
        let operator = Program::operator(world, house, &[Scope::OperateOrganizations]);
        let path = format!("/api/v1/operator/organizations/{}/cloud", world.organization);
        let to = |cloud: &str| json!({ "cloud": cloud });
        assert_eq!(operator.put(&path, &to("germany")).status, 204);
        let reader = Program::new(world, &[Scope::SubscriptionsRead]);
        assert_eq!(reader.get("/api/v1/organization").body["cloud"], "germany");
        let again = operator.put(&path, &to("germany"));
        assert_eq!(again.refusal(), (422, "invalid_fields".to_owned()));
        let wrong = &again.body["fields"][0];
        assert_eq!((&wrong["field"], &wrong["code"]), (&json!("cloud"), &json!("nothing_to_change")));
        assert_eq!(operator.put(&path, &to("moon")).status, 422);
        let books = Program::operator(world, house, &[Scope::OperateBilling]);
        assert_eq!(books.put(&path, &to("worldwide")).refusal(), (403, "missing_scope".to_owned()));
        assert_eq!(reader.put(&path, &to("worldwide")).refusal(), (403, "missing_scope".to_owned()));
    });
}
