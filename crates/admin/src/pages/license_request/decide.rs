//! One request: whom it names, and for whom an admin says yes.

use super::{URL, status};
use crate::frame::Frame;
use crate::parts::{FieldErrors, Status};
use crate::web::{Done, Form, PageError, PageResult, Section, Visitor, notice_and_redirect, render, render_refused};
use app::license_request::decide::DecideLicenseRequest;
use app::license_request::list::{RequestDetails, RequestView, RequestedPerson};
use askama::Template;
use axum::extract::Path;
use domain::ids::{LicenseRequestId, UserId};
use domain::refusal::Refusal;
use words::Words;

struct PersonRow {
    id: String,
    name: String,
    note: String,
    is_approved: bool,
}

#[derive(Template)]
#[template(path = "license_request/decide.html")]
struct DecidePane {
    frame: Frame,
    words: Words,
    close_url: &'static str,
    url: String,
    status: Status,
    facts: Vec<(&'static str, String)>,
    people: Vec<PersonRow>,
    may_decide: bool,
    is_decided: bool,
    note: String,
    errors: FieldErrors,
}

pub(super) async fn pane(visitor: Visitor, Path(id): Path<String>) -> PageResult {
    render(&decide_pane(&visitor, parse(&id)?, None, FieldErrors::none()).await?)
}

pub(super) async fn submit(visitor: Visitor, Path(id): Path<String>, form: Form) -> PageResult {
    let id = parse(&id)?;
    let is_rejected = form.text("answer") == "reject";
    let chosen: Vec<UserId> = form.parsed("approved");
    let approved = if is_rejected { Vec::new() } else { chosen.clone() };
    let message = form.text("note").to_owned();
    let outcome = match approved.is_empty() && !is_rejected {
        // Nobody was ticked: to reject, there is a button that says so.
        true => Err(Refusal::NobodyChosen.into()),
        false => visitor.write(DecideLicenseRequest { id, approved, message: message.clone() }).await,
    };
    match outcome {
        Ok(_) if is_rejected => Ok(notice_and_redirect(&Done::LicenseRequestRejected {}, URL)),
        Ok(_) => {
            let done = Done::LicenseRequestApproved { count: chosen.len() as i64 };
            Ok(notice_and_redirect(&done, URL))
        }
        Err(failure) => {
            let errors = FieldErrors::of(visitor.words, &failure)?;
            render_refused(&failure, &decide_pane(&visitor, id, Some((chosen, message)), errors).await?)
        }
    }
}

fn parse(id: &str) -> Result<LicenseRequestId, Refusal> {
    id.parse().map_err(|_| Refusal::NotFound)
}

/// The pane with what was ticked and typed; at first everybody is ticked.
async fn decide_pane(
    visitor: &Visitor,
    id: LicenseRequestId,
    typed: Option<(Vec<UserId>, String)>,
    errors: FieldErrors,
) -> Result<DecidePane, PageError> {
    let words = visitor.words;
    let view = visitor.read(RequestDetails(id)).await?;
    let (ticked, note) = typed.map_or((None, view.listed.request.message.clone()), |(who, note)| (Some(who), note));
    let is_ticked = |person: &RequestedPerson| match &ticked {
        Some(who) => who.contains(&person.user_id),
        None => person.is_approved.unwrap_or(person.is_here && view.may_decide),
    };
    let mut frame = visitor.frame(Section::Licenses, view.listed.product_name.clone()).await?;
    frame.lead = Some(words.license_request().to_owned());
    Ok(DecidePane {
        frame,
        words,
        close_url: URL,
        url: format!("{URL}/{id}"),
        status: status(words, view.listed.request.state),
        facts: facts(words, &view),
        people: view.people.iter().map(|person| person_row(words, person, is_ticked(person))).collect(),
        may_decide: view.may_decide,
        is_decided: view.listed.request.decided_at.is_some(),
        note,
        errors,
    })
}

fn person_row(words: Words, person: &RequestedPerson, is_approved: bool) -> PersonRow {
    let note = match (person.is_here, person.holds_it) {
        (false, _) => words.request_person_left(),
        (true, true) => words.request_person_holds(),
        (true, false) => "",
    };
    let notes = [person.email.as_str(), note].into_iter().filter(|note| !note.is_empty()).collect::<Vec<_>>();
    PersonRow {
        id: person.user_id.to_string(),
        name: person.display_name.clone(),
        note: notes.join(" · "),
        is_approved,
    }
}

fn facts(words: Words, view: &RequestView) -> Vec<(&'static str, String)> {
    let request = &view.listed.request;
    let day = |at: jiff::Timestamp| words.date(at.to_zoned(view.zone.clone()).date());
    let mut facts = vec![
        (words.requested_by(), view.listed.requested_by_name.clone()),
        (words.requested_on(), day(request.requested_at)),
    ];
    if !request.reason.is_empty() {
        facts.push((words.request_reason(), request.reason.clone()));
    }
    match request.decided_at {
        Some(at) => {
            facts.push((words.request_decided_by(), view.listed.decided_by_name.clone()));
            facts.push((words.request_decided_on(), day(at)));
        }
        None if view.may_decide => facts.push((words.licenses_available(), words.licenses_count(view.available))),
        None => {}
    }
    facts
}
