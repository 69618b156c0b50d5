//! How the values of the domain are written, for the OpenAPI document: every enumeration with all of its codes.

use domain::money::Currency;
use serde::Serialize;
use utoipa::ToSchema;
use utoipa::openapi::schema::{ObjectBuilder, Schema, SchemaType, Type};

/// An exact amount of money.
#[derive(Debug, Clone, Copy, Serialize, ToSchema)]
pub struct Money {
    /// Whole minor units, such as cents; negative amounts are credits.
    #[schema(example = 1250)]
    pub minor: i64,
    /// The currency by its ISO 4217 code.
    #[schema(schema_with = currency)]
    pub currency: Currency,
}

impl From<domain::money::Money> for Money {
    fn from(money: domain::money::Money) -> Self {
        Self { minor: money.minor, currency: money.currency }
    }
}

/// A run of civil days.
#[derive(Debug, Clone, Copy, Serialize, ToSchema)]
pub struct Period {
    /// The first day.
    #[schema(value_type = String, format = Date)]
    pub start: jiff::civil::Date,
    /// The first day that no longer belongs to it.
    #[schema(value_type = String, format = Date)]
    pub end: jiff::civil::Date,
}

impl From<domain::time::Period> for Period {
    fn from(period: domain::time::Period) -> Self {
        Self { start: period.start, end: period.end }
    }
}

/// A list of codes; with `null` where the value may be missing.
fn codes(codes: impl Iterator<Item = &'static str>, is_optional: bool) -> Schema {
    let mut values: Vec<Option<&str>> = codes.map(Some).collect();
    let kind = if is_optional {
        values.push(None);
        SchemaType::from_iter([Type::String, Type::Null])
    } else {
        SchemaType::new(Type::String)
    };
    ObjectBuilder::new().schema_type(kind).enum_values(Some(values)).build().into()
}

pub(super) fn payment_method_kind() -> Schema {
    codes(["card", "bank_account"].into_iter(), false)
}

pub(super) fn change_starts() -> Schema {
    utoipa::openapi::schema::ArrayBuilder::new().items(utoipa::openapi::RefOr::T(change_start())).build().into()
}

/// A function for each enumeration, and whether the value may be null.
macro_rules! code_schemas {
    ($($name:ident: $kind:ty, $is_optional:literal;)+) => {$(
        pub(super) fn $name() -> Schema {
            codes(<$kind>::ALL.iter().map(|value| value.code()), $is_optional)
        }
    )+};
}

code_schemas! {
    action: domain::subscription::Action, false;
    agreement: domain::billing::Agreement, false;
    billing_frequency: domain::catalog::BillingFrequency, false;
    category: domain::catalog::Category, false;
    channel: domain::subscription::Channel, false;
    product_kind: domain::catalog::ProductKind, false;
    charge_kind: domain::billing::charge::ChargeKind, false;
    cloud: domain::organization::Cloud, false;
    end_kind: domain::subscription::end::EndKind, false;
    currency: Currency, false;
    invoice_kind: domain::billing::invoice::InvoiceKind, false;
    invoice_state: domain::billing::invoice::InvoiceState, false;
    left_out: domain::billing::forecast::LeftOut, false;
    job_state: domain::job::JobState, false;
    cancel_reason: domain::subscription::cancel::CancelReason, false;
    key_use: domain::product_key::KeyUse, false;
    optional_billing_frequency: domain::catalog::BillingFrequency, true;
    optional_cancel_reason: domain::subscription::cancel::CancelReason, true;
    optional_closed_reason: domain::subscription::ClosedReason, true;
    optional_credit_check: domain::subscription::CreditCheck, true;
    optional_subscription_state: domain::subscription::SubscriptionState, true;
    order_kind: domain::order::OrderKind, false;
    order_state: domain::order::OrderState, false;
    organization_state: domain::organization::OrganizationState, false;
    payment_kind: domain::billing::payment::PaymentKind, false;
    relationship_state: domain::partner::RelationshipState, false;
    request_state: domain::license::request::RequestState, false;
    change_start: domain::subscription::change_start::ChangeStart, false;
    self_service_policy: domain::self_service::policy::SelfServicePolicy, false;
    payment_state: domain::billing::payment::PaymentState, false;
    subscription_state: domain::subscription::SubscriptionState, false;
    tax_category: domain::billing::tax::TaxCategory, false;
    segment: domain::billing::Segment, false;
    term: domain::catalog::Term, false;
    user_state: domain::user::UserState, false;
}
