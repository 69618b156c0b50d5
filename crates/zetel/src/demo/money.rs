//! Who sells in the demo, who buys, and how the invoices of its past were paid by transfer: most on time, one only in
//! part. What cards paid, the calendar collected.

use super::past::Bought;
use super::portfolio::Pays;
use super::seed::Seeding;
use crate::house::House;
use app::billing::record_transfer::RecordTransfer;
use app::{App, Caller};
use domain::access::Actor;
use domain::billing::invoice::InvoiceKind;
use domain::billing::party::{Address, Party, Seller};
use domain::limits::PAGE_ROWS_MAX;
use domain::money::Money;
use jiff::ToSpan;
use jiff::civil::Date;
use std::error::Error;
use store::tables::billing_account;
use store::tables::invoice::{self, StoredInvoice};
use store::{Read, Write};

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
            tax_exemption: None,
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
        tax_exemption: None,
        registration_number: Some("87654321".to_owned()),
        email: Some("crediteuren@waterland.example".to_owned()),
        telephone: None,
    }
}

/// Writes down who buys.
pub fn fill_billing_account(write: &Write<'_>) -> store::Result<()> {
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

/// Pays by transfer what is open on a day and no card pays: six days before it is due, the last one perhaps in part.
pub fn pay_by_transfer(
    house: &House,
    past: &App,
    seeding: &Seeding,
    bought: &[Bought],
    day: Date,
) -> Result<(), Box<dyn Error>> {
    let open = |read: &Read<'_>| invoice::unsettled_of_kind(read, InvoiceKind::Invoice, PAGE_ROWS_MAX);
    let operator = Caller { actor: Actor::system(), request: "demo".to_owned() };
    for StoredInvoice { invoice, .. } in house.store.read(seeding.home, open)? {
        let demo = bought.iter().find(|(_, subscription)| Some(subscription.id) == invoice.subscription_id);
        let is_last = invoice.issued_on.saturating_add(1.month()) > seeding.today;
        let pays = demo.map(|(demo, _)| demo.pays).filter(|_| is_last).unwrap_or_default();
        let (amount, on) = match pays {
            Pays::OnTime => (invoice.balance(), invoice.due_on.saturating_sub(6.days())),
            Pays::InPart => (Money::new(invoice.totals.gross.minor / 2, invoice.currency), invoice.issued_on),
        };
        if invoice.payment_method_id.is_none() && on.max(invoice.issued_on.saturating_add(1.day())) == day {
            let reference = format!("{} WATERLAND GROUP", invoice.number);
            past.write(
                &operator,
                seeding.home,
                RecordTransfer { invoice_ids: vec![invoice.id], amount, day, reference, keep_rest: false },
            )
            .wait()?;
        }
    }
    Ok(())
}
