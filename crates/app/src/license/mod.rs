//! Use cases of licenses in use: who holds which product (domain 2.3 to 2.6).

pub mod assign;
pub mod assigners;
pub mod auto_claim;
pub mod change_apps;
pub mod choose;
pub mod holds;
pub mod list;
pub mod many;
pub mod product;
pub mod replace;
pub mod set_location;
pub mod settle;
pub mod unassign;

use crate::failure::Failure;
use domain::event::Subjects;
use domain::ids::{ProductId, ServicePlanId, SubscriptionId, UserId};
use domain::license::Assignment;
use domain::refusal::{Field, Refusal};
use domain::subscription::Subscription;
use std::collections::HashSet;
use store::tables::subscription::ListedSubscription;
use store::tables::{assignment, catalog, subscription};
use store::{Read, Write};

/// The subscriptions of a product that the caller sees: all of them, or only own ones (D27).
fn subscriptions_of(read: &Read<'_>, product: ProductId, only: Option<UserId>) -> Result<Vec<Subscription>, Failure> {
    let listed = subscriptions_of_listed(subscription::of_product(read, product)?, only);
    Ok(listed.into_iter().map(|listed| listed.subscription).collect())
}

/// Those that the caller sees.
fn subscriptions_of_listed(mut listed: Vec<ListedSubscription>, only: Option<UserId>) -> Vec<ListedSubscription> {
    listed.retain(|listed| only.is_none() || listed.subscription.holder == only);
    listed
}

/// The people of one action, each once, in the order in which they were named (R28).
fn people_of(read: &Read<'_>, product: ProductId, users: &[UserId]) -> Result<Vec<assignment::Person>, Failure> {
    let mut seen = HashSet::new();
    let named: Vec<UserId> = users.iter().copied().filter(|user| seen.insert(*user)).collect();
    domain::license::assign::check_count(named.len()).map_err(|refusal| refusal.at(Field::Users))?;
    let people = assignment::people(read, product, &named)?;
    // R29: whoever is not found is not of this organization.
    if people.len() < named.len() {
        return Err(Refusal::OutsideOrganization.at(Field::Users).into());
    }
    Ok(people)
}

/// The person's license and its subscription, when the caller may see both.
fn license_of(
    read: &Read<'_>,
    product: ProductId,
    user: UserId,
    only: Option<UserId>,
) -> Result<(assignment::Person, Assignment, Subscription), Failure> {
    let person = assignment::people(read, product, &[user])?.pop().ok_or(Refusal::NotFound)?;
    let held = person.held.clone().ok_or_else(|| Refusal::NotAssigned { name: person.display_name.clone() })?;
    let found = subscription::find(read, held.subscription_id)?;
    let subscription = found.ok_or(Refusal::NotFound)?.subscription;
    if only.is_some_and(|user| subscription.holder != Some(user)) {
        return Err(Refusal::NotFound.into());
    }
    Ok((person, held, subscription))
}

/// Gives a person a license. One that no subscription covers any more makes way for it: that of a buyer who canceled
/// does not keep people from a license of the organization (domain 2.5, R121). Whoever got a license at the same time
/// keeps that one: this one fails, and is looked at again.
fn give(write: &Write<'_>, person: &assignment::Person, new: &Assignment) -> Result<(), Failure> {
    if let Some(uncovered) = person.held.as_ref().filter(|held| !held.is_covered()) {
        assignment::delete(write, uncovered)?;
    }
    Ok(assignment::insert(write, new, &person.sort_name)?)
}

/// The identifiers of the apps of a product.
fn plans_of(read: &Read<'_>, product: ProductId) -> Result<Vec<ServicePlanId>, Failure> {
    Ok(catalog::plans_of_product(read, product)?.into_iter().map(|plan| plan.id).collect())
}

/// What an event of a license is about.
const fn subjects(user: UserId, product: ProductId, subscription: SubscriptionId) -> Subjects {
    Subjects { user: Some(user), product: Some(product), subscription: Some(subscription), order: None }
}
