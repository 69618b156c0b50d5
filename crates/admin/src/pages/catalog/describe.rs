//! The pane that says what a product is and on which shelf it stands.

use super::categories;
use crate::frame::Frame;
use crate::parts::{Choice, FieldErrors};
use crate::web::{Done, Form, PageError, PageResult, Section, Visitor, notice_and_redirect, render, render_refused};
use app::Failure;
use app::catalog::describe::DescribeProduct;
use app::catalog::details::{CatalogProduct, CatalogProductView};
use askama::Template;
use axum::extract::Path;
use domain::catalog::ProductKind;
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
    kinds: Vec<Choice>,
    typed: Typed,
}

/// What the form holds.
struct Typed {
    category: String,
    kind: String,
    /// The products that an add-on fits, one on each line.
    bases: String,
    english: String,
    dutch: String,
}

pub(super) async fn pane(visitor: Visitor, Path(id): Path<String>) -> PageResult {
    let id: ProductId = id.parse().map_err(|_| Refusal::NotFound)?;
    let CatalogProductView { product, bases, .. } = visitor.read(CatalogProduct(id)).await?;
    let typed = Typed {
        category: product.category.code().to_owned(),
        kind: product.kind.code().to_owned(),
        bases: bases.into_iter().map(|base| base.name).collect::<Vec<_>>().join("\n"),
        english: product.description_en,
        dutch: product.description_nl,
    };
    render(&draw(&visitor, id, typed, FieldErrors::none()).await?)
}

pub(super) async fn submit(visitor: Visitor, Path(id): Path<String>, form: Form) -> PageResult {
    let id: ProductId = id.parse().map_err(|_| Refusal::NotFound)?;
    match describe(&visitor, id, &form).await {
        Ok(()) => Ok(notice_and_redirect(&Done::ProductDescribed {}, &format!("{}/{id}", Section::Catalog.url()))),
        Err(failure) => {
            let errors = FieldErrors::of(visitor.words, &failure)?;
            let text = |field: Field| form.text(field.code()).to_owned();
            let typed = Typed {
                category: text(Field::Category),
                kind: form.text("kind").to_owned(),
                bases: text(Field::Bases),
                english: text(Field::DescriptionEn),
                dutch: text(Field::DescriptionNl),
            };
            render_refused(&failure, &draw(&visitor, id, typed, errors).await?)
        }
    }
}

async fn describe(visitor: &Visitor, product_id: ProductId, form: &Form) -> Result<(), Failure> {
    let command = DescribeProduct {
        product_id,
        category: form.choice(Field::Category)?,
        kind: ProductKind::from_code(form.text("kind")).unwrap_or(ProductKind::Base),
        bases: form.text(Field::Bases.code()).lines().map(str::to_owned).collect(),
        description_en: form.text(Field::DescriptionEn.code()).to_owned(),
        description_nl: form.text(Field::DescriptionNl.code()).to_owned(),
    };
    visitor.write(command).await
}

async fn draw(visitor: &Visitor, id: ProductId, typed: Typed, errors: FieldErrors) -> Result<DescribePane, PageError> {
    let words = visitor.words;
    let close_url = format!("{}/{id}", Section::Catalog.url());
    Ok(DescribePane {
        frame: visitor.frame(Section::Catalog, words.catalog_describe()).await?,
        words,
        url: format!("{close_url}/describe"),
        close_url,
        errors,
        categories: categories(words).collect(),
        kinds: ProductKind::ALL.iter().map(|kind| Choice::new(kind.code(), words.product_kind_name(*kind))).collect(),
        typed,
    })
}
