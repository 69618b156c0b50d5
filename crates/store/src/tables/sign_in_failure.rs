//! Failed sign-ins, counted by address of the person and of the client.

use crate::{Read, Result, Write, params, statements};
use jiff::Timestamp;

statements! {
    FAILURES: shared = "SELECT count, last_at FROM sign_in_failure WHERE subject = $1";
    COUNT_FAILURE: shared = "INSERT INTO sign_in_failure (subject, count, last_at) VALUES ($1, 1, $2) \
        ON CONFLICT (subject) DO UPDATE \
        SET count = CASE WHEN sign_in_failure.last_at < $3 THEN 1 ELSE sign_in_failure.count + 1 END, last_at = $2";
}

/// How often signing in failed for this subject, and when last.
///
/// # Errors
/// When the database fails.
pub fn find(read: &Read<'_>, subject: &str) -> Result<Option<(i64, Timestamp)>> {
    read.query_one(&FAILURES, params![subject], |row| Ok((row.get(0)?, row.get(1)?)))
}

/// Counts a failure; begins anew when the last one was before `free_since`.
///
/// # Errors
/// When the database fails.
pub fn count(write: &Write<'_>, subject: &str, now: Timestamp, free_since: Timestamp) -> Result<()> {
    write.change(&COUNT_FAILURE, params![subject, now, free_since])
}
