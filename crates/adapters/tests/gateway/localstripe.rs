//! The gateway of Stripe against localstripe, which others wrote. It knows neither addresses to return to, mandates,
//! disputes, the payments of a customer nor idempotency keys; what it knows, it judges.

use adapters::StripeGateway;
use app::ports::{
    CardDescription, ChargeOutcome, GatewayError, MethodDescription, Payer, PaymentGateway, RefundOutcome,
};
use domain::money::{Currency, Money};
use std::net::{TcpListener, TcpStream};
use std::path::PathBuf;
use std::process::{Child, Command, Stdio};
use std::thread::sleep;
use std::time::Duration;

/// Set by `cargo xtask test` once it has installed localstripe, so that a test that cannot reach it fails.
const REQUIRED: &str = "ZETEL_TEST_LOCALSTRIPE_REQUIRED";

/// A server of its own, gone when it is dropped.
struct LocalStripe {
    process: Child,
    address: String,
}

impl LocalStripe {
    /// `None` where it is not installed.
    fn start() -> Option<Self> {
        let folder = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../../target/localstripe");
        let program = folder.join("bin/localstripe");
        if !program.is_file() {
            assert!(std::env::var_os(REQUIRED).is_none(), "{} is missing", program.display());
            println!("left out: localstripe is not installed (cargo xtask test does that)");
            return None;
        }
        let port = TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap().port();
        let mut command = Command::new(program);
        command.args(["--from-scratch", "--port", &port.to_string()]).env("TMPDIR", &folder);
        let process = command.stdout(Stdio::null()).stderr(Stdio::null()).spawn().unwrap();
        let server = Self { process, address: format!("http://127.0.0.1:{port}") };
        let answers = (0..300).any(|_| {
            sleep(Duration::from_millis(100));
            TcpStream::connect(("127.0.0.1", port)).is_ok()
        });
        assert!(answers, "localstripe did not start");
        Some(server)
    }

    /// What the payer's browser does: numbers for a token.
    fn token(&self, form: &[(&str, &str)]) -> String {
        let request =
            ureq::post(format!("{}/v1/payment_methods", self.address)).header("Authorization", "Bearer sk_test_x");
        let text = request.send_form(form.iter().copied()).unwrap().body_mut().read_to_string().unwrap();
        let method: serde_json::Value = serde_json::from_str(&text).unwrap();
        method["id"].as_str().unwrap().to_owned()
    }

    fn card(&self, number: &str) -> String {
        let (month, year, code) = (("card[exp_month]", "12"), ("card[exp_year]", "2031"), ("card[cvc]", "123"));
        self.token(&[("type", "card"), ("card[number]", number), month, year, code])
    }
}

impl Drop for LocalStripe {
    fn drop(&mut self) {
        drop(self.process.kill());
        drop(self.process.wait());
    }
}

#[test]
fn localstripe_takes_gives_back_and_declines() {
    let Some(server) = LocalStripe::start() else { return };
    let (key, secret) = ("sk_test_12345".to_owned(), "whsec_x".to_owned());
    let gateway = StripeGateway::new(key, secret, &server.address, "https://zetel.example.com");
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

    let account = server.token(&[("type", "sepa_debit"), ("sepa_debit[iban]", "NL91ABNA0417164300")]);
    let described = gateway.describe(&account);
    let Ok(MethodDescription::BankAccount(bank)) = described else { panic!("a bank account, not {described:?}") };
    assert_eq!((bank.country.as_str(), bank.last_four.as_str(), bank.mandate), ("NL", "4300", None));
    assert_eq!(gateway.describe("pm_nobody"), Err(GatewayError::Unknown));
    assert_eq!(gateway.outcome("pi_nobody"), Err(GatewayError::Unknown));
    assert_eq!(gateway.refund("none", "pi_nobody", eur(1)), Err(GatewayError::Unknown));
}
