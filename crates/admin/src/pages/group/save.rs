//! The panes that make a group, give it another name, and delete it.

use super::{group_id, group_url};
use crate::frame::Frame;
use crate::pages::question::QuestionPane;
use crate::parts::FieldErrors;
use crate::web::{
    Done, Form, PageError, PageResult, Section, Visitor, notice_and_redirect, redirect, render, render_refused,
};
use app::group::list::GroupDetails;
use app::group::save::{AddGroup, DeleteGroup, RenameGroup};
use askama::Template;
use axum::extract::Path;
use domain::ids::GroupId;
use domain::refusal::Refusal;
use words::Words;

#[derive(Template)]
#[template(path = "group/name.html")]
struct NamePane {
    frame: Frame,
    words: Words,
    url: String,
    close_url: String,
    errors: FieldErrors,
    group_name: String,
    /// How often the name changed before, so that nobody overwrites what somebody else just called the group.
    revision: String,
    button: &'static str,
}

pub(super) async fn add_pane(visitor: Visitor) -> PageResult {
    render(&pane_of_new(&visitor, String::new(), FieldErrors::none()).await?)
}

pub(super) async fn add(visitor: Visitor, form: Form) -> PageResult {
    let name = form.text("name").to_owned();
    match visitor.write(AddGroup { name: name.clone() }).await {
        Ok(id) => Ok(notice_and_redirect(&Done::GroupAdded {}, &group_url(id))),
        Err(failure) => {
            let errors = FieldErrors::of(visitor.words, &failure)?;
            render_refused(&failure, &pane_of_new(&visitor, name, errors).await?)
        }
    }
}

async fn pane_of_new(visitor: &Visitor, group_name: String, errors: FieldErrors) -> Result<NamePane, PageError> {
    let words = visitor.words;
    let mut frame = visitor.frame(Section::Groups, words.group_add()).await?;
    frame.lead = Some(words.group_add_purpose().to_owned());
    let close_url = Section::Groups.url().to_owned();
    let (url, revision) = (format!("{close_url}/add"), String::new());
    Ok(NamePane { frame, words, url, close_url, errors, group_name, revision, button: words.group_add() })
}

pub(super) async fn rename_pane(visitor: Visitor, Path(id): Path<String>) -> PageResult {
    render(&pane_of_name(&visitor, group_id(&id)?, None, FieldErrors::none()).await?)
}

/// Saving what is so already changes nothing and is no mistake.
pub(super) async fn rename(visitor: Visitor, Path(id): Path<String>, form: Form) -> PageResult {
    let group_id = group_id(&id)?;
    let name = form.text("name").to_owned();
    let expected_revision = form.text("revision").parse().ok();
    let command = RenameGroup { group_id, name: name.clone(), expected_revision };
    match visitor.write(command).await {
        Ok(()) => Ok(notice_and_redirect(&Done::GroupRenamed {}, &group_url(group_id))),
        Err(failure) if failure.refusal() == Some(&Refusal::NothingToChange) => Ok(redirect(&group_url(group_id))),
        Err(failure) => {
            let errors = FieldErrors::of(visitor.words, &failure)?;
            render_refused(&failure, &pane_of_name(&visitor, group_id, Some(name), errors).await?)
        }
    }
}

async fn pane_of_name(
    visitor: &Visitor,
    id: GroupId,
    typed: Option<String>,
    errors: FieldErrors,
) -> Result<NamePane, PageError> {
    let words = visitor.words;
    let group = visitor.read(GroupDetails(id)).await?.group;
    let mut frame = visitor.frame(Section::Groups, words.group_rename()).await?;
    frame.lead = Some(group.name.clone());
    let (group_name, revision) = (typed.unwrap_or(group.name), group.revision.to_string());
    let close_url = group_url(id);
    let url = format!("{close_url}/rename");
    Ok(NamePane { frame, words, url, close_url, errors, group_name, revision, button: words.save() })
}

pub(super) async fn delete_pane(visitor: Visitor, Path(id): Path<String>) -> PageResult {
    render(&question(&visitor, group_id(&id)?, FieldErrors::none()).await?)
}

pub(super) async fn delete(visitor: Visitor, Path(id): Path<String>, _form: Form) -> PageResult {
    let group_id = group_id(&id)?;
    match visitor.write(DeleteGroup { group_id, expected_revision: None }).await {
        Ok(()) => Ok(notice_and_redirect(&Done::GroupDeleted {}, Section::Groups.url())),
        Err(failure) => {
            let errors = FieldErrors::of(visitor.words, &failure)?;
            render_refused(&failure, &question(&visitor, group_id, errors).await?)
        }
    }
}

async fn question(visitor: &Visitor, id: GroupId, errors: FieldErrors) -> Result<QuestionPane, PageError> {
    let words = visitor.words;
    let view = visitor.read(GroupDetails(id)).await?;
    let mut frame = visitor.frame(Section::Groups, words.group_delete()).await?;
    let people = words.people_count(view.group.member_count.into());
    frame.lead = Some(format!("{} · {people}", view.group.name));
    let close_url = group_url(id);
    Ok(QuestionPane {
        frame,
        words,
        url: format!("{close_url}/delete"),
        close_url,
        errors,
        closed: view.delete.err().map(|refusal| words.refusal(&refusal).to_string()),
        consequence: words.group_delete_means(),
        button: words.group_delete(),
        button_kind: "severe",
    })
}
