//! Pay an invoice now (R9, R166).

use super::Payment;
use crate::web::{ApiError, ApiResult, Client, Id, Sent, Wrong, WrongField};
use app::billing::pay_invoice::{PayInvoice, Paying, new_payment_id, pay_invoice};
use app::billing::settle_balance::{SettleBalance, settle_balance};
use app::idempotency::RequestKey;
use app::order::place::Payment as Means;
use app::{App, Caller};
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

impl From<Paying> for MadePayment {
    fn from(paying: Paying) -> Self {
        Self { payment: paying.payment.into(), confirm_at: paying.confirm_at }
    }
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
            let payment_id = payment_id(app, caller, key.as_ref());
            pay_invoice(app, caller, organization, PayInvoice { payment_id, invoice_id, means })
        })
        .await?;
    Ok((StatusCode::CREATED, Json(paying.into())))
}

/// The payments that were asked for.
#[derive(Debug, Serialize, ToSchema)]
pub struct MadePayments {
    /// One for each invoice, the first due first. After one that does not go through nothing more is tried.
    pub items: Vec<MadePayment>,
}

/// Settles the balance
///
/// Pays every open invoice, each by a payment of its own, the first due first. The same key never pays an invoice
/// twice; once all are paid the answer is `invoice_settled`.
#[utoipa::path(post, path = "/api/v1/invoices/pay", tag = "Invoices", operation_id = "settleBalance",
    request_body = PayWith, responses((status = 201, description = "Asked for", body = MadePayments)))]
pub(crate) async fn settle(
    client: Client,
    Sent { body, key }: Sent<PayWith>,
) -> ApiResult<(StatusCode, Json<MadePayments>)> {
    client.needs(Permission::PayInvoices)?;
    let means = body.means()?;
    let made = client
        .act(Permission::PayInvoices, move |app, caller, organization| {
            let payment_id = payment_id(app, caller, key.as_ref());
            settle_balance(app, caller, organization, &SettleBalance { payment_id, means })
        })
        .await?;
    let items = made.into_iter().map(MadePayment::from).collect();
    Ok((StatusCode::CREATED, Json(MadePayments { items })))
}

/// The payment that a key names; without one, a new one each time.
fn payment_id(app: &App, caller: &Caller, key: Option<&RequestKey>) -> PaymentId {
    key.map_or_else(|| new_payment_id(app), |key| PaymentId::from_uuid(key.identifier(&caller.actor)))
}
