//! Requests for licenses: list them, look at one, decide (domain 2.9; R176).

use super::schema;
use super::user::Done;
use crate::web::{Access, ApiResult, Client, Id, Page, QueryOf, Routes, Sent, Written, limit};
use app::license_request::decide::DecideLicenseRequest;
use app::license_request::list::{ListRequests, ListedRequest, RequestDetails, RequestedPerson};
use app::license_request::share::ShareLicenseRequest;
use axum::Json;
use axum::http::{StatusCode, Uri};
use domain::access::Permission;
use domain::ids::{LicenseRequestId, ProductId, ServicePlanId, UserId};
use domain::license::request::RequestState;
use domain::refusal::Field;
use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

pub(super) fn routes() -> Routes {
    const READ: Access = Access::Needs(Permission::ReadLicenses);
    const ASSIGN: Access = Access::Needs(Permission::AssignLicenses);
    Routes::default()
        .get("/api/v1/license-requests", READ, list)
        .get("/api/v1/license-requests/{request_id}", READ, details)
        .post("/api/v1/license-requests/{request_id}/decide", ASSIGN, decide)
        .post("/api/v1/license-requests/{request_id}/share", ASSIGN, share)
}

/// Which requests.
#[derive(Debug, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct RequestsQuery {
    /// Those that were decided in the past twelve months instead of those that wait.
    #[serde(default)]
    #[param(required = false)]
    decided: bool,
    /// Rows of a page, 1 to 500; 50 when it is left out.
    limit: Option<usize>,
    /// Where the page before ended, as `next` has it.
    #[param(value_type = Option<String>)]
    after: Option<LicenseRequestId>,
}

/// A request for licenses.
#[derive(Debug, Serialize, ToSchema)]
pub struct LicenseRequest {
    /// Identity.
    #[schema(value_type = String, example = "req_01jd55pv3xft7sm2rw5mz4ym31")]
    pub id: LicenseRequestId,
    /// Of what.
    #[schema(value_type = String)]
    pub product_id: ProductId,
    /// Its name.
    pub product_name: String,
    /// Who asked; null when that person is gone for good.
    #[schema(value_type = Option<String>)]
    pub requested_by: Option<UserId>,
    /// The name of who asked.
    pub requested_by_name: String,
    /// When.
    #[schema(value_type = String, format = DateTime)]
    pub requested_at: Timestamp,
    /// What for.
    pub reason: String,
    /// Where it stands.
    #[schema(schema_with = schema::request_state)]
    pub state: RequestState,
    /// The name of who decided, or of the key of the program that did; empty while it waits.
    pub decided_by_name: String,
    /// When it was decided.
    #[schema(value_type = Option<String>, format = DateTime)]
    pub decided_at: Option<Timestamp>,
    /// The product that was given instead of the one that was asked for; null when it was that one.
    #[schema(value_type = Option<String>)]
    pub given_id: Option<ProductId>,
    /// The name of that product.
    pub given_name: Option<String>,
    /// What the asker was told.
    pub message: String,
    /// How many people it names.
    pub people: i64,
}

/// A request for licenses with the people whom it names.
#[derive(Debug, Serialize, ToSchema)]
pub struct LicenseRequestDetails {
    /// The request.
    #[serde(flatten)]
    pub request: LicenseRequest,
    /// The people, by name.
    pub named: Vec<NamedPerson>,
    /// Free licenses of the organization.
    pub available: i64,
}

/// Somebody for whom a license is asked.
#[derive(Debug, Serialize, ToSchema)]
pub struct NamedPerson {
    /// Who.
    #[schema(value_type = String)]
    pub user_id: UserId,
    /// The name.
    pub display_name: String,
    /// The sign-in name.
    pub email: String,
    /// Whether it was approved; null while the request waits.
    pub approved: Option<bool>,
    /// Whether the person holds the product by now.
    pub holds_it: bool,
}

/// A decision.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Decision {
    /// Who gets a license, of those whom the request names; nobody rejects it.
    #[schema(value_type = Vec<String>, example = json!(["usr_01jd55pv3xft7sm2rw5mz4ym31"]))]
    pub approved: Vec<UserId>,
    /// Of what, where another product than was asked for is given.
    #[schema(value_type = Option<String>)]
    pub product_id: Option<ProductId>,
    /// Apps of what is given that are off; none when everything is on.
    #[serde(default)]
    #[schema(value_type = Vec<String>, required = false)]
    pub disabled_plans: Vec<ServicePlanId>,
    /// What the asker is told.
    #[serde(default)]
    #[schema(required = false)]
    pub message: String,
}

