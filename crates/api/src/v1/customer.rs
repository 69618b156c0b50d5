//! The customers of a partner: what it sold to them, changing it, and selling more (R66 to R68, R160, R161).

use super::schema::{self, Money, Period};
use super::subscription::Subscription;
use super::subscription::change_plan::{Plan, PlanChangePreview};
use super::subscription::change_quantity::{Quantity, QuantityPreview};
use super::subscription::life::RecurringBilling;
use crate::web::{Access, ApiResult, Client, Id, Ids, Nothing, Page, QueryOf, Routes, Sent, limit};
use app::Failure;
use app::idempotency::RequestKey;
use app::partner::change_plan::{NewPlan, change_plan, plans_of_sold, preview_plan as preview_plan_of};
use app::partner::customers::{CustomerView, ListCustomers, ListedCustomer, customer};
use app::partner::sell::{Sale, new_sale, prepare, sell};
use app::partner::serve::{preview_quantity, serve};
use app::subscription::list::ListedSubscription;
use axum::Json;
use axum::http::{StatusCode, Uri, header};
use axum::response::{IntoResponse, Response};
use domain::access::Permission;
use domain::ids::{OrganizationId, PriceId, SubscriptionId};
use domain::order::buy::Buy;
use domain::partner::RelationshipState;
use domain::partner::serve::Service;
use domain::refusal::Refusal;
use jiff::civil::Date;
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

pub(super) fn routes() -> Routes {
    const CUSTOMERS: Access = Access::Needs(Permission::ManageCustomers);
    Routes::default()
        .get("/api/v1/customers", CUSTOMERS, list)
        .get("/api/v1/customers/{customer_id}", CUSTOMERS, details)
        .post("/api/v1/customers/{customer_id}/subscriptions", CUSTOMERS, sell_to)
        .post("/api/v1/customers/{customer_id}/subscriptions/preview", CUSTOMERS, preview_sale)
        .put("/api/v1/customers/{customer_id}/subscriptions/{subscription_id}/quantity", CUSTOMERS, set_quantity)
        .post(
            "/api/v1/customers/{customer_id}/subscriptions/{subscription_id}/quantity/preview",
            CUSTOMERS,
            preview_total,
        )
        .put(
            "/api/v1/customers/{customer_id}/subscriptions/{subscription_id}/recurring-billing",
            CUSTOMERS,
            set_recurring_billing,
        )
        .get("/api/v1/customers/{customer_id}/subscriptions/{subscription_id}/plans", CUSTOMERS, plans)
        .post("/api/v1/customers/{customer_id}/subscriptions/{subscription_id}/change-plan", CUSTOMERS, set_plan)
        .post(
            "/api/v1/customers/{customer_id}/subscriptions/{subscription_id}/change-plan/preview",
            CUSTOMERS,
            preview_plan,
        )
        .post("/api/v1/customers/{customer_id}/subscriptions/{subscription_id}/suspend", CUSTOMERS, suspend)
        .post("/api/v1/customers/{customer_id}/subscriptions/{subscription_id}/resume", CUSTOMERS, resume)
}

/// Which customers.
#[derive(Debug, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct CustomersQuery {
    /// Only whose name contains this.
    #[serde(default)]
    #[param(required = false)]
    search: String,
    /// Rows of a page, 1 to 500; 50 when it is left out.
    limit: Option<usize>,
    /// Where the page before ended, as `next` has it.
    #[param(value_type = Option<String>)]
    after: Option<OrganizationId>,
}

/// A customer of the organization as a partner.
#[derive(Debug, Serialize, ToSchema)]
pub struct Customer {
    /// Its organization.
    #[schema(value_type = String, example = "org_01jd55pv3xft7sm2rw5mz4ym31")]
    pub id: OrganizationId,
    /// Its name.
    pub name: String,
    /// Its country.
    pub country: String,
    /// Whether it let the organization in, or was only asked.
    #[schema(schema_with = schema::relationship_state)]
    pub state: RelationshipState,
    /// How many subscriptions were sold to it.
    pub subscriptions: i64,
}

