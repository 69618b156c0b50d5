//! Who may buy for the team, and how much (domain 5.3).

use crate::{Read, Result, Write, params, statements};
use domain::ids::{GroupId, ProductId, UserId};
use domain::self_service::limits::{Allowance, Buyers, PurchaseLimits};

statements! {
    PURCHASE_LIMITS: organization = "SELECT group_id, department, licenses_max FROM purchase_limits \
        WHERE organization_id = $1";
    SET_PURCHASE_LIMITS: organization = "INSERT INTO purchase_limits (organization_id, group_id, department, \
        licenses_max) VALUES ($1, $2, $3, $4) ON CONFLICT (organization_id) DO UPDATE SET \
        group_id = excluded.group_id, department = excluded.department, licenses_max = excluded.licenses_max";
    IS_IN_GROUP: organization = "SELECT COUNT(*) FROM group_member WHERE organization_id = $1 AND group_id = $2 \
        AND user_id = $3";
    IS_IN_DEPARTMENT: organization = "SELECT COUNT(*) FROM \"user\" WHERE organization_id = $1 AND department = $2 \
        AND id = $3";
    // What a person holds of a product and pays for, now or from the renewal on, and what the person ordered and is
    // about to pay.
    LICENSES_OF_BUYER: organization = "SELECT CAST(COALESCE(SUM(b.quantity), 0) AS BIGINT) FROM \
        (SELECT CASE WHEN s.quantity_at_renewal > s.quantity THEN s.quantity_at_renewal ELSE s.quantity END \
        AS quantity FROM subscription s WHERE s.organization_id = $1 AND s.holder_id = $2 AND s.product_id = $3 \
        AND s.channel NOT IN ('trial', 'free') AND s.state IN ('pending', 'scheduled', 'active', 'expired') UNION ALL \
        SELECT o.quantity FROM \"order\" o JOIN sku k ON k.id = o.sku_id AND k.kind = 'self_service' \
        WHERE o.organization_id = $1 AND o.ordered_by = $2 AND o.product_id = $3 AND o.kind = 'purchase' \
        AND o.state IN ('payment_pending', 'confirmation_required')) b";
}

/// The limits of the organization.
///
/// # Errors
/// When the database fails.
pub fn find(read: &Read<'_>) -> Result<PurchaseLimits> {
    let found = read.query_one(&PURCHASE_LIMITS, params![], |row| {
        let (group, department): (Option<GroupId>, String) = (row.get(0)?, row.get(1)?);
        let buyers = match group {
            Some(group) => Buyers::Group(group),
            None if department.is_empty() => Buyers::Everybody,
            None => Buyers::Department(department),
        };
        Ok(PurchaseLimits { buyers, licenses_max: row.get(2)? })
    })?;
    Ok(found.unwrap_or_default())
}

/// Sets them.
///
/// # Errors
/// When the database fails, or the group is not there.
pub fn set(write: &Write<'_>, limits: &PurchaseLimits) -> Result<()> {
    let (group, department) = match &limits.buyers {
        Buyers::Everybody => (None, ""),
        Buyers::Group(group) => (Some(*group), ""),
        Buyers::Department(department) => (None, department.as_str()),
    };
    write.change(&SET_PURCHASE_LIMITS, params![group, department, limits.licenses_max])
}

/// Whether a person is one of those who may buy.
///
/// # Errors
/// When the database fails.
pub fn is_among(read: &Read<'_>, buyers: &Buyers, user: UserId) -> Result<bool> {
    let found: Option<i64> = match buyers {
        Buyers::Everybody => return Ok(true),
        Buyers::Group(group) => read.query_one(&IS_IN_GROUP, params![*group, user], |row| row.get(0))?,
        Buyers::Department(name) => read.query_one(&IS_IN_DEPARTMENT, params![name, user], |row| row.get(0))?,
    };
    Ok(found.is_some_and(|count| count > 0))
}

/// What a person has of a product, and may have.
///
/// # Errors
/// When the database fails.
pub fn allowance(read: &Read<'_>, buyer: UserId, product: ProductId) -> Result<Allowance> {
    let bought: Option<i64> = read.query_one(&LICENSES_OF_BUYER, params![buyer, product], |row| row.get(0))?;
    let licenses = u32::try_from(bought.unwrap_or_default()).unwrap_or(u32::MAX);
    Ok(Allowance { licenses, maximum: find(read)?.licenses_max })
}
