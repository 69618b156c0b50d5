//! Every route, as nobody, with every scope but the right one, and with the key of another organization.

use crate::program::{Answer, Program, scopes_of_customers};
use api::web::{Access, RouteRow};
use domain::access::Scope;
use domain::catalog::SkuKind;
use domain::ids::{
    BillingProfileId, GroupId, InvoiceId, JobId, LicenseRequestId, OrderId, OrganizationId, PaymentMethodId, PriceId,
    ProductId, SubscriptionId, UserId,
};
use domain::organization::OrganizationKind;
use serde_json::json;
use store::tables::group;
use testkit::world::{World, in_each_world};

/// Things of the world's organization that paths name.
struct Things {
    subscription: SubscriptionId,
    product: ProductId,
    user: UserId,
    payment_method: PaymentMethodId,
    group: GroupId,
    organization: OrganizationId,
}

impl Things {
    fn of(world: &World) -> Self {
        let office = world.product("Office");
        let _ = world.sku(office.product_id, SkuKind::SelfService, "OFFICE_DEPT");
        let subscription = world.subscription(&office, 25);
        let user = world.person("Anna de Vries");
        world.give_license(subscription, user);
        let payment_method = world.card(user, "card_succeeds");
        let group = GroupId::from_uuid(world.new_id());
        world.seed(world.organization, move |write| group::insert(write, group, "Finance leads", &[user]));
        let organization = world.organization;
        Self { subscription, product: office.product_id, user, payment_method, group, organization }
    }

    /// The path of a route with the identifiers of these things in it.
    fn path(&self, row: &RouteRow) -> String {
        row.path
            .replace("{subscription_id}", &self.subscription.to_string())
            .replace("{product_id}", &self.product.to_string())
            .replace("{group_id}", &self.group.to_string())
            .replace("{user_id}", &self.user.to_string())
            .replace("{order_id}", &OrderId::from_uuid(self.user.uuid()).to_string())
            .replace("{invoice_id}", &InvoiceId::from_uuid(self.user.uuid()).to_string())
            .replace("{request_id}", &LicenseRequestId::from_uuid(self.user.uuid()).to_string())
            .replace("{change}", "quantity")
            .replace("{policy}", "AllowSelfServicePurchase")
            .replace("{product}", &self.product.to_string())
            .replace("{offer_type}", "SaaS")
            .replace("{tenant}", &self.organization.uuid().to_string())
            .replace("{billing_profile_id}", &BillingProfileId::from_uuid(self.user.uuid()).to_string())
            .replace("{payment_method_id}", &self.payment_method.to_string())
            .replace("{job_id}", &JobId::from_uuid(self.user.uuid()).to_string())
            .replace("{customer_id}", &self.organization.to_string())
            .replace("{organization_id}", &self.organization.to_string())
            .replace("{dry_run_id}", &JobId::from_uuid(self.user.uuid()).to_string())
    }
}

