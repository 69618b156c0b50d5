//! Use cases of requests for licenses (domain 2.9; R176).

pub mod ask;
pub mod decide;
pub mod list;
pub mod process;

use crate::failure::Failure;
use domain::ids::{LicenseRequestId, UserId};
use domain::license::request::{LicenseRequest, forgotten_on};
use domain::refusal::Refusal;
use jiff::Timestamp;
use jiff::civil::Date;
use jiff::tz::TimeZone;
use store::Read;
use store::tables::license_request::{self, ListedRequest};

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
