//! Suspend an organization, or let it work again.

use super::{Organization, OrganizationKind, OrganizationState};
use crate::event::{Change, Event};
use crate::refusal::Refusal;

/// Decides whether the organization may get this state.
///
/// # Errors
/// [`Refusal::OperatorOrganization`] for the operator's own, [`Refusal::NothingToChange`] when it has that state.
pub fn decide(organization: &Organization, to: OrganizationState) -> Result<Event, Refusal> {
    if organization.kind == OrganizationKind::Operator {
        return Err(Refusal::OperatorOrganization);
    }
    if organization.state == to {
        return Err(Refusal::NothingToChange);
    }
    Ok(Event::OrganizationStateChanged { state: Change { from: organization.state, to } })
}

#[cfg(test)]
mod tests {
    use super::super::tests::organization;
    use super::*;

    #[test]
    fn a_customer_is_suspended_and_works_again() {
        let customer = organization(OrganizationKind::Customer);
        let change = |from, to| Ok(Event::OrganizationStateChanged { state: Change { from, to } });
        let (active, suspended) = (OrganizationState::Active, OrganizationState::Suspended);
        assert_eq!(decide(&customer, suspended), change(active, suspended));
        assert_eq!(decide(&customer, active), Err(Refusal::NothingToChange));
        let closed = Organization { state: suspended, ..customer };
        assert_eq!(decide(&closed, active), change(suspended, active));
        assert_eq!(decide(&closed, suspended), Err(Refusal::NothingToChange));
    }

    #[test]
    fn the_operators_own_organization_is_never_suspended() {
        let house = organization(OrganizationKind::Operator);
        assert_eq!(decide(&house, OrganizationState::Suspended), Err(Refusal::OperatorOrganization));
    }
}
