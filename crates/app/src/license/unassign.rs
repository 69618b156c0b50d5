//! Take licenses of a product back from people (domain 2.4, R31-R32).

use super::settle::solve_conflicts;
use super::{people_of, subjects, subscriptions_of};
use crate::door::{Change, Command};
use crate::failure::Failure;
use domain::access::permission::AssignLicenses as MayAssign;
use domain::event::Event;
use domain::ids::{ProductId, UserId};
use domain::license::unassign::decide;
use domain::refusal::Refusal;
use store::tables::assignment;

/// Takes the license of a product back from each of up to twenty people: from all of them or from nobody.
#[derive(Debug, Clone)]
pub struct UnassignLicenses {
    /// Of what.
    pub product_id: ProductId,
    /// From whom; somebody who is named twice counts once.
    pub users: Vec<UserId>,
}

impl Command for UnassignLicenses {
    type Permission = MayAssign;
    /// How many licenses were taken back.
    type Outcome = usize;
    const NAME: &'static str = "unassign_licenses";

    fn execute(&self, change: &Change<'_, MayAssign>) -> Result<usize, Failure> {
        let people = people_of(change.write, self.product_id, &self.users)?;
        let subscriptions = subscriptions_of(change.write, self.product_id, change.granted.only())?;
        for person in &people {
            let not_assigned = || Refusal::NotAssigned { name: person.display_name.clone() };
            let held = person.held.as_ref().ok_or_else(not_assigned)?;
            let subscription = subscriptions
                .iter()
                .find(|subscription| subscription.id == held.subscription_id)
                .ok_or_else(not_assigned)?;
            decide(subscription, change.granted.actor(), change.granted.reach())?;
            assignment::delete(change.write, held)?;
            change.record(subjects(held.user_id, held.product_id, held.subscription_id), &Event::LicenseUnassigned)?;
        }
        if subscriptions.iter().any(|subscription| subscription.conflicts > 0) {
            solve_conflicts(change, self.product_id)?;
        }
        Ok(people.len())
    }
}
