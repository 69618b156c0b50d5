//! The answers that programs got for requests they may send again (D29).

use crate::{Read, Result, Write, params, statements};
use jiff::Timestamp;
use uuid::Uuid;

statements! {
    ANSWER: organization = "SELECT request_hash, answer FROM idempotency WHERE organization_id = $1 \
        AND principal_id = $2 AND key = $3 AND created_at > $4";
    INSERT_ANSWER: organization = "INSERT INTO idempotency (organization_id, principal_id, key, request_hash, answer, \
        created_at) VALUES ($1, $2, $3, $4, $5, $6)";
    FORGET_ANSWERS: organization = "DELETE FROM idempotency WHERE organization_id = $1 AND created_at <= $2";
}

/// What was asked and answered under a key.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StoredAnswer {
    /// The hash of the request.
    pub request_hash: [u8; 32],
    /// The answer, as JSON.
    pub answer: String,
}

/// The answer that a person or program got for a key after `since`.
///
/// # Errors
/// When the database fails.
pub fn find(read: &Read<'_>, principal: Uuid, key: &str, since: Timestamp) -> Result<Option<StoredAnswer>> {
    read.query_one(&ANSWER, params![principal, key, since], |row| {
        Ok(StoredAnswer { request_hash: row.get(0)?, answer: row.get(1)? })
    })
}

/// Keeps an answer.
///
/// # Errors
/// When the database fails, or an answer is kept under this key already.
pub fn insert(write: &Write<'_>, principal: Uuid, key: &str, new: &StoredAnswer, at: Timestamp) -> Result<()> {
    write.change(&INSERT_ANSWER, params![principal, key, new.request_hash, new.answer, at])
}

/// Forgets the answers of the organization that are as old as `until`.
///
/// # Errors
/// When the database fails.
pub fn forget(write: &Write<'_>, until: Timestamp) -> Result<()> {
    write.change_some(&FORGET_ANSWERS, params![until])
}
