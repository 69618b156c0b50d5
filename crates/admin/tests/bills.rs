//! Bills & payments leads nobody to a page that is closed to them; a pane that can do nothing says why.

#![expect(clippy::unwrap_used, reason = "a helper of a test fails the test")]

mod browser;

use app::billing::list::{InvoiceDays, ListInvoices};
use axum::body::to_bytes;
use axum::http::StatusCode;
use browser::{Browser, house, run};
use domain::access::Role;
use domain::organization::OrganizationKind;
use domain::subscription::Channel;
use jiff::SignedDuration;

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

/// Domain 4.7: two admins change the billing account; who comes second sees at each field what the first one saved, and
/// may save over it.
#[test]
fn what_somebody_else_saved_stands_beside_what_was_typed() {
    let (world, router) = house();
    let admin = world.caller(Role::BillingAdmin);
    run(async {
        let browser = Browser::signed_in(&router, &world, &admin).await;
        let send = async |city: &str, revision: i64| {
            let path = "/billing/account/sold-to";
            let fields = format!("revision={revision}&line1=Kade+1&city={city}");
            let body = format!("form_token={}&{fields}", browser.form_token);
            let answer = browser.send("POST", path, body).await;
            let status = answer.status();
            let bytes = to_bytes(answer.into_body(), usize::MAX).await.unwrap();
            (status, String::from_utf8_lossy(&bytes).into_owned())
        };
        let (_, pane) = browser.read("/billing/account/sold-to").await;
        let after = pane.split("name=\"revision\" value=\"").nth(1).unwrap();
        let revision: i64 = after.split('"').next().unwrap().parse().unwrap();
        assert_eq!(send("Delft", revision).await.0, StatusCode::SEE_OTHER);
        let (status, refused) = send("Gouda", revision).await;
        assert_eq!(status, StatusCode::PRECONDITION_FAILED);
        assert!(refused.contains("City, saved now: Delft") && refused.contains("value=\"Gouda\""), "{refused}");
        assert!(refused.matches("saved now: ").count() == 2, "{refused}");
        assert_eq!(send("Gouda", revision + 1).await.0, StatusCode::SEE_OTHER);
    });
}

/// An invoice gives nothing back: whoever comes to that pane by its address reads why, and finds no form.
#[test]
fn only_a_credit_note_can_be_paid_back() {
    let (world, router) = house();
    let seller = world.organization_with("Zetel", |house| house.kind = OrganizationKind::Operator);
    let operator = world.caller_in(seller, Role::Operator);
    let office = world.product("Office");
    let _ = world.subscription_with(world.organization, &office, 10, |new| new.channel = Channel::DirectInvoice);
    world.clock.advance(SignedDuration::from_hours(24 * 40));
    world.sweep();
    let all = ListInvoices { days: InvoiceDays::default(), after: None, limit: 1 };
    let invoice = world.read(&world.caller(Role::GlobalAdmin), &all).unwrap().rows[0].id;
    let path = format!("/operator/organizations/{}/invoices/{invoice}/refund", world.organization);
    run(async {
        let english = Browser::signed_in(&router, &world, &operator).await;
        for (browser, why) in [
            (
                english.with_cookie("language=nl"),
                "Alleen een creditfactuur waar nog tegoed op staat, kan worden terugbetaald.",
            ),
            (english, "Only a credit note that still gives something can be paid back."),
        ] {
            let (status, pane) = browser.read(&path).await;
            assert_eq!(status, StatusCode::OK);
            assert!(pane.contains(why) && !pane.contains("name=\"amount\""), "{pane}");
        }
    });
}

/// D23: who reads the bills of own purchases only is not told that everything is paid.
#[test]
fn own_purchases_are_named_as_such() {
    let (world, router) = house();
    let office = world.product("Office");
    let _ = world.subscription_with(world.organization, &office, 10, |new| new.channel = Channel::DirectInvoice);
    run(async {
        let own = ["Nothing is open for your own purchases.", "What you were charged for your own purchases"];
        for (role, is_own) in [(Role::BillingAdmin, false), (Role::LicenseAdmin, true), (Role::UserAdmin, true)] {
            let caller = tokio::task::block_in_place(|| world.caller(role));
            let browser = Browser::signed_in(&router, &world, &caller).await;
            let (_, html) = browser.read("/billing/invoices").await;
            assert_eq!(own.map(|sentence| html.contains(sentence)), [is_own; 2], "{role}");
            assert_eq!(html.contains("Everything is paid."), !is_own, "{role}");
        }
        let caller = tokio::task::block_in_place(|| world.caller(Role::LicenseAdmin));
        let browser = Browser::signed_in(&router, &world, &caller).await.with_cookie("language=nl");
        let (_, html) = browser.read("/billing/invoices").await;
        assert!(html.contains("Voor uw eigen aankopen staat niets open."), "{html}");
    });
}

/// R166, domain 4.3: who settles several invoices reads that each is a payment of its own; who may pay now what is
/// charged by itself reads what each of the two means.
#[test]
fn what_is_taken_is_said_before_it_is() {
    let (world, router) = house();
    let office = world.product("Office");
    let dirk = world.person("Dirk");
    world.give_roles(world.organization, dirk, &[Role::GlobalAdmin]);
    let admin = world.as_person(dirk, &[Role::GlobalAdmin]);
    let card = world.card(dirk, "card_succeeds");
    for _ in 0..2 {
        let _ = world.subscription_with(world.organization, &office, 10, |new| new.payment_method_id = Some(card));
    }
    world.clock.set_day(jiff::civil::date(2020, 2, 15));
    world.sweep();
    let all = ListInvoices { days: InvoiceDays::default(), after: None, limit: 1 };
    let invoice = world.read(&admin, &all).unwrap().rows[0].id;
    run(async {
        let browser = Browser::signed_in(&router, &world, &admin).await;
        let (_, pane) = browser.read("/billing/invoices/pay").await;
        assert!(pane.contains("Each invoice is paid on its own: 2 amounts are taken, not one sum."), "{pane}");
        let (_, pane) = browser.read(&format!("/billing/invoices/{invoice}/pay")).await;
        assert!(!pane.contains("Each invoice is paid on its own"), "{pane}");
        let (_, page) = browser.read(&format!("/billing/invoices/{invoice}")).await;
        let sentence = "Do not transfer it; choose Pay now only to pay earlier or with something else.";
        assert!(page.contains(sentence) && !page.contains("Do not pay this invoice yourself"), "{page}");
    });
}
