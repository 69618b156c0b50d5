//! The pane that turns recurring billing on or off, with the effect of each said first (domain 1.3, R8, R9).

use super::life::{Asks, LifePane, details_url, pane as life_pane, view};
use crate::parts::{Choice, Closed, FieldErrors, Link};
use crate::web::{Done, Form, PageError, PageResult, Visitor, notice_and_redirect, render, render_refused};
use app::Failure;
use app::subscription::details::SubscriptionView;
use app::subscription::edit_recurring_billing::EditRecurringBilling;
use axum::extract::Path;
use axum::response::Response;
use domain::ids::SubscriptionId;
use domain::refusal::{Field, Refusal};
use domain::subscription::Action;

/// The values of the two choices.
const ON: &str = "on";
const OFF: &str = "off";

pub(super) async fn pane(visitor: Visitor, Path(id): Path<String>) -> PageResult {
    let (_, view) = view(&visitor, &id).await?;
    render(&recurring_pane(&visitor, &view, FieldErrors::none()).await?)
}

pub(super) async fn submit(visitor: Visitor, Path(id): Path<String>, form: Form) -> PageResult {
    let (id, view) = view(&visitor, &id).await?;
    match edit(&visitor, id, &form).await {
        Ok(response) => Ok(response),
        Err(failure) => {
            let errors = FieldErrors::of(visitor.words, &failure)?;
            render_refused(&failure, &recurring_pane(&visitor, &view, errors).await?)
        }
    }
}

async fn edit(visitor: &Visitor, subscription_id: SubscriptionId, form: &Form) -> Result<Response, Failure> {
    let on = match form.text(Field::RecurringBilling.code()) {
        ON => true,
        OFF => false,
        _ => return Err(Refusal::UnknownChoice.at(Field::RecurringBilling).into()),
    };
    visitor.write(EditRecurringBilling { subscription_id, on }).await?;
    let done = if on { Done::RecurringBillingOn {} } else { Done::RecurringBillingOff {} };
    Ok(notice_and_redirect(&done, &details_url(subscription_id)))
}

async fn recurring_pane(
    visitor: &Visitor,
    view: &SubscriptionView,
    errors: FieldErrors,
) -> Result<LifePane, PageError> {
    let words = visitor.words;
    let subscription = &view.listed.subscription;
    let mut pane = life_pane(visitor, view, Action::EditRecurringBilling, "recurring-billing", errors).await?;
    let ends_on = subscription.ends_on;
    let (on_effect, off_effect) = match subscription.is_trial() {
        true => (words.recurring_trial_on_effect(ends_on), words.recurring_trial_off_effect(ends_on)),
        false => (words.recurring_billing_on_effect(ends_on), words.recurring_billing_off_effect(ends_on)),
    };
    pane.asks = Some(Asks {
        name: Field::RecurringBilling.code(),
        label: words.recurring_billing(),
        value: if subscription.recurring_billing { ON } else { OFF }.to_owned(),
        choices: vec![Choice::new(ON, words.on()).note(on_effect), Choice::new(OFF, words.off()).note(off_effect)],
    });
    if subscription.is_trial() && subscription.payment_method_id.is_none() {
        let reason = words.refusal(&Refusal::PaymentMethodNeeded).to_string();
        let to = format!("{}/payment-method", details_url(subscription.id));
        pane.missing = Some(Closed::new(reason).remedy(words.replace_payment_method(), to));
    }
    if !subscription.is_trial() {
        pane.consequences = vec![("info", words.recurring_billing_is_no_cancellation().to_owned())];
    }
    pane.help = Some(Link::new(words.recurring_billing_help(), "/help/recurring-billing"));
    pane.button = words.save();
    Ok(pane)
}
