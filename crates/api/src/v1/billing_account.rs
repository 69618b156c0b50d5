//! The billing account: who has the contract with the seller (domain 4.7).

use super::payment_method::Address;
use super::schema;
use super::user::Done;
use crate::web::{Access, ApiResult, Client, Routes, Sent, Written};
use app::billing::rules::ChangeSoldTo;
use app::billing_profile::list::ListBillingProfiles;
use axum::Json;
use axum::http::StatusCode;
use domain::access::Permission;
use domain::billing::party::{self, Party};
use domain::billing::{self, Agreement, Segment};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

pub(super) fn routes() -> Routes {
    Routes::default().get("/api/v1/billing-account", Access::Needs(Permission::ReadInvoices), details).put(
        "/api/v1/billing-account/sold-to",
        Access::Needs(Permission::ManageBillingProfiles),
        change,
    )
}

/// Who has the contract with the seller.
#[derive(Debug, Serialize, ToSchema)]
pub struct BillingAccount {
    /// The kind of contract.
    #[schema(schema_with = schema::agreement)]
    pub agreement: Agreement,
    /// The kind of customer.
    #[schema(schema_with = schema::segment)]
    pub segment: Segment,
    /// The name in law.
    pub name: String,
    /// The address.
    pub address: Address,
    /// The VAT or other tax number.
    pub tax_number: Option<String>,
    /// The certificate by which it is exempt from value added tax.
    pub tax_exemption: Option<String>,
    /// The number in the register of companies.
    pub registration_number: Option<String>,
    /// Where its bookkeeping is reached by mail.
    pub email: Option<String>,
    /// And by telephone.
    pub telephone: Option<String>,
    /// Counts its changes.
    pub revision: i64,
}

impl From<billing::BillingAccount> for BillingAccount {
    fn from(account: billing::BillingAccount) -> Self {
        let Party { name, address, tax_number, tax_exemption, registration_number, email, telephone } = account.sold_to;
        Self {
            agreement: account.rules.agreement,
            segment: account.segment,
            name,
            address: address.into(),
            tax_number,
            tax_exemption,
            registration_number,
            email,
            telephone,
            revision: account.revision,
        }
    }
}

/// What a customer keeps of its billing account; what is left out is emptied.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct SoldTo {
    /// Street and number.
    pub line1: String,
    /// What else a letter needs.
    #[serde(default)]
    #[schema(required = false)]
    pub line2: String,
    /// The postal code.
    #[serde(default)]
    #[schema(required = false)]
    pub postal_code: String,
    /// The town.
    pub city: String,
    /// State or province.
    #[serde(default)]
    #[schema(required = false)]
    pub region: String,
    /// The VAT or other tax number, of the country of the account.
    #[serde(default)]
    pub tax_number: Option<String>,
    /// The number in the register of companies.
    #[serde(default)]
    pub registration_number: Option<String>,
    /// Where the bookkeeping is reached by mail.
    #[serde(default)]
    pub email: Option<String>,
    /// And by telephone.
    #[serde(default)]
    pub telephone: Option<String>,
    /// The revision that was read.
    pub revision: i64,
}

impl From<SoldTo> for ChangeSoldTo {
    fn from(body: SoldTo) -> Self {
        let SoldTo { line1, line2, postal_code, city, region, .. } = body;
        Self {
            sold_to: Party {
                address: party::Address { line1, line2, postal_code, city, region, country: String::new() },
                tax_number: body.tax_number,
                registration_number: body.registration_number,
                email: body.email,
                telephone: body.telephone,
                ..Party::default()
            },
            revision: body.revision,
        }
    }
}

/// The billing account of the organization
#[utoipa::path(get, path = "/api/v1/billing-account", tag = "Billing profiles", operation_id = "getBillingAccount",
    responses((status = 200, description = "The billing account", body = BillingAccount)))]
pub(crate) async fn details(client: Client) -> ApiResult<Json<BillingAccount>> {
    Ok(Json(client.read(ListBillingProfiles).await?.account.into()))
}

/// Changes what the customer keeps of the billing account
///
/// The seller changes the name, the country and an exemption from tax. Invoices that were made keep what they say.
#[utoipa::path(put, path = "/api/v1/billing-account/sold-to", tag = "Billing profiles", operation_id = "changeSoldTo",
    request_body = SoldTo, responses((status = 204, description = "Changed")))]
pub(crate) async fn change(client: Client, Sent { body, key }: Sent<SoldTo>) -> ApiResult<Written<Done>> {
    client.write(StatusCode::NO_CONTENT, key, ChangeSoldTo::from(body)).await
}
