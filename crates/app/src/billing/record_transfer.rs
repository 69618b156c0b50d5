//! Record what came by bank transfer, or went back by one: in whole or in part (domain 4.3).

use super::pay::{add_payment, keep_credit, new_payment, stored};
use crate::door::{Change, Command};
use crate::failure::Failure;
use domain::access::permission::OperateBilling;
use domain::billing::invoice::{Invoice, InvoiceKind};
use domain::billing::ledger::LedgerAccount;
use domain::billing::payment::{Payment, PaymentKind, ProfileCredit, offset};
use domain::ids::{BillingProfileId, InvoiceId, ProfileCreditId};
use domain::limits::NAME_MAX;
use domain::money::Money;
use domain::refusal::{Field, FieldRefusal, Refusal};
use domain::typed;
use jiff::civil::Date;
use std::collections::BTreeSet;
use store::tables::invoice::StoredInvoice;
use store::tables::{payment, profile_credit};

/// A transfer that the bank statement shows: to the seller for invoices, to the customer for credit notes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RecordTransfer {
    /// For which documents: invoices, or credit notes. It settles the first due first, the last one perhaps in part.
    pub invoice_ids: Vec<InvoiceId>,
    /// How much; above nothing, and at most what is left of them, unless the rest is kept.
    pub amount: Money,
    /// The day of the bank statement; not later than today.
    pub day: Date,
    /// What the bank statement says of it: the same is not recorded twice for a document.
    pub reference: String,
    /// Whether what is more than is left of the invoices becomes credit of the billing profile of the last one. Then
    /// invoices may be settled already, such as one that was paid twice.
    pub keep_rest: bool,
}

impl Command for RecordTransfer {
    type Permission = OperateBilling;
    /// What is left of them afterwards; below nothing, what became credit.
    type Outcome = Money;
    const NAME: &'static str = "record_transfer";

    fn execute(&self, change: &Change<'_, OperateBilling>) -> Result<Money, Failure> {
        let reference = self.checked(change.today())?;
        let mut open = Vec::new();
        for id in self.invoice_ids.iter().collect::<BTreeSet<_>>() {
            open.push(self.open(change, *id, reference)?);
        }
        open.sort_by_key(|stored| (stored.invoice.due_on, stored.invoice.id));
        let sign = open.first().map_or(1, |stored| direction(&stored.invoice));
        if open.iter().any(|stored| direction(&stored.invoice) != sign) {
            return Err(Refusal::UnknownChoice.at(Field::Invoices).into());
        }
        let owed: Vec<_> = open.iter().map(|stored| stored.invoice.balance()).map(|left| times(left, sign)).collect();
        let left = Money::new(owed.iter().map(|owed| owed.minor).sum(), self.amount.currency);
        let may_keep = self.keep_rest && sign > 0;
        if self.amount.minor > left.minor && !may_keep {
            return Err(Refusal::AboveBalance { balance: left }.at(Field::Amount).into());
        }
        for (stored, part) in open.iter().zip(offset(self.amount, &owed)).filter(|(_, part)| part.minor > 0) {
            let made = Payment {
                reference: Some(reference.to_owned()),
                recorded_by: change.granted.actor().user(),
                made_on: self.day,
                ..new_payment(change, &stored.invoice, PaymentKind::Transfer, times(part, sign))
            };
            add_payment(change, stored, made)?;
        }
        let rest = Money::new((self.amount.minor - left.minor).max(0), left.currency);
        if let Some(last) = open.last().filter(|_| rest.minor > 0) {
            self.keep(change, last.invoice.billing_profile_id, rest, reference)?;
        }
        Ok(times(Money::new(left.minor - self.amount.minor, left.currency), sign))
    }
}

/// Which way the money of a document goes: above nothing to the seller, below nothing to the customer.
const fn direction(invoice: &Invoice) -> i64 {
    match invoice.kind {
        InvoiceKind::Invoice => 1,
        InvoiceKind::CreditNote => -1,
    }
}

/// An amount in its direction: below nothing for what goes to the customer.
fn times(amount: Money, sign: i64) -> Money {
    Money::new(amount.minor * sign, amount.currency)
}

impl RecordTransfer {
    /// Keeps what is more than the invoices as credit of a billing profile: the customer is owed it.
    fn keep(
        &self,
        change: &Change<'_, OperateBilling>,
        billing_profile_id: BillingProfileId,
        amount: Money,
        reference: &str,
    ) -> Result<(), Failure> {
        if profile_credit::is_known(change.write, billing_profile_id, reference)? {
            return Err(Refusal::TransferRecorded.at(Field::Reference).into());
        }
        let new = ProfileCredit {
            id: ProfileCreditId::from_uuid(change.new_id()),
            billing_profile_id,
            amount,
            used: Money::zero(amount.currency),
            reference: reference.to_owned(),
            recorded_by: change.granted.actor().user(),
            made_on: self.day,
        };
        keep_credit(change, &new, LedgerAccount::Bank)
    }

    /// A document that a transfer can settle.
    fn open(
        &self,
        change: &Change<'_, OperateBilling>,
        id: InvoiceId,
        reference: &str,
    ) -> Result<StoredInvoice, Failure> {
        let of = stored(change.write, id)?;
        let known = payment::of_invoice(change.write, id)?;
        let is_known = |payment: &Payment| {
            payment.kind == PaymentKind::Transfer && payment.reference.as_deref() == Some(reference)
        };
        if known.iter().any(is_known) {
            return Err(Refusal::TransferRecorded.at(Field::Reference).into());
        }
        if of.invoice.balance().minor == 0 && !self.keep_rest {
            return Err(Refusal::InvoiceSettled.into());
        }
        if known.iter().any(Payment::is_under_way) {
            return Err(Refusal::PaymentUnderWay.into());
        }
        if self.amount.currency != of.invoice.currency {
            return Err(Refusal::UnknownChoice.at(Field::Amount).into());
        }
        Ok(of)
    }

    /// The reference without spaces around it.
    fn checked(&self, today: Date) -> Result<&str, Failure> {
        let checked = check_statement(self.amount, self.day, &self.reference, today);
        if !self.invoice_ids.is_empty() {
            return Ok(checked?);
        }
        let mut wrong = vec![Refusal::Required.at(Field::Invoices)];
        wrong.extend(checked.err().into_iter().flatten());
        Err(Failure::Invalid(wrong))
    }
}

/// What a bank statement says of a transfer: an amount above nothing, on a day that has come. Gives its reference
/// without spaces around it.
pub(super) fn check_statement(
    amount: Money,
    day: Date,
    reference: &str,
    today: Date,
) -> Result<&str, Vec<FieldRefusal>> {
    let reference = reference.trim();
    let mut wrong = Vec::new();
    if amount.minor <= 0 {
        wrong.push(Refusal::NotAnAmount.at(Field::Amount));
    }
    if day > today {
        wrong.push(Refusal::DayToCome.at(Field::Day));
    }
    if let Err(refusal) = typed::required_line(reference, NAME_MAX) {
        wrong.push(refusal.at(Field::Reference));
    }
    if wrong.is_empty() { Ok(reference) } else { Err(wrong) }
}
