//! Every pane of a subscription, opened by its address in every state and for every way in which it was bought: it has
//! something to press where the rule lets it, and says why where it does not; the details page leads to the same panes.

#![expect(clippy::unwrap_used, reason = "a helper of a test fails the test")]

mod browser;

use app::Caller;
use app::partner::appoint::AppointPartner;
use app::partner::relate::{ChangeRelationship, request_relationship};
use app::subscription::details::{SubscriptionDetails, SubscriptionView};
use axum::body::to_bytes;
use axum::http::{StatusCode, header};
use browser::{Browser, house, run};
use domain::access::Role;
use domain::catalog::{BillingFrequency, Sku, Term};
use domain::ids::{OrganizationId, PaymentMethodId, SubscriptionId, UserId};
use domain::money::{Currency, Money};
use domain::organization::OrganizationKind;
use domain::partner::change_plan::closed;
use domain::partner::relate::Step;
use domain::partner::serve::{Service, check};
use domain::refusal::Refusal;
use domain::subscription::{Action, Channel, CreditCheck, Offer, Sale, Subscription, SubscriptionState};
use jiff::civil::date;
use store::tables::partner;
use testkit::world::World;
use words::{Language, Words};

/// The addresses at which something is done with a subscription; none where a list of people comes first.
fn addresses(action: Action, seen: &Subscription) -> Vec<String> {
    let url = format!("/billing/your-products/{}", seen.id);
    let paths: &[&str] = match action {
        Action::AddLicenses | Action::RemoveLicenses => &["quantity"],
        Action::AddByKey => &["add-licenses", "product-keys?use=add"],
        Action::ExtendEndDate => &["extend", "product-keys?use=extend", "product-keys?use=both", "extend/pay"],
        Action::EditRecurringBilling => &["recurring-billing"],
        Action::EditBillingFrequency => &["billing-frequency"],
        Action::ChangePlan => &["upgrade"],
        Action::ChangePaymentMethod => &["payment-method"],
        Action::Cancel => &["cancel"],
        Action::Reactivate => &["reactivate"],
        Action::Delete => &["delete"],
        Action::TakeOver => &["take-over"],
        Action::ExtendTrial => &["extend-trial"],
        Action::AssignLicenses => {
            return vec![format!("/billing/licenses/{}/assign?subscription={}", seen.product_id, seen.id)];
        }
        Action::BuyTrial => return vec![format!("/billing/purchase/{}?trial={}", seen.product_id, seen.id)],
        Action::UnassignLicenses => &[],
    };
    paths.iter().map(|path| format!("{url}/{path}")).collect()
}

/// What is at an address, with the pane to which it leads; nothing for whoever may not come there at all.
async fn open(browser: &Browser, address: &str) -> Option<String> {
    let mut address = address.to_owned();
    loop {
        let answer = browser.ask(&address, &[("zetel-pane", "1")]).await;
        if answer.status() == StatusCode::SEE_OTHER {
            address = answer.headers()[header::LOCATION].to_str().unwrap().to_owned();
            continue;
        }
        if answer.status() == StatusCode::FORBIDDEN {
            return None;
        }
        if answer.status() != StatusCode::OK {
            return Some(format!("{}", answer.status()));
        }
        let bytes = to_bytes(answer.into_body(), usize::MAX).await.unwrap();
        return Some(String::from_utf8_lossy(&bytes).replace("&#39;", "'").replace("&#38;", "&"));
    }
}

/// Whether there is something to press besides what closes the pane.
fn can_be_done(html: &str) -> bool {
    ["<button class=\"button button-primary\"", "<button class=\"button button-severe\""]
        .iter()
        .any(|button| html.contains(button))
}

/// Every state, for every way in which a subscription is bought, and what else closes something.
fn every_kind(world: &World, sku: &Sku, buyer: UserId, card: PaymentMethodId) -> Vec<(String, SubscriptionId)> {
    let mut all = Vec::new();
    for channel in Channel::ALL {
        for state in SubscriptionState::ALL {
            let id = world.subscription_with(world.organization, sku, 3, |new| {
                (new.channel, new.state, new.payment_method_id) = (*channel, *state, Some(card));
                new.holder = matches!(channel, Channel::SelfService | Channel::Free).then_some(buyer);
                if *state == SubscriptionState::Scheduled {
                    (new.started_on, new.ends_on) = (date(2020, 3, 1), date(2021, 3, 1));
                    new.billed_until = Some(new.started_on);
                }
            });
            all.push((format!("{channel} {state}"), id));
        }
    }
    let mut differing = |name: &str, differ: &dyn Fn(&mut Subscription)| {
        all.push((name.to_owned(), world.subscription_with(world.organization, sku, 3, differ)));
    };
    differing("one license", &|new| new.quantity = 1);
    differing("not paid", &|new| {
        (new.state, new.unpaid_since) = (SubscriptionState::Disabled, Some(date(2020, 1, 15)));
    });
    differing("credit check", &|new| {
        (new.state, new.credit_check) = (SubscriptionState::Pending, Some(CreditCheck::Pending));
    });
    let base = all[2].1;
    let add_on = world.subscription_with(world.organization, sku, 3, |new| new.base_id = Some(base));
    all.push(("add-on".to_owned(), add_on));
    all
}

