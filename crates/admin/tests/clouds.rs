//! What pages show and do in the three clouds (domain 7).

#![expect(clippy::unwrap_used, reason = "a helper of a test fails the test")]

mod browser;

use admin::pages::{router, routes};
use admin::web::{Access, Admin, Settings};
use axum::Router;
use axum::http::{StatusCode, header};
use browser::{Browser, run};
use domain::access::Role;
use domain::cloud::PageNames;
use domain::ids::SubscriptionId;
use domain::organization::{Cloud, OrganizationKind};
use std::sync::Arc;
use testkit::engines::Database;
use testkit::world::World;

/// A world whose organization is in a cloud, with a subscription of 100 licenses.
fn world_in(cloud: Cloud, settings: Settings) -> (World, Router, SubscriptionId) {
    let mut world = World::new(Database::sqlite());
    world.organization = world.organization_with("Waterland", |new| new.cloud = cloud);
    let subscription = world.subscription(&world.product("Office"), 100);
    let admin = Admin { app: world.app.clone(), settings: Arc::new(settings) };
    (world, router(admin), subscription)
}

async fn global_admin(world: &World, router: &Router) -> Browser {
    let admin = tokio::task::block_in_place(|| world.caller(Role::GlobalAdmin));
    Browser::signed_in(router, world, &admin).await
}

/// Looks at a page in each cloud.
fn in_each_cloud(look: impl AsyncFn(Cloud, &Browser, SubscriptionId)) {
    for cloud in Cloud::ALL {
        let (world, router, subscription) = world_in(*cloud, Settings::default());
        run(async { look(*cloud, &global_admin(&world, &router).await, subscription).await });
    }
}

async fn page(browser: &Browser, path: &str) -> String {
    let (status, html) = browser.read(path).await;
    assert_eq!(status, StatusCode::OK, "{path}");
    html
}

/// R52, R56, R58: the names of 2020, one for each cloud; R88, R95, R106: the name of 2021 in all of them.
#[test]
fn the_page_with_the_subscriptions_is_named_as_the_instructions_name_it() {
    let of_2020 = ["Products &#38; services", "Subscriptions", "Subscriptions"];
    for (cloud, old_name) in Cloud::ALL.iter().zip(of_2020) {
        for (page_names, name) in [(PageNames::Of2020, old_name), (PageNames::Of2021, "Your products")] {
            let (world, router, _) = world_in(*cloud, Settings { page_names, ..Settings::default() });
            run(async {
                let browser = global_admin(&world, &router).await;
                let html = page(&browser, "/billing/your-products").await;
                assert!(html.contains(&format!("<h1>{name}</h1>")), "{cloud} {page_names}");
                assert!(html.contains(&format!("<span class=\"navigation-label\">{name}</span>")), "{cloud}");
                let name = name.replace("&#38;", "&amp;");
                let help = page(&browser, "/help/add-or-remove-licenses").await;
                assert!(help.contains(&format!("<a href=\"/billing/your-products\">{name}</a>")), "{cloud}: {help}");
            });
        }
    }
}

/// R54, R57, R59: "Submit change", or "Submit" and then "Close"; the total is the new one: 105 adds five, 95 removes
/// five. R55: what was done leads to assigning.
#[test]
fn the_total_is_sent_by_the_buttons_of_the_cloud() {
    in_each_cloud(async |cloud, browser, subscription| {
        let details = format!("/billing/your-products/{subscription}");
        let (button, next) = match cloud {
            Cloud::Worldwide => ("Submit change", details.clone()),
            Cloud::Germany | Cloud::Vianet21 => ("Submit", format!("{details}/quantity/submitted")),
        };
        for (total, said) in [(105, "5 licenses were added."), (100, "5 licenses were removed.")] {
            let pane = page(browser, &format!("{details}/quantity")).await;
            assert!(
                pane.contains(&format!(">{button}</button>")) && pane.contains("Total licenses"),
                "{cloud}: {pane}"
            );
            let form = format!("form_token={}&quantity={total}", browser.form_token);
            let answer = browser.send("POST", &format!("{details}/quantity"), form).await;
            assert_eq!(answer.headers()[header::LOCATION], next.as_str());
            let notice = answer.headers()[header::SET_COOKIE].to_str().unwrap().split(';').next().unwrap().to_owned();
            let shown = browser.with_cookie(&notice);
            let html = page(&shown, &next).await;
            assert!(html.contains(said), "{cloud}: {html}");
            if next != details {
                let close = format!("<a class=\"button button-primary\" href=\"{details}\">Close</a>");
                assert!(html.contains(&close) && html.contains("Assign licenses"), "{cloud}: {html}");
            }
            assert!(page(browser, &details).await.contains(&format!("{total} licenses")), "{cloud}");
        }
    });
}

