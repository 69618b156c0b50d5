//! Who has which billing role (domain 4.7, 4.8, 6).

use crate::{Read, Result, Row, Write, params, statements};
use domain::access::{BillingGrant, BillingRole};
use domain::ids::{BillingProfileId, OrganizationId, UserId};

statements! {
    // People come after the few who have a role, which the word CROSS tells SQLite.
    BILLING_ROLES: organization = "SELECT r.user_id, r.role, r.scope_id, u.display_name, u.email, p.name \
        FROM billing_role r CROSS JOIN \"user\" u \
        LEFT JOIN billing_profile p ON p.organization_id = r.organization_id AND p.id = r.scope_id \
        WHERE r.organization_id = $1 AND u.organization_id = r.organization_id AND u.id = r.user_id \
        AND u.state <> 'deleted' ORDER BY u.sort_name, u.id, r.role, p.name, r.scope_id";
    INSERT_BILLING_ROLE: organization = "INSERT INTO billing_role (organization_id, user_id, scope_id, role) \
        VALUES ($1, $2, $3, $4)";
    DELETE_BILLING_ROLE: organization = "DELETE FROM billing_role WHERE organization_id = $1 AND user_id = $2 \
        AND scope_id = $3 AND role = $4";
    DELETE_BILLING_ROLES_OF_USER: organization = "DELETE FROM billing_role WHERE organization_id = $1 AND user_id = $2";
}

/// A billing role that somebody has.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ListedBillingRole {
    /// Who.
    pub user_id: UserId,
    /// The person's name.
    pub display_name: String,
    /// The person's sign-in name.
    pub email: String,
    /// The role where it counts.
    pub grant: BillingGrant,
    /// The name of its billing profile; none for a role of the billing account.
    pub profile_name: Option<String>,
}

/// The role in column `index` and where it counts, in the column after it. A role of the account is stored under the
/// identifier of the organization, which the first billing profile has too; the role tells them apart.
pub(super) fn grant(row: &Row<'_>, index: usize) -> Result<BillingGrant> {
    let role = row.code(index, BillingRole::from_code)?;
    let scope = row.get(index + 1)?;
    Ok(BillingGrant { role, profile: (!role.is_of_account()).then_some(scope) })
}

/// Every billing role of the organization, by the names of people.
///
/// # Errors
/// When the database fails.
pub fn list(read: &Read<'_>) -> Result<Vec<ListedBillingRole>> {
    read.query(&BILLING_ROLES, params![], |row| {
        let grant = grant(row, 1)?;
        Ok(ListedBillingRole {
            user_id: row.get(0)?,
            display_name: row.get(3)?,
            email: row.get(4)?,
            profile_name: row.get::<Option<String>>(5)?.filter(|_| grant.profile.is_some()),
            grant,
        })
    })
}

/// Where a role of `organization` counts, as it is stored.
fn scope(organization: OrganizationId, grant: BillingGrant) -> BillingProfileId {
    grant.profile.unwrap_or_else(|| BillingProfileId::first_of(organization))
}

/// Gives a person a billing role.
///
/// # Errors
/// When the database fails, or the person has it.
pub fn insert(write: &Write<'_>, organization: OrganizationId, user: UserId, grant: BillingGrant) -> Result<()> {
    write.change(&INSERT_BILLING_ROLE, params![user, scope(organization, grant), grant.role.code()])
}

/// Takes a billing role from a person.
///
/// # Errors
/// When the database fails, or the person does not have it.
pub fn delete(write: &Write<'_>, organization: OrganizationId, user: UserId, grant: BillingGrant) -> Result<()> {
    write.change(&DELETE_BILLING_ROLE, params![user, scope(organization, grant), grant.role.code()])
}

/// Takes every billing role from a person.
///
/// # Errors
/// When the database fails.
pub fn delete_of_user(write: &Write<'_>, user: UserId) -> Result<()> {
    write.change_some(&DELETE_BILLING_ROLES_OF_USER, params![user])
}
