//! The pane that cancels a subscription: important dates, what comes back, and the reason (R13, R33 to R35, R156).

use super::life::{Explains, LifePane, details_url, pane as life_pane, view};
use crate::parts::{Choice, Closed, FieldErrors};
use crate::web::{Done, Form, PageError, PageResult, Visitor, notice_and_redirect, render, render_refused};
use app::Failure;
use app::subscription::cancel::{CancelSubscription, CancelView, PreviewCancel};
use app::subscription::details::SubscriptionView;
use axum::extract::Path;
use axum::response::Response;
use domain::ids::SubscriptionId;
use domain::money::Money;
use domain::refusal::{Field, Refusal};
use domain::subscription::cancel::{Cancel, CancelReason};
use domain::subscription::{Action, Channel};
use words::Words;

pub(super) async fn pane(visitor: Visitor, Path(id): Path<String>) -> PageResult {
    let (_, view) = view(&visitor, &id).await?;
    render(&cancel_pane(&visitor, &view, None, FieldErrors::none()).await?)
}

pub(super) async fn submit(visitor: Visitor, Path(id): Path<String>, form: Form) -> PageResult {
    let (id, view) = view(&visitor, &id).await?;
    match cancel(&visitor, id, &form).await {
        Ok(response) => Ok(response),
        Err(failure) => {
            let errors = FieldErrors::of(visitor.words, &failure)?;
            render_refused(&failure, &cancel_pane(&visitor, &view, Some(&form), errors).await?)
        }
    }
}

async fn cancel(visitor: &Visitor, subscription_id: SubscriptionId, form: &Form) -> Result<Response, Failure> {
    let reason = form.choice(Field::Reason)?;
    let cancel = Cancel { reason, feedback: form.text(Field::Feedback.code()).to_owned() };
    visitor.write(CancelSubscription { subscription_id, cancel }).await?;
    Ok(notice_and_redirect(&Done::SubscriptionCanceled {}, &details_url(subscription_id)))
}

/// Why the contract does not let it be canceled, and what can be done instead (domain 1.5).
fn way_out(words: Words, id: SubscriptionId, refused: &Refusal) -> Closed {
    let reason = Closed::new(words.refusal(refused).to_string());
    match refused {
        Refusal::CancelWindowOver { .. } => {
            let url = format!("{}/recurring-billing", details_url(id));
            reason.remedy(words.action_name(Action::EditRecurringBilling), url)
        }
        _ => reason,
    }
}

async fn cancel_pane(
    visitor: &Visitor,
    view: &SubscriptionView,
    typed: Option<&Form>,
    errors: FieldErrors,
) -> Result<LifePane, PageError> {
    let words = visitor.words;
    let subscription = &view.listed.subscription;
    let CancelView { preview, refused, lose_access, add_ons } = visitor.read(PreviewCancel(subscription.id)).await?;
    let mut pane = life_pane(visitor, view, Action::Cancel, "cancel", errors).await?;
    if let Some(refused) = refused.filter(|_| pane.closed.is_none()) {
        pane.closed = Some(way_out(words, subscription.id, &refused));
        return Ok(pane);
    }
    pane.facts_title = words.important_dates();
    pane.facts = vec![
        (words.cancel_loses_access().to_owned(), words.cancel_today(preview.disabled_on)),
        (words.cancel_can_be_reactivated().to_owned(), words.date(preview.deleted_on)),
        (words.cancel_data_erased().to_owned(), words.date(preview.deleted_on)),
    ];
    if view.with_prices {
        pane.without_tax = true;
        let credit = preview.credit;
        let amount = words.money(Money::new(-credit.minor, credit.currency));
        let period = subscription.billing_period(preview.service_period.start);
        let days = words.prorated_over_days(preview.service_period.days(), period.days());
        pane.facts.extend([(words.cancel_credit().to_owned(), amount), (words.current_period().to_owned(), days)]);
        let credit = |(name, credit): &(String, Money)| {
            (words.cancel_add_on_credit(name), words.money(Money::new(-credit.minor, credit.currency)))
        };
        pane.facts.extend(add_ons.iter().map(credit));
    }
    if !add_ons.is_empty() {
        let names: Vec<_> = add_ons.into_iter().map(|(name, _)| name).collect();
        pane.consequences.push(("product", words.cancel_with_add_ons(&words.list(&names))));
    }
    if lose_access > 0 {
        pane.consequences.push(("people", words.cancel_people_lose_access(i64::from(lose_access))));
    }
    if subscription.assigned > lose_access {
        pane.consequences.push(("license", words.cancel_people_move(i64::from(subscription.assigned - lose_access))));
    }
    pane.consequences.push(("renew", words.cancel_rather_let_it_end(subscription.ends_on)));
    let text = |field: Field| typed.map_or(String::new(), |form| form.text(field.code()).to_owned());
    let reasons = CancelReason::ALL.iter().map(|reason| Choice::new(reason.code(), words.cancel_reason_name(*reason)));
    pane.explains = Some(Explains {
        reason: text(Field::Reason),
        reasons: std::iter::once(Choice::new("", words.cancel_reason_choose())).chain(reasons).collect(),
        feedback: text(Field::Feedback),
    });
    (pane.is_severe, pane.leave) = (true, words.keep_subscription());
    // The steps of its buyer end so (R35).
    if subscription.channel == Channel::SelfService {
        pane.button = words.save();
    }
    Ok(pane)
}