/// R15, a line about pages alone: the notice with its link stands on every page of the cloud of 21Vianet, and on none of
/// the others.
#[test]
fn the_notice_of_a_changing_admin_center() {
    in_each_cloud(async |cloud, browser, _| {
        let notice = "The admin center is changing.";
        let link = "<a href=\"/help/admin-center-changes\">See what changes</a>";
        for row in routes().table().iter().filter(|row| row.method == "GET" && !row.path.contains('{')) {
            let (status, html) = browser.read(row.path).await;
            if row.access == Access::Public || status != StatusCode::OK || !html.contains("class=\"topbar\"") {
                continue;
            }
            let says = html.contains(notice) && html.contains(link);
            assert_eq!(says, cloud == Cloud::Vianet21, "{cloud} {}", row.path);
        }
        assert!(page(browser, "/help/admin-center-changes").await.contains("What changes in the admin center"));
    });
}

/// Domain 7: what only support does is closed with its reason and the way to support, as a button and as a rule.
#[test]
fn some_clouds_leave_some_things_to_support() {
    in_each_cloud(async |cloud, browser, subscription| {
        let details = format!("/billing/your-products/{subscription}");
        for (path, of) in [("billing-frequency", Cloud::Germany), ("payment-method", Cloud::Vianet21)] {
            let pane = page(browser, &format!("{details}/{path}")).await;
            let says = pane.contains("In your cloud, support does this for you.")
                && pane.contains("<a href=\"/help/support\">Contact support</a>");
            assert_eq!(says, cloud == of, "{cloud} {path}");
        }
    });
}

/// Domain 1.3, 7: recurring billing is also switched on the page itself where the cloud has it so.
#[test]
fn recurring_billing_is_a_pane_or_a_switch() {
    in_each_cloud(async |cloud, browser, subscription| {
        let details = format!("/billing/your-products/{subscription}");
        let html = page(browser, &details).await;
        let switch = "name=\"recurring_billing\" value=\"off\"";
        assert_eq!(html.contains(switch), cloud != Cloud::Worldwide, "{cloud}");
        let form = format!("form_token={}&recurring_billing=off", browser.form_token);
        assert_eq!(browser.send("POST", &format!("{details}/recurring-billing"), form).await.status(), 303);
        let html = page(browser, &details).await;
        assert!(html.contains("Expires on"), "{cloud}");
        assert_eq!(html.contains("name=\"recurring_billing\" value=\"on\""), cloud != Cloud::Worldwide, "{cloud}");
    });
}

/// R184; domain 7: where an invoice proves nothing, the list of invoices says how to get what does.
#[test]
fn fapiaos_are_asked_for_where_there_are_any() {
    in_each_cloud(async |cloud, browser, _| {
        let html = page(browser, "/billing/invoices").await;
        let asks = html.contains("href=\"/help/fapiaos\"") && html.contains("Get Fapiaos");
        assert_eq!(asks, cloud == Cloud::Vianet21, "{cloud}");
    });
}

/// R22, R89, R106: the page has the tab Products, the filter Self-service, and in it what people bought.
#[test]
fn the_products_tab_filters_by_self_service() {
    in_each_cloud(async |cloud, browser, _| {
        let html = page(browser, "/billing/your-products").await;
        let tab = "<a class=\"tab\" href=\"/billing/your-products\" aria-current=\"page\">Products</a>";
        assert!(html.contains(tab), "{cloud}");
        assert!(html.contains("<option value=\"self_service\">Self-service</option>"), "{cloud}");
        let filtered = page(browser, "/billing/your-products?channel=self_service").await;
        assert!(!filtered.contains("Office"), "{cloud}");
    });
}

