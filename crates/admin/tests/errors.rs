//! What is wrong in a form is said in the words of the form: the label that stands there, the line that is meant, and
//! what can be typed instead.

#![expect(clippy::unwrap_used, reason = "a helper of a test fails the test")]

mod browser;

use axum::body::to_bytes;
use axum::http::StatusCode;
use browser::{Browser, house, run};
use domain::access::Role;
use domain::catalog::{BillingFrequency, Term};
use domain::money::{Currency, Money};
use domain::organization::OrganizationKind;

/// What is said of a form that is refused.
async fn refused(browser: &Browser, path: &str, fields: &str) -> Vec<String> {
    let body = format!("form_token={}&{fields}", browser.form_token);
    let answer = browser.send("POST", path, body).await;
    assert_eq!(answer.status(), StatusCode::UNPROCESSABLE_ENTITY, "{path}");
    said(std::str::from_utf8(&to_bytes(answer.into_body(), usize::MAX).await.unwrap()).unwrap())
}

/// The lines of what stands above a refused form.
fn said(page: &str) -> Vec<String> {
    let summary = page.split("data-error-summary>").nth(1).unwrap().split("</ul>").next().unwrap();
    let line =
        |item: &str| item.split('>').find(|text| !text.starts_with("<a") && !text.is_empty()).unwrap().to_owned();
    summary.split("<li>").skip(1).map(|item| line(item).split('<').next().unwrap().replace("&#38;", "&")).collect()
}

/// Domain 4.10: of several addresses each that is none is named, with its line.
#[test]
fn a_wrong_address_is_named_with_its_line() {
    let (world, router) = house();
    let admin = world.caller(Role::GlobalAdmin);
    run(async {
        let browser = Browser::signed_in(&router, &world, &admin).await;
        let extra = "extra_addresses=a%40waterland.example%0D%0Anobody%0D%0A%0D%0Ab%40waterland.example%3B+c%40";
        let fields = format!("language=en&contact=&revision=0&{extra}");
        assert_eq!(
            refused(&browser, "/settings/notifications", &fields).await,
            [
                "Further addresses: Line 2 is not an email address: nobody",
                "Further addresses: Line 4 is not an email address: c@"
            ]
        );
        let dutch = browser.with_cookie("language=nl");
        let said = refused(&dutch, "/settings/notifications", &fields).await;
        assert_eq!(said[0], "Meer adressen: Regel 2 is geen e-mailadres: nobody");
    });
}

/// R24, R54: a number below nothing is a whole number; what is missing is that it is not one from 1 on. The message names
/// the field as the form does.
#[test]
fn a_number_below_nothing_is_said_at_the_label_of_the_form() {
    let (world, router) = house();
    let office = world.product("Office");
    let price = world.price(&office, Term::Annual, BillingFrequency::Monthly, Money::new(1_000, Currency::Eur));
    let id = world.subscription(&office, 3);
    let admin = world.caller(Role::GlobalAdmin);
    run(async {
        let browser = Browser::signed_in(&router, &world, &admin).await;
        let total = refused(&browser, &format!("/billing/your-products/{id}/quantity"), "quantity=-3").await;
        assert_eq!(total, ["Total licenses: Enter a whole number from 1 on."]);
        let limits = refused(&browser, "/settings/self-service/limits", "buyers=everybody&quantity=-3").await;
        assert_eq!(limits, ["Licenses of a product per buyer: Enter a whole number from 1 on."]);
        let checkout = format!("/billing/purchase/{}/checkout?price={}&quantity=-3", office.product_id, price.id);
        let (status, page) = browser.read(&checkout).await;
        assert_eq!(status, StatusCode::UNPROCESSABLE_ENTITY);
        assert_eq!(said(&page), ["Number of licenses: Enter a whole number from 1 on."]);
    });
}

/// R68: an identifier is typed, so that no value is there to be chosen.
#[test]
fn a_wrong_identifier_of_a_customer_is_said_as_such() {
    let (world, router) = house();
    let partner = world.organization_with("Noordzee", |partner| partner.kind = OrganizationKind::Reseller);
    world.seed(partner, |write| store::tables::partner::set(write, "support@noordzee.example", ""));
    let admin = world.caller_in(partner, Role::GlobalAdmin);
    run(async {
        let browser = Browser::signed_in(&router, &world, &admin).await;
        let said = refused(&browser, "/customers/request", "customer=waterland").await;
        assert!(said[0].starts_with("Identifier of the customer: No customer has this identifier."), "{said:?}");
    });
}
