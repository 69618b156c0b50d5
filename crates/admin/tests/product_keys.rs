//! What is wrong with a product key is said beside its field, in the words of domain 3.

#![expect(clippy::unwrap_used, reason = "a helper of a test fails the test")]

mod browser;

use app::Caller;
use app::product_key::create::create_now;
use app::product_key::export::{FinishExport, KeyFile};
use app::product_key::redeem::{Redeem, TypedKey, redeem};
use app::product_key::revoke::revoke_typed;
use axum::body::to_bytes;
use axum::http::StatusCode;
use browser::{Browser, house, run};
use domain::access::Role;
use domain::catalog::{Sku, Term};
use domain::ids::{OrganizationId, SubscriptionId};
use domain::organization::OrganizationKind;
use domain::product_key::KeyUse;
use domain::product_key::code::KeyCode;
use domain::product_key::create::BatchDraft;
use domain::refusal::Refusal;
use jiff::civil::date;
use testkit::world::World;
use words::{Language, Words};

/// Who makes keys.
struct Seller {
    id: OrganizationId,
    operator: Caller,
}

impl Seller {
    fn of(world: &World) -> Self {
        let id = world.organization_with("Seller", |seller| seller.kind = OrganizationKind::Operator);
        Self { id, operator: world.caller_in(id, Role::Operator) }
    }

    /// A key of five licenses for a year, but for what differs.
    fn key(&self, world: &World, sku: &Sku, differ: impl FnOnce(&mut BatchDraft)) -> String {
        let mut draft =
            BatchDraft { quantity: 5, term: Term::Annual, key_count: 1, country: String::new(), redeem_by: None };
        differ(&mut draft);
        let batch = create_now(&world.app, &self.operator, self.id, sku.id, draft).unwrap();
        let file = KeyFile::begin(&world.app, &self.operator, self.id, batch).unwrap();
        let key = file.keys(&world.app, 0).unwrap().0[0].to_string();
        world.app.write(&self.operator, self.id, FinishExport(batch)).wait().unwrap();
        key
    }
}

/// Starts a prepaid subscription.
fn start(world: &World, admin: &Caller, key: &str) -> SubscriptionId {
    let keys = vec![TypedKey { key_use: KeyUse::Start, text: key.to_owned() }];
    let order = app::order::place::new_order_id(&world.app);
    let start = Redeem { subscription_id: None, keys };
    redeem(&world.app, admin, world.organization, "192.0.2.1", order, &start).unwrap().subscription_id
}

/// What the message at the field of each key says; nothing for one that is good.
fn messages(page: &str, count: usize) -> Vec<String> {
    let message = |number: usize| {
        let Some(after) = page.split(&format!("id=\"key-{number}-message\">")).nth(1) else { return String::new() };
        let text = after.split("</span>").next().unwrap().split("</svg>").last().unwrap();
        text.replace("&#39;", "'").replace("&#x27;", "'")
    };
    (1..=count).map(message).collect()
}

/// What is said of each key, in English and Dutch.
const SAID: &[(&str, &str)] = &[
    ("", ""),
    (
        "This is not a complete product key. Check the 25 characters.",
        "Dit is geen volledige productcode. Controleer de 25 tekens.",
    ),
    (
        "We do not know this product key. Check look-alikes such as 0/O, 5/S, 1/I.",
        "Deze productcode is onbekend. Let op tekens die op elkaar lijken, zoals 0/O, 5/S en 1/I.",
    ),
    ("You have already added this key.", "Deze code staat al in de lijst."),
    ("This key was redeemed earlier.", "Deze code is al eerder ingewisseld."),
    ("This key is no longer valid; use a newer one.", "Deze code is niet meer geldig; gebruik een nieuwe."),
    ("This key belongs to another subscription product.", "Deze code hoort bij een ander abonnement."),
    ("This offer is not available in your country or region.", "Dit aanbod is in uw land of regio niet beschikbaar."),
    (
        "The seller withdrew this key. Ask the seller for another one.",
        "De verkoper heeft deze code ingetrokken. Vraag de verkoper om een andere.",
    ),
    (
        "A character of this product key is wrong. Compare it with what you received.",
        "Er klopt een teken niet in deze productcode. Vergelijk de code met wat u hebt ontvangen.",
    ),
];

