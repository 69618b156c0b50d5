//! A payment gateway that takes no money: for demos, trials of Zetel and tests. Its cards behave as their names say.

use app::ports::{CardDescription, ChargeOutcome, GatewayError, PaymentGateway};
use domain::money::Money;
use std::collections::HashMap;
use std::sync::{Mutex, MutexGuard, PoisonError};

/// A card of the sandbox, by its token. There is no number to type, here or anywhere in Zetel.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct TestCard {
    /// What stands for the card.
    pub token: &'static str,
    /// The brand.
    pub brand: &'static str,
    /// The last four digits.
    pub last_four: &'static str,
    behavior: Behavior,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Behavior {
    Succeeds,
    Declines,
    AsksToConfirm,
}

/// Every card of the sandbox.
pub const TEST_CARDS: [TestCard; 3] = [
    TestCard { token: "card_succeeds", brand: "Visa", last_four: "4242", behavior: Behavior::Succeeds },
    TestCard { token: "card_declined", brand: "Mastercard", last_four: "0002", behavior: Behavior::Declines },
    TestCard { token: "card_confirms", brand: "Visa", last_four: "3155", behavior: Behavior::AsksToConfirm },
];

/// The gateway: remembers what it answered, so that asking twice takes once.
#[derive(Default)]
pub struct SandboxGateway {
    charges: Mutex<HashMap<String, ChargeOutcome>>,
}

impl SandboxGateway {
    /// The payer confirmed, or refused to, at the sandbox's bank; gives whether that payment was waiting.
    pub fn confirm(&self, reference: &str, accepted: bool) -> bool {
        let mut charges = self.charges();
        let waiting = matches!(charges.get(reference), Some(ChargeOutcome::ConfirmationRequired { .. }));
        if waiting {
            let outcome = if accepted {
                ChargeOutcome::Succeeded { reference: reference.to_owned() }
            } else {
                ChargeOutcome::Declined
            };
            charges.insert(reference.to_owned(), outcome);
        }
        waiting
    }

    fn charges(&self) -> MutexGuard<'_, HashMap<String, ChargeOutcome>> {
        self.charges.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

fn card(token: &str) -> Result<&'static TestCard, GatewayError> {
    TEST_CARDS.iter().find(|card| card.token == token).ok_or(GatewayError::Unknown)
}

impl PaymentGateway for SandboxGateway {
    fn describe(&self, token: &str) -> Result<CardDescription, GatewayError> {
        let card = card(token)?;
        Ok(CardDescription {
            brand: card.brand.to_owned(),
            last_four: card.last_four.to_owned(),
            expires_on: "2030-12".to_owned(),
        })
    }

    fn charge(&self, idempotency_key: &str, token: &str, _amount: Money) -> Result<ChargeOutcome, GatewayError> {
        let card = card(token)?;
        let reference = format!("sandbox_{idempotency_key}");
        let outcome = self
            .charges()
            .entry(reference.clone())
            .or_insert_with(|| match card.behavior {
                Behavior::Succeeds => ChargeOutcome::Succeeded { reference },
                Behavior::Declines => ChargeOutcome::Declined,
                Behavior::AsksToConfirm => {
                    let address = format!("/sandbox/bank/{reference}");
                    ChargeOutcome::ConfirmationRequired { reference, address }
                }
            })
            .clone();
        Ok(outcome)
    }

    fn outcome(&self, reference: &str) -> Result<ChargeOutcome, GatewayError> {
        self.charges().get(reference).cloned().ok_or(GatewayError::Unknown)
    }
}