impl From<ListedCustomer> for Customer {
    fn from(listed: ListedCustomer) -> Self {
        let ListedCustomer { id, name, country, state, subscriptions, .. } = listed;
        Self { id, name, country, state, subscriptions }
    }
}

/// A customer with what was sold to it, and nothing else of it.
#[derive(Debug, Serialize, ToSchema)]
pub struct CustomerDetails {
    /// Its organization.
    #[schema(value_type = String, example = "org_01jd55pv3xft7sm2rw5mz4ym31")]
    pub id: OrganizationId,
    /// Its name.
    pub name: String,
    /// Its country.
    pub country: String,
    /// What was sold to it, by name; deleted ones are left out.
    pub subscriptions: Vec<SoldSubscription>,
}

/// A subscription that was sold to a customer.
#[derive(Debug, Serialize, ToSchema)]
pub struct SoldSubscription {
    /// The subscription, as the customer has it.
    #[serde(flatten)]
    pub subscription: Subscription,
    /// What one license costs the organization for one billing period; null for what was sold outside Zetel.
    pub sale_price: Option<Money>,
}

impl From<ListedSubscription> for SoldSubscription {
    fn from(listed: ListedSubscription) -> Self {
        let sale_price = listed.subscription.sale.map(|sale| sale.unit_price.into());
        Self { subscription: Subscription::new(listed, true), sale_price }
    }
}

/// What is sold.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct NewSale {
    /// The version of the price, as the product shows it; it says what is sold, for how long and how it is charged.
    #[schema(value_type = String, example = "prc_01jd55pv3xft7sm2rw5mz4ym31")]
    pub price_id: PriceId,
    /// Licenses.
    #[schema(example = 25)]
    pub quantity: u32,
    /// The subscription that was sold before, to which an add-on will belong; where only one fits it may be left out.
    #[serde(default)]
    #[schema(value_type = Option<String>, example = "sub_01jd55pv3xft7sm2rw5mz4ym31")]
    pub base_id: Option<SubscriptionId>,
}

/// Where something that was sold can go.
#[derive(Debug, Serialize, ToSchema)]
pub struct PlansOfSold {
    /// Why it can go nowhere: the code of a refusal; null when it can.
    #[schema(example = "has_add_ons")]
    pub closed: Option<String>,
    /// The products, by name.
    pub plans: Vec<Plan>,
}

/// Another product in the place of one that was sold.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct NewPlanOfSold {
    /// The version of the price: what is sold, for how long and how often it is charged.
    #[schema(value_type = String, example = "prc_01jd55pv3xft7sm2rw5mz4ym31")]
    pub price_id: PriceId,
    /// Licenses of the new subscription: at least as many as people.
    pub quantity: u32,
}

/// What a sale would bring and cost the organization.
#[derive(Debug, Serialize, ToSchema)]
pub struct SalePreview {
    /// What the first billing period costs. Without tax.
    pub amount: Money,
    /// The same with the tax of the organization's own invoice.
    pub amount_with_tax: Money,
    /// The days that it covers.
    pub service_period: Period,
    /// What every billing period after it costs. Without tax.
    pub per_period: Money,
    /// The day on which it renews.
    #[schema(value_type = String, format = Date)]
    pub renews_on: Date,
}

/// The customers of the organization as a partner, by name
#[utoipa::path(get, path = "/api/v1/customers", tag = "Customers", operation_id = "listCustomers",
    params(CustomersQuery), responses((status = 200, description = "A page", body = Page<Customer>)))]
pub(crate) async fn list(
    client: Client,
    uri: Uri,
    QueryOf(query): QueryOf<CustomersQuery>,
) -> ApiResult<Json<Page<Customer>>> {
    let asked = ListCustomers { search: query.search, after: query.after, limit: limit(query.limit)? };
    let page = client.read(asked).await?;
    Ok(Page::new(&uri, page.rows.into_iter().map(Customer::from).collect(), page.next))
}

