//! Give back what a credit note gives, to what paid (D6).

use super::collect::under_way;
use super::credit::given;
use super::pay::{about, count_payment, is_being_paid, new_payment, stored};
use crate::door::{Change, Command, Look, Query};
use crate::failure::Failure;
use crate::gateway::{not_over, unreachable};
use crate::job::{Running, Work};
use crate::ports::{GatewayError, RefundOutcome};
use domain::access::permission::{Granting, OperateBilling};
use domain::billing::invoice::Invoice;
use domain::billing::payment::{Payment, PaymentKind, PaymentState};
use domain::event::Event;
use domain::ids::{InvoiceId, PaymentId};
use domain::limits::FEEDBACK_MAX;
use domain::money::Money;
use domain::refusal::{Field, Refusal};
use domain::typed;
use serde::{Deserialize, Serialize};
use store::Read;
use store::tables::invoice::{self, StoredInvoice};
use store::tables::payment;

/// Payments over which one refund is spread at most.
const PAYMENTS: usize = 20;

/// Gives back what a credit note still gives, in whole or in part, to the cards that paid for its subscription.
#[derive(Debug, Clone)]
pub struct RefundCredit {
    /// The credit note.
    pub invoice_id: InvoiceId,
    /// How much; above nothing, and at most what is left of it.
    pub amount: Money,
    /// Why, for the history.
    pub reason: String,
}

impl Command for RefundCredit {
    type Permission = OperateBilling;
    /// What is on its way back; the rest has to be transferred.
    type Outcome = Money;
    const NAME: &'static str = "refund";

    fn execute(&self, change: &Change<'_, OperateBilling>) -> Result<Money, Failure> {
        let note = stored(change.write, self.invoice_id)?;
        if note.invoice.balance().minor >= 0 {
            return Err(Refusal::InvoiceSettled.into());
        }
        if is_being_paid(change.write, note.invoice.id)? {
            return Err(Refusal::PaymentUnderWay.into());
        }
        let reason = self.checked(given(&note.invoice))?;
        let amount = begin_refunds(change, &note, self.amount)?;
        if amount.minor == 0 {
            return Err(Refusal::NothingToChange.into());
        }
        let (number, reason) = (note.invoice.number.clone(), reason.to_owned());
        change.record(about(&note.invoice), &Event::RefundOrdered { number, amount, reason })?;
        invoice::update(change.write, &StoredInvoice { due_step_on: None, ..note })?;
        Ok(amount)
    }
}

impl RefundCredit {
    /// The reason without spaces around it.
    fn checked(&self, left: Money) -> Result<&str, Failure> {
        let reason = self.reason.trim();
        let mut wrong = Vec::new();
        if self.amount.currency != left.currency || self.amount.minor <= 0 {
            wrong.push(Refusal::NotAnAmount.at(Field::Amount));
        } else if self.amount.minor > left.minor {
            wrong.push(Refusal::AboveBalance { balance: left }.at(Field::Amount));
        }
        match typed::lines(reason, FEEDBACK_MAX) {
            Ok(text) if !text.is_empty() => {}
            Ok(_) => wrong.push(Refusal::Required.at(Field::Reason)),
            Err(refusal) => wrong.push(refusal.at(Field::Reason)),
        }
        if wrong.is_empty() { Ok(reason) } else { Err(Failure::Invalid(wrong)) }
    }
}

/// Writes the refunds of an amount that a credit note gives, newest payments first, and the jobs that ask the gateway
/// for them. Gives what they come to.
pub(super) fn begin_refunds<P: Granting>(
    change: &Change<'_, P>,
    note: &StoredInvoice,
    amount: Money,
) -> Result<Money, Failure> {
    let mut rest = amount.minor;
    for (paid, _) in refundable(change.write, &note.invoice)? {
        if rest == 0 {
            break;
        }
        lock(change, paid)?;
        let part = rest.min(payment::left_of(change.write, paid)?);
        if part > 0 {
            let back = Money::new(-part, amount.currency);
            let new = new_payment(change, &note.invoice, PaymentKind::Refund, back);
            let payment_id = new.id;
            payment::insert(change.write, &Payment { reverses: Some(paid), ..new })?;
            change.enqueue(&RefundPayment { payment_id }, 1)?;
            rest -= part;
        }
    }
    Ok(Money::new(amount.minor - rest, amount.currency))
}