/// R2, R9, R36, R88, R95, R106, R110, R123, R133, R144, R151: the numbers of links in written steps, for everybody.
#[test]
fn numbered_links_lead_to_their_pages() {
    let (world, router, _) = world_in(Cloud::Worldwide, Settings::default());
    run(async {
        let (stranger, reader) = (Browser::stranger(&router), global_admin(&world, &router).await);
        for (numbers, place) in [
            ([842_054, 847_745, 850_626], "/billing/your-products"),
            ([842_264, 848_038, 850_625], "/billing/licenses"),
            ([868_433, 848_041, 850_627], "/billing/purchase"),
            ([2_102_895, 848_040, 2_127_421], "/billing/invoices"),
            ([853_212, 853_213, 853_215], "/settings/notifications"),
            ([834_822, 847_686, 850_628], "/users"),
            ([2_024_339; 3], "/"),
            ([2_103_629; 3], "/billing/profiles"),
            ([2_117_167; 3], "/help/payment-methods"),
            ([2_117_519; 3], "/help/reactivate"),
            ([2_119_112; 3], "/help/billing-frequency"),
            ([2_119_113; 3], "/help/cancel"),
            ([2_119_216; 3], "/help/recurring-billing"),
        ] {
            for number in numbers {
                let answer = stranger.send("GET", &format!("/link/{number}"), String::new()).await;
                assert_eq!(
                    (answer.status(), &answer.headers()[header::LOCATION]),
                    (StatusCode::SEE_OTHER, &place.parse().unwrap())
                );
                if place.starts_with("/help/") {
                    page(&reader, place).await;
                }
            }
        }
        for wrong in ["/link/1", "/link/842054x", "/link/99999999999"] {
            let (status, html) = stranger.read(wrong).await;
            assert_eq!(status, StatusCode::NOT_FOUND, "{wrong}");
            assert!(html.contains("<h1>This page does not exist</h1>"), "{wrong}");
        }
    });
}

/// Domain 7: the operator puts an organization into another cloud, and the buttons of its pages follow at once.
#[test]
fn the_operator_changes_the_cloud() {
    let (world, router, subscription) = world_in(Cloud::Worldwide, Settings::default());
    let house = world.organization_with("Zetel", |house| house.kind = OrganizationKind::Operator);
    let operator = world.caller_in(house, Role::Operator);
    run(async {
        let (operator, admin) =
            (Browser::signed_in(&router, &world, &operator).await, global_admin(&world, &router).await);
        let details = format!("/operator/organizations/{}", world.organization);
        let url = format!("{details}/cloud");
        assert!(page(&operator, &details).await.contains(&format!("href=\"{url}\"")));
        assert!(page(&operator, &url).await.contains("value=\"worldwide\" checked"));
        let send = async |cloud: &str| {
            operator.send("POST", &url, format!("form_token={}&cloud={cloud}", operator.form_token)).await
        };
        let pane = format!("/billing/your-products/{subscription}/quantity");
        assert!(page(&admin, &pane).await.contains(">Submit change</button>"));
        let answer = send("germany").await;
        assert_eq!(
            (answer.status(), &answer.headers()[header::LOCATION]),
            (StatusCode::SEE_OTHER, &details.parse().unwrap())
        );
        assert!(page(&admin, &pane).await.contains(">Submit</button>"));
        assert!(page(&operator, &details).await.contains("The organization is in another cloud now: Germany."));

        let visa = tokio::task::block_in_place(|| world.card(world.person("Anna"), "card_succeeds"));
        for (cloud, status, said) in [
            ("21vianet", StatusCode::CONFLICT, "That cloud does not take 1 payment method on file."),
            ("germany", StatusCode::CONFLICT, "It already is as you ask."),
            ("moon", StatusCode::UNPROCESSABLE_ENTITY, "Choose one of the values."),
        ] {
            let answer = send(cloud).await;
            assert_eq!(answer.status(), status, "{cloud}");
            let bytes = axum::body::to_bytes(answer.into_body(), usize::MAX).await.unwrap();
            let html = String::from_utf8_lossy(&bytes);
            assert!(html.contains(said), "{cloud} {visa}: {html}");
        }
    });
}

/// R48, R150, lines about pages alone: the operator says where support is; without that the page says whom to ask.
#[test]
fn support_is_where_the_operator_says() {
    for (support_url, shown) in [
        (Some("https://support.example/zetel"), "href=\"https://support.example/zetel\">Go to support</a>"),
        (Some("mailto:help@example.com"), "href=\"mailto:help@example.com\">Write to help@example.com</a>"),
        (None, "Ask those who provide Zetel to you"),
    ] {
        let settings = Settings { support_url: support_url.map(str::to_owned), ..Settings::default() };
        let (world, router, _) = world_in(Cloud::Worldwide, settings);
        run(async {
            let html = page(&global_admin(&world, &router).await, "/help/support").await;
            assert!(html.contains(shown), "{html}");
        });
    }
}
