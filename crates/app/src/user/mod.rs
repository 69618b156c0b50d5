//! Use cases of people.

pub mod add;
pub mod add_many;
pub mod administer;
pub mod change;
pub mod details;
pub mod list;
pub mod own_account;

use crate::door::{Change, Look};
use crate::failure::Failure;
use domain::access::permission::{Granting, ManageRoles};
use domain::access::{Reach, Role};
use domain::event::{Event, Subjects};
use domain::ids::UserId;
use domain::refusal::{Field, Refusal};
use domain::user::administer::{Account, Administrator};
use domain::user::{User, UserFacts};
use store::Read;
use store::tables::user;

/// A person with what decisions about the account need to know.
struct LoadedAccount {
    user: User,
    roles: Vec<Role>,
    has_other_global_admin: bool,
    has_other_operator: bool,
}

impl LoadedAccount {
    fn load(read: &Read<'_>, id: UserId) -> Result<Self, Failure> {
        let user = user::find(read, id)?.ok_or(Refusal::NotFound)?;
        let roles = user::roles(read, id)?;
        let has_other = |role| -> Result<bool, Failure> {
            Ok(!roles.contains(&role) || user::count_others_with_role(read, role, id)? > 0)
        };
        let (has_other_global_admin, has_other_operator) = (has_other(Role::GlobalAdmin)?, has_other(Role::Operator)?);
        Ok(Self { user, roles, has_other_global_admin, has_other_operator })
    }

    fn account(&self) -> Account<'_> {
        let (has_other_global_admin, has_other_operator) = (self.has_other_global_admin, self.has_other_operator);
        Account { user: &self.user, roles: &self.roles, has_other_global_admin, has_other_operator }
    }
}

impl<P: Granting> Change<'_, P> {
    /// The actor as one who administers accounts.
    fn administrator(&self) -> Administrator<'_> {
        let may_manage_roles = self.reach::<ManageRoles>() == Reach::All;
        Administrator { actor: self.granted.actor(), may_manage_roles }
    }

    /// Records what happened to a person.
    fn record_of(&self, id: UserId, event: &Event) -> Result<(), Failure> {
        self.record(Subjects { user: Some(id), ..Subjects::default() }, event)
    }
}

impl<P: Granting> Look<'_, P> {
    /// The actor as one who administers accounts.
    fn administrator(&self) -> Administrator<'_> {
        let may_manage_roles = self.reach::<ManageRoles>() == Reach::All;
        Administrator { actor: self.granted.actor(), may_manage_roles }
    }
}

/// Refuses an address that belongs to somebody else. Of two that come at once the database refuses the second, which
/// then runs again and is refused here.
fn must_be_free(read: &Read<'_>, facts: &UserFacts, of: Option<UserId>) -> Result<(), Failure> {
    match user::find_by_email(read, &facts.email)? {
        Some(other) if Some(other.id) != of => Err(Refusal::EmailTaken.at(Field::Email).into()),
        _ => Ok(()),
    }
}
