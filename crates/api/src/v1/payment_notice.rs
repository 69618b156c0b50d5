//! What the payment gateway reports by itself.

use crate::web::{Access, Api, ApiResult, RequestName, Routes, blocking};
use app::billing::notice::{Taken, take_notice};
use axum::Extension;
use axum::body::Bytes;
use axum::extract::State;
use axum::http::{HeaderMap, StatusCode};

/// The header with which Stripe signs what it reports.
const SIGNATURE: &str = "stripe-signature";

pub(super) fn routes() -> Routes {
    Routes::default().post("/api/v1/payment-notices", Access::Signed, take)
}

/// For the payment gateway alone
///
/// The address to enter at Stripe as that of a webhook. A report is believed by its signature alone, and only says
/// which payment to look at: it may come twice, late or early. One about a payment that is not known here is answered
/// as any other.
#[utoipa::path(post, path = "/api/v1/payment-notices", tag = "Payment gateway", operation_id = "takePaymentNotice",
    request_body(content = String, content_type = "application/json"),
    responses((status = 200, description = "Taken"), (status = 400, description = "Not signed by the gateway, or not now")))]
pub(crate) async fn take(
    State(api): State<Api>,
    Extension(RequestName(request)): Extension<RequestName>,
    headers: HeaderMap,
    body: Bytes,
) -> ApiResult<StatusCode> {
    let signature = headers.get(SIGNATURE).and_then(|value| value.to_str().ok()).unwrap_or_default().to_owned();
    match blocking(move || take_notice(&api.app, &request, &signature, &body)).await? {
        Taken::Refused(why) => {
            tracing::warn!(?why, "somebody sent a payment notice that the gateway did not sign");
            Ok(StatusCode::BAD_REQUEST)
        }
        Taken::Followed | Taken::Unknown | Taken::NotConcerned => Ok(StatusCode::OK),
    }
}
