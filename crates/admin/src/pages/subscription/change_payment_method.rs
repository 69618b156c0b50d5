//! The pane that lets something else pay for a subscription (R11, R75, R165).

use super::life::{Asks, LifePane, details_url, pane as life_pane, view};
use crate::pages::payment_method::{Chosen, add_url, choices};
use crate::parts::{Choice, Closed, FieldErrors, Link};
use crate::web::{Done, Form, PageError, PageResult, Visitor, notice_and_redirect, render, render_refused};
use app::Failure;
use app::subscription::change_payment_method::{ChangePaymentMethod, PaymentChoices, PaymentChoicesView};
use app::subscription::details::SubscriptionView;
use axum::extract::{Path, Query};
use axum::response::Response;
use domain::ids::SubscriptionId;
use domain::refusal::{Field, Refusal};
use domain::subscription::Action;
use words::Words;

/// What the form sends when the customer pays each invoice.
const INVOICE: &str = "invoice";

pub(super) async fn pane(visitor: Visitor, Path(id): Path<String>, Query(chosen): Query<Chosen>) -> PageResult {
    let (_, view) = view(&visitor, &id).await?;
    render(&draw(&visitor, &view, chosen.payment, FieldErrors::none()).await?)
}

pub(super) async fn submit(visitor: Visitor, Path(id): Path<String>, form: Form) -> PageResult {
    let (id, view) = view(&visitor, &id).await?;
    match change(&visitor, id, &form).await {
        Ok(response) => Ok(response),
        Err(failure) => {
            let errors = FieldErrors::of(visitor.words, &failure)?;
            render_refused(&failure, &draw(&visitor, &view, form.text("payment").to_owned(), errors).await?)
        }
    }
}

async fn change(visitor: &Visitor, subscription_id: SubscriptionId, form: &Form) -> Result<Response, Failure> {
    let to = match form.text(Field::Payment.code()) {
        INVOICE => None,
        _ => Some(form.choice(Field::Payment)?),
    };
    visitor.write(ChangePaymentMethod { subscription_id, to }).await?;
    Ok(notice_and_redirect(&Done::SubscriptionPaymentChanged {}, &details_url(subscription_id)))
}

async fn draw(
    visitor: &Visitor,
    view: &SubscriptionView,
    chosen: String,
    errors: FieldErrors,
) -> Result<LifePane, PageError> {
    let words = visitor.words;
    let id = view.listed.subscription.id;
    let shown = visitor.read(PaymentChoices(id)).await?;
    let mut pane = life_pane(visitor, view, Action::ChangePaymentMethod, "payment-method", errors).await?;
    if shown.profile.is_some() {
        pane.missing = Some(Closed::new(words.refusal(&Refusal::PaidByBillingProfile).to_string()));
        return Ok(pane);
    }
    pane.asks = Some(asks(words, &shown, chosen));
    pane.consequences.push(("card", words.change_method_effect().to_owned()));
    pane.help = Some(Link::new(words.add_payment_method(), add_url(&format!("{}/payment-method", details_url(id)))));
    pane.button = words.save();
    Ok(pane)
}

/// What could pay: the one that pays now is chosen, until another one is.
fn asks(words: Words, shown: &PaymentChoicesView, chosen: String) -> Asks {
    let mut offered = choices(words, &shown.methods);
    let invoice = || Choice::new(INVOICE, words.pay_by_invoice());
    offered.extend(shown.by_invoice.as_ref().map(|offer| match offer {
        Ok(()) => invoice().note(words.change_method_invoice_note(u32::from(shown.payment_terms_days))),
        Err(refusal) => invoice().closed(words.refusal(refusal).to_string()),
    }));
    let current = shown.current.as_ref().map_or_else(|| INVOICE.to_owned(), |method| method.id.to_string());
    Asks {
        name: Field::Payment.code(),
        label: words.payment_method(),
        value: if chosen.is_empty() { current } else { chosen },
        choices: offered,
    }
}
