//! Assign licenses of a product to people (domain 2.3, R26-R30, R174).

use super::{give, people_of, plans_of, subjects, subscriptions_of};
use crate::door::{Change, Command};
use crate::failure::Failure;
use domain::access::permission::AssignLicenses as MayAssign;
use domain::event::Event;
use domain::ids::{ProductId, ServicePlanId, SubscriptionId, UserId};
use domain::license::Assignment;
use domain::license::assign::{Candidate, Placement, check_plans, decide};
use domain::license::change_apps::sorted;
use domain::refusal::{Field, Refusal};
use store::tables::{assignment, subscription};

/// Gives each of up to twenty people a license of a product: all of them or nobody.
#[derive(Debug, Clone)]
pub struct AssignLicenses {
    /// Of what.
    pub product_id: ProductId,
    /// From which subscription; `None` takes the one that ends last (D1).
    pub subscription_id: Option<SubscriptionId>,
    /// To whom; somebody who is named twice gets one.
    pub users: Vec<UserId>,
    /// Apps that are switched off; none when everything is on.
    pub disabled_plans: Vec<ServicePlanId>,
}

impl Command for AssignLicenses {
    type Permission = MayAssign;
    type Outcome = Vec<Placement>;
    const NAME: &'static str = "assign_licenses";

    fn execute(&self, change: &Change<'_, MayAssign>) -> Result<Vec<Placement>, Failure> {
        let people = people_of(change.write, self.product_id, &self.users)?;
        let disabled_plans = sorted(&self.disabled_plans);
        if !disabled_plans.is_empty() {
            let plans = plans_of(change.write, self.product_id)?;
            check_plans(&disabled_plans, &plans).map_err(|refusal| refusal.at(Field::ServicePlans))?;
        }
        let candidates: Vec<_> = people.iter().map(candidate).collect();
        let subscriptions = self.subscriptions(change)?;
        let placements = decide(&subscriptions, &candidates, change.granted.actor(), change.granted.reach())?;
        let event = Event::LicenseAssigned { disabled_plans: disabled_plans.clone() };
        for (placement, person) in placements.iter().zip(&people) {
            let new = Assignment {
                user_id: placement.user_id,
                product_id: self.product_id,
                subscription_id: placement.subscription_id,
                assigned_at: change.now(),
                disabled_plans: disabled_plans.clone(),
                conflict_since: None,
            };
            give(change.write, person, &new)?;
            change.record(subjects(new.user_id, new.product_id, new.subscription_id), &event)?;
        }
        for same in placements.chunk_by(|one, next| one.subscription_id == next.subscription_id) {
            subscription::take(change.write, same[0].subscription_id, same.len() as i64)?;
        }
        Ok(placements)
    }
}

/// Gives each of up to twenty people a license of several products: all of them of all products, or nobody any
/// (domain 1.11).
#[derive(Debug, Clone)]
pub struct AssignProducts {
    /// Of what.
    pub products: Vec<ProductId>,
    /// To whom; somebody who is named twice gets one of each.
    pub users: Vec<UserId>,
}

impl Command for AssignProducts {
    type Permission = MayAssign;
    type Outcome = Vec<Placement>;
    const NAME: &'static str = "assign_products";

    fn execute(&self, change: &Change<'_, MayAssign>) -> Result<Vec<Placement>, Failure> {
        if self.products.is_empty() {
            return Err(Refusal::Required.at(Field::Licenses).into());
        }
        let mut placements = Vec::new();
        for product_id in &self.products {
            let of_product = AssignLicenses {
                product_id: *product_id,
                subscription_id: None,
                users: self.users.clone(),
                disabled_plans: Vec::new(),
            };
            placements.extend(of_product.execute(change)?);
        }
        Ok(placements)
    }
}

impl AssignLicenses {
    fn subscriptions(
        &self,
        change: &Change<'_, MayAssign>,
    ) -> Result<Vec<domain::subscription::Subscription>, Failure> {
        let mut found = subscriptions_of(change.write, self.product_id, change.granted.only())?;
        if let Some(named) = self.subscription_id {
            found.retain(|subscription| subscription.id == named);
        }
        if found.is_empty() { Err(Refusal::NotFound.into()) } else { Ok(found) }
    }
}

fn candidate(person: &assignment::Person) -> Candidate {
    Candidate {
        user_id: person.user_id,
        display_name: person.display_name.clone(),
        has_usage_location: person.has_usage_location,
        already_assigned: person.held.as_ref().is_some_and(Assignment::is_covered),
    }
}
