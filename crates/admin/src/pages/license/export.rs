//! The people who hold a product, as a file for a spreadsheet (D25).

use super::product::Asked;
use crate::web::csv::{Csv, download};
use crate::web::{PageError, PageResult, Visitor};
use app::license::product::{Holders, OverviewOfProduct, ProductOverview};
use app::subscription::list::ListedSubscription;
use axum::extract::{Path, Query, RawQuery};
use domain::ids::SubscriptionId;
use domain::limits::PAGE_ROWS_MAX;
use domain::refusal::Refusal;
use std::collections::BTreeSet;

/// Sends the file as it is read, page by page, so that a million people fit: the people of the subscriptions that were
/// ticked, `?selected=sub_…` for each (R114), or else those whom the page lists.
pub(super) async fn csv(
    visitor: Visitor,
    Path(id): Path<String>,
    Query(asked): Query<Asked>,
    RawQuery(query): RawQuery,
) -> PageResult {
    let product_id = id.parse().map_err(|_| Refusal::NotFound)?;
    let overview = visitor.read(ProductOverview(product_id)).await?;
    let chosen = chosen(&overview, asked.is_by_buyer(), query.as_deref().unwrap_or_default());
    let words = visitor.words;
    let head = [
        words.name(),
        words.email_address(),
        words.people_department(),
        words.product_name(),
        words.subscription_id(),
        words.buyer(),
        words.assigned_on(),
    ];
    let first = Holders { limit: PAGE_ROWS_MAX, ..asked.holders(product_id) };
    let of = |id: SubscriptionId| Holders { subscription_id: Some(id), ..first.clone() };
    let all: Vec<_> = if chosen.is_empty() { vec![first] } else { chosen.into_iter().rev().map(of).collect() };
    let file_name = format!("licenses-{product_id}.csv");
    Ok(download(&file_name, &head, all, move |left| piece(visitor.clone(), overview.clone(), left)))
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
    mut left: Vec<Holders>,
) -> Result<(Csv, Option<Vec<Holders>>), PageError> {
    let mut csv = Csv::default();
    let Some(query) = left.pop() else { return Ok((csv, None)) };
    let page = visitor.read(query.clone()).await?;
    for row in &page.rows {
        let license = &row.license;
        csv.row(&[
            &row.display_name,
            &row.email,
            &row.department,
            &overview.name,
            &license.subscription_id.to_string(),
            row.buyer.as_deref().unwrap_or_default(),
            &license.assigned_at.to_zoned(overview.zone.clone()).date().to_string(),
        ]);
    }
    left.extend(page.next.map(|after| Holders { after: Some(after), ..query }));
    Ok((csv, Some(left).filter(|left| !left.is_empty())))
}
