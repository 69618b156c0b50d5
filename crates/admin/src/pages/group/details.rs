//! The page of one group: its people, whom one may choose to take out.

use super::{Panes, group_id, group_url};
use crate::frame::Frame;
use crate::pages::user::{user_status, user_url};
use crate::parts::{Paging, Status};
use crate::web::{PageError, PageResult, Section, Visitor, address, render};
use app::group::list::GroupDetails;
use app::user::list::{ListUsers, ListedUser, UserFilter};
use askama::Template;
use axum::extract::{Path, Query};
use domain::access::Permission;
use domain::ids::GroupId;
use domain::limits::PAGE_ROWS;
use serde::Deserialize;
use words::Words;

#[derive(Deserialize, Default)]
#[serde(default)]
pub(super) struct Asked {
    q: String,
    after: String,
}

struct RowView {
    id: String,
    url: String,
    select_label: String,
    name: String,
    email: String,
    department: String,
    status: Status,
}

#[derive(Template)]
#[template(path = "group/details.html")]
pub(super) struct DetailsPage {
    frame: Frame,
    words: Words,
    url: String,
    panes: Panes,
    q: String,
    rows: Vec<RowView>,
    paging: Paging,
    summary: String,
    may_manage: bool,
    /// Why nobody was taken out.
    refused: Option<String>,
}

pub(super) async fn page(visitor: Visitor, Path(id): Path<String>, Query(asked): Query<Asked>) -> PageResult {
    render(&details_page(&visitor, group_id(&id)?, asked, None).await?)
}

pub(super) async fn details_page(
    visitor: &Visitor,
    id: GroupId,
    asked: Asked,
    refused: Option<String>,
) -> Result<DetailsPage, PageError> {
    let words = visitor.words;
    let group = visitor.read(GroupDetails(id)).await?.group;
    let filter = UserFilter { group: Some(id), ..UserFilter::default() };
    let query = ListUsers { search: asked.q.clone(), filter, after: asked.after.parse().ok(), limit: PAGE_ROWS };
    let found = visitor.read(query).await?;
    let mut frame = visitor.frame(Section::Groups, group.name).await?;
    frame.lead = Some(words.people_count(group.member_count.into()));
    let url = group_url(id);
    Ok(DetailsPage {
        frame,
        words,
        paging: Paging::of(&asked.after, found.next, |at| address(&url, [("q", asked.q.as_str()), ("after", at)])),
        summary: words.people_shown(found.rows.len() as i64),
        rows: found.rows.into_iter().map(|row| row_view(words, row)).collect(),
        may_manage: visitor.may(Permission::ManageUsers),
        q: asked.q,
        refused,
        panes: Panes::of(id),
        url,
    })
}

fn row_view(words: Words, row: ListedUser) -> RowView {
    let user = row.user;
    RowView {
        id: user.id.to_string(),
        url: user_url(user.id),
        select_label: words.select_row(&user.display_name),
        name: user.display_name,
        email: user.email,
        department: user.department,
        status: user_status(words, user.state),
    }
}
