//! Help where the question comes up: what pages link to it, and where support is.

#![expect(clippy::unwrap_used, reason = "a helper of a test fails the test")]

mod browser;

use axum::http::StatusCode;
use browser::{Browser, house, run};
use domain::access::Role;
use domain::catalog::SkuKind;
use domain::organization::OrganizationKind;
use domain::subscription::Channel;
use testkit::world::World;

fn link_to(slug: &str) -> String {
    format!("href=\"/help/{slug}\"")
}

async fn page(browser: &Browser, path: &str) -> String {
    let (status, html) = browser.read(path).await;
    assert_eq!(status, StatusCode::OK, "{path}");
    html
}

async fn signed_in(world: &World, router: &axum::Router, role: Role) -> Browser {
    let caller = tokio::task::block_in_place(|| world.caller(role));
    Browser::signed_in(router, world, &caller).await
}

/// R2: counts, date, reactivating, what pays, how often, canceling and buying each have their help on Your products;
/// R6: adding and reducing licenses; R9: recurring billing; R83: what is related. Every link leads to a page.
#[test]
fn each_feature_of_your_products_has_its_help() {
    let (world, router) = house();
    let subscription = world.subscription(&world.product("Office"), 100);
    run(async {
        let browser = signed_in(&world, &router, Role::GlobalAdmin).await;
        let list = page(&browser, "/billing/your-products").await;
        let features = [
            "add-or-remove-licenses",
            "assign-licenses",
            "recurring-billing",
            "reactivate",
            "payment-methods",
            "billing-frequency",
            "cancel",
            "buy",
            "subscriptions-and-licenses",
        ];
        for slug in features {
            assert!(list.contains(&link_to(slug)), "{slug}");
            page(&browser, &format!("/help/{slug}")).await;
        }
        let details = page(&browser, &format!("/billing/your-products/{subscription}")).await;
        for slug in features.iter().filter(|slug| !["buy", "subscriptions-and-licenses"].contains(slug)) {
            assert!(details.contains(&link_to(slug)), "{slug}");
        }
        assert!(details.contains("href=\"/billing/your-products/why-no-add-remove\""));
        for pane in ["cancel", "recurring-billing", "billing-frequency"] {
            let html = page(&browser, &format!("/billing/your-products/{subscription}/{pane}")).await;
            assert!(html.contains(&link_to(pane)), "{pane}");
        }
    });
}

/// R83: subscriptions and licenses, buying licenses, another subscription, assigning, and licenses for Yammer.
#[test]
fn the_help_about_licenses_leads_to_what_is_related() {
    let (world, router) = house();
    run(async {
        let browser = signed_in(&world, &router, Role::BillingAdmin).await;
        let html = page(&browser, "/help/add-or-remove-licenses").await;
        let article = html.split("<article").nth(1).unwrap().split("</article>").next().unwrap();
        for slug in ["subscriptions-and-licenses", "buy", "product-keys", "assign-licenses", "yammer-licenses"] {
            assert!(article.contains(&link_to(slug)), "{slug}: {article}");
            page(&browser, &format!("/help/{slug}")).await;
        }
    });
}

/// R4, R5: licenses that nobody has are charged, but for what was paid in advance; lowering the total is how they are not,
/// and the price per period follows.
#[test]
fn a_lower_total_is_how_not_to_pay_for_unused_licenses() {
    let (world, router) = house();
    let subscription = world.subscription(&world.product("Office"), 100);
    let (visio, channel) = (world.product("Visio"), Channel::ProductKey);
    let prepaid = world.subscription_with(world.organization, &visio, 5, |new| new.channel = channel);
    run(async {
        let browser = signed_in(&world, &router, Role::GlobalAdmin).await;
        let says = async |path: &str| page(&browser, path).await.contains("Unassigned licenses are charged too.");
        assert!(says(&format!("/billing/your-products/{subscription}")).await);
        assert!(!says(&format!("/billing/your-products/{prepaid}")).await);
        let list = page(&browser, "/billing/your-products").await;
        assert!(list.contains("Unassigned licenses are charged too."));
        assert!(list.contains("Lower the total of a subscription to stop paying for licenses that nobody uses."));
        let details = format!("/billing/your-products/{subscription}");
        assert!(page(&browser, &details).await.contains("€1,000.00 per month"));
        let form = format!("form_token={}&quantity=60", browser.form_token);
        assert_eq!(browser.send("POST", &format!("{details}/quantity"), form).await.status(), 303);
        let after = page(&browser, &details).await;
        assert!(after.contains("€600.00 per month") && !after.contains("€1,000.00 per month"), "{after}");
    });
}

