//! Record that the customer's bank took a payment back (domain 4.6, R167).

use super::pay::{add_payment, new_payment, stored};
use super::refund::lock;
use crate::door::{Change, Command};
use crate::failure::Failure;
use crate::subscription::unpaid::disable;
use domain::access::permission::OperateBilling;
use domain::billing::payment::{Payment, PaymentKind, PaymentState};
use domain::ids::PaymentId;
use domain::money::Money;
use domain::refusal::Refusal;
use store::tables::payment;

/// The invoice is unpaid again, and what it is for is disabled at once: within the day that domain 4.6 asks for.
/// Nothing is taken again by itself.
#[derive(Debug, Clone, Copy)]
pub struct RecordChargeback {
    /// What was taken back.
    pub payment_id: PaymentId,
}

impl Command for RecordChargeback {
    type Permission = OperateBilling;
    type Outcome = ();
    const NAME: &'static str = "record_chargeback";

    fn execute(&self, change: &Change<'_, OperateBilling>) -> Result<(), Failure> {
        let charged = payment::find(change.write, self.payment_id)?;
        let is_charge =
            |payment: &Payment| payment.kind == PaymentKind::Charge && payment.state == PaymentState::Succeeded;
        let charged = charged.filter(is_charge).ok_or(Refusal::NotFound)?;
        lock(change, charged.id)?;
        // What was refunded before is not the bank's to take.
        let left = payment::left_of(change.write, charged.id)?;
        if left == 0 {
            return Err(Refusal::NothingToChange.into());
        }
        let mut of = stored(change.write, charged.invoice_id)?;
        of.due_step_on = None;
        let back = Money::new(-left, charged.amount.currency);
        let made = Payment {
            payment_method_id: charged.payment_method_id,
            reference: charged.reference,
            reverses: Some(charged.id),
            recorded_by: change.granted.actor().user(),
            ..new_payment(change, &of.invoice, PaymentKind::Chargeback, back)
        };
        add_payment(change, &of, made)?;
        disable(change, of.invoice.id)
    }
}
