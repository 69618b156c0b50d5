//! Subscriptions: the list, one with its offers, the change of its quantity, and its life.

pub(crate) mod change_plan;
pub(crate) mod change_quantity;
pub(crate) mod details;
pub(crate) mod edit_billing_frequency;
pub(crate) mod life;
pub(crate) mod list;
pub(crate) mod take_over;
pub(crate) mod trial;

use super::schema::{self, Money};
use crate::web::{Access, Routes};
use app::subscription::list::ListedSubscription;
use domain::access::Permission;
use domain::catalog::{BillingFrequency, Term};
use domain::ids::{JobId, OrderId, PaymentMethodId, ProductId, SkuId, SubscriptionId, UserId};
use domain::subscription::end::EndKind;
use domain::subscription::{Channel, CreditCheck, SubscriptionState};
use jiff::civil::Date;
use serde::Serialize;
use utoipa::ToSchema;

pub(super) fn routes() -> Routes {
    const READ: Access = Access::Needs(Permission::ReadSubscriptions);
    const MANAGE: Access = Access::Needs(Permission::ManageSubscription);
    Routes::default()
        .get("/api/v1/subscriptions", READ, list::list)
        .get("/api/v1/subscriptions/{subscription_id}", READ, details::details)
        .put(
            "/api/v1/subscriptions/{subscription_id}/quantity",
            Access::Needs(Permission::ManageQuantity),
            change_quantity::change,
        )
        .put(
            "/api/v1/subscriptions/{subscription_id}/payment-method",
            MANAGE,
            super::payment_method::change::of_subscription,
        )
        .post(
            "/api/v1/subscriptions/{subscription_id}/take-over",
            Access::Needs(Permission::TakeOver),
            take_over::start,
        )
        .post(
            "/api/v1/subscriptions/{subscription_id}/undo-take-over",
            Access::Needs(Permission::TakeOver),
            take_over::undo,
        )
        .post("/api/v1/subscriptions/{subscription_id}/quantity/preview", READ, change_quantity::preview)
        .get("/api/v1/subscriptions/{subscription_id}/plans", Access::Needs(Permission::ReadPrices), change_plan::plans)
        .post("/api/v1/subscriptions/{subscription_id}/change-plan", MANAGE, change_plan::start)
        .post(
            "/api/v1/subscriptions/{subscription_id}/change-plan/preview",
            Access::Needs(Permission::ReadPrices),
            change_plan::preview,
        )
        .post("/api/v1/trials", Access::Needs(Permission::BuySubscription), trial::start)
        .post("/api/v1/subscriptions/{subscription_id}/extend-trial", MANAGE, trial::extend)
        .post("/api/v1/subscriptions/{subscription_id}/cancel", MANAGE, life::cancel)
        .get("/api/v1/subscriptions/{subscription_id}/cancel/preview", READ, life::preview_cancel)
        .post("/api/v1/subscriptions/{subscription_id}/reactivate", MANAGE, life::reactivate)
        .get("/api/v1/subscriptions/{subscription_id}/reactivate/preview", READ, life::preview_reactivate)
        .put("/api/v1/subscriptions/{subscription_id}/recurring-billing", MANAGE, life::recurring_billing)
        .get(
            "/api/v1/subscriptions/{subscription_id}/billing-frequencies",
            Access::Needs(Permission::ReadPrices),
            edit_billing_frequency::choices,
        )
        .put("/api/v1/subscriptions/{subscription_id}/billing-frequency", MANAGE, edit_billing_frequency::change)
        .delete(
            "/api/v1/subscriptions/{subscription_id}/scheduled-changes/{change}",
            MANAGE,
            life::cancel_scheduled_change,
        )
        .delete(
            "/api/v1/subscriptions/{subscription_id}",
            Access::Needs(Permission::DeleteFreeSubscription),
            life::delete,
        )
}

