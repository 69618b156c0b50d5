//! Everything that happened in one organization, for the operator.

use crate::frame::{Crumb, Frame};
use crate::pages::present::{HistoryLine, history};
use crate::parts::Paging;
use crate::web::{PageResult, Section, Visitor, address, render};
use app::history::Audit;
use app::organization::details::OrganizationDetails;
use app::organization::enter::EnterOrganization;
use askama::Template;
use axum::extract::{Path, Query};
use domain::ids::OrganizationId;
use domain::limits::PAGE_ROWS;
use domain::refusal::Refusal;
use serde::Deserialize;
use words::Words;

#[derive(Deserialize, Default)]
#[serde(default)]
pub(super) struct Asked {
    before: String,
}

#[derive(Template)]
#[template(path = "history/thing.html")]
struct HistoryPage {
    frame: Frame,
    words: Words,
    lines: Vec<HistoryLine>,
    paging: Paging,
}

pub(super) async fn page(visitor: Visitor, Path(id): Path<String>, Query(asked): Query<Asked>) -> PageResult {
    let id: OrganizationId = id.parse().map_err(|_| Refusal::NotFound)?;
    let words = visitor.words;
    visitor.write_for(id, EnterOrganization).await?;
    let name = visitor.read_of(id, OrganizationDetails).await?.organization.name;
    let audit = Audit { before: asked.before.parse().ok(), limit: PAGE_ROWS, ..Audit::default() };
    let view = visitor.read_of(id, audit).await?;
    let mut frame = visitor.frame(Section::Organizations, words.history_of(&name)).await?;
    frame.lead = Some(words.history_purpose().to_owned());
    let url = format!("{}/{id}", Section::Organizations.url());
    frame.breadcrumbs.push(Crumb::new(name, url.clone()));
    render(&HistoryPage {
        lines: history(words, &view.zone, &view.page.rows),
        paging: Paging::of(&asked.before, view.page.next, |at| address(&format!("{url}/history"), [("before", at)])),
        words,
        frame,
    })
}
