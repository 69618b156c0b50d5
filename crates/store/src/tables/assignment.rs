//! Licenses in use.

use crate::{Read, Result, Row, Write, params, statements};
use domain::ids::{ProductId, ServicePlanId, UserId};
use domain::license::Assignment;

statements! {
    ASSIGNMENT: organization = "SELECT user_id, product_id, subscription_id, assigned_at, disabled_plans, \
        conflict_since FROM assignment WHERE organization_id = $1 AND user_id = $2 AND product_id = $3";
    ASSIGNMENTS_OF_USER: organization = "SELECT user_id, product_id, subscription_id, assigned_at, disabled_plans, \
        conflict_since FROM assignment WHERE organization_id = $1 AND user_id = $2 ORDER BY product_id";
    INSERT_ASSIGNMENT: organization = "INSERT INTO assignment (organization_id, user_id, product_id, \
        subscription_id, sort_name, assigned_at, disabled_plans, conflict_since) VALUES ($1, $2, $3, $4, $5, $6, $7, $8)";
    DELETE_ASSIGNMENT: organization = "DELETE FROM assignment WHERE organization_id = $1 AND user_id = $2 \
        AND product_id = $3";
    SET_DISABLED_PLANS: organization = "UPDATE assignment SET disabled_plans = $4 WHERE organization_id = $1 \
        AND user_id = $2 AND product_id = $3";
    COUNT_USER_LICENSES: organization = "UPDATE \"user\" SET license_count = license_count + $3 \
        WHERE organization_id = $1 AND id = $2";
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
/// When the database fails, or the person no longer holds it.
pub fn delete(write: &Write<'_>, old: &Assignment) -> Result<()> {
    write.change(&DELETE_ASSIGNMENT, params![old.user_id, old.product_id])?;
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
