//! One invoice: what it is for, what was paid of it, and what pays (R169).

use super::collect::{day_given_up, paying_method};
use super::pay::is_being_paid;
use crate::access::Granted;
use crate::door::{Look, Query};
use crate::failure::Failure;
use domain::access::Reach;
use domain::access::permission::{Granting, OperateBilling, PayInvoices, ReadInvoices};
use domain::billing::BillingProfile;
use domain::billing::invoice::{Invoice, InvoiceKind};
use domain::billing::payment::{Payment, PaymentState};
use domain::ids::{InvoiceId, PaymentId, UserId};
use domain::money::Money;
use domain::refusal::Refusal;
use domain::subscription::Subscription;
use jiff::civil::Date;
use jiff::tz::TimeZone;
use std::collections::BTreeSet;
use store::Read;
use store::tables::invoice::{self, StoredInvoice};
use store::tables::payment_method::{self, PaymentMethod};
use store::tables::{payment, subscription, user};

/// Asks for one invoice; a buyer sees those of own subscriptions.
#[derive(Debug, Clone, Copy)]
pub struct InvoiceDetails(pub InvoiceId);

/// One invoice with what belongs to it.
#[derive(Debug, Clone)]
pub struct InvoiceView {
    /// The invoice with its lines.
    pub invoice: Invoice,
    /// Whose it is.
    pub profile: BillingProfile,
    /// Every payment of it, the oldest first; those that failed too.
    pub payments: Vec<Payment>,
    /// The cards of those payments.
    pub cards: Vec<PaymentMethod>,
    /// Who made or recorded those payments.
    pub people: Vec<(UserId, String)>,
    /// The day on which it is tried again, after a card failed.
    pub next_attempt_on: Option<Date>,
    /// What becomes of access to what it is for, once its card was given up.
    pub access: Option<AccessLoss>,
    /// What pays it by itself; `None`: the customer pays it.
    pub method: Option<PaymentMethod>,
    /// Whether a user bought it for the team, whom it is billed to and who alone has to pay it (R17).
    pub is_of_buyer: bool,
    /// The civil day.
    pub today: Date,
    /// Whether the reader may pay it now; not while the bank is debiting it.
    pub may_pay: bool,
    /// Whether the reader may record transfers and give money back.
    pub may_operate: bool,
    /// The zone in which the organization's moments are written.
    pub time_zone: String,
}

impl InvoiceView {
    /// Whether it should have been paid before today.
    #[must_use]
    pub fn is_overdue(&self) -> bool {
        self.invoice.is_overdue(self.today)
    }

    /// The payment that waits for its payer, where the reader may pay.
    #[must_use]
    pub fn waits_for_payer(&self) -> Option<PaymentId> {
        let waits = |payment: &&Payment| payment.state == PaymentState::ConfirmationRequired;
        self.payments.iter().find(waits).filter(|_| self.may_pay).map(|payment| payment.id)
    }
}

/// What becomes of people's access to what an invoice is for, once nothing is tried any more to collect it (T6, R167).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum AccessLoss {
    /// It ends on this day, unless the invoice is paid before.
    EndsOn(Date),
    /// It has ended.
    Ended,
}

/// What becomes of access for an invoice that is not paid; nothing while it is tried, paid or waited for.
pub(crate) fn access(
    read: &Read<'_>,
    stored: &StoredInvoice,
    today: Date,
    zone: &TimeZone,
) -> Result<Option<AccessLoss>, Failure> {
    let is_asked = stored.attempts > 0 && stored.invoice.balance().minor > 0;
    let Some(method) = paying_method(read, &stored.invoice)?.filter(|_| is_asked) else { return Ok(None) };
    if is_being_paid(read, stored.invoice.id)? {
        return Ok(None);
    }
    Ok(match (day_given_up(read, stored, method, zone)?, stored.due_step_on) {
        (Some(day), _) if today < day => Some(AccessLoss::EndsOn(day)),
        (Some(_), _) | (None, None) => Some(AccessLoss::Ended),
        (None, Some(_)) => None,
    })
}

impl Query for InvoiceDetails {
    type Permission = ReadInvoices;
    type Outcome = InvoiceView;

