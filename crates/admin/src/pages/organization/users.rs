//! The people of any organization, for the operator: find them, add an admin, give a password.

use crate::frame::{Crumb, Frame};
use crate::parts::{Choice, FieldErrors, Paging, Status};
use crate::web::{
    Done, Form, PageError, PageResult, Section, Visitor, address, blocking, notice_and_redirect, render, render_refused,
};
use app::Failure;
use app::organization::details::OrganizationDetails;
use app::organization::enter::EnterOrganization;
use app::user::add::AddUser;
use app::user::administer::SetPassword;
use app::user::details::UserDetails;
use app::user::list::{ListUsers, ListedUser, UserFilter};
use askama::Template;
use axum::extract::{Path, Query};
use axum::response::Response;
use domain::access::Role;
use domain::ids::{OrganizationId, UserId};
use domain::limits::PAGE_ROWS;
use domain::refusal::Refusal;
use domain::user::{UserDraft, UserState};
use serde::Deserialize;
use words::Words;

#[derive(Deserialize, Default)]
#[serde(default)]
pub(super) struct Asked {
    q: String,
    after: String,
}

struct RowView {
    name: String,
    email: String,
    roles: String,
    status: Status,
    password_url: String,
    menu_label: String,
}

#[derive(Template)]
#[template(path = "organization/users.html")]
struct UsersPage {
    frame: Frame,
    words: Words,
    url: String,
    q: String,
    rows: Vec<RowView>,
    paging: Paging,
}

pub(super) async fn page(visitor: Visitor, Path(id): Path<String>, Query(asked): Query<Asked>) -> PageResult {
    let id = parse(&id)?;
    let words = visitor.words;
    visitor.write_for(id, EnterOrganization).await?;
    let query = ListUsers {
        search: asked.q.clone(),
        filter: UserFilter::default(),
        after: asked.after.parse().ok(),
        limit: PAGE_ROWS,
    };
    let found = visitor.read_of(id, query).await?;
    let frame = frame(&visitor, id, words.organization_users().to_owned()).await?;
    let url = url(id);
    let page_url = |after: &str| address(&url, [("q", asked.q.as_str()), ("after", after)]);
    render(&UsersPage {
        rows: found.rows.iter().map(|row| row_view(words, &url, row)).collect(),
        paging: Paging::of(&asked.after, found.next, page_url),
        q: asked.q.clone(),
        url,
        words,
        frame,
    })
}

fn row_view(words: Words, url: &str, row: &ListedUser) -> RowView {
    RowView {
        name: row.user.display_name.clone(),
        email: row.user.email.clone(),
        roles: words.role_list(&row.roles),
        status: match row.user.state {
            UserState::Active => Status::good(words.organization_status_active()),
            UserState::Blocked => Status::warning(words.user_status_blocked()),
            UserState::Deleted => Status::neutral(words.status_deleted()),
        },
        password_url: format!("{url}/{}/password", row.user.id),
        menu_label: words.more_actions_for(&row.user.display_name),
    }
}

#[derive(Template)]
#[template(path = "organization/add_admin.html")]
struct AddPane {
    frame: Frame,
    words: Words,
    close_url: String,
    url: String,
    errors: FieldErrors,
    draft: UserDraft,
    countries: Vec<Choice>,
}

pub(super) async fn add_pane(visitor: Visitor, Path(id): Path<String>) -> PageResult {
    let id = parse(&id)?;
    let usage_location = visitor.read_of(id, OrganizationDetails).await?.organization.country;
    let draft = UserDraft { usage_location, ..UserDraft::default() };
    render(&pane_of_add(&visitor, id, draft, FieldErrors::none()).await?)
}

pub(super) async fn add(visitor: Visitor, Path(id): Path<String>, form: Form) -> PageResult {
    let id = parse(&id)?;
    let draft = UserDraft {
        display_name: form.text("display_name").to_owned(),
        email: form.text("email").to_owned(),
        department: String::new(),
        usage_location: form.text("usage_location").to_owned(),
        guest: String::new(),
    };
    match add_admin(&visitor, id, draft.clone(), form.text("password").to_owned()).await {
        Ok(response) => Ok(response),
        Err(failure) => {
            let errors = FieldErrors::of(visitor.words, &failure)?;
            render_refused(&failure, &pane_of_add(&visitor, id, draft, errors).await?)
        }
    }
}

