//! Give an organization a clock of its own (D30).

use super::{Organization, OrganizationKind};
use crate::event::Event;
use crate::refusal::Refusal;

/// Decides whether the organization may become a sandbox. It stays one: what happened there by another clock cannot be
/// told from what really happened.
///
/// # Errors
/// [`Refusal::OperatorOrganization`] for the operator's own, [`Refusal::NothingToChange`] when it is one.
pub fn decide(organization: &Organization) -> Result<Event, Refusal> {
    if organization.kind == OrganizationKind::Operator {
        return Err(Refusal::OperatorOrganization);
    }
    if organization.sandbox_ahead.is_some() {
        return Err(Refusal::NothingToChange);
    }
    Ok(Event::OrganizationBecameSandbox)
}

#[cfg(test)]
mod tests {
    use super::super::tests::organization;
    use super::*;
    use jiff::SignedDuration;

    /// D30.
    #[test]
    fn a_customer_becomes_a_sandbox_once() {
        let customer = organization(OrganizationKind::Customer);
        assert_eq!(decide(&customer), Ok(Event::OrganizationBecameSandbox));
        let sandbox = Organization { sandbox_ahead: Some(SignedDuration::ZERO), ..customer };
        assert_eq!(decide(&sandbox), Err(Refusal::NothingToChange));
        let house = organization(OrganizationKind::Operator);
        assert_eq!(decide(&house), Err(Refusal::OperatorOrganization));
    }
}
