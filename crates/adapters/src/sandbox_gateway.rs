//! A payment gateway that takes no money: for demos, trials of Zetel and tests. Its cards behave as their names say.

use app::ports::{
    CardBehavior, CardDescription, ChargeOutcome, GatewayError, PaymentGateway, SandboxBank, SandboxCard,
};
use domain::money::Money;
use std::collections::HashMap;
use std::sync::{Mutex, MutexGuard, PoisonError};

/// Every card of the sandbox.
pub const TEST_CARDS: [SandboxCard; 3] = [
    SandboxCard { token: "card_succeeds", brand: "Visa", last_four: "4242", behavior: CardBehavior::Succeeds },
    SandboxCard { token: "card_declined", brand: "Mastercard", last_four: "0002", behavior: CardBehavior::Declines },
    SandboxCard { token: "card_confirms", brand: "Visa", last_four: "3155", behavior: CardBehavior::AsksToConfirm },
];

/// The gateway: remembers what it answered, so that asking twice takes once.
#[derive(Default)]
pub struct SandboxGateway {
    charges: Mutex<HashMap<String, ChargeOutcome>>,
}

impl SandboxGateway {
    fn charges(&self) -> MutexGuard<'_, HashMap<String, ChargeOutcome>> {
        self.charges.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

fn card(token: &str) -> Result<&'static SandboxCard, GatewayError> {
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
                CardBehavior::Succeeds => ChargeOutcome::Succeeded { reference },
                CardBehavior::Declines => ChargeOutcome::Declined,
                CardBehavior::AsksToConfirm => {
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

    fn cancel(&self, reference: &str) -> Result<ChargeOutcome, GatewayError> {
        self.confirm(reference, false);
        self.outcome(reference)
    }
}

impl SandboxBank for SandboxGateway {
    fn confirm(&self, reference: &str, accepted: bool) -> bool {
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

    fn cards(&self) -> Vec<SandboxCard> {
        TEST_CARDS.to_vec()
    }
}
