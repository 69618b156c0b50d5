//! Plays the steps of a scenario, one after the other.

use super::money::{self, means, put_on_file};
use super::report;
use super::scenario::{Act, PayWith, Scenario, When};
use super::stage::Stage;
use app::license::assign::AssignLicenses;
use app::license::unassign::UnassignLicenses;
use app::order::place::{Purchase, new_order_id, place_order};
use app::subscription::cancel::CancelSubscription;
use app::subscription::cancel_scheduled_change::CancelScheduledChange;
use app::subscription::change_plan::{ChangePlan, StartPlanChange};
use app::subscription::change_quantity::ChangeQuantity;
use app::subscription::delete::DeleteSubscription;
use app::subscription::edit_billing_frequency::EditBillingFrequency;
use app::subscription::edit_recurring_billing::EditRecurringBilling;
use app::subscription::extend_trial::ExtendTrial;
use app::subscription::reactivate::ReactivateSubscription;
use app::subscription::start_trial::StartTrial;
use app::{Command, Failure};
use domain::catalog::{BillingFrequency, Price, Term};
use domain::ids::{ProductId, SubscriptionId, UserId};
use domain::order::OrderState;
use domain::refusal::Refusal;
use domain::subscription::Subscription;
use domain::subscription::cancel::Cancel;
use jiff::Timestamp;
use jiff::tz::TimeZone;
use std::collections::BTreeMap;
use std::error::Error;
use store::tables::{order, subscription};

/// Subscriptions by the name that the scenario gave them.
pub type Names = BTreeMap<String, SubscriptionId>;

/// Plays a scenario to its end.
pub fn play(scenario: &Scenario) -> Result<serde_json::Value, Box<dyn Error>> {
    let zone = TimeZone::get(&scenario.organization.time_zone)
        .map_err(|_| format!("organization.time_zone: {:?} is unknown", scenario.organization.time_zone))?;
    let first = scenario.steps.first().ok_or("steps: a scenario needs at least one")?;
    let begins = instant(first.at, &zone)?;
    let mut stage = Stage::set(scenario, begins, zone.clone())?;
    let mut names = Names::new();
    let mut before = begins;
    for (number, step) in scenario.steps.iter().enumerate() {
        let at = instant(step.at, &zone)?;
        if at < before {
            return Err(format!("steps[{number}].at: it lies before the step above").into());
        }
        before = at;
        stage.go_to(at)?;
        let outcome = act(&mut stage, &mut names, &step.act);
        check(number, step.refused.as_deref(), outcome)?;
        stage.settle()?;
    }
    if let Some(end) = scenario.until.and_then(|day| stage.start_of(day)) {
        stage.go_to(end.max(before))?;
    }
    Ok(report::report(&stage, &names)?)
}

fn instant(when: When, zone: &TimeZone) -> Result<Timestamp, jiff::Error> {
    match when {
        When::Day(day) => Ok(day.to_zoned(zone.clone())?.timestamp()),
        When::Instant(instant) => Ok(instant),
    }
}

/// What went wrong in a step: a refusal, which a scenario can expect, or a mistake in the scenario.
pub(super) enum Wrong {
    Refused(String),
    Mistaken(String),
}

impl From<Failure> for Wrong {
    fn from(failure: Failure) -> Self {
        match (&failure, failure.refusal()) {
            (_, Some(refusal)) => Self::Refused(refusal.code().to_owned()),
            (Failure::Invalid(fields), None) if !fields.is_empty() => {
                Self::Refused(fields[0].refusal.code().to_owned())
            }
            _ => Self::Mistaken(failure.to_string()),
        }
    }
}

pub(super) fn mistaken<T>(sentence: String) -> Result<T, Wrong> {
    Err(Wrong::Mistaken(sentence))
}

