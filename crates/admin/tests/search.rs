//! The search of the top bar: everybody finds what they may see, and can open all of it.

#![expect(clippy::unwrap_used, reason = "a helper of a test fails the test")]

mod browser;

use app::billing::list::FindInvoices;
use axum::http::StatusCode;
use browser::{Browser, house, run};
use domain::access::Role;
use domain::subscription::Channel;
use jiff::SignedDuration;
use std::collections::BTreeSet;
use testkit::world::World;

/// The addresses that were found.
fn hits(html: &str) -> Vec<String> {
    let results = html.split("id=\"results\"").nth(1).unwrap();
    let links = results.split("class=\"action\" href=\"").skip(1);
    links.map(|rest| rest.split('"').next().unwrap().replace("&amp;", "&")).collect()
}

/// Something of each kind: two people, a subscription with an invoice, and what can be bought.
fn furnish(world: &World) -> String {
    let office = world.product("Office");
    let _ = world.subscription_with(world.organization, &office, 10, |new| new.channel = Channel::DirectInvoice);
    let _ = world.person("Örjan Óffice");
    world.clock.advance(SignedDuration::from_hours(24 * 40));
    world.sweep();
    let all = FindInvoices { number: String::new(), limit: 10 };
    world.read(&world.caller(Role::GlobalAdmin), &all).unwrap().0[0].number.clone()
}

/// Domain 6: the palette asks as the lists ask, so that each role finds only what opens.
#[test]
fn everything_that_a_role_finds_opens_for_it() {
    let (world, router) = house();
    let number = furnish(&world);
    let mut callers: Vec<_> = Role::ALL.iter().map(|role| world.caller(*role)).collect();
    callers.push(world.as_person(world.person("Bram Bakker"), &[]));
    run(async {
        for caller in &callers {
            let browser = Browser::signed_in(&router, &world, caller).await;
            let mut found = BTreeSet::new();
            for q in ["", "o", "e", "office", number.as_str()] {
                let (status, html) = browser.read(&format!("/search?q={q}")).await;
                assert_eq!(status, StatusCode::OK);
                found.extend(hits(&html));
            }
            assert!(found.contains("/shortcuts"), "{found:?}");
            for url in found {
                let (status, _) = browser.read(&url).await;
                assert_eq!(status, StatusCode::OK, "{} finds {url}", caller.actor.name);
            }
            let (_, html) = browser.read("/").await;
            let navigation = html.split("<nav class=\"navigation\"").nth(1).unwrap().split("</nav>").next().unwrap();
            let keys: Vec<&str> = navigation.split("data-go=\"").skip(1).map(|rest| &rest[..1]).collect();
            assert!(keys.len() > 2 && keys.iter().collect::<BTreeSet<_>>().len() == keys.len(), "{keys:?}");
        }
    });
}

#[test]
fn people_products_and_invoices_are_found_by_parts_and_only_those_of_ones_own_organization() {
    let (world, router) = house();
    let number = furnish(&world);
    let other = world.other_organization("Contoso");
    let stranger = world.caller_in(other, Role::GlobalAdmin);
    let admin = world.caller(Role::GlobalAdmin);
    let plain = world.as_person(world.person("Bram Bakker"), &[]);
    run(async {
        let kinds = |html: String| -> Vec<String> {
            let places = ["/users/usr_", "/billing/your-products/sub_", "/billing/purchase/", "/billing/invoices/inv_"];
            let found = hits(&html);
            let has = |place: &&str| found.iter().any(|url| url.starts_with(*place));
            places.into_iter().filter(has).map(str::to_owned).collect()
        };
        let mine = Browser::signed_in(&router, &world, &admin).await;
        let ask = async |browser: &Browser, q: &str| kinds(browser.read(&format!("/search?q={q}")).await.1);
        assert_eq!(ask(&mine, "orjan").await, ["/users/usr_"]);
        assert!(ask(&mine, "OFFICE").await.contains(&"/billing/your-products/sub_".to_owned()));
        let tail = &number[number.len() - 4..];
        assert_eq!(ask(&mine, &tail.to_lowercase()).await, ["/billing/invoices/inv_"]);
        // A wildcard is a character like any other.
        assert!(ask(&mine, "%251").await.is_empty() && ask(&mine, "1_").await.is_empty());
        let theirs = Browser::signed_in(&router, &world, &stranger).await;
        let bram = Browser::signed_in(&router, &world, &plain).await;
        for browser in [&theirs, &bram] {
            assert!(ask(browser, "orjan").await.is_empty() && ask(browser, tail).await.is_empty());
            assert!(!ask(browser, "office").await.contains(&"/billing/your-products/sub_".to_owned()));
        }
    });
}

/// WCAG 2.1.4: letters are shortcuts until the person turns them off, and the palette stays.
#[test]
fn letters_can_be_turned_off() {
    let (world, router) = house();
    let admin = world.caller(Role::GlobalAdmin);
    run(async {
        let browser = Browser::signed_in(&router, &world, &admin).await;
        let (_, html) = browser.read("/").await;
        assert!(html.contains("<body data-shortcuts ") && html.contains("data-palette=\"/assets/palette-"));
        let form = format!("form_token={}&shortcuts=off&return_to=/shortcuts", browser.form_token);
        let answer = browser.send("POST", "/preferences/shortcuts", form).await;
        assert_eq!(answer.status(), StatusCode::SEE_OTHER);
        assert!(answer.headers()["set-cookie"].to_str().unwrap().starts_with("shortcuts=off;"));
        let (_, html) = browser.with_cookie("shortcuts=off").read("/shortcuts").await;
        assert!(
            !html.contains("<body data-shortcuts")
                && html.contains("data-palette=")
                && html.contains("Turn letters on")
        );
    });
}
