//! The pane that asks the new total, and the page that explains why it may be closed (R24-R25, R52-R59, R60-R70).

use super::cancel_scheduled_change::sentence;
use super::change_plan::{start, start_choices};
use crate::frame::Frame;
use crate::pages::help;
use crate::pages::present::closed;
use crate::parts::{Choice, Closed, FieldErrors, Link};
use crate::web::{Done, Form, PageResult, Section, Visitor, notice_and_redirect, render, render_refused};
use app::Failure;
use app::subscription::change_quantity::{ChangeQuantity, PreviewQuantity};
use app::subscription::details::{SubscriptionDetails, SubscriptionView};
use askama::Template;
use axum::extract::{Path, Query};
use axum::response::Response;
use domain::cloud::QuantityButtons;
use domain::ids::SubscriptionId;
use domain::refusal::{Field, Refusal};
use domain::subscription::cancel_scheduled_change::ScheduledChange;
use domain::subscription::change_quantity::QuantityPreview;
use domain::subscription::change_start::ChangeStart;
use domain::subscription::{Action, Channel, ClosedReason, Offer};
use serde::Deserialize;
use words::Words;
use words::names::ReasonRow;

#[derive(Deserialize, Default)]
#[serde(default)]
pub(super) struct Asked {
    quantity: String,
    start: String,
}

