//! Pay an invoice now (R9, R166).

use super::Payment;
use crate::web::{ApiError, ApiResult, Client, Id, Sent, Wrong, WrongField};
use app::billing::pay_invoice::{PayInvoice, new_payment_id, pay_invoice};
use app::order::place::Payment as Means;
use axum::Json;
use axum::http::StatusCode;
use domain::access::Permission;
use domain::ids::{InvoiceId, PaymentId, PaymentMethodId};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// What pays.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct PayWith {
    /// A card on file of the person who made the key; this or `payment_token`.
    #[serde(default)]
    #[schema(value_type = Option<String>)]
    pub payment_method_id: Option<PaymentMethodId>,
    /// A card that was given to the payment gateway: what stands for it. Never a card number.
    #[serde(default)]
    pub payment_token: Option<String>,
}

impl PayWith {
    fn means(self) -> ApiResult<Means> {
        match (self.payment_method_id, self.payment_token) {
            (Some(id), None) => Ok(Means::OnFile(id)),
            (None, Some(token)) => Ok(Means::Token(token)),
            (card, _) => {
                let wrong = if card.is_some() { Wrong::Unknown } else { Wrong::Missing };
                Err(ApiError::Fields(vec![WrongField { field: "payment_token".to_owned(), wrong }]))
            }
        }
    }
}

/// A payment that was asked for.
#[derive(Debug, Serialize, ToSchema)]
pub struct MadePayment {
    /// The payment, as it stands after the gateway was asked.
    #[serde(flatten)]
    pub payment: Payment,
    /// Where the payer confirms it, when the bank wants that.
    pub confirm_at: Option<String>,
}

/// Pays what is left of an invoice
///
/// The gateway is asked at once; `state` says how that went: `succeeded`, `failed` with its reason, `pending` while the
/// bank takes some days, or `confirmation_required`, and then the payer confirms at `confirm_at`. The same key never
/// pays twice.
#[utoipa::path(post, path = "/api/v1/invoices/{invoice_id}/pay", tag = "Invoices", operation_id = "payInvoice",
    params(("invoice_id" = String, Path)), request_body = PayWith,
    responses((status = 201, description = "Asked for", body = MadePayment)))]
pub(crate) async fn pay(
    client: Client,
    Id(invoice_id): Id<InvoiceId>,
    Sent { body, key }: Sent<PayWith>,
) -> ApiResult<(StatusCode, Json<MadePayment>)> {
    client.needs(Permission::PayInvoices)?;
    let means = body.means()?;
    let paying = client
        .act(Permission::PayInvoices, move |app, caller, organization| {
            let payment_id = match &key {
                Some(key) => PaymentId::from_uuid(key.identifier(&caller.actor)),
                None => new_payment_id(app),
            };
            pay_invoice(app, caller, organization, PayInvoice { payment_id, invoice_id, means })
        })
        .await?;
    let made = MadePayment { payment: paying.payment.into(), confirm_at: paying.confirm_at };
    Ok((StatusCode::CREATED, Json(made)))
}
