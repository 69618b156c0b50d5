//! What a played scenario came to, as JSON, and what it expects meanwhile.

use super::play::Names;
use super::scenario::Act;
use super::stage::Stage;
use app::mail::operate::{MailFilter, open};
use app::{Caller, Failure};
use domain::access::Actor;
use domain::billing::invoice::{Invoice, InvoiceLine};
use domain::billing::payment::Payment;
use domain::mail::Mail;
use domain::money::Money;
use domain::subscription::Subscription;
use jiff::civil::Date;
use serde_json::{Value, json};
use store::Read;
use store::tables::{invoice, journal, ledger, mail, payment, subscription};

/// More rows than a scenario makes.
const ALL: usize = 1_000_000;

/// Everything that came of a scenario.
pub fn report(stage: &Stage, names: &Names) -> Result<Value, Failure> {
    let mails = mails(stage)?;
    stage.store.read(stage.organization, |read| {
        let invoices = invoices(read)?;
        let mut payments = Vec::new();
        for invoice in &invoices {
            payments.extend(payment::of_invoice(read, invoice.id)?.iter().map(|paid| payment_row(invoice, paid)));
        }
        let mut subscriptions = serde_json::Map::new();
        for (name, id) in names {
            if let Some(found) = subscription::find(read, *id)? {
                subscriptions.insert(name.clone(), subscription_row(&found.subscription));
            }
        }
        let events = journal::oldest_first(read, None, ALL)?.into_iter().map(|entry| {
            let about = entry.subjects.subscription.and_then(|id| names.iter().find(|(_, named)| **named == id));
            let happened: Value = serde_json::from_str(&entry.data).unwrap_or_default();
            json!({"at": entry.at.to_string(), "subscription": about.map(|(name, _)| name), "event": happened})
        });
        let ledger = ledger::balances(read)?.into_iter().map(|balance| {
            json!({"account": balance.account.code(), "debit": balance.debit.decimal(), "credit": balance.credit.decimal()})
        });
        Ok::<_, Failure>(json!({
            "invoices": invoices.iter().map(|made| invoice_row(made, names)).collect::<Vec<_>>(),
            "payments": payments,
            "subscriptions": subscriptions,
            "ledger": ledger.collect::<Vec<_>>(),
            "mails": mails,
            "events": events.collect::<Vec<_>>(),
        }))
    })
}

/// What people read meanwhile, the oldest first.
fn mails(stage: &Stage) -> Result<Vec<Value>, Failure> {
    let system = Caller { actor: Actor::system(), request: "simulate".to_owned() };
    let read = |mail: &Mail| {
        let (_, written) = open(&stage.app, &system, stage.organization, mail.id)?;
        let (subject, text) = written.map(|written| (written.subject, written.text)).unwrap_or_default();
        let (at, to) = (mail.created_at.to_string(), &mail.recipient.address);
        Ok(json!({"at": at, "kind": mail.kind, "to": to, "subject": subject, "text": text}))
    };
    outbox(stage)?.iter().map(read).collect()
}

fn outbox(stage: &Stage) -> Result<Vec<Mail>, Failure> {
    let all = |read: &Read<'_>| Ok::<_, Failure>(mail::list(read, &MailFilter::default(), None, ALL)?);
    let mut found = stage.store.read(stage.organization, all)?;
    found.reverse();
    Ok(found)
}

/// Every invoice, the oldest first.
pub(super) fn invoices(read: &Read<'_>) -> store::Result<Vec<Invoice>> {
    let mut listed = invoice::list(read, None, Date::MIN, Date::MAX, None, ALL)?;
    listed.reverse();
    let found = listed.iter().map(|row| invoice::find(read, row.id));
    found.filter_map(Result::transpose).map(|stored| stored.map(|stored| stored.invoice)).collect()
}

fn invoice_row(invoice: &Invoice, names: &Names) -> Value {
    json!({
        "number": invoice.number,
        "kind": invoice.kind.code(),
        "state": invoice.state.code(),
        "issued_on": invoice.issued_on,
        "due_on": invoice.due_on,
        "currency": invoice.currency.code(),
        "lines": invoice.lines.iter().map(|line| line_row(line, names)).collect::<Vec<_>>(),
        "net": invoice.totals.net.decimal(),
        "taxes": invoice.totals.taxes.iter().map(|tax| json!({
            "category": tax.tax.category.code(),
            "rate": percent(tax.tax.rate),
            "net": tax.net.decimal(),
            "amount": tax.amount.decimal(),
        })).collect::<Vec<_>>(),
        "total": invoice.totals.gross.decimal(),
        "paid": invoice.paid.decimal(),
        "balance": invoice.balance().decimal(),
    })
}

