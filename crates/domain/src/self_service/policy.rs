//! The policy AllowSelfServicePurchase: whether people may buy a product for themselves (domain 5.3; R103, R115-R119,
//! R178). It decides on purchases from then on; what was bought stays.

use crate::codes::coded;
use crate::ids::ProductId;
use crate::refusal::{Field, Refusal};

coded! {
    /// What people may do with a product.
    pub enum SelfServicePolicy {
        /// Buy it and try it.
        Enabled = "enabled",
        /// Only try it, where the trial needs no payment method.
        OnlyTrialsWithoutPaymentMethod = "only_trials_without_payment_method",
        /// Neither.
        Disabled = "disabled",
    }
}

impl SelfServicePolicy {
    /// What holds for a product on which nobody decided, as long as the organization has no other default.
    pub const USUAL: Self = Self::Enabled;

    /// Whether people may try it, without a payment method.
    #[must_use]
    pub const fn allows_trial(self) -> bool {
        matches!(self, Self::Enabled | Self::OnlyTrialsWithoutPaymentMethod)
    }

    /// Whether people may buy.
    #[must_use]
    pub const fn allows_purchase(self) -> bool {
        matches!(self, Self::Enabled)
    }
}

coded! {
    /// A kind of offer by third parties. Zetel sells none of them; scripts of the field set and read them all the same.
    pub enum OfferType {
        /// Software as a service.
        Saas = "SaaS",
        /// Visuals of Power BI.
        PowerBiVisuals = "POWERBIVISUALS",
        /// Dynamics 365 customer engagement.
        DynamicsCe = "DYNAMICSCE",
        /// Dynamics 365 Business Central.
        DynamicsBc = "DYNAMICSBC",
    }
}

/// What a decision is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum PolicyScope {
    /// One product.
    Product(ProductId),
    /// Every product that can be bought by self-service today.
    AllProducts,
    /// Products that come into the catalog later.
    NewProducts,
    /// Offers of third parties.
    Offers(OfferType),
}

/// Whether the value can hold for this.
///
/// # Errors
/// [`Refusal::UnknownChoice`]: there are no trials of third parties' offers (wire 3.1).
pub fn check(scope: PolicyScope, value: SelfServicePolicy) -> Result<(), crate::refusal::FieldRefusal> {
    match (scope, value) {
        (PolicyScope::Offers(_), SelfServicePolicy::OnlyTrialsWithoutPaymentMethod) => {
            Err(Refusal::UnknownChoice.at(Field::Policy))
        }
        _ => Ok(()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// R178: three values for products, two for the offers of third parties.
    #[test]
    fn third_parties_have_no_trials() {
        let product = PolicyScope::Product(ProductId::from_uuid(uuid::Uuid::from_u128(1)));
        for value in SelfServicePolicy::ALL {
            for scope in [product, PolicyScope::AllProducts, PolicyScope::NewProducts] {
                assert_eq!(check(scope, *value), Ok(()));
            }
        }
        for offer_type in OfferType::ALL {
            let scope = PolicyScope::Offers(*offer_type);
            assert_eq!(check(scope, SelfServicePolicy::Enabled), Ok(()));
            assert_eq!(check(scope, SelfServicePolicy::Disabled), Ok(()));
            let refused = Err(Refusal::UnknownChoice.at(Field::Policy));
            assert_eq!(check(scope, SelfServicePolicy::OnlyTrialsWithoutPaymentMethod), refused);
        }
    }

    /// R178: new products begin as Enabled; only that value lets people buy. Trials are also for those who may only try.
    #[test]
    fn only_enabled_lets_people_buy() {
        assert_eq!(SelfServicePolicy::USUAL, SelfServicePolicy::Enabled);
        let buys: Vec<_> = SelfServicePolicy::ALL.iter().filter(|value| value.allows_purchase()).collect();
        assert_eq!(buys, [&SelfServicePolicy::Enabled]);
        let tries: Vec<_> = SelfServicePolicy::ALL.iter().filter(|value| value.allows_trial()).collect();
        assert_eq!(tries, [&SelfServicePolicy::Enabled, &SelfServicePolicy::OnlyTrialsWithoutPaymentMethod]);
    }
}