#[derive(Template)]
#[template(path = "subscription/change_quantity.html")]
struct QuantityPane {
    frame: Frame,
    words: Words,
    close_url: String,
    url: String,
    hint: String,
    /// What is planned for the renewal already.
    planned: Option<String>,
    quantity: String,
    /// From when on; nothing to choose where it is now.
    start: &'static str,
    starts: Vec<Choice>,
    revision: i64,
    errors: FieldErrors,
    preview: Vec<(&'static str, String)>,
    preview_refusal: Option<String>,
    /// Whether the preview names amounts, to which tax comes.
    without_tax: bool,
    button: &'static str,
    /// Why there is nothing to change.
    closed: Option<Closed>,
}

/// What the pane shows before anything is typed, or for the total that is typed (`?quantity=`).
pub(super) async fn pane(visitor: Visitor, Path(id): Path<String>, Query(asked): Query<Asked>) -> PageResult {
    let id = id.parse().map_err(|_| Refusal::NotFound)?;
    let view = visitor.read(SubscriptionDetails(id)).await?;
    let (total, start) = (asked.quantity.trim().parse().ok(), start(&asked.start).unwrap_or_default());
    let previewed = match total {
        Some(total) if total != view.listed.subscription.quantity => {
            Some(visitor.read(PreviewQuantity { subscription_id: id, total, start }).await?)
        }
        _ => None,
    };
    let quantity =
        if asked.quantity.is_empty() { view.listed.subscription.quantity.to_string() } else { asked.quantity };
    render(&quantity_pane(&visitor, &view, (quantity, start), previewed, FieldErrors::none()).await?)
}

pub(super) async fn submit(visitor: Visitor, Path(id): Path<String>, form: Form) -> PageResult {
    let id: SubscriptionId = id.parse().map_err(|_| Refusal::NotFound)?;
    match change(&visitor, id, &form).await {
        Ok(response) => Ok(response),
        Err(failure) => {
            let failure = at_quantity(failure);
            let errors = FieldErrors::of(visitor.words, &failure)?;
            let view = visitor.read(SubscriptionDetails(id)).await?;
            let typed = (form.text("quantity").to_owned(), start(form.text("start")).unwrap_or_default());
            let pane = quantity_pane(&visitor, &view, typed, None, errors).await?;
            render_refused(&failure, &pane)
        }
    }
}

async fn change(visitor: &Visitor, subscription_id: SubscriptionId, form: &Form) -> Result<Response, Failure> {
    let total = form.number(Field::Quantity)?;
    let expected_revision = form.text("revision").parse().ok();
    let start = start(form.text("start"))?;
    let changed = visitor.write(ChangeQuantity { subscription_id, total, start, expected_revision }).await?;
    let difference = i64::from(changed.to) - i64::from(changed.from);
    let done = match (changed.order_id.is_some(), difference > 0) {
        (true, true) => Done::LicensesAdded { count: difference },
        (true, false) => Done::LicensesRemoved { count: -difference },
        (false, true) => Done::MoreLicensesScheduled { count: difference },
        (false, false) => Done::LicensesScheduled { count: -difference },
    };
    let details = format!("{}/{subscription_id}", Section::YourProducts.url());
    let next = match visitor.home().await.map_err(|error| error.0)?.cloud.facts().quantity_buttons {
        QuantityButtons::SubmitChange => details,
        QuantityButtons::SubmitThenClose => format!("{details}/quantity/submitted"),
    };
    Ok(notice_and_redirect(&done, &next))
}

#[derive(Template)]
#[template(path = "subscription/submitted.html")]
struct SubmittedPane {
    frame: Frame,
    words: Words,
    close_url: String,
    licenses_url: String,
    total: String,
}

/// What was done, in the clouds where the pane stays until it is closed (R57, R59), and what comes next (R55).
pub(super) async fn submitted(visitor: Visitor, Path(id): Path<String>) -> PageResult {
    let words = visitor.words;
    let view = visitor.read(SubscriptionDetails(id.parse().map_err(|_| Refusal::NotFound)?)).await?;
    let subscription = &view.listed.subscription;
    let mut frame = visitor.frame(Section::YourProducts, words.add_remove_licenses()).await?;
    frame.lead = Some(view.listed.product_name.clone());
    render(&SubmittedPane {
        close_url: format!("{}/{}", Section::YourProducts.url(), subscription.id),
        licenses_url: format!("{}/{}", Section::Licenses.url(), subscription.product_id),
        total: words.licenses_count(i64::from(subscription.quantity)),
        words,
        frame,
    })
}

/// What was wrong with the total is said at the total.
fn at_quantity(failure: Failure) -> Failure {
    match failure {
        Failure::Refused(refusal) if !matches!(refusal, Refusal::NotFound | Refusal::NotAllowed) => {
            refusal.at(Field::Quantity).into()
        }
        other => other,
    }
}

async fn quantity_pane(
    visitor: &Visitor,
    view: &SubscriptionView,
    (quantity, start): (String, ChangeStart),
    previewed: Option<Result<QuantityPreview, Refusal>>,
    errors: FieldErrors,
) -> Result<QuantityPane, crate::web::PageError> {
    let words = visitor.words;
    let subscription = &view.listed.subscription;
    let close_url = format!("{}/{}", Section::YourProducts.url(), subscription.id);
    let mut frame = visitor.frame(Section::YourProducts, words.add_remove_licenses()).await?;
    frame.lead = Some(view.listed.product_name.clone());
    let (preview, preview_refusal) = match previewed {
        Some(Ok(preview)) => (preview_rows(words, view, &preview), None),
        Some(Err(refusal)) => (Vec::new(), Some(words.refusal(&refusal).to_string())),
        None => (Vec::new(), None),
    };
    Ok(QuantityPane {
        frame,
        words,
        url: format!("{close_url}/quantity"),
        close_url,
        hint: words.total_licenses_hint(i64::from(subscription.quantity), i64::from(subscription.assigned)),
        planned: planned(words, view).map(|says| words.scheduled_already(&says)),
        quantity,
        start: start.code(),
        starts: start_choices(words, view.quantity_starts, subscription.ends_on),
        revision: subscription.revision,
        errors,
        preview,
        preview_refusal,
        without_tax: view.with_prices,
        // The buyer of self-service saves in every cloud (R25).
        button: match subscription.channel {
            Channel::SelfService => words.save(),
            _ => words.quantity_button_name(view.cloud.facts().quantity_buttons),
        },
        closed: closed_both(words, view),
    })
}

/// Why the total can go neither up nor down: why it cannot go up, which the sale or the state says.
fn closed_both(words: Words, view: &SubscriptionView) -> Option<Closed> {
    match (view.offer(Action::AddLicenses), view.offer(Action::RemoveLicenses)) {
        (Offer::Closed(reason), Offer::Closed(_)) => Some(closed(words, reason, &view.listed.subscription)),
        _ => None,
    }
}

/// The total that is planned for the renewal, and the day: `80 licenses from 15 January 2021`.
fn planned(words: Words, view: &SubscriptionView) -> Option<String> {
    sentence(words, &view.listed, ScheduledChange::Quantity)
}

fn preview_rows(words: Words, view: &SubscriptionView, preview: &QuantityPreview) -> Vec<(&'static str, String)> {
    let difference = preview.difference();
    let change = if difference > 0 { words.adds_licenses(difference) } else { words.removes_licenses(-difference) };
    let mut rows = vec![(words.change(), change)];
    let waits = preview.counts_from > preview.service_period.start;
    if waits {
        rows.push((words.from_when(), words.counts_from_renewal(preview.counts_from)));
    }
    if let Some(planned) = planned(words, view) {
        let becomes = match preview.still_planned {
            _ if waits => words.scheduled_change_replaced(&planned),
            Some(_) => words.scheduled_change_kept(&planned),
            None => words.scheduled_change_goes(&planned),
        };
        rows.push((words.scheduled_change(), becomes));
    }
    if view.with_prices {
        if !waits {
            let days = words.prorated_over_days(preview.service_period.days(), preview.billing_period.days());
            let label = if difference > 0 { words.cost_now() } else { words.credit_now() };
            rows.push((label, words.money(preview.cost_now)));
            rows.push((words.current_period(), days));
        }
        rows.push((words.cost_per_period(), words.money(preview.per_period_after)));
        if !waits {
            rows.push((words.from_when(), words.date(preview.billing_period.end)));
        }
    }
    rows
}

#[derive(Template)]
#[template(path = "subscription/reasons.html")]
struct ReasonsPane {
    frame: Frame,
    words: Words,
    close_url: String,
    /// Each with the page that says what to do, step by step.
    reasons: [(ReasonRow, Link); 5],
}

/// The page with the steps of what solves a reason (R63, R65, R67, R68, R70).
const fn solved_by(reason: ClosedReason) -> &'static str {
    match reason {
        ClosedReason::PrepaidKey => "product-keys",
        ClosedReason::VolumePartner | ClosedReason::Reseller => "buy-more-at-your-partner",
        ClosedReason::Trial => "try-a-product",
        _ => "add-or-remove-licenses",
    }
}

/// Why one may not see the link: the seed's table (R53, R60).
pub(super) async fn reasons(visitor: Visitor) -> PageResult {
    let words = visitor.words;
    let frame = visitor.frame(Section::YourProducts, words.reasons_title()).await?;
    render(&ReasonsPane {
        frame,
        words,
        close_url: Section::YourProducts.url().to_owned(),
        reasons: words.reasons_table().map(|row| (row, help::link(words, solved_by(row.reason)))),
    })
}
