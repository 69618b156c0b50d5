//! The cloud of an organization.

use crate::v1::schema;
use crate::web::{ApiResult, Client, Id, Sent, Written};
use app::organization::change_cloud::ChangeCloud;
use axum::http::StatusCode;
use domain::ids::OrganizationId;
use domain::organization::Cloud;
use serde::Deserialize;
use utoipa::ToSchema;

/// The cloud in which an organization shall be.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct CloudWanted {
    /// The cloud.
    #[schema(schema_with = schema::cloud)]
    pub cloud: Cloud,
}

/// Puts an organization into another cloud
///
/// Names of pages, buttons and means of payment follow it at once; no day moves. Refused while the other cloud does not
/// take a payment method on file, or would count the days of a subscription that has ended otherwise.
#[utoipa::path(put, path = "/api/v1/operator/organizations/{organization_id}/cloud", tag = "Operator",
    operation_id = "changeCloud", params(("organization_id" = String, Path)), request_body = CloudWanted,
    responses((status = 204, description = "Changed")))]
pub(crate) async fn change(
    client: Client,
    Id(of): Id<OrganizationId>,
    Sent { body, key }: Sent<CloudWanted>,
) -> ApiResult<Written<()>> {
    client.write_of(of, StatusCode::NO_CONTENT, key, ChangeCloud(body.cloud)).await
}