/// R158, R92, R93: each key that is wrong has its own message beside its field, in both languages, what was typed stays,
/// and nothing is redeemed.
#[test]
fn each_wrong_key_is_named_at_its_field() {
    let (world, router) = house();
    let (seller, office, project) = (Seller::of(&world), world.product("Office"), world.product("Project"));
    let admin = world.caller(Role::BillingAdmin);
    let used = seller.key(&world, &office, |_| ());
    let id = start(&world, &admin, &used);
    let good = seller.key(&world, &office, |_| ());
    let late = seller.key(&world, &office, |draft| draft.redeem_by = Some(date(2020, 1, 15)));
    let other = seller.key(&world, &project, |_| ());
    let german = seller.key(&world, &office, |draft| draft.country = "DE".to_owned());
    let revoked = seller.key(&world, &office, |_| ());
    revoke_typed(&world.app, &seller.operator, seller.id, &revoked).unwrap();
    let mistyped = format!("{}{}", &good[..good.len() - 1], if good.ends_with('7') { '9' } else { '7' });
    let unknown = KeyCode::from_number(42).to_string();
    world.clock.set_day(date(2020, 1, 16));
    let keys = [&good, "12345", &unknown, &good, &used, &late, &other, &german, &revoked, &mistyped];
    run(async {
        let browser = Browser::signed_in(&router, &world, &admin).await;
        for (language, dutch) in [("en", false), ("nl", true)] {
            let browser = browser.with_cookie(&format!("language={language}"));
            let fields: String = (1..).zip(keys).map(|(number, key)| format!("&key-{number}={key}")).collect();
            let body = format!("form_token={}&use=add&step=review&count={}{fields}", browser.form_token, keys.len());
            let answer = browser.send("POST", &format!("/billing/your-products/{id}/product-keys"), body).await;
            assert_eq!(answer.status().as_u16(), 422);
            let page = String::from_utf8(to_bytes(answer.into_body(), usize::MAX).await.unwrap().to_vec()).unwrap();
            let said: Vec<_> = SAID.iter().map(|(en, nl)| if dutch { *nl } else { *en }).collect();
            assert_eq!(messages(&page, keys.len()), said);
            for key in keys {
                assert!(page.contains(&format!("value=\"{key}\"")), "{key} is still there");
            }
        }
    });
    assert_eq!(world.see_subscription(id).quantity, 5);
}

/// R158, domain 1.8 and 2.1: a key too many, and one of what is no longer sold, say so beside their fields.
#[test]
fn too_many_licenses_and_what_is_not_sold_are_named_too() {
    let (world, router) = house();
    let (seller, office) = (Seller::of(&world), world.product("Office"));
    let admin = world.caller(Role::GlobalAdmin);
    let id = start(&world, &admin, &seller.key(&world, &office, |_| ()));
    let (good, large) =
        (seller.key(&world, &office, |_| ()), seller.key(&world, &office, |draft| draft.quantity = 300));
    let project = world.product("Project");
    let gone = seller.key(&world, &project, |_| ());
    let retire = app::catalog::retire::RetireProduct { product_id: project.product_id, retired: true };
    world.app.write(&seller.operator, seller.id, retire).wait().unwrap();
    let too_many = [
        "This key brings you above the maximum of 300 licenses. Take it out or use a smaller one.",
        "Met deze code komt u boven het maximum van 300 licenties. Verwijder de code of gebruik een kleinere.",
    ];
    let closed = ["This offer cannot be started.", "Dit aanbod kan niet worden gestart."];
    run(async {
        let browser = Browser::signed_in(&router, &world, &admin).await;
        let add = format!("/billing/your-products/{id}/product-keys");
        for (number, language) in ["en", "nl"].into_iter().enumerate() {
            let browser = browser.with_cookie(&format!("language={language}"));
            for (path, keys, said) in [
                (add.as_str(), vec![&good, &large], vec!["", too_many[number]]),
                ("/billing/purchase/product-key", vec![&gone], vec![closed[number]]),
            ] {
                let fields: String = (1..).zip(&keys).map(|(number, key)| format!("&key-{number}={key}")).collect();
                let start = format!("form_token={}&use=add&step=review&count={}", browser.form_token, keys.len());
                let answer = browser.send("POST", path, start + &fields).await;
                let page = String::from_utf8(to_bytes(answer.into_body(), usize::MAX).await.unwrap().to_vec()).unwrap();
                assert_eq!(messages(&page, keys.len()), said);
            }
        }
    });
}

/// Whether a page has each of these.
#[track_caller]
fn says(page: &str, expected: &[&str]) {
    for sentence in expected {
        assert!(page.contains(sentence), "{sentence} is not in {page}");
    }
}

