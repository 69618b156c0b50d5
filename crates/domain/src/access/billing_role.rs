//! Billing roles: what a person may do with the billing account or one of its profiles, under MCA (domain 4.7, 4.8, 6;
//! R171).

use super::{Actor, Reach, Role};
use crate::billing::Agreement;
use crate::codes::coded;
use crate::event::Event;
use crate::ids::{BillingProfileId, UserId};
use crate::refusal::Refusal;
use serde::{Deserialize, Serialize};

coded! {
    /// A role for money. The first three are of the billing account, and reach every billing profile; the others are of
    /// one billing profile.
    pub enum BillingRole {
        /// Everything of the billing account; gives its roles.
        AccountOwner = "account_owner",
        /// Everything of the billing account, but gives no roles.
        AccountContributor = "account_contributor",
        /// Sees everything of the billing account.
        AccountReader = "account_reader",
        /// Everything of a billing profile; gives its roles.
        ProfileOwner = "profile_owner",
        /// Everything of a billing profile, but gives no roles.
        ProfileContributor = "profile_contributor",
        /// Sees everything of a billing profile.
        ProfileReader = "profile_reader",
        /// Sees and pays the invoices of a billing profile.
        InvoiceManager = "invoice_manager",
    }
}

impl BillingRole {
    /// Whether it is a role of the billing account; otherwise of one billing profile.
    #[must_use]
    pub const fn is_of_account(self) -> bool {
        matches!(self, Self::AccountOwner | Self::AccountContributor | Self::AccountReader)
    }

    /// Whether it gives roles, so that one must stay (domain 6).
    #[must_use]
    pub const fn is_owner(self) -> bool {
        matches!(self, Self::AccountOwner | Self::ProfileOwner)
    }
}

/// A billing role where it counts.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct BillingGrant {
    /// The role.
    pub role: BillingRole,
    /// Of which billing profile; `None`: of the billing account.
    pub profile: Option<BillingProfileId>,
}

impl BillingGrant {
    /// The role where it counts, when it is of that kind.
    ///
    /// # Errors
    /// [`Refusal::UnknownChoice`] for a role of a profile without one, or one of the account with one.
    pub fn new(role: BillingRole, profile: Option<BillingProfileId>) -> Result<Self, Refusal> {
        if role.is_of_account() == profile.is_none() { Ok(Self { role, profile }) } else { Err(Refusal::UnknownChoice) }
    }
}

/// What a decision about billing roles stands on.
#[derive(Debug, Clone, Copy)]
pub struct BillingRoles<'a> {
    /// The contract.
    pub agreement: Agreement,
    /// Who decides.
    pub actor: &'a Actor,
    /// How far the actor may give roles where the role in question counts.
    pub reach: Reach,
    /// Whose role it is.
    pub of: UserId,
    /// Every role that the organization gave, with whose it is.
    pub all: &'a [(UserId, BillingGrant)],
}

impl BillingRoles<'_> {
    /// Decides on giving a role. A global admin may become owner of the billing account (domain 4.7).
    ///
    /// # Errors
    /// [`Refusal::BillingRolesNeedMca`], [`Refusal::NotAllowed`], [`Refusal::NothingToChange`].
    pub fn give(&self, grant: BillingGrant, profile_name: Option<String>) -> Result<Event, Refusal> {
        if self.agreement != Agreement::Mca {
            return Err(Refusal::BillingRolesNeedMca);
        }
        if self.reach != Reach::All && !self.becomes_owner(grant) {
            return Err(Refusal::NotAllowed);
        }
        if self.all.contains(&(self.of, grant)) {
            return Err(Refusal::NothingToChange);
        }
        Ok(Event::BillingRoleGiven { role: grant.role, profile: profile_name })
    }

    /// Decides on taking a role away.
    ///
    /// # Errors
    /// [`Refusal::NotAllowed`], [`Refusal::NotFound`] for what nobody gave, [`Refusal::LastBillingOwner`].
    pub fn take(&self, grant: BillingGrant, profile_name: Option<String>) -> Result<Event, Refusal> {
        if self.reach != Reach::All {
            return Err(Refusal::NotAllowed);
        }
        if !self.all.contains(&(self.of, grant)) {
            return Err(Refusal::NotFound);
        }
        if is_last_owner(self.of, grant, self.all) {
            return Err(Refusal::LastBillingOwner);
        }
        Ok(Event::BillingRoleTaken { role: grant.role, profile: profile_name })
    }

    fn becomes_owner(&self, grant: BillingGrant) -> bool {
        grant.role == BillingRole::AccountOwner
            && self.actor.user() == Some(self.of)
            && self.actor.roles.contains(&Role::GlobalAdmin)
    }
}

