//! Subscriptions as programs see them.

use crate::program::Program;
use domain::access::Scope;
use domain::subscription::{Action, Channel};
use serde_json::json;
use testkit::world::in_each_world;

const READ: &[Scope] = &[Scope::SubscriptionsRead];

#[test]
fn the_organization_of_the_key() {
    in_each_world(|world| {
        let answer = Program::new(world, READ).get("/api/v1/organization");
        assert_eq!((answer.status, answer.header("etag")), (200, Some("\"1\"")));
        let expected = json!({
            "id": world.organization, "name": "Waterland", "state": "active", "country": "NL", "currency": "EUR",
            "segment": "commercial", "cloud": "worldwide", "language": "nl", "time_zone": "Europe/Amsterdam", "is_sandbox": false,
            "now": "2020-01-15T09:00:00Z", "revision": 1,
        });
        assert_eq!(answer.body, expected);
    });
}

/// R60, R64: what can be done, and why not, is part of a subscription.
#[test]
fn a_subscription_with_its_offers() {
    in_each_world(|world| {
        let office = world.product("Office");
        let id = world.subscription_with(world.organization, &office, 25, |new| new.channel = Channel::ProductKey);
        let program = Program::new(world, &[Scope::SubscriptionsRead, Scope::SubscriptionsWrite]);
        let answer = program.get(&format!("/api/v1/subscriptions/{id}"));
        assert_eq!((answer.status, answer.header("etag")), (200, Some("\"1\"")));
        let prepaid = "Prepaid.";
        let remedy = "Use a product key, or add a card or bank account.";
        let role = "Your role does not allow this.";
        let ask = "Ask a global admin of your organization.";
        let expected = json!({
            "id": id, "product_id": office.product_id, "product_name": "Office", "sku_id": office.id,
            "channel": "product_key", "state": "active", "holder_id": null, "holder_name": null, "credit_check": null,
            "quantity": 25, "assigned": 0, "available": 25, "conflicts": 0, "quantity_max": 300,
            "term": "annual", "billing_frequency": "monthly", "unit_price": null,
            "recurring_billing": true, "started_on": "2020-01-15", "ends_on": "2021-01-15", "end_kind": "renews",
            "end_on": "2021-01-15", "renews": true,
            "quantity_at_renewal": null, "billing_frequency_at_renewal": null,
            "plan_at_renewal": null, "plan_change_job_id": null, "changed_to": null,
            "base_id": null, "add_ons": [],
            "canceled_on": null, "payment_method_id": null, "partner_name": null, "partner_contact": null,
            "order_id": null, "is_end_of_sale": false, "revision": 1,
            "billing_period": {"start": "2020-01-15", "end": "2020-02-15"},
            "offers": [
                {"action": "add_licenses", "open": false, "reason": "prepaid_key", "sentence": prepaid,
                 "remedy": remedy},
                {"action": "remove_licenses", "open": false, "reason": "prepaid_key", "sentence": prepaid,
                 "remedy": remedy},
                {"action": "assign_licenses", "open": false, "reason": "role_not_allowed", "sentence": role,
                 "remedy": ask},
                {"action": "unassign_licenses", "open": false, "reason": "role_not_allowed", "sentence": role,
                 "remedy": ask},
            ],
        });
        let mut body = answer.body;
        let offers = body["offers"].as_array_mut().unwrap();
        let actions: Vec<_> = offers.iter().map(|offer| offer["action"].clone()).collect();
        assert_eq!(actions, Action::ALL.iter().map(|action| json!(action)).collect::<Vec<_>>());
        // The offers about licenses, word for word; the others are held to the same form by the document.
        offers.truncate(4);
        assert_eq!(body, expected);
        let dutch = program.send("GET", &format!("/api/v1/subscriptions/{id}"), &[("accept-language", "nl")], "");
        assert_eq!(dutch.body["offers"][0]["sentence"], "Vooruitbetaald (PrePaid).");
    });
}

#[test]
fn the_list_is_filtered_and_pages_by_key() {
    in_each_world(|world| {
        for name in ["Alpha", "Beta", "Gamma", "Delta"] {
            let sku = world.product(name);
            let _ = world.subscription_with(world.organization, &sku, 10, |new| {
                new.channel = if name == "Beta" { Channel::Trial } else { Channel::Direct };
            });
        }
        let program = Program::new(world, READ);
        let mut next = Some("/api/v1/subscriptions?limit=2&channel=direct".to_owned());
        let mut pages = Vec::new();
        while let Some(path) = next {
            let answer = program.get(&path);
            assert_eq!(answer.status, 200, "{answer:?}");
            let names = answer.body["items"].as_array().unwrap().iter().map(|item| item["product_name"].clone());
            pages.push(names.collect::<Vec<_>>());
            next = answer.body["next"].as_str().map(str::to_owned);
        }
        assert_eq!(pages, [vec![json!("Alpha"), json!("Delta")], vec![json!("Gamma")]]);
        let answer = program.get("/api/v1/subscriptions?search=ELT&sort=quantity&descending=true");
        assert_eq!(answer.body["items"].as_array().unwrap().len(), 1);
        assert_eq!(answer.body["next"], json!(null));
    });
}

/// R25, R54: the preview says what the change will cost, or refuses as the change would.
#[test]
fn a_preview_of_a_quantity() {
    in_each_world(|world| {
        let id = world.subscription(&world.product("Office"), 100);
        let program = Program::new(world, &[Scope::SubscriptionsRead, Scope::SubscriptionsWrite]);
        let path = format!("/api/v1/subscriptions/{id}/quantity/preview");
        let answer = program.post(&path, &json!({"total": 105}));
        let expected = json!({
            "from": 100, "to": 105, "counts_from": "2020-01-15", "cost_now": {"minor": 5000, "currency": "EUR"},
            "service_period": {"start": "2020-01-15", "end": "2020-02-15"},
            "billing_period": {"start": "2020-01-15", "end": "2020-02-15"},
            "per_period_before": {"minor": 100_000, "currency": "EUR"},
            "per_period_after": {"minor": 105_000, "currency": "EUR"},
        });
        assert_eq!((answer.status, answer.body), (200, expected));
        assert_eq!(program.post(&path, &json!({"total": 100})).refusal(), (422, "same_quantity".to_owned()));
        assert_eq!(world.see_subscription(id).quantity, 100);
    });
}
