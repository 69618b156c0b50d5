//! A partner lets another product take the place of one that it sold (domain 1.10, R161): which one, how many licenses,
//! and what that does and costs.

use super::details::find;
use super::sell::Chosen;
use crate::frame::Frame;
use crate::pages::purchase::way;
use crate::pages::subscription::{plan_facts, plan_moving, plan_quantity_hint, usual_price};
use crate::parts::{Choice, FieldErrors};
use crate::web::{Done, Form, PageError, PageResult, Section, Visitor, notice_and_redirect, render, render_refused};
use app::Failure;
use app::partner::change_plan::{NewPlan, SoldPlans, change_plan, plans_of_sold, preview_plan};
use app::partner::sell::new_sale;
use app::subscription::change_plan::{Plan, PlanChangePreview};
use askama::Template;
use axum::extract::{Path, Query};
use domain::catalog::Price;
use domain::ids::{OrganizationId, PriceId, SubscriptionId};
use domain::order::buy::Buy;
use domain::refusal::Refusal;
use domain::subscription::Subscription;
use words::Words;

#[derive(Template)]
#[template(path = "customer/change_plan.html")]
struct PlanPane {
    frame: Frame,
    words: Words,
    close_url: String,
    url: String,
    errors: FieldErrors,
    /// Why it can go nowhere.
    closed: Option<String>,
    ways: Vec<Choice>,
    chosen: Chosen,
    hint: String,
    preview: Vec<(String, String)>,
    consequences: Vec<(&'static str, String)>,
    refusal: Option<String>,
}

/// The customer and the subscription of an address.
type Sold = (String, String);

pub(super) async fn pane(visitor: Visitor, Path(sold): Path<Sold>, Query(chosen): Query<Chosen>) -> PageResult {
    render(&ask(&visitor, &sold, chosen, FieldErrors::none()).await?)
}

pub(super) async fn submit(visitor: Visitor, Path(sold): Path<Sold>, form: Form) -> PageResult {
    let chosen = Chosen::of(&form);
    match carry_out(&visitor, &sold, &chosen).await {
        Ok(()) => {
            Ok(notice_and_redirect(&Done::CustomerServed {}, &format!("{}/{}", Section::Customers.url(), sold.0)))
        }
        Err(failure) => {
            let errors = FieldErrors::of(visitor.words, &failure)?;
            render_refused(&failure, &ask(&visitor, &sold, chosen, errors).await?)
        }
    }
}

fn identities((customer, sold): &Sold) -> Result<(OrganizationId, SubscriptionId), Refusal> {
    match (customer.parse(), sold.parse()) {
        (Ok(customer), Ok(sold)) => Ok((customer, sold)),
        _ => Err(Refusal::NotFound),
    }
}

async fn carry_out(visitor: &Visitor, sold: &Sold, chosen: &Chosen) -> Result<(), Failure> {
    let (customer, sold) = identities(sold)?;
    let Buy { price_id, quantity } = chosen.read().map_err(Failure::Invalid)?;
    let plan = NewPlan { subscription_id: chosen.identity()?, price_id, quantity };
    visitor.run(move |app, caller, _| change_plan(app, caller, customer, sold, plan)).await
}

async fn ask(visitor: &Visitor, sold: &Sold, chosen: Chosen, errors: FieldErrors) -> Result<PlanPane, PageError> {
    let words = visitor.words;
    let (customer, id) = identities(sold)?;
    let view = find(visitor, &sold.0).await?;
    let listed = view.subscription(id)?;
    let choices = visitor.run(move |app, caller, _| plans_of_sold(app, caller, customer, id)).await?;
    let chosen = with_defaults(visitor, chosen, &choices, &listed.subscription);
    let plan = plan_of(&choices, &chosen);
    let (found, refusal) = match (&choices.refused, chosen.read()) {
        (None, Ok(buy)) if plan.is_some() => preview(visitor, (customer, id), buy).await?,
        _ => (None, None),
    };
    let mut frame = visitor.frame(Section::Customers, words.change_plan()).await?;
    frame.lead = Some(format!("{} · {}", view.name, listed.product_name));
    let close_url = format!("{}/{customer}", Section::Customers.url());
    Ok(PlanPane {
        url: format!("{close_url}/{id}/upgrade"),
        close_url,
        errors,
        closed: closed(words, &choices),
        ways: choices.plans.iter().flat_map(|plan| ways(words, plan)).collect(),
        hint: plan_quantity_hint(words, plan.map_or(0, |plan| plan.people)),
        preview: found.as_ref().map(|found| plan_facts(words, found.quantity, &found.preview)).unwrap_or_default(),
        consequences: match found.as_ref().zip(plan) {
            Some((found, plan)) => consequences(words, &found.preview, plan, &listed.product_name),
            None => Vec::new(),
        },
        chosen,
        refusal,
        words,
        frame,
    })
}

/// What was asked, and what it would do.
struct Found {
    quantity: u32,
    preview: PlanChangePreview,
}

/// What it would do, or why it cannot be.
async fn preview(
    visitor: &Visitor,
    (customer, sold): (OrganizationId, SubscriptionId),
    buy: Buy,
) -> Result<(Option<Found>, Option<String>), PageError> {
    match visitor.run(move |app, caller, _| preview_plan(app, caller, customer, sold, buy)).await {
        Ok(preview) => Ok((Some(Found { quantity: buy.quantity, preview }), None)),
        Err(Failure::Refused(refusal)) => Ok((None, Some(sentence_of(visitor.words, &refusal)))),
        Err(Failure::Invalid(wrong)) => {
            Ok((None, wrong.first().map(|wrong| sentence_of(visitor.words, &wrong.refusal))))
        }
        Err(failure) => Err(failure.into()),
    }
}

/// The sentence alone: what helps a customer who buys itself does not help a partner.
fn sentence_of(words: Words, refusal: &Refusal) -> String {
    words.refusal(refusal).sentence
}

/// Why it can go nowhere, and what the partner can do instead.
fn closed(words: Words, choices: &SoldPlans) -> Option<String> {
    let why = match &choices.refused {
        Some(refusal @ Refusal::PartnerOwes) => return Some(words.refusal(refusal).to_string()),
        Some(refusal) => sentence_of(words, refusal),
        None if choices.plans.is_empty() => words.plan_nowhere().to_owned(),
        None => return None,
    };
    Some(format!("{why} {}", words.customer_plan_by_hand()))
}

/// The product with each of its prices.
fn ways(words: Words, plan: &Plan) -> impl Iterator<Item = Choice> {
    plan.prices.iter().map(move |price: &Price| {
        let end = words.price_per_license_of(price.unit_price, price.billing_frequency);
        Choice::new(price.id.to_string(), plan.name.clone()).note(way(words, price)).end(end)
    })
}

/// The product whose price was chosen.
fn plan_of<'a>(choices: &'a SoldPlans, chosen: &Chosen) -> Option<&'a Plan> {
    let id = chosen.price.parse::<PriceId>().ok()?;
    choices.plans.iter().find(|plan| plan.prices.iter().any(|price| price.id == id))
}

