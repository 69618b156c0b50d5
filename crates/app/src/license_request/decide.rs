//! Decide about a request: for everybody whom it names, for some, or for nobody (domain 2.9; R176).

use super::{forgotten_before, visible};
use crate::door::{Change, Command};
use crate::failure::Failure;
use crate::license::assign::AssignLicenses;
use domain::access::permission::AssignLicenses as MayAssign;
use domain::event::{Event, Subjects};
use domain::ids::{LicenseRequestId, UserId};
use domain::license::request::{LicenseRequest, RequestState, checked, decide};
use domain::refusal::Field;
use store::tables::license_request;

/// Gives the people who are approved a license each, and tells the asker: all of it or nothing.
#[derive(Debug, Clone)]
pub struct DecideLicenseRequest {
    /// Which.
    pub id: LicenseRequestId,
    /// Who gets one; nobody rejects the request.
    pub approved: Vec<UserId>,
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
        let decided = LicenseRequest {
            state,
            decided_by: change.granted.actor().user(),
            decided_at: Some(change.now()),
            message: checked(&self.message, Field::Note)?,
            ..before.request.clone()
        };
        let answers: Vec<_> = named.iter().map(|user| (*user, is_approved(*user))).collect();
        license_request::decide(change.write, &decided, &answers)?;
        // Whoever got one meanwhile keeps it.
        let without = people.iter().filter(|person| is_approved(person.user_id) && !person.holds_it);
        let users: Vec<_> = without.map(|person| person.user_id).collect();
        if !users.is_empty() {
            let product_id = before.request.product_id;
            AssignLicenses { product_id, subscription_id: None, users, disabled_plans: Vec::new() }.execute(change)?;
        }
        let count = |wanted: bool| answers.iter().filter(|(_, approved)| *approved == wanted).count() as u32;
        let event = Event::LicenseRequestDecided {
            request: self.id,
            product: before.product_name,
            approved: count(true),
            rejected: count(false),
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
