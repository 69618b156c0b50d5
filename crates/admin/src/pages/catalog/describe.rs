//! The pane that says what a product is and on which shelf it stands.

use super::categories;
use crate::frame::Frame;
use crate::parts::{Choice, FieldErrors};
use crate::web::{Done, Form, PageError, PageResult, Section, Visitor, notice_and_redirect, render, render_refused};
use app::Failure;
use app::catalog::describe::DescribeProduct;
use app::catalog::details::CatalogProduct;
use askama::Template;
use axum::extract::Path;
use domain::ids::ProductId;
use domain::refusal::{Field, Refusal};
use words::Words;

#[derive(Template)]
#[template(path = "catalog/describe.html")]
struct DescribePane {
    frame: Frame,
    words: Words,
    close_url: String,
    url: String,
    errors: FieldErrors,
    categories: Vec<Choice>,
    category: String,
    english: String,
    dutch: String,
}

pub(super) async fn pane(visitor: Visitor, Path(id): Path<String>) -> PageResult {
    let id: ProductId = id.parse().map_err(|_| Refusal::NotFound)?;
    let product = visitor.read(CatalogProduct(id)).await?.product;
    let typed = (product.category.code().to_owned(), product.description_en, product.description_nl);
    render(&draw(&visitor, id, typed, FieldErrors::none()).await?)
}

pub(super) async fn submit(visitor: Visitor, Path(id): Path<String>, form: Form) -> PageResult {
    let id: ProductId = id.parse().map_err(|_| Refusal::NotFound)?;
    match describe(&visitor, id, &form).await {
        Ok(()) => Ok(notice_and_redirect(&Done::ProductDescribed {}, &format!("{}/{id}", Section::Catalog.url()))),
        Err(failure) => {
            let errors = FieldErrors::of(visitor.words, &failure)?;
            let text = |field: Field| form.text(field.code()).to_owned();
            let typed = (text(Field::Category), text(Field::DescriptionEn), text(Field::DescriptionNl));
            render_refused(&failure, &draw(&visitor, id, typed, errors).await?)
        }
    }
}

async fn describe(visitor: &Visitor, product_id: ProductId, form: &Form) -> Result<(), Failure> {
    let command = DescribeProduct {
        product_id,
        category: form.choice(Field::Category)?,
        description_en: form.text(Field::DescriptionEn.code()).to_owned(),
        description_nl: form.text(Field::DescriptionNl.code()).to_owned(),
    };
    visitor.write(command).await
}

async fn draw(
    visitor: &Visitor,
    id: ProductId,
    (category, english, dutch): (String, String, String),
    errors: FieldErrors,
) -> Result<DescribePane, PageError> {
    let words = visitor.words;
    let close_url = format!("{}/{id}", Section::Catalog.url());
    Ok(DescribePane {
        frame: visitor.frame(Section::Catalog, words.catalog_describe()).await?,
        words,
        url: format!("{close_url}/describe"),
        close_url,
        errors,
        categories: categories(words).collect(),
        category,
        english,
        dutch,
    })
}