/// With whom a request is shared.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Sharing {
    /// Sign-in names of up to twenty people of the organization.
    #[schema(example = json!(["noor.vermeer@waterland.example"]))]
    pub emails: Vec<String>,
    /// What they are told.
    #[serde(default)]
    #[schema(required = false)]
    pub message: String,
}

/// What was decided.
#[derive(Debug, Serialize, ToSchema)]
pub struct Decided {
    /// Where the request stands.
    #[schema(schema_with = schema::request_state)]
    pub state: RequestState,
}

impl From<RequestState> for Decided {
    fn from(state: RequestState) -> Self {
        Self { state }
    }
}

impl From<ListedRequest> for LicenseRequest {
    fn from(listed: ListedRequest) -> Self {
        let request = listed.request;
        Self {
            id: request.id,
            product_id: request.product_id,
            product_name: listed.product_name,
            requested_by: request.requested_by,
            requested_by_name: listed.requested_by_name,
            requested_at: request.requested_at,
            reason: request.reason,
            state: request.state,
            decided_by_name: request.decided_by_name,
            decided_at: request.decided_at,
            given_id: request.given_id,
            given_name: listed.given_name,
            message: request.message,
            people: listed.people,
        }
    }
}

impl From<RequestedPerson> for NamedPerson {
    fn from(person: RequestedPerson) -> Self {
        Self {
            user_id: person.user_id,
            display_name: person.display_name,
            email: person.email,
            approved: person.is_approved,
            holds_it: person.holds_it,
        }
    }
}

/// Requests for licenses, the newest first
#[utoipa::path(get, path = "/api/v1/license-requests", tag = "Licenses", operation_id = "listLicenseRequests",
    params(RequestsQuery), responses((status = 200, description = "A page", body = Page<LicenseRequest>)))]
pub(crate) async fn list(
    client: Client,
    uri: Uri,
    QueryOf(query): QueryOf<RequestsQuery>,
) -> ApiResult<Json<Page<LicenseRequest>>> {
    let asked = ListRequests { pending: !query.decided, after: query.after, limit: limit(query.limit)? };
    let page = client.read(asked).await?;
    Ok(Page::new(&uri, page.rows.into_iter().map(LicenseRequest::from).collect(), page.next))
}

/// A request for licenses, with the people whom it names
#[utoipa::path(get, path = "/api/v1/license-requests/{request_id}", tag = "Licenses",
    operation_id = "getLicenseRequest", params(("request_id" = String, Path)),
    responses((status = 200, description = "The request", body = LicenseRequestDetails)))]
pub(crate) async fn details(client: Client, Id(id): Id<LicenseRequestId>) -> ApiResult<Json<LicenseRequestDetails>> {
    let view = client.read(RequestDetails(id)).await?;
    Ok(Json(LicenseRequestDetails {
        request: view.listed.into(),
        named: view.people.into_iter().map(NamedPerson::from).collect(),
        available: view.available,
    }))
}

/// Decides about a request for licenses
///
/// Everybody who is approved gets a license, or nobody does. The asker is told by mail.
#[utoipa::path(post, path = "/api/v1/license-requests/{request_id}/decide", tag = "Licenses",
    operation_id = "decideLicenseRequest", params(("request_id" = String, Path)), request_body = Decision,
    responses((status = 200, description = "Decided", body = Decided)))]
pub(crate) async fn decide(
    client: Client,
    Id(id): Id<LicenseRequestId>,
    Sent { body, key }: Sent<Decision>,
) -> ApiResult<Written<Decided>> {
    let Decision { approved, product_id, disabled_plans, message } = body;
    let decision = DecideLicenseRequest { id, approved, product_id, disabled_plans, message };
    client.write(StatusCode::OK, key, decision).await.map_err(|error| {
        error.naming(&[
            (Field::Users, "approved"),
            (Field::Product, "product_id"),
            (Field::ServicePlans, "disabled_plans"),
            (Field::Note, "message"),
        ])
    })
}

/// Shares a request that waits with others
///
/// They get it by mail. It still waits until it is decided.
#[utoipa::path(post, path = "/api/v1/license-requests/{request_id}/share", tag = "Licenses",
    operation_id = "shareLicenseRequest", params(("request_id" = String, Path)), request_body = Sharing,
    responses((status = 204, description = "Sent")))]
pub(crate) async fn share(
    client: Client,
    Id(id): Id<LicenseRequestId>,
    Sent { body, key }: Sent<Sharing>,
) -> ApiResult<Written<Done>> {
    let Sharing { emails, message } = body;
    let written = client.write(StatusCode::NO_CONTENT, key, ShareLicenseRequest { id, emails, message }).await;
    written.map_err(|error| error.naming(&[(Field::Users, "emails"), (Field::Note, "message")]))
}
