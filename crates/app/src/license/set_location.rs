//! Set the usage location of people who are to get a license and have none yet (domain 2.3, R174).

use crate::door::{Change, Command};
use crate::failure::Failure;
use domain::access::permission::SetUsageLocation;
use domain::country;
use domain::event::{Change as Changed, Event, Subjects};
use domain::ids::UserId;
use domain::limits::PEOPLE_PER_ACTION;
use domain::refusal::{Field, Refusal};
use store::tables::user;

/// Gives those of up to twenty people who have no usage location this one; those who have one keep it.
#[derive(Debug, Clone)]
pub struct SetLocationOfMissing {
    /// Who.
    pub users: Vec<UserId>,
    /// ISO 3166 code of the country.
    pub usage_location: String,
}

impl Command for SetLocationOfMissing {
    type Permission = SetUsageLocation;
    type Outcome = ();
    const NAME: &'static str = "set_usage_location";

    fn execute(&self, change: &Change<'_, SetUsageLocation>) -> Result<(), Failure> {
        change.granted.everything()?;
        let location = country::code(&self.usage_location)
            .and_then(|location| location.ok_or(Refusal::Required))
            .map_err(|refusal| refusal.at(Field::UsageLocation))?;
        for id in self.users.iter().take(PEOPLE_PER_ACTION) {
            if !user::set_location_if_missing(change.write, *id, &location)? {
                continue;
            }
            let event = Event::UserChanged {
                display_name: None,
                email: None,
                department: None,
                usage_location: Some(Changed { from: None, to: Some(location.clone()) }),
                is_guest: None,
            };
            change.record(Subjects { user: Some(*id), ..Subjects::default() }, &event)?;
        }
        Ok(())
    }
}
