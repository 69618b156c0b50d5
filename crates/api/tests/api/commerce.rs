//! The policy AllowSelfServicePurchase as scripts of the field read and set it: their requests byte for byte, and the
//! same in Zetel's own terms (domain 5.3, wire 3.1).

use crate::program::{Program, scopes_of_customers};
use app::api_token::CreateApiToken;
use app::history::Audit;
use app::license::auto_claim::{AutoClaimPolicies, ClaimLicense, SetAutoClaimPolicy};
use app::license_request::ask::RequestLicenses;
use app::user::administer::DeleteUser;
use domain::access::{Role, Scope};
use domain::api_token::ApiTokenDraft;
use domain::catalog::SkuKind;
use domain::event::{Change, Event};
use domain::ids::GroupId;
use domain::license::auto_claim::AutoClaimPolicy;
use domain::self_service::policy::SelfServicePolicy;
use serde_json::{Value, json};
use std::io::{Read, Write};
use std::net::{SocketAddr, TcpStream};
use testkit::engines::Database;
use testkit::world::{World, in_each_world};

/// Two products of the list, one of which has an old identifier, and one that scripts do not know.
fn shelf(world: &World) {
    let power_bi = world.product("Power BI Pro");
    let _ = world.sku(power_bi.product_id, SkuKind::SelfService, "POWER_BI_PRO_DEPT");
    let visio = world.product("Visio Plan 1");
    let _ = world.sku(visio.product_id, SkuKind::SelfService, "VISIO_PLAN1_DEPT");
    let _ = world.product("Bought centrally only");
}

/// A server on a port of its own; it goes down with the runtime.
fn serve(world: &World) -> (tokio::runtime::Runtime, SocketAddr) {
    let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().build().unwrap();
    let listener = runtime.block_on(tokio::net::TcpListener::bind("127.0.0.1:0")).unwrap();
    let address = listener.local_addr().unwrap();
    let router = api::router(&world.app);
    runtime.spawn(async move { axum::serve(listener, router).await });
    (runtime, address)
}

/// Sends bytes as they are and gives status and body.
fn replay(address: SocketAddr, request: &str) -> (u16, Value) {
    let mut stream = TcpStream::connect(address).unwrap();
    stream.write_all(request.as_bytes()).unwrap();
    answer(stream)
}

/// Sends a body as Windows PowerShell does: it announces it, and waits until the server says that it may come.
fn replay_announced(address: SocketAddr, head: &str, body: &str) -> (u16, Value) {
    const GO_ON: &[u8] = b"HTTP/1.1 100 Continue\r\n\r\n";
    let mut stream = TcpStream::connect(address).unwrap();
    stream.write_all(head.as_bytes()).unwrap();
    let mut told = [0; GO_ON.len()];
    stream.read_exact(&mut told).unwrap();
    assert_eq!(told, GO_ON);
    stream.write_all(body.as_bytes()).unwrap();
    answer(stream)
}

fn answer(mut stream: TcpStream) -> (u16, Value) {
    let mut answer = String::new();
    stream.read_to_string(&mut answer).unwrap();
    let (head, body) = answer.split_once("\r\n\r\n").unwrap();
    let status = head.split(' ').nth(1).unwrap().parse().unwrap();
    (status, serde_json::from_str(body).unwrap())
}

