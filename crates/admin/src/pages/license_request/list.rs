//! Requests that wait, and those that were decided in the past twelve months.

use super::{URL, status, tabs};
use crate::frame::Frame;
use crate::parts::{Paging, Status, Tab};
use crate::web::{PageResult, Section, Visitor, render};
use app::license_request::list::{ListRequests, ListedRequest};
use askama::Template;
use axum::extract::Query;
use domain::access::{Permission, Reach};
use domain::limits::PAGE_ROWS;
use jiff::tz::TimeZone;
use serde::Deserialize;
use words::Words;

/// What the address asks for; what it does not know it leaves out.
#[derive(Deserialize, Default)]
#[serde(default)]
pub(super) struct Asked {
    state: String,
    after: String,
}

struct RowView {
    url: String,
    product: String,
    people: String,
    requested_by: String,
    requested_on: String,
    status: Status,
    decided_by: String,
}

#[derive(Template)]
#[template(path = "license_request/list.html")]
struct ListPage {
    frame: Frame,
    words: Words,
    tabs: Vec<Tab>,
    states: Vec<Tab>,
    is_completed: bool,
    rows: Vec<RowView>,
    /// What the organization says instead of taking requests, and where.
    process: Option<(String, String)>,
    new_url: String,
    process_url: Option<String>,
    paging: Paging,
}

pub(super) async fn page(visitor: Visitor, Query(asked): Query<Asked>) -> PageResult {
    let words = visitor.words;
    let is_completed = asked.state == "completed";
    let query = ListRequests { pending: !is_completed, after: asked.after.parse().ok(), limit: PAGE_ROWS };
    let found = visitor.read(query).await?;
    let mut frame = visitor.frame(Section::Licenses, words.requests()).await?;
    let is_own = visitor.reach(Permission::ReadLicenses) == Reach::Own;
    let lead = if is_own { words.license_requests_own_purpose() } else { words.license_requests_purpose() };
    frame.lead = Some(lead.to_owned());
    let state = if is_completed { "state=completed&" } else { "" };
    render(&ListPage {
        frame,
        words,
        tabs: tabs(&visitor, URL),
        states: vec![
            Tab::new(words.request_pending(), URL, !is_completed),
            Tab::new(words.requests_completed(), format!("{URL}?state=completed"), is_completed),
        ],
        is_completed,
        rows: found.rows.iter().map(|row| row_view(words, &found.zone, row)).collect(),
        process: found.process.is_used().then_some((found.process.text, found.process.link)),
        new_url: format!("{URL}/new"),
        process_url: visitor.may(Permission::AssignLicenses).then(|| format!("{URL}/process")),
        paging: Paging {
            previous: (!asked.after.is_empty()).then(|| format!("{URL}?{state}")),
            next: found.next.map(|last| format!("{URL}?{state}after={last}")),
        },
    })
}

fn row_view(words: Words, zone: &TimeZone, row: &ListedRequest) -> RowView {
    let request = &row.request;
    RowView {
        url: format!("{URL}/{}", request.id),
        product: row.product_name.clone(),
        people: words.licenses_count(row.people),
        requested_by: row.requested_by_name.clone(),
        requested_on: words.date_short(request.requested_at.to_zoned(zone.clone()).date()),
        status: status(words, request.state),
        decided_by: request.decided_by_name.clone(),
    }
}