/// Holds a payment before what is left of it is read: whoever gives back, or takes back, of the same payment at the
/// same time waits, or fails at its revision. So nobody counts on what another one takes.
pub(super) fn lock<P: Granting>(change: &Change<'_, P>, paid: PaymentId) -> Result<(), Failure> {
    let paid = payment::find(change.write, paid)?.ok_or(Refusal::NotFound)?;
    Ok(payment::update(change.write, &paid)?)
}

/// What the gateway took for what a credit note is about, the newest first, with what did not go back yet: of its
/// subscription, or of the invoices that its billing profile has for everything.
pub(super) fn refundable(read: &Read<'_>, note: &Invoice) -> Result<Vec<(PaymentId, Money)>, Failure> {
    Ok(match note.subscription_id {
        Some(subscription) => payment::to_refund(read, subscription, PAYMENTS)?,
        None => payment::to_refund_of_profile(read, note.billing_profile_id, note.currency, PAYMENTS)?,
    })
}

/// Asks the gateway to give a payment back, or a part of it.
#[derive(Debug, Serialize, Deserialize)]
pub struct RefundPayment {
    /// The refund.
    pub payment_id: PaymentId,
}

impl Work for RefundPayment {
    const KIND: &'static str = "refund_payment";

    fn run(&self, job: &Running<'_>) -> Result<serde_json::Value, Failure> {
        let found = job.app.read(&job.caller, job.organization, &FindRefund(self.payment_id)).map_err(not_over)?;
        let Some((refund, reference)) = found else { return Ok(serde_json::Value::Null) };
        let amount = Money::new(-refund.amount.minor, refund.amount.currency);
        let reference = match job.app.ports().gateway.refund(&refund.id.to_string(), &reference, amount) {
            Ok(RefundOutcome::Made { reference }) => Some(reference),
            Ok(RefundOutcome::Refused) | Err(GatewayError::Unknown | GatewayError::Declined) => None,
            Err(error @ GatewayError::Unreachable(_)) => return Err(unreachable(error)),
        };
        let end = EndRefund { payment_id: self.payment_id, reference };
        job.app.write(&job.caller, job.organization, end).wait().map_err(not_over)?;
        Ok(serde_json::Value::Null)
    }
}

struct FindRefund(PaymentId);

impl Query for FindRefund {
    type Permission = OperateBilling;
    /// The refund while it is under way, with the gateway's name of what it gives back.
    type Outcome = Option<(Payment, String)>;

    fn run(&self, look: &Look<'_, OperateBilling>) -> Result<Self::Outcome, Failure> {
        let Some(refund) = under_way(look.read, self.0)? else { return Ok(None) };
        let reversed = refund.reverses.map(|id| payment::find(look.read, id)).transpose()?.flatten();
        Ok(Some((refund, reversed.and_then(|paid| paid.reference).unwrap_or_default())))
    }
}

/// The gateway answered: the money is on its way, or what the credit note gives is kept for the next invoice.
struct EndRefund {
    payment_id: PaymentId,
    reference: Option<String>,
}

impl Command for EndRefund {
    type Permission = OperateBilling;
    type Outcome = ();
    const NAME: &'static str = "refund";

    fn execute(&self, change: &Change<'_, OperateBilling>) -> Result<(), Failure> {
        let Some(before) = under_way(change.write, self.payment_id)? else { return Ok(()) };
        let note = stored(change.write, before.invoice_id)?;
        let settled_at = Some(change.now());
        if let Some(reference) = &self.reference {
            let (state, reference) = (PaymentState::Succeeded, Some(reference.clone()));
            let made = Payment { state, reference, settled_at, ..before };
            payment::update(change.write, &made)?;
            return count_payment(change, &note, &made).map(drop);
        }
        let reason = Refusal::CardDeclined.code().to_owned();
        let (state, number) = (PaymentState::Failed, note.invoice.number.clone());
        let event = Event::PaymentFailed { number, amount: before.amount, reason: reason.clone() };
        payment::update(change.write, &Payment { state, reason: Some(reason), settled_at, ..before })?;
        change.record(about(&note.invoice), &event)
    }
}
