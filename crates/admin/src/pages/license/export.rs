//! The people who hold a product, as a file for a spreadsheet (D25).

use super::product::Asked;
use crate::web::csv::{Csv, download};
use crate::web::{PageError, PageResult, Visitor, workbook};
use app::license::product::{Holder, Holders, OverviewOfProduct, ProductOverview};
use app::ports::{Cell, SHEET_ROWS_MAX};
use app::subscription::list::ListedSubscription;
use axum::extract::{Path, Query, RawQuery};
use domain::ids::{ProductId, SubscriptionId};
use domain::limits::PAGE_ROWS_MAX;
use domain::refusal::Refusal;
use jiff::Timestamp;
use std::collections::BTreeSet;
use words::Words;

/// Sends the file as it is read, page by page, so that a million people fit: the people of the subscriptions that were
/// ticked, `?selected=sub_…` for each (R114), or else those whom the page lists.
pub(super) async fn csv(
    visitor: Visitor,
    Path(id): Path<String>,
    Query(asked): Query<Asked>,
    RawQuery(query): RawQuery,
) -> PageResult {
    let (product_id, overview, all) = asked_for(&visitor, &id, &asked, query.as_deref()).await?;
    let file_name = format!("licenses-{product_id}.csv");
    Ok(download(&file_name, &head(visitor.words), all, move |left| piece(visitor.clone(), overview.clone(), left)))
}

/// The same people as a workbook, which is made as a whole: at most as many as a sheet holds.
pub(super) async fn workbook(
    visitor: Visitor,
    Path(id): Path<String>,
    Query(asked): Query<Asked>,
    RawQuery(query): RawQuery,
) -> PageResult {
    let (product_id, overview, all) = asked_for(&visitor, &id, &asked, query.as_deref()).await?;
    let mut left = Some(all);
    let mut rows: Vec<Vec<Cell>> = Vec::new();
    while let Some(pages) = left {
        let (found, next) = next_rows(&visitor, &overview, pages).await?;
        rows.extend(found.into_iter().map(|row| row.into_iter().map(Cell::Text).collect()));
        if rows.len() > SHEET_ROWS_MAX {
            return Err(Refusal::TooManyRows { maximum: SHEET_ROWS_MAX as u32 }.into());
        }
        left = next;
    }
    let head = head(visitor.words);
    let book = visitor.run(move |app, _, _| app.workbook(&head, &rows)).await?;
    Ok(workbook::send(&format!("licenses-{product_id}.xlsx"), book))
}

fn head(words: Words) -> [&'static str; 8] {
    [
        words.name(),
        words.email_address(),
        words.people_department(),
        words.product_name(),
        words.subscription_id(),
        words.buyer(),
        words.assigned_on(),
        words.last_sign_in(),
    ]
}

/// The product of an address, and the first pages of those of its people who are asked for.
async fn asked_for(
    visitor: &Visitor,
    id: &str,
    asked: &Asked,
    query: Option<&str>,
) -> Result<(ProductId, OverviewOfProduct, Vec<Holders>), PageError> {
    let product_id = id.parse().map_err(|_| Refusal::NotFound)?;
    let overview = visitor.read(ProductOverview(product_id)).await?;
    let chosen = chosen(&overview, asked.is_by_buyer(), query.unwrap_or_default());
    Ok((product_id, overview, pages_of(asked, product_id, chosen)))
}

/// The first pages of what is asked for, the last one first.
fn pages_of(asked: &Asked, product_id: ProductId, chosen: Vec<SubscriptionId>) -> Vec<Holders> {
    let first = Holders { limit: PAGE_ROWS_MAX, ..asked.holders(product_id) };
    let of = |id: SubscriptionId| Holders { subscription_id: Some(id), ..first.clone() };
    if chosen.is_empty() { vec![first] } else { chosen.into_iter().rev().map(of).collect() }
}

/// The subscriptions that were ticked, or those that users bought when the page lists them by buyer.
fn chosen(overview: &OverviewOfProduct, by_buyer: bool, query: &str) -> Vec<SubscriptionId> {
    let ticked = form_urlencoded::parse(query.as_bytes()).filter(|(name, _)| name == "selected");
    let ticked: BTreeSet<SubscriptionId> = ticked.filter_map(|(_, value)| value.parse().ok()).collect();
    let is_chosen = |listed: &&ListedSubscription| match ticked.is_empty() {
        true => by_buyer && listed.holder_name.is_some(),
        false => ticked.contains(&listed.subscription.id),
    };
    overview.subscriptions.iter().filter(is_chosen).map(|listed| listed.subscription.id).collect()
}

/// The next page of the last of what is left, and what is left then.
async fn piece(
    visitor: Visitor,
    overview: OverviewOfProduct,
    left: Vec<Holders>,
) -> Result<(Csv, Option<Vec<Holders>>), PageError> {
    let mut csv = Csv::default();
    let (rows, left) = next_rows(&visitor, &overview, left).await?;
    for row in &rows {
        csv.row(&row.each_ref().map(String::as_str));
    }
    Ok((csv, left))
}

/// The cells of the next page of the last of what is left, and what is left then.
async fn next_rows(
    visitor: &Visitor,
    overview: &OverviewOfProduct,
    mut left: Vec<Holders>,
) -> Result<(Vec<[String; 8]>, Option<Vec<Holders>>), PageError> {
    let Some(query) = left.pop() else { return Ok((Vec::new(), None)) };
    let page = visitor.read(query.clone()).await?;
    let day = |at: Timestamp| at.to_zoned(overview.zone.clone()).date().to_string();
    let cells = |row: Holder| {
        let license = &row.license;
        [
            row.display_name,
            row.email,
            row.department,
            overview.name.clone(),
            license.subscription_id.to_string(),
            row.buyer.unwrap_or_default(),
            day(license.assigned_at),
            row.last_sign_in_at.map(day).unwrap_or_default(),
        ]
    };
    let rows = page.rows.into_iter().map(cells).collect();
    left.extend(page.next.map(|after| Holders { after: Some(after), ..query }));
    Ok((rows, Some(left).filter(|left| !left.is_empty())))
}
