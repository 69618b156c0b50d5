//! The pane that brings a subscription back: when it renews, what is charged, and with which card (R10, R155).

use super::life::{Asks, LifePane, details_url, pane as life_pane, view};
use crate::pages::payment_method::{add_url, choices};
use crate::parts::{Closed, FieldErrors};
use crate::web::{Done, Form, PageError, PageResult, Visitor, notice_and_redirect, render, render_refused};
use app::Failure;
use app::subscription::details::SubscriptionView;
use app::subscription::reactivate::{PreviewReactivate, ReactivateSubscription, ReactivateView};
use axum::extract::Path;
use domain::ids::SubscriptionId;
use domain::money::Money;
use domain::refusal::Field;
use domain::subscription::{Action, SubscriptionState};
use words::Words;

pub(super) async fn pane(visitor: Visitor, Path(id): Path<String>) -> PageResult {
    let (_, view) = view(&visitor, &id).await?;
    render(&reactivate_pane(&visitor, &view, FieldErrors::none()).await?)
}

pub(super) async fn submit(visitor: Visitor, Path(id): Path<String>, form: Form) -> PageResult {
    let (id, view) = view(&visitor, &id).await?;
    match reactivate(&visitor, id, &form).await {
        Ok(()) => {
            let done = match view.listed.subscription.recurring_billing {
                true => Done::SubscriptionReactivated {},
                false => Done::SubscriptionReactivatedOnce {},
            };
            Ok(notice_and_redirect(&done, &details_url(id)))
        }
        Err(failure) => {
            let errors = FieldErrors::of(visitor.words, &failure)?;
            render_refused(&failure, &reactivate_pane(&visitor, &view, errors).await?)
        }
    }
}

async fn reactivate(visitor: &Visitor, subscription_id: SubscriptionId, form: &Form) -> Result<(), Failure> {
    let payment_method_id = form.choice_or_any(Field::Payment.code(), Field::Payment)?;
    visitor.write(ReactivateSubscription { subscription_id, payment_method_id }).await
}

async fn reactivate_pane(
    visitor: &Visitor,
    view: &SubscriptionView,
    errors: FieldErrors,
) -> Result<LifePane, PageError> {
    let words = visitor.words;
    let subscription = &view.listed.subscription;
    let shown = visitor.read(PreviewReactivate(subscription.id)).await?;
    let mut pane = life_pane(visitor, view, Action::Reactivate, "reactivate", errors).await?;
    pane.facts_title = words.preview();
    let recurring = subscription.recurring_billing;
    let label = if recurring { words.reactivate_renews_on() } else { words.reactivate_expires_on() };
    pane.facts = vec![(label.to_owned(), words.date(shown.preview.ends_on))];
    if view.with_prices {
        pane.without_tax = true;
        pane.facts.push((words.cost_now().to_owned(), words.money(shown.preview.cost_now)));
        let lines = &shown.preview.charges;
        for (number, line) in (1..).zip(lines) {
            let label = if number == lines.len() { words.current_period() } else { words.reactivate_period_before() };
            let days = words.prorated_over_days(line.service_period.days(), line.billing_period.days());
            pane.facts.push((label.to_owned(), days));
        }
        let cost = |(name, cost): &(String, Money)| (words.reactivate_add_on_cost(name), words.money(*cost));
        pane.facts.extend(shown.add_ons.iter().map(cost));
    }
    let (again, without) = shown.people;
    if subscription.state == SubscriptionState::Expired && subscription.assigned > 0 {
        pane.consequences.push(("people", words.reactivate_people_keep(subscription.assigned.into())));
    }
    if again > 0 {
        pane.consequences.push(("people", words.reactivate_people(again.into())));
    }
    if without > 0 {
        pane.consequences.push(("warning", words.reactivate_people_without(without.into())));
    }
    if !recurring {
        pane.consequences.push(("renew", words.reactivate_recurring_off().to_owned()));
    }
    if shown.needs_card && shown.methods.is_empty() {
        let reason = words.reactivate_needs_card();
        let back = add_url(&format!("{}/reactivate", details_url(subscription.id)));
        pane.missing = Some(Closed::new(reason).remedy(words.add_payment_method(), back));
    } else if shown.needs_card {
        pane.asks = Some(cards(words, &shown));
    }
    pane.button = words.reactivate();
    Ok(pane)
}

/// What could pay; the first is chosen.
fn cards(words: Words, shown: &ReactivateView) -> Asks {
    Asks {
        name: Field::Payment.code(),
        label: words.payment_method(),
        value: shown.methods.first().map(|method| method.id.to_string()).unwrap_or_default(),
        choices: choices(words, &shown.methods),
    }
}
