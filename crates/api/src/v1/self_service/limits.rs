//! Who may buy for the team, and how much.

use crate::web::{ApiResult, Client, Sent, Written};
use app::self_service::limits::{PurchaseLimitsView, ReadPurchaseLimits, SetPurchaseLimits};
use axum::Json;
use axum::http::StatusCode;
use domain::ids::GroupId;
use domain::refusal::{Field, FieldRefusal, Refusal};
use domain::self_service::limits::{Buyers, PurchaseLimits};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// Who may buy for the team, and how much. With neither a group nor a department everybody may.
#[derive(Debug, Default, Serialize, Deserialize, ToSchema)]
#[serde(default, deny_unknown_fields)]
pub struct Limits {
    /// Only the members of this group.
    #[schema(value_type = Option<String>)]
    pub group_id: Option<GroupId>,
    /// Only the people of this department.
    pub department: Option<String>,
    /// Most licenses of one product for each buyer, trials aside; null for no limit.
    #[schema(minimum = 1, maximum = 1_000_000)]
    pub licenses_max: Option<u32>,
}

impl From<PurchaseLimitsView> for Limits {
    fn from(view: PurchaseLimitsView) -> Self {
        let PurchaseLimits { buyers, licenses_max } = view.limits;
        match buyers {
            Buyers::Everybody => Self { licenses_max, ..Self::default() },
            Buyers::Group(group) => Self { group_id: Some(group), licenses_max, ..Self::default() },
            Buyers::Department(name) => Self { department: Some(name), licenses_max, ..Self::default() },
        }
    }
}

impl TryFrom<Limits> for PurchaseLimits {
    type Error = FieldRefusal;

    fn try_from(sent: Limits) -> Result<Self, FieldRefusal> {
        let buyers = match (sent.group_id, sent.department) {
            (None, None) => Buyers::Everybody,
            (Some(group), None) => Buyers::Group(group),
            (None, Some(name)) => Buyers::Department(name),
            (Some(_), Some(_)) => return Err(Refusal::UnknownChoice.at(Field::Buyers)),
        };
        Ok(Self { buyers, licenses_max: sent.licenses_max })
    }
}

/// Who may buy for the team, and how much
#[utoipa::path(get, path = "/api/v1/self-service-limits", tag = "Self-service", operation_id = "getSelfServiceLimits",
    responses((status = 200, description = "The limits", body = Limits)))]
pub(crate) async fn details(client: Client) -> ApiResult<Json<Limits>> {
    Ok(Json(client.read(ReadPurchaseLimits).await?.into()))
}

/// Decides who may buy for the team from now on, and how much
///
/// What was bought stays, and renews.
#[utoipa::path(put, path = "/api/v1/self-service-limits", tag = "Self-service", operation_id = "setSelfServiceLimits",
    request_body = Limits, responses((status = 204, description = "Decided")))]
pub(crate) async fn set(client: Client, sent: Sent<Limits>) -> ApiResult<Written<()>> {
    let limits = PurchaseLimits::try_from(sent.body).map_err(app::Failure::from)?;
    client.write(StatusCode::NO_CONTENT, sent.key, SetPurchaseLimits(limits)).await
}
