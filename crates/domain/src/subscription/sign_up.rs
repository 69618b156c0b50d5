//! Sign up for a product that costs nothing, for oneself (domain 2.10, R180).

use super::begin::{self, New};
use super::{Channel, Decision, Subscription, first_term_end};
use crate::catalog::{BillingFrequency, Product, Sku, SkuKind, Term};
use crate::ids::{BillingProfileId, SubscriptionId, UserId};
use crate::money::{Currency, Money};
use crate::refusal::Refusal;
use crate::self_service::eligibility::Right;
use jiff::civil::Date;

/// Who signs up.
#[derive(Debug, Clone, Copy)]
pub struct SignUp {
    /// The identity of the subscription.
    pub id: SubscriptionId,
    /// The person.
    pub person: UserId,
    /// What the person may do with the product: whoever may try it signs up, since neither costs anything (domain 5.3).
    pub right: Right,
    /// The currency of the organization.
    pub currency: Currency,
    /// The first billing profile of the organization; nothing is ever on its invoices.
    pub billing_profile_id: BillingProfileId,
}

/// Decides on signing up: one license, for the person, from year to year until an admin deletes it.
///
/// # Errors
/// [`Refusal::NotEligible`], [`Refusal::SelfServiceNotAllowed`], [`Refusal::EndOfSale`], and
/// [`Refusal::UnknownChoice`] for what is not free.
pub fn decide(product: &Product, sku: &Sku, sign_up: SignUp, today: Date) -> Result<Decision, Refusal> {
    if !sign_up.right?.allows_trial() {
        return Err(Refusal::SelfServiceNotAllowed);
    }
    if product.retired_at.is_some() {
        return Err(Refusal::EndOfSale);
    }
    if sku.kind != SkuKind::Free {
        return Err(Refusal::UnknownChoice);
    }
    let term = Term::Annual;
    let new = New {
        id: sign_up.id,
        product_id: sku.product_id,
        sku_id: sku.id,
        channel: Channel::Free,
        quantity: 1,
        quantity_max: 1,
        term,
        billing_frequency: BillingFrequency::Yearly,
        unit_price: Money::zero(sign_up.currency),
        billing_profile_id: sign_up.billing_profile_id,
    };
    let subscription =
        Subscription { holder: Some(sign_up.person), ..begin::active(new, today, first_term_end(today, term)) };
    Ok(Decision { event: begin::started(&subscription), subscription, charges: Vec::new() })
}

#[cfg(test)]
mod tests {
    use super::super::due::{Transition, next_due, pass};
    use super::super::remind::next_reminder;
    use super::super::tests_support::{RULES, admin};
    use super::super::{Action, ClosedReason, Offer, SubscriptionState, offer};
    use super::*;
    use crate::access::{Actor, Principal, Reach};
    use crate::catalog::{Category, ProductKind};
    use crate::ids::{ProductId, SkuId};
    use crate::organization::Cloud;
    use crate::self_service::eligibility::Ineligible;
    use crate::self_service::policy::SelfServicePolicy;
    use jiff::Timestamp;
    use jiff::civil::date;
    use jiff::tz::TimeZone;
    use uuid::Uuid;

    fn shelf() -> (Product, Sku) {
        let (id, sku_id) = (ProductId::from_uuid(Uuid::from_u128(1)), SkuId::from_uuid(Uuid::from_u128(2)));
        let product = Product {
            id,
            name: "Microsoft Fabric (Free)".into(),
            category: Category::Analytics,
            description_en: String::new(),
            description_nl: String::new(),
            kind: ProductKind::Base,
            retired_at: None,
        };
        let part_number = "POWER_BI_STANDARD".into();
        (product, Sku { id: sku_id, product_id: id, part_number, kind: SkuKind::Free, quantity_max: 300 })
    }

