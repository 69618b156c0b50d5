//! The panes that change the facts about a person, and only the usage location (R174).

use super::{add, list, user_id, user_url};
use crate::frame::Frame;
use crate::pages::party::countries;
use crate::parts::{Choice, FieldErrors};
use crate::web::{
    Done, Form, PageError, PageResult, Section, Visitor, notice_and_redirect, redirect, render, render_refused,
};
use app::Failure;
use app::user::change::{ChangeUsageLocation, ChangeUser};
use app::user::details::UserDetails;
use askama::Template;
use axum::extract::Path;
use domain::ids::UserId;
use domain::refusal::Refusal;
use domain::user::UserDraft;
use words::Words;

#[derive(Template)]
#[template(path = "user/change.html")]
struct ChangePane {
    frame: Frame,
    words: Words,
    url: String,
    close_url: String,
    errors: FieldErrors,
    draft: UserDraft,
    departments: Vec<String>,
    countries: Vec<Choice>,
    location_only: bool,
}

pub(super) async fn pane(visitor: Visitor, Path(id): Path<String>) -> PageResult {
    let id = user_id(&id)?;
    render(&change_pane(&visitor, id, None, false, FieldErrors::none()).await?)
}

pub(super) async fn location_pane(visitor: Visitor, Path(id): Path<String>) -> PageResult {
    let id = user_id(&id)?;
    render(&change_pane(&visitor, id, None, true, FieldErrors::none()).await?)
}

pub(super) async fn submit(visitor: Visitor, Path(id): Path<String>, form: Form) -> PageResult {
    let id = user_id(&id)?;
    let draft = add::draft(&form);
    let changed = visitor.write(ChangeUser { user_id: id, draft: draft.clone(), expected_revision: None }).await;
    answer(&visitor, id, draft, false, changed).await
}

pub(super) async fn submit_location(visitor: Visitor, Path(id): Path<String>, form: Form) -> PageResult {
    let id = user_id(&id)?;
    let draft = add::draft(&form);
    let usage_location = draft.usage_location.clone();
    let changed = visitor.write(ChangeUsageLocation { user_id: id, usage_location }).await;
    answer(&visitor, id, draft, true, changed).await
}

/// Saving what is so already changes nothing and is no mistake.
async fn answer(
    visitor: &Visitor,
    id: UserId,
    draft: UserDraft,
    location_only: bool,
    changed: Result<(), Failure>,
) -> PageResult {
    match changed {
        Ok(()) => Ok(notice_and_redirect(&Done::PersonChanged {}, &user_url(id))),
        Err(failure) if failure.refusal() == Some(&Refusal::NothingToChange) => Ok(redirect(&user_url(id))),
        Err(failure) => {
            let errors = FieldErrors::of(visitor.words, &failure)?;
            render_refused(&failure, &change_pane(visitor, id, Some(draft), location_only, errors).await?)
        }
    }
}

async fn change_pane(
    visitor: &Visitor,
    id: UserId,
    draft: Option<UserDraft>,
    location_only: bool,
    errors: FieldErrors,
) -> Result<ChangePane, PageError> {
    let words = visitor.words;
    let user = visitor.read(UserDetails(id)).await?.user;
    let title = if location_only { words.person_set_location() } else { words.person_edit() };
    let mut frame = visitor.frame(Section::Users, title).await?;
    frame.lead = Some(user.display_name.clone());
    let close_url = user_url(id);
    Ok(ChangePane {
        frame,
        words,
        url: format!("{close_url}/{}", if location_only { "location" } else { "edit" }),
        close_url,
        errors,
        draft: draft.unwrap_or_else(|| user.facts().into()),
        departments: if location_only { Vec::new() } else { list::departments(visitor).await? },
        countries: countries(words, words.not_set()),
        location_only,
    })
}
