//! Every product of the catalog, found by name or part number.

use super::{categories, sale_status};
use crate::frame::Frame;
use crate::parts::{Choice, Paging, Status};
use crate::web::{PageResult, Section, Visitor, address, render};
use app::catalog::list::{CatalogRow, ListCatalog};
use askama::Template;
use axum::extract::Query;
use domain::catalog::Category;
use domain::limits::PAGE_ROWS;
use serde::Deserialize;
use words::Words;

/// What the address asks for; what it does not know it leaves out.
#[derive(Deserialize, Default, Clone)]
#[serde(default)]
pub(super) struct Asked {
    q: String,
    category: String,
    after: String,
}

impl Asked {
    fn url(&self, after: &str) -> String {
        address(Section::Catalog.url(), [("q", self.q.as_str()), ("category", &self.category), ("after", after)])
    }
}

struct RowView {
    url: String,
    name: String,
    category: &'static str,
    skus: String,
    status: Status,
}

#[derive(Template)]
#[template(path = "catalog/list.html")]
struct ListPage {
    frame: Frame,
    words: Words,
    asked: Asked,
    categories: Vec<Choice>,
    rows: Vec<RowView>,
    paging: Paging,
    summary: String,
    is_filtered: bool,
}

pub(super) async fn page(visitor: Visitor, Query(asked): Query<Asked>) -> PageResult {
    let words = visitor.words;
    let query = ListCatalog {
        search: asked.q.clone(),
        category: Category::from_code(&asked.category),
        after: asked.after.parse().ok(),
        limit: PAGE_ROWS,
    };
    let found = visitor.read(query).await?;
    let mut frame = visitor.frame(Section::Catalog, words.catalog()).await?;
    frame.lead = Some(words.catalog_purpose().to_owned());
    let all = Choice::new("", words.purchase_all_categories());
    let page = ListPage {
        frame,
        words,
        categories: std::iter::once(all).chain(categories(words)).collect(),
        rows: found.rows.iter().map(|row| row_view(words, row)).collect(),
        paging: Paging::of(&asked.after, found.next, |at| asked.url(at)),
        summary: words.products_count(found.rows.len() as i64),
        is_filtered: !(asked.q.trim().is_empty() && asked.category.is_empty()),
        asked,
    };
    render(&page)
}

fn row_view(words: Words, row: &CatalogRow) -> RowView {
    let part_numbers: Vec<_> = row.skus.iter().map(|sku| sku.part_number.as_str()).collect();
    RowView {
        url: format!("{}/{}", Section::Catalog.url(), row.product.id),
        name: row.product.name.clone(),
        category: words.category_name(row.product.category),
        skus: part_numbers.join(", "),
        status: sale_status(words, &row.product, row.has_price),
    }
}
