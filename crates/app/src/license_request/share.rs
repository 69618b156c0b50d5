//! Show a request that waits to people who know more about it (domain 2.9, M11).

use super::{at_the_people, forgotten_before, visible, with_named};
use crate::door::{Change, Command};
use crate::failure::Failure;
use domain::access::permission::AssignLicenses as MayAssign;
use domain::event::{Event, Subjects};
use domain::ids::LicenseRequestId;
use domain::license::request::{checked, share};
use domain::refusal::Field;

/// Sends a request to up to twenty people of the organization. It still waits for an admin.
#[derive(Debug, Clone)]
pub struct ShareLicenseRequest {
    /// Which.
    pub id: LicenseRequestId,
    /// The sign-in names of those who get it; somebody who is named twice gets it once.
    pub emails: Vec<String>,
    /// What the admin says to them.
    pub message: String,
}

impl Command for ShareLicenseRequest {
    type Permission = MayAssign;
    type Outcome = ();
    const NAME: &'static str = "share_license_request";

    fn execute(&self, change: &Change<'_, MayAssign>) -> Result<(), Failure> {
        change.granted.everything()?;
        let found = visible(change.write, self.id, None, forgotten_before(change.today(), change.zone())?)?;
        let with = with_named(change.write, &self.emails, Vec::new())?;
        share(&found.request, with.len()).map_err(at_the_people)?;
        let subjects = Subjects {
            user: found.request.requested_by,
            product: Some(found.request.product_id),
            ..Subjects::default()
        };
        let message = checked(&self.message, Field::Note)?;
        let event = Event::LicenseRequestShared { request: self.id, product: found.product_name, with, message };
        change.record(subjects, &event)
    }
}