/// Decides whether a person can leave the organization, as far as billing roles go: what somebody owns keeps an owner
/// (domain 6).
///
/// # Errors
/// [`Refusal::LastBillingOwner`].
pub fn leave(of: UserId, all: &[(UserId, BillingGrant)]) -> Result<(), Refusal> {
    let is_last = all.iter().any(|(user, grant)| *user == of && is_last_owner(of, *grant, all));
    if is_last { Err(Refusal::LastBillingOwner) } else { Ok(()) }
}

/// Whether nobody would own what a role counts for, were it taken away.
fn is_last_owner(of: UserId, grant: BillingGrant, all: &[(UserId, BillingGrant)]) -> bool {
    grant.role.is_owner() && !all.iter().any(|(user, other)| *other == grant && *user != of)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::access::Principal;
    use uuid::Uuid;

    const OWNER: BillingGrant = BillingGrant { role: BillingRole::AccountOwner, profile: None };

    fn user(number: u128) -> UserId {
        UserId::from_uuid(Uuid::from_u128(number))
    }

    fn profile(number: u128) -> Option<BillingProfileId> {
        Some(BillingProfileId::from_uuid(Uuid::from_u128(number)))
    }

    fn actor(roles: &[Role]) -> Actor {
        Actor { principal: Principal::User(user(1)), name: "Noor".to_owned(), roles: roles.to_vec(), ..Actor::system() }
    }

    fn facts<'a>(actor: &'a Actor, reach: Reach, of: u128, all: &'a [(UserId, BillingGrant)]) -> BillingRoles<'a> {
        BillingRoles { agreement: Agreement::Mca, actor, reach, of: user(of), all }
    }

    /// Domain 4.7: only an owner gives roles, except that a global admin may add themselves; not under MOSA.
    #[test]
    fn who_gives_a_role() {
        let (admin, noor) = (actor(&[Role::GlobalAdmin]), actor(&[Role::BillingAdmin]));
        let given = Event::BillingRoleGiven { role: BillingRole::AccountOwner, profile: None };
        assert_eq!(facts(&admin, Reach::Own, 1, &[]).give(OWNER, None), Ok(given.clone()));
        assert_eq!(facts(&admin, Reach::Own, 2, &[]).give(OWNER, None), Err(Refusal::NotAllowed));
        assert_eq!(facts(&noor, Reach::Nothing, 1, &[]).give(OWNER, None), Err(Refusal::NotAllowed));
        let reader = BillingGrant { role: BillingRole::AccountReader, profile: None };
        assert_eq!(facts(&admin, Reach::Own, 1, &[]).give(reader, None), Err(Refusal::NotAllowed));
        assert_eq!(facts(&noor, Reach::All, 2, &[]).give(OWNER, None), Ok(given));
        assert_eq!(facts(&noor, Reach::All, 2, &[(user(2), OWNER)]).give(OWNER, None), Err(Refusal::NothingToChange));
        let mosa = BillingRoles { agreement: Agreement::Mosa, ..facts(&noor, Reach::All, 2, &[]) };
        assert_eq!(mosa.give(OWNER, None), Err(Refusal::BillingRolesNeedMca));
    }

    /// Domain 6: the last owner of a scope cannot be removed.
    #[test]
    fn one_owner_stays() {
        let noor = actor(&[]);
        let of_profile = BillingGrant { role: BillingRole::ProfileOwner, profile: profile(5) };
        let elsewhere = BillingGrant { role: BillingRole::ProfileOwner, profile: profile(6) };
        let all = [(user(1), OWNER), (user(2), OWNER), (user(2), of_profile), (user(1), elsewhere)];
        let taken = |role| Ok(Event::BillingRoleTaken { role, profile: None });
        assert_eq!(facts(&noor, Reach::All, 2, &all).take(OWNER, None), taken(BillingRole::AccountOwner));
        assert_eq!(facts(&noor, Reach::All, 2, &all[1..]).take(OWNER, None), Err(Refusal::LastBillingOwner));
        assert_eq!(facts(&noor, Reach::All, 2, &all).take(of_profile, None), Err(Refusal::LastBillingOwner));
        assert_eq!(facts(&noor, Reach::All, 3, &all).take(OWNER, None), Err(Refusal::NotFound));
        assert_eq!(facts(&noor, Reach::Own, 2, &all).take(OWNER, None), Err(Refusal::NotAllowed));
    }

    #[test]
    fn a_role_counts_where_it_belongs() {
        for role in BillingRole::ALL {
            let (whole, part) = (BillingGrant::new(*role, None), BillingGrant::new(*role, profile(5)));
            assert_eq!((whole.is_ok(), part.is_ok()), (role.is_of_account(), !role.is_of_account()), "{role}");
        }
    }
}
