//! Billing roles: who may do what with the billing account and its profiles (R171). A key gives nobody a role.

use super::schema;
use crate::web::{Access, ApiResult, Client, Routes};
use app::billing_role::list::{ListBillingRoles, ListedBillingRole};
use axum::Json;
use domain::access::Permission;
use domain::ids::{BillingProfileId, UserId};
use serde::Serialize;
use utoipa::ToSchema;

pub(super) fn routes() -> Routes {
    Routes::default().get("/api/v1/billing-roles", Access::Needs(Permission::ReadInvoices), list)
}

/// A billing role that somebody has.
#[derive(Debug, Serialize, ToSchema)]
pub struct BillingRole {
    /// Who.
    #[schema(value_type = String)]
    pub user_id: UserId,
    /// The person's name.
    pub display_name: String,
    /// The person's sign-in name.
    pub email: String,
    /// The role: `account_owner`, `account_contributor`, `account_reader`, `profile_owner`, `profile_contributor`,
    /// `profile_reader` or `invoice_manager`.
    #[schema(value_type = String, example = "invoice_manager")]
    pub role: domain::access::BillingRole,
    /// Of which billing profile; null: of the billing account.
    #[schema(value_type = Option<String>)]
    pub billing_profile_id: Option<BillingProfileId>,
}

impl From<ListedBillingRole> for BillingRole {
    fn from(listed: ListedBillingRole) -> Self {
        Self {
            user_id: listed.user_id,
            display_name: listed.display_name,
            email: listed.email,
            role: listed.grant.role,
            billing_profile_id: listed.grant.profile,
        }
    }
}

/// Every billing role.
#[derive(Debug, Serialize, ToSchema)]
pub struct BillingRoles {
    /// The contract, `mosa` or `mca`: the roles count under `mca` only.
    #[schema(schema_with = schema::agreement)]
    pub agreement: domain::billing::Agreement,
    /// By the names of people.
    pub items: Vec<BillingRole>,
}

/// Who has which billing role
#[utoipa::path(get, path = "/api/v1/billing-roles", tag = "Billing profiles", operation_id = "listBillingRoles",
    responses((status = 200, description = "All of them", body = BillingRoles)))]
pub(crate) async fn list(client: Client) -> ApiResult<Json<BillingRoles>> {
    let view = client.read(ListBillingRoles).await?;
    let items = view.rows.into_iter().map(BillingRole::from).collect();
    Ok(Json(BillingRoles { agreement: view.agreement, items }))
}