/// R47, R48, R120, R150, lines about links alone: pages about self-service purchases lead to their questions and to
/// support, and the policy has its help. Other pages carry no such block.
#[test]
fn self_service_has_its_questions_and_support() {
    let (world, router) = house();
    let office = world.product("Office");
    let own = world.subscription(&office, 100);
    let departmental = world.sku(office.product_id, SkuKind::SelfService, "OFFICE_DEPT");
    let bram = world.person("Bram Bakker");
    let bought = world.subscription_with(world.organization, &departmental, 5, |new| {
        (new.channel, new.holder) = (Channel::SelfService, Some(bram));
    });
    let buyer = world.as_person(bram, &[]);
    run(async {
        let admin = signed_in(&world, &router, Role::GlobalAdmin).await;
        let buyer = Browser::signed_in(&router, &world, &buyer).await;
        let details = format!("/billing/your-products/{bought}");
        let take_over = format!("{details}/take-over");
        for (browser, path) in [
            (&admin, "/settings/self-service"),
            (&admin, "/billing/your-products?channel=self_service"),
            (&admin, details.as_str()),
            (&admin, take_over.as_str()),
            (&buyer, "/billing/your-products"),
            (&buyer, details.as_str()),
        ] {
            let html = page(browser, path).await;
            assert!(
                html.contains(&format!("{}>Self-service purchases FAQ</a>", link_to("self-service-faq"))),
                "{path}"
            );
            assert!(html.contains(&format!("{}>Contact support</a>", link_to("support"))), "{path}");
        }
        for path in ["/billing/your-products".to_owned(), format!("/billing/your-products/{own}")] {
            assert!(!page(&admin, &path).await.contains(&link_to("self-service-faq")), "{path}");
        }
        assert!(page(&admin, "/settings/self-service").await.contains(&link_to("self-service-policy")));
        let policy = page(&admin, "/help/self-service-policy").await;
        assert!(policy.contains("AllowSelfServicePurchase") && policy.contains("zetel policy list"));
        for slug in ["self-service-faq", "support"] {
            page(&buyer, &format!("/help/{slug}")).await;
        }
    });
}

/// The addresses of the links in a part of a page.
fn links_in(html: &str, from: &str, to: &str) -> Vec<String> {
    let part = html.split(from).nth(1).unwrap().split(to).next().unwrap();
    part.split("href=\"").skip(1).map(|rest| rest.split('"').next().unwrap().to_owned()).collect()
}

/// R2, domain 6: help lists what the reader has a part in, and each link of each page opens. What is for operators and
/// partners alone is neither listed nor found by others, and still opens by its address.
#[test]
fn help_leads_nobody_to_what_is_closed() {
    let (world, router) = house();
    let house = world.organization_with("House", |house| house.kind = OrganizationKind::Operator);
    let partner = world.organization_with("Noordzee", |partner| partner.kind = OrganizationKind::Reseller);
    world.seed(partner, |write| store::tables::partner::set(write, "support@noordzee.example", ""));
    let of_operators = ["make-product-keys", "bill-runs", "pay-credit-back"];
    let callers = [
        ("global admin", world.caller(Role::GlobalAdmin), &[][..]),
        ("global reader", world.caller(Role::GlobalReader), &[]),
        ("license admin", world.caller(Role::LicenseAdmin), &[]),
        ("user", world.as_person(world.person("Ute"), &[]), &[]),
        ("partner", world.caller_in(partner, Role::GlobalAdmin), &["serve-customers"]),
        ("operator", world.caller_in(house, Role::Operator), &of_operators),
    ];
    run(async {
        let mut wrong = Vec::new();
        for (who, caller, own) in &callers {
            let browser = Browser::signed_in(&router, &world, caller).await;
            let listed = links_in(&page(&browser, "/help").await, "<main", "</main>");
            for slug in of_operators.iter().chain(&["serve-customers"]) {
                let is_listed = listed.contains(&format!("/help/{slug}"));
                assert_eq!(is_listed, own.contains(slug), "{who} {slug}");
                assert!(page(&browser, &format!("/help/{slug}")).await.contains("<article"), "{who} {slug}");
            }
            let found = page(&browser, "/help?q=bill+run").await;
            assert_eq!(found.contains(&link_to("bill-runs")), *who == "operator", "{who}");
            let mut seen: Vec<String> = Vec::new();
            for help in listed.iter().filter(|url| url.starts_with("/help/")) {
                for url in links_in(&page(&browser, help).await, "<article", "</article>") {
                    if !seen.contains(&url) {
                        let (status, _) = browser.read(&url).await;
                        if status != StatusCode::OK && status != StatusCode::SEE_OTHER {
                            wrong.push(format!("{who}: {help} leads to {url}: {status}"));
                        }
                        seen.push(url);
                    }
                }
            }
        }
        assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    });
}
