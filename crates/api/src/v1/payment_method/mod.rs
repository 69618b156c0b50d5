//! Payment methods: cards and bank accounts on file. Never a number of a card: what stands for one at the gateway.

pub(crate) mod add;
pub(crate) mod change;

use super::schema;
use crate::web::{Access, ApiResult, Client, Id, Routes};
use app::payment_method::details::PaymentMethodDetails;
use app::payment_method::list::{ListPaymentMethods, PaymentMethodRow};
use axum::Json;
use domain::access::Permission;
use domain::billing::party::Address as DomainAddress;
use domain::billing::payment_method::MethodDescription;
use domain::ids::{BillingProfileId, PaymentMethodId, SubscriptionId, UserId};
use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

pub(super) fn routes() -> Routes {
    const READ: Access = Access::Needs(Permission::ReadInvoices);
    const MANAGE: Access = Access::Needs(Permission::ManagePaymentMethods);
    const ONE: &str = "/api/v1/payment-methods/{payment_method_id}";
    Routes::default()
        .get("/api/v1/payment-methods", READ, list)
        .post("/api/v1/payment-methods", MANAGE, add::add)
        .get(ONE, READ, details)
        .put(ONE, MANAGE, change::change)
        .delete(ONE, MANAGE, change::delete)
        .post("/api/v1/payment-methods/{payment_method_id}/replace", MANAGE, change::replace)
}

/// Where the holder of a payment method is.
#[derive(Debug, Clone, Default, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Address {
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
    /// The country, by ISO 3166 code.
    #[schema(example = "NL")]
    pub country: String,
}

impl From<Address> for DomainAddress {
    fn from(address: Address) -> Self {
        let Address { line1, line2, postal_code, city, region, country } = address;
        Self { line1, line2, postal_code, city, region, country }
    }
}

impl From<DomainAddress> for Address {
    fn from(address: DomainAddress) -> Self {
        let DomainAddress { line1, line2, postal_code, city, region, country } = address;
        Self { line1, line2, postal_code, city, region, country }
    }
}

/// A card or bank account on file.
#[derive(Debug, Serialize, ToSchema)]
pub struct PaymentMethod {
    /// Identity.
    #[schema(value_type = String, example = "pay_01jd55pv3xft7sm2rw5mz4ym31")]
    pub id: PaymentMethodId,
    /// Who added it. Only that person, and programs of that person, let a card pay.
    #[schema(value_type = String)]
    pub user_id: UserId,
    /// What it is.
    #[schema(schema_with = schema::payment_method_kind)]
    pub kind: &'static str,
    /// The brand of a card, such as `Visa`.
    pub brand: Option<String>,
    /// The last four digits of the card, or characters of the IBAN.
    pub last_four: String,
    /// The month in which a card expires, as `YYYY-MM`.
    pub expires_on: Option<String>,
    /// The reference of the mandate of a bank account.
    pub mandate: Option<String>,
    /// The name on the card or of the account; may be empty for a card that was only used at a checkout.
    pub holder: String,
    /// Where the holder is.
    pub address: Address,
    /// Whether it is offered first.
    pub is_default: bool,
    /// How many subscriptions it pays for.
    pub subscriptions: u32,
    /// How many billing profiles it pays for.
    pub billing_profiles: u32,
    /// How many unsettled invoices it is to pay.
    pub invoices: u32,
    /// When it was added.
    #[schema(value_type = String, format = DateTime)]
    pub created_at: Timestamp,
    /// Counts its changes.
    pub revision: i64,
}

impl From<PaymentMethodRow> for PaymentMethod {
    fn from(row: PaymentMethodRow) -> Self {
        let method = row.listed.method;
        let name = method.described.name();
        let (kind, expires_on, mandate) = match method.described {
            MethodDescription::Card(card) => ("card", Some(card.expires_on), None),
            MethodDescription::BankAccount(account) => ("bank_account", None, account.mandate),
        };
        Self {
            id: method.id,
            user_id: method.user_id,
            kind,
            brand: name.brand,
            last_four: name.last_four,
            expires_on,
            mandate,
            holder: method.holder,
            address: method.address.into(),
            is_default: row.is_default,
            subscriptions: row.listed.uses.subscriptions,
            billing_profiles: row.listed.uses.billing_profiles,
            invoices: row.listed.uses.invoices,
            created_at: method.created_at,
            revision: method.revision,
        }
    }
}

/// Every payment method.
#[derive(Debug, Serialize, ToSchema)]
pub struct PaymentMethods {
    /// The newest first.
    pub items: Vec<PaymentMethod>,
}

/// A payment method with what it pays for.
#[derive(Debug, Serialize, ToSchema)]
pub struct PaymentMethodWithItems {
    /// The payment method.
    #[serde(flatten)]
    pub method: PaymentMethod,
    /// The subscriptions that it pays for, fifty at most.
    #[schema(value_type = Vec<String>)]
    pub subscription_ids: Vec<SubscriptionId>,
    /// The billing profiles that it pays for, fifty at most.
    #[schema(value_type = Vec<String>)]
    pub billing_profile_ids: Vec<BillingProfileId>,
}

/// Payment methods of the organization
#[utoipa::path(get, path = "/api/v1/payment-methods", tag = "Payment methods", operation_id = "listPaymentMethods",
    responses((status = 200, description = "All of them", body = PaymentMethods)))]
pub(crate) async fn list(client: Client) -> ApiResult<Json<PaymentMethods>> {
    let view = client.read(ListPaymentMethods).await?;
    Ok(Json(PaymentMethods { items: view.rows.into_iter().map(PaymentMethod::from).collect() }))
}

/// One payment method with what it pays for
#[utoipa::path(get, path = "/api/v1/payment-methods/{payment_method_id}", tag = "Payment methods",
    operation_id = "getPaymentMethod", params(("payment_method_id" = String, Path)),
    responses((status = 200, description = "The payment method", body = PaymentMethodWithItems)))]
pub(crate) async fn details(client: Client, Id(id): Id<PaymentMethodId>) -> ApiResult<Json<PaymentMethodWithItems>> {
    let view = client.read(PaymentMethodDetails(id)).await?;
    Ok(Json(PaymentMethodWithItems {
        method: view.row.into(),
        subscription_ids: view.subscriptions.into_iter().map(|listed| listed.subscription.id).collect(),
        billing_profile_ids: view.profiles.into_iter().map(|(id, _)| id).collect(),
    }))
}
