//! Change the plan (domain 1.10, R161).

use super::super::product::catalog::Price;
use super::super::schema::{self, Money, Period};
use crate::web::{ApiError, ApiResult, Client, Id, Sent, Written};
use app::subscription::change_plan::{
    ChangePlan, ChangeStart, PlanChangeStarted, PlanChoices, PreviewPlanChange, StartPlanChange,
};
use axum::Json;
use axum::http::StatusCode;
use domain::ids::{JobId, PriceId, SkuId, SubscriptionId};
use domain::subscription::Offer;
use jiff::civil::Date;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// The products to which a subscription can go.
#[derive(Debug, Serialize, ToSchema)]
pub struct Plans {
    /// Why none can be chosen: the code of a refusal; null when one can.
    #[schema(example = "prepaid_key")]
    pub closed: Option<String>,
    /// When it can begin: `now`, and under MCA `at_renewal`.
    #[schema(schema_with = schema::change_starts)]
    pub starts: Vec<ChangeStart>,
    /// The products, by name.
    pub plans: Vec<Plan>,
}

/// A product to which a subscription can go.
#[derive(Debug, Serialize, ToSchema)]
pub struct Plan {
    /// What is sold.
    #[schema(value_type = String, example = "sku_01jd55pv3xft7sm2rw5mz4ym31")]
    pub sku_id: SkuId,
    /// The name of the product.
    pub product_name: String,
    /// The name that programs know.
    #[schema(example = "SPE_E5")]
    pub part_number: String,
    /// Its apps and services.
    pub apps: u32,
    /// How many of today's apps and services are not among them.
    pub missing_apps: u32,
    /// People who would need a license of it: the least quantity.
    pub people: u32,
    /// What it costs, for each term and billing frequency in which it is sold.
    pub prices: Vec<Price>,
}

impl From<app::subscription::change_plan::Plan> for Plan {
    fn from(plan: app::subscription::change_plan::Plan) -> Self {
        let narrow = |count: usize| u32::try_from(count).unwrap_or(u32::MAX);
        Self {
            sku_id: plan.sku_id,
            product_name: plan.name,
            part_number: plan.part_number,
            apps: narrow(plan.apps),
            missing_apps: narrow(plan.missing),
            people: plan.people,
            prices: plan.prices.into_iter().map(Price::from).collect(),
        }
    }
}

/// Another product in the place of a subscription's.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct PlanChange {
    /// The version of the price: what is sold, for how long and how often it is charged.
    #[schema(value_type = String, example = "prc_01jd55pv3xft7sm2rw5mz4ym31")]
    pub price_id: PriceId,
    /// Licenses of the new subscription: at least as many as people.
    pub quantity: u32,
    /// When; now, when it is left out.
    #[serde(default)]
    #[schema(schema_with = schema::change_start, required = false)]
    pub start: ChangeStart,
}

impl From<PlanChange> for ChangePlan {
    fn from(body: PlanChange) -> Self {
        Self { price_id: body.price_id, quantity: body.quantity, start: body.start }
    }
}

/// What another product would do and cost.
#[derive(Debug, Serialize, ToSchema)]
pub struct PlanChangePreview {
    /// The name of the product.
    pub product_name: String,
    /// How many people move.
    pub people: u32,
    /// The day on which the old subscription stops and the new one starts.
    #[schema(value_type = String, format = Date)]
    pub counts_from: Date,
    /// What comes back for the unused days of the old one; negative or nothing. Without tax.
    pub credit: Money,
    /// What the first billing period of the new one costs. Without tax.
    pub amount: Money,
    /// What both come to.
    pub cost: Money,
    /// The first billing period of the new one.
    pub service_period: Period,
    /// What all licenses cost for each billing period before.
    pub per_period_before: Money,
    /// What all licenses cost for each billing period afterwards.
    pub per_period_after: Money,
    /// The day on which the new one renews.
    #[schema(value_type = String, format = Date)]
    pub renews_on: Date,
}

