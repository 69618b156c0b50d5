//! Collect what is due, by a plan (domain 4.3, 4.5, 4.6, D24; R166).
//!
//! A payment is written before the gateway is asked, together with the job that asks. The money is taken outside any
//! transaction, under the payment's id as idempotency key: a process may die anywhere, and the job asks again.

use super::account;
use super::credit::use_credit_note;
use super::pay::{about, count_payment, is_being_paid, new_payment, stored};
use crate::door::{App, Caller, Change, Command, Look, Query};
use crate::failure::Failure;
use crate::gateway::{Asked, Settling, ask, not_over, pause, refused, token};
use crate::job::{Running, Work};
use crate::ports::{ChargeOutcome, Payer};
use crate::subscription::unpaid::disable;
use domain::access::permission::{Granting, PayInvoices};
use domain::billing::invoice::{Invoice, InvoiceKind};
use domain::billing::payment::{
    Dunning, Payment, PaymentKind, PaymentState, REMINDER_DAYS, dunning, given_up_on, next_reminder,
};
use domain::billing::payment_method::PaymentMethod;
use domain::event::{self, Event};
use domain::ids::{JobId, OrganizationId, PaymentId, PaymentMethodId};
use domain::money::Money;
use domain::refusal::Refusal;
use domain::subscription::Channel;
use domain::time::days_between;
use jiff::ToSpan;
use jiff::civil::Date;
use jiff::tz::TimeZone;
use serde::{Deserialize, Serialize};
use store::Read;
use store::tables::invoice::{self, StoredInvoice};
use store::tables::{billing_account, payment, payment_method, subscription};

/// Most open invoices that get another day at once.
const UNSETTLED_MAX: usize = 10_000;

/// Takes the next step of the invoices and credit notes of the earliest due day, as many as `limit`; gives how many.
pub(crate) fn collect_due<P: Granting>(change: &Change<'_, P>, limit: usize) -> Result<usize, Failure> {
    let due = invoice::to_collect(change.write, change.today(), limit)?;
    for found in &due {
        // A step before may have changed it: a credit note settles others.
        let fresh = stored(change.write, found.invoice.id)?;
        if fresh.due_step_on == found.due_step_on {
            take_step(change, fresh)?;
        }
    }
    Ok(due.len())
}

fn take_step<P: Granting>(change: &Change<'_, P>, stored: StoredInvoice) -> Result<(), Failure> {
    if is_being_paid(change.write, stored.invoice.id)? {
        let due_step_on = Some(change.today().saturating_add(1.day()));
        return Ok(invoice::update(change.write, &StoredInvoice { due_step_on, ..stored })?);
    }
    match (stored.invoice.kind, paying_method(change.write, &stored.invoice)?) {
        (InvoiceKind::CreditNote, _) => use_credit_note(change, stored),
        (InvoiceKind::Invoice, None) => remind(change, stored),
        (InvoiceKind::Invoice, Some(method)) => {
            if let Some(day) = day_given_up(change.write, &stored, method, change.zone())? {
                return give_up_on(change, stored, day);
            }
            let payment = new_payment(change, &stored.invoice, PaymentKind::Charge, stored.invoice.balance());
            let mut tried = stored;
            tried.attempts += 1;
            tried.first_attempt_on.get_or_insert(change.today());
            tried.due_step_on = None;
            tried.invoice.payment_method_id = Some(method);
            begin(change, &tried, Payment { payment_method_id: Some(method), ..payment }).map(drop)
        }
    }
}

/// The customer pays it; once it is overdue there are reminders by a plan (M5). After a pause of the calendar there is
/// one for all that were left out.
fn remind<P: Granting>(change: &Change<'_, P>, stored: StoredInvoice) -> Result<(), Failure> {
    let (today, invoice) = (change.today(), &stored.invoice);
    let due_step_on = next_reminder(invoice.due_on, today);
    invoice::update(change.write, &StoredInvoice { due_step_on, ..stored.clone() })?;
    let days = days_between(invoice.due_on, today);
    if days < i64::from(REMINDER_DAYS[0]) {
        return Ok(());
    }
    let (number, balance) = (invoice.number.clone(), invoice.balance());
    let days = i32::try_from(days).unwrap_or(i32::MAX);
    change.record(about(invoice), &Event::InvoiceReminded { number, balance, days })
}

