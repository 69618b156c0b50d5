//! What readers see who may see less, or change less, than an admin (domain 6, D23).

#![expect(clippy::unwrap_used, reason = "a helper of a test fails the test")]

mod browser;

use app::history::Audit;
use app::subscription::cancel::CancelSubscription;
use app::subscription::reactivate::ReactivateSubscription;
use axum::http::StatusCode;
use browser::{Browser, house, run};
use domain::access::Role;
use domain::subscription::Channel;
use domain::subscription::cancel::{Cancel, CancelReason};
use jiff::SignedDuration;

/// D23: license admins and user admins read what happened without what it cost, wherever the history stands; who sees
/// prices reads it with them.
#[test]
fn the_history_has_amounts_for_who_sees_prices() {
    let (world, router) = house();
    let office = world.product("Office");
    let subscription_id =
        world.subscription_with(world.organization, &office, 10, |new| new.channel = Channel::DirectInvoice);
    let admin = world.caller(Role::GlobalAdmin);
    world.clock.advance(SignedDuration::from_hours(24 * 40));
    world.sweep();
    let cancel = Cancel { reason: CancelReason::NotUsedEnough, feedback: String::new() };
    world.write(&admin, CancelSubscription { subscription_id, cancel }).unwrap();
    world.write(&admin, ReactivateSubscription { subscription_id, payment_method_id: None }).unwrap();
    let all = Audit { kind: Some("subscription_reactivated".into()), limit: 1, ..Audit::default() };
    let entry = world.read(&admin, &all).unwrap().page.rows[0].id;
    let pages = [
        "/".to_owned(),
        "/settings/audit".to_owned(),
        "/settings/audit/export".to_owned(),
        format!("/settings/audit/{entry}"),
        format!("/billing/your-products/{subscription_id}"),
        format!("/billing/your-products/{subscription_id}/history"),
    ];
    run(async {
        for (role, sees) in [
            (Role::GlobalAdmin, true),
            (Role::BillingAdmin, true),
            (Role::GlobalReader, true),
            (Role::LicenseAdmin, false),
            (Role::UserAdmin, false),
        ] {
            let caller = tokio::task::block_in_place(|| world.caller(role));
            let browser = Browser::signed_in(&router, &world, &caller).await;
            for page in &pages {
                let (status, html) = browser.read(page).await;
                assert_eq!(status, StatusCode::OK, "{role} {page}");
                let has_amounts = html.contains('€') || html.contains("&#34;minor");
                assert_eq!(has_amounts, sees, "{role} {page}: {html}");
                assert!(html.contains("Office was reactivated"), "{role} {page}: {html}");
            }
        }
    });
}
