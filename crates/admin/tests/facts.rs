//! What the pages say of a subscription holds in each of its states.

#![expect(clippy::unwrap_used, reason = "a helper of a test fails the test")]

mod browser;

use app::subscription::cancel::CancelSubscription;
use browser::{Browser, house, run};
use domain::access::Role;
use domain::ids::SubscriptionId;
use domain::subscription::cancel::{Cancel, CancelReason};
use domain::subscription::{Channel, Subscription, SubscriptionState};
use jiff::SignedDuration;
use jiff::civil::date;
use testkit::world::World;

/// A subscription of ten licenses of Office that differs from an active one.
fn office(world: &World, differ: impl FnOnce(&mut Subscription)) -> SubscriptionId {
    let office = world.product("Office");
    world.subscription_with(world.organization, &office, 10, differ)
}

fn url(id: SubscriptionId) -> String {
    format!("/billing/your-products/{id}")
}

/// R7, domain 1.4: what was canceled says when, and when its data is erased, in place of the end of the term that it no
/// longer has; on Your products, on its page and on the Home of its buyer, also after a take-over.
#[test]
fn what_was_stopped_says_when() {
    let (world, router) = house();
    let bram = world.person("Bram Bakker");
    let canceled = office(&world, |new| {
        (new.state, new.canceled_on) = (SubscriptionState::Disabled, Some(date(2020, 1, 15)));
    });
    let of_bram = |state| {
        let id = world.product("Visio");
        world.subscription_with(world.organization, &id, 10, |new| {
            (new.channel, new.holder, new.state) = (Channel::SelfService, Some(bram), state);
            new.canceled_on = Some(date(2020, 1, 14));
        })
    };
    let _ = of_bram(SubscriptionState::Deleted);
    let (admin, buyer) = (world.caller(Role::GlobalAdmin), world.as_person(bram, &[]));
    run(async {
        let admin = Browser::signed_in(&router, &world, &admin).await;
        let buyer = Browser::signed_in(&router, &world, &buyer).await;
        let (_, details) = admin.read(&url(canceled)).await;
        for said in ["Canceled on", "15 Jan", "Data is erased on", "14 April 2020"] {
            assert!(details.contains(said), "{said}: {details}");
        }
        let (_, list) = admin.read("/billing/your-products").await;
        assert!(list.contains("Canceled on") && list.contains("Ended on"), "{list}");
        let (_, home) = buyer.read("/").await;
        assert!(home.contains("Ended on") && home.contains("14 January 2020"), "{home}");
        for page in [details, list, home] {
            assert!(!page.contains("Expires on") && !page.contains("Expired on"), "{page}");
        }
    });
}

/// T7, T8, D1: who uses what has only expired keeps access; who lost it with a disabled one has it again, as far as its
/// licenses reach, whoever waited longest first.
#[test]
fn who_has_access_again() {
    let (world, router) = house();
    let admin = world.caller(Role::GlobalAdmin);
    let expired = office(&world, |new| (new.state, new.ends_on) = (SubscriptionState::Expired, date(2020, 1, 10)));
    world.give_license(expired, world.person("Chris"));
    let visio = world.product("Visio");
    let of_one = |person| {
        let id = world.subscription(&visio, 1);
        world.give_license(id, world.person(person));
        let cancel = Cancel { reason: CancelReason::NotUsedEnough, feedback: String::new() };
        world.write(&admin, CancelSubscription { subscription_id: id, cancel }).unwrap();
        world.clock.advance(SignedDuration::from_secs(60));
        id
    };
    let (_first, second) = (of_one("Anna"), of_one("Bram"));
    run(async {
        let english = Browser::signed_in(&router, &world, &admin).await;
        let dutch = english.with_cookie("language=nl");
        for (browser, keeps, again, without) in [
            (
                &english,
                "1 person has access and keeps it.",
                "1 person has access again at once.",
                "1 person still has no access",
            ),
            (
                &dutch,
                "1 gebruiker heeft toegang en houdt die.",
                "1 gebruiker heeft direct weer toegang.",
                "1 gebruiker heeft nog geen toegang",
            ),
        ] {
            let (_, pane) = browser.read(&format!("{}/reactivate", url(expired))).await;
            assert!(pane.contains(keeps) && !pane.contains(again), "{pane}");
            let (_, pane) = browser.read(&format!("{}/reactivate", url(second))).await;
            assert!(pane.contains(again) && pane.contains(without) && !pane.contains(keeps), "{pane}");
        }
    });
}
