//! Due charges become invoices (domain 4.9; R79 to R82).

use super::credit::use_credits_for;
use super::pay::about;
use super::{account, profile};
use crate::door::Change;
use crate::failure::Failure;
use domain::access::permission::Granting;
use domain::billing::invoice::{Draft, Invoice};
use domain::billing::ledger::invoiced;
use domain::billing::party::Seller;
use domain::billing::{Agreement, BillingAccount};
use domain::event::Event;
use domain::ids::{BillingProfileId, InvoiceId, PaymentMethodId, SubscriptionId};
use domain::money::Money;
use jiff::civil::Date;
use store::Read;
use store::tables::{billing_account, charge, invoice, ledger, subscription};

/// Makes the invoices of the earliest due day, as many as `limit`, and gives how many charges they took up.
pub(crate) fn issue_due<P: Granting>(change: &Change<'_, P>, limit: usize) -> Result<usize, Failure> {
    let parties = Parties::load(change.write)?;
    let found = charge::first_to_invoice(change.write, change.today(), limit)?;
    let mut issued = Vec::new();
    let mut taken = 0;
    for due in &found {
        let subscription = parties.invoiced_alone(due.subscription_id, due.is_held);
        if !issued.contains(&(due.billing_profile_id, subscription)) {
            issued.push((due.billing_profile_id, subscription));
            let made = issue(change, &parties, due.billing_profile_id, subscription, due.invoice_on, None)?;
            if let Some(made) = made {
                use_credits_for(change, &made)?;
                taken += made.lines.len();
            }
        }
    }
    Ok(taken)
}

/// Who buys and who sells.
pub(crate) struct Parties {
    account: BillingAccount,
    seller: Seller,
}

impl Parties {
    pub(crate) fn load(read: &Read<'_>) -> Result<Self, Failure> {
        Ok(Self { account: account(read)?, seller: billing_account::seller(read)?.0 })
    }

    /// The subscription, where it has invoices of its own: under MOSA, and what a user bought and pays (R17).
    pub(crate) fn invoiced_alone(&self, subscription: SubscriptionId, is_held: bool) -> Option<SubscriptionId> {
        (is_held || self.account.rules.agreement == Agreement::Mosa).then_some(subscription)
    }
}

/// Makes the invoice of a day for a billing profile, or for one of its subscriptions: final, with its number, in the
/// ledger. Nothing when there is nothing to say. `paid_by` pays the invoice of a subscription instead of what usually
/// does.
pub(crate) fn issue<P: Granting>(
    change: &Change<'_, P>,
    Parties { account, seller }: &Parties,
    profile_id: BillingProfileId,
    subscription_id: Option<SubscriptionId>,
    day: Date,
    paid_by: Option<PaymentMethodId>,
) -> Result<Option<Invoice>, Failure> {
    let charges = charge::to_invoice(change.write, profile_id, subscription_id, day)?;
    let Some(first_day) = charges.iter().map(|billable| billable.charge.charged_on).min() else { return Ok(None) };
    let mut profile = profile(change.write, profile_id)?;
    let mut payment_method_id = profile.payment_method_id;
    if let Some(id) = subscription_id {
        let bought = subscription::find(change.write, id)?;
        payment_method_id = paid_by.or(bought.as_ref().and_then(|bought| bought.subscription.payment_method_id));
        // Who bought for the team has to pay it, and the invoice says so (R17).
        profile.bill_to.name = bought.and_then(|bought| bought.holder_name).unwrap_or(profile.bill_to.name);
    }
    let begins = invoice::last_invoiced(change.write, profile_id, subscription_id)?.unwrap_or(first_day);
    let draft = Draft { account, profile: &profile, seller, subscription_id, payment_method_id, day, begins, charges };
    let new = draft.issue(InvoiceId::from_uuid(change.new_id()), billing_account::next_invoice_number(change.write)?);
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