fn consequences(words: Words, found: &PlanChangePreview, plan: &Plan, name: &str) -> Vec<(&'static str, String)> {
    let mut list = vec![("people", plan_moving(words, found))];
    if plan.missing > 0 {
        list.push(("info", words.plan_missing(plan.missing as i64)));
    }
    list.push(("warning", words.plan_apps_on().to_owned()));
    list.push(("close", words.customer_plan_ends(name)));
    list
}

/// The price that is charged as the present one is, as many licenses as now, and an identifier for what comes to be, so
/// that pressing the button twice changes the plan once.
fn with_defaults(visitor: &Visitor, chosen: Chosen, choices: &SoldPlans, before: &Subscription) -> Chosen {
    let plan = plan_of(choices, &chosen);
    let first = || choices.plans.first().map(|plan| usual_price(before, plan)).unwrap_or_default();
    let price = if plan.is_some() { chosen.price.clone() } else { first() };
    let people = plan.or(choices.plans.first()).map_or(0, |plan| plan.people);
    Chosen {
        quantity: match chosen.quantity.trim() {
            "" => before.quantity.max(people).to_string(),
            typed => typed.to_owned(),
        },
        sale: if chosen.sale.is_empty() { new_sale(visitor.app()).to_string() } else { chosen.sale.clone() },
        price,
        ..chosen
    }
}