async fn add_admin(
    visitor: &Visitor,
    id: OrganizationId,
    draft: UserDraft,
    password: String,
) -> Result<Response, Failure> {
    let prepare = move || AddUser::prepare(&draft, vec![Role::GlobalAdmin], &password, Vec::new());
    visitor.write_for(id, blocking(prepare).await?).await?;
    Ok(notice_and_redirect(&Done::PeopleAdded { count: 1 }, &url(id)))
}

async fn pane_of_add(
    visitor: &Visitor,
    id: OrganizationId,
    draft: UserDraft,
    errors: FieldErrors,
) -> Result<AddPane, PageError> {
    let words = visitor.words;
    let mut frame = frame(visitor, id, words.organization_add_admin().to_owned()).await?;
    frame.lead = frame.breadcrumbs.pop().map(|organization| organization.label);
    let close_url = url(id);
    Ok(AddPane {
        url: format!("{close_url}/add"),
        close_url,
        errors,
        draft,
        countries: words.countries().into_iter().map(|(code, name)| Choice::new(code, name)).collect(),
        words,
        frame,
    })
}

#[derive(Template)]
#[template(path = "organization/password.html")]
struct PasswordPane {
    frame: Frame,
    words: Words,
    close_url: String,
    url: String,
    errors: FieldErrors,
}

pub(super) async fn password_pane(visitor: Visitor, Path((id, user)): Path<(String, String)>) -> PageResult {
    let user = user.parse().map_err(|_| Refusal::NotFound)?;
    render(&pane_of_password(&visitor, parse(&id)?, user, FieldErrors::none()).await?)
}

pub(super) async fn set_password(visitor: Visitor, Path((id, user)): Path<(String, String)>, form: Form) -> PageResult {
    let (id, user): (_, UserId) = (parse(&id)?, user.parse().map_err(|_| Refusal::NotFound)?);
    let password = form.text("password").to_owned();
    let prepared = blocking(move || SetPassword::prepare(user, &password)).await;
    let done = match prepared {
        Ok(command) => visitor.write_for(id, command).await.map(drop),
        Err(failure) => Err(failure),
    };
    match done {
        Ok(()) => Ok(notice_and_redirect(&Done::PasswordSet {}, &url(id))),
        Err(failure) => {
            let errors = FieldErrors::of(visitor.words, &failure)?;
            render_refused(&failure, &pane_of_password(&visitor, id, user, errors).await?)
        }
    }
}

async fn pane_of_password(
    visitor: &Visitor,
    id: OrganizationId,
    user: UserId,
    errors: FieldErrors,
) -> Result<PasswordPane, PageError> {
    let person = visitor.read_of(id, UserDetails(user)).await?.user;
    let mut frame = frame(visitor, id, visitor.words.person_set_password().to_owned()).await?;
    frame.lead = Some(format!("{} ({})", person.display_name, person.email));
    let close_url = url(id);
    Ok(PasswordPane { url: format!("{close_url}/{user}/password"), close_url, errors, words: visitor.words, frame })
}

fn parse(id: &str) -> Result<OrganizationId, Refusal> {
    id.parse().map_err(|_| Refusal::NotFound)
}

fn url(id: OrganizationId) -> String {
    format!("{}/{id}/users", Section::Organizations.url())
}

/// The frame, with the way back to the organization.
async fn frame(visitor: &Visitor, id: OrganizationId, title: String) -> Result<Frame, PageError> {
    let name = visitor.read_of(id, OrganizationDetails).await?.organization.name;
    let mut frame = visitor.frame(Section::Organizations, title).await?;
    frame.breadcrumbs.push(Crumb::new(name, format!("{}/{id}", Section::Organizations.url())));
    Ok(frame)
}