/// The days of whoever pays invoices, for what is open and is not paid by itself any more (domain 4.2). What is being
/// paid now waits for how that ends; what was given up is late.
pub(crate) fn let_customer_pay<P: Granting>(change: &Change<'_, P>) -> Result<(), Failure> {
    for found in invoice::unsettled_of_kind(change.write, InvoiceKind::Invoice, UNSETTLED_MAX)? {
        let is_by_itself = found.invoice.payment_method_id.is_some() && found.due_step_on.is_some();
        if is_by_itself && paying_method(change.write, &found.invoice)?.is_none() {
            move_due_day(change, found)?;
        }
    }
    Ok(())
}

fn move_due_day<P: Granting>(change: &Change<'_, P>, found: StoredInvoice) -> Result<(), Failure> {
    let invoice = found.invoice.to_be_transferred(change.today(), &account(change.write)?.rules);
    let due_on = event::Change { from: found.invoice.due_on, to: invoice.due_on };
    let (of, is_same) = (about(&invoice), due_on.from == due_on.to);
    let moved = Event::InvoiceDueMoved { number: invoice.number.clone(), due_on };
    invoice::update(change.write, &StoredInvoice { due_step_on: invoice.first_step_on(), invoice, ..found })?;
    if is_same { Ok(()) } else { change.record(of, &moved) }
}

/// What pays the invoice by itself: what pays for the subscription or the billing profile by now. Nothing once that is
/// paid by invoice: what is open stays payable by transfer (domain 4.2).
pub(super) fn paying_method(read: &Read<'_>, invoice: &Invoice) -> Result<Option<PaymentMethodId>, Failure> {
    let before = invoice.payment_method_id;
    let by_now = match invoice.subscription_id.map(|id| subscription::find(read, id)).transpose()?.flatten() {
        Some(found) if found.subscription.channel == Channel::DirectInvoice => None,
        // What keys prepaid and a card extended has nothing else that pays.
        Some(found) => found.subscription.payment_method_id.or(before),
        None => super::profile(read, invoice.billing_profile_id)?.payment_method_id,
    };
    Ok(before.and(by_now))
}

/// Writes a payment that the gateway is going to be asked for, and the job that asks.
pub(super) fn begin<P: Granting>(
    change: &Change<'_, P>,
    stored: &StoredInvoice,
    new: Payment,
) -> Result<JobId, Failure> {
    payment::insert(change.write, &new)?;
    // Whoever begins another one at the same time fails at the revision.
    invoice::update(change.write, stored)?;
    change.enqueue(&CollectPayment { payment_id: new.id }, 1)
}

/// A payment of a checkout for which the bank takes some days: the invoice is open until it knows, and a debit that
/// fails is tried again by the plan (domain 4.3, 4.6).
pub(crate) fn wait_for_bank<P: Granting>(
    change: &Change<'_, P>,
    new: &Invoice,
    amount: Money,
    reference: &str,
) -> Result<(), Failure> {
    let (invoice, first_attempt_on) = (new.clone(), Some(change.today()));
    let payment = Payment {
        payment_method_id: new.payment_method_id,
        reference: Some(reference.to_owned()),
        ..new_payment(change, new, PaymentKind::Charge, amount)
    };
    begin(change, &StoredInvoice { invoice, attempts: 1, first_attempt_on, due_step_on: None }, payment).map(drop)
}

/// Asks the gateway for a payment. Asks again, ever less often, while the payer or the bank takes time.
#[derive(Debug, Serialize, Deserialize)]
pub struct CollectPayment {
    /// Which.
    pub payment_id: PaymentId,
}

impl Work for CollectPayment {
    const KIND: &'static str = "collect_payment";

    fn run(&self, job: &Running<'_>) -> Result<serde_json::Value, Failure> {
        let settling = settle(job.app, &job.caller, job.organization, self.payment_id).map_err(not_over)?;
        if settling != Settling::Settled {
            job.app.write(&job.caller, job.organization, AskLater(self.payment_id)).wait().map_err(not_over)?;
        }
        Ok(serde_json::Value::Null)
    }
}

/// Brings a payment as far as it is, and says where the payer has to confirm. Safe to repeat: the gateway takes once,
/// and it counts once. Blocks.
///
/// # Errors
/// [`Refusal::NotFound`], the failure of the database or of the gateway.
pub fn settle(
    app: &App,
    caller: &Caller,
    organization: OrganizationId,
    payment_id: PaymentId,
) -> Result<Settling, Failure> {
    let Some((payment, asked)) = app.read(caller, organization, &FindUnderWay(payment_id))? else {
        return Ok(Settling::Settled);
    };
    let outcome = ask(&*app.ports().gateway, &asked)?;
    follow(app, caller, organization, &payment, outcome)
}