/// R116-R119: the requests of the module, of both its versions, of CIPP, AADInternals and Microsoft365DSC, as they send
/// them. Windows PowerShell writes JSON with two spaces behind the colon and its own line ends.
#[test]
fn the_requests_of_scripts_are_answered_as_they_send_them() {
    in_each_world(|world| {
        shelf(world);
        let admin = world.caller(Role::GlobalAdmin);
        let scopes = vec![Scope::SubscriptionsRead, Scope::SubscriptionsWrite];
        let draft = ApiTokenDraft { name: "MSCommerce".into(), scopes, days: None };
        let token = world.write(&admin, CreateApiToken::new(draft).unwrap()).unwrap().secret;
        let _ = world.new_events();
        let (_runtime, address) = serve(world);
        let head = format!(
            "User-Agent: Mozilla/5.0 (Windows NT; Windows NT 10.0; nl-NL) WindowsPowerShell/5.1.19041.906\r\n\
             x-ms-correlation-id: 1f8fbf2c-35c4-4a65-a7a2-8d8f0a3cf8f0\r\nAuthorization: Bearer {token}\r\n\
             Host: licensing.m365.microsoft.com\r\nConnection: Close\r\n"
        );
        let get = |path: &str| replay(address, &format!("GET {path} HTTP/1.1\r\n{head}\r\n"));
        let put = |path: &str, media: &str, body: &str| {
            let length = body.len();
            let what = format!("Content-Type: {media}\r\nContent-Length: {length}\r\nExpect: 100-continue\r\n");
            replay_announced(address, &format!("PUT {path} HTTP/1.1\r\n{head}{what}\r\n"), body)
        };
        let item = |id: &str, name: &str, value: &str| {
            json!({"policyId": "AllowSelfServicePurchase", "productId": id, "productName": name, "policyValue": value,
                   "scope": "product"})
        };
        let policy = json!({"id": "AllowSelfServicePurchase", "defaultValue": "Enabled",
            "description": "Whether people in the organization may buy for themselves"});

        // R117: Get-MSCommercePolicies, Get-MSCommercePolicy.
        assert_eq!(get("/v1.0/policies"), (200, json!({"items": [policy]})));
        assert_eq!(get("/v1.0/policies/AllowSelfServicePurchase"), (200, policy));
        // R118: Get-MSCommerceProductPolicies of the first version, of the second, and of Microsoft365DSC.
        let items = json!({"items": [
            item("CFQ7TTC0H9MP", "Power BI Pro", "Enabled"), item("CFQ7TTC0HD33", "Visio Plan 1", "Enabled")]});
        for path in [
            "/v1.0/policies/AllowSelfServicePurchase/products",
            "/v1.0/policies/AllowSelfServicePurchase/products?scope=product",
            "/v1/policies/AllowSelfServicePurchase/products",
        ] {
            assert_eq!(get(path), (200, items.clone()), "{path}");
        }
        // R119: Update-MSCommerceProductPolicy, then Get-MSCommerceProductPolicy; by the old identifier too.
        let trials = item("CFQ7TTC0H9MP", "Power BI Pro", "OnlyTrialsWithoutPaymentMethod");
        let body = "{\r\n    \"policyValue\":  \"OnlyTrialsWithoutPaymentMethod\"\r\n}";
        let path = "/v1.0/policies/AllowSelfServicePurchase/products/CFQ7TTC0H9MP";
        assert_eq!(put(path, "application/json", body), (200, trials.clone()));
        let old = "/v1.0/policies/AllowSelfServicePurchase/products/CFQ7TTC0L3PB";
        assert_eq!(get(old), (200, trials));
        let disabled = item("CFQ7TTC0H9MP", "Power BI Pro", "Disabled");
        let utf8 = "application/json; charset=utf-8";
        assert_eq!(put(old, utf8, "{\"policyValue\":\"Disabled\"}"), (200, disabled.clone()));
        assert_eq!(get("/v1/policies/AllowSelfServicePurchase/products/CFQ7TTC0H9MP"), (200, disabled));
        // Offer types of the second version.
        let offers = |value: &str| {
            json!({"policyId": "AllowSelfServicePurchase", "scope": "OfferType", "scopeId": "SaaS",
                   "scopeValue": "SaaS", "policyValue": value})
        };
        let saas = "/v1.0/policies/AllowSelfServicePurchase/offerTypes/SaaS";
        assert_eq!(get(saas), (200, offers("Enabled")));
        assert_eq!(put(saas, "application/json", "{\"policyValue\":\"Disabled\"}"), (200, offers("Disabled")));
        let all = get("/v1.0/policies/AllowSelfServicePurchase/products?scope=OfferType").1;
        let values: Vec<_> = all["items"].as_array().unwrap().iter().map(|item| &item["policyValue"]).collect();
        assert_eq!(values, ["Disabled", "Enabled", "Enabled", "Enabled"]);

        use SelfServicePolicy::{Disabled, Enabled, OnlyTrialsWithoutPaymentMethod as Trials};
        let changed =
            |of: &str, from, to| Event::SelfServicePolicyChanged { of: of.into(), value: Change { from, to } };
        assert_eq!(
            world.new_events(),
            [
                changed("Power BI Pro", Enabled, Trials),
                changed("Power BI Pro", Trials, Disabled),
                changed("SaaS", Enabled, Disabled)
            ]
        );
        let history = world.read(&admin, &Audit { limit: 1, ..Audit::default() }).unwrap();
        assert_eq!(
            (history.page.rows[0].command.as_str(), history.page.rows[0].actor_name.as_str()),
            ("set_self_service_policy", "MSCommerce")
        );
    });
}

