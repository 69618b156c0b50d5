//! Due charges become invoices (domain 4.9; R79 to R82).

use super::credit::use_credits_for;
use super::pay::about;
use super::{account, profile, tax};
use crate::door::Change;
use crate::failure::Failure;
use domain::access::permission::Granting;
use domain::billing::Agreement;
use domain::billing::invoice::{Invoice, InvoiceKind, InvoiceState, due_on, lines};
use domain::billing::ledger::invoiced;
use domain::event::Event;
use domain::ids::{BillingProfileId, InvoiceId, SubscriptionId};
use domain::money::Money;
use domain::time::Period;
use jiff::ToSpan;
use jiff::civil::Date;
use store::tables::{billing_account, charge, invoice, ledger, subscription};

/// Makes the invoices of the earliest due day, as many as `limit`, and gives how many charges they took up.
pub(crate) fn issue_due<P: Granting>(change: &Change<'_, P>, limit: usize) -> Result<usize, Failure> {
    let agreement = account(change.write)?.rules.agreement;
    let found = charge::first_to_invoice(change.write, change.today(), limit)?;
    let mut issued = Vec::new();
    let mut taken = 0;
    for due in &found {
        let subscription = (agreement == Agreement::Mosa).then_some(due.subscription_id);
        if !issued.contains(&(due.billing_profile_id, subscription)) {
            issued.push((due.billing_profile_id, subscription));
            let made = issue(change, due.billing_profile_id, subscription, due.invoice_on)?;
            if let Some(made) = made {
                use_credits_for(change, &made)?;
                taken += made.lines.len();
            }
        }
    }
    Ok(taken)
}

/// Makes the invoice of a day for a billing profile, or for one of its subscriptions: final, with its number, in the
/// ledger. Nothing when there is nothing to say.
pub(crate) fn issue<P: Granting>(
    change: &Change<'_, P>,
    profile_id: BillingProfileId,
    subscription_id: Option<SubscriptionId>,
    day: Date,
) -> Result<Option<Invoice>, Failure> {
    let charges = charge::to_invoice(change.write, profile_id, subscription_id, day)?;
    let Some(first_day) = charges.iter().map(|billable| billable.charge.charged_on).min() else { return Ok(None) };
    let (account, profile) = (account(change.write)?, profile(change.write, profile_id)?);
    let (seller, _) = billing_account::seller(change.write)?;
    let treatment = tax(change.write, &account, day)?;
    let payment_method_id = match subscription_id {
        Some(id) => subscription::find(change.write, id)?.and_then(|found| found.subscription.payment_method_id),
        None => profile.payment_method_id,
    };
    let currency = charges[0].charge.line.amount.currency;
    let (lines, totals) = lines(charges, treatment, &account.rules, currency);
    let start = invoice::last_invoiced(change.write, profile_id, subscription_id)?.unwrap_or(first_day).min(day);
    let number = billing_account::next_invoice_number(change.write)?;
    let new = Invoice {
        id: InvoiceId::from_uuid(change.new_id()),
        number: format!("{}{number:07}", seller.invoice_prefix),
        kind: if totals.gross.minor < 0 { InvoiceKind::CreditNote } else { InvoiceKind::Invoice },
        state: if totals.gross.minor == 0 { InvoiceState::Paid } else { InvoiceState::Open },
        billing_profile_id: profile_id,
        subscription_id,
        issued_on: day,
        due_on: due_on(day, payment_method_id.is_some(), &account.rules),
        // The invoice of a purchase is of one day.
        billing_period: Period { start, end: day.max(start.saturating_add(1.day())) },
        currency,
        seller,
        sold_to: account.sold_to,
        bill_to: profile.bill_to,
        purchase_order: profile.purchase_order,
        payment_method_id,
        lines,
        paid: Money::zero(currency),
        totals,
        revision: 1,
    };
    save(change, &new)?;
    Ok(Some(new))
}

fn save<P: Granting>(change: &Change<'_, P>, new: &Invoice) -> Result<(), Failure> {
    invoice::insert(change.write, new)?;
    for line in &new.lines {
        charge::set_invoice(change.write, line.charge_id, new.id)?;
    }
    let net = new.totals.net;
    let tax = Money::new(new.totals.gross.minor - net.minor, new.currency);
    ledger::post(change.write, change.new_id(), new.issued_on, &invoiced(net, tax), Some(new.id), None)?;
    let (number, total) = (new.number.clone(), new.totals.gross);
    change.record(about(new), &Event::InvoiceIssued { number, total, due_on: new.due_on })
}
