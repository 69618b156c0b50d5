//! The operator makes an organization a partner.

use crate::frame::Frame;
use crate::parts::{Choice, FieldErrors};
use crate::web::{Done, Form, PageError, PageResult, Section, Visitor, notice_and_redirect, render, render_refused};
use app::partner::appoint::{AppointPartner, AppointedPartner};
use askama::Template;
use axum::extract::Path;
use domain::ids::OrganizationId;
use domain::organization::OrganizationKind;
use domain::refusal::{Field, Refusal};
use words::Words;

#[derive(Template)]
#[template(path = "partner/appoint.html")]
struct AppointPane {
    frame: Frame,
    words: Words,
    close_url: String,
    url: String,
    errors: FieldErrors,
    kind: &'static str,
    kinds: Vec<Choice>,
    contact: String,
    link: String,
}

pub(super) async fn pane(visitor: Visitor, Path(id): Path<String>) -> PageResult {
    let id = parse(&id)?;
    let (_, before) = visitor.read_of(id, AppointedPartner).await?;
    let typed = before.map_or_else(empty, |before| AppointPartner {
        kind: before.kind,
        contact: before.contact,
        link: before.link,
    });
    render(&appoint_pane(&visitor, id, typed, FieldErrors::none()).await?)
}

pub(super) async fn submit(visitor: Visitor, Path(id): Path<String>, form: Form) -> PageResult {
    let id = parse(&id)?;
    let typed = AppointPartner {
        kind: OrganizationKind::from_code(form.text("partner_kind")).unwrap_or(OrganizationKind::Customer),
        contact: form.text("contact").to_owned(),
        link: form.text("link").to_owned(),
    };
    match visitor.write_for(id, typed.clone()).await {
        Ok(()) => {
            Ok(notice_and_redirect(&Done::PartnerAppointed {}, &format!("{}/{id}", Section::Organizations.url())))
        }
        Err(failure) => {
            let words = visitor.words;
            let errors = FieldErrors::of(words, &failure)?
                .called(words, Field::Contact, words.partner_contact())
                .called(words, Field::Link, words.partner_link());
            render_refused(&failure, &appoint_pane(&visitor, id, typed, errors).await?)
        }
    }
}

fn parse(id: &str) -> Result<OrganizationId, Refusal> {
    id.parse().map_err(|_| Refusal::NotFound)
}

fn empty() -> AppointPartner {
    AppointPartner { kind: OrganizationKind::Reseller, contact: String::new(), link: String::new() }
}

async fn appoint_pane(
    visitor: &Visitor,
    id: OrganizationId,
    typed: AppointPartner,
    errors: FieldErrors,
) -> Result<AppointPane, PageError> {
    let words = visitor.words;
    let (name, _) = visitor.read_of(id, AppointedPartner).await?;
    let mut frame = visitor.frame(Section::Organizations, words.partner_appoint()).await?;
    frame.lead = Some(name);
    let close_url = format!("{}/{id}", Section::Organizations.url());
    let choice = |kind: OrganizationKind| Choice::new(kind.code(), words.partner_kind_name(kind));
    Ok(AppointPane {
        url: format!("{close_url}/partner"),
        close_url,
        errors,
        kind: typed.kind.code(),
        kinds: [OrganizationKind::VolumePartner, OrganizationKind::Reseller].map(choice).into(),
        contact: typed.contact,
        link: typed.link,
        words,
        frame,
    })
}
