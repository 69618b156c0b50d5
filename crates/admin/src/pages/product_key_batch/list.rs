//! The batches, and keys looked up by their last five characters or in full.

use super::url_of;
use crate::frame::Frame;
use crate::parts::{FieldErrors, Paging, Status};
use crate::web::{Form, PageError, PageResult, Section, Visitor, address, render, render_refused};
use app::product_key::Batch;
use app::product_key::list::{BatchPage, FoundKey, ListBatches, find_typed};
use askama::Template;
use axum::extract::Query;
use domain::limits::PAGE_ROWS;
use jiff::civil::Date;
use jiff::tz::TimeZone;
use serde::Deserialize;
use words::Words;

/// What the address asks for; what it does not know it leaves out.
#[derive(Deserialize, Default, Clone)]
#[serde(default)]
pub(super) struct Asked {
    before: String,
}

struct RowView {
    url: String,
    product: String,
    part_number: String,
    keys: String,
    redeemed: String,
    licenses: String,
    term: &'static str,
    redeem_by: String,
    status: Status,
    made: String,
    made_by: String,
}

struct KeyView {
    name: String,
    product: String,
    licenses: String,
    status: Status,
    batch_url: String,
    revoke_url: Option<String>,
    menu_label: String,
    /// Where and by whom it was redeemed.
    redeemed: Option<Redeemed>,
}

struct Redeemed {
    organization: String,
    url: String,
    note: String,
}

#[derive(Template)]
#[template(path = "product_key_batch/list.html")]
struct ListPage {
    frame: Frame,
    words: Words,
    /// What is looked up, and why it cannot be.
    typed: String,
    errors: FieldErrors,
    found: Option<Vec<KeyView>>,
    guessing: Vec<String>,
    rows: Vec<RowView>,
    paging: Paging,
}

pub(super) async fn page(visitor: Visitor, Query(asked): Query<Asked>) -> PageResult {
    render(&list_page(&visitor, &asked.before, String::new(), FieldErrors::none(), None).await?)
}

pub(super) async fn look_up(visitor: Visitor, form: Form) -> PageResult {
    let typed = form.text("product_keys").to_owned();
    let wanted = typed.clone();
    match visitor.run(move |app, caller, organization| find_typed(app, caller, organization, &wanted)).await {
        Ok(found) => render(&list_page(&visitor, "", typed, FieldErrors::none(), Some(found)).await?),
        Err(failure) => {
            let errors = FieldErrors::of(visitor.words, &failure)?;
            render_refused(&failure, &list_page(&visitor, "", typed, errors, None).await?)
        }
    }
}

async fn list_page(
    visitor: &Visitor,
    before: &str,
    typed: String,
    errors: FieldErrors,
    found: Option<Vec<FoundKey>>,
) -> Result<ListPage, PageError> {
    let words = visitor.words;
    let batches = visitor.read(ListBatches { before: before.parse().ok(), limit: PAGE_ROWS }).await?;
    let zone = visitor.zone().await?;
    let mut frame = visitor.frame(Section::ProductKeys, words.product_keys()).await?;
    frame.lead = Some(words.product_key_batches_purpose().to_owned());
    let today = visitor.now().to_zoned(zone.clone()).date();
    let url = Section::ProductKeys.url();
    Ok(ListPage {
        guessing: guessing(words, &batches, &zone),
        rows: batches.rows.iter().map(|batch| row_view(words, batch, today, &zone)).collect(),
        paging: Paging::of(before, batches.next, |at| address(url, [("before", at)])),
        found: found.map(|found| found.iter().map(|key| key_view(words, key, &zone)).collect()),
        typed,
        errors,
        words,
        frame,
    })
}

/// Those who may not try any more keys for a while.
fn guessing(words: Words, batches: &BatchPage, zone: &TimeZone) -> Vec<String> {
    let line = |(who, tries, at): &(String, i64, jiff::Timestamp)| {
        words.product_keys_guessed_by(who, *tries, &words.date_time(*at, zone))
    };
    batches.guessing.iter().map(line).collect()
}

fn row_view(words: Words, batch: &Batch, today: Date, zone: &TimeZone) -> RowView {
    RowView {
        url: url_of(batch.id),
        product: batch.product_name.clone(),
        part_number: batch.part_number.clone(),
        keys: words.number(i64::from(batch.key_count)),
        redeemed: words.number(batch.redeemed_count),
        licenses: words.number(i64::from(batch.quantity)),
        term: words.term_name(batch.term),
        redeem_by: last_day(words, batch),
        status: status(words, batch, today),
        made: words.date_short(batch.created_at.to_zoned(zone.clone()).date()),
        made_by: batch.created_by.clone(),
    }
}

/// The last day on which keys of a batch can be redeemed.
pub(super) fn last_day(words: Words, batch: &Batch) -> String {
    batch.redeem_by.map_or_else(|| words.key_has_no_last_day().to_owned(), |day| words.date(day))
}

/// Where a batch stands.
pub(super) fn status(words: Words, batch: &Batch, today: Date) -> Status {
    if batch.revoked_at.is_some() {
        Status::neutral(words.api_token_is_revoked()).icon("lock")
    } else if !batch.is_made() {
        Status::neutral(words.batch_is_being_made()).icon("jobs")
    } else if batch.redeem_by.is_some_and(|day| day < today) {
        Status::neutral(words.batch_is_past()).icon("clock")
    } else if batch.exported_at.is_none() {
        Status::warning(words.batch_is_to_be_exported())
    } else {
        Status::good(words.batch_can_be_redeemed())
    }
}

fn key_view(words: Words, found: &FoundKey, zone: &TimeZone) -> KeyView {
    let key = &found.stored.key;
    let name = words.key_ends_in(&key.last_five);
    let batch_url = url_of(key.batch_id);
    let is_unused = !key.is_redeemed && !key.is_revoked;
    KeyView {
        product: found.stored.product_name.clone(),
        licenses: words.number(i64::from(key.quantity)),
        status: match (key.is_redeemed, key.is_revoked) {
            (true, _) => Status::good(words.key_is_redeemed()),
            (false, true) => Status::neutral(words.api_token_is_revoked()).icon("lock"),
            (false, false) => Status::neutral(words.key_is_unused()).icon("key"),
        },
        revoke_url: is_unused.then(|| format!("{batch_url}/keys/{}/revoke", found.stored.key_hash)),
        menu_label: words.more_actions_for(&name),
        redeemed: found.redemption.as_ref().map(|redemption| Redeemed {
            organization: redemption.organization_name.clone(),
            url: format!("{}/{}", Section::Organizations.url(), redemption.organization_id),
            note: format!("{}, {}", redemption.redeemed_by, words.date_time(redemption.redeemed_at, zone)),
        }),
        batch_url,
        name,
    }
}