/// Does what an answer of the gateway says.
pub(super) fn follow(
    app: &App,
    caller: &Caller,
    organization: OrganizationId,
    payment: &Payment,
    outcome: ChargeOutcome,
) -> Result<Settling, Failure> {
    let payment_id = payment.id;
    let wait = |state, reference| {
        if payment.state == state && payment.reference.is_some() {
            return Ok(());
        }
        app.write(caller, organization, AwaitPayment { payment_id, state, reference }).wait()
    };
    match outcome {
        ChargeOutcome::Succeeded { reference } => {
            app.write(caller, organization, CountCharge { payment_id, reference }).wait()?;
        }
        ChargeOutcome::Declined | ChargeOutcome::DeclinedForGood | ChargeOutcome::ChargedBack { .. } => {
            let for_good = outcome == ChargeOutcome::DeclinedForGood;
            app.write(caller, organization, FailCharge { payment_id, for_good }).wait()?;
        }
        ChargeOutcome::Pending { reference } => {
            wait(PaymentState::Pending, reference)?;
            return Ok(Settling::WaitsForBank);
        }
        ChargeOutcome::ConfirmationRequired { reference, address } => {
            wait(PaymentState::ConfirmationRequired, reference)?;
            return Ok(Settling::WaitsForPayer { address });
        }
    }
    Ok(Settling::Settled)
}

/// A charge of which it is not known yet how it ends, and what the gateway is asked for.
struct FindUnderWay(PaymentId);

impl Query for FindUnderWay {
    type Permission = PayInvoices;
    type Outcome = Option<(Payment, Asked)>;

    fn run(&self, look: &Look<'_, PayInvoices>) -> Result<Self::Outcome, Failure> {
        let payment = payment::find(look.read, self.0)?.ok_or(Refusal::NotFound)?;
        super::details::visible(look.read, payment.invoice_id, &look.granted)?;
        if !payment.is_under_way() {
            return Ok(None);
        }
        let asked = Asked {
            key: payment.id.to_string(),
            reference: payment.reference.clone(),
            token: token(look.read, payment.payment_method_id)?,
            amount: payment.amount,
            payer: if payment.recorded_by.is_some() { Payer::Present } else { Payer::Away },
            is_late: payment.waited_long_enough(look.now()),
        };
        Ok(Some((payment, asked)))
    }
}

/// The payment while it is under way; nothing when somebody settled it meanwhile.
pub(super) fn under_way(read: &Read<'_>, id: PaymentId) -> Result<Option<Payment>, Failure> {
    Ok(Some(payment::find(read, id)?.ok_or(Refusal::NotFound)?).filter(Payment::is_under_way))
}

/// The money was taken.
struct CountCharge {
    payment_id: PaymentId,
    reference: String,
}

impl Command for CountCharge {
    type Permission = PayInvoices;
    type Outcome = ();
    const NAME: &'static str = "collect_payment";

    fn execute(&self, change: &Change<'_, PayInvoices>) -> Result<(), Failure> {
        let Some(before) = under_way(change.write, self.payment_id)? else { return Ok(()) };
        let (state, reference) = (PaymentState::Succeeded, Some(self.reference.clone()));
        let paid = Payment { state, reference, settled_at: Some(change.now()), ..before };
        payment::update(change.write, &paid)?;
        let mut of = stored(change.write, paid.invoice_id)?;
        let declined = declined(change.write, &of)?.filter(|method| method.is_replaced_by(&paid));
        let replaced = declined.map(|method| method.id).zip(paid.payment_method_id);
        if let Some((from, to)) = replaced {
            // R166: what pays the balance pays from now on for everything that the payer's declined one paid for.
            subscription::replace_payment_method(change.write, from, to)?;
            billing_account::replace_payment_method(change.write, from, to)?;
            of.invoice.payment_method_id = Some(to);
        }
        if let Some(method) = paid.payment_method_id {
            payment_method::set_verified(change.write, method, change.now())?;
        }
        count_payment(change, &of, &paid)?;
        if let Some((from, _)) = replaced {
            invoice::collect_again(change.write, from, change.today())?;
        }
        Ok(())
    }
}

/// What failed to pay an invoice.
pub(super) fn declined(read: &Read<'_>, of: &StoredInvoice) -> Result<Option<PaymentMethod>, Failure> {
    let failed = of.invoice.payment_method_id.filter(|_| of.attempts > 0);
    Ok(failed.map(|id| payment_method::find(read, id)).transpose()?.flatten())
}

