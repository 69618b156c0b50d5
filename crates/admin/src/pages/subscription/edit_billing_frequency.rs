//! The pane that asks how often the subscription shall be charged, with what each choice costs (R12).

use super::life::{Asks, LifePane, details_url, pane as life_pane, view};
use crate::parts::{Choice, Closed, FieldErrors, Link};
use crate::web::{Done, Form, PageError, PageResult, Visitor, notice_and_redirect, render, render_refused};
use app::Failure;
use app::subscription::details::SubscriptionView;
use app::subscription::edit_billing_frequency::{EditBillingFrequency, FrequencyChoice, PreviewBillingFrequency};
use axum::extract::Path;
use axum::response::Response;
use domain::catalog::BillingFrequency;
use domain::ids::SubscriptionId;
use domain::money::Money;
use domain::refusal::{Field, Refusal};
use domain::subscription::{Action, Offer, Subscription};
use words::Words;

pub(super) async fn pane(visitor: Visitor, Path(id): Path<String>) -> PageResult {
    let (_, view) = view(&visitor, &id).await?;
    render(&frequency_pane(&visitor, &view, None, FieldErrors::none()).await?)
}

pub(super) async fn submit(visitor: Visitor, Path(id): Path<String>, form: Form) -> PageResult {
    let (id, view) = view(&visitor, &id).await?;
    match edit(&visitor, id, &form).await {
        Ok(response) => Ok(response),
        Err(failure) => {
            let errors = FieldErrors::of(visitor.words, &failure)?;
            let chosen = form.text(Field::BillingFrequency.code()).to_owned();
            render_refused(&failure, &frequency_pane(&visitor, &view, Some(chosen), errors).await?)
        }
    }
}

async fn edit(visitor: &Visitor, subscription_id: SubscriptionId, form: &Form) -> Result<Response, Failure> {
    let chosen = BillingFrequency::from_code(form.text(Field::BillingFrequency.code()));
    let billing_frequency = chosen.ok_or_else(|| Refusal::UnknownChoice.at(Field::BillingFrequency))?;
    let changed = visitor.write(EditBillingFrequency { subscription_id, billing_frequency }).await;
    let after = changed.map_err(at_frequency)?;
    let is_now = after.billing_frequency == billing_frequency;
    let done = if is_now { Done::BillingFrequencyChanged {} } else { Done::BillingFrequencyScheduled {} };
    Ok(notice_and_redirect(&done, &details_url(subscription_id)))
}

/// That nothing would change is said at the choice.
fn at_frequency(failure: Failure) -> Failure {
    match failure {
        Failure::Refused(refusal @ (Refusal::NothingToChange | Refusal::NoRenewal)) => {
            refusal.at(Field::BillingFrequency).into()
        }
        other => other,
    }
}

async fn frequency_pane(
    visitor: &Visitor,
    view: &SubscriptionView,
    chosen: Option<String>,
    errors: FieldErrors,
) -> Result<LifePane, PageError> {
    let words = visitor.words;
    let subscription = &view.listed.subscription;
    let mut pane = life_pane(visitor, view, Action::EditBillingFrequency, "billing-frequency", errors).await?;
    pane.button = words.change();
    if view.offer(Action::EditBillingFrequency) != Offer::Open {
        return Ok(pane);
    }
    let choices = visitor.read(PreviewBillingFrequency(subscription.id)).await?;
    if choices.iter().all(|choice| choice.preview.is_none()) {
        pane.missing = Some(Closed::new(words.frequency_sold_one_way()));
        return Ok(pane);
    }
    let agreed =
        subscription.price_at_renewal.map_or(subscription.billing_frequency, |agreed| agreed.billing_frequency);
    pane.asks = Some(Asks {
        name: Field::BillingFrequency.code(),
        label: words.billing_frequency(),
        value: chosen.unwrap_or_else(|| agreed.code().to_owned()),
        choices: choices.iter().map(|choice| to_choose(words, subscription, choice)).collect(),
    });
    pane.without_tax = true;
    pane.consequences = vec![("info", words.frequency_keeps_term(subscription.ends_on))];
    pane.help = Some(Link::new(words.frequency_help(), "/help/billing-frequency"));
    Ok(pane)
}

fn to_choose(words: Words, subscription: &Subscription, choice: &FrequencyChoice) -> Choice {
    let frequency = choice.price.billing_frequency;
    let note = match &choice.preview {
        None => {
            let all = subscription.price_per_period(subscription.quantity);
            words.frequency_is_so(&words.price_per_period_of(all, frequency))
        }
        Some(preview) => {
            let price = words.price_per_period_of(preview.per_period_after, frequency);
            let cost = preview.cost_now;
            match cost.minor {
                _ if preview.charges.is_empty() && !subscription.renews() => words.refused_no_renewal().to_owned(),
                _ if preview.charges.is_empty() => words.frequency_from_renewal(&price, preview.counts_from),
                ..0 => words.frequency_gives_back(&price, Money::new(-cost.minor, cost.currency)),
                _ => words.frequency_costs(&price, cost, preview.service_period.end),
            }
        }
    };
    Choice::new(frequency.code(), words.billing_frequency_choice(frequency)).note(note)
}
