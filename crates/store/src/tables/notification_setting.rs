//! Who gets mails of an organization besides its admins, and how.

use crate::{Read, Result, Write, params, statements};
use domain::mail::NotificationSettings;

statements! {
    NOTIFICATION_SETTINGS: organization = "SELECT contact, extra_addresses, attach_documents, revision \
        FROM notification_setting WHERE organization_id = $1";
    SAVE_NOTIFICATION_SETTINGS: organization = "INSERT INTO notification_setting (organization_id, contact, \
        extra_addresses, attach_documents, revision) VALUES ($1, $2, $3, $4, $5 + 1) \
        ON CONFLICT (organization_id) DO UPDATE SET contact = excluded.contact, \
        extra_addresses = excluded.extra_addresses, attach_documents = excluded.attach_documents, \
        revision = excluded.revision WHERE notification_setting.revision = $5";
}

/// The settings of the organization; those with which it began when it never changed them.
///
/// # Errors
/// When the database fails.
pub fn find(read: &Read<'_>) -> Result<NotificationSettings> {
    let found = read.query_one(&NOTIFICATION_SETTINGS, params![], |row| {
        let extra_addresses = row.text(1)?.lines().map(str::to_owned).collect();
        Ok(NotificationSettings {
            contact: row.get(0)?,
            extra_addresses,
            attach_documents: row.get(2)?,
            revision: row.get(3)?,
        })
    })?;
    Ok(found.unwrap_or_default())
}

/// Saves the settings, read at `changed.revision`.
///
/// # Errors
/// When the database fails, or somebody changed them meanwhile.
pub fn save(write: &Write<'_>, changed: &NotificationSettings) -> Result<()> {
    let extra = changed.extra_addresses.join("\n");
    write.change(
        &SAVE_NOTIFICATION_SETTINGS,
        params![changed.contact, extra, changed.attach_documents, changed.revision],
    )
}
