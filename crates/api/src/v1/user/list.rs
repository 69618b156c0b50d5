//! The list of people, and search as one types.

use super::super::schema;
use super::User;
use crate::web::{ApiResult, Client, Page, QueryOf, limit};
use app::user::list::{Licensed, ListUsers, UserFilter};
use axum::Json;
use axum::http::Uri;
use domain::ids::{GroupId, UserId};
use domain::user::UserState;
use serde::Deserialize;
use utoipa::IntoParams;

/// Which people.
#[derive(Debug, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct UsersQuery {
    /// Words of which each must begin a word of the name or the address.
    #[serde(default)]
    #[param(required = false)]
    search: String,
    /// Only with (`true`) or without (`false`) licenses.
    licensed: Option<bool>,
    /// Only of this department.
    #[serde(default)]
    #[param(required = false)]
    department: String,
    /// Only in this state; deleted people are never listed.
    #[param(schema_with = schema::user_state, required = false)]
    state: Option<UserState>,
    /// Only members of this group.
    #[param(value_type = Option<String>)]
    group_id: Option<GroupId>,
    /// Rows of a page, 1 to 500; 50 when it is left out.
    limit: Option<usize>,
    /// Where the page before ended, as `next` has it.
    #[param(value_type = Option<String>)]
    after: Option<UserId>,
}

/// People of the organization, by name
#[utoipa::path(get, path = "/api/v1/users", tag = "Users", operation_id = "listUsers", params(UsersQuery),
    responses((status = 200, description = "A page", body = Page<User>)))]
pub(crate) async fn list(client: Client, uri: Uri, QueryOf(query): QueryOf<UsersQuery>) -> ApiResult<Json<Page<User>>> {
    let filter = UserFilter {
        licensed: query.licensed.map(|licensed| if licensed { Licensed::Yes } else { Licensed::No }),
        department: query.department,
        state: query.state,
        group: query.group_id,
        ..UserFilter::default()
    };
    let asked = ListUsers { search: query.search, filter, after: query.after, limit: limit(query.limit)? };
    let page = client.read(asked).await?;
    Ok(Page::new(&uri, page.rows.into_iter().map(|row| User::new(row.user, row.roles)).collect(), page.next))
}
