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
    charges: Mutex<HashMap<String, Charge>>,
}

/// What was asked, and how it stands.
#[derive(Debug, Clone)]
struct Charge {
    amount: Money,
    outcome: ChargeOutcome,
}

impl Charge {
    const fn waits(&self) -> bool {
        matches!(self.outcome, ChargeOutcome::ConfirmationRequired { .. })
    }
}

impl SandboxGateway {
    fn charges(&self) -> MutexGuard<'_, HashMap<String, Charge>> {
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

    fn charge(&self, idempotency_key: &str, token: &str, amount: Money) -> Result<ChargeOutcome, GatewayError> {
        let card = card(token)?;
        let reference = format!("sandbox_{idempotency_key}");
        let first_answer = || match card.behavior {
            CardBehavior::Succeeds => ChargeOutcome::Succeeded { reference: reference.clone() },
            CardBehavior::Declines => ChargeOutcome::Declined,
            CardBehavior::AsksToConfirm => ChargeOutcome::ConfirmationRequired {
                reference: reference.clone(),
                address: format!("/sandbox/bank/{reference}"),
            },
        };
        let mut charges = self.charges();
        let charge = charges.entry(reference.clone()).or_insert_with(|| Charge { amount, outcome: first_answer() });
        Ok(charge.outcome.clone())
    }

    fn outcome(&self, reference: &str) -> Result<ChargeOutcome, GatewayError> {
        self.charges().get(reference).map(|charge| charge.outcome.clone()).ok_or(GatewayError::Unknown)
    }

    fn cancel(&self, reference: &str) -> Result<ChargeOutcome, GatewayError> {
        self.confirm(reference, false);
        self.outcome(reference)
    }
}

impl SandboxBank for SandboxGateway {
    fn confirm(&self, reference: &str, accepted: bool) -> bool {
        let mut charges = self.charges();
        let Some(charge) = charges.get_mut(reference).filter(|charge| charge.waits()) else { return false };
        charge.outcome = if accepted {
            ChargeOutcome::Succeeded { reference: reference.to_owned() }
        } else {
            ChargeOutcome::Declined
        };
        true
    }

    fn waiting(&self, reference: &str) -> Option<Money> {
        self.charges().get(reference).filter(|charge| charge.waits()).map(|charge| charge.amount)
    }

    fn cards(&self) -> Vec<SandboxCard> {
        TEST_CARDS.to_vec()
    }
}
