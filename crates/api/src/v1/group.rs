//! Groups of people, and who is in them (domain 2.7).

use super::user::{Done, User};
use crate::web::{
    Access, ApiResult, Client, Id, Ids, IfMatch, Nothing, Page, QueryOf, Revised, Routes, Sent, Written, limit,
};
use app::group::list::{GroupDetails, ListGroups};
use app::group::members::{self, AddMembers, RemoveMembers};
use app::group::save::{AddGroup, DeleteGroup, RenameGroup};
use app::user::list::{ListUsers, UserFilter};
use axum::Json;
use axum::http::{StatusCode, Uri};
use domain::access::Permission;
use domain::ids::{GroupId, UserId};
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

pub(super) fn routes() -> Routes {
    const READ: Access = Access::Needs(Permission::ReadUsers);
    const MANAGE: Access = Access::Needs(Permission::ManageUsers);
    const ONE: &str = "/api/v1/groups/{group_id}";
    const MEMBERS: &str = "/api/v1/groups/{group_id}/members";
    Routes::default()
        .get("/api/v1/groups", READ, list)
        .post("/api/v1/groups", MANAGE, add)
        .get(ONE, READ, details)
        .put(ONE, MANAGE, rename)
        .delete(ONE, MANAGE, delete)
        .get(MEMBERS, READ, list_members)
        .post(MEMBERS, MANAGE, add_members)
        .delete("/api/v1/groups/{group_id}/members/{user_id}", MANAGE, remove_member)
}

/// A group of people.
#[derive(Debug, Serialize, ToSchema)]
pub struct Group {
    /// Identity.
    #[schema(value_type = String, example = "grp_01jd55pv3xft7sm2rw5mz4ym31")]
    pub id: GroupId,
    /// Its name; each is there once, however its letters are written.
    pub name: String,
    /// How many people it has.
    pub member_count: u32,
    /// Counts the changes of its name.
    pub revision: i64,
}

impl From<domain::group::Group> for Group {
    fn from(group: domain::group::Group) -> Self {
        let domain::group::Group { id, name, member_count, revision } = group;
        Self { id, name, member_count, revision }
    }
}

/// What a group is called.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct GroupFacts {
    /// The name, 1 to 200 characters.
    #[schema(example = "Finance leads")]
    pub name: String,
}

/// A group that was made.
#[derive(Debug, Serialize, ToSchema)]
pub struct AddedGroup {
    /// Identity.
    #[schema(value_type = String, example = "grp_01jd55pv3xft7sm2rw5mz4ym31")]
    pub id: GroupId,
}

impl From<GroupId> for AddedGroup {
    fn from(id: GroupId) -> Self {
        Self { id }
    }
}

/// Which groups.
#[derive(Debug, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct GroupsQuery {
    /// What the name contains.
    #[serde(default)]
    #[param(required = false)]
    search: String,
    /// Rows of a page, 1 to 500; 50 when it is left out.
    limit: Option<usize>,
    /// Where the page before ended, as `next` has it.
    #[param(value_type = Option<String>)]
    after: Option<GroupId>,
}

/// Groups of the organization, by name
#[utoipa::path(get, path = "/api/v1/groups", tag = "Groups", operation_id = "listGroups", params(GroupsQuery),
    responses((status = 200, description = "A page", body = Page<Group>)))]
pub(crate) async fn list(
    client: Client,
    uri: Uri,
    QueryOf(query): QueryOf<GroupsQuery>,
) -> ApiResult<Json<Page<Group>>> {
    let asked = ListGroups { search: query.search, after: query.after, limit: limit(query.limit)? };
    let page = client.read(asked).await?;
    Ok(Page::new(&uri, page.rows.into_iter().map(Group::from).collect(), page.next))
}

/// One group
#[utoipa::path(get, path = "/api/v1/groups/{group_id}", tag = "Groups", operation_id = "getGroup",
    params(("group_id" = String, Path)), responses((status = 200, description = "The group", body = Group)))]
pub(crate) async fn details(client: Client, Id(id): Id<GroupId>) -> ApiResult<Revised<Group>> {
    let group = client.read(GroupDetails(id)).await?.group;
    Ok(Revised(group.revision, group.into()))
}

/// Makes a group, with nobody in it
#[utoipa::path(post, path = "/api/v1/groups", tag = "Groups", operation_id = "addGroup", request_body = GroupFacts,
    responses((status = 201, description = "Made", body = AddedGroup)))]
pub(crate) async fn add(client: Client, Sent { body, key }: Sent<GroupFacts>) -> ApiResult<Written<AddedGroup>> {
    client.write(StatusCode::CREATED, key, AddGroup { name: body.name }).await
}

/// Gives a group another name
#[utoipa::path(put, path = "/api/v1/groups/{group_id}", tag = "Groups", operation_id = "renameGroup",
    params(("group_id" = String, Path),
    ("If-Match" = Option<String>, Header, description = "The revision in quotes; refused when it has changed.")),
    request_body = GroupFacts, responses((status = 204, description = "Renamed")))]
