//! People of the organization.

pub(crate) mod add;
pub(crate) mod add_many;
pub(crate) mod change;
pub(crate) mod delete;
pub(crate) mod details;
pub(crate) mod list;

use super::schema;
use crate::web::{Access, Routes};
use domain::access::{Permission, Role};
use domain::ids::UserId;
use domain::user::{UserDraft, UserState};
use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

pub(super) fn routes() -> Routes {
    const READ: Access = Access::Needs(Permission::ReadUsers);
    const MANAGE: Access = Access::Needs(Permission::ManageUsers);
    const ONE: &str = "/api/v1/users/{user_id}";
    Routes::default()
        .get("/api/v1/users", READ, list::list)
        .post("/api/v1/users", MANAGE, add::add)
        .post("/api/v1/users/import", MANAGE, add_many::add_many)
        .get(ONE, READ, details::details)
        .put(ONE, MANAGE, change::change)
        .delete(ONE, MANAGE, delete::delete)
}

/// A person of the organization.
#[derive(Debug, Serialize, ToSchema)]
pub struct User {
    /// Identity.
    #[schema(value_type = String, example = "usr_01jd55pv3xft7sm2rw5mz4ym31")]
    pub id: UserId,
    /// The name that people see.
    pub display_name: String,
    /// The sign-in name, in lower case.
    pub email: String,
    /// The department; may be empty.
    pub department: String,
    /// Where the person uses the services, by ISO 3166 code; needed before a license can be assigned.
    pub usage_location: Option<String>,
    /// Whether the person is a guest: guests buy nothing themselves.
    pub is_guest: bool,
    /// Whether the person may sign in.
    #[schema(schema_with = schema::user_state)]
    pub state: UserState,
    /// Roles, by their codes.
    #[schema(value_type = Vec<String>, example = json!(["license_admin"]))]
    pub roles: Vec<Role>,
    /// How many licenses the person holds.
    pub license_count: u32,
    /// When the person was added.
    #[schema(value_type = String, format = DateTime)]
    pub created_at: Timestamp,
    /// Counts the changes of this person.
    pub revision: i64,
}

impl User {
    pub(super) fn new(user: domain::user::User, roles: Vec<Role>) -> Self {
        Self {
            id: user.id,
            display_name: user.display_name,
            email: user.email,
            department: user.department,
            usage_location: user.usage_location,
            is_guest: user.is_guest,
            state: user.state,
            roles,
            license_count: user.license_count,
            created_at: user.created_at,
            revision: user.revision,
        }
    }
}

/// Facts about a person.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct UserFacts {
    /// The name that people see, 1 to 200 characters.
    #[schema(example = "Noor Vermeer")]
    pub display_name: String,
    /// The sign-in name.
    #[schema(example = "noor@waterland.example")]
    pub email: String,
    /// The department.
    #[serde(default)]
    #[schema(required = false)]
    pub department: String,
    /// Where the person uses the services, by ISO 3166 code.
    #[serde(default)]
    #[schema(example = "NL")]
    pub usage_location: Option<String>,
    /// Whether the person is a guest: guests buy nothing themselves.
    #[serde(default)]
    #[schema(required = false)]
    pub is_guest: bool,
}

impl From<UserFacts> for UserDraft {
    fn from(facts: UserFacts) -> Self {
        Self {
            display_name: facts.display_name,
            email: facts.email,
            department: facts.department,
            usage_location: facts.usage_location.unwrap_or_default(),
            guest: if facts.is_guest { "yes".to_owned() } else { String::new() },
        }
    }
}

/// An answer without content.
#[derive(Debug, Serialize)]
pub(crate) struct Done;

impl From<()> for Done {
    fn from((): ()) -> Self {
        Self
    }
}
