//! Every organization on this Zetel.

use super::details::status;
use crate::frame::Frame;
use crate::parts::{Paging, Status};
use crate::web::{PageResult, Section, Visitor, address, render};
use app::organization::list::ListOrganizations;
use askama::Template;
use axum::extract::Query;
use domain::limits::PAGE_ROWS;
use domain::organization::{Organization, OrganizationKind};
use jiff::tz::TimeZone;
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
        address(Section::Organizations.url(), [("q", self.q.as_str()), ("after", after)])
    }
}

struct RowView {
    name: String,
    note: &'static str,
    url: String,
    status: Status,
    is_sandbox: bool,
    country: String,
    cloud: &'static str,
    currency: &'static str,
    created: String,
}

#[derive(Template)]
#[template(path = "organization/list.html")]
struct ListPage {
    frame: Frame,
    words: Words,
    q: String,
    rows: Vec<RowView>,
    paging: Paging,
    summary: String,
}

pub(super) async fn page(visitor: Visitor, Query(asked): Query<Asked>) -> PageResult {
    let words = visitor.words;
    let query = ListOrganizations { search: asked.q.clone(), after: asked.after.parse().ok(), limit: PAGE_ROWS };
    let found = visitor.read(query).await?;
    let mut frame = visitor.frame(Section::Organizations, words.organizations()).await?;
    frame.lead = Some(words.organizations_purpose().to_owned());
    let rows: Vec<_> = found.rows.iter().map(|row| row_view(words, row)).collect();
    render(&ListPage {
        paging: Paging::of(&asked.after, found.next, |at| asked.url(at)),
        summary: words.organizations_count(rows.len() as i64),
        q: asked.q,
        rows,
        words,
        frame,
    })
}

fn row_view(words: Words, row: &Organization) -> RowView {
    RowView {
        name: row.name.clone(),
        note: match row.kind {
            OrganizationKind::Operator => words.organization_kind_operator(),
            OrganizationKind::Customer => "",
            partner => words.partner_kind_name(partner),
        },
        url: format!("{}/{}", Section::Organizations.url(), row.id),
        status: status(words, row),
        is_sandbox: row.sandbox_ahead.is_some(),
        country: words.country(&row.country).unwrap_or(&row.country).to_owned(),
        cloud: words.cloud_name(row.cloud),
        currency: row.currency.code(),
        created: words.date_short(row.created_at.to_zoned(TimeZone::UTC).date()),
    }
}
