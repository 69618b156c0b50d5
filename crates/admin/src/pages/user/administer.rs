//! Roles, password, blocking and deleting: panes and questions about an account.

use super::{roles, user_id, user_url};
use crate::frame::Frame;
use crate::parts::{Choice, FieldErrors};
use crate::web::{
    Done, Form, PageError, PageResult, Section, Visitor, blocking, notice_and_redirect, redirect, render,
    render_refused,
};
use app::Failure;
use app::user::administer::{BlockUser, DeleteUser, SetPassword, SetRoles};
use app::user::details::{UserDetails, UserView};
use askama::Template;
use axum::extract::Path;
use axum::response::Response;
use domain::access::Role;
use domain::ids::UserId;
use domain::limits::PASSWORD_MIN;
use domain::organization::OrganizationKind;
use domain::refusal::{Field, Refusal};
use domain::user::UserState;
use words::Words;

/// A role that may be ticked.
struct RoleBox {
    choice: Choice,
    checked: bool,
}

#[derive(Template)]
#[template(path = "user/roles.html")]
struct RolesPane {
    frame: Frame,
    words: Words,
    url: String,
    close_url: String,
    errors: FieldErrors,
    roles: Vec<RoleBox>,
}

pub(super) async fn roles_pane(visitor: Visitor, Path(id): Path<String>) -> PageResult {
    let id = user_id(&id)?;
    render(&pane_of_roles(&visitor, id, None, FieldErrors::none()).await?)
}

pub(super) async fn submit_roles(visitor: Visitor, Path(id): Path<String>, form: Form) -> PageResult {
    let user_id = user_id(&id)?;
    let wanted: Vec<Role> = form.parsed("roles");
    match visitor.write(SetRoles { user_id, roles: wanted.clone() }).await {
        Ok(()) => Ok(notice_and_redirect(&Done::RolesChanged {}, &user_url(user_id))),
        Err(failure) if failure.refusal() == Some(&Refusal::NothingToChange) => Ok(redirect(&user_url(user_id))),
        Err(failure) => {
            let failure = at(Field::Roles, failure);
            let errors = FieldErrors::of(visitor.words, &failure)?;
            render_refused(&failure, &pane_of_roles(&visitor, user_id, Some(wanted), errors).await?)
        }
    }
}

/// A refusal of the whole form is said at its only field.
fn at(field: Field, failure: Failure) -> Failure {
    match failure {
        Failure::Refused(refusal) if !matches!(refusal, Refusal::NotFound | Refusal::NotAllowed) => {
            refusal.at(field).into()
        }
        other => other,
    }
}

async fn pane_of_roles(
    visitor: &Visitor,
    id: UserId,
    ticked: Option<Vec<Role>>,
    errors: FieldErrors,
) -> Result<RolesPane, PageError> {
    let words = visitor.words;
    let view = visitor.read(UserDetails(id)).await?;
    let ticked = ticked.unwrap_or_else(|| view.roles.clone());
    let kind = if visitor.actor.is_operator() { OrganizationKind::Operator } else { OrganizationKind::Customer };
    let mut frame = visitor.frame(Section::Users, words.edit_roles_title(&view.user.display_name)).await?;
    frame.lead = Some(words.edit_roles_hint().to_owned());
    let role_box = |choice: Choice| RoleBox {
        checked: Role::from_code(&choice.value).is_some_and(|role| ticked.contains(&role)),
        choice,
    };
    let close_url = user_url(id);
    Ok(RolesPane {
        frame,
        words,
        url: format!("{close_url}/roles"),
        close_url,
        errors,
        roles: roles(words, kind).into_iter().map(role_box).collect(),
    })
}

#[derive(Template)]
#[template(path = "user/password.html")]
struct PasswordPane {
    frame: Frame,
    words: Words,
    url: String,
    close_url: String,
    hint: String,
    errors: FieldErrors,
}

pub(super) async fn password_pane(visitor: Visitor, Path(id): Path<String>) -> PageResult {
    let id = user_id(&id)?;
    render(&pane_of_password(&visitor, id, FieldErrors::none()).await?)
}

pub(super) async fn submit_password(visitor: Visitor, Path(id): Path<String>, form: Form) -> PageResult {
    let id = user_id(&id)?;
    match set_password(&visitor, id, form.text("password").to_owned()).await {
        Ok(response) => Ok(response),
        Err(failure) => {
            let errors = FieldErrors::of(visitor.words, &failure)?;
            render_refused(&failure, &pane_of_password(&visitor, id, errors).await?)
        }
    }
}

async fn set_password(visitor: &Visitor, id: UserId, password: String) -> Result<Response, Failure> {
    let command = blocking(move || SetPassword::prepare(id, &password)).await?;
    visitor.write(command).await?;
    Ok(notice_and_redirect(&Done::PasswordSet {}, &user_url(id)))
}

async fn pane_of_password(visitor: &Visitor, id: UserId, errors: FieldErrors) -> Result<PasswordPane, PageError> {
    let words = visitor.words;
    let view = visitor.read(UserDetails(id)).await?;
    let mut frame = visitor.frame(Section::Users, words.person_set_password()).await?;
    frame.lead = Some(view.user.display_name);
    let close_url = user_url(id);
    let url = format!("{close_url}/password");
    Ok(PasswordPane { frame, words, url, close_url, hint: words.password_hint(PASSWORD_MIN), errors })
}

