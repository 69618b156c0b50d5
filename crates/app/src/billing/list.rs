//! Invoices and credit notes of some days, the newest first (R169).

use crate::door::{Look, Query};
use crate::failure::Failure;
use domain::access::permission::ReadInvoices;
use domain::ids::InvoiceId;
use domain::time::months_after;
use jiff::civil::Date;
use store::tables::invoice;

pub use store::tables::invoice::ListedInvoice;

/// Of which days a list is.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum InvoiceDays {
    /// The past three months.
    #[default]
    ThreeMonths,
    /// The past six months.
    SixMonths,
    /// From one day to another, both included.
    Range {
        /// The first day.
        from: Date,
        /// The last day.
        to: Date,
    },
}

impl InvoiceDays {
    fn first_and_last(self, today: Date) -> (Date, Date) {
        match self {
            Self::ThreeMonths => (months_after(today, -3), today),
            Self::SixMonths => (months_after(today, -6), today),
            Self::Range { from, to } => (from, to),
        }
    }
}

/// Asks for a page of invoices; a buyer sees those of own subscriptions.
#[derive(Debug, Clone, Copy)]
pub struct ListInvoices {
    /// Of which days.
    pub days: InvoiceDays,
    /// The last one of the page before.
    pub after: Option<InvoiceId>,
    /// How many at most.
    pub limit: usize,
}

/// A page of invoices.
#[derive(Debug, Clone)]
pub struct InvoicePage {
    /// The invoices, the newest first.
    pub rows: Vec<ListedInvoice>,
    /// The last one, when there are older ones.
    pub next: Option<InvoiceId>,
    /// The first day of the list.
    pub from: Date,
    /// The last day of the list.
    pub to: Date,
    /// The civil day: an unsettled invoice that was due before it is overdue.
    pub today: Date,
}

impl Query for ListInvoices {
    type Permission = ReadInvoices;
    type Outcome = InvoicePage;

    fn run(&self, look: &Look<'_, ReadInvoices>) -> Result<InvoicePage, Failure> {
        let (from, to) = self.days.first_and_last(look.today());
        let last = self.after.map(|id| invoice::find(look.read, id)).transpose()?.flatten();
        let after = last.map(|last| (last.invoice.issued_on, last.invoice.id));
        let mut rows = invoice::list(look.read, look.granted.only(), from, to, after, self.limit + 1)?;
        let has_more = rows.len() > self.limit;
        rows.truncate(self.limit);
        let next = if has_more { rows.last().map(|row| row.id) } else { None };
        Ok(InvoicePage { rows, next, from, to, today: look.today() })
    }
}

/// Asks for the newest invoices whose number contains what was typed; a buyer sees those of own subscriptions.
#[derive(Debug, Clone)]
pub struct FindInvoices {
    /// What was typed.
    pub number: String,
    /// How many at most.
    pub limit: usize,
}

impl Query for FindInvoices {
    type Permission = ReadInvoices;
    /// The invoices, and the civil day.
    type Outcome = (Vec<ListedInvoice>, Date);

    fn run(&self, look: &Look<'_, ReadInvoices>) -> Result<Self::Outcome, Failure> {
        Ok((invoice::numbered(look.read, look.granted.only(), &self.number, self.limit)?, look.today()))
    }
}
