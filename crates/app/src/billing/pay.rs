//! What was paid of an invoice (domain 4.3).

use super::profile;
use crate::door::Change;
use crate::failure::Failure;
use crate::subscription::unpaid::bring_back;
use domain::access::permission::Granting;
use domain::billing::invoice::{Invoice, InvoiceState};
use domain::billing::ledger::{LedgerAccount, movement};
use domain::billing::payment::{Payment, PaymentKind, PaymentState, ProfileCredit, offset};
use domain::event::{Event, Subjects};
use domain::ids::{InvoiceId, PaymentId, ProfileCreditId};
use domain::money::Money;
use domain::refusal::Refusal;
use store::Read;
use store::tables::invoice::{self, StoredInvoice};
use store::tables::ledger::{self, Entry};
use store::tables::{payment, profile_credit};

/// Counts a payment that succeeded, in the ledger too. Whoever was disabled because of this invoice gets back what it
/// bought, once it is settled.
///
/// # Errors
/// When the database fails, or more would be paid than is asked.
pub(crate) fn count_payment<P: Granting>(
    change: &Change<'_, P>,
    stored: &StoredInvoice,
    paid: &Payment,
) -> Result<StoredInvoice, Failure> {
    let invoice = stored.invoice.with_payment(paid.amount);
    let invoice = invoice.ok_or_else(|| Failure::internal("more was paid than is asked"))?;
    let is_settled = invoice.state == InvoiceState::Paid;
    let mut after = StoredInvoice { invoice, ..stored.clone() };
    after.due_step_on = after.due_step_on.filter(|_| !is_settled);
    invoice::update(change.write, &after)?;
    after.invoice.revision += 1;
    let money = match paid.kind {
        PaymentKind::Charge | PaymentKind::Refund | PaymentKind::Chargeback => LedgerAccount::Gateway,
        PaymentKind::Transfer => LedgerAccount::Bank,
        // A credit note and an invoice settle each other within what customers owe.
        PaymentKind::Credit => LedgerAccount::Receivable,
    };
    let postings = movement(money, LedgerAccount::Receivable, paid.amount);
    let (day, invoice_id) = (paid.made_on, after.invoice.id);
    let entry = Entry { id: change.new_id(), day, postings, invoice: Some(invoice_id), payment: Some(paid.id) };
    ledger::post(change.write, &[entry])?;
    change.record(about(&after.invoice), &said(&after.invoice, paid))?;
    if is_settled {
        bring_back(change, invoice_id)?;
    }
    Ok(after)
}

fn said(after: &Invoice, paid: &Payment) -> Event {
    let (number, amount, balance) = (after.number.clone(), paid.amount, after.balance());
    let back = Money::new(-amount.minor, amount.currency);
    match paid.kind {
        PaymentKind::Chargeback => Event::InvoiceChargedBack { number, amount: back, balance },
        PaymentKind::Refund => Event::CreditRefunded { number, amount: back },
        PaymentKind::Transfer if amount.minor < 0 => Event::CreditRefunded { number, amount: back },
        PaymentKind::Charge | PaymentKind::Transfer | PaymentKind::Credit => {
            Event::InvoicePaid { number, amount, balance }
        }
    }
}

/// What an event of an invoice is about.
pub(super) fn about(invoice: &Invoice) -> Subjects {
    Subjects { subscription: invoice.subscription_id, ..Subjects::default() }
}

/// A payment of today that is begun.
pub(super) fn new_payment<P: Granting>(
    change: &Change<'_, P>,
    of: &Invoice,
    kind: PaymentKind,
    amount: Money,
) -> Payment {
    Payment {
        id: PaymentId::from_uuid(change.new_id()),
        invoice_id: of.id,
        kind,
        state: PaymentState::Pending,
        payment_method_id: None,
        amount,
        reference: None,
        reason: None,
        recorded_by: None,
        reverses: None,
        made_on: change.today(),
        created_at: change.now(),
        settled_at: None,
        revision: 1,
    }
}

/// Adds a payment that is made already, and counts it.
pub(super) fn add_payment<P: Granting>(
    change: &Change<'_, P>,
    stored: &StoredInvoice,
    made: Payment,
) -> Result<StoredInvoice, Failure> {
    let made = Payment { state: PaymentState::Succeeded, settled_at: Some(change.now()), ..made };
    payment::insert(change.write, &made)?;
    count_payment(change, stored, &made)
}

/// A payment that succeeded before its invoice was made: what a checkout took. The tax may have changed while the payer
/// was at the bank: what is missing is collected as of any invoice, and what is too much is kept as credit.
pub(crate) fn settle_at_once<P: Granting>(
    change: &Change<'_, P>,
    new: &Invoice,
    amount: Money,
    reference: &str,
) -> Result<(), Failure> {
    let part = offset(amount, &[new.balance()])[0];
    if part.minor > 0 {
        let paid = Payment {
            payment_method_id: new.payment_method_id,
            reference: Some(reference.to_owned()),
            ..new_payment(change, new, PaymentKind::Charge, part)
        };
        let stored = StoredInvoice { attempts: 1, ..StoredInvoice::new(new.clone()) };
        add_payment(change, &stored, paid)?;
    }
    let rest = Money::new(amount.minor - part.minor, amount.currency);
    if rest.minor == 0 {
        return Ok(());
    }
    let kept = ProfileCredit {
        id: ProfileCreditId::from_uuid(change.new_id()),
        billing_profile_id: new.billing_profile_id,
        amount: rest,
        used: Money::zero(rest.currency),
        reference: reference.to_owned(),
        recorded_by: None,
        made_on: change.today(),
    };
    keep_credit(change, &kept, LedgerAccount::Gateway)
}

/// Keeps what is more than invoices ask as credit of a billing profile: the customer is owed it. `received` says where
/// the money is.
pub(super) fn keep_credit<P: Granting>(
    change: &Change<'_, P>,
    new: &ProfileCredit,
    received: LedgerAccount,
) -> Result<(), Failure> {
    profile_credit::insert(change.write, new)?;
    let postings = movement(received, LedgerAccount::Receivable, new.amount);
    let entry = Entry { id: change.new_id(), day: new.made_on, postings, invoice: None, payment: None };
    ledger::post(change.write, &[entry])?;
    let name = profile(change.write, new.billing_profile_id)?.name;
    change.record(Subjects::default(), &Event::ProfileCreditKept { name, amount: new.amount })
}

/// The invoice of something that was looked up before.
pub(super) fn stored(read: &Read<'_>, id: InvoiceId) -> Result<StoredInvoice, Failure> {
    Ok(invoice::find(read, id)?.ok_or(Refusal::NotFound)?)
}

/// Whether it is not known yet how a payment of the invoice ends.
pub(super) fn is_being_paid(read: &Read<'_>, id: InvoiceId) -> Result<bool, Failure> {
    Ok(payment::of_invoice(read, id)?.iter().any(Payment::is_under_way))
}
