//! The question before a disabled subscription is erased (domain 1.4, T10), or what a user signed up for, which asks to
//! be confirmed (domain 2.10, R180).

use super::life::{LifePane, details_url, pane as life_pane, view};
use crate::parts::{FieldErrors, Link};
use crate::web::{Done, Form, PageError, PageResult, Visitor, notice_and_redirect, render, render_refused};
use app::Failure;
use app::subscription::delete::DeleteSubscription;
use app::subscription::details::SubscriptionView;
use axum::extract::Path;
use domain::refusal::{Field, Refusal};
use domain::subscription::Action;

pub(super) async fn pane(visitor: Visitor, Path(id): Path<String>) -> PageResult {
    let (_, view) = view(&visitor, &id).await?;
    render(&delete_pane(&visitor, &view, FieldErrors::none()).await?)
}

pub(super) async fn submit(visitor: Visitor, Path(id): Path<String>, form: Form) -> PageResult {
    let (id, view) = view(&visitor, &id).await?;
    match delete(&visitor, &view, &form).await {
        Ok(()) => Ok(notice_and_redirect(&Done::SubscriptionDeleted {}, &details_url(id))),
        Err(failure) => {
            let errors = FieldErrors::of(visitor.words, &failure)?;
            render_refused(&failure, &delete_pane(&visitor, &view, errors).await?)
        }
    }
}

async fn delete(visitor: &Visitor, view: &SubscriptionView, form: &Form) -> Result<(), Failure> {
    let subscription = &view.listed.subscription;
    if subscription.is_free() && !form.is_on(Field::Confirmation.code()) {
        return Err(Refusal::Required.at(Field::Confirmation).into());
    }
    visitor.write(DeleteSubscription(subscription.id)).await
}

async fn delete_pane(visitor: &Visitor, view: &SubscriptionView, errors: FieldErrors) -> Result<LifePane, PageError> {
    let words = visitor.words;
    let subscription = &view.listed.subscription;
    let people = i64::from(subscription.assigned) + i64::from(subscription.conflicts);
    let mut pane = life_pane(visitor, view, Action::Delete, "delete", errors).await?;
    pane.consequences = vec![("delete", words.delete_erases().to_owned())];
    match &view.listed.holder_name {
        Some(person) if subscription.is_free() => {
            pane.consequences.push(("people", words.delete_free_of(person)));
            pane.consequences.push(("warning", words.delete_free_again().to_owned()));
            pane.help = Some(Link::new(words.free_help(), "/help/free-sign-up"));
            pane.confirm = Some(words.delete_free_confirm());
        }
        _ => {
            if people > 0 {
                pane.consequences.push(("people", words.delete_takes_licenses(people)));
            }
            pane.consequences.push(("warning", words.delete_for_good().to_owned()));
        }
    }
    (pane.is_severe, pane.leave) = (true, words.keep_subscription());
    Ok(pane)
}
