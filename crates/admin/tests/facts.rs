//! What the pages say of a subscription holds in each of its states.

#![expect(clippy::unwrap_used, reason = "a helper of a test fails the test")]

mod browser;

use app::subscription::cancel::CancelSubscription;
use axum::http::{StatusCode, header};
use browser::{Browser, house, run};
use domain::access::Role;
use domain::billing::Agreement;
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

/// Domain 1.6: before and after an expired subscription is reactivated the pages advise to turn recurring billing on; what
/// renews anyway needs no advice.
#[test]
fn recurring_billing_is_advised_after_reactivating() {
    let (world, router) = house();
    let admin = world.caller(Role::GlobalAdmin);
    let sku = world.product("Office");
    let ended = |recurring_billing| {
        world.subscription_with(world.organization, &sku, 10, |new| {
            (new.channel, new.state) = (Channel::DirectInvoice, SubscriptionState::Expired);
            (new.recurring_billing, new.ends_on) = (recurring_billing, date(2020, 1, 10));
        })
    };
    let advice = [
        ("language=en", "Turn it on afterwards to keep", "active again. Turn recurring billing on to keep it"),
        ("language=nl", "Schakel deze daarna in om", "weer actief. Schakel terugkerende facturering in om het na"),
    ];
    let cases = advice.map(|said| (said, [(ended(false), false), (ended(true), true)]));
    run(async {
        let browser = Browser::signed_in(&router, &world, &admin).await;
        for ((language, before, after), (expired, recurring)) in
            cases.into_iter().flat_map(|(said, each)| each.map(|one| (said, one)))
        {
            let browser = browser.with_cookie(language);
            let address = format!("{}/reactivate", url(expired));
            let (_, pane) = browser.read(&address).await;
            assert_eq!(pane.contains(before), !recurring, "{pane}");
            let answer = browser.send("POST", &address, format!("form_token={}", browser.form_token)).await;
            assert_eq!(answer.status(), StatusCode::SEE_OTHER);
            assert_eq!(answer.headers()[header::LOCATION], url(expired).as_str());
            let notice = answer.headers()[header::SET_COOKIE].to_str().unwrap().split(';').next().unwrap().to_owned();
            let (_, details) = browser.with_cookie(&notice).read(&url(expired)).await;
            assert_eq!(details.contains(after), !recurring, "{details}");
        }
    });
}

/// R163, domain 1.12: under MCA the pane asks from when on there shall be more licenses; what waits for the renewal costs
/// nothing now, and says so. Under MOSA there is nothing to choose.
#[test]
fn more_licenses_now_or_at_the_renewal() {
    let (world, router) = house();
    let admin = world.caller(Role::GlobalAdmin);
    let id = office(&world, |new| new.channel = Channel::DirectInvoice);
    run(async {
        let browser = Browser::signed_in(&router, &world, &admin).await;
        let address = format!("{}/quantity", url(id));
        let (_, pane) = browser.read(&address).await;
        assert!(!pane.contains("When the subscription renews"), "{pane}");
        tokio::task::block_in_place(|| world.agreement(Agreement::Mca));
        let dutch = browser.with_cookie("language=nl");
        for (browser, renews) in [(&browser, "When the subscription renews"), (&dutch, "Bij de verlenging van het")] {
            let (_, pane) = browser.read(&address).await;
            assert!(pane.contains(renews), "{pane}");
        }
        let (_, pane) = browser.read(&format!("{address}?quantity=12&start=at_renewal")).await;
        assert!(pane.contains("From the renewal on 15 January 2021") && !pane.contains("Cost now"), "{pane}");
        let post = |start: &str| {
            let form = format!("form_token={}&quantity=12&start={start}", browser.form_token);
            let (browser, address) = (&browser, &address);
            async move { browser.send("POST", address, form).await }
        };
        assert_eq!(post("some_day").await.status(), StatusCode::UNPROCESSABLE_ENTITY);
        let answer = post("at_renewal").await;
        assert_eq!(answer.headers()[header::LOCATION], url(id).as_str());
        let notice = answer.headers()[header::SET_COOKIE].to_str().unwrap().split(';').next().unwrap().to_owned();
        let (_, details) = browser.with_cookie(&notice).read(&url(id)).await;
        for said in ["2 licenses are added when the subscription renews.", "12 licenses from 15 January 2021"] {
            assert!(details.contains(said), "{said}: {details}");
        }
    });
}

