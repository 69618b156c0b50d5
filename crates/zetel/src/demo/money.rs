//! Who sells in the demo, who buys, and how the invoices of its past were paid by transfer: most on time, one only in
//! part. What cards paid, the calendar collected.

use super::journal::Past;
use super::portfolio::{DemoSubscription, Pays};
use super::seed::{Seeding, start_of};
use adapters::TimeOrderedIds;
use app::ports::IdSource;
use domain::billing::invoice::{InvoiceKind, InvoiceState};
use domain::billing::ledger::{LedgerAccount, movement};
use domain::billing::party::{Address, Party, Seller};
use domain::billing::payment::{Payment, PaymentKind, PaymentState};
use domain::event::{Event, Subjects};
use domain::ids::PaymentId;
use domain::money::Money;
use domain::subscription::Subscription;
use jiff::ToSpan;
use jiff::civil::Date;
use store::tables::invoice::{self, ListedInvoice, StoredInvoice};
use store::tables::{billing_account, ledger, payment};
use store::{Result, Write};

/// Who sells.
pub fn seller() -> Seller {
    Seller {
        party: Party {
            name: "Zetel Demo B.V.".to_owned(),
            address: Address {
                line1: "Stoelmakersgracht 12".to_owned(),
                postal_code: "1015 AB".to_owned(),
                city: "Amsterdam".to_owned(),
                country: "NL".to_owned(),
                ..Address::default()
            },
            tax_number: Some("NL004495445B01".to_owned()),
            registration_number: Some("12345678".to_owned()),
            email: Some("facturen@zetel.example".to_owned()),
            telephone: Some("+31 20 555 0100".to_owned()),
        },
        iban: Some("NL91ABNA0417164300".to_owned()),
        bic: Some("ABNANL2A".to_owned()),
        invoice_prefix: "Z-".to_owned(),
    }
}

/// Who buys.
fn buyer() -> Party {
    Party {
        name: "Waterland Group".to_owned(),
        address: Address {
            line1: "Dijkweg 8".to_owned(),
            postal_code: "1141 RE".to_owned(),
            city: "Monnickendam".to_owned(),
            country: "NL".to_owned(),
            ..Address::default()
        },
        tax_number: Some("NL123456782B90".to_owned()),
        registration_number: Some("87654321".to_owned()),
        email: Some("crediteuren@waterland.example".to_owned()),
        telephone: None,
    }
}

/// Writes down who buys.
pub fn fill_billing_account(write: &Write<'_>) -> Result<()> {
    if let Some(mut account) = billing_account::find(write)? {
        account.sold_to = buyer();
        billing_account::update(write, &account)?;
    }
    for mut profile in billing_account::profiles(write)? {
        profile.bill_to = buyer();
        profile.purchase_order = Some("WG-114".to_owned());
        billing_account::update_profile(write, &profile)?;
    }
    Ok(())
}

/// Pays by transfer what no card paid, the oldest first.
pub fn settle(seeding: &Seeding, write: &Write<'_>, bought: &[(&DemoSubscription, Subscription)]) -> Result<()> {
    let mut invoices = invoice::list(write, None, Date::MIN, seeding.today, None, usize::from(u16::MAX))?;
    invoices.reverse();
    for listed in invoices.iter().filter(|listed| listed.kind == InvoiceKind::Invoice) {
        let found = invoice::find(write, listed.id)?;
        let waits = |stored: &StoredInvoice| {
            stored.invoice.state == InvoiceState::Open && stored.invoice.payment_method_id.is_none()
        };
        let Some(stored) = found.filter(waits) else { continue };
        let demo = bought.iter().find(|(_, subscription)| Some(subscription.id) == listed.subscription_id);
        let is_last = !invoices.iter().any(|other| is_later(other, listed));
        let total = stored.invoice.totals.gross;
        let (amount, day) = match demo.map(|(demo, _)| demo.pays).filter(|_| is_last).unwrap_or_default() {
            Pays::OnTime => (total, listed.due_on.saturating_sub(6.days())),
            Pays::InPart => (Money::new(total.minor / 2, total.currency), listed.issued_on),
        };
        if day <= seeding.today {
            pay(write, stored, amount, day)?;
        }
    }
    Ok(())
}

/// Whether an invoice of the same subscription, not a credit note, came later and is due.
fn is_later(other: &ListedInvoice, than: &ListedInvoice) -> bool {
    other.subscription_id == than.subscription_id
        && other.kind == InvoiceKind::Invoice
        && other.issued_on > than.issued_on
}

fn pay(write: &Write<'_>, mut stored: StoredInvoice, amount: Money, day: Date) -> Result<()> {
    let number = stored.invoice.number.clone();
    let paid = Payment {
        id: PaymentId::from_uuid(TimeOrderedIds::default().next(start_of(day))),
        invoice_id: stored.invoice.id,
        kind: PaymentKind::Transfer,
        state: PaymentState::Succeeded,
        payment_method_id: None,
        amount,
        reference: Some(format!("{number} WATERLAND GROUP")),
        reason: None,
        recorded_by: None,
        reverses: None,
        made_on: day,
        created_at: start_of(day),
        settled_at: Some(start_of(day)),
        revision: 1,
    };
    payment::insert(write, &paid)?;
    stored.invoice.paid = amount;
    let is_settled = stored.invoice.balance().minor == 0;
    stored.invoice.state = if is_settled { InvoiceState::Paid } else { InvoiceState::PartlyPaid };
    stored.due_step_on = None;
    invoice::update(write, &stored)?;
    let postings = movement(LedgerAccount::Bank, LedgerAccount::Receivable, amount);
    let invoice_id = Some(stored.invoice.id);
    ledger::post(write, TimeOrderedIds::default().next(start_of(day)), day, &postings, invoice_id, Some(paid.id))?;
    note(write, &stored, day, &Event::InvoicePaid { number, amount, balance: stored.invoice.balance() })
}

fn note(write: &Write<'_>, stored: &StoredInvoice, day: Date, event: &Event) -> Result<()> {
    let subjects = Subjects { subscription: stored.invoice.subscription_id, ..Subjects::default() };
    Past { who: None, name: "Zetel" }.record(write, start_of(day), "collect", subjects, event)
}
