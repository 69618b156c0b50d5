//! The gateway of Stripe against a server that answers as Stripe does.

use crate::fake_stripe::{FakeStripe, KEY, Trouble, WEBHOOK_SECRET};
use adapters::StripeGateway;
use app::ports::{ChargeOutcome, GatewayError, NoticeRefused, Payer, PaymentGateway, RefundOutcome, SandboxBank};
use domain::money::{Currency, Money};
use jiff::Timestamp;
use testkit::gateway::{ContractMethods, keeps_contract};

fn gateway(server: &FakeStripe) -> StripeGateway {
    gateway_with(KEY, server)
}

fn gateway_with(key: &str, server: &FakeStripe) -> StripeGateway {
    let back = "https://zetel.example.com/billing/orders".to_owned();
    StripeGateway::new(key.to_owned(), WEBHOOK_SECRET.to_owned(), &server.address, back)
}

fn eur(minor: i64) -> Money {
    Money::new(minor, Currency::Eur)
}

fn pay(gateway: &StripeGateway, key: &str) -> Result<ChargeOutcome, GatewayError> {
    gateway.charge(key, "pm_card_visa", eur(29_250), Payer::Present)
}

/// R168; domain 4.5, 4.6.
#[test]
fn stripe_keeps_the_contract() {
    let server = FakeStripe::start();
    let methods = ContractMethods {
        succeeds: "pm_card_visa",
        declines: "pm_card_visa_chargeDeclined",
        asks_to_confirm: "pm_card_threeDSecureRequired",
        declines_when_away: "pm_card_chargeCustomerFail",
        asks_when_away: "pm_card_authenticationRequired",
        account: "pm_sepa",
    };
    keeps_contract(&gateway(&server), &server, methods);
}

#[test]
fn a_charge_says_exactly_this() {
    let server = FakeStripe::start();
    let gateway = gateway(&server);
    pay(&gateway, "order").expect("it is paid");
    gateway.charge("renewal", "pm_card_visa", eur(1), Payer::Away).expect("it is paid");
    let state = server.state();
    let charges: Vec<_> = state.asked.iter().filter(|asked| asked.line == "POST /v1/payment_intents").collect();
    let said = |at: usize, name: &str| charges[at].form.get(name).map(String::as_str);
    assert_eq!(
        charges.iter().map(|asked| asked.key.as_deref()).collect::<Vec<_>>(),
        [Some("charge-order"), Some("charge-renewal")]
    );
    for (name, present, away) in [
        ("amount", Some("29250"), Some("1")),
        ("currency", Some("eur"), Some("eur")),
        ("payment_method", Some("pm_card_visa"), Some("pm_card_visa")),
        ("payment_method_types[0]", Some("card"), Some("card")),
        ("metadata[key]", Some("order"), Some("renewal")),
        ("confirm", Some("true"), Some("true")),
        ("off_session", None, Some("true")),
        ("setup_future_usage", Some("off_session"), None),
        ("return_url", Some("https://zetel.example.com/billing/orders"), None),
    ] {
        assert_eq!((said(0, name), said(1, name)), (present, away), "{name}");
    }
}

#[test]
fn an_answer_that_is_lost_is_asked_for_again_and_nothing_is_taken_twice() {
    let server = FakeStripe::start();
    let gateway = gateway(&server);
    gateway.keep("pm_card_visa").expect("it is kept");
    // The payment method is read first.
    for trouble in [Trouble::LosesAnswer, Trouble::Status(500), Trouble::Status(429), Trouble::Status(409)] {
        server.state().trouble = vec![Trouble::Status(503), trouble];
        assert!(matches!(pay(&gateway, &format!("{trouble:?}")), Ok(ChargeOutcome::Succeeded { .. })), "{trouble:?}");
    }
    assert_eq!(server.payments(), 4);
    server.state().trouble = vec![Trouble::Status(502); 3];
    assert_eq!(pay(&gateway, "down"), Err(GatewayError::Unreachable("Stripe answered 502".to_owned())));
    server.state().trouble = vec![Trouble::Gibberish];
    assert!(matches!(pay(&gateway, "down"), Err(GatewayError::Unreachable(_))));
    assert!(matches!(pay(&gateway, "down"), Ok(ChargeOutcome::Succeeded { .. })));
    assert_eq!(server.payments(), 5);
}

