//! The pane that makes a batch of product keys.

use super::url_of;
use crate::frame::Frame;
use crate::pages::party::countries;
use crate::parts::{Choice, FieldErrors};
use crate::web::{Done, Form, PageError, PageResult, Section, Visitor, notice_and_redirect, render, render_refused};
use app::Failure;
use app::product_key::create::{CreateBatch, SkusForKeys};
use askama::Template;
use domain::catalog::Term;
use domain::ids::ProductKeyBatchId;
use domain::limits::KEYS_PER_BATCH_MAX;
use domain::product_key::create::BatchDraft;
use domain::refusal::Field;
use words::Words;

/// What was typed.
struct Typed {
    sku: String,
    quantity: String,
    term: String,
    key_count: String,
    country: String,
    redeem_by: String,
}

#[derive(Template)]
#[template(path = "product_key_batch/create.html")]
struct CreatePane {
    frame: Frame,
    words: Words,
    close_url: &'static str,
    errors: FieldErrors,
    typed: Typed,
    keys_max: String,
    skus: Vec<Choice>,
    terms: Vec<Choice>,
    countries: Vec<Choice>,
}

pub(super) async fn pane(visitor: Visitor) -> PageResult {
    let typed = Typed {
        sku: String::new(),
        quantity: "1".to_owned(),
        term: Term::Annual.code().to_owned(),
        key_count: "1".to_owned(),
        country: String::new(),
        redeem_by: String::new(),
    };
    render(&create_pane(&visitor, typed, FieldErrors::none()).await?)
}

pub(super) async fn submit(visitor: Visitor, form: Form) -> PageResult {
    match create(&visitor, &form).await {
        Ok(batch) => Ok(notice_and_redirect(&Done::ProductKeysBegun {}, &url_of(batch))),
        Err(failure) => {
            let errors = FieldErrors::of(visitor.words, &failure)?;
            let text = |name: &str| form.text(name).to_owned();
            let typed = Typed {
                sku: text("sku"),
                quantity: text("licenses_per_key"),
                term: text("term"),
                key_count: text("key_count"),
                country: text("country"),
                redeem_by: text("redeem_by"),
            };
            render_refused(&failure, &create_pane(&visitor, typed, errors).await?)
        }
    }
}

/// Every field that cannot be read is said at once.
async fn create(visitor: &Visitor, form: &Form) -> Result<ProductKeyBatchId, Failure> {
    let (sku_id, term) = (form.choice(Field::Sku), form.choice::<Term>(Field::Term));
    let (quantity, key_count) = (form.number(Field::LicensesPerKey), form.number(Field::KeyCount));
    let redeem_by = form.choice_or_any("redeem_by", Field::RedeemBy);
    let (Ok(sku_id), Ok(term), Ok(quantity), Ok(key_count), Ok(redeem_by)) =
        (&sku_id, &term, &quantity, &key_count, &redeem_by)
    else {
        let wrong = [sku_id.err(), term.err(), quantity.err(), key_count.err(), redeem_by.err()];
        return Err(wrong.into_iter().flatten().collect::<Vec<_>>().into());
    };
    let country = form.text("country").to_owned();
    let draft = BatchDraft { quantity: *quantity, term: *term, key_count: *key_count, country, redeem_by: *redeem_by };
    let command = CreateBatch::prepare(visitor.app(), *sku_id, draft)?;
    Ok(visitor.write(command).await?.batch_id)
}

async fn create_pane(visitor: &Visitor, typed: Typed, errors: FieldErrors) -> Result<CreatePane, PageError> {
    let words = visitor.words;
    let skus = visitor.read(SkusForKeys).await?;
    let skus = skus
        .into_iter()
        .map(|sku| Choice::new(sku.sku_id.to_string(), format!("{} ({})", sku.product_name, sku.part_number)));
    let terms = [Term::Annual, Term::Monthly].map(|term| Choice::new(term.code(), words.term_name(term)));
    let mut frame = visitor.frame(Section::ProductKeys, words.make_product_keys()).await?;
    frame.lead = Some(words.make_product_keys_purpose().to_owned());
    Ok(CreatePane {
        close_url: Section::ProductKeys.url(),
        keys_max: words.number(i64::from(KEYS_PER_BATCH_MAX)),
        skus: std::iter::once(Choice::new("", words.choose_one())).chain(skus).collect(),
        terms: terms.into(),
        countries: countries(words, words.key_for_every_country()),
        errors,
        typed,
        words,
        frame,
    })
}