/// R177, wire 3.3: whether people claim licenses at all, as scripts of the admin portal read and set it, byte for byte. It
/// says what the page says, and what people get follows it.
#[test]
fn scripts_turn_auto_claim_on_and_off() {
    in_each_world(|world| {
        let visio = world.product("Visio");
        let _ = world.subscription(&visio, 5);
        let admin = world.caller(Role::GlobalAdmin);
        let draft = ApiTokenDraft { name: "O365Essentials".into(), scopes: vec![Scope::LicensesWrite], days: None };
        let token = world.write(&admin, CreateApiToken::new(draft).unwrap()).unwrap().secret;
        let _ = world.new_events();
        let (_runtime, address) = serve(world);
        let path = "/fd/m365licensing/v1/policies/autoclaim";
        let head = format!(
            "Content-Type: application/json; charset=utf-8\r\nAuthorization: Bearer {token}\r\n\
             User-Agent: Mozilla/5.0 (Windows NT; Windows NT 10.0; nl-NL) WindowsPowerShell/5.1.19041.906\r\n\
             Host: admin.microsoft.com\r\nConnection: Close\r\n"
        );
        let get = || replay(address, &format!("GET {path} HTTP/1.1\r\n{head}\r\n"));
        let post = |body: &str| {
            let length = body.len();
            replay(address, &format!("POST {path} HTTP/1.1\r\n{head}Content-Length: {length}\r\n\r\n{body}"))
        };
        let answer = |value: &str| {
            let tenant = world.organization.uuid().to_string();
            (200, json!({"policyId": "Autoclaim", "tenantPolicyValue": value, "tenantId": tenant}))
        };
        let turned = |is_on| vec![Event::AutoClaimTurned { is_on }];
        let claims = || {
            let user_id = world.person("Anna de Vries");
            let claimed = ClaimLicense { user_id, product_id: visio.product_id };
            let outcome = world.write(&world.caller(Role::LicenseAdmin), claimed);
            world.write(&admin, DeleteUser(user_id)).unwrap();
            outcome.is_ok()
        };
        // Off until there is a policy, and then on.
        assert_eq!(get(), answer("Disabled"));
        let policy = AutoClaimPolicy { product_id: visio.product_id, disabled_plans: vec![], backups: vec![] };
        world.write(&admin, SetAutoClaimPolicy(policy)).unwrap();
        assert_eq!((get(), claims()), (answer("Enabled"), true));
        let _ = world.new_events();
        // Windows PowerShell writes JSON with two spaces behind the colon and its own line ends.
        assert_eq!(post("{\r\n    \"policyValue\":  \"Disabled\"\r\n}"), answer("Disabled"));
        assert_eq!((get(), world.new_events()), (answer("Disabled"), turned(false)));
        assert!(!claims());
        assert_eq!(world.read(&admin, &AutoClaimPolicies).unwrap().policies.len(), 1);
        let _ = world.new_events();
        assert_eq!(post("{\"policyValue\":\"Disabled\"}"), answer("Disabled"));
        assert_eq!(world.new_events(), []);
        assert_eq!(post("{\"policyValue\":\"Enabled\"}"), answer("Enabled"));
        assert_eq!((get(), world.new_events()), (answer("Enabled"), turned(true)));
        assert!(claims());
        assert_eq!(post("{\"policyValue\":\"OnlyTrialsWithoutPaymentMethod\"}").0, 422);
        assert_eq!(get(), answer("Enabled"));
    });
}

