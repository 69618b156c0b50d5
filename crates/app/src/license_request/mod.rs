//! Use cases of requests for licenses (domain 2.9; R176).

pub mod ask;
pub mod decide;
pub mod list;
pub mod process;
pub mod share;

use crate::failure::Failure;
use domain::ids::{LicenseRequestId, UserId};
use domain::license::request::{LicenseRequest, forgotten_on};
use domain::refusal::{Field, Refusal};
use jiff::Timestamp;
use jiff::civil::Date;
use jiff::tz::TimeZone;
use store::Read;
use store::tables::license_request::{self, ListedRequest};
use store::tables::user;

/// Adds the people with these sign-in names, each once.
///
/// # Errors
/// [`Refusal::UnknownUser`] at the people for somebody who is not of this organization (R29).
fn with_named(read: &Read<'_>, emails: &[String], mut people: Vec<UserId>) -> Result<Vec<UserId>, Failure> {
    for email in emails.iter().map(|email| email.trim().to_lowercase()).filter(|email| !email.is_empty()) {
        let found = user::find_by_email(read, &email)?;
        let found = found.ok_or_else(|| Refusal::UnknownUser.at(Field::Users))?;
        if !people.contains(&found.id) {
            people.push(found.id);
        }
    }
    Ok(people)
}

/// What is wrong with the number of people is said at the people.
fn at_the_people(refusal: Refusal) -> Failure {
    match refusal {
        Refusal::NobodyChosen | Refusal::TooManyPeople { .. } => refusal.at(Field::Users).into(),
        other => other.into(),
    }
}

/// The moment before which requests that were decided are forgotten.
fn forgotten_before(today: Date, zone: &TimeZone) -> Result<Timestamp, Failure> {
    Ok(forgotten_on(today).to_zoned(zone.clone()).map_err(Failure::internal)?.timestamp())
}

/// A request that the caller may see: everybody their own, and those who see all licenses all of them.
fn visible(
    read: &Read<'_>,
    id: LicenseRequestId,
    only: Option<UserId>,
    since: Timestamp,
) -> Result<ListedRequest, Failure> {
    let is_seen = |request: &LicenseRequest| {
        (only.is_none() || request.requested_by == only) && request.decided_at.is_none_or(|at| at >= since)
    };
    let found = license_request::find(read, id)?.filter(|found| is_seen(&found.request));
    Ok(found.ok_or(Refusal::NotFound)?)
}