impl From<app::subscription::change_plan::PlanChangePreview> for PlanChangePreview {
    fn from(found: app::subscription::change_plan::PlanChangePreview) -> Self {
        let preview = found.preview;
        Self {
            product_name: found.name,
            people: found.people,
            counts_from: preview.counts_from,
            credit: preview.credit.into(),
            amount: preview.charge.amount.into(),
            cost: preview.cost.into(),
            service_period: preview.charge.service_period.into(),
            per_period_before: preview.per_period_before.into(),
            per_period_after: preview.per_period_after.into(),
            renews_on: preview.renews_on,
        }
    }
}

/// What was begun.
#[derive(Debug, Serialize, ToSchema)]
pub struct PlanChangeBegun {
    /// The background work that moves people now: ask for it at `/api/v1/jobs/{job_id}`.
    #[schema(value_type = Option<String>, example = "job_01jd55pv3xft7sm2rw5mz4ym31")]
    pub job_id: Option<JobId>,
    /// The day of the renewal on which people will move.
    #[schema(value_type = Option<String>, format = Date)]
    pub starts_on: Option<Date>,
}

impl From<PlanChangeStarted> for PlanChangeBegun {
    fn from(started: PlanChangeStarted) -> Self {
        match started {
            PlanChangeStarted::Now(job_id) => Self { job_id: Some(job_id), starts_on: None },
            PlanChangeStarted::AtRenewal(day) => Self { job_id: None, starts_on: Some(day) },
        }
    }
}

/// The products to which a subscription can go
///
/// Those that keep mail and files in the same service or a higher one, or have every app of the present one.
#[utoipa::path(get, path = "/api/v1/subscriptions/{subscription_id}/plans", tag = "Subscriptions",
    operation_id = "listPlans", params(("subscription_id" = String, Path)),
    responses((status = 200, description = "The products", body = Plans)))]
pub(crate) async fn plans(client: Client, Id(subscription_id): Id<SubscriptionId>) -> ApiResult<Json<Plans>> {
    let found = client.read(PlanChoices(subscription_id)).await?;
    let closed = match found.offer {
        Offer::Closed(reason) => Some(reason.code()),
        Offer::Open => found.refused.as_ref().map(domain::refusal::Refusal::code),
    };
    Ok(Json(Plans {
        closed: closed.map(str::to_owned),
        starts: found.starts.to_vec(),
        plans: found.plans.into_iter().map(Plan::from).collect(),
    }))
}

/// What another product would do and cost
///
/// Nothing is changed. A change that would be refused is refused here in the same way.
#[utoipa::path(post, path = "/api/v1/subscriptions/{subscription_id}/change-plan/preview", tag = "Subscriptions",
    operation_id = "previewPlanChange", params(("subscription_id" = String, Path)), request_body = PlanChange,
    responses((status = 200, description = "What it would do", body = PlanChangePreview)))]
pub(crate) async fn preview(
    client: Client,
    Id(subscription_id): Id<SubscriptionId>,
    Sent { body, .. }: Sent<PlanChange>,
) -> Result<Json<PlanChangePreview>, ApiError> {
    let found = client.read(PreviewPlanChange { subscription_id, change: body.into() }).await?;
    Ok(Json(found.into()))
}

/// Lets another product take the place of a subscription's
///
/// Everybody moves to a new subscription, and the old one is canceled: all or nothing, in the background, or when the
/// subscription renews.
#[utoipa::path(post, path = "/api/v1/subscriptions/{subscription_id}/change-plan", tag = "Subscriptions",
    operation_id = "changePlan", params(("subscription_id" = String, Path)), request_body = PlanChange,
    responses((status = 202, description = "Begun", body = PlanChangeBegun)))]
pub(crate) async fn start(
    client: Client,
    Id(subscription_id): Id<SubscriptionId>,
    Sent { body, key }: Sent<PlanChange>,
) -> ApiResult<Written<PlanChangeBegun>> {
    client.write(StatusCode::ACCEPTED, key, StartPlanChange { subscription_id, change: body.into() }).await
}
