//! Due charges become invoices (domain 4.9; R79 to R82).

use super::credit::{is_any_left, use_credits_for};
use super::pay::about as subjects;
use super::{Profiles, account, profile};
use crate::door::Change;
use crate::failure::Failure;
use crate::mail::post::post_issued;
use domain::access::permission::Granting;
use domain::billing::invoice::{Billable, Draft, Invoice};
use domain::billing::ledger::invoiced;
use domain::billing::party::Seller;
use domain::billing::{Agreement, BillingAccount, BillingProfile};
use domain::event::Event;
use domain::ids::{InvoiceId, PaymentMethodId, SubscriptionId, UserId};
use domain::money::Money;
use domain::subscription::Subscription;
use jiff::civil::Date;
use std::collections::BTreeSet;
use std::slice;
use store::Read;
use store::tables::charge::{About, ToInvoice};
use store::tables::ledger::{self, Entry};
use store::tables::{billing_account, charge, invoice, user};

/// Makes the invoices of the earliest due day, as many as `limit`, and gives how many charges they took up.
pub(crate) fn issue_due<P: Granting>(change: &Change<'_, P>, limit: usize) -> Result<usize, Failure> {
    let (parties, mut profiles) = (Parties::load(change.write)?, Profiles::default());
    // What is issued here gives credit on its own day at the earliest, in a step of its own.
    let may_use_credits = is_any_left(change.write)?;
    let (mut seen, mut issued) = (BTreeSet::new(), Vec::new());
    for due in charge::first_to_invoice(change.write, change.today(), limit)? {
        let about = parties.about(&due);
        if seen.insert((due.billing_profile_id, about)) {
            let profile = profiles.find(change.write, due.billing_profile_id)?;
            let of = Addressee { profile, about, paid_by: PaidBy::of_due(&due) };
            issued.extend(make(change, &parties, of, due.invoice_on)?);
        }
    }
    announce(change, &issued)?;
    if may_use_credits {
        issued.iter().try_for_each(|made| use_credits_for(change, &made.invoice))?;
    }
    Ok(issued.iter().map(|made| made.invoice.lines.len()).sum())
}

/// Who buys and who sells.
pub(super) struct Parties {
    pub(super) account: BillingAccount,
    seller: Seller,
}

impl Parties {
    pub(super) fn load(read: &Read<'_>) -> Result<Self, Failure> {
        Ok(Self { account: account(read)?, seller: billing_account::seller(read)?.0 })
    }

    /// What the invoice is about that takes a charge up.
    pub(super) fn about(&self, due: &ToInvoice) -> About {
        match (due.is_sale, self.account.rules.agreement) {
            (true, Agreement::Mosa) => About::Sales,
            (true, Agreement::Mca) => About::Profile,
            (false, _) => self.about_bought(due.subscription_id, due.holder.is_some()),
        }
    }

    /// Likewise of what the organization bought itself: under MOSA, and of what a user bought and pays (R17), the
    /// subscription alone.
    pub(super) fn about_bought(&self, subscription: SubscriptionId, is_held: bool) -> About {
        let is_alone = is_held || self.account.rules.agreement == Agreement::Mosa;
        if is_alone { About::Subscription(subscription) } else { About::Profile }
    }
}

/// Makes the invoice of a day with a subscription that was just bought on it. `paid_with` pays the invoice of a
/// subscription instead of what usually does.
pub(crate) fn issue<P: Granting>(
    change: &Change<'_, P>,
    bought: &Subscription,
    day: Date,
    paid_with: Option<PaymentMethodId>,
) -> Result<Option<Invoice>, Failure> {
    let (parties, profile) = (Parties::load(change.write)?, profile(change.write, bought.billing_profile_id)?);
    let usual = PaidBy::of(bought);
    let paid_by = PaidBy { payment_method_id: paid_with.or(usual.payment_method_id), ..usual };
    let about = parties.about_bought(bought.id, bought.holder.is_some());
    let Some(made) = make(change, &parties, Addressee { profile: &profile, about, paid_by }, day)? else {
        return Ok(None);
    };
    announce(change, slice::from_ref(&made))?;
    Ok(Some(made.invoice))
}

/// Who pays for a subscription, and with what.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct PaidBy {
    /// What pays by itself.
    pub(super) payment_method_id: Option<PaymentMethodId>,
    /// Who bought it for the team.
    pub(super) holder: Option<UserId>,
}

