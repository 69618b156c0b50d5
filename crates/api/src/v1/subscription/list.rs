//! Your products: one row per subscription (R1-R7).

use super::super::schema;
use super::Subscription;
use crate::web::{ApiResult, Client, Page, QueryOf, limit};
use app::subscription::list::{ListSubscriptions, SubscriptionSort};
use axum::Json;
use axum::http::Uri;
use domain::ids::SubscriptionId;
use domain::subscription::{Channel, SubscriptionState};
use serde::Deserialize;
use utoipa::{IntoParams, ToSchema};

/// Which subscriptions, in which order.
#[derive(Debug, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct SubscriptionsQuery {
    /// Only in this state.
    #[param(schema_with = schema::subscription_state, required = false)]
    state: Option<SubscriptionState>,
    /// Only bought this way.
    #[param(schema_with = schema::channel, required = false)]
    channel: Option<Channel>,
    /// Only of products whose name contains this.
    #[serde(default)]
    #[param(required = false)]
    search: String,
    /// By what the list is sorted.
    #[serde(default)]
    #[param(inline, required = false)]
    sort: Sort,
    /// The largest, the last or Z first.
    #[serde(default)]
    #[param(required = false)]
    descending: bool,
    /// Rows of a page, 1 to 500; 50 when it is left out.
    limit: Option<usize>,
    /// Where the page before ended, as `next` has it.
    #[param(value_type = Option<String>)]
    after: Option<SubscriptionId>,
}

/// By what a list of subscriptions is sorted.
#[derive(Debug, Clone, Copy, Default, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum Sort {
    /// The name of the product.
    #[default]
    Name,
    /// State.
    State,
    /// Purchase channel.
    Channel,
    /// The day on which it renews or expires.
    EndsOn,
    /// Licenses bought.
    Quantity,
    /// Licenses in use.
    Assigned,
    /// Licenses free.
    Available,
}

impl From<Sort> for SubscriptionSort {
    fn from(sort: Sort) -> Self {
        match sort {
            Sort::Name => Self::Name,
            Sort::State => Self::State,
            Sort::Channel => Self::Channel,
            Sort::EndsOn => Self::End,
            Sort::Quantity => Self::Quantity,
            Sort::Assigned => Self::Assigned,
            Sort::Available => Self::Available,
        }
    }
}

/// Subscriptions of the organization
#[utoipa::path(get, path = "/api/v1/subscriptions", tag = "Subscriptions", operation_id = "listSubscriptions",
    params(SubscriptionsQuery), responses((status = 200, description = "A page", body = Page<Subscription>)))]
pub(crate) async fn list(
    client: Client,
    uri: Uri,
    QueryOf(query): QueryOf<SubscriptionsQuery>,
) -> ApiResult<Json<Page<Subscription>>> {
    let asked = ListSubscriptions {
        state: query.state,
        channel: query.channel,
        search: query.search,
        sort: query.sort.into(),
        descending: query.descending,
        after: query.after,
        limit: limit(query.limit)?,
    };
    let page = client.read(asked).await?;
    let rows = page.rows.into_iter().map(|row| Subscription::new(row, page.with_prices)).collect();
    Ok(Page::new(&uri, rows, page.next))
}
