//! Change facts about a person, and the country in which they use the services (R174).

use super::{LoadedAccount, must_be_free};
use crate::door::{Change, Command};
use crate::failure::Failure;
use domain::access::permission::{Granting, ManageUsers, SetUsageLocation};
use domain::country;
use domain::ids::UserId;
use domain::refusal::{Field, Refusal};
use domain::user::{UserDraft, UserFacts, change::decide};
use store::tables::user;

/// Replaces the facts about a person.
#[derive(Debug, Clone)]
pub struct ChangeUser {
    /// Who.
    pub user_id: UserId,
    /// All facts as they are afterwards.
    pub draft: UserDraft,
    /// The revision that the caller saw, when it matters to the caller.
    pub expected_revision: Option<i64>,
}

impl Command for ChangeUser {
    type Permission = ManageUsers;
    type Outcome = ();
    const NAME: &'static str = "change_user";

    fn execute(&self, change: &Change<'_, ManageUsers>) -> Result<(), Failure> {
        let facts = self.draft.check()?;
        let loaded = LoadedAccount::load(change.write, self.user_id)?;
        if self.expected_revision.is_some_and(|expected| expected != loaded.user.revision) {
            return Err(Refusal::ChangedMeanwhile.into());
        }
        if facts.email != loaded.user.email {
            loaded.account().must_be_open_to(change.administrator())?;
            must_be_free(change.write, &facts, Some(self.user_id))?;
        }
        save(change, &loaded, &facts)
    }
}

/// Sets or removes the country in which a person uses the services; needed before a license can be assigned.
#[derive(Debug, Clone)]
pub struct ChangeUsageLocation {
    /// Who.
    pub user_id: UserId,
    /// ISO 3166 code; none when empty.
    pub usage_location: String,
}

impl Command for ChangeUsageLocation {
    type Permission = SetUsageLocation;
    type Outcome = ();
    const NAME: &'static str = "change_usage_location";

    fn execute(&self, change: &Change<'_, SetUsageLocation>) -> Result<(), Failure> {
        let usage_location = country::code(&self.usage_location).map_err(|refusal| refusal.at(Field::UsageLocation))?;
        let loaded = LoadedAccount::load(change.write, self.user_id)?;
        let facts = UserFacts { usage_location, ..loaded.user.facts() };
        save(change, &loaded, &facts)
    }
}

fn save<P: Granting>(change: &Change<'_, P>, loaded: &LoadedAccount, facts: &UserFacts) -> Result<(), Failure> {
    let event = decide(&loaded.user, facts)?;
    user::update(change.write, &loaded.user, facts)?;
    change.record_of(loaded.user.id, &event)
}
