//! Record what came by bank transfer, or went back by one: in whole or in part (domain 4.3).

use super::pay::{add_payment, is_being_paid, new_payment, stored};
use crate::door::{Change, Command};
use crate::failure::Failure;
use domain::access::permission::OperateBilling;
use domain::billing::payment::{Payment, PaymentKind};
use domain::ids::InvoiceId;
use domain::limits::NAME_MAX;
use domain::money::Money;
use domain::refusal::{Field, Refusal};
use jiff::civil::Date;
use store::tables::payment;

/// A transfer that the bank statement shows: to the seller for an invoice, to the customer for a credit note.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RecordTransfer {
    /// For which document.
    pub invoice_id: InvoiceId,
    /// How much; above nothing, and at most what is left.
    pub amount: Money,
    /// The day of the bank statement; not later than today.
    pub day: Date,
    /// What the bank statement says of it: the same is not recorded twice for a document.
    pub reference: String,
}

impl Command for RecordTransfer {
    type Permission = OperateBilling;
    /// What is left afterwards.
    type Outcome = Money;
    const NAME: &'static str = "record_transfer";

    fn execute(&self, change: &Change<'_, OperateBilling>) -> Result<Money, Failure> {
        let of = stored(change.write, self.invoice_id)?;
        let reference = self.checked(change.today())?;
        let known = payment::of_invoice(change.write, of.invoice.id)?;
        let is_known = |payment: &Payment| {
            payment.kind == PaymentKind::Transfer && payment.reference.as_deref() == Some(reference)
        };
        if known.iter().any(is_known) {
            return Err(Refusal::TransferRecorded.at(Field::Reference).into());
        }
        let balance = of.invoice.balance();
        if balance.minor == 0 {
            return Err(Refusal::InvoiceSettled.into());
        }
        if is_being_paid(change.write, of.invoice.id)? {
            return Err(Refusal::PaymentUnderWay.into());
        }
        if self.amount.currency != balance.currency {
            return Err(Refusal::UnknownChoice.at(Field::Amount).into());
        }
        if self.amount.minor > balance.minor.abs() {
            let balance = Money::new(balance.minor.abs(), balance.currency);
            return Err(Refusal::AboveBalance { balance }.at(Field::Amount).into());
        }
        let amount = Money::new(self.amount.minor * balance.minor.signum(), balance.currency);
        let made = Payment {
            reference: Some(reference.to_owned()),
            recorded_by: change.granted.actor().user(),
            made_on: self.day,
            ..new_payment(change, &of.invoice, PaymentKind::Transfer, amount)
        };
        Ok(add_payment(change, &of, made)?.invoice.balance())
    }
}

impl RecordTransfer {
    /// The reference without spaces around it.
    fn checked(&self, today: Date) -> Result<&str, Failure> {
        let reference = self.reference.trim();
        let mut wrong = Vec::new();
        if self.amount.minor <= 0 {
            wrong.push(Refusal::NotAnAmount.at(Field::Amount));
        }
        if self.day > today {
            wrong.push(Refusal::UnknownChoice.at(Field::Day));
        }
        if reference.is_empty() {
            wrong.push(Refusal::Required.at(Field::Reference));
        }
        if reference.chars().count() > NAME_MAX {
            wrong.push(Refusal::TooLong { maximum: NAME_MAX as u32 }.at(Field::Reference));
        }
        if wrong.is_empty() { Ok(reference) } else { Err(Failure::Invalid(wrong)) }
    }
}
