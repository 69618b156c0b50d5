//! A payment gateway that can be told how to behave, and what every gateway must do.

use adapters::SandboxGateway;
use app::ports::{CardDescription, ChargeOutcome, GatewayError, PaymentGateway, SandboxBank, SandboxCard};
use domain::money::Money;
use std::collections::HashMap;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Mutex, PoisonError};

/// The sandbox gateway, which can lose its answers and says what it took.
#[derive(Default)]
pub struct ScriptedGateway {
    sandbox: SandboxGateway,
    loses_answers: AtomicBool,
    charged: Mutex<HashMap<String, Money>>,
}

impl ScriptedGateway {
    /// From now on charges happen but nobody hears of it, as when a process dies right after it asked.
    pub fn lose_answers(&self, lose: bool) {
        self.loses_answers.store(lose, Ordering::Relaxed);
    }

    /// What was charged, by idempotency key; declined charges too.
    #[must_use]
    pub fn charged(&self) -> HashMap<String, Money> {
        self.charged.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }
}

impl PaymentGateway for ScriptedGateway {
    fn describe(&self, token: &str) -> Result<CardDescription, GatewayError> {
        self.sandbox.describe(token)
    }

    fn charge(&self, idempotency_key: &str, token: &str, amount: Money) -> Result<ChargeOutcome, GatewayError> {
        let outcome = self.sandbox.charge(idempotency_key, token, amount)?;
        let mut charged = self.charged.lock().unwrap_or_else(PoisonError::into_inner);
        let before = charged.insert(idempotency_key.to_owned(), amount);
        assert!(before.is_none_or(|before| before == amount), "one key, two amounts");
        if self.loses_answers.load(Ordering::Relaxed) {
            return Err(GatewayError::Unreachable("the answer was lost".to_owned()));
        }
        Ok(outcome)
    }

    fn outcome(&self, reference: &str) -> Result<ChargeOutcome, GatewayError> {
        self.sandbox.outcome(reference)
    }

    fn cancel(&self, reference: &str) -> Result<ChargeOutcome, GatewayError> {
        self.sandbox.cancel(reference)
    }
}

impl SandboxBank for ScriptedGateway {
    fn confirm(&self, reference: &str, accepted: bool) -> bool {
        self.sandbox.confirm(reference, accepted)
    }

    fn waiting(&self, reference: &str) -> Option<Money> {
        self.sandbox.waiting(reference)
    }

    fn cards(&self) -> Vec<SandboxCard> {
        self.sandbox.cards()
    }
}

/// The tokens by which a gateway's contract is tried.
#[derive(Debug, Clone, Copy)]
pub struct ContractCards<'a> {
    /// A card that pays.
    pub succeeds: &'a str,
    /// A card that the bank declines.
    pub declines: &'a str,
    /// A card that asks the payer to confirm.
    pub asks_to_confirm: &'a str,
}

/// What every [`PaymentGateway`] must do. `payer` answers the bank's question for a payment.
///
/// # Panics
/// When the gateway breaks its contract.
pub fn keeps_contract(gateway: &impl PaymentGateway, cards: ContractCards<'_>, payer: impl Fn(&str, bool)) {
    let amount = Money::new(29_250, domain::money::Currency::Eur);
    let charge = |key: &str, token: &str| gateway.charge(key, token, amount);
    let waiting = |key: &str| match charge(key, cards.asks_to_confirm) {
        Ok(ChargeOutcome::ConfirmationRequired { reference, address }) => (reference, address),
        other => panic!("the payer is to confirm first, not {other:?}"),
    };

    let card = gateway.describe(cards.succeeds).expect("a known card");
    assert_eq!(card.last_four.len(), 4);
    assert!(card.expires_on.parse::<jiff::civil::Date>().is_err() && card.expires_on.len() == 7, "YYYY-MM");
    assert_eq!(gateway.describe("no such card"), Err(GatewayError::Unknown));
    assert_eq!(charge("unknown", "no such card"), Err(GatewayError::Unknown));

    let first = charge("one", cards.succeeds).expect("it answers");
    assert!(matches!(&first, ChargeOutcome::Succeeded { .. }), "{first:?}");
    assert_eq!(charge("one", cards.succeeds), Ok(first.clone()), "the same key never takes twice");
    assert_ne!(charge("two", cards.succeeds), Ok(first), "another key is another payment");
    assert_eq!(charge("three", cards.declines), Ok(ChargeOutcome::Declined));
    assert_eq!(charge("three", cards.declines), Ok(ChargeOutcome::Declined));

    let (confirmed, address) = waiting("four");
    assert!(!address.is_empty());
    assert_eq!(waiting("four"), (confirmed.clone(), address), "asking again changes nothing");
    assert!(matches!(gateway.outcome(&confirmed), Ok(ChargeOutcome::ConfirmationRequired { .. })));
    payer(&confirmed, true);
    let paid = Ok(ChargeOutcome::Succeeded { reference: confirmed.clone() });
    assert_eq!(gateway.outcome(&confirmed), paid);
    assert_eq!(charge("four", cards.asks_to_confirm), paid, "the key knows how it ended");
    assert_eq!(gateway.cancel(&confirmed), paid, "too late to give up");

    let (refused, _) = waiting("five");
    payer(&refused, false);
    assert_eq!(gateway.outcome(&refused), Ok(ChargeOutcome::Declined));

    let (given_up, _) = waiting("six");
    assert_eq!(gateway.cancel(&given_up), Ok(ChargeOutcome::Declined));
    payer(&given_up, true);
    assert_eq!(gateway.outcome(&given_up), Ok(ChargeOutcome::Declined), "what was given up takes nothing");
    assert_eq!(gateway.outcome("no such payment"), Err(GatewayError::Unknown));
    assert_eq!(gateway.cancel("no such payment"), Err(GatewayError::Unknown));
}
