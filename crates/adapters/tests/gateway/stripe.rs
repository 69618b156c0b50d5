//! The gateway of Stripe against a server that answers as Stripe does.

use crate::fake_stripe::{FakeStripe, KEY, Trouble, WEBHOOK_SECRET};
use adapters::StripeGateway;
use app::ports::{
    ChargeOutcome, GatewayError, KeepOutcome, NewAccount, NoticeRefused, Payer, PaymentGateway, RefundOutcome,
    SandboxBank,
};
use domain::billing::iban::Iban;
use domain::money::{Currency, Money};
use jiff::Timestamp;
use testkit::gateway::{ContractMethods, keeps_contract};

fn gateway(server: &FakeStripe) -> StripeGateway {
    gateway_with(KEY, server)
}

fn gateway_with(key: &str, server: &FakeStripe) -> StripeGateway {
    StripeGateway::new(key.to_owned(), WEBHOOK_SECRET.to_owned(), &server.address, "https://zetel.example.com/")
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
        blocked: "pm_card_visa_chargeDeclinedStolenCard",
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

/// Domain 4.5: the payer comes back to where the card was put on file.
#[test]
fn keeping_a_card_says_exactly_this() {
    let server = FakeStripe::start();
    gateway(&server).keep("pay_1", "pm_card_visa", "/billing/payment-methods/pay_1/confirm").expect("it is kept");
    let state = server.state();
    let asked = state.asked.iter().find(|asked| asked.line == "POST /v1/setup_intents").expect("it was asked");
    assert_eq!(asked.key.as_deref(), Some("keep-pay_1"));
    for (name, value) in [
        ("payment_method", "pm_card_visa"),
        ("payment_method_types[0]", "card"),
        ("usage", "off_session"),
        ("confirm", "true"),
        ("return_url", "https://zetel.example.com/billing/payment-methods/pay_1/confirm"),
    ] {
        assert_eq!(asked.form.get(name).map(String::as_str), Some(value), "{name}");
    }
}

/// R75: the number of an account goes to the gateway and nowhere else.
#[test]
fn a_bank_account_is_given_to_stripe() {
    let server = FakeStripe::start();
    let iban = Iban::parse("NL91 ABNA 0417 1643 00").expect("an IBAN");
    let account = NewAccount { iban: &iban, holder: "Waterland", email: "anna@waterland.example" };
    let open = || gateway(&server).open_account("pay_1", &account);
    let token = open().expect("it is taken");
    assert_eq!(open(), Ok(token), "the same key makes one");
    let state = server.state();
    let asked = state.asked.iter().find(|asked| asked.line == "POST /v1/payment_methods").expect("it was asked");
    for (name, value) in [
        ("type", "sepa_debit"),
        ("sepa_debit[iban]", "NL91ABNA0417164300"),
        ("billing_details[name]", "Waterland"),
        ("billing_details[email]", "anna@waterland.example"),
    ] {
        assert_eq!(asked.form.get(name).map(String::as_str), Some(value), "{name}");
    }
}

/// Domain 4.1, 4.5: the number of a card is typed at Stripe, which asks its bank there.
#[test]
fn a_card_is_typed_into_stripes_own_form() {
    let server = FakeStripe::start();
    let gateway = gateway(&server);
    assert!(gateway.has_card_form());
    let back = "/billing/payment-methods/pay_1/confirm";
    let form = gateway.open_card_form("pay_1", back).expect("a form");
    assert_eq!(gateway.open_card_form("pay_1", back), Ok(form.clone()), "the same key opens one");
    let open = gateway.keep("pay_1", &form, back);
    let address = format!("https://checkout.example.com/{form}");
    assert_eq!(open, Ok(KeepOutcome::ConfirmationRequired { reference: form.clone(), address }));
    server.fill_form(&form, Some("pm_card_visa"));
    let described = gateway.describe("pm_card_visa").expect("a card");
    let kept = KeepOutcome::Kept { token: "pm_card_visa".to_owned(), described };
    assert_eq!(gateway.keep("pay_1", &form, back), Ok(kept));
    server.fill_form(&form, None);
    assert_eq!(gateway.keep("pay_1", &form, back), Err(GatewayError::Declined));
    let state = server.state();
    let asked = state.asked.iter().find(|asked| asked.line == "POST /v1/checkout/sessions").expect("it was asked");
    let return_url = "https://zetel.example.com/billing/payment-methods/pay_1/confirm";
    for (name, value) in [("mode", "setup"), ("success_url", return_url), ("cancel_url", return_url)] {
        assert_eq!(asked.form.get(name).map(String::as_str), Some(value), "{name}");
    }
}

#[test]
fn an_answer_that_is_lost_is_asked_for_again_and_nothing_is_taken_twice() {
    let server = FakeStripe::start();
    let gateway = gateway(&server);
    gateway.keep("keep", "pm_card_visa", "/").expect("it is kept");
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
