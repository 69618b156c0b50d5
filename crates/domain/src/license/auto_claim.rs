//! Auto-claim policies (domain 2.8, R177): whoever needs a product gets a free license of it at once, or of one of its
//! backups. It never goes beyond what the organization bought.

use super::assign::{check_plans, order_of_use};
use super::change_apps::sorted;
use crate::ids::{ProductId, ServicePlanId, SubscriptionId};
use crate::refusal::{Field, FieldRefusal, Refusal};
use crate::subscription::Subscription;
use crate::user::{User, UserState};

/// Most products that stand in for the one that somebody needs.
pub const BACKUPS_MAX: usize = 4;

/// A product whose licenses people claim.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AutoClaimPolicy {
    /// What people need.
    pub product_id: ProductId,
    /// The apps of it that are off in the licenses that are given; those of backups are all on.
    pub disabled_plans: Vec<ServicePlanId>,
    /// What they get when no license of it is free, in this order.
    pub backups: Vec<ProductId>,
}

impl AutoClaimPolicy {
    /// The policy, when it can be kept.
    ///
    /// # Errors
    /// [`Refusal::AboveMaximum`] or [`Refusal::UnknownChoice`] at the backups: each is another product, and named once.
    /// [`Refusal::UnknownChoice`] or [`Refusal::NoAppsLeft`] at the apps (R174).
    pub fn checked(self, plans_of_product: &[ServicePlanId]) -> Result<Self, FieldRefusal> {
        if self.backups.len() > BACKUPS_MAX {
            return Err(Refusal::AboveMaximum { maximum: BACKUPS_MAX as u32 }.at(Field::Backups));
        }
        let is_twice =
            |(place, backup): (usize, &ProductId)| *backup == self.product_id || self.backups[..place].contains(backup);
        if self.backups.iter().enumerate().any(is_twice) {
            return Err(Refusal::UnknownChoice.at(Field::Backups));
        }
        check_plans(&self.disabled_plans, plans_of_product).map_err(|refusal| refusal.at(Field::ServicePlans))?;
        Ok(Self { disabled_plans: sorted(&self.disabled_plans), ..self })
    }

    /// The product and its backups, in the order in which they are given.
    pub fn products(&self) -> impl Iterator<Item = ProductId> {
        std::iter::once(self.product_id).chain(self.backups.iter().copied())
    }
}

/// A product of a policy, with what the decision needs to know of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Offered {
    /// Its subscriptions, those of buyers too.
    pub subscriptions: Vec<Subscription>,
    /// The subscription of the license that the person holds, if any.
    pub held: Option<SubscriptionId>,
}

/// What somebody has after a claim.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Answer {
    /// A license that the person held before.
    Keeps {
        /// The place of its product in the policy.
        place: usize,
        /// From where.
        subscription_id: SubscriptionId,
    },
    /// A license that is given now.
    Gets {
        /// The place of its product in the policy.
        place: usize,
        /// From where.
        subscription_id: SubscriptionId,
    },
}

/// Decides what somebody gets who claims the first of these products; the others are its backups, in their order. No
/// products: there is no policy.
///
/// Who holds one of them keeps that, as long as it gives access.
///
/// # Errors
/// [`Refusal::AutoClaimOff`], [`Refusal::NotAllowed`] for who is blocked, [`Refusal::NoUsageLocation`] (domain 2.3),
/// and [`Refusal::NotEnoughLicenses`] when nothing is free.
pub fn decide(person: &User, offered: &[Offered]) -> Result<Answer, Refusal> {
    if offered.is_empty() {
        return Err(Refusal::AutoClaimOff);
    }
    if person.state == UserState::Blocked {
        return Err(Refusal::NotAllowed);
    }
    let mut places = offered.iter().enumerate();
    if let Some((place, subscription_id)) = places.find_map(|(place, product)| Some((place, in_use(product)?))) {
        return Ok(Answer::Keeps { place, subscription_id });
    }
    if person.usage_location.is_none() {
        return Err(Refusal::NoUsageLocation { name: person.display_name.clone() });
    }
    let mut places = offered.iter().enumerate();
    let free = places.find_map(|(place, product)| Some((place, free_license(&product.subscriptions)?)));
    let (place, subscription_id) = free.ok_or(Refusal::NotEnoughLicenses { missing: 1 })?;
    Ok(Answer::Gets { place, subscription_id })
}