/// Whether a step went as the scenario says.
fn check(number: usize, refused: Option<&str>, outcome: Result<(), Wrong>) -> Result<(), String> {
    match (outcome, refused) {
        (Ok(()), None) => Ok(()),
        (Err(Wrong::Refused(code)), Some(expected)) if code == expected => Ok(()),
        (Ok(()), Some(expected)) => Err(format!("steps[{number}]: it succeeded, and {expected} was expected")),
        (Err(Wrong::Refused(code)), None) => Err(format!("steps[{number}]: refused with {code}")),
        (Err(Wrong::Refused(code)), Some(expected)) => {
            Err(format!("steps[{number}]: refused with {code}, and {expected} was expected"))
        }
        (Err(Wrong::Mistaken(sentence)), _) => Err(format!("steps[{number}]: {sentence}")),
    }
}

fn act(stage: &mut Stage, names: &mut Names, act: &Act) -> Result<(), Wrong> {
    match act {
        Act::Buy { subscription, .. } | Act::StartTrial { subscription, .. } if names.contains_key(subscription) => {
            mistaken(format!("subscription: {subscription:?} was bought before"))
        }
        Act::Buy { subscription, product, quantity, term, billing_frequency, pay_with, add_to } => {
            let price = priced(stage, product, (*term, *billing_frequency))?;
            let base = add_to.as_ref().map(|base| named(names, base)).transpose()?;
            let bought = buy(stage, price, *quantity, *pay_with, (None, base))?;
            names.insert(subscription.clone(), bought);
            Ok(())
        }
        Act::StartTrial { subscription, product, term, billing_frequency, pay_with } => {
            let price = priced(stage, product, (*term, *billing_frequency))?;
            let started = start_trial(stage, price, *pay_with)?;
            names.insert(subscription.clone(), started);
            Ok(())
        }
        Act::ExtendTrial { subscription } => write(stage, ExtendTrial(named(names, subscription)?)),
        Act::BuyTrial { subscription, quantity, term, billing_frequency, pay_with } => {
            let id = named(names, subscription)?;
            let tried = product(stage, id)?;
            let product = stage.prices.iter().find(|(_, _, product)| *product == tried).map(|(name, ..)| name.as_str());
            let price = priced(stage, product.unwrap_or_default(), (*term, *billing_frequency))?;
            buy(stage, price, *quantity, *pay_with, (Some(id), None)).map(drop)
        }
        Act::SetQuantity { subscription, total } => {
            let subscription_id = named(names, subscription)?;
            write(stage, ChangeQuantity { subscription_id, total: *total, expected_revision: None })
        }
        Act::Assign { subscription, people } => {
            let id = named(names, subscription)?;
            let (product_id, users) = (product(stage, id)?, everyone(stage, people)?);
            let subscription_id = Some(id);
            write(stage, AssignLicenses { product_id, subscription_id, users, disabled_plans: Vec::new() })
        }
        Act::Unassign { subscription, people } => {
            let product_id = product(stage, named(names, subscription)?)?;
            write(stage, UnassignLicenses { product_id, users: everyone(stage, people)? })
        }
        Act::Cancel { subscription, reason, feedback } => {
            let cancel = Cancel { reason: *reason, feedback: feedback.clone() };
            write(stage, CancelSubscription { subscription_id: named(names, subscription)?, cancel })
        }
        Act::Reactivate { subscription } => {
            let subscription_id = named(names, subscription)?;
            write(stage, ReactivateSubscription { subscription_id, payment_method_id: None })
        }
        Act::RecurringBilling { subscription, on } => {
            write(stage, EditRecurringBilling { subscription_id: named(names, subscription)?, on: *on })
        }
        Act::CancelScheduledChange { subscription, change } => {
            let subscription_id = named(names, subscription)?;
            write(stage, CancelScheduledChange { subscription_id, change: *change })
        }
        Act::EditBillingFrequency { subscription, billing_frequency } => {
            let subscription_id = named(names, subscription)?;
            write(stage, EditBillingFrequency { subscription_id, billing_frequency: *billing_frequency })
        }
        Act::ChangePlan { subscription, to, product, quantity, term, billing_frequency, start } => {
            let subscription_id = named(names, subscription)?;
            if names.contains_key(to) {
                return mistaken(format!("to: {to:?} is another subscription"));
            }
            let price_id = priced(stage, product, (*term, *billing_frequency))?.id;
            let change = ChangePlan { price_id, quantity: *quantity, start: *start };
            write(stage, StartPlanChange { subscription_id, change })?;
            stage.settle()?;
            if let Some(begun) = subscription_of(stage, subscription_id)?.changed_to {
                names.insert(to.clone(), begun);
            }
            Ok(())
        }
        Act::Delete { subscription } => write(stage, DeleteSubscription(named(names, subscription)?)),
        Act::Expect { .. } => report::expect(stage, names, act).map_err(Wrong::Mistaken),
        _ => money::act(stage, names, act),
    }
}

