//! The list of groups.

use super::{Panes, group_url};
use crate::frame::Frame;
use crate::parts::Paging;
use crate::web::{PageResult, Section, Visitor, address, render};
use app::group::list::ListGroups;
use askama::Template;
use axum::extract::Query;
use domain::access::Permission;
use domain::group::Group;
use domain::limits::PAGE_ROWS;
use serde::Deserialize;
use words::Words;

#[derive(Deserialize, Default)]
#[serde(default)]
pub(super) struct Asked {
    q: String,
    after: String,
}

impl Asked {
    fn url(&self, after: &str) -> String {
        address(Section::Groups.url(), [("q", self.q.as_str()), ("after", after)])
    }
}

struct RowView {
    name: String,
    url: String,
    people: String,
    panes: Panes,
    menu_label: String,
}

#[derive(Template)]
#[template(path = "group/list.html")]
struct ListPage {
    frame: Frame,
    words: Words,
    q: String,
    rows: Vec<RowView>,
    paging: Paging,
    summary: String,
    may_manage: bool,
}

pub(super) async fn page(visitor: Visitor, Query(asked): Query<Asked>) -> PageResult {
    let words = visitor.words;
    let query = ListGroups { search: asked.q.clone(), after: asked.after.parse().ok(), limit: PAGE_ROWS };
    let found = visitor.read(query).await?;
    let mut frame = visitor.frame(Section::Groups, words.groups()).await?;
    frame.lead = Some(words.groups_purpose().to_owned());
    render(&ListPage {
        frame,
        words,
        paging: Paging::of(&asked.after, found.next, |at| asked.url(at)),
        summary: words.groups_shown(found.rows.len() as i64),
        q: asked.q,
        rows: found.rows.into_iter().map(|group| row_view(words, group)).collect(),
        may_manage: visitor.may(Permission::ManageUsers),
    })
}

fn row_view(words: Words, group: Group) -> RowView {
    RowView {
        url: group_url(group.id),
        panes: Panes::of(group.id),
        people: words.number(group.member_count),
        menu_label: words.more_actions_for(&group.name),
        name: group.name,
    }
}
