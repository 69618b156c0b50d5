//! Auto-claim policies (domain 2.8, R177).

use super::APPS;
use crate::v1::user::Done;
use crate::web::{
    ApiError, ApiResult, Client, Id, Ids, Nothing, Page, QueryOf, Sent, Written, Wrong, WrongField, limit,
};
use app::JournalEntry;
use app::license::auto_claim::{
    AutoClaimPolicies, ClaimLicense, Claimable, Claimed, LicenseClaims, RemoveAutoClaimPolicy, SetAutoClaimPolicy,
};
use axum::Json;
use axum::http::{StatusCode, Uri};
use domain::event::Event;
use domain::ids::{JournalEntryId, ProductId, ServicePlanId, SubscriptionId, UserId};
use domain::license::auto_claim::AutoClaimPolicy;
use domain::refusal::Refusal;
use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

/// A product whose licenses people claim.
#[derive(Debug, Serialize, ToSchema)]
pub struct Policy {
    /// What people need.
    #[schema(value_type = String)]
    pub product_id: ProductId,
    /// Apps of it that are off in the licenses that are given.
    #[schema(value_type = Vec<String>)]
    pub disabled_plans: Vec<ServicePlanId>,
    /// What they get: the product itself, then what stands in for it, in this order.
    pub gives: Vec<Given>,
}

/// What people get.
#[derive(Debug, Serialize, ToSchema)]
pub struct Given {
    /// Which product.
    #[schema(value_type = String)]
    pub product_id: ProductId,
    /// Its name.
    pub product_name: String,
    /// Its free licenses of the organization.
    pub available: i64,
}

/// Every product that people claim.
#[derive(Debug, Serialize, ToSchema)]
pub struct Policies {
    /// By the name of the product.
    pub items: Vec<Policy>,
}

/// What people get.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct NewPolicy {
    /// Up to four other products that stand in when no license is free, in the order in which they are given.
    #[serde(default)]
    #[schema(value_type = Vec<String>, required = false)]
    pub backups: Vec<ProductId>,
    /// Apps of the product that are off; left out, everything is on. Those of backups are on.
    #[serde(default)]
    #[schema(value_type = Vec<String>, required = false)]
    pub disabled_plans: Vec<ServicePlanId>,
}

/// The license that a person has now.
#[derive(Debug, Serialize, Deserialize, ToSchema)]
pub struct ClaimedLicense {
    /// Of what: the product, or one that stands in for it.
    #[schema(value_type = String)]
    pub product_id: ProductId,
    /// From which subscription.
    #[schema(value_type = String)]
    pub subscription_id: SubscriptionId,
    /// Whether it was given just now.
    pub is_new: bool,
}

impl From<Claimed> for ClaimedLicense {
    fn from(claimed: Claimed) -> Self {
        let Claimed { product_id, subscription_id, is_new } = claimed;
        Self { product_id, subscription_id, is_new }
    }
}

/// Which claims.
#[derive(Debug, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct ClaimsQuery {
    /// How many days, up to now, 1 to 365; 30 when it is left out.
    days: Option<u16>,
    /// Rows of a page, 1 to 500; 50 when it is left out.
    limit: Option<usize>,
    /// Where the page before ended, as `next` has it.
    #[param(value_type = Option<String>)]
    after: Option<JournalEntryId>,
}

/// Who claimed a license.
#[derive(Debug, Serialize, ToSchema)]
pub struct Claim {
    /// Who.
    #[schema(value_type = Option<String>)]
    pub user_id: Option<UserId>,
    /// The name.
    pub user_name: Option<String>,
    /// Of what.
    #[schema(value_type = Option<String>)]
    pub product_id: Option<ProductId>,
    /// The name of the product.
    pub product_name: Option<String>,
    /// The product that was needed, when this one stands in for it.
    pub instead_of: Option<String>,
    /// When.
    #[schema(value_type = String, format = DateTime)]
    pub claimed_at: Timestamp,
}

/// What people can claim
#[utoipa::path(get, path = "/api/v1/auto-claim-policies", tag = "Licenses", operation_id = "listAutoClaimPolicies",
    responses((status = 200, description = "The policies", body = Policies)))]
