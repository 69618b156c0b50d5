//! The policy AllowSelfServicePurchase in Zetel's own terms; [`crate::commerce`] serves it to scripts of the field.

use super::super::schema;
use crate::web::{ApiResult, Client, Id, Sent, Written};
use app::self_service::policy::{PolicyList, ProductPolicy, SelfServicePolicies, SetSelfServicePolicy};
use axum::Json;
use axum::http::StatusCode;
use domain::ids::ProductId;
use domain::self_service::policy::{PolicyScope, SelfServicePolicy};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// What people may buy for themselves.
#[derive(Debug, Serialize, ToSchema)]
pub struct Policies {
    /// What holds for products that come into the catalog later.
    #[schema(schema_with = schema::self_service_policy)]
    pub new_products: SelfServicePolicy,
    /// The products that people can buy by self-service, by name.
    pub products: Vec<Policy>,
}

/// The policy of a product.
#[derive(Debug, Serialize, ToSchema)]
pub struct Policy {
    /// The product.
    #[schema(value_type = String, example = "prd_01jd55pv3xft7sm2rw5mz4ym31")]
    pub product_id: ProductId,
    /// Its name.
    pub product_name: String,
    /// What scripts of the field call it, when they know it.
    #[schema(example = "CFQ7TTC0H9MP")]
    pub commerce_id: Option<&'static str>,
    /// What people may do.
    #[schema(schema_with = schema::self_service_policy)]
    pub value: SelfServicePolicy,
}

impl From<PolicyList> for Policies {
    fn from(list: PolicyList) -> Self {
        Self { new_products: list.new_products, products: list.products.into_iter().map(Policy::from).collect() }
    }
}

impl From<ProductPolicy> for Policy {
    fn from(policy: ProductPolicy) -> Self {
        Self {
            product_id: policy.product_id,
            product_name: policy.name,
            commerce_id: policy.commerce.map(|product| product.id),
            value: policy.value,
        }
    }
}

/// A decision.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct PolicyValue {
    /// What people may do from now on.
    #[schema(schema_with = schema::self_service_policy)]
    pub value: SelfServicePolicy,
}

/// What a decision did.
#[derive(Debug, Serialize, ToSchema)]
pub struct PolicyChange {
    /// How many values changed; none when it was so already.
    pub changed: u32,
}

impl From<u32> for PolicyChange {
    fn from(changed: u32) -> Self {
        Self { changed }
    }
}

/// What people may buy for themselves
#[utoipa::path(get, path = "/api/v1/self-service-policy", tag = "Self-service", operation_id = "getSelfServicePolicy",
    responses((status = 200, description = "Every product and the default", body = Policies)))]
pub(crate) async fn list(client: Client) -> ApiResult<Json<Policies>> {
    Ok(Json(client.read(SelfServicePolicies::default()).await?.into()))
}

/// Decides about one product
#[utoipa::path(put, path = "/api/v1/self-service-policy/products/{product_id}", tag = "Self-service",
    operation_id = "setSelfServicePolicy", params(("product_id" = String, Path)), request_body = PolicyValue,
    responses((status = 200, description = "Decided", body = PolicyChange)))]
pub(crate) async fn set_one(
    client: Client,
    Id(product_id): Id<ProductId>,
    sent: Sent<PolicyValue>,
) -> ApiResult<Written<PolicyChange>> {
    set(client, PolicyScope::Product(product_id), sent).await
}

/// Decides about all products at once
#[utoipa::path(put, path = "/api/v1/self-service-policy/products", tag = "Self-service",
    operation_id = "setSelfServicePolicyOfAll", request_body = PolicyValue,
    responses((status = 200, description = "Decided", body = PolicyChange)))]
pub(crate) async fn set_all(client: Client, sent: Sent<PolicyValue>) -> ApiResult<Written<PolicyChange>> {
    set(client, PolicyScope::AllProducts, sent).await
}

/// Decides about products that come into the catalog later
///
/// Products that are there keep what they have.
#[utoipa::path(put, path = "/api/v1/self-service-policy/new-products", tag = "Self-service",
    operation_id = "setSelfServicePolicyOfNew", request_body = PolicyValue,
    responses((status = 200, description = "Decided", body = PolicyChange)))]
pub(crate) async fn set_new(client: Client, sent: Sent<PolicyValue>) -> ApiResult<Written<PolicyChange>> {
    set(client, PolicyScope::NewProducts, sent).await
}

async fn set(client: Client, scope: PolicyScope, sent: Sent<PolicyValue>) -> ApiResult<Written<PolicyChange>> {
    client.write(StatusCode::OK, sent.key, SetSelfServicePolicy { scope, value: sent.body.value }).await
}