/// R115, R118, R176, wire 3.3: the policies, the one switch over all of them, and the requests for licenses, as scripts of
/// the admin portal (O365Essentials, Microsoft365DSC) ask for them, byte for byte.
#[test]
fn scripts_of_the_portal_read_and_turn_self_service() {
    in_each_world(|world| {
        shelf(world);
        let admin = world.caller(Role::GlobalAdmin);
        let scopes = vec![Scope::SubscriptionsRead, Scope::SubscriptionsWrite, Scope::LicensesRead];
        let draft = ApiTokenDraft { name: "O365Essentials".into(), scopes, days: None };
        let token = world.write(&admin, CreateApiToken::new(draft).unwrap()).unwrap().secret;
        let (_runtime, address) = serve(world);
        let head = format!(
            "Content-Type: application/json; charset=utf-8\r\nAuthorization: Bearer {token}\r\n\
             User-Agent: Mozilla/5.0 (Windows NT; Windows NT 10.0; nl-NL) WindowsPowerShell/5.1.19041.906\r\n\
             Host: admin.microsoft.com\r\n"
        );
        let send = |method: &str, path: &str, length: &str| {
            replay(address, &format!("{method} {path} HTTP/1.1\r\n{head}{length}Connection: Close\r\n\r\n"))
        };
        let get = |path: &str| send("GET", path, "");
        let allowed = || get("/admin/api/storesettings/iwpurchaseallowed");
        let turn =
            |to: &str| send("PUT", &format!("/admin/api/storesettings/iwpurchase/{to}"), "Content-Length: 0\r\n");
        let items = |value: &str| {
            let item = |id: &str, name: &str| {
                json!({"policyId": "AllowSelfServicePurchase", "productId": id, "productName": name,
                       "policyValue": value, "scope": "product"})
            };
            (200, json!({"items": [item("CFQ7TTC0H9MP", "Power BI Pro"), item("CFQ7TTC0HD33", "Visio Plan 1")]}))
        };
        let products = || get("/admin/api/selfServicePurchasePolicy/products");
        let _ = world.new_events();
        assert_eq!((allowed(), products()), ((200, json!(true)), items("Enabled")));
        assert_eq!((turn("true"), world.new_events()), ((200, json!(true)), vec![]));
        assert_eq!(turn("false"), (200, json!(false)));
        assert_eq!((allowed(), products()), ((200, json!(false)), items("Disabled")));
        let of = |event: &Event| match event {
            Event::SelfServicePolicyChanged { of, .. } => of.clone(),
            other => panic!("{other:?}"),
        };
        let decided = || world.new_events().iter().map(of).collect::<Vec<_>>();
        assert_eq!(decided(), ["Power BI Pro", "Visio Plan 1", ""]);
        assert_eq!((turn("true"), products(), decided().len()), ((200, json!(true)), items("Enabled"), 3));

        let tenant = world.organization.uuid();
        let requests = format!("/fd/m365licensing/v1/tenants/{tenant}/self-service-requests");
        assert_eq!(get(&requests), (200, json!({"items": []})));
        let visio = world.product("Visio Plan 2");
        let _ = world.subscription(&visio, 1);
        let anna = world.as_person(world.person("Anna de Vries"), &[]);
        let ask = RequestLicenses {
            product_id: visio.product_id,
            for_oneself: true,
            emails: Vec::new(),
            reason: "Drawings.".to_owned(),
        };
        world.write(&anna, ask).unwrap();
        let listed = get(&requests).1;
        let own = Program::new(world, &[Scope::LicensesRead]).get("/api/v1/license-requests").body;
        assert_eq!((&listed["items"], &listed["items"][0]["reason"]), (&own["items"], &json!("Drawings.")));
        let elsewhere = world.other_organization("Elsewhere").uuid();
        assert_eq!(get(&requests.replace(&tenant.to_string(), &elsewhere.to_string())).0, 404);
    });
}