    fn sign_up(right: Right) -> SignUp {
        SignUp {
            id: SubscriptionId::from_uuid(Uuid::from_u128(3)),
            person: UserId::from_uuid(Uuid::from_u128(4)),
            right,
            currency: Currency::Eur,
            billing_profile_id: BillingProfileId::from_uuid(Uuid::from_u128(7)),
        }
    }

    fn signed_up() -> Subscription {
        let (product, sku) = shelf();
        let wish = sign_up(Ok(SelfServicePolicy::OnlyTrialsWithoutPaymentMethod));
        let decided = decide(&product, &sku, wish, date(2020, 1, 31)).expect("it is free");
        assert_eq!(decided.charges, []);
        decided.subscription
    }

    /// R180: one license for the person, at no cost, that goes on from year to year without a word.
    #[test]
    fn it_is_for_one_person_and_costs_nothing() {
        let free = signed_up();
        assert_eq!(
            (free.channel, free.quantity, free.holder),
            (Channel::Free, 1, Some(sign_up(Ok(SelfServicePolicy::Enabled)).person))
        );
        assert_eq!((free.unit_price, free.is_charged(), free.available()), (Money::zero(Currency::Eur), false, 0));
        assert_eq!(next_reminder(&free, Cloud::Worldwide), None);
        let due = next_due(&free, Cloud::Worldwide).expect("it renews");
        assert_eq!((due.transition, due.on), (Transition::Renew, date(2021, 1, 31)));
        let passed = pass(&free, due, Cloud::Worldwide, &RULES, &TimeZone::UTC);
        assert_eq!((passed.charge, passed.subscription.ends_on), (None, date(2022, 1, 31)));
    }

    /// R179, R180: whoever may not try the product, what is not free, and what is no longer there.
    #[test]
    fn what_nobody_signs_up_for() {
        let (product, sku) = shelf();
        let today = date(2020, 1, 31);
        let enabled = Ok(SelfServicePolicy::Enabled);
        let refused = |product: &Product, sku: &Sku, right| decide(product, sku, sign_up(right), today).err();
        assert_eq!(refused(&product, &sku, enabled), None);
        let guest = Err(Ineligible::Guest);
        assert_eq!(refused(&product, &sku, guest), Some(Refusal::NotEligible(Ineligible::Guest)));
        let disabled = Ok(SelfServicePolicy::Disabled);
        assert_eq!(refused(&product, &sku, disabled), Some(Refusal::SelfServiceNotAllowed));
        let sold = Sku { kind: SkuKind::SelfService, ..sku.clone() };
        assert_eq!(refused(&product, &sold, enabled), Some(Refusal::UnknownChoice));
        let retired = Product { retired_at: Some(Timestamp::UNIX_EPOCH), ..product };
        assert_eq!(refused(&retired, &sku, enabled), Some(Refusal::EndOfSale));
    }

    /// R180: an admin deletes it, at once and whatever its state; nothing else is done with it, by nobody.
    #[test]
    fn it_is_deleted_and_nothing_else() {
        let free = signed_up();
        let person = Actor { principal: Principal::User(sign_up(Ok(SelfServicePolicy::Enabled)).person), ..admin() };
        let closed = Offer::Closed(ClosedReason::Free);
        for action in Action::ALL.iter().filter(|action| **action != Action::Delete) {
            assert_eq!(offer(*action, &free, &person, Reach::Own), closed, "{action:?}");
            assert_eq!(offer(*action, &free, &admin(), Reach::All), closed, "{action:?}");
        }
        assert_eq!(offer(Action::Delete, &free, &admin(), Reach::All), Offer::Open);
        assert_eq!(offer(Action::Delete, &free, &person, Reach::Own), Offer::Closed(ClosedReason::RoleNotAllowed));
        let gone = Subscription { state: SubscriptionState::Deleted, ..free };
        assert_eq!(offer(Action::Delete, &gone, &admin(), Reach::All), Offer::Closed(ClosedReason::Deleted));
    }
}