/// A body that each write can read.
fn body(row: &RouteRow, things: &Things) -> String {
    let user = things.user;
    let body = match (row.method, row.path.rsplit('/').next().unwrap_or_default()) {
        ("GET" | "DELETE", _) => return String::new(),
        (_, "products" | "new-products" | "{product_id}") if row.path.contains("/self-service-policy/") => {
            json!({"value": "disabled"})
        }
        (_, "self-service-limits") => json!({"licenses_max": 5}),
        (_, "{product}" | "{offer_type}" | "autoclaim") => json!({"policyValue": "Disabled"}),
        ("POST", "review" | "redeem") => json!({"keys": [{"product_key": "ABCDE"}]}),
        (_, "claim" | "true" | "false") => json!({}),
        ("PUT", "license-assigners") => json!({"billing_admins": true}),
        (_, "{product_id}") if row.path.contains("/auto-claim-policies/") => json!({"backups": []}),
        (_, "take-over") => json!({"reason": "too_expensive"}),
        (_, "cancel") => json!({"reason": "too_expensive"}),
        (_, "reactivate" | "extend-trial" | "undo-take-over") => json!({}),
        ("POST", "trials") => json!({"price_id": PriceId::from_uuid(user.uuid())}),
        (_, "recurring-billing") => json!({"on": false}),
        (_, "billing-frequency") => json!({"billing_frequency": "yearly"}),
        (_, "refund") => json!({"minor": 100, "currency": "EUR", "reason": "Billed twice."}),
        (_, "pay-out") => json!({"minor": 100, "currency": "EUR", "day": "2020-01-15", "reference": "NL-1"}),
        (_, "dry-runs") => json!({"through": "2020-02-15"}),
        (_, "cloud") => json!({"cloud": "germany"}),
        (_, "clock") => json!({"to": "2020-02-15"}),
        (_, "share") => json!({"emails": ["anna.de.vries@waterland.example"]}),
        (_, "decide") => json!({"approved": [user]}),
        (_, "change-plan") | (_, "preview") if row.path.contains("/change-plan") => {
            json!({"price_id": PriceId::from_uuid(user.uuid()), "quantity": 26})
        }
        ("POST", "subscriptions" | "preview") if !row.path.contains("{subscription_id}") => {
            json!({"price_id": PriceId::from_uuid(user.uuid()), "quantity": 1})
        }
        ("POST", "suspend" | "resume") => json!({}),
        (_, "quantity" | "preview") => json!({"total": 26}),
        (_, "assign" | "unassign") => json!({"users": [user]}),
        (_, "assign-many" | "unassign-many") => json!({"emails": ["anna.de.vries@waterland.example"]}),
        (_, "payment-methods" | "{payment_method_id}") => {
            let address = json!({"line1": "Kade 1", "city": "Amsterdam", "country": "NL"});
            let mut body = json!({"holder": "Noor", "address": address});
            let (name, value) = match row.method {
                "POST" => ("payment_token", json!("card_succeeds")),
                _ => ("revision", json!(1)),
            };
            body[name] = value;
            body
        }
        (_, "billing-profiles" | "{billing_profile_id}") => {
            let address = json!({"line1": "Kade 1", "city": "Amsterdam", "country": "NL"});
            json!({"name": "Zuid", "bill_to": "Waterland", "address": address, "email_invoices": true})
        }
        (_, "sold-to") => json!({"line1": "Kade 1", "city": "Amsterdam", "revision": 1}),
        (_, "billing-profile") => json!({"billing_profile_id": BillingProfileId::from_uuid(user.uuid())}),
        (_, "replace") if row.path == "/api/v1/licenses/replace" => {
            json!({"users": [user], "products": [things.product]})
        }
        (_, "replace" | "payment-method") => json!({"payment_method_id": things.payment_method}),
        (_, "apps") => json!({"disabled_plans": []}),
        ("POST", "groups") | ("PUT", "{group_id}") => json!({"name": "Buyers"}),
        (_, "members") => json!({"users": [user]}),
        ("POST", "users") | ("PUT", "{user_id}") => {
            json!({"display_name": "Noor", "email": "noor@waterland.example"})
        }
        ("PUT", "notifications") => json!({"language": "nl", "attach_documents": true}),
        ("POST", "import") => return "display_name,email\n".to_owned(),
        (_, "pay") => json!({"payment_token": "visa"}),
        ("POST", "payment-notices") => json!({"id": "evt_1", "kind": "succeeded", "reference": "pi_1"}),
        ("POST", "extend") => {
            json!({"price_id": PriceId::from_uuid(user.uuid()), "payment_token": "card_succeeds"})
        }
        ("POST", "orders") => {
            json!({"price_id": PriceId::from_uuid(user.uuid()), "quantity": 1, "payment_token": "visa"})
        }
        other => panic!("the sweep needs a body for {other:?}"),
    };
    body.to_string()
}

fn call(program: &Program, row: &RouteRow, things: &Things) -> Answer {
    let is_file = row.path.ends_with("/import");
    let headers: &[_] = if is_file { &[("content-type", "text/csv")] } else { &[] };
    program.send(row.method, &things.path(row), headers, &body(row, things))
}

