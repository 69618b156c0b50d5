//! Decide about a request: for everybody whom it names, for some, or for nobody; of what was asked for or of another
//! product, with its apps on or off (domain 2.9; R176).

use super::{forgotten_before, visible};
use crate::door::{Change, Command};
use crate::failure::Failure;
use crate::license::assign::AssignLicenses;
use domain::access::permission::AssignLicenses as MayAssign;
use domain::event::{Event, Subjects};
use domain::ids::{LicenseRequestId, ProductId, ServicePlanId, UserId};
use domain::license::Assignment;
use domain::license::request::{LicenseRequest, RequestState, checked, decide};
use domain::refusal::{Field, Refusal};
use store::tables::{assignment, catalog, license_request, subscription};

/// Gives the people who are approved a license each, and tells the asker: all of it or nothing.
#[derive(Debug, Clone)]
pub struct DecideLicenseRequest {
    /// Which.
    pub id: LicenseRequestId,
    /// Who gets one; nobody rejects the request.
    pub approved: Vec<UserId>,
    /// Of what, where it is not the product that was asked for.
    pub product_id: Option<ProductId>,
    /// Apps of what is given that are switched off; none when everything is on (R174).
    pub disabled_plans: Vec<ServicePlanId>,
    /// What the asker is told.
    pub message: String,
}

impl Command for DecideLicenseRequest {
    type Permission = MayAssign;
    type Outcome = RequestState;
    const NAME: &'static str = "decide_license_request";

    fn execute(&self, change: &Change<'_, MayAssign>) -> Result<RequestState, Failure> {
        change.granted.everything()?;
        let forgotten = forgotten_before(change.today(), change.zone())?;
        let before = visible(change.write, self.id, None, forgotten)?;
        let people = license_request::people(change.write, self.id)?;
        let named: Vec<_> = people.iter().map(|person| person.user_id).collect();
        let state = decide(&before.request, &named, &self.approved)?;
        let is_approved = |user: UserId| self.approved.contains(&user);
        let given = self.product_id.unwrap_or(before.request.product_id);
        let is_other = given != before.request.product_id && state != RequestState::Rejected;
        let given_name = self.other_product(change, is_other.then_some(given))?;
        let decided = LicenseRequest {
            state,
            decided_by: change.granted.actor().user(),
            decided_by_name: change.granted.actor().name.clone(),
            decided_at: Some(change.now()),
            given_id: is_other.then_some(given),
            message: checked(&self.message, Field::Note)?,
            ..before.request.clone()
        };
        let answers: Vec<_> = named.iter().map(|user| (*user, is_approved(*user))).collect();
        license_request::decide(change.write, &decided, &answers)?;
        // Whoever got one meanwhile keeps it.
        let users = without_license(change, given, &self.approved)?;
        if !users.is_empty() {
            let disabled_plans = self.disabled_plans.clone();
            let assign = AssignLicenses { product_id: given, subscription_id: None, users, disabled_plans };
            assign.execute(change)?;
        }
        let count = |wanted: bool| answers.iter().filter(|(_, approved)| *approved == wanted).count() as u32;
        let event = Event::LicenseRequestDecided {
            request: self.id,
            product: before.product_name,
            approved: count(true),
            rejected: count(false),
            given: given_name,
            disabled_plans: if state == RequestState::Rejected { Vec::new() } else { self.disabled_plans.clone() },
            declined: people
                .into_iter()
                .filter(|person| !is_approved(person.user_id))
                .map(|of| of.display_name)
                .collect(),
        };
        let subjects = Subjects {
            user: before.request.requested_by,
            product: Some(before.request.product_id),
            ..Subjects::default()
        };
        change.record(subjects, &event)?;
        license_request::forget(change.write, forgotten)?;
        Ok(state)
    }
}

impl DecideLicenseRequest {
    /// The name of the product that is given instead, of which the organization must have a subscription.
    fn other_product(
        &self,
        change: &Change<'_, MayAssign>,
        given: Option<ProductId>,
    ) -> Result<Option<String>, Failure> {
        let Some(given) = given else { return Ok(None) };
        let unknown = || Refusal::UnknownChoice.at(Field::Product);
        if subscription::of_product(change.write, given)?.is_empty() {
            return Err(unknown().into());
        }
        Ok(Some(catalog::find_product(change.write, given)?.ok_or_else(unknown)?.name))
    }
}

/// Those of the people who have no license of the product that a subscription covers.
fn without_license(
    change: &Change<'_, MayAssign>,
    product: ProductId,
    users: &[UserId],
) -> Result<Vec<UserId>, Failure> {
    let people = assignment::people(change.write, product, users)?;
    let holds = |user: &UserId| {
        let found = people.iter().find(|person| person.user_id == *user);
        found.and_then(|person| person.held.as_ref()).is_some_and(Assignment::is_covered)
    };
    Ok(users.iter().copied().filter(|user| !holds(user)).collect())
}
