//! The pane that lets a trial last longer (R157).

use super::life::{LifePane, details_url, pane as life_pane, view};
use crate::parts::{Closed, FieldErrors, Link};
use crate::web::{Done, Form, PageError, PageResult, Visitor, notice_and_redirect, render, render_refused};
use app::subscription::details::SubscriptionView;
use app::subscription::extend_trial::ExtendTrial;
use axum::extract::Path;
use domain::refusal::Refusal;
use domain::subscription::Action;
use domain::subscription::extend_trial::{extended_end, opens_on};

pub(super) async fn pane(visitor: Visitor, Path(id): Path<String>) -> PageResult {
    let (_, view) = view(&visitor, &id).await?;
    render(&extend_pane(&visitor, &view, FieldErrors::none()).await?)
}

pub(super) async fn submit(visitor: Visitor, Path(id): Path<String>, _form: Form) -> PageResult {
    let (id, view) = view(&visitor, &id).await?;
    match visitor.write(ExtendTrial(id)).await {
        Ok(()) => Ok(notice_and_redirect(&Done::TrialExtended {}, &details_url(id))),
        Err(failure) => {
            let errors = FieldErrors::of(visitor.words, &failure)?;
            render_refused(&failure, &extend_pane(&visitor, &view, errors).await?)
        }
    }
}

async fn extend_pane(visitor: &Visitor, view: &SubscriptionView, errors: FieldErrors) -> Result<LifePane, PageError> {
    let words = visitor.words;
    let trial = &view.listed.subscription;
    let mut pane = life_pane(visitor, view, Action::ExtendTrial, "extend-trial", errors).await?;
    pane.facts_title = words.preview();
    pane.facts = vec![
        (words.trial_ends_now().to_owned(), words.date(trial.ends_on)),
        (words.trial_ends_then().to_owned(), words.date(extended_end(trial))),
    ];
    pane.consequences = vec![("info", words.trial_extends_once().to_owned())];
    let from = opens_on(trial);
    if view.today < from {
        pane.missing = Some(Closed::new(words.refusal(&Refusal::TrialExtendsFrom { from }).to_string()));
    }
    pane.help = Some(Link::new(words.trial_help(), "/help/try-a-product"));
    pane.button = words.extend_trial();
    Ok(pane)
}
