//! The policy AllowSelfServicePurchase as scripts of the field read and set it: the requests of the PowerShell module
//! MSCommerce and of those who write the same requests themselves (domain 5.3, wire 3.1; R116-R119). Their paths begin
//! with `/v1.0` or `/v1`; the old identifiers of products count as well as the present ones. Beside it what scripts of
//! the admin portal ask about self-service (wire 3.3; R176, R177): decision 22 says what of it, and why.

use crate::v1::license_request::LicenseRequest;
use crate::web::{Access, ApiResult, Client, Id, Nothing, QueryOf, Routes, Sent};
use app::license::auto_claim::{AutoClaimPolicies, TurnAutoClaim};
use app::license_request::list::ListRequests;
use app::self_service::policy::{
    PolicyList, ProductPolicy, SelfServicePolicies, SetSelfServicePolicy, TurnSelfService,
};
use axum::Json;
use axum::extract::Path;
use domain::access::Permission;
use domain::limits::PAGE_ROWS_MAX;
use domain::refusal::{Field, Refusal};
use domain::self_service::policy::{OfferType, PolicyScope, SelfServicePolicy};
use serde::{Deserialize, Serialize};
use uuid::Uuid;

/// The only policy there is.
const POLICY: &str = "AllowSelfServicePurchase";

const READ: Access = Access::Needs(Permission::ReadSelfServicePolicy);
const MANAGE: Access = Access::Needs(Permission::ManageSelfServicePolicy);

/// Where scripts of the admin portal ask for auto-claim.
const AUTO_CLAIM: &str = "/fd/m365licensing/v1/policies/autoclaim";

/// Where they ask for requests for licenses.
const REQUESTS: &str = "/fd/m365licensing/v1/tenants/{tenant}/self-service-requests";

pub(crate) fn routes() -> Routes {
    of_version([
        "/v1.0/policies",
        "/v1.0/policies/{policy}",
        "/v1.0/policies/{policy}/products",
        "/v1.0/policies/{policy}/products/{product}",
        "/v1.0/policies/{policy}/offerTypes/{offer_type}",
    ])
    .merge(of_version([
        "/v1/policies",
        "/v1/policies/{policy}",
        "/v1/policies/{policy}/products",
        "/v1/policies/{policy}/products/{product}",
        "/v1/policies/{policy}/offerTypes/{offer_type}",
    ]))
    .get(AUTO_CLAIM, Access::Needs(Permission::ManageAutoClaim), find_auto_claim)
    .post(AUTO_CLAIM, Access::Needs(Permission::ManageAutoClaim), set_auto_claim)
    .get("/admin/api/selfServicePurchasePolicy/products", READ, list_products)
    .get("/admin/api/storesettings/iwpurchaseallowed", READ, find_whether_on)
    .put("/admin/api/storesettings/iwpurchase/true", MANAGE, turn::<true>)
    .put("/admin/api/storesettings/iwpurchase/false", MANAGE, turn::<false>)
    .get(REQUESTS, Access::Needs(Permission::ReadLicenses), list_requests)
}

