//! Background work: rows that are claimed by one worker at a time, tried again with growing pauses, and parked when
//! that does not help.

use crate::{Read, Result, Row, Write, params, statements};
use domain::ids::JobId;
use domain::job::{Job, JobState};
use jiff::Timestamp;

macro_rules! select {
    ($rest:literal) => {
        concat!(
            "SELECT id, organization_id, kind, payload, state, due_at, attempts, progress_done, progress_total, result, error, \
             actor, created_at, finished_at FROM job ",
            $rest
        )
    };
}

statements! {
    JOB_OF_ORGANIZATION: organization = select!("WHERE organization_id = $1 AND id = $2");
    // Whether there is work for anybody at all.
    ANY_DUE: shared = "SELECT 1 FROM job WHERE state IN ('waiting', 'running') AND due_at <= $1 LIMIT 1";
    // Work is claimed across organizations; whoever does it opens a transaction of the organization.
    CLAIM_DUE: shared = "UPDATE job SET state = 'running', due_at = $2, attempts = attempts + 1 \
        WHERE id = (SELECT id FROM job WHERE state IN ('waiting', 'running') AND due_at <= $1 ORDER BY due_at \
        LIMIT 1) AND due_at <= $1 \
        RETURNING id, organization_id, kind, payload, state, due_at, attempts, progress_done, progress_total, \
        result, error, actor, created_at, finished_at";
    CLAIM_ONE: organization = "UPDATE job SET state = 'running', due_at = $3, attempts = attempts + 1 \
        WHERE organization_id = $1 AND id = $2 AND state = 'waiting' \
        RETURNING id, organization_id, kind, payload, state, due_at, attempts, progress_done, progress_total, \
        result, error, actor, created_at, finished_at";
    INSERT_JOB: organization = "INSERT INTO job (organization_id, id, kind, payload, state, due_at, progress_total, \
        actor, created_at) VALUES ($1, $2, $3, $4, 'waiting', $5, $6, $7, $8)";
    SET_PROGRESS: organization = "UPDATE job SET progress_done = $3, progress_total = $4, due_at = $5 \
        WHERE organization_id = $1 AND id = $2";
    FINISH: organization = "UPDATE job SET state = $3, result = $4, error = $5, finished_at = $6 \
        WHERE organization_id = $1 AND id = $2";
    TRY_AGAIN: organization = "UPDATE job SET state = 'waiting', due_at = $3, error = $4 WHERE organization_id = $1 \
        AND id = $2";
    // The operator's list, across organizations.
    JOBS_IN_STATE: shared = select!("WHERE state = $1 AND id < $2 ORDER BY id DESC LIMIT $3");
    RESUME: organization = "UPDATE job \
        SET state = 'waiting', due_at = $3, attempts = 0, error = NULL, finished_at = NULL \
        WHERE organization_id = $1 AND id = $2 AND state = 'parked'";
    // What of this organization is due or under way, besides work of one kind.
    OPEN_JOBS: organization = "SELECT id FROM job WHERE organization_id = $1 AND kind <> $2 \
        AND (state = 'running' OR state = 'waiting' AND due_at <= $3) ORDER BY id LIMIT $4";
    // For who lets time pass on a clock that is set.
    NEXT_JOB: organization = "SELECT MIN(due_at) FROM job WHERE organization_id = $1 AND state = 'waiting'";
    BRING_FORWARD: organization = "UPDATE job SET due_at = due_at - $2 WHERE organization_id = $1 AND state = 'waiting'";
    JOBS_OF_KIND: organization = select!("WHERE organization_id = $1 AND kind = $2 AND id < $3 ORDER BY id DESC LIMIT $4");
    COUNT_JOBS: shared = "SELECT state, COUNT(*) FROM job WHERE state IN ('waiting', 'running', 'parked') \
        GROUP BY state";
}

fn job(row: &Row<'_>) -> Result<Job> {
    Ok(Job {
        id: row.get(0)?,
        organization_id: row.get(1)?,
        kind: row.get(2)?,
        payload: row.get(3)?,
        state: row.code(4, JobState::from_code)?,
        due_at: row.get(5)?,
        attempts: row.get(6)?,
        progress_done: row.get(7)?,
        progress_total: row.get(8)?,
        result: row.get(9)?,
        error: row.get(10)?,
        actor: row.get(11)?,
        created_at: row.get(12)?,
        finished_at: row.get(13)?,
    })
}

/// A piece of work of this organization.
///
/// # Errors
/// When the database fails.
pub fn find(read: &Read<'_>, id: JobId) -> Result<Option<Job>> {
    read.query_one(&JOB_OF_ORGANIZATION, params![id], job)
}