/// Stripe forgets a key after a day; a charge of which nobody heard may be asked for again later.
#[test]
fn a_charge_is_found_again_when_its_key_is_forgotten() {
    let server = FakeStripe::start();
    let gateway = gateway(&server);
    let renew = || gateway.charge("renewal", "pm_card_authenticationRequired", eur(1), Payer::Away);
    let (paid, asked) = (pay(&gateway, "order"), renew());
    assert!(matches!(asked, Ok(ChargeOutcome::ConfirmationRequired { .. })), "{asked:?}");
    server.forget_keys();
    assert_eq!((pay(&gateway, "order"), renew()), (paid, asked));
    assert_eq!(server.payments(), 2);
}

#[test]
fn a_dispute_that_the_seller_wins_is_no_chargeback() {
    let server = FakeStripe::start();
    let gateway = gateway(&server);
    let Ok(ChargeOutcome::Succeeded { reference }) = pay(&gateway, "key") else { panic!("it is paid") };
    server.charge_back(&reference);
    let charged_back = ChargeOutcome::ChargedBack { reference: reference.clone() };
    for (status, outcome) in [
        ("under_review", &charged_back),
        ("lost", &charged_back),
        ("won", &ChargeOutcome::Succeeded { reference: reference.clone() }),
        ("warning_closed", &ChargeOutcome::Succeeded { reference: reference.clone() }),
    ] {
        server.close_disputes(status);
        assert_eq!(gateway.outcome(&reference).as_ref(), Ok(outcome), "{status}");
    }
}

#[test]
fn what_no_name_of_stripe_looks_like_is_not_asked_for() {
    let server = FakeStripe::start();
    let gateway = gateway(&server);
    for name in ["", "../customers", "pm_1?expand[]=customer", "pm 1", "pm_é"] {
        assert_eq!(gateway.describe(name), Err(GatewayError::Unknown), "{name}");
        assert_eq!(gateway.outcome(name), Err(GatewayError::Unknown), "{name}");
        assert_eq!(gateway.refund("key", name, eur(1)), Err(GatewayError::Unknown), "{name}");
    }
    assert!(server.state().asked.is_empty());
}

#[test]
fn an_amount_that_stripe_cannot_take_is_declined() {
    let server = FakeStripe::start();
    let gateway = gateway(&server);
    let dinar = |minor| Money::new(minor, Currency::Kwd);
    assert_eq!(gateway.charge("key", "pm_card_visa", dinar(12_345), Payer::Present), Ok(ChargeOutcome::Declined));
    assert_eq!(gateway.refund("key", "pi_1", dinar(12_345)), Ok(RefundOutcome::Refused));
    assert!(server.state().asked.is_empty());
    let paid = gateway.charge("key", "pm_card_visa", dinar(12_340), Payer::Present);
    assert!(matches!(paid, Ok(ChargeOutcome::Succeeded { .. })), "{paid:?}");
}

#[test]
fn no_secret_is_shown() {
    let server = FakeStripe::start();
    let shown = format!("{:?}", gateway(&server));
    assert!(!shown.contains(KEY) && !shown.contains(WEBHOOK_SECRET), "{shown}");
    let wrong = gateway_with("sk_test_wrong", &server).describe("pm_card_visa");
    let Err(GatewayError::Unreachable(reason)) = wrong else { panic!("the key is wrong") };
    assert!(reason.contains("401") && !reason.contains("sk_test_wrong"), "{reason}");
}

#[test]
fn other_reports_do_not_concern_zetel() {
    let server = FakeStripe::start();
    let gateway = gateway(&server);
    let now = Timestamp::from_second(1_579_082_400).expect("a time");
    let read = |body: &str| {
        let signed = FakeStripe::sign(body.as_bytes(), now);
        gateway.notice(&signed.signature, &signed.body, now)
    };
    assert_eq!(read(r#"{"id":"evt_1","type":"customer.created","data":{"object":{"id":"cus_1"}}}"#), Ok(None));
    assert_eq!(read("no report"), Err(NoticeRefused::Unreadable));
    assert_eq!(read(r#"{"id":"evt_1","type":"payment_intent.succeeded"}"#), Err(NoticeRefused::Unreadable));
}