fn of_version([policies, policy, products, product, offers]: [&'static str; 5]) -> Routes {
    Routes::default()
        .get(policies, READ, list_policies)
        .get(policy, READ, find_policy)
        .get(products, READ, list_items)
        .get(product, READ, find_product)
        .put(product, MANAGE, set_product)
        .get(offers, READ, find_offers)
        .put(offers, MANAGE, set_offers)
}

/// The values as scripts write them.
#[derive(Debug, Clone, Copy, Serialize, Deserialize)]
enum PolicyValue {
    Enabled,
    OnlyTrialsWithoutPaymentMethod,
    Disabled,
}

impl From<SelfServicePolicy> for PolicyValue {
    fn from(value: SelfServicePolicy) -> Self {
        match value {
            SelfServicePolicy::Enabled => Self::Enabled,
            SelfServicePolicy::OnlyTrialsWithoutPaymentMethod => Self::OnlyTrialsWithoutPaymentMethod,
            SelfServicePolicy::Disabled => Self::Disabled,
        }
    }
}

impl From<PolicyValue> for SelfServicePolicy {
    fn from(value: PolicyValue) -> Self {
        match value {
            PolicyValue::Enabled => Self::Enabled,
            PolicyValue::OnlyTrialsWithoutPaymentMethod => Self::OnlyTrialsWithoutPaymentMethod,
            PolicyValue::Disabled => Self::Disabled,
        }
    }
}

/// Lists are objects with one member.
#[derive(Debug, Serialize)]
struct Items<T> {
    items: Vec<T>,
}

#[derive(Debug, Serialize)]
#[serde(rename_all = "camelCase")]
struct PolicyItem {
    id: &'static str,
    description: &'static str,
    default_value: PolicyValue,
}

impl PolicyItem {
    fn new(list: &PolicyList) -> Self {
        let description = "Whether people in the organization may buy for themselves";
        Self { id: POLICY, description, default_value: list.new_products.into() }
    }
}

#[derive(Debug, Serialize)]
#[serde(rename_all = "camelCase")]
struct ProductItem {
    policy_id: &'static str,
    product_id: String,
    product_name: String,
    policy_value: PolicyValue,
    scope: &'static str,
}

impl ProductItem {
    fn new(product: &ProductPolicy) -> Self {
        Self {
            policy_id: POLICY,
            product_id: product.script_id(),
            product_name: product.name.clone(),
            policy_value: product.value.into(),
            scope: "product",
        }
    }
}

#[derive(Debug, Serialize)]
#[serde(rename_all = "camelCase")]
struct OfferItem {
    policy_id: &'static str,
    scope: &'static str,
    scope_id: &'static str,
    scope_value: &'static str,
    policy_value: PolicyValue,
}

impl OfferItem {
    fn new(list: &PolicyList, offer_type: OfferType) -> Self {
        Self {
            policy_id: POLICY,
            scope: "OfferType",
            scope_id: offer_type.code(),
            scope_value: offer_type.code(),
            policy_value: list.of_offers(offer_type).into(),
        }
    }
}

/// The body of a decision; whatever else a script sends along is not looked at.
#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
struct Decision {
    policy_value: PolicyValue,
}

/// What the items are about.
#[derive(Debug, Default, Deserialize)]
struct ItemsQuery {
    #[serde(default)]
    scope: String,
}

async fn policies(client: &Client) -> ApiResult<PolicyList> {
    client.read(SelfServicePolicies::default()).await
}

/// The policies, when this is the name of the one there is.
async fn policies_of(client: &Client, policy: &str) -> ApiResult<PolicyList> {
    match policy.eq_ignore_ascii_case(POLICY) {
        true => policies(client).await,
        false => Err(Refusal::NotFound.into()),
    }
}

fn offer_type(name: &str) -> Result<OfferType, Refusal> {
    let known = OfferType::ALL.iter().find(|known| known.code().eq_ignore_ascii_case(name));
    known.copied().ok_or(Refusal::NotFound)
}

async fn list_policies(client: Client) -> ApiResult<Json<Items<PolicyItem>>> {
    Ok(Json(Items { items: vec![PolicyItem::new(&policies(&client).await?)] }))
}

async fn find_policy(client: Client, Path(policy): Path<String>) -> ApiResult<Json<PolicyItem>> {
    Ok(Json(PolicyItem::new(&policies_of(&client, &policy).await?)))
}

#[derive(Debug, Serialize)]
#[serde(untagged)]
enum Item {
    Product(ProductItem),
    Offer(OfferItem),
}

async fn list_items(
    client: Client,
    Path(policy): Path<String>,
    QueryOf(query): QueryOf<ItemsQuery>,
) -> ApiResult<Json<Items<Item>>> {
    let list = policies_of(&client, &policy).await?;
    let items = match query.scope.to_ascii_lowercase().as_str() {
        "" | "product" => product_items(&list).map(Item::Product).collect(),
        "offertype" => OfferType::ALL.iter().map(|offers| Item::Offer(OfferItem::new(&list, *offers))).collect(),
        _ => return Err(Refusal::UnknownChoice.at(Field::Policy).into()),
    };
    Ok(Json(Items { items }))
}

fn product_items(list: &PolicyList) -> impl Iterator<Item = ProductItem> {
    list.products.iter().map(ProductItem::new)
}

async fn list_products(client: Client) -> ApiResult<Json<Items<ProductItem>>> {
    Ok(Json(Items { items: product_items(&policies(&client).await?).collect() }))
}

async fn find_product(client: Client, Path((policy, product)): Path<(String, String)>) -> ApiResult<Json<ProductItem>> {
    let list = policies_of(&client, &policy).await?;
    Ok(Json(ProductItem::new(list.find(&product).ok_or(Refusal::NotFound)?)))
}

async fn set_product(
    client: Client,
    Path((policy, product)): Path<(String, String)>,
    Sent { body, key }: Sent<Decision>,
) -> ApiResult<Json<ProductItem>> {
    client.needs(Permission::ManageSelfServicePolicy)?;
    let found = policies_of(&client, &policy).await?.find(&product).ok_or(Refusal::NotFound)?.clone();
    let value = body.policy_value.into();
    client.once(key, SetSelfServicePolicy { scope: PolicyScope::Product(found.product_id), value }).await?;
    Ok(Json(ProductItem::new(&ProductPolicy { value, ..found })))
}

async fn find_offers(client: Client, Path((policy, offers)): Path<(String, String)>) -> ApiResult<Json<OfferItem>> {
    Ok(Json(OfferItem::new(&policies_of(&client, &policy).await?, offer_type(&offers)?)))
}

async fn set_offers(
    client: Client,
    Path((policy, offers)): Path<(String, String)>,
    Sent { body, key }: Sent<Decision>,
) -> ApiResult<Json<OfferItem>> {
    client.needs(Permission::ManageSelfServicePolicy)?;
    let offers = offer_type(&offers)?;
    let value = body.policy_value.into();
    client.once(key, SetSelfServicePolicy { scope: PolicyScope::Offers(offers), value }).await?;
    Ok(Json(OfferItem::new(&policies_of(&client, &policy).await?, offers)))
}

/// Whether people claim licenses, as scripts write it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
enum AutoClaimValue {
    Enabled,
    Disabled,
}

impl AutoClaimValue {
    const fn of(is_on: bool) -> Self {
        if is_on { Self::Enabled } else { Self::Disabled }
    }
}

#[derive(Debug, Serialize)]
#[serde(rename_all = "camelCase")]
struct AutoClaimItem {
    policy_id: &'static str,
    tenant_policy_value: AutoClaimValue,
    tenant_id: Uuid,
}

impl AutoClaimItem {
    fn new(client: &Client, tenant_policy_value: AutoClaimValue) -> Json<Self> {
        Json(Self { policy_id: "Autoclaim", tenant_policy_value, tenant_id: client.organization.uuid() })
    }
}

/// The body of a decision on auto-claim; whatever else a script sends along is not looked at.
#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
struct AutoClaimDecision {
    policy_value: AutoClaimValue,
}

async fn find_auto_claim(client: Client) -> ApiResult<Json<AutoClaimItem>> {
    let is_on = client.read(AutoClaimPolicies).await?.is_on;
    Ok(AutoClaimItem::new(&client, AutoClaimValue::of(is_on)))
}

async fn set_auto_claim(
    client: Client,
    Sent { body: AutoClaimDecision { policy_value }, key }: Sent<AutoClaimDecision>,
) -> ApiResult<Json<AutoClaimItem>> {
    client.once(key, TurnAutoClaim { is_on: policy_value == AutoClaimValue::Enabled }).await?;
    Ok(AutoClaimItem::new(&client, policy_value))
}

async fn find_whether_on(client: Client) -> ApiResult<Json<bool>> {
    Ok(Json(policies(&client).await?.is_on()))
}

async fn turn<const IS_ON: bool>(
    client: Client,
    Sent { body: Nothing {}, key }: Sent<Nothing>,
) -> ApiResult<Json<bool>> {
    client.once(key, TurnSelfService { is_on: IS_ON }).await?;
    Ok(Json(IS_ON))
}

/// Every request that waits, then those of the past twelve months.
async fn list_requests(client: Client, Id(tenant): Id<Uuid>) -> ApiResult<Json<Items<LicenseRequest>>> {
    if tenant != client.organization.uuid() {
        return Err(Refusal::NotFound.into());
    }
    let mut items = Vec::new();
    for pending in [true, false] {
        let mut next = None;
        loop {
            let page = client.read(ListRequests { pending, after: next, limit: PAGE_ROWS_MAX }).await?;
            items.extend(page.rows.into_iter().map(LicenseRequest::from));
            next = page.next;
            if next.is_none() {
                break;
            }
        }
    }
    Ok(Json(Items { items }))
}