/// Domain 1.7: a trial that is over is bought, not reactivated, and its pages say so.
#[test]
fn a_trial_that_is_over_is_bought() {
    let (world, router) = house();
    let trial = office(&world, |new| {
        (new.channel, new.state, new.ends_on) = (Channel::Trial, SubscriptionState::Expired, date(2020, 1, 10));
    });
    let admin = world.caller(Role::GlobalAdmin);
    run(async {
        let english = Browser::signed_in(&router, &world, &admin).await;
        let dutch = english.with_cookie("language=nl");
        for (browser, means, why, refused) in [
            (
                &english,
                "buy the subscription to keep it with its data",
                "The trial is over. Buy the product to keep it.",
                "Reactivate it first",
            ),
            (
                &dutch,
                "koop het abonnement om het met de gegevens te behouden",
                "De proefversie is afgelopen. Koop het product om het te houden.",
                "Activeer het eerst opnieuw",
            ),
        ] {
            let (_, page) = browser.read(&url(trial)).await;
            assert!(page.contains(means) && page.contains(why) && !page.contains(refused), "{page}");
        }
    });
}

/// R154, D20: the pane says what it costs to go on, and what has to be done first: to choose what is on file, or to add
/// something that pays.
#[test]
fn what_has_to_pay_is_chosen_or_added() {
    let (world, router) = house();
    let trial = office(&world, |new| (new.channel, new.recurring_billing) = (Channel::Trial, false));
    let admin = world.caller(Role::GlobalAdmin);
    let pane = format!("{}/recurring-billing", url(trial));
    run(async {
        let english = Browser::signed_in(&router, &world, &admin).await;
        let (_, shown) = english.read(&pane).await;
        assert!(shown.contains("No payment method is on file that could pay."), "{shown}");
        assert!(shown.contains("/billing/payment-methods/add?"), "{shown}");
        let price = "paid subscription on 15 January 2021, at €100.00 per month for the present licenses, without tax";
        assert!(shown.contains(price), "{shown}");
        tokio::task::block_in_place(|| world.card(admin.actor.user().unwrap(), "card_succeeds"));
        let (_, shown) = english.read(&pane).await;
        assert!(shown.contains("No payment method is chosen for this subscription."), "{shown}");
        assert!(shown.contains(&format!("{}/payment-method", url(trial))), "{shown}");
    });
}

/// R5, D23: no price, billing period or charged license stands where nothing is charged: on what is over, what was
/// prepaid, and what a partner sold, in Zetel or not.
#[test]
fn only_what_is_charged_has_a_price() {
    use SubscriptionState as S;
    let (world, router) = house();
    let sku = world.product("Office");
    let of = |channel, state, ended: bool| {
        world.subscription_with(world.organization, &sku, 10, |new| {
            (new.channel, new.state) = (channel, state);
            new.ends_on = if ended { date(2020, 1, 10) } else { date(2021, 1, 15) };
        })
    };
    let charged = of(Channel::Direct, S::Active, false);
    let others = [
        of(Channel::Direct, S::Expired, true),
        of(Channel::Direct, S::Disabled, true),
        of(Channel::ProductKey, S::Active, false),
        of(Channel::VolumePartner, S::Active, false),
        of(Channel::Reseller, S::Active, false),
    ];
    let admin = world.caller(Role::GlobalAdmin);
    run(async {
        let browser = Browser::signed_in(&router, &world, &admin).await;
        let said = ["per month", "Current billing period", "Unassigned licenses are charged too."];
        let (_, page) = browser.read(&url(charged)).await;
        assert!(said.iter().all(|said| page.contains(said)), "{page}");
        for id in others {
            let (_, page) = browser.read(&url(id)).await;
            for said in said {
                assert!(!page.contains(said), "{said}: {page}");
            }
        }
        let (_, list) = browser.read("/billing/your-products?channel=reseller").await;
        assert!(list.contains("Office") && !list.contains("per month"), "{list}");
    });
}

/// T6, decision 14: nothing is disabled while a customer who transfers the money is late, so Home does not say so; it
/// does where a card could not pay.
#[test]
fn a_late_transfer_costs_nobody_access() {
    let (world, router) = house();
    let admin = world.caller(Role::GlobalAdmin);
    let _ = office(&world, |new| new.channel = Channel::DirectInvoice);
    world.clock.advance(SignedDuration::from_hours(24 * 75));
    world.sweep();
    let card = world.card(admin.actor.user().unwrap(), "card_declined");
    let home = async |language: &str| {
        let browser = Browser::signed_in(&router, &world, &admin).await.with_cookie(language);
        browser.read("/").await.1
    };
    run(async {
        let (english, dutch) = (home("language=en").await, home("language=nl").await);
        assert!(english.contains("Transfer the amount. People keep access meanwhile."), "{english}");
        assert!(dutch.contains("Maak het bedrag over. Gebruikers houden intussen toegang."), "{dutch}");
        assert!(!english.contains("or people lose access"), "{english}");
    });
    let visio = world.product("Visio");
    let _ = world.subscription_with(world.organization, &visio, 10, |new| {
        (new.channel, new.payment_method_id) = (Channel::Direct, Some(card));
    });
    world.clock.advance(SignedDuration::from_hours(24 * 45));
    for _ in 0..4 {
        world.sweep();
        world.work();
    }
    run(async { assert!(home("language=en").await.contains("Pay the invoices, or people lose access.")) });
}
