//! One person with their licenses and groups.

use super::User;
use crate::web::{ApiResult, Client, Id, Revised};
use app::user::details::{HeldLicense, UserDetails};
use domain::ids::{ProductId, ServicePlanId, SubscriptionId, UserId};
use jiff::Timestamp;
use serde::Serialize;
use utoipa::ToSchema;

/// A person with licenses and groups.
#[derive(Debug, Serialize, ToSchema)]
pub struct UserWithLicenses {
    /// The person.
    #[serde(flatten)]
    pub user: User,
    /// The names of the person's groups.
    pub groups: Vec<String>,
    /// The person's licenses, by product.
    pub licenses: Vec<LicenseOfUser>,
}

/// A license of a person.
#[derive(Debug, Serialize, ToSchema)]
pub struct LicenseOfUser {
    /// Of what.
    #[schema(value_type = String)]
    pub product_id: ProductId,
    /// Its name.
    pub product_name: String,
    /// From which subscription.
    #[schema(value_type = String)]
    pub subscription_id: SubscriptionId,
    /// Since when.
    #[schema(value_type = String, format = DateTime)]
    pub assigned_at: Timestamp,
    /// Apps that are switched off.
    #[schema(value_type = Vec<String>)]
    pub disabled_plans: Vec<ServicePlanId>,
    /// Since when it is in conflict.
    #[schema(value_type = Option<String>, format = DateTime)]
    pub conflict_since: Option<Timestamp>,
}

impl From<HeldLicense> for LicenseOfUser {
    fn from(held: HeldLicense) -> Self {
        Self {
            product_id: held.product_id,
            product_name: held.product_name,
            subscription_id: held.subscription_id,
            assigned_at: held.assigned_at,
            disabled_plans: held.disabled_plans,
            conflict_since: held.conflict_since,
        }
    }
}

/// One person with licenses and groups
#[utoipa::path(get, path = "/api/v1/users/{user_id}", tag = "Users", operation_id = "getUser",
    params(("user_id" = String, Path)),
    responses((status = 200, description = "The person", body = UserWithLicenses)))]
pub(crate) async fn details(client: Client, Id(id): Id<UserId>) -> ApiResult<Revised<UserWithLicenses>> {
    let view = client.read(UserDetails(id)).await?;
    let body = UserWithLicenses {
        groups: view.groups.into_iter().map(|group| group.name).collect(),
        licenses: view.licenses.into_iter().map(LicenseOfUser::from).collect(),
        user: User::new(view.user, view.roles),
    };
    Ok(Revised(body.user.revision, body))
}