/// What the rule says of everything that is done at one address: open when anything is.
fn offers_at(view: &SubscriptionView) -> Vec<(String, Vec<(Action, Offer)>)> {
    let mut all: Vec<(String, Vec<(Action, Offer)>)> = Vec::new();
    for (action, offer) in &view.offers {
        for address in addresses(*action, &view.listed.subscription) {
            match all.iter_mut().find(|(known, _)| *known == address) {
                Some((_, offers)) => offers.push((*action, *offer)),
                None => all.push((address, vec![(*action, *offer)])),
            }
        }
    }
    all
}

async fn look(browser: &Browser, world: &World, caller: &Caller, name: &str, id: SubscriptionId) -> Vec<String> {
    let words = Words { language: Language::English };
    let view = tokio::task::block_in_place(|| world.read(caller, &SubscriptionDetails(id))).unwrap();
    let details = open(browser, &format!("/billing/your-products/{id}")).await.unwrap();
    let mut wrong = Vec::new();
    // Where to buy says first of all who may.
    let buys = caller.actor.roles.contains(&Role::GlobalAdmin);
    for (address, offers) in offers_at(&view).into_iter().filter(|(at, _)| buys || !at.starts_with("/billing/purchase"))
    {
        let is_open = offers.iter().any(|(_, offer)| *offer == Offer::Open);
        let Some(html) = open(browser, &address).await else {
            assert!(!is_open, "{name}: {address}");
            continue;
        };
        // There are many of one product here, so that their plans are changed by hand (R161).
        let by_hand = offers.iter().any(|(action, _)| *action == Action::ChangePlan) && is_open;
        if can_be_done(&html) != is_open && !by_hand {
            wrong.push(format!("{name}: {address} can be done: {}, the rule: {offers:?}", !is_open));
        }
        let says_why = offers.iter().any(|(_, offer)| match offer {
            Offer::Closed(reason) => html.contains(&words.closed_reason(*reason).sentence),
            Offer::Open => false,
        });
        if !is_open && !says_why {
            wrong.push(format!("{name}: {address} does not say why: {offers:?}"));
        }
        if !is_open && details.contains(&format!("<a class=\"action\" href=\"{address}\"")) {
            wrong.push(format!("{name}: the details page leads to {address}, which is closed"));
        }
    }
    wrong
}

/// R24, R60 to R70, R108, R153, T11: what can be done with a subscription is said by one rule, wherever it is asked.
#[test]
fn every_pane_agrees_with_the_rule() {
    let (world, router) = house();
    let office = world.product("Office");
    for (frequency, price) in [(BillingFrequency::Monthly, 1_000), (BillingFrequency::Yearly, 12_000)] {
        let _ = world.price(&office, Term::Annual, frequency, Money::new(price, Currency::Eur));
    }
    let suite = world.product("Suite");
    let _ = (world.apps(&office, &["Documents"]), world.apps(&suite, &["Documents", "Telephone"]));
    let _ = world.price(&suite, Term::Annual, BillingFrequency::Monthly, Money::new(2_000, Currency::Eur));
    let (buyer, admin) = (world.person("Bram"), world.person("Dirk"));
    world.give_roles(world.organization, admin, &[Role::GlobalAdmin]);
    let admin = world.as_person(admin, &[Role::GlobalAdmin]);
    let reader = world.caller(Role::GlobalReader);
    let card = world.card(admin.actor.user().unwrap(), "card_succeeds");
    let kinds = every_kind(&world, &office, buyer, card);
    run(async {
        let mut wrong = Vec::new();
        for caller in [&admin, &reader] {
            let browser = Browser::signed_in(&router, &world, caller).await;
            for (name, id) in &kinds {
                wrong.extend(look(&browser, &world, caller, name, *id).await);
            }
        }
        assert!(wrong.is_empty(), "{}:\n{}", wrong.len(), wrong.join("\n"));
    });
}

