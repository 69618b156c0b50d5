//! The partners of an organization: letting one in, and ending it.

use super::URL;
use crate::frame::Frame;
use crate::pages::question::QuestionPane;
use crate::parts::{FieldErrors, Status};
use crate::web::{Done, Form, PageError, PageResult, Section, Visitor, notice_and_redirect, render, render_refused};
use app::partner::relate::{ChangeRelationship, ListPartners};
use askama::Template;
use axum::extract::Path;
use domain::access::Permission;
use domain::ids::OrganizationId;
use domain::partner::relate::Step;
use domain::partner::{Relationship, RelationshipState};
use domain::refusal::Refusal;
use jiff::tz::TimeZone;
use words::Words;

struct PartnerRow {
    url: String,
    end_url: String,
    name: String,
    kind: &'static str,
    contact: String,
    link: String,
    status: Status,
    since: String,
    is_requested: bool,
    is_over: bool,
}

#[derive(Template)]
#[template(path = "partner/list.html")]
struct ListPage {
    frame: Frame,
    words: Words,
    rows: Vec<PartnerRow>,
    may_manage: bool,
    identifier: String,
}

pub(super) async fn page(visitor: Visitor) -> PageResult {
    let words = visitor.words;
    let (view, zone) = (visitor.read(ListPartners).await?, visitor.zone().await?);
    let mut frame = visitor.frame(Section::Partners, words.partners()).await?;
    frame.lead = Some(words.partners_purpose().to_owned());
    let rows = view.relationships.iter().map(|row| partner_row(words, &zone, row)).collect();
    let may_manage = visitor.may(Permission::ManagePartners);
    render(&ListPage { frame, words, rows, may_manage, identifier: view.organization.to_string() })
}

fn partner_row(words: Words, zone: &TimeZone, row: &Relationship) -> PartnerRow {
    PartnerRow {
        url: format!("{URL}/{}", row.partner.id),
        end_url: format!("{URL}/{}/end", row.partner.id),
        name: row.partner.name.clone(),
        kind: words.partner_kind_name(row.partner.kind),
        contact: row.partner.contact.clone(),
        link: row.partner.link.clone(),
        status: status(words, row.state),
        since: {
            let day = words.date_short(row.changed_at.to_zoned(zone.clone()).date());
            if row.state == RelationshipState::Ended { words.partner_ended_on(&day) } else { day }
        },
        is_requested: row.state == RelationshipState::Requested,
        is_over: row.state == RelationshipState::Ended,
    }
}

/// How a customer and a partner stand.
pub(in crate::pages) fn status(words: Words, state: RelationshipState) -> Status {
    let word = words.relationship_state_name(state);
    match state {
        RelationshipState::Requested => Status::warning(word).icon("clock"),
        RelationshipState::Active => Status::good(word),
        RelationshipState::Ended => Status::neutral(word),
    }
}

pub(super) async fn accept(visitor: Visitor, Path(id): Path<String>, _form: Form) -> PageResult {
    visitor.write(ChangeRelationship { partner: parse(&id)?, step: Step::Accept }).await?;
    Ok(notice_and_redirect(&Done::PartnerLetIn {}, URL))
}

pub(super) async fn end_pane(visitor: Visitor, Path(id): Path<String>) -> PageResult {
    render(&question(&visitor, parse(&id)?, FieldErrors::none()).await?)
}

pub(super) async fn end(visitor: Visitor, Path(id): Path<String>, _form: Form) -> PageResult {
    let partner = parse(&id)?;
    match visitor.write(ChangeRelationship { partner, step: Step::End }).await {
        Ok(_) => Ok(notice_and_redirect(&Done::PartnerEnded {}, URL)),
        Err(failure) => {
            let errors = FieldErrors::of(visitor.words, &failure)?;
            render_refused(&failure, &question(&visitor, partner, errors).await?)
        }
    }
}

fn parse(id: &str) -> Result<OrganizationId, Refusal> {
    id.parse().map_err(|_| Refusal::NotFound)
}

async fn question(visitor: &Visitor, id: OrganizationId, errors: FieldErrors) -> Result<QuestionPane, PageError> {
    let words = visitor.words;
    let view = visitor.read(ListPartners).await?;
    let found = view.relationships.iter().find(|row| row.partner.id == id).ok_or(Refusal::NotFound)?;
    Ok(QuestionPane {
        frame: visitor.frame(Section::Partners, words.partner_end_question(&found.partner.name)).await?,
        words,
        close_url: URL.to_owned(),
        url: format!("{URL}/{id}/end"),
        errors,
        closed: None,
        consequence: words.partner_end_consequence(),
        button: words.partner_end(),
        button_kind: "severe",
    })
}
