//! Licenses: one row per product over all its subscriptions (R110, R112, domain 2.6).

use super::{assigners, product_url};
use crate::chart::{self, Picture};
use crate::frame::Frame;
use crate::pages::license_request::tabs;
use crate::parts::{Choice, Paging, Status, Tab};
use crate::web::{PageResult, Section, Visitor, address, render};
use app::license::list::{LicensedProduct, ListProducts};
use askama::Template;
use axum::extract::Query;
use domain::access::Permission;
use domain::limits::PAGE_ROWS;
use domain::subscription::Channel;
use serde::Deserialize;
use words::Words;

/// What the address asks for; what it does not know it leaves out.
#[derive(Deserialize, Default, Clone)]
#[serde(default)]
pub(super) struct Asked {
    q: String,
    bought: String,
    after: String,
}

impl Asked {
    fn url(&self, after: &str) -> String {
        address(Section::Licenses.url(), [("q", self.q.as_str()), ("bought", &self.bought), ("after", after)])
    }
}

struct RowView {
    url: String,
    product: String,
    note: String,
    available: String,
    usage: Picture,
    conflict: Option<Status>,
    /// The page that leads through centralizing; empty where nobody bought it by self-service.
    centralize_url: String,
    centralize_label: String,
}

#[derive(Template)]
#[template(path = "license/list.html")]
struct ListPage {
    frame: Frame,
    words: Words,
    asked: Asked,
    tabs: Vec<Tab>,
    bought: [Choice; 2],
    rows: Vec<RowView>,
    /// The column "Status" is there only when a conflict is (R173).
    with_status: bool,
    /// Whether rows lead to centralizing: in the self-service view of those who see everybody's (R121).
    with_centralize: bool,
    paging: Paging,
    summary: String,
    is_filtered: bool,
    /// Where it is decided who assigns licenses, for those who do.
    assigners_url: Option<&'static str>,
}

pub(super) async fn page(visitor: Visitor, Query(asked): Query<Asked>) -> PageResult {
    let words = visitor.words;
    let self_service = asked.bought == Channel::SelfService.code();
    let query =
        ListProducts { self_service, search: asked.q.clone(), after: asked.after.parse().ok(), limit: PAGE_ROWS };
    let found = visitor.read(query).await?;
    let mut frame = visitor.frame(Section::Licenses, words.licenses()).await?;
    frame.lead = Some(words.licenses_purpose().to_owned());
    let page = ListPage {
        frame,
        words,
        tabs: tabs(&visitor, Section::Licenses.url()),
        bought: [
            Choice::new("", words.licenses_bought_any_way()),
            Choice::new(Channel::SelfService.code(), words.channel_name(Channel::SelfService)),
        ],
        with_centralize: self_service && visitor.may(Permission::ReadLicenses),
        with_status: found.rows.iter().any(|row| row.conflicts > 0),
        paging: Paging::of(&asked.after, found.next, |at| asked.url(at)),
        summary: words.products_count(found.rows.len() as i64),
        rows: found.rows.iter().map(|row| row_view(words, row, self_service)).collect(),
        is_filtered: !asked.q.is_empty() || self_service,
        assigners_url: visitor.may(Permission::ManageAssigners).then_some(assigners::URL),
        asked,
    };
    render(&page)
}

fn row_view(words: Words, row: &LicensedProduct, self_service: bool) -> RowView {
    let by_buyer = if self_service { "?subscription=self_service" } else { "" };
    let mut notes = vec![words.sum_of_subscriptions(row.subscriptions)];
    if row.self_service > 0 {
        notes.push(words.of_which_self_service(row.self_service));
    }
    RowView {
        url: format!("{}{by_buyer}", product_url(row.product_id)),
        product: row.name.clone(),
        note: notes.join(" · "),
        available: words.number(row.available()),
        usage: chart::usage_bar(
            row.assigned.unsigned_abs(),
            row.quantity.unsigned_abs(),
            &words.part_of(row.assigned, row.quantity),
        ),
        centralize_url: match row.self_service > 0 {
            true => format!("{}/centralize", product_url(row.product_id)),
            false => String::new(),
        },
        centralize_label: words.centralize_product(&row.name),
        conflict: (row.conflicts > 0).then(|| Status::warning(words.licenses_in_conflict(row.conflicts))),
    }
}
