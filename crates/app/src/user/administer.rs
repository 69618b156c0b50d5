//! What administrators do to accounts: roles, password, blocking, deleting.

use super::LoadedAccount;
use crate::billing_role;
use crate::door::{Change, Command};
use crate::failure::Failure;
use crate::license::settle::solve_conflicts;
use crate::session::hash_password;
use domain::access::Role;
use domain::access::permission::{ManageRoles, ManageUsers};
use domain::event::{Event, Subjects};
use domain::ids::UserId;
use domain::user::UserState;
use domain::user::administer;
use store::tables::{assignment, session, user};

/// Replaces the roles of a person; they work at once, also in sessions that are open.
#[derive(Debug, Clone)]
pub struct SetRoles {
    /// Who.
    pub user_id: UserId,
    /// All roles that the person has afterwards.
    pub roles: Vec<Role>,
}

impl Command for SetRoles {
    type Permission = ManageRoles;
    type Outcome = ();
    const NAME: &'static str = "set_roles";

    fn execute(&self, change: &Change<'_, ManageRoles>) -> Result<(), Failure> {
        let loaded = LoadedAccount::load(change.write, self.user_id)?;
        let kind = change.organization().kind;
        let event = administer::set_roles(loaded.account(), &self.roles, change.granted.actor(), kind)?;
        if let Event::RolesChanged { roles } = &event {
            user::set_roles(change.write, self.user_id, &roles.to)?;
        }
        change.record_of(self.user_id, &event)
    }
}

/// Gives a person a password, and signs them out everywhere.
#[derive(Debug, Clone)]
pub struct SetPassword {
    user_id: UserId,
    hash: String,
}

impl SetPassword {
    /// Checks and hashes the password. Blocks for as long as hashing takes.
    ///
    /// # Errors
    /// The refusal of the password at its field.
    pub fn prepare(user_id: UserId, password: &str) -> Result<Self, Failure> {
        Ok(Self { user_id, hash: hash_password(password)? })
    }
}

impl Command for SetPassword {
    type Permission = ManageUsers;
    type Outcome = ();
    const NAME: &'static str = "set_password";

    fn execute(&self, change: &Change<'_, ManageUsers>) -> Result<(), Failure> {
        LoadedAccount::load(change.write, self.user_id)?.account().must_be_open_to(change.administrator())?;
        user::set_password_hash(change.write, self.user_id, &self.hash)?;
        session::delete_of_user(change.write, self.user_id)?;
        change.record_of(self.user_id, &Event::PasswordSet)
    }
}

/// Blocks a person, who is signed out everywhere at once and keeps the licenses, or lets them sign in again.
#[derive(Debug, Clone, Copy)]
pub struct BlockUser {
    /// Who.
    pub user_id: UserId,
    /// Whether the person is blocked afterwards.
    pub blocked: bool,
}

impl Command for BlockUser {
    type Permission = ManageUsers;
    type Outcome = ();
    const NAME: &'static str = "block_user";

    fn execute(&self, change: &Change<'_, ManageUsers>) -> Result<(), Failure> {
        let loaded = LoadedAccount::load(change.write, self.user_id)?;
        let event = administer::block(loaded.account(), self.blocked, change.administrator())?;
        let state = if self.blocked { UserState::Blocked } else { UserState::Active };
        user::set_state(change.write, &loaded.user, state)?;
        if self.blocked {
            session::delete_of_user(change.write, self.user_id)?;
        }
        change.record_of(self.user_id, &event)
    }
}

/// Deletes a person: the licenses are free and the sessions end at once (domain 2.1).
#[derive(Debug, Clone, Copy)]
pub struct DeleteUser(pub UserId);

/// Who was deleted.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub struct UserWasDeleted {
    /// How many licenses became free.
    pub licenses_freed: u32,
}

impl Command for DeleteUser {
    type Permission = ManageUsers;
    type Outcome = UserWasDeleted;
    const NAME: &'static str = "delete_user";

    fn execute(&self, change: &Change<'_, ManageUsers>) -> Result<UserWasDeleted, Failure> {
        let loaded = LoadedAccount::load(change.write, self.0)?;
        let event = administer::delete(loaded.account(), change.administrator())?;
        let licenses = assignment::of_user(change.write, self.0)?;
        for license in &licenses {
            assignment::delete(change.write, license)?;
            let subjects = Subjects {
                user: Some(self.0),
                product: Some(license.product_id),
                subscription: Some(license.subscription_id),
                order: None,
            };
            change.record(subjects, &Event::LicenseUnassigned)?;
        }
        session::delete_of_user(change.write, self.0)?;
        billing_role::leave(change.write, self.0)?;
        user::delete(change.write, &loaded.user, change.now())?;
        change.record_of(self.0, &event)?;
        for license in &licenses {
            solve_conflicts(change, license.product_id)?;
        }
        Ok(UserWasDeleted { licenses_freed: loaded.user.license_count })
    }
}
