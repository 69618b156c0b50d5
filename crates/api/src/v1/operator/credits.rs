//! What customers are owed, and how it is paid back.

use crate::v1::schema::Money;
use crate::web::{ApiResult, Client, Id, Ids, Sent, Written};
use app::billing::pay_out::{OwedToCustomer, PayOutCredit};
use app::billing::record_transfer::RecordTransfer;
use app::billing::refund::RefundCredit;
use axum::Json;
use axum::http::StatusCode;
use domain::ids::{BillingProfileId, CreditPayOutId, InvoiceId, OrganizationId};
use domain::money::Currency;
use jiff::civil::Date;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// What an organization is owed.
#[derive(Debug, Serialize, ToSchema)]
pub struct Owed {
    /// Credit notes that still give something, the oldest first.
    pub credit_notes: Vec<OwedCreditNote>,
    /// What was transferred beyond invoices, by billing profile and currency.
    pub credits: Vec<OwedProfileCredit>,
    /// What was transferred back of such credit, the newest first.
    pub paid_out: Vec<PaidOut>,
}

/// A credit note that still gives something.
#[derive(Debug, Serialize, ToSchema)]
pub struct OwedCreditNote {
    /// Identity.
    #[schema(value_type = String, example = "inv_01jd55pv3xft7sm2rw5mz4ym31")]
    pub invoice_id: InvoiceId,
    /// Its number.
    pub number: String,
    /// What it still gives.
    pub left: Money,
    /// What of that can go back to the cards and bank accounts that paid; the rest has to be transferred.
    pub refundable: Money,
    /// Whether some of it is on its way back at this moment.
    pub is_under_way: bool,
}

/// What is left of the credit of a billing profile.
#[derive(Debug, Serialize, ToSchema)]
pub struct OwedProfileCredit {
    /// The billing profile.
    #[schema(value_type = String, example = "bpr_01jd55pv3xft7sm2rw5mz4ym31")]
    pub billing_profile_id: BillingProfileId,
    /// Its name.
    pub name: String,
    /// How much is left.
    pub left: Money,
}

/// Credit that was transferred back.
#[derive(Debug, Serialize, ToSchema)]
pub struct PaidOut {
    /// Identity.
    #[schema(value_type = String, example = "cpo_01jd55pv3xft7sm2rw5mz4ym31")]
    pub id: CreditPayOutId,
    /// The billing profile.
    #[schema(value_type = String, example = "bpr_01jd55pv3xft7sm2rw5mz4ym31")]
    pub billing_profile_id: BillingProfileId,
    /// How much.
    pub amount: Money,
    /// The day of the bank statement.
    #[schema(value_type = String, format = Date)]
    pub day: Date,
    /// What the bank statement says.
    pub reference: String,
}

/// What an organization is owed
#[utoipa::path(get, path = "/api/v1/operator/organizations/{organization_id}/credits", tag = "Operator",
    operation_id = "listCredits", params(("organization_id" = String, Path)),
    responses((status = 200, description = "What it is owed", body = Owed)))]
pub(crate) async fn list(client: Client, Id(of): Id<OrganizationId>) -> ApiResult<Json<Owed>> {
    let view = client.read_of(of, OwedToCustomer).await?;
    let note = |note: app::billing::pay_out::OwedNote| OwedCreditNote {
        invoice_id: note.id,
        number: note.number,
        left: note.left.into(),
        refundable: note.refundable.into(),
        is_under_way: note.is_under_way,
    };
    let credit = |credit: app::billing::pay_out::OwedCredit| OwedProfileCredit {
        billing_profile_id: credit.billing_profile_id,
        name: credit.name,
        left: credit.left.into(),
    };
    let paid_out = |(made, _): (domain::billing::payment::CreditPayOut, String)| PaidOut {
        id: made.id,
        billing_profile_id: made.billing_profile_id,
        amount: made.amount.into(),
        day: made.made_on,
        reference: made.reference,
    };
    Ok(Json(Owed {
        credit_notes: view.notes.into_iter().map(note).collect(),
        credits: view.credits.into_iter().map(credit).collect(),
        paid_out: view.paid_out.into_iter().map(paid_out).collect(),
    }))
}

