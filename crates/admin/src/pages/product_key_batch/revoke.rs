//! Revoke one key, or those of a batch that nobody redeemed, after one question.

use super::url_of;
use crate::frame::Frame;
use crate::web::{Done, Form, PageError, PageResult, Section, Visitor, notice_and_redirect, render};
use app::product_key::list::{BatchDetails, FindKeys};
use app::product_key::revoke::{RevokeBatch, RevokeKey};
use askama::Template;
use axum::extract::Path;
use domain::ids::ProductKeyBatchId;
use domain::refusal::Refusal;
use uuid::Uuid;
use words::Words;

#[derive(Template)]
#[template(path = "product_key_batch/revoke.html")]
struct RevokePane {
    frame: Frame,
    words: Words,
    url: String,
    close_url: String,
    consequences: Vec<String>,
    button: &'static str,
}

async fn revoke_pane(
    visitor: &Visitor,
    batch: ProductKeyBatchId,
    path: &str,
    title: &'static str,
    consequences: Vec<String>,
) -> Result<RevokePane, PageError> {
    let frame = visitor.frame(Section::ProductKeys, title).await?;
    let close_url = url_of(batch);
    let url = format!("{close_url}{path}/revoke");
    Ok(RevokePane { words: visitor.words, url, close_url, consequences, button: title, frame })
}

fn parsed<T: std::str::FromStr>(text: &str) -> Result<T, Refusal> {
    text.parse().map_err(|_| Refusal::NotFound)
}

pub(super) async fn pane(visitor: Visitor, Path(batch): Path<String>) -> PageResult {
    let words = visitor.words;
    let batch = visitor.read(BatchDetails(parsed(&batch)?)).await?.batch;
    let mut consequences = vec![words.revoke_batch_consequence(batch.unused_count())];
    if batch.redeemed_count > 0 {
        consequences.push(words.revoke_batch_keeps_redeemed(batch.redeemed_count));
    }
    render(&revoke_pane(&visitor, batch.id, "", words.revoke_unused_keys(), consequences).await?)
}

pub(super) async fn submit(visitor: Visitor, Path(batch): Path<String>, _form: Form) -> PageResult {
    let batch = parsed(&batch)?;
    let count = visitor.write(RevokeBatch(batch)).await?;
    Ok(notice_and_redirect(&Done::ProductKeysRevoked { count }, &url_of(batch)))
}

pub(super) async fn pane_for_key(visitor: Visitor, Path((batch, key)): Path<(String, String)>) -> PageResult {
    let words = visitor.words;
    let (batch, hash): (ProductKeyBatchId, Uuid) = (parsed(&batch)?, parsed(&key)?);
    let found = visitor.read(FindKeys::Hash(hash)).await?.into_iter().find(|found| found.stored.key.batch_id == batch);
    let found = found.ok_or(Refusal::NotFound)?;
    let consequences = vec![words.revoke_key_consequence(&found.stored.key.last_five)];
    render(&revoke_pane(&visitor, batch, &format!("/keys/{hash}"), words.revoke_product_key(), consequences).await?)
}

pub(super) async fn submit_for_key(
    visitor: Visitor,
    Path((batch, key)): Path<(String, String)>,
    _form: Form,
) -> PageResult {
    let batch: ProductKeyBatchId = parsed(&batch)?;
    visitor.write(RevokeKey(parsed(&key)?)).await?;
    Ok(notice_and_redirect(&Done::ProductKeysRevoked { count: 1 }, &url_of(batch)))
}
