//! Switch apps and services of a person's license on or off (domain 2.3, R174).

use super::{license_of, plans_of, subjects};
use crate::door::{Change, Command};
use crate::failure::Failure;
use domain::access::permission::AssignLicenses as MayAssign;
use domain::event::Event;
use domain::ids::{ProductId, ServicePlanId, UserId};
use domain::license::change_apps::decide;
use domain::refusal::{Field, Refusal};
use store::tables::assignment;

/// Sets which apps of a person's license are off.
#[derive(Debug, Clone)]
pub struct ChangeApps {
    /// Whose license.
    pub user_id: UserId,
    /// Of what.
    pub product_id: ProductId,
    /// The apps that are off from now on; all others are on.
    pub disabled_plans: Vec<ServicePlanId>,
}

impl Command for ChangeApps {
    type Permission = MayAssign;
    /// The name of the person.
    type Outcome = String;
    const NAME: &'static str = "change_apps";

    fn execute(&self, change: &Change<'_, MayAssign>) -> Result<String, Failure> {
        let (person, held, subscription) =
            license_of(change.write, self.product_id, self.user_id, change.granted.only())?;
        let plans = plans_of(change.write, self.product_id)?;
        let granted = &change.granted;
        let decided =
            decide(&subscription, &held.disabled_plans, &self.disabled_plans, &plans, granted.actor(), granted.reach());
        let event = match decided {
            Ok(event) => event,
            // Saving what is so already, as a form that is sent twice does.
            Err(Refusal::NothingToChange) => return Ok(person.display_name),
            Err(refusal @ (Refusal::NoAppsLeft | Refusal::UnknownChoice)) => {
                return Err(refusal.at(Field::ServicePlans).into());
            }
            Err(refusal) => return Err(refusal.into()),
        };
        if let Event::AppsChanged { disabled_plans } = &event {
            assignment::set_disabled_plans(change.write, self.user_id, self.product_id, &disabled_plans.to)?;
        }
        change.record(subjects(self.user_id, self.product_id, subscription.id), &event)?;
        Ok(person.display_name)
    }
}