/// R94, domain 3: the order of keys says what each brought and that they were paid before; it names no price, no billing
/// period and no number that adds up what is new and what runs on. Nothing paid before the first payment method.
#[test]
fn an_order_of_keys_has_no_price() {
    let (world, router) = house();
    let (seller, office) = (Seller::of(&world), world.product("Office"));
    let dirk = world.person("Dirk");
    world.give_roles(world.organization, dirk, &[Role::GlobalAdmin]);
    let admin = world.as_person(dirk, &[Role::GlobalAdmin]);
    let id = start(&world, &admin, &seller.key(&world, &office, |_| ()));
    let (ten, year) = (seller.key(&world, &office, |draft| draft.quantity = 10), seller.key(&world, &office, |_| ()));
    let typed = |key_use, text: &String| TypedKey { key_use, text: text.clone() };
    let both = vec![typed(KeyUse::Add, &ten), typed(KeyUse::Extend, &year)];
    let both = Redeem { subscription_id: Some(id), keys: both };
    let order = app::order::place::new_order_id(&world.app);
    let _ = redeem(&world.app, &admin, world.organization, "192.0.2.1", order, &both).unwrap();
    let card = world.card(dirk, "card_succeeds");
    let choose = app::subscription::change_payment_method::ChangePaymentMethod { subscription_id: id, to: Some(card) };
    world.write(&admin, choose).unwrap();
    run(async {
        let browser = Browser::signed_in(&router, &world, &admin).await;
        let (_, page) = browser.read(&format!("/billing/orders/{order}")).await;
        says(&page, &["Nothing. Product keys are paid already.", ">10 licenses<", ">One year longer<", &ten[24..]]);
        for wrong in ["€0.00", "15 ×", "Billing frequency"] {
            assert!(!page.contains(wrong), "{wrong}");
        }
        let dutch = browser.with_cookie("language=nl").read(&format!("/billing/orders/{order}")).await.1;
        says(&dutch, &["Niets. Productcodes zijn al betaald.", ">Eén jaar langer<"]);
        let (_, history) = browser.read(&format!("/billing/your-products/{id}/history")).await;
        says(&history, &["Payment method: Visa ending in 4242"]);
        assert!(!history.contains("Invoice →"), "{history}");
    });
}

/// R55, R159: who renews with a smaller key is not told to assign new licenses.
#[test]
fn a_smaller_key_brings_no_new_licenses() {
    let (world, router) = house();
    let (seller, office) = (Seller::of(&world), world.product("Office"));
    let admin = world.caller(Role::GlobalAdmin);
    let id = start(&world, &admin, &seller.key(&world, &office, |_| ()));
    let smaller = seller.key(&world, &office, |draft| draft.quantity = 3);
    let more = seller.key(&world, &office, |_| ());
    run(async {
        let browser = Browser::signed_in(&router, &world, &admin).await;
        let path = format!("/billing/your-products/{id}/product-keys");
        for (key_use, key, is_new) in [("extend", &smaller, false), ("add", &more, true)] {
            let body = format!("form_token={}&use={key_use}&step=review&count=1&key-1={key}", browser.form_token);
            let answer = browser.send("POST", &path, body).await;
            let page = String::from_utf8(to_bytes(answer.into_body(), usize::MAX).await.unwrap().to_vec()).unwrap();
            says(&page, &["Nothing. Product keys are paid already."]);
            assert_eq!(page.contains("New licenses have to be assigned"), is_new, "{key_use}");
        }
    });
}

/// Domain 3: a key for another product line, somebody without the role, also at the page, and a moment at which it does not
/// work, in both languages.
#[test]
fn what_does_not_depend_on_one_key() {
    let (world, router) = house();
    let license_admin = world.caller(Role::LicenseAdmin);
    let said = [
        (
            Language::English,
            "This key is for a different product and cannot be used here.",
            "Only a global or billing admin can redeem keys.",
            "Try again in a few minutes; after 15 minutes contact support.",
        ),
        (
            Language::Dutch,
            "Deze code hoort bij een ander product en kan hier niet worden gebruikt.",
            "Alleen een globale beheerder of factureringsbeheerder kan codes inwisselen.",
            "Probeer het over enkele minuten opnieuw; neem na 15 minuten contact op met ondersteuning.",
        ),
    ];
    run(async {
        let browser = Browser::signed_in(&router, &world, &license_admin).await;
        for (language, consumer, role, busy) in said {
            let words = Words { language };
            assert_eq!(words.refusal(&Refusal::KeyOtherLine).to_string(), consumer);
            assert_eq!(words.refusal(&Refusal::KeyRole).sentence, role);
            assert_eq!(words.refusal(&Refusal::KeyBusy).remedy, Some(busy));
            let browser = browser.with_cookie(&format!("language={}", language.code()));
            let (status, page) = browser.read("/billing/purchase/product-key").await;
            assert_eq!(status, StatusCode::FORBIDDEN);
            assert!(page.contains(role), "{page}");
        }
    });
}
