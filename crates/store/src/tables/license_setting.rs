//! What an organization decided about who assigns licenses (D22).

use crate::{Read, Result, Write, params, statements};

statements! {
    LICENSE_SETTING: organization = "SELECT billing_admins_assign FROM license_setting WHERE organization_id = $1";
    SET_LICENSE_SETTING: organization = "INSERT INTO license_setting (organization_id, billing_admins_assign) \
        VALUES ($1, $2) ON CONFLICT (organization_id) DO UPDATE \
        SET billing_admins_assign = excluded.billing_admins_assign";
}

/// Whether Billing admins assign licenses.
///
/// # Errors
/// When the database fails.
pub fn billing_admins_assign(read: &Read<'_>) -> Result<bool> {
    Ok(read.query_one(&LICENSE_SETTING, params![], |row| row.get(0))?.unwrap_or_default())
}

/// Decides whether they do.
///
/// # Errors
/// When the database fails.
pub fn set(write: &Write<'_>, billing_admins_assign: bool) -> Result<()> {
    write.change(&SET_LICENSE_SETTING, params![billing_admins_assign])
}
