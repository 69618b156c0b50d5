//! The organization that the key is for.

use super::schema;
use crate::web::{Access, ApiResult, Client, Revised, Routes, Sent, Written};
use app::organization::OrganizationOfCaller;
use app::organization::move_clock::MoveClock;
use axum::http::StatusCode;
use domain::access::Permission;
use domain::billing::Segment;
use domain::ids::{JobId, OrganizationId};
use domain::money::Currency;
use domain::organization::{Cloud, OrganizationState};
use jiff::civil::Date;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

pub(super) fn routes() -> Routes {
    Routes::default().get("/api/v1/organization", Access::Needs(Permission::ReadOrganization), details).post(
        "/api/v1/organization/clock",
        Access::Needs(Permission::MoveClock),
        move_clock,
    )
}

/// The organization that the key is for.
#[derive(Debug, Serialize, ToSchema)]
pub struct Organization {
    /// Identity.
    #[schema(value_type = String, example = "org_01jd55pv3xft7sm2rw5mz4ym31")]
    pub id: OrganizationId,
    /// The name.
    pub name: String,
    /// Whether it may work.
    #[schema(schema_with = schema::organization_state)]
    pub state: OrganizationState,
    /// Where it is at home, by ISO 3166 code.
    #[schema(example = "NL")]
    pub country: String,
    /// What kind of customer it is; it decides whether people may buy for themselves.
    #[schema(schema_with = schema::segment)]
    pub segment: Segment,
    /// The currency that it buys in.
    #[schema(schema_with = schema::currency)]
    pub currency: Currency,
    /// The cloud that it is in.
    #[schema(schema_with = schema::cloud)]
    pub cloud: Cloud,
    /// The language of its mails: `en` or `nl`.
    pub language: String,
    /// Its time zone by IANA name; days are days there.
    #[schema(example = "Europe/Amsterdam")]
    pub time_zone: String,
    /// Whether it is a sandbox, with a clock of its own.
    pub is_sandbox: bool,
    /// The organization's own time.
    #[schema(value_type = String, format = DateTime)]
    pub now: jiff::Timestamp,
    /// Counts its changes.
    pub revision: i64,
}

/// The organization that the key is for
#[utoipa::path(get, path = "/api/v1/organization", tag = "Organization", operation_id = "getOrganization",
    responses((status = 200, description = "The organization", body = Organization)))]
pub(crate) async fn details(client: Client) -> ApiResult<Revised<Organization>> {
    let (found, segment, now) = client.read(OrganizationOfCaller).await?;
    let organization = Organization {
        id: found.id,
        name: found.name,
        state: found.state,
        country: found.country,
        segment,
        currency: found.currency,
        cloud: found.cloud,
        language: found.language,
        time_zone: found.time_zone,
        is_sandbox: found.sandbox_ahead.is_some(),
        now,
        revision: found.revision,
    };
    Ok(Revised(organization.revision, organization))
}

/// The day that it shall be in a sandbox.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct ClockMove {
    /// A later day, to whose beginning the clock is moved.
    #[schema(value_type = String, format = Date, example = "2021-01-15")]
    pub to: Date,
}

/// The work that was started.
#[derive(Debug, Serialize, ToSchema)]
pub struct ClockMoveStarted {
    /// The background work: ask for it at `/api/v1/jobs/{job_id}`.
    #[schema(value_type = String, example = "job_01jd55pv3xft7sm2rw5mz4ym31")]
    pub job_id: JobId,
}

impl From<JobId> for ClockMoveStarted {
    fn from(job_id: JobId) -> Self {
        Self { job_id }
    }
}

/// Moves the clock of a sandbox forward
///
/// Everything due until then happens on its own day, in order, in the background. Only sandboxes have their own clock.
#[utoipa::path(post, path = "/api/v1/organization/clock", tag = "Organization", operation_id = "moveClock",
    request_body = ClockMove, responses((status = 202, description = "Started", body = ClockMoveStarted)))]
pub(crate) async fn move_clock(
    client: Client,
    Sent { body, key }: Sent<ClockMove>,
) -> ApiResult<Written<ClockMoveStarted>> {
    client.write(StatusCode::ACCEPTED, key, MoveClock { to: body.to }).await
}
