//! Put a card or a bank account on file (R43, R44, R75, R168).

use super::Address;
use crate::web::{ApiError, ApiResult, Client, Sent, Wrong, WrongField};
use app::payment_method::add::{Adding, NewMeans, NewPaymentMethod as New, add_payment_method, new_payment_method_id};
use axum::Json;
use axum::http::{StatusCode, header};
use axum::response::{IntoResponse, Response};
use domain::access::Permission;
use domain::ids::PaymentMethodId;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// What is put on file: a card by `payment_token`, or a bank account by `iban`.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct NewPaymentMethod {
    /// A card that was given to the payment gateway: what stands for it. Never a card number.
    #[serde(default)]
    pub payment_token: Option<String>,
    /// A bank account. It goes to the payment gateway and is not stored.
    #[serde(default)]
    #[schema(example = "NL91 ABNA 0417 1643 00")]
    pub iban: Option<String>,
    /// Whether the holder of the bank account allows direct debit.
    #[serde(default)]
    pub mandate: bool,
    /// The name on the card or of the account.
    pub holder: String,
    /// Where the holder is.
    pub address: Address,
}

impl NewPaymentMethod {
    fn means(&self) -> ApiResult<NewMeans> {
        match (&self.payment_token, &self.iban) {
            (Some(token), None) => Ok(NewMeans::Card { token: token.clone() }),
            (None, Some(iban)) => Ok(NewMeans::BankAccount { iban: iban.clone(), mandate: self.mandate }),
            (token, _) => {
                let wrong = if token.is_some() { Wrong::Unknown } else { Wrong::Missing };
                Err(ApiError::Fields(vec![WrongField { field: "payment_token".to_owned(), wrong }]))
            }
        }
    }
}

/// A payment method that was added.
#[derive(Debug, Serialize, ToSchema)]
pub struct AddedPaymentMethod {
    /// Identity.
    #[schema(value_type = String)]
    pub id: PaymentMethodId,
    /// Where its owner confirms, when the bank wants that; until then it is not on file.
    pub confirm_at: Option<String>,
}

/// Adds a payment method
///
/// It belongs to the person who made the key. When its bank wants a confirmation, its owner confirms at `confirm_at`
/// and then opens the payment method in the admin center. The same key never adds two.
#[utoipa::path(post, path = "/api/v1/payment-methods", tag = "Payment methods", operation_id = "addPaymentMethod",
    request_body = NewPaymentMethod, responses((status = 201, description = "Added", body = AddedPaymentMethod)))]
pub(crate) async fn add(client: Client, Sent { body, key }: Sent<NewPaymentMethod>) -> ApiResult<Response> {
    client.needs(Permission::ManagePaymentMethods)?;
    let (means, holder, address) = (body.means()?, body.holder, body.address.into());
    let adding = client
        .act(Permission::ManagePaymentMethods, move |app, caller, organization| {
            let id = match &key {
                Some(key) => PaymentMethodId::from_uuid(key.identifier(&caller.actor)),
                None => new_payment_method_id(app),
            };
            let new = New { id, means, holder, address };
            let back = |id| format!("/billing/payment-methods/{id}/confirm");
            add_payment_method(app, caller, organization, &new, back)
        })
        .await?;
    let (id, confirm_at) = match adding {
        Adding::Added(id) => (id, None),
        Adding::WaitsForOwner { id, address } => (id, Some(address)),
    };
    let location = format!("/api/v1/payment-methods/{id}");
    Ok((StatusCode::CREATED, [(header::LOCATION, location)], Json(AddedPaymentMethod { id, confirm_at }))
        .into_response())
}
