//! The people who hold a product, as a file for a spreadsheet (D25).

use super::product::Asked;
use crate::web::csv::{Csv, download};
use crate::web::{PageError, PageResult, Visitor};
use app::license::product::{Holders, OverviewOfProduct, ProductOverview};
use axum::extract::{Path, Query};
use domain::limits::PAGE_ROWS_MAX;
use domain::refusal::Refusal;

/// Sends the file as it is read, page by page, so that a million people fit.
pub(super) async fn csv(visitor: Visitor, Path(id): Path<String>, Query(asked): Query<Asked>) -> PageResult {
    let product_id = id.parse().map_err(|_| Refusal::NotFound)?;
    let overview = visitor.read(ProductOverview(product_id)).await?;
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
    let file_name = format!("licenses-{product_id}.csv");
    Ok(download(&file_name, &head, first, move |query| piece(visitor.clone(), overview.clone(), query)))
}

async fn piece(
    visitor: Visitor,
    overview: OverviewOfProduct,
    query: Holders,
) -> Result<(Csv, Option<Holders>), PageError> {
    let page = visitor.read(query.clone()).await?;
    let mut csv = Csv::default();
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
    Ok((csv, page.next.map(|after| Holders { after: Some(after), ..query })))
}
