//! The life of a subscription and the clock of a sandbox, as programs steer them.

use crate::program::Program;
use app::organization::become_sandbox::BecomeSandbox;
use domain::access::{Role, Scope};
use domain::billing::Agreement;
use domain::catalog::{BillingFrequency, Term};
use domain::money::{Currency, Money};
use domain::subscription::Channel;
use jiff::civil::date;
use serde_json::json;
use testkit::world::in_each_world;

const WRITE: &[Scope] = &[Scope::SubscriptionsRead, Scope::SubscriptionsWrite];

/// R13, R33-R35, R10, T10: cancel with the important dates before, bring back for what the days cost, and delete. Ten
/// licenses of €10.00: nothing of a month of 31 days is used on its first day.
#[test]
fn a_program_cancels_reactivates_and_deletes() {
    in_each_world(|world| {
        let office = world.product("Office");
        let id = world.subscription_with(world.organization, &office, 10, |new| new.channel = Channel::DirectInvoice);
        let program = Program::new(world, WRITE);
        let path = format!("/api/v1/subscriptions/{id}");
        let state = || program.get(&path).body["state"].clone();
        let euros = |minor: i64| json!({"minor": minor, "currency": "EUR"});

        let dates = program.get(&format!("{path}/cancel/preview"));
        assert_eq!(
            dates.body,
            json!({"disabled_on": "2020-01-15", "deleted_on": "2020-04-14", "credit": euros(-10_000),
                "service_period": {"start": "2020-01-15", "end": "2020-02-15"}, "add_ons": []})
        );
        let cancel = |body| program.post(&format!("{path}/cancel"), &body);
        let wrong = cancel(json!({"reason": "bored"}));
        assert_eq!((wrong.status, &wrong.body["fields"][0]["field"]), (422, &json!("reason")), "{wrong:?}");
        let silent = cancel(json!({"reason": "other"}));
        assert_eq!((silent.status, &silent.body["fields"][0]["field"]), (422, &json!("feedback")), "{silent:?}");
        assert_eq!(cancel(json!({"reason": "too_expensive"})).status, 204);
        assert_eq!(state(), json!("disabled"));
        assert_eq!(cancel(json!({"reason": "too_expensive"})).refusal().0, 409);

        let cost = program.get(&format!("{path}/reactivate/preview"));
        assert_eq!(
            cost.body,
            json!({"ends_on": "2021-01-15", "cost_now": euros(10_000), "needs_payment_method": false, "add_ons": [],
                "service_period": {"start": "2020-01-15", "end": "2020-02-15"}})
        );
        assert_eq!(program.post(&format!("{path}/reactivate"), &json!({})).status, 204);
        assert_eq!(state(), json!("active"));

        assert_eq!(program.send("DELETE", &path, &[], "").refusal().0, 409, "only a disabled one");
        assert_eq!(cancel(json!({"reason": "too_expensive"})).status, 204);
        assert_eq!(program.send("DELETE", &path, &[], "").status, 204);
        assert_eq!(state(), json!("deleted"));
    });
}

/// R8: off does not cancel, and what is so already is said.
#[test]
fn a_program_turns_recurring_billing_off() {
    in_each_world(|world| {
        let id = world.subscription(&world.product("Office"), 10);
        let program = Program::new(world, WRITE);
        let path = format!("/api/v1/subscriptions/{id}");
        let set = |on: bool| program.put(&format!("{path}/recurring-billing"), &json!({ "on": on }));
        assert_eq!(set(false).status, 204);
        let after = program.get(&path).body;
        let seen = json!([after["state"], after["recurring_billing"], after["renews"]]);
        assert_eq!(seen, json!(["active", false, false]));
        assert_eq!(set(false).refusal().1, "nothing_to_change");
        assert_eq!(set(true).status, 204);
    });
}

/// R12: charged once a year from day 11 of a month on, the program reads what that costs and gets the same charged. 10
/// licenses at 110.00 for 356 of 366 days are 1,069.95, less 67.74 for the 21 days of the month that were paid: 1,002.21.
#[test]
fn a_program_changes_the_billing_frequency() {
    in_each_world(|world| {
        let office = world.product("Office");
        let euros = |minor: i64| json!({"minor": minor, "currency": "EUR"});
        for (frequency, minor) in [(BillingFrequency::Monthly, 1_000), (BillingFrequency::Yearly, 11_000)] {
            let _ = world.price(&office, Term::Annual, frequency, Money::new(minor, Currency::Eur));
        }
        let id = world.subscription(&office, 10);
        let program = Program::new(world, WRITE);
        let path = format!("/api/v1/subscriptions/{id}");
        world.clock.set_day(date(2020, 1, 25));
        let choices = program.get(&format!("{path}/billing-frequencies")).body;
        let seen = |at: usize| (choices[at]["price"]["billing_frequency"].clone(), choices[at]["preview"].clone());
        assert_eq!(seen(0), (json!("monthly"), json!(null)));
        let preview = json!({"counts_from": "2020-01-25", "cost_now": euros(100_221),
            "service_period": {"start": "2020-01-25", "end": "2021-01-15"}, "per_period_after": euros(110_000)});
        assert_eq!(seen(1), (json!("yearly"), preview));

        let set = |to: &str| program.put(&format!("{path}/billing-frequency"), &json!({ "billing_frequency": to }));
        assert_eq!(set("monthly").refusal().1, "nothing_to_change");
        assert_eq!(set("weekly").status, 422);
        let changed = set("yearly");
        assert_eq!((changed.status, &changed.body["billing_frequency"]), (200, &json!("yearly")), "{changed:?}");
        assert_eq!(changed.body["billing_frequency_at_renewal"], json!(null));
        let order = program.get(&format!("/api/v1/orders/{}", changed.body["order_id"].as_str().unwrap()));
        assert_eq!(order.body["amount"], euros(100_221), "{order:?}");
        assert_eq!(program.get(&path).body["billing_frequency"], "yearly");

        // Under a customer agreement it waits for the renewal.
        world.agreement(Agreement::Mca);
        let waits = set("monthly").body;
        let expected = json!({"order_id": null, "billing_frequency": "yearly",
            "billing_frequency_at_renewal": "monthly"});
        assert_eq!(waits, expected);
    });
}

/// D30: only a sandbox has a clock that is moved, forward; everything due happens meanwhile.
#[test]
fn a_program_moves_the_clock_of_a_sandbox() {
    in_each_world(|world| {
        let office = world.product("Office");
        let id = world.subscription_with(world.organization, &office, 10, |new| new.recurring_billing = false);
        let program = Program::new(world, &[Scope::ClockWrite, Scope::SubscriptionsRead]);
        let move_to = |day: &str| program.post("/api/v1/organization/clock", &json!({ "to": day }));
        assert_eq!(move_to("2021-01-20").refusal().1, "not_a_sandbox");
        world.write(&world.caller(Role::Operator), BecomeSandbox).unwrap();
        assert_eq!(move_to("2020-01-15").refusal().1, "clock_goes_forward");
        let started = move_to("2021-01-20");
        assert_eq!(started.status, 202, "{started:?}");
        world.work();
        let job = program.get(&format!("/api/v1/jobs/{}", started.body["job_id"].as_str().unwrap()));
        assert_eq!(job.body["state"], "done", "{job:?}");
        assert_eq!(program.get("/api/v1/organization").body["now"], "2021-01-19T23:00:00Z");
        assert_eq!(program.get(&format!("/api/v1/subscriptions/{id}")).body["state"], "expired");
    });
}
