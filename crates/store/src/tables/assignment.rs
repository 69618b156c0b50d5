//! Licenses in use.

use crate::{Read, Result, Row, Write, params, statements};
use domain::ids::{ProductId, ServicePlanId, SubscriptionId, UserId};
use domain::license::Assignment;
use domain::limits::PEOPLE_PER_ACTION;
use jiff::Timestamp;

/// A person and, where there is one, the license of the product `$2`.
macro_rules! select_people {
    ($who:literal) => {
        concat!(
            "SELECT u.id, u.display_name, u.sort_name, u.usage_location IS NOT NULL, a.subscription_id, a.assigned_at, \
             a.disabled_plans, a.conflict_since FROM \"user\" u \
             LEFT JOIN assignment a ON a.organization_id = u.organization_id AND a.user_id = u.id \
             AND a.product_id = $2 \
             WHERE u.organization_id = $1 AND u.state <> 'deleted' AND u.id ",
            $who
        )
    };
}

statements! {
    ASSIGNMENT: organization = "SELECT user_id, product_id, subscription_id, assigned_at, disabled_plans, \
        conflict_since FROM assignment WHERE organization_id = $1 AND user_id = $2 AND product_id = $3";
    ASSIGNMENTS_OF_USER: organization = "SELECT user_id, product_id, subscription_id, assigned_at, disabled_plans, \
        conflict_since FROM assignment WHERE organization_id = $1 AND user_id = $2 ORDER BY product_id";
    ASSIGNMENTS_OF_SUBSCRIPTION: organization = "SELECT user_id, product_id, subscription_id, assigned_at, \
        disabled_plans, conflict_since FROM assignment WHERE organization_id = $1 AND subscription_id = $2 \
        ORDER BY sort_name, user_id LIMIT $3";
    ONE_PERSON: organization = select_people!("= $3");
    TWENTY_PEOPLE: organization = select_people!("IN ($3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, \
        $17, $18, $19, $20, $21, $22)");
    INSERT_ASSIGNMENT: organization = "INSERT INTO assignment (organization_id, user_id, product_id, \
        subscription_id, sort_name, assigned_at, disabled_plans, conflict_since) VALUES ($1, $2, $3, $4, $5, $6, $7, $8)";
    DELETE_ASSIGNMENT: organization = "DELETE FROM assignment WHERE organization_id = $1 AND user_id = $2 \
        AND product_id = $3 AND subscription_id = $4 AND (conflict_since IS NULL) = $5";
    SET_DISABLED_PLANS: organization = "UPDATE assignment SET disabled_plans = $4 WHERE organization_id = $1 \
        AND user_id = $2 AND product_id = $3";
    NEWEST_OF_SUBSCRIPTION: organization = "SELECT user_id, product_id, subscription_id, assigned_at, \
        disabled_plans, conflict_since FROM assignment WHERE organization_id = $1 AND subscription_id = $2 \
        AND conflict_since IS NULL ORDER BY assigned_at DESC, user_id DESC LIMIT $3";
    OLDEST_CONFLICTS: organization = "SELECT user_id, product_id, subscription_id, assigned_at, disabled_plans, \
        conflict_since FROM assignment WHERE organization_id = $1 AND product_id = $2 \
        AND conflict_since IS NOT NULL ORDER BY conflict_since, user_id";
    MOVE_ASSIGNMENT: organization = "UPDATE assignment SET subscription_id = $5, conflict_since = NULL \
        WHERE organization_id = $1 AND user_id = $2 AND product_id = $3 AND subscription_id = $4 \
        AND (conflict_since IS NOT NULL) = $6";
    BEGIN_CONFLICT: organization = "UPDATE assignment SET conflict_since = $5 WHERE organization_id = $1 \
        AND user_id = $2 AND product_id = $3 AND subscription_id = $4 AND conflict_since IS NULL";
    COUNT_USER_LICENSES: organization = "UPDATE \"user\" SET license_count = license_count + $3 \
        WHERE organization_id = $1 AND id = $2";
}

/// A person as the license verbs need one: with the license of one product, when the person holds it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Person {
    /// Who.
    pub user_id: UserId,
    /// The name, for refusals.
    pub display_name: String,
    /// The folded name, by which lists are sorted.
    pub sort_name: String,
    /// Whether a usage location is set.
    pub has_usage_location: bool,
    /// The license of the product.
    pub held: Option<Assignment>,
}

fn person(row: &Row<'_>, product_id: ProductId) -> Result<Person> {
    let user_id = row.get(0)?;
    let held = match row.get(4)? {
        None => None,
        Some(subscription_id) => Some(Assignment {
            user_id,
            product_id,
            subscription_id,
            assigned_at: row.get(5)?,
            disabled_plans: plans(row.text(6)?),
            conflict_since: row.get(7)?,
        }),
    };
    Ok(Person { user_id, display_name: row.get(1)?, sort_name: row.get(2)?, has_usage_location: row.get(3)?, held })
}

/// Up to [`PEOPLE_PER_ACTION`] people of the organization who are not deleted, with their license of a product, in the
/// order of `users`. Who is not found is left out.
///
/// # Errors
/// When the database fails.
pub fn people(read: &Read<'_>, product: ProductId, users: &[UserId]) -> Result<Vec<Person>> {
    let mut found = match users {
        [] => Vec::new(),
        [user] => read.query(&ONE_PERSON, params![product, user], |row| person(row, product))?,
        [first, ..] => {
            let mut parameters: Vec<&dyn crate::Bind> = vec![&product];
            parameters
                .extend((0..PEOPLE_PER_ACTION).map(|index| users.get(index).unwrap_or(first) as &dyn crate::Bind));
            read.query(&TWENTY_PEOPLE, &parameters, |row| person(row, product))?
        }
    };
    found.sort_by_key(|person| users.iter().position(|user| *user == person.user_id));
    Ok(found)
}

