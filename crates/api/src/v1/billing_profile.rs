//! Billing profiles: where a part of the invoices go, and what pays them (R36 to R39, R171).

use super::payment_method::Address;
use super::schema;
use super::user::Done;
use crate::web::{Access, ApiResult, Client, Id, Routes, Sent, Written};
use app::billing_profile::details::BillingProfileDetails;
use app::billing_profile::list::{BillingProfileRow, ListBillingProfiles};
use app::billing_profile::move_subscription::MoveToBillingProfile;
use app::billing_profile::save::{AddBillingProfile, EditBillingProfile};
use axum::Json;
use axum::http::StatusCode;
use domain::access::Permission;
use domain::billing::party::Party;
use domain::billing::profile::ProfileDraft;
use domain::ids::{BillingProfileId, PaymentMethodId, SubscriptionId};
use domain::money::Currency;
use jiff::civil::Date;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

pub(super) fn routes() -> Routes {
    const READ: Access = Access::Needs(Permission::ReadInvoices);
    const MANAGE: Access = Access::Needs(Permission::ManageBillingProfiles);
    const ONE: &str = "/api/v1/billing-profiles/{billing_profile_id}";
    Routes::default()
        .get("/api/v1/billing-profiles", READ, list)
        .post("/api/v1/billing-profiles", MANAGE, add)
        .get(ONE, READ, details)
        .put(ONE, MANAGE, change)
        .put("/api/v1/subscriptions/{subscription_id}/billing-profile", MANAGE, of_subscription)
}

/// A billing profile.
#[derive(Debug, Serialize, ToSchema)]
pub struct BillingProfile {
    /// Identity.
    #[schema(value_type = String, example = "bpr_01jd55pv3xft7sm2rw5mz4ym31")]
    pub id: BillingProfileId,
    /// Its name.
    pub name: String,
    /// The name that invoices are addressed to.
    pub bill_to: String,
    /// The address that invoices are addressed to.
    pub address: Address,
    /// Where invoices are mailed.
    pub email: Option<String>,
    /// Whether they are.
    pub email_invoices: bool,
    /// The currency of its invoices.
    #[schema(schema_with = schema::currency)]
    pub currency: Currency,
    /// What pays its invoices by itself; null: the customer pays each invoice.
    #[schema(value_type = Option<String>)]
    pub payment_method_id: Option<PaymentMethodId>,
    /// What the customer wants to read on invoices.
    pub purchase_order: Option<String>,
    /// Its day of the month is that of its monthly invoice.
    #[schema(value_type = String, format = Date)]
    pub anchored_on: Date,
    /// How many subscriptions belong to it.
    pub subscriptions: i64,
    /// Counts its changes.
    pub revision: i64,
}

impl From<BillingProfileRow> for BillingProfile {
    fn from(row: BillingProfileRow) -> Self {
        let profile = row.profile;
        Self {
            id: profile.id,
            name: profile.name,
            bill_to: profile.bill_to.name,
            address: profile.bill_to.address.into(),
            email: profile.bill_to.email,
            email_invoices: profile.email_invoices,
            currency: profile.currency,
            payment_method_id: profile.payment_method_id,
            purchase_order: profile.purchase_order,
            anchored_on: profile.anchored_on,
            subscriptions: row.subscriptions,
            revision: profile.revision,
        }
    }
}

/// Every billing profile.
#[derive(Debug, Serialize, ToSchema)]
pub struct BillingProfiles {
    /// By name.
    pub items: Vec<BillingProfile>,
}

/// What may be set of a billing profile.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct BillingProfileFacts {
    /// The name; each is there once.
    pub name: String,
    /// The name that invoices are addressed to.
    pub bill_to: String,
    /// The address that invoices are addressed to.
    pub address: Address,
    /// Where invoices are mailed.
    #[serde(default)]
    pub email: Option<String>,
    /// Whether they are.
    pub email_invoices: bool,
    /// A card that pays its invoices by itself; null: the customer pays each invoice.
    #[serde(default)]
    #[schema(value_type = Option<String>)]
    pub payment_method_id: Option<PaymentMethodId>,
    /// What the customer wants to read on later invoices.
    #[serde(default)]
    #[schema(required = false)]
    pub purchase_order: String,
    /// The currency of its invoices, by its ISO 4217 code: of a new one, and it stays.
    #[serde(default)]
    #[schema(value_type = Option<String>)]
    pub currency: Option<Currency>,
    /// The revision that was read, for a change.
    #[serde(default)]
    #[schema(required = false)]
    pub revision: i64,
}

