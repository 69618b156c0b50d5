//! The pane that starts a trial: what it gives, until when, and what happens then (R157).

use super::product::ways;
use crate::frame::Frame;
use crate::pages::billing_profile::url_of;
use crate::pages::payment_method::add_url;
use crate::parts::{Choice, FieldErrors, Link};
use crate::web::{Done, Form, PageError, PageResult, Section, Visitor, notice_and_redirect, render, render_refused};
use app::Failure;
use app::subscription::start_trial::{PrepareTrial, PreparedTrial, StartTrial};
use askama::Template;
use axum::extract::{Path, Query};
use axum::response::Response;
use domain::ids::{PriceId, ProductId};
use domain::refusal::{Field, Refusal};
use serde::Deserialize;
use words::Words;

/// What the form sends when nothing is to pay: the trial just ends.
const NOTHING: &str = "nothing";

/// What is chosen already.
#[derive(Deserialize, Default)]
#[serde(default)]
pub(super) struct Chosen {
    /// What was just put on file and shall pay.
    payment: String,
}

#[derive(Template)]
#[template(path = "purchase/trial.html")]
struct TrialPane {
    frame: Frame,
    words: Words,
    url: String,
    close_url: String,
    errors: FieldErrors,
    /// Why there is nothing to start.
    closed: Option<String>,
    facts: Vec<(&'static str, String)>,
    consequences: Vec<(&'static str, &'static str)>,
    /// What pays when it ends; nothing to choose from for a user who tries it for the team.
    ends: Vec<Choice>,
    end: String,
    /// Where something else is put on file that pays.
    add_url: Option<String>,
    /// Said where the billing profile decides what pays, and where that is changed.
    profile_pays: Option<(String, String)>,
    ways: Vec<Choice>,
    way: String,
    help: Link,
}

pub(super) async fn pane(visitor: Visitor, Path(id): Path<String>, Query(chosen): Query<Chosen>) -> PageResult {
    let id = id.parse().map_err(|_| Refusal::NotFound)?;
    let mut pane = trial_pane(&visitor, id, None, FieldErrors::none()).await?;
    if pane.ends.iter().any(|choice| choice.value == chosen.payment) {
        pane.end = chosen.payment;
    }
    render(&pane)
}

pub(super) async fn submit(visitor: Visitor, Path(id): Path<String>, form: Form) -> PageResult {
    let id = id.parse().map_err(|_| Refusal::NotFound)?;
    match start(&visitor, &form).await {
        Ok(response) => Ok(response),
        Err(failure) => {
            let errors = FieldErrors::of(visitor.words, &failure)?;
            render_refused(&failure, &trial_pane(&visitor, id, Some(&form), errors).await?)
        }
    }
}

async fn start(visitor: &Visitor, form: &Form) -> Result<Response, Failure> {
    let price_id: PriceId = form.text("price").parse().map_err(|_| Refusal::Required.at(Field::Term))?;
    let payment_method_id = match form.text(Field::Payment.code()) {
        "" | NOTHING => None,
        method => Some(method.parse().map_err(|_| Refusal::UnknownChoice.at(Field::Payment))?),
    };
    let started = visitor.write(StartTrial { price_id, payment_method_id }).await?;
    Ok(notice_and_redirect(&Done::TrialStarted {}, &format!("{}/{started}", Section::YourProducts.url())))
}

async fn trial_pane(
    visitor: &Visitor,
    id: ProductId,
    form: Option<&Form>,
    errors: FieldErrors,
) -> Result<TrialPane, PageError> {
    let words = visitor.words;
    let prepared = visitor.read(PrepareTrial(id)).await?.ok_or(Refusal::NotFound)?;
    let mut frame = visitor.frame(Section::Purchase, words.start_trial()).await?;
    frame.lead = Some(prepared.product.name.clone());
    let close_url = format!("{}/{id}", Section::Purchase.url());
    let sent = |name: &str| form.map(|form| form.text(name).to_owned()).filter(|text| !text.is_empty());
    let ways = ways(words, &prepared.skus);
    let first_way = ways.first().map(|way| way.value.clone()).unwrap_or_default();
    Ok(TrialPane {
        url: format!("{close_url}/trial"),
        closed: prepared.was_tried.then(|| words.refusal(&Refusal::TrialTwice).to_string()),
        facts: vec![
            (words.licenses(), words.number(prepared.licenses)),
            (words.trial_free_until(), words.date(prepared.ends_on)),
        ],
        consequences: vec![
            ("card", words.trial_costs_nothing()),
            ("license", words.trial_same_count()),
            ("info", words.trial_once()),
        ],
        end: sent(Field::Payment.code()).unwrap_or_else(|| NOTHING.to_owned()),
        way: sent("price").unwrap_or(first_way),
        ends: ends(words, &prepared),
        add_url: (prepared.may_go_on && prepared.profile.is_none()).then(|| add_url(&format!("{close_url}/trial"))),
        profile_pays: prepared.profile.map(|id| (profile_pays(words, &prepared), url_of(id))),
        ways,
        help: Link::new(words.trial_help(), "/help/try-a-product"),
        close_url,
        errors,
        words,
        frame,
    })
}

fn profile_pays(words: Words, prepared: &PreparedTrial) -> String {
    match prepared.methods.first() {
        Some(card) => words.purchase_profile_pays(&words.method_in_sentence(&card.described.name())),
        None => words.purchase_profile_billed().to_owned(),
    }
}

/// It ends by itself, or goes on with something that pays.
fn ends(words: Words, prepared: &PreparedTrial) -> Vec<Choice> {
    let alone = Choice::new(NOTHING, words.trial_ends_by_itself()).note(words.trial_ends_by_itself_note());
    let paid = prepared.methods.iter().map(|method| {
        let label = words.trial_goes_on_paid(&words.method_in_sentence(&method.described.name()));
        Choice::new(method.id.to_string(), label).note(words.trial_goes_on_note())
    });
    if prepared.may_go_on { std::iter::once(alone).chain(paid).collect() } else { Vec::new() }
}
