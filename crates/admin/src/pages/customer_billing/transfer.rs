//! Record what the bank statement shows, for one invoice or several.

use super::{list_url, transfer_url};
use crate::frame::Frame;
use crate::parts::FieldErrors;
use crate::web::{Done, Form, PageError, PageResult, Section, Visitor, notice_and_redirect, render, render_refused};
use app::Failure;
use app::billing::balance::OpenBalances;
use app::billing::details::InvoiceDetails;
use app::billing::record_transfer::RecordTransfer;
use app::organization::details::OrganizationDetails;
use askama::Template;
use axum::extract::{Path, Query};
use domain::billing::invoice::InvoiceKind;
use domain::ids::{InvoiceId, OrganizationId};
use domain::money::Money;
use domain::refusal::{Field, Refusal};
use serde::Deserialize;
use words::Words;

#[derive(Template)]
#[template(path = "customer_billing/transfer.html")]
struct TransferPane {
    frame: Frame,
    words: Words,
    url: String,
    close_url: String,
    errors: FieldErrors,
    invoices: Vec<Open>,
    typed: Typed,
}

/// An invoice or a credit note that is open.
struct Open {
    id: String,
    label: String,
    note: String,
    chosen: bool,
}

/// What was typed.
#[derive(Default)]
struct Typed {
    invoices: Vec<InvoiceId>,
    amount: String,
    day: String,
    reference: String,
    keep_rest: bool,
}

#[derive(Deserialize, Default)]
#[serde(default)]
pub(super) struct Asked {
    /// The invoice from which the operator comes.
    invoice: String,
}

pub(super) async fn pane(visitor: Visitor, Path(id): Path<String>, Query(asked): Query<Asked>) -> PageResult {
    let id: OrganizationId = id.parse().map_err(|_| Refusal::NotFound)?;
    let typed = Typed { invoices: asked.invoice.parse().into_iter().collect(), ..Typed::default() };
    render(&transfer_pane(&visitor, id, typed, FieldErrors::none()).await?)
}

pub(super) async fn submit(visitor: Visitor, Path(id): Path<String>, form: Form) -> PageResult {
    let id: OrganizationId = id.parse().map_err(|_| Refusal::NotFound)?;
    match record(&visitor, id, &form).await {
        Ok(()) => Ok(notice_and_redirect(&Done::TransferRecorded {}, &list_url(id))),
        Err(failure) => {
            let errors = FieldErrors::of(visitor.words, &failure)?;
            let text = |name: &str| form.text(name).to_owned();
            let typed = Typed {
                invoices: form.parsed("invoices"),
                amount: text("amount"),
                day: text("day"),
                reference: text("reference"),
                keep_rest: form.is_on("keep_rest"),
            };
            render_refused(&failure, &transfer_pane(&visitor, id, typed, errors).await?)
        }
    }
}

/// Every wrong field is said at once; the amount is in the currency of the chosen invoices.
async fn record(visitor: &Visitor, organization: OrganizationId, form: &Form) -> Result<(), Failure> {
    let invoice_ids: Vec<InvoiceId> = form.parsed("invoices");
    let currency = match invoice_ids.first() {
        Some(first) => {
            let found = visitor.read_of(organization, InvoiceDetails(*first)).await.map_err(|error| error.0)?;
            Some(found.invoice.currency)
        }
        None => None,
    };
    let mut wrong = Vec::new();
    let amount = match currency {
        Some(currency) => Money::parse(form.text("amount"), currency).map_err(|refusal| refusal.at(Field::Amount)),
        None => Err(Refusal::Required.at(Field::Invoices)),
    };
    let day = form.choice(Field::Day);
    wrong.extend(amount.as_ref().err().cloned());
    wrong.extend(day.as_ref().err().cloned());
    if form.text("reference").is_empty() {
        wrong.push(Refusal::Required.at(Field::Reference));
    }
    let (Ok(amount), Ok(day), true) = (amount, day, wrong.is_empty()) else { return Err(wrong.into()) };
    let (reference, keep_rest) = (form.text("reference").to_owned(), form.is_on("keep_rest"));
    let transfer = RecordTransfer { invoice_ids, amount, day, reference, keep_rest };
    visitor.write_for(organization, transfer).await.map(drop)
}

async fn transfer_pane(
    visitor: &Visitor,
    organization: OrganizationId,
    typed: Typed,
    errors: FieldErrors,
) -> Result<TransferPane, PageError> {
    let words = visitor.words;
    let open = visitor.read_of(organization, OpenBalances).await?;
    let mut frame = visitor.frame(Section::Organizations, words.record_transfer()).await?;
    frame.lead = Some(visitor.read_of(organization, OrganizationDetails).await?.organization.name);
    let mut invoices: Vec<_> = open
        .unsettled
        .iter()
        .map(|listed| Open {
            id: listed.id.to_string(),
            label: match listed.kind {
                InvoiceKind::Invoice => words.invoice_due_by(&listed.number, listed.due_on),
                InvoiceKind::CreditNote => words.credit_note_titled(&listed.number),
            },
            note: words.money(listed.balance()),
            chosen: typed.invoices.contains(&listed.id),
        })
        .collect();
    // An invoice that is settled already can be paid once more: that becomes credit.
    for id in typed.invoices.iter().filter(|id| open.unsettled.iter().all(|listed| listed.id != **id)) {
        let settled = visitor.read_of(organization, InvoiceDetails(*id)).await?.invoice;
        let (label, note) = (words.invoice_due_by(&settled.number, settled.due_on), words.money(settled.balance()));
        invoices.push(Open { id: id.to_string(), label, note, chosen: true });
    }
    Ok(TransferPane {
        url: transfer_url(organization),
        close_url: list_url(organization),
        errors,
        invoices,
        typed,
        words,
        frame,
    })
}