impl BillingProfileFacts {
    fn draft(&self) -> ProfileDraft {
        let (address, email) = (self.address.clone().into(), self.email.clone());
        ProfileDraft {
            name: self.name.clone(),
            bill_to: Party { name: self.bill_to.clone(), address, email, ..Party::default() },
            purchase_order: self.purchase_order.clone(),
            email_invoices: self.email_invoices,
        }
    }
}

/// A billing profile that was added.
#[derive(Debug, Serialize, ToSchema)]
pub struct AddedBillingProfile {
    /// Identity.
    #[schema(value_type = String)]
    pub id: BillingProfileId,
}

impl From<BillingProfileId> for AddedBillingProfile {
    fn from(id: BillingProfileId) -> Self {
        Self { id }
    }
}

/// Billing profiles of the organization
#[utoipa::path(get, path = "/api/v1/billing-profiles", tag = "Billing profiles", operation_id = "listBillingProfiles",
    responses((status = 200, description = "All of them", body = BillingProfiles)))]
pub(crate) async fn list(client: Client) -> ApiResult<Json<BillingProfiles>> {
    let view = client.read(ListBillingProfiles).await?;
    Ok(Json(BillingProfiles { items: view.rows.into_iter().map(BillingProfile::from).collect() }))
}

/// One billing profile
#[utoipa::path(get, path = "/api/v1/billing-profiles/{billing_profile_id}", tag = "Billing profiles",
    operation_id = "getBillingProfile", params(("billing_profile_id" = String, Path)),
    responses((status = 200, description = "The billing profile", body = BillingProfile)))]
pub(crate) async fn details(client: Client, Id(id): Id<BillingProfileId>) -> ApiResult<Json<BillingProfile>> {
    Ok(Json(client.read(BillingProfileDetails(id)).await?.row.into()))
}

/// Adds a billing profile
///
/// Its invoices are in the currency of the organization when none is named.
#[utoipa::path(post, path = "/api/v1/billing-profiles", tag = "Billing profiles", operation_id = "addBillingProfile",
    request_body = BillingProfileFacts,
    responses((status = 201, description = "Added", body = AddedBillingProfile)))]
pub(crate) async fn add(
    client: Client,
    Sent { body, key }: Sent<BillingProfileFacts>,
) -> ApiResult<Written<AddedBillingProfile>> {
    let (draft, currency) = (body.draft(), body.currency);
    let command = AddBillingProfile { draft, currency, payment_method_id: body.payment_method_id };
    client.write(StatusCode::CREATED, key, command).await
}

/// Changes a billing profile
///
/// Invoices that were made keep what they say.
#[utoipa::path(put, path = "/api/v1/billing-profiles/{billing_profile_id}", tag = "Billing profiles",
    operation_id = "editBillingProfile", params(("billing_profile_id" = String, Path)),
    request_body = BillingProfileFacts, responses((status = 204, description = "Changed")))]
pub(crate) async fn change(
    client: Client,
    Id(id): Id<BillingProfileId>,
    Sent { body, key }: Sent<BillingProfileFacts>,
) -> ApiResult<Written<Done>> {
    let (draft, payment_method_id, revision) = (body.draft(), body.payment_method_id, body.revision);
    client.write(StatusCode::NO_CONTENT, key, EditBillingProfile { id, draft, payment_method_id, revision }).await
}

/// Where a subscription goes.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct SubscriptionProfile {
    /// The billing profile.
    #[schema(value_type = String)]
    pub billing_profile_id: BillingProfileId,
}

/// Moves a subscription to another billing profile
///
/// Its later charges go there; the invoices of both are in the same currency.
#[utoipa::path(put, path = "/api/v1/subscriptions/{subscription_id}/billing-profile", tag = "Subscriptions",
    operation_id = "moveToBillingProfile", params(("subscription_id" = String, Path)),
    request_body = SubscriptionProfile, responses((status = 204, description = "Moved")))]
pub(crate) async fn of_subscription(
    client: Client,
    Id(subscription_id): Id<SubscriptionId>,
    Sent { body, key }: Sent<SubscriptionProfile>,
) -> ApiResult<Written<Done>> {
    let command = MoveToBillingProfile { subscription_id, to: body.billing_profile_id };
    client.write(StatusCode::NO_CONTENT, key, command).await
}