/// Decision 22: what else scripts of the portal ask is not there, and says so to a program.
#[test]
fn what_the_portal_has_besides_is_not_served() {
    let world = World::new(Database::sqlite());
    let program = Program::new(&world, &scopes_of_customers());
    for path in [
        "/fd/m365licensing/v3/licensedProducts?allotmentSourceOwnerType=User&allotmentSourceType=LowFrictionTrial",
        "/fd/commerceapi/my-org/subscriptions?$filter=parentId%20eq%20null&$expand=subscribedsku",
        "/fd/commerceapi/my-org/legacyInvoices(startDate=2026-01-01,endDate=2026-06-30)",
        "/fd/commerceapi/my-org/paymentInstruments",
        "/fd/commerceMgmt/billingaccount",
        "/fd/commerceMgmt/moderncommerce/myroles/BillingGroup?api-version=3.0&accountId=1",
        "/fd/commerceMgmt/mgmtsettings/billingNotificationUsers?api-version=1.0",
        "/admin/api/tenant/billingAccountsWithShell",
        "/fd/arm/providers/Microsoft.Billing/billingAccounts?api-version=2020-05-01",
        "/fd/MSGraph/beta/admin/cloudLicensing/assignmentErrors?$top=100&$expand=assignedTo",
        "/admin/api/settings/apps/store",
        "/v1.0/something",
        "/v1/something/else",
    ] {
        assert_eq!(program.get(path).refusal(), (404, "not_found".into()), "{path}");
    }
    let preference = "/fd/commerceMgmt/mgmtsettings/invoicePreference?api-version=1.0";
    let answer = program.post(preference, &json!({"sendInvoiceEmails": true}));
    assert_eq!(answer.refusal(), (404, "not_found".into()));
}

/// Domain 5.3: what does not exist is 404, what cannot be is refused, and whoever may not learns nothing.
#[test]
fn what_scripts_cannot_do() {
    in_each_world(|world| {
        shelf(world);
        let program = Program::new(world, &[Scope::SubscriptionsWrite]);
        let reader = Program::new(world, &[Scope::SubscriptionsRead]);
        let elsewhere = Program::of(world, world.other_organization("Elsewhere"), &scopes_of_customers());
        let _ = world.new_events();
        let products = "/v1.0/policies/AllowSelfServicePurchase/products";
        for path in [
            "/v1.0/policies/SomethingElse",
            "/v1.0/policies/AllowSelfServicePurchase/products/CFQ7TTC0KP0P",
            "/v1.0/policies/AllowSelfServicePurchase/offerTypes/COFFEE",
        ] {
            assert_eq!(program.get(path).status, 404, "{path}");
        }
        assert_eq!(program.get(&format!("{products}?scope=planets")).status, 422);
        let path = format!("{products}/CFQ7TTC0H9MP");
        assert_eq!(program.put(&path, &json!({"policyValue": "Perhaps"})).status, 422);
        assert_eq!(program.put(&path, &json!({})).status, 422);
        // There are no trials of third parties' offers.
        let saas = "/v1.0/policies/AllowSelfServicePurchase/offerTypes/SaaS";
        let trials = json!({"policyValue": "OnlyTrialsWithoutPaymentMethod"});
        assert_eq!(program.put(saas, &trials).refusal(), (422, "invalid_fields".into()));
        assert_eq!(reader.put(&path, &trials).refusal(), (403, "missing_scope".into()));
        assert_eq!(Program::stranger(world, "").get(&path).status, 401);
        // Another organization decides for itself.
        assert_eq!(elsewhere.put(&path, &json!({"policyValue": "Disabled"})).status, 200);
        assert_eq!(program.get(&path).body["policyValue"], "Enabled");
        assert_eq!(world.new_events(), []);
    });
}