/// A question with what follows from a yes.
#[derive(Template)]
#[template(path = "user/question.html")]
struct Question {
    frame: Frame,
    words: Words,
    url: String,
    close_url: String,
    refusal: Option<String>,
    question: String,
    consequences: Vec<(&'static str, String)>,
    answer: &'static str,
    kind: &'static str,
    state: &'static str,
}

/// Why the answer cannot be yes.
fn refused(words: Words, offer: Option<&Result<(), Refusal>>) -> Option<String> {
    offer.and_then(|offer| offer.as_ref().err()).map(|refusal| words.refusal(refusal).to_string())
}

/// The refusal that the question shows; what is not there, or a fault, has a page of its own.
fn refusal_of(failure: &Failure) -> Result<Refusal, PageError> {
    match failure.refusal() {
        Some(refusal) if *refusal != Refusal::NotFound => Ok(refusal.clone()),
        _ => Err(PageError(failure.clone())),
    }
}

pub(super) async fn block_page(visitor: Visitor, Path(id): Path<String>) -> PageResult {
    let view = visitor.read(UserDetails(user_id(&id)?)).await?;
    render(&block_question(&visitor, &view, view.offers.block.as_ref()).await?)
}

async fn block_question(
    visitor: &Visitor,
    view: &UserView,
    offer: Option<&Result<(), Refusal>>,
) -> Result<Question, PageError> {
    let words = visitor.words;
    let name = &view.user.display_name;
    let blocks = view.user.state == UserState::Active;
    let answer = if blocks { words.person_block() } else { words.person_unblock() };
    let mut frame = visitor.frame(Section::Users, answer).await?;
    frame.breadcrumbs.push(crate::frame::Crumb::new(name.clone(), user_url(view.user.id)));
    let close_url = user_url(view.user.id);
    Ok(Question {
        frame,
        words,
        url: format!("{close_url}/block"),
        close_url,
        refusal: refused(words, offer),
        question: if blocks { words.person_block_question(name) } else { words.person_unblock_question(name) },
        consequences: if blocks { vec![("lock", words.person_block_means().to_owned())] } else { Vec::new() },
        answer,
        kind: if blocks { "severe" } else { "primary" },
        state: if blocks { "blocked" } else { "active" },
    })
}

/// The form says which state it wants, so that sending it twice does no harm.
pub(super) async fn submit_block(visitor: Visitor, Path(id): Path<String>, form: Form) -> PageResult {
    let user_id = user_id(&id)?;
    let blocked = form.text("state") == UserState::Blocked.code();
    let done = if blocked { Done::PersonBlocked {} } else { Done::PersonUnblocked {} };
    match visitor.write(BlockUser { user_id, blocked }).await {
        Ok(()) => Ok(notice_and_redirect(&done, &user_url(user_id))),
        Err(failure) if failure.refusal() == Some(&Refusal::NothingToChange) => Ok(redirect(&user_url(user_id))),
        Err(failure) => {
            let refusal = Err(refusal_of(&failure)?);
            let view = visitor.read(UserDetails(user_id)).await?;
            render_refused(&failure, &block_question(&visitor, &view, Some(&refusal)).await?)
        }
    }
}

pub(super) async fn delete_page(visitor: Visitor, Path(id): Path<String>) -> PageResult {
    let view = visitor.read(UserDetails(user_id(&id)?)).await?;
    render(&delete_question(&visitor, &view, view.offers.delete.as_ref()).await?)
}

async fn delete_question(
    visitor: &Visitor,
    view: &UserView,
    offer: Option<&Result<(), Refusal>>,
) -> Result<Question, PageError> {
    let words = visitor.words;
    let name = &view.user.display_name;
    let mut frame = visitor.frame(Section::Users, words.person_delete()).await?;
    frame.breadcrumbs.push(crate::frame::Crumb::new(name.clone(), user_url(view.user.id)));
    let close_url = user_url(view.user.id);
    let mut consequences = vec![("lock", words.person_signs_in_no_more().to_owned())];
    if view.user.license_count > 0 {
        consequences.insert(0, ("license", words.person_loses_licenses(i64::from(view.user.license_count))));
    }
    consequences.push(("warning", words.person_cannot_be_undone().to_owned()));
    consequences.push(("history", words.person_keeps_history().to_owned()));
    Ok(Question {
        frame,
        words,
        url: format!("{close_url}/delete"),
        close_url,
        refusal: refused(words, offer),
        question: words.person_delete_question(name),
        consequences,
        answer: words.person_delete(),
        kind: "severe",
        state: "deleted",
    })
}

pub(super) async fn submit_delete(visitor: Visitor, Path(id): Path<String>, _form: Form) -> PageResult {
    let id = user_id(&id)?;
    match visitor.write(DeleteUser(id)).await {
        Ok(deleted) => {
            let count = i64::from(deleted.licenses_freed);
            Ok(notice_and_redirect(&Done::PersonDeleted { count }, Section::Users.url()))
        }
        Err(failure) => {
            let refusal = Err(refusal_of(&failure)?);
            let view = visitor.read(UserDetails(id)).await?;
            render_refused(&failure, &delete_question(&visitor, &view, Some(&refusal)).await?)
        }
    }
}
