//! Order history: every purchase and every change of quantity.

use super::order_status;
use crate::frame::Frame;
use crate::parts::{Paging, Status};
use crate::web::{PageResult, Section, Visitor, address, render};
use app::Failure;
use app::order::list::{ListOrders, ListedOrder};
use askama::Template;
use axum::extract::Query;
use domain::access::{Permission, Reach};
use domain::limits::PAGE_ROWS;
use jiff::tz::TimeZone;
use serde::Deserialize;
use words::Words;

#[derive(Deserialize, Default)]
#[serde(default)]
pub(super) struct Asked {
    before: String,
}

struct RowView {
    url: String,
    number: String,
    items: String,
    kind: &'static str,
    date: String,
    ordered_by: String,
    amount: String,
    status: Status,
}

#[derive(Template)]
#[template(path = "order/list.html")]
struct ListPage {
    frame: Frame,
    words: Words,
    rows: Vec<RowView>,
    paging: Paging,
    with_prices: bool,
    may_buy: bool,
}

pub(super) async fn page(visitor: Visitor, Query(asked): Query<Asked>) -> PageResult {
    let words = visitor.words;
    let found = visitor.read(ListOrders { before: asked.before.parse().ok(), limit: PAGE_ROWS }).await?;
    let zone = TimeZone::get(&found.time_zone).map_err(Failure::internal)?;
    let mut frame = visitor.frame(Section::Orders, words.order_history()).await?;
    frame.lead = Some(words.order_history_purpose().to_owned());
    let url = Section::Orders.url();
    let page = ListPage {
        frame,
        words,
        rows: found.rows.iter().map(|row| row_view(words, &zone, row)).collect(),
        paging: Paging::of(&asked.before, found.next, |at| address(url, [("before", at)])),
        with_prices: found.with_prices,
        may_buy: visitor.reach(Permission::BuySubscription) != Reach::Nothing,
    };
    render(&page)
}

fn row_view(words: Words, zone: &TimeZone, row: &ListedOrder) -> RowView {
    let order = &row.order;
    RowView {
        url: format!("{}/{}", Section::Orders.url(), order.id),
        number: order.number.to_string(),
        items: words.order_items(order.quantity.abs(), &row.product_name),
        kind: words.order_kind_name(order.kind),
        date: words.date_short(order.ordered_at.to_zoned(zone.clone()).date()),
        ordered_by: row.ordered_by_name.clone().unwrap_or_default(),
        amount: words.money(order.amount),
        status: order_status(words, order.state),
    }
}
