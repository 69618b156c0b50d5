//! An operator looks at an organization: its history says so.

use crate::door::{Change, Command};
use crate::failure::Failure;
use domain::access::permission::OperateOrganizations;
use domain::event::{Event, Subjects};
use jiff::SignedDuration;
use store::tables::journal;

/// Looking again within this time is the same visit.
const VISIT: SignedDuration = SignedDuration::from_hours(1);

/// Notes that an operator looks at an organization, once an hour. At home nothing is noted.
#[derive(Debug, Clone, Copy)]
pub struct EnterOrganization;

impl Command for EnterOrganization {
    type Permission = OperateOrganizations;
    type Outcome = ();
    const NAME: &'static str = "enter_organization";

    fn execute(&self, change: &Change<'_, OperateOrganizations>) -> Result<(), Failure> {
        let actor = change.granted.actor();
        let (Some(home), Some(operator)) = (actor.home, actor.user()) else { return Ok(()) };
        if home == change.organization().id {
            return Ok(());
        }
        let event = Event::OperatorEntered { home };
        let last = journal::last_of_kind_by(change.write, event.kind(), operator.uuid())?;
        if last.is_some_and(|last| change.now() < last + VISIT) {
            return Ok(());
        }
        change.record(Subjects::default(), &event)
    }
}
