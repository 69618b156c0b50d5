//! Who may buy for the team at all, and how much (domain 5.3). It decides on purchases from then on; what was bought
//! stays, and renews.

use crate::ids::GroupId;
use crate::limits::{QUANTITY_MAX, QUANTITY_MIN};
use crate::refusal::{Field, FieldRefusal, Refusal};

/// Who may buy, within what the policy of a product allows.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub enum Buyers {
    /// Everybody of the organization.
    #[default]
    Everybody,
    /// The members of a group.
    Group(GroupId),
    /// The people of a department, by its name.
    Department(String),
}

/// The limits of an organization.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct PurchaseLimits {
    /// Who may buy.
    pub buyers: Buyers,
    /// Most licenses of one product that a person may buy, trials aside; `None` for no limit but that of the offer.
    pub licenses_max: Option<u32>,
}

impl PurchaseLimits {
    /// The limits, when a purchase can keep them.
    ///
    /// # Errors
    /// [`Refusal::OutOfRange`] at the number.
    pub fn checked(self) -> Result<Self, FieldRefusal> {
        match self.licenses_max {
            Some(maximum) if !(QUANTITY_MIN..=QUANTITY_MAX).contains(&maximum) => {
                let (minimum, maximum) = (i64::from(QUANTITY_MIN), i64::from(QUANTITY_MAX));
                Err(Refusal::OutOfRange { minimum, maximum }.at(Field::Quantity))
            }
            _ => Ok(self),
        }
    }
}

/// What a person has of a product by self-service, and may have.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Allowance {
    /// Licenses that the person bought or ordered.
    pub licenses: u32,
    /// The most; `None` for no limit.
    pub maximum: Option<u32>,
}

impl Allowance {
    /// Whether the person may have as many more.
    ///
    /// # Errors
    /// [`Refusal::AboveBuyerLimit`].
    pub fn check(self, more: u32) -> Result<(), Refusal> {
        match self.maximum {
            Some(maximum) if more > 0 && self.licenses.saturating_add(more) > maximum => {
                Err(Refusal::AboveBuyerLimit { maximum, licenses: self.licenses })
            }
            _ => Ok(()),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(licenses: u32, maximum: Option<u32>, more: u32) -> Result<(), Refusal> {
        Allowance { licenses, maximum }.check(more)
    }

    /// Up to the limit and not above; whoever has more since the limit was lowered keeps it and gets none besides.
    #[test]
    fn a_buyer_has_at_most_the_limit() {
        assert_eq!(check(3, Some(5), 2), Ok(()));
        assert_eq!(check(3, Some(5), 3), Err(Refusal::AboveBuyerLimit { maximum: 5, licenses: 3 }));
        assert_eq!(check(9, Some(5), 1), Err(Refusal::AboveBuyerLimit { maximum: 5, licenses: 9 }));
        assert_eq!(check(9, Some(5), 0), Ok(()));
        assert_eq!(check(9, None, u32::MAX), Ok(()));
        assert_eq!(
            check(u32::MAX, Some(5), u32::MAX),
            Err(Refusal::AboveBuyerLimit { maximum: 5, licenses: u32::MAX })
        );
    }

    /// A limit of none would be a policy, and is decided there.
    #[test]
    fn a_limit_can_be_kept() {
        let limits = |licenses_max| PurchaseLimits { licenses_max, ..PurchaseLimits::default() };
        for kept in [None, Some(1), Some(QUANTITY_MAX)] {
            assert_eq!(limits(kept).checked(), Ok(limits(kept)));
        }
        for refused in [0, QUANTITY_MAX + 1] {
            let expected = Refusal::OutOfRange { minimum: 1, maximum: 1_000_000 }.at(Field::Quantity);
            assert_eq!(limits(Some(refused)).checked(), Err(expected));
        }
    }
}
