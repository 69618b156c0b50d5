//! What an administrator may do to a person's account: roles, password, blocking, deleting.
//!
//! Whoever could set the password of an admin could become that admin. So only those who may give roles touch the
//! account of a person who has one.

use super::{User, UserState};
use crate::access::{Actor, Role};
use crate::event::{Change, Event};
use crate::organization::OrganizationKind;
use crate::refusal::Refusal;

/// A person's account with what a decision about it needs to know.
#[derive(Debug, Clone, Copy)]
pub struct Account<'a> {
    /// The person.
    pub user: &'a User,
    /// The person's roles.
    pub roles: &'a [Role],
    /// Whether anybody else who can sign in is a global admin.
    pub has_other_global_admin: bool,
}

/// Who decides.
#[derive(Debug, Clone, Copy)]
pub struct Administrator<'a> {
    /// Who it is.
    pub actor: &'a Actor,
    /// Whether roles may be given.
    pub may_manage_roles: bool,
}

impl Account<'_> {
    /// Whether the administrator may touch this account at all.
    ///
    /// # Errors
    /// [`Refusal::NotFound`] for a deleted person, [`Refusal::NotAllowed`] for a person with a role.
    pub fn must_be_open_to(&self, administrator: Administrator<'_>) -> Result<(), Refusal> {
        self.user.must_exist()?;
        if self.roles.is_empty() || administrator.may_manage_roles { Ok(()) } else { Err(Refusal::NotAllowed) }
    }

    fn must_be_of_another(&self, administrator: Administrator<'_>) -> Result<(), Refusal> {
        if administrator.actor.user() == Some(self.user.id) { Err(Refusal::NotOneself) } else { Ok(()) }
    }

    fn must_leave_a_global_admin(&self) -> Result<(), Refusal> {
        let is_last = self.roles.contains(&Role::GlobalAdmin)
            && self.user.state == UserState::Active
            && !self.has_other_global_admin;
        if is_last { Err(Refusal::LastGlobalAdmin) } else { Ok(()) }
    }
}

/// Checks roles that are to be given in an organization; gives them in their own order, each once.
///
/// # Errors
/// [`Refusal::RoleNotGrantable`]: only operators are made operators' colleagues, in the operator's own organization.
pub fn check_roles(wanted: &[Role], actor: &Actor, kind: OrganizationKind) -> Result<Vec<Role>, Refusal> {
    let mut roles = wanted.to_vec();
    roles.sort_unstable();
    roles.dedup();
    let may_give_operator = actor.is_operator() && kind == OrganizationKind::Operator;
    if roles.contains(&Role::Operator) && !may_give_operator { Err(Refusal::RoleNotGrantable) } else { Ok(roles) }
}

/// Decides on the roles of a person; the actor holds the permission to give roles.
///
/// # Errors
/// [`Refusal::RoleNotGrantable`], [`Refusal::LastGlobalAdmin`], [`Refusal::NotOneself`] for one's own role operator,
/// [`Refusal::NothingToChange`].
pub fn set_roles(
    account: Account<'_>,
    wanted: &[Role],
    actor: &Actor,
    kind: OrganizationKind,
) -> Result<Event, Refusal> {
    account.user.must_exist()?;
    let mut from = account.roles.to_vec();
    from.sort_unstable();
    let to = check_roles(wanted, actor, kind)?;
    if from == to {
        return Err(Refusal::NothingToChange);
    }
    if !to.contains(&Role::GlobalAdmin) {
        account.must_leave_a_global_admin()?;
    }
    if from.contains(&Role::Operator) && !to.contains(&Role::Operator) && actor.user() == Some(account.user.id) {
        return Err(Refusal::NotOneself);
    }
    Ok(Event::RolesChanged { roles: Change { from, to } })
}

/// Decides on blocking a person or letting them sign in again.
///
/// # Errors
/// [`Refusal::NotAllowed`], [`Refusal::NotOneself`], [`Refusal::LastGlobalAdmin`], [`Refusal::NothingToChange`].
pub fn block(account: Account<'_>, blocked: bool, administrator: Administrator<'_>) -> Result<Event, Refusal> {
    account.must_be_open_to(administrator)?;
    if blocked == (account.user.state == UserState::Blocked) {
        return Err(Refusal::NothingToChange);
    }
    if blocked {
        account.must_be_of_another(administrator)?;
        account.must_leave_a_global_admin()?;
    }
    Ok(Event::UserBlocked { blocked })
}

/// Decides on deleting a person; the licenses are free at once (domain 2.1).
///
/// # Errors
/// [`Refusal::NotFound`], [`Refusal::NotAllowed`], [`Refusal::NotOneself`], [`Refusal::LastGlobalAdmin`].
pub fn delete(account: Account<'_>, administrator: Administrator<'_>) -> Result<Event, Refusal> {
    account.must_be_open_to(administrator)?;
    account.must_be_of_another(administrator)?;
    account.must_leave_a_global_admin()?;
    Ok(Event::UserDeleted {
        display_name: account.user.display_name.clone(),
        email: account.user.email.clone(),
        licenses_freed: account.user.license_count,
    })
}

