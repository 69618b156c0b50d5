//! Due charges become invoices (domain 4.9; R79 to R82).

use super::credit::use_credits_for;
use super::pay;
use super::{account, profile};
use crate::door::Change;
use crate::failure::Failure;
use domain::access::permission::Granting;
use domain::billing::invoice::{Billable, Draft, Invoice};
use domain::billing::ledger::invoiced;
use domain::billing::party::Seller;
use domain::billing::{Agreement, BillingAccount};
use domain::event::Event;
use domain::ids::{BillingProfileId, InvoiceId, PaymentMethodId, SubscriptionId};
use domain::money::Money;
use jiff::civil::Date;
use store::Read;
use store::tables::charge::{About, ToInvoice};
use store::tables::{billing_account, charge, invoice, ledger, subscription};

/// Makes the invoices of the earliest due day, as many as `limit`, and gives how many charges they took up.
pub(crate) fn issue_due<P: Granting>(change: &Change<'_, P>, limit: usize) -> Result<usize, Failure> {
    let parties = Parties::load(change.write)?;
    let found = charge::first_to_invoice(change.write, change.today(), limit)?;
    let mut issued = Vec::new();
    let mut taken = 0;
    for due in &found {
        let about = parties.about(due);
        if !issued.contains(&(due.billing_profile_id, about)) {
            issued.push((due.billing_profile_id, about));
            let made = issue(change, &parties, due.billing_profile_id, about, due.invoice_on, None)?;
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

    /// What the invoice is about that takes a charge up.
    pub(super) fn about(&self, due: &ToInvoice) -> About {
        match (due.is_sale, self.account.rules.agreement) {
            (true, Agreement::Mosa) => About::Sales,
            (true, Agreement::Mca) => About::Profile,
            (false, _) => self.about_bought(due.subscription_id, due.is_held),
        }
    }

    /// Likewise of what the organization bought itself: under MOSA, and of what a user bought and pays (R17), the
    /// subscription alone.
    pub(crate) fn about_bought(&self, subscription: SubscriptionId, is_held: bool) -> About {
        let is_alone = is_held || self.account.rules.agreement == Agreement::Mosa;
        if is_alone { About::Subscription(subscription) } else { About::Profile }
    }
}

/// Makes the invoice of a day under a billing profile: final, with its number, in the
/// ledger. Nothing when there is nothing to say. `paid_by` pays the invoice of a subscription instead of what usually
/// does.
pub(crate) fn issue<P: Granting>(
    change: &Change<'_, P>,
    parties: &Parties,
    profile_id: BillingProfileId,
    about: About,
    day: Date,
    paid_by: Option<PaymentMethodId>,
) -> Result<Option<Invoice>, Failure> {
    let charges = charge::to_invoice(change.write, profile_id, about, day)?;
    if charges.is_empty() {
        return Ok(None);
    }
    let identity = (InvoiceId::from_uuid(change.new_id()), billing_account::next_invoice_number(change.write)?);
    let of = Addressee { profile_id, subscription_id: about.subscription(), paid_by };
    let new = compose(change.write, parties, of, day, charges, identity)?;
    save(change, &new)?;
    Ok(Some(new))
}

/// Whose an invoice is.
#[derive(Debug, Clone, Copy)]
pub(super) struct Addressee {
    /// The billing profile.
    pub(super) profile_id: BillingProfileId,
    /// The one subscription that it is for, where that has invoices of its own.
    pub(super) subscription_id: Option<SubscriptionId>,
    /// What pays the invoice of a subscription instead of what usually does.
    pub(super) paid_by: Option<PaymentMethodId>,
}

/// The invoice of a day that takes up these charges, at least one, with its id and number. Nothing is written.
pub(super) fn compose(
    read: &Read<'_>,
    Parties { account, seller }: &Parties,
    of: Addressee,
    day: Date,
    charges: Vec<Billable>,
    (id, number): (InvoiceId, i64),
) -> Result<Invoice, Failure> {
    let Addressee { profile_id, subscription_id, paid_by } = of;
    let mut profile = profile(read, profile_id)?;
    let mut payment_method_id = profile.payment_method_id;
    if let Some(id) = subscription_id {
        let bought = subscription::find(read, id)?;
        payment_method_id = paid_by.or(bought.as_ref().and_then(|bought| bought.subscription.payment_method_id));
        // Who bought for the team has to pay it, and the invoice says so (R17).
        profile.bill_to.name = bought.and_then(|bought| bought.holder_name).unwrap_or(profile.bill_to.name);
    }
    let first_day = charges.iter().map(|billable| billable.charge.charged_on).min().unwrap_or(day);
    let begins = invoice::last_invoiced(read, profile_id, subscription_id)?.unwrap_or(first_day);
    let draft = Draft { account, profile: &profile, seller, subscription_id, payment_method_id, day, begins, charges };
    Ok(draft.issue(id, number))
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
    change.record(pay::about(new), &Event::InvoiceIssued { number, total, due_on: new.due_on })
}
