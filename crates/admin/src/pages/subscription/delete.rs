//! The question before a disabled subscription is erased (domain 1.4, T10).

use super::life::{LifePane, details_url, pane as life_pane, view};
use crate::parts::FieldErrors;
use crate::web::{Done, Form, PageError, PageResult, Visitor, notice_and_redirect, render, render_refused};
use app::subscription::delete::DeleteSubscription;
use app::subscription::details::SubscriptionView;
use axum::extract::Path;
use domain::subscription::Action;

pub(super) async fn pane(visitor: Visitor, Path(id): Path<String>) -> PageResult {
    let (_, view) = view(&visitor, &id).await?;
    render(&delete_pane(&visitor, &view, FieldErrors::none()).await?)
}

pub(super) async fn submit(visitor: Visitor, Path(id): Path<String>, _form: Form) -> PageResult {
    let (id, view) = view(&visitor, &id).await?;
    match visitor.write(DeleteSubscription(id)).await {
        Ok(()) => Ok(notice_and_redirect(&Done::SubscriptionDeleted {}, &details_url(id))),
        Err(failure) => {
            let errors = FieldErrors::of(visitor.words, &failure)?;
            render_refused(&failure, &delete_pane(&visitor, &view, errors).await?)
        }
    }
}

async fn delete_pane(visitor: &Visitor, view: &SubscriptionView, errors: FieldErrors) -> Result<LifePane, PageError> {
    let words = visitor.words;
    let subscription = &view.listed.subscription;
    let people = i64::from(subscription.assigned) + i64::from(subscription.conflicts);
    let mut pane = life_pane(visitor, view, Action::Delete, "delete", errors).await?;
    pane.consequences = vec![("delete", words.delete_erases().to_owned())];
    if people > 0 {
        pane.consequences.push(("people", words.delete_takes_licenses(people)));
    }
    pane.consequences.push(("warning", words.delete_for_good().to_owned()));
    (pane.is_severe, pane.leave) = (true, words.keep_subscription());
    Ok(pane)
}
