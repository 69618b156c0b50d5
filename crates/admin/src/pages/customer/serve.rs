//! The panes in which a partner keeps what it sold: the number of licenses, the renewal, access.

use super::details::find;
use crate::frame::Frame;
use crate::pages::question::QuestionPane;
use crate::parts::FieldErrors;
use crate::web::{
    Done, Form, PageError, PageResult, Section, Visitor, notice_and_redirect, number, render, render_refused,
};
use app::Failure;
use app::partner::customers::CustomerView;
use app::partner::serve::{preview_quantity, serve};
use app::subscription::list::ListedSubscription;
use askama::Template;
use axum::extract::{Path, Query};
use domain::ids::{OrganizationId, SubscriptionId};
use domain::partner::serve::{Service, check};
use domain::refusal::{Field, FieldRefusal, Refusal};
use domain::subscription::change_quantity::QuantityPreview;
use serde::Deserialize;
use words::Words;

#[derive(Template)]
#[template(path = "customer/quantity.html")]
struct QuantityPane {
    frame: Frame,
    words: Words,
    close_url: String,
    url: String,
    errors: FieldErrors,
    hint: String,
    quantity: String,
    /// Why it cannot be changed now.
    closed: Option<String>,
    preview: Vec<(&'static str, String)>,
    preview_refusal: Option<String>,
}

#[derive(Deserialize, Default)]
#[serde(default)]
pub(super) struct Asked {
    quantity: String,
}

/// The customer and the subscription of an address.
type Sold = (String, String);

/// What the pane shows before anything is typed, or for the total that is typed (`?quantity=`).
pub(super) async fn quantity_pane(visitor: Visitor, Path(sold): Path<Sold>, Query(asked): Query<Asked>) -> PageResult {
    let typed = Some(asked.quantity).filter(|typed| !typed.is_empty());
    render(&ask_quantity(&visitor, &sold, typed, FieldErrors::none()).await?)
}

pub(super) async fn quantity(visitor: Visitor, Path(sold): Path<Sold>, form: Form) -> PageResult {
    let typed = form.text("quantity").to_owned();
    let outcome = match number(&typed) {
        Ok(total) => carry_out(&visitor, &sold, Service::Quantity(total)).await.map_err(at_quantity),
        Err(refusal) => Err(refusal.at(Field::Quantity).into()),
    };
    match outcome {
        Ok(()) => Ok(done(&sold)),
        Err(failure) => {
            let errors = FieldErrors::of(visitor.words, &failure)?;
            render_refused(&failure, &ask_quantity(&visitor, &sold, Some(typed), errors).await?)
        }
    }
}

/// What is wrong with the total is said at the total.
fn at_quantity(failure: Failure) -> Failure {
    match failure {
        Failure::Refused(
            refusal @ (Refusal::BelowAssigned { .. }
            | Refusal::OutOfRange { .. }
            | Refusal::AboveMaximum { .. }
            | Refusal::FewerLicensesRefused
            | Refusal::NoRenewal
            | Refusal::PartnerOwes
            | Refusal::SameQuantity),
        ) => FieldRefusal { field: Field::Quantity, refusal }.into(),
        other => other,
    }
}

pub(super) async fn pane(
    visitor: Visitor,
    Path((customer, sold, service)): Path<(String, String, String)>,
) -> PageResult {
    let sold = (customer, sold);
    render(&ask(&visitor, &sold, read(&service)?, &service, FieldErrors::none()).await?)
}

pub(super) async fn submit(
    visitor: Visitor,
    Path((customer, sold, code)): Path<(String, String, String)>,
    _form: Form,
) -> PageResult {
    let (sold, service) = ((customer, sold), read(&code)?);
    match carry_out(&visitor, &sold, service).await {
        Ok(()) => Ok(done(&sold)),
        Err(failure) => {
            let errors = FieldErrors::of(visitor.words, &failure)?;
            render_refused(&failure, &ask(&visitor, &sold, service, &code, errors).await?)
        }
    }
}

fn read(service: &str) -> Result<Service, Refusal> {
    match service {
        "renewal-on" => Ok(Service::RecurringBilling(true)),
        "renewal-off" => Ok(Service::RecurringBilling(false)),
        "suspend" => Ok(Service::Suspend),
        "resume" => Ok(Service::Resume),
        _ => Err(Refusal::NotFound),
    }
}

fn done((customer, _): &Sold) -> axum::response::Response {
    notice_and_redirect(&Done::CustomerServed {}, &format!("{}/{customer}", Section::Customers.url()))
}

async fn carry_out(visitor: &Visitor, (customer, sold): &Sold, service: Service) -> Result<(), Failure> {
    let customer: OrganizationId = customer.parse().map_err(|_| Refusal::NotFound)?;
    let sold: SubscriptionId = sold.parse().map_err(|_| Refusal::NotFound)?;
    visitor.run(move |app, caller, _| serve(app, caller, customer, sold, service)).await
}

async fn ask_quantity(
    visitor: &Visitor,
    (customer, sold): &Sold,
    typed: Option<String>,
    errors: FieldErrors,
) -> Result<QuantityPane, PageError> {
    let words = visitor.words;
    let view = find(visitor, customer).await?;
    let listed = view.subscription(sold.parse().map_err(|_| Refusal::NotFound)?)?;
    let (preview, preview_refusal) = previewed(visitor, &view, listed, typed.as_deref()).await?;
    let mut frame = visitor.frame(Section::Customers, words.customer_change_quantity()).await?;
    frame.lead = Some(format!("{} · {}", view.name, listed.product_name));
    let close_url = format!("{}/{customer}", Section::Customers.url());
    Ok(QuantityPane {
        url: format!("{close_url}/{sold}/quantity"),
        close_url,
        errors,
        hint: words.customer_quantity_hint(listed.subscription.assigned, listed.subscription.quantity_max),
        quantity: typed.unwrap_or_else(|| listed.subscription.quantity.to_string()),
        closed: closed(words, &view, listed, Service::Quantity(listed.subscription.quantity)),
        preview,
        preview_refusal,
        words,
        frame,
    })
}

/// Why the partner cannot do it now, without what helps a customer who buys itself.
fn closed(words: Words, view: &CustomerView, listed: &ListedSubscription, service: Service) -> Option<String> {
    let refused = check(&listed.subscription, service, view.today).err()?;
    Some(words.refusal(&refused).sentence)
}

/// What another total costs the partner, or why it cannot be; nothing for what was sold outside Zetel.
async fn previewed(
    visitor: &Visitor,
    view: &CustomerView,
    listed: &ListedSubscription,
    typed: Option<&str>,
) -> Result<(Vec<(&'static str, String)>, Option<String>), PageError> {
    let (customer, before) = (view.id, &listed.subscription);
    let total = typed.and_then(|typed| typed.trim().parse().ok()).filter(|total| *total != before.quantity);
    let (Some(total), Some(_)) = (total, before.sale) else { return Ok((Vec::new(), None)) };
    let id = before.id;
    let asked = visitor.run(move |app, caller, _| preview_quantity(app, caller, customer, id, total)).await?;
    Ok(match asked {
        Ok(preview) => (preview_rows(visitor.words, &preview), None),
        Err(refusal) => (Vec::new(), Some(visitor.words.refusal(&refusal).to_string())),
    })
}

fn preview_rows(words: Words, preview: &QuantityPreview) -> Vec<(&'static str, String)> {
    let difference = preview.difference();
    let change = if difference > 0 { words.adds_licenses(difference) } else { words.removes_licenses(-difference) };
    let mut rows = vec![(words.change(), change)];
    if preview.counts_from > preview.service_period.start {
        rows.push((words.from_when(), words.counts_from_renewal(preview.counts_from)));
    } else {
        let label = if difference > 0 { words.cost_now() } else { words.credit_now() };
        let days = words.prorated_over_days(preview.service_period.days(), preview.billing_period.days());
        rows.extend([(label, words.money(preview.cost_now)), (words.current_period(), days)]);
    }
    rows.push((words.cost_per_period(), words.money(preview.per_period_after)));
    rows
}

async fn ask(
    visitor: &Visitor,
    (customer, sold): &Sold,
    service: Service,
    code: &str,
    errors: FieldErrors,
) -> Result<QuestionPane, PageError> {
    let words = visitor.words;
    let view = find(visitor, customer).await?;
    let listed = view.subscription(sold.parse().map_err(|_| Refusal::NotFound)?)?;
    let (button, consequence) = match service {
        Service::Quantity(_) => return Err(Refusal::NotFound.into()),
        Service::RecurringBilling(true) => (words.customer_renew_on(), words.customer_renew_on_consequence()),
        Service::RecurringBilling(false) => (words.customer_renew_off(), words.customer_renew_off_consequence()),
        Service::Suspend => (words.customer_suspend(), words.customer_suspend_consequence()),
        Service::Resume => (words.customer_resume(), words.customer_resume_consequence()),
    };
    let mut frame = visitor.frame(Section::Customers, button).await?;
    frame.lead = Some(format!("{} · {}", view.name, listed.product_name));
    let close_url = format!("{}/{customer}", Section::Customers.url());
    Ok(QuestionPane {
        url: format!("{close_url}/{sold}/{code}"),
        close_url,
        errors,
        closed: closed(words, &view, listed, service),
        consequence,
        button,
        button_kind: if service == Service::Suspend { "severe" } else { "primary" },
        words,
        frame,
    })
}
