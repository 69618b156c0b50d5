//! Auto-claim policies (domain 2.8, R177): for each product that people claim, what they get, in order.

use super::assignment::{plans, plans_text};
use crate::{Read, Result, Row, Write, params, statements};
use domain::ids::{ProductId, ServicePlanId};
use domain::license::auto_claim::AutoClaimPolicy;

macro_rules! select {
    ($rest:literal) => {
        concat!(
            "SELECT c.product_id, c.given_id, g.name, CAST(COALESCE((SELECT SUM(s.quantity - s.assigned) \
             FROM subscription s WHERE s.organization_id = c.organization_id AND s.product_id = c.given_id \
             AND s.holder_id IS NULL AND s.state IN ('active', 'expired')), 0) AS BIGINT), c.disabled_plans \
             FROM auto_claim c JOIN product p ON p.id = c.product_id JOIN product g ON g.id = c.given_id \
             WHERE c.organization_id = $1 ",
            $rest,
            " ORDER BY p.sort_name, c.product_id, c.place"
        )
    };
}

statements! {
    AUTO_CLAIMS: organization = select!("");
    AUTO_CLAIM_OF_PRODUCT: organization = select!("AND c.product_id = $2");
    INSERT_AUTO_CLAIM: organization = "INSERT INTO auto_claim (organization_id, product_id, place, given_id, \
        disabled_plans) VALUES ($1, $2, $3, $4, $5)";
    AUTO_CLAIM_SETTING: organization = "SELECT is_on FROM auto_claim_setting WHERE organization_id = $1";
    SET_AUTO_CLAIM_SETTING: organization = "INSERT INTO auto_claim_setting (organization_id, is_on) VALUES ($1, $2) \
        ON CONFLICT (organization_id) DO UPDATE SET is_on = excluded.is_on";
    DELETE_AUTO_CLAIM: organization = "DELETE FROM auto_claim WHERE organization_id = $1 AND product_id = $2";
}

/// A product whose licenses people claim, or one that stands in for it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Claimable {
    /// What people need.
    pub product_id: ProductId,
    /// What they get.
    pub given_id: ProductId,
    /// Its name.
    pub name: String,
    /// Its free licenses of the organization.
    pub free: i64,
    /// The apps that are off in the licenses that are given.
    pub disabled_plans: Vec<ServicePlanId>,
}

fn claimable(row: &Row<'_>) -> Result<Claimable> {
    Ok(Claimable {
        product_id: row.get(0)?,
        given_id: row.get(1)?,
        name: row.get(2)?,
        free: row.get(3)?,
        disabled_plans: plans(row.text(4)?),
    })
}

/// What people can claim, by the name of what they need; of each product itself first, then its backups in their order.
///
/// # Errors
/// When the database fails.
pub fn all(read: &Read<'_>) -> Result<Vec<Claimable>> {
    read.query(&AUTO_CLAIMS, params![], claimable)
}

/// Whether people claim licenses at all, where somebody decided so.
///
/// # Errors
/// When the database fails.
pub fn setting(read: &Read<'_>) -> Result<Option<bool>> {
    read.query_one(&AUTO_CLAIM_SETTING, params![], |row| row.get(0))
}

/// Decides whether people claim licenses at all.
///
/// # Errors
/// When the database fails.
pub fn set_setting(write: &Write<'_>, is_on: bool) -> Result<()> {
    write.change(&SET_AUTO_CLAIM_SETTING, params![is_on])
}

/// What people get who need a product; nothing when it is not claimed.
///
/// # Errors
/// When the database fails.
pub fn find(read: &Read<'_>, product: ProductId) -> Result<Vec<Claimable>> {
    read.query(&AUTO_CLAIM_OF_PRODUCT, params![product], claimable)
}

/// Sets what people get who need a product.
///
/// # Errors
/// When the database fails, or somebody does so at the same time.
pub fn set(write: &Write<'_>, policy: &AutoClaimPolicy) -> Result<()> {
    remove(write, policy.product_id)?;
    for (place, given) in (0i64..).zip(policy.products()) {
        let off = if place == 0 { plans_text(&policy.disabled_plans) } else { String::new() };
        write.change(&INSERT_AUTO_CLAIM, params![policy.product_id, place, given, off])?;
    }
    Ok(())
}

/// Lets nobody claim a product any more.
///
/// # Errors
/// When the database fails.
pub fn remove(write: &Write<'_>, product: ProductId) -> Result<()> {
    write.change_some(&DELETE_AUTO_CLAIM, params![product])
}
