//! Bills & payments leads nobody to a page that is closed to them.

#![expect(clippy::unwrap_used, reason = "a helper of a test fails the test")]

mod browser;

use axum::http::StatusCode;
use browser::{Browser, house, run};
use domain::access::Role;

/// Domain 6: each role sees the tabs that open for it, and no others; who has no part in billing has own invoices,
/// what pays them, and own payment methods.
#[test]
fn every_tab_opens_for_who_sees_it() {
    let (world, router) = house();
    let all = ["/billing/invoices", "/billing/profiles", "/billing/payment-methods", "/billing/roles"];
    run(async {
        for (role, tabs) in [
            (Role::GlobalAdmin, &all[..]),
            (Role::BillingAdmin, &all[..]),
            (Role::GlobalReader, &all[..]),
            (Role::LicenseAdmin, &all[..3]),
            (Role::UserAdmin, &all[..3]),
        ] {
            let caller = tokio::task::block_in_place(|| world.caller(role));
            let browser = Browser::signed_in(&router, &world, &caller).await;
            let (_, html) = browser.read("/billing/invoices").await;
            let shown = html.split("<a class=\"tab\" href=\"").skip(1).map(|rest| rest.split('"').next().unwrap());
            let shown: Vec<_> = shown.filter(|url| !url.contains('?')).collect();
            assert_eq!(shown, tabs, "{role}");
            for tab in all {
                let (status, _) = browser.read(tab).await;
                let expected = if tabs.contains(&tab) { StatusCode::OK } else { StatusCode::FORBIDDEN };
                assert_eq!(status, expected, "{role} {tab}");
            }
        }
    });
}
