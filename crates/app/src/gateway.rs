//! Asking the payment gateway: for an order and for an invoice alike.
//!
//! What is asked was written before, and the money is taken outside any transaction, under the id of the order or the
//! payment as idempotency key: a process may die anywhere, and the job asks again.

use crate::failure::Failure;
use crate::ports::{ChargeOutcome, GatewayError, Payer, PaymentGateway};
use domain::ids::PaymentMethodId;
use domain::money::Money;
use domain::refusal::Refusal;
use jiff::{SignedDuration, Timestamp};
use store::Read;
use store::tables::payment_method;

/// The shortest pause before the gateway is asked again, and the longest.
const PAUSE: (SignedDuration, SignedDuration) = (SignedDuration::from_secs(5), SignedDuration::from_mins(30));

/// Where a payment stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Settling {
    /// Nothing more will happen.
    Settled,
    /// The bank takes some days.
    WaitsForBank,
    /// The payer has to confirm at this address.
    WaitsForPayer {
        /// Where.
        address: String,
    },
}

/// What the gateway is asked for.
pub(crate) struct Asked {
    /// The idempotency key: the id of an order or of a payment.
    pub(crate) key: String,
    /// The gateway's name of the payment, once it gave one.
    pub(crate) reference: Option<String>,
    /// What pays, as the gateway knows it.
    pub(crate) token: String,
    /// How much.
    pub(crate) amount: Money,
    /// Where the payer is.
    pub(crate) payer: Payer,
    /// Whether the payer had long enough to confirm.
    pub(crate) is_late: bool,
}

/// Asks how the payment stands, and for the money where it was not asked for. The key makes it safe to ask from the
/// start again, as when the gateway no longer knows a payment that waited. One whose payer is late is given up.
pub(crate) fn ask(gateway: &dyn PaymentGateway, asked: &Asked) -> Result<ChargeOutcome, Failure> {
    match stands(gateway, asked)? {
        ChargeOutcome::ConfirmationRequired { reference, .. } if asked.is_late => give_up(gateway, &reference),
        outcome => Ok(outcome),
    }
}

fn stands(gateway: &dyn PaymentGateway, asked: &Asked) -> Result<ChargeOutcome, Failure> {
    if let Some(reference) = &asked.reference {
        match gateway.outcome(reference) {
            Err(GatewayError::Unknown) => {}
            known => return known.map_err(unreachable),
        }
    }
    declined_or(gateway.charge(&asked.key, &asked.token, asked.amount, asked.payer))
}

/// Gives up a payment that waits for its payer, unless it is too late for that.
pub(crate) fn give_up(gateway: &dyn PaymentGateway, reference: &str) -> Result<ChargeOutcome, Failure> {
    declined_or(gateway.cancel(reference))
}

fn declined_or(answer: Result<ChargeOutcome, GatewayError>) -> Result<ChargeOutcome, Failure> {
    match answer {
        Err(GatewayError::Unknown | GatewayError::Declined) => Ok(ChargeOutcome::Declined),
        known => known.map_err(unreachable),
    }
}

/// What pays, as the gateway knows it; nothing for what is not on file any more.
pub(crate) fn token(read: &Read<'_>, method: Option<PaymentMethodId>) -> Result<String, Failure> {
    let method = method.map(|id| payment_method::find(read, id)).transpose()?.flatten();
    Ok(method.map(|method| method.gateway_token).unwrap_or_default())
}

/// Why a payment failed: the bank said no, or the payer there.
pub(crate) const fn refused(waited_for_payer: bool) -> Refusal {
    if waited_for_payer { Refusal::ConfirmationFailed } else { Refusal::CardDeclined }
}

/// How long to wait before asking again: a third of the time that it has taken so far.
pub(crate) fn pause(since: Timestamp, now: Timestamp) -> SignedDuration {
    (now.duration_since(since) / 3).clamp(PAUSE.0, PAUSE.1)
}

pub(crate) fn unreachable(error: GatewayError) -> Failure {
    Failure::Internal(format!("the payment gateway: {error:?}"))
}

/// A refusal would end a job while money may be on its way: such as that of an organization that was suspended
/// meanwhile. It is tried again, and then parked for the operator.
pub(crate) fn not_over(failure: Failure) -> Failure {
    match failure {
        Failure::Refused(refusal) => Failure::Internal(format!("the payment cannot be settled: {}", refusal.code())),
        other => other,
    }
}
