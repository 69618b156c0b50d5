//! The gateways that take no money.

use adapters::SandboxGateway;
use app::ports::{ChargeOutcome, GatewayError, Payer, PaymentGateway, SandboxBank};
use domain::money::{Currency, Money};
use jiff::Timestamp;
use testkit::gateway::{ContractMethods, ScriptedGateway, keeps_contract};

/// R168; domain 4.5, 4.6.
#[test]
fn the_sandbox_keeps_the_contract() {
    let gateway = SandboxGateway::default();
    keeps_contract(&gateway, &gateway, ContractMethods::SANDBOX);
}

/// What tests script is still a gateway.
#[test]
fn the_scripted_gateway_keeps_the_contract() {
    let gateway = ScriptedGateway::default();
    keeps_contract(&gateway, &gateway, ContractMethods::SANDBOX);
}

#[test]
fn a_charge_whose_answer_is_late_was_made_once() {
    let gateway = SandboxGateway::default();
    let charge = || gateway.charge("key", "card_times_out", Money::new(1, Currency::Eur), Payer::Away);
    assert_eq!(charge(), Err(GatewayError::Unreachable("the answer took too long".to_owned())));
    assert_eq!(charge(), Ok(ChargeOutcome::Succeeded { reference: "sandbox_key".to_owned() }));
    assert_eq!(gateway.take_notices(Timestamp::UNIX_EPOCH).len(), 1);
}

#[test]
fn a_report_that_comes_twice_has_one_name() {
    let gateway = SandboxGateway::default();
    gateway.charge("key", "card_reports_twice", Money::new(1, Currency::Eur), Payer::Present).expect("it answers");
    let signed = gateway.take_notices(Timestamp::UNIX_EPOCH);
    let read = |at: usize| gateway.notice(&signed[at].signature, &signed[at].body, Timestamp::UNIX_EPOCH);
    assert_eq!(signed.len(), 2);
    assert!(matches!(read(0), Ok(Some(_))));
    assert_eq!(read(0), read(1));
}