/// One purchase of a product.
#[derive(Debug, Serialize, ToSchema)]
pub struct Subscription {
    /// Identity.
    #[schema(value_type = String, example = "sub_01jd55pv3xft7sm2rw5mz4ym31")]
    pub id: SubscriptionId,
    /// The product.
    #[schema(value_type = String, example = "prd_01jd55pv3xft7sm2rw5mz4ym31")]
    pub product_id: ProductId,
    /// The name of the product.
    pub product_name: String,
    /// What was sold.
    #[schema(value_type = String, example = "sku_01jd55pv3xft7sm2rw5mz4ym31")]
    pub sku_id: SkuId,
    /// How it was bought.
    #[schema(schema_with = schema::channel)]
    pub channel: Channel,
    /// Its place in life.
    #[schema(schema_with = schema::subscription_state)]
    pub state: SubscriptionState,
    /// The buyer when it is a self-service purchase.
    #[schema(value_type = Option<String>)]
    pub holder_id: Option<UserId>,
    /// The name of that buyer.
    pub holder_name: Option<String>,
    /// The credit check of its order, when there was one.
    #[schema(schema_with = schema::optional_credit_check)]
    pub credit_check: Option<CreditCheck>,
    /// Licenses bought.
    pub quantity: u32,
    /// Licenses in use.
    pub assigned: u32,
    /// Licenses that can be given to someone now.
    pub available: u32,
    /// People whose license is in conflict.
    pub conflicts: u32,
    /// The most licenses that the offer allows.
    pub quantity_max: u32,
    /// How long the buyer committed.
    #[schema(schema_with = schema::term)]
    pub term: Term,
    /// How often it is charged.
    #[schema(schema_with = schema::billing_frequency)]
    pub billing_frequency: BillingFrequency,
    /// What one license costs for one billing period, of a trial once it is paid; null for those who may not see it,
    /// and for what is free, prepaid or paid to a partner.
    pub unit_price: Option<Money>,
    /// Whether it renews by itself.
    pub recurring_billing: bool,
    /// The first day ever.
    #[schema(value_type = String, format = Date)]
    pub started_on: Date,
    /// The first day after its present term; `end_on` says on which day it is really over.
    #[schema(value_type = String, format = Date)]
    pub ends_on: Date,
    /// What `end_on` is.
    #[schema(schema_with = schema::end_kind)]
    pub end_kind: EndKind,
    /// The day on which it renews, expires, expired, or was stopped before.
    #[schema(value_type = String, format = Date)]
    pub end_on: Date,
    /// Whether it renews on `ends_on`, or is paid from then on if it is a trial; otherwise it expires.
    pub renews: bool,
    /// The licenses that are scheduled from the renewal on.
    pub quantity_at_renewal: Option<u32>,
    /// The billing frequency that is scheduled from the renewal on.
    #[schema(schema_with = schema::optional_billing_frequency)]
    pub billing_frequency_at_renewal: Option<BillingFrequency>,
    /// The product that is scheduled to take over at the renewal, by name.
    pub plan_at_renewal: Option<String>,
    /// The background work that moves its people to another product at this moment.
    #[schema(value_type = Option<String>, example = "job_01jd55pv3xft7sm2rw5mz4ym31")]
    pub plan_change_job_id: Option<JobId>,
    /// The subscription that has its people since its plan was changed.
    #[schema(value_type = Option<String>, example = "sub_01jd55pv3xft7sm2rw5mz4ym31")]
    pub changed_to: Option<SubscriptionId>,
    /// The subscription to which it belongs as an add-on, and with which it renews and ends.
    #[schema(value_type = Option<String>, example = "sub_01jd55pv3xft7sm2rw5mz4ym31")]
    pub base_id: Option<SubscriptionId>,
    /// The day on which it was canceled.
    #[schema(value_type = Option<String>, format = Date)]
    pub canceled_on: Option<Date>,
    /// The card or bank account that pays.
    #[schema(value_type = Option<String>)]
    pub payment_method_id: Option<PaymentMethodId>,
    /// The partner or reseller that sold it.
    pub partner_name: Option<String>,
    /// How to reach the partner.
    pub partner_contact: Option<String>,
    /// The order that made it.
    #[schema(value_type = Option<String>)]
    pub order_id: Option<OrderId>,
    /// Whether the product is no longer sold.
    pub is_end_of_sale: bool,
    /// Counts the changes of this subscription; `If-Match` takes it in quotes.
    pub revision: i64,
}

impl Subscription {
    pub(super) fn new(listed: ListedSubscription, with_prices: bool) -> Self {
        let subscription = listed.subscription;
        let (end_kind, end_on) = subscription.end();
        Self {
            id: subscription.id,
            product_id: subscription.product_id,
            product_name: listed.product_name,
            sku_id: subscription.sku_id,
            channel: subscription.channel,
            state: subscription.state,
            holder_id: subscription.holder,
            holder_name: listed.holder_name,
            credit_check: subscription.credit_check,
            quantity: subscription.quantity,
            assigned: subscription.assigned,
            available: subscription.available(),
            conflicts: subscription.conflicts,
            quantity_max: subscription.quantity_max,
            term: subscription.term,
            billing_frequency: subscription.billing_frequency,
            unit_price: subscription.paid_price().filter(|_| with_prices).map(Into::into),
            recurring_billing: subscription.recurring_billing,
            started_on: subscription.started_on,
            ends_on: subscription.ends_on,
            end_kind,
            end_on,
            renews: subscription.renews() || subscription.becomes_paid(),
            quantity_at_renewal: subscription.quantity_at_renewal,
            billing_frequency_at_renewal: subscription.price_at_renewal.map(|agreed| agreed.billing_frequency),
            plan_at_renewal: listed.plan_at_renewal,
            plan_change_job_id: subscription.plan_change,
            changed_to: subscription.changed_to,
            base_id: subscription.base_id,
            canceled_on: subscription.canceled_on,
            payment_method_id: listed.paid_by,
            partner_name: subscription.partner_name,
            partner_contact: subscription.partner_contact,
            order_id: subscription.order_id,
            is_end_of_sale: subscription.is_end_of_sale,
            revision: subscription.revision,
        }
    }
}