#[cfg(test)]
mod tests {
    use super::super::tests_support::anna;
    use super::*;
    use crate::access::Principal;
    use crate::ids::UserId;
    use uuid::Uuid;

    fn actor(number: u128, roles: &[Role]) -> Actor {
        Actor {
            principal: Principal::User(UserId::from_uuid(Uuid::from_u128(number))),
            home: None,
            name: "Admin".to_owned(),
            roles: roles.to_vec(),
            billing_roles: Vec::new(),
            billing_admins_assign: false,
            scopes: Vec::new(),
        }
    }

    fn account<'a>(user: &'a User, roles: &'a [Role], has_other_global_admin: bool) -> Account<'a> {
        Account { user, roles, has_other_global_admin }
    }

    #[test]
    fn the_last_global_admin_stays() {
        let (user, admin) = (anna(), actor(9, &[Role::Operator]));
        let administrator = Administrator { actor: &admin, may_manage_roles: true };
        let last = account(&user, &[Role::GlobalAdmin], false);
        let customer = OrganizationKind::Customer;
        assert_eq!(set_roles(last, &[], &admin, customer), Err(Refusal::LastGlobalAdmin));
        assert_eq!(block(last, true, administrator), Err(Refusal::LastGlobalAdmin));
        assert_eq!(delete(last, administrator), Err(Refusal::LastGlobalAdmin));
        let one_of_two = account(&user, &[Role::GlobalAdmin], true);
        let changed = Change { from: vec![Role::GlobalAdmin], to: vec![Role::BillingAdmin, Role::LicenseAdmin] };
        assert_eq!(
            set_roles(one_of_two, &[Role::LicenseAdmin, Role::BillingAdmin, Role::LicenseAdmin], &admin, customer),
            Ok(Event::RolesChanged { roles: changed })
        );
        assert_eq!(block(one_of_two, true, administrator), Ok(Event::UserBlocked { blocked: true }));
    }

    /// Otherwise a user admin could set an admin's password and become that admin.
    #[test]
    fn a_user_admin_does_not_touch_the_accounts_of_admins() {
        let (user, admin) = (anna(), actor(9, &[Role::UserAdmin]));
        let administrator = Administrator { actor: &admin, may_manage_roles: false };
        let with_role = account(&user, &[Role::GlobalReader], true);
        assert_eq!(with_role.must_be_open_to(administrator), Err(Refusal::NotAllowed));
        assert_eq!(delete(with_role, administrator), Err(Refusal::NotAllowed));
        let ordinary = account(&user, &[], true);
        assert_eq!(ordinary.must_be_open_to(administrator), Ok(()));
        assert_eq!(
            delete(ordinary, administrator),
            Ok(Event::UserDeleted {
                display_name: "Anna de Vries".into(),
                email: "anna@waterland.example".into(),
                licenses_freed: 3
            })
        );
    }

    #[test]
    fn nobody_deletes_or_blocks_themselves() {
        let (user, admin) = (anna(), actor(1, &[Role::GlobalAdmin]));
        let administrator = Administrator { actor: &admin, may_manage_roles: true };
        let own = account(&user, &[Role::GlobalAdmin], true);
        assert_eq!(delete(own, administrator), Err(Refusal::NotOneself));
        assert_eq!(block(own, true, administrator), Err(Refusal::NotOneself));
        assert_eq!(block(own, false, administrator), Err(Refusal::NothingToChange));
    }

    #[test]
    fn operators_are_made_by_operators_at_home() {
        let (operator, admin) = (actor(8, &[Role::Operator]), actor(9, &[Role::GlobalAdmin]));
        let wanted = [Role::Operator];
        assert_eq!(check_roles(&wanted, &operator, OrganizationKind::Operator), Ok(vec![Role::Operator]));
        assert_eq!(check_roles(&wanted, &operator, OrganizationKind::Customer), Err(Refusal::RoleNotGrantable));
        assert_eq!(check_roles(&wanted, &admin, OrganizationKind::Operator), Err(Refusal::RoleNotGrantable));
    }

    #[test]
    fn what_is_deleted_is_not_there() {
        let (mut user, admin) = (anna(), actor(9, &[Role::GlobalAdmin]));
        user.state = UserState::Deleted;
        let administrator = Administrator { actor: &admin, may_manage_roles: true };
        assert_eq!(delete(account(&user, &[], true), administrator), Err(Refusal::NotFound));
        assert_eq!(block(account(&user, &[], true), true, administrator), Err(Refusal::NotFound));
    }
}