/// What was sold to a customer
#[utoipa::path(get, path = "/api/v1/customers/{customer_id}", tag = "Customers", operation_id = "getCustomer",
    params(("customer_id" = String, Path)),
    responses((status = 200, description = "The customer", body = CustomerDetails)))]
pub(crate) async fn details(client: Client, Id(id): Id<OrganizationId>) -> ApiResult<Json<CustomerDetails>> {
    let CustomerView { name, country, subscriptions, .. } = find(&client, id).await?;
    let subscriptions = subscriptions.into_iter().map(SoldSubscription::from).collect();
    Ok(Json(CustomerDetails { id, name, country, subscriptions }))
}

async fn find(client: &Client, id: OrganizationId) -> ApiResult<CustomerView> {
    client.act(Permission::ManageCustomers, move |app, caller, _| customer(app, caller, id)).await
}

/// A subscription of a customer as it stands.
async fn sold(client: &Client, customer: OrganizationId, id: SubscriptionId) -> ApiResult<SoldSubscription> {
    Ok(find(client, customer).await?.subscription(id)?.clone().into())
}

/// Sells to a customer
///
/// The customer has the subscription at once; the organization is charged for it on an invoice of its own, which names
/// the customer. The same `Idempotency-Key` never sells twice.
#[utoipa::path(post, path = "/api/v1/customers/{customer_id}/subscriptions", tag = "Customers",
    operation_id = "sellToCustomer", params(("customer_id" = String, Path)), request_body = NewSale,
    responses((status = 201, description = "Sold", body = SoldSubscription)))]
pub(crate) async fn sell_to(
    client: Client,
    Id(to): Id<OrganizationId>,
    Sent { body, key }: Sent<NewSale>,
) -> ApiResult<Response> {
    let NewSale { price_id, quantity, base_id: base } = body;
    let act = move |app: &app::App, caller: &app::Caller, _| {
        let subscription_id = identity(app, caller, key.as_ref());
        sell(app, caller, to, Sale { subscription_id, price_id, quantity, base }).map(|()| subscription_id)
    };
    let id = client.act(Permission::ManageCustomers, act).await?;
    let answer = sold(&client, to, id).await?;
    Ok((StatusCode::CREATED, [(header::LOCATION, format!("/api/v1/customers/{to}"))], Json(answer)).into_response())
}

/// The identifier of what comes to be: the same for the same key.
fn identity(app: &app::App, caller: &app::Caller, key: Option<&RequestKey>) -> SubscriptionId {
    key.map_or_else(|| new_sale(app), |key| SubscriptionId::from_uuid(key.identifier(&caller.actor)))
}

/// What a sale would bring and cost
///
/// Nothing is sold. A sale that would be refused is refused here in the same way.
#[utoipa::path(post, path = "/api/v1/customers/{customer_id}/subscriptions/preview", tag = "Customers",
    operation_id = "previewSale", params(("customer_id" = String, Path)), request_body = NewSale,
    responses((status = 200, description = "What it would do", body = SalePreview)))]
pub(crate) async fn preview_sale(
    client: Client,
    Id(to): Id<OrganizationId>,
    Sent { body, .. }: Sent<NewSale>,
) -> ApiResult<Json<SalePreview>> {
    let NewSale { price_id, quantity, base_id } = body;
    let buy = Buy { price_id, quantity };
    let act = move |app: &app::App, caller: &app::Caller, _| prepare(app, caller, to, buy, base_id);
    let prepared = client.act(Permission::ManageCustomers, act).await?;
    if prepared.current.as_ref().map(|price| price.id) != Some(price_id) {
        prepared.preview?;
        return Err(Refusal::PriceChanged.into());
    }
    let preview = prepared.preview?;
    Ok(Json(SalePreview {
        amount: preview.amount.into(),
        amount_with_tax: prepared.totals.map_or(preview.amount, |totals| totals.gross).into(),
        service_period: preview.service_period.into(),
        per_period: preview.per_period.into(),
        renews_on: preview.renews_on,
    }))
}

