//! One check: what is known, and the two answers (domain 4.4).

use crate::frame::Frame;
use crate::parts::FieldErrors;
use crate::web::{Done, Form, PageError, PageResult, Section, Visitor, notice_and_redirect, render, render_refused};
use app::Failure;
use app::credit_check::decide::DecideCreditCheck;
use app::credit_check::details::{CreditCheckDetails, CreditCheckView};
use askama::Template;
use axum::extract::Path;
use domain::credit_check::decide::DecideCreditCheck as Decided;
use domain::ids::{OrderId, OrganizationId};
use domain::refusal::{Field, Refusal};
use domain::subscription::CreditCheck;
use jiff::tz::TimeZone;
use words::Words;

#[derive(Template)]
#[template(path = "credit_check/decide.html")]
struct DecidePane {
    frame: Frame,
    words: Words,
    close_url: &'static str,
    url: String,
    errors: FieldErrors,
    facts: Vec<(&'static str, String)>,
    known: Vec<(&'static str, String)>,
    is_pending: bool,
    note: String,
}

type Place = Path<(String, String)>;

pub(super) async fn pane(visitor: Visitor, place: Place) -> PageResult {
    let (organization, order_id) = parse(&place)?;
    render(&decide_pane(&visitor, organization, order_id, None, FieldErrors::none()).await?)
}

pub(super) async fn submit(visitor: Visitor, place: Place, form: Form) -> PageResult {
    let (organization, order_id) = parse(&place)?;
    match decide(&visitor, organization, order_id, &form).await {
        Ok(done) => Ok(notice_and_redirect(&done, Section::CreditChecks.url())),
        Err(failure) => {
            let errors = FieldErrors::of(visitor.words, &failure)?;
            let note = Some(form.text("note").to_owned());
            render_refused(&failure, &decide_pane(&visitor, organization, order_id, note, errors).await?)
        }
    }
}

fn parse(Path((organization, order)): &Place) -> Result<(OrganizationId, OrderId), Refusal> {
    let organization = organization.parse().map_err(|_| Refusal::NotFound)?;
    Ok((organization, order.parse().map_err(|_| Refusal::NotFound)?))
}

async fn decide(
    visitor: &Visitor,
    organization: OrganizationId,
    order_id: OrderId,
    form: &Form,
) -> Result<Done, Failure> {
    let (passed, done) = match form.text("answer") {
        "approve" => (true, Done::CreditCheckApproved {}),
        "decline" => (false, Done::CreditCheckDeclined {}),
        _ => return Err(Refusal::Required.at(Field::Reason).into()),
    };
    let decided = Decided::new(passed, form.text("note"))?;
    visitor.write_for(organization, DecideCreditCheck { order_id, decided }).await?;
    Ok(done)
}

async fn decide_pane(
    visitor: &Visitor,
    organization: OrganizationId,
    order_id: OrderId,
    note: Option<String>,
    errors: FieldErrors,
) -> Result<DecidePane, PageError> {
    let words = visitor.words;
    let view = visitor.read_of(organization, CreditCheckDetails(order_id)).await?;
    let title = words.order_number(&view.listed.order.number.to_string());
    let mut frame = visitor.frame(Section::CreditChecks, title).await?;
    frame.lead = Some(view.organization.name.clone());
    Ok(DecidePane {
        url: format!("{}/{organization}/{order_id}", Section::CreditChecks.url()),
        close_url: Section::CreditChecks.url(),
        errors,
        facts: facts(words, &view),
        known: known(words, &view),
        is_pending: view.application.state == CreditCheck::Pending,
        note: note.unwrap_or_else(|| view.application.note.clone()),
        words,
        frame,
    })
}

fn facts(words: Words, view: &CreditCheckView) -> Vec<(&'static str, String)> {
    let (order, application) = (&view.listed.order, &view.application);
    let contact = if application.contact_agreed { words.yes() } else { words.no() };
    vec![
        (words.status(), words.credit_check_name(application.state).to_owned()),
        (words.order_items_label(), words.order_items(order.quantity, &view.listed.product_name)),
        (words.amount(), words.money(order.amount)),
        (words.term(), words.term_name(order.term).to_owned()),
        (words.ordered_by(), view.listed.ordered_by_name.clone().unwrap_or_default()),
        (words.credit_check_contact_allowed(), contact.to_owned()),
        (words.credit_check_due(), words.date(application.due_on)),
    ]
}

fn known(words: Words, view: &CreditCheckView) -> Vec<(&'static str, String)> {
    let organization = &view.organization;
    let zone = TimeZone::get(&organization.time_zone).unwrap_or(TimeZone::UTC);
    vec![
        (words.organization_country(), words.country(&organization.country).unwrap_or_default().to_owned()),
        (words.organization_made_on(), words.date(organization.created_at.to_zoned(zone).date())),
        (words.credit_check_passed_before(), words.number(view.passed)),
        (words.overdue_invoices(), words.number(view.overdue)),
    ]
}
