//! When each sweep last went through, for whoever watches over Zetel.

use crate::{Read, Result, Write, params, statements};
use jiff::Timestamp;

statements! {
    SWEEP: shared = "SELECT succeeded_at, lag_seconds FROM sweep WHERE name = $1";
    NOTE_SWEEP: shared = "INSERT INTO sweep (name, succeeded_at, lag_seconds) VALUES ($1, $2, $3) \
        ON CONFLICT (name) DO UPDATE SET succeeded_at = excluded.succeeded_at, lag_seconds = excluded.lag_seconds";
}

/// The last time that a sweep went through.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct SweepNote {
    /// When it ended.
    pub succeeded_at: Timestamp,
    /// How late the oldest thing was that it found due, in seconds; zero when nothing was.
    pub lag_seconds: i64,
}

/// When the sweep last went through, if ever.
///
/// # Errors
/// When the database fails.
pub fn find(read: &Read<'_>, name: &str) -> Result<Option<SweepNote>> {
    read.query_one(&SWEEP, params![name], |row| Ok(SweepNote { succeeded_at: row.get(0)?, lag_seconds: row.get(1)? }))
}

/// Notes that the sweep went through.
///
/// # Errors
/// When the database fails.
pub fn note(write: &Write<'_>, name: &str, note: SweepNote) -> Result<()> {
    write.change(&NOTE_SWEEP, params![name, note.succeeded_at, note.lag_seconds])
}