/// R115, R178: all products at once, and a default for those that come later, which leaves alone what is there.
#[test]
fn all_products_at_once_and_those_that_come_later() {
    in_each_world(|world| {
        shelf(world);
        let program = Program::new(world, &[Scope::SubscriptionsWrite]);
        let put = |path: &str, value: &str| {
            let path = format!("/api/v1/self-service-policy/{path}");
            program.put(&path, &json!({"value": value})).body
        };
        let values = || {
            let list = program.get("/api/v1/self-service-policy").body;
            let products = list["products"].as_array().unwrap().iter();
            let of = |product: &Value| {
                format!("{} {}", product["product_name"].as_str().unwrap(), product["value"].as_str().unwrap())
            };
            (list["new_products"].as_str().unwrap().to_owned(), products.map(of).collect::<Vec<_>>())
        };
        assert_eq!(put("new-products", "disabled"), json!({"changed": 1}));
        assert_eq!(put("new-products", "disabled"), json!({"changed": 0}));
        let before = ("disabled".to_owned(), vec!["Power BI Pro enabled".into(), "Visio Plan 1 enabled".to_owned()]);
        assert_eq!(values(), before);
        let team = world.product("Team Planner");
        let _ = world.sku(team.product_id, SkuKind::SelfService, "TEAM_PLANNER_DEPT");
        assert_eq!(values().1, ["Power BI Pro enabled", "Team Planner disabled", "Visio Plan 1 enabled"]);
        assert_eq!(put("products", "disabled"), json!({"changed": 2}));
        assert_eq!(put(&format!("products/{}", team.product_id), "enabled"), json!({"changed": 1}));
        assert_eq!(values().1, ["Power BI Pro disabled", "Team Planner enabled", "Visio Plan 1 disabled"]);
        let central = world.product("Central");
        let path = format!("/api/v1/self-service-policy/products/{}", central.product_id);
        assert_eq!(program.put(&path, &json!({"value": "disabled"})).refusal(), (404, "not_found".into()));
    });
}

/// Domain 5.3: limits are read and set as they are, and what makes no sense says where.
#[test]
fn who_may_buy_and_how_much() {
    in_each_world(|world| {
        let program = Program::new(world, &[Scope::SubscriptionsWrite]);
        let path = "/api/v1/self-service-limits";
        let none = json!({"group_id": null, "department": null, "licenses_max": null});
        assert_eq!(program.get(path).body, none);
        let _ = world.person_with(world.organization, "Anna de Vries", |new| new.department = "Sales".to_owned());
        assert_eq!(program.put(path, &json!({"department": "Sales", "licenses_max": 5})).status, 204);
        assert_eq!(program.get(path).body, json!({"group_id": null, "department": "Sales", "licenses_max": 5}));
        for (wrong, code) in [
            (json!({"department": "Finance"}), "unknown_choice"),
            (json!({"licenses_max": 0}), "out_of_range"),
            (json!({"department": "Sales", "group_id": GroupId::from_uuid(world.new_id())}), "unknown_choice"),
        ] {
            let answer = program.put(path, &wrong);
            assert_eq!((answer.status, answer.body["fields"][0]["code"].as_str()), (422, Some(code)), "{wrong}");
        }
        assert_eq!(program.put(path, &json!({})).status, 204);
        assert_eq!(program.get(path).body, none);
    });
}
