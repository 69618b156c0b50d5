//! One invoice: what it is for, what was paid of it, and what pays (R169).

use crate::door::{Look, Query};
use crate::failure::Failure;
use domain::access::Reach;
use domain::access::permission::{OperateBilling, PayInvoices, ReadInvoices};
use domain::billing::BillingProfile;
use domain::billing::invoice::Invoice;
use domain::billing::payment::Payment;
use domain::ids::{InvoiceId, UserId};
use domain::refusal::Refusal;
use jiff::civil::Date;
use store::Read;
use store::tables::invoice::{self, StoredInvoice};
use store::tables::payment_method::{self, PaymentMethod};
use store::tables::{payment, subscription};

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
    /// What pays it by itself; `None`: the customer pays it.
    pub method: Option<PaymentMethod>,
    /// The civil day.
    pub today: Date,
    /// Whether the reader may pay it.
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
}

impl Query for InvoiceDetails {
    type Permission = ReadInvoices;
    type Outcome = InvoiceView;

    fn run(&self, look: &Look<'_, ReadInvoices>) -> Result<InvoiceView, Failure> {
        let invoice = visible(look.read, self.0, look.granted.only())?.invoice;
        let method = invoice.payment_method_id.map(|id| payment_method::find(look.read, id)).transpose()?.flatten();
        Ok(InvoiceView {
            profile: super::profile(look.read, invoice.billing_profile_id)?,
            payments: payment::of_invoice(look.read, invoice.id)?,
            method,
            today: look.today(),
            may_pay: invoice.balance().minor > 0 && look.reach::<PayInvoices>() != Reach::Nothing,
            may_operate: look.reach::<OperateBilling>() == Reach::All,
            time_zone: look.organization().time_zone.clone(),
            invoice,
        })
    }
}

/// The invoice, when it is there and of a subscription that `only` holds, if that is anybody.
pub(super) fn visible(read: &Read<'_>, id: InvoiceId, only: Option<UserId>) -> Result<StoredInvoice, Failure> {
    let stored = invoice::find(read, id)?.ok_or(Refusal::NotFound)?;
    if only.is_some() {
        let of = stored.invoice.subscription_id.map(|id| subscription::find(read, id)).transpose()?.flatten();
        if of.and_then(|found| found.subscription.holder) != only {
            return Err(Refusal::NotFound.into());
        }
    }
    Ok(stored)
}
