//! What a played scenario came to, as JSON.

use super::act::Wrong;
use super::find::{ALL, operator};
use super::stage::{Home, Named, Stage};
use app::Failure;
use app::mail::operate::{MailFilter, open};
use domain::billing::invoice::{Invoice, InvoiceLine};
use domain::billing::payment::Payment;
use domain::ids::{OrganizationId, SubscriptionId};
use domain::mail::Mail;
use domain::subscription::Subscription;
use serde_json::{Map, Value, json};
use std::collections::BTreeMap;
use store::Read;
use store::tables::{billing_account, journal, ledger, mail, payment, subscription};

/// Everything that came of a scenario.
pub fn report(stage: &Stage) -> Result<Value, Wrong> {
    let mut report = of_organization(stage, &stage.homes[0])?;
    let mut subscriptions = Map::new();
    for (name, Named { organization, id }) in &stage.names {
        if let Some(found) = stage.read(*organization, |read| subscription::find(read, *id))? {
            subscriptions.insert(name.clone(), subscription_row(&found.subscription));
        }
    }
    report.insert("subscriptions".to_owned(), subscriptions.into());
    let mut others = Map::new();
    for home in &stage.homes[1..] {
        others.insert(home.name.clone(), of_organization(stage, home)?.into());
    }
    if !others.is_empty() {
        report.insert("others".to_owned(), others.into());
    }
    Ok(report.into())
}

/// What came of it for an organization.
fn of_organization(stage: &Stage, home: &Home) -> Result<Map<String, Value>, Wrong> {
    let invoices = stage.invoices(home.id)?;
    let mut paid = Vec::new();
    for invoice in &invoices {
        let payments = stage.read(home.id, |read| payment::of_invoice(read, invoice.id))?;
        paid.extend(payments.iter().map(|paid| payment_row(invoice, paid)));
    }
    let profiles = stage.read(home.id, billing_account::profiles)?;
    let profiles: BTreeMap<_, _> = profiles.into_iter().map(|profile| (profile.id, profile.name)).collect();
    let rows = invoices.iter().map(|made| {
        let mut row = invoice_row(made, stage);
        row["billing_profile"] = profiles.get(&made.billing_profile_id).cloned().into();
        row
    });
    let events = stage.read(home.id, |read| journal::oldest_first(read, None, ALL))?.into_iter().map(|entry| {
        let about = entry.subjects.subscription.and_then(|id| name_of(stage, id));
        let happened: Value = serde_json::from_str(&entry.data).unwrap_or_default();
        json!({"at": entry.at.to_string(), "subscription": about, "event": happened})
    });
    let ledger = stage.read(home.id, ledger::balances)?.into_iter().map(|balance| {
        json!({"account": balance.account.code(), "debit": balance.debit.decimal(), "credit": balance.credit.decimal()})
    });
    Ok(Map::from_iter([
        ("invoices".to_owned(), rows.collect()),
        ("payments".to_owned(), paid.into()),
        ("ledger".to_owned(), ledger.collect()),
        ("mails".to_owned(), mails(stage, home.id)?.into()),
        ("events".to_owned(), events.collect()),
    ]))
}

/// The name of a subscription, when the scenario gave it one.
fn name_of(stage: &Stage, id: SubscriptionId) -> Option<&String> {
    stage.names.iter().find(|(_, named)| named.id == id).map(|(name, _)| name)
}

/// What people read meanwhile, the oldest first.
fn mails(stage: &Stage, organization: OrganizationId) -> Result<Vec<Value>, Wrong> {
    let read = |mail: &Mail| {
        let (_, written) = open(&stage.app, &operator(), organization, mail.id)?;
        let (subject, text) = written.map(|written| (written.subject, written.text)).unwrap_or_default();
        let (at, to) = (mail.created_at.to_string(), &mail.recipient.address);
        Ok::<_, Failure>(json!({"at": at, "kind": mail.kind, "to": to, "subject": subject, "text": text}))
    };
    Ok(outbox(stage, organization)?.iter().map(read).collect::<Result<_, _>>()?)
}

fn outbox(stage: &Stage, organization: OrganizationId) -> Result<Vec<Mail>, Wrong> {
    let all = |read: &Read<'_>| mail::list(read, &MailFilter::default(), None, ALL);
    let mut found = stage.read(organization, all)?;
    found.retain(|mail| mail.organization_id == organization);
    found.reverse();
    Ok(found)
}

/// The kinds of all mails, the oldest first.
pub fn mail_kinds(stage: &Stage, organization: OrganizationId) -> Result<Vec<&'static str>, Wrong> {
    Ok(outbox(stage, organization)?.iter().map(|mail| mail.kind.code()).collect())
}

fn invoice_row(invoice: &Invoice, stage: &Stage) -> Value {
    json!({
        "number": invoice.number,
        "kind": invoice.kind.code(),
        "state": invoice.state.code(),
        "issued_on": invoice.issued_on,
        "due_on": invoice.due_on,
        "currency": invoice.currency.code(),
        "lines": invoice.lines.iter().map(|line| line_row(line, stage)).collect::<Vec<_>>(),
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

fn line_row(line: &InvoiceLine, stage: &Stage) -> Value {
    json!({
        "subscription": name_of(stage, line.subscription_id),
        "customer": line.customer_name,
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
        "started_on": subscription.started_on,
        "ends_on": subscription.ends_on,
        "recurring_billing": subscription.recurring_billing,
        "billed_until": subscription.billed_until,
        "quantity_at_renewal": subscription.quantity_at_renewal,
    })
}

/// Every payment of some invoices, such as `charge succeeded 1000.00`.
pub fn payments(stage: &Stage, organization: OrganizationId, of: &[Invoice]) -> Result<Vec<String>, Wrong> {
    let mut said = Vec::new();
    for invoice in of {
        let payments = stage.read(organization, |read| payment::of_invoice(read, invoice.id))?;
        let row = |paid: &Payment| format!("{} {} {}", paid.kind.code(), paid.state.code(), paid.amount.decimal());
        said.extend(payments.iter().map(row));
    }
    Ok(said)
}
