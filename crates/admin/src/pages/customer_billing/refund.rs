//! Pay back what a credit note gives, in whole or in part.

use super::invoice_url;
use crate::frame::Frame;
use crate::pages::invoice::title;
use crate::parts::{Closed, FieldErrors};
use crate::web::{Done, Form, PageError, PageResult, Section, Visitor, notice_and_redirect, render, render_refused};
use app::Failure;
use app::billing::details::{InvoiceDetails, InvoiceView};
use app::billing::refund::RefundCredit;
use askama::Template;
use axum::extract::Path;
use domain::ids::{InvoiceId, OrganizationId};
use domain::money::Money;
use domain::refusal::{Field, Refusal};
use words::Words;

#[derive(Template)]
#[template(path = "customer_billing/refund.html")]
struct RefundPane {
    frame: Frame,
    words: Words,
    url: String,
    close_url: String,
    errors: FieldErrors,
    closed: Option<Closed>,
    hint: String,
    amount: String,
    reason: String,
}

type Place = Path<(String, String)>;

fn parse(Path((organization, invoice)): &Place) -> Result<(OrganizationId, InvoiceId), Refusal> {
    let organization = organization.parse().map_err(|_| Refusal::NotFound)?;
    Ok((organization, invoice.parse().map_err(|_| Refusal::NotFound)?))
}

pub(super) async fn pane(visitor: Visitor, place: Place) -> PageResult {
    let (organization, id) = parse(&place)?;
    let view = visitor.read_of(organization, InvoiceDetails(id)).await?;
    let all = visitor.words.bare_amount(left(&view));
    render(&refund_pane(&visitor, organization, &view, all, String::new(), FieldErrors::none()).await?)
}

pub(super) async fn submit(visitor: Visitor, place: Place, form: Form) -> PageResult {
    let (organization, id) = parse(&place)?;
    let view = visitor.read_of(organization, InvoiceDetails(id)).await?;
    match refund(&visitor, organization, &view, &form).await {
        Ok(()) => Ok(notice_and_redirect(&Done::RefundBegun {}, &invoice_url(organization, id))),
        Err(failure) => {
            let errors = FieldErrors::of(visitor.words, &failure)?;
            let (amount, reason) = (form.text("amount").to_owned(), form.text("reason").to_owned());
            render_refused(&failure, &refund_pane(&visitor, organization, &view, amount, reason, errors).await?)
        }
    }
}

async fn refund(
    visitor: &Visitor,
    organization: OrganizationId,
    view: &InvoiceView,
    form: &Form,
) -> Result<(), Failure> {
    let amount = Money::parse(form.text("amount"), view.invoice.currency);
    let amount = amount.map_err(|refusal| refusal.at(Field::Amount))?;
    let reason = form.text("reason").to_owned();
    let refund = RefundCredit { invoice_id: view.invoice.id, amount, reason };
    visitor.write_for(organization, refund).await.map(drop)
}

/// What the credit note still gives.
fn left(view: &InvoiceView) -> Money {
    let balance = view.invoice.balance();
    Money::new((-balance.minor).max(0), balance.currency)
}

async fn refund_pane(
    visitor: &Visitor,
    organization: OrganizationId,
    view: &InvoiceView,
    amount: String,
    reason: String,
    errors: FieldErrors,
) -> Result<RefundPane, PageError> {
    let words = visitor.words;
    let mut frame = visitor.frame(Section::Organizations, words.refund()).await?;
    frame.lead = Some(title(words, &view.invoice));
    let close_url = invoice_url(organization, view.invoice.id);
    Ok(RefundPane {
        frame,
        words,
        url: format!("{close_url}/refund"),
        close_url,
        errors,
        closed: (left(view).minor == 0).then(|| Closed::new(words.refund_nothing_left())),
        hint: words.refund_amount_hint(left(view)),
        amount,
        reason,
    })
}