impl PaidBy {
    pub(super) const fn of(bought: &Subscription) -> Self {
        Self { payment_method_id: bought.payment_method_id, holder: bought.holder }
    }

    pub(super) const fn of_due(due: &ToInvoice) -> Self {
        Self { payment_method_id: due.payment_method_id, holder: due.holder }
    }
}

/// Whose an invoice is.
#[derive(Debug, Clone, Copy)]
pub(super) struct Addressee<'a> {
    /// The billing profile.
    pub(super) profile: &'a BillingProfile,
    /// What it is about.
    pub(super) about: About,
    /// Who pays for the one subscription that it is about, where that has invoices of its own.
    pub(super) paid_by: PaidBy,
}

/// An invoice that was just made, with what decides on its mail.
#[derive(Debug)]
pub(crate) struct Issued {
    /// The invoice.
    pub(crate) invoice: Invoice,
    /// Who bought for the team what it is for.
    pub(crate) holder: Option<UserId>,
    /// Whether somebody gets it by mail (domain 4.8, 4.10).
    pub(crate) is_mailed: bool,
}

impl Issued {
    /// What the history says of it.
    pub(crate) fn event(&self) -> Event {
        let Invoice { number, totals, due_on, .. } = &self.invoice;
        Event::InvoiceIssued { number: number.clone(), total: totals.gross, due_on: *due_on }
    }
}

/// Makes the invoice of a day: final, with its number. Nothing when there is nothing to say.
fn make<P: Granting>(
    change: &Change<'_, P>,
    parties: &Parties,
    of: Addressee<'_>,
    day: Date,
) -> Result<Option<Issued>, Failure> {
    let charges = charge::to_invoice(change.write, of.profile.id, of.about, day)?;
    if charges.is_empty() {
        return Ok(None);
    }
    let identity = (InvoiceId::from_uuid(change.new_id()), billing_account::next_invoice_number(change.write)?);
    let new = compose(change.write, parties, of, day, charges, identity)?;
    invoice::insert(change.write, &new)?;
    for line in &new.lines {
        charge::set_invoice(change.write, line.charge_id, new.id)?;
    }
    let holder = of.paid_by.holder.filter(|_| new.subscription_id.is_some());
    // Who bought for the team is the one who pays, whatever the organization wants of its own invoices.
    let is_mailed = holder.is_some() || of.profile.email_invoices;
    Ok(Some(Issued { invoice: new, holder, is_mailed }))
}

/// The invoice of a day that takes up these charges, at least one, with its id and number. Nothing is written.
pub(super) fn compose(
    read: &Read<'_>,
    Parties { account, seller }: &Parties,
    Addressee { profile, about, paid_by }: Addressee<'_>,
    day: Date,
    charges: Vec<Billable>,
    (id, number): (InvoiceId, i64),
) -> Result<Invoice, Failure> {
    let (mut profile, subscription_id) = (profile.clone(), about.subscription());
    let mut payment_method_id = profile.payment_method_id;
    if subscription_id.is_some() {
        payment_method_id = paid_by.payment_method_id;
        // Who bought for the team has to pay it, and the invoice says so (R17).
        let holder = paid_by.holder.map(|id| user::find(read, id)).transpose()?.flatten();
        profile.bill_to.name = holder.map_or(profile.bill_to.name, |holder| holder.display_name);
    }
    let first_day = charges.iter().map(|billable| billable.charge.charged_on).min().unwrap_or(day);
    let begins = invoice::last_invoiced(read, profile.id, subscription_id)?.unwrap_or(first_day);
    let draft = Draft { account, profile: &profile, seller, subscription_id, payment_method_id, day, begins, charges };
    Ok(draft.issue(id, number))
}

/// Writes invoices that were made into the ledger and the history, and mails them.
fn announce<P: Granting>(change: &Change<'_, P>, issued: &[Issued]) -> Result<(), Failure> {
    let entries = issued.iter().map(|Issued { invoice: new, .. }| {
        let net = new.totals.net;
        let tax = Money::new(new.totals.gross.minor - net.minor, new.currency);
        let (day, postings) = (new.issued_on, invoiced(net, tax));
        Entry { id: change.new_id(), day, postings, invoice: Some(new.id), payment: None }
    });
    ledger::post(change.write, &entries.collect::<Vec<_>>())?;
    issued.iter().try_for_each(|made| change.journal(subjects(&made.invoice), &made.event()))?;
    post_issued(change, issued)
}
