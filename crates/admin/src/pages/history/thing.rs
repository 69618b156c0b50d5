//! The history of one thing: a subscription, a person, the licenses of a product.

use crate::frame::{Crumb, Frame};
use crate::pages::present::{HistoryLine, history};
use crate::parts::Paging;
use crate::web::{PageResult, Section, Visitor, address, render};
use app::history::{History, HistoryOf};
use askama::Template;
use axum::extract::{Path, Query};
use domain::limits::PAGE_ROWS;
use domain::refusal::Refusal;
use serde::Deserialize;
use std::str::FromStr;
use words::Words;

/// From where on.
#[derive(Deserialize, Default)]
#[serde(default)]
pub(super) struct Asked {
    before: String,
}

#[derive(Template)]
#[template(path = "history/thing.html")]
struct ThingPage {
    frame: Frame,
    words: Words,
    lines: Vec<HistoryLine>,
    paging: Paging,
}

pub(super) async fn of_subscription(
    visitor: Visitor,
    Path(id): Path<String>,
    Query(asked): Query<Asked>,
) -> PageResult {
    page(&visitor, Section::YourProducts, HistoryOf::Subscription(parse(&id)?), &id, &asked).await
}

pub(super) async fn of_product(visitor: Visitor, Path(id): Path<String>, Query(asked): Query<Asked>) -> PageResult {
    page(&visitor, Section::Licenses, HistoryOf::Product(parse(&id)?), &id, &asked).await
}

pub(super) async fn of_user(visitor: Visitor, Path(id): Path<String>, Query(asked): Query<Asked>) -> PageResult {
    page(&visitor, Section::Users, HistoryOf::User(parse(&id)?), &id, &asked).await
}

fn parse<T: FromStr>(id: &str) -> Result<T, Refusal> {
    id.parse().map_err(|_| Refusal::NotFound)
}

async fn page(visitor: &Visitor, section: Section, of: HistoryOf, id: &str, asked: &Asked) -> PageResult {
    let words = visitor.words;
    let view = visitor.read(History { of, before: asked.before.parse().ok(), limit: PAGE_ROWS }).await?;
    let mut frame = visitor.frame(section, words.history_of(&view.name)).await?;
    frame.lead = Some(words.history_purpose().to_owned());
    let url = format!("{}/{id}", section.url());
    frame.breadcrumbs.push(Crumb::new(view.name, url.clone()));
    render(&ThingPage {
        lines: history(words, &view.zone, &view.page.rows),
        paging: Paging::of(&asked.before, view.page.next, |at| address(&format!("{url}/history"), [("before", at)])),
        words,
        frame,
    })
}
