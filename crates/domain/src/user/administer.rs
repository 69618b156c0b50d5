//! What an administrator may do to a person's account: roles, password, blocking, deleting.
//!
//! Whoever could set the password of an admin could become that admin. So only those who may give roles touch the
//! account of a person who has one.

use super::{User, UserState};
use crate::access::{Actor, Principal, Role};
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
    /// Whether anybody else who can sign in runs this Zetel.
    pub has_other_operator: bool,
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

    /// Somebody can sign in afterwards who holds what this person holds now, unless the person keeps it.
    fn must_leave_somebody(&self, kept: &[Role]) -> Result<(), Refusal> {
        let is_last = |role, has_other: bool| {
            self.user.state == UserState::Active && self.roles.contains(&role) && !kept.contains(&role) && !has_other
        };
        if is_last(Role::Operator, self.has_other_operator) {
            return Err(Refusal::LastOperator);
        }
        if is_last(Role::GlobalAdmin, self.has_other_global_admin) { Err(Refusal::LastGlobalAdmin) } else { Ok(()) }
    }
}

/// Checks roles that are to be given in an organization; gives them in their own order, each once.
///
/// # Errors
/// [`Refusal::RoleNotGrantable`]: only operators, and who runs the machine, make operators, in the operator's own
/// organization.
pub fn check_roles(wanted: &[Role], actor: &Actor, kind: OrganizationKind) -> Result<Vec<Role>, Refusal> {
    let mut roles = wanted.to_vec();
    roles.sort_unstable();
    roles.dedup();
    let runs_it = actor.is_operator() || actor.principal == Principal::System;
    let may_give_operator = runs_it && kind == OrganizationKind::Operator;
    if roles.contains(&Role::Operator) && !may_give_operator { Err(Refusal::RoleNotGrantable) } else { Ok(roles) }
}

/// Decides on the roles of a person; the actor holds the permission to give roles.
///
/// # Errors
/// [`Refusal::RoleNotGrantable`], [`Refusal::LastGlobalAdmin`], [`Refusal::LastOperator`],
/// [`Refusal::NotOneself`] for one's own role operator,
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
    if from.contains(&Role::Operator) && !to.contains(&Role::Operator) && actor.user() == Some(account.user.id) {
        return Err(Refusal::NotOneself);
    }
    account.must_leave_somebody(&to)?;
    Ok(Event::RolesChanged { roles: Change { from, to } })
}

/// Decides on blocking a person or letting them sign in again.
///
/// # Errors
/// [`Refusal::NotAllowed`], [`Refusal::NotOneself`], [`Refusal::LastGlobalAdmin`],
/// [`Refusal::LastOperator`], [`Refusal::NothingToChange`].
pub fn block(account: Account<'_>, blocked: bool, administrator: Administrator<'_>) -> Result<Event, Refusal> {
    account.must_be_open_to(administrator)?;
    if blocked == (account.user.state == UserState::Blocked) {
        return Err(Refusal::NothingToChange);
    }
    if blocked {
        account.must_be_of_another(administrator)?;
        account.must_leave_somebody(&[])?;
    }
    Ok(Event::UserBlocked { blocked })
}

/// Decides on deleting a person; the licenses are free at once (domain 2.1).
///
/// # Errors
/// [`Refusal::NotFound`], [`Refusal::NotAllowed`], [`Refusal::NotOneself`], [`Refusal::LastGlobalAdmin`],
/// [`Refusal::LastOperator`].
pub fn delete(account: Account<'_>, administrator: Administrator<'_>) -> Result<Event, Refusal> {
    account.must_be_open_to(administrator)?;
    account.must_be_of_another(administrator)?;
    account.must_leave_somebody(&[])?;
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
        Account { user, roles, has_other_global_admin, has_other_operator: false }
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

    /// After the last one nobody could come back: the page that makes the first operator is gone.
    #[test]
    fn the_last_operator_stays() {
        let (user, machine, house) = (anna(), Actor::system(), OrganizationKind::Operator);
        let administrator = Administrator { actor: &machine, may_manage_roles: true };
        let last = account(&user, &[Role::Operator], true);
        assert_eq!(set_roles(last, &[], &machine, house), Err(Refusal::LastOperator));
        assert_eq!(block(last, true, administrator), Err(Refusal::LastOperator));
        assert_eq!(delete(last, administrator), Err(Refusal::LastOperator));
        assert!(set_roles(last, &[Role::Operator, Role::UserAdmin], &machine, house).is_ok());
        let one_of_two = Account { has_other_operator: true, ..last };
        assert!(set_roles(one_of_two, &[], &machine, house).is_ok());
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
        let machine = Actor::system();
        assert_eq!(check_roles(&wanted, &machine, OrganizationKind::Operator), Ok(vec![Role::Operator]));
        assert_eq!(check_roles(&wanted, &machine, OrganizationKind::Customer), Err(Refusal::RoleNotGrantable));
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