#[test]
fn nobody_gets_in_without_a_token() {
    in_each_world(|world| {
        let things = Things::of(world);
        let stranger = Program::stranger(world, "");
        for row in api::routes().table() {
            let answer = call(&stranger, row, &things);
            match row.access {
                Access::Public => assert_eq!(answer.status, 200, "{row:?}"),
                Access::Signed => assert_eq!(answer.status, 400, "{row:?}"),
                Access::Needs(_) => assert_eq!(answer.refusal(), (401, "not_signed_in".to_owned()), "{row:?}"),
            }
        }
    });
}

#[test]
fn every_scope_but_the_right_one_is_not_enough() {
    in_each_world(|world| {
        let things = Things::of(world);
        for row in api::routes().table().iter().filter(|row| matches!(row.access, Access::Needs(_))) {
            let right = row.access.scopes();
            assert!(!right.is_empty(), "no scope opens {row:?}");
            let others: Vec<_> = scopes_of_customers().into_iter().filter(|scope| !right.contains(scope)).collect();
            let answer = call(&Program::new(world, &others), row, &things);
            assert_eq!(answer.refusal(), (403, "missing_scope".to_owned()), "{row:?}");
        }
    });
}

/// Things of another organization are not there: 404, never 403.
#[test]
fn the_key_of_another_organization_finds_nothing() {
    in_each_world(|world| {
        let things = Things::of(world);
        let _ = world.new_events();
        let elsewhere = world.other_organization("Elsewhere");
        let program = Program::of(world, elsewhere, &scopes_of_customers());
        let of_things = |row: &&RouteRow| row.path.contains('{') && !row.path.contains("polic");
        for row in api::routes().table().iter().filter(of_things) {
            let answer = call(&program, row, &things);
            match (row.method, row.path) {
                // The catalog is everybody's; who holds a product is not.
                ("GET", "/api/v1/products/{product_id}") => assert_eq!(answer.body["subscriptions"], 0),
                ("GET", "/api/v1/products/{product_id}/licenses") => assert_eq!(answer.body["items"], json!([])),
                _ => assert_eq!(answer.refusal(), elsewhere_refusal(row), "{row:?}"),
            }
        }
        assert_eq!(world.new_events(), []);
    });
}

/// R171: what the operator may, the operator's key alone may, and it reaches what belongs to a customer.
#[test]
fn only_a_key_of_the_operator_opens_what_is_the_operators() {
    in_each_world(|world| {
        let things = Things::of(world);
        let house = world.organization_with("Zetel", |house| house.kind = OrganizationKind::Operator);
        let scopes = [Scope::OperateBilling, Scope::OperateOrganizations];
        let (customer, operator) =
            (Program::new(world, &scopes_of_customers()), Program::operator(world, house, &scopes));
        let of_operator = |row: &&RouteRow| row.path.starts_with("/api/v1/operator/");
        let routes = api::routes();
        assert!(routes.table().iter().any(|row| of_operator(&row)));
        for row in routes.table().iter().filter(of_operator) {
            assert_eq!(call(&customer, row, &things).refusal(), (403, "missing_scope".to_owned()), "{row:?}");
            let answer = call(&operator, row, &things);
            assert!([200, 202, 204, 404, 422].contains(&answer.status), "{row:?}: {answer:?}");
        }
        // It is a key for that alone.
        assert_eq!(operator.get("/api/v1/subscriptions").refusal(), (403, "missing_scope".to_owned()));
    });
}

/// People of another organization are named in a body: whoever is not found is not of this organization (R29).
fn elsewhere_refusal(row: &RouteRow) -> (u16, String) {
    let (status, code) = match row.path {
        path if path.starts_with("/api/v1/operator/") => (403, "missing_scope"),
        path if path.ends_with("/assign") || path.ends_with("/unassign") => (422, "invalid_fields"),
        path if path.contains("/users/{user_id}/licenses/") && row.method == "DELETE" => (422, "invalid_fields"),
        _ => (404, "not_found"),
    };
    (status, code.to_owned())
}
