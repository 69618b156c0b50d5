//! Export the keys of a batch. The file can be taken again until the operator says that it arrived: a download that
//! breaks off costs nothing.

use super::url_of;
use crate::frame::Frame;
use crate::web::csv::{Csv, download};
use crate::web::{Done, Form, PageError, PageResult, Section, Visitor, notice_and_redirect, render};
use app::product_key::export::{FinishExport, KeyFile};
use askama::Template;
use axum::extract::Path;
use domain::ids::ProductKeyBatchId;
use domain::refusal::Refusal;
use words::Words;

#[derive(Template)]
#[template(path = "product_key_batch/export.html")]
struct ExportPane {
    frame: Frame,
    words: Words,
    url: String,
    close_url: String,
}

fn id(text: &str) -> Result<ProductKeyBatchId, Refusal> {
    text.parse().map_err(|_| Refusal::NotFound)
}

async fn begin(visitor: &Visitor, batch: ProductKeyBatchId) -> Result<KeyFile, PageError> {
    Ok(visitor.run(move |app, caller, organization| KeyFile::begin(app, caller, organization, batch)).await?)
}

pub(super) async fn pane(visitor: Visitor, Path(batch): Path<String>) -> PageResult {
    let (words, batch) = (visitor.words, id(&batch)?);
    let file = begin(&visitor, batch).await?;
    let mut frame = visitor.frame(Section::ProductKeys, words.export_product_keys()).await?;
    frame.lead = Some(words.product_keys_of(file.batch.key_count, &file.batch.product_name));
    let close_url = url_of(batch);
    render(&ExportPane { url: format!("{close_url}/export"), close_url, words, frame })
}

pub(super) async fn submit(visitor: Visitor, Path(batch): Path<String>, _form: Form) -> PageResult {
    let batch = id(&batch)?;
    visitor.write(FinishExport(batch)).await?;
    Ok(notice_and_redirect(&Done::ProductKeysExported {}, &url_of(batch)))
}

pub(super) async fn csv(visitor: Visitor, Path(batch): Path<String>) -> PageResult {
    let batch = id(&batch)?;
    let file = begin(&visitor, batch).await?;
    let words = visitor.words;
    let head = [words.product_key(), words.sku(), words.licenses_per_key(), words.term(), words.redeem_by()];
    let name = format!("product-keys-{batch}.csv");
    Ok(download(&name, &head, 0, move |place| piece(visitor.clone(), file.clone(), place)))
}

async fn piece(visitor: Visitor, file: KeyFile, place: u32) -> Result<(Csv, Option<u32>), PageError> {
    let (keys, next) = file.keys(visitor.app(), place)?;
    let (batch, words) = (&file.batch, visitor.words);
    let licenses = batch.quantity.to_string();
    let redeem_by = batch.redeem_by.map(|day| day.to_string()).unwrap_or_default();
    let mut csv = Csv::default();
    for key in &keys {
        csv.row(&[&key.to_string(), &batch.part_number, &licenses, words.term_name(batch.term), &redeem_by]);
    }
    Ok((csv, (next < batch.key_count).then_some(next)))
}