/// What goes back to what paid.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct RefundWanted {
    /// Whole minor units, above nothing, at most what is left.
    pub minor: i64,
    /// The currency of the credit note by its ISO 4217 code.
    #[schema(schema_with = crate::v1::schema::currency)]
    pub currency: Currency,
    /// Why, for the history.
    pub reason: String,
}

/// What was transferred to the customer.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct PayOutMade {
    /// Whole minor units, above nothing, at most what is left.
    pub minor: i64,
    /// The currency of the credit by its ISO 4217 code.
    #[schema(schema_with = crate::v1::schema::currency)]
    pub currency: Currency,
    /// The day of the bank statement; not later than today.
    #[schema(value_type = String, format = Date)]
    pub day: Date,
    /// What the bank statement says: the same is not recorded twice.
    pub reference: String,
}

/// What came of it.
#[derive(Debug, Serialize, ToSchema)]
pub struct Given {
    /// For a refund what is on its way back to what paid; for a transfer what is still left, below nothing for a credit
    /// note.
    pub amount: Money,
}

impl From<domain::money::Money> for Given {
    fn from(amount: domain::money::Money) -> Self {
        Self { amount: amount.into() }
    }
}

/// Pays a credit note back to what paid
///
/// In whole or in part, the newest payment first. The gateway is asked in the background, once.
#[utoipa::path(post, path = "/api/v1/operator/organizations/{organization_id}/credit-notes/{invoice_id}/refund",
    tag = "Operator", operation_id = "refundCreditNote", params(("organization_id" = String, Path),
    ("invoice_id" = String, Path)), request_body = RefundWanted,
    responses((status = 202, description = "Started", body = Given)))]
pub(crate) async fn refund(
    client: Client,
    Ids(of, invoice_id): Ids<OrganizationId, InvoiceId>,
    Sent { body, key }: Sent<RefundWanted>,
) -> ApiResult<Written<Given>> {
    let amount = domain::money::Money::new(body.minor, body.currency);
    let command = RefundCredit { invoice_id, amount, reason: body.reason };
    client.write_of(of, StatusCode::ACCEPTED, key, command).await
}

/// Records that a credit note was transferred to the customer
#[utoipa::path(post, path = "/api/v1/operator/organizations/{organization_id}/credit-notes/{invoice_id}/pay-out",
    tag = "Operator", operation_id = "payOutCreditNote", params(("organization_id" = String, Path),
    ("invoice_id" = String, Path)), request_body = PayOutMade,
    responses((status = 200, description = "Recorded", body = Given)))]
pub(crate) async fn pay_out_note(
    client: Client,
    Ids(of, invoice_id): Ids<OrganizationId, InvoiceId>,
    Sent { body, key }: Sent<PayOutMade>,
) -> ApiResult<Written<Given>> {
    let amount = domain::money::Money::new(body.minor, body.currency);
    let (day, reference) = (body.day, body.reference);
    let command = RecordTransfer { invoice_ids: vec![invoice_id], amount, day, reference, keep_rest: false };
    client.write_of(of, StatusCode::OK, key, command).await
}

/// Records that credit of a billing profile was transferred to the customer
#[utoipa::path(post, path = "/api/v1/operator/organizations/{organization_id}/billing-profiles/{billing_profile_id}/pay-out",
    tag = "Operator", operation_id = "payOutCredit", params(("organization_id" = String, Path),
    ("billing_profile_id" = String, Path)), request_body = PayOutMade,
    responses((status = 200, description = "Recorded", body = Given)))]
pub(crate) async fn pay_out(
    client: Client,
    Ids(of, billing_profile_id): Ids<OrganizationId, BillingProfileId>,
    Sent { body, key }: Sent<PayOutMade>,
) -> ApiResult<Written<Given>> {
    let amount = domain::money::Money::new(body.minor, body.currency);
    let command = PayOutCredit { billing_profile_id, amount, day: body.day, reference: body.reference };
    client.write_of(of, StatusCode::OK, key, command).await
}
