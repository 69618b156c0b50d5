//! The journal: who did what, when, to what (R183).

use crate::web::{Access, ApiResult, Client, Id, Page, QueryOf, Routes, limit};
use app::history::{Audit, History, HistoryOf, JournalEntry, JournalPage};
use axum::Json;
use axum::http::Uri;
use domain::access::Permission;
use domain::ids::{JournalEntryId, OrderId, ProductId, SubscriptionId, UserId};
use jiff::Timestamp;
use jiff::civil::Date;
use serde::{Deserialize, Serialize};
use serde_json::Value;
use utoipa::{IntoParams, ToSchema};

pub(super) fn routes() -> Routes {
    const READ: Access = Access::Needs(Permission::ReadHistory);
    Routes::default()
        .get("/api/v1/history", READ, everything)
        .get("/api/v1/subscriptions/{subscription_id}/history", READ, of_subscription)
        .get("/api/v1/users/{user_id}/history", READ, of_user)
}

/// Something that happened.
#[derive(Debug, Serialize, ToSchema)]
pub struct Entry {
    /// Identity.
    #[schema(value_type = String, example = "jrn_01jd55pv3xft7sm2rw5mz4ym31")]
    pub id: JournalEntryId,
    /// When, on the organization's clock.
    #[schema(value_type = String, format = DateTime)]
    pub at: Timestamp,
    /// Who did it, by the name of then.
    pub actor_name: String,
    /// The command that caused it.
    #[schema(example = "change_quantity")]
    pub command: String,
    /// The request or job that carried the command.
    pub request_id: String,
    /// What kind of thing happened.
    #[schema(example = "quantity_changed")]
    pub kind: String,
    /// What happened, with before and after; its form depends on the kind. Amounts are left out for a key that may not
    /// read prices.
    #[schema(value_type = Object)]
    pub event: Value,
    /// The person that it is about.
    #[schema(value_type = Option<String>)]
    pub user_id: Option<UserId>,
    /// The name of that person.
    pub user_name: Option<String>,
    /// The product that it is about.
    #[schema(value_type = Option<String>)]
    pub product_id: Option<ProductId>,
    /// The name of that product.
    pub product_name: Option<String>,
    /// The subscription that it is about.
    #[schema(value_type = Option<String>)]
    pub subscription_id: Option<SubscriptionId>,
    /// The order that it is about.
    #[schema(value_type = Option<String>)]
    pub order_id: Option<OrderId>,
}

impl From<JournalEntry> for Entry {
    fn from(entry: JournalEntry) -> Self {
        Self {
            id: entry.id,
            at: entry.at,
            actor_name: entry.actor_name,
            command: entry.command,
            request_id: entry.request,
            kind: entry.kind,
            event: serde_json::from_str(&entry.data).unwrap_or_default(),
            user_id: entry.subjects.user,
            user_name: entry.user_name,
            product_id: entry.subjects.product,
            product_name: entry.product_name,
            subscription_id: entry.subjects.subscription,
            order_id: entry.subjects.order,
        }
    }
}

fn page(uri: &Uri, page: JournalPage) -> Json<Page<Entry>> {
    Page::new(uri, page.rows.into_iter().map(Entry::from).collect(), page.next)
}

/// Which part of the history.
#[derive(Debug, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct HistoryQuery {
    /// Only this kind of event.
    kind: Option<String>,
    /// Only by the one with this name.
    actor_name: Option<String>,
    /// From this day on, in the organization's zone.
    #[param(value_type = Option<String>, format = Date)]
    from: Option<Date>,
    /// Up to this day, itself included.
    #[param(value_type = Option<String>, format = Date)]
    until: Option<Date>,
    /// Rows of a page, 1 to 500; 50 when it is left out.
    limit: Option<usize>,
    /// Where the page before ended, as `next` has it.
    #[param(value_type = Option<String>)]
    after: Option<JournalEntryId>,
}

/// A page of the history of one thing.
#[derive(Debug, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct PageQuery {
    /// Rows of a page, 1 to 500; 50 when it is left out.
    limit: Option<usize>,
    /// Where the page before ended, as `next` has it.
    #[param(value_type = Option<String>)]
    after: Option<JournalEntryId>,
}

/// Everything that happened, the newest first
#[utoipa::path(get, path = "/api/v1/history", tag = "History", operation_id = "listHistory", params(HistoryQuery),
    responses((status = 200, description = "A page", body = Page<Entry>)))]
pub(crate) async fn everything(
    client: Client,
    uri: Uri,
    QueryOf(query): QueryOf<HistoryQuery>,
) -> ApiResult<Json<Page<Entry>>> {
    let asked = Audit {
        kind: query.kind,
        actor_name: query.actor_name,
        from: query.from,
        until: query.until,
        before: query.after,
        limit: limit(query.limit)?,
    };
    Ok(page(&uri, client.read(asked).await?.page))
}

/// What happened to a subscription, the newest first
#[utoipa::path(get, path = "/api/v1/subscriptions/{subscription_id}/history", tag = "History",
    operation_id = "listHistoryOfSubscription", params(("subscription_id" = String, Path), PageQuery),
    responses((status = 200, description = "A page", body = Page<Entry>)))]
pub(crate) async fn of_subscription(
    client: Client,
    uri: Uri,
    Id(id): Id<SubscriptionId>,
    QueryOf(query): QueryOf<PageQuery>,
) -> ApiResult<Json<Page<Entry>>> {
    of(&client, &uri, HistoryOf::Subscription(id), query).await
}

/// What happened to a person, the newest first
#[utoipa::path(get, path = "/api/v1/users/{user_id}/history", tag = "History", operation_id = "listHistoryOfUser",
    params(("user_id" = String, Path), PageQuery),
    responses((status = 200, description = "A page", body = Page<Entry>)))]
pub(crate) async fn of_user(
    client: Client,
    uri: Uri,
    Id(id): Id<UserId>,
    QueryOf(query): QueryOf<PageQuery>,
) -> ApiResult<Json<Page<Entry>>> {
    of(&client, &uri, HistoryOf::User(id), query).await
}

async fn of(client: &Client, uri: &Uri, of: HistoryOf, query: PageQuery) -> ApiResult<Json<Page<Entry>>> {
    let asked = History { of, before: query.after, limit: limit(query.limit)? };
    Ok(page(uri, client.read(asked).await?.page))
}