pub(super) fn write<C: Command>(stage: &Stage, command: C) -> Result<(), Wrong> {
    stage.app.write(&stage.admin, stage.organization, command).wait()?;
    Ok(())
}

/// The price of a product.
pub(super) fn priced<'a>(stage: &'a Stage, product: &str, way: (Term, BillingFrequency)) -> Result<&'a Price, Wrong> {
    let is_sold = |(name, price, _): &&(String, Price, ProductId)| {
        name == product && (price.term, price.billing_frequency) == way
    };
    match stage.prices.iter().find(is_sold) {
        Some((_, price, _)) => Ok(price),
        None => mistaken(format!("product: the catalog has no {product:?} for this term and billing frequency")),
    }
}

fn buy(
    stage: &Stage,
    price: &Price,
    quantity: u32,
    pay_with: PayWith,
    (trial, base): (Option<SubscriptionId>, Option<SubscriptionId>),
) -> Result<SubscriptionId, Wrong> {
    let order_id = new_order_id(&stage.app);
    let payment = means(stage, pay_with)?;
    let purchase = Purchase {
        order_id,
        price_id: price.id,
        quantity,
        payment,
        trial,
        base,
        billing_profile: None,
        starts_on: None,
    };
    place_order(&stage.app, &stage.admin, stage.organization, purchase)?;
    let placed = stage.store.read(stage.organization, |read| order::find(read, order_id)).map_err(Failure::from)?;
    let placed = placed.ok_or(Failure::from(Refusal::NotFound))?.order;
    match placed.state {
        OrderState::Voided => Err(Wrong::Refused(placed.void_reason.unwrap_or_default())),
        _ => Ok(placed.subscription_id),
    }
}

/// Starts a trial; a card that shall pay when it ends is put on file first.
fn start_trial(stage: &Stage, price: &Price, pay_with: Option<PayWith>) -> Result<SubscriptionId, Wrong> {
    let payment_method_id = pay_with.map(|pay_with| put_on_file(stage, pay_with)).transpose()?;
    let trial = StartTrial { price_id: price.id, payment_method_id };
    Ok(stage.app.write(&stage.admin, stage.organization, trial).wait()?)
}

pub(super) fn named(names: &Names, name: &str) -> Result<SubscriptionId, Wrong> {
    names.get(name).copied().ok_or_else(|| Wrong::Mistaken(format!("subscription: nothing is named {name:?}")))
}

fn product(stage: &Stage, id: SubscriptionId) -> Result<ProductId, Wrong> {
    Ok(subscription_of(stage, id)?.product_id)
}

fn subscription_of(stage: &Stage, id: SubscriptionId) -> Result<Subscription, Wrong> {
    let found = stage.store.read(stage.organization, |read| subscription::find(read, id)).map_err(Failure::from)?;
    Ok(found.ok_or(Failure::from(Refusal::NotFound))?.subscription)
}

fn everyone(stage: &Stage, people: &[String]) -> Result<Vec<UserId>, Wrong> {
    people
        .iter()
        .map(|name| {
            let found = stage.people.get(name).copied();
            found.ok_or_else(|| Wrong::Mistaken(format!("people: nobody is named {name:?}")))
        })
        .collect()
}