/// The bank, or the payer there, said no.
struct FailCharge {
    payment_id: PaymentId,
    for_good: bool,
}

impl Command for FailCharge {
    type Permission = PayInvoices;
    type Outcome = ();
    const NAME: &'static str = "collect_payment";

    fn execute(&self, change: &Change<'_, PayInvoices>) -> Result<(), Failure> {
        let Some(before) = under_way(change.write, self.payment_id)? else { return Ok(()) };
        let waited = before.state == PaymentState::ConfirmationRequired;
        let refusal = if self.for_good { Refusal::CardBlocked } else { refused(waited) };
        let reason = refusal.code().to_owned();
        let (state, settled_at) = (PaymentState::Failed, Some(change.now()));
        let failed = Payment { state, reason: Some(reason.clone()), settled_at, ..before };
        payment::update(change.write, &failed)?;
        let of = stored(change.write, failed.invoice_id)?;
        let number = of.invoice.number.clone();
        let event = Event::PaymentFailed { number, amount: failed.amount, reason: reason.clone() };
        change.record(about(&of.invoice), &event)?;
        match failed.recorded_by {
            Some(_) => Ok(()),
            None => follow_up(change, of, &reason),
        }
    }
}

/// Plans the next attempt, or the day on which it is given up.
fn follow_up<P: Granting>(change: &Change<'_, P>, failed: StoredInvoice, reason: &str) -> Result<(), Failure> {
    if paying_method(change.write, &failed.invoice)?.is_none() {
        return move_due_day(change, failed);
    }
    let (agreement, today) = (account(change.write)?.rules.agreement, change.today());
    let first = failed.first_attempt_on.unwrap_or(today);
    match dunning(agreement, Some(reason), first, today) {
        Dunning::GivenUp(day) => give_up_on(change, failed, day),
        Dunning::TriedAgain(day) => {
            Ok(invoice::update(change.write, &StoredInvoice { due_step_on: Some(day), ..failed })?)
        }
    }
}

/// Nothing is tried any more: on that day the subscriptions of the invoice are disabled (T6).
fn give_up_on<P: Granting>(change: &Change<'_, P>, failed: StoredInvoice, day: Date) -> Result<(), Failure> {
    let (id, is_today) = (failed.invoice.id, day <= change.today());
    invoice::update(change.write, &StoredInvoice { due_step_on: Some(day).filter(|_| !is_today), ..failed })?;
    if is_today { disable(change, id) } else { Ok(()) }
}

/// The day on which an invoice is given up that was asked for (domain 4.6, R167).
pub(super) fn day_given_up(
    read: &Read<'_>,
    stored: &StoredInvoice,
    method: PaymentMethodId,
    zone: &TimeZone,
) -> Result<Option<Date>, Failure> {
    if stored.attempts == 0 {
        return Ok(None);
    }
    let payments = payment::of_invoice(read, stored.invoice.id)?;
    Ok(given_up_on(account(read)?.rules.agreement, &payments, method, zone))
}

/// The payer has to confirm first, or the bank takes some days.
struct AwaitPayment {
    payment_id: PaymentId,
    state: PaymentState,
    reference: String,
}

impl Command for AwaitPayment {
    type Permission = PayInvoices;
    type Outcome = ();
    const NAME: &'static str = "collect_payment";

    fn execute(&self, change: &Change<'_, PayInvoices>) -> Result<(), Failure> {
        let Some(before) = under_way(change.write, self.payment_id)? else { return Ok(()) };
        let reference = Some(self.reference.clone());
        let is_news = self.state == PaymentState::ConfirmationRequired && before.state != self.state;
        payment::update(change.write, &Payment { state: self.state, reference, ..before.clone() })?;
        // Whoever pays in person is at the bank already.
        if !is_news || before.recorded_by.is_some() {
            return Ok(());
        }
        let of = stored(change.write, before.invoice_id)?.invoice;
        change.record(about(&of), &Event::PaymentToConfirm { number: of.number.clone(), amount: before.amount })
    }
}

/// Asks the gateway again later.
struct AskLater(PaymentId);

impl Command for AskLater {
    type Permission = PayInvoices;
    type Outcome = ();
    const NAME: &'static str = "collect_payment";

    fn execute(&self, change: &Change<'_, PayInvoices>) -> Result<(), Failure> {
        let Some(payment) = under_way(change.write, self.0)? else { return Ok(()) };
        let pause = pause(payment.created_at, change.now());
        change.enqueue_after(&CollectPayment { payment_id: self.0 }, 1, pause)?;
        Ok(())
    }
}
