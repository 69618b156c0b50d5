//! The pane that turns recurring billing on or off, with the effect of each said first (domain 1.3, R8, R9).

use super::cancel_scheduled_change::planned;
use super::life::{Asks, LifePane, details_url, pane as life_pane, view};
use crate::pages::payment_method::add_url;
use crate::parts::{Choice, Closed, FieldErrors, Link};
use crate::web::{Done, Form, PageError, PageResult, Visitor, notice_and_redirect, render, render_refused};
use app::Failure;
use app::subscription::change_payment_method::PaymentChoices;
use app::subscription::details::SubscriptionView;
use app::subscription::edit_billing_frequency::{FrequencyChoice, PreviewBillingFrequency};
use app::subscription::edit_recurring_billing::EditRecurringBilling;
use axum::extract::Path;
use axum::response::Response;
use domain::catalog::BillingFrequency;
use domain::ids::SubscriptionId;
use domain::refusal::{Field, Refusal};
use domain::subscription::{Action, Subscription};
use words::Words;

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
    let (on, billing_frequency) = match form.text(Field::RecurringBilling.code()) {
        ON => (true, None),
        OFF => (false, None),
        frequency => match BillingFrequency::from_code(frequency) {
            Some(frequency) => (true, Some(frequency)),
            None => return Err(Refusal::UnknownChoice.at(Field::RecurringBilling).into()),
        },
    };
    visitor.write(EditRecurringBilling { subscription_id, on, billing_frequency }).await?;
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
    pane.help = Some(Link::new(words.recurring_billing_help(), "/help/recurring-billing"));
    pane.button = words.save();
    if subscription.is_prepaid() && pane.closed.is_none() {
        return prepaid_pane(visitor, subscription, pane).await;
    }
    let ends_on = subscription.ends_on;
    let (on_effect, off_effect) = match subscription.is_trial() {
        true => {
            let all = subscription.price_per_period(subscription.quantity);
            let price = words.price_per_period_of(all, subscription.billing_frequency);
            (words.recurring_trial_on_effect(&price, ends_on), words.recurring_trial_off_effect(ends_on))
        }
        false => (words.recurring_billing_on_effect(ends_on), words.recurring_billing_off_effect(ends_on)),
    };
    pane.asks = Some(Asks {
        name: Field::RecurringBilling.code(),
        label: words.recurring_billing(),
        value: if subscription.recurring_billing { ON } else { OFF }.to_owned(),
        choices: vec![Choice::new(ON, words.on()).note(on_effect), Choice::new(OFF, words.off()).note(off_effect)],
    });
    if subscription.is_trial() && subscription.payment_method_id.is_none() {
        let methods = visitor.read(PaymentChoices(subscription.id)).await?.methods;
        pane.missing = Some(payment_method_needed(words, subscription.id, !methods.is_empty()));
    }
    if !subscription.is_trial() {
        pane.consequences = vec![("info", words.recurring_billing_is_no_cancellation().to_owned())];
    }
    let planned: Vec<_> = planned(words, &view.listed).into_iter().map(|(says, _)| says).collect();
    if subscription.recurring_billing && !planned.is_empty() {
        pane.consequences.push(("close", words.recurring_off_drops(&planned.join("; "))));
    }
    Ok(pane)
}

/// What was prepaid ends, or is paid from its end on, monthly or yearly (domain 1.3).
async fn prepaid_pane(
    visitor: &Visitor,
    subscription: &Subscription,
    mut pane: LifePane,
) -> Result<LifePane, PageError> {
    let (words, id, ends_on) = (visitor.words, subscription.id, subscription.ends_on);
    let sold = visitor.read(PreviewBillingFrequency(id)).await?;
    let on = |FrequencyChoice { price, .. }: &FrequencyChoice| {
        let all = Subscription { unit_price: price.unit_price, ..subscription.clone() };
        let all = words.price_per_period_of(all.price_per_period(subscription.quantity), price.billing_frequency);
        let frequency = price.billing_frequency;
        let effect = words.recurring_prepaid_on_effect(&all, ends_on);
        Choice::new(frequency.code(), words.billing_frequency_name(frequency)).note(effect)
    };
    let off = Choice::new(OFF, words.off()).note(words.recurring_billing_off_effect(ends_on));
    let agreed = subscription.price_at_renewal.filter(|_| subscription.recurring_billing);
    let could_pay = visitor.read(PaymentChoices(id)).await?;
    pane.missing = match (sold.is_empty(), could_pay.profile.is_some() || subscription.payment_method_id.is_some()) {
        (true, _) => Some(Closed::new(words.refusal(&Refusal::NoPrice).to_string())),
        (false, true) => None,
        (false, false) => Some(payment_method_needed(words, id, !could_pay.methods.is_empty())),
    };
    pane.asks = Some(Asks {
        name: Field::RecurringBilling.code(),
        label: words.recurring_billing(),
        value: agreed.map_or(OFF, |agreed| agreed.billing_frequency.code()).to_owned(),
        choices: sold.iter().map(on).chain([off]).collect(),
    });
    Ok(pane)
}

/// First something has to pay: what is on file is chosen, or something is added.
fn payment_method_needed(words: Words, id: SubscriptionId, is_on_file: bool) -> Closed {
    let url = details_url(id);
    match is_on_file {
        true => Closed::new(words.payment_not_chosen())
            .remedy(words.choose_payment_method(), format!("{url}/payment-method")),
        false => Closed::new(words.reactivate_needs_card())
            .remedy(words.add_payment_method(), add_url(&format!("{url}/payment-method"))),
    }
}