pub(crate) async fn list(client: Client) -> ApiResult<Json<Policies>> {
    let view = client.read(AutoClaimPolicies).await?;
    let policy = |gives: Vec<Claimable>| Policy {
        product_id: gives[0].product_id,
        disabled_plans: gives[0].disabled_plans.clone(),
        gives: gives
            .into_iter()
            .map(|given| Given { product_id: given.given_id, product_name: given.name, available: given.free })
            .collect(),
    };
    Ok(Json(Policies { items: view.policies.into_iter().map(policy).collect() }))
}

/// Lets people claim a product
///
/// Whoever needs it gets a free license at once, or one of its backups.
#[utoipa::path(put, path = "/api/v1/auto-claim-policies/{product_id}", tag = "Licenses",
    operation_id = "setAutoClaimPolicy", params(("product_id" = String, Path)), request_body = NewPolicy,
    responses((status = 204, description = "Decided")))]
pub(crate) async fn set(
    client: Client,
    Id(product_id): Id<ProductId>,
    Sent { body, key }: Sent<NewPolicy>,
) -> ApiResult<Written<Done>> {
    let policy = AutoClaimPolicy { product_id, disabled_plans: body.disabled_plans, backups: body.backups };
    let written = client.write(StatusCode::NO_CONTENT, key, SetAutoClaimPolicy(policy)).await;
    written.map_err(|error| error.naming(&APPS))
}

/// Lets nobody claim a product any more
///
/// Who has a license keeps it.
#[utoipa::path(delete, path = "/api/v1/auto-claim-policies/{product_id}", tag = "Licenses",
    operation_id = "removeAutoClaimPolicy", params(("product_id" = String, Path)),
    responses((status = 204, description = "Turned off")))]
pub(crate) async fn remove(
    client: Client,
    Id(product_id): Id<ProductId>,
    Sent { key, .. }: Sent<Nothing>,
) -> ApiResult<Written<Done>> {
    client.write(StatusCode::NO_CONTENT, key, RemoveAutoClaimPolicy(product_id)).await
}

/// Claims a license for a person who needs a product
///
/// Made for the sign-in of an app: who holds the product, or one of its backups, keeps that; otherwise a free license
/// is given at once. 409 `auto_claim_off` when the product is not claimed, `not_enough_licenses` when nothing is free.
#[utoipa::path(post, path = "/api/v1/users/{user_id}/licenses/{product_id}/claim", tag = "Licenses",
    operation_id = "claimLicense", params(("user_id" = String, Path), ("product_id" = String, Path)),
    responses((status = 200, description = "The license", body = ClaimedLicense)))]
pub(crate) async fn claim(
    client: Client,
    Ids(user_id, product_id): Ids<UserId, ProductId>,
    Sent { key, .. }: Sent<Nothing>,
) -> ApiResult<Written<ClaimedLicense>> {
    client.write(StatusCode::OK, key, ClaimLicense { user_id, product_id }).await
}

/// Who claimed a license, the newest first
#[utoipa::path(get, path = "/api/v1/license-claims", tag = "Licenses", operation_id = "listLicenseClaims",
    params(ClaimsQuery), responses((status = 200, description = "A page", body = Page<Claim>)))]
pub(crate) async fn claims(
    client: Client,
    uri: Uri,
    QueryOf(query): QueryOf<ClaimsQuery>,
) -> ApiResult<Json<Page<Claim>>> {
    let asked = LicenseClaims { days: days(query.days)?, before: query.after, limit: limit(query.limit)? };
    let page = client.read(asked).await?.page;
    Ok(Page::new(&uri, page.rows.into_iter().map(Claim::from).collect(), page.next))
}

fn days(asked: Option<u16>) -> Result<u16, ApiError> {
    match asked.unwrap_or(30) {
        days @ 1..=365 => Ok(days),
        _ => {
            let wrong = Wrong::Refused(Refusal::OutOfRange { minimum: 1, maximum: 365 });
            Err(ApiError::Fields(vec![WrongField { field: "days".to_owned(), wrong }]))
        }
    }
}

impl From<JournalEntry> for Claim {
    fn from(entry: JournalEntry) -> Self {
        Self {
            user_id: entry.subjects.user,
            user_name: entry.user_name,
            product_id: entry.subjects.product,
            product_name: entry.product_name,
            instead_of: match entry.event {
                Some(Event::LicenseClaimed { instead_of, .. }) => instead_of,
                _ => None,
            },
            claimed_at: entry.at,
        }
    }
}