/// `21.00`: a rate in percent.
fn percent(rate: u32) -> String {
    format!("{}.{:02}", rate / 100, rate % 100)
}

fn line_row(line: &InvoiceLine, names: &Names) -> Value {
    let name = names.iter().find(|(_, id)| **id == line.subscription_id).map(|(name, _)| name);
    json!({
        "subscription": name,
        "kind": line.kind.code(),
        "product": line.product_name,
        "quantity": line.quantity,
        "unit_price": line.unit_price.decimal(),
        "service_period": {"first_day": line.service_period.start, "last_day": line.service_period.last_day()},
        "share": format!("{}/{}", line.share.numerator, line.share.denominator),
        "net": line.net.decimal(),
        "tax": line.tax_amount.decimal(),
    })
}

fn payment_row(invoice: &Invoice, paid: &Payment) -> Value {
    json!({
        "invoice": invoice.number,
        "kind": paid.kind.code(),
        "state": paid.state.code(),
        "amount": paid.amount.decimal(),
        "on": paid.made_on,
        "reason": paid.reason,
    })
}

fn subscription_row(subscription: &Subscription) -> Value {
    json!({
        "state": subscription.state.code(),
        "quantity": subscription.quantity,
        "assigned": subscription.assigned,
        "conflicts": subscription.conflicts,
        "ends_on": subscription.ends_on,
        "recurring_billing": subscription.recurring_billing,
        "billed_until": subscription.billed_until,
        "quantity_at_renewal": subscription.quantity_at_renewal,
    })
}

/// Compares what a scenario expects with what is; the error names every difference.
pub fn expect(stage: &Stage, names: &Names, expected: &Act) -> Result<(), String> {
    let Act::Expect { subscription: name, state, quantity, assigned, invoices: totals, open_balance, payments, mails } =
        expected
    else {
        return Ok(());
    };
    let mut differences = Vec::new();
    let mut compare = |what: &str, expected: Option<String>, found: String| {
        if let Some(expected) = expected.filter(|expected| *expected != found) {
            differences.push(format!("{what} is {found}, and {expected} was expected"));
        }
    };
    if let Some(name) = name {
        let id = names.get(name).ok_or_else(|| format!("subscription: nothing is named {name:?}"))?;
        let found = stage.store.read(stage.organization, |read| subscription::find(read, *id));
        let found = found.map_err(|error| error.to_string())?.ok_or("the subscription is gone")?.subscription;
        compare("state", state.map(|state| state.code().to_owned()), found.state.code().to_owned());
        compare("quantity", quantity.map(|count| count.to_string()), found.quantity.to_string());
        compare("assigned", assigned.map(|count| count.to_string()), found.assigned.to_string());
    } else if state.is_some() || quantity.is_some() || assigned.is_some() {
        return Err("subscription: say of which".to_owned());
    }
    let made = stage.store.read(stage.organization, invoices).map_err(|error| error.to_string())?;
    let found: Vec<_> = made.iter().map(|invoice| invoice.totals.gross.decimal()).collect();
    compare("invoices", totals.as_ref().map(|totals| totals.join(", ")), found.join(", "));
    let open = made.iter().map(|invoice| invoice.balance().minor).sum();
    let zero = made.first().map_or(stage.currency, |invoice| invoice.currency);
    compare("open_balance", open_balance.clone(), Money::new(open, zero).decimal());
    if let Some(expected) = payments {
        compare("payments", Some(expected.join(", ")), paid(stage, &made)?.join(", "));
    }
    if let Some(kinds) = mails {
        let found: Vec<_> =
            outbox(stage).map_err(|failure| failure.to_string())?.iter().map(|mail| mail.kind.code()).collect();
        compare("mails", Some(kinds.join(", ")), found.join(", "));
    }
    if differences.is_empty() { Ok(()) } else { Err(differences.join("; ")) }
}

/// Every payment of some invoices, such as `charge succeeded 1000.00`.
fn paid(stage: &Stage, of: &[Invoice]) -> Result<Vec<String>, String> {
    let mut said = Vec::new();
    for invoice in of {
        let payments = stage.store.read(stage.organization, |read| payment::of_invoice(read, invoice.id));
        let payments = payments.map_err(|error| error.to_string())?;
        let row = |paid: &Payment| format!("{} {} {}", paid.kind.code(), paid.state.code(), paid.amount.decimal());
        said.extend(payments.iter().map(row));
    }
    Ok(said)
}
