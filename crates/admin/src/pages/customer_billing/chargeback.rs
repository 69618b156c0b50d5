//! Record that the customer's bank took a payment back.

use super::invoice_url;
use crate::frame::Frame;
use crate::parts::FieldErrors;
use crate::web::{Done, Form, PageError, PageResult, Section, Visitor, notice_and_redirect, render, render_refused};
use app::billing::details::PaymentDetails;
use app::billing::record_chargeback::RecordChargeback;
use askama::Template;
use axum::extract::Path;
use domain::ids::{OrganizationId, PaymentId};
use domain::refusal::Refusal;
use words::Words;

#[derive(Template)]
#[template(path = "customer_billing/chargeback.html")]
struct ChargebackPane {
    frame: Frame,
    words: Words,
    url: String,
    close_url: String,
    errors: FieldErrors,
    facts: Vec<(&'static str, String)>,
    consequences: Vec<(&'static str, String)>,
}

type Place = Path<(String, String)>;

fn parse(Path((organization, payment)): &Place) -> Result<(OrganizationId, PaymentId), Refusal> {
    let organization = organization.parse().map_err(|_| Refusal::NotFound)?;
    Ok((organization, payment.parse().map_err(|_| Refusal::NotFound)?))
}

pub(super) async fn pane(visitor: Visitor, place: Place) -> PageResult {
    let (organization, payment_id) = parse(&place)?;
    render(&chargeback_pane(&visitor, organization, payment_id, FieldErrors::none()).await?)
}

pub(super) async fn submit(visitor: Visitor, place: Place, _form: Form) -> PageResult {
    let (organization, payment_id) = parse(&place)?;
    let invoice = visitor.read_of(organization, PaymentDetails(payment_id)).await?.payment.invoice_id;
    match visitor.write_for(organization, RecordChargeback { payment_id }).await {
        Ok(()) => Ok(notice_and_redirect(&Done::ChargebackRecorded {}, &invoice_url(organization, invoice))),
        Err(failure) => {
            let errors = FieldErrors::of(visitor.words, &failure)?;
            render_refused(&failure, &chargeback_pane(&visitor, organization, payment_id, errors).await?)
        }
    }
}

async fn chargeback_pane(
    visitor: &Visitor,
    organization: OrganizationId,
    payment_id: PaymentId,
    errors: FieldErrors,
) -> Result<ChargebackPane, PageError> {
    let words = visitor.words;
    let view = visitor.read_of(organization, PaymentDetails(payment_id)).await?;
    let close_url = invoice_url(organization, view.payment.invoice_id);
    Ok(ChargebackPane {
        frame: visitor.frame(Section::Organizations, words.record_chargeback()).await?,
        url: format!("{}/{organization}/payments/{payment_id}/chargeback", Section::Organizations.url()),
        close_url,
        errors,
        facts: vec![
            (words.invoice_number(), view.number),
            (words.day(), words.date(view.payment.made_on)),
            (words.amount(), words.money(view.payment.amount)),
        ],
        consequences: vec![
            ("bill", words.chargeback_means_unpaid(view.left)),
            ("lock", words.chargeback_means_disabled().to_owned()),
        ],
        words,
    })
}
