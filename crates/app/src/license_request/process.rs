//! What an organization says instead of taking requests for licenses here (domain 2.9; R176).

use crate::door::{Change, Command, Look, Query};
use crate::failure::Failure;
use domain::access::permission::{AssignLicenses, ReadLicenses};
use domain::event::{Event, Subjects};
use domain::license::request::RequestProcess;
use domain::refusal::Refusal;
use store::tables::license_request;

/// Asks what the organization says.
#[derive(Debug, Clone, Copy)]
pub struct ReadRequestProcess;

impl Query for ReadRequestProcess {
    type Permission = ReadLicenses;
    type Outcome = RequestProcess;

    fn run(&self, look: &Look<'_, ReadLicenses>) -> Result<RequestProcess, Failure> {
        Ok(license_request::process(look.read)?)
    }
}

/// Lets an own process take the place of requests, or takes them here again. Requests that wait stay until they are
/// decided.
#[derive(Debug, Clone)]
pub struct SetRequestProcess(pub RequestProcess);

impl Command for SetRequestProcess {
    type Permission = AssignLicenses;
    type Outcome = ();
    const NAME: &'static str = "set_request_process";

    fn execute(&self, change: &Change<'_, AssignLicenses>) -> Result<(), Failure> {
        change.granted.everything()?;
        if license_request::process(change.write)? == self.0 {
            return Err(Refusal::NothingToChange.into());
        }
        license_request::set_process(change.write, &self.0)?;
        let event = Event::RequestProcessChanged { text: self.0.text.clone() };
        change.record(Subjects::default(), &event)
    }
}
