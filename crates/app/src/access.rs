//! Proof that somebody may do something. Nothing else in Zetel can make one.

use crate::failure::Failure;
use domain::access::permission::Granting;
use domain::access::{Actor, Reach, reach, reach_in_profile, reaches_a_profile};
use domain::ids::{BillingProfileId, OrganizationId, UserId};
use domain::refusal::Refusal;
use std::marker::PhantomData;

/// Proof that `actor` may use the permission `P` in an organization, and how far it reaches.
#[derive(Debug)]
pub struct Granted<P: Granting> {
    actor: Actor,
    reach: Reach,
    permission: PhantomData<P>,
}

impl<P: Granting> Granted<P> {
    /// Who may do it.
    #[must_use]
    pub const fn actor(&self) -> &Actor {
        &self.actor
    }

    /// How far: everything of the organization, or only what is the actor's own.
    #[must_use]
    pub const fn reach(&self) -> Reach {
        self.reach
    }

    /// How far on what belongs to a billing profile: all of it for who has a billing role that gives so (R171).
    #[must_use]
    pub fn reach_in(&self, profile: BillingProfileId) -> Reach {
        match self.reach {
            // Whoever reaches something of their own is at home.
            Reach::Own => reach_in_profile(&self.actor, P::PERMISSION, self.actor.home, profile),
            reach => reach,
        }
    }

    /// `Some` person when the permission reaches only what is that person's own.
    #[must_use]
    pub fn only(&self) -> Option<UserId> {
        if self.reach == Reach::Own { self.actor.user() } else { None }
    }

    /// `Some` person who acts for oneself alone: whose permission reaches only what is that person's own, and no
    /// billing profile of the organization.
    #[must_use]
    pub fn oneself(&self) -> Option<UserId> {
        self.only().filter(|_| !reaches_a_profile(&self.actor, P::PERMISSION, self.actor.home))
    }

    /// Refuses those whose permission reaches only their own things.
    ///
    /// # Errors
    /// [`Refusal::NotAllowed`].
    pub fn everything(&self) -> Result<(), Refusal> {
        if self.reach == Reach::All { Ok(()) } else { Err(Refusal::NotAllowed) }
    }
}

/// Asks the matrix. Those of another organization learn nothing: it is simply not there (404, never 403).
pub(crate) fn authorize<P: Granting>(
    actor: &Actor,
    organization: Option<OrganizationId>,
) -> Result<Granted<P>, Failure> {
    match reach(actor, P::PERMISSION, organization) {
        Reach::Nothing if organization.is_some() && actor.home != organization && !actor.is_operator() => {
            Err(Refusal::NotFound.into())
        }
        Reach::Nothing => Err(Refusal::NotAllowed.into()),
        reach => Ok(Granted { actor: actor.clone(), reach, permission: PhantomData }),
    }
}
