//! What the operator's programs do.

use crate::program::Program;
use domain::access::Scope;
use domain::organization::OrganizationKind;
use domain::subscription::Channel;
use jiff::civil::date;
use serde_json::json;
use testkit::world::in_each_world;

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
