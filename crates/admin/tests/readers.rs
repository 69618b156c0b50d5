//! What readers see who may see less, or change less, than an admin (domain 6, D23).

#![expect(clippy::unwrap_used, reason = "a helper of a test fails the test")]

mod browser;

use app::api_token::CreateApiToken;
use app::history::Audit;
use app::subscription::cancel::CancelSubscription;
use app::subscription::reactivate::ReactivateSubscription;
use axum::http::StatusCode;
use browser::{Browser, house, run};
use domain::access::{Role, Scope};
use domain::api_token::ApiTokenDraft;
use domain::organization::OrganizationKind;
use domain::partner::RelationshipState;
use domain::subscription::Channel;
use domain::subscription::cancel::{Cancel, CancelReason};
use jiff::SignedDuration;
use std::collections::BTreeSet;
use store::tables::partner;

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

/// Domain 6: a global reader opens every page of the navigation of a global admin, and finds no button that changes
/// anything on those of partners and keys of programs.
#[test]
fn a_global_reader_sees_what_a_global_admin_sees() {
    let (world, router) = house();
    let (admin, reader) = (world.caller(Role::GlobalAdmin), world.caller(Role::GlobalReader));
    let draft = ApiTokenDraft { name: "HR".into(), scopes: vec![Scope::UsersRead], days: None };
    let token = world.write(&admin, CreateApiToken::new(draft).unwrap()).unwrap();
    let seller = world.organization_with("Cloudwijk", |house| house.kind = OrganizationKind::Reseller);
    world.seed(seller, |write| partner::set(write, "support@cloudwijk.example", ""));
    let now = world.clock_now();
    world.seed(world.organization, move |write| {
        partner::insert_relationship(write, seller, RelationshipState::Requested, now)
    });
    run(async {
        let admin = Browser::signed_in(&router, &world, &admin).await;
        let reader = Browser::signed_in(&router, &world, &reader).await;
        let (_, home) = admin.read("/").await;
        let linked: BTreeSet<_> =
            home.split("href=\"/").skip(1).map(|rest| rest.split(['"', '?']).next().unwrap()).collect();
        let pages: Vec<_> = linked.into_iter().filter(|path| !path.contains('.')).collect();
        assert!(pages.contains(&"settings/partners") && pages.contains(&"settings/api-tokens"), "{pages:?}");
        for page in pages {
            assert_eq!(reader.read(&format!("/{page}")).await.0, StatusCode::OK, "{page}");
        }
        for (page, shown, button) in [
            ("/settings/api-tokens", "HR", "/settings/api-tokens/create".to_owned()),
            ("/settings/api-tokens", "HR", format!("{}/revoke", token.id)),
            ("/settings/partners", "Cloudwijk", format!("{seller}/accept")),
            ("/settings/partners", "Cloudwijk", format!("{seller}/end")),
        ] {
            let ((_, for_admin), (_, for_reader)) = (admin.read(page).await, reader.read(page).await);
            assert!(for_admin.contains(shown) && for_reader.contains(shown), "{page}");
            assert!(for_admin.contains(&button) && !for_reader.contains(&button), "{page} {button}");
            assert!(!for_reader.contains(&token.secret), "{page}");
        }
    });
}
