//! Users > Active users: the list, its export, and search as one types.

use super::{country, user_status, user_url};
use crate::frame::Frame;
use crate::parts::{Choice, Paging, Status};
use crate::web::csv::{Csv, download};
use crate::web::{PageError, PageResult, Section, Visitor, address, redirect, render};
use app::group::list::FindGroup;
use app::user::list::{
    FilterChoices, Licensed, ListUsers, ListedUser, SearchUsers, UserFilter, UserFilterChoices, WithRole,
};
use askama::Template;
use axum::extract::Query;
use domain::access::{Permission, Reach, Role};
use domain::ids::{GroupId, UserId};
use domain::limits::{PAGE_ROWS, PAGE_ROWS_MAX};
use domain::refusal::Refusal;
use domain::user::UserState;
use serde::Deserialize;
use uuid::Uuid;
use words::Words;

/// What the address asks for; what it does not know it leaves out.
#[derive(Deserialize, Default, Clone)]
#[serde(default)]
pub(super) struct Asked {
    q: String,
    licensed: String,
    department: String,
    state: String,
    role: String,
    group: String,
    after: String,
    /// The group that is meant, and its name; one that nobody is in where no group is called so.
    #[serde(skip)]
    found_group: Option<(GroupId, String)>,
}

impl Asked {
    fn filters(&self) -> [(&'static str, &str); 6] {
        [
            ("q", &self.q),
            ("licensed", &self.licensed),
            ("department", &self.department),
            ("state", &self.state),
            ("role", &self.role),
            ("group", &self.group),
        ]
    }

    /// The same with the group that is meant, which may be named.
    async fn with_group(mut self, visitor: &Visitor) -> Result<Self, PageError> {
        if !self.group.is_empty() {
            let found = visitor.read(FindGroup(self.group.clone())).await?;
            let nobodys = || (GroupId::from_uuid(Uuid::nil()), self.group.clone());
            self.found_group = Some(found.map_or_else(nobodys, |group| (group.id, group.name)));
        }
        Ok(self)
    }

    /// The name of the group that is meant.
    fn group_name(&self) -> &str {
        self.found_group.as_ref().map_or("", |(_, name)| name)
    }

    /// The address of the same people under a path, from another row on.
    fn url(&self, path: &str, after: &str) -> String {
        address(path, self.filters().into_iter().chain([("after", after)]))
    }

    fn query(&self, after: Option<UserId>, limit: usize) -> ListUsers {
        let filter = UserFilter {
            words: Vec::new(),
            licensed: match self.licensed.as_str() {
                "yes" => Some(Licensed::Yes),
                "no" => Some(Licensed::No),
                _ => None,
            },
            department: self.department.clone(),
            state: UserState::from_code(&self.state),
            role: match self.role.as_str() {
                "any" => Some(WithRole::Any),
                code => Role::from_code(code).map(WithRole::Only),
            },
            group: self.found_group.as_ref().map(|(id, _)| *id),
        };
        ListUsers { search: self.q.clone(), filter, after, limit }
    }
}

struct RowView {
    id: String,
    url: String,
    assign_url: String,
    edit_url: String,
    location_url: String,
    delete_url: String,
    select_label: String,
    menu_label: String,
    name: String,
    email: String,
    department: String,
    location: String,
    has_location: bool,
    licenses: String,
    roles: String,
    status: Status,
}

/// The selects above the list.
struct Choices {
    licensed: Vec<Choice>,
    departments: Vec<Choice>,
    states: Vec<Choice>,
    roles: Vec<Choice>,
    groups: Vec<Choice>,
    /// Whether there are more groups than those.
    has_more_groups: bool,
}

#[derive(Template)]
#[template(path = "user/list.html")]
struct ListPage {
    frame: Frame,
    words: Words,
    asked: Asked,
    choices: Choices,
    rows: Vec<RowView>,
    paging: Paging,
    summary: String,
    export_url: String,
    may_manage: bool,
    may_assign: bool,
    may_locate: bool,
    is_filtered: bool,
}

/// Those who may only see themselves find their own account here.
pub(super) async fn page(visitor: Visitor, Query(asked): Query<Asked>) -> PageResult {
    if visitor.reach(Permission::ReadUsers) == Reach::Own {
        return Ok(redirect("/account"));
    }
    let words = visitor.words;
    let asked = asked.with_group(&visitor).await?;
    let found = visitor.read(asked.query(asked.after.parse().ok(), PAGE_ROWS)).await?;
    let choices = choices(words, visitor.read(UserFilterChoices).await?);
    let rows: Vec<_> = found.rows.iter().map(|row| row_view(words, row)).collect();
    let mut frame = visitor.frame(Section::Users, words.active_users()).await?;
    frame.lead = Some(words.active_users_purpose().to_owned());
    let url = Section::Users.url();
    render(&ListPage {
        frame,
        words,
        choices,
        paging: Paging::of(&asked.after, found.next, |at| asked.url(url, at)),
        summary: words.people_shown(rows.len() as i64),
        rows,
        export_url: asked.url("/users/export", ""),
        may_manage: visitor.may(Permission::ManageUsers),
        may_assign: visitor.may(Permission::AssignLicenses),
        may_locate: visitor.may(Permission::SetUsageLocation),
        is_filtered: asked.filters().iter().any(|(_, value)| !value.is_empty()),
        asked,
    })
}

fn row_view(words: Words, row: &ListedUser) -> RowView {
    let user = &row.user;
    let url = user_url(user.id);
    RowView {
        id: user.id.to_string(),
        assign_url: format!("/users/licenses?selected={}", user.id),
        edit_url: format!("{url}/edit"),
        location_url: format!("{url}/location"),
        delete_url: format!("{url}/delete"),
        url,
        select_label: words.select_row(&user.display_name),
        menu_label: words.more_actions_for(&user.display_name),
        name: user.display_name.clone(),
        email: match user.is_guest {
            true => format!("{} ({})", user.email, words.guest().to_lowercase()),
            false => user.email.clone(),
        },
        department: user.department.clone(),
        location: country(words, user.usage_location.as_deref()),
        has_location: user.usage_location.is_some(),
        licenses: words.number(user.license_count),
        roles: words.role_list(&row.roles),
        status: user_status(words, user.state),
    }
}

fn choices(words: Words, found: FilterChoices) -> Choices {
    let with_all =
        |label: &str, values: Vec<Choice>| std::iter::once(Choice::new("", label)).chain(values).collect::<Vec<_>>();
    let states = [UserState::Active, UserState::Blocked];
    let roles = Role::ALL.iter().filter(|role| **role != Role::Operator);
    let any_role = Choice::new("any", words.people_with_any_role());
    Choices {
        licensed: with_all(
            words.people_licensed_or_not(),
            vec![Choice::new("yes", words.user_status_licensed()), Choice::new("no", words.user_status_unlicensed())],
        ),
        departments: with_all(
            words.people_filter_department(),
            found.departments.into_iter().map(|name| Choice::new(name.clone(), name)).collect(),
        ),
        states: with_all(
            words.people_any_sign_in(),
            states.iter().map(|state| Choice::new(state.code(), words.user_state_name(*state))).collect(),
        ),
        roles: with_all(
            words.people_any_or_no_role(),
            std::iter::once(any_role)
                .chain(roles.map(|role| Choice::new(role.code(), words.role_name(*role))))
                .collect(),
        ),
        has_more_groups: found.more_groups > 0,
        groups: with_all(
            words.people_all_groups(),
            found.groups.into_iter().map(|group| Choice::new(group.id.to_string(), group.name)).collect(),
        ),
    }
}

/// Everybody whom the list would show on all its pages, sent as it is read.
pub(super) async fn export(visitor: Visitor, Query(asked): Query<Asked>) -> PageResult {
    let words = visitor.words;
    let head = [
        words.people_display_name(),
        words.people_user_name(),
        words.people_department(),
        words.people_usage_location(),
        words.guest(),
        words.licenses(),
        words.roles(),
        words.user_status(),
    ];
    if visitor.reach(Permission::ReadUsers) != Reach::All {
        return Err(Refusal::NotAllowed.into());
    }
    let first = asked.with_group(&visitor).await?.query(None, PAGE_ROWS_MAX);
    Ok(download("people.csv", &head, first, move |query| piece(visitor.clone(), query)))
}

async fn piece(visitor: Visitor, query: ListUsers) -> Result<(Csv, Option<ListUsers>), PageError> {
    let words = visitor.words;
    let found = visitor.read(query.clone()).await?;
    let mut csv = Csv::default();
    for row in &found.rows {
        let user = &row.user;
        csv.row(&[
            &user.display_name,
            &user.email,
            &user.department,
            user.usage_location.as_deref().unwrap_or_default(),
            if user.is_guest { words.yes() } else { words.no() },
            &user.license_count.to_string(),
            &words.role_list(&row.roles),
            words.user_state_name(user.state),
        ]);
    }
    Ok((csv, found.next.map(|after| ListUsers { after: Some(after), ..query })))
}

#[derive(Deserialize, Default)]
#[serde(default)]
pub(super) struct Typed {
    q: String,
}

#[derive(Template)]
#[template(path = "user/search.html")]
struct Found {
    people: Vec<(String, String, String)>,
    nobody: Option<String>,
}

/// The people whom somebody means who types, as options of a list.
pub(super) async fn search(visitor: Visitor, Query(typed): Query<Typed>) -> PageResult {
    let found = visitor.read(SearchUsers(typed.q.clone())).await?;
    let nobody =
        (found.is_empty() && !typed.q.trim().is_empty()).then(|| visitor.words.assign_nobody_found(typed.q.trim()));
    let people = found.into_iter().map(|row| (row.user.id.to_string(), row.user.display_name, row.user.email));
    render(&Found { people: people.collect(), nobody })
}

/// The departments that people are in, to choose from while one types another.
pub(super) async fn departments(visitor: &Visitor) -> Result<Vec<String>, PageError> {
    Ok(visitor.read(UserFilterChoices).await?.departments)
}
