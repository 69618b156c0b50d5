//! The pane that moves a subscription to another billing profile (R171).

use super::url_of;
use crate::frame::Frame;
use crate::parts::{Choice, Closed, FieldErrors};
use crate::web::{Done, Form, PageError, PageResult, Section, Visitor, notice_and_redirect, render, render_refused};
use app::Failure;
use app::billing_profile::details::BillingProfileDetails;
use app::billing_profile::move_subscription::MoveToBillingProfile;
use app::subscription::details::{SubscriptionDetails, SubscriptionView};
use askama::Template;
use axum::extract::Path;
use domain::billing::profile::{can_move, check_move};
use domain::ids::SubscriptionId;
use domain::refusal::{Field, Refusal};
use domain::subscription::{ClosedReason, SubscriptionState};
use words::Words;

#[derive(Template)]
#[template(path = "billing_profile/move.html")]
struct MovePane {
    frame: Frame,
    words: Words,
    url: String,
    close_url: String,
    errors: FieldErrors,
    closed: Option<Closed>,
    chosen: String,
    choices: Vec<Choice>,
}

async fn view(visitor: &Visitor, id: &str) -> Result<SubscriptionView, PageError> {
    let id: SubscriptionId = id.parse().map_err(|_| Refusal::NotFound)?;
    visitor.read(SubscriptionDetails(id)).await
}

pub(super) async fn pane(visitor: Visitor, Path(id): Path<String>) -> PageResult {
    let view = view(&visitor, &id).await?;
    render(&draw(&visitor, &view, String::new(), FieldErrors::none()).await?)
}

pub(super) async fn submit(visitor: Visitor, Path(id): Path<String>, form: Form) -> PageResult {
    let view = view(&visitor, &id).await?;
    let subscription_id = view.listed.subscription.id;
    match move_to(&visitor, subscription_id, &form).await {
        Ok(()) => {
            let back = format!("{}/{subscription_id}", Section::YourProducts.url());
            Ok(notice_and_redirect(&Done::SubscriptionProfileChanged {}, &back))
        }
        Err(failure) => {
            let errors = FieldErrors::of(visitor.words, &failure)?;
            render_refused(&failure, &draw(&visitor, &view, form.text("billing_profile").to_owned(), errors).await?)
        }
    }
}

async fn move_to(visitor: &Visitor, subscription_id: SubscriptionId, form: &Form) -> Result<(), Failure> {
    let to = form.choice(Field::BillingProfile)?;
    visitor.write(MoveToBillingProfile { subscription_id, to }).await
}

async fn draw(
    visitor: &Visitor,
    view: &SubscriptionView,
    chosen: String,
    errors: FieldErrors,
) -> Result<MovePane, PageError> {
    let words = visitor.words;
    let subscription = &view.listed.subscription;
    let profiles = visitor.read(BillingProfileDetails(subscription.billing_profile_id)).await?.all;
    let open = profiles.iter().filter(|profile| check_move(subscription, profile).is_ok());
    let choice = |profile: &domain::billing::BillingProfile| {
        Choice::new(profile.id.to_string(), &profile.name).note(&profile.bill_to.name)
    };
    let choices: Vec<_> = open.map(choice).collect();
    let first = choices.first().map(|choice| choice.value.clone()).unwrap_or_default();
    let close_url = format!("{}/{}", Section::YourProducts.url(), subscription.id);
    let mut frame = visitor.frame(Section::YourProducts, words.change_billing_profile()).await?;
    frame.lead = Some(view.listed.product_name.clone());
    let why = match subscription.state {
        SubscriptionState::Deleted => words.closed_reason(ClosedReason::Deleted).to_string(),
        _ if !can_move(subscription) => words.profile_not_charged().to_owned(),
        _ => words.profile_only_one().to_owned(),
    };
    let closed = Closed::new(why).remedy(words.billing_profile(), url_of(subscription.billing_profile_id));
    Ok(MovePane {
        frame,
        words,
        url: format!("{close_url}/billing-profile"),
        close_url,
        errors,
        closed: choices.is_empty().then_some(closed),
        chosen: if chosen.is_empty() { first } else { chosen },
        choices,
    })
}
