//! Settle the balance (R166): every open invoice, each by a payment of its own, the first due first.

use super::collect::declined;
use super::details::{subscription_of, visible};
use super::pay_invoice::{PayInvoice, Paying, pay_invoice};
use crate::door::{App, Caller, Look, Query};
use crate::failure::Failure;
use crate::order::place::Payment as Means;
use crate::payment_method::{person, usable};
use crate::subscription::unpaid::foresee;
use domain::access::permission::PayInvoices;
use domain::billing::invoice::Invoice;
use domain::billing::payment::{Payment, PaymentState};
use domain::billing::payment_method::check_self_service;
use domain::ids::{InvoiceId, OrganizationId, PaymentId, UserId};
use domain::limits::PAGE_ROWS_MAX;
use domain::money::Money;
use domain::refusal::Refusal;
use domain::subscription::Channel;
use jiff::civil::Date;
use sha2::{Digest, Sha256};
use store::tables::invoice::{self, StoredInvoice};
use store::tables::payment;
use store::tables::payment_method::PaymentMethod;
use uuid::Uuid;

/// Asks what there is to pay and what could pay it: one invoice, or all that are open.
#[derive(Debug, Clone, Copy)]
pub struct PreparePayment(pub Option<InvoiceId>);

/// What there is to pay, and what could pay it.
#[derive(Debug, Clone)]
pub struct PreparedPayment {
    /// The invoices, the first due first; those that the bank is already debiting are left out.
    pub invoices: Vec<ToPay>,
    /// What the person who asks may let pay for all of them.
    pub methods: Vec<PaymentMethod>,
    /// What failed to pay one of them. What pays instead takes the place of those that whoever asks added.
    pub declined: Vec<PaymentMethod>,
    /// Who asks; a program asks for the person who made its key.
    pub payer: Option<UserId>,
    /// Other invoices that what it takes the place of failed to pay, the first due first: it is asked for them at once.
    pub follow: Vec<ToPay>,
    /// What comes back when all of them are paid: the name of each product, and what it costs now without tax (T8).
    pub coming_back: Vec<(String, Money)>,
    /// The civil day.
    pub today: Date,
}

/// An invoice that is open.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ToPay {
    /// Which.
    pub id: InvoiceId,
    /// Its number.
    pub number: String,
    /// The civil day by which it has to be paid.
    pub due_on: Date,
    /// What is left of it.
    pub balance: Money,
}

impl From<Invoice> for ToPay {
    fn from(open: Invoice) -> Self {
        let balance = open.balance();
        Self { id: open.id, number: open.number, due_on: open.due_on, balance }
    }
}

impl Query for PreparePayment {
    type Permission = PayInvoices;
    type Outcome = PreparedPayment;

    fn run(&self, look: &Look<'_, PayInvoices>) -> Result<PreparedPayment, Failure> {
        let only = look.granted.only();
        let ids = match self.0 {
            Some(id) => vec![id],
            None => invoice::unsettled(look.read, only, PAGE_ROWS_MAX)?.iter().map(|listed| listed.id).collect(),
        };
        let mut prepared = PreparedPayment {
            invoices: Vec::new(),
            methods: usable(look)?,
            declined: Vec::new(),
            payer: person(look.read, look.granted.actor())?,
            follow: Vec::new(),
            coming_back: Vec::new(),
            today: look.today(),
        };
        for id in ids {
            let stored = match visible(look.read, id, &look.granted) {
                // Somebody may see it and not pay it: a reader of its billing profile.
                Err(Failure::Refused(Refusal::NotFound)) if self.0.is_none() => continue,
                seen => seen?,
            };
            let is_debited = |payment: &Payment| payment.state == PaymentState::Pending;
            if stored.invoice.balance().minor > 0 && !payment::of_invoice(look.read, id)?.iter().any(is_debited) {
                prepared.add(look, stored)?;
            }
        }
        prepared.look_ahead(look)?;
        Ok(prepared)
    }
}

impl PreparedPayment {
    /// An invoice that is paid with the others.
    fn add(&mut self, look: &Look<'_, PayInvoices>, stored: StoredInvoice) -> Result<(), Failure> {
        let declined = declined(look.read, &stored)?;
        let is_news = |method: &PaymentMethod| self.declined.iter().all(|known| known.id != method.id);
        self.declined.extend(declined.filter(is_news));
        if subscription_of(look.read, &stored.invoice)?.is_some_and(|of| of.channel == Channel::SelfService) {
            self.methods.retain(|method| check_self_service(method).is_ok());
        }
        self.invoices.push(ToPay::from(stored.invoice));
        Ok(())
    }

    /// What happens besides, when another payment method pays.
    fn look_ahead(&mut self, look: &Look<'_, PayInvoices>) -> Result<(), Failure> {
        for replaced in self.declined.iter().filter(|method| method.gives_way_to(self.payer)) {
            let failed = invoice::failed_of_method(look.read, replaced.id)?;
            self.follow.extend(failed.into_iter().map(|stored| ToPay::from(stored.invoice)));
        }
        self.follow.retain(|failed| self.invoices.iter().all(|open| open.id != failed.id));
        let settled: Vec<_> = self.invoices.iter().chain(&self.follow).map(|paid| paid.id).collect();
        self.coming_back = foresee(look, &settled)?;
        Ok(())
    }
}

/// What somebody pays of everything that is open.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SettleBalance {
    /// Made before the payer presses the button, so that pressing it twice pays once.
    pub payment_id: PaymentId,
    /// What pays.
    pub means: Means,
}

/// Pays every open invoice that the caller may pay; how each went stands in its payment. After one that does not go
/// through nothing more is tried. Blocks.
///
/// # Errors
/// [`Refusal::InvoiceSettled`] when nothing is open; a payment method that is wrong; the failure of the database.
pub fn settle_balance(
    app: &App,
    caller: &Caller,
    organization: OrganizationId,
    settle: &SettleBalance,
) -> Result<Vec<Paying>, Failure> {
    let mut made = Vec::new();
    for open in app.read(caller, organization, &PreparePayment(None))?.invoices {
        let (payment_id, means) = (part_of(settle.payment_id, open.id), settle.means.clone());
        match pay_invoice(app, caller, organization, PayInvoice { payment_id, invoice_id: open.id, means }) {
            // What failed before may have been collected meanwhile with what pays now.
            Err(Failure::Refused(Refusal::InvoiceSettled | Refusal::PaymentUnderWay)) => continue,
            paying => made.push(paying?),
        }
        let goes_on = |state| matches!(state, PaymentState::Succeeded | PaymentState::Pending);
        if !made.last().is_some_and(|paying| goes_on(paying.payment.state)) {
            break;
        }
    }
    if made.is_empty() { Err(Refusal::InvoiceSettled.into()) } else { Ok(made) }
}

/// The payment of one invoice: the same whenever the same button is pressed.
fn part_of(whole: PaymentId, of: InvoiceId) -> PaymentId {
    let hash = Sha256::new().chain_update(whole.uuid()).chain_update(of.uuid()).finalize();
    let mut bytes = [0; 16];
    bytes.copy_from_slice(&hash[..16]);
    PaymentId::from_uuid(Uuid::from_bytes(bytes))
}
