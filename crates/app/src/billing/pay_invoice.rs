//! Pay an invoice now (R9, R166): with a card on file, or with a new one.
//!
//! What pays an invoice that another one failed to pay also pays from then on for everything that the other one paid
//! for.

use super::collect::{begin, follow, settle};
use super::details::{subscription_of, visible};
use super::pay::new_payment;
use crate::door::{App, Caller, Change, Command, Look, Query};
use crate::failure::Failure;
use crate::gateway::{Settling, give_up};
use crate::order::place::{Payment as Means, describe, method_that_pays};
use crate::payment_method::{check_pays_for, person};
use crate::ports::CardDescription;
use domain::access::permission::PayInvoices;
use domain::billing::payment::{Payment, PaymentKind, PaymentState};
use domain::ids::{InvoiceId, JobId, OrganizationId, PaymentId};
use domain::refusal::Refusal;
use store::tables::payment;

/// What somebody pays.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PayInvoice {
    /// Made before the payer presses the button ([`new_payment_id`]), so that pressing it twice pays once.
    pub payment_id: PaymentId,
    /// Which invoice.
    pub invoice_id: InvoiceId,
    /// What pays.
    pub means: Means,
}

/// A payment as it stands after the gateway was asked.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Paying {
    /// The payment.
    pub payment: Payment,
    /// Where the payer confirms it, when the bank wants that.
    pub confirm_at: Option<String>,
}

/// An identifier for a payment that is about to be made.
#[must_use]
pub fn new_payment_id(app: &App) -> PaymentId {
    PaymentId::from_uuid(app.ports().ids.next(app.now()))
}

/// Pays what is left of an invoice at once; how that went stands in the payment. One that waits for its payer is given
/// up for it. Paying again under the same identifier tells how the first one stands. Blocks.
///
/// # Errors
/// [`Refusal::InvoiceSettled`], [`Refusal::PaymentUnderWay`]; a payment method that is wrong;
/// [`Refusal::IdempotencyKeyReused`] when the identifier paid another invoice; the failure of the database.
pub fn pay_invoice(
    app: &App,
    caller: &Caller,
    organization: OrganizationId,
    pay: PayInvoice,
) -> Result<Paying, Failure> {
    let waiting = app.read(caller, organization, &FindWaiting(pay.invoice_id))?;
    let card = match &pay.means {
        Means::OnFile(_) | Means::Invoice { .. } => None,
        Means::Token(token) => Some(describe(app, token)?),
    };
    if let Some((waiting, reference)) = waiting.filter(|(waiting, _)| waiting.id != pay.payment_id) {
        let outcome = give_up(&*app.ports().gateway, &reference)?;
        follow(app, caller, organization, &waiting, outcome)?;
    }
    let payment_id = pay.payment_id;
    if let Some(job) = app.write(caller, organization, BeginPayment { pay, card }).wait()? {
        app.work_now(organization, job)?;
    }
    stands(app, caller, organization, payment_id)
}

/// How a payment stands; asks the gateway first about one that waits for its payer, who may come from there.
///
/// # Errors
/// [`Refusal::NotFound`], the failure of the database or of the gateway.
pub fn stands(app: &App, caller: &Caller, organization: OrganizationId, id: PaymentId) -> Result<Paying, Failure> {
    let payment = app.read(caller, organization, &FindPayment(id))?;
    if payment.state != PaymentState::ConfirmationRequired {
        return Ok(Paying { payment, confirm_at: None });
    }
    let confirm_at = match settle(app, caller, organization, id)? {
        Settling::WaitsForPayer { address } => Some(address),
        Settling::Settled | Settling::WaitsForBank => None,
    };
    Ok(Paying { payment: app.read(caller, organization, &FindPayment(id))?, confirm_at })
}

struct FindPayment(PaymentId);

impl Query for FindPayment {
    type Permission = PayInvoices;
    type Outcome = Payment;

    fn run(&self, look: &Look<'_, PayInvoices>) -> Result<Payment, Failure> {
        let payment = payment::find(look.read, self.0)?.ok_or(Refusal::NotFound)?;
        visible(look.read, payment.invoice_id, &look.granted)?;
        Ok(payment)
    }
}

/// Asks for the payment of an invoice that waits for its payer.
struct FindWaiting(InvoiceId);

impl Query for FindWaiting {
    type Permission = PayInvoices;
    type Outcome = Option<(Payment, String)>;

    fn run(&self, look: &Look<'_, PayInvoices>) -> Result<Self::Outcome, Failure> {
        let invoice = visible(look.read, self.0, &look.granted)?.invoice;
        let mut payments = payment::of_invoice(look.read, invoice.id)?.into_iter();
        let waiting = payments.find(|payment| payment.state == PaymentState::ConfirmationRequired);
        Ok(waiting.and_then(|payment| payment.reference.clone().map(|reference| (payment, reference))))
    }
}

/// Writes a payment that the gateway is going to be asked for at once.
struct BeginPayment {
    pay: PayInvoice,
    /// What people recognize a new card by.
    card: Option<CardDescription>,
}

impl Command for BeginPayment {
    type Permission = PayInvoices;
    /// The job that asks; none when it was begun before.
    type Outcome = Option<JobId>;
    const NAME: &'static str = "pay_invoice";

    fn execute(&self, change: &Change<'_, PayInvoices>) -> Result<Option<JobId>, Failure> {
        let stored = visible(change.write, self.pay.invoice_id, &change.granted)?;
        if let Some(before) = payment::find(change.write, self.pay.payment_id)? {
            let is_same = before.invoice_id == self.pay.invoice_id;
            return if is_same { Ok(None) } else { Err(Refusal::IdempotencyKeyReused.into()) };
        }
        let balance = stored.invoice.balance();
        if balance.minor <= 0 {
            return Err(Refusal::InvoiceSettled.into());
        }
        if super::pay::is_being_paid(change.write, stored.invoice.id)? {
            return Err(Refusal::PaymentUnderWay.into());
        }
        let method = method_that_pays(change, &self.pay.means, self.card.as_ref())?;
        if let Some(bought) = subscription_of(change.write, &stored.invoice)? {
            check_pays_for(change.write, method, &bought)?;
        }
        let new = Payment {
            id: self.pay.payment_id,
            payment_method_id: Some(method),
            recorded_by: person(change.write, change.granted.actor())?,
            ..new_payment(change, &stored.invoice, PaymentKind::Charge, balance)
        };
        begin(change, &stored, new).map(Some)
    }
}
