//! What was paid of an invoice (domain 4.3).

use crate::door::Change;
use crate::failure::Failure;
use domain::access::permission::Granting;
use domain::billing::invoice::{Invoice, InvoiceState};
use domain::billing::ledger::{LedgerAccount, movement};
use domain::billing::payment::{Payment, PaymentKind, PaymentState};
use domain::event::{Event, Subjects};
use domain::money::Money;
use jiff::civil::Date;
use store::tables::invoice::{self, StoredInvoice};
use store::tables::{ledger, payment};

/// Counts a payment that succeeded, in the ledger too. `next_step_on` is when the invoice is looked at again, should
/// something of it be left.
///
/// # Errors
/// When the database fails, or more would be paid than is asked.
pub(crate) fn count_payment<P: Granting>(
    change: &Change<'_, P>,
    stored: &StoredInvoice,
    paid: &Payment,
    next_step_on: Option<Date>,
) -> Result<Invoice, Failure> {
    let mut after = stored.clone();
    let total = stored
        .invoice
        .paid
        .plus(paid.amount)
        .filter(|total| total.minor.abs() <= after.invoice.totals.gross.minor.abs());
    after.invoice.paid = total.ok_or_else(|| Failure::internal("more was paid than is asked"))?;
    after.invoice.state = match (after.invoice.balance().minor, after.invoice.paid.minor) {
        (0, _) => InvoiceState::Paid,
        (_, 0) => InvoiceState::Open,
        _ => InvoiceState::PartlyPaid,
    };
    let next_step_on = next_step_on.filter(|_| after.invoice.state != InvoiceState::Paid);
    invoice::update(change.write, &after, next_step_on)?;
    let money = match paid.kind {
        PaymentKind::Charge | PaymentKind::Refund | PaymentKind::Chargeback => LedgerAccount::Gateway,
        PaymentKind::Transfer => LedgerAccount::Bank,
        // A credit note and an invoice settle each other within what customers owe.
        PaymentKind::Credit => LedgerAccount::Receivable,
    };
    let postings = movement(money, LedgerAccount::Receivable, paid.amount);
    let (id, invoice_id) = (change.new_id(), after.invoice.id);
    ledger::post(change.write, id, paid.made_on, &postings, Some(invoice_id), Some(paid.id))?;
    let number = after.invoice.number.clone();
    let event = Event::InvoicePaid { number, amount: paid.amount, balance: after.invoice.balance() };
    change.record(Subjects { subscription: after.invoice.subscription_id, ..Subjects::default() }, &event)?;
    Ok(after.invoice)
}

/// A payment that succeeded before its invoice was made: what a checkout took.
pub(crate) fn settle_at_once<P: Granting>(
    change: &Change<'_, P>,
    new: &Invoice,
    amount: Money,
    reference: &str,
) -> Result<(), Failure> {
    let paid = Payment {
        id: domain::ids::PaymentId::from_uuid(change.new_id()),
        invoice_id: new.id,
        kind: PaymentKind::Charge,
        state: PaymentState::Succeeded,
        payment_method_id: new.payment_method_id,
        amount,
        reference: Some(reference.to_owned()),
        reason: None,
        recorded_by: None,
        made_on: change.today(),
        created_at: change.now(),
        settled_at: Some(change.now()),
        revision: 1,
    };
    payment::insert(change.write, &paid)?;
    let stored = StoredInvoice { invoice: new.clone(), attempts: 1 };
    count_payment(change, &stored, &paid, Some(new.due_on)).map(drop)
}