/// Sets the number of licenses of what was sold
///
/// The total, not the difference; what it costs is on an invoice of the organization. Never below the number in use.
#[utoipa::path(put, path = "/api/v1/customers/{customer_id}/subscriptions/{subscription_id}/quantity",
    tag = "Customers", operation_id = "setQuantityOfCustomer",
    params(("customer_id" = String, Path), ("subscription_id" = String, Path)), request_body = Quantity,
    responses((status = 200, description = "As it is now", body = SoldSubscription)))]
pub(crate) async fn set_quantity(
    client: Client,
    Ids(customer, id): Ids<OrganizationId, SubscriptionId>,
    Sent { body, .. }: Sent<Quantity>,
) -> ApiResult<Json<SoldSubscription>> {
    carry_out(&client, (customer, id), Service::Quantity(body.total)).await
}

/// What another number of licenses would cost
///
/// Nothing is changed. A change that would be refused is refused here in the same way.
#[utoipa::path(post, path = "/api/v1/customers/{customer_id}/subscriptions/{subscription_id}/quantity/preview",
    tag = "Customers", operation_id = "previewQuantityOfCustomer",
    params(("customer_id" = String, Path), ("subscription_id" = String, Path)), request_body = Quantity,
    responses((status = 200, description = "What it would do", body = QuantityPreview)))]
pub(crate) async fn preview_total(
    client: Client,
    Ids(customer, id): Ids<OrganizationId, SubscriptionId>,
    Sent { body, .. }: Sent<Quantity>,
) -> ApiResult<Json<QuantityPreview>> {
    let act = move |app: &app::App, caller: &app::Caller, _| preview_quantity(app, caller, customer, id, body.total);
    let preview = client.act(Permission::ManageCustomers, act).await??;
    Ok(Json(preview.into()))
}

/// The products to which something that was sold can go
///
/// Those that keep mail and files in the same service or a higher one, or have every app of the present one.
#[utoipa::path(get, path = "/api/v1/customers/{customer_id}/subscriptions/{subscription_id}/plans",
    tag = "Customers", operation_id = "listPlansOfCustomer",
    params(("customer_id" = String, Path), ("subscription_id" = String, Path)),
    responses((status = 200, description = "The products", body = PlansOfSold)))]
pub(crate) async fn plans(
    client: Client,
    Ids(customer, id): Ids<OrganizationId, SubscriptionId>,
) -> ApiResult<Json<PlansOfSold>> {
    let act = move |app: &app::App, caller: &app::Caller, _| plans_of_sold(app, caller, customer, id);
    let found = client.act(Permission::ManageCustomers, act).await?;
    let closed = found.refused.as_ref().map(|refusal| refusal.code().to_owned());
    Ok(Json(PlansOfSold { closed, plans: found.plans.into_iter().map(Plan::from).collect() }))
}

/// What another product would do and cost the organization
///
/// Nothing is changed. A change that would be refused is refused here in the same way.
#[utoipa::path(post, path = "/api/v1/customers/{customer_id}/subscriptions/{subscription_id}/change-plan/preview",
    tag = "Customers", operation_id = "previewPlanChangeOfCustomer",
    params(("customer_id" = String, Path), ("subscription_id" = String, Path)), request_body = NewPlanOfSold,
    responses((status = 200, description = "What it would do", body = PlanChangePreview)))]
pub(crate) async fn preview_plan(
    client: Client,
    Ids(customer, id): Ids<OrganizationId, SubscriptionId>,
    Sent { body, .. }: Sent<NewPlanOfSold>,
) -> ApiResult<Json<PlanChangePreview>> {
    let buy = Buy { price_id: body.price_id, quantity: body.quantity };
    let act = move |app: &app::App, caller: &app::Caller, _| preview_plan_of(app, caller, customer, id, buy);
    Ok(Json(client.act(Permission::ManageCustomers, act).await?.into()))
}