/// A partner that the organization of the world let in, with its admin; `link` is where it says that it sells more.
fn partner_of(world: &World, kind: OrganizationKind, link: &str) -> (OrganizationId, Caller) {
    let id = world.other_organization("Noordzee");
    let house = world.organization_with("House", |house| house.kind = OrganizationKind::Operator);
    let appoint = AppointPartner { kind, contact: "support@noordzee.example".to_owned(), link: link.to_owned() };
    world.app.write(&world.caller_in(house, Role::Operator), id, appoint).wait().unwrap();
    let admin = world.caller_in(id, Role::GlobalAdmin);
    request_relationship(&world.app, &admin, world.organization).unwrap();
    let accept = ChangeRelationship { partner: id, step: Step::Accept };
    world.write(&world.caller(Role::GlobalAdmin), accept).unwrap();
    (id, admin)
}

/// What a reseller sold, here and outside, in every state; each of a product of its own, so that its plan can change.
fn everything_sold(world: &World, partner_id: OrganizationId) -> Vec<(String, SubscriptionId)> {
    let mut all = Vec::new();
    let mut sold = |name: String, differ: &dyn Fn(&mut Subscription)| {
        let sku = world.product(&name);
        let _ = world.apps(&sku, &["Documents"]);
        let id = world.subscription_with(world.organization, &sku, 3, |new| {
            new.channel = Channel::Reseller;
            differ(new);
        });
        world.seed(world.organization, move |write| partner::set_seller(write, id, partner_id));
        all.push((name, id));
        id
    };
    let sale = Some(Sale { partner_id, unit_price: Money::new(1_000, Currency::Eur) });
    for state in SubscriptionState::ALL {
        for (sale, place) in [(sale, "here"), (None, "outside")] {
            let _ = sold(format!("{state} {place}"), &|new| (new.state, new.sale) = (*state, sale));
        }
    }
    let _ = sold("does not renew".to_owned(), &|new| (new.sale, new.recurring_billing) = (sale, false));
    let _ = sold("not paid".to_owned(), &|new| {
        (new.state, new.sale) = (SubscriptionState::Disabled, sale);
        new.unpaid_since = Some(date(2020, 1, 15));
    });
    let base = sold("base".to_owned(), &|new| new.sale = sale);
    let _ = sold("add-on".to_owned(), &|new| (new.sale, new.base_id) = (sale, Some(base)));
    all
}

/// R66, R68, R161, domain 1.12: a partner finds at each address what the rule says, and its page leads to what is open
/// only. What was deleted is nowhere.
#[test]
fn every_pane_of_a_partner_agrees_with_the_rule() {
    let (world, router) = house();
    let (id, admin) = partner_of(&world, OrganizationKind::Reseller, "");
    let suite = world.product("Suite");
    let _ = world.apps(&suite, &["Documents", "Telephone"]);
    let _ = world.price(&suite, Term::Annual, BillingFrequency::Monthly, Money::new(2_000, Currency::Eur));
    let sold = everything_sold(&world, id);
    let words = Words { language: Language::English };
    run(async {
        let browser = Browser::signed_in(&router, &world, &admin).await;
        let customer = format!("/customers/{}", world.organization);
        let page = open(&browser, &customer).await.unwrap();
        let mut wrong = Vec::new();
        for (name, id) in &sold {
            let seen = tokio::task::block_in_place(|| world.see_subscription(*id));
            let serve = |service| check(&seen, service, world.today());
            let rules = [
                ("quantity", serve(Service::Quantity(seen.quantity))),
                ("renewal-off", serve(Service::RecurringBilling(false))),
                ("renewal-on", serve(Service::RecurringBilling(true))),
                ("suspend", serve(Service::Suspend)),
                ("resume", serve(Service::Resume)),
                (
                    "upgrade",
                    match closed(&seen) {
                        Some(reason) => Err(Refusal::Closed(reason)),
                        None if name == "base" => Err(Refusal::HasAddOns),
                        None => Ok(()),
                    },
                ),
            ];
            for (code, rule) in rules {
                let address = format!("{customer}/{id}/{code}");
                let html = open(&browser, &address).await.unwrap();
                let says_why = rule.as_ref().err().map(|refusal| match seen.state {
                    SubscriptionState::Deleted => html == "404 Not Found",
                    _ => html.contains(&words.refusal(refusal).sentence),
                });
                if can_be_done(&html) != rule.is_ok() || says_why == Some(false) {
                    wrong.push(format!("{name}: {code}, the rule: {rule:?}"));
                }
                if page.contains(&format!("<a href=\"{address}\"")) != rule.is_ok() {
                    wrong.push(format!("{name}: the page of the customer and {code}, the rule: {rule:?}"));
                }
            }
        }
        assert!(wrong.is_empty(), "{}:\n{}", wrong.len(), wrong.join("\n"));
    });
}

