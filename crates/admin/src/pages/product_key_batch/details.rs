//! A batch: how far it is, what can be done with it, and who redeemed its keys.

use super::list::{last_day, status};
use super::url_of;
use crate::frame::Frame;
use crate::parts::{Progress, Status};
use crate::web::{PageResult, Section, Visitor, render};
use app::product_key::list::BatchDetails;
use app::product_key::{Batch, KeyRedemption};
use askama::Template;
use axum::extract::Path;
use domain::ids::ProductKeyBatchId;
use domain::product_key::KeyUse;
use domain::refusal::Refusal;
use jiff::tz::TimeZone;
use words::Words;

struct RedemptionView {
    name: String,
    organization: String,
    url: String,
    key_use: &'static str,
    by: String,
    when: String,
}

#[derive(Template)]
#[template(path = "product_key_batch/details.html")]
struct DetailsPage {
    frame: Frame,
    words: Words,
    url: String,
    export_url: String,
    revoke_url: String,
    status: Status,
    work: Option<Progress>,
    may_export: bool,
    may_revoke: bool,
    figures: Vec<(&'static str, String)>,
    facts: Vec<(&'static str, String)>,
    redemptions: Vec<RedemptionView>,
    /// Said when there are more redemptions than the page shows.
    more: Option<String>,
}

pub(super) async fn page(visitor: Visitor, Path(id): Path<String>) -> PageResult {
    let id: ProductKeyBatchId = id.parse().map_err(|_| Refusal::NotFound)?;
    let words = visitor.words;
    let view = visitor.read(BatchDetails(id)).await?;
    let batch = &view.batch;
    let zone = visitor.zone().await?;
    let frame = visitor.frame(Section::ProductKeys, batch.product_name.as_str()).await?;
    let redemption = |redeemed: &KeyRedemption| RedemptionView {
        name: words.key_ends_in(&redeemed.last_five),
        organization: redeemed.organization_name.clone(),
        url: format!("{}/{}", Section::Organizations.url(), redeemed.organization_id),
        key_use: match redeemed.key_use {
            KeyUse::Start => words.key_was_used_to_start(),
            KeyUse::Add => words.key_was_used_to_add(),
            KeyUse::Extend => words.key_was_used_to_extend(),
        },
        by: redeemed.redeemed_by.clone(),
        when: words.date_time(redeemed.redeemed_at, &zone),
    };
    let shown = view.redemptions.len() as i64;
    render(&DetailsPage {
        export_url: format!("{}/export", url_of(id)),
        revoke_url: format!("{}/revoke", url_of(id)),
        url: url_of(id),
        status: status(words, batch, visitor.now().to_zoned(zone.clone()).date()),
        work: work(words, batch),
        may_export: batch.is_made() && batch.exported_at.is_none() && batch.revoked_at.is_none(),
        may_revoke: batch.revoked_at.is_none(),
        figures: figures(words, batch),
        facts: facts(words, batch, &zone),
        more: (batch.redeemed_count > shown).then(|| words.keys_redeemed_newest(shown, batch.redeemed_count)),
        redemptions: view.redemptions.iter().map(redemption).collect(),
        words,
        frame,
    })
}

/// How far the making is; the page looks again by itself.
fn work(words: Words, batch: &Batch) -> Option<Progress> {
    (!batch.is_made() && batch.revoked_at.is_none()).then(|| Progress {
        done: u64::from(batch.made_count),
        total: u64::from(batch.key_count),
        text: words.progress_of(i64::from(batch.made_count), i64::from(batch.key_count)),
        time_left: String::new(),
        note: words.progress_safe_to_leave().to_owned(),
        live_url: None,
    })
}

fn figures(words: Words, batch: &Batch) -> Vec<(&'static str, String)> {
    vec![
        (words.key_count(), words.number(i64::from(batch.key_count))),
        (words.key_is_redeemed(), words.number(batch.redeemed_count)),
        (words.key_is_unused(), words.number(batch.unused_count())),
    ]
}

fn facts(words: Words, batch: &Batch, zone: &TimeZone) -> Vec<(&'static str, String)> {
    let country = match batch.country.as_deref() {
        Some(code) => words.country(code).unwrap_or(code).to_owned(),
        None => words.key_for_every_country().to_owned(),
    };
    let made = format!("{}, {}", words.date_time(batch.created_at, zone), batch.created_by);
    let mut facts = vec![
        (words.sku(), batch.part_number.clone()),
        (words.licenses_per_key(), words.number(i64::from(batch.quantity))),
        (words.term(), words.term_name(batch.term).to_owned()),
        (words.organization_country(), country),
        (words.redeem_by(), last_day(words, batch)),
        (words.batch_was_made(), made),
    ];
    facts.extend(batch.exported_at.map(|at| (words.batch_was_exported(), words.date_time(at, zone))));
    facts.extend(batch.revoked_at.map(|at| (words.api_token_is_revoked(), words.date_time(at, zone))));
    facts
}
