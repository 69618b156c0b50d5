//! What Home and the operator count, each in one pass.

use crate::{Read, Result, Row, params, statements};
use domain::catalog::BillingFrequency;
use domain::ids::{ProductId, UserId};
use domain::money::{Currency, Money};
use jiff::Timestamp;
use jiff::civil::Date;

statements! {
    SUBSCRIPTION_SUMMARY: organization = "SELECT COUNT(*), \
        CAST(COALESCE(SUM(CASE WHEN credit_check = 'pending' THEN 1 ELSE 0 END), 0) AS BIGINT), \
        CAST(COALESCE(SUM(conflicts), 0) AS BIGINT), \
        CAST(COALESCE(SUM(CASE WHEN state = 'active' AND recurring_billing AND ends_on >= $2 AND ends_on < $3 \
        THEN 1 ELSE 0 END), 0) AS BIGINT), \
        CAST(COALESCE(SUM(CASE WHEN state = 'active' AND NOT recurring_billing AND ends_on >= $2 AND ends_on < $3 \
        THEN 1 ELSE 0 END), 0) AS BIGINT), \
        CAST(COALESCE(SUM(CASE WHEN state = 'expired' THEN 1 ELSE 0 END), 0) AS BIGINT), \
        CAST(COALESCE(SUM(CASE WHEN state = 'disabled' THEN 1 ELSE 0 END), 0) AS BIGINT), \
        CAST(COALESCE(SUM(quantity), 0) AS BIGINT), CAST(COALESCE(SUM(assigned), 0) AS BIGINT) \
        FROM subscription WHERE organization_id = $1 AND state <> 'deleted'";
    UNUSED_LICENSES: organization = "SELECT currency, billing_frequency, CAST(SUM(quantity - assigned) AS BIGINT), \
        CAST(SUM((quantity - assigned) * unit_price) AS BIGINT) FROM subscription \
        WHERE organization_id = $1 AND state = 'active' AND channel IN ('direct', 'direct_invoice') \
        AND holder_id IS NULL AND quantity > assigned \
        GROUP BY currency, billing_frequency ORDER BY billing_frequency, currency";
    USAGE_BY_PRODUCT: organization = "SELECT s.product_id, p.name, CAST(SUM(s.assigned) AS BIGINT), \
        CAST(SUM(s.quantity) AS BIGINT) FROM subscription s JOIN product p ON p.id = s.product_id \
        WHERE s.organization_id = $1 AND s.state IN ('active', 'expired') \
        GROUP BY s.product_id, p.name ORDER BY SUM(s.quantity) DESC, p.name LIMIT $2";
    LICENSES_OF_PERSON: organization = "SELECT a.product_id, p.name, a.assigned_at, a.conflict_since \
        FROM assignment a JOIN product p ON p.id = a.product_id WHERE a.organization_id = $1 AND a.user_id = $2 \
        ORDER BY p.sort_name, p.id LIMIT $3";
    COUNT_PEOPLE: organization = "SELECT COUNT(*) FROM \"user\" WHERE organization_id = $1 AND state <> 'deleted'";
    COUNT_PRODUCTS: shared = "SELECT COUNT(*) FROM product";
}

/// What is going on among the subscriptions of an organization.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct SubscriptionSummary {
    /// Subscriptions that are not deleted.
    pub subscriptions: i64,
    /// Those that wait for a credit check.
    pub credit_checks: i64,
    /// People without a valid license.
    pub conflicts: i64,
    /// Those that renew within the days asked.
    pub renewing: i64,
    /// Those that end within the days asked.
    pub expiring: i64,
    /// Those that have ended; their people still have access.
    pub expired: i64,
    /// Those whose people have no access.
    pub disabled: i64,
    /// Licenses bought.
    pub bought: i64,
    /// Licenses in use.
    pub assigned: i64,
}

/// Licenses that nobody uses and the organization is charged for, and what they cost in one billing period: not what a
/// partner sold, was prepaid, or somebody bought by self-service.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct UnusedLicenses {
    /// How often they are charged.
    pub billing_frequency: BillingFrequency,
    /// How many.
    pub count: i64,
    /// What they cost in one billing period.
    pub cost: Money,
}

/// The licenses of one product over all its subscriptions.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ProductUsage {
    /// The product.
    pub product_id: ProductId,
    /// Its name.
    pub product_name: String,
    /// Licenses in use.
    pub assigned: i64,
    /// Licenses bought.
    pub bought: i64,
}

/// A license that a person holds.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PersonLicense {
    /// The product.
    pub product_id: ProductId,
    /// Its name.
    pub product_name: String,
    /// Since when.
    pub assigned_at: Timestamp,
    /// Since when there is no valid license behind it.
    pub conflict_since: Option<Timestamp>,
}

/// Counts the subscriptions; renewals and ends from `from` up to the day before `to`.
///
/// # Errors
/// When the database fails.
pub fn subscriptions(read: &Read<'_>, from: Date, to: Date) -> Result<SubscriptionSummary> {
    let summary = read.query_one(&SUBSCRIPTION_SUMMARY, params![from, to], |row: &Row<'_>| {
        Ok(SubscriptionSummary {
            subscriptions: row.get(0)?,
            credit_checks: row.get(1)?,
            conflicts: row.get(2)?,
            renewing: row.get(3)?,
            expiring: row.get(4)?,
            expired: row.get(5)?,
            disabled: row.get(6)?,
            bought: row.get(7)?,
            assigned: row.get(8)?,
        })
    })?;
    Ok(summary.unwrap_or_default())
}

/// What is bought and not used, by currency and billing frequency.
///
/// # Errors
/// When the database fails.
pub fn unused(read: &Read<'_>) -> Result<Vec<UnusedLicenses>> {
    read.query(&UNUSED_LICENSES, params![], |row| {
        let currency = row.code(0, Currency::from_code)?;
        let billing_frequency = row.code(1, BillingFrequency::from_code)?;
        Ok(UnusedLicenses { billing_frequency, count: row.get(2)?, cost: Money::new(row.get(3)?, currency) })
    })
}

/// Use of the products with the most licenses.
///
/// # Errors
/// When the database fails.
pub fn usage(read: &Read<'_>, limit: usize) -> Result<Vec<ProductUsage>> {
    read.query(&USAGE_BY_PRODUCT, params![limit as i64], |row| {
        Ok(ProductUsage {
            product_id: row.get(0)?,
            product_name: row.get(1)?,
            assigned: row.get(2)?,
            bought: row.get(3)?,
        })
    })
}

/// What a person holds, by name of the product.
///
/// # Errors
/// When the database fails.
pub fn licenses_of(read: &Read<'_>, person: UserId, limit: usize) -> Result<Vec<PersonLicense>> {
    read.query(&LICENSES_OF_PERSON, params![person, limit as i64], |row| {
        Ok(PersonLicense {
            product_id: row.get(0)?,
            product_name: row.get(1)?,
            assigned_at: row.get(2)?,
            conflict_since: row.get(3)?,
        })
    })
}

/// How many people the organization has.
///
/// # Errors
/// When the database fails.
pub fn people(read: &Read<'_>) -> Result<i64> {
    Ok(read.query_one(&COUNT_PEOPLE, params![], |row| row.get(0))?.unwrap_or_default())
}

/// How many products the catalog holds.
///
/// # Errors
/// When the database fails.
pub fn products(read: &Read<'_>) -> Result<i64> {
    Ok(read.query_one(&COUNT_PRODUCTS, params![], |row| row.get(0))?.unwrap_or_default())
}
