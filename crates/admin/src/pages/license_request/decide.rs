//! One request: whom it names, and for whom an admin says yes, to what was asked for or to another product.

use super::{URL, status};
use crate::frame::Frame;
use crate::pages::license::{PlanView, disabled_plans, plan_views};
use crate::parts::{Choice, FieldErrors, Status};
use crate::web::{Done, Form, PageError, PageResult, Section, Visitor, notice_and_redirect, render, render_refused};
use app::Failure;
use app::license_request::decide::DecideLicenseRequest;
use app::license_request::list::{FreeLicenses, RequestDetails, RequestView, RequestedPerson};
use askama::Template;
use axum::extract::Path;
use domain::ids::{LicenseRequestId, ProductId, ServicePlanId, UserId};
use domain::refusal::{Field, Refusal};
use std::collections::HashSet;
use words::Words;

/// What is ticked and typed.
struct Typed {
    /// Nobody said yet who: everybody who is here.
    approved: Option<Vec<UserId>>,
    /// Empty for what was asked for.
    product: String,
    disabled_plans: HashSet<ServicePlanId>,
    note: String,
}

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
    /// What can be given, where there is more than what was asked for.
    products: Vec<Choice>,
    product: String,
    plans: Vec<PlanView>,
    some_plan_off: bool,
    note: String,
    errors: FieldErrors,
}

pub(super) async fn pane(visitor: Visitor, Path(id): Path<String>) -> PageResult {
    let view = visitor.read(RequestDetails(parse(&id)?)).await?;
    let note = view.listed.request.message.clone();
    let typed = Typed { approved: None, product: String::new(), disabled_plans: HashSet::new(), note };
    render(&decide_pane(&visitor, &view, typed, FieldErrors::none()).await?)
}

pub(super) async fn submit(visitor: Visitor, Path(id): Path<String>, form: Form) -> PageResult {
    let asked = RequestDetails(parse(&id)?);
    let view = visitor.read(asked).await?;
    let typed = Typed {
        approved: Some(form.parsed("approved")),
        product: form.text(Field::Product.code()).to_owned(),
        disabled_plans: disabled_plans(&form, &view.plans),
        note: form.text("note").to_owned(),
    };
    match decide(&visitor, &view, form.text("answer") == "reject", &typed).await {
        Ok(done) => Ok(notice_and_redirect(&done, URL)),
        Err(failure) => {
            let errors = FieldErrors::of(visitor.words, &failure)?;
            // Somebody else may have decided meanwhile.
            let view = visitor.read(asked).await?;
            render_refused(&failure, &decide_pane(&visitor, &view, typed, errors).await?)
        }
    }
}

async fn decide(visitor: &Visitor, view: &RequestView, is_rejected: bool, typed: &Typed) -> Result<Done, Failure> {
    let approved = typed.approved.clone().filter(|_| !is_rejected).unwrap_or_default();
    // Nobody was ticked: to reject, there is a button that says so.
    if approved.is_empty() && !is_rejected {
        return Err(Refusal::NobodyChosen.into());
    }
    let product_id: Option<ProductId> = match typed.product.as_str() {
        "" => None,
        text => Some(text.parse().map_err(|_| Refusal::UnknownChoice.at(Field::Product))?),
    };
    let disabled_plans = match product_id {
        None => typed.disabled_plans.iter().copied().collect(),
        // The switches are those of the product that was asked for.
        Some(_) => Vec::new(),
    };
    let (id, message, count) = (view.listed.request.id, typed.note.clone(), approved.len() as i64);
    visitor.write(DecideLicenseRequest { id, approved, product_id, disabled_plans, message }).await?;
    Ok(if is_rejected { Done::LicenseRequestRejected {} } else { Done::LicenseRequestApproved { count } })
}

fn parse(id: &str) -> Result<LicenseRequestId, Refusal> {
    id.parse().map_err(|_| Refusal::NotFound)
}

async fn decide_pane(
    visitor: &Visitor,
    view: &RequestView,
    typed: Typed,
    errors: FieldErrors,
) -> Result<DecidePane, PageError> {
    let words = visitor.words;
    let request = &view.listed.request;
    let is_ticked = |person: &RequestedPerson| match &typed.approved {
        Some(who) => who.contains(&person.user_id),
        None => person.is_approved.unwrap_or(person.is_here && view.may_decide),
    };
    let mut frame = visitor.frame(Section::Licenses, view.listed.product_name.clone()).await?;
    frame.lead = Some(words.license_request().to_owned());
    Ok(DecidePane {
        frame,
        words,
        close_url: URL,
        url: format!("{URL}/{}", request.id),
        status: status(words, request.state),
        facts: facts(words, view),
        people: view.people.iter().map(|person| person_row(words, person, is_ticked(person))).collect(),
        may_decide: view.may_decide,
        is_decided: request.decided_at.is_some(),
        products: products(words, view),
        product: typed.product,
        plans: plan_views(&view.plans, |plan| !typed.disabled_plans.contains(&plan)),
        some_plan_off: !typed.disabled_plans.is_empty(),
        note: typed.note,
        errors,
    })
}

/// What can be given: what was asked for first; nothing to choose where nothing else is free.
fn products(words: Words, view: &RequestView) -> Vec<Choice> {
    if view.others.is_empty() {
        return Vec::new();
    }
    let label = |parts: &[&str]| parts.join(" · ");
    let free = words.available_count(view.available);
    let asked = Choice::new("", label(&[&view.listed.product_name, words.request_as_asked(), &free]));
    let other = |free: &FreeLicenses| {
        Choice::new(free.product_id.to_string(), label(&[&free.name, &words.available_count(free.count)]))
    };
    std::iter::once(asked).chain(view.others.iter().map(other)).collect()
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
            facts.extend(view.listed.given_name.clone().map(|given| (words.request_given(), given)));
            facts.push((words.request_decided_by(), request.decided_by_name.clone()));
            facts.push((words.request_decided_on(), day(at)));
        }
        None if view.may_decide && view.others.is_empty() => {
            facts.push((words.licenses_available(), words.licenses_count(view.available)));
        }
        None => {}
    }
    facts
}
