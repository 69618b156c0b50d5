//! Put people into a group, and take them out of it.

use super::{held, load};
use crate::door::{App, Caller, Change, Command};
use crate::failure::Failure;
use domain::access::permission::ManageUsers;
use domain::event::{Event, Subjects};
use domain::ids::{GroupId, OrganizationId, UserId};
use domain::license::many::{BulkOutcome, ListedAddress};
use domain::limits::{CHUNK_PEOPLE, PEOPLE_PER_ACTION};
use domain::refusal::{Field, Refusal};
use serde::{Deserialize, Serialize};
use std::collections::VecDeque;
use std::mem;
use store::tables::{group, user};

/// Puts people into a group; who is in it stays. All of them in one transaction, up to [`CHUNK_PEOPLE`].
#[derive(Debug, Clone)]
pub struct AddMembers {
    /// Into which.
    pub group_id: GroupId,
    /// Who.
    pub users: Vec<UserId>,
    /// Others, by their addresses.
    pub emails: Vec<String>,
}

/// What came of putting people into a group.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct MembersAdded {
    /// How many people are new in the group.
    pub added: u32,
    /// How many were in it before.
    pub already: u32,
    /// The addresses that belong to nobody of the organization.
    pub unknown: Vec<String>,
}

impl Command for AddMembers {
    type Permission = ManageUsers;
    type Outcome = MembersAdded;
    const NAME: &'static str = "add_group_members";

    fn execute(&self, change: &Change<'_, ManageUsers>) -> Result<MembersAdded, Failure> {
        load(change.write, self.group_id)?;
        check_number(self.users.len() + self.emails.len())?;
        let mut users = self.users.clone();
        let mut unknown = Vec::new();
        for email in &self.emails {
            match user::find_by_email(change.write, &email.trim().to_lowercase())? {
                Some(user) => users.push(user.id),
                None => unknown.push(email.clone()),
            }
        }
        users.sort_unstable();
        users.dedup();
        // Whoever deletes one of them at the same time waits, or is found to have done so: people first, as there.
        for id in &users {
            if !user::hold(change.write, *id)? {
                return Err(Refusal::UnknownChoice.at(Field::Users).into());
            }
        }
        let group = held(change.write, self.group_id)?;
        let added = group::add(change.write, group.id, &users)?;
        record(change, &added, &Event::GroupJoined { group: group.name })?;
        let count = |people: usize| people as u32;
        Ok(MembersAdded { added: count(added.len()), already: count(users.len() - added.len()), unknown })
    }
}

/// Takes people out of a group; who is not in it is left aside. Gives how many were.
#[derive(Debug, Clone)]
pub struct RemoveMembers {
    /// Out of which.
    pub group_id: GroupId,
    /// Who.
    pub users: Vec<UserId>,
}

impl Command for RemoveMembers {
    type Permission = ManageUsers;
    type Outcome = u32;
    const NAME: &'static str = "remove_group_members";

    fn execute(&self, change: &Change<'_, ManageUsers>) -> Result<u32, Failure> {
        check_number(self.users.len())?;
        let group = held(change.write, self.group_id)?;
        let removed = group::remove(change.write, group.id, &self.users)?;
        record(change, &removed, &Event::GroupLeft { group: group.name })?;
        Ok(removed.len() as u32)
    }
}

/// Whether so many people can be handled at once.
fn check_number(people: usize) -> Result<(), Failure> {
    match people {
        0 => Err(Refusal::NobodyChosen.at(Field::Users).into()),
        1..=CHUNK_PEOPLE => Ok(()),
        _ => Err(Refusal::TooManyPeople { maximum: CHUNK_PEOPLE as u32 }.at(Field::Users).into()),
    }
}

fn record(change: &Change<'_, ManageUsers>, people: &[UserId], event: &Event) -> Result<(), Failure> {
    let about = |user: &UserId| Subjects { user: Some(*user), ..Subjects::default() };
    people.iter().try_for_each(|user| change.record(about(user), event))
}

/// Puts people into a group who were chosen, and those of a list of any length, a chunk at a time. Sent again it goes
/// on where it was, because who is in the group stays. Blocks.
///
/// # Errors
/// [`Refusal::TooManyPeople`] beyond [`PEOPLE_PER_ACTION`] who were chosen, and those of [`AddMembers`].
pub fn add_listed(
    app: &App,
    caller: &Caller,
    organization: OrganizationId,
    group_id: GroupId,
    mut users: Vec<UserId>,
    listed: &[ListedAddress],
) -> Result<MembersAdded, Failure> {
    if users.len() > PEOPLE_PER_ACTION {
        return Err(Refusal::TooManyPeople { maximum: PEOPLE_PER_ACTION as u32 }.at(Field::Users).into());
    }
    let once = listed.iter().filter(|line| line.outcome != BulkOutcome::EmailTwice && !line.address.is_empty());
    let mut emails: VecDeque<_> = once.map(|line| line.address.clone()).collect();
    let mut all = MembersAdded::default();
    loop {
        let chunk = emails.len().min(CHUNK_PEOPLE - PEOPLE_PER_ACTION);
        let part = AddMembers { group_id, users: mem::take(&mut users), emails: emails.drain(..chunk).collect() };
        let part = app.write(caller, organization, part).wait()?;
        all.added += part.added;
        all.already += part.already;
        all.unknown.extend(part.unknown);
        if emails.is_empty() {
            return Ok(all);
        }
    }
}
