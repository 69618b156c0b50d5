//! The pane that sends a request to people who know more about it (M11).

use super::URL;
use crate::frame::Frame;
use crate::parts::FieldErrors;
use crate::web::{Done, Form, PageError, PageResult, Section, Visitor, notice_and_redirect, render, render_refused};
use app::license_request::list::RequestDetails;
use app::license_request::share::ShareLicenseRequest;
use askama::Template;
use axum::extract::Path;
use domain::ids::LicenseRequestId;
use domain::refusal::Refusal;
use domain::user::pasted;
use words::Words;

#[derive(Template)]
#[template(path = "license_request/share.html")]
struct SharePane {
    frame: Frame,
    words: Words,
    url: String,
    close_url: String,
    /// Why there is nothing to share.
    closed: Option<String>,
    users: String,
    note: String,
    errors: FieldErrors,
}

pub(super) async fn pane(visitor: Visitor, Path(id): Path<String>) -> PageResult {
    render(&share_pane(&visitor, parse(&id)?, [String::new(), String::new()], FieldErrors::none()).await?)
}

pub(super) async fn submit(visitor: Visitor, Path(id): Path<String>, form: Form) -> PageResult {
    let id = parse(&id)?;
    let [users, note] = ["users", "note"].map(|name| form.text(name).to_owned());
    let emails = pasted::addresses(&users).into_iter().map(str::to_owned).collect();
    match visitor.write(ShareLicenseRequest { id, emails, message: note.clone() }).await {
        Ok(()) => Ok(notice_and_redirect(&Done::LicenseRequestShared {}, URL)),
        Err(failure) => {
            let errors = FieldErrors::of(visitor.words, &failure)?;
            render_refused(&failure, &share_pane(&visitor, id, [users, note], errors).await?)
        }
    }
}

fn parse(id: &str) -> Result<LicenseRequestId, Refusal> {
    id.parse().map_err(|_| Refusal::NotFound)
}

async fn share_pane(
    visitor: &Visitor,
    id: LicenseRequestId,
    [users, note]: [String; 2],
    errors: FieldErrors,
) -> Result<SharePane, PageError> {
    let words = visitor.words;
    let view = visitor.read(RequestDetails(id)).await?;
    let mut frame = visitor.frame(Section::Licenses, words.request_share()).await?;
    frame.lead = Some(view.listed.product_name.clone());
    let is_open = view.may_decide && view.listed.request.decided_at.is_none();
    let state = view.listed.request.state;
    Ok(SharePane {
        frame,
        words,
        url: format!("{URL}/{id}/share"),
        close_url: format!("{URL}/{id}"),
        closed: (!is_open).then(|| words.request_state_name(state).to_owned()),
        users,
        note,
        errors,
    })
}
