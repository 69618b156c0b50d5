//! The question before a planned change is dropped (domain 1.12, R163).

use super::life::{LifePane, details_url, pane as life_pane, view};
use crate::parts::{Closed, FieldErrors};
use crate::web::{Done, Form, PageError, PageResult, Visitor, notice_and_redirect, render, render_refused};
use app::subscription::cancel_scheduled_change::CancelScheduledChange;
use app::subscription::details::SubscriptionView;
use app::subscription::list::ListedSubscription;
use axum::extract::Path;
use domain::refusal::Refusal;
use domain::subscription::Action;
use domain::subscription::cancel_scheduled_change::{ScheduledChange, scheduled};
use words::Words;

pub(super) async fn pane(visitor: Visitor, Path((id, change)): Path<(String, String)>) -> PageResult {
    let (_, view) = view(&visitor, &id).await?;
    render(&question(&visitor, &view, change_of(&change)?, FieldErrors::none()).await?)
}

pub(super) async fn submit(visitor: Visitor, Path((id, change)): Path<(String, String)>, _form: Form) -> PageResult {
    let (subscription_id, view) = view(&visitor, &id).await?;
    let change = change_of(&change)?;
    match visitor.write(CancelScheduledChange { subscription_id, change }).await {
        Ok(()) => Ok(notice_and_redirect(&Done::ScheduledChangeCanceled {}, &details_url(subscription_id))),
        Err(failure) => {
            let errors = FieldErrors::of(visitor.words, &failure)?;
            render_refused(&failure, &question(&visitor, &view, change, errors).await?)
        }
    }
}

fn change_of(code: &str) -> Result<ScheduledChange, PageError> {
    Ok(ScheduledChange::from_code(code).ok_or(Refusal::NotFound)?)
}

/// What is planned, as the details page and the question say it: `80 licenses from 15 January 2021`.
pub(super) fn sentence(words: Words, listed: &ListedSubscription, change: ScheduledChange) -> Option<String> {
    let subscription = &listed.subscription;
    let on = subscription.ends_on;
    match change {
        ScheduledChange::Quantity => {
            let quantity = i64::from(subscription.quantity_then());
            subscription.quantity_at_renewal.map(|_| words.scheduled_quantity(quantity, on))
        }
        ScheduledChange::BillingFrequency => subscription
            .price_at_renewal
            .map(|agreed| words.scheduled_frequency(words.billing_frequency_name(agreed.billing_frequency), on)),
        ScheduledChange::Plan => subscription
            .plan_at_renewal
            .zip(listed.plan_at_renewal.as_deref())
            .map(|(agreed, product)| words.scheduled_plan(product, i64::from(agreed.quantity), on)),
    }
}

/// Everything that is planned, with the address of the question.
pub(super) fn planned(words: Words, listed: &ListedSubscription) -> Vec<(String, String)> {
    let url = details_url(listed.subscription.id);
    let line = |change: ScheduledChange| {
        sentence(words, listed, change).map(|says| (says, format!("{url}/scheduled-changes/{}", change.code())))
    };
    scheduled(&listed.subscription).into_iter().filter_map(line).collect()
}

async fn question(
    visitor: &Visitor,
    view: &SubscriptionView,
    change: ScheduledChange,
    errors: FieldErrors,
) -> Result<LifePane, PageError> {
    let words = visitor.words;
    let subscription = &view.listed.subscription;
    let path = format!("scheduled-changes/{}", change.code());
    let mut pane = life_pane(visitor, view, Action::EditRecurringBilling, &path, errors).await?;
    pane.retitle(words.scheduled_change_cancel_title());
    let dropped = sentence(words, &view.listed, change).map(|says| words.scheduled_change_dropped(&says));
    match dropped {
        Some(dropped) => {
            let stays = words.scheduled_change_stays(subscription.ends_on);
            pane.consequences = vec![("close", dropped), ("renew", stays)];
        }
        None => pane.missing = Some(Closed::new(words.refusal(&Refusal::NothingToChange).to_string())),
    }
    pane.button = words.scheduled_change_cancel();
    pane.leave = words.scheduled_change_keep();
    Ok(pane)
}
