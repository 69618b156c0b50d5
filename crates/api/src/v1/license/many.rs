//! Assign to many, or take back from many, in the background (R126).

use crate::web::{ApiError, ApiResult, Client, Id, Sent, Wrong, WrongField};
use app::license::many::{
    BulkAction, BulkOutcome, BulkRequest, ListDetails, PeopleFilter, Source, StartList, make_list, read_addresses,
};
use axum::Json;
use axum::http::StatusCode;
use axum::http::header::LOCATION;
use axum::response::{IntoResponse, Response};
use domain::access::Permission;
use domain::ids::{GroupId, JobId, ProductId, ServicePlanId, SubscriptionId};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use utoipa::ToSchema;

/// Who it is about: addresses, or everybody with something in common.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Many {
    /// Sign-in names, up to 100,000; this or `people`.
    #[serde(default)]
    #[schema(required = false, example = json!(["noor@waterland.example"]))]
    pub emails: Vec<String>,
    /// Everybody with something in common; this or `emails`.
    #[serde(default)]
    pub people: Option<People>,
    /// From which subscription; left out, from the one that ends last.
    #[serde(default)]
    #[schema(value_type = Option<String>)]
    pub subscription_id: Option<SubscriptionId>,
    /// Apps that are switched off; only when licenses are assigned.
    #[serde(default)]
    #[schema(value_type = Vec<String>, required = false)]
    pub disabled_plans: Vec<ServicePlanId>,
}

/// People with something in common; everybody when it says nothing.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct People {
    /// Only of this department.
    #[serde(default)]
    #[schema(required = false)]
    pub department: String,
    /// Only members of this group.
    #[serde(default)]
    #[schema(value_type = Option<String>)]
    pub group_id: Option<GroupId>,
    /// Only people who hold no license of anything.
    #[serde(default)]
    #[schema(required = false)]
    pub unlicensed: bool,
}

/// The work that was started.
#[derive(Debug, Serialize, ToSchema)]
pub struct ManyStarted {
    /// The background work: ask for it at `/api/v1/jobs/{job_id}`.
    #[schema(value_type = String, example = "job_01jd55pv3xft7sm2rw5mz4ym31")]
    pub job_id: JobId,
    /// How many people come to what: `pending` is done; all others are left out, each with its reason.
    #[schema(example = json!({"pending": 1200, "has_it": 3}))]
    pub outcomes: BTreeMap<&'static str, i64>,
}

impl Many {
    fn source(self) -> ApiResult<Source> {
        let wrong = |field: &str, wrong| ApiError::Fields(vec![WrongField { field: field.to_owned(), wrong }]);
        match (self.emails.is_empty(), self.people) {
            (true, None) => Err(wrong("emails", Wrong::Missing)),
            (false, Some(_)) => Err(wrong("people", Wrong::Unknown)),
            (true, Some(people)) => Ok(Source::Filter(PeopleFilter {
                department: people.department,
                group: people.group_id,
                unlicensed: people.unlicensed,
            })),
            (false, None) => {
                let breaks = |email: &String| email.contains(['"', ',', ';']) || email.contains(char::is_control);
                if let Some(place) = self.emails.iter().position(breaks) {
                    return Err(wrong(&format!("emails[{place}]"), Wrong::Type));
                }
                let text = format!("email\n{}\n", self.emails.join("\n"));
                let addresses = read_addresses(text.as_bytes())?.into();
                Ok(Source::Addresses { file_name: String::new(), addresses })
            }
        }
    }
}

/// Assigns licenses to many people
///
/// In the background, as many as 100,000 people. Refused at once when too few licenses are free.
#[utoipa::path(post, path = "/api/v1/products/{product_id}/licenses/assign-many", tag = "Licenses",
    operation_id = "assignMany", params(("product_id" = String, Path)), request_body = Many,
    responses((status = 202, description = "Started", body = ManyStarted)))]
pub(crate) async fn assign(client: Client, Id(product_id): Id<ProductId>, sent: Sent<Many>) -> ApiResult<Response> {
    start(client, BulkAction::Assign, product_id, sent).await
}

/// Takes licenses back from many people
///
/// In the background, as many as 100,000 people.
#[utoipa::path(post, path = "/api/v1/products/{product_id}/licenses/unassign-many", tag = "Licenses",
    operation_id = "unassignMany", params(("product_id" = String, Path)), request_body = Many,
    responses((status = 202, description = "Started", body = ManyStarted)))]
pub(crate) async fn unassign(client: Client, Id(product_id): Id<ProductId>, sent: Sent<Many>) -> ApiResult<Response> {
    start(client, BulkAction::Unassign, product_id, sent).await
}

/// Makes the list and confirms it. Sent again under its key, the list that is made then is never confirmed, and the
/// answer names the work of the first.
async fn start(
    client: Client,
    action: BulkAction,
    product_id: ProductId,
    Sent { body, key }: Sent<Many>,
) -> ApiResult<Response> {
    let request = BulkRequest {
        action,
        product_id,
        subscription_id: body.subscription_id,
        disabled_plans: body.disabled_plans.clone(),
    };
    let source = body.source()?;
    let list = client
        .act(Permission::AssignLicenses, move |app, caller, organization| {
            make_list(app, caller, organization, &request, &source)
        })
        .await?;
    let foreseen = client.read(ListDetails { id: list, problems: 0 }).await?;
    let job_id = client.once(key, StartList(list)).await?;
    let outcomes = foreseen.outcomes.iter().map(|(outcome, count)| (BulkOutcome::code(*outcome), *count)).collect();
    let location = [(LOCATION, format!("/api/v1/jobs/{job_id}"))];
    Ok((StatusCode::ACCEPTED, location, Json(ManyStarted { job_id, outcomes })).into_response())
}
