//! The pane that undoes a take-over: what will be true then, and the one button (domain 5.4).

use super::life::details_url;
use super::progress::{self, Told};
use crate::frame::Frame;
use crate::parts::FieldErrors;
use crate::web::{Form, PageError, PageResult, Section, Visitor, redirect, render, render_refused};
use app::subscription::undo_take_over::{PreviewUndoTakeOver, StartUndoTakeOver, UndoPlan, UndoView};
use askama::Template;
use axum::extract::Path;
use domain::ids::SubscriptionId;
use domain::refusal::Refusal;
use words::Words;

#[derive(Template)]
#[template(path = "subscription/undo_take_over.html")]
struct UndoPane {
    frame: Frame,
    words: Words,
    url: String,
    close_url: String,
    errors: FieldErrors,
    about: String,
    /// What will be true; none when it cannot be undone.
    consequences: Vec<(&'static str, String)>,
    /// Why it cannot be undone.
    refused: Option<String>,
}

fn url(id: SubscriptionId) -> String {
    format!("{}/undo-take-over", details_url(id))
}

fn subscription_id(id: &str) -> Result<SubscriptionId, Refusal> {
    id.parse().map_err(|_| Refusal::NotFound)
}

pub(super) async fn pane(visitor: Visitor, Path(id): Path<String>) -> PageResult {
    render(&undo_pane(&visitor, subscription_id(&id)?, FieldErrors::none()).await?)
}

pub(super) async fn submit(visitor: Visitor, Path(id): Path<String>, _form: Form) -> PageResult {
    let id = subscription_id(&id)?;
    match visitor.write(StartUndoTakeOver(id)).await {
        Ok(job) => Ok(redirect(&format!("{}/{job}", url(id)))),
        Err(failure) => {
            let errors = FieldErrors::of(visitor.words, &failure)?;
            render_refused(&failure, &undo_pane(&visitor, id, errors).await?)
        }
    }
}

async fn undo_pane(visitor: &Visitor, id: SubscriptionId, errors: FieldErrors) -> Result<UndoPane, PageError> {
    let words = visitor.words;
    let view = visitor.read(PreviewUndoTakeOver(id)).await?;
    let mut frame = visitor.frame(Section::YourProducts, words.undo_take_over()).await?;
    frame.lead = Some(view.listed.product_name.clone());
    let buyer = view.listed.holder_name.clone().unwrap_or_default();
    let (consequences, refused) = match &view.plan {
        Ok(plan) => (consequences(words, &view, plan), None),
        Err(refusal) => (Vec::new(), Some(words.refusal(refusal).to_string())),
    };
    Ok(UndoPane {
        url: url(id),
        close_url: details_url(id),
        errors,
        about: words.undo_about(&buyer),
        consequences,
        refused,
        words,
        frame,
    })
}

fn consequences(words: Words, view: &UndoView, plan: &UndoPlan) -> Vec<(&'static str, String)> {
    let buyer = view.listed.holder_name.clone().unwrap_or_default();
    let state = words.subscription_state_name(plan.state).to_owned();
    let some = |count: i64, icon, says: &dyn Fn(i64) -> String| (count > 0).then(|| (icon, says(count)));
    let product = plan.moved_to.clone().unwrap_or_default();
    let charge = plan.amount.filter(|amount| amount.minor > 0);
    let all = [
        Some(("check", words.undo_state(&state))),
        some(plan.people, "people", &|count| words.undo_people(count)),
        some(plan.freed, "license", &|count| words.undo_frees(count, &product)),
        some(plan.elsewhere, "warning", &|count| words.undo_elsewhere(count)),
        some(plan.gone, "warning", &|count| words.undo_gone(count)),
        charge.map(|amount| ("card", words.undo_charge(&buyer, amount))),
        plan.due_since.map(|on| ("calendar", words.undo_catches_up(on))),
        Some(("mail", words.take_over_mail(&buyer, &view.buyer_email))),
    ];
    all.into_iter().flatten().collect()
}

pub(super) async fn progress(visitor: Visitor, Path((id, job)): Path<(String, String)>) -> PageResult {
    let words = visitor.words;
    let id = subscription_id(&id)?;
    let listed = visitor.read(PreviewUndoTakeOver(id)).await?.listed;
    let job = progress::find(&visitor, id, "undo_take_over", &job).await?;
    let told = Told {
        product_name: listed.product_name,
        start_url: url(id),
        running: (words.undo_take_over(), words.undoing_take_over()),
        done: (words.kind_take_over_undone(), words.undo_done().to_owned()),
        already: None,
        refused: words.undo_refused().to_owned(),
        next: None,
    };
    progress::show(&visitor, id, &job, told).await
}