    fn run(&self, look: &Look<'_, ReadInvoices>) -> Result<InvoiceView, Failure> {
        let stored = visible(look.read, self.0, &look.granted)?;
        let access = access(look.read, &stored, look.today(), look.zone())?;
        let StoredInvoice { invoice, attempts, due_step_on, .. } = stored;
        let payments = payment::of_invoice(look.read, invoice.id)?;
        let is_tried_again = attempts > 0 && invoice.balance().minor > 0 && access.is_none();
        let method = invoice.payment_method_id.map(|id| payment_method::find(look.read, id)).transpose()?.flatten();
        let is_debited = payments.iter().any(|payment| payment.state == PaymentState::Pending);
        let may_pay = match look.reach_in::<PayInvoices>(invoice.billing_profile_id) {
            Reach::All => true,
            // Whoever sees it for no other reason sees it as its own.
            Reach::Own => look.granted.reach_in(invoice.billing_profile_id) == Reach::Own,
            Reach::Nothing => false,
        };
        Ok(InvoiceView {
            profile: super::profile(look.read, invoice.billing_profile_id)?,
            cards: found(payments.iter().filter_map(|payment| payment.payment_method_id), |id| {
                Ok(payment_method::find(look.read, id)?)
            })?,
            people: found(payments.iter().filter_map(|payment| payment.recorded_by), |id| {
                Ok(user::find(look.read, id)?.map(|user| (id, user.display_name)))
            })?,
            next_attempt_on: due_step_on.filter(|_| is_tried_again),
            payments,
            access,
            method,
            is_of_buyer: is_of_buyer(look.read, &invoice)?,
            today: look.today(),
            may_pay: invoice.balance().minor > 0 && !is_debited && may_pay,
            may_operate: look.reach::<OperateBilling>() == Reach::All,
            time_zone: look.organization().time_zone.clone(),
            invoice,
        })
    }
}

/// What each of some identifiers stands for, once.
fn found<Id: Ord, T>(
    ids: impl Iterator<Item = Id>,
    find: impl Fn(Id) -> Result<Option<T>, Failure>,
) -> Result<Vec<T>, Failure> {
    let ids: BTreeSet<_> = ids.collect();
    ids.into_iter().filter_map(|id| find(id).transpose()).collect()
}

/// Asks for one payment, for the operator.
#[derive(Debug, Clone, Copy)]
pub struct PaymentDetails(pub PaymentId);

/// One payment.
#[derive(Debug, Clone)]
pub struct PaymentView {
    /// The payment.
    pub payment: Payment,
    /// The number of its invoice.
    pub number: String,
    /// What of it did not go back yet.
    pub left: Money,
}

impl Query for PaymentDetails {
    type Permission = OperateBilling;
    type Outcome = PaymentView;

    fn run(&self, look: &Look<'_, OperateBilling>) -> Result<PaymentView, Failure> {
        let payment = payment::find(look.read, self.0)?.ok_or(Refusal::NotFound)?;
        let number = visible(look.read, payment.invoice_id, &look.granted)?.invoice.number;
        let left = Money::new(payment::left_of(look.read, self.0)?, payment.amount.currency);
        Ok(PaymentView { payment, number, left })
    }
}

/// The invoice, when it is there; for who reaches only own things, when it is for an own subscription, or of a billing
/// profile that the person has a billing role for.
pub(super) fn visible<P: Granting>(
    read: &Read<'_>,
    id: InvoiceId,
    granted: &Granted<P>,
) -> Result<StoredInvoice, Failure> {
    let stored = invoice::find(read, id)?.ok_or(Refusal::NotFound)?;
    let only = granted.only();
    if only.is_none() || granted.reach_in(stored.invoice.billing_profile_id) == Reach::All {
        return Ok(stored);
    }
    match subscription_of(read, &stored.invoice)?.and_then(|of| of.holder) == only {
        true => Ok(stored),
        false => Err(Refusal::NotFound.into()),
    }
}

/// Whether an invoice asks a user for what that user bought for the team.
pub(super) fn is_of_buyer(read: &Read<'_>, invoice: &Invoice) -> Result<bool, Failure> {
    let is_holder = subscription_of(read, invoice)?.is_some_and(|of| of.holder.is_some());
    Ok(is_holder && invoice.kind == InvoiceKind::Invoice)
}

/// The subscription that an invoice is about, when it is about one alone.
pub(super) fn subscription_of(read: &Read<'_>, invoice: &Invoice) -> Result<Option<Subscription>, Failure> {
    let found = invoice.subscription_id.map(|id| subscription::find(read, id)).transpose()?.flatten();
    Ok(found.map(|found| found.subscription))
}
