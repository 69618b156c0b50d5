//! The gateway of Stripe against localstripe, which others wrote. It knows neither addresses to return to, mandates,
//! disputes, the payments of a customer nor idempotency keys; what it knows, it judges.

use adapters::StripeGateway;
use app::ports::{
    CardDescription, ChargeOutcome, GatewayError, MethodDescription, Payer, PaymentGateway, RefundOutcome,
};
use domain::money::{Currency, Money};
use testkit::localstripe::{KEY, LocalStripe, Manner};

#[test]
fn localstripe_takes_gives_back_and_declines() {
    let Some(server) = LocalStripe::start(Manner::Usual) else { return };
    let (key, secret) = (KEY.to_owned(), "whsec_x".to_owned());
    let gateway = StripeGateway::new(key, secret, &server.address(), "https://zetel.example.com");
    let eur = |minor| Money::new(minor, Currency::Eur);

    let good = server.card("4242424242424242");
    let (brand, last_four, expires_on) = ("Visa".to_owned(), "4242".to_owned(), "2031-12".to_owned());
    let described = Ok(MethodDescription::Card(CardDescription { brand, last_four, expires_on }));
    assert_eq!(gateway.describe(&good), described);
    let fresh = server.card("4242424242424242");
    let paid = gateway.charge("one", &fresh, eur(29_250), Payer::Away);
    let Ok(ChargeOutcome::Succeeded { reference }) = paid else { panic!("it is paid, not {paid:?}") };
    let succeeded = Ok(ChargeOutcome::Succeeded { reference: reference.clone() });
    assert_eq!(gateway.outcome(&reference), succeeded);
    assert_eq!(gateway.cancel(&reference), succeeded, "too late to give up");
    assert!(matches!(gateway.refund("part", &reference, eur(10_000)), Ok(RefundOutcome::Made { .. })));

    let declined = server.card("4000000000000341");
    assert_eq!(gateway.charge("two", &declined, eur(1), Payer::Away), Ok(ChargeOutcome::Declined));

    let described = gateway.describe(&server.account("NL91ABNA0417164300"));
    let Ok(MethodDescription::BankAccount(bank)) = described else { panic!("a bank account, not {described:?}") };
    assert_eq!((bank.country.as_str(), bank.last_four.as_str(), bank.mandate), ("NL", "4300", None));
    assert_eq!(gateway.describe("pm_nobody"), Err(GatewayError::Unknown));
    assert_eq!(gateway.outcome("pi_nobody"), Err(GatewayError::Unknown));
    assert_eq!(gateway.refund("none", "pi_nobody", eur(1)), Err(GatewayError::Unknown));
}