/// R63 to R68, domain 2.2, 8.3: what a volume-licensing partner sold has a link "Volume Licensing Service Center (VLSC)",
/// to where the partner sells more, or to help; the table of reasons leads to the steps of each solution.
#[test]
fn the_volume_licensing_service_center_is_a_link() {
    let (world, router) = house();
    let (seller, _) = partner_of(&world, OrganizationKind::VolumePartner, "https://vlsc.example/start");
    let (office, channel) = (world.product("Office"), Channel::VolumePartner);
    let sold = world.subscription_with(world.organization, &office, 3, |new| new.channel = channel);
    world.seed(world.organization, move |write| partner::set_seller(write, sold, seller));
    let before = world.subscription_with(world.organization, &office, 3, |new| new.channel = channel);
    let admin = world.caller(Role::BillingAdmin);
    run(async {
        let browser = Browser::signed_in(&router, &world, &admin).await;
        for (id, leads_to) in [(sold, "https://vlsc.example/start"), (before, "/help/buy-more-at-your-partner")] {
            let html = open(&browser, &format!("/billing/your-products/{id}")).await.unwrap();
            let link = format!("<a href=\"{leads_to}\" rel=\"noreferrer\">Volume Licensing Service Center (VLSC)</a>");
            assert!(html.contains(&link), "{html}");
        }
        let reasons = open(&browser, "/billing/your-products/why-no-add-remove").await.unwrap();
        let helped = reasons.split("href=\"/help/").skip(1).map(|rest| rest.split('"').next().unwrap());
        assert_eq!(
            helped.collect::<Vec<_>>(),
            [
                "add-or-remove-licenses",
                "product-keys",
                "buy-more-at-your-partner",
                "buy-more-at-your-partner",
                "try-a-product"
            ]
        );
    });
}

/// Domain 4.9: every pane that names amounts says in one sentence that tax comes on top.
#[test]
fn amounts_without_tax_say_so() {
    let (world, router) = house();
    let office = world.product("Office");
    for (frequency, price) in [(BillingFrequency::Monthly, 1_000), (BillingFrequency::Yearly, 12_000)] {
        let _ = world.price(&office, Term::Annual, frequency, Money::new(price, Currency::Eur));
    }
    let dirk = world.person("Dirk");
    world.give_roles(world.organization, dirk, &[Role::GlobalAdmin]);
    let admin = world.as_person(dirk, &[Role::GlobalAdmin]);
    let card = world.card(dirk, "card_succeeds");
    let active = world.subscription_with(world.organization, &office, 3, |new| new.payment_method_id = Some(card));
    let expired = world.subscription_with(world.organization, &office, 3, |new| {
        (new.payment_method_id, new.state) = (Some(card), SubscriptionState::Expired);
    });
    run(async {
        let browser = Browser::signed_in(&router, &world, &admin).await;
        for (id, pane) in [
            (active, "quantity?quantity=5"),
            (active, "billing-frequency"),
            (active, "cancel"),
            (expired, "reactivate"),
        ] {
            let html = open(&browser, &format!("/billing/your-products/{id}/{pane}")).await.unwrap();
            assert_eq!(html.matches("Amounts are without tax.").count(), 1, "{pane}: {html}");
        }
    });
}

/// Domain 1.4, 2.2: of what a partner suspended the page does not say that admins can reactivate it.
#[test]
fn a_page_speaks_of_reactivating_only_where_it_can_be_done() {
    let (world, router) = house();
    let office = world.product("Office");
    let disabled = |channel| {
        world.subscription_with(world.organization, &office, 3, |new| {
            (new.channel, new.state) = (channel, SubscriptionState::Disabled);
        })
    };
    let admin = world.caller(Role::GlobalAdmin);
    let kinds = [(Channel::Direct, true), (Channel::VolumePartner, false), (Channel::Reseller, false)];
    let kinds = kinds.map(|(channel, comes_back)| (disabled(channel), comes_back));
    run(async {
        let browser = Browser::signed_in(&router, &world, &admin).await;
        for (id, comes_back) in kinds {
            let html = open(&browser, &format!("/billing/your-products/{id}")).await.unwrap();
            assert!(html.contains("People have no access. Admins can still reach the data"), "{html}");
            assert_eq!(html.contains("and reactivate the subscription."), comes_back, "{html}");
            assert!(comes_back || !html.contains("Reactivate it first."), "{html}");
        }
    });
}