/// Lets another product take the place of one that was sold
///
/// Everybody moves to a new subscription, and the old one is canceled: all or nothing, at once. What that gives back
/// and costs is on an invoice of the organization. The same `Idempotency-Key` never changes a plan twice.
#[utoipa::path(post, path = "/api/v1/customers/{customer_id}/subscriptions/{subscription_id}/change-plan",
    tag = "Customers", operation_id = "changePlanOfCustomer",
    params(("customer_id" = String, Path), ("subscription_id" = String, Path)), request_body = NewPlanOfSold,
    responses((status = 201, description = "The new subscription", body = SoldSubscription)))]
pub(crate) async fn set_plan(
    client: Client,
    Ids(customer, id): Ids<OrganizationId, SubscriptionId>,
    Sent { body, key }: Sent<NewPlanOfSold>,
) -> ApiResult<Response> {
    let NewPlanOfSold { price_id, quantity } = body;
    let act = move |app: &app::App, caller: &app::Caller, _| {
        let subscription_id = identity(app, caller, key.as_ref());
        let plan = NewPlan { subscription_id, price_id, quantity };
        change_plan(app, caller, customer, id, plan).map(|()| subscription_id)
    };
    let begun = client.act(Permission::ManageCustomers, act).await?;
    let answer = sold(&client, customer, begun).await?;
    let address = format!("/api/v1/customers/{customer}");
    Ok((StatusCode::CREATED, [(header::LOCATION, address)], Json(answer)).into_response())
}

/// Lets what was sold renew, or not
#[utoipa::path(put, path = "/api/v1/customers/{customer_id}/subscriptions/{subscription_id}/recurring-billing",
    tag = "Customers", operation_id = "setRecurringBillingOfCustomer",
    params(("customer_id" = String, Path), ("subscription_id" = String, Path)), request_body = RecurringBilling,
    responses((status = 200, description = "As it is now", body = SoldSubscription)))]
pub(crate) async fn set_recurring_billing(
    client: Client,
    Ids(customer, id): Ids<OrganizationId, SubscriptionId>,
    Sent { body, .. }: Sent<RecurringBilling>,
) -> ApiResult<Json<SoldSubscription>> {
    carry_out(&client, (customer, id), Service::RecurringBilling(body.on)).await
}

/// Takes access away from the customer's people
///
/// The term goes on, and is paid, until access is given back or the term ends.
#[utoipa::path(post, path = "/api/v1/customers/{customer_id}/subscriptions/{subscription_id}/suspend",
    tag = "Customers", operation_id = "suspendSubscriptionOfCustomer",
    params(("customer_id" = String, Path), ("subscription_id" = String, Path)),
    responses((status = 200, description = "As it is now", body = SoldSubscription)))]
pub(crate) async fn suspend(
    client: Client,
    Ids(customer, id): Ids<OrganizationId, SubscriptionId>,
    _: Sent<Nothing>,
) -> ApiResult<Json<SoldSubscription>> {
    carry_out(&client, (customer, id), Service::Suspend).await
}

/// Gives access back to the customer's people
#[utoipa::path(post, path = "/api/v1/customers/{customer_id}/subscriptions/{subscription_id}/resume",
    tag = "Customers", operation_id = "resumeSubscriptionOfCustomer",
    params(("customer_id" = String, Path), ("subscription_id" = String, Path)),
    responses((status = 200, description = "As it is now", body = SoldSubscription)))]
pub(crate) async fn resume(
    client: Client,
    Ids(customer, id): Ids<OrganizationId, SubscriptionId>,
    _: Sent<Nothing>,
) -> ApiResult<Json<SoldSubscription>> {
    carry_out(&client, (customer, id), Service::Resume).await
}

/// Does it; a total and a renewal that are so already stay so, so that their request may be sent again.
async fn carry_out(
    client: &Client,
    (customer, id): (OrganizationId, SubscriptionId),
    service: Service,
) -> ApiResult<Json<SoldSubscription>> {
    let act = move |app: &app::App, caller: &app::Caller, _| match serve(app, caller, customer, id, service) {
        Err(Failure::Refused(Refusal::SameQuantity | Refusal::NothingToChange)) => Ok(()),
        outcome => outcome,
    };
    client.act(Permission::ManageCustomers, act).await?;
    Ok(Json(sold(client, customer, id).await?))
}