/// The subscription of the license that the person holds, where it gives access.
fn in_use(product: &Offered) -> Option<SubscriptionId> {
    let held = product.held?;
    let found = product.subscriptions.iter().find(|found| found.id == held)?;
    found.state.is_assignable().then_some(held)
}

/// Where a license is taken from: the subscriptions of a product that the organization holds itself, in the order in
/// which licenses are used (D1).
fn free_license(of_product: &[Subscription]) -> Option<SubscriptionId> {
    let central = of_product.iter().filter(|found| found.holder.is_none() && found.available() > 0);
    central.min_by_key(|found| order_of_use(found)).map(|found| found.id)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ids::UserId;
    use crate::subscription::SubscriptionState;
    use crate::subscription::tests_support::subscription;
    use jiff::Timestamp;
    use jiff::civil::date;
    use uuid::Uuid;

    fn product(number: u128) -> ProductId {
        ProductId::from_uuid(Uuid::from_u128(number))
    }

    fn plan(number: u128) -> ServicePlanId {
        ServicePlanId::from_uuid(Uuid::from_u128(number))
    }

    fn policy(backups: &[u128]) -> AutoClaimPolicy {
        let backups = backups.iter().map(|number| product(*number)).collect();
        AutoClaimPolicy { product_id: product(1), disabled_plans: Vec::new(), backups }
    }

    /// R177: up to four backups, in their order, each another product.
    #[test]
    fn backups_are_other_products() {
        let four = policy(&[2, 3, 4, 5]);
        assert_eq!(four.clone().checked(&[]), Ok(four.clone()));
        assert_eq!(four.products().collect::<Vec<_>>(), [1, 2, 3, 4, 5].map(product));
        let refused = |backups: &[u128]| policy(backups).checked(&[]).err();
        let unknown = Some(Refusal::UnknownChoice.at(Field::Backups));
        assert_eq!(refused(&[2, 2]), unknown);
        assert_eq!(refused(&[2, 1]), unknown);
        assert_eq!(refused(&[2, 3, 4, 5, 6]), Some(Refusal::AboveMaximum { maximum: 4 }.at(Field::Backups)));
    }

    /// R177, R174: apps that are off are of the product, and one stays on.
    #[test]
    fn apps_of_the_product_are_off() {
        let without = |plans: &[u128]| {
            let disabled_plans = plans.iter().map(|number| plan(*number)).collect();
            AutoClaimPolicy { disabled_plans, ..policy(&[]) }.checked(&[plan(7), plan(8), plan(9)])
        };
        assert_eq!(without(&[9, 7]).map(|kept| kept.disabled_plans), Ok(vec![plan(7), plan(9)]));
        assert_eq!(without(&[6]), Err(Refusal::UnknownChoice.at(Field::ServicePlans)));
        assert_eq!(without(&[7, 8, 9]), Err(Refusal::NoAppsLeft.at(Field::ServicePlans)));
    }

    fn numbered(number: u128, quantity: u32, assigned: u32) -> Subscription {
        Subscription { id: SubscriptionId::from_uuid(Uuid::from_u128(number)), ..subscription(quantity, assigned) }
    }

    fn offered(subscriptions: &[Subscription]) -> Offered {
        Offered { subscriptions: subscriptions.to_vec(), held: None }
    }

    fn anna() -> User {
        User {
            id: UserId::from_uuid(Uuid::from_u128(700)),
            email: "anna@waterland.example".to_owned(),
            display_name: "Anna".to_owned(),
            department: String::new(),
            usage_location: Some("NL".to_owned()),
            is_guest: false,
            state: UserState::Active,
            license_count: 0,
            created_at: Timestamp::UNIX_EPOCH,
            revision: 1,
        }
    }

    const NONE_FREE: Result<Answer, Refusal> = Err(Refusal::NotEnoughLicenses { missing: 1 });

    /// R177, D1: a free license of the organization, from what ends last; never one of a buyer, nor more than there are.
    #[test]
    fn a_free_license_of_the_organization() {
        let (first, mut last) = (numbered(1, 5, 4), numbered(2, 5, 4));
        last.ends_on = date(2022, 1, 1);
        let gets = |place, found: &Subscription| Ok(Answer::Gets { place, subscription_id: found.id });
        assert_eq!(decide(&anna(), &[offered(&[first.clone(), last.clone()])]), gets(0, &last));
        last.assigned = 5;
        assert_eq!(decide(&anna(), &[offered(&[first.clone(), last.clone()])]), gets(0, &first));
        let mut disabled = numbered(3, 5, 0);
        disabled.state = SubscriptionState::Disabled;
        let mut bought_by_user = numbered(4, 5, 0);
        bought_by_user.holder = Some(UserId::from_uuid(Uuid::from_u128(500)));
        let nothing_free = offered(&[last, disabled, bought_by_user]);
        assert_eq!(decide(&anna(), std::slice::from_ref(&nothing_free)), NONE_FREE);
        assert_eq!(
            decide(&anna(), &[nothing_free, offered(&[]), offered(std::slice::from_ref(&first))]),
            gets(2, &first)
        );
        assert_eq!(decide(&anna(), &[]), Err(Refusal::AutoClaimOff));
    }

    /// R177: who holds one of the products keeps it, also from a buyer; without access it does not count, and makes way for
    /// what is free (domain 2.5).
    #[test]
    fn what_somebody_holds() {
        let mut bought_by_user = numbered(1, 5, 1);
        bought_by_user.holder = Some(UserId::from_uuid(Uuid::from_u128(500)));
        let (backup, central) = (numbered(2, 5, 0), numbered(3, 5, 0));
        let mut needed = offered(&[bought_by_user.clone(), central.clone()]);
        let stands_in = Offered { held: Some(backup.id), ..offered(std::slice::from_ref(&backup)) };
        let keeps = |place, found: &Subscription| Ok(Answer::Keeps { place, subscription_id: found.id });
        assert_eq!(decide(&anna(), &[needed.clone(), stands_in.clone()]), keeps(1, &backup));
        needed.held = Some(bought_by_user.id);
        assert_eq!(decide(&anna(), &[needed.clone(), stands_in]), keeps(0, &bought_by_user));
        needed.subscriptions[0].state = SubscriptionState::Disabled;
        let gets = |place, found: &Subscription| Ok(Answer::Gets { place, subscription_id: found.id });
        let next = offered(std::slice::from_ref(&backup));
        assert_eq!(decide(&anna(), &[needed.clone(), next.clone()]), gets(0, &central));
        needed.subscriptions.truncate(1);
        assert_eq!(decide(&anna(), &[needed.clone(), next]), gets(1, &backup));
        assert_eq!(decide(&anna(), &[needed]), NONE_FREE);
    }

    /// R177, domain 2.3: a blocked person gets nothing, and nobody without a usage location, who may hold one already.
    #[test]
    fn who_gets_nothing() {
        let free = numbered(1, 5, 0);
        let blocked = User { state: UserState::Blocked, ..anna() };
        assert_eq!(decide(&blocked, &[offered(std::slice::from_ref(&free))]), Err(Refusal::NotAllowed));
        let nowhere = User { usage_location: None, ..anna() };
        let refused = Err(Refusal::NoUsageLocation { name: "Anna".to_owned() });
        assert_eq!(decide(&nowhere, &[offered(std::slice::from_ref(&free))]), refused);
        let held = Offered { held: Some(free.id), ..offered(std::slice::from_ref(&free)) };
        assert_eq!(decide(&nowhere, &[held]), Ok(Answer::Keeps { place: 0, subscription_id: free.id }));
    }
}
