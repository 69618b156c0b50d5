//! What a credit note gives: it settles open invoices, then it goes back to what paid, or waits for the next invoice
//! (domain 4.9, D6).

use super::account;
use super::details::subscription_of;
use super::pay::{add_payment, new_payment};
use super::refund::begin_refunds;
use crate::door::Change;
use crate::failure::Failure;
use domain::access::permission::Granting;
use domain::billing::Agreement;
use domain::billing::invoice::{Invoice, InvoiceKind};
use domain::billing::payment::{Payment, PaymentKind, ProfileCredit, offset};
use domain::money::Money;
use store::Read;
use store::tables::invoice::{self, StoredInvoice};
use store::tables::profile_credit;

/// Uses a credit note on its day, for open invoices of its billing profile. What is left goes back to the card that
/// paid, under MOSA; otherwise it waits.
pub(super) fn use_credit_note<P: Granting>(change: &Change<'_, P>, note: StoredInvoice) -> Result<(), Failure> {
    let open = in_turn(change.write, &note.invoice)?;
    let mut left = StoredInvoice { due_step_on: None, ..note };
    let owed: Vec<_> = open.iter().map(|stored| stored.invoice.balance()).collect();
    for (stored, part) in open.iter().zip(offset(given(&left.invoice), &owed)) {
        left = settle_with(change, &left, stored, part)?.0;
    }
    let goes_back =
        account(change.write)?.rules.agreement == Agreement::Mosa && left.invoice.payment_method_id.is_some();
    if goes_back {
        begin_refunds(change, &left, given(&left.invoice))?;
    }
    Ok(invoice::update(change.write, &left)?)
}

/// The open invoices that a credit note settles, in their turn: under MOSA those of the same subscription, then those
/// of the one that took its place by a change of plan, then the others, each time the oldest first.
fn in_turn(read: &Read<'_>, note: &Invoice) -> Result<Vec<StoredInvoice>, Failure> {
    let mut open = invoice::to_settle_with(read, note, InvoiceKind::Invoice)?;
    if let Some(of) = subscription_of(read, note)? {
        open.sort_by_key(|stored| match stored.invoice.subscription_id {
            about if about == Some(of.id) => 0,
            about if about == of.changed_to => 1,
            _ => 2,
        });
    }
    Ok(open)
}

/// Whether anything is left of a credit note, or of what was transferred beyond invoices.
pub(super) fn is_any_left(read: &Read<'_>) -> Result<bool, Failure> {
    let is_note_open = !invoice::unsettled_of_kind(read, InvoiceKind::CreditNote, 1)?.is_empty();
    Ok(is_note_open || !profile_credit::open(read)?.is_empty())
}

/// Uses what older credit notes of the billing profile still give for an invoice that was just made, and then what the
/// organization transferred beyond earlier invoices: that pays nothing which a user bought for the team (R17).
pub(super) fn use_credits_for<P: Granting>(change: &Change<'_, P>, new: &Invoice) -> Result<(), Failure> {
    let mut open = StoredInvoice::new(new.clone());
    let notes = invoice::to_settle_with(change.write, new, InvoiceKind::CreditNote)?;
    for note in notes.iter().filter(|note| note.due_step_on.is_none()) {
        let part = offset(given(&note.invoice), &[open.invoice.balance()])[0];
        open = settle_with(change, note, &open, part)?.1;
    }
    if subscription_of(change.write, new)?.is_some_and(|of| of.holder.is_some()) {
        return Ok(());
    }
    let is_of_profile = |credit: &ProfileCredit| {
        credit.billing_profile_id == new.billing_profile_id && credit.amount.currency == new.currency
    };
    for credit in profile_credit::open(change.write)?.into_iter().filter(is_of_profile) {
        let part = offset(credit.left(), &[open.invoice.balance()])[0];
        if part.minor > 0 {
            profile_credit::use_part(change.write, &credit, part)?;
            let kind = PaymentKind::Credit;
            let paid = Payment { reference: Some(credit.reference), ..new_payment(change, new, kind, part) };
            open = add_payment(change, &open, paid)?;
        }
    }
    Ok(())
}

/// What a credit note still gives; not below nothing.
pub(super) fn given(note: &Invoice) -> Money {
    Money::new(-note.balance().minor, note.currency)
}

/// A credit note and an invoice settle each other by an amount, as a payment of each.
fn settle_with<P: Granting>(
    change: &Change<'_, P>,
    note: &StoredInvoice,
    open: &StoredInvoice,
    amount: Money,
) -> Result<(StoredInvoice, StoredInvoice), Failure> {
    if amount.minor == 0 {
        return Ok((note.clone(), open.clone()));
    }
    let payment = |of: &Invoice, by: &Invoice, amount| Payment {
        reference: Some(by.number.clone()),
        ..new_payment(change, of, PaymentKind::Credit, amount)
    };
    let minus = Money::new(-amount.minor, amount.currency);
    let note_after = add_payment(change, note, payment(&note.invoice, &open.invoice, minus))?;
    let open_after = add_payment(change, open, payment(&open.invoice, &note.invoice, amount))?;
    Ok((note_after, open_after))
}