fn assignment(row: &Row<'_>) -> Result<Assignment> {
    Ok(Assignment {
        user_id: row.get(0)?,
        product_id: row.get(1)?,
        subscription_id: row.get(2)?,
        assigned_at: row.get(3)?,
        disabled_plans: plans(row.text(4)?),
        conflict_since: row.get(5)?,
    })
}

/// Reads the stored list of apps; what cannot be read is not switched off.
pub(crate) fn plans(text: &str) -> Vec<ServicePlanId> {
    text.split_whitespace().filter_map(|plan| plan.parse().ok()).collect()
}

/// Writes a list of apps as it is stored.
#[must_use]
pub fn plans_text(plans: &[ServicePlanId]) -> String {
    plans.iter().map(ToString::to_string).collect::<Vec<_>>().join(" ")
}

/// The person's license of a product. The one question that programs ask most.
///
/// # Errors
/// When the database fails.
pub fn find(read: &Read<'_>, user: UserId, product: ProductId) -> Result<Option<Assignment>> {
    read.query_one(&ASSIGNMENT, params![user, product], assignment)
}

/// Everything that a person holds.
///
/// # Errors
/// When the database fails.
pub fn of_user(read: &Read<'_>, user: UserId) -> Result<Vec<Assignment>> {
    read.query(&ASSIGNMENTS_OF_USER, params![user], assignment)
}

/// The first licenses of a subscription, in use or in conflict, by the name of the person.
///
/// # Errors
/// When the database fails.
pub fn of_subscription(read: &Read<'_>, subscription: SubscriptionId, limit: usize) -> Result<Vec<Assignment>> {
    read.query(&ASSIGNMENTS_OF_SUBSCRIPTION, params![subscription, limit as i64], assignment)
}

/// Adds a license of a person whose folded name is `sort_name`, and counts it at the person. The subscription counts
/// for itself ([`super::subscription::add_assigned`]), so that many licenses of one are counted at once.
///
/// # Errors
/// When the database fails, or the person already holds the product.
pub fn insert(write: &Write<'_>, new: &Assignment, sort_name: &str) -> Result<()> {
    let plans = plans_text(&new.disabled_plans);
    write.change(
        &INSERT_ASSIGNMENT,
        params![
            new.user_id,
            new.product_id,
            new.subscription_id,
            sort_name,
            new.assigned_at,
            plans,
            new.conflict_since
        ],
    )?;
    write.change(&COUNT_USER_LICENSES, params![new.user_id, 1i64])
}

/// Takes a license away, counted at the person and at the subscription that it belongs to.
///
/// # Errors
/// When the database fails, or the license is no longer as it was read.
pub fn delete(write: &Write<'_>, old: &Assignment) -> Result<()> {
    let counts = old.conflict_since.is_none();
    write.change(&DELETE_ASSIGNMENT, params![old.user_id, old.product_id, old.subscription_id, counts])?;
    write.change(&COUNT_USER_LICENSES, params![old.user_id, -1i64])?;
    match old.conflict_since {
        None => super::subscription::add_assigned(write, old.subscription_id, -1),
        Some(_) => super::subscription::add_conflicts(write, old.subscription_id, -1),
    }
}

/// Sets the apps that are switched off.
///
/// # Errors
/// When the database fails, or the person does not hold the product.
pub fn set_disabled_plans(write: &Write<'_>, user: UserId, product: ProductId, plans: &[ServicePlanId]) -> Result<()> {
    write.change(&SET_DISABLED_PLANS, params![user, product, plans_text(plans)])
}

/// The licenses of a subscription that are in use, the newest first.
///
/// # Errors
/// When the database fails.
pub fn newest_of_subscription(read: &Read<'_>, id: SubscriptionId, limit: usize) -> Result<Vec<Assignment>> {
    read.query(&NEWEST_OF_SUBSCRIPTION, params![id, limit as i64], assignment)
}

/// The licenses of a product that are in conflict, the oldest conflict first.
///
/// # Errors
/// When the database fails.
pub fn oldest_conflicts(read: &Read<'_>, product: ProductId) -> Result<Vec<Assignment>> {
    read.query(&OLDEST_CONFLICTS, params![product], assignment)
}

/// Moves a license to another subscription, which ends its conflict. The subscriptions count for themselves.
///
/// # Errors
/// When the database fails, or the license is no longer as it was read.
pub fn move_to(
    write: &Write<'_>,
    user: UserId,
    product: ProductId,
    from: SubscriptionId,
    to: SubscriptionId,
    was_conflict: bool,
) -> Result<()> {
    write.change(&MOVE_ASSIGNMENT, params![user, product, from, to, was_conflict])
}

/// Notes that a license is no longer covered. The subscription counts for itself.
///
/// # Errors
/// When the database fails, or the license is no longer as it was read.
pub fn begin_conflict(
    write: &Write<'_>,
    user: UserId,
    product: ProductId,
    subscription: SubscriptionId,
    since: Timestamp,
) -> Result<()> {
    write.change(&BEGIN_CONFLICT, params![user, product, subscription, since])
}
