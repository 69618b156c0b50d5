//! Who sells in the demo, who buys, and how the invoices of its past were paid: most on time, one only in part, one by
//! a card that the bank declined.

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
use domain::refusal::Refusal;
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

/// Pays the invoices of the past, the oldest first.
pub fn settle(seeding: &Seeding, write: &Write<'_>, bought: &[(&DemoSubscription, Subscription)]) -> Result<()> {
    let mut invoices = invoice::list(write, None, Date::MIN, seeding.today, None, usize::from(u16::MAX))?;
    invoices.reverse();
    for listed in &invoices {
        let Some(stored) = invoice::find(write, listed.id)?.filter(|stored| stored.invoice.state == InvoiceState::Open)
        else {
            continue;
        };
        let demo = bought.iter().find(|(_, subscription)| Some(subscription.id) == listed.subscription_id);
        let is_last = !invoices.iter().any(|other| is_later(other, listed));
        let pays = demo.map(|(demo, _)| demo.pays).filter(|_| is_last).unwrap_or_default();
        let total = stored.invoice.totals.gross;
        let is_card = stored.invoice.payment_method_id.is_some();
        let (kind, day) = match (listed.kind, is_card) {
            (InvoiceKind::CreditNote, _) => (PaymentKind::Refund, listed.issued_on.saturating_add(2.days())),
            (InvoiceKind::Invoice, true) => (PaymentKind::Charge, listed.due_on),
            (InvoiceKind::Invoice, false) if pays == Pays::InPart => (PaymentKind::Transfer, listed.issued_on),
            (InvoiceKind::Invoice, false) => (PaymentKind::Transfer, listed.due_on.saturating_sub(6.days())),
        };
        if day > seeding.today {
            continue;
        }
        match pays {
            Pays::OnTime => pay(write, stored, kind, total, day)?,
            Pays::InPart => pay(write, stored, kind, Money::new(total.minor / 2, total.currency), day)?,
            Pays::IsDeclined => decline(write, &stored, day)?,
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

fn payment_of(stored: &StoredInvoice, kind: PaymentKind, amount: Money, day: Date) -> Payment {
    let id = PaymentId::from_uuid(TimeOrderedIds::default().next(start_of(day)));
    let number = &stored.invoice.number;
    Payment {
        id,
        invoice_id: stored.invoice.id,
        kind,
        state: PaymentState::Succeeded,
        payment_method_id: stored.invoice.payment_method_id,
        amount,
        reference: Some(match kind {
            PaymentKind::Transfer => format!("{} WATERLAND GROUP", number),
            _ => format!("demo_{}", id.uuid().simple()),
        }),
        reason: None,
        recorded_by: None,
        made_on: day,
        created_at: start_of(day),
        settled_at: Some(start_of(day)),
        revision: 1,
    }
}

fn pay(write: &Write<'_>, mut stored: StoredInvoice, kind: PaymentKind, amount: Money, day: Date) -> Result<()> {
    let paid = payment_of(&stored, kind, amount, day);
    payment::insert(write, &paid)?;
    stored.invoice.paid = amount;
    stored.invoice.state =
        if stored.invoice.balance().minor == 0 { InvoiceState::Paid } else { InvoiceState::PartlyPaid };
    stored.attempts = 1;
    invoice::update(write, &stored, None)?;
    let account = if kind == PaymentKind::Transfer { LedgerAccount::Bank } else { LedgerAccount::Gateway };
    let postings = movement(account, LedgerAccount::Receivable, amount);
    let invoice_id = Some(stored.invoice.id);
    ledger::post(write, TimeOrderedIds::default().next(start_of(day)), day, &postings, invoice_id, Some(paid.id))?;
    let number = stored.invoice.number.clone();
    note(write, &stored, day, &Event::InvoicePaid { number, amount, balance: stored.invoice.balance() })
}

fn decline(write: &Write<'_>, stored: &StoredInvoice, day: Date) -> Result<()> {
    let amount = stored.invoice.totals.gross;
    let reason = Refusal::CardDeclined.code().to_owned();
    let failed = Payment {
        state: PaymentState::Failed,
        reason: Some(reason.clone()),
        ..payment_of(stored, PaymentKind::Charge, amount, day)
    };
    payment::insert(write, &failed)?;
    invoice::update(write, &StoredInvoice { attempts: 1, ..stored.clone() }, None)?;
    note(write, stored, day, &Event::PaymentFailed { number: stored.invoice.number.clone(), amount, reason })
}

fn note(write: &Write<'_>, stored: &StoredInvoice, day: Date, event: &Event) -> Result<()> {
    let subjects = Subjects { subscription: stored.invoice.subscription_id, ..Subjects::default() };
    Past { who: None, name: "Zetel" }.record(write, start_of(day), "collect", subjects, event)
}
