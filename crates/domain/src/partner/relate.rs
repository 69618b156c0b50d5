//! A partner asks to serve a customer; the customer lets it, and either ends it (domain 1.8).

use super::{Relationship, RelationshipState};
use crate::organization::{Organization, OrganizationKind};
use crate::refusal::Refusal;

/// What a customer or a partner does about their relationship.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Step {
    /// The customer lets the partner in.
    Accept,
    /// The customer ends it, or does not want it.
    End,
}

/// Whether a partner may ask an organization; it may ask again after it ended.
///
/// # Errors
/// [`Refusal::UnknownCustomer`] where the organization is no customer, [`Refusal::NothingToChange`] when they are
/// related already.
pub fn request(
    customer: &Organization,
    partner: &Organization,
    before: Option<&Relationship>,
) -> Result<RelationshipState, Refusal> {
    if customer.kind == OrganizationKind::Operator || customer.id == partner.id {
        return Err(Refusal::UnknownCustomer);
    }
    match before.map(|before| before.state) {
        None | Some(RelationshipState::Ended) => Ok(RelationshipState::Requested),
        Some(RelationshipState::Requested | RelationshipState::Active) => Err(Refusal::NothingToChange),
    }
}

/// Where a relationship stands after a step.
///
/// # Errors
/// [`Refusal::NothingToChange`] for what was not asked, is accepted or is over already.
pub const fn take(before: RelationshipState, step: Step) -> Result<RelationshipState, Refusal> {
    match (before, step) {
        (RelationshipState::Requested, Step::Accept) => Ok(RelationshipState::Active),
        (RelationshipState::Requested | RelationshipState::Active, Step::End) => Ok(RelationshipState::Ended),
        _ => Err(Refusal::NothingToChange),
    }
}

#[cfg(test)]
mod tests {
    use super::super::Partner;
    use super::*;
    use crate::ids::OrganizationId;
    use crate::money::Currency;
    use crate::organization::{Cloud, OrganizationState};
    use jiff::Timestamp;
    use uuid::Uuid;

    fn organization(number: u128, kind: OrganizationKind) -> Organization {
        Organization {
            id: OrganizationId::from_uuid(Uuid::from_u128(number)),
            name: "Waterland".to_owned(),
            kind,
            state: OrganizationState::Active,
            country: "NL".to_owned(),
            currency: Currency::Eur,
            cloud: Cloud::Worldwide,
            language: "nl".to_owned(),
            time_zone: "Europe/Amsterdam".to_owned(),
            sandbox_ahead: None,
            created_at: Timestamp::UNIX_EPOCH,
            revision: 1,
        }
    }

    #[test]
    fn a_partner_asks_once_and_again_after_the_end() {
        let customer = organization(1, OrganizationKind::Customer);
        let reseller = organization(2, OrganizationKind::Reseller);
        let related = |state| Relationship {
            partner: Partner {
                id: reseller.id,
                name: reseller.name.clone(),
                kind: reseller.kind,
                contact: String::new(),
                link: String::new(),
            },
            state,
            changed_at: Timestamp::UNIX_EPOCH,
            revision: 1,
        };
        let ask = |before: Option<RelationshipState>| request(&customer, &reseller, before.map(related).as_ref());
        assert_eq!(ask(None), Ok(RelationshipState::Requested));
        assert_eq!(ask(Some(RelationshipState::Ended)), Ok(RelationshipState::Requested));
        assert_eq!(ask(Some(RelationshipState::Requested)), Err(Refusal::NothingToChange));
        assert_eq!(ask(Some(RelationshipState::Active)), Err(Refusal::NothingToChange));
        let house = organization(3, OrganizationKind::Operator);
        assert_eq!(request(&house, &reseller, None), Err(Refusal::UnknownCustomer));
        assert_eq!(request(&reseller, &reseller, None), Err(Refusal::UnknownCustomer));
    }

    #[test]
    fn a_customer_accepts_and_ends() {
        use RelationshipState::{Active, Ended, Requested};
        assert_eq!(take(Requested, Step::Accept), Ok(Active));
        assert_eq!(take(Requested, Step::End), Ok(Ended));
        assert_eq!(take(Active, Step::End), Ok(Ended));
        for (state, step) in [(Active, Step::Accept), (Ended, Step::Accept), (Ended, Step::End)] {
            assert_eq!(take(state, step), Err(Refusal::NothingToChange));
        }
    }
}
