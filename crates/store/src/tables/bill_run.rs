//! What the calendar did on each day, in all organizations together, and where it failed.

use crate::{Read, Result, Write, params, statements};
use domain::ids::OrganizationId;
use jiff::Timestamp;
use jiff::civil::Date;

statements! {
    NOTE_BILL_RUN: shared = "INSERT INTO bill_run (day, begun_at, went_on_at, organizations, steps) \
        VALUES ($1, $2, $2, $3, $4) ON CONFLICT (day) DO UPDATE SET went_on_at = excluded.went_on_at, \
        organizations = bill_run.organizations + excluded.organizations, steps = bill_run.steps + excluded.steps";
    // Nothing where it was noted on that day before.
    NOTE_ORGANIZATION_OF_BILL_RUN: shared = "INSERT INTO bill_run_organization (organization_id, day) \
        VALUES ($1, $2) ON CONFLICT (organization_id) DO UPDATE SET day = excluded.day \
        WHERE bill_run_organization.day <> excluded.day";
    BILL_RUNS: shared = "SELECT day, begun_at, went_on_at, organizations, steps FROM bill_run WHERE day < $1 \
        ORDER BY day DESC LIMIT $2";
    NOTE_BILL_RUN_FAILURE: organization = "INSERT INTO bill_run_failure (organization_id, reason, attempts, \
        first_at, last_at) VALUES ($1, $2, 1, $3, $3) ON CONFLICT (organization_id) DO UPDATE \
        SET reason = excluded.reason, attempts = bill_run_failure.attempts + 1, last_at = excluded.last_at";
    SOLVE_BILL_RUN_FAILURE: organization = "DELETE FROM bill_run_failure WHERE organization_id = $1";
    BILL_RUN_FAILURES: shared = "SELECT f.organization_id, o.name, f.reason, f.attempts, f.first_at, f.last_at \
        FROM bill_run_failure f JOIN organization o ON o.id = f.organization_id \
        ORDER BY f.first_at, f.organization_id LIMIT $1";
}

/// The bill run of a day.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct BillRun {
    /// The day, in UTC.
    pub day: Date,
    /// When its first step was taken.
    pub begun_at: Timestamp,
    /// When its last step so far was taken.
    pub went_on_at: Timestamp,
    /// Organizations in which steps were taken.
    pub organizations: i64,
    /// Steps that were taken: subscriptions that went on, charges that were invoiced, invoices that were followed up.
    pub steps: i64,
}

/// An organization in which the bill run fails; it is tried again at each sweep.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BillRunFailure {
    /// Which.
    pub organization_id: OrganizationId,
    /// Its name.
    pub organization_name: String,
    /// Why, the last time.
    pub reason: String,
    /// How often.
    pub attempts: i64,
    /// Since when.
    pub first_at: Timestamp,
    /// The last time.
    pub last_at: Timestamp,
}

/// Adds to what was done on a day; an organization in which steps were taken on that day before counts no more.
/// `organizations` are in the order of their identifiers, so that two processes that note the same ones wait for each
/// other and not each for the other.
///
/// # Errors
/// When the database fails.
pub fn note(write: &Write<'_>, day: Date, at: Timestamp, organizations: &[OrganizationId], steps: i64) -> Result<()> {
    let mut new = 0;
    for organization in organizations {
        new += write.change_any(&NOTE_ORGANIZATION_OF_BILL_RUN, params![organization, day])?;
    }
    write.change(&NOTE_BILL_RUN, params![day, at, new as i64, steps])
}

/// The runs of days before `before`, the newest first.
///
/// # Errors
/// When the database fails.
pub fn list(read: &Read<'_>, before: Option<Date>, limit: usize) -> Result<Vec<BillRun>> {
    read.query(&BILL_RUNS, params![before.unwrap_or(Date::MAX), limit as i64], |row| {
        Ok(BillRun {
            day: row.get(0)?,
            begun_at: row.get(1)?,
            went_on_at: row.get(2)?,
            organizations: row.get(3)?,
            steps: row.get(4)?,
        })
    })
}

/// Notes that the run failed in the organization.
///
/// # Errors
/// When the database fails.
pub fn note_failure(write: &Write<'_>, reason: &str, at: Timestamp) -> Result<()> {
    write.change(&NOTE_BILL_RUN_FAILURE, params![reason, at])
}

/// Notes that the run goes on in the organization.
///
/// # Errors
/// When the database fails.
pub fn solve_failure(write: &Write<'_>) -> Result<()> {
    write.change_some(&SOLVE_BILL_RUN_FAILURE, params![])
}

/// Where the run fails, the longest first.
///
/// # Errors
/// When the database fails.
pub fn failures(read: &Read<'_>, limit: usize) -> Result<Vec<BillRunFailure>> {
    read.query(&BILL_RUN_FAILURES, params![limit as i64], |row| {
        Ok(BillRunFailure {
            organization_id: row.get(0)?,
            organization_name: row.get(1)?,
            reason: row.get(2)?,
            attempts: row.get(3)?,
            first_at: row.get(4)?,
            last_at: row.get(5)?,
        })
    })
}
