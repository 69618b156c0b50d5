//! How much goes over the line until a page is there.

#![expect(clippy::unwrap_used, reason = "a helper of a test fails the test")]

mod browser;

use admin::pages::routes;
use axum::http::{StatusCode, header};
use browser::{Browser, house, run};
use domain::access::Role;
use std::collections::BTreeSet;

/// The first load of any page, with its style sheet, script and icons.
const FIRST_LOAD_MAX: usize = 100 * 1024;

/// What a page takes from this server: style sheet, script, icons.
fn parts(html: &str) -> BTreeSet<String> {
    let addresses = html.split('"').filter(|text| text.starts_with("/assets/"));
    addresses.map(|address| address.split('#').next().unwrap_or(address).to_owned()).collect()
}

/// Every page that has no parameter, with more people and subscriptions than a list shows at once.
#[test]
fn the_first_load_of_a_page_stays_small() {
    let (world, router) = house();
    let people = world.people(300);
    let product = world.product("Office");
    for _ in 0..120 {
        let _ = world.subscription(&product, 10);
    }
    let first = world.subscription(&product, 300);
    people.iter().for_each(|person| world.give_license(first, *person));
    let admin = world.caller(Role::GlobalAdmin);
    run(async {
        let browser = Browser::signed_in(&router, &world, &admin).await;
        let mut paths: Vec<_> =
            routes().table().iter().filter(|row| row.method == "GET").map(|row| row.path.to_owned()).collect();
        paths.retain(|path| !path.contains('{'));
        paths.extend([format!("/billing/your-products/{first}"), format!("/billing/licenses/{}", product.product_id)]);
        let mut measured = 0;
        for path in paths {
            let (status, html) = browser.read(&path).await;
            let is_page = status == StatusCode::OK && html.starts_with("<!doctype html>");
            if !is_page {
                continue;
            }
            let mut bytes = browser.weight(&path).await;
            for part in parts(&html) {
                bytes += browser.weight(&part).await;
            }
            assert!(bytes < FIRST_LOAD_MAX, "{path}: {bytes} bytes");
            measured += 1;
        }
        assert!(measured > 20, "{measured} pages");
    });
}

/// What another site makes a browser ask for is not compressed, so that its size tells nothing about its secrets.
#[test]
fn a_page_for_another_site_is_not_compressed() {
    let (world, router) = house();
    let admin = world.caller(Role::GlobalAdmin);
    run(async {
        let browser = Browser::signed_in(&router, &world, &admin).await;
        for (site, is_compressed) in
            [("none", true), ("same-origin", true), ("same-site", false), ("cross-site", false)]
        {
            let answer = browser.ask("/users", &[("accept-encoding", "gzip"), ("sec-fetch-site", site)]).await;
            assert_eq!(answer.headers().contains_key(header::CONTENT_ENCODING), is_compressed, "{site}");
        }
        let export = browser.ask("/users/export", &[("accept-encoding", "gzip"), ("sec-fetch-site", "none")]).await;
        assert!(!export.headers().contains_key(header::CONTENT_ENCODING));
    });
}
