//! Files that people uploaded, kept until they are confirmed and the work with them is done.

use crate::{Read, Result, Write, params, statements};
use domain::ids::{UploadId, UserId};
use jiff::Timestamp;

statements! {
    UPLOAD_BY_ID: organization = "SELECT file_name, content, created_by, created_at FROM upload \
        WHERE organization_id = $1 AND id = $2";
    INSERT_UPLOAD: organization = "INSERT INTO upload (organization_id, id, file_name, content, created_by, \
        created_at) VALUES ($1, $2, $3, $4, $5, $6)";
    DELETE_UPLOAD: organization = "DELETE FROM upload WHERE organization_id = $1 AND id = $2";
    DELETE_OLD_UPLOADS: organization = "DELETE FROM upload WHERE organization_id = $1 AND created_at < $2 \
        AND id NOT IN (SELECT j.id FROM job j WHERE j.organization_id = $1 AND j.state IN ('waiting', 'running', 'parked'))";
}

/// An uploaded file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Upload {
    /// Identity.
    pub id: UploadId,
    /// What its owner called it.
    pub file_name: String,
    /// Its text.
    pub content: String,
    /// Who uploaded it; `None` for a program.
    pub created_by: Option<UserId>,
    /// When.
    pub created_at: Timestamp,
}

/// The file.
///
/// # Errors
/// When the database fails.
pub fn find(read: &Read<'_>, id: UploadId) -> Result<Option<Upload>> {
    read.query_one(&UPLOAD_BY_ID, params![id], |row| {
        Ok(Upload {
            id,
            file_name: row.get(0)?,
            content: row.get(1)?,
            created_by: row.get(2)?,
            created_at: row.get(3)?,
        })
    })
}

/// Keeps a file.
///
/// # Errors
/// When the database fails.
pub fn insert(write: &Write<'_>, new: &Upload) -> Result<()> {
    write.change(&INSERT_UPLOAD, params![new.id, new.file_name, new.content, new.created_by, new.created_at])
}

/// Forgets a file; nothing happens when it is gone already.
///
/// # Errors
/// When the database fails.
pub fn delete(write: &Write<'_>, id: UploadId) -> Result<()> {
    write.change_some(&DELETE_UPLOAD, params![id])
}

/// Forgets the files from before `before` that no work needs; a job has the identity of the file that it works with.
///
/// # Errors
/// When the database fails.
pub fn delete_older(write: &Write<'_>, before: Timestamp) -> Result<()> {
    write.change_some(&DELETE_OLD_UPLOADS, params![before])
}