pub(crate) async fn rename(
    client: Client,
    Id(group_id): Id<GroupId>,
    IfMatch(expected_revision): IfMatch,
    Sent { body, key }: Sent<GroupFacts>,
) -> ApiResult<Written<Done>> {
    let command = RenameGroup { group_id, name: body.name, expected_revision };
    client.write(StatusCode::NO_CONTENT, key, command).await
}

/// Deletes a group
///
/// Its people stay, and keep what they have. Refused while only they may buy for the team.
#[utoipa::path(delete, path = "/api/v1/groups/{group_id}", tag = "Groups", operation_id = "deleteGroup",
    params(("group_id" = String, Path),
    ("If-Match" = Option<String>, Header, description = "The revision in quotes; refused when it has changed.")),
    responses((status = 204, description = "Deleted")))]
pub(crate) async fn delete(
    client: Client,
    Id(group_id): Id<GroupId>,
    IfMatch(expected_revision): IfMatch,
    Sent { key, .. }: Sent<Nothing>,
) -> ApiResult<Written<Done>> {
    client.write(StatusCode::NO_CONTENT, key, DeleteGroup { group_id, expected_revision }).await
}

/// Which people of a group.
#[derive(Debug, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct MembersQuery {
    /// Words of which each must begin a word of the name or the address.
    #[serde(default)]
    #[param(required = false)]
    search: String,
    /// Rows of a page, 1 to 500; 50 when it is left out.
    limit: Option<usize>,
    /// Where the page before ended, as `next` has it.
    #[param(value_type = Option<String>)]
    after: Option<UserId>,
}

/// The people of a group, by name
#[utoipa::path(get, path = "/api/v1/groups/{group_id}/members", tag = "Groups", operation_id = "listGroupMembers",
    params(("group_id" = String, Path), MembersQuery),
    responses((status = 200, description = "A page", body = Page<User>)))]
pub(crate) async fn list_members(
    client: Client,
    uri: Uri,
    Id(id): Id<GroupId>,
    QueryOf(query): QueryOf<MembersQuery>,
) -> ApiResult<Json<Page<User>>> {
    let limit = limit(query.limit)?;
    client.read(GroupDetails(id)).await?;
    let filter = UserFilter { group: Some(id), ..UserFilter::default() };
    let page = client.read(ListUsers { search: query.search, filter, after: query.after, limit }).await?;
    Ok(Page::new(&uri, page.rows.into_iter().map(|row| User::new(row.user, row.roles)).collect(), page.next))
}

/// People to put into a group.
#[derive(Debug, Default, Deserialize, ToSchema)]
#[serde(default, deny_unknown_fields)]
pub struct NewMembers {
    /// Who. With the addresses 1 to 1000.
    #[schema(value_type = Vec<String>)]
    pub users: Vec<UserId>,
    /// Others, by their sign-in names.
    #[schema(example = json!(["noor@waterland.example"]))]
    pub emails: Vec<String>,
}

/// What came of putting people into a group.
#[derive(Debug, Serialize, ToSchema)]
pub struct MembersAdded {
    /// How many people are new in the group.
    pub added: u32,
    /// How many were in it before.
    pub already: u32,
    /// The addresses that belong to nobody of the organization.
    pub unknown: Vec<String>,
}

impl From<members::MembersAdded> for MembersAdded {
    fn from(outcome: members::MembersAdded) -> Self {
        let members::MembersAdded { added, already, unknown } = outcome;
        Self { added, already, unknown }
    }
}

/// Puts people into a group
///
/// Who is in it stays. Addresses that belong to nobody are left aside, and named in the answer.
#[utoipa::path(post, path = "/api/v1/groups/{group_id}/members", tag = "Groups", operation_id = "addGroupMembers",
    params(("group_id" = String, Path)), request_body = NewMembers,
    responses((status = 200, description = "What came of it", body = MembersAdded)))]
pub(crate) async fn add_members(
    client: Client,
    Id(group_id): Id<GroupId>,
    Sent { body, key }: Sent<NewMembers>,
) -> ApiResult<Written<MembersAdded>> {
    let NewMembers { users, emails } = body;
    client.write(StatusCode::OK, key, AddMembers { group_id, users, emails }).await
}

/// How many people were taken out of a group.
#[derive(Debug, Serialize, ToSchema)]
pub struct MembersRemoved {
    /// One, or none when the person was not in it.
    pub removed: u32,
}

impl From<u32> for MembersRemoved {
    fn from(removed: u32) -> Self {
        Self { removed }
    }
}

/// Takes a person out of a group
#[utoipa::path(delete, path = "/api/v1/groups/{group_id}/members/{user_id}", tag = "Groups",
    operation_id = "removeGroupMember", params(("group_id" = String, Path), ("user_id" = String, Path)),
    responses((status = 200, description = "Taken out", body = MembersRemoved)))]
pub(crate) async fn remove_member(
    client: Client,
    Ids(group_id, user_id): Ids<GroupId, UserId>,
    Sent { key, .. }: Sent<Nothing>,
) -> ApiResult<Written<MembersRemoved>> {
    client.write(StatusCode::OK, key, RemoveMembers { group_id, users: vec![user_id] }).await
}