/// Work in one state, of every organization, the newest first, older than `before`.
///
/// # Errors
/// When the database fails.
pub fn list(read: &Read<'_>, state: JobState, before: Option<JobId>, limit: usize) -> Result<Vec<Job>> {
    let before = before.map_or(uuid::Uuid::max(), JobId::uuid);
    read.query(&JOBS_IN_STATE, params![state.code(), before, limit as i64], job)
}

/// Work of this organization of one kind, the newest first, older than `before`.
///
/// # Errors
/// When the database fails.
pub fn of_kind(read: &Read<'_>, kind: &str, before: Option<JobId>, limit: usize) -> Result<Vec<Job>> {
    let before = before.map_or(uuid::Uuid::max(), JobId::uuid);
    read.query(&JOBS_OF_KIND, params![kind, before, limit as i64], job)
}

/// Work of this organization that is due or under way, but for one kind, the oldest first.
///
/// # Errors
/// When the database fails.
pub fn open_but(read: &Read<'_>, kind: &str, now: Timestamp, limit: usize) -> Result<Vec<JobId>> {
    read.query(&OPEN_JOBS, params![kind, now, limit as i64], |row| row.get(0))
}

/// How much work waits, runs and is parked.
///
/// # Errors
/// When the database fails.
pub fn counts(read: &Read<'_>) -> Result<Vec<(JobState, i64)>> {
    read.query(&COUNT_JOBS, params![], |row| Ok((row.code(0, JobState::from_code)?, row.get(1)?)))
}

/// Adds a piece of work.
///
/// # Errors
/// When the database fails.
pub fn insert(write: &Write<'_>, new: &Job) -> Result<()> {
    let total = new.progress_total;
    write.change(&INSERT_JOB, params![new.id, new.kind, new.payload, new.due_at, total, new.actor, new.created_at])
}

/// Whether any work is due; costs an idle worker no write.
///
/// # Errors
/// When the database fails.
pub fn any_due(read: &Read<'_>, now: Timestamp) -> Result<bool> {
    Ok(read.query_one(&ANY_DUE, params![now], |_| Ok(()))?.is_some())
}

/// When work of the organization that waits is due next.
///
/// # Errors
/// When the database fails.
pub fn next_due(read: &Read<'_>) -> Result<Option<Timestamp>> {
    Ok(read.query_one(&NEXT_JOB, params![], |row| row.get(0))?.flatten())
}

/// Makes what waits due earlier by some microseconds: the clock of the organization went ahead by as much.
///
/// # Errors
/// When the database fails.
pub fn bring_forward(write: &Write<'_>, microseconds: i64) -> Result<()> {
    write.change_some(&BRING_FORWARD, params![microseconds])
}

/// Takes the work that is due longest, of any organization; nobody else takes it before `lease_until`.
///
/// # Errors
/// When the database fails.
pub fn claim_due(write: &Write<'_>, now: Timestamp, lease_until: Timestamp) -> Result<Option<Job>> {
    write.query_one(&CLAIM_DUE, params![now, lease_until], job)
}

/// Takes one piece of work that still waits.
///
/// # Errors
/// When the database fails.
pub fn claim_one(write: &Write<'_>, id: JobId, lease_until: Timestamp) -> Result<Option<Job>> {
    write.query_one(&CLAIM_ONE, params![id, lease_until], job)
}

/// Says how far the work is and keeps it until `lease_until`.
///
/// # Errors
/// When the database fails.
pub fn set_progress(write: &Write<'_>, id: JobId, done: i64, total: i64, lease_until: Timestamp) -> Result<()> {
    write.change(&SET_PROGRESS, params![id, done, total, lease_until])
}

/// Ends the work: done, refused or parked.
///
/// # Errors
/// When the database fails.
pub fn finish(
    write: &Write<'_>,
    id: JobId,
    state: JobState,
    result: Option<&str>,
    error: Option<&str>,
    at: Timestamp,
) -> Result<()> {
    write.change(&FINISH, params![id, state.code(), result, error, at])
}

/// Puts the work back, to be tried again at `due_at`.
///
/// # Errors
/// When the database fails.
pub fn try_again(write: &Write<'_>, id: JobId, due_at: Timestamp, error: &str) -> Result<()> {
    write.change(&TRY_AGAIN, params![id, due_at, error])
}

/// Starts parked work anew; gives whether it was parked.
///
/// # Errors
/// When the database fails.
pub fn resume(write: &Write<'_>, id: JobId, now: Timestamp) -> Result<bool> {
    write.change_any(&RESUME, params![id, now]).map(|count| count == 1)
}
